#pragma once

#include <credence/store/erasure.h>
#include <credence/store/reader.h>
#include <credence/store/subject_book.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace credence {

// One call of append(): its drafts, and what became of them.
struct AppendCall {
  std::vector<Draft> drafts;
  Result<std::vector<Appended>> result = std::vector<Appended>{};
};

// Whether an error concerns one call alone; whatever else goes wrong concerns the file.
bool is_refusal(const Error& error);

// The one writing connection. Only the writer thread uses it. Every error that these functions
// return (as opposed to a call's own result) leaves disk and memory apart: the store stops for
// good.
class Writer {
 public:
  static Result<std::unique_ptr<Writer>> open(const std::string& directory,
                                              const Store::Options& options, std::string origin,
                                              KeyRing& keys);
  // Makes tables, the operator and the first head. REQUIRES: the file holds no record.
  static Result<Done> create(const std::string& directory, const Store::Options& options,
                             const std::string& origin, KeyRing& keys);

  // One transaction for all calls; a call that is refused leaves the others alone.
  Result<Done> commit(std::span<AppendCall* const> calls);
  Result<std::string> publish();

  // The outer error stops the store, the inner one only refuses.
  Result<Result<Store::Erased>> erase(std::string_view subject, std::string_view basis,
                                      std::string_view reason, Instant now);
  Result<Result<Store::Erased>> erase_facts(std::string_view subject,
                                            std::span<const std::uint64_t> indexes,
                                            std::string_view reason, Instant now);
  Result<Result<Store::Erased>> append_and_erase_facts(AppendCall& call, std::string_view subject,
                                                       std::span<const std::uint64_t> indexes,
                                                       std::string_view reason, Instant now);
  struct Rotated {
    std::uint32_t epoch = 0;
    std::vector<std::uint64_t> lost;  // as of SubjectBook::rewrap
  };
  Result<Rotated> rotate_keys(Instant now);

  // Between commits: copies the log into the file once it has grown.
  Result<Done> tend();
  Result<bool> truncate() { return database_.truncate_wal(); }

  const RightEdge& edge() const { return edge_; }
  Instant last_recorded() const { return last_recorded_; }
  void start_from(Instant last_recorded) { last_recorded_ = last_recorded; }
  // Brings DIR/erasures and the table together, both ways (a restored backup lacks the newest).
  // Error store.erasures: the file holds what this record did not write; nothing was blanked.
  Result<Done> replay_erasures();
  // Ends a rotation that was cut short.
  Result<Done> settle_epochs();
  // Whether DIR/head is a head of this log's past or present. Errors: store.rollback.
  Result<Done> compare_with_head();

 private:
  Writer(Database database, std::string directory, std::string origin, KeyRing& keys);
  Result<Done> prepare();
  Result<Done> begin();
  Result<Done> end();

  Result<std::vector<std::shared_ptr<Subject>>> check(const AppendCall& call);
  Result<std::shared_ptr<Subject>> subject_of(const Draft& draft,
                                              std::vector<std::shared_ptr<Subject>>& enrolling);
  Result<Done> write(AppendCall& call, std::span<const std::shared_ptr<Subject>> subjects);
  Result<Appended> write(const Draft& draft, Subject& subject);
  Result<Done> insert_entry(std::uint64_t index, ByteView entry);
  Result<Appended> compare_with_earlier(const Draft& draft, const Subject& subject,
                                        const RowKey& key);
  Result<Done> write_operator_fact(const Draft& draft);

  // A person with the facts of theirs that are to go.
  struct Named {
    Erasure erasure;
    std::string name;
  };
  struct Why {
    std::string_view basis, reason;
    Instant now;
  };
  Result<Result<Named>> name_facts(std::string_view subject,
                                   std::span<const std::uint64_t> indexes);
  Result<Result<Store::Erased>> carry_out(Named& what, const Why& why,
                                          AppendCall* before = nullptr);
  Result<Done> write_erasure(Erasure& erasure, const Why& why);
  Result<Done> blank(const Erasure& erasure);
  Result<std::vector<std::uint64_t>> live_indexes(std::uint64_t subject);
  Result<std::vector<Erasure>> erasures_in_table();
  Result<std::vector<Erasure>> missing_in(const std::vector<Erasure>& table,
                                          const ErasureFile& file);
  Result<Done> insert_erasure(const Erasure& erasure);

  Database database_;
  std::string directory_, origin_;
  KeyRing& keys_;
  Randomness randomness_;
  Sealer sealer_;
  SubjectBook subjects_;
  RightEdge edge_;
  Instant last_recorded_ = {};
  std::uint64_t commits_since_copy_ = 0;
  std::uint64_t bytes_since_copy_ = 0;
  std::vector<RightEdge::Tile> completed_;
  PreparedQuery begin_, commit_, insert_entry_, insert_tile_, insert_payload_, earlier_,
      insert_checkpoint_, insert_erasure_, blank_payload_, live_indexes_;
};

}  // namespace credence
