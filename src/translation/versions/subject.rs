//! A subject: an element that has no place in the older version, told in labels, one for each thing that it says, and made anew
//! from them. What has no Norwegian words here is told by its path, so that nothing is ever left out.

use super::label::Label;
use crate::messages::PREFIXES;
use crate::xml::{Draft, is_ncname};
use std::collections::HashMap;

/// How an element is told.
pub struct Subject {
    /// What it is called.
    pub name: &'static str,
    /// Whether there may be several: then they are numbered, as they stand in the original.
    pub is_numbered: bool,
    /// Paths inside it, and the words for them; no words for the one that needs none.
    pub words: &'static [(&'static str, &'static str)],
}

/// Instead of words, for an element in which there is nothing at all.
const NOTHING: &str = "uten innhold";

/// Namespace of `xsi:type` and its kin: they say nothing that a person needs.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

impl Subject {
    /// The labels that tell an element. `place` is counted from 0.
    pub fn labels(&self, place: usize, element: &Draft<'_>) -> Vec<Label> {
        let mut leaves = Vec::new();
        gather(element, "", &mut leaves);
        let head = if self.is_numbered { format!("{} {}", self.name, place + 1) } else { self.name.to_string() };
        let label = |(path, value): (String, String)| {
            let own = if path.is_empty() { NOTHING } else { &path };
            let words = self.words.iter().find(|(known, _)| *known == path).map_or(own, |(_, words)| *words);
            Label::new(if words.is_empty() { head.clone() } else { format!("{head}, {words}") }, value)
        };
        leaves.into_iter().map(label).collect()
    }

    /// Whether a label tells of this subject.
    pub fn tells(&self, label: &Label) -> bool {
        self.path(&label.field).is_some_and(|(_, path)| steps(&path).is_some())
    }

    /// The elements that labels tell of, each with its place. `blank` makes an empty one.
    pub fn restore<'t>(&self, labels: &[Label], blank: impl Fn() -> Draft<'t>) -> Vec<(usize, Draft<'t>)> {
        let mut made: Vec<(usize, Draft<'t>)> = Vec::new();
        for label in labels {
            let Some((place, path)) = self.path(&label.field) else { continue };
            let Some(steps) = steps(&path) else { continue };
            if made.last().is_none_or(|(last, _)| *last != place) {
                made.push((place, blank()));
            }
            if let Some((_, element)) = made.last_mut() {
                grow(element, &steps, &label.value);
            }
        }
        made
    }

    fn path(&self, field: &str) -> Option<(usize, String)> {
        let rest = field.strip_prefix(self.name)?;
        let (head, words) = rest.split_once(", ").map_or((rest, ""), |(head, words)| (head, words));
        let place = match (self.is_numbered, head.strip_prefix(' ')) {
            (true, Some(number)) => number.parse::<usize>().ok().filter(|number| *number <= 1000)?.checked_sub(1)?,
            (false, None) if head.is_empty() => 0,
            _ => return None,
        };
        let words = if words == NOTHING { return Some((place, String::new())) } else { words };
        let known = self.words.iter().find(|(_, known)| *known == words);
        Some((place, known.map_or(words, |(path, _)| *path).to_string()))
    }
}

/// Everything that an element says, with its path: attributes, and the text of elements that have nothing else.
fn gather(element: &Draft<'_>, path: &str, leaves: &mut Vec<(String, String)>) {
    let before = leaves.len();
    for (namespace, local, value) in element.attributes().filter(|(namespace, ..)| *namespace != XSI) {
        leaves.push((format!("{path}@{}", named(namespace, "", local)), value.to_string()));
    }
    let text = element.text();
    if !text.trim().is_empty() || !element.has_children() && leaves.len() == before {
        leaves.push((path.to_string(), text));
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for child in element.children() {
        let count = seen.entry(child.local()).or_default();
        *count += 1;
        let number = if *count > 1 { format!("[{count}]") } else { String::new() };
        let slash = if path.is_empty() { "" } else { "/" };
        let name = named(child.namespace(), element.namespace(), child.local());
        gather(child, &format!("{path}{slash}{name}{number}"), leaves);
    }
}

/// The name with a prefix, where its namespace is not the one around it.
fn named(namespace: &str, around: &str, local: &str) -> String {
    let prefix = PREFIXES.iter().find(|(_, known)| *known == namespace).map(|(prefix, _)| prefix);
    match prefix.filter(|_| namespace != around && !namespace.is_empty()) {
        Some(prefix) => format!("{prefix}:{local}"),
        None => local.to_string(),
    }
}

/// One step of a path.
#[derive(Clone)]
struct Step {
    /// Prefix and namespace, where they differ from those around it.
    namespace: Option<(&'static str, &'static str)>,
    local: String,
    /// Counted from 0 among those with the same name.
    place: usize,
    is_attribute: bool,
}

/// The steps of a path; nothing when it is none.
fn steps(path: &str) -> Option<Vec<Step>> {
    let (elements, attribute) =
        path.split_once('@').map_or((path, None), |(elements, attribute)| (elements, Some(attribute)));
    let elements = elements.split('/').filter(|_| !elements.is_empty()).map(|step| one_step(step, false));
    elements.chain(attribute.map(|attribute| one_step(attribute, true))).collect()
}

fn one_step(text: &str, is_attribute: bool) -> Option<Step> {
    let (name, place) = match text.strip_suffix(']').and_then(|text| text.split_once('[')) {
        Some((name, number)) => (name, number.parse::<usize>().ok().filter(|n| *n <= 1000)?.checked_sub(1)?),
        None => (text, 0),
    };
    let (namespace, local) = match name.split_once(':') {
        Some((prefix, local)) => (Some(*PREFIXES.iter().find(|(known, _)| *known == prefix)?), local),
        None => (None, name),
    };
    is_ncname(local).then(|| Step { namespace, local: local.to_string(), place, is_attribute })
}

/// Puts a value at the end of a path, and makes what is not there of the way.
fn grow(element: &mut Draft<'_>, steps: &[Step], value: &str) {
    let Some((step, more)) = steps.split_first() else { return element.set_text(value.to_string()) };
    if step.is_attribute {
        let (prefix, namespace) = step.namespace.unwrap_or_default();
        let made = std::mem::replace(element, Draft::new("", "", "a"));
        *element = made.with_named(prefix, namespace, &step.local, value);
        return;
    }
    let there = element.children().filter(|child| child.local() == step.local).count();
    if there <= step.place {
        let made = match step.namespace {
            Some((prefix, namespace)) => Draft::new(prefix, namespace, &step.local),
            None => element.part(&step.local),
        };
        element.insert_before(made, &[]);
    }
    let child = element.children_mut().filter(|child| child.local() == step.local).nth(step.place.min(there));
    if let Some(child) = child {
        grow(child, more, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::{Limits, Tree};

    const STAY: Subject = Subject { name: "Opphold", is_numbered: true, words: &[("E/T@V", "tidspunkt"), ("@V", "")] };

    fn draft(text: &str) -> String {
        Draft::of(Tree::read(text, &Limits::default()).0.root().expect("root")).write()
    }

    #[test]
    fn an_element_told_in_labels_is_made_anew_from_them() {
        for text in [
            "<O/>",
            "<O> </O>",
            "<O V=\"1\"/>",
            "<O><E><T V=\"2026\"/><T V=\"\"/><A>x\ny</A><B/></E><E><T><U/></T></E></O>",
            "<p:O xmlns:p=\"urn:p\"><p:E><fk1:F xmlns:fk1=\"http://www.kith.no/xmlstds/felleskomponent1\"><fk1:G>1</fk1:G></fk1:F></p:E></p:O>",
        ] {
            let tree = Tree::read(text, &Limits::default()).0;
            let element = Draft::of(tree.root().expect("root"));
            let labels = STAY.labels(2, &element);
            assert!(labels.iter().all(|label| STAY.tells(label)), "{labels:?}");
            let prefix = if text.starts_with("<p:") { "p" } else { "" };
            let made = STAY.restore(&labels, || Draft::new(prefix, element.namespace(), "O"));
            let [(2, made)] = &made[..] else { panic!("{text}") };
            let (one, other) = (draft(&made.write()), draft(text));
            let (one, other) = (Tree::read(&one, &Limits::default()).0, Tree::read(&other, &Limits::default()).0);
            assert!(one.root().expect("root").says_the_same_as(other.root().expect("root")), "{text}: {}", made.write());
        }
    }

    #[test]
    fn what_has_words_is_told_in_them_and_the_rest_by_its_path() {
        let tree = Tree::read("<O><E><T V='2026'/><A>x</A></E></O>", &Limits::default()).0;
        let labels = STAY.labels(0, &Draft::of(tree.root().expect("root")));
        let fields: Vec<&str> = labels.iter().map(|label| &*label.field).collect();
        assert_eq!(fields, ["Opphold 1, tidspunkt", "Opphold 1, E/A"]);
    }

    #[test]
    fn what_no_program_wrote_tells_of_nothing() {
        for field in
            ["Opphold", "Opphold 0", "Opphold x", "Opphold 1, E/1", "Opphold 1, x:E", "Opphold 1, a b", "Opphold 9999"]
        {
            assert!(!STAY.tells(&Label::new(field, "")), "{field}");
        }
    }
}
