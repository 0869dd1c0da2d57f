// Any bytes go through all of lint: rules, comments, every way to show findings, and fixes, which
// never make a mistake of what was none.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "conf/conf.h"
#include "conf_text.h"
#include "lint/check.h"
#include "lint/suppressions.h"
#include "text/fix.h"
#include "text/render.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dhcpair;
  const text::SourcePtr source = fuzz::SourceOf(data, size);
  fuzz::Includes includes(source->contents());
  text::Diagnostics read;
  const conf::Model model = conf::Read(includes, source, read);
  text::Diagnostics found = read;
  lint::CheckFile(model, &model, read, found);
  lint::CheckBothNodes(model, model, found);
  found.Fold();
  found.Sort();

  lint::Suppressions suppressions;
  for (const conf::SyntaxTree& tree : model.files) suppressions.Read(tree);
  const lint::Selection selection;
  const text::Diagnostics shown = suppressions.Apply(
      found, {.context = lint::Context::kNodes, .selection = selection, .is_complete = true});
  fuzz::Require(!RenderTerminal(shown, text::Color::kAlways).empty() || shown.empty());
  fuzz::Require(!text::RenderSarif(shown, "0").empty());
  text::RenderGithub(shown);
  if (read.has_errors()) return 0;

  text::FixSet fixes;
  for (const text::Diagnostic& diagnostic : shown.all()) {
    if (diagnostic.fix) static_cast<void>(fixes.Add(*diagnostic.fix));
  }
  for (const text::ChangedFile& file : fixes.Apply()) {
    if (file.before->name() != source->name()) continue;
    text::Diagnostics again;
    conf::Read(includes, std::make_shared<const text::SourceFile>(source->name(), file.after),
               again);
    fuzz::Require(!again.has_errors());
  }
  return 0;
}
