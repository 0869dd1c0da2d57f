#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "text/diagnostic.h"

namespace dhcpair::text {

/// A file that fixes change.
struct ChangedFile {
  SourcePtr before;
  std::string after;
};

/// Fixes that can be made in one go. Each is taken whole or not at all.
class FixSet {
 public:
  /// Takes a fix, unless one of its edits touches what an earlier one changes. The same edit twice
  /// is made once: two findings may be mended by one line.
  [[nodiscard]] bool Add(const Fix& fix);
  bool empty() const { return files_.empty(); }
  /// The files that change, by name.
  std::vector<ChangedFile> Apply() const;

 private:
  // Insertions come before what is replaced at the same byte.
  struct Place {
    std::size_t begin;
    std::size_t end;

    auto operator<=>(const Place&) const = default;
  };
  struct File {
    SourcePtr source;
    std::map<Place, std::string> edits;
  };

  static Place PlaceOf(const Edit& edit);
  bool Collides(const Edit& edit) const;
  void Remove(const Edit& edit);

  // By name, since a file that both nodes have may have been read twice.
  std::map<std::string, File> files_;
};

}  // namespace dhcpair::text
