//! Labels: what has no element in the older version stands as text there, one line each, `[v1.6] Opphold 1, sted: …`, at the end
//! of a text that the older version has. A person can read it, and the way back finds it again, because nothing else is a label.

use crate::xml::Draft;

/// A labelled value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// What it is, in Norwegian, without `: `.
    pub field: String,
    /// The value to the letter; lines after the first stand on lines of their own.
    pub value: String,
}

/// Instead of the field's name, on the lines of a value after its first.
const GOES_ON: &str = "…";

/// The mark of the version whose element a label stands for: `[v1.6]`.
#[derive(Clone, Copy)]
pub struct Mark(pub &'static str);

impl Label {
    /// A labelled value.
    pub fn new(field: impl Into<String>, value: impl Into<String>) -> Self {
        Self { field: field.into(), value: value.into() }
    }

    /// What says that something was not given.
    pub fn not_given(field: &str) -> Self {
        Self::new(field, "ikke oppgitt")
    }
}

impl Mark {
    fn lines(self, labels: &[Label]) -> Vec<String> {
        let of_one = |label: &Label| -> Vec<String> {
            let mut lines = label.value.split('\n');
            let first = lines.next().unwrap_or_default();
            let first = format!("{} {}: {first}", self.0, label.field);
            std::iter::once(first).chain(lines.map(|line| format!("{} {GOES_ON} {line}", self.0))).collect()
        };
        labels.iter().flat_map(of_one).collect()
    }

    /// The text with labels behind it. Where there was a text, however short, a line end comes first; so the way back knows.
    pub fn append(self, text: Option<&str>, labels: &[Label]) -> String {
        text.map(str::to_string).into_iter().chain(self.lines(labels)).collect::<Vec<_>>().join("\n")
    }

    /// The text with labels before it.
    pub fn prepend(self, text: Option<&str>, labels: &[Label]) -> String {
        self.lines(labels).into_iter().chain(text.map(str::to_string)).collect::<Vec<_>>().join("\n")
    }

    /// What a line says, if it is one of ours: a first line (field and value), or one that goes on.
    fn read(self, line: &str) -> Option<Result<(&str, &str), &str>> {
        let rest = line.strip_prefix(self.0)?.strip_prefix(' ')?;
        match rest.strip_prefix(GOES_ON).and_then(|rest| rest.strip_prefix(' ')) {
            Some(more) => Some(Err(more)),
            None => rest.split_once(": ").map(Ok),
        }
    }

    fn labels(self, lines: &[&str]) -> Vec<Label> {
        let mut labels: Vec<Label> = Vec::new();
        for line in lines {
            match (self.read(line), labels.last_mut()) {
                (Some(Ok((field, value))), _) => labels.push(Label::new(field, value)),
                (Some(Err(more)), Some(label)) => label.value += &format!("\n{more}"),
                _ => {}
            }
        }
        labels
    }

    /// The labels at the end of a text that `is_wanted`, and what is left of it: `None` when there was nothing but them. No labels
    /// that are wanted: nothing.
    pub fn take(self, text: &str, is_wanted: impl Fn(&Label) -> bool) -> Option<(Vec<Label>, Option<String>)> {
        let lines: Vec<&str> = text.split('\n').collect();
        let ours = lines.iter().rev().take_while(|line| self.read(line).is_some()).count();
        let from = lines.len() - ours;
        let goes_on = lines[from..].iter().take_while(|line| matches!(self.read(line), Some(Err(_)))).count();
        let (before, labels) = lines.split_at(from + goes_on);
        let (wanted, others): (Vec<_>, Vec<_>) = self.labels(labels).into_iter().partition(|label| is_wanted(label));
        if wanted.is_empty() {
            return None;
        }
        let before = (!before.is_empty()).then(|| before.join("\n"));
        let left = (before.is_some() || !others.is_empty()).then(|| self.append(before.as_deref(), &others));
        Some((wanted, left))
    }

    /// The label at the beginning of a text, if it `is_wanted`, and what is left.
    pub fn take_first(self, text: &str, is_wanted: impl Fn(&Label) -> bool) -> Option<(Label, Option<String>)> {
        let lines: Vec<&str> = text.split('\n').collect();
        let more = lines.iter().skip(1).take_while(|line| matches!(self.read(line), Some(Err(_)))).count();
        let (first, rest) = lines.split_at(1 + more);
        let label = self.labels(first).into_iter().next().filter(|label| is_wanted(label))?;
        Some((label, (!rest.is_empty()).then(|| rest.join("\n"))))
    }

    /// Puts labels behind the text of a field of an element. A field that is not there is made before those that follow it.
    pub fn displace(self, element: &mut Draft<'_>, field: &str, following: &[&str], labels: &[Label]) {
        match element.child_mut(field) {
            Some(found) => found.set_text(self.append(Some(&found.text()), labels)),
            None => {
                let made = element.part(field).with_text(&self.append(None, labels));
                element.insert_before(made, following);
            }
        }
    }

    /// Takes labels back out of a field of an element, and the field with them when nothing else stood there.
    pub fn reclaim(self, element: &mut Draft<'_>, field: &str, is_wanted: impl Fn(&Label) -> bool) -> Vec<Label> {
        let Some(found) = element.child_mut(field).filter(|found| !found.has_children()) else { return Vec::new() };
        match self.take(&found.text(), is_wanted) {
            Some((labels, Some(left))) => {
                found.set_text(left);
                labels
            }
            Some((labels, None)) => {
                element.take(field);
                labels
            }
            None => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MARK: Mark = Mark("[v1.6]");

    fn wanted(label: &Label) -> bool {
        label.field.starts_with('a')
    }

    #[test]
    fn a_label_reads_as_a_person_would_write_it() {
        let labels = [Label::new("Fødselsår", "2010"), Label::new("Sted", "Hjemme\ni Fjellvik")];
        assert_eq!(
            MARK.append(Some("Ringes."), &labels),
            "Ringes.\n[v1.6] Fødselsår: 2010\n[v1.6] Sted: Hjemme\n[v1.6] … i Fjellvik"
        );
    }

    #[test]
    fn only_labels_at_the_end_of_a_text_are_labels() {
        for other in
            ["[v1.6] a: 1\nmer", "a: 1", "[v1.5] a: 1", " [v1.6] a: 1", "[v1.6]a: 1", "[v1.6] … 1", "[v1.6] b: 1", ""]
        {
            assert_eq!(MARK.take(other, wanted), None, "{other}");
        }
    }

    #[test]
    fn labels_of_others_stay_where_they_are() {
        let (taken, left) =
            MARK.take("x\n[v1.6] b: 1\n[v1.6] a: 2\n[v1.6] … 3\n[v1.6] b: 4", wanted).expect("one is wanted");
        assert_eq!(taken, [Label::new("a", "2\n3")]);
        assert_eq!(left.as_deref(), Some("x\n[v1.6] b: 1\n[v1.6] b: 4"));
    }

    proptest! {
        #[test]
        fn what_was_labelled_is_found_again_and_the_text_is_as_it_was(
            text in prop::option::of("[a-z:\n\r ]{0,20}"),
            values in prop::collection::vec("[a-z:\n\r …\\[\\]]{0,20}", 1..4),
        ) {
            let labels: Vec<Label> = values.iter().map(|value| Label::new("a, b", value)).collect();
            let (taken, left) = MARK.take(&MARK.append(text.as_deref(), &labels), wanted).expect("they are there");
            prop_assert_eq!(&taken, &labels);
            prop_assert_eq!(&left, &text);
            let (first, left) = MARK.take_first(&MARK.prepend(text.as_deref(), &labels[..1]), wanted).expect("it is there");
            prop_assert_eq!(&first, &labels[0]);
            prop_assert_eq!(left, text);
        }
    }
}
