#include <credence/base/expects.h>
#include <credence/base/wording.h>
#include <credence/report/wordings.h>

#include <array>

namespace credence {

const Text& text_of(Say what) {
  using Index = std::array<const Text*, static_cast<std::size_t>(Say::count_)>;
  static const Index index = [] {
    Index all = {};
    for (auto* part : {&wordings_of_page, &wordings_of_programmes, &wordings_of_pictures,
                       &wordings_of_lives, &wordings_of_measures, &wordings_of_odd}) {
      for (const SaidText& one : part()) all[static_cast<std::size_t>(one.what)] = &one.text;
    }
    return all;
  }();
  const Text* text = index[static_cast<std::size_t>(what)];
  expects(text != nullptr, "wordings: a sentence that was never written");
  return *text;
}

std::string say(Say what, Language language, std::initializer_list<std::string> values) {
  return fill_slots(text_of(what).in(language), {values.begin(), values.size()});
}

}  // namespace credence
