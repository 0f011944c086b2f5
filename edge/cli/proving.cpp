#include <credence/cli/own_leaves.h>
#include <credence/cli/proving.h>
#include <credence/ledger/tile.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

struct Head {
  std::string note;
  Checkpoint checkpoint;
};

Result<Head> head_of(const Store& store) {
  auto note = store.latest_checkpoint();
  if (!note) return note.error();
  if (!*note) {
    return Error{
        "proof.range", "no checkpoint has been signed yet", {}, "any recording command signs one"};
  }
  const VerifierKey keys[] = {store.verifier()};
  auto checkpoint = open_checkpoint(**note, keys);
  if (!checkpoint) return checkpoint.error();
  return Head{**note, *checkpoint};
}

NodeReader nodes_of(const Store& store, std::uint64_t size) {
  return nodes_from_tiles(size, [&store](int level, std::uint64_t index, std::uint64_t width) {
    return store.tile(level, index, width);
  });
}

Json path_json(const std::vector<Hash>& path) {
  Json::Array hashes;
  for (const Hash& hash : path) hashes.push_back(to_base64(hash));
  return hashes;
}

Result<Json> exported_path(const Store& store, std::uint64_t index, const Head& head) {
  auto path = inclusion_proof(index, head.checkpoint.size, nodes_of(store, head.checkpoint.size));
  if (!path) return path.error();
  return path_json(*path);
}

Result<Json> exported_fact(const Store& store, std::uint64_t index, const Head& head) {
  auto evidence = store.evidence(index);
  if (!evidence) return evidence.error();
  auto path = exported_path(store, index, head);
  if (!path) return path.error();
  return Json{Json::Object{{"entry", to_base64(evidence->entry)},
                           {"index", index},
                           {"nonce", to_base64(evidence->nonce)},
                           {"path", *std::move(path)},
                           {"payload", evidence->payload}}};
}

// The leaves whose content is gone, so that the count of the person's facts has no gap.
Result<Json::Array> exported_erased(const Store& store, const std::vector<std::uint64_t>& erased,
                                    const Head& head) {
  Json::Array exported;
  for (std::uint64_t index : erased) {
    auto stored = store.fact(index);
    if (!stored) return stored.error();
    auto path = exported_path(store, index, head);
    if (!path) return path.error();
    exported.push_back(Json::Object{
        {"entry", to_base64(stored->entry)}, {"index", index}, {"path", *std::move(path)}});
  }
  return exported;
}

Result<Json::Array> exported_facts(const Store& store, const std::vector<Fact>& facts,
                                   const Head& head) {
  Json::Array exported;
  for (const Fact& fact : facts) {
    if (fact.index >= head.checkpoint.size) continue;
    auto one = exported_fact(store, fact.index, head);
    if (!one) return one.error();
    exported.push_back(*std::move(one));
  }
  return exported;
}

}  // namespace

Result<ProofFile> prove(const Store& store, std::uint64_t index) {
  auto head = head_of(store);
  if (!head) return head.error();
  if (index >= head->checkpoint.size) {
    return Error{"proof.range",
                 fmt::format("fact {} is not in the log, whose last signed size is {}", index,
                             head->checkpoint.size),
                 {},
                 "facts count from 0"};
  }
  auto stored = store.fact(index);
  if (!stored) return stored.error();
  auto path = inclusion_proof(index, head->checkpoint.size, nodes_of(store, head->checkpoint.size));
  if (!path) return path.error();
  return ProofFile{stored->entry, index, *std::move(path), head->note};
}

Result<std::string> export_person(const Book& book, const std::string& subject) {
  const Store& store = book.store();
  auto head = head_of(store);
  if (!head) return head.error();
  auto facts = store.facts_of(subject);
  if (!facts) return facts.error();
  const FactKind programmes[] = {FactKind::programme_published};
  auto published = store.facts_of(kOperatorSubject, programmes);
  if (!published) return published.error();
  auto own = exported_facts(store, *facts, *head);
  if (!own) return own.error();
  auto rules = exported_facts(store, *published, *head);
  if (!rules) return rules.error();
  const std::string subjects[] = {subject};
  auto leaves = own_leaves(store, subjects, head->checkpoint.size);
  if (!leaves) return leaves.error();
  const std::vector<std::uint64_t>& indexes = (*leaves)[subject];
  auto erased = exported_erased(store, erased_of(indexes, *facts), *head);
  if (!erased) return erased.error();
  auto key = store.subject_key(subject);
  if (!key) return key.error();
  Json::Object file{{"checkpoint", head->note},        {"count", indexes.size()},
                    {"erased", *std::move(erased)},    {"facts", *std::move(own)},
                    {"format", "credence-export/2"},   {"key", to_text(store.verifier())},
                    {"programmes", *std::move(rules)}, {"subject", subject},
                    {"subject_key", to_base64(*key)}};
  return to_pretty_json(std::move(file)) + "\n";
}

}  // namespace credence
