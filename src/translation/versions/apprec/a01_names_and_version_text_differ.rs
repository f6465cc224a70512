//! an AppRec says the same in both versions.

use super::super::edition::Edition;
use super::super::rule::{Rule, Step, Told};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "A-01",
    name: "names_and_version_text_differ",
    what: Text {
        en: "Names and the text of the version are those of the other version; everything else is the same",
        nb: "Navnene og versjonsteksten er de i den andre versjonen; alt annet er likt",
        nn: "Namna og versjonsteksten er dei i den andre versjonen; alt anna er likt",
    },
    before: "namespace, MIGversion",
    after: "namespace, MIGversion",
    class: LossClass::Lossless,
    source: "HIS 80415:2004; HIS 80415:2012",
    down: Some(Step::Does(run)),
    up: Some(Step::Does(run)),
};

/// Namespace and text of the version.
const OLDER: (&str, &str) = ("http://www.kith.no/xmlstds/apprec/2004-11-21", "1.0 2004-11-21");
const NEWER: (&str, &str) = ("http://www.kith.no/xmlstds/apprec/2012-02-15", "v1.1 2012-02-15");

fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    let (from, to) = if told.to == Edition::AppRec10 { (NEWER, OLDER) } else { (OLDER, NEWER) };
    content.move_namespaces(&|namespace| (namespace == from.0).then_some(to.0), &|_| false);
    // What is neither of the two texts was wrong before, and is nobody's to mend here.
    if let Some(version) = content.child_mut("MIGversion").filter(|version| version.text().trim() == from.1) {
        version.set_text(to.1.to_string());
    }
    told.tell(&RULE, LossClass::Lossless, content.origin());
}
