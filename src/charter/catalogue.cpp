#include <credence/base/expects.h>
#include <credence/charter/catalogue.h>
#include <credence/charter/embedded.h>

#include <algorithm>

namespace credence {

namespace {

template <class Entry>
const Entry* find_in(const std::vector<Entry>& entries, std::string_view id) {
  auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.id == id; });
  return found == entries.end() ? nullptr : &*found;
}

std::string joined(const std::vector<std::string>& words, std::size_t from, std::size_t count) {
  std::string out;
  for (std::size_t i = from; i < from + count; ++i) out += words[i];
  return out;
}

std::vector<std::string> load_phrases(const TomlNode& row, std::string_view key = "words") {
  std::vector<std::string> phrases;
  for (const std::string& written : embedded_strings(row, key)) {
    std::vector<std::string> words = words_of(written);
    expects(!words.empty(), "charter: a phrase has no letters");
    phrases.push_back((written.starts_with('=') ? "=" : "") + joined(words, 0, words.size()));
  }
  return phrases;
}

SignalClass load_class(const TomlNode& row) {
  return {embedded_string(row, "id"), embedded_optional(row, "forbidden_by"),
          embedded_text(row, "name")};
}

Signal load_signal(const TomlNode& row) {
  return {embedded_string(row, "id"),        embedded_strings(row, "classes"),
          embedded_strings(row, "contexts"), embedded_flag(row, "negative"),
          embedded_flag(row, "inquiry"),     embedded_text(row, "name")};
}

SourceKind load_source_kind(const TomlNode& row) {
  return {embedded_string(row, "id"), embedded_optional(row, "forbidden_by"),
          embedded_flag(row, "register")};
}

LifeContext load_context(const TomlNode& row) {
  return {embedded_string(row, "id"), embedded_flag(row, "never"), load_phrases(row),
          embedded_text(row, "name")};
}

ListedConsequence load_listed(const TomlNode& row) {
  ListedConsequence listed;
  listed.id = embedded_string(row, "id");
  const std::string& effect = embedded_string(row, "effect");
  expects(effect == "benefit" || effect == "detriment", "charter: an effect is neither");
  listed.benefit = effect == "benefit";
  listed.credit = embedded_flag(row, "credit");
  listed.contexts = embedded_strings(row, "contexts");
  if (!listed.benefit) {
    listed.at_most = parse_period(embedded_string(row, "at_most"));
    expects(listed.at_most.has_value(), "charter: a listed period is no period");
  }
  listed.name = embedded_text(row, "name");
  return listed;
}

NameRule load_name(const TomlNode& row) {
  return {embedded_string(row, "id"), embedded_string(row, "article"), embedded_flag(row, "proxy"),
          load_phrases(row), embedded_text(row, "betrays")};
}

// The words run together, and a plural in s is its singular: "post_codes" is the word "post code".
bool same_word(std::string_view joined, std::string_view word) {
  const bool is_plural = joined.size() == word.size() + 1 && joined.ends_with('s');
  return (is_plural || joined.size() == word.size()) && joined.starts_with(word);
}

// Every run of neighbouring words, as long as `longest` and a plural: however a word is cut, for
// "r_e_l_i_g_i_o_n" has eight pieces.
std::vector<std::string> runs_of(const std::vector<std::string>& name, std::size_t longest) {
  std::vector<std::string> runs;
  for (std::size_t from = 0; from < name.size(); ++from) {
    std::string run;
    for (std::size_t to = from; to < name.size() && run.size() <= longest; ++to) {
      run += name[to];
      runs.push_back(run);
    }
  }
  return runs;
}

bool speaks_of_any(const std::vector<std::string>& name, const std::vector<std::string>& phrases) {
  std::size_t longest = 0;
  for (const std::string& phrase : phrases) longest = std::max(longest, phrase.size());
  const std::string whole = joined(name, 0, name.size());
  const std::vector<std::string> runs = runs_of(name, longest);
  return std::ranges::any_of(phrases, [&](std::string_view phrase) {
    if (phrase.starts_with('=')) return same_word(whole, phrase.substr(1));
    return std::ranges::any_of(runs, [&](const auto& run) { return same_word(run, phrase); });
  });
}

bool any_speaks_of(const std::vector<std::vector<std::string>>& readings,
                   const std::vector<std::string>& phrases) {
  return std::any_of(readings.begin(), readings.end(),
                     [&](const auto& words) { return speaks_of_any(words, phrases); });
}

// The name without the phrases that the catalogue spares: "third-party inquiries" has no party in
// it.
std::vector<std::string> without(std::vector<std::string> name,
                                 const std::vector<std::string>& spared) {
  for (const std::string& phrase : spared) {
    std::vector<std::string> words = words_of(phrase);
    auto found = std::search(name.begin(), name.end(), words.begin(), words.end());
    if (found == name.end()) continue;
    // A sign is left in its place, so that the words around it do not run together.
    *found = "-";
    name.erase(found + 1, found + static_cast<std::ptrdiff_t>(words.size()));
  }
  return name;
}

void load_lists(const TomlNode& document, Catalogue& catalogue) {
  catalogue.spared = embedded_strings(document, "spared");
  catalogue.general_purposes = load_phrases(document, "general_purposes");
  catalogue.people_answers = embedded_strings(document, "people_answers");
  catalogue.weak_identifiers = embedded_strings(document, "weak_identifiers");
  catalogue.purchase_words = embedded_strings(document, "purchase_words");
  catalogue.purchase_fields = embedded_strings(document, "purchase_fields");
  catalogue.rule_models = embedded_strings(document, "rule_models");
  catalogue.legal_classes = embedded_strings(document, "legal_classes");
  catalogue.no_persons = embedded_strings(document, "no_persons");
  catalogue.beside_the_score = embedded_strings(document, "beside_the_score");
  const TomlNode* points = document.find("most_capped_points");
  expects(points != nullptr && points->integer() != nullptr, "charter: no cap of points");
  catalogue.most_capped_points = *points->integer();
  auto stacked = parse_period(embedded_string(document, "stacked_at_most"));
  expects(stacked.has_value(), "charter: no cap of stacked detriments");
  catalogue.stacked_at_most = *stacked;
}

}  // namespace

bool contains(const std::vector<std::string>& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

const SignalClass* Catalogue::find_class(std::string_view id) const {
  return find_in(classes, id);
}
const Signal* Catalogue::find_signal(std::string_view id) const {
  return find_in(signals, id);
}
const SourceKind* Catalogue::find_source_kind(std::string_view id) const {
  return find_in(source_kinds, id);
}
const LifeContext* Catalogue::find_context(std::string_view id) const {
  return find_in(contexts, id);
}
const ListedConsequence* Catalogue::find_listed(std::string_view id) const {
  return find_in(listed, id);
}

const LifeContext* Catalogue::never_context(std::string_view name) const {
  std::vector<std::vector<std::string>> readings = readings_of(name);
  for (const LifeContext& context : contexts) {
    if (!context.never) continue;
    if (context.id == name || any_speaks_of(readings, context.words)) return &context;
  }
  return nullptr;
}

std::vector<const NameRule*> Catalogue::betrayed_by(std::string_view name) const {
  std::vector<std::vector<std::string>> readings = readings_of(name);
  for (std::vector<std::string>& words : readings) words = without(std::move(words), spared);
  std::vector<const NameRule*> broken;
  for (const NameRule& rule : names) {
    if (any_speaks_of(readings, rule.words)) broken.push_back(&rule);
  }
  return broken;
}

bool Catalogue::is_general_purpose(std::string_view purpose) const {
  return any_speaks_of(readings_of(purpose), general_purposes);
}

Catalogue load_catalogue(const TomlNode& document) {
  Catalogue catalogue;
  catalogue.version = embedded_string(document, "version");
  load_lists(document, catalogue);
  auto each = [&](std::string_view key, auto& into, auto load) {
    for (const TomlNode& row : embedded_list(document, key)) into.push_back(load(row));
  };
  each("class", catalogue.classes, load_class);
  each("signal", catalogue.signals, load_signal);
  each("source_kind", catalogue.source_kinds, load_source_kind);
  each("context", catalogue.contexts, load_context);
  each("listed", catalogue.listed, load_listed);
  each("name", catalogue.names, load_name);
  return catalogue;
}

}  // namespace credence
