#pragma once

#include <credence/programme/condition.h>
#include <credence/programme/operation.h>
#include <credence/programme/token.h>

#include <optional>
#include <string_view>

namespace credence {

// Reads one `where`, checks its types and writes its steps. One use per expression.
class ConditionCompiler {
 public:
  static constexpr std::size_t kLongest = 2000;  // bytes
  static constexpr int kDeepest = 16;            // parentheses and `not` within each other

  ConditionCompiler(std::string_view text, const EventType& event, Currency currency,
                    const Where& where);
  CompiledCondition compile();

 private:
  // What a part of the expression is. `literal` waits for the field that knows its choices;
  // `broken` has been reported already and fits everything, so that one mistake gives one finding.
  enum class Kind { money, date, integer, flag, choice, literal, broken };
  enum class Shape { operand, comparison, negation, both, either };
  struct Part {
    Kind kind = Kind::broken;
    Shape shape = Shape::operand;
    const Field* field = nullptr;  // of a choice
    bool constant = false;
    std::string_view literal;
    std::size_t step = 0;  // where the literal's constant stands
    std::size_t begin = 0, end = 0;
    Text said;
  };

  Part parse_either();
  Part parse_both();
  Part parse_not();
  Part parse_comparison();
  Part parse_sum();
  Part parse_term();
  Part parse_group();
  Part parse_negative();
  Part parse_name();
  Part parse_missing();
  Part parse_field(const Token& name);
  Part parse_number(bool negative, std::size_t begin);
  Part parse_money(const Token& number, const Token& code, bool negative, std::size_t begin);
  Part parse_integer(const Token& number, bool negative, std::size_t begin);
  Part parse_date();
  Part parse_choice();
  std::optional<Period> parse_period();

  Part compare(Part left, Operation operation, const Token& sign, Part right);
  Part shift(Part date, const Token& sign);
  bool check_types(Part& left, Operation operation, const Token& sign, Part& right);
  bool settle_literal(Part& literal, const Part& other);
  Part truth(Part part);
  Part combine(Part left, Part right, Shape shape);
  void report_mismatch(const Part& left, const Part& right);
  Part syntax_error(Text wanted);
  Part foreign_spelling();
  Part too_deep();

  void advance();
  bool at(std::string_view operation) const { return token_.is(Token::Kind::operation, operation); }
  bool at_word(std::string_view word) const { return token_.is(Token::Kind::name, word); }
  std::size_t emit(Operation operation, std::int64_t operand, int growth);
  void report(std::string_view code, std::size_t begin, std::size_t end, Text message,
              Text help = {}, Finding::Severity severity = Finding::Severity::error);
  Part fail(std::string_view code, std::size_t begin, std::size_t end, Text message,
            Text help = {});
  std::string_view source(const Part& part) const;
  static Text name_of(Kind kind);

  std::string_view text_;
  const EventType& event_;
  Currency currency_;
  const Where& where_;
  Token token_;
  std::size_t previous_end_ = 0;
  int depth_ = 0;
  int height_ = 0;
  bool failed_ = false;  // the grammar is lost: nothing after it can be read
  Condition condition_;
  Findings findings_;
};

}  // namespace credence
