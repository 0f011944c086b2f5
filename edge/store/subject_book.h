#pragma once

#include <credence/store/subject.h>

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace credence {

// The persons whom the writer knows, with a bounded memory of the latest ones. Their counters move
// here and are written back once per commit.
class SubjectBook {
 public:
  SubjectBook(Database& database, KeyRing& keys, Sealer& sealer, Randomness& randomness)
      : database_(database), keys_(keys), sealer_(sealer), randomness_(randomness) {}
  Result<Done> prepare();

  // nullptr: not enrolled. Errors: of SQLite, store.damaged, store.keys.
  Result<std::shared_ptr<Subject>> find(std::string_view name);
  Result<bool> was_erased(std::string_view name);
  // Fresh keys for a person, in memory only.
  std::shared_ptr<Subject> make(std::string_view name) const;
  Result<Done> enrol(const std::shared_ptr<Subject>& subject);
  void touch(Subject& subject);  // the counter moved
  // Writes the counters back and lets go of the persons not seen for longest.
  Result<Done> flush();

  Result<Done> blank(std::uint64_t id);
  void forget(std::string_view name);
  // Wraps every person's keys under the new epoch. A row that does not open is given the new epoch
  // and left damaged as it is, so that one damaged row cannot keep the old epoch's key alive for
  // ever. Error store.keys: the operator's row, or more rows than not, do not open; then the keys
  // are the wrong ones, not the rows.
  struct Rewrapped {
    std::uint64_t wrapped = 0;
    std::vector<std::uint64_t> lost;  // rows that did not open, rising
  };
  Result<Rewrapped> rewrap(std::uint32_t epoch);
  void forget_all();

 private:
  using Recent = std::list<std::shared_ptr<Subject>>;
  void remember(std::shared_ptr<Subject> subject);
  struct Chunk {
    std::vector<Subject> subjects;
    std::vector<std::uint64_t> damaged;
    std::uint64_t last = 0;  // the last row's number; 0: there are no more
  };
  Result<Chunk> some_after(std::uint64_t id);

  Database& database_;
  KeyRing& keys_;
  Sealer& sealer_;
  Randomness& randomness_;
  Recent recent_;                                                   // newest first
  std::unordered_map<std::string_view, Recent::iterator> by_name_;  // keys view the subjects' names
  std::vector<Subject*> touched_;
  std::uint64_t next_id_ = 0;
  PreparedQuery find_, erased_, insert_, move_, blank_, rewrap_, give_up_, after_;
};

}  // namespace credence
