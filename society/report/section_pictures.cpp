#include <credence/report/chart_map.h>
#include <credence/report/chart_rows.h>
#include <credence/report/report_sections.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

double excluded_in(const ReplicateResult& replicate, std::size_t arm, std::size_t region) {
  if (arm >= replicate.regions.size() || region >= replicate.regions[arm].size())
    return std::nan("");
  return find_harm_measure("excluded-share")->of(replicate.regions[arm][region], 1);
}

std::vector<TileMap::Tile> tiles_of(const ReportFacts& facts, std::size_t arm) {
  std::vector<TileMap::Tile> tiles;
  for (std::size_t region = 0; region < facts.categories(Trait::region).size(); ++region) {
    std::vector<double> shares;
    for (const ReplicateResult& replicate : facts.result().replicates)
      shares.push_back(excluded_in(replicate, arm, region));
    ReplicateSpread spread = spread_of_known(shares);
    double mean = spread.count == 0 ? std::nan("") : spread.mean;
    tiles.push_back({facts.category_name(Trait::region, region),
                     percent_text(mean, mean < 0.1 ? 1 : 0, facts.style()), mean});
  }
  return tiles;
}

void write_map_table(SocietyPage& page, const ReportFacts& facts,
                     const std::vector<TileMap>& maps) {
  PageTable table;
  table.caption = facts.say(Say::map_table);
  table.columns.push_back({facts.say(Say::region)});
  for (const TileMap& map : maps) table.columns.push_back({facts.arm_name(map.arm), true});
  for (std::size_t region = 0; region < facts.categories(Trait::region).size(); ++region) {
    std::vector<std::string> row = {facts.category_name(Trait::region, region)};
    for (const TileMap& map : maps) row.push_back(map.tiles[region].written);
    table.rows.push_back(std::move(row));
  }
  page.open("details");
  page.markup("<summary>" + page_text(facts.say(Say::numbers_of_picture)) + "</summary>\n");
  page.table(table);
  page.close("details");
}

// Money of the whole time, in whole units of currency for each person of the population.
ReplicateSpread money_of(const ReportFacts& facts, std::size_t arm, Counter counter) {
  double people = facts.people() > 0 ? facts.people() : 1;
  return scaled(spread_of_known(facts.totals(arm, counter)), 1 / (100 * people));
}

RowChart profit_chart(const ReportFacts& facts, std::size_t arm) {
  auto last = static_cast<std::uint32_t>(facts.months() - 1);
  const std::pair<Say, ReplicateSpread> rows[] = {
      {Say::profit_earned, money_of(facts, arm, Counter::operator_income)},
      {Say::profit_cost, scaled(money_of(facts, arm, Counter::operator_cost), -1)},
      {Say::profit_saved, money_of(facts, arm, Counter::deposit_saved)},
      {Say::profit_gamed, scaled(money_of(facts, arm, Counter::game_spending), -1)},
      {Say::profit_wealth, facts.in_month(arm, "wealth-difference", last)}};
  RowChart chart;
  chart.form = RowChart::Form::bars;
  chart.label = facts.say(Say::profit_caption, {facts.arm_name(arm), facts.world().currency});
  RowChart::Series series{facts.arm_name(arm), arm, {}};
  for (const auto& [name, spread] : rows) {
    std::string words = count_text(spread.mean, facts.style());
    if (std::abs(spread.mean) < 100)
      words = spread_text({.count = 1, .mean = spread.mean}, facts.style());
    double error = std::abs(spread.error);
    chart.rows.push_back(facts.say(name));
    chart.label += "; " + chart.rows.back() + ": " + words;
    series.values.push_back({spread.mean, spread.mean - error, spread.mean + error, words});
  }
  chart.series.push_back(std::move(series));
  return chart;
}

}  // namespace

void write_map(SocietyPage& page, const ReportFacts& facts) {
  page.heading(facts.say(Say::map_title));
  std::vector<TileMap> maps;
  double darkest = 0;
  for (std::size_t arm = 1; arm < facts.arms(); ++arm) {
    TileMap map;
    map.arm = arm;
    map.label = facts.say(Say::map_caption, {facts.arm_name(arm)});
    map.tiles = tiles_of(facts, arm);
    for (const TileMap::Tile& tile : map.tiles) {
      if (std::isfinite(tile.share)) darkest = std::max(darkest, tile.share);
      map.label += "; " + tile.name + ": " + tile.written;
    }
    maps.push_back(std::move(map));
  }
  if (darkest == 0) return page.paragraph(facts.say(Say::map_none));
  page.paragraph(facts.say(Say::map_text), "note");
  page.open("div", "class=\"charts three\"");
  for (TileMap& map : maps) {
    map.darkest = darkest;
    page.figure(facts.say(Say::map_caption, {facts.arm_name(map.arm)}), "",
                draw_map(map, facts.world().population.places));
  }
  page.close("div");
  write_map_table(page, facts, maps);
}

void write_profit(SocietyPage& page, const ReportFacts& facts) {
  page.heading(facts.say(Say::profit_title));
  page.paragraph(facts.say(Say::profit_text), "note");
  page.open("div", "class=\"charts\"");
  for (std::size_t arm = 1; facts.months() > 0 && arm < facts.arms(); ++arm) {
    page.figure(facts.say(Say::profit_caption, {facts.arm_name(arm), facts.world().currency}), "",
                draw_rows(profit_chart(facts, arm), facts.language()));
  }
  page.close("div");
}

void write_pictures(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("pictures", facts.say(Say::pictures_title));
  write_groups(page, facts);
  write_timelines(page, facts);
  write_flows(page, facts);
  write_spells(page, facts);
  write_map(page, facts);
  write_profit(page, facts);
  page.end_section();
}

}  // namespace credence
