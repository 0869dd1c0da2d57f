#pragma once

#include <expected>
#include <string>
#include <vector>

namespace dhcpair {

/// A file that is to be made where there is none.
struct NewFile {
  std::string path;
  std::string contents;
  int mode;
};

/// Why new files could not be made.
struct NewFilesError {
  bool is_taken;  ///< Something of this name is there already.
  std::string path;
  std::string reason;  ///< The system's own words.
};

/// The first of the paths at which something lies already, or "".
std::string FirstTaken(const std::vector<NewFile>& files);

/// Writes all of them or none, and never over something that is there. Makes the folder that they
/// belong in when it is missing.
[[nodiscard]] std::expected<void, NewFilesError> MakeNewFiles(const std::string& folder,
                                                              const std::vector<NewFile>& files);

}  // namespace dhcpair
