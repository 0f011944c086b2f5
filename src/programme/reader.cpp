#include <credence/programme/reader.h>
#include <credence/programme/shape.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

std::string child(const std::string& path, std::string_view key) {
  return path.empty() ? std::string{key} : fmt::format("{}.{}", path, key);
}

}  // namespace

std::string TableReader::string(std::string_view key, std::string_view otherwise) const {
  const TomlNode* value = find(key);
  const std::string* text = value ? value->string() : nullptr;
  return text ? *text : std::string{otherwise};
}

Text TableReader::text(std::string_view key) const {
  TableReader both = table(key);
  return {both.string("en"), both.string("fr")};
}

bool TableReader::flag(std::string_view key, bool otherwise) const {
  const TomlNode* value = find(key);
  const bool* flag = value ? value->boolean() : nullptr;
  return flag ? *flag : otherwise;
}

std::optional<Period> TableReader::period(std::string_view key) const {
  return parse_period(string(key));
}

std::vector<std::string> TableReader::strings(std::string_view key) const {
  std::vector<std::string> all;
  const TomlNode* value = find(key);
  if (value == nullptr || value->array() == nullptr) return all;
  for (const TomlNode& item : *value->array()) {
    if (item.string() != nullptr) all.push_back(*item.string());
  }
  return all;
}

int TableReader::integer(std::string_view key, Range range, int otherwise) const {
  const TomlNode* value = find(key);
  const std::int64_t* number = value ? value->integer() : nullptr;
  if (number == nullptr) return otherwise;
  if (*number < range.least || *number > range.most) {
    report(prefix_ + "009", key,
           {fmt::format("`{}` is {}, outside {} to {}", key, *number, range.least, range.most),
            fmt::format("`{}` vaut {}, hors de {} à {}", key, *number, range.least, range.most)},
           {fmt::format("write a whole number from {} to {}", range.least, range.most),
            fmt::format("écrivez un nombre entier de {} à {}", range.least, range.most)});
    return otherwise;
  }
  return static_cast<int>(*number);
}

int TableReader::word(std::string_view key, std::initializer_list<std::string_view> words,
                      int otherwise) const {
  std::string written = string(key);
  auto found = std::find(words.begin(), words.end(), written);
  return found == words.end() ? otherwise : static_cast<int>(found - words.begin());
}

TableReader TableReader::table(std::string_view key) const {
  const TomlNode* value = find(key);
  bool is_table = value != nullptr && value->table() != nullptr;
  TableReader reader{is_table ? value : nullptr, child(path_, key), *findings_};
  return reader.prefix(prefix_);
}

std::vector<TableReader> TableReader::tables(std::string_view key) const {
  std::vector<TableReader> all;
  const TomlNode* value = find(key);
  if (value == nullptr || value->array() == nullptr) return all;
  const TomlNode::Array& items = *value->array();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const TomlNode* item = items[i].table() ? &items[i] : nullptr;
    all.emplace_back(item, fmt::format("{}[{}]", child(path_, key), i), *findings_).prefix(prefix_);
  }
  return all;
}

Where TableReader::where(std::string_view key) const {
  const TomlNode* value = key.empty() ? nullptr : find(key);
  if (value != nullptr) return value->where();
  return node_ ? node_->where() : Where{};
}

void TableReader::report(std::string_view code, std::string_view key, Text message,
                         Text help) const {
  if (findings_->size() >= kMaxFindings) return;
  Finding finding;
  finding.code = code;
  finding.path = key.empty() ? path_ : child(path_, key);
  finding.where = where(key);
  finding.message = std::move(message);
  finding.help = std::move(help);
  findings_->push_back(std::move(finding));
}

}  // namespace credence
