//! A place in a FHIR object, as a mapping names it.

use super::words;

/// One step of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// `name`, and `_name` beside it.
    Member(&'static str, &'static str),
    /// `name[0]`: the first item of a list, shared by rows.
    First(&'static str, &'static str),
    /// `name[]`: an item of its own for each element.
    Each(&'static str, &'static str),
    /// `name[9033]`: an item whose coding is of this system.
    OfList(&'static str, &'static str),
    /// `name[Merknad]`: an item that bears this name.
    Named(&'static str, &'static str),
    /// `ext(name)`: an extension, its value or what is in it.
    Extension(&'static str),
    /// `ext(name:Type)`: the value of an extension, which has members.
    ExtensionValue(&'static str, &'static str),
    /// `in(name)`: an extension inside an extension; its URL is only a word.
    Inner(&'static str),
    /// `in(name:Type)`: the value of such an extension, which has members.
    InnerValue(&'static str, &'static str),
    /// `name->Kind`: a further resource that the member refers to.
    Hop(&'static str, &'static str),
    /// `bundle`: the Bundle instead of the object.
    Bundle,
    /// `se`: no place of its own.
    Element,
}

/// Texts that live as long as the program: the mappings are read once.
pub(super) fn keep(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// Reads `a.b[0].ext(x)`; tells what it cannot read.
pub(super) fn read(text: &'static str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (step, behind) = split_step(rest);
        if let Some((member, kind)) = step.split_once("->") {
            let (name, index) = member.split_once('[').unwrap_or((member, ""));
            if index.is_empty() {
                steps.push(Step::Hop(name, kind));
            } else {
                steps.extend([Step::First(name, beside(name)), Step::Hop("", kind)]);
            }
        } else {
            steps.push(one(step)?);
        }
        rest = behind;
    }
    if steps.is_empty() { Err("an empty place".into()) } else { Ok(steps) }
}

/// Up to the next dot outside parentheses.
fn split_step(text: &'static str) -> (&'static str, &'static str) {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b'.' if depth == 0 => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
    }
    (text, "")
}

fn one(step: &'static str) -> Result<Step, String> {
    if step == "se" {
        return Ok(Step::Element);
    }
    if step == "bundle" {
        return Ok(Step::Bundle);
    }
    if let Some(inside) = step.strip_prefix("ext(").and_then(|rest| rest.strip_suffix(')')) {
        return Ok(match inside.split_once(':').filter(|(_, kind)| !kind.starts_with("//")) {
            Some((name, kind)) => Step::ExtensionValue(keep(words::extension(name)), keep(format!("value{kind}"))),
            None => Step::Extension(keep(words::extension(inside))),
        });
    }
    if let Some(inside) = step.strip_prefix("in(").and_then(|rest| rest.strip_suffix(')')) {
        return Ok(match inside.split_once(':') {
            Some((name, kind)) => Step::InnerValue(name, keep(format!("value{kind}"))),
            None => Step::Inner(inside),
        });
    }
    let Some((name, selector)) = step.strip_suffix(']').and_then(|rest| rest.split_once('[')) else {
        return if is_name(step) { Ok(Step::Member(step, beside(step))) } else { Err(format!("no step: {step}")) };
    };
    Ok(match selector {
        "" => Step::Each(name, beside(name)),
        "0" => Step::First(name, beside(name)),
        list if list == "atc" || list.bytes().all(|byte| byte.is_ascii_digit()) => {
            Step::OfList(name, keep(words::list(list)))
        }
        word => Step::Named(name, word),
    })
}

fn beside(name: &str) -> &'static str {
    keep(format!("_{name}"))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
