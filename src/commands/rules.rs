//! `rules`: prints the rule book, or all there is to say about one rule.

use super::report::{Answer, Report};
use super::table::table;
use crate::domain::Language;
use crate::messages::all_rules;
use crate::messages::apprec::{error_code, error_text};
use crate::rulebook::{Consequence, Direction, Rule};
use serde_json::{Value, json};
use std::fmt::Write;

/// All rules, or those that were asked for.
pub fn rules(ids: &[String], language: Language) -> Report {
    let all = all_rules();
    if ids.is_empty() {
        let json = all.iter().map(|rule| as_json(rule, language)).collect();
        return Report { answer: Answer::Good, text: list(&all, language), json: Value::Array(json) };
    }
    let mut found = Vec::new();
    for id in ids {
        match all.iter().find(|rule| is_called(rule, id)) {
            Some(rule) => found.push(*rule),
            None => return Report::no(format!("there is no rule `{id}`; `bindeledd rules` lists them all")),
        }
    }
    let text: Vec<String> = found.iter().map(|rule| whole(rule, language)).collect();
    let json = found.iter().map(|rule| as_json(rule, language)).collect();
    Report { answer: Answer::Good, text: text.join("\n\n"), json: Value::Array(json) }
}

/// `R-026`, `r026`, `26`, or its name.
fn is_called(rule: &Rule, id: &str) -> bool {
    let number = |text: &str| text.trim_start_matches(['R', 'r', '-']).parse::<u32>().ok();
    id == rule.name || (number(id).is_some() && number(id) == number(rule.id))
}

fn list(rules: &[&'static Rule], language: Language) -> String {
    let row = |rule: &&'static Rule| {
        let follows = |direction| shown(rule.follows(direction));
        let (incoming, outgoing) = (follows(Direction::Incoming), follows(Direction::Outgoing));
        [rule.id.to_string(), incoming, outgoing, rule.holds.in_language(language).to_string()]
    };
    let heading = ["rule", "incoming", "outgoing", "what must hold"].map(String::from);
    table(&std::iter::once(heading).chain(rules.iter().map(row)).collect::<Vec<_>>())
}

fn shown(consequence: Consequence) -> String {
    match consequence {
        Consequence::Refuse(reason) => format!("refuse {}", error_code(reason)),
        Consequence::ByDesign => "-".into(),
        other => other.as_str().into(),
    }
}

fn whole(rule: &'static Rule, language: Language) -> String {
    let mut text = format!("{} {}\n", rule.id, rule.name);
    let mut add = |label: &str, value: &str| {
        let _ = writeln!(text, "  {label:<12} {value}");
    };
    add("must hold", rule.holds.in_language(language));
    add("to do", rule.hint.in_language(language));
    add("source", rule.source);
    add("incoming", &in_words(rule.incoming));
    add("outgoing", &in_words(rule.outgoing));
    if !rule.agreed.is_empty() {
        let agreed: Vec<String> = rule.agreed.iter().map(|consequence| shown(*consequence)).collect();
        add("by agreement", &agreed.join(", "));
    }
    text.trim_end().to_string()
}

fn in_words(consequence: Consequence) -> String {
    match consequence {
        Consequence::Refuse(reason) => {
            let code = error_code(reason);
            format!("refuse: negative AppRec with {code}, {}", error_text(code))
        }
        Consequence::Block => "block: it may not be sent".into(),
        Consequence::Hold => "hold: no AppRec, a person must look".into(),
        Consequence::Ignore => "ignore: recorded and passed over".into(),
        Consequence::Warn => "warn: accepted, the finding is stored and shown".into(),
        Consequence::Note => "note: accepted, recorded".into(),
        Consequence::ByDesign => "no message can break it in this direction".into(),
    }
}

fn as_json(rule: &Rule, language: Language) -> Value {
    let of = |consequence: Consequence| match consequence {
        Consequence::Refuse(reason) => json!({ "consequence": "refuse", "apprec": error_code(reason) }),
        other => json!({ "consequence": other.as_str() }),
    };
    json!({
        "id": rule.id,
        "name": rule.name,
        "holds": rule.holds.in_language(language),
        "hint": rule.hint.in_language(language),
        "source": rule.source,
        "incoming": of(rule.incoming),
        "outgoing": of(rule.outgoing),
    })
}
