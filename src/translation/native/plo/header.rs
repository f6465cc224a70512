//! What every message of nursing and care begins with: its status, the request it answers, and who can be called.

use super::super::at::At;
use super::super::catalogue::{CHANGED, EARLIER_WANTED, PHONE, RESPONSIBLE, STATUS};
use super::super::code::{Code, coding};
use super::super::conversation::{Link, goes_back};
use super::super::dialog::{answered, quoted, responsible, unit, usual_role};
use super::super::element::{Element, FK1, PO, put};
use super::super::envelope::Parties;
use super::super::moment::day_of;
use super::super::professional::Professional;
use super::super::work::Work;
use super::people::{complete, contact_person, contacts, life, next_of_kin, units};

/// The common part, in the order of the schema.
pub(super) fn header(
    work: &Work<'_>,
    root: &At<'_>,
    link: Option<&Link<'_>>,
    parties: &Parties<'_>,
    relation: &str,
    may_change: bool,
) -> Vec<Element> {
    let mut parts = vec![information(work, root, link, parties, may_change)];
    parts.extend(life(work));
    parts.extend(next_of_kin(work));
    let unit = parties.sender.as_ref().and_then(|sender| unit(sender, "Kontaktenhet", &PO));
    let has_unit = unit.is_some();
    parts.extend(unit.map(|unit| {
        let mut element = PO.element("TilknyttetEnhet");
        element.push(unit);
        element
    }));
    parts.extend(units(work));
    let who = responsible(work, root, &FK1).map(|mut who| {
        if who.role.is_none() {
            who.role = Some(usual_role(&who, parties.sender.as_ref()));
        }
        who
    });
    if who.is_none() && !has_unit {
        work.tell(&RESPONSIBLE, root.path.clone());
    }
    if let Some(who) = who.as_ref().filter(|who| !who.has_phone() && !has_unit) {
        work.tell(&PHONE, who.path.clone());
    }
    parts.extend(who.as_ref().and_then(|who| contact_person(work, who)));
    parts.extend(contacts(work));
    parts.extend(who.and_then(|who| report(work, root, &who, relation)));
    parts
}

fn report(work: &Work<'_>, root: &At<'_>, who: &Professional, relation: &str) -> Option<Element> {
    complete(work, who)?;
    let is_own_doctor = who.role.as_ref().is_some_and(|role| role.v == "6");
    let relation = if relation == "AMO" && is_own_doctor { "FLE" } else { relation };
    let mut element = PO.element("AnsvarForRapport");
    element.push(who.write(PO.element("AnsvarligRapport"), &FK1, &FK1, true));
    put(&mut element, day_of(work, root, "date").map(|day| PO.text("GodkjentDato", &day)));
    element.push(PO.cv("TypeRelasjon", &Code::of(8254, relation)));
    Some(element)
}

fn information(work: &Work<'_>, root: &At<'_>, link: Option<&Link<'_>>, parties: &Parties<'_>, may_change: bool) -> Element {
    let status = status(work, root);
    if status.v == "M" && !may_change {
        work.tell(&CHANGED, root.place("status"));
    }
    if status.v != "N" && link.is_none() {
        work.tell(&EARLIER_WANTED, root.path.clone());
    }
    let mut element = PO.element("InformasjonOmForsendelsen");
    element.push(PO.cs("Forsendelsesstatus", &status));
    let reserved = root.our_bool("forbehold-videresending");
    put(&mut element, reserved.map(|reserved| PO.text("ForbeholdOmVideresending", if reserved { "true" } else { "false" })));
    let is_request = |link: &&Link<'_>| link.earlier.is_some_and(|earlier| earlier.type_code() == "DIALOG_FORESPORSEL");
    if let Some(link) = link.filter(is_request) {
        goes_back(work, Some(link), parties.receiver());
        if let Some(question) = answered(work, link, root) {
            element.push(PO.text("SvarPaaForesporsel", "true"));
            element.push(quoted(&PO, question, "RefDokIdForesp"));
        }
    }
    element
}

/// `Forsendelsesstatus`: new, changed or cancelled.
fn status(work: &Work<'_>, root: &At<'_>) -> Code {
    let said = root.ours("forsendelsesstatus").and_then(|said| coding(work, &said, &[7309]));
    let by_status = match root.text_of("status").unwrap_or_default() {
        "amended" => "M",
        "entered-in-error" => "C",
        // A CarePlan has words of its own.
        "final" | "active" | "completed" | "on-hold" | "" => "N",
        _ => {
            work.tell(&STATUS, root.place("status"));
            "N"
        }
    };
    said.unwrap_or_else(|| Code::of(7309, by_status))
}
