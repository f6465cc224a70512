//! what announces an earlier illness tells it.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, along};
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-151",
    name: "an_earlier_illness_is_told",
    holds: Text {
        en: "InfoTidligereSykdommer has TidligereSykdomFragment or Journaltekst",
        nb: "InfoTidligereSykdommer har TidligereSykdomFragment eller Journaltekst",
        nn: "InfoTidligereSykdommer har TidligereSykdomFragment eller Journaltekst",
    },
    hint: Text {
        en: "Tell the illness in one of the two, or leave InfoTidligereSykdommer out",
        nb: "Beskriv sykdommen i en av de to, eller utelat InfoTidligereSykdommer",
        nn: "Skildre sjukdommen i ein av dei to, eller utelat InfoTidligereSykdommer",
    },
    source: "HIS 80704, InfoTidligereSykdommer",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks every one.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = Content::of(head) else { return Vec::new() };
    let earlier = along(content.root, &["MedisinskfagligeOpplysninger", "InfoTidligereSykdommer"]).into_iter();
    earlier.filter(|one| one.children().next().is_none()).map(|one| place::finding_at(&RULE, one)).collect()
}
