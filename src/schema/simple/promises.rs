//! What a simple type promises as a whole: verdicts, equality, derivation, and which facets a schema may state.

use super::{Builtin, Facet, FacetFlaw, FacetKind, SimpleType, Slip, Unfit, Variety, Why};
use std::sync::Arc;

/// Facets by name, with their values.
type Stated<'s> = &'s [(&'s str, &'s str)];

fn builtin(kind: Builtin) -> Arc<SimpleType> {
    SimpleType::builtin(kind)
}

fn facets<'s>(stated: Stated<'s>) -> Vec<Facet<'s>> {
    stated.iter().map(|(name, value)| Facet { kind: FacetKind::by_name(name).unwrap(), value, fixed: false }).collect()
}

#[track_caller]
fn restricted(base: &Arc<SimpleType>, stated: Stated<'_>) -> Arc<SimpleType> {
    SimpleType::restrict(base, None, &facets(stated)).unwrap_or_else(|troubles| panic!("{troubles:?}"))
}

#[track_caller]
fn flaws(base: &Arc<SimpleType>, stated: Stated<'_>) -> Vec<FacetFlaw> {
    SimpleType::restrict(base, None, &facets(stated)).unwrap_err().into_iter().map(|trouble| trouble.why).collect()
}

#[test]
fn white_space_is_dealt_with_before_the_value_is_judged() {
    for (kind, good) in [(Builtin::Date, "\n 2012-05-04\t"), (Builtin::Int, " 5 "), (Builtin::Boolean, "\ttrue")] {
        assert_eq!(builtin(kind).check(good), Ok(()), "{good:?}");
    }
    assert!(builtin(Builtin::Int).check("5\u{A0}").is_err());
    let short = restricted(&builtin(Builtin::Token), &[("maxLength", "3")]);
    assert!(short.check("  a  b ").is_ok() && short.check("a  bc").is_err());
    let kept = restricted(&builtin(Builtin::String), &[("maxLength", "3")]);
    assert!(kept.check(" a ").is_ok() && kept.check(" ab ").is_err());
}

#[test]
fn the_plain_string_types_take_every_text() {
    for kind in [Builtin::AnySimpleType, Builtin::String, Builtin::NormalizedString, Builtin::Token] {
        assert!(builtin(kind).takes_every_text() && builtin(kind).check(" \n\u{0}").is_ok());
    }
    assert!(!builtin(Builtin::AnyUri).takes_every_text());
}

#[test]
fn an_unfit_value_names_its_rule_and_never_itself() {
    let secret = "Kvikk Lampe";
    let stated: [(Builtin, Stated<'_>, &str); 6] = [
        (Builtin::Date, &[], "cvc-datatype-valid.1.2.1"),
        (Builtin::String, &[("pattern", "[a-z]*")], "cvc-pattern-valid"),
        (Builtin::String, &[("enumeration", "a")], "cvc-enumeration-valid"),
        (Builtin::String, &[("length", "1")], "cvc-length-valid"),
        (Builtin::String, &[("maxLength", "1")], "cvc-maxLength-valid"),
        (Builtin::String, &[("minLength", "100")], "cvc-minLength-valid"),
    ];
    for (base, stated, clause) in stated {
        let unfit = restricted(&builtin(base), stated).check(secret).unwrap_err();
        assert_eq!(unfit.clause(), clause);
        let said = format!("{unfit} {unfit:?}");
        assert!(!said.contains("Kvikk") && !said.contains("Lampe"), "{said}");
    }
}

#[test]
fn bounds_compare_values_and_not_texts() {
    let range = restricted(&builtin(Builtin::Decimal), &[("minInclusive", "-1.5"), ("maxExclusive", "10")]);
    for (text, clause) in
        [("-1.50", None), ("9.999", None), ("010", Some("cvc-maxExclusive-valid")), ("-2", Some("cvc-minInclusive-valid"))]
    {
        assert_eq!(range.check(text).err().map(|unfit| unfit.clause()), clause, "{text}");
    }
    assert_eq!(builtin(Builtin::Byte).check("128").unwrap_err().clause(), "cvc-maxInclusive-valid");
    let from = restricted(&builtin(Builtin::Date), &[("minInclusive", "2012-05-04Z")]);
    // Without a time zone it may have begun before: 3.2.7.4.
    assert!(from.check("2012-05-05Z").is_ok() && from.check("2012-05-06").is_ok() && from.check("2012-05-04").is_err());
    let digits = restricted(&builtin(Builtin::Decimal), &[("totalDigits", "3"), ("fractionDigits", "1")]);
    assert!(digits.check("099.50").is_ok());
    assert_eq!(digits.check("9.55").unwrap_err().clause(), "cvc-fractionDigits-valid");
    assert_eq!(digits.check("1234").unwrap_err().clause(), "cvc-totalDigits-valid");
}

#[test]
fn patterns_of_one_step_are_alternatives_and_steps_add_up() {
    let first = restricted(&builtin(Builtin::String), &[("pattern", "a.*"), ("pattern", "b.*")]);
    let second = restricted(&first, &[("pattern", ".*z")]);
    assert!(second.check("az").is_ok() && second.check("bz").is_ok());
    assert!(second.check("cz").is_err() && second.check("ab").is_err());
    let Why::Pattern(patterns) = second.check("cz").unwrap_err().why else { panic!("no pattern") };
    assert_eq!(patterns.len(), 2);
}

#[test]
fn allowed_values_are_values_and_not_texts() {
    let one = restricted(&builtin(Builtin::Decimal), &[("enumeration", "1.0")]);
    assert!(one.check("1").is_ok() && one.check("+01.00").is_ok() && one.check("2").is_err());
    let narrower = restricted(
        &restricted(&builtin(Builtin::Token), &[("enumeration", "a"), ("enumeration", "b")]),
        &[("enumeration", " a ")],
    );
    assert!(narrower.check("a").is_ok() && narrower.check("b").is_err());
    assert_eq!(narrower.allowed().unwrap(), ["a".into()]);
}

#[test]
fn lists_and_unions_judge_by_their_parts() {
    let list = restricted(&SimpleType::list(Some("L"), &builtin(Builtin::Int)), &[("maxLength", "2")]);
    assert!(list.check(" 1\n2 ").is_ok() && list.check("").is_ok());
    let Unfit { why: Why::Item { number, .. }, .. } = list.check("1 x 3").unwrap_err() else { panic!("no item") };
    assert_eq!(number, 2);
    assert_eq!(list.check("1 2 3").unwrap_err().clause(), "cvc-maxLength-valid");
    assert_eq!(list.shown_name(), "L");
    assert_eq!(builtin(Builtin::Nmtokens).check(" ").unwrap_err().clause(), "cvc-minLength-valid");

    let union = SimpleType::union(None, &[builtin(Builtin::Date), builtin(Builtin::Boolean)]);
    assert!(union.check("2012-05-04").is_ok() && union.check(" true ").is_ok());
    assert_eq!(union.check("x").unwrap_err().clause(), "cvc-datatype-valid.1.2.3");
    let some = restricted(&union, &[("enumeration", "1"), ("enumeration", "2012-05-04")]);
    assert!(some.check("true").is_ok() && some.check("false").is_err());
}

#[test]
fn the_same_value_may_be_written_differently() {
    for (kind, one, other, same) in [
        (Builtin::Decimal, "1.0", "+1", true),
        (Builtin::String, "a ", "a", false),
        (Builtin::Token, "a ", "a", true),
        (Builtin::Boolean, "1", "true", true),
        (Builtin::DateTime, "2012-05-04T12:00:00+02:00", "2012-05-04T10:00:00Z", true),
        (Builtin::Date, "2012-05-04", "2012-05-04Z", false),
        (Builtin::Double, "1e1", "10", true),
        (Builtin::HexBinary, "0f", "0F", true),
        (Builtin::Nmtokens, "a b", " a  b", true),
        (Builtin::Nmtokens, "a b", "a b c", false),
        (Builtin::Int, "x", "x", false),
        (Builtin::QName, "a:b", "a:b", true),
    ] {
        assert_eq!(builtin(kind).same_value(one, other), same, "{one} {other}");
    }
    let union = SimpleType::union(None, &[builtin(Builtin::Int), builtin(Builtin::Token)]);
    assert!(union.same_value("1", "01") && !union.same_value("a1", "a01"));
}

#[test]
fn prefixes_of_qualified_names_must_be_declared() {
    let (bound, kind) = (|prefix: &str| prefix == "a", builtin(Builtin::QName));
    assert!(kind.has_prefixes() && kind.check_qname(" a:b ", &bound).is_ok() && kind.check_qname("b", &bound).is_ok());
    assert_eq!(kind.check_qname("c:b", &bound).unwrap_err().why, Why::Form(Slip::PrefixUnbound));
    let list = SimpleType::list(None, &kind);
    assert!(list.check_qname("a:b b", &bound).is_ok() && list.check_qname("a:b c:d", &bound).is_err());
}

#[test]
fn identifiers_and_references_are_known_through_restriction() {
    let id = restricted(&builtin(Builtin::Id), &[("maxLength", "9")]);
    assert!(id.is_id() && !id.is_idref() && !builtin(Builtin::NcName).is_id());
    assert!(builtin(Builtin::Idref).is_idref() && builtin(Builtin::Idrefs).is_idref());
}

#[test]
fn a_type_derives_from_its_bases_and_from_unions_that_have_it() {
    let own = restricted(&builtin(Builtin::Int), &[("minInclusive", "1")]);
    for base in [Builtin::Int, Builtin::Long, Builtin::Integer, Builtin::Decimal, Builtin::AnySimpleType] {
        assert!(own.derives_from(&builtin(base)), "{base:?}");
    }
    assert!(!own.derives_from(&builtin(Builtin::Short)) && !builtin(Builtin::Int).derives_from(&own));
    let union = SimpleType::union(None, &[builtin(Builtin::Int), builtin(Builtin::Date)]);
    assert!(own.derives_from(&union) && !builtin(Builtin::Time).derives_from(&union));
    assert!(union.derives_from(&builtin(Builtin::AnySimpleType)));
    assert!(matches!(own.variety(), Variety::Atomic(Builtin::Int)));
    assert_eq!((own.name(), own.shown_name(), own.base().unwrap().name()), (None, "xs:int", Some("xs:int")));
}

#[test]
fn a_facet_that_the_type_does_not_have_is_refused() {
    for (kind, facet) in [
        (Builtin::String, "minInclusive"),
        (Builtin::Int, "length"),
        (Builtin::Boolean, "enumeration"),
        (Builtin::Date, "totalDigits"),
        (Builtin::AnySimpleType, "pattern"),
    ] {
        assert!(matches!(flaws(&builtin(kind), &[(facet, "1")])[..], [FacetFlaw::NotApplicable(_)]), "{facet}");
    }
    let union = SimpleType::union(None, &[builtin(Builtin::Int)]);
    assert!(matches!(flaws(&union, &[("whiteSpace", "collapse")])[..], [FacetFlaw::NotApplicable(_)]));
    assert_eq!(flaws(&builtin(Builtin::QName), &[("enumeration", "a")]), [FacetFlaw::NotImplemented]);
}

#[test]
fn a_restriction_never_allows_more_than_its_base() {
    let base = restricted(&builtin(Builtin::Int), &[("minInclusive", "5"), ("maxExclusive", "10"), ("totalDigits", "3")]);
    for stated in [
        ("minInclusive", "4"),
        ("minExclusive", "4"),
        ("minInclusive", "10"),
        ("maxInclusive", "10"),
        ("maxExclusive", "11"),
        ("maxExclusive", "4"),
        ("totalDigits", "4"),
        ("fractionDigits", "1"),
    ] {
        let found = flaws(&base, &[stated]);
        assert!(matches!(found[0], FacetFlaw::Looser | FacetFlaw::Fixed), "{stated:?}: {found:?}");
    }
    restricted(&base, &[("minInclusive", "5"), ("maxExclusive", "10")]);
    restricted(&base, &[("minExclusive", "5"), ("maxInclusive", "9")]);
    let short = restricted(&builtin(Builtin::String), &[("minLength", "2"), ("maxLength", "4"), ("whiteSpace", "replace")]);
    for stated in [("minLength", "1"), ("maxLength", "5"), ("whiteSpace", "preserve")] {
        assert_eq!(flaws(&short, &[stated]), [FacetFlaw::Looser], "{stated:?}");
    }
    assert!(matches!(flaws(&base, &[("enumeration", "4")])[..], [FacetFlaw::NotOfBase(_)]));
    assert!(matches!(flaws(&builtin(Builtin::Date), &[("minInclusive", "soon")])[..], [FacetFlaw::NotOfBase(_)]));
}

#[test]
fn facets_that_contradict_each_other_are_refused() {
    let of = |stated: Stated<'_>| flaws(&builtin(Builtin::String), stated);
    assert_eq!(of(&[("length", "1"), ("minLength", "1")]), [FacetFlaw::Conflict(FacetKind::MinLength)]);
    assert_eq!(of(&[("minLength", "3"), ("maxLength", "2")]), [FacetFlaw::Conflict(FacetKind::MaxLength)]);
    assert_eq!(of(&[("length", "1"), ("length", "1")]), [FacetFlaw::Twice]);
    assert_eq!(of(&[("length", "-1")]), [FacetFlaw::BadValue]);
    assert!(matches!(of(&[("pattern", "a{2,1}")])[..], [FacetFlaw::Pattern(_)]));
    let of = |stated: Stated<'_>| flaws(&builtin(Builtin::Decimal), stated);
    assert_eq!(of(&[("minInclusive", "1"), ("minExclusive", "1")]), [FacetFlaw::Conflict(FacetKind::MinExclusive)]);
    assert_eq!(of(&[("minInclusive", "2"), ("maxInclusive", "1")]), [FacetFlaw::Conflict(FacetKind::MaxInclusive)]);
    assert_eq!(of(&[("minExclusive", "1"), ("maxInclusive", "1")]), [FacetFlaw::Conflict(FacetKind::MaxInclusive)]);
    assert_eq!(of(&[("totalDigits", "1"), ("fractionDigits", "2")]), [FacetFlaw::Conflict(FacetKind::TotalDigits)]);
    assert_eq!(of(&[("totalDigits", "0")]), [FacetFlaw::BadValue]);
}

#[test]
fn a_fixed_facet_stays_as_it_is() {
    let fixed = [Facet { kind: FacetKind::MaxLength, value: "5", fixed: true }];
    let base = SimpleType::restrict(&builtin(Builtin::String), Some("short"), &fixed).unwrap();
    restricted(&base, &[("maxLength", "5")]);
    assert_eq!(flaws(&base, &[("maxLength", "4")]), [FacetFlaw::Fixed]);
    let said = SimpleType::restrict(&base, None, &facets(&[("maxLength", "4")])).unwrap_err()[0].to_string();
    assert_eq!(said, "facet maxLength: the base type has fixed it to another value");
}
