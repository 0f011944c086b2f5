#include <credence/exchange/naming.h>
#include <credence/exchange/pmml_verification.h>
#include <credence/scorecard/scoring.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace credence {

namespace {

constexpr std::size_t kMostRows = 200;
constexpr std::size_t kReasons = 4;

struct Sample {
  std::optional<std::string> written;  // nothing is missing
  std::uint16_t cell = 0;
};

// Readers trim what stands between tags, so only texts that survive it are used.
bool survives(std::string_view text) {
  return !text.empty() && text.front() != ' ' && text.back() != ' ' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
}

std::vector<Sample> samples_of(const Cells& cells) {
  std::vector<Sample> out{{std::nullopt, static_cast<std::uint16_t>(cells.missing())}};
  if (cells.kind() == Column::Kind::text) {
    auto add = [&](const std::string& text) {
      if (survives(text)) out.push_back({text, static_cast<std::uint16_t>(cells.of(text))});
    };
    for (const auto& group : cells.groups()) std::for_each(group.begin(), group.end(), add);
    for (const SpecialCode& code : cells.specials())
      std::for_each(code.texts.begin(), code.texts.end(), add);
    add("a text that this card does not name");
    return out;
  }
  auto add = [&](double value) {
    if (std::isfinite(value))
      out.push_back({decimal(value), static_cast<std::uint16_t>(cells.of(value))});
  };
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (double edge : cells.edges()) {
    add(edge);
    add(std::nextafter(edge, -kInfinity));
    add(std::nextafter(edge, kInfinity));
  }
  for (const SpecialCode& code : cells.specials())
    std::for_each(code.numbers.begin(), code.numbers.end(), add);
  add(1e300);
  add(-1e300);
  return out;
}

std::vector<std::string> reasons_with_zeros(const Scorecard& card, const ScoredRow& row,
                                            std::span<const std::size_t> order) {
  std::vector<std::string> reasons;
  for (std::uint16_t term : row.reasons) reasons.push_back(card.reason_of(card.terms[term]));
  for (std::size_t term : order) {
    if (row.points[term] == card.terms[term].baseline)
      reasons.push_back(card.reason_of(card.terms[term]));
  }
  reasons.resize(std::min(reasons.size(), kReasons));
  return reasons;
}

std::string fields(const Scorecard& card, std::size_t ranks) {
  std::string out = "      <VerificationFields>\n";
  for (std::size_t i = 0; i < card.variables.size(); ++i) {
    out += fmt::format("        <VerificationField field=\"{}\" column=\"v{}\"/>\n",
                       xml_attribute(card.variables[i].name), i);
  }
  out += "        <VerificationField field=\"Credence score\" column=\"score\"/>\n";
  for (std::size_t rank = 1; rank <= ranks; ++rank)
    out += fmt::format(
        "        <VerificationField field=\"Credence reason {0}\" column=\"reason{0}\"/>\n", rank);
  return out + "      </VerificationFields>\n";
}

}  // namespace

std::string pmml_verification(const Scorecard& card, std::span<const std::size_t> order) {
  std::vector<std::vector<Sample>> samples;
  std::size_t rows = 0;
  for (const Scorecard::Variable& variable : card.variables) {
    samples.push_back(samples_of(variable.cells));
    rows = std::min(kMostRows, std::max(rows, samples.back().size()));
  }
  std::size_t ranks = std::min(kReasons, card.terms.size());
  std::string out = fmt::format(
      "    <ModelVerification recordCount=\"{}\" fieldCount=\"{}\">\n{}      <InlineTable>\n", rows,
      card.variables.size() + 1 + ranks, fields(card, ranks));
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<std::uint16_t> cells;
    out += "        <row>";
    for (std::size_t i = 0; i < samples.size(); ++i) {
      // Steps that differ from variable to variable, so that cells meet in many ways.
      const Sample& sample = samples[i][(row + row / samples[i].size() * i) % samples[i].size()];
      cells.push_back(sample.cell);
      if (sample.written) out += fmt::format("<v{0}>{1}</v{0}>", i, xml_attribute(*sample.written));
    }
    ScoredRow scored = score_cells(card, cells);
    out += fmt::format("<score>{}</score>", scored.score);
    std::vector<std::string> reasons = reasons_with_zeros(card, scored, order);
    for (std::size_t rank = 0; rank < std::min(ranks, reasons.size()); ++rank)
      out += fmt::format("<reason{0}>{1}</reason{0}>", rank + 1, xml_attribute(reasons[rank]));
    out += "</row>\n";
  }
  return out + "      </InlineTable>\n    </ModelVerification>\n";
}

std::string xml_attribute(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          out += fmt::format("&#{};", static_cast<int>(c));
        else
          out += c;
    }
  }
  return out;
}

}  // namespace credence
