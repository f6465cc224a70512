//! All invariants, and which of them are about a type.

use super::super::r4::{TypeId, r4};
use super::invariant::{Invariant, Shape};
use super::{bundles, clinical, conformance, datatypes, workflow};
use std::sync::LazyLock;

/// Every invariant that is judged, for pages and tests.
pub fn invariants() -> impl Iterator<Item = &'static Invariant> {
    let lists =
        [datatypes::INVARIANTS, bundles::INVARIANTS, clinical::INVARIANTS, workflow::INVARIANTS, conformance::INVARIANTS];
    let elsewhere = [&datatypes::ELE_1, &datatypes::REF_1, &datatypes::DOM_3, &datatypes::TXT_1, &datatypes::TXT_2];
    elsewhere.into_iter().chain(lists.into_iter().flatten())
}

/// For each type, those of the type and of its bases.
static BY_TYPE: LazyLock<Vec<Vec<&'static Invariant>>> = LazyLock::new(|| {
    let here = |invariant: &&'static Invariant| !matches!(invariant.shape, Shape::Elsewhere(_));
    let known = |invariant: &'static Invariant| r4().by_name(invariant.on).map(|on| (on, invariant));
    let all: Vec<(TypeId, &'static Invariant)> = invariants().filter(here).filter_map(known).collect();
    let of = |id: TypeId| all.iter().filter(|(on, _)| r4().is_a(id, *on)).map(|(_, invariant)| *invariant).collect();
    r4().types().map(|(id, _)| of(id)).collect()
});

/// Those that every object of a type must keep.
pub(super) fn of_type(id: TypeId) -> &'static [&'static Invariant] {
    BY_TYPE.get(id.number()).map(Vec::as_slice).unwrap_or_default()
}
