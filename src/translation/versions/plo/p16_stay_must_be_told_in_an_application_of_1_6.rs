//! P-16: an application must tell of a stay in 1.6.

use super::super::edition::Edition;
use super::super::rule::{Rule, Step, Told};
use super::super::walk::is_code;
use super::nursing::component;
use super::p01_names_are_of_another_year::in_edition;
use super::{APPLICATION, BEHIND_KIND};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::{Draft, Limits, Tree, decode};

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-16",
    name: "stay_must_be_told_in_an_application_of_1_6",
    what: Text {
        en: "The stay that 1.6 must tell of is that of the LOG_INNLAGT for the same patient from the same sender, while the stay is open; a date is never invented: otherwise it stands without one where that was agreed (plo15_opphold_placeholder), and else the message is refused",
        nb: "Oppholdet som 1.6 må fortelle om, er det i LOG_INNLAGT for samme pasient fra samme avsender, så lenge oppholdet varer; en dato blir aldri diktet opp: ellers står det uten dato der det er avtalt (plo15_opphold_placeholder), og meldingen avvises der det ikke er det",
        nn: "Opphaldet som 1.6 må fortelje om, er det i LOG_INNLAGT for same pasient frå same avsendar, så lenge opphaldet varer; ein dato blir aldri dikta opp: elles står det utan dato der det er avtalt (plo15_opphold_placeholder), og meldinga blir avvist der det ikkje er det",
    },
    before: "HelseopplysningerVedSoknad/OpplysningOpphold (absent)",
    after: "HelseopplysningerVedSoknad/OpplysningOpphold",
    class: LossClass::Refuse,
    source: "HIS 80704 v1.6, 7.2",
    down: None,
    up: Some(Step::Does(run)),
};

const STAY: &str = "OpplysningOpphold";
const EVENT: &str = "TidsfestetHendelse";

/// Never a date of our own.
fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    if content.local() != APPLICATION || content.child(STAY).is_some() {
        return;
    }
    let space = component(content);
    let known = told.wanted.known.admission.as_deref().and_then(admission).filter(|event| event.namespace() == space);
    let (event, class) = match known {
        Some(event) => (event, LossClass::Recoded),
        None if told.wanted.understands.stay_placeholder => (without_a_date(&space), LossClass::Text),
        None => return told.tell(&RULE, LossClass::Refuse, content.origin()),
    };
    let mut stay = Draft::new("po", &space, STAY);
    stay.push(event);
    content.insert_before(stay, &BEHIND_KIND[1..]);
    told.tell(&RULE, class, content.origin());
}

/// That the patient came, as a notice of it says (9121, 1), in the names of 1.6.
fn admission<'t>(notice: &[u8]) -> Option<Draft<'t>> {
    let text = decode(notice).ok()?;
    let (tree, trouble) = Tree::read(&text, &Limits::default());
    let root = tree.root().filter(|_| trouble.is_none())?;
    let message = root.descendants().find(|node| node.name().local == "MeldingInnlagtPasient")?;
    let events = message.children().filter(|node| node.name().local == EVENT).map(Draft::of);
    let came = |event: &Draft<'_>| event.child("Hendelsekode").is_some_and(|code| is_code(code, 9121, "1"));
    let mut event = events.into_iter().find(came)?.apart();
    event.move_namespaces(&|namespace| in_edition(namespace, Edition::Plo16), &|_| false);
    Some(event)
}

/// What the schema demands and no more: a time without a value, that it is an estimate, and why.
fn without_a_date<'t>(space: &str) -> Draft<'t> {
    let mut event = Draft::new("po", space, EVENT);
    event.push(event.part("TidspunktForHendelse"));
    event.push(event.part("Anslag").with_text("true"));
    event.push(event.part("Merknad").with_text("ikke oppgitt i v1.5"));
    event
}
