//! Time and chance as parameters: nothing above the shell asks the machine what time it is or rolls its own dice.

use std::fmt;

/// A point in time with millisecond precision.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// This much later.
    pub fn plus(self, span: std::time::Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// This much earlier.
    pub fn minus(self, span: std::time::Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier`; zero if it is not after it.
    pub fn since(self, earlier: Self) -> std::time::Duration {
        std::time::Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// Reads an `xs:dateTime`. Without a zone it is Norwegian local time (HISD 1165; rule R-078).
    pub fn parse_xs_date_time(text: &str) -> Option<Self> {
        let text = text.trim();
        if !has_xs_date_time_form(text) {
            return None;
        }
        if let Ok(instant) = text.parse::<jiff::Timestamp>() {
            return Some(Self(instant.as_millisecond()));
        }
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        Some(Self(norwegian_instant(civil)?.as_millisecond()))
    }
}

/// jiff reads more than `xs:dateTime` allows (blanks for the T, no seconds …); a receiver's schema does not.
fn has_xs_date_time_form(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = b"dddd-dd-ddTdd:dd:dd";
    bytes.len() >= shape.len()
        && shape.iter().zip(bytes).all(|(s, b)| if *s == b'd' { b.is_ascii_digit() } else { s == b })
        && zone_is_well_formed(text[shape.len()..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()))
}

fn zone_is_well_formed(zone: &str) -> bool {
    let bytes = zone.as_bytes();
    match bytes {
        [] | [b'Z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => [h1, h2, m1, m2].iter().all(|b| b.is_ascii_digit()),
        _ => false,
    }
}

/// Norway: UTC+1, and UTC+2 from the last Sunday of March 01:00 UTC to the last Sunday of October 01:00 UTC (since 1980;
/// exact enough before that for a GenDate). Reckoned here so that no time zone database has to be on the machine.
fn norwegian_instant(civil: jiff::civil::DateTime) -> Option<jiff::Timestamp> {
    let winter = civil.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(1))).ok()?.timestamp();
    let summer = civil.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(2))).ok()?.timestamp();
    let year = civil.year();
    let begins = last_sunday_at_one_utc(year, 3)?;
    let ends = last_sunday_at_one_utc(year, 10)?;
    Some(if summer >= begins && summer < ends { summer } else { winter })
}

fn last_sunday_at_one_utc(year: i16, month: i8) -> Option<jiff::Timestamp> {
    let last = jiff::civil::Date::new(year, month, 31).ok()?;
    let back = last.weekday().to_sunday_zero_offset();
    let sunday = jiff::civil::Date::new(year, month, 31 - back).ok()?;
    Some(sunday.at(1, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC with milliseconds: `2026-03-02T09:15:00.000Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(instant) => write!(f, "{}", instant.strftime("%Y-%m-%dT%H:%M:%S%.3fZ")),
            Err(_) => write!(f, "({} ms)", self.0),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The time of day, given to those who may know it.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// Randomness, given to those who may use it.
pub trait Chance: Send + Sync {
    /// The next 64 random bits.
    fn next_u64(&self) -> u64;
}

/// A new UUID version 4 from the given randomness.
pub fn new_uuid(chance: &dyn Chance) -> String {
    let mut bytes = [0u8; 16];
    bytes[..8].copy_from_slice(&chance.next_u64().to_be_bytes());
    bytes[8..].copy_from_slice(&chance.next_u64().to_be_bytes());
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// Randomness that repeats itself for a seed: tests, the simulation, and the jitter inside a pure function.
#[derive(Debug)]
pub struct Seeded(std::sync::atomic::AtomicU64);

impl Seeded {
    /// The sequence that belongs to `seed`.
    pub fn new(seed: u64) -> Self {
        Self(std::sync::atomic::AtomicU64::new(seed))
    }
}

impl Chance for Seeded {
    /// SplitMix64: small, good enough for spreading, not for secrets.
    fn next_u64(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let state = self.0.fetch_add(STEP, std::sync::atomic::Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        Timestamp::parse_xs_date_time(text).map(|t| t.to_string())
    }

    #[test]
    fn a_time_without_a_zone_is_norwegian_local_time() {
        assert_eq!(read("2018-01-29T10:11:54").as_deref(), Some("2018-01-29T09:11:54.000Z"));
        assert_eq!(read("2018-07-01T10:11:54").as_deref(), Some("2018-07-01T08:11:54.000Z"));
        assert_eq!(read("2026-03-29T01:59:59").as_deref(), Some("2026-03-29T00:59:59.000Z"), "last second of winter time");
        assert_eq!(read("2026-03-29T03:00:00").as_deref(), Some("2026-03-29T01:00:00.000Z"), "first second of summer time");
    }

    #[test]
    fn a_zone_and_fractions_are_kept() {
        assert_eq!(read("2009-09-10T11:31:54.148+02:00").as_deref(), Some("2009-09-10T09:31:54.148Z"));
        assert_eq!(read("2026-11-22T04:00:00Z").as_deref(), Some("2026-11-22T04:00:00.000Z"));
    }

    #[test]
    fn what_a_receivers_schema_refuses_is_refused() {
        for text in [
            "2018-01-29",
            "2018-01-29 10:11:54",
            "2018-01-29T10:11",
            "2018-02-30T10:11:54",
            "29.01.2018",
            "2018-01-29T10:11:54+0200",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn uuids_from_a_seed_are_version_4_and_differ() {
        let chance = Seeded::new(7);
        let (a, b) = (new_uuid(&chance), new_uuid(&chance));
        assert_ne!(a, b);
        assert_eq!(a.as_bytes()[14], b'4');
    }
}
