//! Who is who: the systems of the fictive municipality, and what people call the parties in them.

use crate::domain::HerId;

/// One partner's system.
#[derive(Debug)]
pub struct System {
    /// The stem of its file in `partners/`.
    pub partner: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What it is, for who has never heard of it.
    pub about: &'static str,
    /// The name of its software, as it stands in the AppRecs that it writes.
    pub software: &'static str,
    /// The HER-ids it owns, and what people call them.
    pub parties: &'static [(u32, &'static str)],
    /// Whether it answers messages with AppRecs itself.
    pub acknowledges: bool,
}

pub static HOSPITAL: System = System {
    partner: "storfjell-sykehus",
    title: "Hospital",
    about: "Storfjell sykehus HF",
    software: "Hospital record system (demo)",
    parties: &[(9_000_301, "Hospital"), (9_000_302, "Hospital")],
    acknowledges: true,
};

pub static ALLOCATION: System = System {
    partner: "fjellvik-tildeling",
    title: "Allocation",
    about: "Fjellvik's allocation office (tildelingskontor), and its coordinating unit",
    software: "Allocation office system (demo)",
    parties: &[(9_000_101, "Allocation"), (9_000_103, "Coordination")],
    acknowledges: true,
};

pub static GP_OFFICE: System = System {
    partner: "nordoy-legekontor",
    title: "GP office",
    about: "Nordøy legekontor",
    software: "GP office record system (demo)",
    parties: &[(9_000_201, "GP office")],
    acknowledges: true,
};

pub static HOME_CARE: System = System {
    partner: "fjellvik-hjemmetjeneste",
    title: "Home care",
    about: "Fjellvik's home care service",
    software: "Home care record system (demo)",
    parties: &[(9_000_102, "Home care")],
    acknowledges: false,
};

pub static PLATFORM: System = System {
    partner: "fjellvik-samhandling",
    title: "Team",
    about: "Fjellvik's follow-up team, in a collaboration platform that speaks FHIR R4 only",
    software: "Collaboration platform (demo)",
    parties: &[(9_000_104, "Team")],
    acknowledges: true,
};

pub static CAPACITY: System = System {
    partner: "fjellvik-kapasitet",
    title: "Capacity",
    about: "Fjellvik's overview of beds and days",
    software: "Capacity overview (demo)",
    parties: &[],
    acknowledges: false,
};

/// Parties that belong to no system here.
const OTHERS: [(u32, &str); 2] = [(9_000_901, "Gamleby"), (9_000_199, "unknown unit")];

impl System {
    /// The token of the shipped configuration: fictive, and known to everybody.
    pub fn token(&self) -> String {
        format!("demo-token-{}", self.partner)
    }

    /// Where its own server takes what the gateway posts.
    pub fn door(&self) -> &'static str {
        if *self == PLATFORM { "/fhir/$process-message" } else { "/messages" }
    }

    /// True when this HER-id is one of its parties.
    pub fn owns(&self, her_id: Option<HerId>) -> bool {
        her_id.is_some_and(|her_id| self.parties.iter().any(|(number, _)| *number == her_id.number()))
    }
}

impl PartialEq for System {
    fn eq(&self, other: &Self) -> bool {
        self.partner == other.partner
    }
}

/// The system that owns a HER-id.
pub fn owner(her_id: Option<HerId>) -> Option<&'static System> {
    systems().into_iter().find(|system| system.owns(her_id))
}

/// The system of a partner.
pub fn system_of(partner: &str) -> Option<&'static System> {
    systems().into_iter().find(|system| system.partner == partner)
}

/// What people call a party.
pub fn name_of(her_id: Option<HerId>) -> &'static str {
    let known = systems().into_iter().flat_map(|system| system.parties).chain(&OTHERS);
    let number = her_id.map_or(0, HerId::number);
    known.into_iter().find(|(known, _)| *known == number).map_or("somebody", |(_, name)| name)
}

fn systems() -> [&'static System; 6] {
    [&HOSPITAL, &ALLOCATION, &GP_OFFICE, &PLATFORM, &HOME_CARE, &CAPACITY]
}
