#include <credence/institutions/society_numbers.h>
#include <credence/institutions/society_sections.h>
#include <credence/programme/reader.h>
#include <credence/programme/shape.h>
#include <fmt/format.h>

namespace credence {

namespace {

constexpr TableKeys kSocietyTables[] = {
    {"society",
     "points:table rule:tables tier:tables cameras:table matcher:table loyalty:table "
     "friends:table list:tables sanction:tables reward:tables publication:table "
     "reviewers:table enrolment:table awareness:table record:table"},
    {"society.points",
     "from:engine|start start:integer lowest:integer highest:integer decay_months:integer"},
    {"society.rule",
     "deed!:late-bill|unpaid-bill|default-on-loan|lost-rental|settled-rental|offence|"
     "camera-offence|criticism|praise|volunteering|gaming points!:integer title:text"},
    {"society.tier", "from!:integer name!:text"},
    {"society.cameras", "coverage!:decimal detection!:decimal scans_per_month:decimal"},
    {"society.matcher",
     "false_match:decimal false_non_match:decimal false_match_times:any "
     "false_non_match_times:any watch_list_share:decimal"},
    {"society.loyalty", "monitored!:decimal criticism:integer praise:integer"},
    {"society.friends", "weight!:decimal household:flag"},
    {"society.list", "colour!:black|red below:integer from:integer on_default:flag months:integer"},
    {"society.sanction",
     "sphere!:rental|credit|housing|travel|work|school|speech below:integer black_list:flag "
     "on_alert:flag months:integer title:text"},
    {"society.reward",
     "sphere!:rental|credit|housing|travel|work|school|speech from!:integer title:text"},
    {"society.publication", "black_list:flag red_list:flag stigma:decimal"},
    {"society.reviewers", "cases_per_thousand:decimal right:decimal wrong:decimal freeze:flag"},
    {"society.enrolment", "compulsory:flag share:decimal"},
    {"society.awareness", "share!:decimal"},
    {"society.record", "share:decimal contested_counts:flag"},
};
constexpr TableKeys kWithLawfulPart = {"", "society:table *:any"};
constexpr TableKeys kWithoutLawfulPart = {"", "programme!:table society:table"};
constexpr TableKeys kHeader = {"programme", "id!:id version:integer title!:text"};

double number_in(const TableReader& reader, std::string_view key, DecimalRange range,
                 double otherwise) {
  return read_decimal(reader, key, range, otherwise, "S109");
}

double share(const TableReader& reader, std::string_view key, double otherwise) {
  return number_in(reader, key, {0, 1}, otherwise);
}

// A list of factors, one per group.
std::vector<double> factors(const TableReader& reader, std::string_view key) {
  const TomlNode* node = reader.find(key);
  if (node == nullptr) return {};
  auto all = numbers_of(*node, {0, 1'000'000}, kMostSocietyEntries);
  if (all) return *std::move(all);
  reader.report("S104", key,
                {fmt::format("`{}` must be a list of numbers from 0 to 1000000", key),
                 fmt::format("`{}` doit être une liste de nombres de 0 à 1000000", key)},
                {"one factor per group of the world, in its order: [1, 3, 10]; at most 64",
                 "un facteur par groupe du monde, dans son ordre : [1, 3, 10] ; au plus 64"});
  return {};
}

std::optional<int> points_in(const TableReader& reader, std::string_view key) {
  if (!reader.has(key)) return std::nullopt;
  return reader.integer(key, {-30'000, 30'000}, 0);
}

Text title_or(const TableReader& reader, Text otherwise) {
  Text title = reader.text("title");
  return title.en.empty() || title.fr.empty() ? std::move(otherwise) : title;
}

Text title_of(CountedDeed deed) {
  static const Text kTitles[kCountedDeeds] = {
      {"a bill paid late", "une facture payée en retard"},
      {"a bill left unpaid", "une facture restée impayée"},
      {"a loan in default", "un prêt non remboursé"},
      {"a rented item lost", "un objet loué perdu"},
      {"a rental settled", "une location réglée"},
      {"an offence", "une infraction"},
      {"an offence seen by a camera", "une infraction vue par une caméra"},
      {"criticism of those in power", "une critique du pouvoir"},
      {"praise of those in power", "un éloge du pouvoir"},
      {"voluntary work", "du bénévolat"},
      {"money spent on looking good", "de l'argent dépensé pour bien paraître"}};
  return kTitles[static_cast<std::size_t>(deed)];
}

Text title_of(Sphere sphere) {
  static const Text kTitles[kSpheres] = {{"rentals", "les locations"}, {"credit", "le crédit"},
                                         {"a home", "un logement"},    {"travel", "les voyages"},
                                         {"work", "le travail"},       {"school", "l'école"},
                                         {"speech", "la parole"}};
  return kTitles[static_cast<std::size_t>(sphere)];
}

Sphere sphere_in(const TableReader& reader) {
  return static_cast<Sphere>(reader.word(
      "sphere", {"rental", "credit", "housing", "travel", "work", "school", "speech"}, 0));
}

// The entries of a list of sections, after S114 when there are too many.
std::vector<TableReader> entries_of(const TableReader& society, std::string_view key) {
  std::vector<TableReader> all = society.tables(key);
  if (all.size() <= kMostSocietyEntries) return all;
  all[kMostSocietyEntries].report(
      "S114", "",
      {fmt::format("there are more than {} `[[society.{}]]`", kMostSocietyEntries, key),
       fmt::format("il y a plus de {} `[[society.{}]]`", kMostSocietyEntries, key)},
      {"join some of them", "réunissez-en quelques-uns"});
  all.erase(all.begin() + kMostSocietyEntries, all.end());
  return all;
}

void read_points(const TableReader& society, Constructs& constructs) {
  if (society.has("points")) {
    TableReader table = society.table("points");
    PointsConstruct& points = constructs.points.emplace();
    points.from = table.word("from", {"engine", "start"}, 1) == 0 ? PointsConstruct::From::engine
                                                                  : PointsConstruct::From::start;
    points.start = table.integer("start", {-30'000, 30'000}, points.start);
    points.lowest = table.integer("lowest", {-30'000, 30'000}, points.lowest);
    points.highest = table.integer("highest", {-30'000, 30'000}, points.highest);
    points.decay_months = table.integer("decay_months", {0, 600}, 0);
  }
  for (const TableReader& entry : entries_of(society, "rule")) {
    std::string written = entry.string("deed");
    DeedRule rule;
    for (std::size_t i = 0; i < kCountedDeeds; ++i) {
      if (name_of(static_cast<CountedDeed>(i)) == written) rule.deed = static_cast<CountedDeed>(i);
    }
    rule.points = entry.integer("points", {-10'000, 10'000}, 0);
    rule.title = title_or(entry, title_of(rule.deed));
    constructs.rules.push_back(std::move(rule));
  }
  for (const TableReader& entry : entries_of(society, "tier")) {
    constructs.tiers.push_back({entry.integer("from", {-30'000, 30'000}, 0), entry.text("name")});
  }
}

void read_watching(const TableReader& society, Constructs& constructs) {
  if (society.has("cameras")) {
    TableReader table = society.table("cameras");
    constructs.cameras = CamerasConstruct{share(table, "coverage", 0), share(table, "detection", 0),
                                          number_in(table, "scans_per_month", {0, 100'000}, 30)};
  }
  if (society.has("matcher")) {
    TableReader table = society.table("matcher");
    MatcherConstruct& matcher = constructs.matcher.emplace();
    matcher.false_match = share(table, "false_match", matcher.false_match);
    matcher.false_non_match = share(table, "false_non_match", matcher.false_non_match);
    matcher.false_match_times = factors(table, "false_match_times");
    matcher.false_non_match_times = factors(table, "false_non_match_times");
    matcher.watch_list_share = share(table, "watch_list_share", matcher.watch_list_share);
  }
  if (society.has("loyalty")) {
    TableReader table = society.table("loyalty");
    constructs.loyalty =
        LoyaltyConstruct{share(table, "monitored", 0), points_in(table, "criticism").value_or(0),
                         points_in(table, "praise").value_or(0)};
  }
  if (society.has("friends")) {
    TableReader table = society.table("friends");
    constructs.friends =
        FriendsConstruct{share(table, "weight", 0), table.flag("household", false)};
  }
}

void read_answers(const TableReader& society, Constructs& constructs) {
  for (const TableReader& entry : entries_of(society, "list")) {
    ListRule rule;
    rule.colour = entry.word("colour", {"black", "red"}, 0) == 0 ? ListRule::Colour::black
                                                                 : ListRule::Colour::red;
    rule.below = points_in(entry, "below");
    rule.from = points_in(entry, "from");
    rule.on_default = entry.flag("on_default", false);
    rule.months = entry.integer("months", {0, kLongestBar}, rule.months);
    constructs.lists.push_back(rule);
  }
  for (const TableReader& entry : entries_of(society, "sanction")) {
    SocietySanction sanction;
    sanction.sphere = sphere_in(entry);
    sanction.below = points_in(entry, "below");
    sanction.black_list = entry.flag("black_list", false);
    sanction.on_alert = entry.flag("on_alert", false);
    sanction.months = entry.integer("months", {0, kLongestBar}, sanction.months);
    sanction.title = title_or(entry, title_of(sanction.sphere));
    constructs.sanctions.push_back(std::move(sanction));
  }
  for (const TableReader& entry : entries_of(society, "reward")) {
    Sphere sphere = sphere_in(entry);
    constructs.rewards.push_back(
        {sphere, entry.integer("from", {-30'000, 30'000}, 0), title_or(entry, title_of(sphere))});
  }
}

void read_organisation(const TableReader& society, Constructs& constructs) {
  if (society.has("publication")) {
    TableReader table = society.table("publication");
    constructs.publication = PublicationConstruct{
        table.flag("black_list", false), table.flag("red_list", false), share(table, "stigma", 0)};
  }
  TableReader reviewers = society.table("reviewers");
  ReviewersConstruct& board = constructs.reviewers;
  board.cases_per_thousand =
      number_in(reviewers, "cases_per_thousand", {0, 1000}, board.cases_per_thousand);
  board.right = share(reviewers, "right", board.right);
  board.wrong = share(reviewers, "wrong", board.wrong);
  board.freeze = reviewers.flag("freeze", board.freeze);
  TableReader enrolment = society.table("enrolment");
  constructs.enrolment.compulsory = enrolment.flag("compulsory", false);
  constructs.enrolment.share = share(enrolment, "share", constructs.enrolment.share);
  constructs.awareness.share =
      share(society.table("awareness"), "share", constructs.awareness.share);
  TableReader record = society.table("record");
  constructs.record.share = share(record, "share", constructs.record.share);
  constructs.record.contested_counts = record.flag("contested_counts", false);
}

// The shared readers count from 001; those numbers are taken by cards over tables.
void renumber(Findings& findings, std::size_t from) {
  for (std::size_t i = from; i < findings.size(); ++i) {
    if (findings[i].code.starts_with("S0")) findings[i].code[1] = '1';
  }
}

}  // namespace

bool has_lawful_part(const TomlNode& document) {
  return document.find("source") != nullptr;
}

Constructs read_sections(const TomlNode& document, LawfulPart lawful_part, Findings& findings) {
  std::vector<TableKeys> tables{std::begin(kSocietyTables), std::end(kSocietyTables)};
  if (lawful_part == LawfulPart::there) {
    tables.push_back(kWithLawfulPart);
  } else {
    tables.push_back(kWithoutLawfulPart);
    tables.push_back(kHeader);
  }
  std::size_t before = findings.size();
  check_shape(document, {"S", tables}, findings);
  TableReader society = TableReader{&document, "", findings}.prefix("S").table("society");
  Constructs constructs;
  read_points(society, constructs);
  read_watching(society, constructs);
  read_answers(society, constructs);
  read_organisation(society, constructs);
  renumber(findings, before);
  const TomlNode::Table none;
  const TomlNode::Table* members = society.node() ? society.node()->table() : &none;
  for (const TomlNode::Member& member : *members) {
    constructs.sections.push_back("society." + member.key);
  }
  return constructs;
}

}  // namespace credence
