#include "remote/strict_config.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "host/atomic_write.h"
#include "host/file_loader.h"
#include "text/utf8.h"

namespace dhcpair::remote {
namespace {

std::string ConfigText(const pair::Ssh& settings) {
  std::string text =
      "StrictHostKeyChecking yes\nVerifyHostKeyDNS no\nNoHostAuthenticationForLocalhost no\n"
      "UpdateHostKeys no\nBatchMode yes\nLogLevel ERROR\n"
      "ServerAliveInterval 15\nServerAliveCountMax 3\n";
  text += fmt::format("ConnectTimeout {}\n", settings.timeout.count());
  if (!settings.config) return text + "Include ~/.ssh/config\nInclude /etc/ssh/ssh_config\n";
  return text +
         fmt::format("Include \"{}\"\n", std::filesystem::absolute(*settings.config).string());
}

// ssh passes over an Include that it does not find.
std::optional<Error> CheckConfig(const pair::Ssh& settings) {
  if (!settings.config) return std::nullopt;
  const std::string shown = text::Visible(*settings.config);
  if (settings.config->find_first_of("\"*?[\\") != std::string::npos) {
    return Error{Failure::kBadSettings,
                 fmt::format("'{}' of 'ssh: {{config: …}}' has a character that ssh takes for a "
                             "pattern; rename the file",
                             shown)};
  }
  if (host::ReadFile(*settings.config, kSshConfigBytesMax)) return std::nullopt;
  return Error{Failure::kBadSettings,
               fmt::format("'{}' of 'ssh: {{config: …}}' cannot be read", shown)};
}

}  // namespace

std::expected<std::string, Error> WriteStrictConfig(const host::TempDir& folder,
                                                    const pair::Ssh& settings) {
  if (auto bad = CheckConfig(settings)) return std::unexpected(*std::move(bad));
  std::string path = folder.path() + "/config";
  const auto written =
      host::WriteFileAtomically(path, ConfigText(settings), 0600, host::WriteMode::kCreate);
  if (written) return path;
  return std::unexpected(Error{
      Failure::kBadSettings,
      fmt::format("cannot write '{}' for ssh: {}", text::Visible(path), written.error().reason)});
}

}  // namespace dhcpair::remote
