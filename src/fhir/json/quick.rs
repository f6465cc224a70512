//! The quick way to a tree: for a document that is plain JSON within its bounds. It cannot say what is wrong with another one.

use super::limits::Limits;
use super::number::Number;
use super::scan::plain_len;
use super::tree::{Json, Member, Object, has_a_name_twice};
use std::borrow::Cow;

/// The tree; none when anything is wrong, or odd enough to be left to a reader that looks more closely.
pub(super) fn read<'a>(bytes: &'a [u8], limits: &Limits) -> Option<Json<'a>> {
    let text = simdutf8::basic::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut quick = Quick {
        text,
        at: 0,
        limits,
        values: 0,
        open: Vec::with_capacity(16),
        items: Vec::with_capacity(64),
        members: Vec::with_capacity(64),
    };
    quick.document()
}

/// An object or an array that has not ended: where its content begins in the store of its kind.
#[derive(Clone, Copy)]
enum Open {
    Array(usize),
    Object(usize),
}

/// What stands behind a value.
enum Behind {
    /// Another one.
    Value,
    /// The end of what it is in, which is a value too.
    End,
    /// Nothing.
    Nothing,
}

/// What is not finished waits in two stores, so that each object and array is one allocation of the right size.
struct Quick<'a, 'l> {
    text: &'a str,
    at: usize,
    limits: &'l Limits,
    values: usize,
    open: Vec<Open>,
    items: Vec<Json<'a>>,
    members: Vec<Member<'a>>,
}

impl<'a> Quick<'a, '_> {
    fn document(&mut self) -> Option<Json<'a>> {
        loop {
            let mut is_whole = self.begin_value()?;
            while is_whole {
                match self.behind_value()? {
                    Behind::Value => is_whole = false,
                    Behind::End => {}
                    Behind::Nothing => return self.items.pop(),
                }
            }
        }
    }

    /// The next byte that is no white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let b' ' | b'\t' | b'\r' | b'\n' = *bytes.get(self.at)? {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// Reads a value; of an object or array that has something in it only the beginning. Whether it is whole.
    fn begin_value(&mut self) -> Option<bool> {
        self.values += 1;
        if self.values > self.limits.values_total {
            return None;
        }
        let value = match self.peek()? {
            b'"' => Json::Text(self.text()?),
            b'{' => {
                self.begin(Open::Object(self.members.len()))?;
                return if self.peek()? == b'}' { self.end() } else { self.name() };
            }
            b'[' => {
                self.begin(Open::Array(self.items.len()))?;
                return if self.peek()? == b']' { self.end() } else { Some(false) };
            }
            b't' => self.word("true", Json::Bool(true))?,
            b'f' => self.word("false", Json::Bool(false))?,
            b'n' => self.word("null", Json::Null)?,
            _ => self.number()?,
        };
        self.put(value);
        Some(true)
    }

    fn begin(&mut self, open: Open) -> Option<()> {
        self.at += 1;
        self.open.push(open);
        (self.open.len() <= self.limits.depth).then_some(())
    }

    /// The end of what was opened last, at its bracket.
    fn end(&mut self) -> Option<bool> {
        self.at += 1;
        let ended = match self.open.pop()? {
            Open::Array(from) => Json::Array(self.items.split_off(from)),
            Open::Object(from) => {
                let members = self.members.split_off(from);
                if has_a_name_twice(&members) {
                    return None;
                }
                Json::Object(Object::read(members))
            }
        };
        self.put(ended);
        Some(true)
    }

    fn put(&mut self, value: Json<'a>) {
        match (self.open.last(), self.members.last_mut()) {
            (Some(Open::Object(_)), Some(member)) => member.1 = value,
            _ => self.items.push(value),
        }
    }

    fn behind_value(&mut self) -> Option<Behind> {
        let Some(open) = self.open.last().copied() else {
            return self.peek().is_none().then_some(Behind::Nothing);
        };
        match (self.peek()?, open) {
            (b',', Open::Array(_)) => self.at += 1,
            (b',', Open::Object(_)) => {
                self.at += 1;
                self.name()?;
            }
            (b']', Open::Array(_)) | (b'}', Open::Object(_)) => {
                self.end()?;
                return Some(Behind::End);
            }
            _ => return None,
        }
        Some(Behind::Value)
    }

    /// A name and its colon; its value is not there yet.
    fn name(&mut self) -> Option<bool> {
        if self.peek()? != b'"' {
            return None;
        }
        let name = self.text()?;
        if self.peek()? != b':' {
            return None;
        }
        self.at += 1;
        self.members.push((name, Json::Null));
        Some(false)
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Option<Json<'a>> {
        self.text[self.at..].starts_with(word).then(|| self.at += word.len())?;
        Some(value)
    }

    fn number(&mut self) -> Option<Json<'a>> {
        let rest = &self.text[self.at..];
        let length = rest.bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')).count();
        self.at += length;
        Number::new(&rest[..length]).map(Json::Number)
    }

    /// A text, at its first quotation mark.
    fn text(&mut self) -> Option<Cow<'a, str>> {
        let from = self.at + 1;
        let end = from + plain_len(&self.text.as_bytes()[from..]);
        match self.text.as_bytes().get(end)? {
            b'"' => {
                self.at = end + 1;
                Some(Cow::Borrowed(&self.text[from..end]))
            }
            b'\\' => self.text_with_escapes(from, end).map(Cow::Owned),
            _ => None,
        }
    }

    /// The same, when the first backslash stands at `end`.
    fn text_with_escapes(&mut self, from: usize, end: usize) -> Option<String> {
        let mut made = String::with_capacity(2 * (end - from) + 32);
        let mut plain = from..end;
        loop {
            made.push_str(&self.text[plain.clone()]);
            self.at = plain.end + 1;
            match self.text.as_bytes().get(plain.end)? {
                b'"' => return Some(made),
                b'\\' => made.push(self.escape()?),
                _ => return None,
            }
            plain = self.at..self.at + plain_len(&self.text.as_bytes()[self.at..]);
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Option<char> {
        let byte = *self.text.as_bytes().get(self.at)?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'u' => {
                let first = self.unit()?;
                let second = if matches!(first, 0xD800..0xDC00) {
                    self.text[self.at..].starts_with("\\u").then(|| self.at += 2)?;
                    Some(self.unit()?)
                } else {
                    None
                };
                char::decode_utf16([first].into_iter().chain(second)).next()?.ok()?
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4).filter(|four| four.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        self.at += 4;
        u16::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick(text: &str) -> Option<Json<'_>> {
        read(text.as_bytes(), &Limits::default())
    }

    #[test]
    fn what_is_plain_goes_the_quick_way() {
        for text in [
            "{}",
            "[]",
            " [ ] ",
            "\u{FEFF}{\"a\":[1,-2.50e+7,true,false,null,{}]}",
            "{ \"a\" : \"å\\n\\u00e5\\ud83d\\ude00\\/\" , \"b\" : [ [ ] , 0 ] }\n",
            "\"x\"",
            "7",
        ] {
            assert!(quick(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_does_not() {
        for text in [
            "",
            " ",
            "{",
            "[",
            "[1",
            "[1,]",
            "[,1]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "[1 2]",
            "{} {}",
            "[1]]",
            "01",
            "1.",
            "nul",
            "truth",
            "\"",
            "\"\\",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\"",
            "\"\t\"",
            "{\"a\":1,\"\\u0061\":2}",
            "[}",
            "{]",
            "[\"\\u+123\"]",
        ] {
            assert!(quick(text).is_none(), "{text}");
        }
        assert!(read(b"\"\xFF\"", &Limits::default()).is_none());
    }
}
