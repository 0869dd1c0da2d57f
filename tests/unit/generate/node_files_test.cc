#include "generate/node_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "generate/stamp.h"
#include "generate/stanza.h"
#include "support/named.h"
#include "support/pairs.h"

namespace dhcpair::generate {
namespace {

using pair::Role;
using test::MapLoader;

constexpr Role kRoles[] = {Role::kPrimary, Role::kSecondary};
constexpr char kSecret[] = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";

// Everything that a node's files depend on, in one pair file.
constexpr char kFullPair[] =
    "pair: p\n"
    "primary: {address: 10.0.0.1, host: root@a}\n"
    "secondary: {address: 10.0.0.2, host: root@b, interfaces: [em1]}\n"
    "platform: generic\n"
    "interfaces: [em0, vlan2]\n"
    "extra: \"log-facility local7;\\n# the end\\n\"\n"
    "omapi: {secret-file: omapi.secret, port: 7912, key: the-key, algorithm: hmac-sha512}\n"
    "files: [{from: hosts, to: /etc/dhcpd.hosts}]\n"
    "unmanaged: [/etc/dhcpd.local]\n";

MapLoader FullLoader() {
  MapLoader loader;
  loader.Put("omapi.secret", std::string(kSecret) + "\n");
  loader.Put("hosts", "# hosts\n");
  return loader;
}

pair::Pair FullPair() { return test::LoadPair(kFullPair, FullLoader()); }

struct Generated {
  std::vector<NodeFile> files;
  std::string findings;
};

Generated GenerateWith(const pair::Pair& pair, Role role, const TemplateSet& templates) {
  text::Diagnostics diagnostics;
  auto files = GenerateNode(pair, role, templates, diagnostics);
  EXPECT_EQ(files.has_value(), !diagnostics.has_errors());
  return {files ? *std::move(files) : std::vector<NodeFile>(),
          RenderTerminal(diagnostics, text::Color::kNever)};
}

// With our own templates, which are clean.
std::vector<NodeFile> Generate(const pair::Pair& pair, Role role) {
  MapLoader nothing;
  Generated generated = GenerateWith(pair, role, TemplateSet(nothing));
  EXPECT_EQ(generated.findings, "");
  return std::move(generated.files);
}

// With the site's dhcpd.conf.mustache.
Generated GenerateConf(const pair::Pair& pair, Role role, const std::string& text) {
  MapLoader site;
  site.Put("site/dhcpd.conf.mustache", text);
  return GenerateWith(pair, role, TemplateSet(site, "site"));
}

std::string Body(const NodeFile& file) {
  std::string body = file.contents;
  for (int line = 0; line < 3; ++line) body.erase(0, body.find('\n') + 1);
  return body;
}

std::vector<std::string> Names(const std::vector<NodeFile>& files) {
  std::vector<std::string> names;
  for (const NodeFile& file : files) names.push_back(file.name);
  return names;
}

TEST(NodeFiles, AreDhcpdConfThenTheKeyThenTheFragments) {
  for (const Role role : kRoles) {
    EXPECT_THAT(Names(Generate(test::LoadPair(test::kMinimalPair), role)),
                testing::ElementsAre("dhcpd.conf", "start-dhcpd"));
    EXPECT_THAT(Names(Generate(FullPair(), role)),
                testing::ElementsAre("dhcpd.conf", "dhcpd.omapi-key", "start-dhcpd"));
  }
}

TEST(NodeFiles, KnowWhereTheyBelongAndWhoMayReadThem) {
  const std::vector<NodeFile> files = Generate(FullPair(), Role::kPrimary);
  ASSERT_EQ(files.size(), 3u);
  EXPECT_EQ(files[0].belongs_in, "/etc/dhcpd.conf");
  EXPECT_EQ(files[0].mode, 0644);
  EXPECT_FALSE(files[0].is_fragment);
  EXPECT_EQ(files[1].belongs_in, "/etc/dhcpd.omapi-key");
  EXPECT_EQ(files[1].mode, 0600);
  EXPECT_FALSE(files[1].is_fragment);
  EXPECT_EQ(files[2].belongs_in, "the node's boot scripts");
  EXPECT_EQ(files[2].mode, 0644);
  EXPECT_TRUE(files[2].is_fragment);
}

TEST(NodeFiles, OfTheSmallestPairAreTheStanzaAndTheInclude) {
  const pair::Pair pair = test::LoadPair(test::kMinimalPair);
  for (const Role role : kRoles) {
    EXPECT_EQ(Body(Generate(pair, role)[0]),
              PrintStanza(pair, role) + "\n\ninclude \"/etc/dhcpd.master\";\n");
  }
}

TEST(NodeFiles, PutTheKeyBeforeThePeerAndTheNodesOwnLinesBeforeTheMaster) {
  const pair::Pair pair = FullPair();
  for (const Role role : kRoles) {
    EXPECT_EQ(Body(Generate(pair, role)[0]),
              "omapi-port 7912;\n"
              "include \"/etc/dhcpd.omapi-key\";\n"
              "omapi-key the-key;\n"
              "\n" +
                  PrintStanza(pair, role) +
                  "\n"
                  "\n"
                  "log-facility local7;\n"
                  "# the end\n"
                  "\n"
                  "include \"/etc/dhcpd.master\";\n");
  }
}

TEST(NodeFiles, BearAStampThatNamesNodeAndSource) {
  const std::vector<NodeFile> files = Generate(FullPair(), Role::kSecondary);
  const std::string source = "# Written by dhcpair from pair.yaml; changes made here are lost.\n";
  const std::string heads[] = {
      "# dhcpd.conf of the secondary of p; belongs in /etc/dhcpd.conf on root@b\n",
      "# dhcpd.omapi-key of the secondary of p; belongs in /etc/dhcpd.omapi-key on root@b\n",
      "# piece for start-dhcpd of the secondary of p; belongs in the node's boot scripts on "
      "root@b\n"};
  ASSERT_EQ(files.size(), std::size(heads));
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_TRUE(files[i].contents.starts_with(heads[i] + source)) << files[i].contents;
    EXPECT_EQ(AuthorshipOf(files[i].contents), Authorship::kOurs);
  }
}

TEST(NodeFiles, AreTheSameBytesWhereOnlyACommentOfThePairFileChanged) {
  for (const Role role : kRoles) {
    const std::vector<NodeFile> files = Generate(FullPair(), role);
    const std::vector<NodeFile> again = Generate(
        test::LoadPair(std::string("# a word to the next one who reads this\n") + kFullPair,
                       FullLoader()),
        role);
    EXPECT_TRUE(std::ranges::equal(files, again, {}, &NodeFile::contents, &NodeFile::contents));
  }
}

TEST(NodeFiles, AreTheSameBytesForTheSamePair) {
  for (const Role role : kRoles) {
    const std::vector<NodeFile> first = Generate(FullPair(), role);
    const std::vector<NodeFile> second = Generate(FullPair(), role);
    ASSERT_EQ(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
      EXPECT_EQ(first[i].contents, second[i].contents);
    }
  }
}

TEST(NodeFiles, DoNotDependOnTheFolderOfThePairFile) {
  const auto generate = [](const std::string& folder) {
    MapLoader loader;
    loader.Put(folder + "pair.yaml", kFullPair);
    loader.Put(folder + "dhcpd.master", "# shared\n");
    loader.Put(folder + "omapi.secret", kSecret);
    loader.Put(folder + "hosts", "# hosts\n");
    text::Diagnostics diagnostics;
    const auto pair = pair::Load(loader, folder + "pair.yaml", diagnostics);
    EXPECT_EQ(RenderTerminal(diagnostics, text::Color::kNever), "");
    std::string all;
    for (const Role role : kRoles) {
      for (const NodeFile& file : Generate(pair.value(), role)) {
        all += file.name + file.belongs_in + file.contents;
      }
    }
    return all;
  };
  const std::string here = generate("");
  EXPECT_EQ(generate("/srv/sites/berlin/"), here);
  EXPECT_EQ(generate("../"), here);
}

TEST(OmapiKey, IsAFileOfItsOwn) {
  EXPECT_EQ(Body(Generate(FullPair(), Role::kPrimary)[1]),
            "key the-key {\n"
            "  algorithm hmac-sha512;\n"
            "  secret \"" +
                std::string(kSecret) + "\";\n}\n");
}

TEST(OmapiKey, LiesBesideTheMasterWhereverThatIs) {
  const pair::Pair pair = test::LoadPair(
      "pair: p\n"
      "primary: {address: 10.0.0.1, paths: {master: /usr/local/etc/dhcp/shared.conf}}\n"
      "secondary: {address: 10.0.0.2, paths: {master: /master}}\n"
      "omapi: {secret-file: omapi.secret}\n",
      FullLoader());
  const auto primary = Generate(pair, Role::kPrimary);
  EXPECT_EQ(primary[1].belongs_in, "/usr/local/etc/dhcp/dhcpd.omapi-key");
  EXPECT_TRUE(primary[0].contents.contains("include \"/usr/local/etc/dhcp/dhcpd.omapi-key\";"));
  EXPECT_TRUE(primary[0].contents.contains("include \"/usr/local/etc/dhcp/shared.conf\";"));
  const auto secondary = Generate(pair, Role::kSecondary);
  EXPECT_EQ(secondary[1].belongs_in, "/dhcpd.omapi-key");
  EXPECT_TRUE(secondary[0].contents.contains("include \"/dhcpd.omapi-key\";"));
}

// Whatever a site's template tries, and wherever the key is declared.
TEST(OmapiKey, LeavesItsSecretInNoOtherFile) {
  const std::string both =
      "{{{failover}}}\n{{{extra}}}\n{{{omapi-port}}} {{{omapi-key}}} {{{omapi-key-name}}}\n"
      "{{{includes}}}\ninclude \"{{{master}}}\";\n";
  const std::string node_keys =
      "pair: p\n"
      "primary: {address: 10.0.0.1, omapi: {secret-file: omapi.secret}}\n"
      "secondary: {address: 10.0.0.2, omapi: {secret-file: hosts}}\n";
  MapLoader loader = FullLoader();
  loader.Put("hosts", std::string(kSecret) + "\n");
  int key_files = 0;
  for (const pair::Pair& pair : {FullPair(), test::LoadPair(node_keys, loader)}) {
    for (const Role role : kRoles) {
      for (const Generated& generated :
           {Generated{Generate(pair, role), ""}, GenerateConf(pair, role, both)}) {
        EXPECT_EQ(generated.findings, "");
        for (const NodeFile& file : generated.files) {
          const bool is_key_file = file.name == kOmapiKeyName;
          EXPECT_EQ(file.contents.contains(kSecret), is_key_file) << file.name;
          EXPECT_EQ(file.mode, is_key_file ? 0600 : 0644) << file.name;
          key_files += is_key_file ? 1 : 0;
        }
      }
    }
  }
  EXPECT_EQ(key_files, 8);
}

TEST(OmapiKey, HasNoNameThatATemplateCouldPlace) {
  const Generated generated =
      GenerateConf(FullPair(), Role::kPrimary, "{{{omapi-secret}}}{{{secret}}}{{{omapi}}}\n");
  for (const char* const name : {"'omapi-secret'", "'secret'", "'omapi'"}) {
    EXPECT_TRUE(generated.findings.contains(name)) << generated.findings;
  }
  EXPECT_FALSE(generated.findings.contains(kSecret));
}

TEST(OmapiKey, IsForOneNodeOnlyWhereOneNodeHasIt) {
  const pair::Pair pair = test::LoadPair(
      "pair: p\n"
      "primary: {address: 10.0.0.1, omapi: {secret-file: omapi.secret}}\n"
      "secondary: {address: 10.0.0.2}\n",
      FullLoader());
  EXPECT_EQ(Names(Generate(pair, Role::kPrimary))[1], "dhcpd.omapi-key");
  for (const NodeFile& file : Generate(pair, Role::kSecondary)) {
    EXPECT_FALSE(file.contents.contains("omapi")) << file.name;
  }
}

TEST(SiteTemplates, ReplaceOneFileAndLeaveTheOthers) {
  const pair::Pair pair = test::LoadPair(test::kMinimalPair);
  MapLoader site;
  site.Put("site/boot/generic/start-dhcpd.mustache", "{{role}} on {{address}}\n");
  const Generated generated = GenerateWith(pair, Role::kSecondary, TemplateSet(site, "site"));
  EXPECT_EQ(generated.findings, "");
  ASSERT_EQ(generated.files.size(), 2u);
  EXPECT_EQ(generated.files[0].contents, Generate(pair, Role::kSecondary)[0].contents);
  EXPECT_EQ(Body(generated.files[1]), "secondary on 10.0.0.2\n");
}

// A value that looks like a template is the value.
TEST(SiteTemplates, DoNotInterpretWhatThePairFileSays) {
  const pair::Pair pair = test::LoadPair(
      "pair: '{{role}}'\n"
      "primary: {address: 10.0.0.1}\n"
      "secondary: {address: 10.0.0.2}\n"
      "extra: '# {{{master}}} {{#omapi}} <&>'\n");
  const std::string conf = Body(Generate(pair, Role::kPrimary)[0]);
  EXPECT_TRUE(conf.starts_with("failover peer \"{{role}}\" {\n")) << conf;
  EXPECT_TRUE(conf.contains("\n# {{{master}}} {{#omapi}} <&>\n")) << conf;
}

TEST(SiteTemplates, HaveAllOfTheirMistakesReportedWithTheirPlaces) {
  MapLoader site;
  site.Put("site/dhcpd.conf.mustache",
           "{{{failver}}}\n{{{failover}}}\n  {{{zebra}}}\ninclude \"{{{master}}}\";\n");
  site.Put("site/boot/generic/start-dhcpd.mustache",
           "# start\n{{{dhcp}}} {{#master}}x{{/master}}\n");
  const Generated generated =
      GenerateWith(test::LoadPair(test::kMinimalPair), Role::kPrimary, TemplateSet(site, "site"));
  EXPECT_EQ(generated.findings,
            "site/dhcpd.conf.mustache:1:1: error: unknown name 'failver'; did you mean "
            "'failover'? [template-unknown-name]\n"
            "    {{{failver}}}\n"
            "    ^~~~~~~~~~~~~\n"
            "site/dhcpd.conf.mustache:3:3: error: unknown name 'zebra' [template-unknown-name]\n"
            "    {{{zebra}}}\n"
            "    ^~~~~~~~~~~\n"
            "site/boot/generic/start-dhcpd.mustache:2:1: error: unknown name 'dhcp'; did you mean "
            "'dhcpd'? [template-unknown-name]\n"
            "    {{{dhcp}}} {{#master}}x{{/master}}\n"
            "    ^~~~~~~~~~\n"
            "site/boot/generic/start-dhcpd.mustache:2:12: error: 'master' is a value, not a "
            "section: {{{master}}} [template-wrong-use]\n"
            "    {{{dhcp}}} {{#master}}x{{/master}}\n"
            "               ^~~~~~~~~~~\n");
  EXPECT_TRUE(generated.files.empty()) << "half a node is worse than none";
}

TEST(SiteTemplates, ThatCannotBeReadAreReportedAndTheOthersAreStillChecked) {
  MapLoader site;
  site.Fail("site/dhcpd.conf.mustache", text::LoadError::kNotPermitted);
  site.Put("site/boot/generic/start-dhcpd.mustache", "{{{zebra}}}\n");
  const Generated generated =
      GenerateWith(test::LoadPair(test::kMinimalPair), Role::kPrimary, TemplateSet(site, "site"));
  EXPECT_TRUE(generated.findings.contains("[template-unreadable]")) << generated.findings;
  EXPECT_TRUE(generated.findings.contains("[template-unknown-name]")) << generated.findings;
}

constexpr char kWithoutOmapi[] =
    "pair: p\nprimary: {address: 10.0.0.1}\nsecondary: {address: 10.0.0.2}\nextra: '# mine'\n";

// The names that dhcpd.conf loses with a template, in the order of the findings.
struct DroppedRow : test::Named {
  const char* yaml;
  const char* text;
  std::vector<const char*> dropped;
};

class SiteTemplateDropped : public testing::TestWithParam<DroppedRow> {};

TEST_P(SiteTemplateDropped, IsAnErrorForBothNodes) {
  const pair::Pair pair = test::LoadPair(GetParam().yaml, FullLoader());
  std::string findings;
  for (const char* const name : GetParam().dropped) {
    findings += std::string("site/dhcpd.conf.mustache: error: the template does not place {{{") +
                name + "}}} [template-dropped-value]\n";
  }
  for (const Role role : kRoles) {
    EXPECT_EQ(GenerateConf(pair, role, GetParam().text).findings, findings);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SiteTemplateDropped,
    testing::Values(
        DroppedRow{"NothingOfASmallPair",
                   test::kMinimalPair,
                   "{{{failover}}}\ninclude \"{{{master}}}\";\n",
                   {}},
        DroppedRow{"NothingOfAFullPair",
                   kFullPair,
                   "{{#omapi}}{{omapi-port}}{{omapi-key}}{{omapi-key-name}}{{/omapi}}\n"
                   "{{failover}}\n{{#has-extra}}{{extra}}{{/has-extra}}\n{{master}}",
                   {}},
        DroppedRow{"Failover", test::kMinimalPair, "include \"{{{master}}}\";\n", {"failover"}},
        DroppedRow{"Master", test::kMinimalPair, "{{{failover}}}\n", {"master"}},
        DroppedRow{"Everything", test::kMinimalPair, "", {"failover", "master"}},
        DroppedRow{"Extra", kWithoutOmapi, "{{{failover}}}{{{master}}}", {"extra"}},
        DroppedRow{"ExtraThatIsShownWhereThereIsNone",
                   kWithoutOmapi,
                   "{{{failover}}}{{{master}}}{{^has-extra}}{{{extra}}}{{/has-extra}}",
                   {"extra"}},
        DroppedRow{"FailoverOnlyWithOmapi",
                   test::kMinimalPair,
                   "{{#omapi}}{{{failover}}}{{/omapi}}{{{master}}}",
                   {"failover"}},
        DroppedRow{"MasterForEachOfNoInterfaces",
                   test::kMinimalPair,
                   "{{{failover}}}{{#interface-list}}{{{master}}}{{/interface-list}}",
                   {"master"}},
        DroppedRow{"TheWholeOmapi",
                   kFullPair,
                   "{{{failover}}}{{{extra}}}{{{master}}}",
                   {"omapi-key", "omapi-key-name", "omapi-port"}},
        DroppedRow{"TheOmapiKey",
                   kFullPair,
                   "{{{failover}}}{{{extra}}}{{{master}}}{{{omapi-port}}}",
                   {"omapi-key", "omapi-key-name"}}),
    [](const auto& row) { return row.param.name; });

// Boot scripts of a chroot copy these.
TEST(SiteTemplates, KnowAllFilesThatDhcpdReads) {
  MapLoader site;
  site.Put("site/boot/generic/start-dhcpd.mustache", "{{{includes}}}\n");
  const Generated generated = GenerateWith(FullPair(), Role::kPrimary, TemplateSet(site, "site"));
  EXPECT_EQ(Body(generated.files.at(2)),
            "/etc/dhcpd.master /etc/dhcpd.omapi-key /etc/dhcpd.hosts /etc/dhcpd.local\n");
}

}  // namespace
}  // namespace dhcpair::generate
