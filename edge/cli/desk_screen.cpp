#include <credence/base/text.h>
#include <credence/cli/bin_table.h>
#include <credence/cli/desk_screen.h>
#include <credence/cli/desk_view.h>

#include <algorithm>

namespace credence {

namespace {

using Lines = std::vector<std::string>;

// Bytes of the first `count` characters.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

void append(Lines& lines, const Lines& more) {
  lines.insert(lines.end(), more.begin(), more.end());
}

Lines wrapped_all(const Lines& texts, int width) {
  Lines lines;
  for (const std::string& text : texts) append(lines, wrapped(text, width));
  return lines;
}

Lines keys_of(const Tongue& tongue, int width) {
  return wrapped(
      tongue.say({"up/down bin, left/right variable, j join, s split, b best, t trend, +/- bins, "
                  "u undo, r redo, w write, : command, ? help, q quit",
                  "haut/bas classe, gauche/droite variable, j joindre, s couper, b optimum, t "
                  "tendance, +/- classes, u annuler, r refaire, w écrire, : commande, ? aide, q "
                  "quitter"}),
      width);
}

// The part of the table that has room, with the chosen row in it; the header stays.
Lines window(Lines table, int chosen, std::size_t room) {
  if (table.size() <= room || room < 2) {
    table.resize(std::min(table.size(), room));
    return table;
  }
  const std::size_t rows = room - 1, all = table.size() - 1;
  const auto at = static_cast<std::size_t>(std::max(chosen, 1)) - 1;
  const std::size_t first = std::min(at > rows / 2 ? at - rows / 2 : 0, all - rows);
  Lines part = {table.front()};
  for (std::size_t i = 0; i < rows; ++i) part.push_back(std::move(table[1 + first + i]));
  return part;
}

Lines page(const DeskPicture& picture, std::size_t rows, const Tongue& tongue) {
  Lines lines;
  const std::size_t room = rows > 1 ? rows - 1 : 1;
  for (std::size_t i = picture.page_top; i < picture.pages.size() && lines.size() < room; ++i)
    lines.push_back(picture.pages[i]);
  if (rows > 1) lines.push_back(tongue.say({"any key goes on", "une touche continue"}));
  return lines;
}

// The end of what is typed, where it is longer than a line.
std::string prompt(const std::string& typed, int width) {
  const std::size_t size = characters(typed),
                    room = static_cast<std::size_t>(std::max(width - 2, 1));
  return ":" + (size > room ? typed.substr(bytes_of(typed, size - room)) : typed);
}

}  // namespace

std::vector<std::string> wrapped(const std::string& text, int width) {
  const auto most = static_cast<std::size_t>(std::max(width, 1));
  Lines lines;
  std::string_view rest = text;
  while (characters(rest) > most) {
    std::size_t end = bytes_of(rest, most);
    const std::size_t blank = rest.substr(0, end + 1).rfind(' ');
    const bool has_word = blank != std::string_view::npos && blank > 0;
    if (has_word) end = blank;
    lines.emplace_back(rest.substr(0, end));
    rest.remove_prefix(has_word ? end + 1 : end);
  }
  lines.emplace_back(rest);
  return lines;
}

std::vector<std::string> desk_screen(const DeskSession& session, const DeskPicture& picture,
                                     const ScreenSize& size) {
  const auto rows = static_cast<std::size_t>(std::max(size.rows, 1));
  const Tongue& tongue = session.tongue();
  if (!picture.pages.empty()) return page(picture, rows, tongue);
  Lines head = wrapped_all(desk_head(session.desk(), tongue), size.columns);
  Lines table, told = wrapped_all(picture.told, size.columns);
  if (const auto& bins = session.desk().current().bins)
    table =
        bin_table(*bins, {.width = size.columns, .numbered = true, .chosen = picture.bin}, tongue);
  for (std::string& line : table) line = printable(line);
  if (picture.typed) told.push_back(prompt(*picture.typed, size.columns));
  Lines keys = keys_of(tongue, size.columns);
  // The table needs its header and three rows; then the keys go, then what stands above.
  const std::size_t least = std::min<std::size_t>(table.size(), 4);
  if (head.size() + least + told.size() + keys.size() > rows) keys.clear();
  const std::size_t room_for_told = std::max<std::size_t>(rows / 2, 1);
  if (told.size() > room_for_told)
    told.erase(told.begin(), told.end() - static_cast<std::ptrdiff_t>(room_for_told));
  const std::size_t taken = told.size() + keys.size() + least;
  head.resize(std::min(head.size(), std::max<std::size_t>(rows > taken ? rows - taken : 1, 1)));
  const std::size_t used = head.size() + told.size() + keys.size();
  Lines lines = head;
  append(lines, window(std::move(table), picture.bin, rows > used ? rows - used : 0));
  append(lines, keys);
  append(lines, told);
  lines.resize(std::min(lines.size(), rows));
  return lines;
}

}  // namespace credence
