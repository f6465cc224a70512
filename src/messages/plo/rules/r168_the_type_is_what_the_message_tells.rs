//! type and content of a logistics message tell the same.

use crate::domain::{Reason, Text};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::Content;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-168",
    name: "the_type_is_what_the_message_tells",
    holds: Text {
        en: "MsgInfo/Type and the message in Pasientlogistikk are the same: LOG_INNLAGT with MeldingInnlagtPasient, and so on",
        nb: "MsgInfo/Type og meldingen i Pasientlogistikk er den samme: LOG_INNLAGT med MeldingInnlagtPasient, og så videre",
        nn: "MsgInfo/Type og meldinga i Pasientlogistikk er den same: LOG_INNLAGT med MeldingInnlagtPasient, og så vidare",
    },
    hint: Text {
        en: "Correct MsgInfo/Type, or send the message that it names: a receiver would take an admission for a discharge",
        nb: "Rett MsgInfo/Type, eller send meldingen den sier: ellers kan mottakeren ta en innleggelse for en utskrivning",
        nn: "Rett MsgInfo/Type, eller send meldinga han seier: elles kan mottakaren ta ei innlegging for ei utskriving",
    },
    source: "HIS 1149; acceptance test 23",
    incoming: Consequence::Refuse(Reason::FormatOther),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks that the message which is there is the one that the type names.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    const MESSAGES: [(&str, &str); 6] = [
        ("LOG_INNLAGT", "MeldingInnlagtPasient"),
        ("LOG_UTSKRIVNINGSKLAR", "MeldingUtskrivningsklarPasient"),
        ("LOG_AVMELDING", "AvmeldingUtskrivningsklarPasient"),
        ("LOG_UTSKREVET", "MeldingOmUtskrevetPasient"),
        ("LOG_DOD", "OrienteringOmDod"),
        ("LOG_TILBAKEMELDING", "TilbakemeldingUtskrivningsklarPasient"),
    ];
    let content = Content::of(head).filter(Content::is_logistics)?;
    let named = |code: &str| MESSAGES.iter().find(|(_, message)| *message == code).map(|(code, _)| *code);
    let (message, code) = content.root.children().find_map(|child| Some((child, named(child.name().local)?)))?;
    (code != content.code()).then(|| place::finding_at(&RULE, message).found(Detail::code(content.code())))
}
