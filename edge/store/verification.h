#pragma once

#include <credence/store/erasure_judge.h>
#include <credence/store/right_edge.h>
#include <credence/store/store.h>
#include <credence/store/subject.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace credence {

// One pass over the record in index order. Memory does not grow with the facts: 8 bytes for each
// person, 16 for each erased fact, and a fixed number of persons' keys.
class Verification {
 public:
  Verification(Database& database, const KeyRing& keys, std::string origin, std::string directory);

  // Errors: of the disk. Damage is a fault of the report.
  Result<VerifyReport> run(const Progress& progress);

 private:
  struct Holder {  // a person in the cache; `subject` is absent when erased or damaged
    std::uint64_t id = 0;
    bool erased = false;
    std::optional<Subject> subject;
  };
  struct Signed {  // a checkpoint that waits for its size
    std::string where;
    Checkpoint checkpoint;
  };

  void fault(std::string_view table, std::string where, std::string what);
  // A damaged page ends the pass it was met in, and becomes a fault.
  Result<Done> note(std::string_view table, const Result<Done>& pass);

  Result<Done> check_schema();
  Result<Done> check_pages();
  Result<Done> read_journal();
  Result<Done> check_erasure_file();
  Result<Done> check_leaves(const Progress& progress);
  Result<Done> check_subjects();
  Result<Done> check_tiles_are_few();
  Result<Done> check_left_over(SqlRows& checkpoints);
  void check_subject(const SqlRows& rows);

  void check_entry(std::uint64_t index, ByteView entry, std::optional<Leaf>& leaf);
  Result<Done> check_completed_tiles();
  Result<Done> check_payload(std::uint64_t index, const Leaf& leaf, const SqlRows& payload);
  void check_blank(std::uint64_t index, std::uint64_t subject, bool is_blank_record);
  void check_key(std::uint64_t index, FactKind kind, const Subject& subject, const SqlRows& row,
                 const std::string* payload);
  void check_tag(std::uint64_t index, const Leaf& leaf, const Subject& subject);
  Result<const Holder*> holder(std::uint64_t id);

  Result<Done> next_checkpoint(SqlRows& rows);
  Result<Done> check_roots(SqlRows& rows);
  void check_root(const Signed& head);
  void read_head();

  Database& database_;
  const KeyRing& keys_;
  const std::string origin_, directory_;
  Sealer sealer_;
  VerifyReport report_;
  std::map<std::string, std::size_t, std::less<>> faults_of_;

  RightEdge edge_;
  std::vector<RightEdge::Tile> completed_;
  std::vector<std::uint64_t> counters_;  // by subject
  std::vector<Holder> holders_;          // direct-mapped by id
  std::optional<ErasureFile> erasure_file_;
  std::map<std::uint64_t, Erasure> journal_;  // those rows alone that their leaves bear out
  std::vector<std::pair<std::uint64_t, std::uint64_t>> erased_;  // index, subject; sorted
  std::optional<Signed> head_, next_;
  std::uint64_t signed_size_ = 0;  // of the last signed head that fits
  std::uint64_t last_checkpoint_id_ = 0;
  PreparedQuery tile_, subject_;
};

}  // namespace credence
