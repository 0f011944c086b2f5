#pragma once

#include <credence/exchange/csv_rows.h>
#include <credence/exchange/import.h>

#include <functional>
#include <optional>

namespace credence {

// What a row of a peer's card says its bin is.
struct TableBin {
  enum class Kind { interval, texts, missing, special, unknown };
  Kind kind = Kind::interval;
  double from = 0, to = 0;         // [from, to), with infinities at the ends
  std::vector<std::string> texts;  // of a bin, or of a special code
  std::vector<double> numbers;     // of a special code
  bool also_missing = false;       // the bin takes missing values too
};

// How a peer writes bins; nothing for what cannot be read.
using ReadTableBin = std::function<std::optional<TableBin>(std::string_view)>;

struct PeerTable {
  ReadTableBin read;
  double woe_sign = 1;        // 1 when the peer's WoE is ours
  std::string_view base_row;  // the variable that names the base points; empty for none
};

// A card from rows of variable, bin and points. Errors: import.csv, import.table with the line.
Result<Imported> read_table_card(std::string_view csv, const ImportOptions& options,
                                 const PeerTable& format);

}  // namespace credence
