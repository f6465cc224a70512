//! What the fixtures hold of persons and content: the words that must appear nowhere but in the messages themselves.

use super::fixtures::all;
use bindeledd::xml::{Limits, Node, Tree, decode};
use std::collections::BTreeSet;

/// Elements whose text is a person's.
const PERSONAL: [&str; 9] =
    ["FamilyName", "MiddleName", "GivenName", "DateOfBirth", "StreetAdr", "Address", "Navn", "CaseNo", "EnquiryRefId"];
/// Identifiers of organisations: everybody may know them.
const NOT_PERSONAL: [&str; 4] = ["HER", "ENH", "RSH", "AVD"];

/// Names, numbers, addresses and free texts of all fixtures.
pub fn private_words() -> BTreeSet<String> {
    let (mut words, mut organisations) = (BTreeSet::new(), BTreeSet::new());
    for fixture in all() {
        // What cannot be read has the same persons in it as the others.
        let Ok(text) = decode(&fixture.bytes) else { continue };
        let (tree, _) = Tree::read(&text, &Limits::default());
        if let Some(root) = tree.root() {
            collect(root, false, &mut words);
            collect_organisations(root, &mut organisations);
        }
    }
    // Where something happens is often told by the name of an organisation.
    words.retain(|word| word.chars().count() > 2 && !organisations.contains(word));
    assert!(words.contains("Fjord") && words.contains("14854131010"), "the fixtures are about other persons now");
    assert!(words.len() > 100, "only {} private words", words.len());
    words
}

/// The private words that a text holds, as whole words.
pub fn found_in<'w>(text: &str, words: &'w BTreeSet<String>) -> Vec<&'w String> {
    let part_of_word = |c: char| c.is_alphanumeric();
    let stands_alone = |word: &String| {
        text.match_indices(word.as_str())
            .any(|(at, _)| !text[..at].ends_with(part_of_word) && !text[at + word.len()..].starts_with(part_of_word))
    };
    words.iter().filter(|word| stands_alone(word)).collect()
}

fn collect(node: Node<'_>, in_content: bool, words: &mut BTreeSet<String>) {
    let local = node.name().local;
    let in_content = in_content || local == "Content";
    let text = node.text().trim().to_string();
    let is_free_text = in_content && text.contains(' ');
    if PERSONAL.contains(&local) || is_free_text || is_number_of_a_person(node) {
        words.insert(text);
    }
    if matches!(local, "TeleAddress" | "DateOfBirth") {
        words.extend(node.attribute("V").map(str::to_string));
    }
    words.extend(node.attribute("OT").filter(|text| text.contains(' ')).map(str::to_string));
    node.children().for_each(|child| collect(child, in_content, words));
}

fn collect_organisations(node: Node<'_>, organisations: &mut BTreeSet<String>) {
    if matches!(node.name().local, "OrganisationName" | "DepartmentName") {
        organisations.insert(node.text().trim().to_string());
    }
    node.children().for_each(|child| collect_organisations(child, organisations));
}

fn is_number_of_a_person(node: Node<'_>) -> bool {
    let kind = |parent: Node<'_>| {
        let kind = parent.children().find(|child| matches!(child.name().local, "TypeId" | "Type"));
        kind.and_then(|kind| kind.attribute("V").map(str::to_string))
    };
    let kind = node.parent().and_then(kind);
    node.name().local == "Id" && kind.is_some_and(|kind| !NOT_PERSONAL.contains(&kind.as_str()))
}
