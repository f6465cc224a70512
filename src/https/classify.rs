//! What the end of a request means for the delivery. Pure: no socket, no clock.

use crate::delivery::{Cause, DeliveryFailure, Evidence};

/// How a request ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum End {
    /// The receiver answered with this status.
    Status(u16),
    /// Not one byte of the request went out: no such host, refused connection, no TLS. In words for the cause.
    NotSent(&'static str),
    /// Something went out, and no answer came.
    NoAnswer(&'static str),
}

/// Classifies an end. `to` is host and port.
pub fn classify(end: End, to: &str) -> Result<Evidence, DeliveryFailure> {
    let words = match &end {
        End::Status(status) => format!("HTTP {status} from {to}"),
        End::NotSent(why) | End::NoAnswer(why) => format!("{to}: {why}"),
    };
    let cause = Cause::new(words);
    match end {
        End::Status(status) => of_status(status, cause),
        End::NotSent(_) => Err(DeliveryFailure::Temporary(cause)),
        End::NoAnswer(_) => Err(DeliveryFailure::Unknown(cause)),
    }
}

/// What an answer with this status means.
pub fn of_status(status: u16, cause: Cause) -> Result<Evidence, DeliveryFailure> {
    match status {
        200..=299 => Ok(Evidence::new(cause)),
        // Patient data is never sent on to wherever an answer points: 3xx falls to "permanent".
        // Not now: request time-out, too early, too many.
        408 | 425 | 429 => Err(DeliveryFailure::Temporary(cause)),
        // It cannot do this at all.
        501 | 505 => Err(DeliveryFailure::Permanent(cause)),
        // A proxy that has passed the request on and waited in vain knows as little as we do.
        504 => Err(DeliveryFailure::Unknown(cause)),
        500..=599 => Err(DeliveryFailure::Temporary(cause)),
        // 409 too: "I have it already" must be said with 2xx, for 409 also says "I have something else under that id".
        _ => Err(DeliveryFailure::Permanent(cause)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(end: End) -> &'static str {
        classify(end, "epj.example").as_ref().map_or_else(DeliveryFailure::as_str, |_| "delivered")
    }

    #[test]
    fn each_status_means_one_thing() {
        for (statuses, meaning) in [
            (&[200, 201, 202, 204][..], "delivered"),
            (&[408, 425, 429, 500, 502, 503, 507], "temporary"),
            (&[301, 302, 307, 308, 400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 501, 505], "permanent"),
            (&[504], "unknown"),
        ] {
            for status in statuses {
                assert_eq!(word(End::Status(*status)), meaning, "{status}");
            }
        }
    }

    #[test]
    fn what_never_went_out_has_not_arrived_and_what_went_out_may_have() {
        assert_eq!(word(End::NotSent("connection refused")), "temporary");
        assert_eq!(word(End::NoAnswer("connection lost")), "unknown");
    }

    #[test]
    fn the_cause_names_status_and_host_and_nothing_else() {
        let failure = classify(End::Status(503), "epj.example:8443").unwrap_err();
        assert_eq!(failure.cause().to_string(), "HTTP 503 from epj.example:8443");
    }
}
