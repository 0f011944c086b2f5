// Judges the cases with Credence's own verifier: foreign_judge_own CASES.
#include <fstream>
#include <iostream>
#include <map>

#include "case.h"

int main(int argc, char** argv) {
  using namespace credence;
  if (argc != 2) {
    std::cerr << "usage: foreign_judge_own CASES\n";
    return 2;
  }
  constexpr int kLeast = 10'000;
  int judged = 0, wrong = 0;
  std::map<Label, int> right;
  std::ifstream file(argv[1]);
  for (std::string line; std::getline(file, line);) {
    auto item = parse_line(line);
    expects(static_cast<bool>(item), "the cases are our own JSON");
    ++judged;
    if (accepts(*item) == (item->label == Label::valid)) {
      ++right[item->label];
    } else {
      ++wrong;
      std::cout << "differs: " << item->group << "\n" << line << "\n";
    }
  }
  std::cout << right[Label::valid] << " proofs accepted, " << right[Label::mutant]
            << " mutants refused, " << right[Label::lenient]
            << " refused that x/mod lets pass (doubled signature lines)\n";
  if (wrong > 0) std::cout << "RED: " << wrong << " of " << judged << " judgements differ\n";
  bool enough = right[Label::valid] >= kLeast && right[Label::mutant] >= kLeast;
  if (!enough) std::cout << "RED: fewer than " << kLeast << " of each were judged\n";
  return wrong == 0 && enough ? 0 : 1;
}
