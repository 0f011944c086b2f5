#pragma once

#include <credence/base/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// An element of an XML document with its place. Names are without their namespace prefix.
struct XmlElement {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<XmlElement> children;
  std::string text;  // between its tags, without that of its children
  Where where;

  const std::string* attribute(std::string_view key) const;
  const XmlElement* find(std::string_view child) const;  // the first one
};

// The root of a document without a document type (which could name files and multiply itself), at
// most 100 elements deep. Error import.xml with the place.
Result<XmlElement> parse_xml(std::string_view text, const std::string& file);

}  // namespace credence
