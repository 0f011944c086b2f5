#include <credence/charter/checks.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

bool is_so(const Place& section, const SocietySection& row) {
  if (row.key.empty()) return true;
  Place written = section[row.key];
  if (!written.written()) return false;
  const bool* flag = written.node->boolean();
  const std::int64_t* number = written.integer();
  return (flag != nullptr && row.is.boolean() != nullptr && *flag == *row.is.boolean()) ||
         (number != nullptr && row.is.integer() != nullptr && *number == *row.is.integer());
}

void refuse_section(Bench& bench, const Place& section, const SocietySection& row) {
  if (!is_so(section, row)) return;
  std::string path = shown(section.path);
  std::string run = "credence society run town --programme " + shown(section.where.file);
  for (const std::string& article : row.articles) {
    bench.refuse(article, section,
                 {fmt::format("`{}` runs only in the society: {}", path, row.what.en),
                  fmt::format("`{}` ne tourne que dans la société : {}", path, row.what.fr)},
                 {fmt::format("try it on people who do not exist: `{}`; a programme for real "
                              "people leaves the section out",
                              run),
                  fmt::format("essayez-la sur des personnes qui n'existent pas : `{}` ; un "
                              "programme pour de vraies personnes ne l'a pas",
                              run)});
  }
}

}  // namespace

void judge_society(Bench& bench) {
  Place society = bench["society"];
  if (!society.written()) return;
  const std::vector<SocietySection>& rows = bench.charter().society();
  auto refuse_as = [&](std::string_view id, const Place& section) {
    for (const SocietySection& row : rows) {
      if (row.id == id) refuse_section(bench, section, row);
    }
  };
  const TomlNode::Table* table = society.node->table();
  if (table == nullptr || table->empty()) return refuse_as("*", society);
  for (const TomlNode::Member& member : *table) {
    Place section = society[member.key];
    bool known = std::any_of(rows.begin(), rows.end(),
                             [&](const SocietySection& row) { return row.id == member.key; });
    std::vector<Place> entries = Bench::each(section);
    if (entries.empty()) entries.push_back(section);
    for (const Place& entry : entries) refuse_as(known ? member.key : "*", entry);
  }
}

}  // namespace credence
