//! The invariants of what is arranged and who takes part: compositions, appointments, plans, lists, consent, organisations.

use super::super::json::Object;
use super::invariant::Invariant;
use super::invariant::Shape::{AnyOf, Needs, NotBoth, Own};
use super::presence::{each, has, is_not_behind, text};
use crate::domain::Text;

#[rustfmt::skip]
pub(super) static INVARIANTS: &[Invariant] = &[
    Invariant::new("cmp-1", "Composition.section", AnyOf(&["text", "entry", "section"])),
    Invariant::new("cmp-2", "Composition.section", NotBoth("emptyReason", "entry")),
    Invariant::new("org-1", "Organization", AnyOf(&["identifier", "name"])),
    Invariant::new("org-2", "Organization", Own(|organization| nothing_is_home(organization, "address"), Text {
        en: "The address of an organisation is never of use `home`.",
        nb: "Adressen til en organisasjon har aldri bruken `home`.",
        nn: "Adressa til ein organisasjon har aldri bruken `home`.",
    })),
    Invariant::new("org-3", "Organization", Own(|organization| nothing_is_home(organization, "telecom"), Text {
        en: "The telecom of an organisation is never of use `home`.",
        nb: "Kontaktopplysninger for en organisasjon har aldri bruken `home`.",
        nn: "Kontaktopplysningar for ein organisasjon har aldri bruken `home`.",
    })),
    Invariant::new("app-1", "Appointment.participant", AnyOf(&["type", "actor"])),
    Invariant::new("app-2", "Appointment", Own(|appointment| has(appointment, "start") == has(appointment, "end"), Text {
        en: "`start` and `end` must be there together, or neither.",
        nb: "`start` og `end` må stå sammen, eller så må begge mangle.",
        nn: "`start` og `end` må stå saman, eller så må begge mangle.",
    })),
    Invariant::new("app-3", "Appointment", Own(
        |appointment| {
            let timed = has(appointment, "start") && has(appointment, "end");
            timed || matches!(text(appointment, "status"), Some("proposed" | "cancelled" | "waitlist"))
        },
        Text {
            en: "Only an appointment that is proposed, cancelled or on a waiting list may be without `start` and `end`.",
            nb: "Bare en time som er foreslått, avlyst eller på venteliste, kan mangle `start` og `end`.",
            nn: "Berre ein time som er føreslått, avlyst eller på venteliste, kan mangle `start` og `end`.",
        },
    )),
    Invariant::new("app-4", "Appointment", Own(
        |appointment| {
            let off = matches!(text(appointment, "status"), Some("cancelled" | "noshow"));
            !has(appointment, "cancelationReason") || off
        },
        Text {
            en: "`cancelationReason` is only for an appointment that is cancelled, or that nobody came to.",
            nb: "`cancelationReason` er bare for en time som er avlyst, eller som ingen møtte til.",
            nn: "`cancelationReason` er berre for ein time som er avlyst, eller som ingen møtte til.",
        },
    )),
    Invariant::new("ppc-1", "Consent", AnyOf(&["policy", "policyRule"])),
    Invariant::new("cpl-3", "CarePlan.activity", NotBoth("detail", "reference")),
    Invariant::new("lst-1", "List", NotBoth("emptyReason", "entry")),
    Invariant::new("lst-2", "List", Own(|list| text(list, "mode") == Some("changes") || !any_entry_has(list, "deleted"), Text {
        en: "`entry.deleted` is only for a list of changes.",
        nb: "`entry.deleted` er bare for en liste over endringer.",
        nn: "`entry.deleted` er berre for ei liste over endringar.",
    })),
    Invariant::new("lst-3", "List", Own(|list| text(list, "mode") == Some("working") || !any_entry_has(list, "date"), Text {
        en: "`entry.date` is only for a working list.",
        nb: "`entry.date` er bare for en arbeidsliste.",
        nn: "`entry.date` er berre for ei arbeidsliste.",
    })),
    Invariant::new("inv-1", "Task", Own(|task| is_not_behind(text(task, "authoredOn"), text(task, "lastModified")), Text {
        en: "`lastModified` may not be before `authoredOn`.",
        nb: "`lastModified` kan ikke være før `authoredOn`.",
        nn: "`lastModified` kan ikkje vere før `authoredOn`.",
    })),
    Invariant::new("sev-1", "AuditEvent.entity", NotBoth("name", "query")),
    Invariant::new("prr-1", "ServiceRequest", Needs("orderDetail", "code")),
    Invariant::new("qrs-1", "QuestionnaireResponse.item", NotBoth("answer", "item")),
    Invariant::new("grp-1", "Group", Own(|group| !has(group, "member") || is_actual(group), Text {
        en: "Only a group of actual things has members.",
        nb: "Bare en faktisk gruppe har medlemmer.",
        nn: "Berre ei faktisk gruppe har medlemmer.",
    })),
];

fn nothing_is_home(organization: &Object<'_>, name: &str) -> bool {
    !each(organization, name).any(|one| text(one, "use") == Some("home"))
}

fn any_entry_has(list: &Object<'_>, name: &str) -> bool {
    each(list, "entry").any(|entry| has(entry, name))
}

fn is_actual(group: &Object<'_>) -> bool {
    group.get("actual").and_then(|actual| actual.bool()) == Some(true)
}
