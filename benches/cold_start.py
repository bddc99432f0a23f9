#!/usr/bin/env python3
"""Measures how large the program is and how long it takes to start, and writes it into docs/packaging.md.

    python3 benches/cold_start.py                  the program that `cargo build --profile dist` makes
    packaging/build-release.sh --measure           what is handed out, into docs/packaging.md

A start is made cold by putting the program and the workbook out of the system's memory first, as they are after a day of
other work; libraries of the system that other programs use too stay in it. A program for Windows is run under Wine, whose
own start is part of its time. Needs Linux, and a Wine folder in which the program runs (WINEPREFIX).
"""

import argparse
import contextlib
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
RELEASE = REPOSITORY / "target" / "dist" / "sporskifte"
WORKBOOK = REPOSITORY / "samples" / "03-ren-sag-2023" / "Bilag 1.xlsx"
RUNS = [("`--version`", ["--version"], (0,)), ("`check` of one workbook", ["check", WORKBOOK], (0, 1))]
START, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def put_out_of_memory(path):
    """Makes the next read of a file come from the disk."""
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def command_of(program, arguments):
    words = [str(word) for word in (program, *arguments)]
    return (["wine"] if program.suffix == ".exe" else []) + words


def seconds(command, codes):
    """The time of one run, which must end as it should."""
    environment = os.environ | {"WINEDEBUG": "-all"}
    # Into a file: what Wine leaves running holds a pipe open for ever.
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        code = subprocess.call(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, env=environment)
        taken = time.perf_counter() - started
        if code not in codes:
            said.seek(0)
            sys.exit(f"{command}: exit code {code}\n{said.read().decode(errors='replace')}")
    return taken


def measured(program, arguments, codes, repeat):
    """Cold and warm runs, each as best and median in milliseconds."""
    command, cells = command_of(program, arguments), []
    for cold in (True, False):
        runs = []
        for _ in range(repeat):
            for path in (program, WORKBOOK) if cold else ():
                put_out_of_memory(path)
            runs.append(seconds(command, codes) * 1000)
        cells += [f"{min(runs):.1f}", f"{statistics.median(runs):.1f}"]
    return cells


@contextlib.contextmanager
def wine_running():
    """Keeps Wine's server running meanwhile, as Windows does, by a command line that waits."""
    with subprocess.Popen(["wine", "cmd"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        seconds(["wine", "cmd", "/c", "exit"], (0,))
        yield


def row(cells):
    return "| " + " | ".join(cells) + " |"


def table(programs, repeat):
    lines = [
        row(["program", "bytes", "run", "cold: best ms", "median ms", "warm: best ms", "median ms"]),
        row(["---", "---:", "---", "---:", "---:", "---:", "---:"]),
    ]
    needs_wine = any(program.suffix == ".exe" for program in programs)
    with wine_running() if needs_wine else contextlib.nullcontext():
        lines += rows(programs, repeat)
    return "\n".join(lines)


def rows(programs, repeat):
    lines = []
    for program in programs:
        size, name = f"{program.stat().st_size:,}", name_of(program)
        for what, arguments, codes in RUNS:
            lines.append(row([name, size, what, *measured(program, arguments, codes, repeat)]))
    return lines


def name_of(program):
    """The target that a program was built for, by the folder that it lies in."""
    target = program.resolve().parent.parent.name
    target = target if target.count("-") > 1 else f"{platform.machine()}, as built here"
    return f"{target} (Wine)" if program.suffix == ".exe" else target


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("programs", nargs="*", type=Path, default=[RELEASE], help="programs to measure")
    parser.add_argument("--repeat", type=int, default=21, help="runs of each kind (21)")
    parser.add_argument("--out", type=Path, help="the document whose measured part is replaced; otherwise standard output")
    arguments = parser.parse_args()
    missing = [program for program in arguments.programs if not program.is_file()]
    if missing:
        sys.exit(f"not built: {', '.join(map(str, missing))}")
    text = table(arguments.programs, arguments.repeat)
    about = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores; {WORKBOOK.name} of {WORKBOOK.stat().st_size:,} bytes; {arguments.repeat} runs of each kind."
    text = f"{START}\n{about}\n\n{text}\n{END}"
    if not arguments.out:
        print(text)
        return
    document = arguments.out.read_text(encoding="utf-8")
    before, after = document.split(START)[0], document.split(END)[1]
    arguments.out.write_text(before + text + after, encoding="utf-8")


if __name__ == "__main__":
    main()
