#include <credence/base/text.h>
#include <credence/intake/arrow.h>
#include <credence/intake/arrow_column.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>

namespace credence {

namespace {

// A producer's structures are given back when they are no longer needed.
template <class Struct>
struct Released {
  Struct value{};
  Released() = default;
  explicit Released(Struct taken) : value(taken) {}
  Released(const Released&) = delete;
  Released& operator=(const Released&) = delete;
  ~Released() {
    if (value.release != nullptr) value.release(&value);
  }
};

using Batch = Released<ArrowArray>;

}  // namespace

struct ArrowBatches::State {
  Released<ArrowArrayStream> stream;
  std::vector<ArrowColumn> columns;
  std::vector<std::size_t> places;  // of each column among the schema's

  explicit State(ArrowArrayStream taken) : stream(taken) {}

  Error fault(std::string_view doing) {
    const char* said = stream.value.get_last_error(&stream.value);
    std::string message = said == nullptr ? "it does not say why" : said;
    if (!is_utf8(message)) message = "it does not say why in UTF-8";
    return {"table.arrow", fmt::format("{}: {}", doing, message), {}, "check its source"};
  }

  Result<Done> read_schema(const ArrowOptions& options) {
    Released<ArrowSchema> schema;
    if (stream.value.get_schema(&stream.value, &schema.value) != 0)
      return fault("the stream gives no schema");
    std::string_view format = schema.value.format == nullptr ? "" : schema.value.format;
    if (format != "+s")
      return Error{"table.kind",
                   fmt::format("this is a stream of `{}` and no table", format),
                   {},
                   "hand over a table, not a single column"};
    std::span children{schema.value.children, static_cast<std::size_t>(schema.value.n_children)};
    std::vector<std::string> names;
    std::set<std::string_view> seen;
    for (const ArrowSchema* child : children) {
      names.emplace_back(child->name == nullptr ? "" : child->name);
    }
    for (const std::string& name : names) {
      if (is_utf8(name) && seen.insert(name).second) continue;
      return Error{"table.header",
                   fmt::format("two columns are named `{}`", is_utf8(name) ? name : "?"),
                   {},
                   "give each column a name of its own"};
    }
    const auto& wanted = options.columns.empty() ? names : options.columns;
    for (const std::string& name : wanted) {
      auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) return absent(name, names);
      auto place = static_cast<std::size_t>(found - names.begin());
      auto type = arrow_type(*children[place]);
      if (!type) return type.error();
      places.push_back(place);
      columns.emplace_back(name, *type, options.most_texts);
    }
    return Done{};
  }

  static Error absent(const std::string& name, const std::vector<std::string>& names) {
    std::string near = nearest(name, std::span<const std::string>(names));
    return {"table.column",
            fmt::format("there is no column `{}`", name),
            {},
            near.empty() ? "check the name" : fmt::format("did you mean `{}`?", near)};
  }

  // The next batch's arrays, taken into the columns; empty at the end.
  Result<std::shared_ptr<Batch>> pull() {
    auto batch = std::make_shared<Batch>();
    if (stream.value.get_next(&stream.value, &batch->value) != 0)
      return fault("the stream breaks off");
    if (batch->value.release == nullptr) return std::shared_ptr<Batch>{};
    const ArrowArray& rows = batch->value;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const ArrowArray& child = *rows.children[places[i]];
      if (auto added = columns[i].add(child, rows.offset, rows.length); !added)
        return added.error();
    }
    return batch;
  }

  Table take(std::size_t rows, const std::shared_ptr<const void>& owner) {
    std::vector<Column> taken;
    for (ArrowColumn& column : columns) {
      Column one = column.take(owner);
      if (!column.is_left_out()) taken.push_back(std::move(one));
    }
    return {rows, std::move(taken)};
  }
};

ArrowBatches::ArrowBatches(std::unique_ptr<State> state) : state_(std::move(state)) {}
ArrowBatches::ArrowBatches(ArrowBatches&&) noexcept = default;
ArrowBatches& ArrowBatches::operator=(ArrowBatches&&) noexcept = default;
ArrowBatches::~ArrowBatches() = default;

Result<ArrowBatches> ArrowBatches::open(ArrowArrayStream* stream, const ArrowOptions& options) {
  if (stream == nullptr || stream->release == nullptr)
    return Error{"table.arrow", "the stream was consumed before", {}, "make a new one"};
  auto state = std::make_unique<State>(*stream);
  stream->release = nullptr;  // it is ours now
  if (auto read = state->read_schema(options); !read) return read.error();
  return ArrowBatches{std::move(state)};
}

Result<std::unique_ptr<Table>> ArrowBatches::next() {
  auto batch = state_->pull();
  if (!batch) return batch.error();
  if (*batch == nullptr) return std::unique_ptr<Table>{};
  auto rows = static_cast<std::size_t>((*batch)->value.length);
  return std::make_unique<Table>(state_->take(rows, *batch));
}

Result<Table> ArrowBatches::rest(const std::function<void(std::size_t)>& progress) {
  auto owners = std::make_shared<std::vector<std::shared_ptr<Batch>>>();
  std::size_t rows = 0;
  for (;;) {
    auto batch = state_->pull();
    if (!batch) return batch.error();
    if (*batch == nullptr) break;
    rows += static_cast<std::size_t>((*batch)->value.length);
    owners->push_back(*std::move(batch));
    if (progress) progress(rows);
  }
  return state_->take(rows, owners);
}

std::vector<std::string> ArrowBatches::left_out() const {
  std::vector<std::string> names;
  for (const ArrowColumn& column : state_->columns) {
    if (column.is_left_out()) names.push_back(column.name());
  }
  return names;
}

Result<Table> from_arrow_stream(ArrowArrayStream* stream) {
  auto batches = ArrowBatches::open(stream, {});
  if (!batches) return batches.error();
  return batches->rest();
}

}  // namespace credence
