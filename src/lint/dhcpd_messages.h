#pragma once

#include <string>
#include <string_view>

#include "lint/staging.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// How `dhcpd -t` ended and what it wrote to standard error.
struct DhcpdCheck {
  int exit_status;  ///< 0 accepted, 1 rejected, 128 + n died of signal n.
  std::string_view messages;
};

/// Turns what dhcpd 4.4 says about staged files into findings about the files they stand for.
/// A check that failed never comes back without an error: words that are not understood become a
/// finding about the node's dhcpd.conf as a whole. Only where dhcpd was not let at the files is
/// there a warning instead (rules::kDhcpdConfined), for then nothing was checked. `node` is
/// "primary" or "secondary".
void ReadDhcpdMessages(const DhcpdCheck& check, const Staging& staging, const std::string& node,
                       text::Diagnostics& diagnostics);

}  // namespace dhcpair::lint
