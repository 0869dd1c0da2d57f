#include "leases/date.h"

#include <fmt/core.h>

#include <charconv>
#include <chrono>

namespace dhcpair::leases {
namespace {

using conf::TokenKind;
using conf::operator""_kw;

struct CivilTime {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

std::optional<Date> ToDate(const CivilTime& time) {
  const std::chrono::year_month_day day{std::chrono::year(time.year),
                                        std::chrono::month(static_cast<unsigned>(time.month)),
                                        std::chrono::day(static_cast<unsigned>(time.day))};
  // 23:59:60 is a leap second.
  const bool is_time = time.hour < 24 && time.minute < 60 && time.second <= 60;
  if (!day.ok() || !is_time || time.year < 1970 || time.year > 9999) return std::nullopt;
  const Date days = std::chrono::sys_days(day).time_since_epoch().count();
  return days * 86400 + time.hour * 3600 + time.minute * 60 + time.second;
}

std::optional<Date> InRange(std::optional<Date> date) {
  if (!date || *date < 0 || *date > kDateMax) return std::nullopt;
  return date;
}

std::optional<std::int64_t> TakeNumber(Words& words) {
  if (words.Peek().kind != TokenKind::kNumber) return std::nullopt;
  const std::string_view digits = words.TextOf(words.Take());
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// A number with what stands before it.
bool TakePart(Words& words, char separator, int& part) {
  if (separator != '\0' && !words.TakeIf(separator)) return false;
  const auto number = TakeNumber(words);
  if (!number || *number < 0 || *number > 9999) return false;
  part = static_cast<int>(*number);
  return true;
}

// The one form that dhcpd itself writes, up to its semicolon: " W YYYY/MM/DD HH:MM:SS". A word at a
// time it is twelve words, and there are five dates in a lease.
constexpr std::string_view kForm = "D DDDD/DD/DD DD:DD:DD;";

std::optional<Date> ReadForm(std::string_view text) {
  if (text.size() < kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool fits = kForm[i] == 'D' ? text[i] >= '0' && text[i] <= '9' : text[i] == kForm[i];
    if (!fits) return std::nullopt;
  }
  const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  return ToDate({.year = two(2) * 100 + two(4),
                 .month = two(7),
                 .day = two(10),
                 .hour = two(13),
                 .minute = two(16),
                 .second = two(19)});
}

std::optional<Date> TakeCivilDate(Words& words) {
  CivilTime time;
  if (!TakeNumber(words)) return std::nullopt;  // The weekday.
  const bool has_all = TakePart(words, '\0', time.year) && TakePart(words, '/', time.month) &&
                       TakePart(words, '/', time.day) && TakePart(words, '\0', time.hour) &&
                       TakePart(words, ':', time.minute) && TakePart(words, ':', time.second);
  if (!has_all) return std::nullopt;
  const auto date = ToDate(time);
  if (!date || words.Peek().kind != TokenKind::kNumber) return date;
  const auto offset = TakeNumber(words);
  if (!offset || *offset < -kDateMax || *offset > kDateMax) return std::nullopt;
  return InRange(*date + *offset);
}

std::chrono::year_month_day DayOf(Date date) {
  return std::chrono::sys_days(std::chrono::days(date / 86400));
}

}  // namespace

std::optional<Date> TakeDate(Words& words) {
  const std::uint32_t begin = words.Peek().begin;
  if (const auto date = ReadForm(words.text().substr(begin))) {
    words.SkipTo(begin + static_cast<std::uint32_t>(kForm.size()) - 1);
    return date;
  }
  if (words.TakeIf("never"_kw)) return kNever;
  if (words.TakeIf("epoch"_kw)) return InRange(TakeNumber(words));
  return TakeCivilDate(words);
}

std::optional<Date> ReadDate(std::string_view text) {
  Words words(text);
  const auto date = TakeDate(words);
  if (words.Peek().kind != TokenKind::kEnd || words.Peek().end != text.size()) return std::nullopt;
  return date;
}

std::string PrintDate(Date date) {
  if (date == kNever) return "never";
  const auto day = DayOf(date);
  const auto in_day = date % 86400;
  const unsigned weekday = std::chrono::weekday(std::chrono::sys_days(day)).c_encoding();
  return fmt::format("{} {:04}/{:02}/{:02} {:02}:{:02}:{:02}", weekday,
                     static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()), in_day / 3600, in_day / 60 % 60,
                     in_day % 60);
}

std::string DateForPeople(Date date) {
  if (date == kNever) return "never";
  std::string printed = PrintDate(date).substr(2);
  printed[4] = printed[7] = '-';
  return printed;
}

}  // namespace dhcpair::leases
