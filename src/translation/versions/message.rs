//! A whole message in other versions: every document that is of a wanted family is translated by its own root, the head and all
//! other documents stay as they are. MsgId, times, conversation and attachments are those of the original.

use super::apprec::a03_message_is_named_by_the_type_that_was_sent as a03;
use super::catalogue::steps_to;
use super::dialogmelding::{change, d12_deviation_stays_in_1_0 as d12, d14_attachment_is_of_a_type_that_is_taken as d14};
use super::edition::{Edition, type_of_root};
use super::loss::Loss;
use super::rule::{Entry, Rule, Run, Step, Told};
use super::wanted::Wanted;
use super::{g01_signature_is_of_the_original as g01, g02_there_is_a_way_between_the_versions as g02};
use crate::codelists::by_number;
use crate::messages::PREFIXES;
use crate::messages::dialogmelding::profile;
use crate::routing::{LossClass, Understands};
use crate::xml::{Draft, Node};

const HEAD: &str = "http://www.kith.no/xmlstds/msghead/2006-05-24";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// So many entries of a report say where they are: counting lines costs time that grows with the message.
const LOCATED: usize = 300;

/// A message in other versions.
pub struct Translation {
    /// The message. It must not be used when a loss refuses it.
    pub text: String,
    /// The versions into which something was translated, each once. Empty: the message is as it was, in other bytes at most.
    pub into: Vec<Edition>,
    /// The type that it has now, where that is another.
    pub into_type: Option<&'static str>,
    /// What became of what differs.
    pub losses: Vec<Loss>,
}

/// Translates a message (with a MsgHead), an AppRec, or a document alone, so that it is understood: every document that is not, into
/// the newest version that is. With labels, those of an earlier translation are turned back into what they tell. How much may be lost
/// is for the caller to look at.
pub fn translate(root: Node<'_>, understands: &Understands, with_labels: bool) -> Translation {
    translate_as(root, Wanted { with_labels, ..Wanted::of(understands) })
}

/// The same, where more is wanted than a version.
pub fn translate_as<'t>(root: Node<'t>, wanted: Wanted<'t>) -> Translation {
    let mut work = Work {
        wanted,
        head: root.child(HEAD, "MsgInfo"),
        type_code: type_code(root),
        into_type: None,
        into: Vec::new(),
        entries: Vec::new(),
        retired: Vec::new(),
    };
    let mut draft = Draft::of(root);
    if root.is(HEAD, "MsgHead") {
        let documents = root.children_named(HEAD, "Document");
        for attachment in d14::not_taken(documents, &wanted.understands.attachments, wanted.into_type) {
            work.tell(&d14::RULE, LossClass::Refuse, Some(attachment));
        }
        draft.children_mut().for_each(|child| work.documents(child));
        if !work.into.is_empty() {
            name_type(&mut draft, work.into_type);
            drop_what_was_signed(&mut draft, &mut work.entries);
            forget(&mut draft, &work.retired);
        }
    } else {
        work.document(&mut draft);
    }
    Translation { text: draft.write(), into: work.into, into_type: work.into_type, losses: located(work.entries) }
}

struct Work<'t> {
    wanted: Wanted<'t>,
    head: Option<Node<'t>>,
    type_code: String,
    into_type: Option<&'static str>,
    into: Vec<Edition>,
    entries: Vec<Entry<'t>>,
    /// Namespaces in which nothing is any more.
    retired: Vec<String>,
}

impl<'t> Work<'t> {
    /// Goes down to what `Content` holds; what is declared on the way is declared there again.
    fn documents(&mut self, element: &mut Draft<'t>) {
        let is_content = element.namespace() == HEAD && element.local() == "Content";
        let leads_there = matches!(element.local(), "Document" | "RefDoc" | "PatientReport") && element.namespace() == HEAD;
        if is_content {
            let in_force = element.origin().map(Node::declarations_in_scope).unwrap_or_default();
            for document in element.children_mut() {
                document.declare(&in_force);
                self.document(document);
            }
        } else if leads_there {
            element.children_mut().for_each(|child| self.documents(child));
        }
    }

    fn document(&mut self, document: &mut Draft<'t>) {
        let Some(kind) = type_of_root(document.namespace(), document.local()) else { return };
        // The type of a message is that of its first document.
        let wanted = self.wanted.into_type.filter(|_| kind.family == "dialogmelding" && self.into_type.is_none());
        if let Some(into) = wanted {
            return self.change_type(document, into);
        }
        if self.wanted.understands.takes(kind.family, kind.version) {
            // What an AppRec names is another matter than its version.
            if let (Some(edition), true) = (Edition::of(kind.family, kind.version), kind.family == "apprec") {
                let mut told = Told::new(edition, self.wanted, self.head);
                a03::run(document, &mut told);
                self.entries.append(&mut told.entries);
            }
            return;
        }
        let versions = self.wanted.understands.of(kind.family);
        let to = versions.and_then(|versions| Edition::newest_of(kind.family, versions));
        let Some(to) = to.filter(|_| Edition::of(kind.family, kind.version).is_some()) else {
            return self.tell(&g02::RULE, LossClass::Refuse, document.origin());
        };
        if to == Edition::Dialog11 && d12::stays(&self.type_code) {
            return self.tell(&d12::RULE, LossClass::Lossless, document.origin());
        }
        self.change_version(document, to, None);
    }

    /// What is in both versions is said in the names of the newer one: before one goes down, and after one has come up.
    fn change_type(&mut self, document: &mut Draft<'t>, into: &'static str) {
        let Some(change) = change(&self.type_code, into) else {
            return self.tell(&g02::RULE, LossClass::Refuse, document.origin());
        };
        let version = profile(into).map_or("1.0", |(version, _)| version);
        let Some(to) = Edition::of("dialogmelding", version) else { return };
        self.into_type = Some(into);
        self.change_version(document, to, Some(change.run));
    }

    fn change_version(&mut self, document: &mut Draft<'t>, to: Edition, type_change: Option<Run>) {
        let is_there = type_of_root(document.namespace(), document.local()).is_some_and(|kind| kind.version == to.version());
        if !is_there {
            self.retired.push(document.namespace().to_string());
            self.retired.extend(document.child("InformasjonOmForsendelsen").map(|sending| sending.namespace().to_string()));
            forget_locations(document, &self.retired);
        }
        let mut told = Told::new(to, self.wanted, self.head);
        if let Some(run) = type_change.filter(|_| !to.is_newer()) {
            run(document, &mut told);
        }
        for step in steps_to(to) {
            match step {
                Step::Does(run) => run(document, &mut told),
                Step::PutsBack(run) if self.wanted.with_labels => run(document, &mut told),
                Step::PutsBack(_) => {}
            }
        }
        if let Some(run) = type_change.filter(|_| to.is_newer()) {
            run(document, &mut told);
        }
        self.entries.append(&mut told.entries);
        if !self.into.contains(&to) {
            self.into.push(to);
        }
    }

    fn tell(&mut self, rule: &'static Rule, class: LossClass, at: Option<Node<'t>>) {
        self.entries.push(Entry { rule, class, at });
    }
}

/// `MsgInfo/Type`; empty for a document without a head.
fn type_code(root: Node<'_>) -> String {
    let code = root.child(HEAD, "MsgInfo").and_then(|info| info.child(HEAD, "Type"));
    code.and_then(|code| code.attribute("V")).unwrap_or_default().trim().to_string()
}

/// `MsgInfo/Type` of what has become another type.
fn name_type(head: &mut Draft<'_>, into: Option<&'static str>) {
    let Some(into) = into else { return };
    let words = by_number(8279).and_then(|list| list.code(into)).map_or("", |code| code.dn);
    if let Some(kind) = head.child_mut("MsgInfo").and_then(|info| info.child_mut("Type")) {
        kind.set_attribute("V", into);
        kind.set_attribute("DN", words);
    }
}

fn drop_what_was_signed<'t>(head: &mut Draft<'t>, entries: &mut Vec<Entry<'t>>) {
    for (_, signature) in head.take_where("Signature", |_, found| found.namespace().ends_with("/xmldsig#")) {
        entries.push(Entry { rule: &g01::RULE, class: LossClass::Recoded, at: signature.origin() });
    }
}

/// Takes away declarations of namespaces of which nothing is left, and where their schemas are said to lie. What still needs one
/// declares it itself.
fn forget(element: &mut Draft<'_>, retired: &[String]) {
    if element.namespace() == HEAD {
        element.undeclare(|namespace| retired.iter().any(|gone| gone == namespace));
        forget_locations(element, retired);
        element.children_mut().for_each(|child| forget(child, retired));
    }
}

/// `xsi:schemaLocation` is pairs of namespace and file.
fn forget_locations(element: &mut Draft<'_>, retired: &[String]) {
    let names_one =
        |value: &str| value.split_whitespace().step_by(2).any(|namespace| retired.iter().any(|gone| gone == namespace));
    element.retain_attributes(|namespace, local, value| namespace != XSI || local != "schemaLocation" || !names_one(value));
}

fn located(entries: Vec<Entry<'_>>) -> Vec<Loss> {
    let loss = |(number, entry): (usize, Entry<'_>)| {
        let at = entry.at.filter(|_| number < LOCATED);
        let (place, path) = (at.map(Node::place), at.map(|node| node.path(PREFIXES)));
        Loss { rule: entry.rule, class: entry.class, place, path }
    };
    entries.into_iter().enumerate().map(loss).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::{Limits, Tree};

    /// Three documents: one of PLO 1.6 with names declared outside it, one of a type that nobody knows in the same namespace, and one
    /// of Dialogmelding 1.1.
    const MIXED: &str = r#"<m:MsgHead xmlns:m="http://www.kith.no/xmlstds/msghead/2006-05-24" xmlns:po="http://www.kith.no/xmlstds/po/poKomponent/2012-04-01"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.kith.no/xmlstds/po/poKomponent/2012-04-01 po.xsd">
<m:MsgInfo><m:MsgId>x</m:MsgId></m:MsgInfo>
<m:Document><m:RefDoc><m:Content><p:Innleggelsesrapport xmlns:p="http://www.kith.no/xmlstds/po/Innleggelsesrapport/2012-04-01"><po:InformasjonOmForsendelsen/></p:Innleggelsesrapport></m:Content></m:RefDoc></m:Document>
<m:Document><m:RefDoc><m:Content><Ukjent xsi:type="po:Noe" a="&#9;b"> <po:Noe/>&amp; &#13;tekst </Ukjent></m:Content></m:RefDoc></m:Document>
<m:Document><m:RefDoc><m:Content><Dialogmelding xmlns="http://www.kith.no/xmlstds/dialog/2013-01-23"><Notat><TekstNotatInnhold>a <Notat/> b</TekstNotatInnhold></Notat></Dialogmelding></m:Content></m:RefDoc></m:Document>
<s:Signature xmlns:s="http://www.w3.org/2000/09/xmldsig#"/></m:MsgHead>"#;

    fn read(text: &str) -> Tree<'_> {
        let (tree, trouble) = Tree::read(text, &Limits::default());
        assert_eq!(trouble, None, "{text}");
        tree
    }

    fn contents<'t>(tree: &'t Tree<'_>) -> Vec<Node<'t>> {
        let root = tree.root().expect("a root");
        root.descendants().filter(|node| node.is(HEAD, "Content")).filter_map(|content| content.children().next()).collect()
    }

    #[test]
    fn every_document_is_translated_by_its_own_root_and_what_is_unknown_is_left_alone() {
        let before = read(MIXED);
        let understands =
            Understands { versions: vec![("plo", vec!["1.5"])], max_loss: LossClass::Text, ..Understands::default() };
        let translation = translate(before.root().expect("a root"), &understands, true);
        let after = read(&translation.text);
        let (old, new) = (contents(&before), contents(&after));
        assert!(new[0].is("http://www.kith.no/xmlstds/po/Innleggelsesrapport/2009-06-30", "Innleggelsesrapport"));
        assert!(new[1].says_the_same_as(old[1]), "{}", translation.text);
        assert_eq!(new[1].namespace_of("po"), old[1].namespace_of("po"), "what its type means");
        assert!(new[2].says_the_same_as(old[2]));
        assert_eq!(translation.into, [Edition::Plo15]);
        let (head, _) = translation.text.split_once("<m:MsgInfo>").expect("a head");
        assert!(!head.contains("2012-04-01"), "{head}");
        assert!(!translation.text.contains("Signature"));
        let told: Vec<(&str, Option<u32>)> =
            translation.losses.iter().map(|loss| (loss.rule.id, loss.place.map(|place| place.line))).collect();
        assert_eq!(told, [("P-01", Some(4)), ("G-01", Some(7))]);
    }

    #[test]
    fn what_stands_in_a_formatted_text_keeps_its_namespace() {
        let before = read(MIXED);
        let understands = Understands {
            versions: vec![("dialogmelding", vec!["1.0"])],
            max_loss: LossClass::Text,
            ..Understands::default()
        };
        let translation = translate(before.root().expect("a root"), &understands, true);
        let after = read(&translation.text);
        let texts = |tree: &Tree<'_>| {
            let root = tree.root().expect("a root");
            let text = root.descendants().find(|node| node.name().local == "TekstNotatInnhold").expect("a text");
            (text.name().namespace.to_string(), text.children().next().expect("an element").name().namespace.to_string())
        };
        let (older, newer) =
            ("http://www.kith.no/xmlstds/dialog/2006-10-11", "http://www.kith.no/xmlstds/dialog/2013-01-23");
        assert_eq!(texts(&before), (newer.to_string(), newer.to_string()));
        assert_eq!(texts(&after), (older.to_string(), newer.to_string()));
    }

    #[test]
    fn a_message_that_is_understood_keeps_even_its_signature() {
        let before = read(MIXED);
        let translation = translate(before.root().expect("a root"), &Understands::default(), true);
        assert!(translation.into.is_empty() && translation.losses.is_empty());
        assert!(read(&translation.text).root().expect("a root").says_the_same_as(before.root().expect("a root")));
    }
}
