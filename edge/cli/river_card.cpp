#include <credence/cli/river_card.h>
#include <credence/score/card.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

// One line of the card: a term's points, moved so that absence is never negative.
class LineWriter {
 public:
  LineWriter(const Scorecard::Variable& variable, const Scorecard::Term& term,
             const Feature& feature, const Programme& programme)
      : variable_(variable), cells_(variable.cells), feature_(feature), programme_(programme) {
    for (int points : term.points) points_.push_back(points);
    int lowest_absent = points_[index(cells_.missing())];
    for (std::size_t i = 0; i < cells_.specials().size(); ++i)
      lowest_absent = std::min(lowest_absent, points_[index(cells_.special(i))]);
    moved_ = std::max(0, -lowest_absent);
    for (int& points : points_) points += moved_;
  }

  int moved() const { return moved_; }

  std::string write() const {
    std::string out = fmt::format("\n[[feature]]\nid = \"{}\"\nnone = {}\n", feature_.id,
                                  points_[index(cells_.missing())]);
    if (!cells_.specials().empty()) {
      out += "special = {";
      for (std::size_t i = 0; i < cells_.specials().size(); ++i)
        out += fmt::format("{} {} = {}", i == 0 ? "" : ",", cells_.specials()[i].name,
                           points_[index(cells_.special(i))]);
      out += " }\n";
    }
    out += fmt::format("bins = [{}]\n", fmt::join(bins(), ", "));
    if (programme_.explanation.baseline == Baseline::mean)
      out += fmt::format("mean = {}\n", mean_points());
    if (programme_.explanation.baseline == Baseline::policy)
      out += fmt::format("policy = {}\n", points_[index(fullest_bin())]);
    return out;
  }

 private:
  static std::size_t index(int cell) { return static_cast<std::size_t>(cell); }

  std::vector<std::string> bins() const {
    if (cells_.kind() == Column::Kind::text) return bins_of_texts();
    Unit unit = unit_of(feature_, programme_);
    if (unit == Unit::flag || unit == Unit::choice) return bins_of_places(unit);
    return bins_of_numbers(unit);
  }

  // value < edge of whole numbers is value < the next whole number.
  std::vector<std::string> bins_of_numbers(Unit unit) const {
    std::vector<std::string> out;
    double before = -INFINITY;
    for (std::size_t bin = 0; bin < cells_.edges().size(); ++bin) {
      double below = std::ceil(cells_.edges()[bin]);
      if (below <= before) continue;  // no whole number lies in it
      before = below;
      out.push_back(fmt::format("{{ below = {}, points = {} }}",
                                threshold(static_cast<std::int64_t>(below), unit), points_[bin]));
    }
    out.push_back(open_bin(cells_.bins() - 1));
    return out;
  }

  std::string threshold(std::int64_t value, Unit unit) const {
    switch (unit) {
      case Unit::money:
        return fmt::format("\"{}\"", to_text(Money{value, programme_.currency}));
      case Unit::share:
        return fmt::format("\"{}.{}%\"", value / 10, value % 10);
      case Unit::date:
        return to_text(date_of_day_number(static_cast<int>(value)));
      default:
        return std::to_string(value);
    }
  }

  // Places of choices, or false and true: every bin but the last names its answers.
  std::vector<std::string> bins_of_places(Unit unit) const {
    std::vector<std::string> answers = {"false", "true"};
    if (unit == Unit::choice) answers = choices();
    std::vector<std::string> out;
    std::size_t next = 0;
    for (std::size_t bin = 0; bin < cells_.edges().size(); ++bin) {
      std::vector<std::string> inside;
      while (next < answers.size() && static_cast<double>(next) < cells_.edges()[bin])
        inside.push_back(quoted(answers[next++], unit));
      if (!inside.empty()) out.push_back(closed_bin(inside, static_cast<int>(bin)));
    }
    out.push_back(open_bin(cells_.bins() - 1));
    return out;
  }

  // Every answer that the bins name, and the rest; when there is no rest, the last bin is open.
  std::vector<std::string> bins_of_texts() const {
    std::size_t named = 0;
    for (const auto& group : cells_.groups()) named += group.size();
    bool all = named == choices().size();
    std::vector<std::string> out;
    for (int bin = 0; bin < cells_.bins(); ++bin) {
      bool last = bin + 1 == cells_.bins();
      if (all && last) {
        out.push_back(open_bin(bin));
        return out;
      }
      std::vector<std::string> inside;
      for (const std::string& text : cells_.groups()[index(bin)])
        inside.push_back(quoted(text, Unit::choice));
      out.push_back(closed_bin(inside, bin));
    }
    out.push_back(open_bin(cells_.unknown()));
    return out;
  }

  const std::vector<std::string>& choices() const {
    const EventType& event = programme_.events[static_cast<std::size_t>(feature_.from)];
    return event.fields[static_cast<std::size_t>(feature_.of)].choices;
  }
  static std::string quoted(const std::string& answer, Unit unit) {
    return unit == Unit::choice ? fmt::format("\"{}\"", answer) : answer;
  }
  std::string closed_bin(const std::vector<std::string>& answers, int bin) const {
    return fmt::format("{{ is = [{}], points = {} }}", fmt::join(answers, ", "),
                       points_[index(bin)]);
  }
  std::string open_bin(int bin) const {
    return fmt::format("{{ points = {} }}", points_[index(bin)]);
  }

  // The declared expectation over the people of the history, to the nearest point.
  int mean_points() const {
    double sum = 0, weight = 0;
    for (std::size_t cell = 0; cell < variable_.tallies.size(); ++cell) {
      sum += variable_.tallies[cell].weight() * points_[cell];
      weight += variable_.tallies[cell].weight();
    }
    return weight > 0 ? static_cast<int>(std::lround(sum / weight)) : 0;
  }
  int fullest_bin() const {
    int fullest = 0;
    for (int bin = 0; bin < cells_.bins() && !variable_.tallies.empty(); ++bin) {
      if (variable_.tallies[index(bin)].records > variable_.tallies[index(fullest)].records)
        fullest = bin;
    }
    return fullest;
  }

  const Scorecard::Variable& variable_;
  const Cells& cells_;
  const Feature& feature_;
  const Programme& programme_;
  std::vector<int> points_;
  int moved_ = 0;
};

std::string card_file(const Scorecard& card, const Programme& programme) {
  int base = card.base;
  std::string lines;
  for (const Scorecard::Term& term : card.terms) {
    expects(term.variables.size() == 1, "river_card: one variable per term");
    const auto& variable = card.variables[static_cast<std::size_t>(term.variables.front())];
    auto feature = std::find_if(programme.features.begin(), programme.features.end(),
                                [&](const Feature& one) { return one.id == variable.name; });
    expects(feature != programme.features.end(), "river_card: features of the programme");
    LineWriter line(variable, term, *feature, programme);
    base -= line.moved();
    lines += line.write();
  }
  return fmt::format(
      "# Trained by `credence train --programme`: whole points, fitted jointly.\n"
      "id = \"{}\"\nbase = {}\n{}",
      card.id, base, lines);
}

}  // namespace

Result<std::string> river_card(const Scorecard& card, const LawfulProgramme& lawful) {
  std::string text = card_file(card, *lawful);
  ReadCard read = read_card(text, "card.toml", lawful);
  if (read.card) return text;
  std::string told;
  for (const Finding& finding : read.findings) {
    if (finding.severity == Finding::Severity::error)
      told += fmt::format("{}[{}] {} {}", told.empty() ? "" : "; ", finding.code, finding.path,
                          finding.message.en);
  }
  return Error{"river.card",
               fmt::format("the programme does not accept this card: {}", told),
               {(*lawful).file},
               "the programme's promises come first: relax the plan's own limits"};
}

}  // namespace credence
