//! The note beside a refused file, for the person who finds it: bokmål first, then English.
//!
//! It holds what a finding may show and nothing of the content of the file.

use crate::domain::{Language, Text, TrackingId};
use crate::rulebook::Finding;
use crate::transports::{TurnedAway, WhyTurnedAway};
use std::fmt::Write;

/// Why a file was refused.
pub enum Why<'a> {
    /// The inbox turned it away.
    TurnedAway(&'a TurnedAway),
    /// There is nothing in it.
    Empty,
    /// There is too much in it.
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The largest message, in bytes.
        limit: usize,
    },
}

/// The ending of the note's name, after the whole name of the file.
pub const ENDING: &str = ".explanation.txt";

/// The whole note.
pub fn write(why: &Why<'_>) -> String {
    let mut note = String::new();
    for (position, language) in [Language::Nb, Language::En].into_iter().enumerate() {
        if position > 0 {
            note.push_str("\n────────────────────────────────────────\n\n");
        }
        part(&mut note, why, language);
    }
    note
}

fn part(note: &mut String, why: &Why<'_>, language: Language) {
    line(note, HEADLINE.in_language(language));
    note.push('\n');
    line(note, reason(why).in_language(language));
    match why {
        Why::TurnedAway(turned_away) => {
            tracking(note, turned_away, language);
            for (number, finding) in (1..).zip(&turned_away.findings) {
                note.push('\n');
                found(note, number, finding, language);
            }
        }
        Why::Empty => {}
        Why::TooLarge { bytes, limit } => {
            let _ = writeln!(
                note,
                "{}: {bytes} byte. {}: {limit} byte.",
                SIZE.in_language(language),
                LARGEST.in_language(language)
            );
        }
    }
    note.push('\n');
    line(note, WHAT_NOW.in_language(language));
}

fn tracking(note: &mut String, turned_away: &TurnedAway, language: Language) {
    let label = |note: &mut String, text: Text, id: TrackingId| {
        let _ = writeln!(note, "{}: {id}", text.in_language(language));
    };
    label(note, TRACKING, turned_away.tracking);
    if let WhyTurnedAway::MsgIdReused { earlier } = turned_away.why {
        label(note, EARLIER, earlier);
    }
}

fn found(note: &mut String, number: usize, finding: &Finding, language: Language) {
    let rule = finding.rule;
    let _ = writeln!(note, "{number}. {} ({})", finding.sentence(language), rule.id);
    let labelled = |note: &mut String, label: Text, value: &dyn std::fmt::Display| {
        let _ = writeln!(note, "   {}: {value}", label.in_language(language));
    };
    if let Some(place) = finding.place {
        let _ = writeln!(
            note,
            "   {}: {} {}, {} {}",
            WHERE.in_language(language),
            LINE.in_language(language),
            place.line,
            COLUMN.in_language(language),
            place.column
        );
    }
    if let Some(path) = &finding.path {
        labelled(note, PATH, path);
    }
    labelled(note, HINT, &finding.hint(language));
    labelled(note, SOURCE, &rule.source);
}

fn line(note: &mut String, text: &str) {
    note.push_str(text);
    note.push('\n');
}

fn reason(why: &Why<'_>) -> Text {
    match why {
        Why::Empty => Text { en: "The file is empty.", nb: "Filen er tom.", nn: "Fila er tom." },
        Why::TooLarge { .. } => Text {
            en: "The file is larger than the gateway takes.",
            nb: "Filen er større enn det meldingsknutepunktet tar imot.",
            nn: "Fila er større enn det meldingsknutepunktet tek imot.",
        },
        Why::TurnedAway(turned_away) => match turned_away.why {
            WhyTurnedAway::Unreadable => Text {
                en: "No message could be read out of the file.",
                nb: "Det lot seg ikke gjøre å lese en melding ut av filen.",
                nn: "Det lét seg ikkje gjere å lese ei melding ut av fila.",
            },
            WhyTurnedAway::ForeignSender => Text {
                en: "The message names a sender that is not registered for the system that put the file here.",
                nb: "Meldingen oppgir en avsender som ikke er registrert på systemet som la filen her.",
                nn: "Meldinga oppgir ein avsendar som ikkje er registrert på systemet som la fila her.",
            },
            WhyTurnedAway::NotFitToSend => Text {
                en: "The message may not be sent as it is. It is sent to nobody.",
                nb: "Meldingen kan ikke sendes slik den er. Den er ikke sendt til noen.",
                nn: "Meldinga kan ikkje sendast slik ho er. Ho er ikkje send til nokon.",
            },
            WhyTurnedAway::MsgIdReused { .. } => Text {
                en: "An earlier message with other content has the same MsgId.",
                nb: "En tidligere melding med annet innhold har samme MsgId.",
                nn: "Ei tidlegare melding med anna innhald har same MsgId.",
            },
        },
    }
}

const HEADLINE: Text = Text {
    en: "This file was not taken. It has not been sent to anybody.",
    nb: "Denne filen ble ikke tatt imot. Den er ikke sendt til noen.",
    nn: "Denne fila vart ikkje teken imot. Ho er ikkje send til nokon.",
};
const WHAT_NOW: Text = Text {
    en: "Correct the message in the system it came from and send it again from there. \
         Whoever runs the gateway finds what happened by the tracking id, if there is one above.",
    nb: "Rett meldingen i systemet den kom fra, og send den på nytt derfra. \
         Den som drifter meldingsknutepunktet, finner hendelsen igjen på sporings-ID-en, hvis det står en ovenfor.",
    nn: "Rett meldinga i systemet ho kom frå, og send ho på nytt derifrå. \
         Den som driftar meldingsknutepunktet, finn hendinga att på sporings-ID-en, om det står ein ovanfor.",
};
const TRACKING: Text = Text { en: "Tracking id", nb: "Sporings-ID", nn: "Sporings-ID" };
const EARLIER: Text = Text { en: "The earlier message", nb: "Den tidligere meldingen", nn: "Den tidlegare meldinga" };
const SIZE: Text = Text { en: "Size", nb: "Størrelse", nn: "Storleik" };
const LARGEST: Text = Text { en: "Largest", nb: "Største tillatte", nn: "Største tillatne" };
const WHERE: Text = Text { en: "Where", nb: "Hvor", nn: "Kvar" };
const LINE: Text = Text { en: "line", nb: "linje", nn: "linje" };
const COLUMN: Text = Text { en: "column", nb: "kolonne", nn: "kolonne" };
const PATH: Text = Text { en: "Path", nb: "Sti", nn: "Sti" };
const HINT: Text = Text { en: "What to do", nb: "Hva du kan gjøre", nn: "Kva du kan gjere" };
const SOURCE: Text = Text { en: "Source", nb: "Kilde", nn: "Kjelde" };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Reason, Seeded};
    use crate::rulebook::{Consequence, Detail, Enforced, Rule};
    use crate::xml::Place;

    static RULE: Rule = Rule {
        id: "R-009",
        name: "it_is_well_formed",
        holds: Text { en: "The XML is well formed", nb: "XML-en er velformet", nn: "XML-en er velforma" },
        hint: Text { en: "Close the element.", nb: "Lukk elementet.", nn: "Lukk elementet." },
        source: "HIS 80415:2012, 3.1",
        incoming: Consequence::Refuse(Reason::Unreadable),
        outgoing: Consequence::Block,
        agreed: &[],
        enforced: Enforced::Reading,
    };

    #[test]
    fn a_person_finds_rule_place_source_and_what_to_do_in_both_languages() {
        let finding = Finding::new(&RULE)
            .at(Place { line: 4, column: 12 }, "/mh:MsgHead")
            .found(Detail::words("the end of the file", "slutten av filen"));
        let tracking = TrackingId::new(&Seeded::new(1));
        let why = WhyTurnedAway::Unreadable;
        let note = write(&Why::TurnedAway(&TurnedAway { tracking, why, findings: vec![finding] }));
        for expected in [
            "1. Krav: XML-en er velformet (funnet: slutten av filen) (R-009)",
            "   Hvor: linje 4, kolonne 12",
            "   Where: line 4, column 12",
            "   Sti: /mh:MsgHead",
            "   Hva du kan gjøre: Lukk elementet.",
            "   What to do: Close the element.",
            "   Kilde: HIS 80415:2012, 3.1",
            &format!("Sporings-ID: {tracking}"),
        ] {
            assert!(note.contains(expected), "{expected} is not in:\n{note}");
        }
        assert!(note.find("Denne filen") < note.find("This file"), "bokmål comes first");
    }

    #[test]
    fn a_reused_msgid_names_the_earlier_message() {
        let (tracking, earlier) = (TrackingId::new(&Seeded::new(1)), TrackingId::new(&Seeded::new(2)));
        let why = WhyTurnedAway::MsgIdReused { earlier };
        let note = write(&Why::TurnedAway(&TurnedAway { tracking, why, findings: vec![] }));
        assert!(note.contains(&format!("The earlier message: {earlier}")));
    }

    #[test]
    fn a_file_that_is_too_large_is_told_both_sizes() {
        let note = write(&Why::TooLarge { bytes: 30, limit: 20 });
        assert!(note.contains("Størrelse: 30 byte. Største tillatte: 20 byte."), "{note}");
    }
}
