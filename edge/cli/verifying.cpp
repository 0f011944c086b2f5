#include <credence/cli/proving.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace credence {

namespace {

Error malformed(std::string what) {
  return Error{
      "export.form", std::move(what), {}, "the file is no export of credence, or was cut off"};
}

// One fact of an export, taken apart; nothing of it is believed yet.
struct Claim {
  std::uint64_t index = 0;
  Bytes entry, nonce;
  std::string payload;
  std::vector<Hash> path;
};

const std::string* text_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value == nullptr ? nullptr : value->string();
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

Result<Claim> claim_of(const Json& object) {
  Claim claim;
  const Json* index = object.find("index");
  const std::string* payload = text_of(object, "payload");
  if (index == nullptr || index->integer() == nullptr || *index->integer() < 0 ||
      payload == nullptr) {
    return malformed("a fact lacks its index or payload");
  }
  claim.index = static_cast<std::uint64_t>(*index->integer());
  claim.payload = *payload;
  auto entry = bytes_of(object, "entry");
  if (!entry) return entry.error();
  auto nonce = bytes_of(object, "nonce");
  if (!nonce) return nonce.error();
  auto path = path_of(object);
  if (!path) return path.error();
  claim.entry = *std::move(entry);
  claim.nonce = *std::move(nonce);
  claim.path = *std::move(path);
  return claim;
}

Result<std::vector<Claim>> claims_of(const Json& file, std::string_view key) {
  const Json* list = file.find(key);
  if (list == nullptr || list->array() == nullptr)
    return malformed(fmt::format("`{}` is missing", key));
  std::vector<Claim> claims;
  for (const Json& item : *list->array()) {
    auto claim = claim_of(item);
    if (!claim) return claim.error();
    claims.push_back(*std::move(claim));
  }
  return claims;
}

// Proof, commitment and payload of one fact; faults go to the report, and what holds becomes a
// Fact.
class Checker {
 public:
  Checker(const Checkpoint& checkpoint, ExportReport& report)
      : checkpoint_(checkpoint), report_(report) {}

  std::optional<Fact> check(const Claim& claim) {
    auto leaf = decode_leaf(claim.entry);
    if (!leaf) return fault(claim, leaf.error().message);
    if (!verify_inclusion(claim.index, checkpoint_.size, leaf_hash(claim.entry), claim.path,
                          checkpoint_.root)) {
      return fault(claim, "its proof does not lead to the signed root");
    }
    if (payload_commitment(claim.nonce, claim.payload) != leaf->commitment) {
      return fault(claim, "its content is not what was recorded");
    }
    auto payload = parse_json(claim.payload);
    if (!payload) return fault(claim, payload.error().message);
    tags_.push_back(leaf->subject_tag);
    return Fact{claim.index, leaf->kind, *std::move(payload)};
  }

  // Tags count 1, 2, 3, ... per person, so a missing one shows; erased facts leave gaps that are
  // named.
  void check_complete(ByteView subject_key, const std::vector<Fact>& facts) {
    std::uint64_t counter = 0;
    for (std::size_t i = 0; i < tags_.size(); ++i) {
      std::uint64_t skipped = 0;
      while (subject_tag(subject_key, ++counter) != tags_[i]) {
        if (++skipped > kMostErased) {
          report_.faults.push_back(fmt::format("fact {}: it is not this person's", facts[i].index));
          return;
        }
      }
      report_.gaps += skipped;
    }
  }

 private:
  static constexpr std::uint64_t kMostErased = 100'000;

  std::optional<Fact> fault(const Claim& claim, std::string_view what) {
    report_.faults.push_back(fmt::format("fact {}: {}", claim.index, what));
    return std::nullopt;
  }

  const Checkpoint& checkpoint_;
  ExportReport& report_;
  std::vector<Hash> tags_;
};

std::map<std::uint64_t, Engine> engines_of(const std::vector<Fact>& facts, ExportReport& report) {
  std::map<std::uint64_t, Engine> engines;
  for (const Fact& fact : facts) {
    const std::string* programme = text_of(fact.payload, "programme");
    const std::string* card = text_of(fact.payload, "card");
    if (fact.kind != FactKind::programme_published || programme == nullptr || card == nullptr)
      continue;
    MadeEngine made = make_engine(*programme, "programme.toml", *card, "card.toml", fact.index);
    if (made.engine)
      engines.emplace(fact.index, *std::move(made.engine));
    else
      report.faults.push_back(
          fmt::format("fact {}: this charter does not admit the programme", fact.index));
  }
  return engines;
}

void recheck_scores(const Dossier& dossier, const std::map<std::uint64_t, Engine>& engines,
                    ExportReport& report) {
  for (const Statement& statement : dossier.statements) {
    if (statement.kind != FactKind::score_issued) continue;
    ++report.scores;
    auto issued = read_issued_score(statement);
    if (!issued) {
      report.faults.push_back(fmt::format("fact {}: {}", statement.index, issued.error().message));
      continue;
    }
    auto engine = engines.find(issued->programme_fact);
    if (engine == engines.end()) {
      report.faults.push_back(
          fmt::format("fact {}: its programme is not in the file", statement.index));
      continue;
    }
    Recheck recheck = engine->second.recheck(dossier, statement);
    bool sound = recheck.verdict == Recheck::Verdict::same ||
                 recheck.verdict == Recheck::Verdict::not_recomputable;
    if (!sound) report.faults.push_back(fmt::format("fact {}: {}", statement.index, recheck.what));
  }
}

std::vector<Fact> check_all(Checker& checker, const std::vector<Claim>& claims) {
  std::vector<Fact> facts;
  for (const Claim& claim : claims) {
    if (auto fact = checker.check(claim)) facts.push_back(*std::move(fact));
  }
  return facts;
}

}  // namespace

Result<ExportReport> verify_export(std::string_view text, const VerifierKey& key) {
  auto file = parse_json(text);
  if (!file) return file.error();
  const std::string* format = text_of(*file, "format");
  if (format == nullptr || *format != "credence-export/1")
    return malformed("`format` is not credence-export/1");
  const std::string* note = text_of(*file, "checkpoint");
  const std::string* subject = text_of(*file, "subject");
  if (note == nullptr || subject == nullptr)
    return malformed("`checkpoint` or `subject` is missing");
  const VerifierKey keys[] = {key};
  auto checkpoint = open_checkpoint(*note, keys);
  if (!checkpoint) return checkpoint.error();
  auto subject_key = bytes_of(*file, "subject_key");
  if (!subject_key) return subject_key.error();
  auto own = claims_of(*file, "facts");
  if (!own) return own.error();
  auto rules = claims_of(*file, "programmes");
  if (!rules) return rules.error();

  ExportReport report;
  report.subject = *subject;
  Checker rule_checker(*checkpoint, report);
  std::map<std::uint64_t, Engine> engines = engines_of(check_all(rule_checker, *rules), report);
  Checker checker(*checkpoint, report);
  std::vector<Fact> facts = check_all(checker, *own);
  report.facts = facts.size();
  checker.check_complete(*subject_key, facts);
  if (engines.empty()) return malformed("no programme is in the file");
  auto dossier = read_dossier(*subject, facts, engines.rbegin()->second.programme());
  if (!dossier) return dossier.error();
  recheck_scores(*dossier, engines, report);
  return report;
}

}  // namespace credence
