//! A coded value as a message has it, together with what its element should have.

use super::binding::{Binding, Kind};
use super::lookup::binding;
use crate::codelists::{CodeList, by_number, by_oid};
use crate::xml::Node;

/// An element with a code. What is not there, and what is blank, is the empty text.
pub struct CodedValue<'t> {
    /// The element.
    pub node: Node<'t>,
    /// Its row.
    pub row: &'static Binding,
    /// The code: `V`, or `U` of a measured quantity.
    pub code: &'t str,
    /// `S`, the OID of the list.
    pub s: &'t str,
    /// `DN`, the code in words.
    pub dn: &'t str,
    /// `OT`, words where no code fits.
    pub ot: &'t str,
}

impl<'t> CodedValue<'t> {
    /// Reads an element; `None` where it is not one that has a code, or has no attribute at all: that is an empty element.
    pub fn of(node: Node<'t>) -> Option<Self> {
        node.attributes().next()?;
        let name = node.name();
        let row = binding(name.namespace, node.parent().map_or("", |parent| parent.name().local), name.local)?;
        let mut value = Self { node, row, code: "", s: "", dn: "", ot: "" };
        let code = if row.kind == Kind::Unit { "U" } else { "V" };
        for (name, text) in node.attributes().filter(|(name, text)| name.namespace.is_empty() && !text.trim().is_empty()) {
            match name.local {
                "S" => value.s = text,
                "DN" => value.dn = text,
                "OT" => value.ot = text,
                local if local == code => value.code = text,
                _ => {}
            }
        }
        Some(value)
    }

    /// The lists that the code may be of: the one that `S` names, if it names one that we know, or those of the element.
    /// A CV without `S` has none.
    pub fn lists(&self) -> impl Iterator<Item = &'static CodeList> + use<> {
        let (named, bound) = match self.row.kind {
            Kind::Cs | Kind::Unit => (None, self.row.lists),
            Kind::Cv => (by_oid(self.s), [].as_slice()),
        };
        named.into_iter().chain(bound.iter().filter_map(|number| by_number(*number)))
    }

    /// The lists of the element.
    pub fn bound_lists(&self) -> impl Iterator<Item = &'static CodeList> + use<> {
        self.row.lists.iter().filter_map(|number| by_number(*number))
    }

    /// Whether `S` is an OID: numbers without leading zeros and points between them, below one of the three roots (X.660). The
    /// schema asks for digits and points only, so `9121` passes there.
    pub fn s_is_an_oid(&self) -> bool {
        let arcs: Vec<&str> = self.s.split('.').collect();
        let is_an_arc = |arc: &&str| {
            !arc.is_empty() && arc.bytes().all(|byte| byte.is_ascii_digit()) && (*arc == "0" || !arc.starts_with('0'))
        };
        arcs.len() >= 3 && arcs.iter().all(is_an_arc) && matches!(arcs[0], "0" | "1" | "2")
    }
}
