//! Why a message is refused: the small closed set of classes that wires can express.
//!
//! A rule's own name says the rest, so a new rule never touches this file. Each wire has its own mapping, beside that wire.

/// The class of a refusal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reason {
    /// Not XML, not well formed, or not readable in its encoding.
    Unreadable,
    /// XML, but not as the schema of the message demands.
    SchemaInvalid,
    /// A kind or version of message that is not supported.
    UnsupportedFormat,
    /// Another error of format.
    FormatOther,
    /// The message has no proper id.
    InvalidMessageId,
    /// Addressed to a service or person that the receiving organisation does not have.
    UnknownReceiver,
    /// The patient is not identified well enough.
    PatientInsufficient,
    /// The patient's identity number is wrong; only where sender and receiver have agreed that this refuses a message.
    PatientNumberWrong,
    /// The patient has no name; only where agreed.
    PatientNameMissing,
    /// The patient has no family name; only where agreed.
    PatientFamilyNameMissing,
    /// The patient has no given name; only where agreed.
    PatientGivenNameMissing,
    /// A signature that does not verify.
    SignatureWrong,
    /// None of the above; the text must explain.
    Other,
}
