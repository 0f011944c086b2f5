#include <credence/intake/texts.h>
#include <doctest/doctest.h>

#include <map>
#include <random>

using namespace credence;

namespace {

// Few different bytes, so that many texts are alike: in their beginnings, ends and lengths.
std::string random_text(std::mt19937_64& random) {
  std::string text(random() % 40, 'a');
  for (char& c : text) c = "ab\0\xff"[random() % (random() % 3 == 0 ? 4 : 2)];
  if (random() % 2 == 0) text.resize(std::min<std::size_t>(text.size(), random() % 10));
  return text;
}

}  // namespace

TEST_CASE("texts: each different one has the number of its coming, as in a map") {
  std::mt19937_64 random{3};
  for (int round = 0; round < 30; ++round) {
    Texts texts;
    std::map<std::string, std::int32_t> expected;
    std::vector<std::string> list;
    for (int i = 0; i < 3000; ++i) {
      const std::string text = random_text(random);
      const auto known = expected.find(text);
      REQUIRE(texts.find(text) == (known == expected.end() ? -1 : known->second));
      if (known != expected.end()) continue;
      REQUIRE(texts.add(text) == static_cast<std::int32_t>(list.size()));
      expected.emplace(text, static_cast<std::int32_t>(list.size()));
      list.push_back(text);
    }
    CHECK(texts.size() == list.size());
    CHECK(texts.list() == list);
    for (const auto& [text, number] : expected) REQUIRE(texts.find(text) == number);
  }
}

TEST_CASE("texts: long ones that differ in one byte are two, wherever it stands") {
  Texts texts;
  for (std::size_t size : {std::size_t{15}, std::size_t{16}, std::size_t{17}, std::size_t{64}}) {
    for (std::size_t at = 0; at <= size; ++at) {
      std::string text(size, 'x');
      if (at < size) text[at] = 'y';
      REQUIRE(texts.find(text) == -1);
      REQUIRE(texts.find(text) == -1);
      const std::int32_t number = texts.add(text);
      REQUIRE(texts.find(text) == number);
    }
  }
  CHECK(texts.find("") == -1);
  const auto next = static_cast<std::int32_t>(texts.size());
  CHECK(texts.add("") == next);
  texts.clear();
  CHECK(texts.size() == 0);
  CHECK(texts.find("") == -1);
  CHECK(texts.add("x") == 0);
}

TEST_CASE("texts: a hundred thousand numbers as texts are found again, also after a move") {
  Texts texts;
  for (int i = 0; i < 100'000; ++i) REQUIRE(texts.add(std::to_string(i)) == i);
  const Texts moved = std::move(texts);
  for (int i = 0; i < 100'000; ++i) REQUIRE(moved.find(std::to_string(i)) == i);
  CHECK(moved.find("100000") == -1);
}
