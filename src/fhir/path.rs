//! The name of a place in a resource, in FHIRPath: `Bundle.entry[2].resource.category[0].coding[1].code`.
//!
//! It is made of names that R4 knows and of numbers; what a sender wrote is never in it.

use std::fmt;

/// One step down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// An element.
    Element(&'static str),
    /// An element that may be of several types, and the one it is: `value.ofType(Quantity)` is `valueQuantity` in JSON.
    Choice(&'static str, &'static str),
    /// One of several, counted from 0.
    Item(u32),
    /// A member that R4 does not know, by its number: the name is the sender's.
    Unknown(u32),
}

/// A place, from the outermost resource on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path {
    root: &'static str,
    steps: Vec<Step>,
}

impl Path {
    /// The resource itself, by its type.
    pub fn new(root: &'static str) -> Self {
        Self { root, steps: Vec::new() }
    }

    /// All steps at once.
    pub fn of(root: &'static str, steps: impl IntoIterator<Item = Step>) -> Self {
        Self { root, steps: steps.into_iter().collect() }
    }

    /// One step further.
    #[must_use]
    pub fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// To an element.
    #[must_use]
    pub fn element(self, name: &'static str) -> Self {
        self.then(Step::Element(name))
    }

    /// To one of several elements of a name.
    #[must_use]
    pub fn item(self, name: &'static str, at: usize) -> Self {
        self.element(name).then(Step::Item(u32::try_from(at).unwrap_or(u32::MAX)))
    }

    /// The type of the outermost resource.
    pub fn root(&self) -> &'static str {
        self.root
    }

    /// The steps down from there.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.root)?;
        for step in &self.steps {
            match step {
                Step::Element(name) => write!(f, ".{name}")?,
                Step::Choice(name, kind) => write!(f, ".{name}.ofType({kind})")?,
                Step::Item(at) => write!(f, "[{at}]")?,
                Step::Unknown(at) => write!(f, ".children()[{at}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_as_fhirpath() {
        let path = Path::new("Bundle").item("entry", 2).element("resource").then(Step::Choice("value", "Quantity"));
        assert_eq!(path.to_string(), "Bundle.entry[2].resource.value.ofType(Quantity)");
        assert_eq!(path.then(Step::Unknown(4)).to_string(), "Bundle.entry[2].resource.value.ofType(Quantity).children()[4]");
    }
}
