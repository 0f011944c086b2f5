#include <credence/native/cards.h>
#include <credence/native/errors.h>
#include <credence/native/rules.h>
#include <credence/native/tables.h>
#include <credence/native/validation.h>
#include <credence/validation/validation.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

constexpr std::pair<std::string_view, ValidationSample::Role> kRoles[] = {
    {"development", ValidationSample::Role::development},
    {"test", ValidationSample::Role::test},
    {"out_of_time", ValidationSample::Role::out_of_time}};

SampleColumns columns_of(const Settings& settings) {
  SampleColumns columns;
  columns.role = choice_of(settings, "role", columns.role, kRoles);
  settings.read("name", columns.name);
  settings.read("date", columns.date);
  settings.read("months_to_bad", columns.months_to_bad);
  columns.groups = nb::cast<std::vector<std::string>>(settings.find("groups"));
  columns.references = nb::cast<std::vector<std::string>>(settings.find("references"));
  std::size_t threads = 1;
  settings.read("threads", threads);
  columns.threads = static_cast<unsigned>(std::clamp<std::size_t>(threads, 1, 256));
  return columns;
}

// {"table", "bad", "weights", and the names of columns}.
ValidationSample read_sample(const Scorecard& card, const nb::dict& given) {
  const Settings settings{given};
  const auto& table = nb::cast<const Table&>(settings.find("table"));
  Outcome outcome =
      outcome_of(table.rows(), nb::cast<ByteArray>(settings.find("bad")), settings.find("weights"));
  const SampleColumns columns = columns_of(settings);
  return value_or_raise(
      without_gil([&] { return sample_of(card, table, std::move(outcome), columns); }));
}

ValidationLimits limits_of(const Settings& settings) {
  ValidationLimits limits;
  settings.read("confidence", limits.confidence);
  settings.read("stability_watch", limits.stability_watch);
  settings.read("stability_act", limits.stability_act);
  settings.read("impact_ratio", limits.impact_ratio);
  settings.read("mean_difference", limits.mean_difference);
  settings.read("error_rate_gap", limits.error_rate_gap);
  settings.read("smallest_cell", limits.smallest_cell);
  settings.read("gini_fall", limits.gini_fall);
  settings.read("calibration_gap", limits.calibration_gap);
  return limits;
}

ValidationPack make_pack(const Scorecard& card, const std::vector<nb::dict>& samples,
                         const nb::object& training, const nb::dict& given) {
  ValidationInput input;
  for (const nb::dict& sample : samples) input.samples.push_back(read_sample(card, sample));
  input.card = card;
  if (!training.is_none()) input.training = nb::cast<const TrainingReport&>(training);
  const Settings settings{given};
  settings.read("cut_off", input.cut_off);
  settings.read("bands", input.bands);
  settings.read("prepared_on", input.prepared_on);
  settings.read("prepared_by", input.prepared_by);
  input.limits = limits_of(settings);
  return value_or_raise(without_gil([&] { return validate(input); }));
}

}  // namespace

void bind_validation(nb::module_& module) {
  nb::class_<ValidationPack>(module, "ValidationPack", "The figures of a validation.")
      .def(
          "to_html",
          [](const ValidationPack& pack, const std::string& language) {
            return to_html(pack, language == "fr" ? Language::fr : Language::en);
          },
          nb::arg("language"))
      .def("to_json", [](const ValidationPack& pack) { return to_canonical_json(to_json(pack)); });
  module.def("validate", &make_pack, nb::arg("card"), nb::arg("samples"),
             nb::arg("training").none(), nb::arg("settings"));
}

}  // namespace credence
