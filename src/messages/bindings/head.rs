//! The head (HIS 80601), and felleskomponent1, which repeats its classes inside other messages.

use super::binding::Aspect::{List, Shape, Value};
use super::binding::Space::{Felles, Head};
use super::binding::{Binding, Space};

#[rustfmt::skip]
pub(super) static ROWS: &[Binding] = &[
    Binding::cs(Head, "Type", &[8279]).under("MsgInfo").left(&[(Shape, "R-023, R-024"), (Value, "R-023")]),
    Binding::cs(Head, "ProcessingStatus", &[8113]),
    Binding::cs(Head, "RequestedPriority", &[8115]),
    Binding::cs(Head, "Ack", &[7304]).left(&[(Shape, "R-029"), (Value, "R-029")]),
    Binding::cs(Head, "ComMethod", &[8235]),
    Binding::cs(Head, "RoleReceiver", &[8112]).left(&[(Shape, "R-066"), (Value, "R-066")]),
    Binding::cs(Head, "DocumentConnection", &[4702]),
    Binding::cv(Head, "ContentType", &[]),
    Binding::cv(Head, "ContentCategory", &[]),
    // PLO and dialogue use 9064, registers 3109; the same codes mean other things in them, so S decides.
    Binding::cv(Head, "Consent", &[9064, 3109]).left(&[(List, "R-043")]),
    Binding::cs(Head, "MsgType", &[8114]),
    Binding::cs(Head, "Compression", &[1204]),
    sex(Head), nationality(Head), address_type(Head), county(Head), country(Head), telecom(Head), ident(Head),
    profession(Head), role_to_patient(Head), organisation_type(Head),

    sex(Felles), nationality(Felles), address_type(Felles), county(Felles), country(Felles), telecom(Felles), ident(Felles),
    profession(Felles), role_to_patient(Felles), organisation_type(Felles),
];

pub(super) const fn sex(space: Space) -> Binding {
    Binding::cs(space, "Sex", &[3101])
}

pub(super) const fn nationality(space: Space) -> Binding {
    Binding::cs(space, "Nationality", &[9043])
}

pub(super) const fn profession(space: Space) -> Binding {
    Binding::cs(space, "TypeHealthcareProfessional", &[9060])
}

pub(super) const fn role_to_patient(space: Space) -> Binding {
    Binding::cv(space, "RoleToPatient", &[9034])
}

pub(super) const fn address_type(space: Space) -> Binding {
    Binding::cs(space, "Type", &[3401]).under("Address")
}

pub(super) const fn county(space: Space) -> Binding {
    Binding::cs(space, "County", &[3402])
}

pub(super) const fn country(space: Space) -> Binding {
    Binding::cs(space, "Country", &[9043])
}

const fn telecom(space: Space) -> Binding {
    Binding::cs(space, "TypeTelecom", &[9061])
}

const fn organisation_type(space: Space) -> Binding {
    Binding::cv(space, "TypeOrganisation", &[9040])
}

const fn ident(space: Space) -> Binding {
    Binding::cv(space, "TypeId", &[9051, 8116]).left(&[(Shape, "R-055"), (List, "R-055"), (Value, "R-055")])
}
