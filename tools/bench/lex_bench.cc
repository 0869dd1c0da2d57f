// How fast the lexer alone is: lex_bench FILE
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <string>

#include "conf/lexer.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: lex_bench FILE\n");
    return 2;
  }
  std::ifstream in(argv[1], std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  std::size_t tokens = 0;
  double best = 1e9;
  for (int run = 0; run < 10; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    dhcpair::conf::Lexer lexer(text);
    for (tokens = 0; lexer.Next().kind != dhcpair::conf::TokenKind::kEnd;) ++tokens;
    best = std::min(
        best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  fmt::print("{:.0f} MB/s, {:.1f} million tokens/s\n",
             static_cast<double>(text.size()) / 1e6 / best,
             static_cast<double>(tokens) / 1e6 / best);
  return 0;
}
