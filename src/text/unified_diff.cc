#include "text/unified_diff.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <dtl/dtl.hpp>
#include <iterator>
#include <span>
#include <unordered_map>
#include <vector>

#include "text/utf8.h"

namespace dhcpair::text {
namespace {

using Lines = std::span<const std::string_view>;

constexpr std::size_t kContextLines = 3;
// What is compared line by line; dtl takes the square of what differs. A larger part without a line
// that both texts have once is shown as replaced.
constexpr std::size_t kComparisonsMax = 4'000'000;

struct Step {
  char mark;  // ' ', '-' or '+', as the diff has it.
  std::string_view line;
};
using Steps = std::vector<Step>;

// With their line ends, which the last one may not have.
std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

void AddAll(char mark, Lines lines, Steps& steps) {
  for (const std::string_view line : lines) steps.push_back({mark, line});
}

void ComparePart(Lines before, Lines after, Steps& steps) {
  const bool is_replaced =
      before.empty() || after.empty() || before.size() > kComparisonsMax / after.size();
  if (is_replaced) {
    AddAll('-', before, steps);
    AddAll('+', after, steps);
    return;
  }
  using Sequence = std::vector<std::string_view>;
  dtl::Diff<std::string_view, Sequence> diff(Sequence(before.begin(), before.end()),
                                             Sequence(after.begin(), after.end()));
  diff.compose();
  for (const auto& [line, info] : diff.getSes().getSequence()) {
    const char mark = info.type == dtl::SES_COMMON ? ' ' : info.type == dtl::SES_ADD ? '+' : '-';
    steps.push_back({mark, line});
  }
}

// A line that stands once in both texts.
struct Anchor {
  std::size_t before;
  std::size_t after;
};

std::vector<Anchor> SharedLines(Lines before, Lines after) {
  struct Counts {
    std::size_t before = 0;
    std::size_t after = 0;
    std::size_t at = 0;
  };
  std::unordered_map<std::string_view, Counts> counts;
  for (const std::string_view line : before) ++counts[line].before;
  for (std::size_t i = 0; i < after.size(); ++i) {
    Counts& count = counts[after[i]];
    ++count.after;
    count.at = i;
  }
  std::vector<Anchor> shared;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const Counts& count = counts[before[i]];
    if (count.before == 1 && count.after == 1) shared.push_back({i, count.at});
  }
  return shared;
}

// The most of them that stand in one order in both texts.
std::vector<Anchor> InOneOrder(const std::vector<Anchor>& shared) {
  std::vector<std::size_t> last;  // Of the rows of each length, the one that ends first.
  std::vector<std::size_t> previous(shared.size());
  for (std::size_t i = 0; i < shared.size(); ++i) {
    const auto place = std::ranges::lower_bound(last, shared[i].after, {},
                                                [&](std::size_t at) { return shared[at].after; });
    if (place != last.begin()) previous[i] = *std::prev(place);
    if (place == last.end()) {
      last.push_back(i);
    } else {
      *place = i;
    }
  }
  std::vector<Anchor> row(last.size());
  for (std::size_t n = last.size(), at = last.empty() ? 0 : last.back(); n-- > 0;) {
    row[n] = shared[at];
    at = previous[at];
  }
  return row;
}

// Cut where both have the same line, the parts between are short.
Steps Compare(Lines before, Lines after) {
  Steps steps;
  const auto [end_before, end_after] = std::ranges::mismatch(before, after);
  const auto head = static_cast<std::size_t>(end_before - before.begin());
  AddAll(' ', before.first(head), steps);
  before = before.subspan(head);
  after = after.subspan(head);
  std::size_t tail = 0;
  while (tail < before.size() && tail < after.size() &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  const Lines same = before.last(tail);
  before = before.first(before.size() - tail);
  after = after.first(after.size() - tail);

  Anchor from{0, 0};
  for (const Anchor& anchor : InOneOrder(SharedLines(before, after))) {
    ComparePart(before.subspan(from.before, anchor.before - from.before),
                after.subspan(from.after, anchor.after - from.after), steps);
    steps.push_back({' ', before[anchor.before]});
    from = {anchor.before + 1, anchor.after + 1};
  }
  ComparePart(before.subspan(from.before), after.subspan(from.after), steps);
  AddAll(' ', same, steps);
  return steps;
}

class Printer {
 public:
  Printer(const Steps& steps, const DiffOptions& options)
      : steps_(steps),
        color_(options.color),
        is_visible_(options.is_visible || options.color != Color::kNever) {}

  std::string Print(const DiffSides& sides) && {
    for (std::size_t i = 0; i < steps_.size();) {
      i = steps_[i].mark == ' ' ? i + 1 : PrintHunk(i);
    }
    if (out_.empty()) return "";
    return Paint("1", fmt::format("--- {}\n", Visible(sides.before_name))) +
           Paint("1", fmt::format("+++ {}\n", Visible(sides.after_name))) + out_;
  }

 private:
  // From the first step that differs; returns the first one behind the hunk.
  std::size_t PrintHunk(std::size_t change) {
    const std::size_t begin = std::max(counted_, change - std::min(change, kContextLines));
    std::size_t end = change;
    for (std::size_t i = change; i < steps_.size() && i <= end + 2 * kContextLines + 1; ++i) {
      if (steps_[i].mark != ' ') end = i;
    }
    end = std::min(steps_.size(), end + 1 + kContextLines);
    CountUpTo(begin);
    const std::size_t before = before_;
    const std::size_t after = after_;
    CountUpTo(end);
    out_ +=
        Paint("36", fmt::format("@@ -{} +{} @@\n", Range(before, before_), Range(after, after_)));
    PrintSteps(begin, end);
    return end;
  }

  void CountUpTo(std::size_t end) {
    for (; counted_ < end; ++counted_) {
      if (steps_[counted_].mark != '+') ++before_;
      if (steps_[counted_].mark != '-') ++after_;
    }
  }

  // Lines count from 1; a range of none names the line before it.
  static std::string Range(std::size_t from, std::size_t to) {
    if (to - from == 1) return fmt::format("{}", to);
    return fmt::format("{},{}", to == from ? from : from + 1, to - from);
  }

  // What goes comes before what takes its place.
  void PrintSteps(std::size_t begin, std::size_t end) {
    while (begin < end) {
      if (steps_[begin].mark == ' ') {
        PrintLine(steps_[begin++]);
        continue;
      }
      std::size_t run = begin;
      while (run < end && steps_[run].mark != ' ') ++run;
      for (const char mark : {'-', '+'}) {
        for (std::size_t i = begin; i < run; ++i) {
          if (steps_[i].mark == mark) PrintLine(steps_[i]);
        }
      }
      begin = run;
    }
  }

  void PrintLine(const Step& step) {
    const bool has_end = step.line.ends_with('\n');
    const std::string_view line = step.line.substr(0, step.line.size() - (has_end ? 1 : 0));
    // A terminal must not be told what to do by the file.
    const std::string shown = is_visible_ ? Visible(line) : std::string(line);
    const std::string whole = fmt::format("{}{}\n", step.mark, shown);
    out_ += step.mark == ' ' ? whole : Paint(step.mark == '-' ? "31" : "32", whole);
    if (!has_end) out_ += "\\ No newline at end of file\n";
  }

  // A line with its end, which stays outside of the colour.
  std::string Paint(std::string_view sgr, std::string_view line) const {
    if (color_ == Color::kNever) return std::string(line);
    line.remove_suffix(1);
    return fmt::format("\x1b[{}m{}\x1b[0m\n", sgr, line);
  }

  const Steps& steps_;
  const Color color_;
  const bool is_visible_;
  std::string out_;
  std::size_t counted_ = 0;  // Steps, and the lines of both sides in them.
  std::size_t before_ = 0;
  std::size_t after_ = 0;
};

}  // namespace

TextDiff DiffTexts(const DiffSides& sides, const DiffOptions& options) {
  const std::vector<std::string_view> before = SplitLines(sides.before);
  const std::vector<std::string_view> after = SplitLines(sides.after);
  const Steps steps = Compare(before, after);
  TextDiff diff{.removed = static_cast<std::size_t>(std::ranges::count(steps, '-', &Step::mark)),
                .added = static_cast<std::size_t>(std::ranges::count(steps, '+', &Step::mark))};
  if (diff.removed + diff.added <= options.changed_lines_max) {
    diff.text = Printer(steps, options).Print(sides);
  }
  return diff;
}

std::string TooManyToShow(const TextDiff& diff) {
  return fmt::format("{} lines go and {} come, too many to show", diff.removed, diff.added);
}

std::string UnifiedDiff(const DiffSides& sides, Color color) {
  return DiffTexts(sides, {.color = color}).text;
}

}  // namespace dhcpair::text
