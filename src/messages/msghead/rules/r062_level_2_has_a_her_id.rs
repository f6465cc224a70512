//! sender and receivers name their communication party by HER-id.

use crate::domain::Receiver;
use crate::domain::{Reason, Text};
use crate::routing::{Directory, Standing};
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-062",
    name: "level_2_has_a_her_id",
    holds: Text {
        en: "Sender and every receiver name their communication party (level 2: a service or a professional) by HER-id",
        nb: "Avsender og hver mottaker oppgir kommunikasjonsparten (nivå 2: en tjeneste eller en person) med HER-id",
        nn: "Avsendar og kvar mottakar oppgir kommunikasjonsparten (nivå 2: ei teneste eller ein person) med HER-id",
    },
    hint: Text {
        en: "Add Organisation/Organisation or Organisation/HealthcareProfessional with the HER-id of Adresseregisteret",
        nb: "Legg til Organisation/Organisation eller Organisation/HealthcareProfessional med HER-id fra Adresseregisteret",
        nn: "Legg til Organisation/Organisation eller Organisation/HealthcareProfessional med HER-id frå Adresseregisteret",
    },
    source: "HIS 1153-1, AD2.2 and AD2.4; test 18",
    incoming: Consequence::Refuse(Reason::UnknownReceiver),
    outgoing: Consequence::Block,
    agreed: &[Consequence::Warn],
    enforced: Enforced::Routing,
};

/// Checks a receiver at one of our organisations that has services.
pub fn check(receiver: &Receiver, position: usize, directory: &Directory) -> Option<Finding> {
    let address = receiver.party.address();
    let missing = address.party.is_none() && directory.standing(address) == Standing::UnknownParty;
    missing.then(|| Finding::new(&RULE).about_receiver(position).found(Detail::address(address)))
}
