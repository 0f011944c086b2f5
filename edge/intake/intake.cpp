#include <credence/base/text.h>
#include <credence/intake/bytes_of_file.h>
#include <credence/intake/intake.h>
#include <credence/intake/module.h>
#include <credence/intake/text_source.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace credence {

namespace {

constexpr std::size_t kRowsAtOnce = 65'536;

struct Magic {
  std::string_view bytes;
  std::string_view code, what, help;
};
constexpr std::array kUnreadable = {
    Magic{"\x1F\x8B", "table.compressed", "the file is compressed (gzip)",
          "unpack it first: gunzip -k FILE"},
    Magic{"\x28\xB5\x2F\xFD", "table.compressed", "the file is compressed (zstd)",
          "unpack it first: unzstd FILE"},
    Magic{"BZh", "table.compressed", "the file is compressed (bzip2)",
          "unpack it first: bunzip2 -k FILE"},
    Magic{"PK\x03\x04", "table.compressed", "the file is a ZIP archive or an Excel workbook",
          "unpack it, or save the sheet as CSV"},
    Magic{"\xFF\xFE", "table.encoding", "the file is UTF-16",
          "convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW"},
    Magic{"\xFE\xFF", "table.encoding", "the file is UTF-16",
          "convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW"},
};

TableFormat format_of(std::string_view text) {
  if (text.starts_with("PAR1")) return TableFormat::parquet;
  constexpr std::string_view kContinuation{"\xFF\xFF\xFF\xFF", 4};
  if (text.starts_with("ARROW1") || text.starts_with(kContinuation)) return TableFormat::arrow;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  auto first = text.find_first_not_of(" \t\r\n");
  bool object = first != std::string_view::npos && text[first] == '{';
  return object ? TableFormat::json_lines : TableFormat::csv;
}

bool is_columnar(TableFormat format) {
  return format == TableFormat::parquet || format == TableFormat::arrow;
}

Result<Done> refuse_unreadable(std::string_view text, const std::string& path) {
  for (const Magic& magic : kUnreadable) {
    if (text.starts_with(magic.bytes))
      return Error{
          std::string{magic.code}, std::string{magic.what}, {path}, std::string{magic.help}};
  }
  return Done{};
}

// Errors in data that came through the Arrow library have no file yet.
Error at_file(Error error, const std::string& path) {
  if (error.where.file.empty()) error.where.file = path;
  return error;
}

Result<std::unique_ptr<TextSource>> open_text(const FileBytes& bytes, const std::string& path,
                                              TableFormat format, const IntakeOptions& options) {
  if (auto readable = refuse_unreadable(bytes.view(), path); !readable) return readable.error();
  std::string shown = path == "-" ? "standard input" : path;
  if (format == TableFormat::json_lines) return make_json_source(bytes.view(), shown, options);
  return make_csv_source(bytes.view(), shown, options);
}

IntakeTable named(Table table, const std::string& path, TableFormat format) {
  IntakeTable out;
  out.file = path;
  out.format = format;
  out.table = std::move(table);
  return out;
}

ArrowOptions arrow_options(const IntakeOptions& options) {
  return {.columns = options.columns,
          .most_texts = options.columns.empty() ? options.most_texts : INT32_MAX};
}

Result<IntakeTable> read_columnar(const std::string& path, TableFormat format,
                                  const IntakeOptions& options, const OnIntake& progress) {
  auto batches = open_columnar(path, format == TableFormat::parquet, arrow_options(options));
  if (!batches) return batches.error();
  auto table = batches->rest([&](std::size_t rows) {
    if (progress) progress(rows, 0);
  });
  if (!table) return at_file(table.error(), path);
  if (table->rows() == 0)
    return Error{"table.empty", "the file has no rows", {path}, "a table needs at least one row"};
  IntakeTable out = named(*std::move(table), path, format);
  for (const std::string& name : batches->left_out())
    out.left_out.push_back({name, too_many_texts(options)});
  return out;
}

Result<Done> read_columnar_batches(const std::string& path, TableFormat format,
                                   const IntakeOptions& options, const OnBatch& on_batch,
                                   const OnIntake& progress) {
  auto batches = open_columnar(path, format == TableFormat::parquet, arrow_options(options));
  if (!batches) return batches.error();
  std::size_t rows = 0;
  for (;;) {
    auto batch = batches->next();
    if (!batch) return at_file(batch.error(), path);
    if (*batch == nullptr) return Done{};
    std::size_t count = (*batch)->rows();
    if (count == 0) continue;
    auto taken = on_batch(named(std::move(**batch), path, format), rows);
    if (!taken) return taken.error();
    rows += count;
    if (progress) progress(rows, 0);
  }
}

// A consumer of batches relies on the columns of the first one.
class Shape {
 public:
  Result<Done> keep(const IntakeTable& batch, std::size_t first_row) {
    if (first_row == 0) {
      for (const Column& column : batch.table.columns()) kinds_[column.name()] = column.kind();
      rows_ = batch.table.rows();
      return Done{};
    }
    for (const Column& column : batch.table.columns()) {
      auto known = kinds_.find(column.name());
      if (known != kinds_.end() && known->second == column.kind()) continue;
      bool is_new = known == kinds_.end();
      return Error{"table.stream",
                   fmt::format("column `{}` {} in the first {} rows and {} later", column.name(),
                               is_new ? "is not there" : "has no value", rows_,
                               is_new ? "appears" : "holds texts"),
                   {batch.file},
                   is_new ? "name every key in the first line"
                          : fmt::format("say --text {}", column.name())};
    }
    if (batch.table.columns().size() == kinds_.size()) return Done{};
    return Error{"table.stream",
                 fmt::format("column `{}` was left out on the way: {}", batch.left_out.back().name,
                             batch.left_out.back().reason),
                 {batch.file},
                 "name the columns that are wanted"};
  }

 private:
  std::map<std::string, Column::Kind> kinds_;
  std::size_t rows_ = 0;
};

}  // namespace

std::uint64_t IntakeTable::line_of(std::size_t row) const {
  auto after =
      std::upper_bound(lines.begin(), lines.end(), row,
                       [](std::size_t wanted, const Break& at) { return wanted < at.row; });
  return after == lines.begin() ? 0 : row + std::prev(after)->shift;
}

std::string IntakeTable::place_of(std::size_t row) const {
  std::uint64_t line = line_of(row);
  return line > 0 ? fmt::format("line {}", line) : fmt::format("row {}", row + 1);
}

Result<const Column*> IntakeTable::require(std::string_view name) const {
  if (const Column* column = table.find(name)) return column;
  for (const LeftOut& out : left_out) {
    if (out.name == name)
      return Error{"table.column",
                   fmt::format("the column `{}` was left out: {}", name, out.reason),
                   {file},
                   "group its values, or use another column"};
  }
  std::vector<std::string> names;
  for (const Column& column : table.columns()) names.push_back(column.name());
  std::string near = nearest(name, std::span<const std::string>(names));
  if (names.size() > 12) {
    names.resize(12);
    names.emplace_back("...");
  }
  return Error{
      "table.column",
      fmt::format("there is no column `{}`; the file has: {}", name, fmt::join(names, ", ")),
      {file},
      near.empty() ? "check the name" : fmt::format("did you mean `{}`?", near)};
}

Result<IntakeTable> read_table_file(const std::string& path, const IntakeOptions& options,
                                    const OnIntake& progress) {
  auto bytes = FileBytes::open(path);
  if (!bytes) return bytes.error();
  TableFormat format =
      options.format == TableFormat::automatic ? format_of(bytes->view()) : options.format;
  if (is_columnar(format)) {
    *bytes = FileBytes{};  // the library opens the file itself
    return read_columnar(path, format, options, progress);
  }
  auto source = open_text(*bytes, path, format, options);
  if (!source) return source.error();
  for (;;) {
    auto rows = (*source)->read(kRowsAtOnce);
    if (!rows) return rows.error();
    if (*rows == 0) break;
    if (progress) progress((*source)->offset(), (*source)->size());
  }
  if (auto sound = (*source)->finish(); !sound) return sound.error();
  IntakeTable out = (*source)->take();
  out.format = format;
  return out;
}

Result<Done> read_batches(const std::string& path, const IntakeOptions& options,
                          std::size_t batch_rows, const OnBatch& on_batch,
                          const OnIntake& progress) {
  auto bytes = FileBytes::open(path);
  if (!bytes) return bytes.error();
  TableFormat format =
      options.format == TableFormat::automatic ? format_of(bytes->view()) : options.format;
  if (is_columnar(format)) {
    *bytes = FileBytes{};
    return read_columnar_batches(path, format, options, on_batch, progress);
  }
  if (!bytes->is_mapped() && !bytes->view().empty())
    return Error{"table.stream",
                 "what is piped in cannot be read in pieces of bounded memory",
                 {path},
                 "write it to a file first"};
  auto source = open_text(*bytes, path, format, options);
  if (!source) return source.error();
  std::size_t first = 0;
  Shape shape;
  for (;;) {
    auto rows = (*source)->read(batch_rows);
    if (!rows) return rows.error();
    if (*rows == 0) return (*source)->finish();
    IntakeTable batch = (*source)->take();
    batch.format = format;
    if (auto same = shape.keep(batch, first); !same) return same.error();
    if (auto taken = on_batch(batch, first); !taken) return taken.error();
    first += *rows;
    bytes->done_with((*source)->offset());
    if (progress) progress((*source)->offset(), (*source)->size());
  }
}

}  // namespace credence
