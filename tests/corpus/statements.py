#!/usr/bin/env python3
"""Puts the example of every statement that dhcpair knows into every context, and asks the installed
dhcpd and dhcpair: both take it where the table says that it may stand, and nowhere else.

dhcpair is $DHCPAIR. Exit status: 0, 77 where there is no dhcpd.
"""
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

BASE = """failover peer "p" {
  primary; address 10.7.0.1; peer address 10.7.0.2; mclt 60; split 128;
}
subnet 10.7.0.0 netmask 255.255.0.0 { pool { failover peer "p"; range 10.7.9.9; } }
class "c" { match hardware; }
key k { algorithm hmac-sha256; secret c2VjcmV0; }
"""
PEER = """failover peer "q" {
  primary; address 10.7.0.3; peer address 10.7.0.4; mclt 60; split 128;
  %s
}
subnet 10.9.0.0 netmask 255.255.0.0 { pool { failover peer "q"; range 10.9.9.9; } }
"""
CONTEXTS = {
    "global": "%s\n",
    "shared-network": "shared-network s {\n  subnet 10.9.0.0 netmask 255.255.0.0 { }\n  %s\n}\n",
    "subnet": "subnet 10.9.0.0 netmask 255.255.0.0 {\n  %s\n}\n",
    "pool": "subnet 10.9.0.0 netmask 255.255.0.0 {\n  pool {\n    range 10.9.1.1;\n    %s\n  }\n}\n",
    "group": "group {\n  %s\n}\n",
    "host": "host h {\n  %s\n}\n",
    "class": "class \"k\" {\n  %s\n}\n",
    "if": "if known {\n  %s\n}\n",
    "failover peer": PEER,
}


def ask(argv, folder):
    done = subprocess.run(argv, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                          check=False, timeout=60)
    return done.returncode == 0


def main():
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    dhcpair = os.environ["DHCPAIR"]
    listed = subprocess.run([dhcpair, "explain", "--statements", "--json"], check=True,
                            capture_output=True, stdin=subprocess.DEVNULL)
    statements = json.loads(listed.stdout)["results"]
    if not shutil.which("dhcpd"):
        print("SKIPPED: no dhcpd on this machine")
        return 77

    wrong = []
    with tempfile.TemporaryDirectory(prefix="dhcpair-statements.") as folder:
        pathlib.Path(folder, "empty.conf").write_text("")

        def check(number, statement, context):
            name = f"{number}-{context.replace(' ', '-')}.conf"
            text = BASE + CONTEXTS[context] % statement["example"]
            pathlib.Path(folder, name).write_text(text)
            wanted = context in statement["contexts"]
            answers = {"dhcpd": ask(["dhcpd", "-t", "-4", "-cf", name], folder),
                       "dhcpair": ask([dhcpair, "lint", "--quiet", "--no-dhcpd", name], folder)}
            return [f"{who} {'takes' if said else 'rejects'} '{statement['example']}' in {context}"
                    for who, said in answers.items() if said != wanted]

        jobs = [(number, statement, context) for number, statement in enumerate(statements)
                if statement["example"] for context in CONTEXTS]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for found in pool.map(lambda job: check(*job), jobs):
                wrong += found
    for line in wrong:
        print(line)
    print(f"{len(statements)} statements, {len(jobs)} places, {len(wrong)} surprises")
    return 1 if wrong else 0


sys.exit(main())
