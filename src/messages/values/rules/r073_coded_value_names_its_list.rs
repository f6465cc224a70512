//! a CV has `V`, `S` and `DN`, or words in `OT`.

use super::many;
use crate::domain::Text;
use crate::messages::bindings::{Aspect, CodedValue, Kind};
use crate::messages::place;
use crate::messages::survey::Survey;
use crate::messages::values::mend::completed;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-073",
    name: "coded_value_names_its_list",
    holds: Text {
        en: "A coded value has its code in V, its list in S and its text in DN; where no code fits, it has words in OT",
        nb: "En kodet verdi har koden i V, kodeverket i S og teksten i DN; der ingen kode passer, har den ord i OT",
        nn: "Ein koda verdi har koden i V, kodeverket i S og teksten i DN; der ingen kode passar, har han ord i OT",
    },
    hint: Text {
        en: "Write V, S and DN together; S is the OID of the code list, for instance 2.16.578.1.12.4.1.1.9121",
        nb: "Skriv V, S og DN sammen; S er OID-en til kodeverket, for eksempel 2.16.578.1.12.4.1.1.9121",
        nn: "Skriv V, S og DN saman; S er OID-en til kodeverket, til dømes 2.16.578.1.12.4.1.1.9121",
    },
    source: "HIS 80117; acceptance tests 14, 15",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// An element without any attribute is an empty element: R-019.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let judged = survey.coded.iter().filter(|value| value.row.kind == Kind::Cv && value.row.judges(Aspect::Shape));
    many(judged.filter_map(finding))
}

fn finding(value: &CodedValue<'_>) -> Option<Finding> {
    let missing = match (value.code, value.s, value.dn) {
        ("", ..) if !value.ot.is_empty() => return None,
        ("", ..) => Detail::words("neither V nor OT", "verken V eller OT"),
        (_, "", "") => Detail::words("no S and no DN", "S og DN mangler"),
        (_, "", _) => Detail::words("no S", "S mangler"),
        (_, _, "") => Detail::words("no DN", "DN mangler"),
        _ => return None,
    };
    let finding = place::finding_at(&RULE, value.node).found(missing);
    Some(match completed(value) {
        Some(fix) => finding.fixed_by(fix),
        None => finding,
    })
}
