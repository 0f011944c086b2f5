#include <credence/advice/recourse_book.h>
#include <credence/scorecard/scoring.h>
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <map>

namespace credence {

namespace {

constexpr std::size_t kMostParts = 50;

Error no_column(const std::string& name) {
  return {"recourse.groups",
          fmt::format("the table has no column `{}`", name),
          {},
          "name columns of the table"};
}

Error stopped() {
  return {"recourse.stopped", "the audit was ended early", {}, "ask again"};
}

struct Grouped {
  AuditPartition partition;
  std::vector<int> parts;
};

Error too_many(const std::string& name) {
  return {"recourse.groups",
          fmt::format("column `{}` has more than {} values", name, kMostParts),
          {},
          "group its values first"};
}

Result<Grouped> grouped(const Column& column) {
  Grouped out{{column.name(), {}}, {}};
  if (column.kind() == Column::Kind::text) {
    if (column.dictionary().size() > kMostParts) return too_many(column.name());
    out.partition.parts.assign(column.dictionary().begin(), column.dictionary().end());
    out.parts.assign(column.codes().begin(), column.codes().end());
    return out;
  }
  std::vector<double> values(column.size());
  column.read(0, values);
  std::map<double, int> parts;
  for (double value : values) {
    if (!std::isnan(value)) parts.try_emplace(value, 0);
    if (parts.size() > kMostParts) return too_many(column.name());
  }
  for (auto& [value, part] : parts) {
    part = static_cast<int>(out.partition.parts.size());
    out.partition.parts.push_back(fmt::format("{}", value));
  }
  for (double value : values) out.parts.push_back(std::isnan(value) ? -1 : parts[value]);
  return out;
}

}  // namespace

Result<RecourseBook> RecourseBook::of(Adviser adviser, const Table& table,
                                      const std::vector<std::string>& groups) {
  RecourseBook book(std::move(adviser));
  book.rows_ = table.rows();
  const Scorecard& card = book.adviser_.card();
  auto scored = score_table(card, table, {});
  if (!scored) return scored.error();
  book.scores_ = std::move(scored->scores);
  for (const Scorecard::Variable& variable : card.variables) {
    const Column& column = *table.find(variable.name);
    std::vector<std::uint16_t> cells(table.rows(),
                                     static_cast<std::uint16_t>(variable.cells.missing()));
    std::vector<double> values;
    // A column without any value reads as numbers, also where the card knows texts.
    if (column.kind() == variable.cells.kind()) variable.cells.assign(column, cells);
    if (variable.cells.kind() == Column::Kind::number) {
      values.resize(table.rows());
      column.read(0, values);
    }
    book.cells_.push_back(std::move(cells));
    book.values_.push_back(std::move(values));
  }
  for (const std::string& name : groups) {
    const Column* column = table.find(name);
    if (column == nullptr) return no_column(name);
    auto one = grouped(*column);
    if (!one) return one.error();
    book.partitions_.push_back(std::move(one->partition));
    book.parts_.push_back(std::move(one->parts));
  }
  return book;
}

RecourseBook::Row RecourseBook::row(std::size_t at) const {
  Row out;
  for (std::size_t variable = 0; variable < cells_.size(); ++variable) {
    out.cells.push_back(cells_[variable][at]);
    out.values.push_back(values_[variable].empty() ? std::numeric_limits<double>::quiet_NaN()
                                                   : values_[variable][at]);
  }
  return out;
}

Result<AdviceAnswer> RecourseBook::advise(std::size_t at, int target) const {
  Row one = row(at);
  return adviser_.advise({one.cells, one.values}, target);
}

Result<RecourseAudit> RecourseBook::audit(const BookAudit& asked) const {
  AuditPlan plan;
  plan.people = rows_;
  plan.partitions = partitions_;
  plan.threads = asked.threads;
  plan.progress = asked.progress;
  plan.person = [&](std::size_t at) -> Result<std::optional<AuditCase>> {
    if (asked.stopped && asked.stopped()) return stopped();
    if (scores_[at] >= asked.target) return std::optional<AuditCase>{};
    Row one = row(at);
    auto problem = adviser_.problem({one.cells, one.values}, asked.target);
    if (!problem) return problem.error();
    AuditCase person{*std::move(problem), {}};
    for (const std::vector<int>& parts : parts_) person.parts.push_back(parts[at]);
    return std::optional{std::move(person)};
  };
  return audit_recourse(plan);
}

}  // namespace credence
