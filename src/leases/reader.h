#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "leases/database.h"
#include "leases/findings.h"
#include "leases/lease_block.h"
#include "leases/words.h"

namespace dhcpair::leases {

/// What a leases file says, and what is wrong with it.
struct LeasesFile {
  Database database;
  Findings findings;
  std::uint64_t bytes = 0;
};

/// Reads a leases file piece by piece, of any length, in a memory that its leases alone fill. The
/// last complete declaration of an address, a peer or a host wins wholly, as in dhcpd. A last one
/// without its end is never trusted, although dhcpd takes it. What cannot be read is reported with
/// its line and left behind at its closing brace.
class Reader {
 public:
  /// The next bytes of the file.
  void Feed(std::string_view piece);
  /// The end of the file. Call it once.
  LeasesFile Finish();
  /// Whether the rest of the file makes no difference any more: it is beyond a limit, or behind the
  /// byte that ends the file for dhcpd.
  bool is_done() const { return is_done_; }

 private:
  /// How a declaration ended: whole, readable or not, or at the end of what is there of the file.
  enum class Ending { kWhole, kAtEnd };

  void Parse(Words::Rest rest);
  void LeaveComment(Words::Rest rest);
  std::uint32_t ReadAll(Words& words);
  Ending ReadDeclaration(Words& words);
  Ending ReadLease(Words& words);
  void PutLease(const Lease& lease, std::uint32_t line);
  Ending ReadFailover(Words& words);
  Ending ReadNamed(Words& words);
  Ending ReadDuid(Words& words);
  Ending ReadByteOrder(Words& words);
  Ending ReadDhcpv6(Words& words);
  Ending ReadJunk(Words& words);
  Ending LeaveBehind(Words& words, FindingKind kind, const Problem& problem);
  Ending Skip(Words& words);
  std::optional<Problem> LexProblem(const Words& words);
  void Report(FindingKind kind, std::uint32_t line, std::string message);
  void ReportEnd(const Words& words, std::uint32_t line);
  void CommitFindings();

  LeasesFile file_;
  LeaseBlock block_;
  std::string pending_;            // What is not read yet, from the beginning of a declaration.
  std::size_t worth_reading_ = 0;  // So much of it must be there.
  std::uint64_t lines_before_ = 0;
  bool is_in_comment_ = false;  // pending_ begins inside a comment.
  bool is_done_ = false;
  // Of the declaration that is being read; they count only when its end is there.
  conf::LexerPosition begin_;
  std::vector<Finding> found_;
  std::size_t lex_errors_seen_ = 0;
};

/// A whole file at once.
LeasesFile ReadLeases(std::string_view contents);

}  // namespace dhcpair::leases
