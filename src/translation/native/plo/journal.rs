//! Sections with nothing but text: journal notes, each under its heading.

use super::super::at::At;
use super::super::code::{Code, of_concept};
use super::super::element::{EPJ2, Element};
use super::super::words::narrative;
use super::super::work::Work;
use super::groups::{Groups, around, component};
use crate::codelists::by_number;

/// No document has sections in sections so deep.
const DEEPEST: usize = 8;

/// The headings of 9142 for sections that have a code of LOINC (§3.15, `section-to-9142`).
const OF_LOINC: [(&str, &str); 8] = [
    ("10164-2", "PROB"),
    ("11348-0", "TS"),
    ("10157-6", "FA"),
    ("29762-2", "FA"),
    ("30954-2", "FU"),
    ("51847-2", "VU"),
    ("18776-5", "OP"),
    ("47420-5", "HJ"),
];

/// Texts under headings; those of a heading are gathered.
#[derive(Default)]
pub(super) struct Journal(Vec<(Option<Code>, Vec<String>)>);

impl Journal {
    pub fn add(&mut self, heading: Option<Code>, text: String) {
        let key = |code: &Option<Code>| code.as_ref().map(|code| (code.list, code.v.clone()));
        match self.0.iter_mut().find(|(known, _)| key(known) == key(&heading)) {
            Some((_, texts)) => texts.push(text),
            None => self.0.push((heading, vec![text])),
        }
    }

    /// Adds a text under a heading of 9142.
    pub fn add_medical(&mut self, heading: &str, text: String) {
        self.add(Some(Code::of(9142, heading)), text);
    }

    /// The sections of a Composition: what their entries are stands in the entries.
    pub fn read(&mut self, work: &Work<'_>, sections: &[At<'_>], depth: usize) {
        for section in sections.iter().filter(|_| depth < DEEPEST) {
            let entries = section.each("entry");
            entries.iter().for_each(|entry| drop(work.follow(entry, section)));
            let is_more = section.json.get("text").and_then(|text| text.get("status")?.text()) == Some("additional");
            let text = if entries.is_empty() || is_more { narrative(section) } else { None };
            let heading = section.get("code").and_then(|code| heading(work, &code));
            match text {
                Some(text) => {
                    let title = section.text_of("title").filter(|_| heading.is_none());
                    let text = [title.map(str::to_owned), Some(text)].into_iter().flatten().collect::<Vec<_>>().join("\n");
                    self.add(heading, text);
                    section.done_with("code");
                }
                None => ["title", "code", "mode", "orderedBy", "emptyReason"]
                    .into_iter()
                    .for_each(|name| section.done_with(name)),
            }
            section.done_with("title");
            self.read(work, &section.each("section"), depth + 1);
        }
    }

    /// Puts the texts where the message has a place for them: nursing headings into the nursing notes.
    pub fn place(mut self, work: &Work<'_>, groups: &mut Groups, nursing: &mut Vec<Element>) -> Vec<Element> {
        if let Some(appendix) = work.appendix_if(groups.may_have("MedisinskfagligeOpplysninger")) {
            self.add(None, appendix.to_owned());
        }
        let has_nursing = groups.may_have("Sykepleierdokumentasjon");
        // A nurse who writes to a doctor writes nursing notes; else what has no heading is a medical note.
        let of_nurse = |heading: &Option<Code>| match heading {
            Some(code) => code.list == 9141,
            None => groups.may_have("InnholdKonsultasjon"),
        };
        let (notes, texts): (Vec<_>, Vec<_>) = self.0.into_iter().partition(|(heading, _)| has_nursing && of_nurse(heading));
        let written = |all: Vec<(Option<Code>, Vec<String>)>| all.into_iter().map(text).collect::<Vec<_>>();
        if !notes.is_empty() {
            nursing.push(around(&super::super::element::PO, "InfoFraSykepleier", written(notes)));
        }
        if texts.is_empty() { Vec::new() } else { vec![note(work, written(texts))] }
    }
}

/// The heading of a section: of one of the national lists, else that of its LOINC code.
fn heading(work: &Work<'_>, code: &At<'_>) -> Option<Code> {
    of_concept(work, code, &[9142, 9145, 9141]).or_else(|| {
        let codes = code.each("coding");
        let of_loinc = codes.iter().filter(|coding| coding.peek_of("system") == Some("http://loinc.org"));
        let mut headings =
            of_loinc.filter_map(|coding| OF_LOINC.iter().find(|(loinc, _)| coding.peek_of("code") == Some(*loinc)));
        headings.next().filter(|_| by_number(9142).is_some()).map(|(_, heading)| Code::of(9142, heading))
    })
}

fn text((heading, texts): (Option<Code>, Vec<String>)) -> Element {
    let mut element = EPJ2.element("Journaltekst");
    super::super::element::put(&mut element, heading.map(|heading| EPJ2.cv("Overskriftskode", &heading)));
    element.push(EPJ2.text("Notat", &texts.join("\n\n")));
    element
}

fn note(work: &Work<'_>, texts: Vec<Element>) -> Element {
    let mut note = component(work, &EPJ2, "GenereltJournalnotat", "EPJ dokument", "2.16.578.1.12.4.1.6.13.11009.0");
    texts.into_iter().for_each(|text| note.push(text));
    note
}

/// A text without heading, in another component.
pub(super) fn plain(words: &str) -> Element {
    text((None, vec![words.to_owned()]))
}
