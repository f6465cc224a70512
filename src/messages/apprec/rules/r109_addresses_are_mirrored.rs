//! an AppRec mirrors the addresses of the message.

use crate::domain::Address;
use crate::domain::Text;
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-109",
    name: "addresses_are_mirrored",
    holds: Text {
        en: "Sender and Receiver of the AppRec mirror Receiver and Sender of the message",
        nb: "Sender og Receiver i kvitteringen speiler Receiver og Sender i meldingen",
        nn: "Sender og Receiver i kvitteringa speglar Receiver og Sender i meldinga",
    },
    hint: Text {
        en: "Copy all identifiers of both parties, with the HER-id first",
        nb: "Kopier alle identifikatorer for begge parter, med HER-id først",
        nn: "Kopier alle identifikatorar for begge partar, med HER-id først",
    },
    source: "HIS 1153-1, AD1.14-1.16; HIS 80415:2012, test 5",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Path,
};

/// Compares the HER-ids of both sides with those of the original.
pub fn check(apprec: (Address, Address), original_receiver: Address, original_sender: Address) -> Option<Finding> {
    let differs = |mirrored: Address, original: Address| {
        mirrored.organisation != original.organisation || mirrored.party != original.party
    };
    let finding = |path, found| Some(Finding::new(&RULE).on(path).found(Detail::address(found)));
    if differs(apprec.0, original_receiver) {
        finding("/AppRec/Sender/HCP", apprec.0)
    } else if differs(apprec.1, original_sender) {
        finding("/AppRec/Receiver/HCP", apprec.1)
    } else {
        None
    }
}
