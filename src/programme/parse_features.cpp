#include <credence/programme/condition.h>
#include <credence/programme/message.h>
#include <credence/programme/parts.h>
#include <credence/programme/place.h>
#include <credence/programme/shape.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace credence {

namespace {

constexpr std::array<std::string_view, 11> kMeasures = {
    "count", "sum",          "mean",           "min",      "max",  "latest",
    "share", "months_since", "months_between", "distinct", "trend"};

bool counts_events(Measure measure) {
  return measure == Measure::count || measure == Measure::share ||
         measure == Measure::months_since || measure == Measure::months_between;
}

bool fits(Measure measure, FieldType type) {
  bool number = type == FieldType::money || type == FieldType::integer;
  if (measure == Measure::distinct) return true;
  if (measure == Measure::latest) return type != FieldType::date;
  return number;
}

void report_measure(const TableReader& reader, std::string_view key, Text message, Text help) {
  reader.report("P017", key, std::move(message), std::move(help));
}

// The field that the measure works on, checked against what the measure can do.
int read_of(const TableReader& reader, const EventType& event, Measure measure) {
  std::string_view name = kMeasures[static_cast<std::size_t>(measure)];
  if (counts_events(measure)) {
    if (reader.has("of")) {
      report_measure(reader, "of",
                     {fmt::format("`{}` works on whole events, not on a field", name),
                      fmt::format("`{}` porte sur des événements entiers, pas sur un champ", name)},
                     {"leave `of` out", "retirez `of`"});
    }
    return -1;
  }
  if (!reader.has("of")) {
    report_measure(reader, "measure",
                   {fmt::format("`{}` needs the field that it works on", name),
                    fmt::format("`{}` a besoin du champ sur lequel porter", name)},
                   {"add `of = \"field\"`", "ajoutez `of = \"champ\"`"});
    return -1;
  }
  std::vector<std::string> names;
  for (const Field& field : event.fields) names.push_back(field.name);
  int of = read_reference(reader, "of", "field", names);
  if (of >= 0 && !fits(measure, event.fields[static_cast<std::size_t>(of)].type)) {
    report_measure(
        reader, "of",
        {fmt::format("`{}` does not fit the type of `{}`", name, reader.string("of")),
         fmt::format("`{}` ne convient pas au type de `{}`", name, reader.string("of"))},
        {"sum, mean, min, max and trend take money and integers; latest takes all but dates",
         "sum, mean, min, max et trend prennent des montants et des entiers ; latest, tout sauf "
         "les dates"});
  }
  return of;
}

void read_feature(const TableReader& reader, Programme& programme) {
  Feature feature;
  feature.id = reader.string("id");
  feature.signal = reader.string("signal");
  feature.question = reader.text("question");
  feature.family = static_cast<Family>(reader.word(
      "family", {"credit-history", "fulfilment", "capacity", "behaviour", "identity"}, 0));
  std::string measure = reader.string("measure");
  auto known = std::find(kMeasures.begin(), kMeasures.end(), measure);
  bool measured = known != kMeasures.end();
  if (measured) feature.measure = static_cast<Measure>(known - kMeasures.begin());
  feature.risk = static_cast<Risk>(reader.word("risk", {"rises", "falls", "unordered"}, 2));
  feature.window = read_length(reader, "window");
  feature.from = read_reference(reader, "from", "event", ids_of_events(programme));
  if (feature.from >= 0) {
    const EventType& event = programme.events[static_cast<std::size_t>(feature.from)];
    feature.where = read_condition(reader, event, programme);
    if (measured) feature.of = read_of(reader, event, feature.measure);
  }
  if (measured && feature.measure == Measure::share && !reader.has("where")) {
    report_measure(
        reader, "measure",
        {"`share` without `where` is always everything", "`share` sans `where` vaut toujours tout"},
        {"add the `where` whose share is asked", "ajoutez le `where` dont on veut la part"});
  }
  programme.features.push_back(std::move(feature));
}

}  // namespace

Condition read_condition(const TableReader& reader, const EventType& event,
                         const Programme& programme) {
  const TomlNode* node = reader.find("where");
  if (node == nullptr || node->string() == nullptr) return {};
  CompiledCondition compiled =
      compile_condition(*node->string(), event, programme.currency, node->where());
  for (Finding& finding : compiled.findings) {
    if (reader.findings().size() >= kMaxFindings) break;
    finding.path = reader.path() + ".where";
    finding.where = place_in_string(programme.text, node->where(), finding.where);
    reader.findings().push_back(std::move(finding));
  }
  return std::move(compiled.condition);
}

void read_features(const TableReader& root, Programme& programme) {
  for (const TableReader& reader : read_entries(root, "feature", "id"))
    read_feature(reader, programme);
}

}  // namespace credence
