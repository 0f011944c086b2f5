#pragma once

#include <credence/exchange/exchange.h>

#include <cstdint>
#include <vector>

namespace credence {

// One per family of formats; export_card() has checked the card and the options.
Result<std::string> write_pmml(const Scorecard& card);
Result<std::string> write_sql(const Scorecard& card, ExportFormat dialect,
                              const ExportOptions& options);
Result<std::string> write_c(const Scorecard& card, const ExportOptions& options);
Result<std::string> write_java(const Scorecard& card, const ExportOptions& options);
Result<std::string> write_python(const Scorecard& card, const ExportOptions& options);
Result<std::string> write_javascript(const Scorecard& card, const ExportOptions& options);
Result<std::string> write_onnx(const Scorecard& card, const ExportOptions& options);
Result<std::string> write_json(const Scorecard& card);

// Points and ranking of a term as every export needs them. A loss and its tie-breaker make one
// whole number of 31 bits: loss * ties + tie, so that greater comes first and no two are equal.
struct ExportedTerm {
  const Scorecard::Term* term = nullptr;
  std::string reason;
  int tie = 0;  // the term that can lose most has the greatest
};
struct ExportedTerms {
  std::vector<ExportedTerm> terms;
  int ties = 1;  // number of terms
};
ExportedTerms exported_terms(const Scorecard& card);

}  // namespace credence
