//! a deviation says why by a code.

use crate::domain::Text;
use crate::messages::content::{child, code, list};
use crate::messages::dialogmelding::parts::note_of;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-127",
    name: "deviation_has_a_known_reason",
    holds: Text {
        en: "DIALOG_AVVIK has a TemaKodet of list 8117: 1, 2 or 9",
        nb: "DIALOG_AVVIK har TemaKodet fra kodeverk 8117: 1, 2 eller 9",
        nn: "DIALOG_AVVIK har TemaKodet frå kodeverk 8117: 1, 2 eller 9",
    },
    hint: Text {
        en: "Use 1 (wrong addressee) or 9 (other); R-085 and R-121 say what else must be there",
        nb: "Bruk 1 (feil adressat) eller 9 (annet); R-085 og R-121 sier hva annet som må være med",
        nn: "Bruk 1 (feil adressat) eller 9 (anna); R-085 og R-121 seier kva anna som må vere med",
    },
    source: "HIS 1151:2019; code list 8117",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the theme.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let theme = child(note_of(head, "DIALOG_AVVIK")?, "TemaKodet")?;
    let known = list(theme) == "8117" && matches!(code(theme), "1" | "2" | "9");
    (!known).then(|| place::finding_at(&RULE, theme).found(Detail::code(code(theme))))
}
