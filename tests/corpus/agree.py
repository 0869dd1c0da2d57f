#!/usr/bin/env python3
"""Asks the installed dhcpd and dhcpair about the same dhcpd.conf files, and counts where they differ.

  agree.py                        the pieces of accepted.txt and mistakes.txt, site.conf, the example's
                                  files, and a few mutants of each
  agree.py --seed N --mutants N   other mutants, more of them
  agree.py FILE...                these files and their mutants instead

A mutant is a file with one slip: a token lost, doubled, replaced or swapped with its neighbour, a
brace, a ';' or a quotation mark lost, a number changed, an end cut off. dhcpair is $DHCPAIR. Exit
status: 0 when nothing but the differences that are known was found, 77 where there is no dhcpd.
"""
import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TOKEN = re.compile(rb'#[^\n]*|"(?:\\.|[^"\\])*"?|[A-Za-z0-9][A-Za-z0-9_-]*|\s+|.', re.S)
NUMBERS = [b"0", b"-1", b"08", b"0x10", b"256", b"65536", b"4294967296", b"1.5", b"word"]
# How many may differ, of all files. In places dhcpd asks memory that it never set, so that its answer
# to a few mutants is a matter of luck; some are allowed however few files there are.
MISSED_MAX = 0.004
ALARM_MAX = 0.001
LINE_MAX = 0.005
LUCK = 3


def pieces(path):
    """The pieces of a text of many, by name."""
    found = {}
    for part in path.read_bytes().split(b"\n=== ")[1:]:
        head, _, text = part.partition(b"\n")
        if head.endswith(b" no-line-end"):
            text = text.rstrip(b"\n")
        elif text and not text.endswith(b"\n"):
            text += b"\n"
        found[head.split()[0].decode()] = text
    return found


def mutant(text, chance):
    """The text with one slip."""
    tokens = TOKEN.findall(text)
    solid = [i for i, token in enumerate(tokens) if not token.isspace() and token[:1] != b"#"]
    if not solid:
        return text
    at = chance.choice(solid)
    way = chance.randrange(9)
    if way == 0:
        tokens[at] = b""
    elif way == 1:
        tokens[at] += b" " + tokens[at]
    elif way == 2:
        other = chance.choice(solid)
        tokens[at], tokens[other] = tokens[other], tokens[at]
    elif way == 3:
        tokens[at] = chance.choice([b"{", b"}", b";", b",", b"(", b'"', b"="])
    elif way == 4:
        tokens[at] = chance.choice(NUMBERS)
    elif way == 5:
        tokens[at] = tokens[at].swapcase()
    elif way == 6:
        return b"".join(tokens[:at])
    elif way == 7:
        marks = [i for i in solid if tokens[i] in (b"{", b"}", b";")]
        tokens[chance.choice(marks or solid)] = b""
    else:
        tokens[at] += chance.choice([b" {", b" }", b" ;", b" x"])
    return b"".join(tokens)


def ask_dhcpd(path):
    """Whether dhcpd accepts the file, and the line of its first complaint. None where it never ends:
    the size of an option space's hash, for one, may be any number."""
    try:
        done = subprocess.run(["dhcpd", "-t", "-4", "-cf", path.name], cwd=path.parent, timeout=20,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except subprocess.TimeoutExpired:
        return None, None
    line = re.search(re.escape(path.name.encode()) + rb" line (\d+): ", done.stderr)
    return done.returncode == 0, int(line.group(1)) if line else None


def ask_dhcpair(path):
    """The same of dhcpair, and its first finding."""
    done = subprocess.run([os.environ["DHCPAIR"], "lint", "--quiet", path.name], cwd=path.parent,
                          stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
    if done.returncode not in (0, 1):
        raise SystemExit(f"dhcpair ended with {done.returncode} on {path}")
    text = done.stdout.decode("utf-8", "replace")
    first = next((line for line in text.splitlines() if ": error: " in line), "")
    place = re.match(r"[^:]*:(\d+):\d+: ", first)
    other = re.search(r"\(dhcpd reports line (\d+)\)$", first)
    line = other or place
    return done.returncode == 0, int(line.group(1)) if line else None, first


def compare(path):
    """What came of one file: agreed, missed, alarm, line or hung, and words about it."""
    accepted, line = ask_dhcpd(path)
    if accepted is None:
        return "hung", f"{path.name}: dhcpd did not end"
    ours, our_line, first = ask_dhcpair(path)
    if accepted != ours:
        return ("alarm", f"{path.name}: {first}") if accepted else ("missed", f"{path.name}:{line}")
    if line is not None and line != our_line:
        return "line", f"{path.name}: dhcpd says line {line}, dhcpair {our_line}: {first}"
    return "agreed", ""


def sources(files):
    if files:
        return {pathlib.Path(file).name: pathlib.Path(file).read_bytes() for file in files}
    found = {"site": (HERE / "site.conf").read_bytes()}
    found |= pieces(HERE / "accepted.txt") | pieces(HERE / "mistakes.txt")
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutants", type=int, default=4)
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_args()
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if not shutil.which("dhcpd"):
        print("SKIPPED: no dhcpd on this machine")
        return 77

    counts = {"agreed": 0, "line": 0, "missed": 0, "alarm": 0, "hung": 0}
    with tempfile.TemporaryDirectory(prefix="dhcpair-agree.") as folder:
        paths = []
        for name, text in sources(arguments.files).items():
            chance = random.Random(f"{arguments.seed} {name}")
            texts = [text] + [mutant(text, chance) for _ in range(arguments.mutants)]
            for number, one in enumerate(texts):
                paths.append(pathlib.Path(folder) / f"{name}.{number}.conf")
                paths[-1].write_bytes(one)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for result, words in pool.map(compare, paths):
                counts[result] += 1
                if words:
                    print(f"{result}: {words}")
    print(f"{len(paths)} files: " + ", ".join(f"{n} {word}" for word, n in counts.items()))
    for kind, share in (("missed", MISSED_MAX), ("alarm", ALARM_MAX), ("line", LINE_MAX)):
        if counts[kind] > max(LUCK, len(paths) * share):
            return 1
    return 0


sys.exit(main())
