//! Judgements as SARIF 2.1.0 (OASIS), which editors and build servers show beside the file.

use super::judged::Judged;
use crate::domain::Language;
use crate::rulebook::{Consequence, Finding, Fix, Rule};
use crate::xml::Place;
use serde_json::{Value, json};

/// The whole log: one run, with the rules that were broken and every finding.
pub(super) fn sarif(judged: &[Judged], language: Language) -> Value {
    let mut rules: Vec<&'static Rule> = Vec::new();
    for finding in judged.iter().flat_map(|one| &one.judgement.findings) {
        if !rules.contains(&finding.rule) {
            rules.push(finding.rule);
        }
    }
    let results = judged.iter().flat_map(|one| one.judgement.findings.iter().map(|finding| result(one, finding, language)));
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "bindeledd",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| described(rule, language)).collect::<Vec<_>>(),
            } },
            // SARIF counts columns in UTF-16 units unless it is told otherwise.
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

fn described(rule: &Rule, language: Language) -> Value {
    json!({
        "id": rule.id,
        "name": rule.name,
        "shortDescription": { "text": rule.holds.in_language(language) },
        "help": { "text": format!("{} ({})", rule.hint.in_language(language), rule.source) },
        "defaultConfiguration": { "level": level(rule.incoming) },
    })
}

fn level(consequence: Consequence) -> &'static str {
    match consequence.severity() {
        "error" => "error",
        "warning" => "warning",
        _ => "note",
    }
}

fn result(one: &Judged, finding: &Finding, language: Language) -> Value {
    let mut result = json!({
        "ruleId": finding.rule.id,
        "level": level(finding.consequence),
        "message": { "text": format!("{}. {}", finding.sentence(language), finding.hint(language)) },
        "locations": [location(one, finding)],
    });
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([fixed(one, fix)]);
    }
    result
}

fn location(one: &Judged, finding: &Finding) -> Value {
    let mut location = json!({ "physicalLocation": { "artifactLocation": { "uri": one.name } } });
    if let Some(place) = finding.place {
        location["physicalLocation"]["region"] = json!({ "startLine": place.line, "startColumn": place.column });
    }
    if let Some(path) = &finding.path {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": path, "kind": "element" }]);
    }
    location
}

fn fixed(one: &Judged, fix: &Fix) -> Value {
    let replacement = |edit: &crate::rulebook::Edit| {
        let (start, end) = (Place::of(&one.text, edit.bytes.start), Place::of(&one.text, edit.bytes.end));
        json!({
            "deletedRegion": {
                "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
            },
            "insertedContent": { "text": edit.with.expose() },
        })
    };
    let replacements: Vec<Value> = fix.edits.iter().map(replacement).collect();
    json!({ "artifactChanges": [{ "artifactLocation": { "uri": one.name }, "replacements": replacements }] })
}
