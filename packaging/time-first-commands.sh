#!/usr/bin/env bash
# Times what a newcomer runs first: clones this repository into an empty folder, builds into an empty target, runs the tests,
# and runs them once more after a change in one rule. Crates are fetched before the clock starts.
#
#   packaging/time-first-commands.sh
set -euo pipefail
repository=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset CARGO_TARGET_DIR
git clone --quiet "$repository" "$work/sporskifte"
cd "$work/sporskifte"
cargo fetch --locked --quiet

timed() {
    local what=$1 begun=$SECONDS status=0
    shift
    "$@" >"$work/log" 2>&1 || status=$?
    printf '%5d s  %s (exit code %d)\n' $((SECONDS - begun)) "$what" "$status"
}

echo "$(nproc) processors, $(rustc --version)"
timed "cargo build --release, from nothing" cargo build --release
timed "the main job on the samples, which hold mistakes" cargo run --release -- check samples --out kontrol
rm -rf target
timed "cargo test, from nothing" cargo test
grep -E '^test result' "$work/log" || true
rule=$(ls src/rules/p/p303_*.rs)
printf '\n/// A change.\nconst _CHANGED: u8 = 1;\n' >>"$rule"
timed "cargo test, after a change in one rule" cargo test
grep -E '^test result' "$work/log" || true
