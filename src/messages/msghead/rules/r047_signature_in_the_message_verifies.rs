//! a signature in the message verifies.

use super::super::XMLDSIG;
use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-047",
    name: "signature_in_the_message_verifies",
    holds: Text {
        en: "A signature in the message (ds:Signature) verifies, with a certificate that is valid; the gateway cannot tell, and says so",
        nb: "En signatur i meldingen (ds:Signature) lar seg verifisere, med et gyldig sertifikat; denne tjenesten kan ikke avgjøre det, og sier fra",
        nn: "Ein signatur i meldinga (ds:Signature) lèt seg verifisere, med eit gyldig sertifikat; denne tenesta kan ikkje avgjere det, og seier frå",
    },
    hint: Text {
        en: "Let the receiving system verify it; the message is handed on byte for byte, so that it can",
        nb: "La mottakersystemet verifisere den; meldingen leveres videre byte for byte, så det lar seg gjøre",
        nn: "La mottakarsystemet verifisere han; meldinga blir levert vidare byte for byte, så det lèt seg gjere",
    },
    source: "HIS 80601; HIS 80415:2012, 3.3.4 (S01, S02, S03); acceptance tests 29-31",
    incoming: Consequence::Note,
    outgoing: Consequence::Note,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Neither the signature nor its certificate is looked at here, so nothing may be refused for it: that a signature is there is
/// noted, and that nobody has verified it yet. PLO and dialogue messages are not signed inside.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let signature = head.root.child(XMLDSIG, "Signature")?;
    Some(place::finding_at(&RULE, signature).found(Detail::words("not verified here", "ikke verifisert her")))
}
