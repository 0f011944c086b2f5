#include <credence/native/errors.h>
#include <credence/native_society/published_models.h>
#include <credence/published/published.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <string>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

nb::list models() {
  nb::list out;
  for (const PublishedModel& model : published_models()) {
    out.append(nb::make_tuple(std::string{model.id}, std::string{model.title},
                              std::string{model.source}, model.needs_data));
  }
  return out;
}

// Each check as (id, what, source, published, ours, tolerance, holds).
nb::list checks_of(const std::string& id, std::uint32_t seed, double effort,
                   const std::string& score_table, unsigned threads) {
  const auto all = published_models();
  const auto model = std::ranges::find(all, id, &PublishedModel::id);
  if (model == all.end()) {
    raise(Error{.code = "published.model",
                .message = "there is no published model '" + id + "'",
                .help = "models are named by a letter, from A on"});
  }
  const PublishedSetting setting{.seed = seed, .effort = effort, .liu_score_table = score_table};
  const std::vector<PublishedCheck> checks = without_gil([&] {
    Crew crew(std::min(256U, threads));
    return model->run(setting, crew);
  });
  nb::list out;
  for (const PublishedCheck& check : checks) {
    out.append(nb::make_tuple(check.id, check.what, check.source, check.published, check.ours,
                              check.tolerance, check.holds()));
  }
  return out;
}

}  // namespace

void bind_published(nb::module_& module) {
  module.def("published_models", &models);
  module.def("published_checks", &checks_of, nb::arg("model"), nb::arg("seed"), nb::arg("effort"),
             nb::arg("score_table"), nb::arg("threads"));
}

}  // namespace credence
