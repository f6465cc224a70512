//! The kinds of values a key can have. Each getter complains by itself.

use super::nearest::did_you_mean;
use super::quantity::{parse_duration, parse_size, show_duration, show_size};
use super::section::{Raw, Section};
use super::spot::Written;
use crate::domain::HerId;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;
use toml::de::DeValue;

impl Section<'_> {
    /// Text that is not empty.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let raw = self.raw(key)?;
        self.text_in(key, raw)
    }

    fn text_in(&self, key: &'static str, raw: &Raw<'_>) -> Option<String> {
        match raw.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                self.complain_about(key, raw, format!("`{key}` is empty"), "write something, or leave the line out");
                None
            }
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => self.refuse(key, raw, "text", &format!("write \"{number}\" in quotes")),
            DeValue::Float(number) => self.refuse(key, raw, "text", &format!("write \"{}\" in quotes", number.as_str())),
            _ => self.refuse(key, raw, "text", "write it in quotes: \"…\""),
        }
    }

    /// A list of text: `["LOG_*", "DIALOG_*"]`.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<Written<String>>> {
        self.list(key, "text", Self::text_in)
    }

    /// True or false.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let raw = self.raw(key)?;
        match raw.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.refuse(key, raw, "true or false", "write true or false, without quotes"),
        }
    }

    /// A whole number within bounds; `unit` says what it counts.
    pub fn whole_number(&mut self, key: &'static str, range: RangeInclusive<u64>, unit: &str) -> Option<u64> {
        let raw = self.raw(key)?;
        match raw.get_ref() {
            DeValue::Integer(digits) => {
                let number = u64::from_str_radix(digits.as_str(), digits.radix()).ok();
                let bounds = format!("from {} to {} {unit}", range.start(), range.end());
                self.bounded(key, raw, number, &range, &digits.to_string(), &bounds)
            }
            DeValue::String(text) if text.trim().parse::<u64>().is_ok() => {
                self.refuse(key, raw, "a whole number", &format!("write {} without quotes", text.trim()))
            }
            _ => self.refuse(
                key,
                raw,
                "a whole number",
                &format!("write a number of {unit} from {} to {}", range.start(), range.end()),
            ),
        }
    }

    /// A time span such as `"5s"`, `"15m"`, `"72h"`, within bounds.
    pub fn duration(&mut self, key: &'static str, range: RangeInclusive<Duration>) -> Option<Duration> {
        let raw = self.raw(key)?;
        let how = "write a whole number and a unit (ms, s, m, h, d) in quotes: \"30s\"";
        match raw.get_ref() {
            DeValue::String(text) => match parse_duration(text) {
                None => self.not_a(key, raw, "a time span", how),
                found => {
                    let bounds = format!("from {} to {}", show_duration(*range.start()), show_duration(*range.end()));
                    self.bounded(key, raw, found, &range, text, &bounds)
                }
            },
            _ => self.refuse(key, raw, "a time span", how),
        }
    }

    /// A size: a number of bytes, or text such as `"20MiB"`, within bounds.
    pub fn size(&mut self, key: &'static str, range: RangeInclusive<u64>) -> Option<u64> {
        let raw = self.raw(key)?;
        let how = "write a number of bytes, or a number and a unit (B, KiB, MiB, GiB) in quotes: \"20MiB\"";
        let (found, shown) = match raw.get_ref() {
            DeValue::Integer(digits) => (u64::from_str_radix(digits.as_str(), digits.radix()).ok(), digits.to_string()),
            DeValue::String(text) => match parse_size(text) {
                None => return self.not_a(key, raw, "a size", how),
                found => (found, text.to_string()),
            },
            _ => return self.refuse(key, raw, "a size", how),
        };
        let bounds = format!("from {} to {}", show_size(*range.start()), show_size(*range.end()));
        self.bounded(key, raw, found, &range, &shown, &bounds)
    }

    fn bounded<T: PartialOrd>(
        &self,
        key: &str,
        raw: &Raw<'_>,
        found: Option<T>,
        range: &RangeInclusive<T>,
        shown: &str,
        bounds: &str,
    ) -> Option<T> {
        let good = found.filter(|value| range.contains(value));
        if good.is_none() {
            let message = format!("`{key}` is {shown}, which is out of bounds");
            self.complain_about(key, raw, message, format!("it may be {bounds}"));
        }
        good
    }

    fn not_a<T>(&self, key: &str, raw: &Raw<'_>, wanted: &str, suggestion: &str) -> Option<T> {
        self.complain_about(key, raw, format!("`{key}` is not {wanted}"), suggestion);
        None
    }

    /// One word of a few.
    pub fn choice<T: Clone>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let raw = self.raw(key)?;
        let text = self.text_in(key, raw)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| value.clone());
        if found.is_none() {
            let suggestion = did_you_mean(&text, "possible values", words.iter().map(|(word, _)| *word));
            self.complain_about(key, raw, format!("`{key}` cannot be \"{text}\""), suggestion);
        }
        found
    }

    /// One HER-id, written as a number or as text.
    pub fn her_id(&mut self, key: &'static str) -> Option<Written<HerId>> {
        let raw = self.raw(key)?;
        let value = self.her_id_in(key, raw)?;
        Some(Written { value, spot: self.spot_at(raw.span()) })
    }

    /// A list of HER-ids.
    pub fn her_ids(&mut self, key: &'static str) -> Option<Vec<Written<HerId>>> {
        self.keep_secret(key);
        self.list(key, "HER-ids", Self::her_id_in)
    }

    /// The line is not repeated when it is wrong: an eleven-digit "HER-id" is somebody's identity number.
    fn her_id_in(&self, key: &'static str, raw: &Raw<'_>) -> Option<HerId> {
        let found = match raw.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => HerId::parse(number.as_str()),
            DeValue::String(text) => HerId::parse(text),
            _ => None,
        };
        if found.is_none() {
            let complaint = self.spot_at(raw.span()).complain_without_repeating(format!("`{key}` is not a HER-id"));
            self.complain(
                complaint.suggest(
                    "a HER-id is a number of one to nine digits, as the address register (Adresseregisteret) has it",
                ),
            );
        }
        found
    }

    /// True when the key is there and its value is `[]`.
    pub fn is_empty_list(&mut self, key: &'static str) -> bool {
        self.raw(key).is_some_and(|raw| matches!(raw.get_ref(), DeValue::Array(items) if items.is_empty()))
    }

    /// A path; a relative one starts at the folder of the file in which it is written.
    pub fn path(&mut self, key: &'static str) -> Option<PathBuf> {
        let text = self.text(key)?;
        Some(self.folder().join(text))
    }

    /// A path to a file that is there.
    pub fn existing_file(&mut self, key: &'static str) -> Option<PathBuf> {
        let path = self.path(key)?;
        if path.is_file() {
            return Some(path);
        }
        let complaint = self.spot_of(key).complain(format!("there is no file {}", path.display()));
        self.complain(complaint.suggest("a relative path starts at the folder of the file in which it is written"));
        None
    }

    fn list<T>(
        &mut self,
        key: &'static str,
        of: &str,
        read: impl Fn(&Self, &'static str, &Raw<'_>) -> Option<T>,
    ) -> Option<Vec<Written<T>>> {
        let raw = self.raw(key)?;
        let DeValue::Array(items) = raw.get_ref() else {
            let suggestion = format!("write {of} in brackets: [ … ], also when there is only one");
            return self.refuse(key, raw, "a list", &suggestion);
        };
        let written = |item: &Raw<'_>| Some(Written { value: read(self, key, item)?, spot: self.spot_at(item.span()) });
        Some(items.iter().filter_map(written).collect())
    }
}
