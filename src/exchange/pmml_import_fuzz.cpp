#include <credence/exchange/any_card_fuzz.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return credence::import_any_card(data, size, credence::import_pmml);
}
