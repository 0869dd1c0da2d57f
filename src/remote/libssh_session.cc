#include "remote/libssh_session.h"

#include <fmt/format.h>
#include <libssh/libssh.h>
#include <poll.h>

#include <new>

#include "remote/libssh_parts.h"
#include "text/utf8.h"

namespace dhcpair::remote {

LibsshSession::LibsshSession() : session_(ssh_new()) {
  if (session_ == nullptr) throw std::bad_alloc();
  ssh_set_blocking(session_, 0);
}

LibsshSession::~LibsshSession() {
  if (ssh_is_connected(session_) != 0) ssh_disconnect(session_);
  ssh_free(session_);
}

// By our own poll(), which a signal ends; libssh's goes on. What came is handled here and not left
// to the next call: reading from a channel that has seen its end of file handles nothing, and so
// would never see its exit status.
void LibsshSession::AwaitNews(const Deadline& deadline) const {
  pollfd wait{ssh_get_fd(session_), POLLIN, 0};
  if ((ssh_get_poll_flags(session_) & SSH_WRITE_PENDING) != 0) wait.events |= POLLOUT;
  if (poll(&wait, 1, deadline.wait_ms()) <= 0) return;
  const ssh_event event = ssh_event_new();
  if (event == nullptr) return;
  if (ssh_event_add_session(event, session_) == SSH_OK) {
    ssh_event_dopoll(event, 0);
    ssh_event_remove_session(event, session_);
  }
  ssh_event_free(event);
}

bool LibsshSession::is_alive() const { return ssh_is_connected(session_) != 0; }

std::string LibsshSession::LastError() const { return text::Visible(ssh_get_error(session_)); }

Error LibsshSession::Lost() const {
  return {Failure::kLost, fmt::format("the connection was lost ({})", LastError())};
}

void FreeLibsshKey::operator()(ssh_key_struct* key) const { ssh_key_free(key); }

std::string LibsshText(char* text) {
  if (text == nullptr) return "";
  std::string copy = text;
  ssh_string_free_char(text);
  return copy;
}

std::string LibsshOption(const LibsshSession& session, ssh_options_e option) {
  char* text = nullptr;
  return ssh_options_get(session.get(), option, &text) == SSH_OK ? LibsshText(text) : "";
}

void FreeLibsshChannel::operator()(ssh_channel_struct* channel) const { ssh_channel_free(channel); }

}  // namespace dhcpair::remote
