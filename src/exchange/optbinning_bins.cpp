#include <credence/base/json.h>
#include <credence/exchange/import.h>
#include <credence/exchange/pmml_predicate.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace credence {

namespace {

constexpr double kSmoothing = 0.5;

class BinsReader {
 public:
  BinsReader(const Json& json, const ImportOptions& options) : json_(json), options_(options) {}

  Result<Scorecard::Variable> read() {
    const Json* name = json_.find("name");
    const Json* type = json_.find("dtype");
    if (name == nullptr || name->string() == nullptr || type == nullptr ||
        type->string() == nullptr)
      return refuse("`name` or `dtype` is missing", "write it with OptimalBinning.to_json()");
    variable_.name = *name->string();
    bool text = *type->string() == "categorical";
    if (auto done = read_specials(text); !done) return done.error();
    auto splits = numbers("splits");
    if (!splits) return splits.error();
    auto cells = text ? text_cells(*splits) : number_cells(*splits);
    if (!cells) return cells.error();
    variable_.cells = *std::move(cells);
    if (auto done = read_tallies(); !done) return done.error();
    return std::move(variable_);
  }

 private:
  Error refuse(std::string message, std::string help) const {
    return {"import.optbinning",
            variable_.name.empty() ? message : fmt::format("`{}`: {}", variable_.name, message),
            {options_.file},
            std::move(help)};
  }

  static std::optional<double> number(const Json& value) {
    if (value.integer() != nullptr) return static_cast<double>(*value.integer());
    if (value.number() != nullptr) return parse_number(value.number()->text);
    return std::nullopt;
  }

  Result<std::vector<double>> numbers(std::string_view key) const {
    const Json* list = json_.find(key);
    std::vector<double> out;
    if (list == nullptr || list->array() == nullptr)
      return refuse(fmt::format("`{}` is no list", key), "write it with OptimalBinning.to_json()");
    for (const Json& each : *list->array()) {
      auto value = number(each);
      if (!value || !std::isfinite(*value))
        return refuse(fmt::format("`{}` holds what is no number", key), "write finite numbers");
      out.push_back(*value);
    }
    return out;
  }

  // Null, one code, a list (one group), or a table of codes or lists by name.
  Result<Done> read_specials(bool text) {
    const Json* codes = json_.find("special_codes");
    if (codes == nullptr || codes->is_null()) return Done{};
    if (codes->object() == nullptr) return read_special("Special", *codes, text);
    for (const auto& [name, values] : *codes->object()) {
      if (auto done = read_special(name, values, text); !done) return done;
    }
    return Done{};
  }

  Result<Done> read_special(const std::string& name, const Json& values, bool text) {
    SpecialCode code;
    code.name = name;
    Json::Array one{values};
    for (const Json& each : values.array() == nullptr ? one : *values.array()) {
      auto value = number(each);
      if (text && each.string() != nullptr)
        code.texts.push_back(*each.string());
      else if (!text && value && std::isfinite(*value))
        code.numbers.push_back(*value);
      else
        return refuse(fmt::format("the special code `{}` is no value of the variable", name),
                      "write numbers for numbers, texts for texts");
    }
    bool fresh = true;
    for (double value : code.numbers) fresh = seen_numbers_.insert(value).second && fresh;
    for (const std::string& value : code.texts) fresh = seen_texts_.insert(value).second && fresh;
    if (!fresh || (code.numbers.empty() && code.texts.empty()))
      return refuse(fmt::format("the special code `{}` is empty, or there twice", name),
                    "give each code its own values");
    specials_.push_back(std::move(code));
    return Done{};
  }

  Result<Cells> number_cells(const std::vector<double>& splits) const {
    for (std::size_t i = 1; i < splits.size(); ++i) {
      if (!(splits[i - 1] < splits[i])) return refuse("`splits` do not ascend", "sort them");
    }
    return Cells::of_numbers(splits, specials_);
  }

  // Splits lie between the places of the categories.
  Result<Cells> text_cells(const std::vector<double>& splits) {
    const Json* categories = json_.find("categories");
    if (categories == nullptr || categories->array() == nullptr)
      return refuse("`categories` is no list", "write it with OptimalBinning.to_json()");
    std::vector<std::vector<std::string>> groups{{}};
    std::size_t split = 0;
    for (std::size_t i = 0; i < categories->array()->size(); ++i) {
      const std::string* text = (*categories->array())[i].string();
      if (text == nullptr || !seen_texts_.insert(*text).second)
        return refuse("a category is no text, or is there twice", "write each once");
      for (; split < splits.size() && splits[split] < static_cast<double>(i); ++split)
        groups.emplace_back();
      groups.back().push_back(*text);
    }
    if (split < splits.size())
      return refuse("`splits` go beyond the categories", "splits lie between their places");
    const Json* others = json_.find("cat_others");
    if (others != nullptr && others->array() != nullptr && !others->array()->empty()) {
      groups.emplace_back();
      for (const Json& each : *others->array()) {
        if (each.string() == nullptr || !seen_texts_.insert(*each.string()).second)
          return refuse("a category is no text, or is there twice", "write each once");
        groups.back().push_back(*each.string());
      }
    }
    if (std::any_of(groups.begin(), groups.end(), [](const auto& group) { return group.empty(); }))
      return refuse("a bin has no category", "splits lie between the places of categories");
    return Cells::of_texts(std::move(groups), specials_);
  }

  // OptBinning counts bins, then special codes (one row in any case), then missing.
  Result<Done> read_tallies() {
    auto events = numbers("n_event");
    auto nonevents = numbers("n_nonevent");
    if (!events) return events.error();
    if (!nonevents) return nonevents.error();
    const Cells& cells = variable_.cells;
    auto bins = static_cast<std::size_t>(cells.bins());
    std::size_t codes = std::max<std::size_t>(1, cells.specials().size());
    if (events->size() != nonevents->size() || events->size() != bins + codes + 1)
      return refuse(fmt::format("{} and {} counts, where {} are needed", events->size(),
                                nonevents->size(), bins + codes + 1),
                    "one per bin, per special code, and for missing");
    for (std::size_t i = 0; i < events->size(); ++i) {
      if (cells.specials().empty() && i == bins) continue;
      Tally tally{(*events)[i], (*nonevents)[i], (*events)[i] + (*nonevents)[i],
                  (*events)[i] + (*nonevents)[i]};
      if (tally.events < 0 || tally.nonevents < 0)
        return refuse("a count is negative", "write counts of 0 or more");
      variable_.tallies.push_back(tally);
    }
    if (cells.kind() == Column::Kind::text) variable_.tallies.emplace_back();
    add_woe();
    return Done{};
  }

  // ln(share of goods / share of bads), smoothed: the sign is OptBinning's own.
  void add_woe() {
    double events = 0, nonevents = 0;
    for (const Tally& tally : variable_.tallies) {
      events += tally.events + kSmoothing;
      nonevents += tally.nonevents + kSmoothing;
    }
    for (const Tally& tally : variable_.tallies) {
      bool seen = tally.records > 0;
      variable_.woe.push_back(seen ? std::log((tally.nonevents + kSmoothing) / nonevents /
                                              ((tally.events + kSmoothing) / events))
                                   : 0);
    }
  }

  const Json& json_;
  const ImportOptions& options_;
  Scorecard::Variable variable_;
  std::vector<SpecialCode> specials_;
  std::set<double> seen_numbers_;
  std::set<std::string> seen_texts_;
};

}  // namespace

Result<std::vector<Scorecard::Variable>> import_optbinning_bins(std::string_view json,
                                                                const ImportOptions& options) {
  auto parsed = parse_json(json);
  if (!parsed) {
    Error error = parsed.error();
    error.code = "import.json";
    error.where.file = options.file;
    return error;
  }
  std::vector<Scorecard::Variable> out;
  Json::Array one{*parsed};
  std::set<std::string> names;
  for (const Json& each : parsed->array() == nullptr ? one : *parsed->array()) {
    auto variable = BinsReader{each, options}.read();
    if (!variable) return variable.error();
    if (!names.insert(variable->name).second)
      return Error{"import.optbinning",
                   fmt::format("`{}` is there twice", variable->name),
                   {options.file},
                   "keep one of the two"};
    out.push_back(*std::move(variable));
  }
  return out;
}

}  // namespace credence
