//! Who is responsible and who is asked for in a clinical dialog: the roles that its profile demands (HIS 1077).

use super::super::label::Label;
use super::super::rule::Told;
use super::super::walk::is_code;
use super::order::{NOTE, put, put_code, words_of};
use super::roles::{ROLE, UNIT};
use super::told::{CONTACT, SENDER};
use crate::xml::{Draft, Node};

const FK1: &str = "http://www.kith.no/xmlstds/felleskomponent1";
const WHO: &str = "HealthcareProfessional";
const PROFESSION: &str = "TypeHealthcareProfessional";

/// Whether somebody can be called: a clinician or a unit with name and telephone.
fn can_be_called(note: &Draft<'_>) -> bool {
    let has_telephone = |who: &Draft<'_>| {
        let addresses =
            who.children().filter(|it| it.local() == "TeleCom").filter_map(|telecom| telecom.child("TeleAddress"));
        addresses.into_iter().any(|it| it.attribute("V").is_some_and(|v| !v.trim().is_empty()))
    };
    let is_named = |who: &Draft<'_>, names: &[&str]| {
        names.iter().any(|name| who.child(name).is_some_and(|name| !name.text().trim().is_empty()))
    };
    let clinician = |who: &Draft<'_>| is_named(who, &["FamilyName", "GivenName"]) && has_telephone(who);
    let unit = |unit: &Draft<'_>| is_named(unit, &["OrganisationName"]) && has_telephone(unit);
    roles(note).any(|role| {
        let of_unit = role.child(UNIT);
        role.child(WHO).or_else(|| of_unit?.child(WHO)).is_some_and(clinician)
            || of_unit.and_then(|of_unit| of_unit.child("Kontaktenhet")).is_some_and(unit)
    })
}

/// Whether a first message says whom it asks for; an answer goes to who wrote before.
fn is_asked_for(note: &Draft<'_>, told: &Told<'_>) -> bool {
    is_reply(told) || roles(note).any(|role| is_contact(role) && profession(role).is_some())
}

/// Whether the message refers to an earlier one.
pub fn is_reply(told: &Told<'_>) -> bool {
    told.head.is_some_and(|head| head.children().any(|child| child.name().local == "ConversationRef"))
}

/// Adds whom the receiver's setting says that dialogs are for; `None` when there is no such setting.
fn ask_for_the_usual(note: &mut Draft<'_>, told: &Told<'_>) -> Option<()> {
    let code = told.wanted.understands.contact_profession?;
    let mut role = note.part(ROLE);
    put_code(&mut role, "RoleToPatient", 9034, "24", &[]);
    let profession = role.part(PROFESSION).with("V", code).with("DN", words_of(9060, code).unwrap_or_default());
    let mut who = role.part(WHO);
    who.push(profession);
    role.push(who);
    put(note, role, &NOTE);
    Some(())
}

/// Adds the sender's unit with its telephone, as the head of the message has them; `None` when there is no telephone.
fn name_the_sender(note: &mut Draft<'_>, told: &Told<'_>) -> Option<()> {
    let sender = told.head?.children().find(|child| child.name().local == "Sender")?;
    let organisation = sender.descendants().filter(|node| node.name().local == "Organisation").last()?;
    let telephone = sender.descendants().filter(|node| node.name().local == "TeleAddress").last()?.attribute("V")?.trim();
    let name = organisation.children().find(|child| child.name().local == "OrganisationName")?.text();
    if name.trim().is_empty() || telephone.is_empty() {
        return None;
    }
    let mut contact = note.part("Kontaktenhet");
    contact.push(Draft::new("fk1", FK1, "OrganisationName").with_text(name.trim()));
    contact.push(ident(organisation)?);
    let mut telecom = Draft::new("fk1", FK1, "TeleCom");
    telecom.push(Draft::new("fk1", FK1, "TeleAddress").with("V", telephone));
    contact.push(telecom);
    let mut unit = note.part(UNIT);
    unit.push(contact);
    let mut role = note.part(ROLE);
    put_code(&mut role, "RolleNotat", 9057, "1", &[]);
    role.push(unit);
    put(note, role, &NOTE);
    Some(())
}

/// The first identifier of an organisation in the head, as a dialog message has it.
fn ident<'t>(organisation: Node<'_>) -> Option<Draft<'t>> {
    let ident = organisation.children().find(|child| child.name().local == "Ident")?;
    let part = |local: &str| ident.children().find(|child| child.name().local == local);
    let mut made = Draft::new("fk1", FK1, "Ident");
    made.push(Draft::new("fk1", FK1, "Id").with_text(part("Id")?.text().trim()));
    let mut kind = Draft::new("fk1", FK1, "TypeId");
    part("TypeId")?.attributes().for_each(|(name, value)| kind.set_attribute(name.local, value));
    made.push(kind);
    Some(made)
}

/// Takes out again what the labels say that nobody but us put in.
pub fn take_out(note: &mut Draft<'_>, labels: &[Label]) {
    if labels.contains(&Label::not_given(CONTACT)) {
        ask_for_nobody(note);
    }
    if labels.contains(&Label::not_given(SENDER)) {
        let is_ours = |role: &Draft<'_>| role.child(UNIT).is_some() && role.child(WHO).is_none();
        let last = roles(note).enumerate().filter(|(_, role)| is_ours(role)).map(|(place, _)| place).last();
        note.take_where(ROLE, |place, _| Some(place) == last);
    }
}

/// Whether a label says that we put somebody in.
pub fn says_put_in(label: &Label) -> bool {
    [CONTACT, SENDER].iter().any(|field| *label == Label::not_given(field))
}

/// Puts in who the profile demands, and says so in labels; `None` when that is not known.
pub fn complete(note: &mut Draft<'_>, told: &Told<'_>, labels: &mut Vec<Label>) -> Option<()> {
    if !is_asked_for(note, told) {
        ask_for_the_usual(note, told)?;
        labels.push(Label::not_given(CONTACT));
    }
    if !can_be_called(note) {
        name_the_sender(note, told)?;
        labels.push(Label::not_given(SENDER));
    }
    Some(())
}

/// Takes out again whom nobody but us asked for: the last contact that is a profession only.
fn ask_for_nobody(note: &mut Draft<'_>) {
    let is_bare = |role: &Draft<'_>| is_contact(role) && role.child(WHO).is_some_and(|who| who.children().count() == 1);
    let last = roles(note).enumerate().filter(|(_, role)| is_bare(role)).map(|(place, _)| place).last();
    note.take_where(ROLE, |place, _| Some(place) == last);
}

fn roles<'d, 't>(note: &'d Draft<'t>) -> impl Iterator<Item = &'d Draft<'t>> {
    note.children().filter(|child| child.local() == ROLE)
}

fn is_contact(role: &Draft<'_>) -> bool {
    let named = role.child("RoleToPatient").or_else(|| role.child(WHO)?.child("RoleToPatient"));
    named.is_some_and(|named| is_code(named, 9034, "24"))
}

fn profession<'d, 't>(role: &'d Draft<'t>) -> Option<&'d str> {
    let code = role.child(WHO)?.child(PROFESSION)?.attribute("V")?.trim();
    Some(code).filter(|code| !code.is_empty())
}
