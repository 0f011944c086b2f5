#include <credence/base/json.h>
#include <credence/intake/number_text.h>
#include <credence/intake/text_source.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_set>

namespace credence {

namespace {

// One object a line; its members are cells. A key that comes later is missing in the rows before.
class JsonSource : public TextSource {
 public:
  using TextSource::TextSource;

  Result<std::size_t> read(std::size_t most) override {
    std::size_t count = 0;
    while (count < most && at_ != end_) {
      const char* stop = std::find(at_, end_, '\n');
      std::string_view line{at_, static_cast<std::size_t>(stop - at_)};
      at_ = stop == end_ ? end_ : stop + 1;
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
        note_line();
        if (auto row = read_row(line); !row) return row.error();
        ++rows_;
        ++count;
      }
      ++line_;
    }
    return count;
  }

  Result<Done> finish() const override {
    if (rows_ > 0) {
      if (auto there = require_wanted(); !there) return there.error();
    }
    return TextSource::finish();
  }

 private:
  Result<Done> read_row(std::string_view line) {
    auto value = parse_json(line);
    if (!value) return fault("table.json", value.error().message, "each line is one JSON object");
    const Json::Object* object = value->object();
    if (object == nullptr)
      return fault("table.json", "this line is no JSON object", "each line is one JSON object");
    std::size_t rows = rows_ - taken_;
    for (const auto& [key, member] : *object) {
      note_name(key);
      if (!wants(key)) continue;
      if (auto added = add(column_of(key), key, member); !added) return added.error();
    }
    for (GrowingColumn& column : columns_) {
      if (column.rows() == rows) column.add_missing();
    }
    return Done{};
  }

  void note_name(const std::string& key) {
    if (known_.insert(key).second) names_.push_back(key);
  }

  GrowingColumn& column_of(const std::string& key) {
    auto [at, is_new] = places_.try_emplace(key, columns_.size());
    if (is_new) {
      columns_.emplace_back(key, wants_texts(key),
                            options_.columns.empty() ? options_.most_texts : INT32_MAX);
      for (std::size_t row = 0; row < rows_ - taken_; ++row) columns_.back().add_missing();
    }
    return columns_[at->second];
  }

  Result<Done> add(GrowingColumn& column, const std::string& key, const Json& member) {
    if (member.is_null()) {
      column.add_missing();
      return Done{};
    }
    if (const std::string* text = member.string()) {
      auto added = rules_.is_missing(*text) ? (column.add_missing(), Result<Done>{Done{}})
                                            : column.add_text(*text, line_);
      return added ? added : fault(added.error());
    }
    std::string number;
    if (const bool* flag = member.boolean()) number = *flag ? "1" : "0";
    if (const std::int64_t* whole = member.integer()) number = std::to_string(*whole);
    if (const Json::Number* written = member.number()) number = written->text;
    if (number.empty())
      return fault("table.nested", fmt::format("`{}` holds a list or an object", key),
                   "make one member of each of its values, or leave it out");
    auto added = column.add_cell(number, rules_, line_);
    return added ? added : fault(added.error());
  }

  std::map<std::string, std::size_t, std::less<>> places_;
  std::unordered_set<std::string> known_;
};

}  // namespace

std::unique_ptr<TextSource> make_json_source(std::string_view text, std::string file,
                                             const IntakeOptions& options) {
  IntakeOptions with_point = options;
  with_point.decimal = '.';
  return std::make_unique<JsonSource>(text, std::move(file), with_point);
}

}  // namespace credence
