#include <credence/charter/checks.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

// A review lifts the ban on a proxy when it covers it by name and somebody signed it (A03).
bool review_covers(const Place& feature, const std::string& proxy) {
  Place review = feature["proxy_review"];
  std::vector<std::string> covers = review["covers"].strings();
  return says_something(review["signed_by"].text()) &&
         std::find(covers.begin(), covers.end(), proxy) != covers.end();
}

// One member of a table, placed at its key.
struct Member {
  std::string key;
  Place place;
};

std::vector<Member> members_of(const Place& table) {
  std::vector<Member> out;
  const TomlNode::Table* members = table.written() ? table.node->table() : nullptr;
  if (members == nullptr) return out;
  for (const TomlNode::Member& member : *members) {
    Place place{fmt::format("{}.{}", table.path, member.key), &member.value, member.key_where};
    out.push_back({member.key, std::move(place)});
  }
  return out;
}

class Names {
 public:
  // The features that read the events stand in `programme`, which is the bench's own file or the
  // programme beside which a file of maps is kept.
  Names(Bench& bench, const Place& programme)
      : bench_(bench), features_(Bench::each(programme["feature"])) {}

  void judge() {
    for (const Place& source : bench_.each("source")) {
      look(source["id"], source["id"].text(), {});
      for (const std::string& claim : source["claims"].strings()) look(source["claims"], claim, {});
    }
    for (const Place& event : bench_.each("event")) judge_event(event);
    for (const Place& feature : features_) look(feature["id"], feature["id"].text(), {&feature});
    judge_maps();
  }

  void judge_maps() {
    for (const Place& map : bench_.each("map")) judge_map(map);
  }

 private:
  using Readers = std::vector<const Place*>;

  // Every feature that reads the event must have the proxy reviewed; a field that nobody reads has
  // no reason to be collected.
  Readers readers_of(std::string_view event) const {
    Readers readers;
    for (const Place& feature : features_) {
      if (!event.empty() && feature["from"].text() == event) readers.push_back(&feature);
    }
    return readers;
  }

  void judge_event(const Place& event) {
    Readers readers = readers_of(event["type"].text());
    look(event["type"], event["type"].text(), readers);
    bool purchase = speaks_of_purchase(event["type"].text());
    for (const Member& field : members_of(event["fields"])) {
      look(field.place, field.key, readers);
      judge_type(field.place, readers);
      if (purchase) judge_purchase_field(field.place, field.key);
    }
  }

  // "choice: settled | damaged": the choices are names too, and free text is no type at all.
  void judge_type(const Place& field, const Readers& readers) {
    std::string_view type = field.text().empty() ? field["type"].text() : field.text();
    if (type.starts_with("text") || type.starts_with("string")) {
      bench_.refuse(
          "A05", field,
          {"free text is what a person writes", "un texte libre est ce qu'une personne écrit"});
    }
    look_at_all(field["special"], readers);
    std::size_t colon = type.find(':');
    if (colon == std::string_view::npos) return;
    std::string_view choices = type.substr(colon + 1);
    while (!choices.empty()) {
      std::size_t bar = choices.find('|');
      look(field, choices.substr(0, bar), readers);
      choices = bar == std::string_view::npos ? std::string_view{} : choices.substr(bar + 1);
    }
  }

  bool speaks_of_purchase(std::string_view type) const {
    std::vector<std::string> words = words_of(type);
    return std::any_of(words.begin(), words.end(), [this](const std::string& word) {
      return contains(bench_.catalogue().purchase_words, word);
    });
  }

  void judge_purchase_field(const Place& place, std::string_view name) {
    if (contains(bench_.catalogue().purchase_fields, name)) return;
    bench_.refuse(
        "A06", place,
        about("`{}` may not be read from a purchase", "`{}` ne peut être lu d'un achat", name));
  }

  // Every column and value that a mapping names: a column that only chooses rows is read as well.
  void judge_map(const Place& map) {
    Readers readers = readers_of(map["event"].text());
    look(map["subject"], map["subject"].text(), readers);
    look_at_all(map["key"], readers);
    look_at_column(map["at"], readers);
    for (const Member& filter : members_of(map["when"])) {
      look(filter.place, filter.key, readers);
      look_at_all(filter.place, readers);
    }
    for (const Member& field : members_of(map["fields"])) {
      look_at_column(map["fields"][field.key], readers);
    }
  }

  void look_at_column(const Place& column, const Readers& readers) {
    look(column["column"], column["column"].text(), readers);
    for (const Member& value : members_of(column["values"])) look(value.place, value.key, readers);
  }

  void look_at_all(const Place& list, const Readers& readers) {
    for (const std::string& name : list.strings()) look(list, name, readers);
  }

  void look(const Place& place, std::string_view name, const Readers& readers) {
    for (const NameRule* rule : bench_.catalogue().betrayed_by(name)) {
      if (rule->proxy && !readers.empty() &&
          std::all_of(readers.begin(), readers.end(),
                      [&](const Place* feature) { return review_covers(*feature, rule->id); })) {
        continue;
      }
      Text message = about("the name `{}` speaks of ", "le nom `{}` évoque ", name);
      message.en += rule->betrays.en;
      message.fr += rule->betrays.fr;
      bench_.refuse(rule->article, place, message, rule->proxy ? review_help(rule->id) : Text{});
    }
  }

  static Text review_help(const std::string& proxy) {
    return {
        fmt::format(
            "remove it, or have it reviewed: proxy_review = {{ …, covers = [\"{}\"], signed_by = "
            "\"…\" }} on each feature that reads it",
            proxy),
        fmt::format("supprimez-le, ou faites-le examiner : proxy_review = {{ …, covers = [\"{}\"], "
                    "signed_by = \"…\" }} sur chaque caractéristique qui le lit",
                    proxy)};
  }

  Bench& bench_;
  std::vector<Place> features_;
};

}  // namespace

void judge_names(Bench& bench) {
  Names{bench, bench.root()}.judge();
}

Findings judge_maps(const TomlNode& maps, const LawfulProgramme& programme,
                    const Charter& charter) {
  Bench bench{maps, charter};
  Names{bench, Place{"", &programme->document, programme->document.where()}}.judge_maps();
  return bench.finish();
}

}  // namespace credence
