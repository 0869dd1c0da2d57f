#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "generate/builtin_templates.h"
#include "generate/node_files.h"
#include "support/pairs.h"

namespace dhcpair::generate {
namespace {

std::string ReadmeOfTemplates() {
  const char* const root = std::getenv("DHCPAIR_SOURCE_ROOT");
  std::ifstream in(std::string(root != nullptr ? root : ".") + "/templates/README.md");
  return {std::istreambuf_iterator<char>(in), {}};
}

// The names between backquotes in the first column of the table under a heading.
std::vector<std::string> NamesUnder(const std::string& heading, const std::string& readme) {
  std::vector<std::string> names;
  std::istringstream section(readme.substr(std::min(readme.find(heading), readme.size())));
  std::string line;
  std::getline(section, line);
  while (std::getline(section, line) && !line.starts_with("## ")) {
    const std::string column = line.substr(0, line.find(" | "));
    if (!column.starts_with("| `")) continue;
    for (std::size_t at = column.find('`'); at != std::string::npos;) {
      const std::size_t end = column.find('`', at + 1);
      names.push_back(column.substr(at + 1, end - at - 1));
      at = column.find('`', end + 1);
    }
  }
  return names;
}

TEST(ReadmeOfTemplates, ListsNamesThatTemplatesKnow) {
  const std::string readme = ReadmeOfTemplates();
  const auto values = NamesUnder("## Values", readme);
  const auto flags = NamesUnder("## Flags", readme);
  const auto lists = NamesUnder("## Lists", readme);
  ASSERT_GT(values.size(), 20u);
  ASSERT_GT(flags.size(), 5u);
  ASSERT_EQ(lists.size(), 1u);

  std::string text;
  for (const std::string& name : values) text += "{{{" + name + "}}}\n";
  for (const std::string& name : flags) text += "{{#" + name + "}}{{/" + name + "}}\n";
  for (const std::string& name : lists) text += "{{#" + name + "}}{{{name}}}{{/" + name + "}}\n";
  test::MapLoader site;
  site.Put("site/dhcpd.conf.mustache", text);
  text::Diagnostics found;
  EXPECT_TRUE(GenerateNode(test::LoadPair(test::kMinimalPair), pair::Role::kPrimary,
                           TemplateSet(site, "site"), found));
  EXPECT_EQ(RenderTerminal(found, text::Color::kNever), "");
}

TEST(ReadmeOfTemplates, ListsEveryNameThatOursUse) {
  const std::string readme = ReadmeOfTemplates();
  for (const BuiltinTemplate& ours : BuiltinTemplates()) {
    if (ours.name.starts_with("init/")) continue;
    for (std::size_t at = ours.text.find("{{"); at != std::string_view::npos;
         at = ours.text.find("{{", at + 2)) {
      const std::size_t begin = ours.text.find_first_not_of("{#^/", at);
      if (ours.text[begin] == '!') continue;
      const std::string name(ours.text.substr(begin, ours.text.find('}', begin) - begin));
      EXPECT_TRUE(readme.contains("`" + name + "`") || name == "name")
          << "'" << name << "' in " << ours.name;
    }
  }
}

}  // namespace
}  // namespace dhcpair::generate
