//! A value read: what the text means, so that values can be compared. It borrows the text.

use super::binary;
use super::builtin::Builtin;
use super::calendar::Moment;
use super::decimal::{self, Decimal};
use super::duration::Duration;
use super::slip::Slip;
use super::word;
use std::cmp::Ordering;

/// A value of an atomic type.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'t> {
    Text(&'t str),
    QName { text: &'t str, prefix: &'t str },
    Boolean(bool),
    Decimal(Decimal<'t>),
    Float(f32),
    Double(f64),
    Duration(Duration<'t>),
    Moment(Moment<'t>),
    Hex { text: &'t str, octets: u64 },
    Base64 { text: &'t str, octets: u64 },
}

/// Reads a text whose white space is already as the type wants it. An error says why it is no value of the type.
pub(super) fn read(kind: Builtin, text: &str) -> Result<Value<'_>, Slip> {
    use Builtin as B;
    match kind {
        B::AnySimpleType | B::String | B::NormalizedString | B::Token => Ok(Value::Text(text)),
        B::Boolean => boolean(text).map(Value::Boolean),
        B::Decimal => Decimal::read(text).map(Value::Decimal),
        B::Float => decimal::float_form(text).map(|()| Value::Float(decimal::float(text))),
        B::Double => decimal::float_form(text).map(|()| Value::Double(decimal::double(text))),
        B::Duration => Duration::read(text).map(Value::Duration),
        B::DateTime | B::Time | B::Date | B::GYearMonth | B::GYear | B::GMonthDay | B::GDay | B::GMonth => {
            Moment::read(kind, text).map(Value::Moment)
        }
        B::HexBinary => binary::hex(text).map(|octets| Value::Hex { text, octets }),
        B::Base64Binary => binary::base64(text).map(|octets| Value::Base64 { text, octets }),
        B::AnyUri => word::any_uri(text).map(|()| Value::Text(text)),
        B::QName | B::Notation => word::qname(text).map(|prefix| Value::QName { text, prefix }),
        B::Language => word::language(text).map(|()| Value::Text(text)),
        B::Name => word::name(text).map(|()| Value::Text(text)),
        B::NcName | B::Id | B::Idref => word::ncname(text).map(|()| Value::Text(text)),
        // A document without a DTD declares no entity (3.14.4, clause 2.2 of cvc-simple-type in part 1).
        B::Entity | B::Entities => word::ncname(text).and(Err(Slip::EntityUndeclared)),
        B::Nmtoken | B::Nmtokens => word::nmtoken(text).map(|()| Value::Text(text)),
        B::Idrefs => word::ncname(text).map(|()| Value::Text(text)),
        B::Integer
        | B::NonPositiveInteger
        | B::NegativeInteger
        | B::Long
        | B::Int
        | B::Short
        | B::Byte
        | B::NonNegativeInteger
        | B::UnsignedLong
        | B::UnsignedInt
        | B::UnsignedShort
        | B::UnsignedByte
        | B::PositiveInteger => Decimal::read_integer(text, !kind.is_unsigned()).map(Value::Decimal),
    }
}

fn boolean(text: &str) -> Result<bool, Slip> {
    match text {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        "" => Err(Slip::Empty),
        _ => Err(Slip::Form),
    }
}

impl Value<'_> {
    /// The order of two values of one primitive type; none if they have none.
    pub(super) fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Decimal(one), Self::Decimal(two)) => Some(one.cmp(two)),
            (Self::Float(one), Self::Float(two)) => float_order(f64::from(*one), f64::from(*two)),
            (Self::Double(one), Self::Double(two)) => float_order(*one, *two),
            (Self::Duration(one), Self::Duration(two)) => one.partial_cmp(two),
            (Self::Moment(one), Self::Moment(two)) => one.partial_cmp(two),
            _ => None,
        }
    }

    /// Whether both are the same value.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(two)) => one == two,
            (Self::QName { text: one, .. }, Self::QName { text: two, .. }) => one == two,
            (Self::Boolean(one), Self::Boolean(two)) => one == two,
            (Self::Hex { text: one, .. }, Self::Hex { text: two, .. }) => binary::same_hex(one, two),
            (Self::Base64 { text: one, .. }, Self::Base64 { text: two, .. }) => binary::same_base64(one, two),
            _ => self.partial_cmp(other) == Some(Ordering::Equal),
        }
    }

    /// Characters or octets; none where a length says nothing (4.3.1).
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Text(text) => Some(text.chars().count() as u64),
            Self::Hex { octets, .. } | Self::Base64 { octets, .. } => Some(*octets),
            _ => None,
        }
    }
}

/// 3.2.4.1: NaN is equal to itself and has no order with anything else. (libxml2 puts it above all numbers.)
fn float_order(one: f64, two: f64) -> Option<Ordering> {
    if one.is_nan() && two.is_nan() { Some(Ordering::Equal) } else { one.partial_cmp(&two) }
}
