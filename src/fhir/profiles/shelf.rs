//! The profiles that we hold, read once.

use super::table::{Profile, read};
use std::sync::LazyLock;

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    // A test reads the file; what is shipped has passed it.
    read(include_str!("../../../fhir/no-basis/profiles.txt")).expect("a test reads the file")
});

/// Every profile.
pub fn all() -> &'static [Profile] {
    &PROFILES
}

/// The profile that this canonical names, with or without a version.
pub fn by_url(canonical: &str) -> Option<&'static Profile> {
    let url = canonical.split('|').next().unwrap_or_default();
    PROFILES.iter().find(|profile| profile.url == url)
}

/// The profile of this name.
pub(super) fn by_name(name: &str) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| profile.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::profiles::Wish;

    #[test]
    fn the_file_is_read_and_every_name_in_it_leads_somewhere() {
        let all = read(include_str!("../../../fhir/no-basis/profiles.txt")).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(all.len(), 10);
        for demand in all.iter().flat_map(|profile| &profile.demands) {
            assert!(!matches!(&demand.wish, Wish::Type(name) if by_name(name).is_none()), "{demand:?}");
            assert!(!matches!(&demand.wish, Wish::Code(_, _, codes) if codes.is_empty()), "{demand:?}");
        }
    }

    #[test]
    fn a_profile_is_found_with_or_without_its_version() {
        for url in ["no-basis-Patient", "no-basis-Patient|2.2.2"] {
            assert!(by_url(&format!("http://hl7.no/fhir/StructureDefinition/{url}")).is_some());
        }
        assert!(by_url("http://hl7.no/fhir/StructureDefinition/no-basis-Location").is_none());
    }
}
