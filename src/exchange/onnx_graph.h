#pragma once

#include <credence/exchange/protobuf.h>

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// An ONNX model being written: the few messages of onnx.proto that a scorecard needs. Names of
// results are made here; every function that adds a node returns the name of its result.
class OnnxGraph {
 public:
  enum class Type { i64 = 7, text = 8, boolean = 9, f64 = 11 };

  void input(std::string_view name, Type type, bool with_default = false);
  void output(std::string_view name, Type type, std::string_view columns);

  std::string numbers(std::span<const double> values);
  std::string wholes(std::span<const std::int64_t> values);
  std::string whole(std::int64_t value);  // a tensor of one
  std::string texts(std::span<const std::string> values);

  std::string node(std::string_view operation, std::initializer_list<std::string> inputs,
                   std::span<const ProtobufMessage> attributes = {});
  std::string cast_to_whole(const std::string& value);
  std::string sum_of_columns(const std::string& value);  // [rows, n] to [rows, 1]
  std::string concat_columns(const std::vector<std::string>& values);
  // Whole numbers for texts, by a table; `otherwise` for any other (ai.onnx.ml).
  std::string look_up(const std::string& value, std::span<const std::string> keys,
                      std::span<const std::int64_t> cells, std::int64_t otherwise);
  std::pair<std::string, std::string> greatest(const std::string& value, std::int64_t count);
  void name_result(const std::string& value, std::string_view name);

  std::string model(std::string_view producer, std::string_view name) const;

 private:
  std::string next_name();
  ProtobufMessage value_info(std::string_view name, Type type, std::string_view columns) const;
  void initializer(const ProtobufMessage& tensor) { initializers_.push_back(tensor); }

  std::vector<ProtobufMessage> nodes_, initializers_, inputs_, outputs_;
  int names_ = 0;
};

}  // namespace credence
