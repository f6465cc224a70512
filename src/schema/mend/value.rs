//! What a value may have been meant to be. Whether its type allows it is tried afterwards.

use super::calendar;
use crate::schema::simple::{Unfit, Why};

/// Other ways to write a value that does not fit, the likeliest first. At most a handful.
pub(super) fn readings(written: &str, unfit: &Unfit) -> Vec<String> {
    let blank = written.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let mut readings = vec![blank.clone()];
    if let Why::NotAllowed { allowed, .. } = &unfit.why {
        let same = |one: &str| letters(one) == letters(&blank);
        readings.extend(allowed.iter().map(|one| &**one).filter(|one| same(one)).map(str::to_owned));
    }
    readings.extend(truth(&blank).map(str::to_owned));
    readings.extend(calendar::readings(&blank));
    readings.extend(number(&blank));
    readings.retain(|reading| reading != written && !reading.is_empty());
    readings.dedup();
    readings
}

/// Without capitals and blanks, as far as they tell nothing apart.
fn letters(written: &str) -> String {
    written.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn truth(written: &str) -> Option<&'static str> {
    match written.to_lowercase().as_str() {
        "true" | "ja" | "yes" | "j" | "y" | "sann" => Some("true"),
        "false" | "nei" | "no" | "n" | "usann" => Some("false"),
        _ => None,
    }
}

/// A decimal comma, or a fraction of zeros where a whole number is wanted.
fn number(written: &str) -> Vec<String> {
    let point = written.replacen(',', ".", 1);
    let is_number = point.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    if !is_number || point.is_empty() {
        return Vec::new();
    }
    let whole = point.split_once('.').filter(|(_, zeros)| zeros.bytes().all(|byte| byte == b'0'));
    let whole = whole.map(|(whole, _)| whole.to_owned());
    std::iter::once(point.clone()).chain(whole).collect()
}

/// A value as it is written between tags or quotes.
pub(super) fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\'', "&apos;")
}

#[cfg(test)]
mod tests {
    use super::super::super::simple::{Builtin, Facet, FacetKind, SimpleType};
    use super::readings;

    fn mended(kind: Builtin, facets: &[(FacetKind, &str)], written: &str) -> Option<String> {
        let facets: Vec<Facet<'_>> = facets.iter().map(|(kind, value)| Facet { kind: *kind, value, fixed: false }).collect();
        let simple = SimpleType::restrict(&SimpleType::builtin(kind), None, &facets).expect("a type");
        let unfit = simple.check(written).expect_err("wrong");
        readings(written, &unfit).into_iter().find(|reading| simple.check(reading).is_ok())
    }

    #[test]
    fn what_people_write_becomes_what_the_type_wants() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(mended(Builtin::Boolean, &[], "True"), some("true"));
        assert_eq!(mended(Builtin::Boolean, &[], "Ja"), some("true"));
        assert_eq!(mended(Builtin::Boolean, &[], "nei"), some("false"));
        assert_eq!(mended(Builtin::Decimal, &[], "1,5"), some("1.5"));
        assert_eq!(mended(Builtin::Int, &[], "12,0"), some("12"));
        assert_eq!(mended(Builtin::Int, &[], "12,5"), None);
        assert_eq!(mended(Builtin::Date, &[], "2012.05.04"), some("2012-05-04"));
        assert_eq!(mended(Builtin::Date, &[], "2012-05-04T00:00:00"), some("2012-05-04"));
        assert_eq!(mended(Builtin::DateTime, &[], "2012-05-04 10:15"), some("2012-05-04T10:15:00"));
        let codes = [(FacetKind::Enumeration, "ORG PERS"), (FacetKind::Enumeration, "Org")];
        assert_eq!(mended(Builtin::String, &codes, " org "), some("Org"));
        assert_eq!(mended(Builtin::String, &codes, "OrgPers"), some("ORG PERS"));
        assert_eq!(mended(Builtin::String, &codes, "other"), None);
        assert_eq!(mended(Builtin::String, &[(FacetKind::MaxLength, "2")], " ab "), some("ab"));
    }
}
