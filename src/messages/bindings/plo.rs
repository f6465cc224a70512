//! The components of the PLO messages (HIS 80704), version 1.5, 1.6 and 2.0.

use super::binding::Aspect::{List, Value};
use super::binding::Binding;
use super::binding::Space::Plo;

/// The standard names a list, or lets the parties agree on another.
const OR_AGREED: &[(super::Aspect, &str)] = &[(List, "agreement")];

#[rustfmt::skip]
pub(super) static ROWS: &[Binding] = &[
    // Of 7309, PLO uses N, M and C only.
    Binding::cs(Plo, "Forsendelsesstatus", &[7309]).left(&[(Value, "R-090")]),
    Binding::cv(Plo, "TypeForesp", &[9152, 9153, 9154]).left(&[(List, "R-142")]),
    Binding::cv(Plo, "Formål", &[9068]),
    Binding::cs(Plo, "Hastegrad", &[9067]),
    Binding::cv(Plo, "TypeJournalinfo", &[9066]),
    Binding::cs(Plo, "Slektskap", &[9033]),
    Binding::cs(Plo, "Omsorgsfunksjon", &[9050]),
    Binding::cs(Plo, "SivilStatus", &[8724]),
    Binding::cs(Plo, "Sprak", &[3303]),
    Binding::cs(Plo, "BehovTolkSprak", &[3303]),
    Binding::cv(Plo, "Opplysning", &[8329]),
    Binding::cv(Plo, "TypeMottaker", &[8330]),
    Binding::cv(Plo, "TypeRelasjon", &[8254]),
    Binding::cv(Plo, "IPLOStjenestetype", &[9151]),
    Binding::cv(Plo, "Hendelsekode", &[9121]),
    Binding::cv(Plo, "Uttilstand", &[8431]),
    // The first edition of 1.5 had 7300.
    Binding::cv(Plo, "UtTil", &[8408, 7300]),
    Binding::cv(Plo, "HjelpemiddelkodeRTV", &[8151]),
    Binding::cs(Plo, "Blodtype", &[9160]),
    Binding::cs(Plo, "Rhesusgruppe", &[9161]),
    Binding::cv(Plo, "Funksjonsvariabel", &[9111, 9115]),
    Binding::cv(Plo, "TypeInformasjon", &[9502]),
    Binding::cv(Plo, "TypeHendelse", &[9131]),
    Binding::cs(Plo, "TypeInnholdKonsultasjon", &[9137]),
    // 9138, 9139 or 9140, by the type of the message.
    Binding::cv(Plo, "TypeInnhold", &[9138, 9139, 9140]).left(&[(List, "R-173, R-178, R-179")]),
    Binding::cv(Plo, "Kontakttype", &[8432]),
    Binding::cv(Plo, "Konsultasjonsform", &[]),
    Binding::cv(Plo, "StedForKontaktepisode", &[8434]),
    Binding::cs(Plo, "Briller", &[9113]),
    Binding::cs(Plo, "HjelpemiddelHorsel", &[9114]),
    Binding::cv(Plo, "Diagnosekode", &[7110, 7170, 7171]).left(&[(List, "R-080")]),
    Binding::cs(Plo, "Status", &[8230]),
    Binding::cs(Plo, "KategoriHelsepersonell", &[9060]),
    Binding::cv(Plo, "IntervensjonTiltakKode", &[9132]).left(OR_AGREED),
    Binding::cs(Plo, "Utleveringsform", &[9135]),
    Binding::cs(Plo, "SarskilteTiltak", &[9136]),
    Binding::cv(Plo, "MaalForventetResultat", &[]),
    Binding::cv(Plo, "ForventetGradMaaloppnaaelse", &[]),
    Binding::cs(Plo, "FasteUkedager", &[9082]),
    Binding::unit(Plo, "GjentagelseIntervall", &[9088, 9081]),
    Binding::cv(Plo, "Funksjonsområde", &[9536]).left(OR_AGREED),
    Binding::cv(Plo, "KodetVurdering", &[]),
    // New in 2.0, whose lists are not published.
    Binding::cv(Plo, "HjelpTilLegemiddelhandtering", &[]),
    Binding::cv(Plo, "ReseptSendtMed", &[]),
];
