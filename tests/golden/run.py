#!/usr/bin/env python3
"""Runs the sessions in tests/golden: what a person types, and what dhcpair says to it.

A case is a folder with a file `session` and the files that its commands read. Each line of the
session that starts with "$ " is a command for sh; below it stands what it prints: standard output
as it is, then standard error behind "! ", then "[exit N]" unless N is 0. Lines of "## " are for
the reader. All commands of a case run in one copy of its folder, to which a file `inputs` adds the
files of another folder of the source tree. "$ cd FOLDER" holds for the commands behind it.

  tests/golden/run.py CASE...             compares, and shows what differs
  tests/golden/run.py --update [CASE...]  writes what the commands print now (all cases by default)

The program is $DHCPAIR. A case with a file `needs` is skipped (exit status 77) on machines without
one of the programs named there.
"""
import argparse
import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = 77
SECONDS_MAX = 60
SBIN = ["/usr/local/sbin", "/usr/sbin", "/sbin"]


def run(command, folder, environment):
    """The transcript of one command."""
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, timeout=SECONDS_MAX,
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)
    lines = [f"$ {command}"]
    lines += done.stdout.decode("utf-8", "backslashreplace").splitlines()
    lines += [f"! {line}" for line in done.stderr.decode("utf-8", "backslashreplace").splitlines()]
    if done.returncode != 0:
        lines.append(f"[exit {done.returncode}]")
    return lines


def play(case, program):
    """The whole session as it goes today."""
    said = []
    with tempfile.TemporaryDirectory(prefix="dhcpair-golden.") as scratch:
        folder = pathlib.Path(scratch) / case.name
        shutil.copytree(case, folder, ignore=shutil.ignore_patterns("session", "needs", "inputs"))
        if (case / "inputs").exists():
            inputs = ROOT / (case / "inputs").read_text(encoding="utf-8").strip()
            shutil.copytree(inputs, folder, dirs_exist_ok=True)
        environment = {"PATH": f"{program.parent}:/usr/bin:/bin", "HOME": scratch,
                       "LC_ALL": "C.UTF-8", "TMPDIR": scratch}
        for line in (case / "session").read_text(encoding="utf-8").splitlines():
            if line.startswith("$ cd "):
                # Each command has a shell of its own, so this one is done here.
                folder = folder / line.removeprefix("$ cd ")
                said.append(line)
            elif line.startswith("$ "):
                said += run(line[2:], folder, environment)
            elif line.startswith("## "):
                said += ([""] if said else []) + [line]
    return "\n".join(said) + "\n"


def missing(case):
    """The programs that the case needs and this machine does not have."""
    needs = case / "needs"
    path = os.pathsep.join([os.environ.get("PATH", os.defpath)] + SBIN)
    names = needs.read_text(encoding="utf-8").split() if needs.exists() else []
    return [name for name in names if shutil.which(name, path=path) is None]


def compare(case, said):
    """True when the session goes as it is written down."""
    wanted = (case / "session").read_text(encoding="utf-8")
    if said == wanted:
        return True
    sys.stdout.writelines(difflib.unified_diff(
        wanted.splitlines(keepends=True), said.splitlines(keepends=True),
        f"{case.name}/session", "what was printed"))
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("case", nargs="*")
    arguments = parser.parse_args()
    if "DHCPAIR" not in os.environ:
        parser.error("set DHCPAIR to the dhcpair program to be tested")
    program = pathlib.Path(os.environ["DHCPAIR"]).resolve()
    names = arguments.case or sorted(path.parent.name for path in HERE.glob("*/session"))

    worst = 0
    for name in names:
        case = HERE / name
        if absent := missing(case):
            print(f"SKIPPED: no {' and no '.join(absent)} on this machine")
            worst = worst or SKIPPED
            continue
        said = play(case, program)
        if arguments.update:
            (case / "session").write_text(said, encoding="utf-8")
        elif not compare(case, said):
            worst = 1
    return worst


sys.exit(main())
