//! What a line of the history says besides its words: names and values. They are made only from types that identify no person, so
//! that a line, which is never changed, cannot hold what must be forgotten.

use super::{Address, DeliveryId, Digest, HerId, MessageId, Month, MsgId, PartnerName, Role, Timestamp, TrackingId};

/// Names and values, in order.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Particulars(Vec<(&'static str, Particular)>);

/// One value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Particular {
    /// A number.
    Number(i64),
    /// A word or an id.
    Word(String),
    /// Several values.
    Several(Vec<Particular>),
    /// Values with names.
    Group(Particulars),
}

impl Particulars {
    /// With one more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Particular>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// With one more, if it is known.
    #[must_use]
    pub fn maybe<T: Into<Particular>>(self, name: &'static str, value: Option<T>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With those of another behind them.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Particular)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// True when nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Particular {
    /// The id of a message, if it is a UUID (rule R-024): others may be made of anything, also of the number of a person.
    pub fn msg_id(id: &MsgId) -> Option<Self> {
        id.is_uuid().then(|| Self::Word(id.key()))
    }

    /// A code as the field writes them; anything else may be anybody's name.
    pub fn code(code: &str) -> Option<Self> {
        let is_code = |c: char| c.is_ascii_uppercase() || c == '_';
        (!code.is_empty() && code.len() <= 40 && code.chars().all(is_code)).then(|| Self::Word(code.to_owned()))
    }

    /// A party: HER-id of the organisation and of who or what is under it.
    pub fn address(address: Address) -> Option<Self> {
        let group = Particulars::default().maybe("organisation", address.organisation).maybe("party", address.party);
        (!group.is_empty()).then_some(Self::Group(group))
    }
}

macro_rules! words {
    ($($type:ty),*) => {
        $(impl From<$type> for Particular {
            fn from(value: $type) -> Self {
                Self::Word(value.to_string())
            }
        })*
    };
}
words!(&'static str, &PartnerName, TrackingId, Digest, Month);

macro_rules! numbers {
    ($($type:ty => $number:expr),*) => {
        $(impl From<$type> for Particular {
            fn from(value: $type) -> Self {
                Self::Number($number(value))
            }
        })*
    };
}
numbers!(i64 => |it| it, u32 => i64::from, HerId => |it: HerId| i64::from(it.number()), MessageId => |it: MessageId| it.0,
    DeliveryId => |it: DeliveryId| it.0, Timestamp => Timestamp::as_millis);

impl From<Role> for Particular {
    fn from(role: Role) -> Self {
        role.as_str().into()
    }
}

impl From<Vec<Particular>> for Particular {
    fn from(values: Vec<Particular>) -> Self {
        Self::Several(values)
    }
}

impl From<Particulars> for Particular {
    fn from(group: Particulars) -> Self {
        Self::Group(group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_or_a_code_that_could_be_somebodys_number_or_name_is_left_out() {
        let id = |text: &str| Particular::msg_id(&MsgId::new(text.to_owned()));
        assert_eq!(id("14854131010"), None);
        assert_eq!(
            id("8F0A3C6E-1111-4222-8333-444455556666"),
            Some(Particular::Word("8f0a3c6e-1111-4222-8333-444455556666".into()))
        );
        assert_eq!(Particular::code("DIALOG_NOTAT"), Some("DIALOG_NOTAT".into()));
        for text in ["", "Stille Fjord", "14854131010", "Å"] {
            assert_eq!(Particular::code(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let said = Particulars::default().with("one", 1_i64).maybe::<i64>("none", None).with("role", Role::Copy);
        let names: Vec<_> = said.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["one", "role"]);
    }
}
