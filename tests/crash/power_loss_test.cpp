// Cuts the power at random moments and looks at what is left. Exits with 0 when no acknowledged
// fact was lost and nothing is corrupt, and when the controls (an unsafe setting, a lying disk) did
// lose something.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <random>

#include "crash/disk.h"
#include "crash/journey.h"

namespace credence {
namespace {

struct Tally {
  std::uint64_t crashes = 0, facts = 0, lost = 0, corrupt = 0, publications = 0, erasures = 0,
                deletions = 0;
};

enum class Setting { sound, unsafe, lying };

// How many crashes one record lives through, so that a history is long enough and verifying stays
// quick.
constexpr int kLives = 20;

// What synchronous=OFF does, for a store that cannot be asked for it: no sync reaches the disk.
void apply(Disk& disk, Setting setting) {
  if (setting == Setting::unsafe) disk.lie_in_one_sync_of(1);
  if (setting == Setting::lying) disk.lie_in_one_sync_of(20);
}

class History {
 public:
  History(Setting setting, std::uint64_t seed, Tally& tally)
      : disk_(fmt::format("disk-{}-{}", static_cast<int>(setting), seed)),
        random_(seed),
        tally_(tally) {
    options_.vfs = disk_.name();
    store_ =
        std::move(*Store::create(folder_.path, "trust.example/crash", fixed_clock(), options_));
    apply(disk_, setting);
  }

  // False when the record is beyond use, which only the controls may bring about.
  bool live_once() {
    disk_.cut_power_at(1 + random_() % 120);
    while (!disk_.is_dark()) act();
    store_.reset();
    disk_.restore_power(random_);
    ++tally_.crashes;
    return judge();
  }

 private:
  struct Dispute {
    std::string name;
    std::uint64_t record = 0;
    bool acknowledged = false;
  };

  void act() {
    std::uint64_t dice = random_() % 20;
    if (dice == 0) {
      if (store_->publish()) ++tally_.publications;
      return;
    }
    if (dice == 1) {
      erase_a_guest();
      return;
    }
    if (dice == 3) {
      delete_what_was_wrong();
      return;
    }
    if (dice == 2 && random_() % 4 == 0) {
      (void)store_->rotate_keys();
      return;
    }
    std::string name = fmt::format("person-{}", 10 + random_() % 20);
    std::vector<Draft> drafts;
    std::vector<std::string> texts;
    if (!known_[name]) drafts.push_back(enrolment(name, store_->now()));
    for (std::uint64_t i = 0; i <= random_() % 12; ++i) {
      texts.push_back(fmt::format("fact {} {}", serial_++, std::string(random_() % 200, '.')));
      drafts.push_back(remark(name, texts.back(), store_->now()));
    }
    std::size_t skipped = drafts.size() - texts.size();
    Result<std::vector<Appended>> done = store_->append(std::move(drafts));
    if (!done) return;
    known_[name] = true;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      acknowledged_[(*done)[i + skipped].index] = texts[i];
      ++tally_.facts;
    }
  }

  void erase_a_guest() {
    std::string name = fmt::format("guest-{}", serial_++);
    Instant now = store_->now();
    if (!store_->append({enrolment(name, now), remark(name, "mine", now)})) return;
    if (!store_->erase(name, "request", "test")) return;
    erased_.push_back(name);
    ++tally_.erasures;
  }

  // A dispute's decision and the deletion that it orders: one commit, so a cut finds both or none.
  void delete_what_was_wrong() {
    std::string name = fmt::format("plaintiff-{}", serial_++);
    Instant now = store_->now();
    Result<std::vector<Appended>> done =
        store_->append({enrolment(name, now), remark(name, "wrong", now)});
    if (!done) return;
    const std::uint64_t wrong[] = {done->back().index};
    Draft decision = Draft::statement(FactKind::dispute_decided, name, {}, now);
    bool acknowledged = static_cast<bool>(
        store_->append_and_erase_facts({std::move(decision)}, name, wrong, "dispute-deleted"));
    disputes_.push_back({name, wrong[0], acknowledged});
    if (acknowledged) ++tally_.deletions;
  }

  bool is_whole(const Dispute& dispute) const {
    const FactKind decisions[] = {FactKind::dispute_decided};
    Result<std::vector<Fact>> decided = store_->facts_of(dispute.name, decisions);
    Result<StoredFact> wrong = store_->fact(dispute.record);
    if (!decided || !wrong) return false;
    bool is_gone = !wrong->payload;
    return decided->empty() != is_gone && (is_gone || !dispute.acknowledged);
  }

  bool judge() {
    Result<std::unique_ptr<Store>> store = Store::open(folder_.path, fixed_clock(), options_);
    if (!store) {
      ++tally_.corrupt;
      return false;
    }
    store_ = std::move(*store);
    for (auto& [name, known] : known_) {
      Result<bool> enrolled = store_->is_enrolled(name);
      known = enrolled && *enrolled;
    }
    std::uint64_t lost = count_lost(*store_, acknowledged_);
    Result<VerifyReport> report = verify_record(folder_.path, options_, {});
    bool sound = report && report->sound();
    for (const std::string& name : erased_) {
      Result<bool> erased = store_->was_erased(name);
      if (!erased || !*erased) ++lost;
    }
    for (const Dispute& dispute : disputes_) lost += is_whole(dispute) ? 0 : 1;
    tally_.lost += lost;
    if (!sound) ++tally_.corrupt;
    return lost == 0 && sound;
  }

  ScratchFolder folder_;
  Disk disk_;
  std::mt19937_64 random_;
  Store::Options options_;
  Tally& tally_;
  std::unique_ptr<Store> store_;
  std::map<std::string, bool> known_;
  Acknowledged acknowledged_;
  std::vector<std::string> erased_;  // and acknowledged so
  std::vector<Dispute> disputes_;
  std::uint64_t serial_ = 0;
};

Tally run(Setting setting, std::uint64_t crashes, std::uint64_t seed) {
  Tally tally;
  while (tally.crashes < crashes) {
    History history{setting, seed++, tally};
    for (int life = 0; life < kLives && tally.crashes < crashes; ++life) {
      if (!history.live_once()) {
        if (setting == Setting::sound) fmt::print("the history of seed {} went wrong\n", seed - 1);
        break;
      }
    }
  }
  return tally;
}

void print(std::string_view name, const Tally& tally, double seconds) {
  fmt::print(
      "{:<16} {:>6} crashes {:>8} facts {:>6} publications {:>6} lost {:>6} corrupt {:>7.0f}/s\n",
      name, tally.crashes, tally.facts, tally.publications, tally.lost, tally.corrupt,
      static_cast<double>(tally.crashes) / seconds);
  std::fflush(stdout);
}

int main_of(std::uint64_t seed) {
  fmt::print("seed {}\n", seed);
  std::uint64_t crashes = is_full_run() ? 10'000 : 2'000;
  bool good = true;
  auto timed = [&](std::string_view name, Setting setting, std::uint64_t count) {
    auto start = std::chrono::steady_clock::now();
    Tally tally = run(setting, count, seed);
    print(name, tally,
          std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    return tally;
  };
  Tally sound = timed("as built", Setting::sound, crashes);
  good = good && sound.lost == 0 && sound.corrupt == 0;
  good = good && sound.facts > crashes && sound.publications > 0 && sound.erasures > 0 &&
         sound.deletions > 0;  // or nothing was exercised
  Tally unsafe = timed("no sync", Setting::unsafe, crashes / 20);
  good = good && unsafe.lost + unsafe.corrupt > 0;
  Tally lying = timed("lying disk", Setting::lying, crashes / 4);
  good = good && lying.lost + lying.corrupt > 0;
  fmt::print("{}\n", good ? "no acknowledged fact was lost; both controls lost some"
                          : "FAILED: a fact was lost, or a control lost nothing");
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace credence

int main(int count, char** arguments) {
  std::uint64_t seed =
      count > 1 ? std::strtoull(arguments[1], nullptr, 10) : std::random_device{}();
  return credence::main_of(seed);
}
