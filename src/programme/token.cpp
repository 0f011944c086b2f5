#include <credence/programme/token.h>

#include <array>

namespace credence {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

Token make(Token::Kind kind, std::string_view expression, std::size_t begin, std::size_t size) {
  return {kind, expression.substr(begin, size), begin, size};
}

std::size_t run(std::string_view text, bool (*accepts)(char)) {
  std::size_t size = 0;
  while (size < text.size() && accepts(text[size])) ++size;
  return size;
}

// 4 digits, 2 digits, 2 digits: `2026-01-31` is one word, although `-` alone subtracts.
bool looks_like_date(std::string_view rest) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (rest.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == 'd' ? !is_digit(rest[i]) : rest[i] != '-') return false;
  }
  return rest.size() == kShape.size() || !is_digit(rest[kShape.size()]);
}

std::size_t number_size(std::string_view rest) {
  std::size_t whole = run(rest, is_digit);
  bool has_part = whole + 1 < rest.size() && rest[whole] == '.' && is_digit(rest[whole + 1]);
  return has_part ? whole + 1 + run(rest.substr(whole + 1), is_digit) : whole;
}

Token choice_token(std::string_view expression, std::size_t begin) {
  std::size_t close = expression.find('\'', begin + 1);
  if (close == std::string_view::npos) {
    return make(Token::Kind::unclosed, expression, begin, expression.size() - begin);
  }
  Token token = make(Token::Kind::choice, expression, begin, close + 1 - begin);
  token.text = expression.substr(begin + 1, close - begin - 1);
  return token;
}

Token operation_token(std::string_view expression, std::size_t begin) {
  // The spellings of other languages are read as one word, so that the finding can name the right
  // one.
  constexpr std::array<std::string_view, 7> kPairs = {"!=", "<=", ">=", "==", "<>", "&&", "||"};
  std::string_view rest = expression.substr(begin);
  for (std::string_view pair : kPairs) {
    if (!rest.starts_with(pair)) continue;
    bool foreign = pair == "==" || pair == "<>" || pair == "&&" || pair == "||";
    return make(foreign ? Token::Kind::unreadable : Token::Kind::operation, expression, begin, 2);
  }
  if (std::string_view{"=<>+-()"}.find(rest[0]) != std::string_view::npos) {
    return make(Token::Kind::operation, expression, begin, 1);
  }
  std::size_t size = 1;
  while (size < rest.size() && (rest[size] & 0xc0) == 0x80) ++size;
  return make(Token::Kind::unreadable, expression, begin, size);
}

}  // namespace

Token next_token(std::string_view expression, std::size_t from) {
  std::size_t begin = from + run(expression.substr(from), is_space);
  if (begin >= expression.size()) return {Token::Kind::end, {}, expression.size(), 0};
  std::string_view rest = expression.substr(begin);
  if (looks_like_date(rest)) return make(Token::Kind::date, expression, begin, 10);
  if (is_digit(rest[0])) return make(Token::Kind::number, expression, begin, number_size(rest));
  if (is_letter(rest[0])) {
    std::size_t size = run(rest, [](char c) { return is_letter(c) || is_digit(c); });
    return make(Token::Kind::name, expression, begin, size);
  }
  if (rest[0] == '\'') return choice_token(expression, begin);
  return operation_token(expression, begin);
}

}  // namespace credence
