#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "conf/model.h"
#include "dhcpd_oracle.h"
#include "lint/mapped_loader.h"
#include "lint/registry.h"
#include "lint/selection.h"
#include "lint/suppressions.h"
#include "lint_options.h"
#include "lint_report.h"
#include "pair/pair.h"
#include "text/source_file.h"

namespace dhcpair {

/// What all checks of one run go by.
struct LintSetup {
  const LintOptions& options;
  const lint::Selection& selection;
  const lint::IncludeMap& include_map;
  const DhcpdOracle& oracle;
};

/// Checks everything on the command line, in its order.
class LintChecker {
 public:
  LintChecker(const LintSetup& setup, text::SourceLoader& loader)
      : setup_(setup), loader_(loader) {}

  /// The reports in that order; none when an interrupt came.
  std::vector<LintReport> Run();

 private:
  void CheckFile(const std::string& path);
  void CheckNodes(const std::string& first, const std::string& second);
  void CheckPair(const std::string& path);
  std::optional<conf::Model> Read(const std::string& path, text::Diagnostics& found,
                                  lint::Suppressions& suppressions);
  void Finish(LintReport& report, lint::Suppressions& suppressions, lint::Context context) const;
  // Takes the fixes away that would change what is not the user's to change, or what was not
  // understood.
  void StripFixes(LintReport& report) const;

  const LintSetup& setup_;
  text::SourceLoader& loader_;
  std::vector<LintReport> reports_;
  std::vector<pair::Pair> pairs_;
  // The files that a fix may change: those of the command line, and the own ones of its pairs.
  std::set<std::string, std::less<>> editable_;
};

}  // namespace dhcpair
