#!/usr/bin/env python3
"""Tries every hazard of the registry on the program and writes what it said and took as a Markdown document.

    python3 benches/robustness.py --out docs/robustness.md

Needs Rust. Hazards are made anew by `cargo run --example hostile_files`; nothing of them stays behind. What was measured by
others is taken from `fuzz/record.json` and `tests/real_files/record.json`, where these files are.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
PROGRAM = REPOSITORY / "target" / "dist" / "sporskifte"
FUZZ_RECORD = REPOSITORY / "fuzz" / "record.json"
REAL_FILES_RECORD = REPOSITORY / "tests" / "real_files" / "record.json"
SEED = 7
NOBODY = 65534
VERDICTS = {"ok": "i orden", "review": "til vurdering", "warning": "advarsel", "error": "fejl", "not-checked": "ikke kontrolleret"}
GROUPS = {
    "bombs": "Small files that become large",
    "archives": "Archives and packages that contradict themselves",
    "markup": "XML that expands, nests, hides or breaks",
    "values": "Numbers, dates and places at the edges",
    "formats": "Other formats, and files that are something else than their name says",
    "folders": "Folders",
}


@dataclass
class Run:
    """What one run of the program said and cost."""

    report: dict
    code: int
    seconds: float
    peak_mb: float


def check(program, paths, out=None, as_nobody=False):
    """Checks paths and reads the report."""
    command = [program, "check", *paths, "--format", "json"]
    if out:
        command += ["--out", out, "--annotate", "all"]
    other = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if as_nobody else {}
    with tempfile.TemporaryFile() as sink:
        started = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], stdout=sink, stderr=subprocess.DEVNULL, **other)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        sink.seek(0)
        report = json.loads(sink.read() or b"{}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Run(report, process.returncode, seconds, usage.ru_maxrss / unit)


def saying(run, file):
    """What the program said of a hazard: the verdict, then the findings and problems in short."""
    report = run.report
    belongs = lambda line: file is None or str(line.get("file", "")).endswith("/" + file)
    verdicts = sorted({VERDICTS[line["verdict"]] for line in report.get("files", []) if belongs(line)})
    said = [f"{line['code']}: {line['message']}" for line in report.get("findings", []) if belongs(line)]
    said += [f"problem: {line['problem']}" + (f" ({line['reason']})" if line.get("reason") else "") for line in report.get("problems", [])]
    said = list(dict.fromkeys(said))
    shown = " ".join(said[:2]) + (f" … og {len(said) - 2} til" if len(said) > 2 else "")
    return ", ".join(verdicts), shown.replace("|", "\\|")


def table(header, rows):
    """A Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def tried(program, folder, hazards):
    """The sections on the hazards, and the most memory and time that any of them took."""
    rows, most = {}, Run({}, 0, 0.0, 0.0)
    is_root = os.geteuid() == 0
    for hazard in hazards:
        place = folder / "hazards" / hazard["name"]
        is_tree = hazard["group"] == "folders"
        out = None if is_tree else folder / "out" / hazard["name"]
        run = check(program, [place], out, as_nobody=is_tree and is_root)
        if not 0 <= run.code <= 2:
            sys.exit(f"{hazard['name']}: the program ended with {run.code}")
        verdict, said = saying(run, hazard.get("file"))
        said = said.replace(f"{place}/", "")
        size = f"{hazard['bytes'] / 1e6:.2f}" if "bytes" in hazard else ""
        rows.setdefault(hazard["group"], []).append(
            [f"`{hazard['name']}`: {hazard['made']}", size, verdict, said, f"{run.peak_mb:.0f}", f"{run.seconds:.2f}"])
        most = Run({}, 0, max(most.seconds, run.seconds), max(most.peak_mb, run.peak_mb))
        shutil.rmtree(folder / "out", ignore_errors=True)
    header = ["hazard", "MB", "verdict", "what it says", "peak MB", "s"]
    sections = [f"### {GROUPS[group]}\n\n{table(header, lines)}" for group, lines in rows.items()]
    return "\n\n".join(sections), most


def make_crowd(folder, hazards, bombs, cases):
    """A folder of good cases and a folder of bombs, each of another content."""
    good, bad = folder / "crowd" / "good", folder / "crowd" / "bombs"
    subprocess.run([PROGRAM, "samples", "--cases", str(cases), "--seed", str(SEED), "--out", good], check=True, stdout=subprocess.DEVNULL)
    kinds = [hazard for hazard in hazards if hazard.get("bomb")]
    for number in range(bombs):
        hazard = kinds[number % len(kinds)]
        source = folder / "hazards" / hazard["name"] / hazard["file"]
        place = bad / f"{number:04}"
        place.mkdir(parents=True)
        # What lies after the end is not read, but makes it another file, which is not known from before.
        (place / hazard["file"]).write_bytes(source.read_bytes() + number.to_bytes(4, "little"))
    return good, bad, len(kinds)


def results(report, folder):
    """What a report says on the files below a folder."""
    below = lambda line: str(line.get("file", "")).startswith(f"{folder}/")
    return [[line for line in report[kind] if below(line)] for kind in ("files", "findings")]


def crowd(program, folder, hazards, bombs, cases):
    """The section on many bombs among many good cases."""
    good, bad, kinds = make_crowd(folder, hazards, bombs, cases)
    alone, together = check(program, [good]), check(program, [good.parent])
    threads = os.cpu_count()
    if results(alone.report, good) != results(together.report, good):
        sys.exit("the good cases' results are others beside the bombs")
    files = len(results(alone.report, good)[0])
    verdicts = results(together.report, bad)[0]
    if len(verdicts) != bombs or {line["verdict"] for line in verdicts} != {"not-checked"}:
        sys.exit("a bomb was taken for a form")
    shutil.rmtree(folder / "crowd")
    return (
        f"{bombs:,} bombs of {kinds} kinds, each file another, beside {cases:,} generated cases ({files:,} workbooks), {threads} threads: every\n"
        f"bomb ends as *ikke kontrolleret*, and every verdict and finding of the good cases is what it is without them (compared\n"
        f"line by line).\n\n"
        + table(["", "s", "peak MB", "peak MB a thread"], [
            ["the good cases alone", f"{alone.seconds:.1f}", f"{alone.peak_mb:.0f}", f"{alone.peak_mb / threads:.0f}"],
            ["with the bombs", f"{together.seconds:.1f}", f"{together.peak_mb:.0f}", f"{together.peak_mb / threads:.0f}"],
        ])
        + f"\n\nA bomb takes {1000 * (together.seconds - alone.seconds) / bombs:.0f} ms on the average; one file may take 60 s."
    )


def fuzzing():
    """The section on fuzzing, from its record."""
    if not FUZZ_RECORD.exists():
        return "No record of fuzzing lies in this repository yet (`fuzz/record.json`)."
    record = json.loads(FUZZ_RECORD.read_text(encoding="utf-8"))
    minutes = lambda one, kind: f"{one[kind] / 60:.1f}"
    rows = [
        [f"`{target}`", minutes(one, "clock_seconds"), minutes(one, "processor_seconds"), f"{one['executions']:,}", one["crashes"]]
        for target, one in record.items()
    ]
    return table(["target", "minutes by the clock", "processor minutes", "executions", "crashes"], rows)


def real_files():
    """The section on files of others, from their record."""
    if not REAL_FILES_RECORD.exists():
        return "No record of files of others lies in this repository yet (`tests/real_files/record.json`)."
    record = json.loads(REAL_FILES_RECORD.read_text(encoding="utf-8"))
    together, copies = record["together"], record["copies"]
    summary = (
        f"{record['files']:,} spreadsheets that other programs wrote ([how](../README.md)): {record['panics']} panics, {record['hangs']} hangs. "
        f"The slowest took {record['slowest_seconds']} s (`{record['slowest_file']}`), the largest {record['peak_memory_mb']} MB "
        f"(`{record['peak_memory_file']}`). In one run all {together['inputs']:,} that a folder gives had {together['verdicts']:,} verdicts, "
        f"{together['other_outcome_than_alone']} of them other than alone, in {together['seconds']} s and {together['peak_memory_mb']} MB. "
        f"Of {copies['copies']:,} annotated copies openpyxl reads {copies['copies_openpyxl_reads']:,}; {len(copies['broken'])} were damaged by marking."
    )
    outcomes = [[reason.split(": ", 1)[-1], f"{count:,}"] for reason, count in record["outcomes"].items()]
    sources = ", ".join(f"{name} ({count:,})" for name, count in record["sources"].items())
    return "\n\n".join([summary, table(["outcome: not checked, as none is a form", "files"], outcomes), f"From {sources}."])


def document(sections, most, crowd_section):
    """The whole document."""
    return f"""# Hostile and broken files

Made by `python3 benches/robustness.py`; do not edit. Every hazard of the registry (`tests/hostile/`) lies in a folder with a
good workbook of its case and is checked by a run of its own that also writes annotated copies; `tests/hostile_files.rs` tries
each beside another good case and holds verdict and words. The limits are listed in the [README](../README.md#limits).

- **MB** is the size of the file, **peak MB** the highest memory of the whole run, **s** its time, program start included.
- The most that any run took: {most.peak_mb:.0f} MB and {most.seconds:.1f} s.
- Measured on {platform.system()} with {os.cpu_count()} processors, packaged build.

## Hazards

{sections}

## A thousand bombs among good cases

{crowd_section}

## Fuzzing

{fuzzing()}

## Files of others

{real_files()}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, help="where the document goes; else to the terminal")
    parser.add_argument("--bombs", type=int, default=1000)
    parser.add_argument("--cases", type=int, default=1000)
    options = parser.parse_args()
    subprocess.run(["cargo", "build", "--profile", "dist", "--quiet"], cwd=REPOSITORY, check=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        subprocess.run(["cargo", "run", "--quiet", "--example", "hostile_files", "--", folder], cwd=REPOSITORY, check=True)
        hazards = json.loads((folder / "hazards.json").read_text(encoding="utf-8"))
        # Where another user may run it.
        program = shutil.copy(PROGRAM, folder / "sporskifte")
        sections, most = tried(program, folder, hazards)
        text = document(sections, most, crowd(program, folder, hazards, options.bombs, options.cases))
        subprocess.run(["chmod", "-R", "u+rwX", folder / "hazards"], check=False)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
