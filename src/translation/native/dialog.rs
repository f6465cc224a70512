//! What the messages of the dialogue have in common: their root resource, the roles beside the text, and the questions they quote.

use super::at::{At, ours};
use super::catalogue::{ONE_ROOT, PERSON_NAME, PHONE, PROFESSION, RESPONSIBLE, ROOT, STATUS};
use super::code::Code;
use super::conversation::Link;
use super::earlier::child;
use super::element::{DIALOG_1_0, DIALOG_1_1, Element, FK1, Space, copy, put};
use super::envelope::{Parties, message};
use super::party::Party;
use super::professional::Professional;
use super::references::{all_behind, behind};
use super::remark::Severity;
use super::work::Work;
use super::{contact, party};
use crate::domain::Level;
use crate::xml::Node;

/// The resources of a type that hold the message: those in focus, else all of the Bundle.
pub(super) fn roots<'b>(work: &Work<'b>, resource_type: &str) -> Vec<At<'b>> {
    let focus = work.header.each("focus").into_iter().filter_map(|one| work.entries.follow(&one, &work.header));
    let in_focus: Vec<At<'_>> = focus.filter(|one| one.resource_type() == resource_type).collect();
    if in_focus.is_empty() { work.entries.all(resource_type) } else { in_focus }
}

/// The Communication of a note; none or several are told.
pub(super) fn note<'b>(work: &Work<'b>) -> Option<At<'b>> {
    let roots = roots(work, "Communication");
    if let Some(second) = roots.get(1) {
        work.tell(&ONE_ROOT, second.path.clone());
    }
    let note = roots.into_iter().next();
    match &note {
        None => work.tell(&ROOT, work.header.place("focus")),
        Some(note) => is_finished(work, note, &["completed", "in-progress", "unknown"]),
    }
    note
}

/// What was not finished, or was given up, is not sent.
pub(super) fn is_finished(work: &Work<'_>, resource: &At<'_>, sent: &[&str]) {
    if resource.text_of("status").is_some_and(|status| !sent.contains(&status)) {
        work.tell(&STATUS, resource.place("status"));
    }
}

/// The professional who is responsible for a root resource, wherever that is said.
pub(super) fn responsible<'b>(work: &Work<'b>, root: &At<'b>, outer: &Space) -> Option<Professional> {
    let of_root = ["sender", "requester", "author"].into_iter().flat_map(|member| all_behind(work, root, member));
    let header = &work.header;
    let of_header =
        ["author", "responsible", "enterer", "sender"].into_iter().filter_map(|member| behind(work, header, member));
    // A CarePlan or Composition may have a party as its author, too.
    let all: Vec<At<'_>> = of_root.chain(of_header).collect();
    let mut found = all.iter().filter_map(|one| Professional::of(work, one, outer, &FK1));
    found.find(|one| one.person.name.family.is_some() || one.person.name.given.is_some() || one.has_phone())
}

/// What a professional is to the patient when nothing is said: the GP, or a contact.
pub(super) fn usual_role(professional: &Professional, sender: Option<&Party<'_>>) -> Code {
    let is_doctor = professional.profession.as_ref().is_some_and(|code| code.v == "LE");
    let is_party = sender.is_some_and(|sender| sender.known.level == Level::Person);
    Code::of(9034, if is_doctor && is_party { "6" } else { "21" })
}

/// Who wrote it, with name and telephone, or the unit that can be called.
pub(super) fn author_role(work: &Work<'_>, space: &Space, root: &At<'_>, parties: &Parties<'_>, must: bool) -> Vec<Element> {
    let sender = parties.sender.as_ref();
    // Version 1.0 has no place for a unit: then it is not read.
    let unit = sender.filter(|_| space.name == DIALOG_1_1.name).and_then(|sender| unit(sender, "Kontaktenhet", space));
    let author = responsible(work, root, space);
    if must && unit.is_none() {
        match &author {
            None => work.tell(&RESPONSIBLE, root.path.clone()),
            Some(author) if !author.person.name.is_full() => work.tell(&PERSON_NAME, author.path.clone()),
            Some(author) if !author.has_phone() => work.tell(&PHONE, author.path.clone()),
            Some(_) => {}
        }
    }
    let mut role = space.element("RollerRelatertNotat");
    let code = author.as_ref().map(|author| author.role.clone().unwrap_or_else(|| usual_role(author, sender)));
    put(&mut role, space.cv("RoleToPatient", &code.unwrap_or_else(|| Code::of(9034, "21"))));
    let is_empty = author.is_none() && unit.is_none();
    put(
        &mut role,
        unit.map(|unit| {
            let mut around = space.element("TilknyttetEnhet");
            around.push(unit);
            around
        }),
    );
    put(&mut role, author.map(|author| author.write(space.element("HealthcareProfessional"), space, &FK1, false)));
    if is_empty { Vec::new() } else { vec![role] }
}

/// The unit of a party with its telephone numbers, as a felleskomponent1 organisation in an element of this name.
pub(super) fn unit(party: &Party<'_>, local: &str, space: &Space) -> Option<Element> {
    let telecoms = contact::telecoms(party.unit.as_ref()?);
    telecoms.iter().find(|telecom| telecom.is_phone())?;
    let mut element = space.element(local);
    element.push(FK1.text("OrganisationName", &party.known.name));
    element.push(contact::ident_element(&FK1, &FK1, &party::her(party.known.her_id, contact::OF_ORGANISATIONS)));
    telecoms.iter().for_each(|telecom| element.push(contact::telecom_element(&FK1, &FK1, telecom)));
    Some(element)
}

/// The profession at the receiver that the message is for: role 24.
pub(super) fn receiver_roles(work: &Work<'_>, space: &Space, root: &At<'_>, must: bool) -> Vec<Element> {
    let recipients = all_behind(work, root, "recipient").into_iter();
    let unnamed = recipients.filter(|one| one.resource_type() == "PractitionerRole" && one.first("identifier").is_none());
    let found = unnamed.filter_map(|one| {
        let who = Professional::of(work, &one, space, &FK1)?;
        if who.profession.is_none() {
            work.note(&PROFESSION, one.path.clone(), Severity::Warning);
        }
        Some(who).filter(|who| who.profession.is_some())
    });
    let role = |who: Professional| {
        let mut role = space.element("RollerRelatertNotat");
        role.push(space.cv("RoleToPatient", &Code::of(9034, "24")));
        role.push(who.write(space.element("HealthcareProfessional"), space, &FK1, false));
        role
    };
    let roles: Vec<Element> = found.map(role).collect();
    if must && roles.is_empty() {
        work.tell(&PROFESSION, root.place("recipient"));
    }
    roles
}

/// The codes that a request may have, by who asks: services of municipalities, doctors, hospitals.
pub(super) const REQUESTS: [u32; 3] = [9152, 9153, 9154];

/// The question of a stored request, written as that of an answer in this namespace: kind, text and the number of the question.
pub(super) fn quoted(space: &Space, question: Node<'_>, number: &str) -> Element {
    let mut quoted = space.element("Foresporsel");
    for (local, written) in [("TypeForesp", "TypeForesp"), ("Sporsmal", "Sporsmal"), ("DokIdForesp", number)] {
        let Some(node) = child(question, local) else { continue };
        let mut made = space.element(written);
        if local == "TypeForesp" {
            node.attributes().for_each(|(name, value)| made.set_attribute(name.local, value));
        } else {
            // A newer request may have markup in it.
            made.set_text(crate::translation::versions::plain(&copy(node)));
        }
        quoted.push(made);
    }
    quoted
}

/// The question of the earlier message that is answered; that it cannot be told which is told.
pub(super) fn answered<'l>(work: &Work<'_>, link: &'l Link<'_>, root: &At<'_>) -> Option<Node<'l>> {
    let questions = link.earlier?.questions();
    if let [one] = questions.as_slice() {
        return Some(*one);
    }
    let requests = root.each("basedOn").into_iter().filter_map(|based| work.entries.follow(&based, root));
    let number = requests.into_iter().find_map(|request| {
        ["status", "subject", "intent"].into_iter().for_each(|name| request.done_with(name));
        let numbered = request.each("identifier").into_iter().find(is_document_number)?;
        numbered.done();
        numbered.text_of("value").map(str::to_owned)
    });
    let is_it = |question: &&Node<'_>| {
        number.is_some() && child(**question, "DokIdForesp").map(|node| node.text().into_owned()) == number
    };
    let found = questions.iter().find(is_it).copied();
    if found.is_none() {
        work.tell(&super::catalogue::WHICH_QUESTION, link.path.clone());
    }
    found
}

/// Whether an Identifier is the number of a question in its message.
pub(super) fn is_document_number(identifier: &At<'_>) -> bool {
    let codings = identifier.get("type").map(|kind| kind.each("coding")).unwrap_or_default();
    codings.iter().any(|coding| coding.peek_of("code") == Some("dok-id"))
}

/// The text of an extension of ours.
pub(super) fn our_text<'b>(holder: &At<'b>, name: &str) -> Option<&'b str> {
    holder.extension(&ours(name))?.value()?.text()
}

/// The whole message around notes or requests.
pub(super) fn dialogue<'b>(
    work: &Work<'b>,
    event: &str,
    space: &Space,
    parties: &Parties<'b>,
    link: Option<&Link<'b>>,
    roots: &[At<'b>],
    parts: Vec<Element>,
) -> String {
    let mut root = space.element("Dialogmelding");
    root.declare(&[(space.prefix, space.name), (FK1.prefix, FK1.name)]);
    parts.into_iter().for_each(|part| root.push(part));
    message(work, event, parties, link, roots, root)
}

/// The namespace of the older version, which all types but one have.
pub(super) fn older() -> &'static Space {
    &DIALOG_1_0
}
