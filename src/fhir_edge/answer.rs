//! What a FHIR server answered, and what that means for the delivery.

use crate::delivery::{Cause, DeliveryFailure, Evidence};
use crate::domain::Private;
use crate::https::of_status;
use bytes::Bytes;

pub use typed_fhir::Told;

/// The answer to one request.
#[derive(Clone)]
pub struct Answer {
    /// Whether it arrived, as with every other way out.
    pub outcome: Result<Evidence, DeliveryFailure>,
    /// What the server said, read by fhir-sdk; none if it said nothing, or nothing that its model knows.
    pub told: Option<Told>,
    /// A message that came back in the same breath, such as the receipt of the system behind: a Bundle, as it came.
    pub message: Option<Private<Bytes>>,
}

/// So many issues are named in a cause.
const ISSUES_NAMED: usize = 4;

impl Answer {
    /// Nothing was said.
    pub(super) fn none(outcome: Result<Evidence, DeliveryFailure>) -> Self {
        Self { outcome, told: None, message: None }
    }

    /// A status and a body. `from` is host and port.
    pub(super) fn read(status: u16, body: Bytes, from: &str) -> Self {
        let told = typed_fhir::read(&body).ok();
        let cause = Cause::new(format!("HTTP {status} from {from}{}", told.as_ref().map_or_else(String::new, in_words)));
        let outcome = match (of_status(status, cause.clone()), &told) {
            (Ok(_), Some(Told::Statuses(all))) => of_entries(all, cause),
            // Which of the two it means nobody can know, so nobody may say that it has arrived.
            (Ok(_), Some(told @ Told::Issues(_))) if is_an_error(told) => Err(DeliveryFailure::Permanent(cause)),
            (outcome, _) => outcome,
        };
        let message = (told == Some(Told::Message)).then(|| Private::new(body));
        Self { outcome, told, message }
    }
}

/// A transaction is done as a whole; a server that did only a part of it has not done it.
fn of_entries(all: &[u16], cause: Cause) -> Result<Evidence, DeliveryFailure> {
    match all.iter().find(|status| !(200..=299).contains(*status)) {
        Some(status) => of_status(*status, cause),
        None => Ok(Evidence::new(cause)),
    }
}

fn is_an_error(told: &Told) -> bool {
    let Told::Issues(issues) = told else { return false };
    issues.iter().any(|issue| matches!(issue.severity.as_str(), "error" | "fatal"))
}

/// Words of closed lists only.
fn in_words(told: &Told) -> String {
    match told {
        Told::Issues(issues) => {
            let named: Vec<String> =
                issues.iter().take(ISSUES_NAMED).map(|issue| format!("{} {}", issue.severity, issue.code)).collect();
            let more = if issues.len() > ISSUES_NAMED { ", …" } else { "" };
            format!(" ({}{more})", named.join(", "))
        }
        Told::Statuses(all) => {
            let refused = all.iter().filter(|status| !(200..=299).contains(*status)).count();
            if refused == 0 { String::new() } else { format!(" ({refused} of {} entries were not taken)", all.len()) }
        }
        Told::Message | Told::Other => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> (&'static str, String) {
        let answer = Answer::read(status, Bytes::from(body.to_string()), "fhir.example");
        match &answer.outcome {
            Ok(evidence) => ("delivered", evidence.proof.to_string()),
            Err(failure) => (failure.as_str(), failure.cause().to_string()),
        }
    }

    #[test]
    fn a_status_means_what_it_means_on_every_other_way_out() {
        for (status, word) in [(202, "delivered"), (503, "temporary"), (422, "permanent"), (504, "unknown")] {
            assert_eq!(read(status, ""), (word, format!("HTTP {status} from fhir.example")));
        }
    }

    #[test]
    fn what_is_wrong_is_told_by_its_codes_alone() {
        let issue = |severity: &str| {
            format!("{{\"severity\":\"{severity}\",\"code\":\"required\",\"diagnostics\":\"Stille Fjord\"}}")
        };
        let outcome =
            |issues: &[String]| format!("{{\"resourceType\":\"OperationOutcome\",\"issue\":[{}]}}", issues.join(","));
        let wrong = outcome(&[issue("error"), issue("warning")]);
        let words = |status: u16| format!("HTTP {status} from fhir.example (error required, warning required)");
        assert_eq!(read(422, &wrong), ("permanent", words(422)));
        assert_eq!(read(200, &wrong), ("permanent", words(200)), "an error that calls itself a success");
        assert_eq!(read(200, &outcome(&[issue("warning")])).0, "delivered");
        assert!(read(400, &outcome(&vec![issue("error"); 50])).1.ends_with(", …)"));
    }

    #[test]
    fn a_transaction_has_arrived_when_every_entry_was_taken() {
        let bundle = |statuses: &[&str]| {
            let entries: Vec<String> =
                statuses.iter().map(|status| format!("{{\"response\":{{\"status\":\"{status}\"}}}}")).collect();
            format!("{{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[{}]}}", entries.join(","))
        };
        assert_eq!(read(200, &bundle(&["201 Created", "200"])).0, "delivered");
        assert_eq!(read(200, &bundle(&["201", "503 later"])).0, "temporary");
        let (word, cause) = read(200, &bundle(&["201", "412 no"]));
        assert_eq!((word, cause.as_str()), ("permanent", "HTTP 200 from fhir.example (1 of 2 entries were not taken)"));
    }

    #[test]
    fn a_message_that_comes_back_is_handed_on_as_it_came() {
        let body = "{\"resourceType\":\"Bundle\",  \"type\":\"message\"}";
        let answer = Answer::read(200, Bytes::from(body), "fhir.example");
        assert!(answer.message.is_some_and(|message| *message.expose() == body));
        assert!(Answer::read(200, Bytes::from("{}"), "fhir.example").told.is_none());
    }
}
