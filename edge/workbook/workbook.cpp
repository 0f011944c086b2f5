#include <credence/workbook/workbook.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <span>

namespace credence {

namespace {

using Shape = PackChart::Series::Shape;

constexpr std::size_t kLongestText = 32767;  // of a cell
constexpr lxw_row_t kChartRows = 18;

const char* excel_format(NumberFormat format) {
  switch (format) {
    case NumberFormat::count:
      return "#,##0";
    case NumberFormat::score:
      return "0";
    case NumberFormat::points:
      return "+0;-0;0";
    case NumberFormat::share:
      return "0.0%";
    case NumberFormat::number2:
      return "#,##0.00";
    case NumberFormat::number3:
      return "0.000";
    case NumberFormat::number4:
    case NumberFormat::p_value:
      break;
  }
  return "0.0000";
}

// Excel cannot take what is not valid UTF-8 or too long.
std::string fit(const std::string& text) {
  if (!is_utf8(text)) return "?";
  if (text.size() <= kLongestText) return text;
  std::size_t end = kLongestText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

class BookSetter {
 public:
  BookSetter(const ValidationPack& pack, Language language, lxw_workbook* book)
      : pack_(pack), language_(language), book_(book) {}

  void set() {
    make_formats();
    std::set<std::string> used;
    std::string data_name =
        sheet_name(language_ == Language::fr ? "Données des graphiques" : "Chart data", used);
    std::vector<lxw_worksheet*> sheets;
    for (const PackSection& section : pack_.sections) {
      std::string name = sheet_name(section.title.in(language_), used);
      sheets.push_back(workbook_add_worksheet(book_, name.c_str()));
    }
    data_ = workbook_add_worksheet(book_, data_name.c_str());
    data_name_ = data_name;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      sheet_ = sheets[i];
      section(pack_.sections[i], i == 0);
    }
  }

 private:
  void make_formats() {
    title_ = workbook_add_format(book_);
    format_set_bold(title_);
    format_set_font_size(title_, 16);
    heading_ = workbook_add_format(book_);
    format_set_bold(heading_);
    format_set_bottom(heading_, LXW_BORDER_THIN);
    format_set_text_wrap(heading_);
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      numbers_[i] = workbook_add_format(book_);
      format_set_num_format(numbers_[i], excel_format(static_cast<NumberFormat>(i)));
    }
  }

  void text(lxw_row_t row, lxw_col_t column, const std::string& words,
            lxw_format* format = nullptr) {
    worksheet_write_string(sheet_, row, column, fit(words).c_str(), format);
  }

  void section(const PackSection& one, bool is_first) {
    row_ = 0;
    worksheet_set_column(sheet_, 0, 0, 30, nullptr);
    worksheet_set_column(sheet_, 1, 20, 14, nullptr);
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, 9);  // A4
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES);
    if (is_first) particulars();
    text(row_, 0, one.title.in(language_), title_);
    row_ += 2;
    for (const PackBlock& block : one.blocks)
      std::visit([this](const auto& each) { set(each); }, block);
  }

  void particulars() {
    text(row_, 0, pack_.title.in(language_), title_);
    row_ += 2;
    for (const auto& one : pack_.particulars) {
      text(row_, 0, one.name.in(language_), bold_);
      cell(row_++, 1, one.value, one.format);
    }
    ++row_;
  }

  void set(const Text& paragraph) {
    text(row_, 0, paragraph.in(language_));
    row_ += 2;
  }

  void set(const Verdict& verdict) {
    text(row_, 0, to_text(verdict.level).in(language_), bold_);
    text(row_, 1, verdict.subject.in(language_), bold_);
    text(row_++, 4, verdict.meaning.in(language_));
  }

  void set(const PackTable& table) {
    ++row_;
    text(row_++, 0, table.caption.in(language_), bold_);
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      text(row_, static_cast<lxw_col_t>(i), table.columns[i].title.in(language_), heading_);
    ++row_;
    for (const auto& cells : table.rows) {
      for (std::size_t i = 0; i < cells.size() && i < table.columns.size(); ++i)
        cell(row_, static_cast<lxw_col_t>(i), cells[i], table.columns[i].format);
      ++row_;
    }
    ++row_;
  }

  void cell(lxw_row_t row, lxw_col_t column, const PackCell& value,
            std::optional<NumberFormat> format) {
    const double* number = std::get_if<double>(&value);
    if (number != nullptr && std::isfinite(*number)) {
      auto index = static_cast<std::size_t>(format.value_or(NumberFormat::number4));
      worksheet_write_number(sheet_, row, column, *number, numbers_[index]);
      return;
    }
    if (!std::holds_alternative<std::monostate>(value))
      text(row, column, to_text(value, format, language_));
  }

  // A column of the data sheet: its head, then its values. Returns the rows it fills.
  struct Range {
    lxw_row_t first = 0, last = 0;
    lxw_col_t column = 0;
  };
  Range number_column(const std::string& head, std::span<const double> values) {
    Range range{1, static_cast<lxw_row_t>(std::max<std::size_t>(1, values.size())), data_column_++};
    worksheet_write_string(data_, 0, range.column, fit(head).c_str(), bold_);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::isfinite(values[i]))
        worksheet_write_number(data_, static_cast<lxw_row_t>(i + 1), range.column, values[i],
                               nullptr);
    }
    return range;
  }
  Range text_column(const std::string& head, std::span<const Text> values) {
    Range range{1, static_cast<lxw_row_t>(std::max<std::size_t>(1, values.size())), data_column_++};
    worksheet_write_string(data_, 0, range.column, fit(head).c_str(), bold_);
    for (std::size_t i = 0; i < values.size(); ++i)
      worksheet_write_string(data_, static_cast<lxw_row_t>(i + 1), range.column,
                             fit(values[i].in(language_)).c_str(), nullptr);
    return range;
  }

  // The values of a series by category; a place without a value, or between categories, is empty.
  static std::vector<double> by_category(const PackChart::Series& series, std::size_t count) {
    std::vector<double> values(count, std::nan(""));
    for (std::size_t i = 0; i < series.x.size(); ++i) {
      double place = series.x[i];
      if (place >= 0 && place < static_cast<double>(count) && place == std::floor(place))
        values[static_cast<std::size_t>(place)] = series.y[i];
    }
    return values;
  }

  static std::uint8_t kind_of(const PackChart& chart) {
    bool bars = false;
    for (const PackChart::Series& one : chart.series)
      bars = bars || (one.shape == Shape::bars && !one.on_right_axis);
    if (chart.lying) return LXW_CHART_BAR;
    if (bars) return LXW_CHART_COLUMN;
    return chart.x.categories.empty() ? LXW_CHART_SCATTER_STRAIGHT : LXW_CHART_LINE;
  }

  void set(const PackChart& chart) {
    bool drawable = std::any_of(chart.series.begin(), chart.series.end(),
                                [](const auto& one) { return !one.on_right_axis; });
    if (!drawable) return;
    lxw_chart* drawn = workbook_add_chart(book_, kind_of(chart));
    std::string title = chart.title.in(language_);
    bool by_name = !chart.x.categories.empty();
    Range names;
    if (by_name) names = text_column(title, chart.x.categories);
    for (const PackChart::Series& one : chart.series) {
      std::string name = one.name.in(language_);
      std::string head = fmt::format("{}: {}", title, name);
      Range x = by_name ? names : number_column(head + " (x)", one.x);
      Range y = by_name ? number_column(head, by_category(one, chart.x.categories.size()))
                        : number_column(head, one.y);
      if (one.on_right_axis) continue;
      lxw_chart_series* series = chart_add_series(drawn, nullptr, nullptr);
      chart_series_set_categories(series, data_name_.c_str(), x.first, x.column, x.last, x.column);
      chart_series_set_values(series, data_name_.c_str(), y.first, y.column, y.last, y.column);
      chart_series_set_name(series, chart_text(name).c_str());
      if (one.shape == Shape::points && !chart.lying) {
        lxw_chart_line none = {};
        none.none = LXW_TRUE;
        chart_series_set_line(series, &none);
        chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
      }
    }
    finish(chart, drawn, title);
  }

  void name_axis(lxw_chart_axis* axis, const PackChart::Axis& from) {
    chart_axis_set_name(axis, chart_text(from.title.in(language_)).c_str());
    if (!from.categories.empty()) return;
    chart_axis_set_num_format(axis, excel_format(from.format));
    if (!axis->is_value) return;
    if (from.lowest) chart_axis_set_min(axis, *from.lowest);
    if (from.highest) chart_axis_set_max(axis, *from.highest);
  }

  void finish(const PackChart& chart, lxw_chart* drawn, const std::string& title) {
    chart_title_set_name(drawn, chart_text(title).c_str());
    // In a chart of lying bars Excel's x axis is the one of values.
    lxw_chart_axis* along = chart.lying ? drawn->y_axis : drawn->x_axis;
    lxw_chart_axis* values = chart.lying ? drawn->x_axis : drawn->y_axis;
    name_axis(along, chart.x);
    name_axis(values, chart.y);
    if (chart.lying) chart_axis_set_reverse(along);
    if (chart.series.size() < 2) chart_legend_set_position(drawn, LXW_CHART_LEGEND_NONE);
    std::string description = chart_text(chart.description.in(language_));
    lxw_chart_options options = {};
    options.x_scale = 1.4;
    options.y_scale = 1.1;
    options.description = description.data();
    ++row_;
    worksheet_insert_chart_opt(sheet_, row_, 0, drawn, &options);
    row_ += kChartRows;
  }

  const ValidationPack& pack_;
  Language language_;
  lxw_workbook* book_;
  lxw_worksheet *sheet_ = nullptr, *data_ = nullptr;
  lxw_format *title_ = nullptr, *heading_ = nullptr, *bold_ = nullptr;
  std::array<lxw_format*, 8> numbers_ = {};
  std::string data_name_;
  lxw_row_t row_ = 0;
  lxw_col_t data_column_ = 0;
};

}  // namespace

Result<Done> write_workbook(const ValidationPack& pack, Language language,
                            const std::string& path) {
  // Written beside its place, so that a disk that is full costs no book that was there before.
  std::error_code failing;
  const auto status = std::filesystem::symlink_status(path, failing);
  const bool replaces =
      !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
  const std::string draft = replaces ? path + ".partial" : path;
  failing.clear();
  // The library says on the error stream what it cannot write; asking first keeps that quiet, and
  // makes a new file its owner's alone.
  if (replaces) ::unlink(draft.c_str());
  const int how = O_WRONLY | O_CREAT | O_CLOEXEC | (replaces ? O_EXCL : 0);
  const int descriptor = ::open(draft.c_str(), how, 0600);
  if (descriptor < 0 || ::close(descriptor) != 0) {
    return Error{"workbook.write",
                 fmt::format("`{}` could not be written: {}", path, std::strerror(errno)),
                 {},
                 "is the folder there, and may it be written to?"};
  }
  lxw_workbook* book = workbook_new(draft.c_str());
  if (book == nullptr)
    return Error{"workbook.write", fmt::format("no memory for `{}`", path), {}, "try again"};
  BookSetter{pack, language, book}.set();
  lxw_error failed = workbook_close(book);
  std::string why = failed == LXW_NO_ERROR ? "" : lxw_strerror(failed);
  if (why.empty() && replaces) std::filesystem::rename(draft, path, failing);
  if (why.empty() && failing) why = failing.message();
  if (why.empty()) return Done{};
  if (replaces) std::filesystem::remove(draft, failing);
  return Error{"workbook.write",
               fmt::format("`{}` could not be written: {}", path, why),
               {},
               "is there room on the disk?"};
}

}  // namespace credence
