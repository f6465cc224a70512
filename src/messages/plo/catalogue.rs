//! The catalogue of the PLO messages: one row for each type in each version.

use crate::messages::kind::{MessageRole, MessageType};
use crate::routing::AppRecVersion;

const fn v1_5(code: &'static str, namespace: &'static str, root: &'static str) -> MessageType {
    plo(code, "1.5", namespace, root, AppRecVersion::V1_0)
}

const fn v1_6(code: &'static str, namespace: &'static str, root: &'static str) -> MessageType {
    plo(code, "1.6", namespace, root, AppRecVersion::V1_1)
}

/// A draft: only its schemas are published. What answers it is nowhere said; AppRec 1.1 is the version of its day.
const fn v2_0(code: &'static str, namespace: &'static str, root: &'static str) -> MessageType {
    plo(code, "2.0", namespace, root, AppRecVersion::V1_1)
}

const fn plo(
    code: &'static str,
    version: &'static str,
    namespace: &'static str,
    root: &'static str,
    apprec: AppRecVersion,
) -> MessageType {
    MessageType { family: "plo", code, version, namespace, root, apprec, needs_patient: true, role: MessageRole::Business }
}

const LOG_1_5: &str = "http://www.kith.no/xmlstds/po/Pasientlogistikk/2009-06-30";
const LOG_1_6: &str = "http://www.kith.no/xmlstds/po/Pasientlogistikk/2012-04-01";
const LOG_2_0: &str = "http://ehelse.no/xmlstds/po/Pasientlogistikk/2016-05-30";

/// Every message of all versions. Roots kept their old names when 1.6 renamed two namespaces, so both must fit.
pub static TYPES: &[MessageType] = &[
    v1_5("LOG_INNLAGT", LOG_1_5, "Pasientlogistikk"),
    v1_5("LOG_UTSKRIVNINGSKLAR", LOG_1_5, "Pasientlogistikk"),
    v1_5("LOG_AVMELDING", LOG_1_5, "Pasientlogistikk"),
    v1_5("LOG_UTSKREVET", LOG_1_5, "Pasientlogistikk"),
    v1_5("LOG_DOD", LOG_1_5, "Pasientlogistikk"),
    v1_5("INNLEGGELSESRAPPORT", "http://www.kith.no/xmlstds/po/Innleggelsesrapport/2009-06-30", "Innleggelsesrapport"),
    v1_5(
        "HELSEOPPL_SOKNAD",
        "http://www.kith.no/xmlstds/po/HelseopplysningerVedSoknad/2009-06-30",
        "HelseopplysningerVedSoknad",
    ),
    v1_5("HELSEOPPLYSNINGER_LEGE", "http://www.kith.no/xmlstds/po/Konsultasjon/2009-06-30", "Konsultasjon"),
    v1_5(
        "MEDISINSKE_OPPLYSNINGER",
        "http://www.kith.no/xmlstds/po/OverforingMedisinskeOpplysninger/2009-06-30",
        "OverforingMedisinskeOpplysninger",
    ),
    v1_5(
        "ORIENTERING_TJENESTETILBUD",
        "http://www.kith.no/xmlstds/po/OrienteringOmTjenestetilbud/2009-06-30",
        "OrienteringOmTjenestetilbud",
    ),
    v1_5("UTSKRIVNINGSRAPPORT", "http://www.kith.no/xmlstds/po/TverrfagligEpikrise/2009-06-30", "TverrfagligEpikrise"),
    v1_5("FRAVARSMELDING", "http://www.kith.no/xmlstds/po/MeldingFravar/2009-06-30", "MeldingFravar"),
    v1_6("LOG_INNLAGT", LOG_1_6, "Pasientlogistikk"),
    v1_6("LOG_UTSKRIVNINGSKLAR", LOG_1_6, "Pasientlogistikk"),
    v1_6("LOG_AVMELDING", LOG_1_6, "Pasientlogistikk"),
    v1_6("LOG_UTSKREVET", LOG_1_6, "Pasientlogistikk"),
    v1_6("LOG_DOD", LOG_1_6, "Pasientlogistikk"),
    v1_6("INNLEGGELSESRAPPORT", "http://www.kith.no/xmlstds/po/Innleggelsesrapport/2012-04-01", "Innleggelsesrapport"),
    v1_6(
        "HELSEOPPL_SOKNAD",
        "http://www.kith.no/xmlstds/po/HelseopplysningerVedSoknad/2012-04-01",
        "HelseopplysningerVedSoknad",
    ),
    v1_6("HELSEOPPLYSNINGER_LEGE", "http://www.kith.no/xmlstds/po/HelseopplysningerTilLege/2012-04-01", "Konsultasjon"),
    v1_6(
        "MEDISINSKE_OPPLYSNINGER",
        "http://www.kith.no/xmlstds/po/MedisinskeOpplysninger/2012-04-01",
        "OverforingMedisinskeOpplysninger",
    ),
    v1_6(
        "ORIENTERING_TJENESTETILBUD",
        "http://www.kith.no/xmlstds/po/OrienteringOmTjenestetilbud/2012-04-01",
        "OrienteringOmTjenestetilbud",
    ),
    v1_6("UTSKRIVNINGSRAPPORT", "http://www.kith.no/xmlstds/po/TverrfagligEpikrise/2012-04-01", "TverrfagligEpikrise"),
    v2_0("LOG_INNLAGT", LOG_2_0, "Pasientlogistikk"),
    v2_0("LOG_UTSKRIVNINGSKLAR", LOG_2_0, "Pasientlogistikk"),
    v2_0("LOG_AVMELDING", LOG_2_0, "Pasientlogistikk"),
    v2_0("LOG_UTSKREVET", LOG_2_0, "Pasientlogistikk"),
    v2_0("LOG_DOD", LOG_2_0, "Pasientlogistikk"),
    v2_0("LOG_TILBAKEMELDING", LOG_2_0, "Pasientlogistikk"),
    v2_0(
        "HELSEOPPL_SOKNAD",
        "http://ehelse.no/xmlstds/po/HelseopplysningerSaksbehandling/2016-05-30",
        "HelseopplysningerSaksbehandling",
    ),
    v2_0("SAMMENFATNING", "http://ehelse.no/xmlstds/po/Sammenfatning/2016-05-30", "Sammenfatning"),
];
