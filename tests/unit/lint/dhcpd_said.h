#pragma once

#include <string>
#include <vector>

#include "lint/dhcpd_messages.h"
#include "support/named.h"

namespace dhcpair::lint {

/// How dhcpd ends: what it says at the end, and its exit status.
enum class Ending { kBadParse, kFatal, kAccepted, kSignal };

/// A master, and what the real dhcpd 4.4.3-P1 said of it; what it includes as /etc/dhcpd.hosts.
struct Said : test::Named {
  const char* master;
  const char* said;
  Ending ending;
  std::vector<std::string> findings;
  const char* hosts = "";
};

/// dhcpd.conf, the master and a file of hosts, staged in /stage; nothing is written there.
Staging Stage(const std::string& master, const std::string& hosts = "");

text::Diagnostics Read(const Staging& staging, int status, const std::string& messages);

/// "FILE:LINE:COLUMN RULE TOKEN" of each finding about a token, "FILE:LINE RULE" of one about a
/// line, "FILE RULE" of one about a file.
std::vector<std::string> Briefs(const text::Diagnostics& diagnostics);

/// That the row's words become its findings, in sentences without our own paths.
void ExpectFindings(const Said& row);

}  // namespace dhcpair::lint
