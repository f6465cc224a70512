//! Where the text of a nurse stands: the journal texts of `Sykepleierdokumentasjon/InfoFraSykepleier`, which are made where they
//! are not there, and taken away again where nothing else was put into them.

use super::super::label::{Label, Mark};
use super::super::walk::{each, is_code};
use super::MARK;
use crate::codelists::OID_STEM;
use crate::xml::Draft;

const EPJ2: &str = "http://www.kith.no/xmlstds/epj/epj2/2008-02-20";
const NURSING: &str = "Sykepleierdokumentasjon";
const FROM_NURSE: &str = "InfoFraSykepleier";
const TEXT: &str = "Journaltekst";

/// Labels that say which of the elements around a text were made for it.
const MADE: [(&str, &str); 2] = [(NURSING, "Sykepleierdokumentasjon"), (FROM_NURSE, "Info fra sykepleier")];

/// What follows `Sykepleierdokumentasjon` in the application for services.
const BEHIND_NURSING: [&str; 5] = [
    "OpplysningerAndreFaggrupper",
    "InfoKartleggingFunksjonsniva",
    "InfoAssistertKommunikasjon",
    "InfoInformasjonGitt",
    "TjenesteBehov",
];

/// A new journal text, with a heading of list 9141 or without.
pub fn journal_text<'t>(heading: Option<(&str, &str)>) -> Draft<'t> {
    let mut text = Draft::new("epj2", EPJ2, TEXT);
    if let Some((code, words)) = heading {
        let heading = text.part("Overskriftskode").with("V", code);
        text.insert_before(heading.with("S", &format!("{OID_STEM}9141")).with("DN", words), &[]);
    }
    text
}

/// Puts labels behind the first journal text of the nurse.
pub fn note(content: &mut Draft<'_>, labels: &[Label]) {
    let mut made = Vec::new();
    if content.child(NURSING).is_none() {
        made.push(Label::not_given(MADE[0].1));
        let nursing = Draft::new("po", &component(content), NURSING);
        content.insert_before(nursing, &BEHIND_NURSING);
    }
    let Some(nursing) = content.child_mut(NURSING) else { return };
    if nursing.child(FROM_NURSE).is_none() {
        if made.is_empty() {
            made.push(Label::not_given(MADE[1].1));
        }
        let first = nursing.children().next().map(|child| child.local().to_string());
        let from_nurse = nursing.part(FROM_NURSE);
        nursing.insert_before(from_nurse, &[first.as_deref().unwrap_or_default()]);
    }
    let Some(from_nurse) = nursing.child_mut(FROM_NURSE) else { return };
    if from_nurse.child(TEXT).is_none() {
        from_nurse.insert_before(journal_text(None), &[]);
    }
    made.extend_from_slice(labels);
    if let Some(text) = from_nurse.child_mut(TEXT) {
        MARK.displace(text, "Notat", &["Merknad"], &made);
    }
}

/// The namespace of the classes that PLO messages are made of: of the same year as the message's own.
pub fn component(content: &Draft<'_>) -> String {
    let year = content.namespace().rsplit('/').next().unwrap_or_default();
    format!("http://www.kith.no/xmlstds/po/poKomponent/{year}")
}

/// Takes labels back out of the journal texts of the nurse, and takes away what was made for them.
pub fn reclaim(content: &mut Draft<'_>, is_wanted: impl Fn(&Label) -> bool) -> Vec<Label> {
    let mut labels = Vec::new();
    each(content, FROM_NURSE, &mut |from_nurse| labels.extend(reclaim_from(from_nurse, MARK, &is_wanted)));
    if labels.is_empty() {
        return labels;
    }
    // Those that say what was made are the last to go: other rules may have put theirs behind them.
    let says_made = |label: &Label| MADE.iter().any(|(_, name)| *label == Label::not_given(name));
    let mut is_bare = false;
    each(content, TEXT, &mut |text| {
        let notat = text.child("Notat").map(Draft::text).unwrap_or_default();
        is_bare |= matches!(MARK.take(&notat, says_made), Some((_, None)));
    });
    if is_bare {
        let mut made = Vec::new();
        each(content, FROM_NURSE, &mut |from_nurse| made.extend(reclaim_from(from_nurse, MARK, &says_made)));
        let was_made = |name: &str| made.contains(&Label::not_given(name));
        let empty = |element: &Draft<'_>| !element.has_children();
        if let Some(nursing) = content.child_mut(NURSING) {
            if was_made(MADE[0].1) || was_made(MADE[1].1) {
                nursing.take_where(FROM_NURSE, |_, found| empty(found));
            }
            if was_made(MADE[0].1) {
                content.take_where(NURSING, |_, found| empty(found));
            }
        }
    }
    labels
}

/// Takes labels back out of the journal texts right in an element, and texts away that held nothing else.
pub fn reclaim_from(parent: &mut Draft<'_>, mark: Mark, is_wanted: &impl Fn(&Label) -> bool) -> Vec<Label> {
    let mut labels = Vec::new();
    for text in parent.children_mut().filter(|child| child.local() == TEXT) {
        labels.extend(mark.reclaim(text, "Notat", is_wanted));
    }
    if !labels.is_empty() {
        parent.take_where(TEXT, |_, text| text.child("Notat").is_none());
    }
    labels
}

/// The place of the first journal text under a heading of list 9141 in an element.
pub fn under_heading(parent: &Draft<'_>, code: &str) -> Option<usize> {
    let texts = parent.children().filter(|child| child.local() == TEXT);
    texts.into_iter().position(|text| text.child("Overskriftskode").is_some_and(|heading| is_code(heading, 9141, code)))
}

/// The journal text at a place in an element.
pub fn text_at<'d, 't>(parent: &'d mut Draft<'t>, place: usize) -> Option<&'d mut Draft<'t>> {
    parent.children_mut().filter(|child| child.local() == TEXT).nth(place)
}
