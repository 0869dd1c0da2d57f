#pragma once

#include <string>
#include <vector>

#include "adopt/settings.h"

namespace dhcpair::adopt {

/// An item of `files:`.
struct FileItem {
  std::string from;
  std::string to;
  int mode = 0644;
};

/// What a new pair file says.
struct PairText {
  PairSettings settings;
  std::vector<FileItem> files;
  std::string master_path;            ///< On the nodes; empty: where the platform has it.
  std::vector<std::string> sources;   ///< The files that it was made from.
  std::vector<std::string> comments;  ///< Lines that stood in those beside what is here now.
};

/// A file with an OMAPI secret beside the pair file.
struct SecretFile {
  std::string name;
  std::string secret;
};

/// The files that `omapi:` of the pair file names.
std::vector<SecretFile> SecretFiles(const PairSettings& settings);

/// The text of the pair file, with short comments and the keys in the order of the manual. What is
/// the same on both nodes stands where it holds for both.
std::string PrintPairYaml(const PairText& pair);

}  // namespace dhcpair::adopt
