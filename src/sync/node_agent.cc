#include "sync/node_agent.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/sha256.h"
#include "remote/shell.h"
#include "sync/facts_reader.h"
#include "sync/node_call.h"
#include "text/utf8.h"

namespace dhcpair::sync {
namespace {

using std::chrono::seconds;

// Copies of large files, an init script's fixed sleeps, three attempts to start: a step is given
// time, for one that was given up on goes on on the node.
constexpr seconds kLocking{60};
constexpr seconds kStaging{300};
constexpr seconds kChecking{120};
constexpr seconds kServing{180};
constexpr seconds kGoingBack{600};

// Parts of the input of step_stage start at multiples of this.
constexpr std::size_t kInputBlock = 4096;

NodeError::Kind KindOf(remote::Failure failure) {
  switch (failure) {
    case remote::Failure::kNotPermitted:
      return NodeError::Kind::kNotPermitted;
    case remote::Failure::kTooMuchOutput:
      return NodeError::Kind::kFailed;
    case remote::Failure::kUnknownHost:
    case remote::Failure::kRefused:
    case remote::Failure::kHostKeyUnknown:
    case remote::Failure::kHostKeyChanged:
    case remote::Failure::kNotAuthenticated:
    case remote::Failure::kBadSettings:
    case remote::Failure::kForwardingRefused:
    case remote::Failure::kTimeout:
    case remote::Failure::kLost:
    case remote::Failure::kInterrupted:
      return NodeError::Kind::kUnreachable;
  }
  return NodeError::Kind::kUnreachable;
}

NodeError::Kind KindOf(std::string_view word) {
  using enum NodeError::Kind;
  struct Row {
    std::string_view word;
    NodeError::Kind kind;
  };
  static constexpr std::array kRows{
      Row{"locked", kLocked},       Row{"stale", kStale},
      Row{"no-space", kNoSpace},    Row{"not-permitted", kNotPermitted},
      Row{"not-a-file", kNotAFile}, Row{"rejected", kRejected},
      Row{"service", kService},     Row{"missing", kMissing},
      Row{"failed", kFailed},
  };
  const auto found = std::ranges::find(kRows, word, &Row::word);
  return found == kRows.end() ? kFailed : found->kind;
}

// The last line that is not empty, shortened: what a shell said before it gave up.
std::string LastWords(std::string_view text) {
  return text::Visible(remote::LastLine(text).substr(0, 200));
}

NodeError Explain(ReplyError error, const remote::Answer& answer) {
  const std::string said = LastWords(answer.err.empty() ? answer.out : answer.err);
  const std::string words = said.empty() ? "" : fmt::format(": '{}'", said);
  switch (error) {
    case ReplyError::kNotThere:
      return {NodeError::Kind::kGarbled,
              fmt::format("its shell did not run what it was sent (status {}){}", answer.status,
                          words)};
    case ReplyError::kCutOff:
      return {NodeError::Kind::kGarbled,
              fmt::format("its answer was cut off (status {}){}", answer.status, words)};
    case ReplyError::kMalformed:
      return {NodeError::Kind::kGarbled,
              "its answer cannot be read; did a file change while it was sent?"};
  }
  return {};
}

// Contents as they are sent: without the blocks at their front and the bytes at their end that the
// node has already.
struct Piece {
  std::size_t head_blocks = 0;
  std::string_view sent;
  std::size_t tail_bytes = 0;
};

// For less, the node need not look at what it has.
constexpr std::size_t kWorthLeavingOut = 64 << 10;

Piece WithoutWhatIsThere(std::string_view contents, std::string_view present) {
  const auto same = std::ranges::mismatch(contents, present);
  const auto head = static_cast<std::size_t>(same.in1 - contents.begin()) / kInputBlock;
  const std::string_view rest = contents.substr(head * kInputBlock);
  const auto same_end = std::mismatch(rest.rbegin(), rest.rend(), present.rbegin(), present.rend());
  const auto tail = static_cast<std::size_t>(same_end.first - rest.rbegin());
  if (head * kInputBlock + tail < kWorthLeavingOut) return {.sent = contents};
  return {head, rest.substr(0, rest.size() - tail), tail};
}

// Adds a piece to the input, filled up to a block, and its words to the arguments.
void AddPiece(const Piece& piece, const std::string& sha256, std::string& input,
              std::vector<std::string>& arguments) {
  arguments.insert(arguments.end(),
                   {std::to_string(piece.sent.size()), sha256, std::to_string(piece.head_blocks),
                    std::to_string(piece.tail_bytes)});
  input += piece.sent;
  input.resize((input.size() + kInputBlock - 1) / kInputBlock * kInputBlock, '\0');
}

std::vector<std::string> ToVector(std::span<const std::string> texts) {
  return {texts.begin(), texts.end()};
}

NodeTime StoppedAt(const Reply& reply) { return reply.FindNumber("stopped-at").value_or(0); }

}  // namespace

std::string StagedPath(std::string_view node_path) {
  return std::string(node_path) + ".dhcpair-check";
}

NodeAgent::NodeAgent(remote::Transport& transport, const pair::Pair& pair, pair::Role role)
    : transport_(transport), pair_(pair), role_(role) {}

seconds NodeAgent::looking() const {
  return std::max<seconds>(pair_.node(role_).ssh.timeout, seconds(10));
}

template <typename Read>
auto NodeAgent::Do(std::string_view step, std::vector<std::string> arguments, Work work, Read read)
    -> Result<std::invoke_result_t<Read, const Reply&>> {
  // Nothing that a node prints by itself has this word; it need not be a secret.
  const std::string nonce =
      base::Sha256Hex(fmt::format("{} {} {}", pair_.name.text(), step, ++calls_)).substr(0, 24);
  remote::Request request{
      .script = ComposeCall(pair_, role_,
                            {.step = step, .arguments = std::move(arguments), .nonce = nonce}),
      .input = std::move(work.input),
      .timeout = work.timeout,
  };
  const auto answer = transport_.Run(request);
  if (!answer) {
    return std::unexpected(NodeError{KindOf(answer.error().failure), answer.error().message});
  }
  const auto reply = ReadReply(answer->out, nonce);
  if (!reply) return std::unexpected(Explain(reply.error(), *answer));
  if (reply->failure) {
    return std::unexpected(
        NodeError{KindOf(reply->failure->name), text::Visible(reply->failure->value)});
  }
  return read(*reply);
}

NodeAgent::Result<void> NodeAgent::Do(std::string_view step, std::vector<std::string> arguments,
                                      Work work) {
  const auto done =
      Do(step, std::move(arguments), std::move(work), [](const Reply&) { return true; });
  if (!done) return std::unexpected(done.error());
  return {};
}

NodeAgent::Result<NodeFacts> NodeAgent::Inspect(std::span<const std::string> paths) {
  return Do("step_inspect", ToVector(paths), {looking()}, ReadNode);
}

NodeAgent::Result<LinkFacts> NodeAgent::Look() {
  return Do("step_look", {}, {looking()}, ReadLink);
}

NodeAgent::Result<std::map<std::string, std::string>> NodeAgent::Fetch(
    std::span<const std::string> paths) {
  return Do("step_fetch", ToVector(paths), {kChecking}, ReadContents);
}

NodeAgent::Result<std::vector<GenerationFacts>> NodeAgent::Generations() {
  return Do("step_generations", {}, {looking()}, ReadGenerations);
}

NodeAgent::Result<std::map<std::string, std::string>> NodeAgent::FetchGeneration(int number) {
  return Do("step_fetch_generation", {std::to_string(number)}, {kChecking}, ReadContents);
}

NodeAgent::Result<BootEdit> NodeAgent::SetBoot(const std::string& path, std::string contents,
                                               std::span<const BootSetting> settings) {
  std::vector<std::string> arguments{path, std::to_string(contents.size())};
  for (const BootSetting& setting : settings) {
    arguments.push_back(setting.name + "=" + setting.value);
  }
  return Do("step_boot_settings", std::move(arguments), {kChecking, std::move(contents)},
            [](const Reply& reply) {
              const auto tool = reply.Find("tool");
              BootEdit edit;
              if (tool == "rcctl") edit.tool = BootTool::kRcctl;
              if (tool == "sysrc") edit.tool = BootTool::kSysrc;
              edit.contents = std::string(reply.Find("contents").value_or(""));
              return edit;
            });
}

NodeAgent::Result<bool> NodeAgent::Reaches(base::Ipv4Address address, int port) {
  return Do("step_reaches", {address.ToString(), std::to_string(port)}, {looking()},
            [](const Reply& reply) { return reply.FindNumber("reaches") == 1; });
}

NodeAgent::Result<void> NodeAgent::Lock(const std::string& push, const std::string& owner,
                                        Steal steal) {
  return Do("step_lock", {push, owner, steal == Steal::kYes ? "1" : "0"}, {kLocking});
}

NodeAgent::Result<void> NodeAgent::Unlock(const std::string& push) {
  return Do("step_unlock", {push}, {kLocking});
}

NodeAgent::Result<void> NodeAgent::Stage(const std::string& push, std::span<const NewFile> files,
                                         int generation) {
  std::string input;
  std::vector<std::string> rows;
  for (const NewFile& file : files) {
    const Piece contents = WithoutWhatIsThere(file.contents, file.present);
    const Piece check = WithoutWhatIsThere(file.check_contents, file.present);
    const bool uses_present = contents.sent.size() < file.contents.size() ||
                              check.sent.size() < file.check_contents.size();
    rows.insert(rows.end(), {file.path, fmt::format("{:03o}", file.mode & 0777),
                             uses_present ? base::Sha256Hex(file.present) : "-"});
    AddPiece(contents, file.sha256.empty() ? base::Sha256Hex(file.contents) : file.sha256, input,
             rows);
    if (file.check_contents.empty()) {
      rows.insert(rows.end(), {"-1", "-", "0", "0"});
    } else {
      AddPiece(check, base::Sha256Hex(file.check_contents), input, rows);
    }
  }
  std::vector<std::string> arguments{push, std::to_string(generation),
                                     std::to_string(input.size())};
  arguments.insert(arguments.end(), rows.begin(), rows.end());
  return Do("step_stage", std::move(arguments), {kStaging, std::move(input)});
}

NodeAgent::Result<CheckAnswer> NodeAgent::Check(const std::string& push) {
  return Do("step_check", {push}, {kChecking}, [](const Reply& reply) {
    return CheckAnswer{static_cast<int>(reply.FindNumber("status").value_or(1)),
                       std::string(reply.Find("messages").value_or(""))};
  });
}

NodeAgent::Result<void> NodeAgent::Arm(const std::string& push, const Watch& watch) {
  std::string script = ComposeWatchdog(pair_, role_, push);
  std::vector<std::string> arguments{push, std::to_string(watch.limit.count()),
                                     watch.may_restart ? "1" : "0", base::Sha256Hex(script)};
  return Do("step_arm", std::move(arguments), {kLocking, std::move(script)});
}

NodeAgent::Result<LinkFacts> NodeAgent::Beat(const std::string& push) {
  return Do("step_beat", {push}, {looking()}, ReadLink);
}

NodeAgent::Result<void> NodeAgent::Commit(const std::string& push) {
  return Do("step_commit", {push}, {kChecking});
}

NodeAgent::Result<NodeTime> NodeAgent::Restart(const std::string& push) {
  return Do("step_restart", {push}, {kServing}, StoppedAt);
}

NodeAgent::Result<void> NodeAgent::Ready(const std::string& push, seconds limit, Daemon daemon) {
  return Do("step_ready",
            {push, std::to_string(limit.count()), daemon == Daemon::kToBeRestarted ? "1" : "0"},
            {kLocking});
}

NodeAgent::Result<void> NodeAgent::Confirm(const std::string& push) {
  return Do("step_confirm", {push}, {kLocking});
}

NodeAgent::Result<void> NodeAgent::RollBack(const std::string& push) {
  return Do("step_roll_back", {push}, {kGoingBack});
}

NodeAgent::Result<void> NodeAgent::RollForward(const std::string& push) {
  return Do("step_roll_forward", {push}, {kGoingBack});
}

NodeAgent::Result<void> NodeAgent::Finish(const std::string& push) {
  return Do("step_finish", {push}, {kLocking});
}

NodeAgent::Result<void> NodeAgent::StartService() {
  return Do("step_start_service", {}, {kServing});
}

NodeAgent::Result<NodeTime> NodeAgent::WriteSavedState(const leases::FailoverBlock& block,
                                                       Afterwards afterwards) {
  return Do("step_write_state",
            {afterwards == Afterwards::kStart ? "start" : "as-before", Print(block)}, {kServing},
            StoppedAt);
}

NodeAgent::Result<void> NodeAgent::Record(const std::string& line) {
  return Do("step_record", {text::Visible(line)}, {kLocking});
}

}  // namespace dhcpair::sync
