#include <credence/programme/keys.h>

#include <array>

namespace credence {

namespace {

// Words that an article of the charter judges (a source's category, a consent's default, who
// decides) are plain strings here: a forbidden word must reach the charter, which tells the
// article. Likewise no section of rights is required here, and whatever [society.*] sections hold
// is let through to the charter, which refuses every one of them.
constexpr TableKeys kMapTables[] = {
    {"map",
     "name!:id event!:id delimiter:string subject!:string at!:table key:strings when:table "
     "fields!:table"},
    {"map.at", "column:string format:string values:table constant:string"},
    {"map.at.values", "*:string"},
    {"map.when", "*:strings"},
    {"map.fields", "*:table"},
    {"map.fields.*", "column:string format:string currency:string values:table constant:string"},
    {"map.fields.*.values", "*:string"},
};

constexpr TableKeys kMapDocument[] = {{"", "map!:tables"}};

constexpr TableKeys kTables[] = {
    {"",
     "programme!:table source!:tables event!:tables feature!:tables score!:table tier:tables "
     "relation:tables benefit:tables consequence:tables consent:tables recipient:tables map:tables "
     "model:tables identity:table explanation:table review:table rights:table assessments:table "
     "monitor:table publication:table money:table record:table society:any"},
    {"programme",
     "id!:id version!:integer title!:text purpose!:string "
     "class!:creditworthiness|benefit-only|organisation jurisdiction!:[eu|us|cn] "
     "languages:[en|fr] currency!:string min_age:integer "
     "data_from_age:integer subjects:strings operator!:table"},
    {"programme.operator", "name!:string register:string contact:string"},
    {"source",
     "id!:id name:text kind:string context!:id category!:id subject_scope:string "
     "verification:string retention!:table register_period:period media:strings "
     "join:strings claims:strings"},
    {"source.retention", "period!:period clock_start:event|recording"},
    {"event", "type!:id source!:id fields!:table"},
    {"event.fields", "*:field"},
    {"event.fields.*", "type!:string special:strings"},
    {"feature",
     "id!:id signal:string family!:credit-history|fulfilment|capacity|behaviour|identity "
     "question!:text from!:id where:string of:string window:period risk!:rises|falls|unordered "
     "measure!:count|sum|mean|min|max|latest|share|months_since|months_between|distinct|trend "
     "proxy_review:table repair:table cap:integer"},
    {"feature.proxy_review",
     "date:date reviewer:string result:string covers:strings signed_by:string"},
    {"feature.repair", "ends:period rule:text mark:string"},
    {"score",
     "range:any rounding:string card!:string needs:table outcome_below:string models:string"},
    {"score.needs", "facts:integer span:period"},
    {"tier", "from!:integer name!:text"},
    {"relation", "origin!:id use!:id level!:same|related|none reason:text"},
    {"benefit",
     "id!:id name:text kind:string context!:id needs:table answer:string otherwise:string "
     "no_score_path:table affordability:string reason:text"},
    {"benefit.needs", "points:integer"},
    {"benefit.no_score_path",
     "id:string price:text time:text place:text steps:text surcharge:string "
     "longer_wait:string fewer_places:string"},
    {"consequence",
     "id!:id name:text kind:string context!:id because:string where:string "
     "justification:text proportionality:text at_most:string renewal:string "
     "decided_by:string"},
    {"consent",
     "purpose:string source:id recipient:string text:text default:string expiry:string "
     "channels:strings steps:integer withdrawal:table"},
    {"consent.withdrawal", "channels:strings steps:integer stop_seconds:integer"},
    {"recipient",
     "id!:id name:text purpose:string answer:string pseudonym:string rate_limit:string "
     "reason:text"},
    {"model", "id!:id type:string legal_class:string feeds:string"},
    {"identity", "match:strings reversible_merges:flag"},
    {"explanation",
     "source:string max_reasons:integer baseline:best|mean|policy languages:[en|fr]"},
    {"review", "roles:strings training:string four_eyes:flag queue_limit:integer"},
    {"rights",
     "dispute_days:integer freeze:string propagation:table reviewers:string "
     "own_inquiries:string retention_floor:period"},
    {"rights.propagation", "to:string acknowledge:period"},
    {"assessments",
     "fria:table dpia:string author:string approver:string date:date go_live:date "
     "covers_version:integer"},
    {"assessments.fria",
     "process:string period:string groups:string harms:string oversight:string "
     "measures:string"},
    {"monitor", "metrics:strings groups:strings stop_if:table stop:table"},
    {"monitor.stop_if", "adverse_impact_ratio_below:decimal at_least:integer"},
    {"monitor.stop", "owner:string deputy:string effect:string"},
    {"publication",
     "register:string model_card:string instructions:string catalogue:string list:string "
     "points_table:flag"},
    {"money", "paid_signals:flag offers_ordered_by:string"},
    {"record", "log:flag checkpoints:string export:flag floors:table"},
    {"record.floors", "*:period"},
    kMapTables[0],
    kMapTables[1],
    kMapTables[2],
    kMapTables[3],
    kMapTables[4],
    kMapTables[5],
    kMapTables[6],
};

constexpr TableKeys kMapFile[] = {
    kMapDocument[0], kMapTables[0], kMapTables[1], kMapTables[2],
    kMapTables[3],   kMapTables[4], kMapTables[5], kMapTables[6],
};

}  // namespace

std::span<const TableKeys> programme_keys() {
  return kTables;
}
std::span<const TableKeys> map_keys() {
  return kMapFile;
}

}  // namespace credence
