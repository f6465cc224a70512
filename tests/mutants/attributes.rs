//! Mutations of attributes. Unless said otherwise, the first complaint is right where the element begins or where the attribute
//! stands.

use super::given::{Given, Made, made, other_case, typo};

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const XS: &str = "http://www.w3.org/2001/XMLSchema";

fn add(given: &Given<'_>, fits: impl Fn(&super::outline::Element) -> bool, written: &str) -> Option<Made> {
    let (_, element) = given.element(fits)?;
    made(given.edit().insert(element.name.end, format!(" {written}")), &[element.start.start])
}

pub fn unknown_attribute(given: &Given<'_>) -> Option<Made> {
    let all = [
        "ukjent=\"1\"",
        "V=\"1\"",
        "id=\"1\"",
        "Id=\"x\"",
        "S=\"2.16\"",
        "komponentID=\"x\"",
        "type=\"CS\"",
        "nil=\"true\"",
    ];
    add(given, |_| true, given.dice.one_of(&all)?)
}

pub fn foreign_attribute(given: &Given<'_>) -> Option<Made> {
    let all = [
        "xmlns:q=\"urn:example:foreign\" q:V=\"1\"",
        "xml:lang=\"nb\"",
        "xml:space=\"preserve\"",
        "xml:space=\"wrong\"",
        "xml:lang=\"\"",
        "xmlns:q=\"http://www.kith.no/xmlstds\" q:V=\"1\"",
        "xmlns:q=\"http://www.kith.no/xmlstds/msghead/2006-05-24\" q:V=\"1\"",
    ];
    add(given, |_| true, given.dice.one_of(&all)?)
}

pub fn instance_attribute(given: &Given<'_>) -> Option<Made> {
    let all =
        ["unknown=\"1\"", "Type=\"CS\"", "schemaLocation=\"urn:a b.xsd\"", "noNamespaceSchemaLocation=\"nothing.xsd\""];
    add(given, |_| true, &format!("xmlns:i=\"{XSI}\" i:{}", given.dice.one_of(&all)?))
}

pub fn missing_attribute(given: &Given<'_>) -> Option<Made> {
    let (element, attribute) = given.attribute(|_| true)?;
    made(given.edit().remove(&attribute.whole), &[element.start.start])
}

pub fn misspelled_attribute(given: &Given<'_>) -> Option<Made> {
    let (element, attribute) = given.attribute(|_| true)?;
    let name = given.str(&attribute.name);
    let other = if given.dice.below(2) == 0 { typo(name, given.dice) } else { other_case(name, given.dice) };
    made(given.edit().replace(&attribute.name, other), &[element.start.start, attribute.name.start])
}

/// An attribute that belongs to no namespace, put into the one of its element.
pub fn qualified_attribute(given: &Given<'_>) -> Option<Made> {
    let (element, attribute) = given.attribute(|it| !given.str(&it.name).contains(':'))?;
    let namespaces = ["urn:example:foreign", "http://www.kith.no/xmlstds", "http://www.kith.no/xmlstds/msghead/2006-05-24"];
    let name = format!("xmlns:q=\"{}\" q:{}", given.dice.one_of(&namespaces)?, given.str(&attribute.name));
    made(given.edit().replace(&attribute.name, name), &[element.start.start, attribute.name.start])
}

pub fn emptied_attribute(given: &Given<'_>) -> Option<Made> {
    let (element, attribute) = given.attribute(|_| true)?;
    made(given.edit().replace(&attribute.value, ""), &[element.start.start, attribute.name.start])
}

pub fn attributes_swapped(given: &Given<'_>) -> Option<Made> {
    let (one_of, one) = given.attribute(|_| true)?;
    let (other_of, other) = given.attribute(|it| it.whole != one.whole && given.str(&it.value) != given.str(&one.value))?;
    let (first, second) = (given.str(&one.value), given.str(&other.value));
    if first.contains('"') || second.contains('"') {
        return None;
    }
    let edit = given.edit().replace(&one.value, second).replace(&other.value, first);
    made(edit, &[one_of.start.start, one.name.start, other_of.start.start, other.name.start])
}

pub fn nil_true(given: &Given<'_>) -> Option<Made> {
    add(given, |_| true, &format!("xmlns:i=\"{XSI}\" i:nil=\"{}\"", given.dice.one_of(&["true", "1", " true "])?))
}

pub fn nil_false(given: &Given<'_>) -> Option<Made> {
    add(given, |_| true, &format!("xmlns:i=\"{XSI}\" i:nil=\"{}\"", given.dice.one_of(&["false", "0", "\nfalse"])?))
}

pub fn nil_garbage(given: &Given<'_>) -> Option<Made> {
    add(given, |_| true, &format!("xmlns:i=\"{XSI}\" i:nil=\"{}\"", given.dice.one_of(&["", "ja", "TRUE", "2"])?))
}

/// Right: the element, also where the type is none for it.
pub fn type_unknown(given: &Given<'_>) -> Option<Made> {
    let all = ["i:Ukjent", "Ukjent", "", "unbound:CS", "1a", "a:b:c", "i:CS CS", "CS"];
    add(given, |_| true, &format!("xmlns:i=\"{XSI}\" i:type=\"{}\"", given.dice.one_of(&all)?))
}

/// A type of XML Schema itself, which sometimes fits. Right: the element or what is in it.
pub fn type_built_in(given: &Given<'_>) -> Option<Made> {
    let all = [
        "string",
        "token",
        "date",
        "dateTime",
        "boolean",
        "integer",
        "anyType",
        "anySimpleType",
        "base64Binary",
        "ID",
        "QName",
    ];
    let (_, element) = given.element(|element| given.dice.below(2) == 0 || element.is_leaf())?;
    typed(given, element, XS, given.dice.one_of(&all)?)
}

/// A type that a schema has named, which sometimes fits. Right: the element, what is in it, or what is missed in it.
pub fn type_named(given: &Given<'_>) -> Option<Made> {
    let (namespace, name) = given.dice.one_of(given.types)?;
    let (_, element) = given.element(|_| true)?;
    typed(given, element, &namespace, &name)
}

/// A type for codes, on an element with a code: it often is the element's own.
pub fn type_of_a_code(given: &Given<'_>) -> Option<Made> {
    let coded: Vec<_> = given
        .types
        .iter()
        .filter(|(_, name)| name.len() <= 3 || name.contains("CV") || name.contains("CS"))
        .cloned()
        .collect();
    let (namespace, name) = given.dice.one_of(&coded)?;
    let (_, element) = given.element(|element| element.attributes.iter().any(|it| given.str(&it.name) == "V"))?;
    typed(given, element, &namespace, &name)
}

fn typed(given: &Given<'_>, element: &super::outline::Element, namespace: &str, name: &str) -> Option<Made> {
    let written = format!(" xmlns:i=\"{XSI}\" xmlns:t=\"{namespace}\" i:type=\"t:{name}\"");
    let inside = element.children.first().map(|child| given.outline.elements[*child].start.start);
    let places: Vec<usize> = inside.into_iter().chain([element.start.start, element.close()]).collect();
    made(given.edit().insert(element.name.end, written), &places)
}

/// The same identifier twice, where there are two attributes with identifiers. Right: either.
pub fn duplicate_id(given: &Given<'_>) -> Option<Made> {
    let is_id = |name: &str| name.to_lowercase().ends_with("id");
    let (one_of, one) = given.attribute(|it| is_id(given.str(&it.name)))?;
    let (other_of, other) = given.attribute(|it| is_id(given.str(&it.name)) && it.whole != one.whole)?;
    let edit = given.edit().replace(&one.value, given.str(&other.value));
    made(edit, &[one_of.start.start, one.name.start, other_of.start.start, other.name.start])
}

/// An identifier that is no name, or an identifier where there was none.
pub fn odd_id(given: &Given<'_>) -> Option<Made> {
    let all = ["1a", "a b", "", "a:b", " a ", "æøå", "_", "-a"];
    let is_id = |name: &str| name.to_lowercase().ends_with("id");
    let (element, attribute) = given.attribute(|it| is_id(given.str(&it.name)))?;
    made(given.edit().replace(&attribute.value, given.dice.one_of(&all)?), &[element.start.start, attribute.name.start])
}
