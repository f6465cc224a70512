//! Texts as XHTML, and times as Norwegians write them.

/// Escaped, with its line ends; blanks around it are left out.
pub(super) fn escape(value: &str, out: &mut String) {
    let mut rest = value.trim();
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'\n' | b'\r')) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'\n' => "<br/>",
            _ => "",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

const MONTHS: [&str; 12] =
    ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"];

/// `2026-03-05T14:30:00` is "5. mars 2026 kl. 14.30"; years, months and dates alone as they are. What is written otherwise stays.
pub(super) fn time(written: &str) -> String {
    in_words(written.trim()).unwrap_or_else(|| written.to_owned())
}

fn in_words(written: &str) -> Option<String> {
    let (date, clock) = written.split_once('T').map_or((written, None), |(date, clock)| (date, Some(clock)));
    let mut parts = date.get(..10).unwrap_or(date).split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let Some(month) = month else { return Some(year.to_owned()) };
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    let Some(day) = day else { return Some(format!("{month} {year}")) };
    let day: u32 = day.parse().ok()?;
    let date = format!("{day}. {month} {year}");
    let Some(clock) = clock else { return Some(date) };
    let (hour, minute) = (clock.get(..2)?, clock.get(3..5)?);
    // The offset that Norway has at the time says nothing new; another would be misread without it.
    let offset = clock.get(8..).and_then(|rest| rest.find(['Z', '+', '-']).map(|at| &rest[at..])).unwrap_or_default();
    let offset = match offset {
        "" | "+01:00" | "+02:00" => String::new(),
        "Z" => " UTC".to_owned(),
        other => format!(" UTC{other}"),
    };
    Some(format!("{date} kl. {hour}.{minute}{offset}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_norwegians_do() {
        for (written, read) in [
            ("2026-03-05", "5. mars 2026"),
            ("2026-03-05+01:00", "5. mars 2026"),
            ("2026-12", "desember 2026"),
            ("2026", "2026"),
            ("2026-03-05T14:30:00", "5. mars 2026 kl. 14.30"),
            ("2026-03-05T14:30:00.123+01:00", "5. mars 2026 kl. 14.30"),
            ("2026-03-05T14:30:00Z", "5. mars 2026 kl. 14.30 UTC"),
            ("2026-03-05T14:30:00-05:30", "5. mars 2026 kl. 14.30 UTC-05:30"),
            ("2026-13-05", "2026-13-05"),
            ("i går", "i går"),
            ("-0044-03-15", "-0044-03-15"),
        ] {
            assert_eq!(time(written), read);
        }
    }

    #[test]
    fn a_text_is_shown_as_text_whatever_stands_in_it() {
        let mut out = String::new();
        escape(" <script>&amp;\r\nto ", &mut out);
        assert_eq!(out, "&lt;script&gt;&amp;amp;<br/>to");
    }
}
