#include <credence/event/fuzz_reader.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace credence;
  static const Programme programme = testing::make_programme();
  testing::fuzz_reader(FileFormat::json_lines, programme,
                       {reinterpret_cast<const char*>(data), size});
  return 0;
}
