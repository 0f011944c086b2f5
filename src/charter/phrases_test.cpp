#include <credence/charter/charter.h>
#include <credence/charter/phrases.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

namespace credence {

namespace {

using Words = std::vector<std::string>;
using Owners = std::vector<std::size_t>;

bool is_word(const std::string& run, const std::string& phrase) {
  return run == phrase || run == phrase + "s";
}

// The definition, phrase by phrase and run by run.
bool holds(const Words& name, const std::string& phrase) {
  for (std::size_t from = 0; from < name.size(); ++from) {
    std::string run;
    for (std::size_t to = from; to < name.size(); ++to) {
      run += name[to];
      const bool is_whole = from == 0 && to + 1 == name.size();
      if (phrase.starts_with('=') ? is_whole && is_word(run, phrase.substr(1))
                                  : is_word(run, phrase)) {
        return true;
      }
    }
  }
  return false;
}

Phrases phrases_of(const std::vector<Words>& lists) {
  Phrases phrases;
  for (std::size_t owner = 0; owner < lists.size(); ++owner) {
    for (const std::string& phrase : lists[owner]) phrases.add(phrase, owner);
  }
  return phrases;
}

Words random_name(std::mt19937& draw, const std::vector<std::string>& pieces) {
  Words name(draw() % 6);
  for (std::string& word : name) word = pieces[draw() % pieces.size()];
  return name;
}

}  // namespace

TEST_CASE("phrases: a phrase is found however it is cut, in the plural, and inside a name") {
  const Phrases phrases = phrases_of({{"postcode"}, {"=code", "gps"}});
  CHECK(phrases.owners_in({{"post", "code"}}) == Owners{0});
  CHECK(phrases.owners_in({{"p", "o", "s", "t", "c", "o", "d", "e", "s"}}) == Owners{0});
  CHECK(phrases.owners_in({{"home", "postcodes", "kept"}}) == Owners{0});
  CHECK(phrases.owners_in({{"code"}}) == Owners{1});
  CHECK(phrases.owners_in({{"co", "des"}}) == Owners{1});
  CHECK(phrases.owners_in({{"last", "gps", "post", "code"}}) == Owners{0, 1});
}

TEST_CASE("phrases: a part of a word is no word, and a whole name is nothing less") {
  const Phrases phrases = phrases_of({{"postcode"}, {"=code", "gps"}});
  CHECK(phrases.owners_in({{"postcoded"}}).empty());
  CHECK(phrases.owners_in({{"apostcode"}}).empty());
  CHECK(phrases.owners_in({{"post", "kept", "code"}}).empty());
  CHECK(phrases.owners_in({{"old", "code"}}).empty());
  CHECK(phrases.owners_in({{"code", "old"}}).empty());
  CHECK(phrases.owners_in({{"codess"}}).empty());
  CHECK(phrases.owners_in({{"s"}}).empty());
  CHECK(phrases.owners_in({{}}).empty());
  CHECK(phrases.owners_in({}).empty());
  CHECK(Phrases{}.owners_in({{"code"}, {"s"}}).empty());
}

TEST_CASE("phrases: every reading counts, and an owner is told once") {
  const Phrases phrases = phrases_of({{"a", "ab"}, {"ab", "="}, {"c"}});
  CHECK(phrases.owners_in({{"c"}, {"ab"}, {"a", "b"}}) == Owners{0, 1, 2});
  CHECK(phrases.owners_in({{"ab"}, {"abs"}}) == Owners{0, 1});
}

TEST_CASE("phrases: one pass finds what the definition finds, on names out of pieces of words") {
  const std::vector<Words> lists = {{"a", "bs", "=ab"}, {"aab", "=s", "ss"}, {"bab", "abab", "=a"}};
  const Phrases phrases = phrases_of(lists);
  std::mt19937 draw{7};
  for (int round = 0; round < 20'000; ++round) {
    const std::vector<Words> readings{random_name(draw, {"a", "b", "s", "ab", "-", "bs"}),
                                      random_name(draw, {"a", "b", "s"})};
    Owners expected;
    for (std::size_t owner = 0; owner < lists.size(); ++owner) {
      bool found = false;
      for (const std::string& phrase : lists[owner]) {
        for (const Words& name : readings) found = found || holds(name, phrase);
      }
      if (found) expected.push_back(owner);
    }
    REQUIRE(phrases.owners_in(readings) == expected);
  }
}

TEST_CASE("catalogue: a name is betrayed by the rules that the definition finds, and no others") {
  const Catalogue& catalogue = Charter::builtin().catalogue();
  std::vector<std::string> pieces{"late", "bills", "s", "of", "months", "post", "code", "e"};
  for (const NameRule& rule : catalogue.names) {
    for (const std::string& word : rule.words) {
      pieces.push_back(word.starts_with('=') ? word.substr(1) : word);
      pieces.push_back(pieces.back().substr(0, pieces.back().size() / 2));
      pieces.push_back(word.substr(pieces.back().size()));
    }
  }
  std::mt19937 draw{11};
  for (int round = 0; round < 5'000; ++round) {
    std::string name;
    for (const std::string& word : random_name(draw, pieces)) name += word + "_";
    const Words words = words_of(name);
    bool is_spared = false;  // a phrase that is taken out first is another law
    for (const Words& spared : catalogue.spared) {
      is_spared = is_spared || std::ranges::search(words, spared).begin() != words.end();
    }
    if (is_spared) continue;
    std::vector<const NameRule*> expected;
    for (const NameRule& rule : catalogue.names) {
      for (const std::string& phrase : rule.words) {
        if (!holds(words, phrase)) continue;
        expected.push_back(&rule);
        break;
      }
    }
    CAPTURE(name);
    REQUIRE(catalogue.betrayed_by(name) == expected);
  }
}

}  // namespace credence
