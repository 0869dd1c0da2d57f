// The layering of src/: every #include of every room against src/rooms.txt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

using Rooms = std::map<std::string, std::set<std::string>>;

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// "room: below below"; a room may always include itself.
Rooms ParseRooms(const std::string& text) {
  Rooms rooms;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const auto colon = line.find(':');
    const std::string room = line.substr(0, colon);
    std::istringstream below(line.substr(colon + 1));
    rooms[room].insert(room);
    for (std::string name; below >> name;) rooms[room].insert(name);
  }
  return rooms;
}

// What is forbidden in one file of a room, as "FILE:LINE: ...".
std::vector<std::string> CheckFile(const Rooms& rooms, const std::string& room,
                                   const std::string& name, const std::string& text) {
  std::vector<std::string> forbidden;
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    constexpr std::string_view kInclude = "#include \"";
    if (!line.starts_with(kInclude)) continue;
    const std::string path = line.substr(kInclude.size(), line.rfind('"') - kInclude.size());
    const std::string target = path.substr(0, path.find('/'));
    const std::string place = name + ":" + std::to_string(number) + ": ";
    if (!path.contains('/') || !rooms.contains(target)) {
      forbidden.push_back(place + "'" + path + "' is in no room of rooms.txt");
    } else if (!rooms.at(room).contains(target)) {
      forbidden.push_back(place + room + " may not include " + target);
    }
  }
  return forbidden;
}

// Sockets, files, clocks and the environment are for host, remote, runtime and the programs.
std::vector<std::string> CheckPurity(const std::string& name, const std::string& text) {
  constexpr std::string_view kForbidden[] = {"<fstream>", "<filesystem>",      "<unistd.h>",
                                             "<fcntl.h>", "<sys/socket.h>",    "<thread>",
                                             "<random>",  "system_clock::now", "steady_clock::now",
                                             "getenv(",   "std::fopen",        "random_device"};
  std::vector<std::string> found;
  for (const std::string_view word : kForbidden) {
    if (text.contains(word)) found.push_back(name + ": uses " + std::string(word));
  }
  return found;
}

std::filesystem::path SourceRoot() {
  const char* const root = std::getenv("DHCPAIR_SOURCE_ROOT");
  return std::filesystem::path(root != nullptr ? root : ".") / "src";
}

bool IsSource(const std::filesystem::path& path) {
  return path.extension() == ".cc" || path.extension() == ".h";
}

TEST(Rooms, EveryIncludeGoesToARoomThatTheTableAllows) {
  const Rooms rooms = ParseRooms(ReadAll(SourceRoot() / "rooms.txt"));
  ASSERT_FALSE(rooms.empty());
  int files = 0;
  for (const auto& [room, allowed] : rooms) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(SourceRoot() / room)) {
      if (!IsSource(entry.path())) continue;
      ++files;
      const std::string text = ReadAll(entry.path());
      EXPECT_THAT(CheckFile(rooms, room, entry.path().string(), text), testing::IsEmpty());
      const bool may_do_io = room == "host" || room == "remote" || room == "runtime";
      if (!may_do_io) {
        EXPECT_THAT(CheckPurity(entry.path().string(), text), testing::IsEmpty());
      }
    }
  }
  EXPECT_GT(files, 30) << "the test looks in the wrong place";
}

TEST(Rooms, EveryFolderIsInTheTable) {
  const Rooms rooms = ParseRooms(ReadAll(SourceRoot() / "rooms.txt"));
  for (const auto& entry : std::filesystem::directory_iterator(SourceRoot())) {
    if (entry.is_directory()) {
      EXPECT_TRUE(rooms.contains(entry.path().filename().string())) << entry.path();
    }
  }
}

TEST(Rooms, TheTableNamesLowerRoomsOnly) {
  std::istringstream lines(ReadAll(SourceRoot() / "rooms.txt"));
  std::set<std::string> above;
  for (std::string line; std::getline(lines, line);) {
    for (const auto& [room, allowed] : ParseRooms(line)) {
      for (const std::string& target : allowed) {
        EXPECT_TRUE(target == room || above.contains(target)) << room << " names " << target;
      }
      above.insert(room);
    }
  }
}

TEST(Rooms, AForbiddenIncludeIsFound) {
  const Rooms rooms = ParseRooms("base:\ntext: base\npair: base text\n");
  EXPECT_THAT(CheckFile(rooms, "text", "text/x.cc",
                        "#include \"text/x.h\"\n#include \"base/y.h\"\n#include \"pair/z.h\"\n"),
              testing::ElementsAre("text/x.cc:3: text may not include pair"));
  EXPECT_THAT(CheckFile(rooms, "text", "text/x.cc", "#include \"cellar/z.h\"\n"),
              testing::ElementsAre("text/x.cc:1: 'cellar/z.h' is in no room of rooms.txt"));
}

TEST(Rooms, AClockInAPureRoomIsFound) {
  EXPECT_THAT(CheckPurity("pair/x.cc", "auto t = std::chrono::system_clock::now();"),
              testing::ElementsAre("pair/x.cc: uses system_clock::now"));
}

}  // namespace
