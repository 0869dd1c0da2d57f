// Any bytes are a leases file, in pieces as in one; what is read is printed and read back the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "conf_text.h"
#include "leases/compare.h"
#include "leases/pool_usage.h"
#include "leases/reader.h"
#include "leases/writer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dhcpair;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const leases::LeasesFile whole = leases::ReadLeases(text);

  leases::Reader reader;
  for (std::size_t at = 0; at < size; at += 5) reader.Feed(text.substr(at, 5));
  const leases::LeasesFile pieces = reader.Finish();
  fuzz::Require(pieces.database == whole.database);
  fuzz::Require(pieces.findings.kept().size() == whole.findings.kept().size());

  const std::string printed = Print(whole.database);
  const leases::LeasesFile again = leases::ReadLeases(printed);
  fuzz::Require(again.database == whole.database && again.findings.kept().empty());
  fuzz::Require(Print(again.database) == printed);

  const leases::Comparison same =
      Compare(whole.database, whole.database, SettingsOf(whole.database, whole.database));
  fuzz::Require(same.differences.empty());
  for (leases::Database::Index i = 0; i < whole.database.size(); ++i) {
    const leases::Lease lease = whole.database.At(i);
    fuzz::Require(leases::ReadLeases(Print(lease)).database.size() == 1);
  }
  return 0;
}
