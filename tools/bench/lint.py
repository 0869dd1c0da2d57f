#!/usr/bin/env python3
"""Times dhcpair lint beside dhcpd -t on the same generated files, and prints ratios.

  tools/bench/lint.py BUILD-FOLDER [--hosts N] [--subnets N] [--repeat N]

See README.md beside this file. Exit status: 0, or 77 where there is no dhcpd.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HEAD = """authoritative;
ddns-update-style none;
default-lease-time 7200;
max-lease-time 86400;
"""


def address(number):
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def hosts(count):
    yield HEAD
    yield "subnet 10.0.0.0 netmask 255.0.0.0 {\n  option routers 10.255.255.254;\n"
    yield "  range 10.250.0.1 10.250.255.254;\n}\n"
    for i in range(count):
        mac = ":".join(f"{0x020000000001 + i >> shift & 255:02x}" for shift in range(40, -1, -8))
        yield (f"host client-{i} {{ hardware ethernet {mac}; "
               f"fixed-address {address(0x0a000100 + i)}; }}\n")


def subnets(count, per_pool=200):
    yield HEAD
    for i in range(count):
        net = 0x0a000000 + (i << 8)
        yield f"subnet {address(net)} netmask 255.255.255.0 {{\n"
        yield f"  option routers {address(net + 1)};\n  option domain-name \"n{i}.example.org\";\n"
        yield f"  pool {{ range {address(net + 10)} {address(net + 9 + per_pool)}; }}\n}}\n"


def wide(bits):
    """One range of 2^bits addresses."""
    yield HEAD
    yield "subnet 10.0.0.0 netmask 255.0.0.0 {\n"
    yield f"  range 10.0.0.10 {address(0x0a00000a + 2 ** bits)};\n}}\n"


def best(argv, repeat):
    """The least CPU seconds and the most memory in MiB of some runs."""
    seconds, memory = [], []
    for _ in range(repeat):
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise SystemExit(f"{argv[0]} ended with {process.returncode}")
        seconds.append(usage.ru_utime + usage.ru_stime)
        memory.append(usage.ru_maxrss / 1024)
    return min(seconds), max(memory)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--hosts", type=int, default=100_000)
    parser.add_argument("--subnets", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    dhcpd = shutil.which("dhcpd")
    if not dhcpd:
        print("SKIPPED: no dhcpd on this machine")
        return 77
    dhcpair = [str(arguments.build / "tools" / "dhcpair" / "dhcpair"), "lint", "--no-dhcpd"]

    with tempfile.TemporaryDirectory(prefix="dhcpair-bench.") as folder:
        def write(name, parts):
            path = pathlib.Path(folder) / name
            # Part by part: what this process holds when it starts another counts as that one's.
            with open(path, "w", encoding="ascii") as out:
                out.writelines(parts)
            return path

        print(f"{'':24}{'MB':>6}{'dhcpd -t':>20}{'dhcpair lint':>20}{'faster':>9}{'MB/s':>7}")
        for name, parts in ((f"{arguments.hosts} hosts", hosts(arguments.hosts)),
                            (f"{arguments.subnets} subnets", subnets(arguments.subnets))):
            path = write("dhcpd.conf", parts)
            size = path.stat().st_size / 1e6
            peer, peer_memory = best([dhcpd, "-t", "-4", "-cf", str(path)], arguments.repeat)
            ours, our_memory = best(dhcpair + [str(path)], arguments.repeat)
            print(f"{name:24}{size:6.1f}{peer:8.2f} s {peer_memory:6.0f} MiB"
                  f"{ours:9.3f} s {our_memory:5.0f} MiB{peer / ours:8.1f}x{size / ours:7.0f}")

        lex_bench = arguments.build / "tools" / "bench" / "lex_bench"
        if lex_bench.exists():
            path = write("lex.conf", hosts(arguments.hosts))
            print("lexer alone:", subprocess.run([lex_bench, path], check=True, text=True,
                                                 capture_output=True).stdout.strip())
        print("growth:")
        for label, parts in (("half of the hosts", hosts(arguments.hosts // 2)),
                             ("all hosts", hosts(arguments.hosts)),
                             ("a range of 2^8", wide(8)), ("a range of 2^22", wide(22))):
            seconds, memory = best(dhcpair + [str(write("grow.conf", parts))], arguments.repeat)
            print(f"  {label:20}{seconds:8.3f} s {memory:6.0f} MiB")
    return 0


sys.exit(main())
