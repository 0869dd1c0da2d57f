#include "conf/lexer.h"

#include <gtest/gtest.h>

#include <string>

#include "support/named.h"

namespace dhcpair::conf {
namespace {

std::string_view Name(TokenKind kind) {
  switch (kind) {
    case TokenKind::kEnd:
      return "end";
    case TokenKind::kString:
      return "string";
    case TokenKind::kNumber:
      return "number";
    case TokenKind::kNumberOrName:
      return "hex";
    case TokenKind::kName:
      return "name";
    case TokenKind::kKeyword:
      return "keyword";
    case TokenKind::kPunctuation:
      return "sign";
  }
  return "";
}

// "keyword:subnet number:10 sign:." and so on.
std::string Tokens(std::string_view text) {
  std::string printed;
  Lexer lexer(text);
  for (Token token = lexer.Next(); token.kind != TokenKind::kEnd; token = lexer.Next()) {
    if (!printed.empty()) printed += ' ';
    printed += Name(token.kind);
    printed += ':';
    printed += text.substr(token.begin, token.end - token.begin);
  }
  return printed;
}

struct TokensRow : test::Named {
  const char* text;
  const char* tokens;
};

class LexerTokens : public testing::TestWithParam<TokensRow> {};

TEST_P(LexerTokens, AreThoseOfDhcpd) { EXPECT_EQ(Tokens(GetParam().text), GetParam().tokens); }

INSTANTIATE_TEST_SUITE_P(
    Rows, LexerTokens,
    testing::Values(TokensRow{"Nothing", "", ""}, TokensRow{"Space", " \t\r\n\v\f", ""},
                    TokensRow{"Comment", "# subnet", ""},
                    TokensRow{"CommentBetween", "yes#b\nno-one", "name:yes name:no-one"},
                    TokensRow{"SlashesAreNoComment", "// yes", "sign:/ sign:/ name:yes"},
                    TokensRow{"Keyword", "subnet SubNet", "keyword:subnet keyword:SubNet"},
                    TokensRow{"Address", "10.0.0.1",
                              "number:10 sign:. number:0 sign:. number:0 "
                              "sign:. number:1"},
                    TokensRow{"HexLetters", "ab beef z9", "hex:ab hex:beef hex:z9"},
                    TokensRow{"HexWithPrefix", "0x1f 0x", "hex:0x1f name:0x"},
                    TokensRow{"DigitsFirst", "1a 1z 1-b", "hex:1a name:1z name:1-b"},
                    TokensRow{"Minus", "-5 - a-b", "number:-5 number:- name:a-b"},
                    TokensRow{"Underscore", "_a a_b", "sign:_ hex:a name:a_b"},
                    TokensRow{"String", R"("a b" "\"")", R"(string:"a b" string:"\"")"},
                    TokensRow{"StringOverLines", "\"a\nb\"", "string:\"a\nb\""},
                    TokensRow{"CommentSignInAString", "\"#\"", "string:\"#\""},
                    TokensRow{"ByteOrderMark", "\xef\xbb\xbf", "sign:\xef sign:\xbb sign:\xbf"},
                    TokensRow{"EndByte", "a \xff b", "hex:a"},
                    TokensRow{"EndByteInAComment", "# \xff x\n\ny", "hex:x hex:y"},
                    TokensRow{"Colons", "0:a1:ff", "number:0 sign:: hex:a1 sign:: hex:ff"}),
    [](const auto& row) { return row.param.name; });

TEST(Lexer, CountsTheLineOnWhichATokenBegins) {
  Lexer lexer("a\n\n\"x\ny\" b");
  EXPECT_EQ(lexer.Next().line, 1u);
  EXPECT_EQ(lexer.Next().line, 3u);
  EXPECT_EQ(lexer.Next().line, 4u);
  EXPECT_EQ(lexer.Next().kind, TokenKind::kEnd);
  EXPECT_EQ(lexer.Next().kind, TokenKind::kEnd) << "the end stays the end";
}

struct LexErrorRow : test::Named {
  std::string text;
  LexError::Kind kind;
  std::uint32_t line = 1;
};

class LexerErrors : public testing::TestWithParam<LexErrorRow> {};

TEST_P(LexerErrors, AreFoundOnceAndReadingGoesOn) {
  const LexErrorRow& row = GetParam();
  Lexer lexer(row.text);
  while (lexer.Next().kind != TokenKind::kEnd) {
  }
  ASSERT_EQ(lexer.errors().size(), 1u);
  EXPECT_EQ(lexer.errors()[0].kind, row.kind);
  EXPECT_EQ(lexer.errors()[0].line, row.line);
  lexer.GoTo({0, 1});
  while (lexer.Next().kind != TokenKind::kEnd) {
  }
  EXPECT_EQ(lexer.errors().size(), 1u) << "what is read again is not reported again";
}

INSTANTIATE_TEST_SUITE_P(
    Rows, LexerErrors,
    testing::Values(
        LexErrorRow{"UnclosedString", "a\n\"b", LexError::Kind::kUnclosedString, 2},
        LexErrorRow{"OnlyAQuote", "\"", LexError::Kind::kUnclosedString},
        LexErrorRow{"BackslashAtTheEnd", "\"\\", LexError::Kind::kUnclosedString},
        LexErrorRow{"BadHex", R"("\xg1")", LexError::Kind::kBadEscape},
        LexErrorRow{"ShortHex", R"("\x1")", LexError::Kind::kBadEscape},
        LexErrorRow{"BadOctal", R"("\19")", LexError::Kind::kBadEscape},
        LexErrorRow{"LongString", '"' + std::string(1500, 'a') + '"', LexError::Kind::kTooLong},
        LexErrorRow{"LongWord", std::string(1500, 'a'), LexError::Kind::kTooLong},
        LexErrorRow{"LongNumber", std::string(1500, '1'), LexError::Kind::kTooLong},
        LexErrorRow{"LongSpace", std::string(1500, '\n'), LexError::Kind::kTooMuchSpace, 0},
        LexErrorRow{"LongSpaceBehindAComment", "a\n#\n" + std::string(1500, ' '),
                    LexError::Kind::kTooMuchSpace},
        LexErrorRow{"EscapeBehindAZero", R"("\01")", LexError::Kind::kBadEscape},
        LexErrorRow{"ZeroThatTakesTheQuote", R"("\0")", LexError::Kind::kUnclosedString},
        LexErrorRow{"StringThatTheEndByteEnds", "\"a\xff\"", LexError::Kind::kUnclosedString}),
    [](const auto& row) { return row.param.name; });

TEST(Lexer, TakesWhatJustFitsIntoTheBufferOfDhcpd) {
  for (const std::string& text : {'"' + std::string(1499, 'a') + '"', std::string(1499, 'a'),
                                  std::string(1499, ' ') + "#\n" + std::string(1499, ' ')}) {
    Lexer lexer(text);
    while (lexer.Next().kind != TokenKind::kEnd) {
    }
    EXPECT_TRUE(lexer.errors().empty()) << text.substr(0, 5);
  }
}

struct ValueRow : test::Named {
  const char* quoted;
  std::string value;
};

class StringValues : public testing::TestWithParam<ValueRow> {};

TEST_P(StringValues, HaveTheirEscapesReplaced) {
  EXPECT_EQ(StringValue(GetParam().quoted), GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(Rows, StringValues,
                         testing::Values(ValueRow{"Plain", R"("a b")", "a b"},
                                         ValueRow{"Empty", R"("")", ""},
                                         ValueRow{"Letters", R"("\t\r\n\b")", "\t\r\n\b"},
                                         ValueRow{"Others", R"("\"\\\q")", "\"\\q"},
                                         ValueRow{"Hex", R"("\x41\xff")", "A\xff"},
                                         ValueRow{"Octal", R"("\101\377")", "A\xff"},
                                         ValueRow{"ShortZero", R"("\0")", std::string(1, '\0')},
                                         ValueRow{"Unclosed", R"("ab)", "ab"},
                                         ValueRow{"OnlyAQuote", "\"", ""}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::conf
