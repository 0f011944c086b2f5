file(READ ${INPUT} hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE ${OUTPUT}
  "#include <string_view>\n"
  "namespace credence {\n"
  "static const unsigned char ${SYMBOL}_bytes[] = {${bytes}0};\n"
  "extern const std::string_view ${SYMBOL};\n"
  "const std::string_view ${SYMBOL}{reinterpret_cast<const char*>(${SYMBOL}_bytes), ${size}};\n"
  "}  // namespace credence\n")
