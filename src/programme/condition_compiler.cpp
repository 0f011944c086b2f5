#include <credence/base/expects.h>
#include <credence/programme/condition_compiler.h>
#include <credence/programme/message.h>
#include <credence/programme/readout.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace credence {

namespace {

std::optional<Operation> comparison_of(const Token& token) {
  constexpr std::array<std::pair<std::string_view, Operation>, 6> kSigns = {
      {{"=", Operation::equal},
       {"!=", Operation::not_equal},
       {"<", Operation::less},
       {"<=", Operation::less_equal},
       {">", Operation::greater},
       {">=", Operation::greater_equal}}};
  if (token.kind != Token::Kind::operation) return std::nullopt;
  auto found = std::find_if(kSigns.begin(), kSigns.end(),
                            [&](const auto& sign) { return sign.first == token.text; });
  if (found == kSigns.end()) return std::nullopt;
  return found->second;
}

}  // namespace

ConditionCompiler::ConditionCompiler(std::string_view text, const EventType& event,
                                     Currency currency, const Where& where)
    : text_(text), event_(event), currency_(currency), where_(where) {}

CompiledCondition ConditionCompiler::compile() {
  if (text_.size() > kLongest || !is_utf8(text_)) {
    report("P050", 0, text_.size(),
           {"the condition is longer than 2000 bytes or not UTF-8",
            "la condition dépasse 2000 octets ou n'est pas en UTF-8"},
           {"split it into two features", "répartissez-la sur deux facteurs"});
    return {{}, std::move(findings_)};
  }
  condition_.text_ = text_;
  advance();
  Part whole = truth(parse_either());
  if (!failed_ && token_.kind != Token::Kind::end) {
    syntax_error({"`and`, `or` or the end", "`and`, `or` ou la fin"});
  }
  if (has_errors(findings_)) return {{}, std::move(findings_)};
  condition_.sentence_ = whole.said;
  return {std::move(condition_), std::move(findings_)};
}

ConditionCompiler::Part ConditionCompiler::parse_either() {
  Part left = parse_both();
  while (!failed_ && at_word("or")) {
    left = truth(std::move(left));
    std::size_t skip = emit(Operation::skip_if_true, 0, 0);
    advance();
    left = combine(std::move(left), truth(parse_both()), Shape::either);
    condition_.steps_[skip].operand = static_cast<std::int64_t>(condition_.steps_.size());
  }
  return left;
}

ConditionCompiler::Part ConditionCompiler::parse_both() {
  Part left = parse_not();
  while (!failed_ && at_word("and")) {
    left = truth(std::move(left));
    std::size_t skip = emit(Operation::skip_if_false, 0, 0);
    advance();
    left = combine(std::move(left), truth(parse_not()), Shape::both);
    condition_.steps_[skip].operand = static_cast<std::int64_t>(condition_.steps_.size());
  }
  return left;
}

ConditionCompiler::Part ConditionCompiler::combine(Part left, Part right, Shape shape) {
  auto grouped = [shape](Part& part) {
    bool other = part.shape == Shape::both || part.shape == Shape::either;
    if (other && part.shape != shape && shape == Shape::both) part.said = say_grouped(part.said);
  };
  grouped(left);
  grouped(right);
  bool both = shape == Shape::both;
  emit(both ? Operation::both : Operation::either, 0, -1);
  left.said = both ? say_both(left.said, right.said) : say_either(left.said, right.said);
  left.shape = shape;
  left.end = right.end;
  left.constant = false;
  return left;
}

ConditionCompiler::Part ConditionCompiler::parse_not() {
  if (!at_word("not")) return parse_comparison();
  if (depth_ >= kDeepest) return too_deep();
  ++depth_;
  std::size_t begin = token_.begin;
  advance();
  Part part = truth(parse_not());
  --depth_;
  emit(Operation::negate, 0, 0);
  bool compound = part.shape == Shape::both || part.shape == Shape::either;
  part.said = say_not(compound ? say_grouped(part.said) : part.said);
  part.shape = Shape::negation;
  part.begin = begin;
  return part;
}

ConditionCompiler::Part ConditionCompiler::parse_comparison() {
  Part left = parse_sum();
  auto operation = failed_ ? std::nullopt : comparison_of(token_);
  if (!operation) return left;
  Token sign = token_;
  advance();
  left = compare(std::move(left), *operation, sign, parse_sum());
  if (!failed_ && comparison_of(token_)) {
    return fail("P052", token_.begin, token_.begin + token_.size,
                {"comparisons cannot be chained", "les comparaisons ne s'enchaînent pas"},
                {"write `a < b and b < c`", "écrivez `a < b and b < c`"});
  }
  return left;
}

ConditionCompiler::Part ConditionCompiler::parse_sum() {
  Part part = parse_term();
  while (!failed_ && (at("+") || at("-"))) {
    Token sign = token_;
    advance();
    part = shift(std::move(part), sign);
  }
  return part;
}

ConditionCompiler::Part ConditionCompiler::compare(Part left, Operation operation,
                                                   const Token& sign, Part right) {
  if (failed_) return {};
  bool typed = check_types(left, operation, sign, right);
  emit(operation, 0, -1);
  Part result;
  result.kind = Kind::flag;
  result.shape = Shape::comparison;
  result.begin = left.begin;
  result.end = right.end;
  if (!typed) return result;
  FieldType type = left.kind == Kind::date ? FieldType::date : FieldType::integer;
  result.said = say_compare(left.said, operation, right.said, type);
  return result;
}

ConditionCompiler::Part ConditionCompiler::truth(Part part) {
  if (failed_ || part.kind == Kind::broken) return part;
  // A sign that nobody can read explains why the part stands alone, so it is told instead.
  bool cut = token_.kind == Token::Kind::unreadable || token_.kind == Token::Kind::unclosed;
  if (cut) return syntax_error({});
  if (part.kind != Kind::flag) {
    Text kind = name_of(part.kind);
    report("P044", part.begin, part.end,
           {fmt::format("{} is {}, which is neither true nor false", in_backticks(source(part)),
                        kind.en),
            fmt::format("{} est {}, ni vrai ni faux", in_backticks(source(part)), kind.fr)},
           {"compare it with something, as in `paid > due`", "comparez, comme dans `paid > due`"});
    part.kind = Kind::broken;
    return part;
  }
  if (part.shape == Shape::operand) {
    part.said = say_that(part.said);
    part.shape = Shape::comparison;
  }
  return part;
}

void ConditionCompiler::advance() {
  previous_end_ = token_.begin + token_.size;
  token_ = next_token(text_, previous_end_);
}

std::size_t ConditionCompiler::emit(Operation operation, std::int64_t operand, int growth) {
  height_ += growth;
  expects(height_ <= static_cast<int>(kConditionStack), "ConditionCompiler: the stack is too high");
  condition_.steps_.push_back({static_cast<int>(operation), operand});
  return condition_.steps_.size() - 1;
}

void ConditionCompiler::report(std::string_view code, std::size_t begin, std::size_t end,
                               Text message, Text help, Finding::Severity severity) {
  Finding finding;
  finding.code = code;
  finding.severity = severity;
  finding.where = where_;
  std::uint32_t opening = where_.column == 0 ? 1 : where_.column + 1;
  finding.where.column = opening + static_cast<std::uint32_t>(characters(text_.substr(0, begin)));
  finding.where.length = static_cast<std::uint32_t>(
      std::max<std::size_t>(1, characters(text_.substr(begin, end - begin))));
  finding.message = std::move(message);
  finding.help = std::move(help);
  findings_.push_back(std::move(finding));
}

ConditionCompiler::Part ConditionCompiler::fail(std::string_view code, std::size_t begin,
                                                std::size_t end, Text message, Text help) {
  if (!failed_) report(code, begin, end, std::move(message), std::move(help));
  failed_ = true;
  Part part;
  part.begin = begin;
  part.end = end;
  return part;
}

ConditionCompiler::Part ConditionCompiler::too_deep() {
  return fail("P050", token_.begin, token_.begin + token_.size,
              {"this is nested more than 16 levels deep", "l'imbrication dépasse 16 niveaux"},
              {"split it into two features", "répartissez-la sur deux facteurs"});
}

std::string_view ConditionCompiler::source(const Part& part) const {
  return text_.substr(part.begin, part.end - part.begin);
}

CompiledCondition compile_condition(std::string_view text, const EventType& event,
                                    Currency currency, const Where& where) {
  return ConditionCompiler{text, event, currency, where}.compile();
}

}  // namespace credence
