//! a Bundle is valid by FHIR R4.

use crate::domain::Text;
use crate::fhir::{Issue, Severity, Trouble, TroubleKind};
use crate::rulebook::{Consequence, Enforced, Finding, Rule, Says, Wording};
use crate::xml::Place;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-203",
    name: "bundle_is_valid_fhir",
    holds: Text {
        en: "A Bundle that is sent instead of XML is valid by FHIR R4",
        nb: "En Bundle som sendes i stedet for XML, er gyldig etter FHIR R4",
        nn: "Ein Bundle som blir send i staden for XML, er gyldig etter FHIR R4",
    },
    hint: Text {
        en: "Mend the element at the path; FHIR R4 (4.0.1) says what may stand there",
        nb: "Rett elementet på stien; FHIR R4 (4.0.1) sier hva som kan stå der",
        nn: "Rett elementet på stien; FHIR R4 (4.0.1) seier kva som kan stå der",
    },
    source: "FHIR R4 (4.0.1)",
    incoming: Consequence::Block,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Path,
};

/// What is wrong with a Bundle, each at its place; the clause is the code of the issue and the page of FHIR that says so. What is only a
/// warning there keeps nobody from sending.
pub fn findings(issues: &[Issue], places: &[Place]) -> Vec<Finding> {
    let one = |(at, issue): (usize, &Issue)| {
        let consequence = match issue.severity() {
            Severity::Error => Consequence::Block,
            Severity::Warning => Consequence::Note,
        };
        let clause = format!("{}: {}", issue.code(), issue.source());
        let finding = Finding::new(&RULE).with(consequence).saying(says(|language| issue.sentence(language), clause));
        let path = issue.path.to_string();
        match places.get(at) {
            Some(place) => finding.at(*place, path),
            None => finding.on(path),
        }
    };
    issues.iter().enumerate().map(one).collect()
}

/// What is no JSON at all.
pub fn unreadable(trouble: &Trouble) -> Finding {
    let code = match trouble.kind {
        TroubleKind::NotJson(_) | TroubleKind::NameTwice => "structure",
        TroubleKind::TooMuch { .. } => "too-long",
    };
    let says = says(|language| trouble.kind.sentence(language), format!("{code}: FHIR R4, json.html"));
    Finding::new(&RULE).saying(says).at(trouble.place, "Bundle")
}

/// What our judge takes and the typed model of another library does not: other systems may be as narrow.
pub fn refused_by_another_reader(entry: Option<usize>) -> Finding {
    let says = says(|language| ANOTHER_READER.in_language(language).to_string(), "informational: fhir-sdk, R4B".into());
    let path = entry.map_or_else(|| "Bundle".into(), |at| format!("Bundle.entry[{at}].resource"));
    Finding::new(&RULE).with(Consequence::Note).saying(says).on(path)
}

const ANOTHER_READER: Text = Text {
    en: "This is valid FHIR R4, but a widely used library (fhir-sdk) cannot read it; other systems may not be able to either",
    nb: "Dette er gyldig FHIR R4, men et mye brukt bibliotek (fhir-sdk) kan ikke lese det; andre systemer kan få samme problem",
    nn: "Dette er gyldig FHIR R4, men eit mykje brukt bibliotek (fhir-sdk) kan ikkje lese det; andre system kan få same problem",
};

fn says(message: impl Fn(crate::domain::Language) -> String, clause: String) -> Says {
    let hint = Wording::of(|language| RULE.hint.in_language(language).to_string());
    Says { message: Wording::of(message), hint, clause: clause.into() }
}
