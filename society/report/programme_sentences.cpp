#include <credence/charter/charter.h>
#include <credence/report/figures.h>
#include <credence/report/happening_texts.h>
#include <credence/report/programme_sentences.h>
#include <credence/report/report_facts.h>
#include <credence/report/wordings.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

constexpr std::size_t kMostBenefits = 8;

const Text& words_of(CountedDeed deed) {
  static const Text kDeeds[kCountedDeeds] = {
      {"a bill paid late", "facture payée en retard"},
      {"a bill unpaid", "facture impayée"},
      {"a default on a loan", "défaut sur un prêt"},
      {"a rented thing lost", "bien loué perdu"},
      {"a rental settled", "location honorée"},
      {"an offence", "infraction"},
      {"an offence on camera", "infraction filmée"},
      {"criticism", "critique"},
      {"praise", "louange"},
      {"volunteering", "bénévolat"},
      {"spending to look good", "dépense pour paraître"},
  };
  return kDeeds[static_cast<std::size_t>(deed)];
}

class ProgrammeTeller {
 public:
  ProgrammeTeller(const SocietyProgramme& programme, const World& world, Language language)
      : programme_(programme),
        constructs_(programme.constructs),
        world_(world),
        style_{language, world.currency} {}

  std::vector<std::string> tell() {
    if (programme_.engine)
      lawful_part();
    else
      add(Say::no_lawful_part);
    points();
    tiers();
    surveillance();
    people();
    lists();
    sanctions();
    fairness();
    return std::move(said_);
  }

 private:
  const std::string& in(const Text& text) const { return text.in(style_.language); }
  std::string text(Say what, std::initializer_list<std::string> values = {}) const {
    return say(what, style_.language, values);
  }
  void add(Say what, std::initializer_list<std::string> values = {}) {
    said_.push_back(text(what, values));
  }
  std::string whole(double number) const { return count_text(number, style_); }
  std::string points_text(int number) const { return (number > 0 ? "+" : "") + whole(number); }
  std::string share(double value) const { return share_text(value, style_); }
  std::string joined(const std::vector<std::string>& parts) const {
    std::string all;
    for (const std::string& part : parts) all += (all.empty() ? "" : "; ") + part;
    return all;
  }

  void lawful_part() {
    const Programme& lawful = *programme_.engine->programme();
    add(Say::lawful_features, {whole(lawful.lowest), whole(lawful.highest),
                               whole(static_cast<double>(lawful.features.size()))});
    for (std::size_t i = 0; i < lawful.benefits.size(); ++i) {
      if (i == kMostBenefits) {
        add(Say::lawful_benefits_more,
            {whole(static_cast<double>(lawful.benefits.size() - kMostBenefits))});
        break;
      }
      add(Say::lawful_benefit, {in(lawful.benefits[i].name), whole(lawful.benefits[i].points)});
    }
    for (const Consequence& one : lawful.consequences)
      add(Say::lawful_consequence, {in(one.name), period_text(one.at_most)});
  }

  std::string period_text(Period period) const {
    bool months = period.months > 0;
    static const Text kMonths = {"months", "mois"}, kDays = {"days", "jours"};
    return whole(months ? period.months : period.days) + " " + in(months ? kMonths : kDays);
  }

  void points() {
    if (constructs_.points) {
      const PointsConstruct& points = *constructs_.points;
      if (points.from == PointsConstruct::From::start)
        add(Say::points_start, {whole(points.start), whole(points.lowest), whole(points.highest)});
      else
        add(Say::points_engine, {whole(points.lowest), whole(points.highest)});
      if (points.decay_months > 0)
        add(Say::points_decay, {whole(points.decay_months)});
      else
        add(Say::points_never);
    }
    std::vector<std::string> deeds;
    for (const DeedRule& rule : constructs_.rules) {
      const std::string& title = in(rule.title);
      deeds.push_back(text(
          Say::deed, {title.empty() ? in(words_of(rule.deed)) : title, points_text(rule.points)}));
    }
    if (!deeds.empty()) add(Say::deeds, {joined(deeds)});
  }

  void tiers() {
    std::vector<std::string> names;
    for (const Text& name : tier_names_of(programme_)) names.push_back(in(name));
    if (!names.empty()) add(Say::tiers, {joined(names)});
  }

  void surveillance() {
    if (const auto& cameras = constructs_.cameras)
      add(Say::cameras, {share(cameras->coverage), share(cameras->detection)});
    if (const auto& matcher = constructs_.matcher) {
      std::string once = matcher->false_match > 0 ? whole(1 / matcher->false_match) : "\u221e";
      add(Say::matcher, {share(matcher->watch_list_share), once, share(matcher->false_non_match)});
      matcher_groups(*matcher);
    }
    if (const auto& loyalty = constructs_.loyalty) {
      add(Say::loyalty, {share(loyalty->monitored), points_text(loyalty->criticism),
                         points_text(loyalty->praise)});
    }
  }

  void matcher_groups(const MatcherConstruct& matcher) {
    const auto& groups = world_.population.categories[static_cast<std::size_t>(Trait::group)];
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < std::min(groups.size(), matcher.false_match_times.size()); ++i)
      parts.push_back(fmt::format("{} ×{:g}", in(groups[i].name), matcher.false_match_times[i]));
    if (!parts.empty()) add(Say::matcher_groups, {joined(parts)});
  }

  void people() {
    if (const auto& friends = constructs_.friends) {
      add(Say::friends, {share(friends->weight)});
      if (friends->household) add(Say::friends_household);
    }
  }

  std::string months_text(int months) const {
    return months == 0 ? text(Say::list_for_ever) : text(Say::list_months, {whole(months)});
  }

  void lists() {
    for (const ListRule& list : constructs_.lists) {
      std::vector<std::string> who;
      if (list.below) who.push_back(text(Say::list_below, {whole(*list.below)}));
      if (list.from) who.push_back(text(Say::list_from, {whole(*list.from)}));
      if (list.on_default) who.push_back(text(Say::list_default));
      bool black = list.colour == ListRule::Colour::black;
      add(black ? Say::list_black : Say::list_red, {joined(who), months_text(list.months)});
    }
    if (const auto& publication = constructs_.publication) {
      if (publication->black_list) add(Say::publication_black, {share(publication->stigma)});
      if (publication->red_list) add(Say::publication_red);
    }
  }

  void sanctions() {
    for (const SocietySanction& sanction : constructs_.sanctions) {
      std::vector<std::string> who;
      if (sanction.below) who.push_back(text(Say::sanction_below, {whole(*sanction.below)}));
      if (sanction.black_list) who.push_back(text(Say::sanction_black));
      if (sanction.on_alert) who.push_back(text(Say::sanction_alert));
      add(Say::sanction, {in(credence::words_of(sanction.sphere)), in(sanction.title), joined(who),
                          months_text(sanction.months)});
    }
    for (const RewardRule& reward : constructs_.rewards) {
      add(Say::reward,
          {in(credence::words_of(reward.sphere)), in(reward.title), whole(reward.from)});
    }
  }

  void fairness() {
    const EnrolmentConstruct& enrolment = constructs_.enrolment;
    if (enrolment.compulsory)
      add(Say::enrolment_compulsory);
    else
      add(Say::enrolment, {share(enrolment.share)});
    add(Say::awareness, {share(constructs_.awareness.share)});
    add(Say::record_faults, {share(constructs_.record.share)});
    const ReviewersConstruct& board = constructs_.reviewers;
    add(Say::reviewers,
        {fmt::format("{:g}", board.cases_per_thousand), share(board.right), share(board.wrong)});
    add(board.freeze && !constructs_.record.contested_counts ? Say::freeze : Say::no_freeze);
  }

  const SocietyProgramme& programme_;
  const Constructs& constructs_;
  const World& world_;
  NumberStyle style_;
  std::vector<std::string> said_;
};

// "society.list" of "society.list[2].months".
std::string section_in(std::string_view path) {
  constexpr std::string_view kRoot = "society.";
  if (!path.starts_with(kRoot)) return {};
  std::size_t end = path.find_first_of(".[", kRoot.size());
  return std::string{path.substr(0, end)};
}

const SocietySection* row_of(const Charter& charter, std::string_view id,
                             std::string_view article) {
  for (std::string_view wanted : {id, std::string_view{"*"}}) {
    for (const SocietySection& row : charter.society()) {
      if (row.id == wanted && std::ranges::find(row.articles, article) != row.articles.end())
        return &row;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> programme_sentences(const SocietyProgramme& programme, const World& world,
                                             Language language) {
  return ProgrammeTeller{programme, world, language}.tell();
}

std::vector<RefusedSection> refused_sections(const SocietyProgramme& programme) {
  std::vector<RefusedSection> refused;
  const Charter& charter = Charter::builtin();
  auto document = parse_toml(programme.text, programme.id);
  if (!document) return refused;
  for (const Finding& finding : judge(*document, charter)) {
    std::string section = section_in(finding.path);
    if (section.empty() || finding.severity != Finding::Severity::error) continue;
    const SocietySection* row = row_of(charter, section.substr(8), finding.code);
    const Article* article = charter.find(finding.code);
    if (row == nullptr || article == nullptr) continue;
    bool said = std::ranges::any_of(refused, [&](const RefusedSection& one) {
      return one.article == finding.code && one.section == section;
    });
    if (!said) refused.push_back({finding.code, section, row->what, article->rule});
  }
  return refused;
}

}  // namespace credence
