//! an attachment is what its MimeType says.

use crate::domain::{Reason, Text};
use crate::messages::attachments::attachment::{Attachment, attachments};
use crate::messages::attachments::file_type::{begins_as, first_bytes};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-185",
    name: "attachment_is_what_it_says",
    holds: Text {
        en: "An attachment begins as a file of its MimeType begins",
        nb: "Et vedlegg begynner slik en fil av den oppgitte MimeType begynner",
        nn: "Eit vedlegg byrjar slik ei fil av den oppgitte MimeType byrjar",
    },
    hint: Text {
        en: "Correct MimeType, or attach the right file: as it is, nobody can open it",
        nb: "Rett MimeType, eller legg ved riktig fil: slik det er, kan ingen åpne det",
        nn: "Rett MimeType, eller legg ved rett fil: slik det er, kan ingen opne det",
    },
    source: "our own rule",
    incoming: Consequence::Refuse(Reason::FormatOther),
    outgoing: Consequence::Block,
    agreed: &[Consequence::Warn],
    enforced: Enforced::Check,
};

/// Looks at the first bytes only, and only of types that can be told by them. That all of it is base64 is for the schema.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let find = |attachment: Attachment<'_>| {
        let (_, declared) = attachment.mime_type()?;
        let file = attachment.base64()?;
        let text = file.text();
        let differs = !begins_as(&declared, &first_bytes(&text)?);
        differs.then(|| {
            place::finding_at(&RULE, file).found(Detail::words("a file of another type", "en fil av en annen type"))
        })
    };
    attachments(head).filter_map(find).collect()
}
