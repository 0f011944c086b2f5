// Opens (and writes) Parquet and Arrow files with Apache Arrow's library and hands them on through
// the Arrow C stream interface, so that nothing of that library's C++ reaches the program which
// loads this module.
#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/c/bridge.h>
#include <arrow/io/file.h>
#include <arrow/ipc/reader.h>
#include <arrow/memory_pool.h>
#include <arrow/record_batch.h>
#include <arrow/result.h>
#include <arrow/table.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/writer.h>
#include <parquet/exception.h>
#include <parquet/properties.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <vector>

namespace credence {

namespace {

constexpr std::int64_t kBatchRows = 131'072;
using Names = std::vector<std::string>;

arrow::Status no_column(const std::string& name) {
  return arrow::Status::Invalid("there is no column `", name, "`");
}

// The places of the columns wanted among the schema's; all when none is named. Their order in the
// stream does not matter: the reader takes them by name.
arrow::Result<std::vector<int>> places_of(const arrow::Schema& schema, const Names& wanted) {
  std::vector<int> places;
  for (int i = 0; wanted.empty() && i < schema.num_fields(); ++i) places.push_back(i);
  for (const std::string& name : wanted) {
    std::vector<int> found = schema.GetAllFieldIndices(name);
    if (found.empty()) return no_column(name);
    places.push_back(found.front());
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

// A Parquet file's leaves are numbered apart from its columns: a column that is nested has many.
std::vector<int> leaves_of(const parquet::SchemaDescriptor& leaves, const arrow::Schema& schema,
                           const std::vector<int>& places) {
  std::vector<int> out;
  for (int leaf = 0; leaf < leaves.num_columns(); ++leaf) {
    const std::string& name = leaves.GetColumnRoot(leaf)->name();
    bool wanted = std::any_of(places.begin(), places.end(),
                              [&](int place) { return schema.field(place)->name() == name; });
    if (wanted) out.push_back(leaf);
  }
  return out;
}

arrow::Result<std::shared_ptr<arrow::RecordBatchReader>> open_parquet(const std::string& path,
                                                                      const Names& wanted) {
  // Read and not mapped: what is held is the row group at hand.
  ARROW_ASSIGN_OR_RAISE(auto file, arrow::io::ReadableFile::Open(path));
  parquet::arrow::FileReaderBuilder builder;
  ARROW_RETURN_NOT_OK(builder.Open(file));
  parquet::ArrowReaderProperties properties;
  properties.set_batch_size(kBatchRows);
  properties.set_use_threads(true);
  properties.set_pre_buffer(false);
  ARROW_ASSIGN_OR_RAISE(std::shared_ptr<parquet::arrow::FileReader> reader,
                        builder.properties(properties)->Build());
  std::shared_ptr<arrow::Schema> schema;
  ARROW_RETURN_NOT_OK(reader->GetSchema(&schema));
  ARROW_ASSIGN_OR_RAISE(auto places, places_of(*schema, wanted));
  std::vector<int> groups;
  for (int i = 0; i < reader->num_row_groups(); ++i) groups.push_back(i);
  auto leaves = leaves_of(*reader->parquet_reader()->metadata()->schema(), *schema, places);
  ARROW_ASSIGN_OR_RAISE(auto batches, reader->GetRecordBatchReader(groups, leaves));
  // The batches are read through the file's reader, which must outlive them.
  struct Kept : arrow::RecordBatchReader {
    std::shared_ptr<parquet::arrow::FileReader> file;
    std::shared_ptr<arrow::RecordBatchReader> batches;
    std::shared_ptr<arrow::Schema> schema() const override { return batches->schema(); }
    arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
      return batches->ReadNext(batch);
    }
  };
  auto kept = std::make_shared<Kept>();
  kept->file = std::move(reader);
  kept->batches = std::move(batches);
  return kept;
}

// The batches of an Arrow file or stream. What such a file says of its own buffers is checked
// before anybody looks into them.
class CheckedBatches : public arrow::RecordBatchReader {
 public:
  CheckedBatches(std::shared_ptr<arrow::ipc::RecordBatchFileReader> file,
                 std::shared_ptr<arrow::RecordBatchReader> stream)
      : file_(std::move(file)), stream_(std::move(stream)) {}
  std::shared_ptr<arrow::Schema> schema() const override {
    return file_ ? file_->schema() : stream_->schema();
  }
  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
    *batch = nullptr;
    if (stream_) {
      ARROW_RETURN_NOT_OK(stream_->ReadNext(batch));
    } else if (next_ < file_->num_record_batches()) {
      ARROW_ASSIGN_OR_RAISE(*batch, file_->ReadRecordBatch(next_++));
    }
    return *batch ? (*batch)->ValidateFull() : arrow::Status::OK();
  }

 private:
  std::shared_ptr<arrow::ipc::RecordBatchFileReader> file_;
  std::shared_ptr<arrow::RecordBatchReader> stream_;
  int next_ = 0;
};

arrow::Result<std::shared_ptr<arrow::RecordBatchReader>> open_arrow(const std::string& path,
                                                                    const Names& wanted) {
  ARROW_ASSIGN_OR_RAISE(auto file,
                        arrow::io::MemoryMappedFile::Open(path, arrow::io::FileMode::READ));
  ARROW_ASSIGN_OR_RAISE(auto magic, file->ReadAt(0, 6));
  bool is_file = magic->size() == 6 && std::memcmp(magic->data(), "ARROW1", 6) == 0;
  auto options = arrow::ipc::IpcReadOptions::Defaults();
  if (!is_file) {
    ARROW_ASSIGN_OR_RAISE(auto stream, arrow::ipc::RecordBatchStreamReader::Open(file, options));
    ARROW_RETURN_NOT_OK(places_of(*stream->schema(), wanted));
    return std::make_shared<CheckedBatches>(nullptr, stream);
  }
  ARROW_ASSIGN_OR_RAISE(auto reader, arrow::ipc::RecordBatchFileReader::Open(file, options));
  ARROW_ASSIGN_OR_RAISE(options.included_fields, places_of(*reader->schema(), wanted));
  ARROW_ASSIGN_OR_RAISE(reader, arrow::ipc::RecordBatchFileReader::Open(file, options));
  return std::make_shared<CheckedBatches>(reader, nullptr);
}

int say(const std::string& message, char* error, std::size_t size) {
  if (size > 0) {
    std::size_t length = std::min(message.size(), size - 1);
    std::memcpy(error, message.data(), length);
    error[length] = '\0';
  }
  return 1;
}

arrow::Result<std::shared_ptr<arrow::Array>> array_of(std::size_t rows, const double* numbers,
                                                      const char* const* words) {
  if (words != nullptr) {
    arrow::StringBuilder builder;
    for (std::size_t row = 0; row < rows; ++row) ARROW_RETURN_NOT_OK(builder.Append(words[row]));
    return builder.Finish();
  }
  arrow::DoubleBuilder builder;
  for (std::size_t row = 0; row < rows; ++row) {
    ARROW_RETURN_NOT_OK(std::isnan(numbers[row]) ? builder.AppendNull()
                                                 : builder.Append(numbers[row]));
  }
  return builder.Finish();
}

arrow::Status write_columns(const char* path, std::size_t rows, std::size_t columns,
                            const char* const* names, const double* const* numbers,
                            const char* const* const* words) {
  std::vector<std::shared_ptr<arrow::Field>> fields;
  std::vector<std::shared_ptr<arrow::Array>> arrays;
  for (std::size_t i = 0; i < columns; ++i) {
    ARROW_ASSIGN_OR_RAISE(auto array, array_of(rows, numbers[i], words[i]));
    fields.push_back(arrow::field(names[i], array->type()));
    arrays.push_back(std::move(array));
  }
  auto table = arrow::Table::Make(arrow::schema(std::move(fields)), std::move(arrays));
  ARROW_ASSIGN_OR_RAISE(auto file, arrow::io::FileOutputStream::Open(path));
  ARROW_RETURN_NOT_OK(parquet::arrow::WriteTable(*table, arrow::default_memory_pool(), file));
  return file->Close();
}

template <class Open>
int open_with(const Open& open, const char* path, const char* const* columns,
              struct ArrowArrayStream* out, char* error, std::size_t size) {
  try {
    Names names;
    for (; columns != nullptr && *columns != nullptr; ++columns) names.emplace_back(*columns);
    auto reader = open(path, names);
    if (!reader.ok()) return say(reader.status().message(), error, size);
    auto exported = arrow::ExportRecordBatchReader(*reader, out);
    return exported.ok() ? 0 : say(exported.message(), error, size);
  } catch (const std::exception& thrown) {  // parquet's own errors are thrown
    return say(thrown.what(), error, size);
  }
}

}  // namespace

}  // namespace credence

extern "C" {

// Both: `columns` ends with a null pointer, or is null for all columns. 0 when `out` was filled;
// otherwise `error` says why, in at most `size` bytes with the closing zero.
__attribute__((visibility("default"))) int credence_open_parquet(const char* path,
                                                                 const char* const* columns,
                                                                 struct ArrowArrayStream* out,
                                                                 char* error, std::size_t size) {
  return credence::open_with(credence::open_parquet, path, columns, out, error, size);
}

// A column has words, or numbers where NaN is null; all columns have `rows` rows.
__attribute__((visibility("default"))) int credence_write_parquet(
    const char* path, std::size_t rows, std::size_t columns, const char* const* names,
    const double* const* numbers, const char* const* const* words, char* error, std::size_t size) {
  try {
    auto status = credence::write_columns(path, rows, columns, names, numbers, words);
    return status.ok() ? 0 : credence::say(status.message(), error, size);
  } catch (const std::exception& thrown) {
    return credence::say(thrown.what(), error, size);
  }
}

__attribute__((visibility("default"))) int credence_open_arrow(const char* path,
                                                               const char* const* columns,
                                                               struct ArrowArrayStream* out,
                                                               char* error, std::size_t size) {
  return credence::open_with(credence::open_arrow, path, columns, out, error, size);
}
}
