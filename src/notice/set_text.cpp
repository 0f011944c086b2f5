#include <credence/notice/document.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kGap = 2;  // between columns

std::string spaces(std::size_t count) {
  return std::string(count, ' ');
}

// Lines of at most `width` characters, broken between words; a longer word is broken inside.
std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  auto start_line = [&] {
    lines.emplace_back();
    used = 0;
  };
  while (!text.empty()) {
    std::size_t begin = text.find_first_not_of(" \n\r\t");
    if (begin == std::string_view::npos) break;
    text.remove_prefix(begin);
    std::string_view word = text.substr(0, text.find_first_of(" \n\r\t"));
    text.remove_prefix(word.size());
    std::size_t length = characters(word);
    if (used > 0 && used + 1 + length > width) start_line();
    if (used > 0) lines.back() += ' ', ++used;
    for (char c : word) {
      bool starts_character = (c & 0xc0) != 0x80;
      if (starts_character && used == width) start_line();
      lines.back() += c;
      if (starts_character) ++used;
    }
  }
  return lines;
}

class TextSetter {
 public:
  std::string take() { return std::move(out_); }

  void title(const std::string& text) {
    for (const std::string& line : wrap(text, kWidth)) out_ += line + '\n';
    out_ += std::string(std::min(kWidth, characters(text)), '=') + '\n';
  }
  void operator()(const Heading& heading) {
    out_ += '\n';
    for (const std::string& line : wrap(heading.text, kWidth)) out_ += '\n' + line;
    out_ += '\n' + std::string(std::min(kWidth, characters(heading.text)), '-') + '\n';
  }
  void operator()(const Paragraph& paragraph) {
    out_ += '\n';
    hang({}, paragraph.text);
  }
  void operator()(const Items& items) {
    out_ += '\n';
    for (std::size_t i = 0; i < items.items.size(); ++i) {
      hang(items.numbered ? fmt::format("{:>2}. ", i + 1) : "  - ", items.items[i]);
    }
  }
  void operator()(const Particulars& particulars) {
    out_ += '\n';
    std::size_t width = 0;
    for (const auto& entry : particulars.entries) width = std::max(width, characters(entry.name));
    for (const auto& entry : particulars.entries) {
      hang(entry.name + spaces(width - characters(entry.name) + kGap), entry.value);
    }
  }
  void operator()(const Bar& bar) {
    constexpr int kCells = 50;
    std::int64_t range = std::max<std::int64_t>(1, std::int64_t{bar.highest} - bar.lowest);
    std::int64_t value = std::clamp(bar.value, bar.lowest, bar.highest);
    auto filled = static_cast<std::size_t>((value - bar.lowest) * kCells / range);
    out_ += fmt::format("\n{} [{}{}] {}\n", bar.lowest, std::string(filled, '#'),
                        std::string(kCells - filled, '.'), bar.highest);
    hang({}, bar.label);
  }
  void operator()(const LetterTable& table) {
    out_ += '\n';
    hang({}, table.caption);
    std::vector<std::size_t> widths = widths_of(table);
    std::vector<std::string> names;
    for (const auto& column : table.columns) names.push_back(column.name);
    row(table, widths, names);
    rule(widths);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      if (table.last_is_sum && i + 1 == table.rows.size()) rule(widths);
      row(table, widths, table.rows[i]);
    }
  }

 private:
  void hang(const std::string& lead, const std::string& text) {
    std::size_t indent = characters(lead);
    std::string before = lead;
    for (const std::string& line : wrap(text, kWidth - std::min(indent, kWidth / 2))) {
      out_ += before + line + '\n';
      before = spaces(indent);
    }
  }

  // As wide as its widest cell; while that is too much, the widest column gives way.
  static std::vector<std::size_t> widths_of(const LetterTable& table) {
    std::vector<std::size_t> widths;
    for (const auto& column : table.columns) widths.push_back(characters(column.name));
    for (const auto& cells : table.rows) {
      for (std::size_t i = 0; i < widths.size() && i < cells.size(); ++i) {
        widths[i] = std::max(widths[i], characters(cells[i]));
      }
    }
    auto total = [&widths] {
      std::size_t sum = kGap * (widths.size() - 1);
      for (std::size_t width : widths) sum += width;
      return sum;
    };
    while (!widths.empty() && total() > kWidth) {
      auto widest = std::ranges::max_element(widths);
      if (*widest <= 4) break;
      --*widest;
    }
    return widths;
  }
  void rule(const std::vector<std::size_t>& widths) {
    std::size_t total = kGap * (widths.size() - 1);
    for (std::size_t width : widths) total += width;
    out_ += std::string(total, '-') + '\n';
  }
  void row(const LetterTable& table, const std::vector<std::size_t>& widths,
           const std::vector<std::string>& cells) {
    std::vector<std::vector<std::string>> wrapped;
    std::size_t height = 1;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      wrapped.push_back(wrap(i < cells.size() ? cells[i] : std::string{}, widths[i]));
      height = std::max(height, wrapped.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      std::string set;
      for (std::size_t i = 0; i < widths.size(); ++i) {
        std::string cell = line < wrapped[i].size() ? wrapped[i][line] : std::string{};
        std::string pad = spaces(widths[i] - std::min(widths[i], characters(cell)));
        set += (i == 0 ? "" : spaces(kGap)) + (table.columns[i].number ? pad + cell : cell + pad);
      }
      set.erase(set.find_last_not_of(' ') + 1);
      out_ += set + '\n';
    }
  }

  std::string out_;
};

}  // namespace

std::string set_as_text(const Document& document) {
  TextSetter setter;
  setter.title(document.title);
  for (const Block& block : document.blocks) std::visit(setter, block);
  return setter.take();
}

}  // namespace credence
