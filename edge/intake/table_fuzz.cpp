#include <credence/base/expects.h>
#include <credence/base/text.h>
#include <credence/intake/text_source.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace credence;

namespace {

// Whatever comes in, each column of what comes out has as many rows as the table, every code has a
// text and every text is UTF-8. Batches of one row and the whole at once agree on how many there
// are.
std::size_t rows_of(TextSource& source, std::size_t most) {
  std::size_t rows = 0;
  for (;;) {
    auto read = source.read(most);
    if (!read) {
      expects(!read.error().help.empty(), "an error says how to mend it");
      return SIZE_MAX;
    }
    if (*read == 0) break;
    IntakeTable table = source.take();
    expects(table.table.rows() == *read, "a batch has the rows that were read");
    for (const Column& column : table.table.columns()) {
      if (column.kind() != Column::Kind::text) continue;
      for (const std::string& text : column.dictionary()) expects(is_utf8(text), "texts are UTF-8");
    }
    expects(table.line_of(0) > 0, "a row of a file of text has a line");
    rows += *read;
  }
  return source.finish() ? rows : SIZE_MAX;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text{reinterpret_cast<const char*>(data), size};
  IntakeOptions options;
  if (size > 0 && data[size - 1] % 2 == 1) options.decimal = ',';
  auto whole = make_csv_source(text, "fuzz.csv", options);
  auto pieces = make_csv_source(text, "fuzz.csv", options);
  expects(bool(whole) == bool(pieces), "the same header");
  if (whole) expects(rows_of(**whole, SIZE_MAX) == rows_of(**pieces, 1), "the same rows");
  auto lines = make_json_source(text, "fuzz.jsonl", options);
  rows_of(*lines, SIZE_MAX);
  return 0;
}
