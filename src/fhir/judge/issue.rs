//! One thing that is wrong with a resource, and where. Nothing of the resource's content is in it.

use super::super::path::Path;
use super::super::profiles::Demand;
use super::super::r4::TypeId;
use super::invariant::{Invariant, Severity};
use super::narrative::NarrativeFault;

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Where, in FHIRPath.
    pub path: Path,
    /// What.
    pub kind: IssueKind,
    /// The same place by numbers: which member or item, on each level. It also finds what has no name in FHIRPath.
    pub(super) trail: Vec<u32>,
}

/// What a value must be in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JsonForm {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// A text in quotation marks.
    Text,
    /// A number, without quotation marks.
    Number,
    /// `true` or `false`, without quotation marks.
    Bool,
    /// One value, not an array.
    Single,
}

/// What is wrong.
#[derive(Clone, Copy, Debug)]
pub enum IssueKind {
    /// Where a resource must stand, there is no object with a `resourceType`.
    NotAResource,
    /// R4 has no resource of this type.
    UnknownResource,
    /// R4 has no element of this name here; one with a similar name may be meant.
    UnknownElement(Option<&'static str>),
    /// The value has another form in JSON than R4 wants.
    WrongForm(JsonForm),
    /// An element that must be there is not.
    Missing(&'static str),
    /// An element that has one type is given in two.
    ChoiceTwice(&'static str),
    /// A member stands there twice.
    NameTwice,
    /// The value has not the form of this primitive type.
    BadValue(&'static str),
    /// The code is not in this value set, and must be.
    UnknownCode(&'static str),
    /// An object, array or text with nothing in it.
    Empty,
    /// `null` stands where it does not fill up an array.
    Null,
    /// The arrays of a name and of `_name` do not have the same length.
    Unpaired,
    /// The reference refers to a type of resource that may not stand there; these may.
    WrongTarget(&'static [TypeId]),
    /// `type` of a reference is not the type of what it refers to.
    OtherTarget,
    /// The reference names an entry that is not in the Bundle.
    NotInBundle,
    /// The narrative is not as it must be: txt-1 or txt-2.
    Narrative(NarrativeFault),
    /// An invariant of R4 does not hold.
    Broken(&'static Invariant),
    /// A profile that the resource claims demands something else.
    Profile(&'static Demand),
    /// Deeper than anybody writes; what is inside was not judged.
    TooDeep,
    /// There are more issues; no further ones were looked for.
    More,
}

impl Issue {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self.kind {
            IssueKind::Broken(invariant) => invariant.severity,
            IssueKind::NotInBundle => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
