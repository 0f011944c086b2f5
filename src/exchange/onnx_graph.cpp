#include <credence/exchange/onnx_graph.h>
#include <fmt/format.h>

#include <bit>

namespace credence {

namespace {

// Numbers of fields as onnx.proto gives them.
namespace tensor {
constexpr int kDims = 1, kType = 2, kTexts = 6, kName = 8, kRaw = 9;
}
namespace attribute {
constexpr int kName = 1, kWhole = 3, kWholes = 8, kTexts = 9, kType = 20;
constexpr int kIsWhole = 2, kIsWholes = 7, kIsTexts = 8;
}  // namespace attribute

std::string little_endian(std::uint64_t value) {
  std::string out;
  for (int i = 0; i < 8; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
  return out;
}

ProtobufMessage whole_attribute(std::string_view name, std::int64_t value) {
  return ProtobufMessage{}
      .text(attribute::kName, name)
      .number(attribute::kWhole, value)
      .number(attribute::kType, attribute::kIsWhole);
}

}  // namespace

std::string OnnxGraph::next_name() {
  return fmt::format("credence/{}", names_++);
}

ProtobufMessage OnnxGraph::value_info(std::string_view name, Type type,
                                      std::string_view columns) const {
  ProtobufMessage shape;
  shape.message(1, ProtobufMessage{}.text(2, "rows"));
  if (columns.find_first_not_of("0123456789") == std::string_view::npos)
    shape.message(1, ProtobufMessage{}.number(1, std::stoll(std::string{columns})));
  ProtobufMessage of;
  of.number(1, static_cast<int>(type)).message(2, shape);
  return ProtobufMessage{}.text(1, name).message(2, ProtobufMessage{}.message(1, of));
}

void OnnxGraph::input(std::string_view name, Type type, bool with_default) {
  inputs_.push_back(value_info(name, type, "1"));
  if (!with_default) return;
  ProtobufMessage nothing;  // one `false` for all rows
  nothing.number(tensor::kDims, 1).number(tensor::kDims, 1);
  nothing.number(tensor::kType, static_cast<int>(type)).text(tensor::kName, name);
  nothing.text(tensor::kRaw, std::string(1, '\0'));
  initializer(nothing);
}

void OnnxGraph::output(std::string_view name, Type type, std::string_view columns) {
  outputs_.push_back(value_info(name, type, columns));
}

std::string OnnxGraph::numbers(std::span<const double> values) {
  std::string raw;
  for (double value : values) raw += little_endian(std::bit_cast<std::uint64_t>(value));
  std::string name = next_name();
  initializer(ProtobufMessage{}
                  .number(tensor::kDims, static_cast<std::int64_t>(values.size()))
                  .number(tensor::kType, static_cast<int>(Type::f64))
                  .text(tensor::kName, name)
                  .text(tensor::kRaw, raw));
  return name;
}

std::string OnnxGraph::wholes(std::span<const std::int64_t> values) {
  std::string raw;
  for (std::int64_t value : values) raw += little_endian(static_cast<std::uint64_t>(value));
  std::string name = next_name();
  initializer(ProtobufMessage{}
                  .number(tensor::kDims, static_cast<std::int64_t>(values.size()))
                  .number(tensor::kType, static_cast<int>(Type::i64))
                  .text(tensor::kName, name)
                  .text(tensor::kRaw, raw));
  return name;
}

std::string OnnxGraph::whole(std::int64_t value) {
  return wholes(std::span{&value, 1});
}

std::string OnnxGraph::texts(std::span<const std::string> values) {
  std::string name = next_name();
  ProtobufMessage of;
  of.number(tensor::kDims, static_cast<std::int64_t>(values.size()));
  of.number(tensor::kType, static_cast<int>(Type::text));
  for (const std::string& value : values) of.text(tensor::kTexts, value);
  initializer(of.text(tensor::kName, name));
  return name;
}

std::string OnnxGraph::node(std::string_view operation, std::initializer_list<std::string> inputs,
                            std::span<const ProtobufMessage> attributes) {
  ProtobufMessage out;
  std::string name = next_name();
  for (const std::string& input : inputs) out.text(1, input);
  out.text(2, name).text(3, name).text(4, operation);
  for (const ProtobufMessage& each : attributes) out.message(5, each);
  nodes_.push_back(out);
  return name;
}

std::string OnnxGraph::cast_to_whole(const std::string& value) {
  ProtobufMessage to = whole_attribute("to", static_cast<int>(Type::i64));
  return node("Cast", {value}, std::span{&to, 1});
}

std::string OnnxGraph::sum_of_columns(const std::string& value) {
  return node("ReduceSum", {value, whole(1)});
}

std::string OnnxGraph::concat_columns(const std::vector<std::string>& values) {
  ProtobufMessage out;
  std::string name = next_name();
  for (const std::string& value : values) out.text(1, value);
  out.text(2, name).text(3, name).text(4, "Concat").message(5, whole_attribute("axis", 1));
  nodes_.push_back(out);
  return name;
}

std::string OnnxGraph::look_up(const std::string& value, std::span<const std::string> keys,
                               std::span<const std::int64_t> cells, std::int64_t otherwise) {
  ProtobufMessage from, to;
  from.text(attribute::kName, "keys_strings");
  for (const std::string& key : keys) from.text(attribute::kTexts, key);
  from.number(attribute::kType, attribute::kIsTexts);
  to.text(attribute::kName, "values_int64s");
  for (std::int64_t cell : cells) to.number(attribute::kWholes, cell);
  to.number(attribute::kType, attribute::kIsWholes);
  ProtobufMessage out;
  std::string name = next_name();
  out.text(1, value).text(2, name).text(3, name).text(4, "LabelEncoder");
  out.message(5, from).message(5, to);
  out.message(5, whole_attribute("default_int64", otherwise)).text(7, "ai.onnx.ml");
  nodes_.push_back(out);
  return name;
}

std::pair<std::string, std::string> OnnxGraph::greatest(const std::string& value,
                                                        std::int64_t count) {
  ProtobufMessage out;
  std::string values = next_name(), places = next_name();
  out.text(1, value).text(1, whole(count)).text(2, values).text(2, places).text(3, values);
  nodes_.push_back(out.text(4, "TopK"));
  return {values, places};
}

void OnnxGraph::name_result(const std::string& value, std::string_view name) {
  nodes_.push_back(
      ProtobufMessage{}.text(1, value).text(2, name).text(3, name).text(4, "Identity"));
}

std::string OnnxGraph::model(std::string_view producer, std::string_view name) const {
  constexpr int kVersion = 8, kOperators = 17, kMlOperators = 2;
  ProtobufMessage graph;
  for (const ProtobufMessage& each : nodes_) graph.message(1, each);
  graph.text(2, name);
  for (const ProtobufMessage& each : initializers_) graph.message(5, each);
  for (const ProtobufMessage& each : inputs_) graph.message(11, each);
  for (const ProtobufMessage& each : outputs_) graph.message(12, each);
  return ProtobufMessage{}
      .number(1, kVersion)
      .text(2, producer)
      .message(7, graph)
      .message(8, ProtobufMessage{}.text(1, "").number(2, kOperators))
      .message(8, ProtobufMessage{}.text(1, "ai.onnx.ml").number(2, kMlOperators))
      .bytes();
}

}  // namespace credence
