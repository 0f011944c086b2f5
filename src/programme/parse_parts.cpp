#include <credence/programme/message.h>
#include <credence/programme/parts.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

std::vector<std::string> ids_of_entries(const auto& entries) {
  std::vector<std::string> ids;
  for (const auto& entry : entries) ids.push_back(entry.id);
  return ids;
}

}  // namespace

std::vector<std::string> ids_of_events(const Programme& programme) {
  return ids_of_entries(programme.events);
}
std::vector<std::string> ids_of_sources(const Programme& programme) {
  return ids_of_entries(programme.sources);
}

std::vector<TableReader> read_entries(const TableReader& root, std::string_view section,
                                      std::string_view id_key) {
  std::vector<TableReader> entries = root.tables(section);
  if (entries.size() > kMaxEntries) {
    entries[kMaxEntries].report(
        "P014", "",
        {fmt::format("there are more than {} [[{}]]", kMaxEntries, section),
         fmt::format("il y a plus de {} [[{}]]", kMaxEntries, section)},
        {"split the programme by purpose", "séparez le programme par finalité"});
    entries.erase(entries.begin() + kMaxEntries, entries.end());
  }
  std::erase_if(entries, [](const TableReader& entry) { return entry.node() == nullptr; });
  for (std::size_t i = 0; i < entries.size() && !id_key.empty(); ++i) {
    std::string id = entries[i].string(id_key);
    if (id.empty()) continue;
    auto end = entries.begin() + static_cast<std::ptrdiff_t>(i);
    auto first =
        std::find_if(entries.begin(), end, [&](auto& e) { return e.string(id_key) == id; });
    if (first == end) continue;
    std::uint32_t line = first->where(id_key).line;
    entries[i].report(
        "P007", id_key,
        {fmt::format("{} already names the [[{}]] of line {}", in_backticks(id), section, line),
         fmt::format("{} nomme déjà le [[{}]] de la ligne {}", in_backticks(id), section, line)},
        {"choose another", "choisissez-en un autre"});
  }
  return entries;
}

int read_reference(const TableReader& reader, std::string_view key, std::string_view what,
                   const std::vector<std::string>& known) {
  std::string written = reader.string(key);
  auto found = std::find(known.begin(), known.end(), written);
  if (found != known.end()) return static_cast<int>(found - known.begin());
  if (written.empty()) return -1;
  std::string all;
  for (const std::string& id : known) all += fmt::format("{}`{}`", all.empty() ? "" : ", ", id);
  Text help = known.empty() ? Text{"the file declares none", "le fichier n'en déclare aucun"}
                            : Text{"the file has " + all, "le fichier a " + all};
  reader.report(
      "P008", key,
      {fmt::format("`{}` names {}, which is no {} of this file", key, in_backticks(written), what),
       fmt::format("`{}` nomme {}, qui n'est pas déclaré ici ({})", key, in_backticks(written),
                   what)},
      join_texts(suggest(nearest(written, std::span<const std::string>{known})), help));
  return -1;
}

std::optional<Period> read_length(const TableReader& reader, std::string_view key) {
  auto period = reader.period(key);
  if (!period || *period != Period{}) return period;
  reader.report(
      "P020", key,
      {fmt::format("`{}` is no time at all", key), fmt::format("`{}` est une durée nulle", key)},
      {"write a period longer than nothing, as in \"12 months\"",
       "écrivez une durée non nulle, comme \"12 months\""});
  return std::nullopt;
}

void read_header(const TableReader& root, Programme& programme) {
  TableReader header = root.table("programme");
  programme.id = header.string("id");
  programme.version = header.integer("version", {1, 1'000'000}, 1);
  programme.title = header.text("title");
  programme.purpose = header.string("purpose");
  programme.programme_class = static_cast<ProgrammeClass>(
      header.word("class", {"creditworthiness", "benefit-only", "organisation"}, 0));
  programme.jurisdictions = header.strings("jurisdiction");
  programme.operator_name = header.table("operator").string("name");
  programme.operator_register = header.table("operator").string("register");
  programme.min_age = header.integer("min_age", {0, 150}, 18);
  std::string code = header.string("currency");
  if (auto currency = find_currency(code)) {
    programme.currency = *currency;
  } else if (!code.empty()) {
    programme.currency = *find_currency("EUR");  // so that amounts further on are read at all
    header.report("P012", "currency",
                  {fmt::format("{} is no currency in use", in_backticks(code)),
                   fmt::format("{} n'est pas une monnaie en cours", in_backticks(code))},
                  {"three capital letters of ISO 4217, as in \"EUR\"",
                   "trois majuscules de l'ISO 4217, comme \"EUR\""});
  }
}

void read_sources(const TableReader& root, Programme& programme) {
  for (const TableReader& reader : read_entries(root, "source", "id")) {
    TableReader retention = reader.table("retention");
    Source source;
    source.id = reader.string("id");
    source.name = reader.text("name");
    source.context = reader.string("context");
    source.category = reader.string("category");
    source.kind = reader.string("kind");
    source.subject_scope = reader.string("subject_scope");
    source.verification = reader.string("verification");
    source.retention = read_length(retention, "period").value_or(Period{});
    source.clock_start = retention.string("clock_start", "event");
    programme.sources.push_back(std::move(source));
  }
}

}  // namespace credence
