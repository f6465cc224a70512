//! what is called an estimate is not over.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::Event;
use crate::messages::plo::moment::Moment;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-147",
    name: "an_estimate_lies_ahead",
    holds: Text {
        en: "Anslag is true only for a time that is not known for certain yet",
        nb: "Anslag er true bare for et tidspunkt som ennå ikke er sikkert",
        nn: "Anslag er true berre for eit tidspunkt som enno ikkje er sikkert",
    },
    hint: Text {
        en: "Set Anslag to false for what has happened",
        nb: "Sett Anslag til false for det som har hendt",
        nn: "Set Anslag til false for det som har hendt",
    },
    source: "HIS 80704, 13.2.7",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Finds estimates that lie before the day of the message. R-163 sees to the admission notice, where Anslag has a meaning of its
/// own.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(written) = Moment::read(&head.model.info.gen_date).filter(|_| head.kind.code != "LOG_INNLAGT") else {
        return Vec::new();
    };
    let over =
        |event: &Event<'_>| event.is_estimate() && event.moment().is_some_and(|moment| written.is_of_a_later_day(moment));
    Event::all(head).into_iter().filter(over).map(|event| place::finding_at(&RULE, event.time())).collect()
}
