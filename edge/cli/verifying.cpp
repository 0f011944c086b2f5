#include <credence/cli/proving.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace credence {

namespace {

Error malformed(std::string what) {
  return Error{
      "export.form", std::move(what), {}, "the file is no export of credence, or was cut off"};
}

// One fact of an export, taken apart; nothing of it is believed yet.
struct Claim {
  std::uint64_t index = 0;
  Bytes entry;
  std::vector<Hash> path;
  struct Content {
    Bytes nonce;
    std::string payload;
  };
  std::optional<Content> content;  // none: erased
};
enum class Form { whole, erased };

const std::string* text_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value == nullptr ? nullptr : value->string();
}

Result<std::uint64_t> number_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  if (value == nullptr || value->integer() == nullptr || *value->integer() < 0)
    return malformed(fmt::format("`{}` is missing or no whole number", key));
  return static_cast<std::uint64_t>(*value->integer());
}

Result<Bytes> bytes_of(const Json& object, std::string_view key) {
  const std::string* text = text_of(object, key);
  auto bytes = text == nullptr ? std::nullopt : parse_base64(*text);
  if (!bytes) return malformed(fmt::format("`{}` is missing or no base64", key));
  return *std::move(bytes);
}

Result<std::vector<Hash>> path_of(const Json& object) {
  const Json* list = object.find("path");
  if (list == nullptr || list->array() == nullptr) return malformed("`path` is missing");
  std::vector<Hash> path;
  for (const Json& item : *list->array()) {
    auto bytes = item.string() == nullptr ? std::nullopt : parse_base64(*item.string());
    if (!bytes || bytes->size() != sizeof(Hash))
      return malformed("`path` holds something that is no hash");
    Hash hash;
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    path.push_back(hash);
  }
  return path;
}

Result<Claim::Content> content_of(const Json& object) {
  const std::string* payload = text_of(object, "payload");
  if (payload == nullptr) return malformed("a fact lacks its payload");
  auto nonce = bytes_of(object, "nonce");
  if (!nonce) return nonce.error();
  return Claim::Content{*std::move(nonce), *payload};
}

Result<Claim> claim_of(const Json& object, Form form) {
  Claim claim;
  auto index = number_of(object, "index");
  if (!index) return index.error();
  auto entry = bytes_of(object, "entry");
  if (!entry) return entry.error();
  auto path = path_of(object);
  if (!path) return path.error();
  if (form == Form::whole) {
    auto content = content_of(object);
    if (!content) return content.error();
    claim.content = *std::move(content);
  }
  claim.index = *index;
  claim.entry = *std::move(entry);
  claim.path = *std::move(path);
  return claim;
}

Result<std::vector<Claim>> claims_of(const Json& file, std::string_view key, Form form) {
  const Json* list = file.find(key);
  if (list == nullptr || list->array() == nullptr)
    return malformed(fmt::format("`{}` is missing", key));
  std::vector<Claim> claims;
  for (const Json& item : *list->array()) {
    auto claim = claim_of(item, form);
    if (!claim) return claim.error();
    claims.push_back(*std::move(claim));
  }
  return claims;
}

// What an export file says, none of it believed yet.
struct ExportFile {
  std::string subject;
  Checkpoint checkpoint;
  Bytes subject_key;
  std::uint64_t count = 0;
  std::vector<Claim> facts, erased, programmes;
};

Result<ExportFile> parse_head(const Json& file, const VerifierKey& key) {
  constexpr std::string_view kFormat = "credence-export/2";
  const std::string* format = text_of(file, "format");
  if (format == nullptr || *format != kFormat)
    return malformed(fmt::format("`format` is not {}", kFormat));
  const std::string* note = text_of(file, "checkpoint");
  const std::string* subject = text_of(file, "subject");
  if (note == nullptr || subject == nullptr)
    return malformed("`checkpoint` or `subject` is missing");
  const VerifierKey keys[] = {key};
  auto checkpoint = open_checkpoint(*note, keys);
  if (!checkpoint) return checkpoint.error();
  auto subject_key = bytes_of(file, "subject_key");
  if (!subject_key) return subject_key.error();
  auto count = number_of(file, "count");
  if (!count) return count.error();
  return ExportFile{.subject = *subject,
                    .checkpoint = *std::move(checkpoint),
                    .subject_key = *std::move(subject_key),
                    .count = *count,
                    .facts = {},
                    .erased = {},
                    .programmes = {}};
}

Result<ExportFile> parse_export(std::string_view text, const VerifierKey& key) {
  auto json = parse_json(text);
  if (!json) return json.error();
  auto file = parse_head(*json, key);
  if (!file) return file.error();
  auto facts = claims_of(*json, "facts", Form::whole);
  if (!facts) return facts.error();
  auto erased = claims_of(*json, "erased", Form::erased);
  if (!erased) return erased.error();
  auto programmes = claims_of(*json, "programmes", Form::whole);
  if (!programmes) return programmes.error();
  file->facts = *std::move(facts);
  file->erased = *std::move(erased);
  file->programmes = *std::move(programmes);
  return file;
}

// Compares the claims of a file with the signed root; what does not hold goes to the report.
class ExportCheck {
 public:
  ExportCheck(const ExportFile& file, ExportReport& report) : file_(file), report_(report) {}

  void run() {
    std::map<std::uint64_t, Engine> engines = engines_of(proved(file_.programmes));
    std::map<std::uint64_t, Hash> tags;
    std::vector<Fact> facts = proved(file_.facts, &tags);
    report_.facts = tags.size();
    (void)proved(file_.erased, &tags);
    report_.erased = tags.size() - report_.facts;
    if (report_.facts == 0) fault("no fact is in the file");
    check_complete(tags);
    check_person(tags, facts);
    report_.scores = recheck_scores(file_.subject, facts, engines, erased_);
    report_.faults.insert(report_.faults.end(), report_.scores.faults.begin(),
                          report_.scores.faults.end());
  }

 private:
  void fault(std::string what) { report_.faults.push_back(std::move(what)); }
  void fault(const Claim& claim, std::string_view what) {
    fault(fmt::format("fact {}: {}", claim.index, what));
  }

  // Facts by rising index, each once; their tags too, and those of erased ones.
  std::vector<Fact> proved(const std::vector<Claim>& claims,
                           std::map<std::uint64_t, Hash>* tags = nullptr) {
    std::vector<Fact> facts;
    std::optional<std::uint64_t> last;
    for (const Claim& claim : claims) {
      if (last && claim.index <= *last) {
        fault(claim, fmt::format("it stands after fact {}; indexes rise", *last));
        continue;
      }
      last = claim.index;
      auto leaf = proved_leaf(claim);
      if (!leaf) continue;
      if (tags != nullptr && !tags->emplace(claim.index, leaf->subject_tag).second) {
        fault(claim, "it is shown, and said to be erased");
        continue;
      }
      if (!claim.content)
        erased_.push_back(claim.index);
      else if (auto fact = opened(claim, *leaf))
        facts.push_back(*std::move(fact));
    }
    return facts;
  }

  std::optional<Leaf> proved_leaf(const Claim& claim) {
    auto leaf = decode_leaf(claim.entry);
    if (!leaf) {
      fault(claim, leaf.error().message);
      return std::nullopt;
    }
    if (!verify_inclusion(claim.index, file_.checkpoint.size, leaf_hash(claim.entry), claim.path,
                          file_.checkpoint.root)) {
      fault(claim, "its proof does not lead to the signed root");
      return std::nullopt;
    }
    return *std::move(leaf);
  }

  std::optional<Fact> opened(const Claim& claim, const Leaf& leaf) {
    if (payload_commitment(claim.content->nonce, claim.content->payload) != leaf.commitment) {
      fault(claim, "its content is not what was recorded");
      return std::nullopt;
    }
    auto payload = parse_json(claim.content->payload);
    if (!payload) {
      fault(claim, payload.error().message);
      return std::nullopt;
    }
    return Fact{claim.index, leaf.kind, *std::move(payload)};
  }

  // Tags count 1, 2, 3, ... per person in the order of the log, so a fact that is left out shows.
  void check_complete(const std::map<std::uint64_t, Hash>& tags) {
    std::uint64_t counter = 0;
    bool whole = !tags.empty();
    for (const auto& [index, tag] : tags) {
      std::uint64_t found = counter + 1;
      while (found <= counter + kMostLeftOut && subject_tag(file_.subject_key, found) != tag)
        ++found;
      if (found > counter + kMostLeftOut) {
        fault(fmt::format("fact {}: it is not this person's", index));
        return;
      }
      if (found != counter + 1) {
        whole = false;
        fault(fmt::format("{} facts of this person before fact {} are left out",
                          found - counter - 1, index));
      }
      counter = found;
    }
    if (tags.size() != file_.count) {
      fault(fmt::format("the exporter counts {} facts, and {} are in the file", file_.count,
                        tags.size()));
    }
    if (whole) report_.last = tags.rbegin()->first;
  }

  // Whose facts they are stands in the first one; the member `subject` alone proves nothing.
  void check_person(const std::map<std::uint64_t, Hash>& tags, const std::vector<Fact>& facts) {
    if (tags.empty()) return;
    bool opens = !facts.empty() && facts.front().index == tags.begin()->first &&
                 facts.front().kind == FactKind::subject_enrolled;
    const std::string* name = opens ? text_of(facts.front().payload, "name") : nullptr;
    if (name == nullptr)
      fault(fmt::format("fact {}: the first fact is no enrolment", tags.begin()->first));
    else if (*name != file_.subject)
      fault(fmt::format("fact {}: it enrols `{}`, not `{}`", facts.front().index, *name,
                        file_.subject));
  }

  std::map<std::uint64_t, Engine> engines_of(const std::vector<Fact>& facts) {
    std::map<std::uint64_t, Engine> engines;
    for (const Fact& fact : facts) {
      const std::string* programme = text_of(fact.payload, "programme");
      const std::string* card = text_of(fact.payload, "card");
      if (fact.kind != FactKind::programme_published || programme == nullptr || card == nullptr) {
        fault(fmt::format("fact {}: it publishes no programme", fact.index));
        continue;
      }
      MadeEngine made = make_engine(*programme, "programme.toml", *card, "card.toml", fact.index);
      if (made.engine)
        engines.emplace(fact.index, *std::move(made.engine));
      else
        fault(fmt::format("fact {}: this charter does not admit the programme", fact.index));
    }
    return engines;
  }

  static constexpr std::uint64_t kMostLeftOut = 100'000;

  const ExportFile& file_;
  ExportReport& report_;
  std::vector<std::uint64_t> erased_;  // proved leaves of which the file says so
};

}  // namespace

Result<ExportReport> verify_export(std::string_view text, const VerifierKey& key) {
  auto file = parse_export(text, key);
  if (!file) return file.error();
  ExportReport report;
  report.subject = file->subject;
  report.count = file->count;
  report.size = file->checkpoint.size;
  ExportCheck{*file, report}.run();
  return report;
}

}  // namespace credence
