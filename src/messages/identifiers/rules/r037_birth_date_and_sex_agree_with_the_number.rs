//! the birth date and the sex beside an identity number are those in the number.

use super::super::ident::{self, Ident};
use super::super::number;
use crate::domain::{PersonNumber, Text};
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-037",
    name: "birth_date_and_sex_agree_with_the_number",
    holds: Text {
        en: "Birth date and sex of a person agree with the fødselsnummer or D-number beside them",
        nb: "Fødselsdato og kjønn for en person stemmer med fødselsnummeret eller D-nummeret ved siden av",
        nn: "Fødselsdato og kjønn for ein person stemmer med fødselsnummeret eller D-nummeret ved sida av",
    },
    hint: Text {
        en: "Find out which of the two is right before anybody acts on the message: it may be about another person",
        nb: "Finn ut hva som er riktig før noen handler på meldingen: den kan gjelde en annen person",
        nn: "Finn ut kva som er rett før nokon handlar på meldinga: ho kan gjelde ein annan person",
    },
    source: "HIS 1001",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Looks at every person with a valid number. A number that is wrong in itself is for.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let numbered = ident::all(head).filter_map(|ident| {
        number::class_of_type(ident.type_code())?;
        Some((ident, PersonNumber::parse(&ident.written())?))
    });
    numbered
        .flat_map(|(ident, number)| [wrong_date(&ident, &number), wrong_sex(&ident, &number)])
        .flatten()
        .take(MANY)
        .collect()
}

fn wrong_date(ident: &Ident<'_>, number: &PersonNumber) -> Option<Finding> {
    let date = ident.beside("DateOfBirth")?;
    let disagrees = number.birth_date()?.agrees_with(&date.text()) == Some(false);
    let found = Detail::words("another birth date than in the number", "en annen fødselsdato enn i nummeret");
    disagrees.then(|| place::finding_at(&RULE, date).found(found))
}

/// Sexes that are neither woman nor man (list 3101: not known, not specified) agree with every number.
fn wrong_sex(ident: &Ident<'_>, number: &PersonNumber) -> Option<Finding> {
    let sex = ident.beside("Sex")?;
    let is_a_woman = match sex.attribute("V")? {
        "1" => false,
        "2" => true,
        _ => return None,
    };
    let found = Detail::words("another sex than in the number", "et annet kjønn enn i nummeret");
    (number.is_a_womans()? != is_a_woman).then(|| place::finding_at(&RULE, sex).found(found))
}
