//! Quantities as people write them: `5s`, `15m`, `72h`, `20MiB`.

use std::time::Duration;

const SPANS: [(&str, u64); 5] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];
const SIZES: [(&str, u64); 4] = [("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];

/// Reads a duration: a whole number and a unit.
pub(super) fn parse_duration(text: &str) -> Option<Duration> {
    parse(text, &SPANS).map(Duration::from_millis)
}

/// Writes a duration in the largest unit that leaves no rest.
pub(super) fn show_duration(duration: Duration) -> String {
    show(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX), &SPANS[..4])
}

/// Reads a size in bytes: a whole number and a unit.
pub(super) fn parse_size(text: &str) -> Option<u64> {
    parse(text, &SIZES)
}

/// Writes a size in the largest unit that leaves no rest.
pub(super) fn show_size(bytes: u64) -> String {
    show(bytes, &SIZES)
}

fn parse(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let factor = units.iter().find(|(name, _)| *name == unit.trim_start())?.1;
    number.parse::<u64>().ok()?.checked_mul(factor)
}

fn show(amount: u64, units: &[(&str, u64)]) -> String {
    let fits = |(_, factor): &&(&str, u64)| amount != 0 && amount.is_multiple_of(*factor);
    let (name, factor) = units.iter().rev().find(fits).unwrap_or(&units[0]);
    format!("{}{name}", amount / factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        let millis = |text: &str| parse_duration(text).map(|d| d.as_millis());
        assert_eq!(millis("250ms"), Some(250));
        assert_eq!(millis("5s"), Some(5_000));
        assert_eq!(millis("15 m"), Some(900_000));
        assert_eq!(millis("72h"), Some(259_200_000));
        assert_eq!(millis("2d"), Some(172_800_000));
        for wrong in ["5", "s", "5 sec", "1.5h", "-5s", "", "99999999999999999999h", "300000000000000000h"] {
            assert_eq!(millis(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn sizes_are_read_and_shown_with_binary_units() {
        assert_eq!(parse_size("20MiB"), Some(20 * 1024 * 1024));
        assert_eq!(parse_size("20MB"), None, "whether that is 1000 or 1024 is not for us to guess");
        assert_eq!(show_size(20 * 1024 * 1024), "20MiB");
        assert_eq!(show_size(1500), "1500B");
        assert_eq!(show_duration(Duration::from_secs(900)), "15m");
        assert_eq!(show_duration(Duration::from_secs(96 * 3600)), "96h");
        assert_eq!(show_duration(Duration::ZERO), "0ms");
    }
}
