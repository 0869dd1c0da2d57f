#!/usr/bin/env python3
"""Every command and every output that README.md shows in its tour stands in the golden session
`readme`, in the same order, so that it was run and is still true."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
SECTION = "## Five minutes"
# Before the tour starts: it puts the program on PATH, as the runner of the sessions does.
NOT_RUN = {"PATH=$PWD/build/tools/dhcpair:$PATH"}


def shown(readme):
    """The indented lines of the section."""
    section = readme.split(SECTION)[1].split("\n## ")[0]
    lines = [line[4:] for line in section.splitlines() if line.startswith("    ")]
    return [line for line in lines if line not in NOT_RUN]


def main():
    readme = (HERE.parent.parent / "README.md").read_text(encoding="utf-8")
    session = (HERE / "readme" / "session").read_text(encoding="utf-8").splitlines()
    at = 0
    lines = shown(readme)
    for line in lines:
        found = [i for i in range(at, len(session)) if session[i] in (line, f"$ {line}")]
        if not found:
            print(f"README.md shows this in its tour, but nobody runs it or it no longer holds:\n  {line}")
            return 1
        at = found[0] + 1
    return 0 if len(lines) > 10 else 1


sys.exit(main())
