#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include <credence/programme/programme.h>

using namespace credence;

TEST_CASE("programme: the published example parses without a finding") {
  std::ifstream file{"programmes/deposit-free/programme.toml"};
  std::string text{std::istreambuf_iterator<char>{file}, {}};
  ParsedProgramme parsed = parse_programme(text, "programme.toml");
  for (const Finding& finding : parsed.findings) MESSAGE(render(finding, text, Language::en));
  CHECK(parsed.programme.has_value());
}
