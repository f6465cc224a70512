//! Identity numbers of HIS 1001: what is wrong with one of the class that it is said to be of.

use crate::domain::{NumberClass, PersonNumber};
use crate::rulebook::Detail;

/// The class that a code of list 8116 stands for.
pub fn class_of_type(type_code: &str) -> Option<NumberClass> {
    match type_code {
        "FNR" => Some(NumberClass::Fodselsnummer),
        "DNR" => Some(NumberClass::DNumber),
        "HNR" => Some(NumberClass::HNumber),
        "FHN" => Some(NumberClass::FhNumber),
        _ => None,
    }
}

/// What is wrong with a number; `None` when nothing is, and when it has the form of another class: that is for R-053 to say.
pub fn wrong_in(written: &str, said: NumberClass) -> Option<Detail> {
    match NumberClass::of(written) {
        None => Some(Detail::words("not eleven digits of any such form", "ikke elleve sifre av noen slik form")),
        Some(class) if class != said => None,
        Some(NumberClass::HNumber) => None,
        Some(class) => {
            let Some(number) = PersonNumber::parse(written) else {
                return Some(Detail::words("a check digit is wrong", "et kontrollsiffer er feil"));
            };
            let has_a_date = matches!(class, NumberClass::Fodselsnummer | NumberClass::DNumber);
            let no_date = has_a_date && number.birth_date().is_none();
            no_date.then(|| Detail::words("the birth date in it is no date", "fødselsdatoen i nummeret er ingen dato"))
        }
    }
}
