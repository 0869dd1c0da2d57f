#!/usr/bin/env python3
"""Puts every example of `dhcpair explain` to the test: lint (or adopt) finds the rule in its wrong
form, and in its right form neither the rule nor any error.

  check.py           all rules, with dhcpair
  check.py --dhcpd   the dhcpd.conf files of the examples, with the installed dhcpd: it rejects the
                     wrong form of each conf- error, in the words that are told, and accepts all others
  check.py RULE...   these rules only

The program is $DHCPAIR. Exit status: 0 when all is as it is explained, 77 where there is no dhcpd.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# Rules of dhcpd.conf that are limits of dhcpair's own.
ACCEPTED_BY_DHCPD = {"conf-too-much"}
SECONDS_MAX = 60
SKIPPED = 77
SBIN = "/usr/local/sbin:/usr/sbin:/sbin"


def run(argv, folder):
    environment = {**os.environ, "PATH": f"{os.environ.get('PATH', os.defpath)}:{SBIN}"}
    return subprocess.run(argv, cwd=folder, env=environment, timeout=SECONDS_MAX, check=False,
                          stdin=subprocess.DEVNULL, capture_output=True)


def lay_out(page, form, folder):
    """Makes the files of one form of an example."""
    layers = page["base"] + page["wrong"] + (page["right"] if form == "right" else [])
    for file in layers:
        path = pathlib.Path(folder) / file["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file["text"], encoding="utf-8")
    if commands := page.get(f"{form}_commands"):
        done = run(["sh", "-e", "-c", commands], folder)
        if done.returncode != 0:
            raise RuntimeError(f"its commands fail: {done.stderr.decode()}")


def findings_of(page, form, folder):
    """What the command of the example finds in it."""
    command = page["command"]
    argv = [os.environ["DHCPAIR"], command, "--json", "--verbose"]
    if not page["rule"].startswith("dhcpd-"):
        argv.append("--no-dhcpd")
    if command == "adopt":
        argv += ["-o", "adopted"]
    arguments = form == "right" and page.get("right_arguments") or page["arguments"]
    done = run(argv + arguments.split(), folder)
    try:
        results = json.loads(done.stdout)["results"]
    except ValueError:
        raise RuntimeError(f"{command} says: {done.stderr.decode()}") from None
    if command == "adopt":
        return results["findings"]
    return [finding for result in results for finding in result["findings"]]


def dhcpair_surprises(page):
    surprises = []
    for form in ("wrong", "right"):
        with tempfile.TemporaryDirectory(prefix="dhcpair-explain.") as folder:
            lay_out(page, form, folder)
            findings = findings_of(page, form, folder)
        found = [f"{finding['rule']} ({finding['severity']}): {finding['message']}"
                 for finding in findings]
        has_it = any(finding["rule"] == page["rule"] for finding in findings)
        if has_it != (form == "wrong"):
            surprises.append(f"its {form} form gives: {'; '.join(found) or 'nothing'}")
        elif form == "right" and any(finding["severity"] == "error" for finding in findings):
            surprises.append(f"its right form has errors: {'; '.join(found)}")
    return surprises


def words_of_dhcpd(page, is_accepted):
    """What dhcpd says of the wrong form, as the explanation has it: says 'semicolon expected.'

    Of what dhcpd -t accepts it can tell no more than warnings; other words are those of its log."""
    found = re.findall(r"(?:says|logs)(?: once)? (['\"])(.+?)\1", " ".join(page["dhcpd"].split()))
    return [words for _, words in found
            if not is_accepted or words.lower().startswith("warning")]


def is_rejected(page):
    return (page["rule"].startswith("conf-") and page["severity"] == "error" and
            page["rule"] not in ACCEPTED_BY_DHCPD)


def dhcpd_surprises(page):
    # With a map an included file lies elsewhere than where dhcpd looks for it.
    if "pair.yaml" in page["arguments"] or "--include-map" in page["arguments"]:
        return []
    surprises = []
    for form in ("wrong", "right"):
        is_good = form == "right" or not is_rejected(page)
        for name in ("dhcpd.conf", "primary.conf", "secondary.conf"):
            with tempfile.TemporaryDirectory(prefix="dhcpair-explain.") as folder:
                lay_out(page, form, folder)
                if not (pathlib.Path(folder) / name).exists():
                    continue
                done = run(["dhcpd", "-t", "-4", "-cf", name], folder)
            said = done.stderr.decode(errors="replace")
            if (done.returncode == 0) != is_good:
                surprises.append(f"dhcpd {'rejects' if is_good else 'accepts'} its {form} form:\n{said}")
            elif form == "wrong":
                surprises += [f"dhcpd does not say '{words}', but:\n{said}"
                              for words in words_of_dhcpd(page, is_good)
                              if words not in " ".join(said.split())]
    return surprises


def find_dhcpd():
    return shutil.which("dhcpd", path=f"{os.environ.get('PATH', '')}:{SBIN}")


def surprises_of(page, check):
    # The examples of what dhcpd itself says bring a script for it, or need the real one.
    if page["rule"].startswith("dhcpd-") and "--dhcpd" not in page["arguments"] and not find_dhcpd():
        print(f"SKIPPED: {page['rule']}: no dhcpd on this machine")
        return []
    try:
        return check(page)
    except (OSError, RuntimeError, subprocess.TimeoutExpired) as error:
        return [str(error)]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dhcpd", action="store_true")
    parser.add_argument("rule", nargs="*")
    arguments = parser.parse_args()
    if arguments.dhcpd and not find_dhcpd():
        print("SKIPPED: no dhcpd on this machine")
        return SKIPPED
    asked = arguments.rule or ["--all"]
    done = run([os.environ["DHCPAIR"], "explain", "--json", *asked], ".")
    if done.returncode != 0:
        print(done.stderr.decode())
        return 1
    pages = json.loads(done.stdout)["results"]
    check = dhcpd_surprises if arguments.dhcpd else dhcpair_surprises
    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for page, surprises in zip(pages, pool.map(lambda page: surprises_of(page, check), pages)):
            for surprise in surprises:
                wrong += 1
                print(f"{page['rule']}: {surprise}")
    print(f"{len(pages)} rules, {wrong} surprises")
    return 1 if wrong or not pages else 0


sys.exit(main())
