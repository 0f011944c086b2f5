#include <credence/base/time.h>
#include <credence/cli/inputs.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace credence {

namespace {

// The texts of a column are names of answers; a column with more of them is not one of answers.
constexpr std::size_t kMostAnswers = 50;
constexpr std::size_t kMostGroups = 1000;

// A text means what its column makes of it: "education" is a schooling, and as the purpose of a
// loan it is none. Only a proxy can be innocent so; health stays health in any column.
bool innocent_here(const Column& column, const std::string& text, const NameRule& rule,
                   const Catalogue& catalogue) {
  if (!rule.proxy) return false;
  auto together = catalogue.betrayed_by(column.name() + " " + text);
  return std::find(together.begin(), together.end(), &rule) == together.end();
}

std::optional<NoInput> betrayed(const Column& column, const Catalogue& catalogue) {
  for (const NameRule* rule : catalogue.betrayed_by(column.name()))
    return NoInput{NoInput::Why::betrays, column.name(), "", rule};
  if (column.kind() != Column::Kind::text || column.dictionary().size() > kMostAnswers)
    return std::nullopt;
  for (const std::string& text : column.dictionary()) {
    for (const NameRule* rule : catalogue.betrayed_by(text)) {
      if (innocent_here(column, text, *rule, catalogue)) continue;
      return NoInput{NoInput::Why::betrays, column.name(), text, rule};
    }
  }
  return std::nullopt;
}

bool holds_dates(const Column& column) {
  auto texts = column.dictionary();
  return !texts.empty() && std::all_of(texts.begin(), texts.end(), [](const std::string& text) {
    return parse_date(text).has_value();
  });
}

bool counts_rows(const Column& column) {
  constexpr std::size_t kFewRows = 50;
  if (column.size() < kFewRows) return false;
  std::vector<double> values(column.size());
  column.read(0, values);
  for (std::size_t row = 1; row < values.size(); ++row) {
    if (values[row] != values[row - 1] + 1) return false;
  }
  return true;
}

}  // namespace

std::vector<NoInput> betrayed_columns(const Table& table, const Catalogue& catalogue) {
  std::vector<NoInput> out;
  for (const Column& column : table.columns()) {
    if (auto found = betrayed(column, catalogue)) out.push_back(*std::move(found));
  }
  return out;
}

std::vector<NoInput> row_markers(const Table& table) {
  std::vector<NoInput> out;
  for (const Column& column : table.columns()) {
    if (column.kind() == Column::Kind::number) {
      if (counts_rows(column)) out.push_back({NoInput::Why::numbers, column.name(), "", nullptr});
      continue;
    }
    std::size_t texts = column.dictionary().size();
    if (holds_dates(column))
      out.push_back({NoInput::Why::dates, column.name(), "", nullptr});
    else if (texts > kMostGroups || (texts > kMostAnswers && texts * 2 > table.rows()))
      out.push_back({NoInput::Why::names, column.name(), "", nullptr});
  }
  return out;
}

std::string say(const NoInput& column, const Tongue& tongue) {
  switch (column.why) {
    case NoInput::Why::betrays: {
      std::string by =
          column.value.empty()
              ? ""
              : tongue.say({" (by its value `{1}`)", " (par sa valeur « {1} »)"}, {column.value});
      return tongue.say(
          {"set apart[{1}]: column `{2}`{3} betrays {4}: no card may read it\n"
           "  = help: `--groups {2}` keeps it for the audit; `credence explain {1}` tells why\n",
           "mise à part[{1}] : la colonne « {2} »{3} trahit {4} : aucune grille ne la lit\n"
           "  = aide : `--groups {2}` la garde pour l'audit ; `credence explain {1} --lang fr` dit "
           "pourquoi\n"},
          {column.rule->article, column.column, by, column.rule->betrays.in(tongue.language())});
    }
    case NoInput::Why::names:
      return tongue.say({"left out: column `{1}` names nearly every row differently\n",
                         "laissée de côté : la colonne « {1} » nomme presque chaque ligne "
                         "autrement\n"},
                        {column.column});
    case NoInput::Why::numbers:
      return tongue.say({"left out: column `{1}` numbers the rows\n",
                         "laissée de côté : la colonne « {1} » numérote les lignes\n"},
                        {column.column});
    case NoInput::Why::dates:
      return tongue.say({"left out: column `{1}` holds dates; `validate --date` reads them\n",
                         "laissée de côté : la colonne « {1} » contient des dates ; "
                         "`validate --date` les lit\n"},
                        {column.column});
  }
  return {};
}

}  // namespace credence
