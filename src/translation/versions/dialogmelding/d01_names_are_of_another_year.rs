//! D-01: every name is in the namespace of its year; local names are the same.

use super::super::edition::Edition;
use super::super::rule::{Rule, Step, Told};
use super::super::walk::is_closed;
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-01",
    name: "names_are_of_another_year",
    what: Text {
        en: "Names are those of the other version; what stands in a formatted text is left alone (D-04)",
        nb: "Navnene er de i den andre versjonen; det som står i en formatert tekst, røres ikke (D-04)",
        nn: "Namna er dei i den andre versjonen; det som står i ein formatert tekst, blir ikkje rørt (D-04)",
    },
    before: "namespaces of 2006-10-11 and 2013-01-23",
    after: "namespace of the other version",
    class: LossClass::Lossless,
    source: "HIS 80603 v1.0 and v1.1, schemas",
    down: Some(Step::Does(run)),
    up: Some(Step::Does(run)),
};

const OLDER: &str = "http://www.kith.no/xmlstds/dialog/2006-10-11";
const NEWER: &str = "http://www.kith.no/xmlstds/dialog/2013-01-23";

/// The namespace that stands for this one in an edition of dialogmelding.
pub fn in_edition(namespace: &str, to: Edition) -> Option<&'static str> {
    match (namespace, to) {
        (OLDER, Edition::Dialog11) => Some(NEWER),
        (NEWER, Edition::Dialog10) => Some(OLDER),
        _ => None,
    }
}

fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    let to = told.to;
    content.move_namespaces(&|namespace| in_edition(namespace, to), &is_closed);
    told.tell(&RULE, LossClass::Lossless, content.origin());
}
