#include <credence/exchange/xml.h>
#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>

namespace credence {

namespace {

constexpr std::size_t kDeepest = 100;

std::string local(const char* name) {
  std::string_view text{name};
  std::size_t colon = text.rfind(':');
  return std::string{colon == std::string_view::npos ? text : text.substr(colon + 1)};
}

class Builder {
 public:
  Builder(XML_Parser parser, const std::string& file) : parser_(parser), file_(file) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
  }

  Result<XmlElement> build(std::string_view text) {
    bool parsed =
        XML_Parse(parser_, text.data(), static_cast<int>(text.size()), XML_TRUE) == XML_STATUS_OK;
    if (refusal_) return *refusal_;
    if (parsed && root_) return *std::move(root_);
    const char* what = XML_ErrorString(XML_GetErrorCode(parser_));
    return Error{"import.xml", fmt::format("this is no well-formed XML: {}", what ? what : "empty"),
                 place(), "write the file again from the program that made it"};
  }

 private:
  static void on_start(void* self, const char* name, const char** attributes) {
    static_cast<Builder*>(self)->start(name, attributes);
  }
  static void on_end(void* self, const char*) { static_cast<Builder*>(self)->end(); }
  static void on_text(void* self, const char* text, int length) {
    auto* builder = static_cast<Builder*>(self);
    if (!builder->open_.empty())
      builder->open_.back().text.append(text, static_cast<std::size_t>(length));
  }
  static void on_doctype(void* self, const char*, const char*, const char*, int) {
    static_cast<Builder*>(self)->refuse("a document type is not read", "take <!DOCTYPE ...> out");
  }

  void start(const char* name, const char** attributes) {
    if (refusal_) return;
    if (open_.size() >= kDeepest) {
      refuse("elements are more than 100 deep", "nest predicates less deeply");
      return;
    }
    XmlElement element;
    element.name = local(name);
    element.where = place();
    for (; *attributes != nullptr; attributes += 2)
      element.attributes.emplace_back(local(attributes[0]), attributes[1]);
    open_.push_back(std::move(element));
  }

  void end() {
    if (refusal_ || open_.empty()) return;
    XmlElement done = std::move(open_.back());
    open_.pop_back();
    if (open_.empty())
      root_ = std::move(done);
    else
      open_.back().children.push_back(std::move(done));
  }

  void refuse(std::string message, std::string help) {
    if (!refusal_) refusal_ = Error{"import.xml", std::move(message), place(), std::move(help)};
    XML_StopParser(parser_, XML_FALSE);
  }

  Where place() const {
    return {file_, static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_)),
            static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser_) + 1), 1};
  }

  XML_Parser parser_;
  const std::string& file_;
  std::vector<XmlElement> open_;
  std::optional<XmlElement> root_;
  std::optional<Error> refusal_;
};

}  // namespace

const std::string* XmlElement::attribute(std::string_view key) const {
  for (const auto& [name_of, value] : attributes) {
    if (name_of == key) return &value;
  }
  return nullptr;
}

const XmlElement* XmlElement::find(std::string_view child) const {
  auto found = std::find_if(children.begin(), children.end(),
                            [&](const XmlElement& each) { return each.name == child; });
  return found == children.end() ? nullptr : &*found;
}

Result<XmlElement> parse_xml(std::string_view text, const std::string& file) {
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    return Error{"import.xml", "the file is larger than 2 GB", {file}, "export one model per file"};
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser{XML_ParserCreate(nullptr),
                                                                      &XML_ParserFree};
  expects(parser != nullptr, "parse_xml: memory for a parser");
  return Builder{parser.get(), file}.build(text);
}

}  // namespace credence
