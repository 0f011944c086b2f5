#include <credence/programme/reader.h>
#include <credence/worlds/world.h>
#include <fmt/format.h>

namespace credence {

Findings misfits(const World& world, const SocietyProgramme& programme, const std::string& file) {
  Findings findings;
  if (!programme.constructs.matcher) return findings;
  const MatcherConstruct& matcher = *programme.constructs.matcher;
  std::size_t groups = world.population.categories[static_cast<std::size_t>(Trait::group)].size();
  auto document = parse_toml(programme.text, file);
  const TomlNode nothing;
  TableReader table =
      TableReader{document ? &*document : &nothing, "", findings}.table("society").table("matcher");
  auto check = [&](std::string_view key, std::size_t factors) {
    if (factors <= groups) return;
    table.report(
        "S133", key,
        {fmt::format("`{}` has {} factors, and the world `{}` has {} groups", key, factors,
                     world.id, groups),
         fmt::format("`{}` a {} facteurs, et le monde `{}` a {} groupes", key, factors, world.id,
                     groups)},
        {"write one factor per group, in the world's order, or run it in another world; "
         "`credence society presets` writes out what is built in",
         "écrivez un facteur par groupe, dans l'ordre du monde, ou prenez un autre monde ; "
         "`credence society presets` écrit ce qui est livré"});
  };
  check("false_match_times", matcher.false_match_times.size());
  check("false_non_match_times", matcher.false_non_match_times.size());
  return findings;
}

}  // namespace credence
