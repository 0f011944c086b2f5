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

// The name without the phrases that the catalogue spares: "third-party inquiries" has no party in
// it.
std::vector<std::string> without(std::vector<std::string> name,
                                 const std::vector<std::vector<std::string>>& spared) {
  for (const std::vector<std::string>& words : spared) {
    auto found = std::search(name.begin(), name.end(), words.begin(), words.end());
    if (found == name.end()) continue;
    // A sign is left in its place, so that the words around it do not run together.
    *found = "-";
    name.erase(found + 1, found + static_cast<std::ptrdiff_t>(words.size()));
  }
  return name;
}

// Entries are found by their place in their list, which stays as it was loaded.
template <class Entry>
void add_phrases(const std::vector<Entry>& entries, Phrases& phrases) {
  for (std::size_t place = 0; place < entries.size(); ++place) {
    for (const std::string& phrase : entries[place].words) phrases.add(phrase, place);
  }
}

void load_lists(const TomlNode& document, Catalogue& catalogue) {
  for (const std::string& phrase : embedded_strings(document, "spared")) {
    catalogue.spared.push_back(words_of(phrase));
  }
  for (const std::string& phrase : load_phrases(document, "general_purposes")) {
    catalogue.general_purposes.add(phrase, 0);
  }
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
  const std::vector<std::size_t> spoken_of = of_contexts.owners_in(readings_of(name));
  for (const LifeContext& context : contexts) {
    if (!context.never) continue;
    const auto place = static_cast<std::size_t>(&context - contexts.data());
    if (context.id == name || std::ranges::binary_search(spoken_of, place)) return &context;
  }
  return nullptr;
}

std::vector<const NameRule*> Catalogue::betrayed_by(std::string_view name) const {
  std::vector<std::vector<std::string>> readings = readings_of(name);
  for (std::vector<std::string>& words : readings) words = without(std::move(words), spared);
  std::vector<const NameRule*> broken;
  for (const std::size_t rule : of_names.owners_in(readings)) broken.push_back(&names[rule]);
  return broken;
}

bool Catalogue::is_general_purpose(std::string_view purpose) const {
  return !general_purposes.owners_in(readings_of(purpose)).empty();
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
  add_phrases(catalogue.contexts, catalogue.of_contexts);
  add_phrases(catalogue.names, catalogue.of_names);
  return catalogue;
}

}  // namespace credence
