#!/usr/bin/env python3
"""Feeds the fuzzers of a build folder for some seconds each, from the pieces of tests/corpus
and the captures of tests/unit/dhcp and tests/unit/omapi.

  run.py FOLDER [--seconds N]

What makes one fail is kept in FOLDER/fuzz/ and named. Exit status: 0 when none failed, 1 otherwise.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FUZZERS = ["dhcp", "leases", "lexer", "lint", "omapi", "read"]


def seeds(folder):
    """The pieces of the corpus, a file each; those that are there stay."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for path in sorted((ROOT / "tests" / "corpus").glob("*.*")):
        if path.suffix not in (".txt", ".conf"):
            continue
        for part in re.split(rb"^=== .*\n", path.read_bytes(), flags=re.M):
            (folder / f"seed-{number}").write_bytes(part)
            number += 1
    for path in sorted((ROOT / "tests" / "unit" / "leases" / "captures").glob("*.leases")):
        (folder / f"seed-{path.stem}").write_bytes(path.read_bytes())


def omapi_seeds(folder):
    """What each side of the captured OMAPI connections said, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for path in sorted((ROOT / "tests" / "unit" / "omapi" / "data").glob("*.hex")):
        for connection in path.read_text().split("connection ")[1:]:
            for side in "><":
                said = "".join(line[2:] for line in connection.splitlines() if line[0] == side)
                (folder / f"seed-{number}").write_bytes(bytes.fromhex(said))
                number += 1


def dhcp_seeds(folder):
    """The captured DHCP messages, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    captured = (ROOT / "tests" / "unit" / "dhcp" / "data" / "messages.hex").read_text()
    for number, message in enumerate(re.split(r"^#.*\n", captured, flags=re.M)):
        (folder / f"seed-{number}").write_bytes(bytes.fromhex(message))


def dictionary(path):
    """The words of the language, for libFuzzer to put together."""
    words = re.findall(r'^    "([a-z0-9-]+)",$',
                       (ROOT / "src" / "conf" / "keyword.h").read_text(), flags=re.M)
    path.write_text("".join(f'"{word}"\n' for word in words))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=10)
    arguments = parser.parse_args()
    work = arguments.folder / "fuzz"
    seeds(work / "seeds")
    omapi_seeds(work / "omapi-seeds")
    dhcp_seeds(work / "dhcp-seeds")
    dictionary(work / "words.dict")

    running = []
    for name in FUZZERS:
        grown = work / name
        grown.mkdir(exist_ok=True)
        command = [str(arguments.folder / "tests" / "fuzz" / f"{name}_fuzz"), str(grown),
                   str(work / (f"{name}-seeds" if name in ("dhcp", "omapi") else "seeds")),
                   f"-dict={work / 'words.dict'}",
                   f"-max_total_time={arguments.seconds}", "-timeout=20", "-rss_limit_mb=2000",
                   "-max_len=20000", "-print_final_stats=1", f"-artifact_prefix={work}/{name}-"]
        log = open(work / f"{name}.log", "wb")
        running.append((name, log.name,
                        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                         env=os.environ | {"ASAN_OPTIONS": "detect_leaks=1"})))
    failed = 0
    for name, log, process in running:
        status = process.wait()
        text = pathlib.Path(log).read_text(errors="replace")
        runs = re.search(r"stat::number_of_executed_units: (\d+)", text)
        print(f"{name}: {'FAILED' if status else 'ok'}, {runs.group(1) if runs else '?'} inputs")
        if status:
            failed += 1
            print(text[-3000:])
    return 1 if failed else 0


sys.exit(main())
