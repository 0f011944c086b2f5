#include "case.h"

#include <credence/base/json.h>

#include <algorithm>

namespace credence {

namespace {

constexpr std::string_view name_of(Label label) {
  switch (label) {
    case Label::valid:
      return "valid";
    case Label::mutant:
      return "mutant";
    case Label::lenient:
      return "lenient";
  }
  return {};
}

Json hash_json(const Hash& hash) {
  return Json{to_base64(hash)};
}

std::string text_of(const Json& value, std::string_view key) {
  const Json* member = value.find(key);
  expects(member != nullptr && member->string() != nullptr, "case: a text");
  return *member->string();
}

std::uint64_t number_of(const Json& value, std::string_view key) {
  const Json* member = value.find(key);
  expects(member != nullptr && member->integer() != nullptr, "case: a number");
  return static_cast<std::uint64_t>(*member->integer());
}

Hash hash_of(const std::string& text) {
  auto bytes = parse_base64(text);
  expects(bytes && bytes->size() == sizeof(Hash), "case: a hash");
  Hash hash;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

Label label_of(std::string_view text) {
  for (Label label : {Label::valid, Label::mutant, Label::lenient}) {
    if (name_of(label) == text) return label;
  }
  stop_on_defect("case: a label");
}

}  // namespace

std::string to_line(const ForeignCase& item) {
  Json::Array path;
  for (const Hash& hash : item.path) path.push_back(hash_json(hash));
  return to_canonical_json(Json::Object{{"entry", to_base64(item.entry)},
                                        {"from", item.from},
                                        {"from_root", hash_json(item.from_root)},
                                        {"group", item.group},
                                        {"label", name_of(item.label)},
                                        {"path", std::move(path)},
                                        {"proof", to_base64(as_bytes(item.proof))},
                                        {"to", item.to},
                                        {"to_root", hash_json(item.to_root)},
                                        {"vkey", item.vkey}});
}

Result<ForeignCase> parse_line(std::string_view line) {
  auto value = parse_json(line);
  if (!value) return value.error();
  ForeignCase item;
  item.group = text_of(*value, "group");
  item.label = label_of(text_of(*value, "label"));
  item.vkey = text_of(*value, "vkey");
  item.entry = *parse_base64(text_of(*value, "entry"));
  item.proof = as_text(*parse_base64(text_of(*value, "proof")));
  item.from = number_of(*value, "from");
  item.to = number_of(*value, "to");
  item.from_root = hash_of(text_of(*value, "from_root"));
  item.to_root = hash_of(text_of(*value, "to_root"));
  for (const Json& hash : *value->find("path")->array())
    item.path.push_back(hash_of(*hash.string()));
  return item;
}

bool accepts(const ForeignCase& item) {
  if (item.proof.empty()) {
    return verify_consistency(item.from, item.to, item.path, item.from_root, item.to_root);
  }
  auto key = parse_vkey(item.vkey);
  auto proof = parse_proof(item.proof);
  if (!key || !proof) return false;
  return static_cast<bool>(verify_proof(*proof, item.entry, {&*key, 1}));
}

}  // namespace credence
