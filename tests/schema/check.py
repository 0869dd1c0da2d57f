#!/usr/bin/env python3
"""Checks share/schema/pair.schema.json against real files, and against what dhcpair says to them.

  good/    schema and dhcpair accept; so they do the examples in share/examples
  bad/     both reject
  beyond/  only dhcpair can tell: two values do not fit together, or a file is missing
"""
import json
import os
import pathlib
import subprocess
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"SKIPPED: no Python module '{missing.name}'")
    sys.exit(77)

HERE = pathlib.Path(__file__).resolve().parent
SHARE = HERE.parent.parent / "share"


def dhcpair_accepts(path):
    done = subprocess.run([os.environ["DHCPAIR"], "generate", "--stdout", "--node", "primary", path],
                          stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
    return done.returncode == 0


def main():
    schema = json.loads((SHARE / "schema" / "pair.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    expected = [(path, True, True) for path in SHARE.glob("examples/*/pair.yaml")]
    for folder, by_schema, by_dhcpair in (("good", True, True), ("bad", False, False),
                                          ("beyond", True, False)):
        expected += [(path, by_schema, by_dhcpair) for path in (HERE / folder).glob("*.yaml")]
    wrong = 0
    for path, by_schema, by_dhcpair in sorted(expected):
        errors = list(validator.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8"))))
        for who, accepts, wanted in (("the schema", not errors, by_schema),
                                     ("dhcpair", dhcpair_accepts(path), by_dhcpair)):
            if accepts != wanted:
                wrong += 1
                print(f"{path.relative_to(HERE.parent.parent)}: {who} "
                      f"{'accepts' if accepts else 'rejects'} it")
                for error in errors if who == "the schema" else []:
                    print(f"  {error.json_path}: {error.message}")
    print(f"{len(expected)} files, {wrong} surprises")
    return 1 if wrong or len(expected) < 50 else 0


sys.exit(main())
