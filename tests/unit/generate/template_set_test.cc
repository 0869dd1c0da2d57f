#include "generate/template_set.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "generate/builtin_templates.h"
#include "generate/rules.h"
#include "pair/platform.h"
#include "support/map_loader.h"
#include "support/named.h"
#include "text/render.h"

namespace dhcpair::generate {
namespace {

constexpr char kConf[] = "dhcpd.conf.mustache";

std::string BuiltinText(std::string_view name) {
  const auto found = std::ranges::find(BuiltinTemplates(), name, &BuiltinTemplate::name);
  return found == BuiltinTemplates().end() ? "" : std::string(found->text);
}

TEST(TemplateSet, IsOursWhereASiteHasNoFolder) {
  // A loader without a folder to look in is never asked.
  test::MapLoader loader({{kConf, "theirs"}, {"/dhcpd.conf.mustache", "theirs"}});
  text::Diagnostics diagnostics;
  const auto found = TemplateSet(loader).Find(kConf, diagnostics);
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)->name(), "templates/dhcpd.conf.mustache");
  EXPECT_EQ((*found)->contents(), BuiltinText(kConf));
  EXPECT_TRUE(diagnostics.empty());
}

TEST(TemplateSet, IsReplacedOneByOne) {
  test::MapLoader loader;
  loader.Put("site/boot/generic/start-dhcpd.mustache", "theirs\n");
  const TemplateSet templates(loader, "site");
  text::Diagnostics diagnostics;
  const auto theirs = templates.Find("boot/generic/start-dhcpd.mustache", diagnostics);
  ASSERT_TRUE(theirs);
  EXPECT_EQ((*theirs)->name(), "site/boot/generic/start-dhcpd.mustache");
  EXPECT_EQ((*theirs)->contents(), "theirs\n");
  const auto ours = templates.Find(kConf, diagnostics);
  ASSERT_TRUE(ours);
  EXPECT_EQ((*ours)->contents(), BuiltinText(kConf));
  EXPECT_TRUE(diagnostics.empty());
}

TEST(TemplateSet, TakesAnEmptyTemplateOfASiteForWhatItIs) {
  test::MapLoader loader;
  loader.Put("site/dhcpd.conf.mustache", "");
  text::Diagnostics diagnostics;
  const auto found = TemplateSet(loader, "site").Find(kConf, diagnostics);
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)->contents(), "");
}

struct UnreadableRow : test::Named {
  text::LoadError error;
  const char* said;
};

class TemplateSetUnreadable : public testing::TestWithParam<UnreadableRow> {};

// Ours instead of one that is there but cannot be read would be a surprise on the nodes.
TEST_P(TemplateSetUnreadable, IsReportedAndNotReplacedByOurs) {
  test::MapLoader loader;
  loader.Fail("site/dhcpd.conf.mustache", GetParam().error);
  text::Diagnostics diagnostics;
  EXPECT_FALSE(TemplateSet(loader, "site").Find(kConf, diagnostics));
  EXPECT_EQ(RenderTerminal(diagnostics, text::Color::kNever),
            std::string("site/dhcpd.conf.mustache: error: cannot read the template: ") +
                GetParam().said + " [template-unreadable]\n");
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TemplateSetUnreadable,
    testing::Values(
        UnreadableRow{"NotPermitted", text::LoadError::kNotPermitted, "no permission to read it"},
        UnreadableRow{"Directory", text::LoadError::kIsDirectory, "it is a directory, not a file"},
        UnreadableRow{"Fifo", text::LoadError::kNotARegularFile,
                      "it is a device or a pipe, not a regular file"},
        UnreadableRow{"TooLarge", text::LoadError::kTooLarge, "it is too large"},
        UnreadableRow{"Failed", text::LoadError::kFailed, "it cannot be read"}),
    [](const auto& row) { return row.param.name; });

TEST(TemplateSet, ReadsAMebibyteAndNotAByteMore) {
  test::MapLoader loader;
  text::Diagnostics diagnostics;
  const TemplateSet templates(loader, "site");
  loader.Put("site/dhcpd.conf.mustache", std::string(TemplateSet::kBytesMax, '#'));
  EXPECT_TRUE(templates.Find(kConf, diagnostics));
  loader.Put("site/dhcpd.conf.mustache", std::string(TemplateSet::kBytesMax + 1, '#'));
  EXPECT_FALSE(templates.Find(kConf, diagnostics));
  EXPECT_EQ(diagnostics.Count(text::Severity::kError), 1u);
}

// Find asserts this of every name that a table of ours leads to.
TEST(BuiltinTemplates, HaveEveryFragmentOfEveryPlatform) {
  for (const pair::Platform& platform : pair::Platforms()) {
    for (const pair::BootFragment& fragment : platform.fragments) {
      const std::string name =
          "boot/" + std::string(platform.name) + "/" + std::string(fragment.file) + ".mustache";
      EXPECT_NE(BuiltinText(name), "") << name;
    }
  }
  EXPECT_NE(BuiltinText(kConf), "");
}

TEST(BuiltinTemplates, StandInOrderAndEndWithALineEnd) {
  EXPECT_TRUE(std::ranges::is_sorted(BuiltinTemplates(), {}, &BuiltinTemplate::name));
  for (const BuiltinTemplate& builtin : BuiltinTemplates()) {
    EXPECT_TRUE(builtin.text.ends_with('\n')) << builtin.name;
    EXPECT_FALSE(builtin.text.contains('\r')) << builtin.name;
  }
}

}  // namespace
}  // namespace dhcpair::generate
