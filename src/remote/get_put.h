#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "remote/transport.h"

namespace dhcpair::remote {

/// Why a file of a node was not read or written.
struct FileError {
  enum class Kind : std::uint8_t {
    kRemote,        ///< The node was not reached; `failure` says how.
    kMissing,       ///< No such file, or no such folder.
    kNotAFile,      ///< A folder, a device; to Put also a symbolic link, which it would replace.
    kNotPermitted,  ///< Permissions, or a read-only file system.
    kNoSpace,       ///< The disk is full.
    kTooLarge,      ///< More than `bytes_max`.
    kGarbled,       ///< The node's answer was none of ours, or was cut off.
    kFailed,        ///< Anything else; the message tells.
  };
  Kind kind;
  std::string message;  ///< With the path, without the node and a full stop.
  std::optional<Failure> failure = {};
};

/// The contents of a regular file (or of what a link leads to), any bytes.
[[nodiscard]] std::expected<std::string, FileError> Get(Transport& transport,
                                                        const std::string& path,
                                                        std::size_t bytes_max);

/// Replaces the file whole or leaves what was there: the contents go to a new file beside it that
/// takes its place by a rename when its length is right. `mode`: permission bits. The file is owned
/// by whom we are on the node.
[[nodiscard]] std::expected<void, FileError> Put(Transport& transport, const std::string& path,
                                                 std::string_view contents, int mode);

}  // namespace dhcpair::remote
