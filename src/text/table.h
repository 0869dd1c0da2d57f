#pragma once

#include <string>
#include <vector>

namespace dhcpair::text {

/// Rows of cells as lines, each column as wide as its widest cell and two blanks between columns.
/// Cells are made Visible, for they hold paths that others chose.
std::string FormatTable(const std::vector<std::vector<std::string>>& rows);

}  // namespace dhcpair::text
