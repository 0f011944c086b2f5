#include <credence/cli/commands.h>
#include <credence/cli/loading.h>

namespace credence {

namespace {

Exit run_check(const Arguments& arguments, Console& console) {
  auto loaded = load_programme(arguments.one("PROGRAMME"));
  if (!loaded) return fail(console, loaded.error());
  Language language = arguments.language();
  if (arguments.has("json")) {
    Json::Array findings;
    for (const Finding& finding : loaded->findings) findings.push_back(to_json(finding, language));
    console.out(to_pretty_json(Json::Object{{"admitted", loaded->ready()},
                                            {"charter", Charter::builtin().version()},
                                            {"findings", std::move(findings)}}) +
                "\n");
  } else {
    console.out(render_findings(*loaded, language));
  }
  if (loaded->ready()) return Exit::yes;
  return is_refused(loaded->findings) ? Exit::refused : Exit::bad_input;
}

}  // namespace

Command check_command() {
  return {"check",
          "hold a programme and its card against the charter",
          "credence check programmes/deposit-free/programme.toml --lang fr",
          {{"PROGRAMME", "FILE", "the programme, a TOML file", true}, lang_option(), json_option()},
          run_check};
}

}  // namespace credence
