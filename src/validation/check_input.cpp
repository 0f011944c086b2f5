#include <credence/validation/check_input.h>
#include <fmt/format.h>

#include <cmath>

namespace credence {

namespace {

using Found = std::optional<Error>;

Error bad_input(std::string_view code, std::string message, std::string help) {
  return Error{fmt::format("validation.{}", code), std::move(message), {}, std::move(help)};
}

Found length(const ValidationSample& sample, std::string_view what, std::size_t entries) {
  if (entries == sample.scores.size()) return std::nullopt;
  return bad_input("rows", fmt::format("{} {} for {} scores", entries, what, sample.scores.size()),
                   "give one for each row, in the same order");
}

Found lengths(const ValidationSample& sample) {
  if (auto found = length(sample, "outcomes", sample.outcome.bad.size())) return found;
  auto optional = [&](std::string_view what, std::size_t entries) {
    return entries == 0 ? std::nullopt : length(sample, what, entries);
  };
  if (auto found = optional("weights", sample.outcome.weights.size())) return found;
  if (auto found = optional("probabilities", sample.probabilities.size())) return found;
  if (auto found = optional("scores of another card", sample.other_scores.size())) return found;
  if (auto found = optional("dates", sample.dates.size())) return found;
  if (auto found = optional("months to bad", sample.months_to_bad.size())) return found;
  for (const auto& cells : sample.cells) {
    if (auto found = length(sample, "cells", cells.size())) return found;
  }
  for (const auto& groups : sample.groups) {
    if (auto found =
            length(sample, fmt::format("memberships of `{}`", groups.name), groups.codes.size()))
      return found;
  }
  return std::nullopt;
}

Found values(const ValidationSample& sample) {
  for (std::size_t row = 0; row < sample.scores.size(); ++row) {
    if (sample.outcome.bad[row] > 1) {
      return bad_input("outcome",
                       fmt::format("row {} has the outcome {}", row + 1, sample.outcome.bad[row]),
                       "1 is bad and 0 is good; leave out rows whose outcome is not known");
    }
    double weight = sample.outcome.weight(row);
    if (!(weight > 0) || !std::isfinite(weight)) {
      return bad_input("weights", fmt::format("row {} has the weight {}", row + 1, weight),
                       "weights are positive and finite; leave out rows that do not count");
    }
    constexpr std::int32_t kMostMonths = 1200;
    if (!sample.months_to_bad.empty() && sample.months_to_bad[row] > kMostMonths) {
      return bad_input(
          "months",
          fmt::format("row {} went bad after {} months", row + 1, sample.months_to_bad[row]),
          "give whole months since opening, at most 1200; below 0 is not known");
    }
    if (sample.probabilities.empty()) continue;
    double probability = sample.probabilities[row];
    if (!(probability >= 0 && probability <= 1)) {
      return bad_input("probability",
                       fmt::format("row {} has the probability {}", row + 1, probability),
                       "probabilities of bad go from 0 to 1");
    }
  }
  return std::nullopt;
}

Found cells(const ValidationSample& sample, const std::optional<Scorecard>& card) {
  if (sample.cells.empty()) return std::nullopt;
  if (!card)
    return bad_input("cells", "cells without a card", "give the card whose cells they are");
  if (card->variables.size() != sample.cells.size()) {
    return bad_input("cells",
                     fmt::format("cells of {} variables for a card of {}", sample.cells.size(),
                                 card->variables.size()),
                     "give the cells of every variable, in the card's order");
  }
  for (std::size_t i = 0; i < sample.cells.size(); ++i) {
    int count = card->variables[i].cells.count();
    for (std::uint16_t cell : sample.cells[i]) {
      if (cell < count) continue;
      return bad_input(
          "cells",
          fmt::format("cell {} of `{}`, which has {}", cell, card->variables[i].name, count),
          "make the cells with the bins of this card");
    }
  }
  return std::nullopt;
}

Found groups(const ValidationSample& sample) {
  for (const auto& one : sample.groups) {
    auto known = static_cast<std::int32_t>(one.labels.size());
    for (std::int32_t code : one.codes) {
      if (code >= -1 && code < known) continue;
      return bad_input("groups", fmt::format("group {} of `{}` has no label", code, one.name),
                       "codes count from 0 into the labels; -1 is not known");
    }
    bool named = one.reference.empty();
    for (const std::string& label : one.labels) named = named || label == one.reference;
    if (!named) {
      return bad_input(
          "groups",
          fmt::format("`{}` has no group `{}`{}", one.name, one.reference,
                      one.labels.empty() ? "" : fmt::format(" among {} groups", one.labels.size())),
          "name one of its groups as the reference, or none");
    }
  }
  return std::nullopt;
}

Found limits(const ValidationInput& input) {
  const ValidationLimits& set = input.limits;
  if (input.bands < 2 || input.bands > 50)
    return bad_input("bands", fmt::format("{} bands of scores", input.bands), "2 to 50 are usual");
  if (!(set.confidence > 0.5 && set.confidence < 1))
    return bad_input("limits", fmt::format("a confidence of {}", set.confidence),
                     "between 0.5 and 1, usually 0.95");
  for (double limit :
       {set.stability_watch, set.stability_act, set.impact_ratio, set.mean_difference,
        set.error_rate_gap, set.smallest_cell, set.gini_fall, set.calibration_gap}) {
    if (!(limit >= 0) || !std::isfinite(limit))
      return bad_input("limits", fmt::format("a limit of {}", limit), "limits are 0 or more");
  }
  return std::nullopt;
}

bool has_both(const ValidationSample& sample) {
  bool bad = false, good = false;
  for (std::uint8_t one : sample.outcome.bad) (one != 0 ? bad : good) = true;
  return bad && good;
}

}  // namespace

std::optional<Error> defect(const ValidationInput& input) {
  if (auto found = limits(input)) return found;
  if (input.card) {
    std::vector<Error> found = defects(*input.card);
    if (!found.empty()) return found.front();
  }
  if (input.samples.empty())
    return bad_input("empty", "no sample", "give at least one sample of scores and outcomes");
  bool both = false;
  for (const ValidationSample& sample : input.samples) {
    if (sample.scores.empty())
      return bad_input("empty", "a sample without rows", "give rows, or leave the sample out");
    if (auto found = lengths(sample)) return found;
    if (auto found = values(sample)) return found;
    if (auto found = cells(sample, input.card)) return found;
    if (auto found = groups(sample)) return found;
    both = both || has_both(sample);
  }
  if (!both) {
    return bad_input("one_class", "no sample has both bad and good outcomes",
                     "a card can be judged only where some went bad and some did not");
  }
  return std::nullopt;
}

}  // namespace credence
