//! an update of health information tells what changed.

use crate::domain::Text;
use crate::messages::content::child;
use crate::messages::msghead::HeadView;
use crate::messages::plo::content::{Content, along};
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-175",
    name: "an_update_tells_what_changed",
    holds: Text {
        en: "HELSEOPPL_SOKNAD with status M tells what has changed since the last one",
        nb: "HELSEOPPL_SOKNAD med status M forteller hva som er endret siden forrige",
        nn: "HELSEOPPL_SOKNAD med status M fortel kva som er endra sidan førre",
    },
    hint: Text {
        en: "Say in TypeInnholdIMelding/Merknad what has changed",
        nb: "Skriv i TypeInnholdIMelding/Merknad hva som er endret",
        nn: "Skriv i TypeInnholdIMelding/Merknad kva som er endra",
    },
    source: "HIS 1144 (2019), 3",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Looks for a remark where the standard leaves room for one. There is no field for it, so any of three will do.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let content =
        Content::of(head).filter(|content| content.code() == "HELSEOPPL_SOKNAD" && content.status() == Some("M"))?;
    let remarks: [&[&str]; 3] = [
        &["TypeInnholdIMelding", "Merknad"],
        &["OpplysningOpphold", "TidsfestetHendelse", "Merknad"],
        &["OpplysningOpphold", "TidsfestetHendelse", "BeskrivelseAvHendelse"],
    ];
    let told = remarks.iter().any(|steps| along(content.root, steps).into_iter().any(Node::has_text));
    let in_a_text = || {
        let notes = head.survey.journal_texts.iter().filter_map(|text| child(*text, "Notat"));
        notes.map(|note| note.text().to_lowercase()).any(|note| ["endr", "oppdater"].iter().any(|word| note.contains(word)))
    };
    (!told && !in_a_text()).then(|| content.missing(&RULE, content.root, &["TypeInnholdIMelding", "Merknad"]))
}
