//! at least one receiver belongs to an organisation that the gateway serves.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-003",
    name: "a_receiver_is_ours",
    holds: Text {
        en: "At least one receiver of the message belongs to an organisation served here",
        nb: "Minst én mottaker av meldingen tilhører en virksomhet som betjenes her",
        nn: "Minst éin mottakar av meldinga høyrer til ei verksemd som blir betent her",
    },
    hint: Text {
        en: "Look the receiver up in Adresseregisteret: it may have moved or closed. Nothing is sent, and no AppRec; a person must decide",
        nb: "Slå opp mottakeren i Adresseregisteret: den kan være flyttet eller nedlagt. Ingenting sendes, heller ingen applikasjonskvittering; en person må avgjøre",
        nn: "Slå opp mottakaren i Adresseregisteret: han kan vere flytta eller lagd ned. Ingenting blir sendt, heller inga applikasjonskvittering; ein person må avgjere",
    },
    source: "HIS 80415:2012 with errata 2017; test 21",
    incoming: Consequence::Hold,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Routing,
};
