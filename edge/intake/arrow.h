#pragma once

#include <credence/base/result.h>
#include <credence/intake/arrow_abi.h>
#include <credence/table/column.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace credence {

// A stream of record batches as one table. Buffers of numbers are not copied: the columns look into
// the producer's memory and keep it alive. Texts (utf8, large_utf8, string_view, dictionaries of
// them) become codes; booleans 0 and 1; dates days since 1970-01-01; timestamps the same with their
// fraction of a day. Decimals, binary and anything nested are refused with what to do. The stream
// is consumed and released, also on errors. Errors: table.arrow (what the producer says),
// table.kind, table.header (a name twice or none), table.utf8.
Result<Table> from_arrow_stream(ArrowArrayStream* stream);

struct ArrowOptions {
  std::vector<std::string> columns = {};  // only these, in this order; empty = all
  std::size_t most_texts = INT32_MAX;     // a column with more different ones is left out
};

// The batches of a stream, one after the other. One reader of a stream; it owns it.
class ArrowBatches {
 public:
  // Reads the schema. Error besides: table.column.
  static Result<ArrowBatches> open(ArrowArrayStream* stream, const ArrowOptions& options);
  ArrowBatches(ArrowBatches&&) noexcept;
  ArrowBatches& operator=(ArrowBatches&&) noexcept;
  ~ArrowBatches();

  // The next batch, or an empty pointer at the end. Codes mean the same text in every batch.
  Result<std::unique_ptr<Table>> next();
  // All that is left, as one table.
  Result<Table> rest(const std::function<void(std::size_t rows)>& progress = {});
  // The names of columns that held too many different texts.
  std::vector<std::string> left_out() const;

 private:
  struct State;
  explicit ArrowBatches(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace credence
