//! the service that the message is addressed to exists at our organisation.

use crate::domain::{Level, Receiver};
use crate::domain::{Reason, Text};
use crate::routing::{Directory, Standing};
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-063",
    name: "service_exists",
    holds: Text {
        en: "The service that the message is addressed to exists at the receiving organisation",
        nb: "Tjenesten som meldingen er adressert til, finnes hos den mottakende virksomheten",
        nn: "Tenesta som meldinga er adressert til, finst hos verksemda som tek imot",
    },
    hint: Text {
        en: "Look the receiver up in Adresseregisteret and address the message anew, with a new MsgId",
        nb: "Slå opp mottakeren i Adresseregisteret og adresser meldingen på nytt, med ny MsgId",
        nn: "Slå opp mottakaren i Adresseregisteret og adresser meldinga på nytt, med ny MsgId",
    },
    source: "HIS 80415:2012; HITS 1168; test 20",
    incoming: Consequence::Refuse(Reason::UnknownReceiver),
    outgoing: Consequence::ByDesign,
    agreed: &[Consequence::Warn],
    enforced: Enforced::Routing,
};

/// Checks a receiver whose level 2 is a service.
pub fn check(receiver: &Receiver, position: usize, directory: &Directory) -> Option<Finding> {
    let address = receiver.party.address();
    let named = address.party.is_some() && address.level == Level::Service;
    let unknown = named && directory.standing(address) == Standing::UnknownParty;
    unknown.then(|| Finding::new(&RULE).about_receiver(position).found(Detail::address(address)))
}
