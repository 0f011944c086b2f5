#include <credence/base/expects.h>
#include <credence/charter/bench.h>
#include <credence/programme/shape.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

// At most this many bytes of a value are shown.
constexpr std::size_t kShown = 60;

Text kind_of(const TomlNode& node) {
  if (node.array() != nullptr) return {"a list", "une liste"};
  if (node.table() != nullptr) return {"a table", "une table"};
  std::string kind{node.kind()};
  return {kind, kind};
}

}  // namespace

Place Place::operator[](std::string_view key) const {
  Place child{path.empty() ? std::string{key} : fmt::format("{}.{}", path, key), nullptr, where};
  if (node == nullptr) return child;
  child.node = node->find(key);
  if (child.node != nullptr) child.where = child.node->where();
  return child;
}

std::string_view Place::text() const {
  const std::string* string = node == nullptr ? nullptr : node->string();
  return string == nullptr ? std::string_view{} : std::string_view{*string};
}

std::vector<std::string> Place::strings() const {
  std::vector<std::string> out;
  if (node == nullptr) return out;
  if (const std::string* one = node->string()) out.push_back(*one);
  if (const TomlNode::Array* items = node->array()) {
    for (const TomlNode& item : *items) {
      if (const std::string* string = item.string()) out.push_back(*string);
    }
  }
  return out;
}

Bench::Bench(const TomlNode& document, const Charter& charter)
    : charter_(charter), root_{"", &document, document.where()} {
  for (const std::string& pack : root_["programme"]["jurisdiction"].strings()) {
    if (pack == "eu" || pack == "us" || pack == "cn") packs_.push_back(pack);
  }
  if (packs_.empty()) packs_ = {"eu", "us", "cn"};
}

std::vector<Place> Bench::each(const Place& list) {
  std::vector<Place> places;
  if (!list.written()) return places;
  if (list.node->table() != nullptr) places.push_back(list);
  if (const TomlNode::Array* items = list.node->array()) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      places.push_back({fmt::format("{}[{}]", list.path, i), &(*items)[i], (*items)[i].where()});
    }
  }
  return places;
}

Place Bench::find(std::string_view list, std::string_view key, std::string_view value) const {
  Place all = root_[list];
  const TomlNode::Array* items = all.written() ? all.node->array() : nullptr;
  if (value.empty() || items == nullptr) return {};
  for (std::size_t i = 0; i < items->size(); ++i) {
    const TomlNode* written = (*items)[i].find(key);
    const std::string* string = written == nullptr ? nullptr : written->string();
    if (string != nullptr && *string == value) {
      return {fmt::format("{}[{}]", all.path, i), &(*items)[i], (*items)[i].where()};
    }
  }
  return {};
}

bool Bench::pack(std::string_view jurisdiction) const {
  return std::find(packs_.begin(), packs_.end(), jurisdiction) != packs_.end();
}

void Bench::refuse(std::string_view article, const Place& place, Text message, Text help) {
  say(article, Finding::Severity::error, place, std::move(message), std::move(help));
}

void Bench::warn(std::string_view article, const Place& place, Text message, Text help) {
  say(article, Finding::Severity::warning, place, std::move(message), std::move(help));
}

void Bench::say(std::string_view article, Finding::Severity severity, const Place& place,
                Text message, Text help) {
  bool error = severity == Finding::Severity::error;
  if (!said_.insert(fmt::format("{} {} {}", article, error, place.path)).second) return;
  const Article* found = charter_.find(article);
  expects(found != nullptr, "charter: a check names an article that does not exist");
  Finding finding;
  finding.code = std::string{article};
  finding.severity = severity;
  finding.path = place.path;
  finding.where = place.where;
  finding.message = std::move(message);
  finding.why = found->rule;
  for (const Article::Law& law : found->law) {
    if (pack(law.jurisdiction)) finding.law.push_back(to_text(law));
  }
  finding.help = help.en.empty() ? found->mend : std::move(help);
  findings_.push_back(std::move(finding));
}

Findings Bench::finish() {
  sort_by_place(findings_);
  return std::move(findings_);
}

std::string shown(std::string_view text) {
  bool cut = text.size() > kShown;
  if (cut) text = text.substr(0, kShown);
  // A cut inside a character would leave half of it.
  while (cut && !text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0U) == 0x80U) {
    text.remove_suffix(1);
  }
  if (cut && !text.empty() && static_cast<unsigned char>(text.back()) >= 0xc0U)
    text.remove_suffix(1);
  std::string out{text};
  if (!is_utf8(out)) {
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
  }
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return cut ? out + "…" : out;
}

Text shown(const TomlNode& node) {
  auto both = [](const std::string& text) { return Text{"`" + text + "`", "`" + text + "`"}; };
  if (auto* string = node.string()) return both(shown(*string));
  if (auto* integer = node.integer()) return both(fmt::format("{}", *integer));
  if (auto* number = node.floating()) return both(number->text);
  if (auto* flag = node.boolean()) return both(*flag ? "true" : "false");
  if (auto* date = node.date()) return both(to_text(*date));
  return kind_of(node);
}

Text about(std::string_view en, std::string_view fr, std::string_view value) {
  std::string written = shown(value);
  return {fmt::format(fmt::runtime(en), written), fmt::format(fmt::runtime(fr), written)};
}

bool says_something(std::string_view text) {
  // Letters beyond ASCII begin at U+00C0; 0xe2 leads the dots and dashes of general punctuation.
  return std::any_of(text.begin(), text.end(), [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return (byte >= 0xc3U && byte != 0xe2U) || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
  });
}

}  // namespace credence
