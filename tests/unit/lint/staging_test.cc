#include "lint/staging.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "support/findings.h"
#include "support/named.h"
#include "support/pairs.h"

namespace dhcpair::lint {
namespace {

using pair::Role;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kConf[] = "include \"/etc/dhcpd.omapi-key\";\ninclude \"/etc/dhcpd.master\";\n";

// A pair with a further shared file and an include that is none of dhcpair's business.
pair::Pair ThePair() {
  test::MapLoader loader;
  loader.Put("hosts", "");
  return test::LoadPair(std::string(test::kMinimalPair) +
                            "files: [{from: hosts, to: /etc/dhcpd.hosts}]\n"
                            "unmanaged: [/etc/dhcpd.local]\n",
                        loader);
}

struct Planned {
  Staging staging;
  std::string findings;
};

Planned Plan(const std::string& master, const std::string& hosts = "") {
  const std::vector<generate::NodeFile> node_files{
      {.name = "dhcpd.conf",
       .belongs_in = "/etc/dhcpd.conf",
       .is_fragment = false,
       .mode = 0644,
       .contents = kConf},
      {.name = "dhcpd.omapi-key",
       .belongs_in = "/etc/dhcpd.omapi-key",
       .is_fragment = false,
       .mode = 0600,
       .contents = "key k { }\n"},
      {.name = "rc.conf",
       .belongs_in = "/etc/rc.conf",
       .is_fragment = true,
       .mode = 0644,
       .contents = "dhcpd_enable=YES\n"},
  };
  text::Diagnostics found;
  Staging staging = PlanStaging(ThePair(), Role::kSecondary, node_files,
                                {{"/etc/dhcpd.master", test::Source("dhcpd.master", master)},
                                 {"/etc/dhcpd.hosts", test::Source("hosts", hosts)}},
                                "/stage", found);
  return {std::move(staging), RenderTerminal(found, text::Color::kNever)};
}

std::vector<std::string> StagedPaths(const Staging& staging) {
  std::vector<std::string> paths;
  paths.reserve(staging.files.size());
  for (const StagedFile& file : staging.files) paths.push_back(file.staged_path);
  return paths;
}

TEST(Staging, HasDhcpdConfFirstAndNoBootFragment) {
  const Planned planned = Plan("");
  EXPECT_EQ(planned.findings, "");
  EXPECT_THAT(StagedPaths(planned.staging),
              ElementsAre("/stage/0-dhcpd.conf", "/stage/1-dhcpd.omapi-key",
                          "/stage/2-dhcpd.master", "/stage/3-dhcpd.hosts", "/stage/4-dhcpd.local"));
  EXPECT_EQ(planned.staging.files[0].source->name(), "secondary/dhcpd.conf");
  EXPECT_EQ(planned.staging.master->name(), "dhcpd.master");
}

TEST(Staging, TakesDhcpdConfForTheMasterWhereThereIsNone) {
  const std::vector<generate::NodeFile> node_files{{.name = "dhcpd.conf",
                                                    .belongs_in = "/etc/dhcpd.conf",
                                                    .is_fragment = false,
                                                    .mode = 0644,
                                                    .contents = "authoritative;\n"}};
  text::Diagnostics found;
  const Staging staging = PlanStaging(ThePair(), Role::kPrimary, node_files, {}, "/stage", found);
  ASSERT_NE(staging.master, nullptr);
  EXPECT_EQ(staging.master->contents(), "authoritative;\n");
  EXPECT_EQ(PlanStaging(ThePair(), Role::kPrimary, {}, {}, "/stage", found).master, nullptr);
}

TEST(Staging, LeadsIncludesToTheCopiesAndChangesNothingElse) {
  const Planned planned =
      Plan("# include \"/etc/dhcpd.hosts\";\n\tinclude  \"/etc/dhcpd.hosts\" ;  # hosts\n",
           "include \"/etc/dhcpd.local\";\n");
  EXPECT_EQ(planned.findings, "");
  EXPECT_THAT(planned.staging.contents,
              ElementsAre("include \"/stage/1-dhcpd.omapi-key\";\n"
                          "include \"/stage/2-dhcpd.master\";\n",
                          "key k { }\n",
                          "# include \"/etc/dhcpd.hosts\";\n"
                          "\tinclude  \"/stage/3-dhcpd.hosts\" ;  # hosts\n",
                          "include \"/stage/4-dhcpd.local\";\n", ""));
}

TEST(Staging, HasEmptyStandInsForUnmanagedFilesAndNamesThem) {
  const Planned planned = Plan("");
  EXPECT_EQ(planned.staging.files[4].source, nullptr);
  EXPECT_EQ(planned.staging.contents[4], "");
  EXPECT_THAT(planned.staging.unchecked, ElementsAre("/etc/dhcpd.local"));
}

struct BadRow : test::Named {
  const char* master;
  const char* findings;
  const char* staged;
};

class StagingOfBadMaster : public testing::TestWithParam<BadRow> {};

TEST_P(StagingOfBadMaster, SaysWhereAndGoesOn) {
  const Planned planned = Plan(GetParam().master);
  EXPECT_EQ(planned.findings, GetParam().findings);
  EXPECT_EQ(planned.staging.contents[2], GetParam().staged);
  // dhcpd must count the lines of the copy as those of the original.
  EXPECT_EQ(std::ranges::count(planned.staging.contents[2], '\n'),
            std::ranges::count(std::string_view(GetParam().master), '\n'));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, StagingOfBadMaster,
    testing::Values(
        BadRow{"UnlistedInclude", "include \"/etc/other\";\n",
               "dhcpd.master:1:10: error: '/etc/other' is neither under 'files:' nor under "
               "'unmanaged:' of pair.yaml, so nothing puts it on the nodes "
               "[conf-unlisted-include]\n"
               "    include \"/etc/other\";\n"
               "             ^~~~~~~~~~\n",
               "include \"/stage/5-other\";\n"},
        BadRow{"RelativeInclude", "include \"dhcpd.hosts\";\n",
               "dhcpd.master:1:10: error: 'dhcpd.hosts' is neither under 'files:' nor under "
               "'unmanaged:' of pair.yaml, so nothing puts it on the nodes "
               "[conf-unlisted-include]\n"
               "    include \"dhcpd.hosts\";\n"
               "             ^~~~~~~~~~~\n",
               "include \"/stage/5-dhcpd.hosts\";\n"},
        BadRow{"UnlistedIncludeTwice", "include \"/o\"; include \"/o\";\n",
               "dhcpd.master:1:10: error: '/o' is neither under 'files:' nor under 'unmanaged:' of "
               "pair.yaml, so nothing puts it on the nodes [conf-unlisted-include]\n"
               "    include \"/o\"; include \"/o\";\n"
               "             ^~\n",
               "include \"/stage/5-o\"; include \"/stage/5-o\";\n"},
        BadRow{"PathThatWouldLeaveTheFolder", "include \"../../etc/passwd\";\n",
               "dhcpd.master:1:10: error: '../../etc/passwd' is neither under 'files:' nor under "
               "'unmanaged:' of pair.yaml, so nothing puts it on the nodes "
               "[conf-unlisted-include]\n"
               "    include \"../../etc/passwd\";\n"
               "             ^~~~~~~~~~~~~~~~\n",
               "include \"/stage/5-passwd\";\n"},
        BadRow{"PathOfOddCharacters", "include \"/a\\\"b\x01\";\n",
               "dhcpd.master:1:10: error: '/a\"b\\x01' is neither under 'files:' nor under "
               "'unmanaged:' of pair.yaml, so nothing puts it on the nodes "
               "[conf-unlisted-include]\n"
               "    include \"/a\\\"b\\x01\";\n"
               "             ^~~~~~~~~\n",
               "include \"/stage/5-a_b_\";\n"},
        BadRow{"QuotationMarkMissing", "include \"/a;\noption x \"y\";\n",
               "dhcpd.master:1:10: error: this path does not end on its line; a quotation mark is "
               "missing [conf-unclosed-string]\n"
               "    include \"/a;\n"
               "             ^~~\n",
               "include \"/stage/5-a;_option x \"\ny\";\n"},
        BadRow{"QuotationMarkMissingBehindAnEscape", "include \"/a\\\"b;\noption x \"y\";\n",
               "dhcpd.master:1:10: error: this path does not end on its line; a quotation mark is "
               "missing [conf-unclosed-string]\n"
               "    include \"/a\\\"b;\n"
               "             ^~~~~~\n",
               "include \"/stage/5-a_b;_option x \"\ny\";\n"},
        BadRow{"LastQuotationMarkMissing", "include \"/a;\noption x;\n",
               "dhcpd.master:1:10: error: this path does not end on its line; a quotation mark is "
               "missing [conf-unclosed-string]\n"
               "    include \"/a;\n"
               "             ^~~\n",
               "include \"/stage/5-a;_option x;_\n\n"},
        // One line, though its value has two.
        BadRow{"LineEndByAnEscape", "include \"/a\\nb\";\n",
               "dhcpd.master:1:10: error: '/a\\x0ab' is neither under 'files:' nor under "
               "'unmanaged:' of pair.yaml, so nothing puts it on the nodes "
               "[conf-unlisted-include]\n"
               "    include \"/a\\nb\";\n"
               "             ^~~~~\n",
               "include \"/stage/5-a_b\";\n"},
        BadRow{"NoPath", "include \"\";\n",
               "dhcpd.master:1:10: error: '' is neither under 'files:' nor under 'unmanaged:' of "
               "pair.yaml, so nothing puts it on the nodes [conf-unlisted-include]\n"
               "    include \"\";\n"
               "             ^\n",
               "include \"/stage/5-\";\n"}),
    [](const auto& row) { return row.param.name; });

TEST(Staging, KnowsAListedFileThoughItsNameIsWrittenWithEscapes) {
  const Planned planned = Plan("include \"/etc/dhcpd\\x2ehosts\";\n");
  EXPECT_EQ(planned.findings, "");
  EXPECT_EQ(planned.staging.contents[2], "include \"/stage/3-dhcpd.hosts\";\n");
}

TEST(Staging, LetsAFileIncludeItselfWithoutEnd) {
  const Planned planned = Plan("include \"/etc/dhcpd.master\";\n");
  EXPECT_EQ(planned.findings, "");
  EXPECT_EQ(planned.staging.contents[2], "include \"/stage/2-dhcpd.master\";\n");
}

TEST(Staging, StopsAtAThousandFilesAndSaysSoOnce) {
  std::string master;
  for (int i = 0; i < 3000; ++i) master += "include \"/f" + std::to_string(i) + "\";\n";
  const Planned planned = Plan(master);
  EXPECT_EQ(planned.staging.files.size(), 1000u);
  EXPECT_EQ(planned.staging.contents.size(), 1000u);
  const std::string words = "dhcpd.master:996:10: error: more than 1000 files are included";
  EXPECT_THAT(planned.findings, HasSubstr(words));
  EXPECT_EQ(planned.findings.find("more than 1000", planned.findings.find(words) + words.size()),
            std::string::npos);
}

TEST(Staging, GivesEveryFileAPathOfItsOwn) {
  const Planned planned = Plan("include \"/a/same\"; include \"/b/same\"; include \"/c/\";\n");
  const std::vector<std::string> paths = StagedPaths(planned.staging);
  EXPECT_EQ(std::set<std::string>(paths.begin(), paths.end()).size(), paths.size());
}

class NamesOnTheNode : public StagedNames {
 public:
  std::string NameOf(std::size_t, const std::string& node_path) const override {
    return node_path + ".new";
  }
  bool has_unmanaged() const override { return true; }
};

TEST(Staging, OnTheNodeLeavesIncludesOfWhatIsNotManagedAsTheyAre) {
  text::Diagnostics found;
  const Staging staging = PlanStaging(
      ThePair(), Role::kSecondary,
      {{.name = "dhcpd.conf",
        .belongs_in = "/etc/dhcpd.conf",
        .is_fragment = false,
        .mode = 0644,
        .contents = "include \"/etc/dhcpd.master\";\n"}},
      {{"/etc/dhcpd.master",
        test::Source("dhcpd.master", "include \"/etc/dhcpd.local\"; include \"/etc/other\";\n")}},
      NamesOnTheNode(), found);
  EXPECT_THAT(staging.contents,
              ElementsAre("include \"/etc/dhcpd.master.new\";\n",
                          "include \"/etc/dhcpd.local\"; include \"/etc/other.new\";\n", "", ""));
  EXPECT_THAT(staging.unchecked, testing::IsEmpty());
  EXPECT_THAT(RenderTerminal(found, text::Color::kNever),
              HasSubstr("'/etc/other' is neither under 'files:' nor under 'unmanaged:'"));
}

}  // namespace
}  // namespace dhcpair::lint
