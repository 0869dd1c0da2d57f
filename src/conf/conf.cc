#include "conf/conf.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "conf/declarations.h"
#include "conf/rules.h"
#include "conf/statements.h"
#include "conf/values.h"

namespace dhcpair::conf {
namespace {

class Reader {
 public:
  Reader(text::SourceLoader& loader, text::Diagnostics& diagnostics)
      : loader_(loader), diagnostics_(diagnostics) {}

  Model Run(const text::SourcePtr& source) && {
    model_.has_errors = !ReadFile(source, {});
    // What dhcpd finds when it has read all, it finds only in what it could read.
    if (!model_.has_errors) model_.has_errors = !CheckWhole();
    model_.Finish();
    return std::move(model_);
  }

 private:
  bool ReadFile(const text::SourcePtr& source, const Place& place) {
    open_.push_back(source->name());
    Parse parse(source, model_, known_, diagnostics_);
    ParseFile(parse, place, [this](Parse& includer, const Token& path, const Place& at) {
      return Include(includer, path, at);
    });
    open_.pop_back();
    return parse.errors() == 0 && !has_bad_include_;
  }

  bool Include(Parse& includer, const Token& token, const Place& place) {
    const std::string path(includer.Value(token));
    const auto fail = [&](const text::Rule& rule, std::string message) {
      has_bad_include_ = true;
      return includer.Fail(rule, token, std::move(message));
    };
    if (std::ranges::find(open_, path) != open_.end()) {
      return fail(rules::kIncludeLoop, "this file includes itself");
    }
    if (open_.size() >= kIncludeDepthMax) {
      return fail(rules::kIncludeLoop,
                  fmt::format("files include each other more than {} deep here", kIncludeDepthMax));
    }
    if (++includes_ > kIncludesMax) {
      if (includes_ > kIncludesMax + 1) return false;
      return fail(
          rules::kTooMuch,
          fmt::format("more than {} files are included; the rest is not read", kIncludesMax));
    }
    const auto source = loader_.Load(path, kFileBytesMax);
    if (!source) {
      return fail(rules::kMissingInclude,
                  fmt::format("cannot read '{}': {}", path, Describe(source.error())));
    }
    bytes_ += (*source)->contents().size();
    if (bytes_ > kAllBytesMax) {
      return fail(rules::kTooMuch, fmt::format("all included files together are longer than {} MiB",
                                               kAllBytesMax >> 20));
    }
    const bool ok = ReadFile(*source, place);
    has_bad_include_ = has_bad_include_ || !ok;
    return ok;
  }

  // What dhcpd says without a line; false when it says anything.
  bool CheckWhole() {
    bool ok = true;
    const auto report = [&](const text::Rule& rule, text::Location at, std::string message) {
      diagnostics_.Add({&rule, std::move(at), std::move(message)});
      ok = false;
    };
    for (const Peer& peer : model_.peers) {
      if (peer.pools > 0) continue;
      report(rules::kPeerWithoutPool, model_.LocationOf(peer.origin),
             fmt::format("no pool names the failover peer '{}': put 'failover peer \"{}\";' into "
                         "the pools that both nodes serve",
                         peer.name, peer.name));
    }
    for (const auto& [name, at] : known_.bad_at_start) {
      report(rules::kBadValue, at,
             fmt::format("dhcpd does not start with this value of {}: it has {} octets", name,
                         OctetsAtStart(name).value_or(0)));
    }
    if (known_.empty_default) {
      report(rules::kBadValue, *known_.empty_default,
             "dhcpd executes this when it starts, and crashes where nothing follows; put 'break;' "
             "behind it");
    }
    if (known_.ad_hoc) {
      report(rules::kAdHoc, *known_.ad_hoc, "ad-hoc is gone; take standard, interim or none");
    }
    if (known_.omapi_key && !known_.keys.contains(Lower(known_.omapi_key_name))) {
      report(rules::kUnknownKey, *known_.omapi_key,
             fmt::format("there is no key '{}'", known_.omapi_key_name));
    }
    return ok;
  }

  text::SourceLoader& loader_;
  text::Diagnostics& diagnostics_;
  Model model_;
  Known known_;
  std::vector<std::string> open_;
  std::size_t includes_ = 0;
  std::size_t bytes_ = 0;
  bool has_bad_include_ = false;
};

}  // namespace

Model Read(text::SourceLoader& loader, const text::SourcePtr& source,
           text::Diagnostics& diagnostics) {
  return Reader(loader, diagnostics).Run(source);
}

std::optional<Model> Read(text::SourceLoader& loader, const std::string& path,
                          text::Diagnostics& diagnostics) {
  const auto source = loader.Load(path, kFileBytesMax);
  if (!source) {
    diagnostics.Add({&rules::kUnreadable,
                     text::WholeFile(std::make_shared<const text::SourceFile>(path, "")),
                     fmt::format("cannot read this dhcpd.conf: {}", Describe(source.error()))});
    return std::nullopt;
  }
  return Read(loader, *source, diagnostics);
}

}  // namespace dhcpair::conf
