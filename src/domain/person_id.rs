//! By what a person is looked up: a number and who gave it out.

use super::{Ident, PersonNumber, Private};

/// A number that identifies a person, with the system that it is of. It cannot be formatted.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonId {
    system: String,
    number: Private<String>,
}

/// All of Norway's identity numbers of eleven digits are one system: senders do not agree on which is a D-number, and none is the same
/// as another.
const NATIONAL: &str = "national";

impl PersonId {
    /// A number as it is written; `system` where it is not one of the national identity numbers, such as `HNR` of list 8116.
    pub fn new(number: String, system: &str) -> Self {
        let is_national = PersonNumber::parse(&number).is_some();
        let system = if is_national { NATIONAL.to_owned() } else { system.trim().to_uppercase() };
        Self { system, number: Private::new(number) }
    }

    /// As a message has it.
    pub fn of(ident: &Ident) -> Self {
        Self::new(ident.id.expose().clone(), &ident.type_code)
    }

    /// Who gave it out.
    pub fn system(&self) -> &str {
        &self.system
    }

    /// The number.
    pub fn number(&self) -> &Private<String> {
        &self.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_number_is_the_same_whatever_its_sender_calls_it() {
        let (one, other) = (PersonId::new("14854131010".into(), "FNR"), PersonId::new("14854131010".into(), "DNR"));
        assert!(one == other);
        assert_eq!(PersonId::new("P 12345".into(), " pno ").system(), "PNO");
    }
}
