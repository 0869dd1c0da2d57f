#include "ask.h"

#include <fmt/core.h>
#include <unistd.h>

#include <iostream>
#include <string>

#include "common.h"

namespace dhcpair {

Reply Ask(std::string_view question) {
  if (isatty(STDIN_FILENO) != 1) return Reply::kNobodyThere;
  PrintErr(fmt::format("{} [y/N] ", question));
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "yes" ? Reply::kYes : Reply::kNo;
}

}  // namespace dhcpair
