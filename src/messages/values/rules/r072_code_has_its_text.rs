//! a CS has `V` and `DN`.

use super::many;
use crate::domain::Text;
use crate::messages::bindings::{Aspect, CodedValue, Kind};
use crate::messages::place;
use crate::messages::survey::Survey;
use crate::messages::values::mend::completed;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-072",
    name: "code_has_its_text",
    holds: Text {
        en: "A code stands in V, and DN says it in words",
        nb: "Koden står i V, og DN sier den med ord",
        nn: "Koden står i V, og DN seier han med ord",
    },
    hint: Text {
        en: "Write both: V for systems, DN for whoever reads the message where the code is not known",
        nb: "Skriv begge: V for systemer, DN for den som leser meldingen der koden ikke er kjent",
        nn: "Skriv begge: V for system, DN for den som les meldinga der koden ikkje er kjend",
    },
    source: "HIS 80117; acceptance tests 12, 13",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// An element without any attribute is an empty element: R-019.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let judged = survey.coded.iter().filter(|value| value.row.kind == Kind::Cs && value.row.judges(Aspect::Shape));
    many(judged.filter_map(finding))
}

fn finding(value: &CodedValue<'_>) -> Option<Finding> {
    let missing = match (value.code, value.dn) {
        ("", "") => Detail::words("neither V nor DN", "verken V eller DN"),
        ("", _) => Detail::words("no V", "V mangler"),
        (_, "") => Detail::words("no DN", "DN mangler"),
        _ => return None,
    };
    let finding = place::finding_at(&RULE, value.node).found(missing);
    Some(match completed(value) {
        Some(fix) => finding.fixed_by(fix),
        None => finding,
    })
}
