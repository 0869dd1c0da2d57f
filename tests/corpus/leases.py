#!/usr/bin/env python3
"""Reads leases files with ISC dhcpd and with us, and compares which leases both have then.

  leases.py LEASES-REWRITE

dhcpd reads its leases when it starts and writes them anew before it looks for a network; on `lo`
alone it ends there. LEASES-REWRITE is our reader and writer in one program. What dhcpd makes of the
file that we wrote must be what it makes of the first one. Of damaged files both must keep the same
addresses, but for the rows that say where we differ, and why.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CAPTURES = HERE.parent / "unit" / "leases" / "captures"
SKIPPED = 77

ALONE = """ddns-update-style none;
class "spawned" { spawn with hardware; }
subnet 10.9.0.0 netmask 255.255.255.0 { range dynamic-bootp 10.9.0.10 10.9.0.200; }
"""
PAIR = """ddns-update-style none;
failover peer "dhcp-failover" { %s address 127.0.0.1; port 40647; peer address 127.0.0.2;
  peer port 40647; max-response-delay 10; max-unacked-updates 10; load balance max seconds 3; }
subnet 192.168.13.0 netmask 255.255.255.0 {
  pool { failover peer "dhcp-failover"; range 192.168.13.32 192.168.13.47; }
}
"""
CONFIGURATIONS = {"k": ALONE, "primary": PAIR % "primary; mclt 60; split 128;",
                  "secondary": PAIR % "secondary;"}

# In front of another lease, .99. Which of the two are there then.
BEGIN = "lease 10.9.0.10 { ends never; binding state active; "
SAME = [
    BEGIN + "}",
    "lease 010.9.0.010 { ends never; binding state active; }",
    "LEASE 10.9.0.10 { ENDS NEVER; BINDING STATE ACTIVE; }",
    "lease 10.9.0.10 { ends never; abandoned; }",
    "lease 10.9.0.10 { ends never; binding state bootp; }",
    BEGIN + "class foo; }",
    BEGIN + 'class "foo"; }',
    BEGIN + "hardware bogus 1:2; }",
    BEGIN + "hardware unknown-7 1:2; }",
    BEGIN + "hardware ethernet; }",
    BEGIN + "hardware ethernet 1:2:3:4:5:6:7:8:9:a:b:c:d:e:f:10:11:12:13:14:15; }",
    BEGIN + "uid a; }",
    BEGIN + "set e = %-5; }",
    BEGIN + "client-hostname a.b-c.9d; }",
    BEGIN + 'billing class "nope"; }',
    BEGIN + 'option agent.circuit-id "x"; }',
    BEGIN + "on expiry { set a = \"x\"; } on release { } }",
    BEGIN + "on { } }",
    BEGIN + "starts 1 2026/11/23 19:30; }",
    "lease 10.9.0 { ends never; binding state active; }",
    'lease "10.9.0.10" { ends never; binding state active; }',
    "garbage here; " + BEGIN + "}",
    "; ; " + BEGIN + "}",
    "} } " + BEGIN + "}",
    "junk { with { blocks } } " + BEGIN + "}",
    "ia-na \"\\001\" { cltt 1 2030/11/23 19:30:00; } " + BEGIN + "}",
    'failover peer "x" state { my state frob; } ' + BEGIN + "}",
    "host h1 { hardware ethernet 1:2:3:4:5:6; } " + BEGIN + "}",
]
# (text, ours, dhcpd's): the last parts of the addresses.
DIFFERENT = [
    # We read on where a closing brace or a semicolon is missing.
    (BEGIN, {99}, set()),
    (BEGIN + 'client-hostname "a" }', {99}, set()),
    (BEGIN + "uid 1:2:zz; }", {99}, set()),
    (BEGIN + "set x = null; }", {99}, set()),
    (BEGIN + "set e = xyz; }", {99}, set()),
    # dhcpd goes on within the lease it could not read, and loses what comes next.
    (BEGIN + "bogus thing; }", {99}, set()),
    (BEGIN + "binding state frobnicated; }", {99}, set()),
    (BEGIN + "next binding state frob; }", {99}, set()),
    # dhcpd takes 300 for 44 and 123 for 0x23: we take neither.
    ("lease 10.9.0.300 { ends never; binding state active; }", {99}, {44, 99}),
    (BEGIN + "hardware ethernet 123:2; }", {99}, {10, 99}),
]


def run_dhcpd(dhcpd, folder, configuration, leases):
    """The leases file as dhcpd has written it anew."""
    (folder / "dhcpd.conf").write_text(configuration)
    path = folder / "dhcpd.leases"
    path.write_bytes(leases)
    subprocess.run([dhcpd, "-4", "-f", "-d", "--no-pid", "-cf", folder / "dhcpd.conf", "-lf", path,
                    "lo"], check=False, capture_output=True, timeout=30)
    return path.read_bytes()


def leases_in(text):
    """{address: what is said of it}, and of the last block of the peer."""
    found = {}
    for name, block in re.findall(rb"^(lease \S+|failover peer \S+) (?:state )?\{(.*?)^\}", text,
                                  flags=re.M | re.S):
        found[name.decode()] = block
    return found


def last_parts(text):
    return {int(name.rsplit(".", 1)[1]) for name in leases_in(text) if name.startswith("lease")}


def main():
    search = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    installed = shutil.which("dhcpd", path=search)
    if installed is None:
        print("SKIPPED: no dhcpd on this machine")
        return SKIPPED
    rewrite = sys.argv[1]
    wrong = 0

    def ours(leases):
        return subprocess.run([rewrite], input=leases, check=True, capture_output=True).stdout

    def expect(name, got, wanted):
        nonlocal wrong
        if got == wanted:
            return
        wrong += 1
        print(f"{name}: got {got}, expected {wanted}")

    with tempfile.TemporaryDirectory(prefix="dhcpair-leases.") as scratch:
        folder = pathlib.Path(scratch)
        # A copy, for AppArmor confines /usr/sbin/dhcpd to its own folders where it is in force.
        dhcpd = folder / "dhcpd"
        shutil.copy(installed, dhcpd)
        written = 0
        captures = sorted(CAPTURES.glob("*.leases"))
        for path in captures:
            configuration = CONFIGURATIONS[path.name.split("-")[0]]
            leases = path.read_bytes()
            theirs = leases_in(run_dhcpd(dhcpd, folder, configuration, leases))
            through_us = leases_in(run_dhcpd(dhcpd, folder, configuration, ours(leases)))
            written += len(theirs)
            for name in sorted(theirs.keys() | through_us.keys()):
                expect(f"{path.name}: {name}", through_us.get(name), theirs.get(name))
        expect("dhcpd wrote leases anew", written > 100, True)
        behind = b"\nlease 10.9.0.99 { ends never; binding state active; }\n"
        rows = [(text, None, None) for text in SAME] + DIFFERENT
        for text, our_wanted, their_wanted in rows:
            leases = text.encode() + behind
            theirs = last_parts(run_dhcpd(dhcpd, folder, ALONE, leases))
            got = last_parts(ours(leases))
            expect(f"dhcpd: {text}", theirs, theirs if their_wanted is None else their_wanted)
            expect(f"we: {text}", got, theirs if our_wanted is None else our_wanted)
    print(f"{len(captures)} files and {len(rows)} damaged ones: {wrong} wrong")
    return 1 if wrong else 0


sys.exit(main())
