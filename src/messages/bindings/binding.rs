//! One row: an element, what kind of coded value it is, and the lists that its code may be of.

/// The standards that an element can be of. All versions of one have the same names for the same things.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Space {
    /// MsgHead 1.2.
    Head,
    /// felleskomponent1: persons, organisations, addresses.
    Felles,
    /// AppRec 1.0 and 1.1.
    Receipt,
    /// Dialogmelding 1.0 and 1.1.
    Dialog,
    /// poKomponent 1.5, 1.6 and 2.0.
    Plo,
    /// EPJ component for allergies (cave).
    Cave,
    /// EPJ component for notes.
    Note,
    /// EPJ component for medication.
    Medication,
}

impl Space {
    /// The standard that a namespace belongs to.
    pub fn of(namespace: &str) -> Option<Self> {
        let space = match namespace {
            "http://www.kith.no/xmlstds/msghead/2006-05-24" => Self::Head,
            "http://www.kith.no/xmlstds/felleskomponent1" => Self::Felles,
            "http://www.kith.no/xmlstds/apprec/2004-11-21" | "http://www.kith.no/xmlstds/apprec/2012-02-15" => Self::Receipt,
            "http://www.kith.no/xmlstds/dialog/2006-10-11" | "http://www.kith.no/xmlstds/dialog/2013-01-23" => Self::Dialog,
            "http://www.kith.no/xmlstds/po/poKomponent/2009-06-30"
            | "http://www.kith.no/xmlstds/po/poKomponent/2012-04-01"
            | "http://ehelse.no/xmlstds/po/poKomponent/2017-11-30" => Self::Plo,
            "http://www.kith.no/xmlstds/epj/epj1/2008-02-20" => Self::Cave,
            "http://www.kith.no/xmlstds/epj/epj2/2008-02-20" => Self::Note,
            "http://www.kith.no/xmlstds/epj/epj3/2008-02-20" => Self::Medication,
            _ => return None,
        };
        Some(space)
    }
}

/// Where the code stands, and what must stand beside it (HIS 80117).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `V` with `DN`; the list follows from the element.
    Cs,
    /// `V` with `S` and `DN`, or `OT` alone.
    Cv,
    /// PQ: the unit in `U`.
    Unit,
}

/// What there is to judge about a coded value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Aspect {
    /// Which attributes it has.
    Shape,
    /// Which list `S` names: R-074.
    List,
    /// Whether the code is in its list: R-074.
    Value,
}

/// An element and its lists.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The standard.
    pub space: Space,
    /// Local name of the element that it stands in; empty where it is the same wherever it stands.
    pub parent: &'static str,
    /// Local name.
    pub element: &'static str,
    /// What kind of coded value.
    pub kind: Kind,
    /// The numbers of the lists. Empty where the parties agree on one, or where none is known.
    pub lists: &'static [u32],
    /// What another rule judges, or an agreement settles, and which: one fault is told once.
    pub left: &'static [(Aspect, &'static str)],
}

impl Binding {
    pub(super) const fn cs(space: Space, element: &'static str, lists: &'static [u32]) -> Self {
        Self { space, parent: "", element, kind: Kind::Cs, lists, left: &[] }
    }

    pub(super) const fn cv(space: Space, element: &'static str, lists: &'static [u32]) -> Self {
        Self { kind: Kind::Cv, ..Self::cs(space, element, lists) }
    }

    pub(super) const fn unit(space: Space, element: &'static str, lists: &'static [u32]) -> Self {
        Self { kind: Kind::Unit, ..Self::cs(space, element, lists) }
    }

    /// Only below this element.
    pub(super) const fn under(self, parent: &'static str) -> Self {
        Self { parent, ..self }
    }

    pub(super) const fn left(self, left: &'static [(Aspect, &'static str)]) -> Self {
        Self { left, ..self }
    }

    /// Whether this aspect is judged here and not by another rule.
    pub fn judges(&self, aspect: Aspect) -> bool {
        self.left.iter().all(|(other, _)| *other != aspect)
    }
}
