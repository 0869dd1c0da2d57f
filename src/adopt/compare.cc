#include "adopt/compare.h"

#include <map>
#include <set>
#include <string>

#include "conf/lexer.h"

namespace dhcpair::adopt {
namespace {

// Whether both texts are the same to dhcpd.
bool SameWords(const std::string& a, const std::string& b) {
  conf::Lexer lexer_a(a);
  conf::Lexer lexer_b(b);
  for (;;) {
    const conf::Token token_a = lexer_a.Next();
    const conf::Token token_b = lexer_b.Next();
    const std::string_view word_a =
        std::string_view(a).substr(token_a.begin, token_a.end - token_a.begin);
    const std::string_view word_b =
        std::string_view(b).substr(token_b.begin, token_b.end - token_b.begin);
    if (token_a.kind != token_b.kind || word_a != word_b) return false;
    if (token_a.kind == conf::TokenKind::kEnd) return true;
  }
}

// Files by their place on the nodes; the master's is the same for both.
std::map<std::string, const SharedText*> ByPath(const SharedFiles& shared) {
  std::map<std::string, const SharedText*> files;
  for (const SharedText& file : shared.files) {
    files[&file == &shared.files.front() ? "" : file.path] = &file;
  }
  return files;
}

Change Difference(const SharedText* a, const SharedText* b) {
  return {a == nullptr ? "/dev/null" : a->source->name(), a == nullptr ? "" : a->ShownAfter(),
          b == nullptr ? "/dev/null" : b->source->name(), b == nullptr ? "" : b->ShownAfter()};
}

}  // namespace

Comparison Compare(const SharedFiles& a, const SharedFiles& b) {
  const auto files_a = ByPath(a);
  const auto files_b = ByPath(b);
  std::set<std::string> paths;
  for (const auto& [path, file] : files_a) paths.insert(path);
  for (const auto& [path, file] : files_b) paths.insert(path);
  Comparison comparison{.is_equal = true, .differences = {}};
  for (const std::string& path : paths) {
    const auto at_a = files_a.find(path);
    const auto at_b = files_b.find(path);
    if (at_a == files_a.end() || at_b == files_b.end()) {
      comparison.is_equal = false;
      comparison.differences.push_back(Difference(at_a == files_a.end() ? nullptr : at_a->second,
                                                  at_b == files_b.end() ? nullptr : at_b->second));
      continue;
    }
    const std::string text_a = at_a->second->Text();
    const std::string text_b = at_b->second->Text();
    if (text_a == text_b) continue;
    comparison.is_equal = false;
    if (!SameWords(text_a, text_b)) {
      comparison.differences.push_back(Difference(at_a->second, at_b->second));
    }
  }
  return comparison;
}

}  // namespace dhcpair::adopt
