//! sender and receivers name their organisation by HER-id.

use crate::domain::Receiver;
use crate::domain::{Reason, Text};
use crate::routing::Directory;
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-061",
    name: "level_1_has_a_her_id",
    holds: Text {
        en: "Sender and every receiver name their organisation (level 1) by name and HER-id",
        nb: "Avsender og hver mottaker oppgir virksomheten (nivå 1) med navn og HER-id",
        nn: "Avsendar og kvar mottakar oppgir verksemda (nivå 1) med namn og HER-id",
    },
    hint: Text {
        en: "Add the HER-id of the organisation as Adresseregisteret has it",
        nb: "Legg til HER-id for virksomheten slik den står i Adresseregisteret",
        nn: "Legg til HER-id for verksemda slik han står i Adresseregisteret",
    },
    source: "HIS 1153-1, AD2.2 and AD2.3; test 17",
    incoming: Consequence::Refuse(Reason::UnknownReceiver),
    outgoing: Consequence::Block,
    agreed: &[Consequence::Warn],
    enforced: Enforced::Routing,
};

/// A receiver without HER-id on level 1 is refused only when level 2 shows that it is ours; otherwise we can't know whose it is.
pub fn check(receiver: &Receiver, position: usize, directory: &Directory) -> Option<Finding> {
    let address = receiver.party.address();
    let ours = address.organisation.is_none() && address.party.is_some_and(|her_id| directory.owns_party(her_id));
    ours.then(|| Finding::new(&RULE).about_receiver(position).found(Detail::address(address)))
}
