//! a node of an extract has the category of its component.

use crate::domain::Text;
use crate::messages::epj::component::{is_pointer, meta};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-192",
    name: "node_category_fits_its_component",
    holds: Text {
        en: "informasjonskategori of a Node agrees with komponenttype: 14.50001 Cave/allergier, 14.50302 Legemidler, 14.50301 Andre notater",
        nb: "informasjonskategori i en Node stemmer med komponenttype: 14.50001 Cave/allergier, 14.50302 Legemidler, 14.50301 Andre notater",
        nn: "informasjonskategori i ein Node stemmer med komponenttype: 14.50001 Cave/allergier, 14.50302 Legemidler, 14.50301 Andre notater",
    },
    hint: Text {
        en: "Use the category that belongs to the type of component",
        nb: "Bruk kategorien som hører til komponenttypen",
        nn: "Bruk kategorien som høyrer til komponenttypen",
    },
    source: "acceptance test 14c for transfer of medication",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

static CATEGORIES: &[(&str, &str)] =
    &[(".14.50001.", "Cave/allergier"), (".14.50302.", "Legemidler"), (".14.50301.", "Andre notater")];

/// Compares the two where both are given.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let find = |node: &Node<'_>| {
        let (kind, category) = (meta(*node, "komponenttype")?, meta(*node, "informasjonskategori")?);
        let (_, expected) = CATEGORIES.iter().find(|(part, _)| format!("{kind}.").contains(part))?;
        (category != *expected).then(|| place::finding_at(&RULE, *node).found(shown(category)))
    };
    head.survey.components.iter().filter(|node| is_pointer(**node)).filter_map(find).collect()
}

/// Only what the schema knows is shown.
fn shown(category: &str) -> Detail {
    let known =
        ["Cave/allergier", "Legemidler", "Andre notater", "Uspesifisert"].into_iter().find(|known| *known == category);
    known.map_or(Detail::words("another category", "en annen kategori"), |known| Detail::words(known, known))
}
