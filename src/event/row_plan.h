#pragma once

#include <credence/event/reader.h>
#include <credence/event/record.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace credence {

// What a header makes of the rows below it.
class RowPlan {
 public:
  virtual ~RowPlan() = default;
  // REQUIRES: the record has as many fields as the header and no fault.
  virtual void read(const RawRecord& record, const OnRecord& on_record) const = 0;
  virtual std::vector<std::string> ignored_columns() const { return {}; }
};

using Header = std::vector<std::string>;

// A field of a record, or the whole record when `field` is empty, that cannot be read.
struct Fault {
  std::string field;
  Error error;
};
Reject make_reject(const RawRecord& record, Fault fault);

// Position of the only column of that name; `npos` when there is none.
std::size_t find_column(const Header& header, std::string_view name);
bool appears_twice(const Header& header, std::string_view name);
std::string listed(const Header& header);  // "`a`, `b`, ...", for messages

// The native columns. A header is native when it has subject, event and at, and nothing but known
// columns.
std::optional<Fault> check_native(const Header& header, const Programme& programme);
int native_columns_in(const Header& header);  // of subject, event, at
// REQUIRES: check_native finds nothing. The programme outlives the plan.
std::unique_ptr<RowPlan> make_native_plan(const Header& header, const Programme& programme);

// Columns that the map names and the header lacks or has twice; empty when the map fits.
std::vector<std::string> missing_columns(const Header& header, const EventMap& map);
std::size_t columns_of(const EventMap& map);
// All maps with the delimiter that fit. The error map.format when a map's date format cannot be
// understood, map.column when it fills a field that its event lacks.
Result<std::unique_ptr<RowPlan>> make_map_plan(const Header& header, char delimiter,
                                               const Programme& programme);

// Reads a header line: which delimiter, which plan.
struct Understood {
  char delimiter = ',';
  std::size_t columns = 0;
  std::unique_ptr<RowPlan> plan;
};
std::variant<Understood, Fault> understand_header(std::string_view line,
                                                  const Programme& programme);

}  // namespace credence
