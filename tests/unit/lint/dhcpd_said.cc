#include "lint/dhcpd_said.h"

#include <gtest/gtest.h>

#include "support/pairs.h"

namespace dhcpair::lint {
namespace {

using pair::Role;

// What dhcpd 4.4.3-P1 wrote to standard error for staged copies in /stage, in pieces.
constexpr char kBanner[] =
    "Internet Systems Consortium DHCP Server 4.4.3-P1\n"
    "Copyright 2004-2022 Internet Systems Consortium.\n"
    "All rights reserved.\n"
    "For info, please visit https://www.isc.org/software/dhcp/\n";
constexpr char kIncluder[] =
    "/stage/0-dhcpd.conf line 14: /stage/1-dhcpd.master: bad parse.\n"
    "include \"/stage/1-dhcpd.master\"\n"
    "         ^\n"
    "Configuration file errors encountered -- exiting\n";
constexpr char kFarewell[] =
    "\n"
    "If you think you have received this message due to a bug rather\n"
    "than a configuration issue please read the section on submitting\n"
    "bugs on either our web page at www.isc.org or in the README file\n"
    "before submitting a bug.  These pages explain the proper\n"
    "process and the information we find helpful for debugging.\n"
    "\n"
    "exiting.\n";
constexpr char kFiles[] =
    "Config file: /stage/0-dhcpd.conf\n"
    "Database file: /var/lib/dhcp/dhcpd.leases\n"
    "PID file: /var/run/dhcpd.pid\n";

std::string Whole(const std::string& said, Ending ending) {
  switch (ending) {
    case Ending::kBadParse:
      return kBanner + said + kIncluder + kFarewell;
    case Ending::kFatal:
      return kBanner + said + kFarewell;
    case Ending::kAccepted:
      return kBanner + said + kFiles;
    case Ending::kSignal:
      return kBanner + said;
  }
  return "";
}

int StatusOf(Ending ending) {
  if (ending == Ending::kSignal) return 139;
  return ending == Ending::kAccepted ? 0 : 1;
}

// The dhcpd.conf that includes /etc/dhcpd.master in its line 14.
constexpr char kConf[] =
    "failover peer \"p\" {\n"
    "  primary;\n"
    "  address 10.0.0.1;\n"
    "  port 647;\n"
    "  peer address 10.0.0.2;\n"
    "  peer port 647;\n"
    "  max-response-delay 60;\n"
    "  max-unacked-updates 10;\n"
    "  load balance max seconds 3;\n"
    "  mclt 3600;\n"
    "  split 128;\n"
    "}\n"
    "\n"
    "include \"/etc/dhcpd.master\";\n";

// The token that starts at an offset: a word, a string as far as its line goes, or a character.
std::string TokenAt(std::string_view text, std::size_t at) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  std::size_t end = at + 1;
  if (text[at] == '"') {
    end = std::min(text.find_first_of("\"\n", end), text.size() - 1) + 1;
  } else {
    while (is_word(text[at]) && end < text.size() && is_word(text[end])) ++end;
  }
  return std::string(text.substr(at, end - at));
}

std::string Brief(const text::Diagnostic& finding) {
  const text::SourceFile& source = *finding.at.source;
  const std::string rule(finding.rule->id);
  if (!finding.at.span) return source.name() + " " + rule;
  const text::Span span = *finding.at.span;
  const text::Position at = source.PositionOf(span.begin);
  const std::string line = source.name() + ":" + std::to_string(at.line);
  if (span.end - span.begin == 1) {
    return line + ":" + std::to_string(at.column) + " " + rule + " " +
           TokenAt(source.contents(), span.begin);
  }
  EXPECT_EQ(span, source.LineSpan(at.line));
  return line + " " + rule;
}

}  // namespace

Staging Stage(const std::string& master, const std::string& hosts) {
  test::MapLoader loader;
  loader.Put("dhcpd.hosts", hosts);
  const pair::Pair pair = test::LoadPair(
      test::kMinimalPair + std::string("files: [{from: dhcpd.hosts, to: /etc/dhcpd.hosts}]\n"),
      loader);
  const auto source = [](const char* name, const std::string& text) {
    return std::make_shared<const text::SourceFile>(name, text);
  };
  const generate::NodeFile conf{.name = "dhcpd.conf",
                                .belongs_in = "/etc/dhcpd.conf",
                                .is_fragment = false,
                                .mode = 0644,
                                .contents = kConf};
  text::Diagnostics diagnostics;
  return PlanStaging(pair, Role::kPrimary, {conf},
                     {{"/etc/dhcpd.master", source("dhcpd.master", master)},
                      {"/etc/dhcpd.hosts", source("dhcpd.hosts", hosts)}},
                     "/stage", diagnostics);
}

text::Diagnostics Read(const Staging& staging, int status, const std::string& messages) {
  text::Diagnostics diagnostics;
  ReadDhcpdMessages({status, messages}, staging, "primary", diagnostics);
  return diagnostics;
}

std::vector<std::string> Briefs(const text::Diagnostics& diagnostics) {
  std::vector<std::string> briefs;
  for (const text::Diagnostic& finding : diagnostics.all()) {
    EXPECT_EQ(finding.node, "primary");
    briefs.push_back(Brief(finding));
  }
  return briefs;
}

void ExpectFindings(const Said& row) {
  const Staging staging = Stage(row.master, row.hosts);
  const text::Diagnostics found = Read(staging, StatusOf(row.ending), Whole(row.said, row.ending));
  EXPECT_EQ(Briefs(found), row.findings);
  EXPECT_EQ(found.has_errors(), row.ending != Ending::kAccepted);
  for (const text::Diagnostic& finding : found.all()) {
    EXPECT_FALSE(finding.message.contains("/stage/")) << finding.message;
    EXPECT_FALSE(finding.message.ends_with('.')) << finding.message;
  }
}

}  // namespace dhcpair::lint
