//! a forwarded referral says where to, a rejected one why.

use crate::domain::Text;
use crate::messages::content::{child, is_code};
use crate::messages::dialogmelding::parts::note_of;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-133",
    name: "referral_status_says_where_or_why",
    holds: Text {
        en: "The text of a status on a referral says where the referral was forwarded (code 3) or why it was rejected (code 4)",
        nb: "Teksten i en status på henvisning sier hvor henvisningen er videresendt (kode 3) eller hvorfor den er avvist (kode 4)",
        nn: "Teksten i ein status på tilvising seier kvar tilvisinga er vidaresend (kode 3) eller kvifor ho er avvist (kode 4)",
    },
    hint: Text {
        en: "Write more than the words of the code in TekstNotatInnhold",
        nb: "Skriv mer enn kodens egen tekst i TekstNotatInnhold",
        nn: "Skriv meir enn teksten til koden i TekstNotatInnhold",
    },
    source: "HIS 1206",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Free text cannot be judged; but a text that only repeats the code says neither.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let note = note_of(head, "DIALOG_STATUS_HENVISNING")?;
    let theme = child(note, "TemaKodet")?;
    let official = match (is_code(theme, "9148", "3"), is_code(theme, "9148", "4")) {
        (true, _) => "Henvisningen er videresendt",
        (_, true) => "Henvisningen er avvist",
        (false, false) => return None,
    };
    let written = theme.attribute("DN").unwrap_or_default();
    let text = child(note, "TekstNotatInnhold")?;
    let said = text.text();
    let repeats = [official, written].iter().any(|words| bare(words).eq_ignore_ascii_case(bare(&said)));
    (repeats && !bare(&said).is_empty()).then(|| place::finding_at(&RULE, text))
}

fn bare(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}
