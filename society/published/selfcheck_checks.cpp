#include <credence/clockwork/draw.h>
#include <credence/published/models.h>
#include <credence/published/selfcheck.h>

#include <array>
#include <cstdint>

namespace credence {
namespace {

struct KnownDraw {
  const char* name;
  std::array<std::uint32_t, 4> counter;
  std::array<std::uint32_t, 2> key;
  std::array<std::uint32_t, 4> words;
};
constexpr std::array<KnownDraw, 4> kKnownDraws = {{
    {"zeros", {0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {"ones",
     {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {"digits of pi",
     {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    {"person 7, time 3, purpose 1, seed 42",
     {7, 3, 1, 0},
     {42, 0},
     {0x9bafdfdf, 0x0e1b0f3c, 0xa0e29556, 0xf5d8e5b4}},
}};

}  // namespace

std::vector<PublishedCheck> check_draws(const SelfcheckRun& run) {
  CheckList list("Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3",
                 run.setting.effort);
  for (const KnownDraw& known : kKnownDraws) {
    const auto& counter = known.counter;
    auto words = KeyedDraws(known.key[0], known.key[1])
                     .words(counter[0], counter[1], Purpose{counter[2]}, counter[3]);
    for (std::size_t at = 0; at < words.size(); ++at) {
      list.exact("J7",
                 std::string("Philox 4x32-10, ") + known.name + ": word " + std::to_string(at + 1),
                 known.words[at], words[at], 0);
    }
  }
  list.exact("J7", "the first word of person 7 as a number between 0 and 1", .60815238195937127,
             KeyedDraws(42, 0).uniform(7, 3, Purpose{1}), 1e-16);
  return list.take();
}

std::vector<PublishedCheck> check_selfchecks(const SelfcheckRun& run) {
  std::vector<PublishedCheck> all;
  for (auto* part : {check_payments, check_savings, check_jobs, check_small_worlds, check_fitting,
                     check_sensitivity, check_draws}) {
    for (PublishedCheck& check : part(run)) all.push_back(std::move(check));
  }
  return all;
}

std::vector<PublishedCheck> selfcheck_checks(const PublishedSetting& setting, Crew& crew) {
  return check_selfchecks({{}, setting, crew});
}

}  // namespace credence
