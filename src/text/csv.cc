#include "text/csv.h"

#include <string_view>

#include "text/utf8.h"

namespace dhcpair::text {
namespace {

std::string Cell(std::string_view raw) {
  std::string cell = Visible(raw);
  // Programs that import CSV leave out blanks before they look for a formula.
  const std::size_t first = cell.find_first_not_of(' ');
  if (first != std::string::npos && std::string_view("=+-@").contains(cell[first])) {
    cell.insert(0, "'");
  }
  if (cell.find_first_of(",\"") == std::string::npos && !cell.starts_with(' ') &&
      !cell.ends_with(' ')) {
    return cell;
  }
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string CsvRecord(const std::vector<std::string>& cells) {
  std::string record;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) record += ',';
    record += Cell(cells[i]);
  }
  return record + "\r\n";
}

}  // namespace dhcpair::text
