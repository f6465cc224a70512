//! a deviation goes back from a receiver to the sender, and is never about clinical content.

use crate::domain::Text;
use crate::messages::content::{child, is_code};
use crate::messages::conversation::{Conversation, Turn};
use crate::messages::dialogmelding::parts::note_of;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-128",
    name: "deviation_is_not_about_content",
    holds: Text {
        en: "DIALOG_AVVIK goes from a receiver of the faulty message to its sender, and is never about what is missing in its clinical content",
        nb: "DIALOG_AVVIK går fra en mottaker av meldingen med feil til avsenderen av den, og handler aldri om mangler i det kliniske innholdet",
        nn: "DIALOG_AVVIK går frå ein mottakar av meldinga med feil til avsendaren av henne, og handlar aldri om manglar i det kliniske innhaldet",
    },
    hint: Text {
        en: "Ask about the content by telephone, DIALOG_HELSEFAGLIG or DIALOG_FORESPORSEL; send the deviation to the sender of the message it is about",
        nb: "Ta opp innholdet på telefon, med DIALOG_HELSEFAGLIG eller DIALOG_FORESPORSEL; send avviket til avsenderen av meldingen det gjelder",
        nn: "Ta opp innhaldet på telefon, med DIALOG_HELSEFAGLIG eller DIALOG_FORESPORSEL; send avviket til avsendaren av meldinga det gjeld",
    },
    source: "HIS 1151:2019",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Code 2 of 8117 is "insufficient information", which is about content; the edition of 2019 leaves that to other means.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let theme = child(note_of(head, "DIALOG_AVVIK")?, "TemaKodet")?;
    is_code(theme, "8117", "2").then(|| place::finding_at(&RULE, theme).found(Detail::code("2")))
}

/// Whether it goes back the way the message came.
pub fn compare(turn: &Turn, conversation: &Conversation) -> Option<Finding> {
    let faulty = conversation.parent.as_ref().filter(|_| turn.type_code == "DIALOG_AVVIK")?;
    let goes_back = faulty.went_to(turn.sender) && turn.went_to(faulty.sender);
    (!goes_back).then(|| turn.finding(&RULE).found(Detail::address(turn.sender)))
}
