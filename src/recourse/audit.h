#pragma once

#include <credence/base/json.h>
#include <credence/recourse/recourse.h>

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace credence {

// One applicant of a book, below the target, with the parts of the book that they belong to.
struct AuditCase {
  RecourseProblem problem;
  std::vector<int> parts = {};  // per partition of AuditPlan, the index of the part; -1 is unknown
};

// Segments or groups: everybody belongs to at most one part of each partition. Groups kept for
// audit enter here and nowhere else.
struct AuditPartition {
  std::string name;
  std::vector<std::string> parts = {};
};

struct AuditPlan {
  std::size_t people = 0;
  // The case of each, 0 to people - 1. It must give the same answer whenever it is called, also
  // from several threads at once. Nothing: this person is not asked about (already there).
  std::function<Result<std::optional<AuditCase>>(std::size_t person)> person = {};
  std::vector<AuditPartition> partitions = {};
  std::size_t smallest_part = 30;  // parts with fewer people are counted and not told about
  unsigned threads = 1;            // the result does not depend on it
  // From the calling thread only.
  std::function<void(std::size_t done, std::size_t total)> progress = {};
};

// Nearest-rank quantiles over those who have a way.
struct AuditQuantiles {
  static constexpr std::array<int, 5> kPercent = {10, 25, 50, 75, 90};
  std::array<std::int64_t, 5> cost = {};
  std::array<int, 5> months = {};
  std::array<int, 5> changes = {};
};

struct AuditPart {
  std::string name;
  std::size_t people = 0;     // asked about
  bool too_small = false;     // then nothing below is told
  std::size_t reachable = 0;  // with a way
  double unreachable_share = 0;
  double low = 0, high = 0;                      // 95 % Wilson interval of that share
  std::array<std::size_t, 6> why_not = {};       // by WhyNot
  std::optional<AuditQuantiles> quantiles = {};  // none when nobody has a way
};

struct AuditedPartition {
  std::string name;
  std::vector<AuditPart> parts = {};  // as declared; then "unknown" where somebody is
  // Largest minus smallest share without a way, over the parts that are told about.
  std::optional<double> gap = {};
};

struct RecourseAudit {
  AuditPart whole;
  std::size_t not_asked = 0;  // already there
  std::vector<AuditedPartition> partitions = {};
};

// The share of a book with no reachable way up, and what the ways cost, over all and by part. The
// first error of a case, in the order of people, ends it; recourse.part: parts that do not exist.
Result<RecourseAudit> audit_recourse(const AuditPlan& plan);

Json to_json(const RecourseAudit& audit);

}  // namespace credence
