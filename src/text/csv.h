#pragma once

#include <string>
#include <vector>

namespace dhcpair::text {

/// One record of a CSV file (RFC 4180), with its CRLF. Cells are made Visible, for they hold what
/// others chose; one that a spreadsheet would take for a formula (it begins with =, +, - or @) gets
/// an apostrophe in front.
std::string CsvRecord(const std::vector<std::string>& cells);

}  // namespace dhcpair::text
