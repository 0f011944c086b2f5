#pragma once

#include <credence/store/right_edge.h>
#include <credence/store/store.h>
#include <credence/store/subject.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace credence {

// One read-only connection with its prepared queries; for one thread at a time.
class Reader {
 public:
  static Result<std::unique_ptr<Reader>> open(const std::string& file, const std::string& vfs,
                                              std::string origin, const KeyRing& keys);

  Result<std::optional<Subject>> find(std::string_view name);
  Result<bool> was_erased(std::string_view name);
  Result<std::vector<Fact>> facts_of(std::string_view name, std::span<const FactKind> kinds);
  Result<Done> each_subject(const std::function<bool(const std::string&)>& visit);
  // A fact with its content, when that still exists.
  struct Opened {
    Bytes entry;
    std::optional<Sealer::Opened> content;
    std::string subject;
  };
  Result<Opened> open_fact(std::uint64_t index);
  Result<Done> each_entry(std::uint64_t from, std::uint64_t to,
                          const std::function<bool(std::uint64_t, ByteView)>& visit);
  // Nothing when the tile is not complete.
  Result<std::optional<Bytes>> complete_tile(int level, std::uint64_t index);
  Result<std::optional<std::string>> latest_checkpoint();
  Result<std::vector<std::string>> checkpoints();
  // Adds the entries that the edge does not know yet.
  Result<Done> catch_up(RightEdge& edge);
  Result<Instant> last_recorded();
  Database& database() { return database_; }

 private:
  Reader(Database database, std::string origin, const KeyRing& keys);
  Result<Done> prepare();
  Result<std::vector<std::uint64_t>> indexes_of(std::uint64_t subject);
  Result<std::optional<Sealer::Opened>> open_payload(const Subject& subject, ByteView entry,
                                                     ByteView record);

  Database database_;
  std::string origin_;
  const KeyRing& keys_;
  Sealer sealer_;
  PreparedQuery subject_by_pseudonym_, subject_by_id_, subjects_, erasures_, indexes_, fact_,
      entries_, tile_, newest_checkpoint_, all_checkpoints_;
};

// Reads the recording time out of a payload.
std::optional<Instant> recorded_in(std::string_view payload);

}  // namespace credence
