#include "lint/staging.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "conf/rules.h"
#include "lint/includes.h"
#include "lint/rules.h"

namespace dhcpair::lint {
namespace {

// More files than any dhcpd.conf is made of; each is written and read once for each node.
constexpr std::size_t kFilesMax = 1000;

class NamesInFolder : public StagedNames {
 public:
  explicit NamesInFolder(std::string_view folder) : folder_(folder) {}

  std::string NameOf(std::size_t index, const std::string& node_path) const override {
    std::string staged =
        fmt::format("{}/{}-{}", folder_, index, node_path.substr(node_path.rfind('/') + 1));
    // What cannot stand in a path of ours may come from the include of a hostile master.
    std::ranges::replace_if(staged, [](char c) { return c == '"' || c == '\\' || c < ' '; }, '_');
    return staged;
  }
  bool has_unmanaged() const override { return false; }

 private:
  std::string_view folder_;
};

class Stager {
 public:
  Stager(const pair::Pair& pair, pair::Role role, const StagedNames& names,
         text::Diagnostics& diagnostics)
      : pair_(pair), role_(role), names_(names), diagnostics_(diagnostics) {}

  Staging Plan(const std::vector<generate::NodeFile>& node_files,
               const std::vector<SharedSource>& shared) && {
    for (const generate::NodeFile& file : node_files) {
      if (file.is_fragment) continue;
      Add(file.belongs_in, std::make_shared<const text::SourceFile>(
                               fmt::format("{}/{}", Name(role_), file.name), file.contents));
    }
    for (const SharedSource& file : shared) Add(file.node_path, file.source);
    // A node that was never under dhcpair may have all of it in one file.
    if (!shared.empty()) {
      staging_.master = shared.front().source;
    } else if (!staging_.files.empty()) {
      staging_.master = staging_.files.front().source;
    }
    for (const pair::NodePath& path : pair_.unmanaged) {
      if (names_.has_unmanaged()) {
        staging_.files.push_back({path.text(), path.text(), nullptr});
        continue;
      }
      Add(path.text(), nullptr);
      staging_.unchecked.push_back(path.text());
    }
    // Includes may lead to files that were not known yet, so the texts come last. An include that
    // nothing is known of gets an empty stand-in: dhcpd would stop there and see nothing behind it.
    for (std::size_t i = 0; i < staging_.files.size(); ++i) {
      const text::SourcePtr source = staging_.files[i].source;
      staging_.contents.push_back(source == nullptr ? "" : WithStagedIncludes(source));
    }
    return std::move(staging_);
  }

 private:
  std::string Add(const std::string& node_path, text::SourcePtr source) {
    std::string staged = names_.NameOf(staging_.files.size(), node_path);
    staging_.files.push_back({node_path, staged, std::move(source)});
    return staged;
  }

  std::string StagedPathOf(const Include& include, const text::SourcePtr& source) {
    const auto known = std::ranges::find(staging_.files, include.path, &StagedFile::node_path);
    if (known != staging_.files.end()) return known->staged_path;
    if (staging_.files.size() >= kFilesMax) {
      ReportTooMany({source, include.span});
      return staging_.files.back().staged_path;
    }
    // In the text as it stands: an escape may put a line end into a path that is on one line.
    const auto line_end = source->Text(include.span).find('\n');
    if (line_end != std::string_view::npos) {
      diagnostics_.Add({&conf::rules::kUnclosedString,
                        {source, text::Span{include.span.begin, include.span.begin + line_end}},
                        "this path does not end on its line; a quotation mark is missing"});
    } else {
      diagnostics_.Add({&rules::kUnlistedInclude,
                        {source, include.span},
                        fmt::format("'{}' is neither under 'files:' nor under 'unmanaged:' of {}, "
                                    "so nothing puts it on the nodes",
                                    include.path, pair_.source->name())});
    }
    return Add(include.path, nullptr);
  }

  void ReportTooMany(text::Location at) {
    if (std::exchange(has_too_many_, true)) return;
    diagnostics_.Add({&rules::kTooManyIncludes, std::move(at),
                      fmt::format("more than {} files are included up to here; includes from here "
                                  "on are not checked",
                                  kFilesMax)});
  }

  std::string WithStagedIncludes(const text::SourcePtr& source) {
    const std::string_view text = source->contents();
    std::string staged;
    std::size_t copied = 0;
    for (const Include& include : FindIncludes(text)) {
      staged += text.substr(copied, include.span.begin - copied);
      staged += StagedPathOf(include, source);
      copied = include.span.end;
      // Where a path goes on below for want of a quotation mark, the lines keep their numbers.
      const auto lines = std::ranges::count(source->Text(include.span), '\n');
      if (lines > 0 && copied < text.size()) staged += text[copied++];
      staged.append(static_cast<std::size_t>(lines), '\n');
    }
    staged += text.substr(copied);
    return staged;
  }

  const pair::Pair& pair_;
  const pair::Role role_;
  const StagedNames& names_;
  text::Diagnostics& diagnostics_;
  Staging staging_;
  bool has_too_many_ = false;
};

}  // namespace

Staging PlanStaging(const pair::Pair& pair, pair::Role role,
                    const std::vector<generate::NodeFile>& node_files,
                    const std::vector<SharedSource>& shared, const StagedNames& names,
                    text::Diagnostics& diagnostics) {
  return Stager(pair, role, names, diagnostics).Plan(node_files, shared);
}

Staging PlanStaging(const pair::Pair& pair, pair::Role role,
                    const std::vector<generate::NodeFile>& node_files,
                    const std::vector<SharedSource>& shared, std::string_view folder,
                    text::Diagnostics& diagnostics) {
  return PlanStaging(pair, role, node_files, shared, NamesInFolder(folder), diagnostics);
}

}  // namespace dhcpair::lint
