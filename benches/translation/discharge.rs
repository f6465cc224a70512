//! Discharge reports of one size each: the one message that there is an XSLT for.

use crate::chance::Chance;
use crate::corpus::{Corpus, DISCHARGE, grown, half_compact, pieces};

/// 5, 20 and 200 kB; the same at every run.
pub fn all() -> Vec<Corpus> {
    [("5 kB", 5_000, 60), ("20 kB", 20_000, 60), ("200 kB", 200_000, 8)].map(of).into()
}

fn of((name, size, count): (&'static str, usize, usize)) -> Corpus {
    let mut chance = Chance::new(0x00B1_4DE2);
    let model = cut(size);
    Corpus { name, messages: (0..count).map(|index| half_compact(grown(&model, size, &mut chance), index)).collect() }
}

/// What a report can do without, the first first.
const NEEDLESS: [&str; 8] = [
    "Sykepleierdokumentasjon",
    "InfoInformasjonGitt",
    "KontaktpersonHelsepersonell",
    "MedisinskfagligeOpplysninger",
    "InfoKontrolltime",
    "SendtDokument",
    "OpplysningOpphold",
    "Legemiddelinfo",
];

/// The report with less of what it has, until it has not more bytes.
fn cut(size: usize) -> String {
    let mut text = DISCHARGE.to_owned();
    for local in NEEDLESS {
        for piece in pieces(&text, local).into_iter().rev() {
            if text.len() > size {
                text.replace_range(piece, "");
            }
        }
    }
    text
}
