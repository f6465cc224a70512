//! the type of the message is a code of list 8279.

use super::super::HeadView;
use crate::codelists::{Membership, by_number};
use crate::domain::Reason;
use crate::domain::Text;
use crate::routing::Partner;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule, Says, Wording};
use crate::xml::Place;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-023",
    name: "type_is_a_known_code",
    holds: Text {
        en: "MsgInfo/Type has a code of list 8279 that the receiver supports",
        nb: "MsgInfo/Type har en kode fra liste 8279 som mottakeren støtter",
        nn: "MsgInfo/Type har ein kode frå liste 8279 som mottakaren støttar",
    },
    hint: Text {
        en: "Write the code with underscores and capitals as the list has it, for instance LOG_INNLAGT or DIALOG_NOTAT",
        nb: "Skriv koden med understrek og store bokstaver slik listen har den, for eksempel LOG_INNLAGT eller DIALOG_NOTAT",
        nn: "Skriv koden med understrek og store bokstavar slik lista har han, til dømes LOG_INNLAGT eller DIALOG_NOTAT",
    },
    source: "HIS 80601; code list 8279; HIS 80415:2012, 3.3.2",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// A code that is not in the list is no reason to refuse: a wrong code never is (HIS 80415:2012, 3.3.2; R-112). One that the
/// list may have by now is for R-075. No code at all is another matter: nobody supports that.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let code = head.model.info.message_type.v.as_str();
    let finding = || head.finding(&RULE, &["MsgInfo", "Type"]).found(Detail::code(code));
    if code.trim().is_empty() {
        return Some(finding().with(Consequence::Refuse(Reason::UnsupportedFormat)));
    }
    let list = by_number(8279)?;
    (list.membership(code) == Membership::Stranger).then(finding)
}

/// A receiver whose system understands no version in which the message can be said gets none of it (T10). `message` says why.
pub fn untranslatable(message: Wording, position: usize, place: Option<Place>, path: Option<&str>) -> Finding {
    let hint = Wording {
        en: "Ask the receiver which versions its system understands, or tell it in another way".into(),
        nb: "Avklar med mottakeren hvilke versjoner systemet forstår, eller gi opplysningene på en annen måte".into(),
        nn: "Avklar med mottakaren kva versjonar systemet forstår, eller gi opplysningane på ein annan måte".into(),
    };
    let mut finding = Finding::new(&RULE).with(Consequence::Refuse(Reason::UnsupportedFormat)).about_receiver(position);
    (finding.place, finding.path) = (place, path.map(str::to_string));
    finding.saying(Says { message, hint, clause: "".into() })
}

/// A receiver whose system says which types it supports gets no others (T10).
pub fn check_receiver(type_code: &str, partner: &Partner, position: usize) -> Option<Finding> {
    let supported = partner.supports(type_code);
    let refuse = Consequence::Refuse(Reason::UnsupportedFormat);
    (!supported).then(|| Finding::new(&RULE).with(refuse).about_receiver(position).found(Detail::code(type_code)))
}
