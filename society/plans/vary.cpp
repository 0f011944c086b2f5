#include <credence/base/toml.h>
#include <credence/plans/experiment.h>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

namespace credence {

namespace {

Error unknown_path(const std::string& path, const std::vector<std::string>& known) {
  std::string near = nearest(path, std::span<const std::string>{known});
  return {"plan.path",
          fmt::format("nothing can be varied at `{}`", path),
          {},
          near.empty() ? "name a rule's parameter (rules.bills.late), a number of the world "
                         "(world.people) or of a programme (city-points:society.cameras.coverage)"
                       : fmt::format("did you mean `{}`?", near)};
}

// The node at "society.rule[0].points", or nullptr.
const TomlNode* find_node(const TomlNode& document, std::string_view path) {
  const TomlNode* node = &document;
  while (node != nullptr && !path.empty()) {
    std::size_t end = path.find('.');
    std::string_view step = path.substr(0, end);
    path = end == std::string_view::npos ? std::string_view{} : path.substr(end + 1);
    std::size_t bracket = step.find('[');
    node = node->find(step.substr(0, bracket));
    if (node == nullptr || bracket == std::string_view::npos) continue;
    std::size_t index = 0;
    const char* last = step.data() + step.size();
    auto read = std::from_chars(step.data() + bracket + 1, last, index);
    bool is_index = read.ec == std::errc{} && read.ptr + 1 == last && *read.ptr == ']';
    const TomlNode::Array* array = node->array();
    node = is_index && array != nullptr && index < array->size() ? &(*array)[index] : nullptr;
  }
  return node;
}

// Where the characters of a line begin, in bytes.
std::size_t byte_of(std::string_view text, std::uint32_t line, std::uint32_t column) {
  std::size_t at = 0;
  for (std::uint32_t seen = 1; seen < line; ++seen) at = text.find('\n', at) + 1;
  auto goes_on = [&](std::size_t i) {
    return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
  };
  for (std::uint32_t seen = 1; seen < column; ++seen) {
    do ++at;
    while (goes_on(at));
  }
  return at;
}

// The text with the number at `path` replaced: a whole number stays one.
Result<std::string> with_number(const std::string& text, const std::string& file,
                                std::string_view path, double value) {
  auto document = parse_toml(text, file);
  if (!document) return document.error();
  const TomlNode* node = find_node(*document, path);
  if (node == nullptr || (node->integer() == nullptr && node->floating() == nullptr)) {
    return Error{"plan.path",
                 fmt::format("`{}` has no number at `{}`", file, path),
                 {},
                 "only what the file says can be varied: write a value there first"};
  }
  std::size_t from = byte_of(text, node->where().line, node->where().column);
  std::size_t to = byte_of(text, node->where().line, node->where().column + node->where().length);
  std::string written = node->integer() != nullptr ? fmt::format("{}", std::llround(value))
                                                   : fmt::format("{:#}", value);
  if (written.ends_with('.')) written += '0';
  return text.substr(0, from) + written + text.substr(to);
}

struct WorldNumber {
  std::string_view path;
  void (*set)(World& world, std::uint32_t value);
  double most;
};
constexpr WorldNumber kWorldNumbers[] = {
    {"world.people", [](World& world, std::uint32_t value) { world.population.people = value; },
     100'000'000},
    {"world.months", [](World& world, std::uint32_t value) { world.months = value; }, 600},
    {"world.burn_in", [](World& world, std::uint32_t value) { world.burn_in = value; }, 600},
};

std::optional<Error> vary_world(World& world, const std::string& path, double value) {
  std::vector<std::string> known;
  for (const WorldNumber& number : kWorldNumbers) {
    known.emplace_back(number.path);
    if (path != number.path) continue;
    bool burn_in = path == "world.burn_in";
    if (!(value >= (burn_in ? 0 : 1) && value <= number.most)) {
      return Error{"plan.range",
                   fmt::format("`{}` cannot be {}", path, value),
                   {},
                   fmt::format("give a number up to {}", number.most)};
    }
    number.set(world, static_cast<std::uint32_t>(std::llround(value)));
    return std::nullopt;
  }
  constexpr std::string_view kRules = "rules.";
  for (const auto& [name, standard] : world.rules.all()) {
    known.push_back(fmt::format("{}{}", kRules, name));
  }
  if (!path.starts_with(kRules) || !world.rules.has(path.substr(kRules.size()))) {
    return unknown_path(path, known);
  }
  if (!std::isfinite(value)) {
    return Error{"plan.range", fmt::format("`{}` must be a finite number", path), {}, ""};
  }
  world.rules.set(path.substr(kRules.size()), value);
  return std::nullopt;
}

std::optional<Error> vary_programme(SocietyProgramme& programme, std::string_view path,
                                    double value) {
  auto text = with_number(programme.text, programme.id, path, value);
  if (!text) return text.error();
  ReadSocietyProgramme read =
      read_society_programme(*text, programme.id, programme.card_text, programme.id + " (card)");
  for (const Findings* findings : {&read.findings, &read.card_findings}) {
    for (const Finding& finding : *findings) {
      if (finding.severity != Finding::Severity::error) continue;
      return Error{"plan.range",
                   fmt::format("with {} at `{}:{}` the programme cannot run: {}", value,
                               programme.id, path, finding.message.en),
                   finding.where, finding.help.en};
    }
  }
  if (!read.programme) return Error{"plan.range", "the programme cannot be read", {}, ""};
  programme = std::move(*read.programme);
  return std::nullopt;
}

std::optional<Error> vary_one(VariedInputs& varied, const std::string& path, double value) {
  std::size_t colon = path.find(':');
  if (colon == std::string::npos) return vary_world(varied.world, path, value);
  std::vector<std::string> known;
  for (SocietyProgramme& programme : varied.programmes) {
    known.push_back(programme.id);
    if (programme.id != std::string_view{path}.substr(0, colon)) continue;
    return vary_programme(programme, std::string_view{path}.substr(colon + 1), value);
  }
  return unknown_path(path.substr(0, colon), known);
}

}  // namespace

Result<VariedInputs> vary(const World& world, std::span<const SocietyProgramme> programmes,
                          std::span<const DesignInput> inputs, std::span<const double> point) {
  VariedInputs varied{.world = world, .programmes = {programmes.begin(), programmes.end()}};
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (auto error = vary_one(varied, inputs[i].path, point[i])) return *error;
  }
  return varied;
}

}  // namespace credence
