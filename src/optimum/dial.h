#pragma once

#include <credence/optimum/question.h>

#include <functional>
#include <string_view>
#include <vector>

namespace credence {

// A limit that is a number, as a strictness: more of it allows fewer rows of bins.
struct Dial {
  std::string_view name;
  double direction = 1;   // -1 where a smaller limit is stricter
  double resolution = 0;  // below which two values are one
  std::function<double(const Question&)> get;
  std::function<void(Question&, double)> set;
  std::function<double(const Path&)> attained;  // by the bins themselves
};

// All of them. They read the nodes of `question` when called.
std::vector<Dial> dials(const Question& question);

}  // namespace credence
