#include "text/table.h"

#include <algorithm>

#include "text/utf8.h"

namespace dhcpair::text {

std::string FormatTable(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], CountColumns(Visible(row[i])));
    }
  }
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cell = Visible(row[i]);
      out += cell;
      // Nothing behind the last cell: no trailing blanks.
      if (i + 1 < row.size()) out.append(widths[i] - CountColumns(cell) + 2, ' ');
    }
    out += '\n';
  }
  return out;
}

}  // namespace dhcpair::text
