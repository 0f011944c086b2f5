#include <credence/programme/message.h>
#include <credence/programme/parts.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace credence {

namespace {

constexpr int kHighestScore = 1000;

// The shapes that an article refuses (A10) are read as the score itself, so that the charter can
// say why.
AnswerShape read_answer(const TableReader& reader) {
  constexpr std::array<std::string_view, 6> kShapes = {"yes-no", "band",    "score",
                                                       "list",   "ranking", "publication"};
  std::string written = reader.string("answer", "yes-no");
  if (written == "yes-no") return AnswerShape::yes_no;
  if (written == "band") return AnswerShape::band;
  if (std::find(kShapes.begin(), kShapes.end(), written) == kShapes.end()) {
    reader.report(
        "P005", "answer",
        {fmt::format("{} is no value of `answer`", in_backticks(written)),
         fmt::format("{} n'est pas une valeur de `answer`", in_backticks(written))},
        join_texts(suggest(nearest(written, kShapes)),
                   {"one of `yes-no`, `band`, `score`", "au choix `yes-no`, `band`, `score`"}));
  }
  return AnswerShape::score;
}

void read_range(const TableReader& score, Programme& programme) {
  const TomlNode* range = score.find("range");
  if (range == nullptr) return;
  const TomlNode::Array* ends = range->array();
  bool two = ends != nullptr && ends->size() == 2 && (*ends)[0].integer() && (*ends)[1].integer();
  std::int64_t lowest = two ? *(*ends)[0].integer() : 0;
  std::int64_t highest = two ? *(*ends)[1].integer() : 0;
  if (!two || lowest < 0 || highest > kHighestScore || lowest >= highest) {
    score.report("P019", "range",
                 {"the range is two whole numbers from 0 to 1000, the lower first",
                  "l'étendue est formée de deux entiers de 0 à 1000, le plus petit d'abord"},
                 {"write `range = [350, 950]`", "écrivez `range = [350, 950]`"});
    return;
  }
  programme.lowest = static_cast<int>(lowest);
  programme.highest = static_cast<int>(highest);
}

NoScorePath read_no_score_path(const TableReader& reader) {
  NoScorePath path;
  path.id = reader.string("id");
  path.price = reader.text("price");
  path.time = reader.text("time");
  path.place = reader.text("place");
  path.steps = reader.text("steps");
  for (std::string_view burden : {"surcharge", "longer_wait", "fewer_places"}) {
    if (reader.string(burden, "none") != "none") path.equal = false;
  }
  return path;
}

// Whether a text means to be a period: "until further notice" does not, and is the charter's to
// judge.
bool starts_with_number(std::string_view text) {
  return !text.empty() && text[0] >= '0' && text[0] <= '9';
}

Period read_end(const TableReader& reader, std::string_view key) {
  std::string written = reader.string(key);
  if (!starts_with_number(written)) return {};
  if (auto period = read_length(reader, key)) return *period;
  if (!reader.period(key)) {
    reader.report("P010", key,
                  {fmt::format("{} is no period", in_backticks(written)),
                   fmt::format("{} n'est pas une durée", in_backticks(written))},
                  {"a number and days, weeks, months or years, as in \"12 months\"",
                   "un nombre et days, weeks, months ou years, comme \"12 months\""});
  }
  return {};
}

}  // namespace

void read_score(const TableReader& root, Programme& programme) {
  TableReader score = root.table("score");
  read_range(score, programme);
  programme.card_file = score.string("card");
  TableReader needs = score.table("needs");
  programme.needs.facts = needs.integer("facts", {0, 100'000}, 0);
  programme.needs.span = needs.period("span").value_or(Period{});
}

void read_tiers(const TableReader& root, Programme& programme) {
  for (const TableReader& reader : read_entries(root, "tier", "")) {
    Tier tier;
    tier.name = reader.text("name");
    tier.from = reader.integer("from", {programme.lowest, programme.highest}, programme.lowest);
    if (!programme.tiers.empty() && tier.from <= programme.tiers.back().from) {
      reader.report(
          "P018", "from",
          {fmt::format("the tier from {} follows the tier from {}", tier.from,
                       programme.tiers.back().from),
           fmt::format("le palier de {} suit celui de {}", tier.from, programme.tiers.back().from)},
          {"tiers rise, each from more points than the one before",
           "les paliers montent, chacun part de plus de points que le précédent"});
    }
    programme.tiers.push_back(std::move(tier));
  }
}

void read_benefits(const TableReader& root, Programme& programme) {
  for (const TableReader& reader : read_entries(root, "benefit", "id")) {
    Benefit benefit;
    benefit.id = reader.string("id");
    benefit.name = reader.text("name");
    benefit.context = reader.string("context");
    benefit.points = reader.table("needs").integer("points", {programme.lowest, programme.highest},
                                                   programme.lowest);
    benefit.otherwise = reader.string("otherwise");
    benefit.answer = read_answer(reader);
    benefit.no_score_path = read_no_score_path(reader.table("no_score_path"));
    bool other_path = benefit.no_score_path.id != benefit.otherwise;
    if (reader.has("otherwise") && !benefit.no_score_path.id.empty() && other_path) {
      read_reference(reader, "otherwise", "no_score_path", {benefit.no_score_path.id});
    }
    programme.benefits.push_back(std::move(benefit));
  }
}

void read_consequences(const TableReader& root, Programme& programme) {
  for (const TableReader& reader : read_entries(root, "consequence", "id")) {
    Consequence consequence;
    consequence.id = reader.string("id");
    consequence.name = reader.text("name");
    consequence.context = reader.string("context");
    consequence.because = reader.string("because");
    consequence.justification = reader.text("justification");
    consequence.proportionality = reader.text("proportionality");
    consequence.at_most = read_end(reader, "at_most");
    consequence.decided_by = reader.string("decided_by");
    int event = read_reference(reader, "because", "event", ids_of_events(programme));
    if (event >= 0) {
      consequence.where =
          read_condition(reader, programme.events[static_cast<std::size_t>(event)], programme);
    } else if (reader.has("where") && !reader.has("because")) {
      reader.report("P003", "where",
                    {"`where` stands without the event that it asks about",
                     "`where` est là sans l'événement qu'il interroge"},
                    {"add `because = \"event type\"`", "ajoutez `because = \"type d'événement\"`"});
    }
    programme.consequences.push_back(std::move(consequence));
  }
}

void read_recipients(const TableReader& root, Programme& programme) {
  for (const TableReader& reader : read_entries(root, "recipient", "id")) {
    Recipient recipient;
    recipient.id = reader.string("id");
    recipient.name = reader.text("name");
    recipient.purpose = reader.string("purpose");
    recipient.answer = read_answer(reader);
    recipient.pseudonym = reader.string("pseudonym");
    programme.recipients.push_back(std::move(recipient));
  }
}

void read_consents(const TableReader& root, Programme& programme) {
  std::vector<std::string> recipients = {"operator"};
  for (const Recipient& recipient : programme.recipients) recipients.push_back(recipient.id);
  for (const TableReader& reader : read_entries(root, "consent", "")) {
    ConsentTerm consent;
    consent.purpose = reader.string("purpose");
    consent.source = reader.string("source");
    consent.recipient = reader.string("recipient");
    consent.text = reader.text("text");
    consent.initially = reader.string("default");
    consent.expiry = read_end(reader, "expiry");
    read_reference(reader, "source", "source", ids_of_sources(programme));
    read_reference(reader, "recipient", "recipient", recipients);
    programme.consents.push_back(std::move(consent));
  }
}

void read_rights(const TableReader& root, Programme& programme) {
  TableReader explanation = root.table("explanation");
  programme.explanation.baseline =
      static_cast<Baseline>(explanation.word("baseline", {"best", "mean", "policy"}, 0));
  programme.explanation.max_reasons = explanation.integer("max_reasons", {1, 64}, 4);
  TableReader rights = root.table("rights");
  programme.rights.dispute_days = rights.integer("dispute_days", {1, 3650}, 30);
  programme.rights.reviewers = rights.string("reviewers");
  programme.rights.four_eyes = root.table("review").flag("four_eyes", true);
  programme.rights.retention_floor = rights.period("retention_floor").value_or(Period{});
}

}  // namespace credence
