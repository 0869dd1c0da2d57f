// tests/corpus/mistakes.txt: pieces of dhcpd.conf that dhcpd rejects, each behind a line
// "=== NAME LINE:COLUMN RULE", where it is wrong and by which rule.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "read_conf.h"

namespace dhcpair::conf {
namespace {

struct Piece {
  std::string name;
  std::string place;
  std::string rule;
  std::string text;
};

std::vector<Piece> Mistakes() {
  const char* const root = std::getenv("DHCPAIR_SOURCE_ROOT");
  std::ifstream in(std::string(root == nullptr ? "." : root) + "/tests/corpus/mistakes.txt");
  std::vector<Piece> pieces;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("=== ")) {
      Piece& piece = pieces.emplace_back();
      std::istringstream(line.substr(4)) >> piece.name >> piece.place >> piece.rule;
      if (line.ends_with(" no-line-end")) piece.text = "\xff";  // Taken off again below.
    } else if (!pieces.empty()) {
      pieces.back().text += line + "\n";
    }
  }
  for (Piece& piece : pieces) {
    if (!piece.text.starts_with('\xff')) continue;
    piece.text = piece.text.substr(1, piece.text.find_last_not_of('\n'));
  }
  return pieces;
}

TEST(Mistakes, AreFoundAtTheirPlaceByTheirRule) {
  const std::vector<Piece> pieces = Mistakes();
  ASSERT_GT(pieces.size(), 100u);
  for (const Piece& piece : pieces) {
    const test::ReadConf read = test::Read(piece.text);
    std::vector<std::string> found;
    for (const text::Diagnostic& diagnostic : read.diagnostics.all()) {
      if (diagnostic.severity() != text::Severity::kError) continue;
      const text::Position at = diagnostic.at.source->PositionOf(diagnostic.at.span->begin);
      found.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
                      std::string(diagnostic.rule->id));
    }
    const std::string wanted = piece.place + " " + piece.rule;
    EXPECT_TRUE(std::ranges::find(found, wanted) != found.end())
        << piece.name << ": wanted " << wanted << "\n"
        << read.findings();
    EXPECT_TRUE(read.model.has_errors) << piece.name;
  }
}

}  // namespace
}  // namespace dhcpair::conf
