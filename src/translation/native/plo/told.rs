//! Resources that have no element of their own in these messages and are told in words: what was found, done and aimed at.

use super::super::at::At;
use super::super::catalogue::NOT_TRUE;
use super::super::code::words_of;
use super::super::work::Work;
use super::journal::Journal;

/// Goals, assessments and procedures, under the heading of assessments (9142 VU).
pub(super) fn in_words(work: &Work<'_>, journal: &mut Journal) {
    for goal in work.entries.all("Goal") {
        let words = goal.get("description").and_then(|words| words_of(&words)).map(str::to_owned);
        tell(work, journal, &goal, "Mål", words, &["lifecycleStatus", "subject"]);
    }
    for assessment in work.entries.all("ClinicalImpression") {
        let texts = ["description", "summary"].into_iter().filter_map(|name| assessment.text_of(name));
        let texts: Vec<&str> = texts.collect();
        let words = (!texts.is_empty()).then(|| texts.join(". "));
        tell(work, journal, &assessment, "Vurdering", words, &["status", "subject"]);
    }
    for procedure in work.entries.all("Procedure") {
        let words = procedure.get("code").and_then(|code| words_of(&code)).map(str::to_owned);
        let when = procedure.choice("performedDateTime", "performed", "dateTime").and_then(|when| when.text());
        let words =
            words.map(|words| when.and_then(|when| when.get(..10)).map_or(words.clone(), |day| format!("{words} ({day})")));
        tell(work, journal, &procedure, "Utført", words, &["status", "subject"]);
    }
}

/// What has no words is left unread.
fn tell(
    work: &Work<'_>,
    journal: &mut Journal,
    one: &At<'_>,
    what: &str,
    words: Option<String>,
    technical: &[&'static str],
) {
    let Some(words) = words else { return };
    let status = one.peek_of("status").or(one.peek_of("lifecycleStatus"));
    if status.is_some_and(|status| matches!(status, "entered-in-error" | "not-done" | "rejected" | "cancelled")) {
        work.tell(&NOT_TRUE, one.path.clone());
    }
    technical.iter().for_each(|name| one.done_with(name));
    journal.add_medical("VU", format!("{what}: {words}"));
}
