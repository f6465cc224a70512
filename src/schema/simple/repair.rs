//! Right forms of values that are wrong in an obvious way, for the corrected snippet beside a finding. A guess is made only
//! where a reader would make the same one, and what is proposed is a value of the type.

use super::blanks::{self, trim};
use super::builtin::Builtin;
use super::simple_type::{SimpleType, Variety};

/// Beyond this length nobody mistypes an allowed value, and comparing would cost.
const MISTYPED_CHARS_MAX: usize = 80;

impl SimpleType {
    /// The value that was obviously meant, if there is one; none if the text is right or says nothing clear.
    pub fn repair(&self, written: &str) -> Option<String> {
        if self.check(written).is_ok() {
            return None;
        }
        let proposals = [self.nearest_allowed(written), self.by_form(trim(written))];
        proposals.into_iter().flatten().find(|proposal| self.check(proposal).is_ok())
    }

    fn by_form(&self, text: &str) -> Option<String> {
        let kind = match &self.variety {
            Variety::Atomic(kind) => *kind,
            // Item by item, when each is right or can be put right.
            Variety::List(item) => {
                let one = |text: &str| if item.check(text).is_ok() { Some(text.to_owned()) } else { item.repair(text) };
                return blanks::items(text).map(one).collect::<Option<Vec<_>>>().map(|items| items.join(" "));
            }
            Variety::Union(members) => return members.iter().find_map(|member| member.repair(text)),
        };
        match kind {
            Builtin::Boolean => boolean(text),
            Builtin::Date => date(text).or_else(|| date_of_moment(text)),
            Builtin::DateTime => date_time(text),
            Builtin::Time => time(text),
            Builtin::GYearMonth => year_month(text),
            Builtin::Base64Binary | Builtin::HexBinary => None,
            _ if kind.is_integer() => number(text).map(|number| whole(&number)),
            _ => match kind.primitive() {
                Builtin::Decimal | Builtin::Float | Builtin::Double => number(text),
                // Too long or too short a text has no obvious other.
                _ => Some(text.to_owned()),
            },
        }
    }

    /// The only allowed value that differs by case and blanks, or else the only one that differs by one character (put in,
    /// left out, changed, or swapped with its neighbour).
    fn nearest_allowed(&self, written: &str) -> Option<String> {
        let allowed = self.allowed()?;
        let plain = |text: &str| blanks::items(text).collect::<String>().to_lowercase();
        let text = plain(written);
        let only = |fits: &dyn Fn(&str) -> bool| {
            let mut fitting = allowed.iter().filter(|one| fits(one));
            let first = fitting.next()?;
            fitting.next().is_none().then(|| first.to_string())
        };
        if text.chars().count() > MISTYPED_CHARS_MAX {
            return None;
        }
        // One character of one or two is another code, not a slip.
        let is_word = text.chars().count() > 2;
        only(&|one| plain(one) == text).or_else(|| only(&|one| is_word && strsim::osa_distance(&plain(one), &text) == 1))
    }
}

/// Also as Norwegians and programs write it.
fn boolean(text: &str) -> Option<String> {
    let right = match text.to_lowercase().as_str() {
        "true" | "ja" | "yes" | "sant" | "j" | "y" | "t" => "true",
        "false" | "nei" | "no" | "usant" | "n" | "f" => "false",
        _ => return None,
    };
    Some(right.to_owned())
}

/// The runs of digits, and whether nothing but the given signs stands between them.
fn runs<'t>(text: &'t str, signs: &[char]) -> Option<Vec<&'t str>> {
    let runs: Vec<&str> = text.split(signs).collect();
    runs.iter().all(|run| !run.is_empty() && run.bytes().all(|b| b.is_ascii_digit())).then_some(runs)
}

/// `2012.05.04`, `04.05.2012`, `4/5-2012`, `20120504`: year first or day first, as Norwegians write, never month first.
fn date(text: &str) -> Option<String> {
    let (year, month, day) = match runs(text, &['.', '-', '/', ' '])?[..] {
        [year, month, day] if year.len() == 4 => (year, month, day),
        [day, month, year] if year.len() == 4 => (year, month, day),
        [all] if all.len() == 8 => (&all[..4], &all[4..6], &all[6..]),
        _ => return None,
    };
    (month.len() <= 2 && day.len() <= 2).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

/// Where only the day is wanted, the time of day goes.
fn date_of_moment(text: &str) -> Option<String> {
    let (day, time) = text.split_once(['T', ' '])?;
    time.starts_with(|c: char| c.is_ascii_digit()).then(|| date(day)).flatten()
}

/// `2012.05.04 12:30`, `2012-05-04T12:30`, `20120504T123000`. A date alone says no time: none is made up.
fn date_time(text: &str) -> Option<String> {
    let (day, of_day) = text.split_once(['T', 't']).or_else(|| text.rsplit_once(' '))?;
    Some(format!("{}T{}", date(trim(day))?, time(trim(of_day))?))
}

/// `12:30`, `12.30`, `1230`, `12:30:00,5`, each with a zone behind it. Seconds that are not said are 00.
fn time(text: &str) -> Option<String> {
    let zone_at = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone_at);
    let (clock, fraction) = match clock.rsplit_once([',', '.']) {
        Some((clock, fraction)) if clock.matches([':', '.']).count() == 2 => (clock, Some(fraction)),
        _ => (clock, None),
    };
    let (hour, minute, second) = match runs(trim(clock), &[':', '.'])?[..] {
        [hour, minute, second] => (hour, minute, second),
        [hour, minute] => (hour, minute, "00"),
        [all] if all.len() == 6 => (&all[..2], &all[2..4], &all[4..]),
        [all] if all.len() == 4 => (&all[..2], &all[2..], "00"),
        _ => return None,
    };
    let fraction = fraction.map(|digits| format!(".{digits}")).unwrap_or_default();
    (hour.len() <= 2).then(|| format!("{hour:0>2}:{minute}:{second}{fraction}{}", zone_form(zone)))
}

/// `z`, `+0200`, `+02` as the standard has them.
fn zone_form(zone: &str) -> String {
    match zone.len() {
        1 => zone.to_uppercase(),
        3 => format!("{zone}:00"),
        5 if zone.is_ascii() => format!("{}:{}", &zone[..3], &zone[3..]),
        _ => zone.to_owned(),
    }
}

fn year_month(text: &str) -> Option<String> {
    match runs(text, &['.', '-', '/'])?[..] {
        [year, month] if year.len() == 4 && month.len() <= 2 => Some(format!("{year}-{month:0>2}")),
        [month, year] if year.len() == 4 && month.len() <= 2 => Some(format!("{year}-{month:0>2}")),
        _ => None,
    }
}

/// With the comma as decimal sign, as Norwegians write; with blanks between groups of three digits.
fn number(text: &str) -> Option<String> {
    let mut groups = text.split([' ', '\u{A0}', '\u{202F}']);
    let first = groups.next()?.to_owned();
    let joined = groups.try_fold(first, |joined, group| {
        let digits = group.split_once(',').map_or(group, |(whole, _)| whole);
        (digits.len() == 3 && !joined.contains(',')).then(|| joined + group)
    })?;
    let commas = joined.matches(',').count();
    let mixed = commas > 1 || (commas == 1 && joined.contains('.'));
    (!mixed).then(|| joined.replace(',', ".").replace('\u{2212}', "-"))
}

/// `12.0` where an integer is wanted.
fn whole(number: &str) -> String {
    match number.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|b| b == b'0') => whole.to_owned(),
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::facet::{Facet, FacetKind};
    use super::*;
    use std::sync::Arc;

    #[track_caller]
    fn check(kind: Builtin, pairs: &[(&str, Option<&str>)]) {
        let kind = SimpleType::builtin(kind);
        for (written, right) in pairs {
            assert_eq!(kind.repair(written).as_deref(), *right, "{written:?}");
        }
    }

    #[test]
    fn dates_are_put_right_year_first_or_day_first() {
        let right = Some("2012-05-04");
        for written in
            ["2012.05.04", "04.05.2012", "4.5.2012", "20120504", "2012/05/04", "4/5-2012", "2012-5-4", "4. 5. 2012"]
        {
            let expected = if written.contains(". ") { None } else { right };
            check(Builtin::Date, &[(written, expected)]);
        }
        check(Builtin::Date, &[("2012-05-04T12:30:00", right), ("2012.05.04 12:30", right)]);
        check(Builtin::Date, &[("2012-05-04", None), ("31.02.2012", None), ("04.05.12", None), ("", None), ("i dag", None)]);
    }

    #[test]
    fn times_are_put_right_but_never_made_up() {
        check(
            Builtin::DateTime,
            &[
                ("2012.05.04 12:30", Some("2012-05-04T12:30:00")),
                ("2012-05-04T12:30", Some("2012-05-04T12:30:00")),
                ("20120504T123000", Some("2012-05-04T12:30:00")),
                ("2012-05-04T12:30:00+0200", Some("2012-05-04T12:30:00+02:00")),
                ("2012-05-04t12:30:00z", Some("2012-05-04T12:30:00Z")),
                ("04.05.2012 12.30", Some("2012-05-04T12:30:00")),
                ("2012-05-04 12:30:00,25", Some("2012-05-04T12:30:00.25")),
                ("2012-05-04", None),
                ("2012-05-04T25:00", None),
            ],
        );
        check(
            Builtin::Time,
            &[("1230", Some("12:30:00")), ("9:30", Some("09:30:00")), ("12:30+02", Some("12:30:00+02:00"))],
        );
        check(Builtin::GYearMonth, &[("05.2012", Some("2012-05")), ("201205", None)]);
    }

    #[test]
    fn yes_and_no_are_understood() {
        for (written, right) in [("True", "true"), ("TRUE", "true"), ("ja", "true"), ("Nei", "false"), (" False ", "false")]
        {
            check(Builtin::Boolean, &[(written, Some(right))]);
        }
        check(Builtin::Boolean, &[("kanskje", None), ("", None), ("2", None)]);
    }

    #[test]
    fn numbers_get_their_point_and_lose_their_blanks() {
        check(
            Builtin::Decimal,
            &[("12,5", Some("12.5")), ("1 000 000,5", Some("1000000.5")), ("1.000,5", None), ("a", None)],
        );
        check(Builtin::Decimal, &[("1 2", None), ("\u{2212}5", Some("-5"))]);
        check(Builtin::Integer, &[("12.0", Some("12")), ("12,00", Some("12")), ("12.5", None)]);
        check(Builtin::UnsignedByte, &[("300", None), ("25,0", Some("25"))]);
    }

    #[test]
    fn an_allowed_value_is_found_when_only_one_is_near() {
        let values = ["Mottatt", "Lest", "test", "Ikke funnet", "A", "B"];
        let facets = values.map(|value| Facet { kind: FacetKind::Enumeration, value, fixed: false });
        let kind = SimpleType::restrict(&SimpleType::builtin(Builtin::Token), None, &facets).unwrap();
        for (written, right) in [
            ("mottatt", Some("Mottatt")),
            ("Mottat", Some("Mottatt")),
            ("Mottattt", Some("Mottatt")),
            ("Motttat", Some("Mottatt")),
            ("Mottta", None),
            ("ikkefunnet", Some("Ikke funnet")),
            ("Fest", None),
            ("C", None),
            ("b", Some("B")),
        ] {
            assert_eq!(kind.repair(written).as_deref(), right, "{written}");
        }
    }

    #[test]
    fn lists_and_unions_are_put_right_part_by_part() {
        let list = SimpleType::list(None, &SimpleType::builtin(Builtin::Boolean));
        assert_eq!(list.repair("ja false NEI").as_deref(), Some("true false false"));
        assert_eq!(list.repair("ja kanskje"), None);
        let members = [Builtin::Date, Builtin::Boolean].map(SimpleType::builtin);
        let union: Arc<SimpleType> = SimpleType::union(None, &members);
        assert_eq!(union.repair("04.05.2012").as_deref(), Some("2012-05-04"));
        assert_eq!(union.repair("Ja").as_deref(), Some("true"));
    }
}
