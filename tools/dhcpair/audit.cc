#include "audit.h"

#include <fmt/chrono.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <ctime>

#include "common.h"
#include "host/append_log.h"
#include "text/utf8.h"

namespace dhcpair {
namespace {

// Records are lines of words.
std::string Word(std::string_view text) {
  std::string word = text::Visible(text);
  std::ranges::replace(word, ' ', '_');
  return word;
}

}  // namespace

std::string Operator() {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host = {'?'};
  const passwd* const user = getpwuid(getuid());
  return fmt::format("{}@{}", Word(user != nullptr ? user->pw_name : std::to_string(getuid())),
                     Word(host.data()));
}

std::string NewPushId() {
  // Several pairs are pushed to by one process.
  static std::atomic<int> count = 0;
  return fmt::format("{:%Y%m%dT%H%M%SZ}-{}-{}", fmt::gmtime(std::time(nullptr)), getpid(), ++count);
}

void Audit(std::string_view line) {
  const std::string home = host::StateHome();
  if (home.empty()) return;
  const std::string path = home + "/dhcpair/audit.log";
  const auto written = host::AppendLine(
      path, fmt::format("{:%Y-%m-%dT%H:%M:%SZ} {}", fmt::gmtime(std::time(nullptr)), line));
  if (written) return;
  PrintErr(fmt::format("dhcpair: warning: the audit log '{}' cannot be written: {}\n", path,
                       written.error().reason));
}

}  // namespace dhcpair
