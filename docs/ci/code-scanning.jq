# Makes one SARIF file for code scanning out of those that the C# compiler wrote, one per project:
#   jq --slurp --arg root "$PWD" --arg category backend-patterns --from-file code-scanning.jq sarif/*.sarif > backend-patterns.sarif
# It keeps the reports of BackendPatterns.Analyzers on code (not its messages about the set-up, BP0xxx), leaves suppressed ones out, makes paths relative to $root, and adds what code scanning asks for
# and the compiler does not write: a help text per rule, and links from a message to the places that belong to it.

("file:///" + ($root | gsub("\\\\"; "/") | ltrimstr("/") | rtrimstr("/")) + "/") as $prefix

| def relative: .physicalLocation.artifactLocation.uri |= ltrimstr($prefix);

  def place: (.physicalLocation | (.artifactLocation.uri | split("/") | last) + ":" + (.region.startLine | tostring));

  def rule: {id, name: .id, shortDescription, fullDescription, helpUri}
    + {defaultConfiguration: {level: (.defaultConfiguration.level // "warning")}}
    + {help: {text: (.fullDescription.text + "\n\n" + .helpUri), markdown: (.fullDescription.text + "\n\n[" + .id + "](" + .helpUri + ")")}}
    + {properties: {category: .properties.category, tags: (.properties.tags // [])}};

  def linked: if (.relatedLocations | length) == 0 then .
    else .relatedLocations |= [to_entries[] | .value + {id: (.key + 1), message: {text: (.value | place)}}]
    | .message.text += ". See " + ([.relatedLocations[] | "[\(.message.text)](\(.id))"] | join(", "))
    end;

  def report: {ruleId, level, message, locations: [.locations[] | relative], relatedLocations: [.relatedLocations[]? | relative]} | linked;

  [.[].runs[]] as $runs
| {
    "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{
      tool: {driver: {
        name: "BackendPatterns.Analyzers",
        rules: ([$runs[].tool.driver.rules[]? | select(.id | test("^BP[1-9]")) | rule] | unique_by(.id))
      }},
      automationDetails: {id: ($category + "/")},
      columnKind: "utf16CodeUnits",
      results: ([$runs[].results[]? | select(.ruleId | test("^BP[1-9]")) | select((.suppressions // []) == []) | report] | unique)
    }]
  }
