//! A tree to text: compact for the wire, pretty for people. Numbers are written as they were read.

use super::scan::plain_len;
use super::tree::Json;

/// As much as a small message takes.
const SMALL_BYTES: usize = 4096;

impl Json<'_> {
    /// On one line, without blanks.
    pub fn compact(&self) -> String {
        let mut out = String::with_capacity(SMALL_BYTES);
        self.write_compact(&mut out);
        out
    }

    /// As [`Json::compact`], behind what is there already.
    pub fn write_compact(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(true) => out.push_str("true"),
            Json::Bool(false) => out.push_str("false"),
            Json::Number(number) => out.push_str(number.token()),
            Json::Text(text) => write_text(text, out),
            Json::Array(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write_compact(out);
                }
                out.push(']');
            }
            Json::Object(object) => {
                out.push('{');
                for (at, (name, value)) in object.members().iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    write_text(name, out);
                    out.push(':');
                    value.write_compact(out);
                }
                out.push('}');
            }
        }
    }

    /// As [`Json::compact`], when nobody needs the tree any more: each part of it is given back as soon as it is written, while it is
    /// still at hand.
    pub fn into_compact(self) -> String {
        let mut out = String::with_capacity(SMALL_BYTES);
        self.write_and_drop(&mut out);
        out
    }

    fn write_and_drop(self, out: &mut String) {
        match self {
            Json::Array(items) => {
                out.push('[');
                for (at, item) in items.into_iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    item.write_and_drop(out);
                }
                out.push(']');
            }
            Json::Object(object) => {
                out.push('{');
                for (at, (name, value)) in object.into_members().into_iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    write_text(&name, out);
                    out.push(':');
                    value.write_and_drop(out);
                }
                out.push('}');
            }
            small => small.write_compact(out),
        }
    }

    /// One member or item on a line, two blanks for each level, and a line end behind all of it.
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.write_pretty(&mut out, 0);
        out.push('\n');
        out
    }

    fn write_pretty(&self, out: &mut String, level: usize) {
        match self {
            Json::Array(items) if !items.is_empty() => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    new_line(out, at, level + 1);
                    item.write_pretty(out, level + 1);
                }
                new_line(out, 0, level);
                out.push(']');
            }
            Json::Object(object) if !object.is_empty() => {
                out.push('{');
                for (at, (name, value)) in object.members().iter().enumerate() {
                    new_line(out, at, level + 1);
                    write_text(name, out);
                    out.push_str(": ");
                    value.write_pretty(out, level + 1);
                }
                new_line(out, 0, level);
                out.push('}');
            }
            small => small.write_compact(out),
        }
    }
}

fn new_line(out: &mut String, at: usize, level: usize) {
    out.push_str(if at > 0 { ",\n" } else { "\n" });
    for _ in 0..level {
        out.push_str("  ");
    }
}

/// Escapes what RFC 8259, section 7, wants escaped, and nothing else.
pub(crate) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    loop {
        let (plain, behind) = rest.split_at(plain_len(rest.as_bytes()));
        out.push_str(plain);
        let Some(byte) = behind.bytes().next() else { break };
        write_escape(byte, out);
        rest = &behind[1..];
    }
    out.push('"');
}

fn write_escape(byte: u8, out: &mut String) {
    match byte {
        b'"' => out.push_str("\\\""),
        b'\\' => out.push_str("\\\\"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        b'\t' => out.push_str("\\t"),
        0x08 => out.push_str("\\b"),
        0x0C => out.push_str("\\f"),
        _ => {
            const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
            out.push_str("\\u00");
            out.push(DIGITS[usize::from(byte >> 4)]);
            out.push(DIGITS[usize::from(byte & 15)]);
        }
    }
}
