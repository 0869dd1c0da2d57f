#pragma once

#include <expected>
#include <string>

#include "host/temp_dir.h"
#include "pair/pair.h"
#include "remote/transport.h"

namespace dhcpair::remote {

/// The longest ssh_config that is looked at.
inline constexpr std::size_t kSshConfigBytesMax = 1 << 20;

/// Writes `FOLDER/config`, for the system's ssh to read instead of ssh_config: what may not be
/// otherwise (strict host keys, no questions), and then the user's ssh_config, since the first
/// value of an option is the one that counts. Not on the command line, for a ssh that goes ahead to
/// another host (ProxyJump) is given this file and none of the options. Fails with kBadSettings
/// where `ssh: {config: …}` cannot be read, or the file not be written: ssh must not run without
/// it.
[[nodiscard]] std::expected<std::string, Error> WriteStrictConfig(const host::TempDir& folder,
                                                                  const pair::Ssh& settings);

}  // namespace dhcpair::remote
