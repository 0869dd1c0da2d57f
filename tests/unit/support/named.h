#pragma once

#include <ostream>

namespace dhcpair::test {

/// The base of a row of a test's table: its name is the test's suffix (letters and digits only) and
/// all that a failure prints of it. Texts of rows hold bytes that no report should.
struct Named {
  const char* name;

  friend std::ostream& operator<<(std::ostream& out, const Named& row) { return out << row.name; }
};

}  // namespace dhcpair::test
