#!/usr/bin/env python3
"""Runs the program over the files that collect.py has found, and writes what became of them.

    cargo build --release --bin sporskifte --example mark_any
    python3 tests/real_files/run.py --work FOLDER

Each file is checked alone, under a limit of time and with its memory measured; then all in one run. After that the first
cell of every sheet of every workbook is marked, and each copy is compared with what was sent. Linux or macOS; needs
openpyxl. Ends with exit code 1 where something is not as it must be.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import tomllib
import warnings
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

import openpyxl

HERE = Path(__file__).resolve().parent
RELEASE = HERE.parent.parent / "target" / "release"
# What the program itself allows a file.
SECONDS_A_FILE = 60
# What all files together may take before the run counts as hanging.
SECONDS_TOGETHER = 3600
FILES_A_CALL = 200
BROKE_DOWN = "broke down"
UNREADABLE, NO_FORM = "S001", "S002"
# Parts that a copy may change; all others stay byte for byte.
EDITED = re.compile(
    r"(\.rels|\[content_types\]\.xml|workbook\d*\.xml|styles\d*\.xml|sheet\d*\.xml|worksheets/.*\.xml|comments.*\.xml|\.vml|docprops/app\.xml)$",
    re.I,
)
# The only name under which openpyxl finds styles, and what is marked with them.
USUAL_STYLES = "xl/styles.xml"
SIGNATURES = re.compile(r"_xmlsignatures|/$")
CELLS = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*>(.*)</(?:\w+:)?sheetData>", re.S)


@dataclass
class Run:
    """What one run of the program gave and cost."""

    code: int
    seconds: float
    megabytes: float
    objects: list[dict]

    def verdicts(self) -> dict[str, tuple[str, str]]:
        """The verdict and the reason of each file, by its hash; files that are alike have the same."""
        reasons = {
            found["file"]: found["message"] for found in self.objects if found.get("code") in (UNREADABLE, NO_FORM)
        }
        files = [one for one in self.objects if one["type"] == "file"]
        return {one["sha256"] or one["file"]: (one["verdict"], reasons.get(one["file"], "")) for one in files}

    def summary(self) -> dict:
        return self.objects[-1] if self.objects and self.objects[-1]["type"] == "summary" else {}

    def failed(self) -> bool:
        """Whether the program crashed, or had to give up on a file or an output."""
        broke = any(BROKE_DOWN in found.get("message", "") for found in self.objects)
        return self.code not in (0, 1) or broke or self.summary().get("problems") != 0


def check(program: Path, path: Path, out: Path, limit: float) -> Run:
    command = [program, "check", path, "--format", "jsonl", "--lang", "en", "--annotate", "all", "--out", out]
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    guard = threading.Timer(limit, process.kill)
    guard.start()
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    guard.cancel()
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    objects = [json.loads(line) for line in output.splitlines() if line.endswith(b"}")]
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(process.returncode, seconds, usage.ru_maxrss / unit, objects)


@dataclass
class Alone:
    """What became of the files, each checked alone."""

    # By the verdict and, where there is one, the reason.
    outcomes: Counter = field(default_factory=Counter)
    verdicts: dict[str, tuple[str, str]] = field(default_factory=dict)
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    without_one_verdict: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[float, str] = (0.0, "")

    def add(self, file: dict, run: Run) -> None:
        name = file["file"]
        if run.seconds >= SECONDS_A_FILE:
            self.hangs.append(name)
        elif run.failed():
            self.crashes.append(name)
        verdicts = run.verdicts()
        self.verdicts.update(verdicts)
        if len(verdicts) != 1 or run.summary().get("verdicts") != 1:
            self.without_one_verdict.append(name)
        for verdict, reason in verdicts.values():
            self.outcomes[f"{verdict}: {reason}" if reason else verdict] += 1
        self.slowest = max(self.slowest, (run.seconds, name))
        self.largest = max(self.largest, (run.megabytes, name))

    def record(self) -> dict:
        return {
            "panics": len(self.crashes),
            "hangs": len(self.hangs),
            "limit_seconds": SECONDS_A_FILE,
            "slowest_seconds": round(self.slowest[0], 1),
            "slowest_file": self.slowest[1],
            "peak_memory_mb": round(self.largest[0]),
            "peak_memory_file": self.largest[1],
            "outcomes": by_count(self.outcomes),
        }


def by_count(counts: Counter) -> dict[str, int]:
    """Counts, the largest first; where they are alike, in the order of their names."""
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def check_alone(program: Path, files: list[dict], root: Path, out: Path) -> Alone:
    alone = Alone()
    for file in files:
        shutil.rmtree(out, ignore_errors=True)
        alone.add(file, check(program, root / file["file"], out, SECONDS_A_FILE))
    return alone


def check_together(program: Path, alone: Alone, files: list[dict], root: Path, out: Path) -> dict:
    shutil.rmtree(out, ignore_errors=True)
    run = check(program, root, out, SECONDS_TOGETHER)
    summary = run.summary()
    inputs = summary.get("inputs", 0)
    return {
        "inputs": inputs,
        "verdicts": summary.get("verdicts", 0),
        "passed_over": summary.get("passed_over", 0),
        "unaccounted": len(files) - inputs - summary.get("passed_over", 0),
        "other_outcome_than_alone": sum(alone.verdicts.get(key) != outcome for key, outcome in run.verdicts().items()),
        "failed": run.failed(),
        "seconds": round(run.seconds, 1),
        "peak_memory_mb": round(run.megabytes),
    }


def opens(path: Path) -> bool:
    """Whether openpyxl reads a workbook."""
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            openpyxl.load_workbook(file)
    except Exception:  # openpyxl lets pass whatever goes wrong below it.
        return False
    return True


def is_well_formed(content: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError:
        return False
    return True


def damage(original: zipfile.ZipFile | None, copy: zipfile.ZipFile) -> list[str]:
    """What a copy broke: parts that are no longer well-formed, that are lost, or that changed and must not have."""
    before = {entry.filename: original.read(entry) for entry in original.infolist()} if original else {}
    after = {entry.filename: copy.read(entry) for entry in copy.infolist()}
    broken = [
        f"{name} is not well-formed"
        for name, content in after.items()
        if name.lower().endswith((".xml", ".rels", ".vml")) and not is_well_formed(content)
        if name not in before or is_well_formed(before[name])
    ]
    for name, content in before.items():
        if SIGNATURES.search(name):
            continue
        if name not in after:
            broken.append(f"{name} is lost")
        elif not EDITED.search(name) and after[name] != content:
            broken.append(f"{name} changed")
        elif CELLS.findall(after[name]) != CELLS.findall(content) and is_utf8(content):
            broken.append(f"the cells of {name} changed")
    return broken


def is_utf8(content: bytes) -> bool:
    """A part in another encoding is written in UTF-8, its cells too."""
    return b"encoding=" not in content[:100] or b"utf-8" in content[:100].lower()


def mark(marker: Path, files: list[dict], root: Path, out: Path) -> dict[str, tuple[str, str]]:
    """The format of each file and what became of its copy, for those that could be read."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    outcomes = {}
    for start in range(0, len(files), FILES_A_CALL):
        names = [file["file"] for file in files[start : start + FILES_A_CALL]]
        done = subprocess.run([marker, out, *names], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
        outcomes.update({name: (kind, outcome) for name, kind, outcome in lines if kind != "-"})
    return outcomes


def check_copies(marker: Path, files: list[dict], root: Path, out: Path) -> tuple[dict, list[str]]:
    outcomes = mark(marker, files, root, out)
    copied = {name: kind for name, (kind, outcome) in outcomes.items() if outcome == "copied"}
    broken, opened, neither = [], 0, 0
    for name, kind in copied.items():
        patched = kind in ("Xlsx", "Xlsm")
        copy = out / Path(name).name
        with zipfile.ZipFile(copy) as package:
            if patched:
                with zipfile.ZipFile(root / name) as sent:
                    broken += [f"{name}: {what}" for what in damage(sent, package)]
            else:
                broken += [f"{name}: {what}" for what in damage(None, package)]
            stylesheet = USUAL_STYLES in package.namelist()
        if opens(copy):
            opened += 1
        elif patched and not (stylesheet and opens(root / name)):
            neither += 1
        else:
            broken.append(f"{name}: openpyxl reads it as it was sent, but not its copy")
    record = {
        "workbooks_read": dict(sorted(Counter(kind for kind, _ in outcomes.values()).items())),
        "copies": len(copied),
        "copies_openpyxl_reads": opened,
        "copies_openpyxl_cannot_read_like_their_originals": neither,
        "broken": broken,
    }
    failures = [f"{name}: {outcome}" for name, (_, outcome) in outcomes.items() if name not in copied]
    return record, failures


def sources(files: list[dict]) -> dict[str, int]:
    counts = Counter(file["file"].split("/")[0] for file in files)
    listed = tomllib.loads((HERE / "packages.toml").read_text(encoding="utf-8"))["package"]
    named = [(f"{one['from']}-{one['name']}", one["version"]) for one in listed]
    return {f"{name} {version}": counts[name] for name, version in named}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="the folder that collect.py was given")
    parser.add_argument("--program", type=Path, default=RELEASE / "sporskifte")
    parser.add_argument("--marker", type=Path, default=RELEASE / "examples" / "mark_any")
    parser.add_argument("--record", type=Path, default=HERE / "record.json", help="where to write what was found")
    options = parser.parse_args()
    work = options.work.resolve()
    root = work / "files"
    files = sorted(json.loads((work / "files.json").read_text(encoding="utf-8")), key=lambda file: file["file"])

    alone = check_alone(options.program, files, root, work / "out")
    together = check_together(options.program, alone, files, root, work / "out")
    copies, not_copied = check_copies(options.marker.resolve(), files, root, work / "copies")
    endings = Counter(Path(file["file"]).suffix.lower() for file in files)
    record = {
        "files": len(files),
        **alone.record(),
        "together": together,
        "copies": copies,
        "endings": by_count(endings),
        "sources": sources(files),
    }
    options.record.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    wrong = {
        "crashed": alone.crashes,
        "took too long": alone.hangs,
        "has not one verdict": alone.without_one_verdict,
        "could not be copied": not_copied,
        "was broken in its copy": copies["broken"],
    }
    for what, names in wrong.items():
        for name in names:
            print(f"{what}: {name}", file=sys.stderr)
    odd = together["failed"] or together["unaccounted"] or together["other_outcome_than_alone"]
    print(f"{len(files)} files, {sum(map(len, wrong.values()))} of them with something wrong")
    return 1 if odd or any(wrong.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
