#include <credence/base/json.h>
#include <credence/base/text.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>

namespace credence {

namespace {

// Builds a Json from the events of Boost.JSON's parser, which alone reads the grammar.
class Builder {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);
  using error = boost::json::error_code;
  using view = boost::json::string_view;

  Json take() { return std::move(root_); }
  const std::string& duplicate() const { return duplicate_; }

  bool on_document_begin(error&) { return true; }
  bool on_document_end(error&) { return true; }
  bool on_object_begin(error&) { return open(Json{Json::Object{}}); }
  bool on_object_end(std::size_t, error&) { return close(); }
  bool on_array_begin(error&) { return open(Json{Json::Array{}}); }
  bool on_array_end(std::size_t, error&) { return close(); }
  bool on_key_part(view part, std::size_t, error&) { return collect(part); }
  bool on_key(view part, std::size_t, error& ec) {
    collect(part);
    auto& frame = frames_.back();
    if (frame.value.find(text_) != nullptr) {
      duplicate_ = text_;
      ec = boost::json::error::exception;  // any error stops the parser; `duplicate_` tells which
      return false;
    }
    frame.key = std::exchange(text_, {});
    return true;
  }
  bool on_string_part(view part, std::size_t, error&) { return collect(part); }
  bool on_string(view part, std::size_t, error&) {
    collect(part);
    return put(Json{std::exchange(text_, {})});
  }
  bool on_number_part(view part, error&) { return collect(part); }
  bool on_int64(std::int64_t value, view, error&) {
    text_.clear();
    return put(Json{value});
  }
  bool on_uint64(std::uint64_t, view part, error&) { return put_number(part); }
  bool on_double(double, view part, error&) { return put_number(part); }
  bool on_bool(bool value, error&) { return put(Json{value}); }
  bool on_null(error&) { return put(Json{}); }
  bool on_comment_part(view, error&) { return true; }
  bool on_comment(view, error&) { return true; }

 private:
  struct Frame {
    Json value;
    std::string key;
  };

  bool collect(view part) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool put_number(view part) {
    collect(part);
    return put(Json{Json::Number{std::exchange(text_, {})}});
  }
  bool open(Json value) {
    frames_.push_back({std::move(value), {}});
    return true;
  }
  bool close() {
    Json value = std::move(frames_.back().value);
    frames_.pop_back();
    return put(std::move(value));
  }
  bool put(Json value) {
    if (frames_.empty()) {
      root_ = std::move(value);
      return true;
    }
    Frame& frame = frames_.back();
    if (Json::Object* object = frame.value.object()) {
      object->emplace(std::exchange(frame.key, {}), std::move(value));
    } else {
      const_cast<Json::Array*>(frame.value.array())->push_back(std::move(value));
    }
    return true;
  }

  Json root_;
  std::vector<Frame> frames_;
  std::string text_;
  std::string duplicate_;
};

Where where_of(std::string_view text, std::size_t offset) {
  std::string_view before = text.substr(0, std::min(offset, text.size()));
  std::size_t line_start =
      before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  Where where;
  where.line = 1 + static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
  where.column = 1 + static_cast<std::uint32_t>(characters(before.substr(line_start)));
  where.length = 1;
  return where;
}

void write_string(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

// Writes compactly when `indent` is negative, otherwise with line breaks at that depth.
void write(std::string& out, const Json& value, int indent);

template <class Items, class WriteItem>
void write_items(std::string& out, const Items& items, char open, char close, int indent,
                 WriteItem write_item) {
  out += open;
  bool first = true;
  for (const auto& item : items) {
    if (!std::exchange(first, false)) out += ',';
    if (indent >= 0) out += "\n" + std::string(static_cast<std::size_t>(indent + 1) * 2, ' ');
    write_item(item);
  }
  if (indent >= 0 && !first) out += "\n" + std::string(static_cast<std::size_t>(indent) * 2, ' ');
  out += close;
}

void write(std::string& out, const Json& value, int indent) {
  int deeper = indent < 0 ? -1 : indent + 1;
  if (value.is_null()) {
    out += "null";
  } else if (auto* boolean = value.boolean()) {
    out += *boolean ? "true" : "false";
  } else if (auto* integer = value.integer()) {
    out += fmt::format("{}", *integer);
  } else if (auto* number = value.number()) {
    out += number->text;
  } else if (auto* text = value.string()) {
    write_string(out, *text);
  } else if (auto* array = value.array()) {
    write_items(out, *array, '[', ']', indent, [&](const Json& item) { write(out, item, deeper); });
  } else {
    write_items(out, *value.object(), '{', '}', indent, [&](const auto& member) {
      write_string(out, member.first);
      out += indent < 0 ? ":" : ": ";
      write(out, member.second, deeper);
    });
  }
}

}  // namespace

const Json* Json::find(std::string_view key) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  auto found = members->find(key);
  return found == members->end() ? nullptr : &found->second;
}

Result<Json> parse_json(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 32;
  boost::json::basic_parser<Builder> parser(options);
  boost::json::error_code ec;
  std::size_t used = parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && used < text.size()) ec = boost::json::error::extra_data;
  if (!ec) return parser.handler().take();
  Error error{"json.syntax", fmt::format("not valid JSON: {}", ec.message()), where_of(text, used),
              "one JSON value in UTF-8, with double quotes and no trailing comma"};
  if (!parser.handler().duplicate().empty()) {
    error.code = "json.duplicate-key";
    error.message =
        fmt::format("the key `{}` appears twice in one object", parser.handler().duplicate());
    error.help = "keep one of the two";
  }
  return error;
}

std::string to_canonical_json(const Json& value) {
  std::string out;
  write(out, value, -1);
  return out;
}

std::string to_pretty_json(const Json& value) {
  std::string out;
  write(out, value, 0);
  return out;
}

}  // namespace credence
