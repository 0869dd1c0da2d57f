"""Writes the templates as one C++ table, so that the program needs no files beside it.

usage: embed_templates.py OUTPUT.cc TEMPLATES-FOLDER TEMPLATE...
"""
import os
import sys

output, folder, *paths = sys.argv[1:]
rows = []
for path in sorted(paths):
    name = os.path.relpath(path, folder)
    with open(path, encoding="utf-8") as template:
        text = template.read()
    if ')tpl"' in text:
        sys.exit(f"{path}: holds the end of the raw string it is put into")
    rows.append(f'    BuiltinTemplate{{"{name}", R"tpl({text})tpl"}},\n')
with open(output, "w", encoding="utf-8") as out:
    out.write('#include "generate/builtin_templates.h"\n\n#include <array>\n\n')
    out.write("namespace dhcpair::generate {\n\n")
    out.write("std::span<const BuiltinTemplate> BuiltinTemplates() {\n")
    out.write(f"  static constexpr std::array<BuiltinTemplate, {len(rows)}> kTemplates{{\n")
    out.writelines(rows)
    out.write("  };\n  return kTemplates;\n}\n\n}  // namespace dhcpair::generate\n")
