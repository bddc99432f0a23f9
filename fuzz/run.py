#!/usr/bin/env python3
"""Runs the fuzz targets and adds what libFuzzer says it ran to a record.

    python3 fuzz/run.py seeds                        # writes the inputs that fuzzing starts from
    python3 fuzz/run.py run --seconds 300            # builds, makes seeds, runs every target that long, adds to the record
    python3 fuzz/run.py run --seconds 20 --quick-build --no-record  # a short run that only tells whether anything is found
    python3 fuzz/run.py record                       # prints the record as a table

Needs Rust and cargo-fuzz (`cargo install cargo-fuzz`); the stable toolchain will do. A find is kept under
`fuzz/artifacts/TARGET/`, ends the run with exit code 1 and, once mended, goes to `tests/kept_crashers/TARGET/`.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
RECORD = HERE / "record.json"
KEPT = REPOSITORY / "tests" / "kept_crashers"

# The longest input of each target, in bytes, and its dictionaries.
TARGETS = {
    "read_workbook": (65536, ["packages"]),
    "find_fields": (1024, ["edits"]),
    "written_values": (64, ["values"]),
    "patch": (65536, ["packages"]),
    "settings": (20480, ["settings"]),
}
# A find too: an input that takes this many seconds of processor time, or a process that takes this much memory.
SLOW_SECONDS = 10
MEMORY_MB = 1024
# A run is ended where an input takes this long by the clock. Shorter ones are looked at when the run is over: on a busy
# machine they need not be slow.
HANGING_SECONDS = 200


def kept(target):
    """The inputs that broke the program once: what was found and mended."""
    return sorted((KEPT / target).glob("*"))


# Seeds


def part_list(parts):
    """A package as the list of its parts that the targets take."""
    return b"\n".join(b"@@@ " + name.encode() + b"\n" + content for name, content in parts)


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def slim(parts, rows):
    """The parts with the first rows of each sheet, and without what no target reads."""

    def content(name, text):
        if "worksheets/sheet" not in name:
            return text
        keep = lambda row: row.group(0) if int(row.group(1)) <= rows else b""
        return re.sub(rb'<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)', keep, text, flags=re.S)

    return [(name, content(name, text)) for name, text in parts if "theme" not in name and "media" not in name]


def package_seeds():
    senders = sorted((REPOSITORY / "tests" / "fidelity" / "files").glob("*.xl*"))
    for path in senders:
        yield path.name, part_list(slim(parts_of(path), 1000))
    for folder in ["03-", "10-", "05-", "16-"]:
        for path in sorted(REPOSITORY.glob(f"samples/{folder}*/*.xlsx")):
            for rows in (6, 10):
                yield f"{path.parent.name[:2]}-{path.stem}-{rows}".replace(" ", "_"), part_list(slim(parts_of(path), rows))
    for path in sorted((REPOSITORY / "tests" / "files").glob("libreoffice.*s*")):
        yield path.name, path.read_bytes()
    yield "shared_formulas.xls", (REPOSITORY / "tests" / "files" / "shared_formulas.xls").read_bytes()
    document = parts_of(REPOSITORY / "tests" / "files" / "libreoffice.ods")
    yield "document", part_list([part for part in document if part[0] in ("mimetype", "content.xml", "META-INF/manifest.xml")])
    yield "binary", part_list(binary_package())
    for name, sheet in SMALL_SHEETS.items():
        yield name, part_list(small_package(sheet))


MARKER = '<c r="A2" t="inlineStr"><is><t>Skabelon: sporskifte-budget 1</t></is></c>'
SMALL_SHEETS = {
    "small": '<row r="1"><c r="A1"><v>1</v></c></row>',
    "small-form": f'<row r="2">{MARKER}</row><row r="6"><c r="A6" t="inlineStr"><is><t>CVR-nummer</t></is></c><c r="B6"><v>12345678</v></c></row>',
    "small-shared": '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>0</v></c></row><row r="2"><c r="A2"><f t="shared" si="0"/></c></row>',
    "small-kinds": '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="d"><v>2026-01-31</v></c>'
    '<c r="D1" t="str"><f>"a"</f><v>a</v></c><c r="E1" s="1"><v>44986.5</v></c><c r="F1" t="s"><v>0</v></c></row>',
    "small-corners": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1E+300</v></c></row>',
}


def small_package(rows):
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = lambda id, kind, target: f'<Relationship Id="{id}" Type="{office}/{kind}" Target="{target}"/>'
    relations = lambda *lines: "<Relationships>" + "".join(lines) + "</Relationships>"
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types><Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": relations(relation("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="Stamdata" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            relation("rId1", "worksheet", "worksheets/sheet1.xml"),
            relation("rId2", "sharedStrings", "sharedStrings.xml"),
            relation("rId3", "styles", "styles.xml"),
        ),
        "xl/sharedStrings.xml": "<sst><si><t>navn</t></si><si><r><t>a</t></r><r><t>b</t></r></si></sst>",
        "xl/styles.xml": '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet><sheetData>{rows}</sheetData><mergeCells><mergeCell ref="B2:C3"/></mergeCells></worksheet>',
    }
    return [(name, text.encode()) for name, text in parts.items()]


def binary_package():
    """A workbook of Excel's binary format with a number and a text."""
    wide = lambda text: len(text).to_bytes(4, "little") + text.encode("utf-16-le")

    def record(kind, data=b""):
        name = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return name + bytes([len(data)]) + data

    cell = lambda kind, column, content: record(kind, column.to_bytes(4, "little") + bytes(4) + content)
    sheet = record(129) + record(148, bytes(16)) + record(145) + record(0, b"\5\0\0\0")
    sheet += cell(5, 0, bytes(6) + b"\x45\x40") + cell(6, 1, wide("navn")) + record(146) + record(130)
    bundle = record(156, b"\1\0\0\0\1\0\0\0" + wide("rId1") + wide("Budget"))
    workbook = record(131) + record(153, b"\1" + bytes(7)) + bundle + record(144) + record(132)
    relation = '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
    relations = lambda kind, target: ("<Relationships>" + relation.format(kind, target) + "</Relationships>").encode()
    types = '<Types><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    return [
        ("[Content_Types].xml", types.encode()),
        ("_rels/.rels", relations("officeDocument", "xl/workbook.bin")),
        ("xl/workbook.bin", workbook),
        ("xl/_rels/workbook.bin.rels", relations("worksheet", "worksheets/sheet1.bin")),
        ("xl/worksheets/sheet1.bin", sheet),
    ]


ODD_VALUES = ["=0", "=-1", "=0.001", "=999999999.99", "=1000000000", "=79228162514264337593543950335", '"37 timer', '"1.234,50 kr.',
    "#44986", "#0", "#60", "#2958465", "#99999999", "!#REF!", "!#N/A", "?1", "*1E+300", "~A1*2", '"010170-1234', "=101701234", '"x', '" ', ":"]  # fmt: skip


def edit_seeds():
    """Edits of the samples: odd values in every column of every sheet, and rows and columns moved."""
    chosen = random.Random(7)
    columns = [chr(letter) for letter in range(65, 91)] + ["AA", "AB", "AC", "AD", "AE", "AF"]
    for sample in range(1, 20):
        yield f"sample-{sample}", f"sample {sample}\n".encode()
    for book in range(3):
        for sheet in range(3):
            for column in columns if sheet else ["A", "B"]:
                lines = [f"{book}.{sheet}!{column}{row}{chosen.choice(ODD_VALUES)}" for row in range(3 if sheet else 1, 9 if sheet else 25)]
                yield f"{book}-{sheet}-{column}", "\n".join(["sample 3", *lines]).encode()
            for edit in ("^3,2", "<2,1", "/", "~Ark1", "!A5+C7", "!A5>B9"):
                yield f"{book}-{sheet}-{ord(edit[0])}-{ord(edit[1:2] or '0')}", f"{book}.{sheet}{edit}\n".encode()


def value_seeds():
    values = ["1.234,50 kr.", "260,00", "37 timer", "12.50", "1,234.50", "kr. 1 234,5", "1.500,-", "-5", "\u22127,4", "260 kr./time",
        "1. marts 2023", "01-03-2023", "2023-03-01", "1/3 2023", "d. 1. mar. 2023", "1.3.23", "31-02-2023", "29-02-1900",
        "DK 13 58 56 28", "13585628", "1003388394", "33.12.00", "010170-1234", "0101701234", "010170 1234, 010170-1234",
        "U6", "XFD1048576", "$A$1", "79228162514264337593543950335", "0,0000000000000000000000000001"]  # fmt: skip
    return ((f"value-{index}", value.encode()) for index, value in enumerate(values))


CONFIGURATION = """[rules]
P322 = "off"
V209 = "warning"

[figures]
rounding_tolerance = "2.00"
overhead_share_review = "0.30"

[limits]
cells = 5000
seconds = 5

[[waiver]]
journal = "23/05285"
code = "T401"
reason = "aftalt"
who = "BO"
until = "2023-12-31"
"""


def settings_seeds():
    text = lambda path: (REPOSITORY / path).read_bytes()
    yield "configuration", b"configuration\n" + CONFIGURATION.encode()
    yield "parameters", b"parameters\n" + text("parameters/parameters.toml")
    yield "industries", b"industries\n" + text("parameters/industries.csv")
    yield "industries-danish", "industries\n\ufeffCode;Title;Eligible;Source\r\n33.12.00;\"a; \"\"b\"\"\";ja;x\r\n".encode()
    for form in ("budget", "kursusoversigt", "slutregnskab"):
        yield f"layout-{form}", b"layout\n" + text(f"templates/{form}.toml")


SEEDS = {
    "read_workbook": package_seeds,
    "find_fields": edit_seeds,
    "written_values": value_seeds,
    "patch": package_seeds,
    "settings": settings_seeds,
}


def write_seeds():
    for target, make in SEEDS.items():
        folder = HERE / "corpus" / "seeds" / target
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        longest = TARGETS[target][0]
        for name, content in make():
            if len(content) <= longest:
                (folder / name).write_bytes(content)
        for path in kept(target):
            shutil.copy(path, folder / f"kept-{path.name}")


# Running


def build(quickly):
    """Builds the targets. Quickly: a little optimised, on all cores. A short run takes longer without any optimisation."""
    environment = os.environ | {"RUSTC_BOOTSTRAP": "1"}
    command = ["cargo", "fuzz", "build", "--fuzz-dir", str(HERE), "--sanitizer", "none"]
    if quickly:
        environment |= {"CARGO_PROFILE_RELEASE_OPT_LEVEL": "1", "CARGO_PROFILE_RELEASE_DEBUG": "0"}
        command += ["--codegen-units", "64"]
    subprocess.run(command, env=environment, cwd=REPOSITORY, check=True)


def program(target):
    found = sorted(HERE.glob(f"target/*/release/{target}"))
    if not found:
        sys.exit(f"{target} is not built")
    return found[0]


def dictionary_of(target):
    return HERE / "dictionaries" / f"{TARGETS[target][1][0]}.dict"


def run_target(target, seconds):
    """Runs one target; gives its seconds by the clock and of processor time, its executions, and whether it ended in a
    find."""
    corpus, artifacts = HERE / "corpus" / target, HERE / "artifacts" / target
    for folder in (corpus, artifacts):
        folder.mkdir(parents=True, exist_ok=True)
    command = [
        str(program(target)),
        str(corpus),
        str(HERE / "corpus" / "seeds" / target),
        f"-max_total_time={seconds}",
        f"-max_len={TARGETS[target][0]}",
        f"-dict={dictionary_of(target)}",
        f"-artifact_prefix={artifacts}/",
        f"-timeout={HANGING_SECONDS}",
        f"-report_slow_units={SLOW_SECONDS}",
        f"-rss_limit_mb={MEMORY_MB}",
        "-print_final_stats=1",
        "-verbosity=1",
    ]
    before = set(artifacts.iterdir())
    started = time.monotonic()
    status, usage, output = finished(command)
    clock = time.monotonic() - started
    executions = re.search(r"stat::number_of_executed_units:\s*(\d+)", output)
    left = [path for path in artifacts.iterdir() if path not in before]
    finds = [path for path in left if not path.name.startswith(("slow-unit-", "timeout-")) or is_slow(target, path)]
    for path in set(left) - set(finds):
        path.unlink()
    if finds:
        print(output[-6000:], file=sys.stderr)
    elif status != 0 and not left:
        sys.exit(f"{target} could not be run:\n{output[-2000:]}")
    return (clock, usage), int(executions.group(1)) if executions else None, bool(finds)


def finished(command):
    """Runs a program to its end; gives its exit code, its processor seconds, and what it told."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        output = process.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime, output


def is_slow(target, artifact):
    """Whether an input takes long by the processor's time, not only by the clock of a busy machine."""
    _, seconds, _ = finished([str(program(target)), f"-timeout={HANGING_SECONDS}", str(artifact)])
    return seconds >= SLOW_SECONDS


def add_to_record(target, seconds, executions):
    """Adds a run, by the clock and in processor time, of which libFuzzer told the executions; one it was silent about does
    not count. Crashes are the finds that are kept as tests, and those that still wait for it."""
    if executions is None:
        return
    record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    entry = record.setdefault(target, {"executions": 0, "runs": 0})
    for kind, added in zip(("clock_seconds", "processor_seconds"), seconds):
        entry[kind] = round(entry.get(kind, 0) + added, 1)
    entry["executions"] += executions
    entry["runs"] += 1
    entry["crashes"] = len(kept(target)) + len(list((HERE / "artifacts" / target).iterdir()))
    entry["last"] = date.today().isoformat()
    RECORD.write_text(json.dumps(dict(sorted(record.items())), indent=2) + "\n")


def run(options):
    if not options.no_build:
        build(options.quick_build)
    write_seeds()
    targets = options.targets or list(TARGETS)
    finds = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        results = pool.map(lambda target: run_target(target, options.seconds), targets)
        for target, (seconds, executions, found) in zip(targets, results):
            told = "unknown" if executions is None else f"{executions:,}"
            print(f"{target}: {seconds[0]:.0f} s, {seconds[1]:.0f} s of processor time, {told} executions, {'A FIND' if found else 'no find'}", flush=True)
            if not options.no_record:
                add_to_record(target, seconds, executions)
            finds += found
    return 1 if finds else 0


def print_record():
    print("| target | minutes by the clock | processor minutes | executions | crashes |")
    print("|---|---:|---:|---:|---:|")
    for target, entry in json.loads(RECORD.read_text()).items():
        clock, processor = (entry[kind] / 60 for kind in ("clock_seconds", "processor_seconds"))
        print(f"| `{target}` | {clock:.0f} | {processor:.0f} | {entry['executions']:,} | {entry['crashes']} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("seeds", help="write the inputs that fuzzing starts from")
    commands.add_parser("record", help="print the record as a table")
    runs = commands.add_parser("run", help="run targets")
    runs.add_argument("--seconds", type=int, default=60, help="seconds for each target")
    runs.add_argument("--jobs", type=int, default=1, help="targets that run at the same time")
    runs.add_argument("--quick-build", action="store_true", help="build sooner what runs slower")
    runs.add_argument("--no-build", action="store_true", help="run what is built")
    runs.add_argument("--no-record", action="store_true", help="leave the record alone")
    runs.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="targets to run; all by default")
    options = parser.parse_args()
    if options.command == "seeds":
        write_seeds()
    elif options.command == "record":
        print_record()
    else:
        sys.exit(run(options))


if __name__ == "__main__":
    main()
