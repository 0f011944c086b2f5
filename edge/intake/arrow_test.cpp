#include <credence/intake/arrow.h>
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

using namespace credence;

namespace {

// A producer as small as the interface allows: what it hands out lives until it is released.
struct Producer {
  struct Child {
    std::string name, format;
    std::vector<const void*> buffers;
    std::int64_t nulls = 0;
    std::int64_t offset = 0;
    Child* dictionary = nullptr;
    std::int64_t length = -1;  // of a dictionary
  };
  std::vector<Child> children;
  std::int64_t rows = 0;
  int batches = 1;
  std::string error = {};
  int released_arrays = 0;
  bool released_stream = false;

  std::vector<ArrowSchema> schemas = {}, dictionary_schemas = {};
  std::vector<ArrowSchema*> schema_pointers = {};
  std::vector<std::vector<ArrowArray>> arrays = {}, dictionaries = {};
  std::vector<std::vector<ArrowArray*>> array_pointers = {};

  static ArrowArray array_of(Child& child, std::int64_t length) {
    ArrowArray array{};
    array.length = length;
    array.null_count = child.nulls;
    array.offset = child.offset;
    array.n_buffers = static_cast<std::int64_t>(child.buffers.size());
    array.buffers = child.buffers.data();
    array.release = [](ArrowArray* one) { one->release = nullptr; };
    return array;
  }

  int schema(ArrowSchema* out) {
    schemas.assign(children.size(), {});
    dictionary_schemas.assign(children.size(), {});
    schema_pointers.clear();
    for (std::size_t i = 0; i < children.size(); ++i) {
      schemas[i].format = children[i].format.c_str();
      schemas[i].name = children[i].name.c_str();
      if (children[i].dictionary != nullptr) {
        dictionary_schemas[i].format = children[i].dictionary->format.c_str();
        schemas[i].dictionary = &dictionary_schemas[i];
      }
      schema_pointers.push_back(&schemas[i]);
    }
    *out = {};
    out->format = "+s";
    out->n_children = static_cast<std::int64_t>(children.size());
    out->children = schema_pointers.data();
    out->release = [](ArrowSchema* one) { one->release = nullptr; };
    return 0;
  }

  int next(ArrowArray* out) {
    *out = {};
    if (!error.empty()) return 5;
    if (batches-- == 0) return 0;
    auto& batch = arrays.emplace_back();
    auto& inner = dictionaries.emplace_back(children.size());
    auto& pointers = array_pointers.emplace_back();
    for (Child& child : children) batch.push_back(array_of(child, rows));
    for (std::size_t i = 0; i < children.size(); ++i) {
      if (Child* dictionary = children[i].dictionary) {
        inner[i] = array_of(*dictionary, dictionary->length);
        batch[i].dictionary = &inner[i];
      }
      pointers.push_back(&batch[i]);
    }
    out->length = rows;
    out->n_children = static_cast<std::int64_t>(children.size());
    out->children = pointers.data();
    out->private_data = this;
    out->release = [](ArrowArray* one) {
      ++static_cast<Producer*>(one->private_data)->released_arrays;
      one->release = nullptr;
    };
    return 0;
  }

  ArrowArrayStream stream() {
    ArrowArrayStream out{};
    out.get_schema = [](ArrowArrayStream* s, ArrowSchema* to) {
      return static_cast<Producer*>(s->private_data)->schema(to);
    };
    out.get_next = [](ArrowArrayStream* s, ArrowArray* to) {
      return static_cast<Producer*>(s->private_data)->next(to);
    };
    out.get_last_error = [](ArrowArrayStream* s) {
      return static_cast<Producer*>(s->private_data)->error.c_str();
    };
    out.release = [](ArrowArrayStream* s) {
      static_cast<Producer*>(s->private_data)->released_stream = true;
      s->release = nullptr;
    };
    out.private_data = this;
    return out;
  }
};

constexpr std::uint8_t kFirstAndThird = 0b101;
const double kNumbers[] = {1.5, 2.5, 3.5};
const std::int32_t kDays[] = {0, 1, 20000};
const std::int32_t kOffsets[] = {0, 1, 3, 4};
const char kText[] = "abba";

std::vector<double> numbers(const Column& column) {
  std::vector<double> out(column.size());
  column.read(0, out);
  return out;
}

}  // namespace

TEST_CASE("arrow: numbers are not copied, and their memory lives as long as a column looks at it") {
  Producer producer{
      .children = {{"a", "g", {nullptr, kNumbers}}, {"d", "tdD", {&kFirstAndThird, kDays}, 1}},
      .rows = 3};
  {
    Table kept;
    {
      ArrowArrayStream stream = producer.stream();
      auto table = from_arrow_stream(&stream);
      REQUIRE(bool(table));
      CHECK((stream.release == nullptr));
      kept = *table;
    }
    CHECK(producer.released_stream);
    CHECK(producer.released_arrays == 0);
    REQUIRE(kept.find("a")->in_place());
    CHECK(kept.find("a")->in_place()->data() == kNumbers);
    CHECK(std::isnan(numbers(*kept.find("d"))[1]));
    CHECK(numbers(*kept.find("d"))[2] == 20000);
  }
  CHECK(producer.released_arrays == 1);
}

TEST_CASE("arrow: texts become codes, the same ones in every batch and through dictionaries") {
  const std::int8_t indexes[] = {1, 0, 1};
  Producer::Child dictionary{
      .name = "", .format = "u", .buffers = {nullptr, kOffsets, kText}, .length = 2};
  Producer producer{.children = {{"t", "u", {&kFirstAndThird, kOffsets, kText}, 1},
                                 {"k", "c", {nullptr, indexes}, 0, 0, &dictionary}},
                    .rows = 3,
                    .batches = 2};
  ArrowArrayStream stream = producer.stream();
  auto table = from_arrow_stream(&stream);
  REQUIRE(bool(table));
  CHECK(table->rows() == 6);
  const Column& texts = *table->find("t");
  CHECK(texts.codes()[1] == -1);
  CHECK(texts.dictionary()[0] == "a");
  CHECK(texts.codes()[0] == texts.codes()[3]);
  const Column& keys = *table->find("k");
  CHECK(keys.dictionary()[static_cast<std::size_t>(keys.codes()[0])] == "bb");
  CHECK(keys.dictionary()[static_cast<std::size_t>(keys.codes()[4])] == "a");
}

TEST_CASE("arrow: timestamps are days with their fraction, booleans 0 and 1, offsets hold") {
  const std::int64_t seconds[] = {7, 86'400, 129'600};
  const std::uint8_t flags = 0b110;
  Producer producer{
      .children = {{"s", "tss:UTC", {nullptr, seconds}, 0, 1}, {"b", "b", {nullptr, &flags}, 0, 1}},
      .rows = 2};
  ArrowArrayStream stream = producer.stream();
  auto table = from_arrow_stream(&stream);
  REQUIRE(bool(table));
  CHECK(numbers(*table->find("s")) == std::vector<double>{1, 1.5});
  CHECK(numbers(*table->find("b")) == std::vector<double>{1, 1});
}

TEST_CASE("arrow: what cannot be a column is refused with what to do, and released") {
  for (const char* format : {"d:10,2", "+l", "z", "e", "tts", "+r"}) {
    Producer producer{.children = {{"x", format, {nullptr, kNumbers}}}, .rows = 1};
    ArrowArrayStream stream = producer.stream();
    auto table = from_arrow_stream(&stream);
    REQUIRE_FALSE(bool(table));
    CHECK(table.error().code == "table.kind");
    CHECK_FALSE(table.error().help.empty());
    CHECK(producer.released_stream);
  }
  Producer twice{.children = {{"x", "g", {nullptr, kNumbers}}, {"x", "g", {nullptr, kNumbers}}},
                 .rows = 1};
  ArrowArrayStream stream = twice.stream();
  CHECK(from_arrow_stream(&stream).error().code == "table.header");
  Producer broken{
      .children = {{"x", "g", {nullptr, kNumbers}}}, .rows = 1, .error = "the disk is gone"};
  stream = broken.stream();
  CHECK(from_arrow_stream(&stream).error().message.find("the disk is gone") != std::string::npos);
  CHECK(from_arrow_stream(&stream).error().code == "table.arrow");  // consumed before
  CHECK(from_arrow_stream(nullptr).error().code == "table.arrow");
}

TEST_CASE("arrow: only the columns that are named, in that order") {
  Producer producer{.children = {{"a", "g", {nullptr, kNumbers}},
                                 {"b", "d:1,1", {nullptr, kNumbers}},
                                 {"c", "g", {nullptr, kNumbers}}},
                    .rows = 3};
  ArrowArrayStream stream = producer.stream();
  auto batches = ArrowBatches::open(&stream, {.columns = {"c", "a"}});
  REQUIRE(bool(batches));
  auto table = batches->rest();
  REQUIRE(bool(table));
  CHECK(table->columns().front().name() == "c");
  Producer other{.children = {{"income", "g", {nullptr, kNumbers}}}, .rows = 1};
  stream = other.stream();
  CHECK(ArrowBatches::open(&stream, {.columns = {"incme"}}).error().help.find("`income`") !=
        std::string::npos);
}
