#pragma once

#include <credence/base/finding.h>

#include <optional>
#include <utility>

namespace credence {

// An error of binning in both languages, with its code. What no one says in French is told by its
// code there; where the details matter they follow as English has them.
Finding told_of(const Error& error, const std::string& variable);

// A value or an error, as any Result; an error that stands in both languages keeps both.
template <class T>
class [[nodiscard]] Attempt : public Result<T> {
 public:
  using Result<T>::Result;
  Attempt(Finding told)
      : Result<T>(Error{told.code, told.message.en, {}, told.help.en}), told_(std::move(told)) {}

  // REQUIRES: an error.
  Finding told(const std::string& variable) const {
    return told_ ? *told_ : told_of(this->error(), variable);
  }

 private:
  std::optional<Finding> told_;
};

}  // namespace credence
