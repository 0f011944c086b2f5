#pragma once

#include <credence/exchange/xml.h>
#include <credence/table/column.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace credence {

// A value of a PMML field: nothing is missing.
using PmmlValue = std::variant<std::monostate, double, std::string>;

// A predicate of PMML, in its three-valued logic: nothing is "unknown". Of one field or more.
class PmmlPredicate {
 public:
  // Errors: import.pmml with the line (an operator, field or value that is not understood).
  static Result<PmmlPredicate> read(const XmlElement& element,
                                    const std::map<std::string, Column::Kind>& fields);

  std::optional<bool> holds(const std::map<std::string, PmmlValue>& values) const;
  void add_fields(std::set<std::string>& to) const;
  // The numbers and texts that it compares `field` with; texts as they stand, also twice.
  void add_numbers(const std::string& field, std::set<double>& to) const;
  void add_texts(const std::string& field, std::vector<std::string>& to) const;

 private:
  enum class Kind {
    always,
    never,
    missing,
    present,
    equal,
    not_equal,
    below,
    at_most,
    above,
    at_least,
    in,
    not_in,
    all,
    any,
    one,
    surrogate
  };
  static Result<PmmlPredicate> read_simple(const XmlElement& element,
                                           const std::map<std::string, Column::Kind>& fields);
  static Result<PmmlPredicate> read_set(const XmlElement& element,
                                        const std::map<std::string, Column::Kind>& fields);
  static Result<PmmlPredicate> read_compound(const XmlElement& element,
                                             const std::map<std::string, Column::Kind>& fields);
  bool compares(const PmmlValue& value) const;
  std::optional<bool> combine(const std::map<std::string, PmmlValue>& values) const;

  Kind kind_ = Kind::always;
  std::string field_;
  std::vector<PmmlValue> operands_;
  std::vector<PmmlPredicate> parts_;
};

// A number as xs:double writes it, INF and -INF included.
std::optional<double> parse_number(std::string_view text);

}  // namespace credence
