#pragma once

#include <vector>

#include "adopt/plan.h"
#include "adopt/shared_files.h"

namespace dhcpair::adopt {

/// What two halves of a pair would share, compared.
struct Comparison {
  bool is_equal;                    ///< Byte for byte.
  std::vector<Change> differences;  ///< In more than comments and spacing.
};

/// Compares word by word, for comments and spacing mean nothing to dhcpd.
Comparison Compare(const SharedFiles& a, const SharedFiles& b);

}  // namespace dhcpair::adopt
