//! The application receipt (HIS 80415), version 1.0 and 1.1. Its identifiers lose their code list: CS, where the head has CV.

use super::binding::Aspect::{List, Shape, Value};
use super::binding::Binding;
use super::binding::Space::Receipt;
use super::head::{address_type, country, county};

#[rustfmt::skip]
pub(super) static ROWS: &[Binding] = &[
    Binding::cs(Receipt, "MsgType", &[8279]).under("AppRec"),
    Binding::cs(Receipt, "MsgType", &[8279]).under("OriginalMsgId").left(&[(Shape, "R-107"), (Value, "R-107")]),
    // No list is known: PRIM, COP and AVS in 1.1, SPR, REQ and COP in 1.0.
    Binding::cs(Receipt, "Role", &[]).left(&[(Shape, "R-110"), (Value, "R-110")]),
    Binding::cs(Receipt, "Status", &[8258]).left(&[(Value, "R-102")]),
    Binding::cv(Receipt, "Error", &[8221, 8222, 8223]).left(&[(List, "R-104"), (Value, "R-104")]),
    Binding::cv(Receipt, "MedSpeciality", &[]),
    Binding::cs(Receipt, "Type", &[9060]).under("HCProf"),
    Binding::cs(Receipt, "Type", &[]).under("Dept"),
    Binding::cs(Receipt, "Type", &[9051, 8116]).under("AdditionalId"),
    Binding::cs(Receipt, "TypeId", &[9051, 8116]),
    Binding::cs(Receipt, "CityDistr", &[]),
    address_type(Receipt), county(Receipt), country(Receipt),
];
