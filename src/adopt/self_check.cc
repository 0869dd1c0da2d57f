#include "adopt/self_check.h"

#include <algorithm>
#include <map>

#include "conf/conf.h"
#include "generate/node_files.h"
#include "lint/staged_loader.h"
#include "lint/staging.h"
#include "pair/load.h"

namespace dhcpair::adopt {
namespace {

// The new files in front of those that are there.
class NewFilesLoader : public text::SourceLoader {
 public:
  NewFilesLoader(const Plan& plan, const std::string& folder, text::SourceLoader& there)
      : there_(there) {
    for (const OutputFile& file : plan.files) {
      const std::string path = folder + file.name;
      files_[path] = std::make_shared<const text::SourceFile>(path, file.contents);
    }
  }

  std::expected<text::SourcePtr, text::LoadError> Load(const std::string& path,
                                                       std::size_t bytes_max) override {
    const auto file = files_.find(path);
    if (file == files_.end()) return there_.Load(path, bytes_max);
    if (file->second->contents().size() > bytes_max) {
      return std::unexpected(text::LoadError::kTooLarge);
    }
    return file->second;
  }

 private:
  std::map<std::string, text::SourcePtr> files_;
  text::SourceLoader& there_;
};

void CheckNode(const pair::Pair& pair, pair::Role role, text::SourceLoader& loader,
               text::Diagnostics& diagnostics) {
  const auto files = GenerateNode(pair, role, generate::TemplateSet(loader), diagnostics);
  if (!files) return;
  std::vector<lint::SharedSource> shared;
  const auto add = [&](const std::string& from, const std::string& to) {
    if (auto source = loader.Load(from, pair::kSharedFileBytesMax)) {
      shared.push_back({to, *std::move(source)});
    }
  };
  add(pair.master, pair.node(role).paths.master.text());
  for (const pair::SharedFile& file : pair.files) add(file.from, file.to.text());
  const lint::Staging staging = PlanStaging(pair, role, *files, shared, "", diagnostics);
  lint::StagedLoader staged(staging);
  text::Diagnostics found;
  conf::Read(staged, staging.files.front().source, found);
  for (text::Diagnostic diagnostic : found.all()) {
    diagnostic.node = Name(role);
    diagnostics.Add(std::move(diagnostic));
  }
}

}  // namespace

text::Diagnostics SelfCheck(const Plan& plan, const std::string& folder,
                            text::SourceLoader& loader) {
  NewFilesLoader with_new(plan, folder, loader);
  text::Diagnostics diagnostics;
  const auto pair = pair::Load(with_new, folder + std::string(kPairName), diagnostics);
  if (!pair) return diagnostics;
  for (const pair::Role role : {pair::Role::kPrimary, pair::Role::kSecondary}) {
    CheckNode(*pair, role, with_new, diagnostics);
  }
  diagnostics.Fold();
  diagnostics.Sort();
  return diagnostics;
}

}  // namespace dhcpair::adopt
