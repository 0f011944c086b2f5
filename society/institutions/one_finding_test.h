#pragma once

#include <credence/base/finding.h>
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace credence {

// What the readers of the society's files are held to in tests.
struct ExpectedFinding {
  std::string_view code, path;
  std::uint32_t line = 0;  // 0: not asked about
};

// All findings on the text, as a failing test shows them.
inline std::string all_of(const Findings& findings, std::string_view text) {
  std::string out;
  for (const Finding& finding : findings)
    out += finding.path + " " + render(finding, text, Language::en);
  return out;
}

// The one finding of a text: in both languages, with a place, and with a way to mend it unless its
// code is `bare`.
inline void check_only_finding(const Findings& findings, const ExpectedFinding& expected,
                               std::string_view bare) {
  REQUIRE(findings.size() == 1);
  const Finding& finding = findings.front();
  CHECK(finding.code == expected.code);
  CHECK(finding.path == expected.path);
  if (expected.line > 0) CHECK(finding.where.line == expected.line);
  CHECK(finding.where.column > 0);
  CHECK(finding.message.en != finding.message.fr);
  if (finding.code != bare) CHECK(!finding.help.fr.empty());
}

}  // namespace credence
