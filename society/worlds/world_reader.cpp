#include <credence/programme/shape.h>
#include <credence/worlds/world_reader.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace credence {

extern const std::string_view preset_world_town;

namespace {

constexpr std::size_t kLongestWorldFile = 4 * 1024 * 1024;

constexpr TableKeys kWorldTables[] = {
    {"", "world!:table population:table ties:tables rules:table"},
    {"world",
     "id!:id title!:text start:date months:integer burn_in:integer replicates:integer "
     "seed:integer currency:string"},
    {"population",
     "people:integer household_sizes:any reliability_spread:decimal age:tables sex:tables "
     "group:tables region:tables education:tables work:tables bank:tables phone:tables "
     "joint:tables seed:tables"},
    {"population.age", "id!:id name!:text share!:decimal youngest!:integer oldest!:integer"},
    {"population.sex", "id!:id name!:text share!:decimal"},
    {"population.group", "id!:id name!:text share!:decimal reliability:decimal"},
    {"population.region",
     "id!:id name!:text share!:decimal x:decimal y:decimal rent:decimal policing:decimal"},
    {"population.education", "id!:id name!:text share!:decimal wage!:decimal wage_spread:decimal"},
    {"population.work",
     "id!:working|seeking|studying|retired|at-home|pupil name!:text share!:decimal"},
    {"population.bank", "id!:id name!:text share!:decimal"},
    {"population.phone", "id!:id name!:text share!:decimal"},
    {"population.joint", "traits!:[age|sex|group|region|education|work|bank|phone] shares!:any"},
    {"population.seed", "traits!:[age|sex|group|region|education|work|bank|phone] weights!:any"},
    {"ties",
     "layer!:work|neighbourhood|friends kind!:small-world|blocks|configuration|given "
     "degree:decimal rewire:decimal same:decimal "
     "by:age|sex|group|region|education|work|bank|phone shares:any pairs:any "
     "workplace_size:integer"},
};

World empty_world() {
  return {{}, {}, {}, {}, 24, 12, 8, 1, "EUR", {}, {}, ParameterValues{all_rules()}};
}

Finding world_finding(std::string_view code, const Where& where, Text message, Text help) {
  Finding finding;
  finding.code = code;
  finding.where = where;
  finding.message = std::move(message);
  finding.help = std::move(help);
  return finding;
}

std::optional<TomlNode> read_world_text(std::string_view text, const std::string& file,
                                        Findings& findings) {
  if (text.size() > kLongestWorldFile) {
    findings.push_back(world_finding(
        "W026", {file, 1, 1, 1}, {"the file is longer than 4 MiB", "le fichier dépasse 4 Mio"},
        {"a world is a few pages of text", "un monde tient en quelques pages"}));
    return std::nullopt;
  }
  auto document = parse_toml(text, file);
  if (document) return *std::move(document);
  const Error& error = document.error();
  findings.push_back(world_finding(
      "W001", error.where,
      {"this is not TOML: " + error.message, "ce n'est pas du TOML : " + error.message},
      {error.help, "voir https://toml.io/fr/v1.0.0 pour le format de ce fichier"}));
  return std::nullopt;
}

void close_world(Findings& findings, const std::string& file) {
  sort_by_place(findings);
  if (findings.size() < kMaxFindings) return;
  findings.resize(kMaxFindings);
  findings.push_back(
      world_finding("W027", {file, 1, 1, 1},
                    {"there are more findings than the 1000 shown", "il y a plus de 1000 constats"},
                    {"mend these first", "corrigez d'abord ceux-ci"}));
}

ReadWorld read_over(const World& standard, std::string_view text, const std::string& file) {
  ReadWorld read;
  auto document = read_world_text(text, file, read.findings);
  if (!document) return read;
  check_shape(*document, {"W", kWorldTables}, read.findings);
  World world = standard;
  world.text = text;
  TableReader root{&*document, "", read.findings};
  root.prefix("W");
  read_world_header(root, world);
  read_population_plan(root, world.population);
  read_ties_plans(root, world);
  read_rule_values(root, world);
  close_world(read.findings, file);
  if (!has_errors(read.findings)) read.world = std::move(world);
  return read;
}

// The standard that every other world is read over. A broken file that is compiled in is a defect.
const World& standard_world() {
  static const World town = [] {
    ReadWorld read = read_over(empty_world(), preset_world_town, "town.toml");
    expects(read.world.has_value(), "the built-in town cannot be read");
    return *std::move(read.world);
  }();
  return town;
}

}  // namespace

ReadWorld read_world(std::string_view text, const std::string& file) {
  return read_over(standard_world(), text, file);
}

void read_world_header(const TableReader& root, World& world) {
  TableReader header = root.table("world");
  auto count = [&](std::string_view key, TableReader::Range range, std::uint32_t otherwise) {
    return static_cast<std::uint32_t>(header.integer(key, range, static_cast<int>(otherwise)));
  };
  world.id = header.string("id");
  world.title = header.text("title");
  world.months = count("months", {1, kLongestRun}, world.months);
  world.burn_in = count("burn_in", {0, kLongestRun}, world.burn_in);
  world.replicates = count("replicates", {1, kMostReplicates}, world.replicates);
  world.seed = count("seed", {0, INT32_MAX}, world.seed);
  world.currency = header.string("currency", world.currency);
  const TomlNode* start = header.find("start");
  if (start != nullptr && start->date() != nullptr) world.start = *start->date();
  if (std::chrono::year_month_day{world.start}.day() != std::chrono::day{1}) {
    header.report("W020", "start",
                  {"a world starts on the first day of a month",
                   "un monde commence le premier jour d'un mois"},
                  {"write 2026-01-01", "écrivez 2026-01-01"});
  }
  bool letters = std::all_of(world.currency.begin(), world.currency.end(),
                             [](char c) { return c >= 'A' && c <= 'Z'; });
  if (world.currency.size() != 3 || !letters) {
    header.report(
        "W012", "currency",
        {"a currency is three capital letters", "une monnaie est faite de trois capitales"},
        {"write \"EUR\"", "écrivez \"EUR\""});
  }
}

}  // namespace credence
