// Writes the cases of the foreign judgement: foreign_generate CASES CONTROL. CONTROL is the same
// with one mutant labelled as valid, which every judge must notice.
#include <fstream>
#include <iostream>

#include "mutants.h"

namespace {

using namespace credence;

constexpr std::string_view kOrigin = "trust.example/log1";
constexpr std::uint64_t kEverySizeTo = 145;

class Generator {
 public:
  explicit Generator(std::ostream& out) : out_(out) {}

  void every_leaf(const Log& log, std::uint64_t size) {
    for (std::uint64_t index = 0; index < size; ++index) inclusion(log, index, size);
  }
  void some_leaves(const Log& log, std::uint64_t size, int count) {
    inclusion(log, 0, size);
    inclusion(log, size - 1, size);
    for (int i = 0; i < count; ++i) inclusion(log, numbers_.below(size), size);
  }
  void consistency(const Log& log, std::uint64_t from, std::uint64_t to) {
    ForeignCase valid;
    valid.group = "consistency: valid";
    valid.from = from;
    valid.to = to;
    valid.from_root = log.root(from);
    valid.to_root = log.root(to);
    valid.path = log.consistency(from, to);
    write(valid);
    // Two equal roots cannot be told apart once exchanged.
    if (from == to) return;
    auto mutant = mutate_consistency(valid, next_++ % kConsistencyMutations, numbers_);
    if (mutant) write(*mutant);
  }
  // The last mutant again, under a false label.
  std::string lie() const {
    ForeignCase item = last_mutant_;
    item.label = Label::valid;
    return to_line(item);
  }
  Numbers& numbers() { return numbers_; }

 private:
  void inclusion(const Log& log, std::uint64_t index, std::uint64_t size) {
    Proved proved{key_,  forger_,          Checkpoint{std::string{kOrigin}, size, log.root(size)},
                  index, log.entry(index), log.inclusion(index, size)};
    write(inclusion_case(proved));
    std::optional<ForeignCase> mutant;
    while (!mutant) mutant = mutate_inclusion(proved, next_++ % kInclusionMutations, numbers_);
    write(*mutant);
  }
  void write(const ForeignCase& item) {
    out_ << to_line(item) << '\n';
    if (item.label == Label::mutant) last_mutant_ = item;
  }

  std::ostream& out_;
  Numbers numbers_{20261121};
  SigningKey key_ = *SigningKey::from_seed(std::string{kOrigin}, Bytes(32, 1));
  SigningKey forger_ = *SigningKey::from_seed(std::string{kOrigin}, Bytes(32, 2));
  std::size_t next_ = 0;
  ForeignCase last_mutant_;
};

void generate(Generator& generator) {
  Log log(70'000, generator.numbers());
  for (std::uint64_t size = 1; size <= kEverySizeTo; ++size) {
    generator.every_leaf(log, size);
    for (std::uint64_t from = 1; from <= size; from += 7) generator.consistency(log, from, size);
  }
  for (std::uint64_t size : std::initializer_list<std::uint64_t>{
           255, 256, 257, 1000, 4095, 4096, 4097, 65'535, 65'536, 65'537, 70'000}) {
    generator.some_leaves(log, size, 100);
    for (int i = 0; i < 50; ++i) {
      generator.consistency(log, 1 + generator.numbers().below(size), size);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: foreign_generate CASES CONTROL\n";
    return 2;
  }
  std::ofstream cases(argv[1]);
  Generator generator(cases);
  generate(generator);
  cases.close();
  std::ofstream control(argv[2]);
  control << std::ifstream(argv[1]).rdbuf() << generator.lie() << '\n';
  control.close();
  return cases && control ? 0 : 1;
}
