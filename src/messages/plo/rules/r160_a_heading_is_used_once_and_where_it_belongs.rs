//! a heading stands once, and in a message it is made for.

use crate::domain::Text;
use crate::messages::content::{child, each};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, coded_in, is_of};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-160",
    name: "a_heading_is_used_once_and_where_it_belongs",
    holds: Text {
        en: "A heading of a journal text is used once in a note, and headings of list 9145 only in HELSEOPPL_SOKNAD",
        nb: "En overskrift for journaltekst brukes én gang i et notat, og overskrifter fra liste 9145 bare i HELSEOPPL_SOKNAD",
        nn: "Ei overskrift for journaltekst blir brukt éin gong i eit notat, og overskrifter frå liste 9145 berre i HELSEOPPL_SOKNAD",
    },
    hint: Text {
        en: "Gather the texts under one heading; use headings of list 9141 or 9142 in other messages",
        nb: "Saml tekstene under én overskrift; bruk overskrifter fra liste 9141 eller 9142 i andre meldinger",
        nn: "Samle tekstane under éi overskrift; bruk overskrifter frå liste 9141 eller 9142 i andre meldingar",
    },
    source: "HIS 1143 to 1148",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks each heading among its neighbours, and its list.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = Content::of(head).filter(|content| !content.is_2_0()) else { return Vec::new() };
    let texts = head.survey.journal_texts.iter();
    let heading = |text: Node<'_>| {
        let code = coded_in(text, "Overskriftskode");
        (code.s.trim().to_string(), code.v.trim().to_string())
    };
    let misused = texts.filter_map(|text| {
        let element = child(*text, "Overskriftskode")?;
        let code = coded_in(*text, "Overskriftskode");
        let elsewhere = is_of(&code, "9145") && content.code() != "HELSEOPPL_SOKNAD";
        let mut earlier = each(text.parent()?, "Journaltekst").take_while(|other| other.offset() < text.offset());
        let again = !code.v.trim().is_empty() && earlier.any(|other| heading(other) == heading(*text));
        let found = match (again, elsewhere) {
            (true, _) => Detail::words("the same heading again", "samme overskrift på nytt"),
            (false, true) => Detail::words("a heading of list 9145", "en overskrift fra liste 9145"),
            (false, false) => return None,
        };
        Some(place::finding_at(&RULE, element).found(found))
    });
    misused.collect()
}
