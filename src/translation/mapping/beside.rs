//! Values of FHIR that the source's own code stands beside. The code is written where it still means what FHIR says; where somebody
//! has edited the value, what FHIR says counts, and the code of before is left out with all that belongs to it.

use std::borrow::Cow;

use super::coded::{Attributes, coding_back, oid_of};
use super::program::CodeMap;
use crate::codelists;
use crate::fhir::Json;

/// How a value was made from the code beside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum How {
    /// By the map of this name.
    Map(&'static str),
    /// It is the code itself.
    Code,
    /// It is the name of the code.
    Name,
}

/// An element inside of a data type whose code stands beside values that were made from it.
pub(super) struct Part {
    pub element: &'static str,
    /// The system of the list that the code is of.
    pub system: &'static str,
    /// The members of the object, and how each was made.
    pub members: &'static [(&'static str, How)],
}

pub(super) const ADDRESS_TYPE: Part = Part {
    element: "Type",
    system: "urn:oid:2.16.578.1.12.4.1.1.3401",
    members: &[("use", How::Map("address-use")), ("type", How::Map("address-type"))],
};
pub(super) const COUNTY: Part =
    Part { element: "County", system: "urn:oid:2.16.578.1.12.4.1.1.3402", members: &[("district", How::Name)] };
pub(super) const COUNTRY: Part =
    Part { element: "Country", system: "urn:oid:2.16.578.1.12.4.1.1.9043", members: &[("country", How::Code)] };
pub(super) const TELECOM_TYPE: Part = Part {
    element: "TypeTelecom",
    system: "urn:oid:2.16.578.1.12.4.1.1.9061",
    members: &[("use", How::Map("telecom-use"))],
};

/// The lists that kinds of identifiers are from: of persons, of organisations.
const KINDS: [&str; 2] = ["2.16.578.1.12.4.1.1.8116", "2.16.578.1.12.4.1.1.9051"];

/// A value as FHIR says it, and the map that it was made by.
pub(super) type Said<'b> = (Option<&'b str>, Option<&'static CodeMap>);

fn code_in<'b>(coding: Option<&'b Json<'b>>) -> Option<&'b str> {
    coding.and_then(|coding| coding.get("code")?.text()).map(str::trim)
}

/// What FHIR says, where the code does not mean it.
fn edited<'b>(code: Option<&str>, all: &[Said<'b>]) -> Option<(&'b str, &'static CodeMap)> {
    all.iter().find_map(|(said, map)| {
        let (said, map) = ((*said)?, (*map)?);
        let (meant, back) = (code.and_then(|code| map.forth(code)), map.back(said));
        let is_meant = meant == Some(said) || back.is_some() && back == code;
        // What no code becomes was put there because FHIR demands something.
        let is_filler = meant.is_none() && back.is_none();
        (!is_meant && !is_filler).then_some((said, map))
    })
}

/// A code of a list, and what the list calls it.
fn named<'b>(oid: &str, code: &'b str) -> Attributes<'b> {
    let name = codelists::by_oid(oid).and_then(|list| list.code(code)).map(|known| ("DN", Cow::Borrowed(known.dn)));
    Attributes(std::iter::once(("V", Cow::Borrowed(code))).chain(name).collect())
}

/// The source's code, or the first that becomes what FHIR says now; none where no code does.
pub(super) fn mapped<'b>(coding: Option<&'b Json<'b>>, all: &[Said<'b>], system: &str) -> Option<Attributes<'b>> {
    match edited(code_in(coding), all) {
        None => coding.map(|coding| coding_back(coding, true)),
        Some((said, map)) => map.back(said).map(|code| named(oid_of(system), code)),
    }
}

/// The source's code of a country, or the country that FHIR says now: its code, or what it is called.
pub(super) fn country<'b>(coding: Option<&'b Json<'b>>, said: Option<&'b str>) -> Option<Attributes<'b>> {
    match said.filter(|said| code_in(coding) != Some(*said)) {
        None => coding.map(|coding| coding_back(coding, true)),
        // ISO 3166 has codes of two letters.
        Some(said) if said.len() == 2 => Some(named(oid_of(COUNTRY.system), said)),
        Some(said) => Some(Attributes(vec![("DN", said.into())])),
    }
}

/// The source's code of a county, or the name of it that FHIR says now.
pub(super) fn county<'b>(coding: Option<&'b Json<'b>>, said: Option<&'b str>) -> Option<Attributes<'b>> {
    let name = coding.and_then(|coding| coding.get("display")?.text());
    match said.filter(|said| name != Some(*said)) {
        None => coding.map(|coding| coding_back(coding, true)),
        Some(said) => Some(Attributes(vec![("DN", said.into())])),
    }
}

/// The kind of an identifier, or the one whose system it has now. In an AppRec the list is fixed; elsewhere it is the one that the
/// kind was of, if that has the other kind too.
pub(super) fn kind<'b>(coding: Option<&'b Json<'b>>, said: Said<'b>, list: Option<&'static str>) -> Option<Attributes<'b>> {
    let Some((said, map)) = edited(code_in(coding), &[said]) else {
        return coding.map(|coding| coding_back(coding, list.is_some()));
    };
    let code = map.back(said)?;
    if let Some(system) = list {
        return Some(named(oid_of(system), code));
    }
    let of_before = coding.and_then(|coding| coding.get("system")?.text()).map(oid_of);
    let has_it = |oid: &&str| codelists::by_oid(oid).is_some_and(|list| list.code(code).is_some());
    let oid = of_before.into_iter().chain(KINDS).find(has_it).unwrap_or(KINDS[0]);
    let Attributes(mut all) = named(oid, code);
    all.insert(1, ("S", oid.into()));
    Some(Attributes(all))
}
