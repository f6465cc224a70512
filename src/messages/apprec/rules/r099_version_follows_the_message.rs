//! the AppRec version follows the version of the message, or what the parties agreed.

use crate::domain::Text;
use crate::messages::kind::MessageType;
use crate::routing::AppRecVersion;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-099",
    name: "version_follows_the_message",
    holds: Text {
        en: "AppRec 1.1 answers PLO 1.6 and Dialogmelding 1.1; AppRec 1.0 answers PLO 1.5 and Dialogmelding 1.0; a partner may have agreed otherwise",
        nb: "AppRec 1.1 svarer på PLO 1.6 og Dialogmelding 1.1; AppRec 1.0 svarer på PLO 1.5 og Dialogmelding 1.0; partene kan ha avtalt noe annet",
        nn: "AppRec 1.1 svarer på PLO 1.6 og Dialogmelding 1.1; AppRec 1.0 svarer på PLO 1.5 og Dialogmelding 1.0; partane kan ha avtalt noko anna",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HITS 1168; HIS 80415:2012, errata 2015",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};

/// The version to answer with.
pub fn version(kind: &MessageType, agreed: Option<AppRecVersion>) -> AppRecVersion {
    agreed.unwrap_or(kind.apprec)
}
