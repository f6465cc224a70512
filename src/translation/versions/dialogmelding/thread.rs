//! What is known of the dialog that a message belongs to: its topic, and the question that it answers. Read from earlier messages as
//! they came; what cannot be read is as if it were not known.

use super::super::edition::Edition;
use super::super::rule::{Step, Told};
use super::super::wanted::{Known, Wanted};
use super::UP;
use super::order::{said, words};
use crate::routing::Understands;
use crate::xml::{Draft, Limits, Node, Tree, decode};

const HEAD: &str = "http://www.kith.no/xmlstds/msghead/2006-05-24";
const DIALOG: &str = "http://www.kith.no/xmlstds/dialog/2013-01-23";

/// An earlier message: its type, and its content in the newer version.
struct Earlier {
    type_code: String,
    content: Draft<'static>,
}

/// The topic of a request: its own, or what kind of request it is.
pub fn topic_of(request: &Draft<'_>) -> Option<String> {
    said(request, "EmneSporsmal").or_else(|| words(request.child("TypeForesp")?))
}

/// The topic of the dialog: it stays the same from its first message on (HIS 1077).
pub fn topic(known: &Known) -> Option<String> {
    let of_message = |bytes: &Option<Vec<u8>>| {
        let earlier = earlier(bytes.as_deref()?)?;
        let note = earlier.content.child("Notat");
        let of_note = || said(note.filter(|_| earlier.type_code == "DIALOG_HELSEFAGLIG")?, "Tema");
        let request = earlier.content.child("Foresporsel").or_else(|| note?.child("Foresporsel"));
        of_note().or_else(|| topic_of(request?))
    };
    of_message(&known.parent).or_else(|| of_message(&known.first))
}

/// The question that a message answers: that of the request which it refers to, where that asks one.
pub fn question(known: &Known) -> Option<Draft<'static>> {
    let earlier = earlier(known.parent.as_deref()?)?;
    let mut requests = earlier.content.children().filter(|child| child.local() == "Foresporsel");
    let request = requests.next().filter(|_| earlier.type_code == "DIALOG_FORESPORSEL")?;
    requests.next().is_none().then(|| request.apart())
}

fn earlier(bytes: &[u8]) -> Option<Earlier> {
    let text = decode(bytes).ok()?;
    let (tree, trouble) = Tree::read(&text, &Limits::default());
    let root = tree.root().filter(|_| trouble.is_none())?;
    let info = root.child(HEAD, "MsgInfo")?;
    let type_code = info.child(HEAD, "Type")?.attribute("V")?.trim().to_string();
    let path = ["Document", "RefDoc", "Content"];
    let content = path.into_iter().try_fold(root, |node, step| node.child(HEAD, step))?.children().next()?;
    is_dialog(content).then(|| Earlier { type_code, content: in_the_newer_version(content) })
}

fn is_dialog(content: Node<'_>) -> bool {
    let name = content.name();
    name.local == "Dialogmelding" && name.namespace.starts_with("http://www.kith.no/xmlstds/dialog/")
}

fn in_the_newer_version(content: Node<'_>) -> Draft<'static> {
    let understands = Understands::default();
    let mut draft = Draft::of(content);
    if content.name().namespace != DIALOG {
        let mut told = Told::new(Edition::Dialog11, Wanted::of(&understands), None);
        for step in UP.iter().filter_map(|rule| rule.up) {
            let (Step::Does(run) | Step::PutsBack(run)) = step;
            run(&mut draft, &mut told);
        }
    }
    draft.apart()
}
