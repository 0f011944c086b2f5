#pragma once

#include <credence/store/erasure.h>
#include <credence/store/subject.h>

#include <optional>
#include <string>

namespace credence {

// Whether the log bears out a row of the erasure journal. Rows and lines of the journal can be
// written by whoever has access to the files; only a leaf of kind erasure_done, whose sealed
// payload holds the digest of the row, can be written by the holder of the keys alone.
class ErasureJudge {
 public:
  ErasureJudge(Database& database, const KeyRing& keys, std::string origin)
      : database_(database), keys_(keys), origin_(std::move(origin)) {}

  // What speaks against the row; empty: it is borne out. Errors: of the disk.
  Result<std::string> objection(const Erasure& erasure);

 private:
  Result<Done> prepare();

  Database& database_;
  const KeyRing& keys_;
  const std::string origin_;
  Sealer sealer_;
  std::optional<Subject> operator_;
  PreparedQuery fact_, subject_;
};

}  // namespace credence
