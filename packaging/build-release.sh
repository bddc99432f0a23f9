#!/usr/bin/env bash
# Builds the programs that are handed out, tries each, and packs them into dist/: a static one for Linux, one for Windows.
# Runs on a bare Debian with Rust; what it needs beyond that is installed here. The same commit gives the same bytes.
#
#   packaging/build-release.sh            both
#   packaging/build-release.sh TARGET…    x86_64-unknown-linux-musl, x86_64-pc-windows-gnu
#   packaging/build-release.sh --measure  writes their size and how fast they start into docs/packaging.md besides
set -euo pipefail
cd "$(dirname "$0")/.."
source .ci/install.sh

linux=x86_64-unknown-linux-musl
windows=x86_64-pc-windows-gnu

step() { printf '\n== %s\n' "$*"; }

fail() {
    echo "$*" >&2
    exit 1
}

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
# All times in the packages are that of the commit.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

install_tools() {
    command -v musl-gcc >/dev/null || install musl-tools
    command -v x86_64-w64-mingw32-gcc >/dev/null || install gcc-mingw-w64-x86-64
    command -v zip >/dev/null || install zip
    command -v file >/dev/null || install file
    command -v wine >/dev/null || install wine || true
    rustup target add "$@" 2>/dev/null
}

program_of() {
    local ending=
    [ "$1" = "$windows" ] && ending=.exe
    echo "${CARGO_TARGET_DIR:-target}/$1/dist/sporskifte$ending"
}

# No path of this machine stands in the program, and no time.
build() {
    local target=$1 registry=${CARGO_HOME:-$HOME/.cargo}/registry/src
    local flags=(--remap-path-prefix="$registry=registry" --remap-path-prefix="$PWD=sporskifte")
    [ "$target" = "$windows" ] && flags+=(-Clink-arg=-Wl,--no-insert-timestamp)
    local separator=$'\x1f'
    CARGO_ENCODED_RUSTFLAGS=$(IFS=$separator && echo "${flags[*]}") \
        CFLAGS="-ffile-prefix-map=$registry=registry -ffile-prefix-map=$PWD=sporskifte" \
        cargo build --profile dist --features parquet --locked --target "$target"
}

# An old Wine lacks a library of Windows 10 that every program in Rust needs.
prepare_wine() {
    export WINEPREFIX=$work/wine WINEDEBUG=-all
    wine cmd /c ver </dev/null >/dev/null 2>&1 || return 1
    local library=$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll
    [ -e "$library" ] || x86_64-w64-mingw32-gcc -shared -O1 -o "$library" packaging/bcryptprimitives.c -ladvapi32
}

# Runs the program of a target, the one for Windows under Wine.
run() {
    local target=$1
    shift
    if [ "$target" = "$windows" ]; then
        wine "$(program_of "$target")" "$@" </dev/null
    else
        "$(program_of "$target")" "$@" </dev/null
    fi
}

expect() {
    local code=$1 status=0
    shift
    run "$@" >"$work/said" 2>"$work/wrong" || status=$?
    [ "$status" -eq "$code" ] || { cat "$work/said" "$work/wrong" >&2; fail "$*: exit code $status, not $code"; }
}

is_static() {
    file "$(program_of "$1")" | grep -q 'static' || fail "$(program_of "$1") is not static"
}

# What it says of the samples, checked by name and dropped on the program, in a folder with an awkward name.
try() {
    local target=$1 folder="$work/$1/Ansøgninger, æøå (a) & co"
    expect 0 "$target" --version
    [ "$(tr -d '\r' <"$work/said")" = "sporskifte $version" ] || fail "$target says that it is $(cat "$work/said")"
    expect 1 "$target" check samples --out "$work/$target/kontrol" --annotate all
    cp "$work/said" "$work/$target/said"
    local copies
    copies=$(find "$work/$target/kontrol" -name '*.kontrolleret.*' | wc -l)
    [ "$copies" -gt 0 ] || fail "$target made no annotated copies"
    mkdir -p "$folder"
    cp -r samples/. "$folder"
    SPORSKIFTE_OPENER='' expect 1 "$target" "$folder"
    [ -s "$folder kontrolleret/rapport.html" ] || fail "$target did not put a report beside what was dropped"
    [ -s "$folder kontrolleret/rapport.xlsx" ] || fail "$target did not put an overview beside what was dropped"
    echo "$target: tried on the samples, $copies annotated copies"
}

tried=()
try_where_possible() {
    local target=$1
    if [ "$target" = "$windows" ] && ! prepare_wine; then
        printf '\nTHE PROGRAM FOR WINDOWS WAS NOT TRIED: Wine cannot be had here\n\n'
        return
    fi
    [ "$target" = "$windows" ] || is_static "$target"
    try "$target"
    tried+=("$target")
}

# Both must say and write the same of the same files. The library that writes rapport.xlsx notes the system in it, and
# what lists it holds its hash.
compare_tried() {
    [ "${#tried[@]}" -eq 2 ] || return 0
    local one=$work/${tried[0]} other=$work/${tried[1]}
    cmp "$one/said" "$other/said" || fail "the programs say different things"
    diff -r --brief -x rapport.xlsx -x kvittering.json -x .sporskifte-kontrol "$one/kontrol" "$other/kontrol" ||
        fail "the programs write different things"
}

# Completions and manual pages come from a program that runs here.
write_help() {
    local from=$1 shell folder=$work/help
    mkdir -p "$folder/completions"
    local -A names=([bash]=sporskifte.bash [zsh]=_sporskifte [fish]=sporskifte.fish [powershell]=sporskifte.ps1 [elvish]=sporskifte.elv)
    for shell in "${!names[@]}"; do
        "$from" completions "$shell" >"$folder/completions/${names[$shell]}"
    done
    "$from" man --out "$folder/man/da/man1" >/dev/null
    "$from" man --lang en --out "$folder/man/man1" >/dev/null
}

# Names in order, one time, no owner.
pack() {
    local target=$1 name=sporskifte-$version-$1 folder
    folder=$work/pack/$name
    mkdir -p "$folder" dist
    cp "$(program_of "$target")" LICENSE README.md CHANGELOG.md "$folder"
    cp -r "$work/help/." "$folder"
    find "$folder" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    if [ "$target" = "$windows" ]; then
        rm -f "dist/$name.zip"
        (cd "$work/pack" && find "$name" -type f | sort | zip -q -X -9 -@ "$OLDPWD/dist/$name.zip")
    else
        tar --sort=name --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --mtime="@$SOURCE_DATE_EPOCH" -C "$work/pack" -c "$name" |
            gzip -9 -n >"dist/$name.tar.gz"
    fi
}

measure=no
[ "${1:-}" != --measure ] || { measure=yes && shift; }
targets=("$@")
[ "${#targets[@]}" -gt 0 ] || targets=("$linux" "$windows")

step "what is needed"
install_tools "${targets[@]}"

step "tests, with all generated cases"
SPORSKIFTE_THOROUGH=1 cargo test --locked --features parquet

for target in "${targets[@]}"; do
    step "build $target"
    build "$target"
    step "try $target"
    try_where_possible "$target"
done
compare_tried

step "pack"
case " ${targets[*]} " in
    *" $linux "*) write_help "$(program_of "$linux")" ;;
    *) cargo build --locked --quiet && write_help "${CARGO_TARGET_DIR:-target}/debug/sporskifte" ;;
esac
for target in "${targets[@]}"; do
    pack "$target"
done
(cd dist && sha256sum sporskifte-"$version"-* >SHA256SUMS && cat SHA256SUMS)

if [ "$measure" = yes ]; then
    step "measure"
    programs=()
    for target in "${tried[@]}"; do
        programs+=("$(program_of "$target")")
    done
    python3 benches/cold_start.py "${programs[@]}" --out docs/packaging.md
fi
