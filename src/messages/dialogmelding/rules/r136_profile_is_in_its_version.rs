//! every type is in its version of dialogmelding.

use crate::domain::{Reason, Text};
use crate::messages::dialogmelding::parts::profile;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-136",
    name: "profile_is_in_its_version",
    holds: Text {
        en: "The type of message is in the version of dialogmelding that its profile names: 1.0 or 1.1",
        nb: "Meldingstypen er i den versjonen av dialogmelding som profilen sier: 1.0 eller 1.1",
        nn: "Meldingstypen er i den versjonen av dialogmelding som profilen seier: 1.0 eller 1.1",
    },
    hint: Text {
        en: "Use the other namespace: requests, answers, notes and deviations are 1.0, the others 1.1",
        nb: "Bruk det andre navnerommet: forespørsel, svar, notat og avvik er 1.0, de andre 1.1",
        nn: "Bruk det andre namnerommet: førespurnad, svar, notat og avvik er 1.0, dei andre 1.1",
    },
    source: "HIS 1077; HIS 1151; HIS 1152; HIS 1206; HITS 1228; HIS 1176",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[Consequence::Refuse(Reason::UnsupportedFormat)],
    enforced: Enforced::Check,
};

/// Those for citizens are in 1.1 too; of a type that nobody knows nothing is said.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let of_citizens = || head.type_code().starts_with("DIALOG_INNBYGGER_").then_some("1.1");
    let version = profile(head.type_code()).map(|(version, _)| version).or_else(of_citizens)?;
    let content = head.content().filter(|_| head.kind.version != version)?;
    Some(place::finding_at(&RULE, content).found(Detail::code(head.kind.version)))
}
