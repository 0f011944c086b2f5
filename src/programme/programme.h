#pragma once

#include <credence/base/finding.h>
#include <credence/base/money.h>
#include <credence/base/text.h>
#include <credence/base/time.h>
#include <credence/base/toml.h>
#include <credence/programme/condition.h>
#include <credence/programme/schema.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// An operator's file, read and typed, not yet judged: only charter::admit tells whether it is
// lawful. Positions of everything are kept beside the values, by path ("feature[2].where"), so the
// values stay plain.
//
// Lists that refer to each other do so by position: EventType::source is an index into
// Programme::sources.

enum class ProgrammeClass { creditworthiness, benefit_only, organisation };
enum class Risk { rises, falls, unordered };
enum class Family { credit_history, fulfilment, capacity, behaviour, identity };
enum class Measure {
  count,
  sum,
  mean,
  min,
  max,
  latest,
  share,
  months_since,
  months_between,
  distinct,
  trend
};

// How a detriment or a benefit is answered to a partner (A24).
enum class AnswerShape { yes_no, band, score };

struct Source {
  std::string id;
  Text name;
  std::string context;   // where the data arises; the context firewall works on it
  std::string category;  // signal class of the closed catalogue
  std::string kind;      // what delivers it: account-statement, rental-platform, ...; the charter
                         // refuses cameras
  std::string subject_scope;  // "self"
  std::string verification;   // how the data is proved
  Period retention;           // a record stops counting, and goes, this long after its clock starts
  std::string clock_start;    // event | recording
};

// A question answered from facts.
struct Feature {
  std::string id;
  Family family = Family::credit_history;
  Text question;
  std::string signal;  // its id in the public catalogue (A07)
  int from = 0;        // event type
  Condition where;     // holds for every event when the file gives none
  Measure measure = Measure::count;
  int of = -1;  // field of the event that the measure works on; -1 for count, share, months_*
  std::optional<Period> window;  // back from the as-of date; none = all that is kept
  Risk risk = Risk::unordered;   // how the bad rate moves when the answer rises; a card that breaks
                                 // it is refused
};

struct Needs {
  int facts = 0;
  Period span;  // from the oldest usable fact to the as-of date
};

struct Tier {
  int from = 0;
  Text name;
};

// The way to the same benefit without a score (A12).
struct NoScorePath {
  std::string id;
  Text price, time, place;
  Text steps;
  bool equal =
      true;  // false as soon as the file declares a surcharge, a longer wait or fewer places
};

struct Benefit {
  std::string id;
  Text name;
  std::string context;
  int points = 0;         // needed
  std::string otherwise;  // id of the equal path
  AnswerShape answer = AnswerShape::yes_no;
  NoScorePath no_score_path;
  // A27: grants credit, so an affordability result is needed beside the score. The file does not
  // say it: admission sets it from the public list of the charter.
  bool credit = false;
};

struct Consequence {
  std::string id;
  Text name;
  std::string context;
  std::string because;  // the event type that it answers
  Text justification;
  Text proportionality;
  Period at_most;
  std::string decided_by;  // "human"
  Condition where;         // which of the events of `because`; all when the file gives none
};

// What a person is asked to agree to: one per purpose, data and recipient (A13).
struct ConsentTerm {
  std::string purpose;
  std::string source;  // id of the source whose data it covers
  std::string recipient;
  Text text;
  std::string initially;  // "off"
  Period expiry;
};

struct Recipient {
  std::string id;
  Text name;
  std::string purpose;
  AnswerShape answer = AnswerShape::yes_no;
  std::string pseudonym;  // "pairwise"
};

// Turns a row of an existing file into an event, so that a real export needs no script.
struct EventMap {
  struct Column {
    std::string column;  // header name
    std::string format;  // dates: "YYYY-MM-DD" (default), "YYMMDD", "DD/MM/YYYY hh:mm", ...
    std::optional<Currency> currency;           // money without one
    std::map<std::string, std::string> values;  // translate; "" maps an empty cell
    std::string constant;                       // instead of a column
  };
  std::string name;
  int event = 0;
  char delimiter = ',';
  std::string subject;  // column
  Column at;
  std::vector<std::string> key;  // columns that name the record; empty = its whole content
  std::map<std::string, std::vector<std::string>>
      when;  // only rows whose column has one of the values
  std::map<std::string, Column> fields;
};

enum class Baseline { best, mean, policy };  // PMML Scorecard: max, mean, other

struct ExplanationRules {
  Baseline baseline = Baseline::best;
  int max_reasons = 4;
};

struct Rights {
  int dispute_days = 30;
  std::string reviewers;  // "independent"
  bool four_eyes = true;
  Period retention_floor;
};

struct Programme {
  std::string file;  // name for messages
  std::string text;  // the file itself, as published
  std::string id;
  int version = 0;
  Text title;
  std::string purpose;
  ProgrammeClass programme_class = ProgrammeClass::creditworthiness;
  std::vector<std::string> jurisdictions;  // eu | us | cn
  std::string operator_name, operator_register;
  Currency currency;
  int min_age = 18;

  std::vector<Source> sources;
  std::vector<EventType> events;
  std::vector<Feature> features;
  int lowest = 350, highest = 950;
  std::string card_file;
  Needs needs;
  std::vector<Tier> tiers;  // rising
  std::vector<Benefit> benefits;
  std::vector<Consequence> consequences;
  std::vector<ConsentTerm> consents;
  std::vector<Recipient> recipients;
  std::vector<EventMap> maps;
  ExplanationRules explanation;
  Rights rights;

  // Everything the file says, for the articles of the charter that look at it (and at what it does
  // not say).
  TomlNode document;

  int find_event(std::string_view event_id) const;  // -1 when there is none
  int find_source(std::string_view source_id) const;
  int find_feature(std::string_view feature_id) const;
  const Benefit* find_benefit(std::string_view benefit_id) const;
  const Tier* tier_of(int points) const;  // nullptr below the lowest

  // Where `path` stands in the file; of its nearest enclosing table when the path is not written
  // there.
  Where where(std::string_view path) const;
};

// Reads and types the whole file; every finding of the file in one run. The programme is there only
// when no finding is an error. Codes: P001 to P099, each explained by `credence explain CODE`.
struct ParsedProgramme {
  std::optional<Programme> programme;
  Findings findings;
};
ParsedProgramme parse_programme(std::string_view text, const std::string& file);

// A file of [society.*] sections under a [programme] that holds nothing for real people: no reader
// asks it for a lawful part key by key.
bool is_for_society_alone(const TomlNode& document);

// A file of [[map]] entries alone, kept beside a programme. Findings as above; no maps when one is
// an error.
struct ParsedMaps {
  std::vector<EventMap> maps;
  Findings findings;
};
ParsedMaps parse_maps(std::string_view text, const std::string& file, const Programme& programme);

}  // namespace credence
