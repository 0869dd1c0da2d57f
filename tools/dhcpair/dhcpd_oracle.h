#pragma once

#include <string>

#include "lint/staging.h"
#include "pair/pair.h"
#include "text/diagnostic.h"

namespace dhcpair {

/// The ISC dhcpd of this machine, which is asked what it says to a configuration.
class DhcpdOracle {
 public:
  /// None is asked, for this reason.
  explicit DhcpdOracle(std::string missing) : missing_(std::move(missing)) {}
  /// The one at this path, or the installed one where none is given.
  static DhcpdOracle Find(const std::string& path);

  /// Why there is none to ask; empty where there is one.
  const std::string& missing() const { return missing_; }
  /// Runs `dhcpd -t` over a node's files and reports what it says. Returns why it could not, or
  /// nothing.
  std::string Ask(const lint::Staging& staging, pair::Role role, text::Diagnostics& found) const;

 private:
  DhcpdOracle() = default;

  std::string path_;
  std::string missing_;
};

}  // namespace dhcpair
