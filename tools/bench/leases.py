#!/usr/bin/env python3
"""Times dhcpair leases beside dhcpd (and dhcpd-pools where it is installed) on the same leases.

  tools/bench/leases.py BUILD-FOLDER [--entries N] [--repeat N]

See README.md beside this file. Exit status: 0, or 77 where there is no dhcpd.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HEAD = """# The format of this file is documented in the dhcpd.leases(5) manual page.

authoring-byte-order little-endian;

failover peer "dhcp-failover" state {
  my state normal at 1 2026/11/23 19:27:56;
  partner state normal at 1 2026/11/23 19:27:56;
}
"""
ENDS_FROM = 1_893_456_000
POOL = 4096  # Addresses.
JOURNAL = 60_000  # Addresses; from 65 536 on dhcpd takes minutes.


def address(number):
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def lease(number, entry, is_new, is_secondary):
    """A lease that both nodes know of, as the one or the other writes it."""
    minute, second = divmod(1800 if is_new else entry % 1700, 60)
    at = f"1 2026/11/23 19:{minute % 60:02}:{second:02}"
    # As far apart as those of real clients are: dhcpd's hash of neighbours is the same for hundreds.
    scattered = number * 0x9e3779b97f4a7c15 >> 16 & 0xffffffffff
    octets = [2] + [scattered >> shift & 255 for shift in range(32, -1, -8)]
    mac = ":".join(f"{octet:02x}" for octet in octets)
    uid = "".join(f"\\{octet:03o}" for octet in [1] + octets)
    yield f"lease {address(0x0a000001 + number)} {{\n"
    # Each ends a second after the one before: the queues of dhcpd are lists in this order, and it
    # walks through them for a time that it has already.
    ends = time.strftime("%w %Y/%m/%d %H:%M:%S", time.gmtime(ENDS_FROM + entry + 86400 * is_new))
    yield f"  starts {at};\n  ends {ends};\n"
    yield "  tstp 3 2026/11/25 01:30:00;\n  tsfp 3 2026/11/25 01:30:00;\n"
    yield "  atsfp 3 2026/11/25 01:30:00;\n"
    if not is_secondary:
        yield f"  cltt {at};\n"
    yield "  binding state active;\n  next binding state expired;\n"
    yield f"  hardware ethernet {mac};\n  uid \"{uid}\";\n"
    if not is_secondary:
        yield f"  client-hostname \"client-{number}\";\n"
    yield "}\n"


def leases(entries, addresses, is_secondary=False, newest=0):
    """A journal of so many entries, over and over of the same addresses; the last `newest` ones came
    after the other node's file was made."""
    yield HEAD
    for entry in range(entries):
        yield from lease(entry % addresses, entry, entry >= entries - newest, is_secondary)


def conf(count):
    """Pools of some thousand addresses, for dhcpd's time grows with the square of a pool's size."""
    yield ("ddns-update-style none;\ndefault-lease-time 86400;\n"
           'failover peer "dhcp-failover" { primary; address 127.0.0.1; port 40647; '
           "peer address 127.0.0.2; peer port 40647; mclt 3600; split 128; "
           "max-response-delay 60; max-unacked-updates 10; load balance max seconds 3; }\n"
           "subnet 10.0.0.0 netmask 255.0.0.0 {\n")
    for first in range(0, count, POOL):
        yield (f'  pool {{ failover peer "dhcp-failover"; range {address(0x0a000001 + first)} '
               f"{address(0x0a000000 + first + POOL)}; }}\n")
    yield "}\n"


def timed(command):
    """Seconds and MiB of one run; what the command prints goes nowhere."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        with open(os.devnull, "wb") as nowhere:
            started = os.times().elapsed
            process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
            _, status, usage = os.wait4(process.pid, 0)
            line = f"{os.times().elapsed - started} {usage.ru_maxrss / 1024} {status}"
        os.write(write_end, line.encode())
        os._exit(0)
    os.close(write_end)
    with open(read_end) as answer:
        seconds, memory, status = answer.read().split()
    os.waitpid(child, 0)
    return float(seconds), float(memory), os.waitstatus_to_exitcode(int(status))


def best(command, repeat):
    return min(timed(command) for _ in range(repeat))


def show(name, measured):
    seconds, memory, status = measured
    print(f"{name:44}{seconds:8.2f} s{memory:8.0f} MiB   exit {status}")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    search = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    dhcpd = shutil.which("dhcpd", path=search)
    if dhcpd is None:
        print("SKIPPED: no dhcpd on this machine")
        return 77
    dhcpair = str(arguments.build / "tools" / "dhcpair" / "dhcpair")
    with tempfile.TemporaryDirectory(prefix="dhcpair-bench.") as scratch:
        folder = pathlib.Path(scratch)
        # A copy, for AppArmor confines /usr/sbin/dhcpd to its own folders where it is in force.
        shutil.copy(dhcpd, folder / "dhcpd")
        dhcpd_conf = folder / "dhcpd.conf"
        dhcpd_conf.write_text("".join(conf(arguments.entries)))

        def make(name, **what):
            path = folder / name
            with open(path, "w") as out:
                out.writelines(leases(arguments.entries, **what))
            return path

        def title(path, addresses):
            print(f"{arguments.entries} entries of {addresses} addresses, "
                  f"{path.stat().st_size / 1e6:.0f} MB")

        count = ["--config", str(dhcpd_conf)]
        journal = make("journal.leases", addresses=JOURNAL)
        title(journal, JOURNAL)
        show("dhcpd -T", best([str(folder / "dhcpd"), "-T", "-cf", str(dhcpd_conf), "-lf",
                               str(journal)], arguments.repeat))
        pools = shutil.which("dhcpd-pools", path=search)
        if pools is None:
            print("dhcpd-pools is not installed, and left out")
        else:
            show("dhcpd-pools", best([pools, "-c", str(dhcpd_conf), "-l", str(journal)],
                                     arguments.repeat))
        show("dhcpair leases", best([dhcpair, "leases", *count, str(journal)], arguments.repeat))
        journal.unlink()
        one = make("one.leases", addresses=arguments.entries)
        two = make("two.leases", addresses=arguments.entries, is_secondary=True, newest=1000)
        title(one, arguments.entries)
        show("dhcpair leases", best([dhcpair, "leases", *count, str(one)], arguments.repeat))
        show("dhcpair leases --compare", best([dhcpair, "leases", "--compare", str(one), str(two)],
                                              arguments.repeat))
    return 0


sys.exit(main())
