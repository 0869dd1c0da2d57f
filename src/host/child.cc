#include "host/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <mutex>
#include <utility>

// Not in the <unistd.h> of every POSIX system.
extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace dhcpair::host {
namespace {

struct Pipe {
  UniqueFd read_end;
  UniqueFd write_end;
};

// pipe() and fcntl() rather than pipe2(), which not every POSIX system has.
std::optional<Pipe> MakePipe() {
  std::array<int, 2> ends;
  if (pipe(ends.data()) != 0) return std::nullopt;
  for (const int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
  return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

// The environment with the messages' language fixed, since what children say is read by programs.
std::vector<std::string> CLocaleEnvironment() {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (!text.starts_with("LC_") && !text.starts_with("LANG")) environment.emplace_back(text);
  }
  environment.emplace_back("LC_ALL=C");
  return environment;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// The three pipes of a child, by the name of the child's standard file. There is none for an empty
// input.
struct Pipes {
  std::optional<Pipe> in;
  Pipe out;
  Pipe err;
};

std::optional<Pipes> MakePipes(ChildInput input) {
  std::optional<Pipe> in;
  if (input == ChildInput::kPipe) {
    in = MakePipe();
    if (!in) return std::nullopt;
    // A child that does not read must not keep us from hearing what it says.
    fcntl(in->write_end.get(), F_SETFL, O_NONBLOCK);
  }
  std::optional<Pipe> out = MakePipe();
  std::optional<Pipe> err = MakePipe();
  if (!out || !err) return std::nullopt;
  return Pipes{std::move(in), std::move(*out), std::move(*err)};
}

std::optional<pid_t> Spawn(const std::vector<std::string>& argv, const Pipes& pipes) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (pipes.in) {
    posix_spawn_file_actions_adddup2(&actions, pipes.in->read_end.get(), STDIN_FILENO);
  } else {
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  posix_spawn_file_actions_adddup2(&actions, pipes.out.write_end.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipes.err.write_end.get(), STDERR_FILENO);
  std::vector<std::string> arguments = argv;
  std::vector<std::string> environment = CLocaleEnvironment();
  pid_t pid = 0;
  const int error = posix_spawn(&pid, arguments[0].c_str(), &actions, nullptr,
                                Pointers(arguments).data(), Pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return std::nullopt;
  return pid;
}

}  // namespace

// One thread at a time: a child that another thread starts between our pipe() and fcntl() would
// hold our pipes open, and the one that we start would wait for it.
std::optional<Child> StartChild(const std::vector<std::string>& argv, ChildInput input) {
  static std::mutex one_at_a_time;
  const std::scoped_lock lock(one_at_a_time);
  std::optional<Pipes> pipes = MakePipes(input);
  if (!pipes) return std::nullopt;
  const std::optional<pid_t> pid = Spawn(argv, *pipes);
  if (!pid) return std::nullopt;
  // The child has its ends; ours of them close here, else no pipe would ever end.
  return Child{.pid = *pid,
               .in = pipes->in ? std::move(pipes->in->write_end) : UniqueFd(),
               .out = std::move(pipes->out.read_end),
               .err = std::move(pipes->err.read_end)};
}

bool Drain(const UniqueFd& from, std::string& into) {
  std::array<char, 1 << 14> buffer;
  const ssize_t got = read(from.get(), buffer.data(), buffer.size());
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  into.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0;
}

bool Feed(const UniqueFd& to, std::string_view& rest) {
  const ssize_t put = write(to.get(), rest.data(), rest.size());
  if (put < 0) return errno == EINTR || errno == EAGAIN;
  rest.remove_prefix(static_cast<std::size_t>(put));
  return !rest.empty();
}

void Reap(pid_t pid) {
  while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace dhcpair::host
