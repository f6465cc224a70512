//! A professional: a PractitionerRole with its Practitioner, or a Practitioner alone, as HealthcareProfessional.

use super::at::At;
use super::code::{Code, of_concept};
use super::element::{Element, Space, put};
use super::person::Person;
use super::references::behind;
use super::work::Work;
use crate::fhir::Path;

/// A professional.
#[derive(Clone)]
pub(super) struct Professional {
    pub profession: Option<Code>,
    /// What the professional is to the patient (9034).
    pub role: Option<Code>,
    pub person: Person,
    /// Where it stands.
    pub path: Path,
}

impl Professional {
    /// Reads a PractitionerRole or a Practitioner; nothing of another resource.
    pub fn of<'b>(work: &Work<'b>, resource: &At<'b>, outer: &Space, inner: &Space) -> Option<Self> {
        let (role, practitioner) = match resource.resource_type() {
            "PractitionerRole" => (Some(resource), behind(work, resource, "practitioner")),
            "Practitioner" => (None, Some(resource.clone())),
            _ => return None,
        };
        let qualifications = practitioner.iter().flat_map(|one| one.each("qualification"));
        let of_practitioner =
            qualifications.filter_map(|one| one.get("code")).find_map(|code| of_concept(work, &code, &[9060]));
        let codes = role.map(|role| role.each("code")).unwrap_or_default();
        let coded = |list: u32| codes.iter().find_map(|concept| of_concept(work, concept, &[list]));
        let mut person = practitioner.as_ref().map(|one| Person::of(work, one, outer, inner)).unwrap_or_default();
        if let Some(role) = role {
            person.idents.extend(super::contact::idents(work, role, super::contact::OF_PERSONS));
            person.telecoms.splice(0..0, super::contact::telecoms(role));
        }
        // In which unit: what is said of the unit is another matter.
        if let Some(role) = role {
            behind(work, role, "organization");
        }
        Some(Self { profession: coded(9060).or(of_practitioner), role: coded(9034), person, path: resource.path.clone() })
    }

    /// Fills an element of the class HealthcareProfessional.
    pub fn write(&self, mut element: Element, outer: &Space, inner: &Space, with_role: bool) -> Element {
        put(&mut element, self.profession.as_ref().map(|profession| outer.cs("TypeHealthcareProfessional", profession)));
        put(&mut element, self.role.as_ref().filter(|_| with_role).map(|role| outer.cv("RoleToPatient", role)));
        self.person.write(&mut element, outer, inner);
        element
    }

    pub fn has_phone(&self) -> bool {
        self.person.telecoms.iter().any(super::contact::Telecom::is_phone)
    }
}
