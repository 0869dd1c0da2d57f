#include "text/fix.h"

#include <cassert>
#include <iterator>

namespace dhcpair::text {

FixSet::Place FixSet::PlaceOf(const Edit& edit) {
  const Span span = edit.at.span.value();
  assert(span.begin <= span.end && span.end <= edit.at.source->contents().size());
  return {span.begin, span.end};
}

bool FixSet::Collides(const Edit& edit) const {
  const auto file = files_.find(edit.at.source->name());
  if (file == files_.end()) return false;
  const SourcePtr& source = file->second.source;
  // A file that changed between two readings has no place in common with itself.
  if (source != edit.at.source && source->contents() != edit.at.source->contents()) return true;
  const auto& edits = file->second.edits;
  const Place place = PlaceOf(edit);
  const auto next = edits.lower_bound(place);
  if (next != edits.end()) {
    // Two texts for one place have no order between them.
    if (next->first == place) return next->second != edit.replacement;
    if (next->first.begin < place.end) return true;
  }
  return next != edits.begin() && std::prev(next)->first.end > place.begin;
}

bool FixSet::Add(const Fix& fix) {
  std::vector<const Edit*> added;
  for (const Edit& edit : fix.edits) {
    if (Collides(edit)) {
      for (const Edit* const earlier : added) Remove(*earlier);
      return false;
    }
    File& file = files_[edit.at.source->name()];
    if (file.source == nullptr) file.source = edit.at.source;
    const bool is_new = file.edits.try_emplace(PlaceOf(edit), edit.replacement).second;
    if (is_new) added.push_back(&edit);
  }
  return true;
}

void FixSet::Remove(const Edit& edit) {
  const auto file = files_.find(edit.at.source->name());
  file->second.edits.erase(PlaceOf(edit));
  if (file->second.edits.empty()) files_.erase(file);
}

std::vector<ChangedFile> FixSet::Apply() const {
  std::vector<ChangedFile> changed;
  for (const auto& [name, file] : files_) {
    const std::string_view before = file.source->contents();
    std::string after;
    std::size_t copied = 0;
    for (const auto& [place, replacement] : file.edits) {
      after += before.substr(copied, place.begin - copied);
      after += replacement;
      copied = place.end;
    }
    after += before.substr(copied);
    if (after != before) changed.push_back({file.source, std::move(after)});
  }
  return changed;
}

}  // namespace dhcpair::text
