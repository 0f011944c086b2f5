// Fails the n-th read, write, sync or allocation, once and for ever, for every n until a run ends
// untouched; and lets the disk run full. Afterwards the record opens, nothing acknowledged is lost,
// and it is sound.
#include <fmt/format.h>
#include <sqlite3.h>

#include <atomic>
#include <functional>

#include "crash/disk.h"
#include "crash/journey.h"

namespace credence {
namespace {

// SQLite's allocations, of which the n-th can fail.
struct Memory {
  static inline sqlite3_mem_methods original;
  static inline std::atomic<std::int64_t> until_failure = 0;
  static inline std::atomic<bool> for_ever = false;
  static inline std::atomic<std::uint64_t> failures = 0;

  static bool fails() {
    std::int64_t left = until_failure.load();
    if (left == 0) return false;
    if (left > 1) {
      until_failure.compare_exchange_strong(left, left - 1);
      return false;
    }
    if (!for_ever) until_failure = 0;
    ++failures;
    return true;
  }
  static void* allocate(int size) { return fails() ? nullptr : original.xMalloc(size); }
  static void* resize(void* old, int size) {
    return fails() ? nullptr : original.xRealloc(old, size);
  }
  static void install() {
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &original);
    sqlite3_mem_methods ours = original;
    ours.xMalloc = allocate;
    ours.xRealloc = resize;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
    sqlite3_initialize();
  }
};

constexpr std::uint64_t kWrong = 22;  // a fact of Eve's, which the deed "delete" destroys

struct Deed {
  std::string_view name;
  std::function<bool(Store&)> act;  // whether it was acknowledged
};

struct Harm {
  std::string_view name;
  std::function<void(Disk&, std::uint64_t)> begin;
  std::function<std::uint64_t(Disk&)> end;  // ends it; how often something failed
};

std::vector<Deed> deeds() {
  return {
      {"append",
       [](Store& store) {
         std::vector<Draft> drafts{enrolment("bob", store.now())};
         for (int i = 0; i < 300; ++i) {
           drafts.push_back(remark("bob", fmt::format("new {}", i), store.now()));
         }
         return static_cast<bool>(store.append(std::move(drafts)));
       }},
      {"publish", [](Store& store) { return static_cast<bool>(store.publish()); }},
      {"erase",
       [](Store& store) { return static_cast<bool>(store.erase("eve", "request", "test")); }},
      {"delete",
       [](Store& store) {
         const std::uint64_t wrong[] = {kWrong};
         Draft decision = Draft::statement(FactKind::dispute_decided, "eve", {}, store.now());
         return static_cast<bool>(
             store.append_and_erase_facts({std::move(decision)}, "eve", wrong, "dispute-deleted"));
       }},
      {"rotate", [](Store& store) { return static_cast<bool>(store.rotate_keys()); }},
  };
}

std::vector<Harm> harms() {
  auto disk = [](Disk::Repeat repeat, Disk::Cause cause) {
    return [=](Disk& d, std::uint64_t n) { d.fail_at(n, repeat, cause); };
  };
  auto healed = [](Disk& d) {
    d.heal();
    return d.failures();
  };
  auto memory = [](bool for_ever) {
    return [=](Disk&, std::uint64_t n) {
      Memory::failures = 0;
      Memory::for_ever = for_ever;
      Memory::until_failure = static_cast<std::int64_t>(n);
    };
  };
  auto remembered = [](Disk&) {
    Memory::until_failure = 0;
    return Memory::failures.load();
  };
  using R = Disk::Repeat;
  using C = Disk::Cause;
  return {{"I/O once", disk(R::once, C::input_output), healed},
          {"I/O for ever", disk(R::for_ever, C::input_output), healed},
          {"disk full", disk(R::for_ever, C::full), healed},
          {"memory once", memory(false), remembered},
          {"memory for ever", memory(true), remembered}};
}

struct Tally {
  std::uint64_t runs = 0, failed_deeds = 0, lost = 0, unsound = 0, revived = 0, unopened = 0;
};

// A decision is there exactly when what it deleted is gone; and it is there when that was
// acknowledged.
bool is_whole(const Store& store, bool acknowledged) {
  const FactKind decisions[] = {FactKind::dispute_decided};
  Result<std::vector<Fact>> decided = store.facts_of("eve", decisions);
  Result<StoredFact> wrong = store.fact(kWrong);
  if (!decided || !wrong) return false;
  bool is_gone = !wrong->payload;
  return decided->empty() != is_gone && (is_gone || !acknowledged);
}

// A record with a history, then one deed during which the n-th operation fails. False: nothing
// failed, so every n has been tried.
bool one_run(const Deed& deed, const Harm& harm, std::uint64_t n, Tally& tally) {
  static std::uint64_t serial = 0;
  ScratchFolder folder;
  Disk disk{fmt::format("failing-{}", ++serial)};
  Store::Options options;
  options.vfs = disk.name();
  Acknowledged acknowledged;
  std::uint64_t failures = 0;
  bool done = false;
  {
    auto store =
        std::move(*Store::create(folder.path, "trust.example/fail", fixed_clock(), options));
    std::vector<Draft> drafts{enrolment("ada", store->now()), enrolment("eve", store->now())};
    for (int i = 0; i < 20; ++i) {
      drafts.push_back(remark("ada", fmt::format("old {}", i), store->now()));
      acknowledged[drafts.size() - 1] = fmt::format("old {}", i);
    }
    expects(drafts.size() == kWrong, "the fact that is to go follows");
    drafts.push_back(remark("eve", "wrong", store->now()));
    if (!store->append(std::move(drafts)) || !store->publish()) return false;
    if (!store->append({remark("ada", "not yet signed", store->now())})) return false;
    harm.begin(disk, n);
    done = deed.act(*store);
    // A store that stopped must stay so, whatever the disk can do again.
    if (!done && !store->append({remark("ada", "one more", store->now())})) {
      failures = harm.end(disk);
      Result<std::vector<Appended>> again = store->append({remark("ada", "again", store->now())});
      if (again) ++tally.revived;
    } else {
      failures = harm.end(disk);
    }
  }
  if (failures == 0) return false;
  ++tally.runs;
  if (!done) ++tally.failed_deeds;
  Result<std::unique_ptr<Store>> store = Store::open(folder.path, fixed_clock(), options);
  if (!store) {
    ++tally.unopened;
    fmt::print("{} / {} / {}: {}\n", deed.name, harm.name, n, to_text(store.error()));
    return true;
  }
  tally.lost += count_lost(**store, acknowledged);
  if (done && deed.name == "append" && !*(*store)->is_enrolled("bob")) ++tally.lost;
  if (done && deed.name == "erase" && !*(*store)->was_erased("eve")) ++tally.lost;
  if (deed.name == "delete" && !is_whole(**store, done)) ++tally.lost;
  Result<VerifyReport> report = verify_record(folder.path, options, {});
  if (!report || !report->sound()) {
    ++tally.unsound;
    fmt::print("{} / {} / {}: unsound\n", deed.name, harm.name, n);
  }
  return true;
}

int main_of() {
  Memory::install();
  constexpr std::uint64_t kEvery =
      40;  // up to here each n; then, unless it is a full run, each seventh
  constexpr std::uint64_t kStride = 7, kEnd = 1'000'000;
  Tally all;
  for (const Deed& deed : deeds()) {
    for (const Harm& harm : harms()) {
      Tally tally;
      for (std::uint64_t n = 1; n < kEnd; n += is_full_run() || n < kEvery ? 1 : kStride) {
        if (!one_run(deed, harm, n, tally)) break;
      }
      fmt::print("{:<8} {:<16} {:>5} runs {:>5} refused {:>3} lost {:>3} unsound {:>3} revived\n",
                 deed.name, harm.name, tally.runs, tally.failed_deeds, tally.lost, tally.unsound,
                 tally.revived);
      std::fflush(stdout);
      all.runs += tally.runs;
      all.failed_deeds += tally.failed_deeds;
      all.lost += tally.lost;
      all.unsound += tally.unsound;
      all.revived += tally.revived;
      all.unopened += tally.unopened;
      // A deed and a harm that never met have shown nothing.
      if (tally.runs == 0) ++all.unopened;
    }
  }
  bool good = all.lost == 0 && all.unsound == 0 && all.revived == 0 && all.unopened == 0 &&
              all.failed_deeds > 100;
  fmt::print("{} runs, {} refused: {}\n", all.runs, all.failed_deeds,
             good ? "every failure ended in a clean stop or did no harm" : "FAILED");
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace credence

int main() {
  return credence::main_of();
}
