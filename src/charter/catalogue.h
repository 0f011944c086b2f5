#pragma once

#include <credence/base/text.h>
#include <credence/base/time.h>
#include <credence/base/toml.h>
#include <credence/charter/phrases.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// The public catalogue of charter/catalogue.toml: closed and versioned. What is not here is
// refused.
struct SignalClass {
  std::string id;
  std::string forbidden_by;  // article; empty when the class may be used
  Text name;
};

struct Signal {
  std::string id;                     // payments.bills-late
  std::vector<std::string> classes;   // classes of source that may feed it
  std::vector<std::string> contexts;  // where it may come from
  bool negative = false;              // counts a failing: it ends and can be repaired (A33)
  bool inquiry = false;               // somebody looked: needs a cap and a window (A16)
  Text name;
};

struct SourceKind {
  std::string id;
  std::string forbidden_by;  // article; empty when such a source may be used
  bool is_register = false;  // public, with a length of its own (A21)
};

struct LifeContext {
  std::string id;
  bool never = false;  // no score may touch it (A10)
  std::vector<std::string>
      words;  // of a never context, as in NameRule: looked for in the name of a use
  Text name;
};

// What a score may cause (A08).
struct ListedConsequence {
  std::string id;
  bool benefit = false;  // otherwise a detriment
  bool credit = false;   // A27
  std::vector<std::string> contexts;
  std::optional<Period> at_most;  // of a detriment (A11)
  Text name;
};

// Words in a name that betray what no programme may read.
struct NameRule {
  std::string id;
  std::string article;
  bool proxy = false;  // a signed review that covers it lifts the ban (A03)
  std::vector<std::string>
      words;  // folded and run together, "firstname"; with = before it, the whole name
  Text betrays;
};

struct Catalogue {
  std::string version;
  std::vector<SignalClass> classes;
  std::vector<Signal> signals;
  std::vector<SourceKind> source_kinds;
  std::vector<LifeContext> contexts;
  std::vector<ListedConsequence> listed;
  std::vector<NameRule> names;
  std::vector<std::string> people_answers;    // A10
  std::vector<std::string> weak_identifiers;  // A28: words that strangers share
  std::vector<std::string> purchase_words;    // A06: an event with one is a purchase
  std::vector<std::string> purchase_fields;   // A06: all that may be read from one
  std::vector<std::string> rule_models;       // A26
  std::vector<std::string> legal_classes;     // A32
  std::vector<std::string> beside_the_score;  // what a model feeds that is no score
  std::int64_t most_capped_points = 0;        // A07, A16
  Period stacked_at_most;                     // A11

  std::vector<std::string> no_persons;           // A18: what signs no decision, "system"
  std::vector<std::vector<std::string>> spared;  // words taken out of a name before it is searched

  Phrases of_names;          // of the rules in `names`
  Phrases of_contexts;       // of the never contexts in `contexts`
  Phrases general_purposes;  // A30

  const SignalClass* find_class(std::string_view id) const;
  const Signal* find_signal(std::string_view id) const;
  const SourceKind* find_source_kind(std::string_view id) const;
  const LifeContext* find_context(std::string_view id) const;
  const ListedConsequence* find_listed(std::string_view id) const;

  // The never context that a name speaks of ("train-tickets" speaks of travel), or nullptr.
  const LifeContext* never_context(std::string_view name) const;
  // Every rule that a name breaks, in the order of the catalogue.
  std::vector<const NameRule*> betrayed_by(std::string_view name) const;
  // Whether a purpose is none, or one that no score serves (A30).
  bool is_general_purpose(std::string_view purpose) const;
};

bool contains(const std::vector<std::string>& list, std::string_view wanted);

// REQUIRES: `document` is the file compiled in.
Catalogue load_catalogue(const TomlNode& document);

// A name as its words: accents folded, small letters, cut at signs, digits and capitals.
// "dateDePrénom_2" is "date", "de", "prenom".
std::vector<std::string> words_of(std::string_view name);

// The same name in every way in which a reader may take it: as written, and with the digits inside
// a word as the letters that they stand for ("rel1gion", "g3nder").
std::vector<std::vector<std::string>> readings_of(std::string_view name);

}  // namespace credence
