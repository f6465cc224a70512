//! One walk over a message that gathers what rules on every element of a kind look at, wherever it stands.

use super::bindings::CodedValue;
use crate::xml::Node;

/// With this the national namespaces begin.
const NATIONAL: &str = "http://www.kith.no/xmlstds";

/// The elements of a message by what they are.
#[derive(Default)]
pub struct Survey<'t> {
    /// Every `Ident` (`Id` and `TypeId` inside), in the head, in felleskomponent1 and in the AppRec's `Id`-carrying kin.
    pub idents: Vec<Node<'t>>,
    /// Every element that carries an attribute `V`: CS, CV, TS, BL and the like (HIS 80117).
    pub values: Vec<Node<'t>>,
    /// Every element with a code in it, with the lists that it may be of: CS, CV, and PQ for its unit.
    pub coded: Vec<CodedValue<'t>>,
    /// Every element with neither text, nor child element, nor attribute.
    pub empty: Vec<Node<'t>>,
    /// Every element of a national namespace with an attribute that ends with a blank.
    pub blank_ended: Vec<Node<'t>>,
    /// Every component of a record: an element with a `komponentID`.
    pub components: Vec<Node<'t>>,
    /// Every `TeleAddress`.
    pub tele_addresses: Vec<Node<'t>>,
    /// Every `TidsfestetHendelse` (PLO).
    pub events: Vec<Node<'t>>,
    /// Every `Journaltekst` (EPJ components, PLO).
    pub journal_texts: Vec<Node<'t>>,
}

impl<'t> Survey<'t> {
    /// Walks the tree once.
    pub fn of(root: Node<'t>) -> Self {
        let mut survey = Survey::default();
        for node in root.descendants() {
            let (mut is_value, mut is_component, mut is_bare, mut ends_blank) = (false, false, true, false);
            for (name, value) in node.attributes() {
                is_bare = false;
                is_value |= name.is("", "V");
                is_component |= name.is("", "komponentID");
                ends_blank |= name.namespace.is_empty() && value.ends_with(char::is_whitespace);
            }
            survey.coded.extend(CodedValue::of(node));
            if ends_blank && node.name().namespace.starts_with(NATIONAL) {
                survey.blank_ended.push(node);
            }
            if is_value {
                survey.values.push(node);
            }
            if is_component {
                survey.components.push(node);
            }
            if is_bare && node.children().next().is_none() && !node.has_text() {
                survey.empty.push(node);
            }
            match node.name().local {
                "Ident" => survey.idents.push(node),
                "TeleAddress" => survey.tele_addresses.push(node),
                "TidsfestetHendelse" => survey.events.push(node),
                "Journaltekst" => survey.journal_texts.push(node),
                _ => {}
            }
        }
        survey
    }
}
