//! Documents grown from schemas: every element that may be a root, with what may be in it, so that also those parts of a schema
//! are tried which no sample uses. They are meant to be valid; whether they are, the judges say.

use super::blueprint::{Blueprint, Part, XS};
use super::given::Dice;
use super::originals::Original;

/// Elements of one document after which only what must be there is added.
const MANY: usize = 150;
/// Elements inside each other after which only what must be there is added.
const DEEP: usize = 14;
/// Elements inside each other and in all at most: a schema that demands more is cut off.
const DEEPEST: usize = 40;
const MOST: usize = 600;

/// Grows `each` documents of every global element.
pub fn documents(blueprint: &Blueprint<'_>, each: usize, dice: &Dice) -> Vec<Original> {
    documents_of(blueprint, |_| true, each, dice, false)
}

/// Grows `each` documents of every global element that is wanted (namespace, local name). Thin ones have few of the root's children,
/// so that each of them gets whole, also the last.
pub fn documents_of(
    blueprint: &Blueprint<'_>,
    is_wanted: impl Fn(&(String, String)) -> bool,
    each: usize,
    dice: &Dice,
    thin: bool,
) -> Vec<Original> {
    let roots = blueprint.names(&["element"]);
    let grow = |(namespace, local): &(String, String), number: usize| {
        let mut grower = Grower { blueprint, dice, roots: &roots, thin, text: String::new(), elements: 0, ids: 0 };
        let declaration = blueprint.find("element", (namespace, local)).expect("it is listed");
        grower.element(declaration, "\u{0}", 0);
        Original {
            name: format!("grown/{}/{local}/{number}", namespace.rsplit("xmlstds/").next().unwrap_or_default()),
            text: grower.text,
        }
    };
    roots.iter().filter(|root| is_wanted(root)).flat_map(|root| (0..each).map(move |number| grow(root, number))).collect()
}

struct Grower<'s> {
    blueprint: &'s Blueprint<'s>,
    dice: &'s Dice,
    roots: &'s [(String, String)],
    /// Few children of the root.
    thin: bool,
    text: String,
    elements: usize,
    ids: usize,
}

impl<'s> Grower<'s> {
    fn element(&mut self, declaration: Part<'s>, around: &str, depth: usize) {
        let reference = declaration.named("ref").and_then(|name| self.blueprint.find("element", name));
        let is_global = reference.is_some() || around == "\u{0}";
        let declaration = reference.unwrap_or(declaration);
        let Some(local) = declaration.get("name") else { return };
        let global = is_global || self.is_named(declaration);
        let namespace = if global { declaration.namespace() } else { declaration.namespace_by_form("elementFormDefault") };
        self.elements += 1;
        let xmlns = if namespace == around { String::new() } else { format!(" xmlns=\"{namespace}\"") };
        self.text += &format!("<{local}{xmlns}");
        let before = self.text.len();
        match declaration.get("fixed") {
            Some(fixed) => self.text += &format!(">{fixed}"),
            None => self.of_type(declaration, namespace, depth),
        }
        if self.text[before..].contains('>') {
            self.text += &format!("</{local}>");
        } else {
            self.text += "/>";
        }
        self.text += "\n";
    }

    fn is_named(&self, declaration: Part<'s>) -> bool {
        let found = declaration.get("name").and_then(|name| self.blueprint.find("element", (declaration.namespace(), name)));
        found.is_some_and(|found| found.node == declaration.node)
    }

    fn of_type(&mut self, declaration: Part<'s>, namespace: &str, depth: usize) {
        if let Some(inline) = declaration.child(&["complexType"]) {
            return self.complex(inline, namespace, depth);
        }
        if let Some(complex) = declaration.named("type").and_then(|name| self.blueprint.find("complexType", name)) {
            return self.complex(complex, namespace, depth);
        }
        let value = self.value(declaration, "type");
        self.text += &format!(">{value}");
    }

    fn complex(&mut self, part: Part<'s>, namespace: &str, depth: usize) {
        self.attributes(part);
        if let Some(derived) = part.child(&["simpleContent"]).and_then(|it| it.child(&["extension", "restriction"])) {
            let value = self.value(derived, "base");
            self.attributes(derived);
            let base = derived.named("base").and_then(|name| self.blueprint.find("complexType", name));
            if let Some(base) = base {
                return self.complex(base, namespace, depth);
            }
            self.text += &format!(">{value}");
            return;
        }
        self.all_attributes_of_bases(part);
        let before = self.text.len();
        self.content(part, namespace, depth);
        if self.text.len() > before {
            self.text.insert_str(before, ">\n");
        } else if part.get("mixed") == Some("true") {
            self.text += ">tekst";
        }
    }

    fn derived(&self, part: Part<'s>) -> Option<(Part<'s>, Option<Part<'s>>)> {
        let derived = part.child(&["complexContent"])?.child(&["extension", "restriction"])?;
        Some((derived, derived.named("base").and_then(|name| self.blueprint.find("complexType", name))))
    }

    fn all_attributes_of_bases(&mut self, part: Part<'s>) {
        if let Some((derived, base)) = self.derived(part) {
            self.attributes(derived);
            if let Some(base) = base.filter(|_| derived.kind() == "extension") {
                self.attributes(base);
                self.all_attributes_of_bases(base);
            }
        }
    }

    fn content(&mut self, part: Part<'s>, namespace: &str, depth: usize) {
        let own = match self.derived(part) {
            Some((derived, base)) => {
                if let Some(base) = base.filter(|_| derived.kind() == "extension") {
                    self.content(base, namespace, depth);
                }
                derived
            }
            None => part,
        };
        for particle in own.children().filter(|it| ["sequence", "choice", "all", "group"].contains(&it.kind())) {
            self.particle(particle, namespace, depth + 1);
        }
    }

    fn particle(&mut self, part: Part<'s>, around: &str, depth: usize) {
        if depth > DEEPEST || self.elements > MOST {
            return;
        }
        let needed = part.get("minOccurs").map_or(1, |number| number.parse().expect("a number"));
        let sparse = self.elements > MANY || depth > DEEP;
        let is_left_out = self.thin && depth <= 1 && part.kind() == "element" && self.dice.below(6) > 0;
        let wanted = if sparse || is_left_out { 0 } else { [0, 1, 1, 1, 2][self.dice.below(5)] };
        let allowed = match part.get("maxOccurs") {
            None => 1,
            Some("unbounded") => usize::MAX,
            Some(number) => number.parse().expect("a number"),
        };
        for _ in 0..wanted.max(needed).min(allowed) {
            match part.kind() {
                "element" => self.element(part, around, depth),
                "sequence" | "all" => part.children().for_each(|child| self.particle(child, around, depth)),
                "choice" => {
                    let ways: Vec<Part<'s>> = part.children().filter(|it| it.kind() != "annotation").collect();
                    if let Some(way) = self.dice.one_of(&ways) {
                        self.particle(way, around, depth);
                    }
                }
                "group" => {
                    let group = part.named("ref").and_then(|name| self.blueprint.find("group", name));
                    group.into_iter().flat_map(Part::children).for_each(|child| self.particle(child, around, depth));
                }
                "any" => self.anything(part, around, depth),
                _ => {}
            }
        }
    }

    fn anything(&mut self, part: Part<'s>, around: &str, depth: usize) {
        if part.get("processContents").is_some_and(|how| how != "strict") && self.dice.below(2) == 0 {
            self.text += "<Ukjent xmlns=\"urn:example:unknown\">tekst</Ukjent>\n";
            return;
        }
        let other = part.get("namespace") == Some("##other");
        let fitting: Vec<_> = self.roots.iter().filter(|(namespace, _)| !other || namespace != part.namespace()).collect();
        if let Some((namespace, local)) = self.dice.one_of(&fitting) {
            let declaration = self.blueprint.find("element", (namespace, local)).expect("it is listed");
            let written = self.text.len();
            self.element(declaration, "\u{0}", depth + 3);
            // Written as a root, it says its namespace itself.
            debug_assert!(self.text[written..].contains("xmlns") || around.is_empty());
        }
    }

    fn attributes(&mut self, part: Part<'s>) {
        for attribute in part.children() {
            match attribute.kind() {
                "attributeGroup" => {
                    if let Some(group) = attribute.named("ref").and_then(|name| self.blueprint.find("attributeGroup", name))
                    {
                        self.attributes(group);
                    }
                }
                "attribute" if attribute.get("use") != Some("prohibited") => self.attribute(attribute),
                _ => {}
            }
        }
    }

    fn attribute(&mut self, attribute: Part<'s>) {
        if attribute.get("use") != Some("required") && self.dice.below(3) == 0 {
            return;
        }
        let reference = attribute.named("ref").and_then(|name| self.blueprint.find("attribute", name));
        let declaration = reference.unwrap_or(attribute);
        let Some(name) = declaration.get("name") else { return };
        let namespace = if reference.is_some() {
            declaration.namespace()
        } else {
            declaration.namespace_by_form("attributeFormDefault")
        };
        let value = match attribute.get("fixed").or(declaration.get("fixed")) {
            Some(fixed) => fixed.to_string(),
            None => self.value(declaration, "type"),
        };
        self.ids += 1;
        self.text += &match namespace {
            "" => format!(" {name}=\"{value}\""),
            namespace => format!(" xmlns:a{0}=\"{namespace}\" a{0}:{name}=\"{value}\"", self.ids),
        };
    }

    /// A value of the simple type that an attribute of this part names, or that stands in it.
    fn value(&mut self, part: Part<'s>, attribute: &str) -> String {
        let named = part.named(attribute);
        let own = named.and_then(|name| self.blueprint.find("simpleType", name)).or(part.child(&["simpleType"]));
        match (own, named) {
            (Some(simple), _) => self.simple(simple),
            (None, Some((XS, built_in))) => self.built_in(built_in),
            (None, _) => "tekst".to_string(),
        }
    }

    fn simple(&mut self, part: Part<'s>) -> String {
        if let Some(union) = part.child(&["union"]) {
            let members: Vec<Part<'s>> = union.children().filter(|it| it.kind() == "simpleType").collect();
            return match self.dice.one_of(&members) {
                Some(member) => self.simple(member),
                None => self.value(union, "memberTypes"),
            };
        }
        let Some(restriction) = part.child(&["restriction"]) else { return "1".to_string() };
        let facet = |kind: &str| restriction.child(&[kind]).and_then(|facet| facet.get("value"));
        let listed: Vec<_> =
            restriction.children().filter(|it| it.kind() == "enumeration").filter_map(|it| it.get("value")).collect();
        if let Some(value) = self.dice.one_of(&listed) {
            return value.to_string();
        }
        match facet("pattern") {
            Some(pattern) if pattern.contains('|') => pattern.split('|').next().unwrap_or_default().to_string(),
            Some(_) => "2.16.578.1.12.4.1.1.8279".to_string(),
            None => self.value(restriction, "base"),
        }
    }

    fn built_in(&mut self, name: &str) -> String {
        self.ids += 1;
        match name {
            "boolean" => "true".to_string(),
            "date" => "2018-01-29".to_string(),
            "dateTime" => "2018-01-29T10:11:54".to_string(),
            "gYear" => "2018".to_string(),
            "gYearMonth" => "2018-01".to_string(),
            "time" => "10:11:54".to_string(),
            "integer" | "decimal" | "double" | "int" | "positiveInteger" | "nonNegativeInteger" => "42".to_string(),
            "base64Binary" => "QmluZGVsZWRk".to_string(),
            "ID" => format!("id{}", self.ids),
            "IDREF" => "id1".to_string(),
            _ => "tekst".to_string(),
        }
    }
}
