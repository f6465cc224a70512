//! The words of one finding as they are stored: all languages, so that it can be told again as it was.

use crate::domain::Language;
use crate::rulebook::{Detail, Finding, Says, Wording};
use serde::{Deserialize, Serialize};

/// What a finding says beyond its rule.
#[derive(Serialize, Deserialize)]
struct Stored {
    #[serde(skip_serializing_if = "Option::is_none")]
    found_nb: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<[String; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<[String; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<String>,
}

/// The column for a finding; `None` when its rule and what was found say everything.
pub(super) fn column(finding: &Finding) -> Option<String> {
    let differs = |found: &&Detail| found.in_language(Language::Nb) != found.in_language(Language::En);
    let found_nb = finding.found.as_ref().filter(differs).map(|found| found.in_language(Language::Nb).to_string());
    let says = finding.says.as_deref();
    if found_nb.is_none() && says.is_none() {
        return None;
    }
    let stored = Stored {
        found_nb,
        message: says.map(|says| three(&says.message)),
        hint: says.map(|says| three(&says.hint)),
        clause: says.map(|says| says.clause.to_string()),
    };
    serde_json::to_string(&stored).ok()
}

/// Gives a finding its words back.
pub fn told_again(mut finding: Finding, found: Option<&str>, column: Option<&str>) -> Finding {
    let stored: Option<Stored> = column.and_then(|column| serde_json::from_str(column).ok());
    let found_nb = stored.as_ref().and_then(|stored| stored.found_nb.clone());
    finding.found = found.map(|en| Detail::from_store(en.to_string(), found_nb.unwrap_or_else(|| en.to_string())));
    if let Some(Stored { message: Some(message), hint: Some(hint), clause, .. }) = stored {
        let clause = clause.unwrap_or_default().into();
        finding = finding.saying(Says { message: wording(message), hint: wording(hint), clause });
    }
    finding
}

fn three(wording: &Wording) -> [String; 3] {
    [wording.en.clone(), wording.nb.clone(), wording.nn.clone()]
}

fn wording([en, nb, nn]: [String; 3]) -> Wording {
    Wording { en, nb, nn }
}
