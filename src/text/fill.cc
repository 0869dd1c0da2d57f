#include "text/fill.h"

#include <algorithm>

#include "text/utf8.h"

namespace dhcpair::text {
namespace {

class Filler {
 public:
  Filler(std::size_t width, std::string_view indent) : width_(width), indent_(indent) {}

  void Line(std::string_view line) {
    if (line.find_first_not_of(' ') == std::string_view::npos) {
      EndLine();
      // One empty line, and none before the first paragraph.
      if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
    } else if (line.starts_with(' ')) {
      EndLine();
      out_.append(indent_).append(line) += '\n';
    } else {
      Words(line);
    }
  }

  std::string Take() && {
    EndLine();
    if (out_.ends_with("\n\n")) out_.pop_back();
    return std::move(out_);
  }

 private:
  void Words(std::string_view line) {
    while (!line.empty()) {
      const std::size_t end = std::min(line.find(' '), line.size());
      if (end > 0) Word(line.substr(0, end));
      line.remove_prefix(std::min(end + 1, line.size()));
    }
  }

  void Word(std::string_view word) {
    const std::size_t columns = CountColumns(word);
    if (!current_.empty() && columns_ + 1 + columns > width_) EndLine();
    if (current_.empty()) {
      current_ = indent_;
      columns_ = CountColumns(indent_);
    } else {
      current_ += ' ';
      ++columns_;
    }
    current_ += word;
    columns_ += columns;
  }

  void EndLine() {
    if (!current_.empty()) (out_ += current_) += '\n';
    current_.clear();
  }

  const std::size_t width_;
  const std::string_view indent_;
  std::string out_;
  std::string current_;  // The line that is being filled.
  std::size_t columns_ = 0;
};

}  // namespace

std::string Fill(std::string_view prose, std::size_t width, std::string_view indent) {
  Filler filler(width, indent);
  while (!prose.empty()) {
    const std::size_t end = std::min(prose.find('\n'), prose.size());
    filler.Line(prose.substr(0, end));
    prose.remove_prefix(std::min(end + 1, prose.size()));
  }
  return std::move(filler).Take();
}

}  // namespace dhcpair::text
