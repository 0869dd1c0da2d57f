"""Writes text files as one C++ table of their names and texts, so that the program needs no files
beside it.

usage: embed_texts.py OUTPUT.cc HEADER NAMESPACE TYPE FUNCTION FOLDER FILE...

HEADER declares NAMESPACE::TYPE, with a name (the path below FOLDER) and a text, and FUNCTION, which
returns a span of them, sorted by name.
"""
import os
import sys

output, header, namespace, kind, function, folder, *paths = sys.argv[1:]
rows = []
for path in sorted(paths):
    name = os.path.relpath(path, folder)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if ')txt"' in text:
        sys.exit(f"{path}: holds the end of the raw string it is put into")
    rows.append(f'    {kind}{{"{name}", R"txt({text})txt"}},\n')
with open(output, "w", encoding="utf-8") as out:
    out.write(f'#include "{header}"\n\n#include <array>\n\n')
    out.write(f"namespace {namespace} {{\n\n")
    out.write(f"std::span<const {kind}> {function}() {{\n")
    out.write(f"  static constexpr std::array<{kind}, {len(rows)}> kTexts{{\n")
    out.writelines(rows)
    out.write(f"  }};\n  return kTexts;\n}}\n\n}}  // namespace {namespace}\n")
