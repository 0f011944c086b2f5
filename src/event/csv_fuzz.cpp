#include <credence/event/fuzz_reader.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace credence;
  static const Programme programme = testing::make_mapped_programme();
  std::string_view bytes{reinterpret_cast<const char*>(data), size};
  if (bytes.empty()) return 0;
  // The first byte also chooses a header, so that the rows below it are reached.
  constexpr std::string_view kHeaders[] = {
      "", "subject,event,at,key,amount,due,paid,regular,days,outcome,balance,months\n",
      "trans_id;account_id;date;type;amount;k_symbol;size\n"};
  std::string file{bytes.front()};
  file += kHeaders[static_cast<unsigned char>(bytes.front()) % std::size(kHeaders)];
  file += bytes.substr(1);
  testing::fuzz_reader(FileFormat::csv, programme, file);
  return 0;
}
