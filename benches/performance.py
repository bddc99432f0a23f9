#!/usr/bin/env python3
"""Measures the program on generated cases and writes what it measured as a Markdown document.

    python3 benches/performance.py --sizes 1000,10000,100000 --out docs/performance.md

Needs Rust, and openpyxl for the comparison with it (left out where it is missing). Nothing is removed before all is
measured, for a file system that has just lost many files is slow to make new ones: with 100,000 workbooks, 15 GB must be
free. On a machine that does other work at the same time, believe the processor time and the ratios of one run more than the
seconds.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
PROGRAM = REPOSITORY / "target" / "dist" / ("sporskifte.exe" if os.name == "nt" else "sporskifte")
PEER = REPOSITORY / "benches" / "peers" / "openpyxl_check.py"
SEED = 2023
# Generated cases have this many workbooks on average; measured on a few cases before each size.
TRIAL_CASES = 200
# From here on, a size is measured once.
MANY = 20_000


@dataclass
class Run:
    """What one run of a program cost."""

    wall: float
    cpu: float
    peak_mb: float
    code: int


def run(command, output=None):
    """Runs a command to its end; its output goes to a file or nowhere. What earlier ones wrote is on the disk by then."""
    os.sync()
    with open(output or os.devnull, "wb") as sink:
        started = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], stdout=sink)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, process.returncode)


def output_of(command):
    """The standard output of a command, or None where it fails."""
    done = subprocess.run([str(word) for word in command], cwd=REPOSITORY, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else None


def checked(measured):
    """A measured check; only exit codes 0 and 1 are those of a run that succeeded."""
    if measured.code not in (0, 1):
        sys.exit(f"the check failed with exit code {measured.code}")
    return measured


def generate(folder, cases):
    made = run([PROGRAM, "samples", "--cases", cases, "--seed", SEED, "--out", folder])
    if made.code != 0:
        sys.exit("the cases could not be generated")
    return made


def workbooks_in(folder):
    """The number of workbooks in the list of a generated folder, and their bytes."""
    count = size = 0
    with open(folder / "forventet.jsonl", encoding="utf-8") as lines:
        for line in lines:
            for file in json.loads(line)["files"]:
                count += 1
                size += (folder / file["file"]).stat().st_size
    return count, size


def verify(folder, findings):
    """The cases whose codes are not those expected, rules across cases left out; the check must be right to be timed."""
    found = {}
    with open(findings, encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            if entry["type"] == "finding" and not entry["code"].startswith("B7"):
                found.setdefault(entry["file"], []).append(entry["code"])
    root, wrong = str(folder).replace("\\", "/"), 0
    with open(folder / "forventet.jsonl", encoding="utf-8") as lines:
        for line in lines:
            files = json.loads(line)["files"]
            wrong += any(sorted(found.get(f"{root}/{file['file']}", [])) != file["codes"] for file in files)
    return wrong


def cases_for(workbooks, work):
    """How many cases have about so many workbooks."""
    folder = work / "trial"
    generate(folder, TRIAL_CASES)
    per_case = workbooks_in(folder)[0] / TRIAL_CASES
    return max(1, round(workbooks / per_case))


def median(runs):
    """The run of the median time; with an even number, the faster of the two in the middle."""
    return sorted(runs, key=lambda run: run.wall)[(len(runs) - 1) // 2]


def measure(size, work, repeat, has_state):
    """All runs over one size, as rows of the table; those with one and two threads in turn."""
    folder, findings = work / "cases", work / "findings.jsonl"
    made = generate(folder, cases_for(size, work))
    count, total = workbooks_in(folder)
    check = [PROGRAM, "check", folder, "--format", "jsonl"]
    runs = {}
    for turn in range(repeat):
        for jobs in (1, 2):
            runs.setdefault(f"check {jobs}", []).append(checked(run([*check, "--jobs", jobs], findings)))
            with_copies = checked(run([*check, "--jobs", jobs, "--out", work / f"copies{turn}-{jobs}"]))
            runs.setdefault(f"copies {jobs}", []).append(with_copies)
        if has_state:
            state = work / f"state{turn}"
            for name in ("first with state", "again with state"):
                runs.setdefault(name, []).append(checked(run([*check, "--jobs", 2, "--state", state])))
    rows = {name: median(own) for name, own in runs.items()}
    return rows | {"made": made, "workbooks": count, "bytes": total, "wrong": verify(folder, findings)}


def measure_peer(limit, work):
    """openpyxl and the program, one after the other and twice, on the same budgets; None without openpyxl."""
    if output_of([sys.executable, "-c", "import openpyxl"]) is None:
        return None
    folder, budgets = work / "peer", work / "budgets"
    generate(folder, max(limit, 10))
    budgets.mkdir()
    kept = 0
    with open(folder / "forventet.jsonl", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            for file in case["files"]:
                if file["kind"] == "budget" and not {"S001", "S002"} & set(file["codes"]) and kept < limit:
                    shutil.copy(folder / file["file"], budgets / f"{kept:06}.xlsx")
                    kept += 1
    ours, theirs = [], []
    for turn in (1, 2):
        ours.append(
            checked(run([PROGRAM, "check", budgets, "--jobs", 1, "--format", "jsonl", "--annotate", "all", "--out", work / f"ours{turn}"]))
        )
        answer = work / "peer.json"
        theirs.append(run([sys.executable, PEER, budgets, work / f"theirs{turn}"], answer))
        if theirs[-1].code != 0:
            return None
    told = json.loads(answer.read_text(encoding="utf-8"))
    return {"workbooks": kept, "done": told["workbooks"], "differences": told["differences"], "ours": ours, "theirs": theirs}


def table(rows):
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    line = lambda row: "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
    return "\n".join([line(rows[0]), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(line, rows[1:])])


def seconds(value):
    return f"{value:,.1f}" if value >= 10 else f"{value:.2f}"


def run_row(name, count, measured):
    per = 1000 / count
    return [
        name,
        f"{count:,}",
        seconds(measured.wall),
        f"{measured.wall * per:.2f}",
        f"{measured.cpu * per:.2f}",
        f"{measured.peak_mb:.0f}",
    ]


RUNS = [
    ("check, 1 thread", "check 1"),
    ("check, 2 threads", "check 2"),
    ("check and copies, 1 thread", "copies 1"),
    ("check and copies, 2 threads", "copies 2"),
    ("check with `--state`, first time, 2 threads", "first with state"),
    ("check with `--state`, nothing changed, 2 threads", "again with state"),
]


def size_section(sizes):
    head = ["run", "files", "seconds", "ms a workbook", "processor ms a workbook", "peak MB"]
    rows = [head]
    for measured in sizes:
        rows += [run_row(name, measured["workbooks"], measured[key]) for name, key in RUNS if key in measured]
    made = [["workbooks", "seconds", "processor ms a workbook", "peak MB", "KB a workbook"]]
    for measured in sizes:
        count = measured["workbooks"]
        row = measured["made"]
        made.append(
            [f"{count:,}", seconds(row.wall), f"{row.cpu * 1000 / count:.2f}", f"{row.peak_mb:.0f}", f"{measured['bytes'] / count / 1024:.1f}"]
        )
    return table(rows), table(made)


def scaling(sizes):
    """Sentences on linearity, memory and threads."""
    lines = []
    first, last = sizes[0], sizes[-1]
    if last is not first:
        cost = lambda measured: measured["copies 1"].cpu / measured["workbooks"]
        lines.append(
            f"- **Linear**: {last['workbooks'] / first['workbooks']:.0f} times the files cost "
            f"{cost(last) / cost(first):.2f} times the processor time a workbook (1.00 is exactly linear); the peak memory is "
            f"{last['copies 2'].peak_mb / first['copies 2'].peak_mb:.2f} times as high."
        )
    for measured in sizes:
        check = measured["check 1"].wall / measured["check 2"].wall
        copies = measured["copies 1"].wall / measured["copies 2"].wall
        lines.append(
            f"- **Two threads over one**, {measured['workbooks']:,} files: {check:.2f} times as fast checking, {copies:.2f} "
            f"times checking and writing copies."
        )
    wrong = sum(measured["wrong"] for measured in sizes)
    lines.append(
        f"- **Right**: {wrong} cases in which the codes found are not those that `forventet.jsonl` expects (rules across cases "
        f"left out)."
    )
    return "\n".join(lines)


def peer_section(peer):
    if peer is None:
        return "openpyxl was not installed where this was measured."
    mean = lambda runs: statistics.mean(run.cpu for run in runs) * 1000 / peer["workbooks"]
    rows = [["program", "budgets", "processor ms a workbook", "peak MB"]]
    for name, runs in (("sporskifte, all rules", peer["ours"]), ("openpyxl, arithmetic alone", peer["theirs"])):
        rows.append([name, str(peer["workbooks"]), f"{mean(runs):.1f}", f"{max(run.peak_mb for run in runs):.0f}"])
    ratio = mean(peer["theirs"]) / mean(peer["ours"])
    return (
        f"{table(rows)}\n\nopenpyxl takes **{ratio:.1f} times** the processor time.\n"
        f"[The script](../benches/peers/openpyxl_check.py) opens each budget for its values and for its formulas,\n"
        f"recalculates it and saves a copy with notes ({peer['done']} done, {peer['differences']} differences noted); its copies\n"
        f"lose every stored value. Both ran in turn, twice, with one thread, each writing a copy of every workbook."
    )


def machine():
    """The kind of machine, without any name of it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3 if hasattr(os, "sysconf") else 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.system()}, {platform.machine()}, {cores} cores, {memory:.0f} GB of memory"


def document(sizes, ratios, peer, command):
    runs, made = size_section(sizes)
    ratio_section = f"## Beside the work that no checker can save\n\n{ratios.strip()}\n\n" if ratios else ""
    return f"""# Performance

Measured by `{command}` on {machine()}.
Seconds depend on the machine and on what else it does; the processor time a workbook and the ratios of one run tell more.
Without `--sizes`, 1,000 workbooks are measured, in a minute or two.

## Files, time, memory

Generated cases with all kinds of mistakes ([how](../README.md#how-it-is-built)), about two workbooks each. "Copies" means
`--out`: an annotated copy of every workbook with findings, and `rapport.xlsx`.

{runs}

{scaling(sizes)}

{ratio_section}## Beside openpyxl

{peer_section(peer)}

## Making the cases

`sporskifte samples --cases N --seed {SEED}`, all cores:

{made}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000", help="numbers of workbooks, separated by commas (1000)")
    parser.add_argument("--out", type=Path, default=None, help="the Markdown document to write; otherwise standard output")
    parser.add_argument("--repeat", type=int, default=3, help=f"runs of each kind up to {MANY:,} workbooks; the median counts (3)")
    parser.add_argument("--peer", type=int, default=200, help="budgets for the comparison with openpyxl; 0 for none (200)")
    parser.add_argument("--work", type=Path, default=None, help="where to put the generated cases; otherwise a temporary folder")
    parser.add_argument("--no-bench", action="store_true", help="leave the ratios of cargo bench out")
    arguments = parser.parse_args()
    sizes = sorted(int(size) for size in arguments.sizes.split(","))
    if output_of(["cargo", "build", "--profile", "dist", "--quiet"]) is None:
        sys.exit("the release program could not be built")
    has_state = "--state" in (output_of([PROGRAM, "check", "--help"]) or "")
    with tempfile.TemporaryDirectory(dir=arguments.work) as work:
        measured = []
        for size in sizes:
            print(f"{size} workbooks …", file=sys.stderr)
            folder = Path(work) / str(size)
            folder.mkdir()
            repeat = 1 if size > MANY else arguments.repeat
            measured.append(measure(size, folder, repeat, has_state))
        print("openpyxl …", file=sys.stderr)
        peer = measure_peer(arguments.peer, Path(work)) if arguments.peer else None
    ratios = None if arguments.no_bench else output_of(["cargo", "bench", "--bench", "workbook", "--", "--markdown"])
    command = f"python3 benches/performance.py --sizes {arguments.sizes}"
    text = document(measured, ratios, peer, command)
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
