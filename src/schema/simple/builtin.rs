//! The built-in types of XML Schema 1.0 part 2 (second edition): their names, their order of derivation, an example of each.

use super::blanks::WhiteSpace;

/// A built-in simple type.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(missing_docs, reason = "each variant is the type that the standard calls so")]
pub enum Builtin {
    AnySimpleType,
    String,
    Boolean,
    Decimal,
    Float,
    Double,
    Duration,
    DateTime,
    Time,
    Date,
    GYearMonth,
    GYear,
    GMonthDay,
    GDay,
    GMonth,
    HexBinary,
    Base64Binary,
    AnyUri,
    QName,
    Notation,
    NormalizedString,
    Token,
    Language,
    Name,
    NcName,
    Id,
    Idref,
    Entity,
    Nmtoken,
    Nmtokens,
    Idrefs,
    Entities,
    Integer,
    NonPositiveInteger,
    NegativeInteger,
    Long,
    Int,
    Short,
    Byte,
    NonNegativeInteger,
    UnsignedLong,
    UnsignedInt,
    UnsignedShort,
    UnsignedByte,
    PositiveInteger,
}

use Builtin as B;

/// Name, base, example. In the order of the variants; a base stands above what is derived from it.
#[rustfmt::skip]
const TABLE: [(Builtin, &str, Builtin, &str); 45] = [
    (B::AnySimpleType, "anySimpleType", B::AnySimpleType, "any text"),
    (B::String, "string", B::AnySimpleType, "any text"),
    (B::Boolean, "boolean", B::AnySimpleType, "true"),
    (B::Decimal, "decimal", B::AnySimpleType, "12.5"),
    (B::Float, "float", B::AnySimpleType, "12.5"),
    (B::Double, "double", B::AnySimpleType, "12.5"),
    (B::Duration, "duration", B::AnySimpleType, "P1Y2M3DT4H5M6S"),
    (B::DateTime, "dateTime", B::AnySimpleType, "2012-05-04T13:45:00+02:00"),
    (B::Time, "time", B::AnySimpleType, "13:45:00"),
    (B::Date, "date", B::AnySimpleType, "2012-05-04"),
    (B::GYearMonth, "gYearMonth", B::AnySimpleType, "2012-05"),
    (B::GYear, "gYear", B::AnySimpleType, "2012"),
    (B::GMonthDay, "gMonthDay", B::AnySimpleType, "--05-04"),
    (B::GDay, "gDay", B::AnySimpleType, "---04"),
    (B::GMonth, "gMonth", B::AnySimpleType, "--05"),
    (B::HexBinary, "hexBinary", B::AnySimpleType, "0FB7"),
    (B::Base64Binary, "base64Binary", B::AnySimpleType, "RmpvcmQ="),
    (B::AnyUri, "anyURI", B::AnySimpleType, "http://example.org/a"),
    (B::QName, "QName", B::AnySimpleType, "xs:string"),
    (B::Notation, "NOTATION", B::AnySimpleType, "a:b"),
    (B::NormalizedString, "normalizedString", B::String, "any text on one line"),
    (B::Token, "token", B::NormalizedString, "any text on one line"),
    (B::Language, "language", B::Token, "nb-NO"),
    (B::Name, "Name", B::Token, "a1"),
    (B::NcName, "NCName", B::Name, "a1"),
    (B::Id, "ID", B::NcName, "a1"),
    (B::Idref, "IDREF", B::NcName, "a1"),
    (B::Entity, "ENTITY", B::NcName, "a1"),
    (B::Nmtoken, "NMTOKEN", B::Token, "a1"),
    (B::Nmtokens, "NMTOKENS", B::AnySimpleType, "a1 a2"),
    (B::Idrefs, "IDREFS", B::AnySimpleType, "a1 a2"),
    (B::Entities, "ENTITIES", B::AnySimpleType, "a1 a2"),
    (B::Integer, "integer", B::Decimal, "12"),
    (B::NonPositiveInteger, "nonPositiveInteger", B::Integer, "-12"),
    (B::NegativeInteger, "negativeInteger", B::NonPositiveInteger, "-12"),
    (B::Long, "long", B::Integer, "12"),
    (B::Int, "int", B::Long, "12"),
    (B::Short, "short", B::Int, "12"),
    (B::Byte, "byte", B::Short, "12"),
    (B::NonNegativeInteger, "nonNegativeInteger", B::Integer, "12"),
    (B::UnsignedLong, "unsignedLong", B::NonNegativeInteger, "12"),
    (B::UnsignedInt, "unsignedInt", B::UnsignedLong, "12"),
    (B::UnsignedShort, "unsignedShort", B::UnsignedInt, "12"),
    (B::UnsignedByte, "unsignedByte", B::UnsignedShort, "12"),
    (B::PositiveInteger, "positiveInteger", B::NonNegativeInteger, "12"),
];

impl Builtin {
    /// All of them; a base stands before what is derived from it.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    /// The type with this local name in the namespace of XML Schema.
    pub fn by_name(local: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == local).map(|row| row.0)
    }

    /// Its local name in the namespace of XML Schema.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// The type that it is derived from; none for `anySimpleType`.
    pub fn base(self) -> Option<Self> {
        (self != Self::AnySimpleType).then_some(TABLE[self as usize].2)
    }

    /// A right value of the type.
    pub fn example(self) -> &'static str {
        TABLE[self as usize].3
    }

    /// What the items are, for the three that are lists.
    pub(super) fn item(self) -> Option<Self> {
        match self {
            Self::Nmtokens => Some(Self::Nmtoken),
            Self::Idrefs => Some(Self::Idref),
            Self::Entities => Some(Self::Entity),
            _ => None,
        }
    }

    /// The primitive type at the end of its derivation; itself for `anySimpleType` and the lists.
    pub(super) fn primitive(self) -> Self {
        let mut at = self;
        while let Some(base) = at.base().filter(|base| *base != Self::AnySimpleType) {
            at = base;
        }
        at
    }

    pub(super) fn white_space(self) -> WhiteSpace {
        match self {
            Self::AnySimpleType | Self::String => WhiteSpace::Preserve,
            Self::NormalizedString => WhiteSpace::Replace,
            _ => WhiteSpace::Collapse,
        }
    }

    /// Smallest and largest value of the integers that have one.
    pub(super) fn range(self) -> (Option<&'static str>, Option<&'static str>) {
        match self {
            Self::NonPositiveInteger => (None, Some("0")),
            Self::NegativeInteger => (None, Some("-1")),
            Self::Long => (Some("-9223372036854775808"), Some("9223372036854775807")),
            Self::Int => (Some("-2147483648"), Some("2147483647")),
            Self::Short => (Some("-32768"), Some("32767")),
            Self::Byte => (Some("-128"), Some("127")),
            Self::NonNegativeInteger => (Some("0"), None),
            Self::UnsignedLong => (Some("0"), Some("18446744073709551615")),
            Self::UnsignedInt => (Some("0"), Some("4294967295")),
            Self::UnsignedShort => (Some("0"), Some("65535")),
            Self::UnsignedByte => (Some("0"), Some("255")),
            Self::PositiveInteger => (Some("1"), None),
            _ => (None, None),
        }
    }

    pub(super) fn is_integer(self) -> bool {
        self >= Self::Integer
    }

    /// Unsigned types have no sign in their lexical form (3.3.21 to 3.3.24), although their facets would allow one.
    pub(super) fn is_unsigned(self) -> bool {
        matches!(self, Self::UnsignedLong | Self::UnsignedInt | Self::UnsignedShort | Self::UnsignedByte)
    }

    /// Whether every text is right.
    pub(super) fn is_any_text(self) -> bool {
        matches!(self, Self::AnySimpleType | Self::String | Self::NormalizedString | Self::Token)
    }

    /// Whether a right value may have blanks inside, so that collapsing is more than cutting the ends off.
    pub(super) fn has_inner_blanks(self) -> bool {
        self.is_any_text() || matches!(self, Self::AnyUri | Self::Base64Binary)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_variants_with_bases_first() {
        for (at, kind) in Builtin::all().enumerate() {
            assert_eq!(kind as usize, at);
            assert_eq!(Builtin::by_name(kind.name()), Some(kind));
            assert!(kind.base().is_none_or(|base| (base as usize) < at));
        }
        assert_eq!(Builtin::all().count(), 45);
        assert_eq!(Builtin::by_name("Date"), None);
    }

    #[test]
    fn the_primitive_is_the_end_of_the_derivation() {
        assert_eq!(Builtin::UnsignedByte.primitive(), Builtin::Decimal);
        assert_eq!(Builtin::Id.primitive(), Builtin::String);
        assert_eq!(Builtin::Date.primitive(), Builtin::Date);
        assert_eq!(Builtin::Idrefs.primitive(), Builtin::Idrefs);
    }
}
