#include <credence/institutions/society_sections.h>
#include <credence/programme/reader.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

class ContradictionSearch {
 public:
  ContradictionSearch(const TomlNode& document, const Constructs& constructs,
                      const PointsReach& reach, Findings& findings)
      : society_(TableReader{&document, "", findings}.table("society")),
        constructs_(constructs),
        reach_(reach) {}

  void search(LawfulPart lawful_part) {
    search_points(lawful_part);
    search_rules();
    search_tiers();
    search_lists();
    search_sanctions();
    search_rewards();
    search_watching();
    search_publication();
    search_organisation();
  }

 private:
  bool lists(ListRule::Colour colour) const {
    return std::any_of(constructs_.lists.begin(), constructs_.lists.end(),
                       [&](const ListRule& list) { return list.colour == colour; });
  }

  static bool written_true(const TableReader& table, std::string_view key) {
    return table.flag(key, false);
  }

  void contradict(const TableReader& table, std::string_view key, Text message, Text help) const {
    table.report("S136", key, std::move(message), std::move(help));
  }

  // Whether points are given at all; otherwise S130 at `key`.
  bool scored(const TableReader& table, std::string_view key) const {
    if (reach_.scored) return true;
    table.report("S130", key,
                 {"this needs points, and nothing in the file gives any",
                  "il faut des points, et rien dans le fichier n'en donne"},
                 {"add [society.points], or a lawful part with a card",
                  "ajoutez [society.points], ou une partie licite avec une grille"});
    return false;
  }

  void warn_everybody(const TableReader& table, std::string_view key) const {
    std::size_t before = table.findings().size();
    table.report(
        "S131", key,
        {fmt::format("points lie from {} to {}, so that this is everybody", reach_.lowest,
                     reach_.highest),
         fmt::format("les points vont de {} à {} : tout le monde est visé", reach_.lowest,
                     reach_.highest)},
        {"leave it as it is when everybody is meant", "laissez ainsi si tout le monde est visé"});
    if (table.findings().size() > before)
      table.findings().back().severity = Finding::Severity::warning;
  }

  void report_nobody(const TableReader& table, std::string_view key) const {
    table.report("S131", key,
                 {fmt::format("points lie from {} to {}, so that this is nobody", reach_.lowest,
                              reach_.highest),
                  fmt::format("les points vont de {} à {} : personne n'est visé", reach_.lowest,
                              reach_.highest)},
                 {"write points in between, or move [society.points] lowest and highest",
                  "écrivez des points compris entre les deux, ou déplacez lowest et highest de "
                  "[society.points]"});
  }

  void reach_below(const TableReader& table, const std::optional<int>& below) const {
    if (!below || !scored(table, "below")) return;
    if (*below <= reach_.lowest) return report_nobody(table, "below");
    if (*below > reach_.highest) warn_everybody(table, "below");
  }

  void reach_from(const TableReader& table, const std::optional<int>& from) const {
    if (!from || !scored(table, "from")) return;
    if (*from > reach_.highest) return report_nobody(table, "from");
    if (*from <= reach_.lowest) warn_everybody(table, "from");
  }

  void search_points(LawfulPart lawful_part) const {
    if (!constructs_.points) return;
    const PointsConstruct& points = *constructs_.points;
    TableReader table = society_.table("points");
    bool engine = points.from == PointsConstruct::From::engine;
    if (points.lowest >= points.highest) {
      contradict(table, table.has("highest") ? "highest" : "lowest",
                 {fmt::format("lowest is {} and highest {}", points.lowest, points.highest),
                  fmt::format("lowest vaut {} et highest {}", points.lowest, points.highest)},
                 {"highest must lie above lowest", "highest doit dépasser lowest"});
    } else if (!engine && (points.start < points.lowest || points.start > points.highest)) {
      contradict(table, "start",
                 {fmt::format("start is {}, outside {} to {}", points.start, points.lowest,
                              points.highest),
                  fmt::format("start vaut {}, hors de {} à {}", points.start, points.lowest,
                              points.highest)},
                 {"begin between lowest and highest", "commencez entre lowest et highest"});
    }
    if (engine && lawful_part == LawfulPart::absent) {
      table.report("S134", "from",
                   {"points come from the engine, but the file has no lawful part",
                    "les points viennent du moteur, mais le fichier n'a pas de partie licite"},
                   {"add [[source]], [[event]], [[feature]] and [score], or write from = \"start\"",
                    "ajoutez [[source]], [[event]], [[feature]] et [score], ou écrivez from = "
                    "\"start\""});
    }
    if (engine && table.has("start")) {
      contradict(table, "start",
                 {"start says where all begin, but from = \"engine\"",
                  "start dit où tous commencent, mais from = \"engine\""},
                 {"take one of them out", "supprimez l'un des deux"});
    }
  }

  void search_rules() const {
    std::vector<TableReader> tables = society_.tables("rule");
    bool seen[kCountedDeeds] = {};
    for (std::size_t i = 0; i < constructs_.rules.size(); ++i) {
      CountedDeed deed = constructs_.rules[i].deed;
      if (!tables[i].has("deed")) continue;
      scored(tables[i], "points");
      bool& before = seen[static_cast<std::size_t>(deed)];
      if (before) {
        tables[i].report("S107", "deed",
                         {fmt::format("a second rule for `{}`", name_of(deed)),
                          fmt::format("une seconde règle pour `{}`", name_of(deed))},
                         {"one rule says what a deed costs or brings",
                          "une seule règle dit ce que coûte ou rapporte un acte"});
      }
      before = true;
      if (deed == CountedDeed::camera_offence) needs_cameras(tables[i], "deed");
      if (deed == CountedDeed::criticism || deed == CountedDeed::praise) {
        search_speech(tables[i], deed);
      }
    }
  }

  void search_speech(const TableReader& table, CountedDeed deed) const {
    if (!constructs_.loyalty) {
      return contradict(
          table, "deed",
          {"nobody listens: there is no [society.loyalty]",
           "personne n'écoute : il n'y a pas de [society.loyalty]"},
          {"add [society.loyalty] with `monitored`", "ajoutez [society.loyalty] avec `monitored`"});
    }
    int also = deed == CountedDeed::criticism ? constructs_.loyalty->criticism
                                              : constructs_.loyalty->praise;
    if (also == 0) return;
    contradict(table, "deed",
               {fmt::format("[society.loyalty] gives points for `{}` too", name_of(deed)),
                fmt::format("[society.loyalty] donne aussi des points pour `{}`", name_of(deed))},
               {"say it in one of the two places", "dites-le à un seul des deux endroits"});
  }

  void search_tiers() const {
    std::vector<TableReader> tables = society_.tables("tier");
    for (std::size_t i = 0; i < constructs_.tiers.size(); ++i) {
      int from = constructs_.tiers[i].from;
      if (!scored(tables[i], "from")) return;
      if (from > reach_.highest) report_nobody(tables[i], "from");
      if (i == 0 || from > constructs_.tiers[i - 1].from) continue;
      tables[i].report("S132", "from",
                       {fmt::format("the tier from {} does not lie above the one before, from {}",
                                    from, constructs_.tiers[i - 1].from),
                        fmt::format("le palier à {} n'est pas au-dessus du précédent, à {}", from,
                                    constructs_.tiers[i - 1].from)},
                       {"write the tiers from the lowest to the highest",
                        "écrivez les paliers du plus bas au plus haut"});
    }
  }

  void search_lists() const {
    std::vector<TableReader> tables = society_.tables("list");
    for (std::size_t i = 0; i < constructs_.lists.size(); ++i) {
      const ListRule& list = constructs_.lists[i];
      bool black = list.colour == ListRule::Colour::black;
      if (black && list.from) {
        contradict(tables[i], "from",
                   {"a black list takes people below points, not from points on",
                    "une liste noire prend les gens sous un seuil, non au-dessus"},
                   {"write `below`", "écrivez `below`"});
      }
      if (!black && (list.below || list.on_default)) {
        contradict(tables[i], list.below ? "below" : "on_default",
                   {"a red list takes people from points on, and by nothing else",
                    "une liste rouge prend les gens au-dessus d'un seuil, et rien d'autre"},
                   {"write `from`", "écrivez `from`"});
      }
      if (!list.below && !list.from && !list.on_default) {
        contradict(
            tables[i], "",
            {"nothing brings anybody onto this list", "rien ne met personne sur cette liste"},
            black
                ? Text{"write `below` or on_default = true", "écrivez `below` ou on_default = true"}
                : Text{"write `from`", "écrivez `from`"});
      }
      reach_below(tables[i], list.below);
      reach_from(tables[i], list.from);
    }
  }

  void search_sanctions() const {
    std::vector<TableReader> tables = society_.tables("sanction");
    for (std::size_t i = 0; i < constructs_.sanctions.size(); ++i) {
      const SocietySanction& sanction = constructs_.sanctions[i];
      if (!sanction.below && !sanction.black_list && !sanction.on_alert) {
        contradict(tables[i], "",
                   {"nothing brings this sanction on anybody", "rien n'entraîne cette sanction"},
                   {"write `below`, black_list = true or on_alert = true",
                    "écrivez `below`, black_list = true ou on_alert = true"});
      }
      if (sanction.black_list && !lists(ListRule::Colour::black)) {
        contradict(tables[i], "black_list",
                   {"there is no black list in the file", "le fichier n'a pas de liste noire"},
                   {"add [[society.list]] with colour = \"black\"",
                    "ajoutez [[society.list]] avec colour = \"black\""});
      }
      if (sanction.on_alert && !constructs_.matcher) {
        contradict(tables[i], "on_alert",
                   {"no matcher raises alerts", "aucun comparateur ne lève d'alerte"},
                   {"add [society.matcher]", "ajoutez [society.matcher]"});
      }
      reach_below(tables[i], sanction.below);
    }
  }

  void search_rewards() const {
    std::vector<TableReader> tables = society_.tables("reward");
    for (std::size_t i = 0; i < constructs_.rewards.size(); ++i) {
      if (tables[i].has("from")) reach_from(tables[i], constructs_.rewards[i].from);
    }
  }

  void needs_cameras(const TableReader& table, std::string_view key) const {
    if (constructs_.cameras) return;
    contradict(table, key, {"there are no cameras in the file", "le fichier n'a pas de caméras"},
               {"add [society.cameras]", "ajoutez [society.cameras]"});
  }

  void search_watching() const {
    if (constructs_.matcher) needs_cameras(society_.table("matcher"), "");
    if (constructs_.friends && constructs_.friends->weight > 0) {
      scored(society_.table("friends"), "weight");
    }
    if (constructs_.friends && constructs_.friends->household && !lists(ListRule::Colour::black)) {
      contradict(society_.table("friends"), "household",
                 {"a listed relative bars the household, but there is no black list",
                  "un parent inscrit exclut le ménage, mais il n'y a pas de liste noire"},
                 {"add [[society.list]] with colour = \"black\"",
                  "ajoutez [[society.list]] avec colour = \"black\""});
    }
    if (!constructs_.loyalty) return;
    for (std::string_view key : {"criticism", "praise"}) {
      TableReader loyalty = society_.table("loyalty");
      int points = key == "praise" ? constructs_.loyalty->praise : constructs_.loyalty->criticism;
      if (points != 0) scored(loyalty, key);
    }
  }

  void search_publication() const {
    if (!constructs_.publication) return;
    TableReader table = society_.table("publication");
    struct Shown {
      std::string_view key;
      ListRule::Colour colour;
    };
    for (const Shown& shown :
         {Shown{"black_list", ListRule::Colour::black}, Shown{"red_list", ListRule::Colour::red}}) {
      if (!written_true(table, shown.key) || lists(shown.colour)) continue;
      contradict(
          table, shown.key,
          {"there is no such list to publish", "il n'y a pas de telle liste à publier"},
          {"add [[society.list]] with that colour", "ajoutez [[society.list]] de cette couleur"});
    }
  }

  void search_organisation() const {
    TableReader enrolment = society_.table("enrolment");
    if (constructs_.enrolment.compulsory && enrolment.has("share")) {
      contradict(enrolment, "share",
                 {"nobody is asked: compulsory = true enrols all adults",
                  "personne n'est consulté : compulsory = true inscrit tous les adultes"},
                 {"take one of the two out", "supprimez l'un des deux"});
    }
    TableReader record = society_.table("record");
    if (constructs_.record.contested_counts &&
        written_true(society_.table("reviewers"), "freeze")) {
      contradict(record, "contested_counts",
                 {"contested faults count here, but reviewers.freeze = true stops them",
                  "les erreurs contestées comptent ici, mais reviewers.freeze = true les arrête"},
                 {"take one of the two out", "supprimez l'un des deux"});
    }
  }

  TableReader society_;
  const Constructs& constructs_;
  const PointsReach& reach_;
};

}  // namespace

void find_contradictions(const TomlNode& document, const Constructs& constructs,
                         const PointsReach& reach, LawfulPart lawful_part, Findings& findings) {
  ContradictionSearch{document, constructs, reach, findings}.search(lawful_part);
}

}  // namespace credence
