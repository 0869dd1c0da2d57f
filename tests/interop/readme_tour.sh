#!/usr/bin/env bash
# The tour of README.md from "## Two nodes" on, typed as it stands there into tools/practice: every
# command runs and ends as it should, and every line of output that README.md shows comes, in that
# order. Times, ages and digests are not compared.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The indented lines of the section; what is a command is told by its first word.
sed -n '/^## Two nodes/,/^## Commands/s/^    //p' "$root/README.md" | grep -vx 'tools/practice' \
  >"$folder/shown"
grep -E '^(dhcpair|sed) ' "$folder/shown" >"$folder/commands"
(($(wc -l <"$folder/commands") >= 10)) || { echo 'FAILED: README.md has no tour' >&2; exit 1; }

# diff ends with 1 where something differs, and partner-down refuses: both nodes are well.
while IFS= read -r command; do
  case $command in
    'dhcpair diff'*) ends=1 ;;
    'dhcpair partner-down'*) ends=4 ;;
    *) ends=0 ;;
  esac
  printf 'printf "%%s\\n" %q\n' "$command"
  printf '%s; status=$?\n' "$command"
  printf '[ $status = %s ] || { echo "FAILED: exit $status"; exit 1; }\n' "$ends"
done <"$folder/commands" >"$folder/script"

status=0
"$root/tools/practice" <"$folder/script" >"$folder/said" 2>&1 || status=$?
cat "$folder/said"
((status == 0)) || exit "$status"
! grep -q '^FAILED' "$folder/said" || exit 1

python3 - "$folder/shown" "$folder/said" <<'PYTHON'
import re
import sys

def plain(line):
    line = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "TIME", line)
    line = re.sub(r"\b\d+ s\b", "N s", line)
    return re.sub(r" +", " ", line).strip()

said = [plain(line) for line in open(sys.argv[2], encoding="utf-8")]
at = 0
for line in open(sys.argv[1], encoding="utf-8"):
    found = [i for i in range(at, len(said)) if said[i] == plain(line)]
    if plain(line) and not found:
        sys.exit(f"FAILED: README.md shows this, but it does not come: {line}")
    at = found[0] + 1 if found else at
print("README.md shows what comes")
PYTHON
