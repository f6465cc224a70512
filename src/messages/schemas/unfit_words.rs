//! Why a value does not fit its type, in three languages, and what to write instead.

use super::slip_words::slip;
use crate::rulebook::Wording;
use crate::schema::simple::{Bounding, Unfit, Unit, Why};

/// What is wrong, as the end of a sentence that names the element or attribute.
pub fn unfit(unfit: &Unfit) -> Wording {
    let of = &unfit.type_name;
    match &unfit.why {
        Why::Form(form) => {
            let (nb, nn) = slip(*form);
            Wording {
                en: format!("is no {of}: {}", form.words()),
                nb: format!("er ikke en {of}: {nb}"),
                nn: format!("er ikkje ein {of}: {nn}"),
            }
        }
        Why::Item { number, why } => {
            let Wording { en, nb, nn } = self::unfit(why);
            Wording {
                en: format!("has an item, number {number}, that {en}"),
                nb: format!("har et ledd, nummer {number}, som {nb}"),
                nn: format!("har eit ledd, nummer {number}, som {nn}"),
            }
        }
        Why::NoMember(members) => {
            let members = members.join(", ");
            Wording {
                en: format!("is none of {members}"),
                nb: format!("er ingen av {members}"),
                nn: format!("er ingen av {members}"),
            }
        }
        Why::Length { must, bound, found, unit } => length(*must, *bound, *found, *unit),
        Why::Pattern(patterns) => {
            let patterns = patterns.join(" | ");
            Wording {
                en: format!("does not match the pattern {patterns}"),
                nb: format!("følger ikke mønsteret {patterns}"),
                nn: format!("følgjer ikkje mønsteret {patterns}"),
            }
        }
        Why::NotAllowed { .. } => Wording {
            en: "is none of the values that are allowed".into(),
            nb: "er ingen av de tillatte verdiene".into(),
            nn: "er ingen av dei tillatne verdiane".into(),
        },
        Why::Bound { must, bound } => {
            let (nb, nn) = bounding(*must);
            Wording {
                en: format!("must be {} {bound}", must.words()),
                nb: format!("må være {nb} {bound}"),
                nn: format!("må vere {nn} {bound}"),
            }
        }
        Why::Digits { bound, found, .. } => Wording {
            en: format!("has {found} digits, and at most {bound} are allowed"),
            nb: format!("har {found} sifre, og høyst {bound} er tillatt"),
            nn: format!("har {found} siffer, og høgst {bound} er tillatne"),
        },
    }
}

fn length(must: Bounding, bound: u64, found: u64, unit: Unit) -> Wording {
    let (nb, nn) = bounding(must);
    let (unit_nb, unit_nn) = match unit {
        Unit::Characters => ("tegn", "teikn"),
        Unit::Octets => ("oktetter", "oktettar"),
        Unit::Items => ("ledd", "ledd"),
    };
    Wording {
        en: format!("has {found} {}, and {} {bound} are wanted", unit.words(found), must.words()),
        nb: format!("har {found} {unit_nb}, og det skal være {nb} {bound}"),
        nn: format!("har {found} {unit_nn}, og det skal vere {nn} {bound}"),
    }
}

fn bounding(must: Bounding) -> (&'static str, &'static str) {
    match must {
        Bounding::Exactly => ("nøyaktig", "nøyaktig"),
        Bounding::AtLeast => ("minst", "minst"),
        Bounding::AtMost => ("høyst", "høgst"),
        Bounding::Above => ("mer enn", "meir enn"),
        Bounding::Below => ("mindre enn", "mindre enn"),
    }
}

/// What to write instead.
pub fn instead(unfit: &Unfit) -> Wording {
    if let Why::NotAllowed { allowed, more } = &unfit.why {
        let listed = allowed.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
        let rest = if *more > 0 { format!(" … (+{more})") } else { String::new() };
        return Wording {
            en: format!("Write one of {listed}{rest}"),
            nb: format!("Skriv en av {listed}{rest}"),
            nn: format!("Skriv ein av {listed}{rest}"),
        };
    }
    match unfit.example() {
        Some(example) => Wording {
            en: format!("Write it like `{example}`"),
            nb: format!("Skriv den som `{example}`"),
            nn: format!("Skriv han som `{example}`"),
        },
        None => Wording {
            en: "Write a value that the schema allows".into(),
            nb: "Skriv en verdi som skjemaet tillater".into(),
            nn: "Skriv ein verdi som skjemaet tillèt".into(),
        },
    }
}
