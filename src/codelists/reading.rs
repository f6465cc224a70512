//! How the file of a code list is read. The form is told in `codelists/README.md`.
//!
//! The files are part of the program: a mistake in one is found by a test and never by a user.

use super::list::{Code, CodeList, Standing, Validity};

/// Reads one file: lines of a key and its value, an empty line, and one line for each code.
///
/// # Errors
/// What is wrong, and in which line, counted from 1.
pub(super) fn read(text: &'static str) -> Result<CodeList, String> {
    let mut list = CodeList {
        number: 0,
        name: "",
        edition: None,
        validity: Validity::Current,
        note: None,
        grows: Vec::new(),
        shapes: Vec::new(),
        codes: Vec::new(),
        sorted: Vec::new(),
    };
    let mut lines = text.lines().enumerate();
    for (at, line) in lines.by_ref().take_while(|(_, line)| !line.is_empty()) {
        head(&mut list, line).map_err(|what| format!("line {}: {what}", at + 1))?;
    }
    for (at, line) in lines {
        list.codes.push(code(line).map_err(|what| format!("line {}: {what}", at + 1))?);
    }
    finish(list)
}

fn head(list: &mut CodeList, line: &'static str) -> Result<(), String> {
    let (key, value) = line.split_once(' ').ok_or("a key, blanks and a value are wanted")?;
    let value = value.trim();
    match key {
        "list" => list.number = number(value)?,
        "name" => list.name = value,
        "edition" => list.edition = Some(date(value)?),
        "validity" => list.validity = validity(value)?,
        "grows" => list.grows = value.split(' ').collect(),
        "shape" => list.shapes = value.split(' ').collect(),
        "note" => list.note = Some(value),
        other => return Err(format!("`{other}` is no key")),
    }
    Ok(())
}

fn number(value: &str) -> Result<u32, String> {
    value.parse().ok().filter(|number| *number > 0).ok_or_else(|| format!("`{value}` is not the number of a list"))
}

fn date(value: &'static str) -> Result<&'static str, String> {
    let good = value.len() == 10
        && value.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    good.then_some(value).ok_or_else(|| format!("`{value}` is not a date"))
}

fn validity(value: &str) -> Result<Validity, String> {
    match (value, value.strip_prefix("replaced by ")) {
        ("obsolete", _) => Ok(Validity::Obsolete),
        (_, Some(other)) => number(other).map(Validity::ReplacedBy),
        _ => Err(format!("`{value}` is neither `obsolete` nor `replaced by` a number")),
    }
}

fn code(line: &'static str) -> Result<Code, String> {
    let mut parts = line.split('\t');
    let (v, dn) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let standing = match parts.next() {
        None => Standing::Published,
        Some("later") => Standing::Later,
        Some("withdrawn") => Standing::Withdrawn,
        Some(other) => return Err(format!("`{other}` is neither `later` nor `withdrawn`")),
    };
    let trimmed = |text: &str| !text.is_empty() && text.trim() == text;
    if !trimmed(v) || !trimmed(dn) || parts.next().is_some() {
        return Err("a code, a tabulator and its text are wanted, without blanks around them".into());
    }
    // So that a code and its text can be put into a message as they are.
    if v.contains(['<', '&', '"', '\'']) || dn.contains(['<', '&', '"']) {
        return Err("it has a character that XML would want escaped".into());
    }
    Ok(Code { v, dn, standing })
}

fn finish(mut list: CodeList) -> Result<CodeList, String> {
    if list.number == 0 || list.name.is_empty() {
        return Err("`list` or `name` is missing".into());
    }
    if list.codes.is_empty() && !list.is_open() {
        return Err("without codes it must say `grows` or `shape`, or nothing would be in it".into());
    }
    list.sorted = (0..list.codes.len()).collect();
    list.sorted.sort_by_key(|&at| list.codes[at].v.as_bytes());
    let twice = list.sorted.windows(2).find(|two| list.codes[two[0]].v == list.codes[two[1]].v);
    match twice {
        Some(two) => Err(format!("`{}` stands there twice", list.codes[two[0]].v)),
        None => Ok(list),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_in_its_own_order_and_searched_in_another() {
        let list = read("list  9\nname  Prøve\nedition 2018-10-15\n\n10\tti\n9\tni\tlater\n").expect("reads");
        assert_eq!(list.codes().iter().map(|code| code.v).collect::<Vec<_>>(), ["10", "9"]);
        assert_eq!(list.code("9").map(|code| (code.dn, code.standing)), Some(("ni", Standing::Later)));
        assert_eq!(list.code("1"), None);
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        for (text, wanted) in [
            ("list 9\nname x\n\n1 en\n", "line 4: a code, a tabulator"),
            ("list 9\nname x\n\n1\ten & to\n", "line 4: it has a character"),
            ("list 9\nname x\n\n1\ten\tsoon\n", "line 4: `soon` is neither"),
            ("list 9\nname x\n\n1\ten\n\n2\tto\n", "line 5: a code, a tabulator"),
            ("list 9\nname x\nvalidity gone\n\n1\ten\n", "line 3: `gone` is neither"),
            ("list 9\nname x\nedition 2018\n\n1\ten\n", "line 3: `2018` is not a date"),
            ("list nine\nname x\n\n1\ten\n", "line 1: `nine` is not the number"),
            ("list 9\ncolour x\n\n1\ten\n", "line 2: `colour` is no key"),
            ("list 9\nname x\n\n1\ten\n1\tto\n", "`1` stands there twice"),
            ("list 9\nname x\n", "without codes"),
            ("name x\n\n1\ten\n", "`list` or `name` is missing"),
        ] {
            let trouble = read(text).expect_err(text);
            assert!(trouble.starts_with(wanted), "{trouble}");
        }
    }
}
