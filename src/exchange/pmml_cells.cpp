#include <credence/exchange/pmml_cells.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace credence {

namespace {

constexpr std::uint64_t kMostQuestions = 20'000'000;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// A piece of a field that no predicate can divide further.
struct Piece {
  PmmlValue sample;
  double start = -kInfinity;   // of numbers
  bool point = false;          // one number alone
  std::vector<int> signature;  // what each characteristic chooses here
  std::string special;         // the name that a chosen attribute gives
};

class Divider {
 public:
  Divider(const std::vector<PmmlField>& fields,
          const std::vector<PmmlCharacteristic>& characteristics, const std::string& file)
      : fields_(fields), characteristics_(characteristics), file_(file) {}

  Result<std::map<std::string, PmmlCells>> divide() {
    for (const PmmlField& field : fields_) pieces_[field.name] = pieces_of(field);
    if (questions() > kMostQuestions) {
      return Error{"import.pmml",
                   "the predicates of this model are too many to be followed",
                   {file_},
                   "import a model with fewer attributes"};
    }
    std::map<std::string, PmmlCells> out;
    for (const PmmlField& field : fields_) {
      for (Piece& piece : pieces_[field.name]) sign(field.name, piece);
      out[field.name] =
          field.kind == Column::Kind::number ? number_cells(field) : text_cells(field);
    }
    return out;
  }

 private:
  // Missing first, then (texts) what nobody names; numbers ascend.
  std::vector<Piece> pieces_of(const PmmlField& field) const {
    std::vector<Piece> pieces{{.sample = field.missing, .signature = {}, .special = {}}};
    if (field.kind == Column::Kind::text) {
      std::vector<std::string> texts;
      for (const auto& each : characteristics_) {
        for (const PmmlAttribute& attribute : each.attributes)
          attribute.predicate.add_texts(field.name, texts);
      }
      std::set<std::string> known{texts.begin(), texts.end()};
      std::string other = "other";
      while (known.contains(other)) other += "_";
      pieces.push_back({.sample = other, .signature = {}, .special = {}});
      for (const std::string& text : texts) {
        if (known.erase(text) > 0)
          pieces.push_back({.sample = text, .signature = {}, .special = {}});
      }
      return pieces;
    }
    std::set<double> numbers;
    for (const auto& each : characteristics_) {
      for (const PmmlAttribute& attribute : each.attributes)
        attribute.predicate.add_numbers(field.name, numbers);
    }
    pieces.push_back({.sample = -kInfinity, .signature = {}, .special = {}});
    for (auto at = numbers.begin(); at != numbers.end(); ++at) {
      pieces.push_back(
          {.sample = *at, .start = *at, .point = true, .signature = {}, .special = {}});
      double after = std::nextafter(*at, kInfinity);
      bool gap = std::next(at) == numbers.end() ? after < kInfinity : after < *std::next(at);
      if (gap) pieces.push_back({.sample = after, .start = after, .signature = {}, .special = {}});
    }
    return pieces;
  }

  std::uint64_t questions() const {
    std::uint64_t sum = 0;
    for (const PmmlCharacteristic& each : characteristics_) {
      std::uint64_t product = each.attributes.size();
      for (const std::string& field : each.fields) product *= pieces_.at(field).size();
      sum += product * each.fields.size();
    }
    return sum;
  }

  void sign(const std::string& field, Piece& piece) const {
    for (const PmmlCharacteristic& each : characteristics_) {
      if (std::find(each.fields.begin(), each.fields.end(), field) == each.fields.end()) continue;
      std::map<std::string, PmmlValue> values{{field, piece.sample}};
      if (each.fields.size() == 1) {
        int chosen = each.chosen(values);
        piece.signature.push_back(chosen);
        if (chosen >= 0 && piece.special.empty())
          piece.special = each.attributes[static_cast<std::size_t>(chosen)].special;
        continue;
      }
      const std::string& other = each.fields[each.fields[0] == field ? 1 : 0];
      for (const Piece& with : pieces_.at(other)) {
        values[other] = with.sample;
        piece.signature.push_back(each.chosen(values));
      }
    }
  }

  // Pieces of one signature share a code; codes stand in the order of the document.
  static std::vector<SpecialCode> codes_of(std::vector<const Piece*> specials) {
    std::stable_sort(specials.begin(), specials.end(),
                     [](const Piece* a, const Piece* b) { return a->signature < b->signature; });
    std::vector<SpecialCode> codes;
    const Piece* before = nullptr;
    for (const Piece* piece : specials) {
      if (before == nullptr || before->signature != piece->signature) {
        codes.emplace_back();
        codes.back().name = piece->special;
      }
      before = piece;
      if (const double* number = std::get_if<double>(&piece->sample))
        codes.back().numbers.push_back(*number);
      else
        codes.back().texts.push_back(std::get<std::string>(piece->sample));
    }
    std::set<std::string> names;
    for (SpecialCode& code : codes) {
      if (code.name.empty())
        code.name = code.numbers.empty() ? "code " + code.texts.front()
                                         : fmt::format("code {}", code.numbers.front());
      std::string wanted = code.name;
      for (int n = 2; !names.insert(code.name).second; ++n)
        code.name = fmt::format("{} {}", wanted, n);
    }
    return codes;
  }

  PmmlCells number_cells(const PmmlField& field) const {
    const std::vector<Piece>& pieces = pieces_.at(field.name);
    std::vector<const Piece*> specials;
    std::vector<double> edges;
    PmmlCells out;
    const Piece* before = &pieces[1];
    double start = -kInfinity;  // where a special number has interrupted the interval
    out.samples.push_back(before->sample);
    for (std::size_t i = 2; i < pieces.size(); ++i) {
      const Piece& piece = pieces[i];
      // Behind the greatest number there is comes nothing but infinity, which is in its bin.
      bool last = i + 1 == pieces.size();
      bool alone = piece.point && piece.signature != pieces[i - 1].signature &&
                   (last ? !piece.special.empty() : piece.signature != pieces[i + 1].signature);
      if (alone) {
        specials.push_back(&piece);
        start = piece.start;
        continue;
      }
      if (piece.signature != before->signature) {
        bool from_start = std::isfinite(start) && std::nextafter(start, kInfinity) == piece.start;
        edges.push_back(from_start ? start : piece.start);
        out.samples.push_back(piece.sample);
      }
      before = &piece;
    }
    out.cells = Cells::of_numbers(std::move(edges), codes_of(specials));
    for (const SpecialCode& code : out.cells.specials())
      out.samples.emplace_back(code.numbers.front());
    out.samples.push_back(field.missing);
    return out;
  }

  PmmlCells text_cells(const PmmlField& field) const {
    const std::vector<Piece>& pieces = pieces_.at(field.name);
    std::vector<const Piece*> specials, named;
    for (std::size_t i = 2; i < pieces.size(); ++i) {
      if (pieces[i].signature == pieces[1].signature) continue;  // as any other text
      (pieces[i].special.empty() ? named : specials).push_back(&pieces[i]);
    }
    std::stable_sort(named.begin(), named.end(),
                     [](const Piece* a, const Piece* b) { return a->signature < b->signature; });
    std::vector<std::vector<std::string>> groups;
    const Piece* before = nullptr;
    for (const Piece* piece : named) {
      if (before == nullptr || before->signature != piece->signature) groups.emplace_back();
      groups.back().push_back(std::get<std::string>(piece->sample));
      before = piece;
    }
    PmmlCells out;
    out.cells = Cells::of_texts(std::move(groups), codes_of(specials));
    for (const auto& group : out.cells.groups()) out.samples.emplace_back(group.front());
    for (const SpecialCode& code : out.cells.specials())
      out.samples.emplace_back(code.texts.front());
    out.samples.push_back(field.missing);
    out.samples.push_back(pieces[1].sample);
    return out;
  }

  const std::vector<PmmlField>& fields_;
  const std::vector<PmmlCharacteristic>& characteristics_;
  const std::string& file_;
  std::map<std::string, std::vector<Piece>> pieces_;
};

}  // namespace

int PmmlCharacteristic::chosen(const std::map<std::string, PmmlValue>& values) const {
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    if (attributes[i].predicate.holds(values) == true) return static_cast<int>(i);
  }
  return -1;
}

Result<std::map<std::string, PmmlCells>> pmml_cells(
    const std::vector<PmmlField>& fields, const std::vector<PmmlCharacteristic>& characteristics,
    const std::string& file) {
  return Divider{fields, characteristics, file}.divide();
}

}  // namespace credence
