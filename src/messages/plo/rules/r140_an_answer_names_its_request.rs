//! what answers a request holds the request and refers to it.

use crate::domain::Text;
use crate::messages::content::child;
use crate::messages::msghead::HeadView;
use crate::messages::plo::content::{Content, is_true};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-140",
    name: "an_answer_names_its_request",
    holds: Text {
        en: "With SvarPaaForesporsel true the message holds Foresporsel and refers to the request with ConversationRef",
        nb: "Med SvarPaaForesporsel true inneholder meldingen Foresporsel og viser til forespørselen med ConversationRef",
        nn: "Med SvarPaaForesporsel true inneheld meldinga Foresporsel og viser til førespurnaden med ConversationRef",
    },
    hint: Text {
        en: "Repeat the request in Foresporsel, and put its MsgId into ConversationRef; or leave SvarPaaForesporsel out",
        nb: "Gjenta forespørselen i Foresporsel, og sett MsgId-en dens i ConversationRef; eller utelat SvarPaaForesporsel",
        nn: "Gjenta førespurnaden i Foresporsel, og set MsgId-en hans i ConversationRef; eller utelat SvarPaaForesporsel",
    },
    source: "HIS 80704, InformasjonOmForsendelsen",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks both. Version 2.0 has no `Foresporsel`.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = Content::of(head) else { return Vec::new() };
    let Some(sending) = content.sending().filter(|sending| is_true(child(*sending, "SvarPaaForesporsel"))) else {
        return Vec::new();
    };
    let request = (content.request().is_none() && !content.is_2_0()).then(|| {
        let found = Detail::words("no Foresporsel", "ingen Foresporsel");
        content.missing(&RULE, sending, &["Foresporsel"]).found(found)
    });
    let reference = head.model.info.conversation.is_none().then(|| {
        let found = Detail::words("no ConversationRef", "ingen ConversationRef");
        head.finding(&RULE, &["MsgInfo", "ConversationRef"]).found(found)
    });
    request.into_iter().chain(reference).collect()
}
