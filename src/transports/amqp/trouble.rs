//! How work with a broker can end, and what that means for a delivery. Pure: no socket, no clock.
//!
//! What ails a connection, a user, an exchange or a queue ails every message alike, and is mended without anybody touching a message:
//! it is temporary. Only what is about this one message is permanent. The broker's own texts are never shown: they may repeat what
//! somebody wrote.

use crate::delivery::{Cause, DeliveryFailure, Evidence};
use lapin::ErrorKind;

/// Reply codes of AMQP 0-9-1, 1.2.
mod code {
    pub const CONTENT_TOO_LARGE: u16 = 311;
    pub const CONNECTION_FORCED: u16 = 320;
    pub const ACCESS_REFUSED: u16 = 403;
    pub const NOT_FOUND: u16 = 404;
    pub const RESOURCE_LOCKED: u16 = 405;
    pub const PRECONDITION_FAILED: u16 = 406;
    pub const NOT_ALLOWED: u16 = 530;
}

/// How a publication ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// The broker has it on disk, in a queue.
    Confirmed,
    /// It came back: no queue wants it.
    NoQueue,
    /// The broker said no to it: a queue is full.
    NotAccepted,
    /// The broker closed the channel over it, with this code.
    Closed(u16),
    /// Not one byte of it went out.
    NotSent(&'static str),
    /// Something went out, and no answer came.
    NoAnswer(&'static str),
}

/// Classifies an end. `to` is host and port.
pub fn classify(end: End, to: &str) -> Result<Evidence, DeliveryFailure> {
    let cause = |words: &str| Cause::new(format!("{to}: {words}"));
    match end {
        End::Confirmed => Ok(Evidence::new(Cause::new(format!("confirmed by {to}")))),
        End::NoQueue => Err(DeliveryFailure::Temporary(cause(
            "the broker has no queue for it; is the queue there, and bound to the exchange?",
        ))),
        End::NotAccepted => Err(DeliveryFailure::Temporary(cause("the broker does not accept it; is the queue full?"))),
        End::Closed(code) => Err(closed(code, cause(words_for(code)))),
        End::NotSent(why) => Err(DeliveryFailure::Temporary(cause(why))),
        End::NoAnswer(why) => Err(DeliveryFailure::Unknown(cause(why))),
    }
}

fn closed(code: u16, cause: Cause) -> DeliveryFailure {
    match code {
        code::NOT_FOUND | code::ACCESS_REFUSED | code::RESOURCE_LOCKED | code::NOT_ALLOWED => {
            DeliveryFailure::Temporary(cause)
        }
        // RabbitMQ says 406 of what is larger than its `max_message_size`; it will be as large the next time.
        code::CONTENT_TOO_LARGE | code::PRECONDITION_FAILED => DeliveryFailure::Permanent(cause),
        // The broker was stopped, or has trouble of its own: it may have had the message by then.
        _ => DeliveryFailure::Unknown(cause),
    }
}

fn words_for(code: u16) -> &'static str {
    match code {
        code::ACCESS_REFUSED => "the broker refuses the user, its password, or what it wants to do (403)",
        code::NOT_FOUND => "the broker has no such exchange or queue (404)",
        code::RESOURCE_LOCKED => "the queue belongs to another connection alone (405)",
        code::CONTENT_TOO_LARGE | code::PRECONDITION_FAILED => {
            "the broker cannot do this as it is configured (406); is the message larger than its max_message_size, \
             or the queue of another kind?"
        }
        code::NOT_ALLOWED => "the broker has no such virtual host, or not for this user (530)",
        code::CONNECTION_FORCED => "the broker was stopped, or closed the connection (320)",
        _ => "the broker broke off",
    }
}

/// The code with which the broker closed a channel or the connection.
pub fn code_of(error: &lapin::Error) -> Option<u16> {
    match error.kind() {
        ErrorKind::ProtocolError(error) => Some(error.get_id()),
        _ => None,
    }
}

/// What an error of the library means, for people.
pub fn in_words(error: &lapin::Error) -> &'static str {
    match error.kind() {
        ErrorKind::ProtocolError(error) => words_for(error.get_id()),
        ErrorKind::MissingHeartbeatError => "the broker gave no sign of life",
        ErrorKind::ChannelsLimitReached => "the broker allows no more channels",
        ErrorKind::InvalidProtocolVersion(_) | ErrorKind::ParsingError(_) => "what answers there does not speak AMQP 0-9-1",
        _ => "the connection was lost",
    }
}

/// How a publication ended whose confirmation never came.
pub fn end_of(error: &lapin::Error) -> End {
    match error.kind() {
        ErrorKind::ProtocolError(error) => End::Closed(error.get_id()),
        // It was closed before: nothing has gone out.
        ErrorKind::InvalidChannelState(..) | ErrorKind::InvalidConnectionState(_) | ErrorKind::InvalidChannel(_) => {
            End::NotSent("the connection was lost")
        }
        _ => End::NoAnswer("the connection was lost before the broker confirmed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(end: End) -> &'static str {
        classify(end, "mq.example:5671").as_ref().map_or_else(DeliveryFailure::as_str, |_| "delivered")
    }

    #[test]
    fn only_what_the_broker_confirmed_and_did_not_send_back_is_delivered() {
        assert_eq!(word(End::Confirmed), "delivered");
        for end in [End::NoQueue, End::NotAccepted, End::NotSent("x"), End::NoAnswer("x")] {
            assert_ne!(word(end), "delivered", "{end:?}");
        }
        assert!((0..=u16::MAX).all(|code| word(End::Closed(code)) != "delivered"));
    }

    #[test]
    fn what_ails_every_message_alike_is_temporary_and_what_ails_this_one_is_permanent() {
        for end in [End::NoQueue, End::NotAccepted, End::NotSent("x"), End::Closed(403), End::Closed(404), End::Closed(530)]
        {
            assert_eq!(word(end), "temporary", "{end:?}");
        }
        for code in [311, 406] {
            assert_eq!(word(End::Closed(code)), "permanent", "{code}");
        }
    }

    #[test]
    fn what_went_out_without_an_answer_may_have_arrived() {
        for end in [End::NoAnswer("x"), End::Closed(320), End::Closed(541), End::Closed(504)] {
            assert_eq!(word(end), "unknown", "{end:?}");
        }
    }

    #[test]
    fn the_cause_says_where_and_what_to_look_at() {
        let failure = classify(End::Closed(404), "mq.example:5671").unwrap_err();
        assert_eq!(failure.cause().to_string(), "mq.example:5671: the broker has no such exchange or queue (404)");
    }
}
