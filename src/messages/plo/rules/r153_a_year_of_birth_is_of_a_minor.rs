//! a year of birth among the next of kin is of a child.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, along};
use crate::messages::plo::moment::Moment;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-153",
    name: "a_year_of_birth_is_of_a_minor",
    holds: Text {
        en: "FodselsarMindrearigParorende is given only for children under 18",
        nb: "FodselsarMindrearigParorende oppgis bare for barn under 18 år",
        nn: "FodselsarMindrearigParorende blir oppgjeve berre for barn under 18 år",
    },
    hint: Text {
        en: "Leave the year out for grown-ups; give one ParorendeForesatt for each child",
        nb: "Utelat året for voksne; oppgi en ParorendeForesatt for hvert barn",
        nn: "Utelat året for vaksne; oppgi ein ParorendeForesatt for kvart barn",
    },
    source: "HIS 80704; HIS 1143; HIS 1144; HIS 1148",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks every year against the year of the message. Who turns 18 in this year may still be a child.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = Content::of(head) else { return Vec::new() };
    let Some(now) = Moment::read(&head.model.info.gen_date).and_then(Moment::year) else { return Vec::new() };
    let years = along(content.common(), &["ParorendeForesatt", "FodselsarMindrearigParorende"]).into_iter();
    let of_no_child = |year: &Node<'_>| {
        let born = year.text().trim().get(..4).and_then(|digits| digits.parse::<u16>().ok());
        born.is_some_and(|born| born > now || now - born > 18)
    };
    years.filter(of_no_child).map(|year| place::finding_at(&RULE, year)).collect()
}
