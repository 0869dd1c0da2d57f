#include "remote/get_put.h"

#include <fmt/format.h>

#include <array>
#include <random>

#include "remote/shell.h"
#include "text/utf8.h"

namespace dhcpair::remote {
namespace {

using Kind = FileError::Kind;

// Room for what a noisy profile prints.
constexpr std::size_t kNoiseBytesMax = 64 << 10;

// A word that no banner and no file foresees, so that our lines are told from theirs.
std::string NewMark() {
  std::random_device random;
  return fmt::format("dhcpair-{:08x}{:08x}", random(), random());
}

// What the scripts below say, and what it means.
struct Word {
  std::string_view word;
  Kind kind;
  std::string_view meaning;
};

constexpr std::array kWords{
    Word{"missing", Kind::kMissing, "there is no such file"},
    Word{"no-folder", Kind::kMissing, "there is no such folder"},
    Word{"no-file", Kind::kNotAFile, "is no regular file"},
    Word{"not-permitted", Kind::kNotPermitted, "may not be read or written by our user"},
    Word{"too-large", Kind::kTooLarge, "is larger than it may be"},
    Word{"cut-off", Kind::kGarbled, "did not arrive whole and was left as it was"},
    Word{"failed", Kind::kFailed, "could not be read or written"},
};

constexpr std::string_view kGetScript = R"(
say() { printf '\n%s %s\n' "$mark" "$1"; }
if [ ! -e "$file" ] && [ ! -h "$file" ]; then say missing; exit 0; fi
if [ ! -f "$file" ]; then say no-file; exit 0; fi
if [ ! -r "$file" ]; then say not-permitted; exit 0; fi
bytes=$(wc -c <"$file") || { say failed; exit 0; }
if [ "$bytes" -gt "$max" ]; then say too-large; exit 0; fi
say begin
if cat "$file"; then say end; else say failed; fi
)";

// The new file is made with set -C, so that no link that somebody laid out leads us elsewhere.
constexpr std::string_view kPutScript = R"(
say() { printf '\n%s %s\n' "$mark" "$1"; }
if [ -h "$file" ] || { [ -e "$file" ] && [ ! -f "$file" ]; }; then say no-file; exit 0; fi
folder=$(dirname "$file")
if [ ! -d "$folder" ]; then say no-folder; exit 0; fi
if [ ! -w "$folder" ]; then say not-permitted; exit 0; fi
new=$file.$mark
trap 'rm -f "$new"' 0
trap 'exit 1' 1 2 13 15
umask 077
set -C
if ! contents >"$new"; then say failed; exit 0; fi
bytes=$(wc -c <"$new") || { say failed; exit 0; }
if [ "$bytes" -ne "$size" ]; then say cut-off; exit 0; fi
if chmod "$mode" "$new" && mv -f "$new" "$file"; then say end; else say failed; fi
)";

FileError Remote(const Error& error) { return {Kind::kRemote, error.message, error.failure}; }

// The last line that a node's program wrote about it.
std::string Reason(const Answer& answer) {
  const std::string_view last = LastLine(answer.err);
  return last.empty() ? "" : fmt::format(" ('{}')", text::Visible(last));
}

Kind KindOfFailure(Kind kind, std::string_view err) {
  if (kind != Kind::kFailed) return kind;
  if (err.find("No space left") != std::string_view::npos) return Kind::kNoSpace;
  if (err.find("Read-only file system") != std::string_view::npos) return Kind::kNotPermitted;
  if (err.find("Permission denied") != std::string_view::npos) return Kind::kNotPermitted;
  return kind;
}

FileError Explain(const std::string& path, const Answer& answer, std::string_view said) {
  for (const Word& word : kWords) {
    if (said == word.word) {
      return {KindOfFailure(word.kind, answer.err),
              fmt::format("'{}' {}{}", text::Visible(path), word.meaning, Reason(answer))};
    }
  }
  return {Kind::kGarbled,
          fmt::format("the node's answer about '{}' was cut off or is none of ours{}",
                      text::Visible(path), Reason(answer))};
}

// What stands between two of our lines, or behind one to its end.
struct Framed {
  std::string_view first_word;
  std::string_view between;
  std::string_view last_word;
};

std::string_view WordAt(std::string_view text, std::size_t at) {
  const std::size_t line_end = text.find('\n', at);
  return line_end == std::string_view::npos ? "" : text.substr(at, line_end - at);
}

Framed ReadFrame(std::string_view out, const std::string& mark) {
  const std::string line = "\n" + mark + " ";
  const std::size_t first = out.find(line);
  if (first == std::string_view::npos) return {};
  Framed framed{WordAt(out, first + line.size()), {}, {}};
  const std::size_t begin = first + line.size() + framed.first_word.size() + 1;
  const std::size_t last = out.rfind(line);
  if (last < begin) return framed;
  framed.between = out.substr(begin, last - begin);
  framed.last_word = WordAt(out, last + line.size());
  return framed;
}

}  // namespace

std::expected<std::string, FileError> Get(Transport& transport, const std::string& path,
                                          std::size_t bytes_max) {
  const std::string mark = NewMark();
  const auto answer = transport.Run(
      {.script = fmt::format("mark={} file={} max={}{}", mark, Quote(path), bytes_max, kGetScript),
       .output_bytes_max = bytes_max + kNoiseBytesMax});
  if (!answer) return std::unexpected(Remote(answer.error()));
  const Framed framed = ReadFrame(answer->out, mark);
  if (framed.first_word != "begin") {
    return std::unexpected(Explain(path, *answer, framed.first_word));
  }
  if (framed.last_word != "end") return std::unexpected(Explain(path, *answer, framed.last_word));
  return std::string(framed.between);
}

std::expected<void, FileError> Put(Transport& transport, const std::string& path,
                                   std::string_view contents, int mode) {
  const std::string mark = NewMark();
  // Without contents there is no input of ours that could be read.
  const std::string_view reader =
      contents.empty() ? "\ncontents() { :; }" : "\ncontents() { cat; }";
  const auto answer =
      transport.Run({.script = fmt::format("mark={} file={} size={} mode={:04o}{}{}", mark,
                                           Quote(path), contents.size(), mode, reader, kPutScript),
                     .input = std::string(contents)});
  if (!answer) return std::unexpected(Remote(answer.error()));
  const Framed framed = ReadFrame(answer->out, mark);
  if (framed.first_word != "end") return std::unexpected(Explain(path, *answer, framed.first_word));
  return {};
}

}  // namespace dhcpair::remote
