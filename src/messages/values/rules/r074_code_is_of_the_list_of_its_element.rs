//! a code is of the list that the standard gives its element.

use super::many;
use crate::codelists::{CodeList, Membership, by_oid};
use crate::domain::{Language, Text};
use crate::messages::bindings::{Aspect, CodedValue};
use crate::messages::place;
use crate::messages::survey::Survey;
use crate::messages::values::suggest::{codes_of, names};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Fix, Rule, Says, Wording};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-074",
    name: "code_is_of_the_list_of_its_element",
    holds: Text {
        en: "A code is of the list that the standard gives its element",
        nb: "En kode er fra det kodeverket som standarden gir elementet",
        nn: "Ein kode er frå det kodeverket som standarden gir elementet",
    },
    hint: Text {
        en: "Take a code of the list; docs/codelists.md has them all",
        nb: "Velg en kode fra kodeverket; docs/codelists.md har alle",
        nn: "Vel ein kode frå kodeverket; docs/codelists.md har alle",
    },
    source: "HIS 80601; HIS 80603; HIS 80704; HIS 80415:2012, 3.3.2",
    // A wrong code is never a reason to refuse; the code and its text are kept as they are.
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// What is missing is for, an `S` that is no OID for R-083, a code that a growing list may have for R-075.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    many(survey.coded.iter().filter_map(|value| wrong_list(value).or_else(|| wrong_code(value))))
}

fn wrong_list(value: &CodedValue<'_>) -> Option<Finding> {
    let row = value.row;
    let judged = row.judges(Aspect::List) && !row.lists.is_empty() && !value.s.is_empty() && value.s_is_an_oid();
    if !judged || by_oid(value.s).is_some_and(|list| row.lists.contains(&list.number)) {
        return None;
    }
    let bound: Vec<&CodeList> = value.bound_lists().collect();
    let (element, wanted, found) = (row.element, names(&bound), Detail::oid(value.s));
    let says = Says {
        message: Wording {
            en: format!("{element} does not take its codes from the list {}", found.in_language(Language::En)),
            nb: format!("{element} henter ikke kodene sine fra kodeverk {}", found.in_language(Language::Nb)),
            nn: format!("{element} hentar ikkje kodane sine frå kodeverk {}", found.in_language(Language::Nn)),
        },
        hint: Wording {
            en: format!("Take a code of list {wanted}, and its OID in S"),
            nb: format!("Velg en kode fra kodeverk {wanted}, og skriv OID-en i S"),
            nn: format!("Vel ein kode frå kodeverk {wanted}, og skriv OID-en i S"),
        },
        clause: "".into(),
    };
    Some(place::finding_at(&RULE, value.node).found(found).saying(says))
}

fn wrong_code(value: &CodedValue<'_>) -> Option<Finding> {
    if !value.row.judges(Aspect::Value) || value.code.is_empty() {
        return None;
    }
    if value.lists().any(|list| list.membership(value.code) != Membership::Stranger) {
        return None;
    }
    let lists: Vec<&CodeList> = value.lists().collect();
    if lists.is_empty() {
        return None;
    }
    let (found, named) = (Detail::code(value.code), names(&lists));
    let says = Says {
        message: Wording {
            en: format!("{} is not a code of list {named}", found.in_language(Language::En)),
            nb: format!("{} er ikke en kode i kodeverk {named}", found.in_language(Language::Nb)),
            nn: format!("{} er ikkje ein kode i kodeverk {named}", found.in_language(Language::Nn)),
        },
        hint: codes_of(&lists, value.code, value.dn),
        clause: "".into(),
    };
    let finding = place::finding_at(&RULE, value.node).found(found).saying(says);
    Some(match slip(value, &lists) {
        Some(fix) => finding.fixed_by(fix),
        None => finding,
    })
}

/// Capitals, blanks and hyphens are mended, and a text where the code belongs. What is only near is left to a person.
fn slip(value: &CodedValue<'_>, lists: &[&'static CodeList]) -> Option<Fix> {
    let [list] = lists else { return None };
    let code = list.nearest(value.code)?;
    let plain = |text: &str| text.trim().to_lowercase().replace('-', "_");
    let is_sure = plain(code.v) == plain(value.code) || plain(code.dn) == plain(value.code);
    let bytes = value.node.attribute_bytes("V").filter(|_| is_sure)?;
    Some(Fix::one(bytes, code.v))
}
