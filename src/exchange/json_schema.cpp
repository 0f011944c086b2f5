#include <credence/exchange/exchange.h>

namespace credence {

namespace {

constexpr std::string_view kSchema =
    R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Scorecard",
  "description": "score = base + the points of each term. A variable's cells are )json"
    R"json(numbered: bins, then special codes, then missing, then (texts only) )json"
    R"json(unknown. Tests go: missing, special codes, bins; bins of numbers are )json"
    R"json([from, to). Points are by cell, or, for two variables, by cell of the )json"
    R"json(first * cells of the second + cell of the second. Reasons are the )json"
    R"json(terms with points below their baseline: greatest loss first, then )json"
    R"json(greatest tie.",
  "type": "object",
  "required": ["format", "id", "base", "range", "variables", "terms"],
  "additionalProperties": false,
  "properties": {
    "format": {"const": "credence-scorecard-1"},
    "id": {"type": "string"},
    "base": {"type": "integer"},
    "range": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
    "scaling": {
      "description": "P(bad) = 1 / (1 + exp((score - offset) / factor))",
      "type": "object",
      "required": ["offset", "factor"],
      "additionalProperties": false,
      "properties": {
        "offset": {"type": "number"},
        "factor": {"type": "number", "exclusiveMinimum": 0}
      }
    },
    "variables": {"type": "array", "items": {"$ref": "#/$defs/variable"}},
    "terms": {"type": "array", "items": {"$ref": "#/$defs/term"}}
  },
  "$defs": {
    "variable": {
      "type": "object",
      "required": ["name", "kind", "bins", "special"],
      "additionalProperties": false,
      "properties": {
        "name": {"type": "string", "minLength": 1},
        "kind": {"enum": ["number", "text"]},
        "family": {"enum": ["credit-history", "fulfilment", "capacity", "behaviour", "identity"]},
        "title": {
          "type": "object",
          "required": ["en", "fr"],
          "additionalProperties": false,
          "properties": {"en": {"type": "string"}, "fr": {"type": "string"}}
        },
        "bins": {
          "type": "array",
          "items": {
            "oneOf": [
              {
                "type": "object",
                "required": ["from", "to"],
                "additionalProperties": false,
                "properties": {
                  "from": {"type": ["number", "null"]},
                  "to": {"type": ["number", "null"]}
                }
              },
              {
                "type": "object",
                "required": ["texts"],
                "additionalProperties": false,
                "properties": {
                  "texts": {"type": "array", "items": {"type": "string"}, "minItems": 1}
                }
              }
            ]
          }
        },
        "special": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["name", "values"],
            "additionalProperties": false,
            "properties": {
              "name": {"type": "string", "minLength": 1},
              "values": {"type": "array", "items": {"type": ["number", "string"]}, "minItems": 1}
            }
          }
        },
        "woe": {"type": "array", "items": {"type": "number"}},
        "tallies": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["events", "nonevents", "records", "squares"],
            "additionalProperties": false,
            "properties": {
              "events": {"type": "number", "minimum": 0},
              "nonevents": {"type": "number", "minimum": 0},
              "records": {"type": "number", "minimum": 0},
              "squares": {"type": "number", "minimum": 0}
            }
          }
        }
      }
    },
    "term": {
      "type": "object",
      "required": ["variables", "points", "baseline", "reason", "tie"],
      "additionalProperties": false,
      "properties": {
        "variables": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2},
        "points": {"type": "array", "items": {"type": "integer"}, "minItems": 1},
        "baseline": {"type": "integer"},
        "reason": {"type": "string", "minLength": 1},
        "tie": {"type": "integer", "minimum": 0}
      }
    }
  }
}
)json";

}  // namespace

std::string json_export_schema() {
  return std::string{kSchema};
}

}  // namespace credence
