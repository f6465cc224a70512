//! Dates and times as people write them, to those of the standard. Only what can mean one thing.

/// What a text may mean as `xs:date`, `xs:dateTime` or `xs:time`, the most complete first.
pub(super) fn readings(written: &str) -> Vec<String> {
    let written = written.trim();
    let (date, time) = match written.find(['T', 't', ' ']) {
        Some(at) => (&written[..at], Some(written[at + 1..].trim())),
        None => (written, None),
    };
    let Some((year, month, day)) = date_of(date) else { return time_of(written).into_iter().collect() };
    let date = format!("{year:0>4}-{month:0>2}-{day:0>2}");
    let Some(time) = time else { return vec![date] };
    let Some(time) = time_of(time) else { return Vec::new() };
    // A time of midnight is often only what a program put behind a date.
    let is_midnight = time.starts_with("00:00:00") && time[8..].bytes().all(|byte| matches!(byte, b'.' | b'0' | b'Z'));
    let whole = format!("{date}T{time}");
    if is_midnight { vec![whole, date] } else { vec![whole] }
}

/// Year, month and day as written, when only one order is possible.
fn date_of(written: &str) -> Option<(&str, &str, &str)> {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if written.len() == 8 && is_digits(written) {
        let (year, month, day) = (&written[..4], &written[4..6], &written[6..]);
        return is_date(year, month, day).then_some((year, month, day));
    }
    let separator = written.chars().find(|c| matches!(c, '.' | '-' | '/'))?;
    let parts: Vec<&str> = written.split(separator).collect();
    let [one, two, three] = parts[..] else { return None };
    if ![one, two, three].iter().all(|part| is_digits(part) && part.len() <= 4) {
        return None;
    }
    if one.len() == 4 {
        return is_date(one, two, three).then_some((one, two, three));
    }
    if three.len() != 4 {
        return None;
    }
    // With points it is day, month and year in Norway; otherwise somebody may have meant the month first.
    match (is_date(three, two, one), is_date(three, one, two) && separator != '.' && one != two) {
        (true, false) => Some((three, two, one)),
        (false, true) => Some((three, one, two)),
        (true, true) | (false, false) => None,
    }
}

fn is_date(year: &str, month: &str, day: &str) -> bool {
    let is_in = |part: &str, from: u32, to: u32| part.len() <= 2 && part.parse().is_ok_and(|n: u32| n >= from && n <= to);
    year.len() == 4
        && year.parse().is_ok_and(|year: u32| (1800..2200).contains(&year))
        && is_in(month, 1, 12)
        && is_in(day, 1, 31)
}

/// Hours and minutes with `:` or `.` between them; seconds and their fraction, and a time zone, if they are there.
fn time_of(written: &str) -> Option<String> {
    let zone_at = written.find(['Z', 'z', '+', '-']).unwrap_or(written.len());
    let (clock, zone) = (written[..zone_at].trim_end(), &written[zone_at..]);
    let (clock, fraction) = match clock.rsplit_once('.') {
        Some((clock, fraction)) if clock.matches(':').count() == 2 => (clock, format!(".{fraction}")),
        _ => (clock, String::new()),
    };
    let parts: Vec<&str> = clock.split([':', '.']).collect();
    let (hours, minutes, seconds) = match parts[..] {
        [hours, minutes] => (hours, minutes, "00"),
        // Three numbers with points may be a date.
        [hours, minutes, seconds] if !clock.contains('.') => (hours, minutes, seconds),
        _ => return None,
    };
    let is_number = |part: &str, len: std::ops::RangeInclusive<usize>| {
        len.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !(is_number(hours, 1..=2) && is_number(minutes, 2..=2) && is_number(seconds, 2..=2)) {
        return None;
    }
    Some(format!("{hours:0>2}:{minutes}:{seconds}{fraction}{}", zone_of(zone)?))
}

fn zone_of(written: &str) -> Option<String> {
    match written {
        "" => Some(String::new()),
        "Z" | "z" => Some("Z".into()),
        zone => {
            let (sign, rest) = zone.split_at(1);
            let digits: String = rest.chars().filter(|c| *c != ':').collect();
            let is_right = digits.bytes().all(|byte| byte.is_ascii_digit());
            match (is_right, digits.len()) {
                (true, 2) => Some(format!("{sign}{digits}:00")),
                (true, 4) => Some(format!("{sign}{}:{}", &digits[..2], &digits[2..])),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::readings;

    #[test]
    fn a_date_or_time_with_one_meaning_is_read() {
        for (written, meant) in [
            ("2012.05.04", "2012-05-04"),
            ("2012/5/4", "2012-05-04"),
            ("2012-5-04", "2012-05-04"),
            ("20120504", "2012-05-04"),
            ("04.05.2012", "2012-05-04"),
            ("4.5.2012", "2012-05-04"),
            ("24/05/2012", "2012-05-24"),
            ("05/24/2012", "2012-05-24"),
            ("2012-05-04 9:30", "2012-05-04T09:30:00"),
            ("2012-05-04t09:30:15.5z", "2012-05-04T09:30:15.5Z"),
            ("2012-05-04T09:30:00+0200", "2012-05-04T09:30:00+02:00"),
            ("2012-05-04T09:30:00+02", "2012-05-04T09:30:00+02:00"),
            ("04.05.2012 00:00", "2012-05-04T00:00:00"),
            ("9:30", "09:30:00"),
            ("09.30", "09:30:00"),
        ] {
            assert_eq!(readings(written).first().map(String::as_str), Some(meant), "{written}");
        }
        assert_eq!(readings("2012-05-04T00:00:00").last().map(String::as_str), Some("2012-05-04"));
    }

    #[test]
    fn what_could_mean_several_things_or_nothing_is_not() {
        for written in
            ["04/05/2012", "04-05-2012", "04.05.12", "2012-13-04", "31122012", "soon", "", "2012", "2012-05-04 soon", "1.2"]
        {
            assert_eq!(readings(written), [] as [String; 0], "{written}");
        }
    }
}
