#include <credence/intake/texts.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace credence {

namespace {

constexpr std::size_t kShort = 16;
constexpr std::size_t kFewest = 64;  // places

template <class Word>
std::uint64_t word_at(const char* bytes) {
  Word word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// Odd numbers without a pattern (the fractions of the square roots of 2, 3 and 5).
constexpr std::uint64_t kMixers[] = {0x6a09e667f3bcc909, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b};

std::uint64_t mixed(std::uint64_t first, std::uint64_t second) {
  std::uint64_t mix = first * kMixers[0] ^ std::rotl(second * kMixers[1], 32);
  mix = (mix ^ mix >> 32U) * kMixers[2];
  return mix ^ mix >> 29U;
}

struct Words {
  std::uint64_t first = 0, second = 0;
};

// With its length, all of a text of up to 16 bytes: words that overlap. Of a longer one, its first
// bytes and a sum of all.
Words words_of(std::string_view text) {
  const char* bytes = text.data();
  const std::size_t size = text.size();
  if (size > kShort) {
    std::uint64_t sum = word_at<std::uint64_t>(bytes + size - 8);
    for (std::size_t at = 0; at + 8 <= size; at += 8)
      sum = mixed(sum, word_at<std::uint64_t>(bytes + at));
    return {word_at<std::uint64_t>(bytes), sum};
  }
  if (size >= 8) return {word_at<std::uint64_t>(bytes), word_at<std::uint64_t>(bytes + size - 8)};
  if (size >= 4)
    return {word_at<std::uint32_t>(bytes) | word_at<std::uint32_t>(bytes + size - 4) << 32U, 0};
  if (size == 0) return {};
  return {word_at<std::uint8_t>(bytes) | word_at<std::uint8_t>(bytes + size / 2) << 8U |
              word_at<std::uint8_t>(bytes + size - 1) << 16U,
          0};
}

}  // namespace

Texts::Place Texts::wanted_place(std::string_view text, std::int32_t number) {
  const Words words = words_of(text);
  return {.first = words.first,
          .second = words.second,
          .size = static_cast<std::uint32_t>(text.size()),
          .number = number};
}

// Where an equal text is, or the free place where it would be. REQUIRES: a free place.
std::size_t Texts::find_place(const Place& wanted, std::string_view text) const {
  const std::size_t last = places_.size() - 1;
  for (std::size_t at = mixed(wanted.first, wanted.second ^ wanted.size) & last;;
       at = (at + 1) & last) {
    const Place& place = places_[at];
    if (place.number < 0) return at;
    const bool is_alike =
        place.first == wanted.first && place.second == wanted.second && place.size == wanted.size;
    if (!is_alike) continue;
    if (text.size() <= kShort || texts_[static_cast<std::size_t>(place.number)] == text) return at;
  }
}

std::int32_t Texts::find(std::string_view text) const {
  if (places_.empty()) return -1;
  return places_[find_place(wanted_place(text, -1), text)].number;
}

std::int32_t Texts::add(std::string_view text) {
  if (2 * (texts_.size() + 1) > places_.size()) grow();
  const auto number = static_cast<std::int32_t>(texts_.size());
  const Place place = wanted_place(text, number);
  places_[find_place(place, text)] = place;
  texts_.emplace_back(text);
  return number;
}

void Texts::grow() {
  std::vector<Place> before(std::max(kFewest, 2 * places_.size()));
  before.swap(places_);
  for (const Place& place : before)
    if (place.number >= 0)
      places_[find_place(place, texts_[static_cast<std::size_t>(place.number)])] = place;
}

void Texts::clear() {
  places_.clear();
  texts_.clear();
}

}  // namespace credence
