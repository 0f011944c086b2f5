#pragma once

// What the tests of the store share.
#include <credence/store/store.h>
#include <doctest/doctest.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace credence {

// A folder that goes with the test.
struct Folder {
  Folder() {
    char name[] = "/tmp/credence-store-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path;
};

struct TestClock {
  std::shared_ptr<std::atomic<long>> seconds = std::make_shared<std::atomic<long>>(1'700'000'000);
  Clock clock() const {
    return [s = seconds] { return Instant{std::chrono::seconds{s->load()}}; };
  }
};

inline const std::string kTestOrigin = "trust.example/log1";

inline std::unique_ptr<Store> must(Result<std::unique_ptr<Store>> store) {
  if (!store) MESSAGE(to_text(store.error()));
  REQUIRE(store);
  return std::move(*store);
}

inline std::unique_ptr<Store> create(const Folder& folder, const TestClock& clock) {
  return must(Store::create(folder.path + "/r", kTestOrigin, clock.clock(), {}));
}

inline std::unique_ptr<Store> reopen(const Folder& folder, const TestClock& clock) {
  return must(Store::open(folder.path + "/r", clock.clock(), {}));
}

inline Draft enrol(const Store& store, const std::string& name) {
  return Draft::statement(FactKind::subject_enrolled, name, {}, store.now());
}

inline Draft note(const Store& store, const std::string& name, std::string text,
                  FactKind kind = FactKind::notice_written) {
  return Draft::statement(kind, name, {{"text", std::move(text)}}, store.now());
}

inline std::uint64_t add(Store& store, Draft draft) {
  Result<std::vector<Appended>> appended = store.append({std::move(draft)});
  if (!appended) MESSAGE(to_text(appended.error()));
  REQUIRE(appended);
  REQUIRE(appended->size() == 1);
  return appended->front().index;
}

inline std::string code_of(const Result<std::vector<Appended>>& result) {
  return result ? "" : result.error().code;
}

inline VerifyReport verify_quietly(const Folder& folder) {
  Result<VerifyReport> report = verify_record(folder.path + "/r", {}, {});
  if (!report) MESSAGE(to_text(report.error()));
  REQUIRE(report);
  return *report;
}

inline VerifyReport verified(const Folder& folder) {
  VerifyReport report = verify_quietly(folder);
  for (const VerifyReport::Fault& fault : report.faults) MESSAGE(fault.where << ": " << fault.what);
  return report;
}

}  // namespace credence
