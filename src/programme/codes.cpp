#include <credence/programme/codes.h>

#include <algorithm>
#include <vector>

namespace credence {

namespace {

const std::vector<CodeExplanation>& all_codes() {
  static const std::vector<CodeExplanation> codes = {
      {"P001", {"the file is not TOML 1.0, so nothing in it can be read",
                "le fichier n'est pas du TOML 1.0, rien ne peut y être lu"}},
      {"P002", {"a section or key is unknown: a misspelt right would be a right that nobody has",
                "une section ou une clé est inconnue : un droit mal écrit serait un droit que personne n'a"}},
      {"P003", {"a section or key that the format needs is missing",
                "une section ou une clé nécessaire au format manque"}},
      {"P004", {"a value has another type than its key wants",
                "une valeur n'a pas le type que veut sa clé"}},
      {"P005", {"a word is not among those that its key knows",
                "un mot n'est pas de ceux que connaît sa clé"}},
      {"P006", {"a name has other characters than names may have, or is a reserved word",
                "un nom a des caractères interdits, ou est un mot réservé"}},
      {"P007", {"two entries of one kind have the same name",
                "deux entrées de même nature portent le même nom"}},
      {"P008", {"an entry refers to something that the file does not declare",
                "une entrée renvoie à quelque chose que le fichier ne déclare pas"}},
      {"P009", {"a number is outside its range", "un nombre est hors de ses bornes"}},
      {"P010", {"a period is not written as a number and a unit, such as \"12 months\"",
                "une durée n'est pas écrite avec un nombre et une unité, comme \"12 months\""}},
      {"P011", {"a date stands in quotes; TOML writes dates without",
                "une date est entre guillemets ; TOML écrit les dates sans guillemets"}},
      {"P012", {"a currency is unknown, or differs from the programme's",
                "une monnaie est inconnue, ou diffère de celle du programme"}},
      {"P013", {"a text that people read lacks one of its two languages",
                "un texte destiné aux personnes manque dans l'une des deux langues"}},
      {"P014", {"there are more entries or fields than one programme may have",
                "il y a plus d'entrées ou de champs qu'un programme n'en peut avoir"}},
      {"P015", {"a field holds free text; what people write is never a signal",
                "un champ contient du texte libre ; ce que les gens écrivent n'est jamais un signal"}},
      {"P016", {"a field type is unknown or its choices are not well written",
                "un type de champ est inconnu ou ses choix sont mal écrits"}},
      {"P017", {"a measure and its field do not fit each other",
                "une mesure et son champ ne vont pas ensemble"}},
      {"P018", {"the tiers do not rise", "les paliers ne montent pas"}},
      {"P019", {"the range of the score is not two rising whole numbers from 0 to 1000",
                "l'étendue du score n'est pas formée de deux entiers croissants de 0 à 1000"}},
      {"P020", {"a window or retention has no length", "une fenêtre ou une conservation est de durée nulle"}},
      {"P021", {"a special token is badly written, stands twice, or is one too many",
                "un code spécial est mal écrit, en double, ou de trop"}},
      {"P022", {"a column of a map does not give what its field wants",
                "une colonne d'une correspondance ne donne pas ce que veut son champ"}},
      {"P023", {"the delimiter of a map is not one usable character",
                "le séparateur d'une correspondance n'est pas un caractère utilisable"}},
      {"P024", {"a list is empty where it must name something",
                "une liste est vide là où elle doit nommer quelque chose"}},
      {"P026", {"the file is longer than 512 KiB", "le fichier dépasse 512 Kio"}},
      {"P027", {"the file has more findings than are shown",
                "le fichier donne plus de constats qu'il n'en est montré"}},
      {"P040", {"a condition has a sign that the language does not know",
                "une condition contient un signe que le langage ne connaît pas"}},
      {"P041", {"a condition is not built as the grammar says",
                "une condition n'est pas construite selon la grammaire"}},
      {"P042", {"a condition names a field that its event has not",
                "une condition nomme un champ que son événement n'a pas"}},
      {"P043", {"a condition compares things of different kinds",
                "une condition compare des choses de natures différentes"}},
      {"P044", {"something stands as a condition that is neither true nor false",
                "ce qui tient lieu de condition n'est ni vrai ni faux"}},
      {"P045", {"a choice is none of its field's choices", "un choix n'est pas de ceux de son champ"}},
      {"P046", {"an amount has an unknown currency or not the programme's",
                "un montant a une monnaie inconnue ou autre que celle du programme"}},
      {"P047", {"a day in a condition does not exist", "un jour dans une condition n'existe pas"}},
      {"P048", {"a period in a condition is not well written", "une durée dans une condition est mal écrite"}},
      {"P049", {"`+` and `-` only move a date by a period",
                "`+` et `-` ne font que déplacer une date d'une durée"}},
      {"P050", {"a condition is too long or nested too deeply",
                "une condition est trop longue ou trop imbriquée"}},
      {"P051", {"a quote in a condition is never closed", "un guillemet dans une condition n'est pas fermé"}},
      {"P052", {"comparisons cannot be chained", "les comparaisons ne s'enchaînent pas"}},
      {"P053", {"`<` and its like need an order, which flags and choices lack",
                "`<` et ses pareils supposent un ordre, que n'ont ni les choix ni vrai/faux"}},
      {"P054", {"a number in a condition is too large or has decimals that it may not have",
                "un nombre dans une condition est trop grand ou a des décimales interdites"}},
      {"P055", {"`missing` asks about a field that is always there (a warning)",
                "`missing` interroge un champ toujours présent (avertissement)"}},
  };
  return codes;
}

}  // namespace

std::span<const CodeExplanation> programme_codes() { return all_codes(); }

const Text* explain_code(std::string_view code) {
  const auto& codes = all_codes();
  auto found = std::find_if(codes.begin(), codes.end(), [&](auto& known) { return known.code == code; });
  return found == codes.end() ? nullptr : &found->text;
}

}  // namespace credence
