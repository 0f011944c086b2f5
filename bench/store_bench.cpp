// What a durable fact costs, beside what the machine can do at best: the disk's sync and the bare
// cryptography of the same bytes, measured in the same run.
#include <credence/ledger/seal.h>
#include <credence/store/store.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "crash/disk.h"

namespace credence {
namespace {

using Moment = std::chrono::steady_clock::time_point;
Moment moment() {
  return std::chrono::steady_clock::now();
}
double since(Moment start) {
  return std::chrono::duration<double>(moment() - start).count();
}

double processor_seconds() {
  rusage usage;
  ::getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Clock fixed_clock() {
  return [] { return Instant{std::chrono::seconds{1'700'000'000}}; };
}

std::string person(std::uint64_t number) {
  return fmt::format("person-{}", number);
}

Draft fact(std::uint64_t number, std::uint64_t people, Instant when) {
  // About 300 bytes, as an event with its fields has.
  return Draft::statement(FactKind::notice_written, person(number % people),
                          {{"amount", number}, {"text", std::string(220, 'x')}}, when);
}

void enrol(Store& store, std::uint64_t people) {
  std::vector<Draft> drafts;
  for (std::uint64_t i = 0; i < people; ++i) {
    drafts.push_back(Draft::statement(FactKind::subject_enrolled, person(i), {}, store.now()));
  }
  if (!store.append(std::move(drafts))) std::exit(EXIT_FAILURE);
}

void row(std::string_view what, double rate, std::string_view unit, double bound,
         std::string_view of, double processor_us) {
  fmt::print("{:<44} {:>10.0f} {:<9} {:>6.1f} %  of {:<30} {:>6.1f} us CPU\n", what, rate, unit,
             100 * rate / bound, of, processor_us);
  std::fflush(stdout);
}

// The cryptography of a fact alone: commitment, AES-256-GCM, two tags, leaf hash.
double bare_crypto_rate() {
  constexpr int kRounds = 200'000;
  Sealer sealer;
  Key key{};
  SealRandom random{};
  Draft draft = fact(1, 10, Instant{});
  std::size_t bytes = 0;
  double begun = processor_seconds();
  for (int i = 0; i < kRounds; ++i) {
    Leaf leaf;
    leaf.commitment = payload_commitment(random.nonce, draft.payload());
    leaf.subject_tag = subject_tag(key, static_cast<std::uint64_t>(i) + 1);
    bytes += sealer.seal(key, "trust.example/bench", leaf, random, draft.payload()).size();
    leaf_hash(encode(leaf));
  }
  if (bytes == 0) std::exit(EXIT_FAILURE);
  return kRounds / (processor_seconds() - begun);
}

// Bytes as a batch of 1,000 facts writes, and one fdatasync: how many facts a second the disk
// takes.
double bare_disk_rate(const std::string& folder, std::size_t bytes_a_sync, double facts_a_sync) {
  constexpr int kRounds = 60;
  std::string path = folder + "/bare";
  int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  std::string bytes(bytes_a_sync, 'x');
  Moment start = moment();
  for (int i = 0; i < kRounds; ++i) {
    if (::write(file, bytes.data(), bytes.size()) < 0 || ::fdatasync(file) != 0) {
      std::exit(EXIT_FAILURE);
    }
  }
  double seconds = since(start);
  ::close(file);
  return kRounds * facts_a_sync / seconds;
}

// Batches of 1,000 through one caller, as an import does.
void batches(Store& store, std::uint64_t people, std::uint64_t batch, std::uint64_t rounds,
             double bound, std::string_view of) {
  std::uint64_t serial = 0;
  double waited = 0, spent = 0;
  for (std::uint64_t i = 0; i < rounds; ++i) {
    std::vector<Draft> drafts;
    for (std::uint64_t j = 0; j < batch; ++j) drafts.push_back(fact(serial++, people, store.now()));
    double begun = processor_seconds();
    Moment start = moment();
    if (!store.append(std::move(drafts))) std::exit(EXIT_FAILURE);
    waited += since(start);
    spent += processor_seconds() - begun;
  }
  double facts = static_cast<double>(batch * rounds);
  row(fmt::format("durable facts, batches of {}", batch), facts / waited, "facts/s", bound, of,
      1e6 * spent / facts);
}

void singles(Store& store, std::uint64_t people, int producers, double bound, std::string_view of) {
  constexpr std::uint64_t kEach = 400;
  std::vector<std::thread> threads;
  std::vector<std::vector<double>> delays(static_cast<std::size_t>(producers));
  double begun = processor_seconds();
  Moment start = moment();
  for (int t = 0; t < producers; ++t) {
    threads.emplace_back([&, t] {
      auto& mine = delays[static_cast<std::size_t>(t)];
      for (std::uint64_t i = 0; i < kEach; ++i) {
        Moment asked = moment();
        if (!store.append({fact(static_cast<std::uint64_t>(t) * kEach + i, people, store.now())})) {
          std::exit(EXIT_FAILURE);
        }
        mine.push_back(since(asked));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  double seconds = since(start), facts = static_cast<double>(kEach) * producers;
  std::vector<double> all;
  for (const auto& some : delays) all.insert(all.end(), some.begin(), some.end());
  std::sort(all.begin(), all.end());
  row(fmt::format("single facts, {} producers, 1 ms sync", producers), facts / seconds, "facts/s",
      bound, of, 1e6 * (processor_seconds() - begun) / facts);
  fmt::print("{:<44} {:>10.1f} ms median {:>6.1f} ms p99\n", "", 1e3 * all[all.size() / 2],
             1e3 * all[all.size() * 99 / 100]);
}

void verifying(const std::string& path, double crypto) {
  double begun = processor_seconds();
  Moment start = moment();
  Result<VerifyReport> report = verify_record(path, {}, {});
  if (!report || !report->sound()) std::exit(EXIT_FAILURE);
  auto leaves = static_cast<double>(report->leaves);
  double spent = processor_seconds() - begun;
  row("verify, every payload opened", leaves / since(start), "leaves/s", crypto,
      "the cryptography alone", 1e6 * spent / leaves);
  rusage usage;
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print("{:<44} {:>10} MB peak of the whole run\n", "", usage.ru_maxrss / 1024);
}

int main_of(const std::string& folder, std::uint64_t thousands) {
  constexpr std::uint64_t kPeople = 2'000;
  constexpr std::size_t kBytesOfBatch = 900'000;  // of the write-ahead log for 1,000 facts
  double crypto = bare_crypto_rate();
  double disk = bare_disk_rate(folder, kBytesOfBatch, 1'000);
  double both = 1 / (1 / crypto + 1 / disk);
  row("cryptography of a fact alone, one core", crypto, "facts/s", crypto, "itself", 1e6 / crypto);
  row("0.9 MB and one fdatasync for 1,000 facts", disk, "facts/s", disk, "itself", 0);
  std::string path = folder + "/record";
  {
    auto store = std::move(*Store::create(path, "trust.example/bench", fixed_clock(), {}));
    enrol(*store, kPeople);
    batches(*store, kPeople, 1'000, thousands, both, "disk and cryptography in turn");
    batches(*store, kPeople, 100, thousands, both, "disk and cryptography in turn");
  }
  verifying(path, crypto);
  Disk slow{"bench-disk"};
  Store::Options options;
  options.vfs = slow.name();
  auto store =
      std::move(*Store::create(folder + "/slow", "trust.example/bench", fixed_clock(), options));
  enrol(*store, kPeople);
  slow.delay_syncs_by(1'000);
  for (int producers : {1, 8, 64}) {
    singles(*store, kPeople, producers, producers * 1'000.0, "producers / sync time");
  }
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace credence

// store_bench [FOLDER [THOUSANDS OF FACTS]]: the folder decides which disk is measured.
int main(int count, char** arguments) {
  std::string folder =
      (count > 1 ? std::string{arguments[1]} : "/var/tmp") + "/credence-bench-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return EXIT_FAILURE;
  std::uint64_t thousands = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 100;
  int code = credence::main_of(folder, thousands);
  std::filesystem::remove_all(folder);
  return code;
}
