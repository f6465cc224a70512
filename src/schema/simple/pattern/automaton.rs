//! A pattern ready to be matched: an automaton whose states are made when a text first needs them, so that start-up is cheap
//! and matching takes time linear in the text whatever the pattern.

use super::ascii::AsciiTable;
use super::translate::translate;
use super::trouble::{PatternFlaw, PatternTrouble};
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{self, NFA, WhichCaptures};
use regex_automata::util::{pool::Pool, syntax};
use regex_automata::{Anchored, Input, MatchKind};
use std::fmt;
use std::sync::Arc;

const AUTOMATON_BYTES_MAX: usize = 4 << 20;
/// For the states that were needed so far; when it is full they are made anew.
const CACHE_BYTES: usize = 256 << 10;
const NESTING_MAX: u32 = 400;

type MakeCache = Box<dyn Fn() -> Cache + Send + Sync>;

/// The patterns of one step of derivation: a value must match one of them (4.3.4.3).
pub(in super::super) struct Pattern {
    sources: Vec<String>,
    ascii: Option<AsciiTable>,
    automaton: Arc<DFA>,
    caches: Pool<Cache, MakeCache>,
}

impl Pattern {
    /// Of one or more patterns as written in a schema. An error names the first pattern that cannot be used.
    pub(in super::super) fn compile(sources: &[&str]) -> Result<Self, (usize, PatternTrouble)> {
        let mut whole = String::new();
        for (number, source) in sources.iter().enumerate() {
            let one = translate(source).map_err(|trouble| (number, trouble))?;
            whole.push_str(if number == 0 { "(?:" } else { "|(?:" });
            whole.push_str(&one);
            whole.push(')');
        }
        let automaton = build(&whole).map_err(|why| (0, PatternTrouble { at: 1, why }))?;
        let automaton = Arc::new(automaton);
        let of_pool = Arc::clone(&automaton);
        let make: MakeCache = Box::new(move || of_pool.create_cache());
        let sources = sources.iter().map(ToString::to_string).collect();
        let ascii = AsciiTable::of(&automaton);
        Ok(Self { sources, ascii, automaton, caches: Pool::new(make) })
    }

    /// As written in the schema.
    pub(in super::super) fn sources(&self) -> &[String] {
        &self.sources
    }

    /// Whether the whole text matches.
    pub(in super::super) fn matches(&self, text: &str) -> bool {
        self.ascii.as_ref().and_then(|table| table.matches(text)).unwrap_or_else(|| self.automaton_matches(text))
    }

    fn automaton_matches(&self, text: &str) -> bool {
        let mut cache = self.caches.get();
        let input = Input::new(text).anchored(Anchored::Yes);
        let Ok(mut state) = self.automaton.start_state_forward(&mut cache, &input) else { return false };
        for byte in text.bytes() {
            // The automaton is built never to give up, and has no byte at which it would quit.
            let Ok(next) = self.automaton.next_state(&mut cache, state, byte) else { return false };
            if next.is_dead() {
                return false;
            }
            state = next;
        }
        self.automaton.next_eoi_state(&mut cache, state).is_ok_and(|end| end.is_match())
    }
}

fn build(expression: &str) -> Result<DFA, PatternFlaw> {
    let config = thompson::Config::new().which_captures(WhichCaptures::None).nfa_size_limit(Some(AUTOMATON_BYTES_MAX));
    let nfa = NFA::compiler()
        .syntax(syntax::Config::new().nest_limit(NESTING_MAX))
        .configure(config)
        .build(expression)
        .map_err(|_| PatternFlaw::TooLarge)?;
    // All alternatives are followed to the end: a shorter one that matches must not hide a longer one.
    let config = DFA::config()
        .match_kind(MatchKind::All)
        .cache_capacity(CACHE_BYTES)
        .skip_cache_capacity_check(true)
        .minimum_cache_clear_count(None);
    DFA::builder().configure(config).build_from_nfa(nfa).map_err(|_| PatternFlaw::TooLarge)
}

impl fmt::Debug for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sources.fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, good: &[&str], bad: &[&str]) {
        let compiled = Pattern::compile(&[pattern]).unwrap_or_else(|(_, trouble)| panic!("{pattern}: {trouble}"));
        for (texts, expected) in [(good, true), (bad, false)] {
            for text in texts {
                assert_eq!(
                    (compiled.matches(text), compiled.automaton_matches(text)),
                    (expected, expected),
                    "{pattern}: {text:?}"
                );
            }
        }
    }

    #[test]
    fn a_pattern_is_about_the_whole_text() {
        check("a|ab|abc", &["a", "ab", "abc"], &["", "abcd", "b", "xa"]);
        check("", &[""], &["a"]);
        check("a|", &["", "a"], &["b"]);
        check("(a|b){2,3}c?", &["ab", "bba", "abc"], &["a", "aaaa", "c"]);
        check("a{2}b{1,}", &["aab", "aabbb"], &["ab", "aa"]);
        check("^a$", &["^a$"], &["a"]);
    }

    #[test]
    fn classes_ranges_and_subtraction_mean_what_appendix_f_says() {
        check("[a-z-[aeiou]]+", &["bcd"], &["bad", "B", "-"]);
        check("[^a-z-[0-9]]", &["A", "-"], &["a", "5"]);
        check("[a-c-[b-[b]]]", &["a", "b"], &["d"]);
        check(r"[\-+]?[0-9]+", &["-1", "+1", "1"], &["", "--1"]);
        check("[+-]", &["+", "-"], &[",", ""]);
        check("[-a]", &["-", "a"], &["b"]);
        check("[a^]", &["a", "^"], &["b"]);
        check(r"[\w-[\d]]+", &["aæ$"], &["a1", "a.", "a b"]);
        check("[æøå]", &["æ", "å"], &["\u{E5}\u{E6}", "a"]);
    }

    #[test]
    fn escapes_are_those_of_unicode_and_of_xml() {
        check(r"\d", &["1", "٣", "９"], &["a", "²", "⅓"]);
        check(r"\s\S", &[" a", "\n\u{A0}"], &["a ", "\u{A0}a"]);
        check(r"\i\c*", &["a:b-1.c", "_", ":", "æ·"], &["1", "-a", "", "a b", "\u{10000}"]);
        check(r"[\i-[:]][\c-[:]]*", &["a1", "_"], &["a:b", ":"]);
        check(r"\p{Lu}\p{Ll}+", &["Øy"], &["øy", "Ø1"]);
        check(r"\P{L}", &["1"], &["a"]);
        check(r"\p{IsBasicLatin}*", &["abc~\u{7F}"], &["æ"]);
        check(r"[\P{IsGreek}-[a]]", &["b"], &["α", "a"]);
        check(r"\p{IsLowSurrogates}*", &[""], &["a"]);
        check(r"\w\W", &["a.", "$ "], &["..", "a1"]);
        check(".", &["a", "\t", "æ", "\u{2028}"], &["\n", "\r", "", "ab"]);
        check(r"\.\\\?\*\+\{\}\(\)\[\]\|\-\^\n", &[".\\?*+{}()[]|-^\n"], &[""]);
    }

    #[test]
    fn the_official_oid_pattern_is_linear() {
        let oid = Pattern::compile(&[r"(\d+\.?)*\d+"]).unwrap();
        assert!(oid.matches("2.16.578.1.12.4.1.1.8279"));
        assert!(!oid.matches("2..16") && !oid.matches("2.16.") && !oid.matches(""));
        // With backtracking this would outlive whoever waits.
        let mut digits = "1".repeat(1 << 20);
        assert!(oid.matches(&digits));
        digits.push('x');
        assert!(!oid.matches(&digits));
    }

    #[test]
    fn a_small_automaton_is_a_table_and_a_large_one_is_not() {
        let table = |pattern: &str| Pattern::compile(&[pattern]).unwrap().ascii;
        let oid = table(r"(\d+\.?)*\d+").expect("a table");
        assert_eq!(
            (oid.matches("1.2"), oid.matches("1."), oid.matches("1.x2"), oid.matches("1.٣")),
            (Some(true), Some(false), Some(false), None)
        );
        assert_eq!(oid.matches("x٣"), Some(false), "nothing can follow an x");
        assert!(table("a{26}").is_some() && table("a{40}").is_none() && table("(a|b)*a(a|b){14}").is_none());
    }

    #[test]
    fn a_pattern_that_would_grow_without_bound_is_refused() {
        let (_, trouble) = Pattern::compile(&["((a{999}){999}){999}"]).unwrap_err();
        assert_eq!(trouble.why, PatternFlaw::TooLarge);
        let (number, _) = Pattern::compile(&["a", "["]).unwrap_err();
        assert_eq!(number, 1);
    }

    #[test]
    fn states_that_do_not_fit_are_made_anew() {
        let many = Pattern::compile(&["(a|b)*a(a|b){14}"]).unwrap();
        let mut text: String = (0u32..60_000).map(|n| if (n * n / 7) % 3 == 0 { 'a' } else { 'b' }).collect();
        text.push_str("abbbbbbbbbbbbbb");
        assert!(many.matches(&text));
        text.push_str("bbbbbbbbbbbbbbb");
        assert!(!many.matches(&text));
    }
}
