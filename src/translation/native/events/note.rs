//! `Notat`, as the types that use it have it.

use super::super::at::At;
use super::super::catalogue::TEXT;
use super::super::code::Code;
use super::super::element::{Element, Space, put};
use super::super::moment::day_of;
use super::super::words;
use super::super::work::Work;

/// What differs between the types.
pub(super) struct Note<'n> {
    pub space: &'n Space,
    pub theme: Code,
    pub topic: Option<String>,
    /// Markup is sent as it is; only the newer version has receivers that show it.
    pub may_have_markup: bool,
    pub question: Option<Element>,
    pub roles: Vec<Element>,
}

/// Makes the note of a Communication; that it has no text is told.
pub(super) fn note(work: &Work<'_>, root: &At<'_>, about: Note<'_>) -> Element {
    let Note { space, theme, topic, may_have_markup, question, roles } = about;
    let mut note = space.element("Notat");
    note.push(space.cv("TemaKodet", &theme));
    put(&mut note, topic.map(|topic| space.text("Tema", &topic)));
    let markup = words::markup(root, work.has_appendix()).filter(|_| may_have_markup);
    match markup {
        Some(markup) => {
            let mut text = space.element("TekstNotatInnhold");
            text.push(markup);
            note.push(text);
        }
        None => match words::text(work, root) {
            Some(text) => note.push(space.text("TekstNotatInnhold", &text)),
            None => work.tell(&TEXT, root.place("payload")),
        },
    }
    let remarks: Vec<&str> = root.each("note").iter().filter_map(|note| note.text_of("text")).collect();
    put(&mut note, (!remarks.is_empty()).then(|| space.text("Merknad", &remarks.join("\n"))));
    put(&mut note, day_of(work, root, "sent").map(|day| space.text("DatoNotat", &day)));
    put(&mut note, question);
    roles.into_iter().for_each(|role| note.push(role));
    note
}
