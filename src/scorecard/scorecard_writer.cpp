#include <credence/base/expects.h>
#include <credence/scorecard/scorecard.h>
#include <fmt/format.h>

#include <cmath>

namespace credence {

namespace {

// Of a basic string of TOML 1.0.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

// The shortest decimal that reads back as the same double; a whole number beyond 2^53 must not be
// taken for an integer, whose every digit counts.
std::string number(double value) {
  std::string text = fmt::format("{}", value);
  bool integer = text.find_first_of(".en") == std::string::npos;
  return integer && (std::abs(value) > 9007199254740992.0 || (value == 0 && std::signbit(value)))
             ? text + ".0"
             : text;
}

template <class Values, class Write>
std::string list(const Values& values, const Write& write) {
  std::string out = "[";
  for (const auto& value : values) {
    if (out.size() > 1) out += ", ";
    out += write(value);
  }
  return out + "]";
}

std::string numbers(std::span<const double> values) {
  return list(values, number);
}
std::string texts(std::span<const std::string> values) {
  return list(values, quoted);
}

class Writer {
 public:
  explicit Writer(const Scorecard& card) : card_(card) {}

  std::string write() {
    if (!card_.id.empty()) line("id", quoted(card_.id));
    line("base", std::to_string(card_.base));
    line("range", fmt::format("[{}, {}]", card_.range_lowest, card_.range_highest));
    if (card_.scaling) {
      out_ += "\n[scaling]\n";
      line("offset", number(card_.scaling->offset));
      line("factor", number(card_.scaling->factor));
    }
    std::size_t term = 0;
    for (std::size_t i = 0; i < card_.variables.size(); ++i) {
      const Scorecard::Term* own = nullptr;
      if (term < card_.terms.size() && card_.terms[term].variables.size() == 1 &&
          card_.terms[term].variables[0] == static_cast<int>(i))
        own = &card_.terms[term++];
      write_variable(card_.variables[i], own);
    }
    for (; term < card_.terms.size(); ++term) write_pair(card_.terms[term]);
    return std::move(out_);
  }

 private:
  void line(std::string_view key, std::string_view value) {
    out_ += fmt::format("{} = {}\n", key, value);
  }

  void write_variable(const Scorecard::Variable& variable, const Scorecard::Term* own) {
    const Cells& cells = variable.cells;
    bool number_kind = cells.kind() == Column::Kind::number;
    out_ += "\n[[feature]]\n";
    line("id", quoted(variable.name));
    line("kind", number_kind ? "\"number\"" : "\"text\"");
    if (!variable.family.empty()) line("family", quoted(variable.family));
    if (variable.title != Text{}) {
      line("title", fmt::format("{{ en = {}, fr = {} }}", quoted(variable.title.en),
                                quoted(variable.title.fr)));
    }
    auto points = [&](int cell) { return own->points[static_cast<std::size_t>(cell)]; };
    if (own != nullptr) {
      if (!own->reason.empty()) line("reason", quoted(own->reason));
      if (own->baseline != own->highest()) line("baseline", std::to_string(own->baseline));
      line("none", std::to_string(points(cells.missing())));
      if (!number_kind) line("unknown", std::to_string(points(cells.unknown())));
    }
    write_specials(cells, own);
    write_bins(cells, own);
    write_trained(variable);
  }

  void write_specials(const Cells& cells, const Scorecard::Term* own) {
    if (cells.specials().empty()) return;
    std::string points, codes;
    for (std::size_t i = 0; i < cells.specials().size(); ++i) {
      const SpecialCode& code = cells.specials()[i];
      const char* comma = i == 0 ? "" : ", ";
      codes += fmt::format("{}{} = {}", comma, quoted(code.name),
                           code.texts.empty() ? numbers(code.numbers) : texts(code.texts));
      if (own == nullptr) continue;
      points += fmt::format("{}{} = {}", comma, quoted(code.name),
                            own->points[static_cast<std::size_t>(cells.special(i))]);
    }
    if (own != nullptr) line("special", fmt::format("{{ {} }}", points));
    line("codes", fmt::format("{{ {} }}", codes));
  }

  void write_bins(const Cells& cells, const Scorecard::Term* own) {
    if (cells.bins() == 0) {
      line("bins", "[]");
      return;
    }
    out_ += "bins = [\n";
    for (int bin = 0; bin < cells.bins(); ++bin) {
      auto at = static_cast<std::size_t>(bin);
      std::string members;
      if (cells.kind() == Column::Kind::text) {
        members = fmt::format("is = {}", texts(cells.groups()[at]));
      } else if (at < cells.edges().size()) {
        members = fmt::format("below = {}", number(cells.edges()[at]));
      }
      if (own != nullptr)
        members += fmt::format("{}points = {}", members.empty() ? "" : ", ", own->points[at]);
      out_ += members.empty() ? "  {},\n" : fmt::format("  {{ {} }},\n", members);
    }
    out_ += "]\n";
  }

  void write_trained(const Scorecard::Variable& variable) {
    if (!variable.woe.empty()) line("woe", numbers(variable.woe));
    if (variable.tallies.empty()) return;
    auto column = [&](double Tally::* member) {
      return list(variable.tallies, [&](const Tally& tally) { return number(tally.*member); });
    };
    line("counts", fmt::format("{{ events = {}, nonevents = {}, records = {}, squares = {} }}",
                               column(&Tally::events), column(&Tally::nonevents),
                               column(&Tally::records), column(&Tally::squares)));
  }

  void write_pair(const Scorecard::Term& pair) {
    auto variable = [&](std::size_t i) -> const Scorecard::Variable& {
      return card_.variables[static_cast<std::size_t>(pair.variables[i])];
    };
    out_ += "\n[[pair]]\n";
    line("features", fmt::format("[{}, {}]", quoted(variable(0).name), quoted(variable(1).name)));
    if (!pair.reason.empty()) line("reason", quoted(pair.reason));
    if (pair.baseline != pair.highest()) line("baseline", std::to_string(pair.baseline));
    auto columns = static_cast<std::size_t>(variable(1).cells.count());
    out_ += "points = [\n";
    for (std::size_t at = 0; at < pair.points.size(); at += columns) {
      std::span<const int> row = std::span{pair.points}.subspan(at, columns);
      out_ += fmt::format("  [{}],\n", fmt::join(row, ", "));
    }
    out_ += "]\n";
  }

  const Scorecard& card_;
  std::string out_;
};

}  // namespace

std::string to_toml(const Scorecard& card) {
  expects(defects(card).empty(), "to_toml: a card without defects");
  return Writer{card}.write();
}

}  // namespace credence
