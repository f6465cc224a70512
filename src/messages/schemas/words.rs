//! Each problem with a schema in words, in three languages: what is wrong in this very case, and what to do.

use super::names::{choices, found as found_name, list, name, written};
use super::unfit_words::{instead, unfit};
use crate::rulebook::{Says, Wording};
use crate::schema::simple::Unfit;
use crate::schema::{Childless, Choices, Found, Problem, ProblemKind, SchemaName};

/// The words for a problem in the document `text`.
pub fn says(problem: &Problem, text: &str) -> Says {
    let message = message(&problem.kind, text);
    Says { message, hint: hint(&problem.kind), clause: problem.kind.clause().into() }
}

fn three(en: String, nb: String, nn: String) -> Wording {
    Wording { en, nb, nn }
}

/// A name, or words where it may not be shown.
fn shown(found: &Found, text: &str) -> Wording {
    of_name(found_name(found, text))
}

fn of_name(name: Option<String>) -> Wording {
    match name {
        Some(name) => three(format!("`{name}`"), format!("`{name}`"), format!("`{name}`")),
        None => three("this name".into(), "dette navnet".into(), "dette namnet".into()),
    }
}

fn message(kind: &ProblemKind, text: &str) -> Wording {
    use ProblemKind as P;
    match kind {
        P::UnknownRoot { found } => {
            let it = shown(found, text);
            three(
                format!("{} is the root of no known message", it.en),
                format!("{} er ikke roten i noen kjent melding", it.nb),
                format!("{} er ikkje rota i noka kjend melding", it.nn),
            )
        }
        P::Misspelled { found, parent, meant } => misspelled(&of_name(written(*found, text)), &shown(parent, text), meant),
        P::WrongNamespace { meant, .. } => {
            let (it, namespace) = (name(meant), &meant.namespace);
            three(
                format!("`{it}` is in the wrong namespace; it belongs to {namespace}"),
                format!("`{it}` står i feil navnerom; det hører til {namespace}"),
                format!("`{it}` står i feil namnerom; det høyrer til {namespace}"),
            )
        }
        P::Undeclared { found, parent } | P::NotAllowed { found, parent, .. } | P::ChildNotAllowed { found, parent, .. } => {
            let (it, parent) = (shown(found, text), shown(parent, text));
            let (en, nb, nn) = reason(kind);
            three(
                format!("{} may not stand in {}{en}", it.en, parent.en),
                format!("{} kan ikke stå i {}{nb}", it.nb, parent.nb),
                format!("{} kan ikkje stå i {}{nn}", it.nn, parent.nn),
            )
        }
        P::MissingBefore { found, parent, missing, .. } => {
            let (it, missing, parent) = (name(found), list(missing), shown(parent, text));
            three(
                format!("In {}, {missing} is missing before `{it}`", parent.en),
                format!("I {} mangler {missing} foran `{it}`", parent.nb),
                format!("I {} manglar {missing} framfor `{it}`", parent.nn),
            )
        }
        P::MissingAtEnd { parent, missing, expected } => missing_at_end(&shown(parent, text), missing, expected),
        P::TooEarly { found, parent, .. } => order(found, &shown(parent, text), ("early", "tidlig", "tidleg")),
        P::TooLate { found, parent, .. } => order(found, &shown(parent, text), ("late", "sent", "seint")),
        P::TooMany { found, parent, .. } => {
            let (it, parent) = (name(found), shown(parent, text));
            three(
                format!("There is one `{it}` too many in {}", parent.en),
                format!("Det er én `{it}` for mye i {}", parent.nb),
                format!("Det er éin `{it}` for mykje i {}", parent.nn),
            )
        }
        _ => in_element(kind, text),
    }
}

fn misspelled(it: &Wording, parent: &Wording, meant: &SchemaName) -> Wording {
    let meant = name(meant);
    three(
        format!("{} has no {}; `{meant}` is probably meant", parent.en, it.en),
        format!("{} har ikke {}; trolig menes `{meant}`", parent.nb, it.nb),
        format!("{} har ikkje {}; truleg er `{meant}` meint", parent.nn, it.nn),
    )
}

fn order(it: &SchemaName, parent: &Wording, (en, nb, nn): (&str, &str, &str)) -> Wording {
    let it = name(it);
    three(
        format!("`{it}` stands too {en} in {}", parent.en),
        format!("`{it}` står for {nb} i {}", parent.nb),
        format!("`{it}` står for {nn} i {}", parent.nn),
    )
}

fn missing_at_end(parent: &Wording, missing: &[SchemaName], expected: &Choices) -> Wording {
    if missing.is_empty() {
        let expected = choices(expected, "…", "…", "").trim_end_matches(", ").to_string();
        return three(
            format!("{} is not complete: one of {expected} is missing", parent.en),
            format!("{} er ikke fullstendig: en av {expected} mangler", parent.nb),
            format!("{} er ikkje fullstendig: ein av {expected} manglar", parent.nn),
        );
    }
    let missing = list(missing);
    three(
        format!("{missing} is missing in {}", parent.en),
        format!("{missing} mangler i {}", parent.nb),
        format!("{missing} manglar i {}", parent.nn),
    )
}

/// Why something may not stand where it stands, as the end of a sentence.
fn reason(kind: &ProblemKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        ProblemKind::Undeclared { .. } => {
            (": no schema here knows it", ": ingen skjemaer her kjenner det", ": ingen skjema her kjenner det")
        }
        ProblemKind::ChildNotAllowed { why: Childless::Text, .. } => {
            (", which holds only text", ", som bare har tekst", ", som berre har tekst")
        }
        ProblemKind::ChildNotAllowed { why: Childless::Empty, .. } => {
            (", which must be empty", ", som skal være tomt", ", som skal vere tomt")
        }
        ProblemKind::ChildNotAllowed { why: Childless::Nil, .. } => {
            (", which has xsi:nil", ", som har xsi:nil", ", som har xsi:nil")
        }
        _ => ("", "", ""),
    }
}

/// Problems with the text or the attributes of one element.
fn in_element(kind: &ProblemKind, text: &str) -> Wording {
    use ProblemKind as P;
    match kind {
        P::StrayText { element, why } => {
            let it = shown(element, text);
            let (en, nb, nn) = match why {
                None => (
                    "has only elements, no text between them",
                    "har bare elementer, ingen tekst mellom dem",
                    "har berre element, ingen tekst mellom dei",
                ),
                Some(_) => (
                    "must be empty, and there is text in it",
                    "skal være tomt, men har tekst",
                    "skal vere tomt, men har tekst",
                ),
            };
            three(format!("{} {en}", it.en), format!("{} {nb}", it.nb), format!("{} {nn}", it.nn))
        }
        P::BadText { element, unfit: why } => value(&shown(element, text), None, why),
        P::BadAttribute { element, attribute, unfit: why } => value(&shown(element, text), Some(attribute), why),
        P::NotTheFixedText { element, fixed } => {
            let it = shown(element, text);
            three(
                format!("{} must be `{fixed}`", it.en),
                format!("{} skal være `{fixed}`", it.nb),
                format!("{} skal vere `{fixed}`", it.nn),
            )
        }
        P::NotTheFixedValue { element, attribute, fixed } => {
            let (it, attribute) = (shown(element, text), name(attribute));
            three(
                format!("Attribute `{attribute}` of {} must be `{fixed}`", it.en),
                format!("Attributtet `{attribute}` i {} skal være `{fixed}`", it.nb),
                format!("Attributtet `{attribute}` i {} skal vere `{fixed}`", it.nn),
            )
        }
        P::UnknownAttribute { element, found, .. } | P::UndeclaredAttribute { element, found } => {
            let (it, attribute) = (shown(element, text), shown(found, text));
            three(
                format!("{} has no attribute {}", it.en, attribute.en),
                format!("{} har ikke noe attributt {}", it.nb, attribute.nb),
                format!("{} har ikkje noko attributt {}", it.nn, attribute.nn),
            )
        }
        P::MissingAttribute { element, attribute, .. } => {
            let (it, attribute) = (shown(element, text), name(attribute));
            three(
                format!("{} lacks the attribute `{attribute}`", it.en),
                format!("{} mangler attributtet `{attribute}`", it.nb),
                format!("{} manglar attributtet `{attribute}`", it.nn),
            )
        }
        _ => instance(kind, text),
    }
}

fn value(element: &Wording, attribute: Option<&SchemaName>, why: &Unfit) -> Wording {
    let why = unfit(why);
    match attribute.map(name) {
        None => three(
            format!("The text of {} {}", element.en, why.en),
            format!("Teksten i {} {}", element.nb, why.nb),
            format!("Teksten i {} {}", element.nn, why.nn),
        ),
        Some(attribute) => three(
            format!("Attribute `{attribute}` of {} {}", element.en, why.en),
            format!("Attributtet `{attribute}` i {} {}", element.nb, why.nb),
            format!("Attributtet `{attribute}` i {} {}", element.nn, why.nn),
        ),
    }
}

/// Problems with `xsi:type`, `xsi:nil` and identifiers, which are rare.
fn instance(kind: &ProblemKind, text: &str) -> Wording {
    use ProblemKind as P;
    let (element, en, nb, nn) = match kind {
        P::AbstractElement { element } => (element, "only stands for others", "står bare for andre", "står berre for andre"),
        P::AbstractType { element, .. } => (
            element,
            "has a type that only stands for others; xsi:type must name one",
            "har en type som bare står for andre; xsi:type må navngi en",
            "har ein type som berre står for andre; xsi:type må namngi ein",
        ),
        P::UnknownType { element } => (
            element,
            "has an xsi:type that no schema knows",
            "har en xsi:type som ingen skjemaer kjenner",
            "har ein xsi:type som ingen skjema kjenner",
        ),
        P::WrongType { element, .. } => (
            element,
            "has an xsi:type that may not stand for its own",
            "har en xsi:type som ikke kan stå for elementets egen",
            "har ein xsi:type som ikkje kan stå for elementets eigen",
        ),
        P::NotNillable { element } => (element, "may not have xsi:nil", "kan ikke ha xsi:nil", "kan ikkje ha xsi:nil"),
        P::BadNil { element } => (
            element,
            "has an xsi:nil that is neither true nor false",
            "har en xsi:nil som verken er true eller false",
            "har ein xsi:nil som verken er true eller false",
        ),
        P::NilButFixed { element } => (
            element,
            "must have a certain text and cannot have xsi:nil",
            "skal ha en bestemt tekst og kan ikke ha xsi:nil",
            "skal ha ein bestemd tekst og kan ikkje ha xsi:nil",
        ),
        P::RepeatedId { element } => (
            element,
            "has an identifier that is taken already",
            "har en identifikator som er i bruk fra før",
            "har ein identifikator som er i bruk frå før",
        ),
        P::DanglingReference { element } => (
            element,
            "refers to an identifier that nothing has",
            "viser til en identifikator som ikke finnes",
            "viser til ein identifikator som ikkje finst",
        ),
        _ => {
            return three(
                "There are more problems; no further ones were looked for".into(),
                "Det er flere feil; det ble ikke lett etter flere".into(),
                "Det er fleire feil; det vart ikkje leita etter fleire".into(),
            );
        }
    };
    let it = shown(element, text);
    three(format!("{} {en}", it.en), format!("{} {nb}", it.nb), format!("{} {nn}", it.nn))
}

fn hint(kind: &ProblemKind) -> Wording {
    use ProblemKind as P;
    match kind {
        P::Misspelled { meant, .. } | P::UnknownAttribute { meant: Some(meant), .. } => {
            let meant = name(meant);
            three(format!("Write `{meant}`"), format!("Skriv `{meant}`"), format!("Skriv `{meant}`"))
        }
        P::NotAllowed { expected, .. } | P::TooEarly { expected, .. } => expected_here(expected),
        P::MissingBefore { missing, .. } | P::MissingAtEnd { missing, .. } if !missing.is_empty() => {
            let missing = list(missing);
            three(format!("Add {missing}"), format!("Legg til {missing}"), format!("Legg til {missing}"))
        }
        P::MissingAtEnd { expected, .. } => expected_here(expected),
        P::TooLate { found, .. } => {
            let it = name(found);
            three(
                format!("Move `{it}` up to its place in the order of the schema"),
                format!("Flytt `{it}` opp til plassen sin i skjemaets rekkefølge"),
                format!("Flytt `{it}` opp til plassen sin i rekkjefølgja til skjemaet"),
            )
        }
        P::BadText { unfit, .. } | P::BadAttribute { unfit, .. } => instead(unfit),
        P::NotTheFixedText { fixed, .. } | P::NotTheFixedValue { fixed, .. } => {
            three(format!("Write `{fixed}`"), format!("Skriv `{fixed}`"), format!("Skriv `{fixed}`"))
        }
        P::MissingAttribute { attribute, .. } => {
            let it = name(attribute);
            three(format!("Add `{it}=\"…\"`"), format!("Legg til `{it}=\"…\"`"), format!("Legg til `{it}=\"…\"`"))
        }
        _ => general_hint(kind),
    }
}

fn general_hint(kind: &ProblemKind) -> Wording {
    use ProblemKind as P;
    let (en, nb, nn) = match kind {
        P::WrongNamespace { .. } => {
            ("Use the prefix of that namespace", "Bruk prefikset for det navnerommet", "Bruk prefikset for det namnerommet")
        }
        P::TooMany { .. } | P::Undeclared { .. } | P::ChildNotAllowed { .. } => ("Remove it", "Fjern det", "Fjern det"),
        P::UnknownAttribute { .. } | P::UndeclaredAttribute { .. } => {
            ("Remove the attribute", "Fjern attributtet", "Fjern attributtet")
        }
        P::StrayText { .. } => ("Remove the text", "Fjern teksten", "Fjern teksten"),
        P::NotNillable { .. } | P::BadNil { .. } | P::NilButFixed { .. } => {
            ("Remove xsi:nil", "Fjern xsi:nil", "Fjern xsi:nil")
        }
        P::AbstractType { .. } | P::UnknownType { .. } | P::WrongType { .. } => (
            "Remove xsi:type, or name a type of the schema",
            "Fjern xsi:type, eller navngi en type i skjemaet",
            "Fjern xsi:type, eller namngi ein type i skjemaet",
        ),
        P::More => (
            "Mend those that are told, and try again",
            "Rett dem som er nevnt, og prøv igjen",
            "Rett dei som er nemnde, og prøv igjen",
        ),
        _ => ("Write it as the schema demands", "Skriv det slik skjemaet krever", "Skriv det slik skjemaet krev"),
    };
    three(en.into(), nb.into(), nn.into())
}

fn expected_here(expected: &Choices) -> Wording {
    let en = choices(expected, "more", "other elements", "the end of the element");
    let nb = choices(expected, "til", "andre elementer", "slutten på elementet");
    let nn = choices(expected, "til", "andre element", "slutten på elementet");
    if en.is_empty() {
        return three("Nothing may stand here".into(), "Her kan ingenting stå".into(), "Her kan ingenting stå".into());
    }
    three(format!("What may stand here: {en}"), format!("Her kan stå: {nb}"), format!("Her kan stå: {nn}"))
}
