#include <credence/base/expects.h>
#include <credence/exchange/exchange.h>
#include <credence/exchange/import.h>

// Any bytes as a file of this kind: no crash and no hang, errors with help, and a card that is
// accepted has no defects and can be carried on.

using namespace credence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text{reinterpret_cast<const char*>(data), size};
  auto read = import_optbinning_card(text, {});
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
