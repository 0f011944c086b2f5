#include <credence/exchange/pmml_predicate.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace credence {

namespace {

Error refuse(const XmlElement& at, std::string message, std::string help) {
  return {"import.pmml", std::move(message), at.where, std::move(help)};
}

Result<PmmlValue> value_of(const XmlElement& at, const std::string& text, Column::Kind kind) {
  if (kind == Column::Kind::text) return PmmlValue{text};
  if (auto number = parse_number(text)) return PmmlValue{*number};
  return refuse(at, fmt::format("`{}` is no number", text),
                "write a number, or make the field text");
}

// A card's bins take infinite numbers with the finite ones beside them.
Error tells_infinity_apart(const XmlElement& at) {
  return refuse(at, "the predicate tells an infinite number from the finite ones",
                "compare with finite numbers; only `< INF` and `> -INF` leave a bin open");
}

// The words of an <Array>: divided by blanks, in double quotes when they hold some.
std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  for (std::size_t i = 0; i < text.size();) {
    if (blank(text[i])) {
      ++i;
      continue;
    }
    std::string word;
    bool quoted = text[i] == '"';
    if (quoted) ++i;
    for (; i < text.size() && (quoted ? text[i] != '"' : !blank(text[i])); ++i) {
      if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"') ++i;
      word += text[i];
    }
    if (quoted && i < text.size()) ++i;
    out.push_back(std::move(word));
  }
  return out;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  if (text == "INF" || text == "inf") return std::numeric_limits<double>::infinity();
  if (text == "-INF" || text == "-inf") return -std::numeric_limits<double>::infinity();
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() ||
      !(text.front() == '-' || text.front() == '.' || (text.front() >= '0' && text.front() <= '9')))
    return std::nullopt;
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(value)) return std::nullopt;  // "-nan" and "-infinity" are read too
  return value;
}

Result<PmmlPredicate> PmmlPredicate::read(const XmlElement& element,
                                          const std::map<std::string, Column::Kind>& fields) {
  PmmlPredicate out;
  if (element.name == "True") return out;
  if (element.name == "False") {
    out.kind_ = Kind::never;
    return out;
  }
  if (element.name == "SimplePredicate") return read_simple(element, fields);
  if (element.name == "SimpleSetPredicate") return read_set(element, fields);
  if (element.name == "CompoundPredicate") return read_compound(element, fields);
  return refuse(element, fmt::format("`{}` is no predicate", element.name),
                "use SimplePredicate, SimpleSetPredicate, CompoundPredicate, True or False");
}

Result<PmmlPredicate> PmmlPredicate::read_simple(
    const XmlElement& element, const std::map<std::string, Column::Kind>& fields) {
  static const std::map<std::string_view, Kind> operators{
      {"isMissing", Kind::missing}, {"isNotMissing", Kind::present},
      {"equal", Kind::equal},       {"notEqual", Kind::not_equal},
      {"lessThan", Kind::below},    {"lessOrEqual", Kind::at_most},
      {"greaterThan", Kind::above}, {"greaterOrEqual", Kind::at_least}};
  const std::string* field = element.attribute("field");
  const std::string* word = element.attribute("operator");
  const std::string* value = element.attribute("value");
  auto known = field == nullptr ? fields.end() : fields.find(*field);
  if (known == fields.end())
    return refuse(element,
                  fmt::format("no field `{}` of numbers or texts is in the DataDictionary",
                              field == nullptr ? "" : *field),
                  "derived fields are not imported; compute them in the table");
  auto operation = word == nullptr ? operators.end() : operators.find(*word);
  if (operation == operators.end())
    return refuse(element, fmt::format("unknown operator `{}`", word == nullptr ? "" : *word),
                  "use an operator of PMML's SimplePredicate");
  PmmlPredicate out;
  out.field_ = *field;
  out.kind_ = operation->second;
  if (out.kind_ == Kind::missing || out.kind_ == Kind::present) return out;
  if (value == nullptr) return refuse(element, "the predicate has no value", "add `value`");
  bool ordered = out.kind_ != Kind::equal && out.kind_ != Kind::not_equal;
  if (ordered && known->second == Column::Kind::text)
    return refuse(element, "texts have no order here", "compare texts with `equal`");
  auto operand = value_of(element, *value, known->second);
  if (!operand) return operand.error();
  const double* number = std::get_if<double>(&*operand);
  if (number != nullptr && std::isinf(*number)) {
    bool up = *number > 0 && (out.kind_ == Kind::below || out.kind_ == Kind::at_most);
    bool down = *number < 0 && (out.kind_ == Kind::above || out.kind_ == Kind::at_least);
    if (!up && !down) return tells_infinity_apart(element);
    out.kind_ = up ? Kind::at_most : Kind::at_least;  // the infinite number is in the open bin
  }
  out.operands_.push_back(*std::move(operand));
  return out;
}

Result<PmmlPredicate> PmmlPredicate::read_set(const XmlElement& element,
                                              const std::map<std::string, Column::Kind>& fields) {
  const std::string* field = element.attribute("field");
  const std::string* word = element.attribute("booleanOperator");
  const XmlElement* array = element.find("Array");
  auto known = field == nullptr ? fields.end() : fields.find(*field);
  bool in = word != nullptr && *word == "isIn";
  bool not_in = word != nullptr && *word == "isNotIn";
  if (known == fields.end() || array == nullptr || (!in && !not_in))
    return refuse(element, "the set predicate has no known field, operator or array",
                  "write field, booleanOperator (isIn or isNotIn) and an Array");
  PmmlPredicate out;
  out.field_ = *field;
  out.kind_ = in ? Kind::in : Kind::not_in;
  for (const std::string& text : words(array->text)) {
    auto operand = value_of(*array, text, known->second);
    if (!operand) return operand.error();
    const double* number = std::get_if<double>(&*operand);
    if (number != nullptr && std::isinf(*number)) return tells_infinity_apart(*array);
    out.operands_.push_back(*std::move(operand));
  }
  return out;
}

Result<PmmlPredicate> PmmlPredicate::read_compound(
    const XmlElement& element, const std::map<std::string, Column::Kind>& fields) {
  static const std::map<std::string_view, Kind> operators{
      {"and", Kind::all}, {"or", Kind::any}, {"xor", Kind::one}, {"surrogate", Kind::surrogate}};
  const std::string* word = element.attribute("booleanOperator");
  auto operation = word == nullptr ? operators.end() : operators.find(*word);
  if (operation == operators.end())
    return refuse(element,
                  fmt::format("unknown booleanOperator `{}`", word == nullptr ? "" : *word),
                  "use and, or, xor or surrogate");
  PmmlPredicate out;
  out.kind_ = operation->second;
  for (const XmlElement& child : element.children) {
    if (child.name == "Extension") continue;
    auto part = read(child, fields);
    if (!part) return part.error();
    out.parts_.push_back(*std::move(part));
  }
  if (out.parts_.empty())
    return refuse(element, "the compound predicate is empty", "add predicates to it");
  return out;
}

bool PmmlPredicate::compares(const PmmlValue& value) const {
  auto any_equal = [&] {
    return std::find(operands_.begin(), operands_.end(), value) != operands_.end();
  };
  if (kind_ == Kind::equal || kind_ == Kind::in) return any_equal();
  if (kind_ == Kind::not_equal || kind_ == Kind::not_in) return !any_equal();
  double given = std::get<double>(value), operand = std::get<double>(operands_.front());
  if (kind_ == Kind::below) return given < operand;
  if (kind_ == Kind::at_most) return given <= operand;
  return kind_ == Kind::above ? given > operand : given >= operand;
}

std::optional<bool> PmmlPredicate::holds(const std::map<std::string, PmmlValue>& values) const {
  if (kind_ == Kind::always || kind_ == Kind::never) return kind_ == Kind::always;
  if (!parts_.empty()) return combine(values);
  const PmmlValue& value = values.at(field_);
  bool missing = std::holds_alternative<std::monostate>(value);
  if (kind_ == Kind::missing || kind_ == Kind::present) return missing == (kind_ == Kind::missing);
  if (missing) return std::nullopt;
  return compares(value);
}

// The tables of PMML 4.4, "CompoundPredicate".
std::optional<bool> PmmlPredicate::combine(const std::map<std::string, PmmlValue>& values) const {
  bool unknown = false, odd = false;
  for (const PmmlPredicate& part : parts_) {
    std::optional<bool> held = part.holds(values);
    if (kind_ == Kind::surrogate) {
      if (held) return held;
      continue;
    }
    if (!held) {
      unknown = true;
      continue;
    }
    if (kind_ == Kind::all && !*held) return false;
    if (kind_ == Kind::any && *held) return true;
    odd = odd != *held;
  }
  if (unknown || kind_ == Kind::surrogate) return std::nullopt;
  return kind_ == Kind::one ? odd : kind_ == Kind::all;
}

void PmmlPredicate::add_fields(std::set<std::string>& to) const {
  if (!field_.empty()) to.insert(field_);
  for (const PmmlPredicate& part : parts_) part.add_fields(to);
}

void PmmlPredicate::add_numbers(const std::string& field, std::set<double>& to) const {
  for (const PmmlPredicate& part : parts_) part.add_numbers(field, to);
  if (field_ != field) return;
  for (const PmmlValue& operand : operands_) {
    const double* number = std::get_if<double>(&operand);
    if (number != nullptr && std::isfinite(*number)) to.insert(*number);
  }
}

void PmmlPredicate::add_texts(const std::string& field, std::vector<std::string>& to) const {
  for (const PmmlPredicate& part : parts_) part.add_texts(field, to);
  if (field_ != field) return;
  for (const PmmlValue& operand : operands_) {
    if (const std::string* text = std::get_if<std::string>(&operand)) to.push_back(*text);
  }
}

}  // namespace credence
