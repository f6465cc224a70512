//! What one type of dialog message has and another has not, told in labels at the end of the text that both have; and who is asked.

use super::super::label::{Label, Mark};
use super::super::subject::Subject;
use super::plain::{is_shown_in_full, plain};
use crate::routing::LossClass;
use crate::xml::Draft;

/// Before what a request has and a note has not.
pub const OF_A_REQUEST: Mark = Mark("[forespørsel]");
/// Before what an answer has and a clinical dialog has not.
pub const OF_AN_ANSWER: Mark = Mark("[svar]");
/// Before what a clinical dialog has and a request or an answer has not.
pub const OF_A_DIALOG: Mark = Mark("[dialog]");

/// Whom a dialog asks for: who made it up says so, so that the way back takes it out again.
pub const CONTACT: &str = "Kontakt hos mottaker";
/// Who can be called, where the message itself named nobody.
pub const SENDER: &str = "Avsenders kontakt";

/// A request.
pub const REQUEST: Subject = Subject {
    name: "Forespørsel",
    is_numbered: true,
    words: &[
        ("TypeForesp@DN", "type"),
        ("TypeForesp@V", "kode"),
        ("TypeForesp@S", "kodeverk"),
        ("TypeForesp@OT", "annet"),
        ("EmneSporsmal", "emne"),
        ("Sporsmal", "spørsmål"),
        ("Formål@DN", "formål"),
        ("Formål@V", "kode for formål"),
        ("Formål@S", "kodeverk for formål"),
        ("Begrunnelse", "begrunnelse"),
        ("Hastegrad@DN", "hastegrad"),
        ("Hastegrad@V", "kode for hastegrad"),
        ("FraDato", "fra dato"),
        ("TilDato", "til dato"),
        ("TypeJournalinfo@DN", "journalinformasjon"),
        ("TypeJournalinfo@V", "kode for journalinformasjon"),
        ("TypeJournalinfo@S", "kodeverk for journalinformasjon"),
        ("KodetOpplysning@DN", "kodet opplysning"),
        ("KodetOpplysning@V", "kode for kodet opplysning"),
        ("KodetOpplysning@S", "kodeverk for kodet opplysning"),
        ("DokIdForesp", "nummer"),
    ],
};

/// A note, and the question that an answer quotes.
pub const NOTE: Subject = Subject {
    name: "Notat",
    is_numbered: false,
    words: &[
        ("TemaKodet@DN", "kategori"),
        ("TemaKodet@V", "kode for kategori"),
        ("TemaKodet@S", "kodeverk for kategori"),
        ("TemaKodet@OT", "annen kategori"),
        ("Tema", "tema"),
        ("Merknad", "merknad"),
        ("DokIdNotat", "nummer"),
        ("DatoNotat", "dato"),
        ("Foresporsel/TypeForesp@DN", "svar på"),
        ("Foresporsel/TypeForesp@V", "svar på kode"),
        ("Foresporsel/TypeForesp@S", "svar på kodeverk"),
        ("Foresporsel/TypeForesp@OT", "svar på annet"),
        ("Foresporsel/EmneSporsmal", "emne for spørsmålet"),
        ("Foresporsel/Sporsmal", "spørsmål"),
        ("Foresporsel/DokIdForesp", "nummer på forespørselen"),
    ],
};

/// Puts labels behind a text; a formatted one becomes plain, as labels are. Answers what becomes of it.
pub fn put_labels(text: &mut Draft<'_>, mark: Mark, labels: &[Label], line: Option<&str>) -> LossClass {
    let class = if text.has_children() && !is_shown_in_full(text) { LossClass::Dropped } else { LossClass::Text };
    let said = if text.has_children() { plain(text) } else { text.text() };
    let said = is_there(text).then_some(said);
    let said = match (said, line) {
        (Some(said), Some(line)) => Some(format!("{said}\n{line}")),
        (said, _) => said,
    };
    text.retain_attributes(|_, _, _| false);
    text.set_text(mark.append(said.as_deref(), labels));
    class
}

/// Takes labels back out of a text, and the line before them. `None` when there are none.
pub fn take_labels(
    text: &mut Draft<'_>,
    mark: Mark,
    wanted: impl Fn(&Label) -> bool,
    line: Option<&str>,
) -> Option<Vec<Label>> {
    if text.has_children() {
        return None;
    }
    let (labels, left) = mark.take(&text.text(), wanted)?;
    match left {
        None => *text = text.part(text.local()),
        Some(left) => {
            let before_line = line.and_then(|line| left.strip_suffix(line)?.strip_suffix('\n'));
            text.set_text(before_line.unwrap_or(&left).to_string());
        }
    }
    Some(labels)
}

/// Whether a text came with the message, and is not one that we made to put something in.
pub fn is_there(text: &Draft<'_>) -> bool {
    text.origin().is_some() || text.has_children() || !text.text().is_empty()
}
