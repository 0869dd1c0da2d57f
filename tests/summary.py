#!/usr/bin/env python3
"""Adds up the results of several `meson test` runs: what was skipped and why, what failed, and how
many passed. Exit status 1 when anything failed, or when a run left no results."""
import argparse
import json
import pathlib
import sys

PASSED = {"OK", "EXPECTEDFAIL"}


def results(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def reason(test):
    """What a skipped test said: its line that starts with SKIPPED, or its last one."""
    said = test.get("stdout", "").strip().splitlines() or ["it does not say why"]
    for line in said:
        if line.startswith("SKIPPED"):
            return line.partition(":")[2].strip() or line
    return said[-1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--failed-stages", default="")
    parser.add_argument("logs", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()

    counts = {"passed": 0, "failed": 0, "skipped": 0}
    problems = []
    for log in arguments.logs:
        if not log.exists():
            problems.append(f"did not run: {log.stem}")
            counts["failed"] += 1
            continue
        for test in results(log):
            # "dhcpair:unit / unit base"
            name = f"{log.stem}: {test['name'].rpartition(' / ')[2]}"
            if test["result"] in PASSED:
                counts["passed"] += 1
            elif test["result"] == "SKIP":
                counts["skipped"] += 1
                problems.append(f"skipped: {name}: {reason(test)}")
            else:
                counts["failed"] += 1
                problems.append(f"failed:  {name} ({test['result']})")
    for problem in problems:
        print(problem)
    if arguments.failed_stages:
        print(f"failed stages: {arguments.failed_stages.strip()}")
    print(", ".join(f"{count} {word}" for word, count in counts.items()))
    return 1 if counts["failed"] or arguments.failed_stages else 0


sys.exit(main())
