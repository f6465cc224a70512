//! P-01: every name is in the namespace of its year; local names are the same.

use super::super::edition::Edition;
use super::super::rule::{Rule, Step, Told};
use super::super::walk::is_closed;
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-01",
    name: "names_are_of_another_year",
    what: Text {
        en: "Names are those of the other version",
        nb: "Navnene er de i den andre versjonen",
        nn: "Namna er dei i den andre versjonen",
    },
    before: "namespaces of 2009-06-30 and 2012-04-01",
    after: "namespaces of the other version",
    class: LossClass::Lossless,
    source: "HIS 80704 v1.5 and v1.6, schemas",
    down: Some(Step::Does(run)),
    up: Some(Step::Does(run)),
};

const STEM: &str = "http://www.kith.no/xmlstds/po/";

/// Namespaces of 1.5 and 1.6; two were renamed.
const NAMESPACES: [(&str, &str); 8] = [
    ("http://www.kith.no/xmlstds/po/poKomponent/2009-06-30", "http://www.kith.no/xmlstds/po/poKomponent/2012-04-01"),
    (
        "http://www.kith.no/xmlstds/po/Innleggelsesrapport/2009-06-30",
        "http://www.kith.no/xmlstds/po/Innleggelsesrapport/2012-04-01",
    ),
    (
        "http://www.kith.no/xmlstds/po/HelseopplysningerVedSoknad/2009-06-30",
        "http://www.kith.no/xmlstds/po/HelseopplysningerVedSoknad/2012-04-01",
    ),
    (
        "http://www.kith.no/xmlstds/po/Konsultasjon/2009-06-30",
        "http://www.kith.no/xmlstds/po/HelseopplysningerTilLege/2012-04-01",
    ),
    (
        "http://www.kith.no/xmlstds/po/OverforingMedisinskeOpplysninger/2009-06-30",
        "http://www.kith.no/xmlstds/po/MedisinskeOpplysninger/2012-04-01",
    ),
    (
        "http://www.kith.no/xmlstds/po/OrienteringOmTjenestetilbud/2009-06-30",
        "http://www.kith.no/xmlstds/po/OrienteringOmTjenestetilbud/2012-04-01",
    ),
    (
        "http://www.kith.no/xmlstds/po/TverrfagligEpikrise/2009-06-30",
        "http://www.kith.no/xmlstds/po/TverrfagligEpikrise/2012-04-01",
    ),
    (
        "http://www.kith.no/xmlstds/po/Pasientlogistikk/2009-06-30",
        "http://www.kith.no/xmlstds/po/Pasientlogistikk/2012-04-01",
    ),
];

/// The namespace that stands for this one in an edition of PLO.
pub fn in_edition(namespace: &str, to: Edition) -> Option<&'static str> {
    if !namespace.starts_with(STEM) {
        return None;
    }
    match to {
        Edition::Plo15 => NAMESPACES.iter().find(|(_, newer)| *newer == namespace).map(|(older, _)| *older),
        Edition::Plo16 => NAMESPACES.iter().find(|(older, _)| *older == namespace).map(|(_, newer)| *newer),
        Edition::Dialog10 | Edition::Dialog11 | Edition::AppRec10 | Edition::AppRec11 => None,
    }
}

fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    let to = told.to;
    content.move_namespaces(&|namespace| in_edition(namespace, to), &is_closed);
    told.tell(&RULE, LossClass::Lossless, content.origin());
}
