//! One message of nursing and care: the common part, then the groups that its resources have become.

use super::super::at::At;
use super::super::catalogue::{ONE_ROOT, ROOT};
use super::super::conversation::{Link, link};
use super::super::dialog;
use super::super::element::{EPJ1, EPJ2, EPJ3, Element, FK1, META, PO, Space};
use super::super::envelope::{message, parties};
use super::super::work::Work;
use super::groups::{Groups, around};
use super::header::header;
use super::journal::Journal;
use super::{allergies, care, diagnoses, information, medicines, observations, stay, told};

/// What differs between the messages.
pub(in super::super) struct Message {
    pub code: &'static str,
    pub space: Space,
    pub root: &'static str,
    /// The groups behind the common part, in the order of the schema.
    pub groups: &'static [&'static str],
    /// What the responsible one is for the message (8254).
    pub relation: &'static str,
    /// It may be sent again, changed.
    pub may_change: bool,
    /// A CarePlan may stand for the Composition.
    pub may_be_a_plan: bool,
    /// Adds what only this message has, and tells what it lacks.
    pub own: fn(&Work<'_>, &At<'_>, Option<&Link<'_>>, &mut Groups),
}

/// Makes the message.
pub(in super::super) fn make(work: &Work<'_>, about: &Message) -> Option<String> {
    let parties = parties(work);
    let Some(root) = root(work, about) else {
        work.tell(&ROOT, work.header.place("focus"));
        return None;
    };
    let link = link(work, &root);
    ["title", "type", "identifier", "intent", "custodian", "created", "confidentiality", "date"]
        .into_iter()
        .for_each(|name| root.done_with(name));
    let common = header(work, &root, link.as_ref(), &parties, about.relation, about.may_change);
    let mut groups = Groups::new(about.groups);
    content(work, &root, &mut groups);
    (about.own)(work, &root, link.as_ref(), &mut groups);
    let content = written(about, common, groups);
    Some(message(work, about.code, &parties, link.as_ref(), std::slice::from_ref(&root), content))
}

fn root<'b>(work: &Work<'b>, about: &Message) -> Option<At<'b>> {
    let mut roots = dialog::roots(work, "Composition");
    if roots.is_empty() && about.may_be_a_plan {
        roots = dialog::roots(work, "CarePlan");
    }
    // A second one would not be told of: a message is one document.
    roots.iter().skip(1).for_each(|root| work.tell(&ONE_ROOT, root.path.clone()));
    roots.into_iter().next()
}

/// Every resource becomes the group that the message has for it, whatever section it stands in.
fn content(work: &Work<'_>, root: &At<'_>, groups: &mut Groups) {
    let mut journal = Journal::default();
    let mut nursing = Vec::new();
    if groups.may_have("MedisinskfagligeOpplysninger") {
        journal.read(work, &root.each("section"), 0);
        let before = diagnoses::conditions(work, groups);
        let blood = observations::observations(work, groups, &mut journal);
        told::in_words(work, &mut journal);
        let allergies = allergies::allergies(work);
        care::services(work, groups, &mut nursing);
        let notes = journal.place(work, groups, &mut nursing);
        // InfoFraSykepleier is the first of the nursing notes.
        nursing.sort_by_key(|part| NURSING.iter().position(|known| *known == part.local()));
        let medical: Vec<Element> = blood.into_iter().chain(before).chain(allergies).chain(notes).collect();
        groups.add_around("MedisinskfagligeOpplysninger", medical);
        groups.add_around("Sykepleierdokumentasjon", nursing);
    } else {
        // Its services say everything; a section has only their names.
        root.each("section").iter().for_each(|section| {
            section.each("entry").iter().for_each(|entry| drop(work.follow(entry, section)));
            if section.json.get("entry").is_some() {
                ["title", "code"].into_iter().for_each(|name| section.done_with(name));
            }
        });
        care::services(work, groups, &mut nursing);
    }
    medicines::medicines(work, groups);
    information::information(work, groups);
    stay::stay(work, groups);
}

const NURSING: [&str; 3] = ["InfoFraSykepleier", "IverksatteTiltak", "AnbefaltVidereTiltak"];

fn written(about: &Message, common: Vec<Element>, groups: Groups) -> Element {
    let mut root = around(&about.space, about.root, common.into_iter().chain(groups.in_order()).collect());
    for space in [&about.space, &PO, &FK1, &EPJ1, &EPJ2, &EPJ3, &META] {
        root.declare(&[(space.prefix, space.name)]);
    }
    root
}
