#include <credence/charter/catalogue.h>
#include <credence/charter/letters.h>

#include <cstdint>

namespace credence {

namespace {

struct Plain {
  char32_t first, last;
  char small;
};

// Small Latin letters with a mark; their capitals stand 0x20 before them.
constexpr Plain kPlain[] = {
    {0xe0, 0xe6, 'a'}, {0xe7, 0xe7, 'c'}, {0xe8, 0xeb, 'e'}, {0xec, 0xef, 'i'}, {0xf1, 0xf1, 'n'},
    {0xf2, 0xf6, 'o'}, {0xf8, 0xf8, 'o'}, {0xf9, 0xfc, 'u'}, {0xfd, 0xfd, 'y'}, {0xff, 0xff, 'y'}};

// Latin Extended-A, where capitals and small letters alternate.
constexpr Plain kExtended[] = {
    {0x100, 0x105, 'a'}, {0x106, 0x10d, 'c'}, {0x10e, 0x111, 'd'}, {0x112, 0x11b, 'e'},
    {0x11c, 0x123, 'g'}, {0x124, 0x127, 'h'}, {0x128, 0x133, 'i'}, {0x134, 0x135, 'j'},
    {0x136, 0x138, 'k'}, {0x139, 0x142, 'l'}, {0x143, 0x14b, 'n'}, {0x14c, 0x151, 'o'},
    {0x154, 0x159, 'r'}, {0x15a, 0x161, 's'}, {0x162, 0x167, 't'}, {0x168, 0x173, 'u'},
    {0x174, 0x175, 'w'}, {0x176, 0x178, 'y'}, {0x179, 0x17e, 'z'}, {0x17f, 0x17f, 's'}};

}  // namespace

Letter letter_of(char32_t c) {
  if (c >= 0x300 && c <= 0x36f) return {0, false, true};
  if (c >= 0xff21 && c <= 0xff5a) c -= 0xfee0;  // wide forms of A to z
  if (c >= 'a' && c <= 'z') return {static_cast<char>(c)};
  if (c >= 'A' && c <= 'Z') return {static_cast<char>(c + 0x20), true};
  for (const Plain& plain : kExtended) {
    if (c >= plain.first && c <= plain.last) return {plain.small};
  }
  bool capital = c >= 0xc0 && c <= 0xdd;
  if (capital) c += 0x20;
  for (const Plain& plain : kPlain) {
    if (c >= plain.first && c <= plain.last) return {plain.small, capital};
  }
  return {};
}

char32_t next_point(std::string_view text, std::size_t& at) {
  auto first = static_cast<unsigned char>(text[at++]);
  int more = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  if (more == 0) return first < 0x80 ? first : U'?';
  char32_t point = first & (0x3fU >> more);
  for (; more > 0 && at < text.size(); --more) {
    auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xc0U) != 0x80U) return U'?';
    point = (point << 6) | (byte & 0x3fU);
    ++at;
  }
  return point;
}

namespace {

class Cutter {
 public:
  void take(Letter letter) {
    if (letter.mark) return;
    if (letter.small == 0) {
      end_word();
      return;
    }
    // "firstName" is cut before N, and "GPSLatitude" before L.
    if (letter.capital && !word_.empty() && !capital_) end_word();
    if (!letter.capital && capital_ && word_.size() > 1) {
      char last = word_.back();
      word_.pop_back();
      end_word();
      word_ = std::string(1, last);
    }
    word_ += letter.small;
    capital_ = letter.capital;
  }

  std::vector<std::string> finish() {
    end_word();
    return std::move(words_);
  }

 private:
  void end_word() {
    if (!word_.empty()) words_.push_back(word_);
    word_.clear();
    capital_ = false;
  }

  std::vector<std::string> words_;
  std::string word_;
  bool capital_ = false;  // the last letter taken
};

}  // namespace

std::vector<std::string> words_of(std::string_view name) {
  Cutter cutter;
  for (std::size_t at = 0; at < name.size();) {
    char32_t point = next_point(name, at);
    if (point == 0x153 || point == 0x152) {
      cutter.take({'o'});
      cutter.take({'e'});
    } else {
      cutter.take(letter_of(point));
    }
  }
  return cutter.finish();
}

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

// The letter that a digit stands for; 1 is an i or an l.
char letter_for(char digit, char one) {
  constexpr std::string_view kLetters = "o?zeasgtbg";
  return digit == '1' ? one : kLetters[static_cast<std::size_t>(digit - '0')];
}

// Only digits with letters on both sides belong to a word: "late_bills_12m" stays as it is.
std::string with_letters(std::string_view name, char one) {
  std::string folded{name};
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (!is_digit(name[at])) continue;
    std::size_t end = at;
    while (end < name.size() && is_digit(name[end])) ++end;
    bool inside = at > 0 && is_letter(name[at - 1]) && end < name.size() && is_letter(name[end]);
    for (; at < end; ++at) {
      if (inside) folded[at] = letter_for(name[at], one);
    }
  }
  return folded;
}

}  // namespace

std::vector<std::vector<std::string>> readings_of(std::string_view name) {
  std::vector<std::vector<std::string>> readings{words_of(name)};
  for (char one : {'i', 'l'}) {
    std::string folded = with_letters(name, one);
    if (folded != name) readings.push_back(words_of(folded));
  }
  return readings;
}

}  // namespace credence
