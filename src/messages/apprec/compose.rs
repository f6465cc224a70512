//! Makes the AppRec that answers a message for one of its receivers: addresses mirrored, the original named exactly.

use super::codes::{error_code, error_list, error_text};
use super::model::{AppRec, Hcp, Institution, Named, Original, Side, Who};
use super::rules::{r110_roles_are_given::roles, r111_signer_is_not_mirrored::mirrored};
use crate::domain::{Envelope, Ident, Language, MsgId, Party, Private, Receiver, Timestamp, Unit};
use crate::messages::coded::Coded;
use crate::routing::AppRecVersion;
use crate::rulebook::Finding;

/// The answer.
pub enum Answer<'f> {
    /// Status 1: taken in.
    Positive,
    /// Status 2: refused, for these findings.
    Negative(&'f [Finding]),
}

/// Makes the receipt. `id` is a new UUID (rule R-113).
pub fn compose(
    original: &Envelope,
    receiver: &Receiver,
    answer: &Answer<'_>,
    version: AppRecVersion,
    id: MsgId,
    now: Timestamp,
) -> AppRec {
    let [answering, answered] = roles(version, receiver.role);
    AppRec {
        version,
        mig_version: AppRec::mig_version(version).into(),
        software_name: Some("bindeledd".into()),
        software_version: Some(env!("CARGO_PKG_VERSION").into()),
        gen_date: now.to_string(),
        id,
        sender: side(&receiver.party, answering),
        receiver: side(&original.sender, answered),
        status: status(answer),
        errors: errors(answer),
        original: Original {
            message_type: coded(&original.type_code, &original.type_name),
            issue_date: original.gen_date.clone(),
            id: original.msg_id.clone(),
        },
    }
}

fn coded(v: &str, dn: &str) -> Coded {
    Coded { v: v.into(), dn: dn.into(), ..Coded::default() }
}

fn status(answer: &Answer<'_>) -> Coded {
    match answer {
        Answer::Positive => coded("1", "OK"),
        Answer::Negative(_) => coded("2", "Avvist"),
    }
}

/// So many errors are told one by one: more than that, nobody reads, and the first may be the reason of the others.
const TOLD_ERRORS: usize = 10;

/// One Error for each finding (HIS 80415:2012, tests 25-27), in Norwegian: a clinician reads it. The last one that is told says
/// how many more there are.
fn errors(answer: &Answer<'_>) -> Vec<Coded> {
    let findings = match answer {
        Answer::Positive => &[],
        Answer::Negative(findings) => *findings,
    };
    let mut errors: Vec<Coded> = findings.iter().filter_map(error).collect();
    let more = errors.len().saturating_sub(TOLD_ERRORS);
    errors.truncate(TOLD_ERRORS);
    if let Some(last) = errors.last_mut().filter(|_| more > 0) {
        last.ot += &format!(" I tillegg {more} feil til; rett disse først.");
    }
    errors
}

fn error(finding: &Finding) -> Option<Coded> {
    let code = error_code(finding.refusal()?);
    let place = finding.place.map(|place| format!(", linje {}, kolonne {}", place.line, place.column)).unwrap_or_default();
    let hint = finding.hint(Language::Nb);
    let words = format!("{}. {hint}. [{}{place}]", finding.sentence(Language::Nb), finding.rule.id);
    Some(Coded { v: code.into(), s: error_list().oid(), dn: error_text(code).into(), ot: words })
}

fn side(party: &Party, (role, role_name): (&str, &str)) -> Side {
    Side { role: Some(coded(role, role_name)), hcp: Hcp { who: institution(party), speciality: None, address: None } }
}

fn institution(party: &Party) -> Who {
    let unit = |unit: &Unit| named(Private::new(unit.name.clone()), &unit.idents);
    Who::Institution(Institution {
        named: unit(&party.organisation),
        departments: party.service.iter().map(|service| (None, unit(service))).collect(),
        persons: mirrored(party).map(|person| named(person.name.clone(), &person.idents)).into_iter().collect(),
    })
}

/// All identifiers are mirrored, the HER-id first (HITS 1168). `TypeId` has no room for the code list.
fn named(name: Private<String>, idents: &[Ident]) -> Named {
    let mut idents: Vec<Ident> = idents.iter().cloned().map(|ident| Ident { type_system: String::new(), ..ident }).collect();
    idents.sort_by_key(|ident| ident.type_code != "HER");
    Named { name: Some(name).filter(|name| !name.expose().is_empty()), idents }
}
