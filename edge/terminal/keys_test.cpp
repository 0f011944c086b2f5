#include <credence/terminal/keys.h>
#include <doctest/doctest.h>

#include <random>
#include <vector>

using namespace credence;

namespace {

using Kind = Key::Kind;

std::vector<Key> keys_of(std::string_view bytes) {
  KeyDecoder decoder;
  std::vector<Key> keys;
  for (char byte : bytes)
    if (auto key = decoder.take(byte)) keys.push_back(*key);
  if (auto key = decoder.flush()) keys.push_back(*key);
  return keys;
}

}  // namespace

TEST_CASE("keys: letters, also of more than one byte, are themselves") {
  CHECK(keys_of("jé€😀") ==
        std::vector<Key>{
            {Kind::text, "j"}, {Kind::text, "é"}, {Kind::text, "€"}, {Kind::text, "😀"}});
}

TEST_CASE("keys: arrows are known as VT100, xterm, tmux and the Linux console send them") {
  CHECK(keys_of("\x1b[A\x1b[B\x1b[C\x1b[D") ==
        std::vector<Key>{{Kind::up}, {Kind::down}, {Kind::right}, {Kind::left}});
  CHECK(keys_of("\x1bOA\x1bOD") == std::vector<Key>{{Kind::up}, {Kind::left}});
  CHECK(keys_of("\x1b[1;5A") == std::vector<Key>{{Kind::up}});
}

TEST_CASE("keys: those without a name here are one key each, and nothing of them is typed") {
  CHECK(keys_of("\x1b[3~j") == std::vector<Key>{{Kind::other}, {Kind::text, "j"}});
  CHECK(keys_of("\x1b[[Aj") ==
        std::vector<Key>{{Kind::other}, {Kind::text, "j"}});  // F1, Linux console
  CHECK(keys_of("\x1bOPj") == std::vector<Key>{{Kind::other}, {Kind::text, "j"}});  // F1, xterm
  CHECK(keys_of("\x1bx") == std::vector<Key>{{Kind::other}});                       // Alt-x
  CHECK(keys_of("\x01\t") == std::vector<Key>{{Kind::other}, {Kind::other}});
}

TEST_CASE("keys: the escape key is known when nothing follows it") {
  CHECK(keys_of("\x1b") == std::vector<Key>{{Kind::escape}});
  CHECK(keys_of("\x1b\x1b") == std::vector<Key>{{Kind::escape}, {Kind::escape}});
  CHECK(keys_of("\x1b[") == std::vector<Key>{{Kind::other}});
}

TEST_CASE("keys: enter, backspace, Ctrl-C and Ctrl-D") {
  CHECK(keys_of("\r\n\x7f\b\x03\x04") == std::vector<Key>{{Kind::enter},
                                                          {Kind::enter},
                                                          {Kind::backspace},
                                                          {Kind::backspace},
                                                          {Kind::interrupt},
                                                          {Kind::end}});
}

TEST_CASE("keys: broken UTF-8 is no text") {
  CHECK(keys_of("\xc3(") == std::vector<Key>{{Kind::other}});
  CHECK(keys_of("\xff\xff\xff\xff") == std::vector<Key>{{Kind::other}});
  CHECK(keys_of("\x80") == std::vector<Key>{{Kind::other}});
  CHECK(keys_of("\xe2\x82") == std::vector<Key>{{Kind::other}});
}

TEST_CASE("keys: any bytes give keys, text of them is UTF-8, and nothing is held for ever") {
  std::mt19937_64 random{3};
  for (int round = 0; round < 200; ++round) {
    std::string bytes;
    for (int i = 0; i < 500; ++i)
      bytes += random() % 3 == 0 ? "\x1b[O;1~"[random() % 7] : static_cast<char>(random());
    KeyDecoder decoder;
    int since = 0;
    for (char byte : bytes) {
      since = decoder.take(byte) ? 0 : since + 1;
      REQUIRE(since < 40);
    }
    decoder.flush();
    CHECK_FALSE(decoder.more());
  }
}
