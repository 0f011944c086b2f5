#pragma once

#include <credence/base/expects.h>
#include <credence/exchange/exchange.h>
#include <credence/exchange/import.h>

namespace credence {

// Any bytes as a file of another program's card: no crash and no hang, errors with help, and a card
// that is accepted has no defects and can be carried on.
template <class Import>
int import_any_card(const std::uint8_t* data, std::size_t size, Import import) {
  auto read = import(std::string_view{reinterpret_cast<const char*>(data), size}, ImportOptions{});
  if (!read) {
    expects(!read.error().help.empty(), "an error without help");
    return 0;
  }
  expects(defects(read->card).empty(), "an imported card has no defects");
  for (ExportFormat format : {ExportFormat::json, ExportFormat::c, ExportFormat::pmml}) {
    auto written = export_card(read->card, format, {});
    expects(written || !written.error().help.empty(), "an error without help");
  }
  return 0;
}

}  // namespace credence
