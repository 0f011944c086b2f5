#pragma once

#include <credence/base/expects.h>
#include <credence/store/store.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace credence {

// A folder for keys and heads that goes with the test; in memory where the system has such a place.
struct ScratchFolder {
  ScratchFolder() {
    std::string name = std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : "/tmp";
    name += "/credence-crash-XXXXXX";
    expects(::mkdtemp(name.data()) != nullptr, "a scratch folder");
    path = name + "/record";
    root = name;
  }
  ~ScratchFolder() { std::filesystem::remove_all(root); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::string path, root;
};

inline Clock fixed_clock() {
  return [] { return Instant{std::chrono::seconds{1'700'000'000}}; };
}

inline bool is_full_run() {
  const char* full = std::getenv("CREDENCE_FULL");
  return full != nullptr && std::string{full} == "1";
}

inline Draft enrolment(const std::string& name, Instant when) {
  return Draft::statement(FactKind::subject_enrolled, name, {}, when);
}
inline Draft remark(const std::string& name, const std::string& text, Instant when) {
  return Draft::statement(FactKind::notice_written, name, {{"text", text}}, when);
}

// What was acknowledged: the text at each index.
using Acknowledged = std::map<std::uint64_t, std::string>;

// How many acknowledged facts are not there, or say something else.
inline std::uint64_t count_lost(const Store& store, const Acknowledged& acknowledged) {
  std::uint64_t lost = 0;
  for (const auto& [index, text] : acknowledged) {
    Result<StoredFact> fact = store.fact(index);
    if (!fact || !fact->payload || fact->payload->find('"' + text + '"') == std::string::npos) {
      ++lost;
    }
  }
  return lost;
}

}  // namespace credence
