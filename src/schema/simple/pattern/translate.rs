//! A pattern of XML Schema in the dialect of the automaton's compiler: read by the grammar of appendix F, written anew.
//!
//! Nothing passes untranslated: `^`, `$`, `(?` and lazy repetitions, which mean something else there, cannot get through.

use super::blocks::block;
use super::trouble::{PatternFlaw, PatternTrouble};
use crate::xml;
use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;
use std::sync::LazyLock;

const DEPTH_MAX: usize = 60;
const REPETITIONS_MAX: u32 = 100_000;

/// The same language, anchored at both ends by whoever runs it.
pub(super) fn translate(pattern: &str) -> Result<String, PatternTrouble> {
    let mut translator = Translator { rest: pattern.chars().peekable(), read: 0, out: String::new() };
    let result = translator.alternatives(0).and_then(|()| match translator.rest.peek() {
        // Only a closing parenthesis ends the alternatives early.
        Some(&c) => Err(PatternFlaw::Unescaped(c)),
        None => Ok(()),
    });
    result.map(|()| translator.out).map_err(|why| PatternTrouble { at: translator.read.max(1), why })
}

struct Translator<'p> {
    rest: Peekable<Chars<'p>>,
    read: usize,
    out: String,
}

type Done = Result<(), PatternFlaw>;

impl Translator<'_> {
    fn next(&mut self) -> Result<char, PatternFlaw> {
        let next = self.rest.next().ok_or(PatternFlaw::Unfinished)?;
        self.read += 1;
        Ok(next)
    }

    fn take(&mut self, wanted: char) -> bool {
        let is_next = self.rest.peek() == Some(&wanted);
        if is_next {
            self.rest.next();
            self.read += 1;
        }
        is_next
    }

    /// Production 1, `regExp`, up to the end or a closing parenthesis.
    fn alternatives(&mut self, depth: usize) -> Done {
        if depth > DEPTH_MAX {
            return Err(PatternFlaw::TooDeep);
        }
        while let Some(&c) = self.rest.peek() {
            if c == ')' {
                break;
            }
            self.next()?;
            if c == '|' {
                self.out.push('|');
                continue;
            }
            self.atom(c, depth)?;
            self.quantifier()?;
        }
        Ok(())
    }

    /// Production 9, `atom`, whose first character is read already.
    fn atom(&mut self, first: char, depth: usize) -> Done {
        match first {
            '(' => {
                self.out.push_str("(?:");
                self.alternatives(depth + 1)?;
                if !self.take(')') {
                    return Err(PatternFlaw::Unfinished);
                }
                self.out.push(')');
            }
            '[' => self.class(depth)?,
            '.' => self.out.push_str(r"[^\n\r]"),
            '\\' => {
                let escape = self.next()?;
                match single(escape) {
                    Some(c) => self.literal(c),
                    None => self.many(escape)?,
                }
            }
            '?' | '*' | '+' | '{' | '}' | ']' => return Err(PatternFlaw::Unescaped(first)),
            c => self.literal(c),
        }
        Ok(())
    }

    /// Production 4, `quantifier`, if there is one. A second one would be an atom, which it cannot be: no lazy repetitions.
    fn quantifier(&mut self) -> Done {
        match self.rest.peek() {
            Some(&c @ ('?' | '*' | '+')) => {
                self.next()?;
                self.out.push(c);
            }
            Some('{') => {
                self.next()?;
                let least = self.number()?.ok_or(PatternFlaw::Repetition)?;
                let most = if self.take(',') { self.number()? } else { Some(least) };
                if !self.take('}') || most.is_some_and(|most| most < least) {
                    return Err(PatternFlaw::Repetition);
                }
                let most = most.map(|most| most.to_string()).unwrap_or_default();
                let _ = write!(self.out, "{{{least},{most}}}");
            }
            _ => {}
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Option<u32>, PatternFlaw> {
        let mut number = None;
        while let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(10)) {
            self.next()?;
            number = Some(number.unwrap_or(0) * 10 + digit);
            if number > Some(REPETITIONS_MAX) {
                return Err(PatternFlaw::Repetition);
            }
        }
        Ok(number)
    }

    /// Production 12, `charClassExpr`, behind its `[`. A subtraction is written as one, with the first part as a class.
    fn class(&mut self, depth: usize) -> Done {
        if depth > DEPTH_MAX {
            return Err(PatternFlaw::TooDeep);
        }
        let negated = self.take('^');
        self.out.push_str(if negated { "[[^" } else { "[[" });
        let mut is_empty = true;
        loop {
            let c = self.next()?;
            match c {
                ']' if is_empty => return Err(PatternFlaw::EmptyClass),
                ']' => {
                    self.out.push_str("]]");
                    return Ok(());
                }
                '-' if !is_empty && self.take('[') => {
                    self.out.push_str("]--");
                    self.class(depth + 1)?;
                    if !self.take(']') {
                        return Err(PatternFlaw::Unfinished);
                    }
                    self.out.push(']');
                    return Ok(());
                }
                '[' => return Err(PatternFlaw::Unescaped(c)),
                // A hyphen stands for itself only at either end.
                '-' if !is_empty && self.rest.peek() != Some(&']') => return Err(PatternFlaw::Unescaped(c)),
                c => self.class_item(c)?,
            }
            is_empty = false;
        }
    }

    /// A character, a range, or an escape for many characters.
    fn class_item(&mut self, first: char) -> Done {
        let from = match first {
            '\\' => {
                let escape = self.next()?;
                match single(escape) {
                    Some(c) => c,
                    None => return self.many(escape),
                }
            }
            c => c,
        };
        self.literal(from);
        let mut ahead = self.rest.clone();
        // `a-` at the end, and `a-[…]`, are no ranges.
        if ahead.next() != Some('-') || matches!(ahead.next(), None | Some(']' | '[')) {
            return Ok(());
        }
        self.next()?;
        let to = match self.next()? {
            '\\' => {
                let escape = self.next()?;
                single(escape).ok_or(PatternFlaw::UnknownEscape(escape))?
            }
            c => c,
        };
        if to < from {
            return Err(PatternFlaw::Range);
        }
        self.out.push('-');
        self.literal(to);
        Ok(())
    }

    /// Written so that it means nothing but itself.
    fn literal(&mut self, c: char) {
        if c.is_ascii_alphanumeric() {
            self.out.push(c);
        } else {
            let _ = write!(self.out, "\\x{{{:X}}}", u32::from(c));
        }
    }

    /// Productions 25 to 37: the escapes that stand for many characters.
    fn many(&mut self, escape: char) -> Done {
        match escape {
            's' => self.out.push_str(r"[ \t\n\r]"),
            'S' => self.out.push_str(r"[^ \t\n\r]"),
            'd' => self.out.push_str(r"\p{Nd}"),
            'D' => self.out.push_str(r"\P{Nd}"),
            'w' => self.out.push_str(r"[^\p{P}\p{Z}\p{C}]"),
            'W' => self.out.push_str(r"[\p{P}\p{Z}\p{C}]"),
            'i' | 'I' | 'c' | 'C' => {
                let class = if escape.eq_ignore_ascii_case(&'i') { &NAME_BEGINS } else { &NAME_GOES_ON };
                self.out.push_str(if escape.is_ascii_uppercase() { "[^" } else { "[" });
                self.out.push_str(class);
                self.out.push(']');
            }
            'p' | 'P' => return self.property(escape == 'P'),
            other => return Err(PatternFlaw::UnknownEscape(other)),
        }
        Ok(())
    }

    /// `\p{Lu}` or `\p{IsGreek}`, behind the `p`.
    fn property(&mut self, negated: bool) -> Done {
        if !self.take('{') {
            return Err(PatternFlaw::Unfinished);
        }
        let mut name = String::new();
        while !self.take('}') {
            name.push(self.next()?);
        }
        if let Some(ranges) = name.strip_prefix("Is").and_then(block) {
            return self.block(ranges, negated);
        }
        if !CATEGORIES.contains(&name.as_str()) {
            return Err(PatternFlaw::UnknownProperty(name));
        }
        let _ = write!(self.out, "\\{}{{{name}}}", if negated { 'P' } else { 'p' });
        Ok(())
    }

    fn block(&mut self, ranges: &[(u32, u32)], negated: bool) -> Done {
        // A block of no characters: all characters, taken away or not.
        let all = r"\x{0}-\x{10FFFF}";
        if ranges.is_empty() {
            self.out.push_str(&if negated { format!("[{all}]") } else { format!("[^{all}]") });
            return Ok(());
        }
        self.out.push_str(if negated { "[^" } else { "[" });
        for (first, last) in ranges {
            let _ = write!(self.out, "\\x{{{first:X}}}-\\x{{{last:X}}}");
        }
        self.out.push(']');
        Ok(())
    }
}

static NAME_BEGINS: LazyLock<String> = LazyLock::new(|| ranges(xml::may_begin_name));
static NAME_GOES_ON: LazyLock<String> = LazyLock::new(|| ranges(xml::may_follow_in_name));

/// The inside of a class. The colon belongs to names here, and all other characters of names are in the first plane (XML 1.0,
/// appendix B).
fn ranges(belongs: fn(char) -> bool) -> String {
    let belongs = |code: &u32| char::from_u32(*code).is_some_and(belongs);
    let mut class = String::from(":");
    let mut code = 0;
    while code < 0x10000 {
        let end = (code..0x10000).take_while(belongs).last();
        if let Some(end) = end {
            let _ = write!(class, "\\x{{{code:X}}}-\\x{{{end:X}}}");
        }
        code = end.unwrap_or(code) + 1;
    }
    class
}

/// Production 24, `SingleCharEsc`.
fn single(escape: char) -> Option<char> {
    match escape {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        c if "\\|.?*+(){}-[]^".contains(c) => Some(c),
        _ => None,
    }
}

/// Production 29 to 36: the categories of Unicode, without `Cs`, which no character has.
#[rustfmt::skip]
const CATEGORIES: [&str; 36] = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf",
    "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_else_there_is_written_in_numbers() {
        assert_eq!(translate("^a$").unwrap(), r"\x{5E}a\x{24}");
        assert_eq!(translate("(?").unwrap_err().why, PatternFlaw::Unescaped('?'));
        assert_eq!(translate("a+?").unwrap_err(), PatternTrouble { at: 3, why: PatternFlaw::Unescaped('?') });
        assert_eq!(translate("[a&&b~~c]").unwrap(), r"[[a\x{26}\x{26}b\x{7E}\x{7E}c]]");
    }

    #[test]
    fn what_the_grammar_does_not_have_is_named() {
        for (bad, at, why) in [
            ("a\\", 2, PatternFlaw::Unfinished),
            ("\\b", 2, PatternFlaw::UnknownEscape('b')),
            ("\\1", 2, PatternFlaw::UnknownEscape('1')),
            ("\\p{Foo}", 7, PatternFlaw::UnknownProperty("Foo".into())),
            ("\\p{IsFoo}", 9, PatternFlaw::UnknownProperty("IsFoo".into())),
            ("\\p{Cs}", 6, PatternFlaw::UnknownProperty("Cs".into())),
            ("(a", 2, PatternFlaw::Unfinished),
            ("a)", 1, PatternFlaw::Unescaped(')')),
            ("[a", 2, PatternFlaw::Unfinished),
            ("[]", 2, PatternFlaw::EmptyClass),
            ("[b-a]", 4, PatternFlaw::Range),
            ("[a-b-c]", 5, PatternFlaw::Unescaped('-')),
            ("[a-\\d]", 5, PatternFlaw::UnknownEscape('d')),
            ("a{2,1}", 6, PatternFlaw::Repetition),
            ("a{,1}", 2, PatternFlaw::Repetition),
            ("a{999999}", 8, PatternFlaw::Repetition),
            ("{", 1, PatternFlaw::Unescaped('{')),
            ("a]", 2, PatternFlaw::Unescaped(']')),
            (&"(".repeat(99), 61, PatternFlaw::TooDeep),
        ] {
            assert_eq!(translate(bad).unwrap_err(), PatternTrouble { at, why }, "{bad}");
        }
    }
}
