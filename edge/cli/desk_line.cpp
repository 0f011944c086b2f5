#include <credence/base/text.h>
#include <credence/binning/bin_desk_state.h>
#include <credence/cli/binning_view.h>
#include <credence/cli/desk_line.h>
#include <credence/cli/desk_words.h>
#include <credence/intake/number_text.h>
#include <credence/terminal/bars.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>

namespace credence {

namespace {

using Words = std::vector<std::string>;
using Read = std::variant<DeskLine::Wish, Finding>;

// Words between blanks; quotes hold several together, and a backslash takes the next character as
// it is inside of them.
std::variant<Words, Finding> words_of(std::string_view line) {
  Words words;
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (c == ' ' || c == '\t') {
      ++at;
      continue;
    }
    if (c == '#') break;
    std::string word;
    if (c != '"') {
      while (at < line.size() && line[at] != ' ' && line[at] != '\t') word += line[at++];
      words.push_back(std::move(word));
      continue;
    }
    bool is_closed = false;
    for (++at; at < line.size() && !is_closed; ++at) {
      if (line[at] == '\\' && at + 1 < line.size())
        word += line[++at];
      else if (line[at] == '"')
        is_closed = true;
      else
        word += line[at];
    }
    if (!is_closed)
      return desk_finding("desk.line", {"the quote is not closed", "le guillemet n'est pas fermé"},
                          {"end it with another \"", "fermez-le avec un autre \""});
    words.push_back(std::move(word));
  }
  return words;
}

std::string without_accents(std::string_view text) {
  std::string out{text};
  for (std::string_view accented : {"é", "è", "à"}) {
    const std::string_view plain = accented == "à" ? "a" : "e";
    for (std::size_t at; (at = out.find(accented)) != std::string::npos;)
      out.replace(at, accented.size(), plain);
  }
  return out;
}

bool is_word(const std::string& written, const Text& name) {
  return written == name.en || written == name.fr || written == without_accents(name.fr);
}

Finding wants(const DeskWordEntry& entry) {
  const auto usage = [&](Language language) {
    const std::string& after = entry.after.in(language);
    return entry.name.in(language) + (after.empty() ? "" : " " + after);
  };
  return desk_finding("desk.line",
                      {fmt::format("`{}` is not written like this", entry.name.en),
                       fmt::format("« {} » ne s'écrit pas ainsi", entry.name.fr)},
                      {fmt::format("write `{}`", usage(Language::en)),
                       fmt::format("écrivez « {} »", usage(Language::fr))});
}

std::optional<int> whole(const std::string& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> decimal(const std::string& text) {
  auto value = parse_cell(text, '.');
  if (!value) value = parse_cell(text, ',');
  if (!value || !std::isfinite(*value)) return std::nullopt;
  return *value;
}

Finding no_number(const std::string& text) {
  return desk_finding(
      "desk.number",
      {fmt::format("`{}` is not a number", text), fmt::format("« {} » n'est pas un nombre", text)},
      {"write it as in 41.5; bins have whole numbers from 1",
       "écrivez-le comme 41,5 ; les classes ont des numéros à partir de 1"});
}

// Reads what stands after a word; each gives the wish or the finding.
class After {
 public:
  After(const DeskWordEntry& entry, Words words) : entry_(entry), words_(std::move(words)) {}

  Read read(std::string_view rest) const;

 private:
  Read join() const {
    if (words_.empty() || words_.size() > 2) return wants(entry_);
    BinDesk::Join join;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const auto bin = whole(words_[i]);
      if (!bin) return no_number(words_[i]);
      if (i == 0)
        join.first = *bin;
      else
        join.second = *bin;
    }
    return BinDesk::Command{join};
  }
  Read split() const {
    Words words = words_;
    const auto is_at = [](const std::string& word) {
      return word == "at" || word == "à" || word == "a";
    };
    if (words.size() == 3 && is_at(words[1])) words.erase(words.begin() + 1);
    const bool ends_too_soon = words.size() == 2 && is_at(words[1]);
    if (words.empty() || words.size() > 2 || ends_too_soon) return wants(entry_);
    const auto bin = whole(words[0]);
    if (!bin) return no_number(words[0]);
    if (words.size() == 1) return BinDesk::Command{BinDesk::Split{*bin, {}}};
    const auto at = decimal(words[1]);
    if (!at) return no_number(words[1]);
    return BinDesk::Command{BinDesk::Split{*bin, *at}};
  }
  Read edge() const {
    if (words_.size() != 2) return wants(entry_);
    const auto edge = whole(words_[0]);
    const auto to = decimal(words_[1]);
    if (!edge || !to) return no_number(words_[edge ? 1 : 0]);
    return BinDesk::Command{BinDesk::MoveEdge{*edge, *to}};
  }
  Read put() const {
    Words words = words_;
    const bool has_into = words.size() >= 3 &&
                          (words[words.size() - 2] == "into" || words[words.size() - 2] == "dans");
    if (has_into) words.erase(words.end() - 2);
    if (words.size() < 2) return wants(entry_);
    const auto group = whole(words.back());
    if (!group) return no_number(words.back());
    words.pop_back();
    return BinDesk::Command{BinDesk::PutInto{fmt::format("{}", fmt::join(words, " ")), *group}};
  }
  Read bins() const {
    if (words_.empty() || words_.size() > 2) return wants(entry_);
    if (words_.size() == 1 && (words_[0] == "any" || words_[0] == "libre"))
      return BinDesk::Command{BinDesk::SetBins{}};
    const auto least = whole(words_.front()), most = whole(words_.back());
    if (!least || !most) return no_number(words_[least ? 1 : 0]);
    return BinDesk::Command{BinDesk::SetBins{*least, *most}};
  }
  Read trend() const {
    if (words_.size() != 1) return wants(entry_);
    std::vector<std::string> known;
    for (Trend trend : {Trend::automatic, Trend::none, Trend::ascending, Trend::descending,
                        Trend::peak, Trend::valley, Trend::concave, Trend::convex}) {
      const Text name = {name_of(trend, Tongue{Language::en}),
                         name_of(trend, Tongue{Language::fr})};
      if (is_word(words_[0], name)) return BinDesk::Command{BinDesk::SetTrend{trend}};
      known.push_back(name.en);
      known.push_back(name.fr);
    }
    const std::string near = nearest(words_[0], std::span<const std::string>(known));
    Finding finding = wants(entry_);
    finding.message = {fmt::format("`{}` is no trend", words_[0]),
                       fmt::format("« {} » n'est pas une tendance", words_[0])};
    finding.help = near.empty() ? entry_.does
                                : Text{fmt::format("did you mean `{}`?", near),
                                       fmt::format("vouliez-vous dire « {} » ?", near)};
    return finding;
  }
  Read share() const {
    Words words = words_;
    if (words.size() == 2 && words[1] == "%") {
      words[0] += "%";
      words.pop_back();
    }
    if (words.size() != 1) return wants(entry_);
    std::string text = words[0];
    const bool hundredths = text.ends_with('%');
    if (hundredths) text.pop_back();
    const auto share = decimal(text);
    if (!share) return no_number(words[0]);
    return BinDesk::Command{BinDesk::SetLeastShare{hundredths ? *share / 100 : *share}};
  }
  // One name, also of several words that are not quoted.
  template <typename Make>
  Read named(const Make& make) const {
    if (words_.empty()) return wants(entry_);
    return make(fmt::format("{}", fmt::join(words_, " ")));
  }
  Read quit() const {
    if (words_.empty()) return DeskLine::Quit{};
    const std::string rest = without_accents(fmt::format("{}", fmt::join(words_, " ")));
    if (rest == "without writing" || rest == "sans ecrire")
      return DeskLine::Quit{.without_writing = true};
    return wants(entry_);
  }
  Read alone(DeskLine::Wish wish) const {
    return words_.empty() ? Read{std::move(wish)} : Read{wants(entry_)};
  }

  const DeskWordEntry& entry_;
  Words words_;
};

Read After::read(std::string_view rest) const {
  using W = DeskWord;
  using Desk = BinDesk;
  const auto command = [](BinDesk::Command one) { return DeskLine::Wish{std::move(one)}; };
  const auto reason = [&](const std::string& text) -> Read {
    // A reason without quotes is taken as it was written, blanks included.
    return command(Desk::GiveReason{words_.size() == 1 ? text : std::string{rest}});
  };
  switch (entry_.word) {
    case W::join:
      return join();
    case W::split:
      return split();
    case W::edge:
      return edge();
    case W::take:
      return named(
          [&](std::string text) -> Read { return command(Desk::TakeOut{std::move(text)}); });
    case W::put:
      return put();
    case W::bins:
      return bins();
    case W::trend:
      return trend();
    case W::share:
      return share();
    case W::best:
      return alone(command(Desk::TakeBest{}));
    case W::undo:
      return alone(command(Desk::Undo{}));
    case W::redo:
      return alone(command(Desk::Redo{}));
    case W::next:
      return alone(command(Desk::Step{1}));
    case W::previous:
      return alone(command(Desk::Step{-1}));
    case W::go:
      return named([&](std::string name) -> Read { return command(Desk::Go{std::move(name)}); });
    case W::leave_out:
      return alone(command(Desk::SetPlace{Desk::Place::left_out}));
    case W::keep:
      return alone(command(Desk::SetPlace{Desk::Place::kept}));
    case W::free:
      return alone(command(Desk::SetPlace{Desk::Place::by_selection}));
    case W::because:
      return named(reason);
    case W::show:
      return alone(DeskLine::Show{});
    case W::list:
      return alone(DeskLine::List{});
    case W::proof:
      return alone(DeskLine::Proof{});
    case W::write:
      if (words_.empty()) return DeskLine::Wish{DeskLine::Write{}};
      return named([](std::string path) -> Read { return DeskLine::Write{std::move(path)}; });
    case W::quit:
      return quit();
    case W::help:
      return DeskLine::Wish{DeskLine::Help{fmt::format("{}", fmt::join(words_, " "))}};
  }
  return wants(entry_);
}

// What follows the first `words` words of a line, as it was written.
std::string_view rest_of(std::string_view line, std::size_t words) {
  const auto skip = [&](bool blanks) {
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t') == blanks)
      line.remove_prefix(1);
  };
  skip(true);
  for (std::size_t i = 0; i < words; ++i) {
    skip(false);
    skip(true);
  }
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

Finding unknown_word(const std::string& word) {
  std::vector<std::string> known;
  for (const DeskWordEntry& entry : desk_words()) {
    known.push_back(entry.name.en);
    known.push_back(entry.name.fr);
  }
  const std::string near = nearest(word, std::span<const std::string>(known));
  return desk_finding("desk.line",
                      {fmt::format("`{}` is no command here", word),
                       fmt::format("« {} » n'est pas une commande ici", word)},
                      near.empty() ? Text{"`help` lists them", "« aide » les montre toutes"}
                                   : Text{fmt::format("did you mean `{}`?", near),
                                          fmt::format("vouliez-vous dire « {} » ?", near)});
}

std::string help_line(const DeskWordEntry& entry, const Tongue& tongue) {
  const std::string after = tongue.say(entry.after);
  return fmt::format("  {}  {}\n",
                     left_aligned(tongue.say(entry.name) + (after.empty() ? "" : " " + after), 28),
                     tongue.say(entry.does));
}

}  // namespace

std::variant<DeskLine::Wish, Finding> read_desk_line(std::string_view line) {
  if (!is_utf8(line))
    return desk_finding("desk.line", {"this line is not UTF-8", "cette ligne n'est pas en UTF-8"},
                        {"write it as plain text in UTF-8", "écrivez-la en texte UTF-8"});
  const bool has_control = std::ranges::any_of(line, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
  if (has_control)
    return desk_finding("desk.line",
                        {"this line holds a control character",
                         "cette ligne contient un caractère de "
                         "commande"},
                        {"write it as plain text", "écrivez-la en texte simple"});
  auto split = words_of(line);
  if (auto* wrong = std::get_if<Finding>(&split)) return *wrong;
  Words words = std::get<Words>(std::move(split));
  if (words.empty()) return DeskLine::Nothing{};
  for (const DeskWordEntry& entry : desk_words()) {
    const auto own = static_cast<std::size_t>(std::ranges::count(entry.name.en, ' ')) + 1;
    const bool two = own == 2 && words.size() >= 2 && words[0] + " " + words[1] == entry.name.en;
    if (!two && !is_word(words[0], entry.name)) continue;
    const std::size_t taken = two ? 2 : 1;
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(taken));
    return After{entry, std::move(words)}.read(rest_of(line, taken));
  }
  return unknown_word(words[0]);
}

std::string desk_help(const std::string& word, const Tongue& tongue) {
  std::string out;
  for (const DeskWordEntry& entry : desk_words())
    if (word.empty() || is_word(word, entry.name)) out += help_line(entry, tongue);
  return out;
}

}  // namespace credence
