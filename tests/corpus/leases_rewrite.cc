// Standard input, a leases file, as our reader and writer have it; what was found goes to standard
// error.
#include <fmt/core.h>

#include <iostream>
#include <iterator>
#include <string>

#include "leases/reader.h"
#include "leases/writer.h"

int main() {
  using namespace dhcpair;
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  const leases::LeasesFile file = leases::ReadLeases(text);
  for (const leases::Finding& finding : file.findings.kept()) {
    fmt::print(stderr, "{}: {}\n", finding.line, finding.message);
  }
  fmt::print("{}", Print(file.database));
  return 0;
}
