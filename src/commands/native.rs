//! `translate --to xml` of a Bundle that never was a message: its message, and what had no place in it.

use super::files;
use super::report::{Answer, Printed};
use crate::config::load;
use crate::domain::Language;
use crate::fhir::{Json, judge};
use crate::translation::native::{Known, KnownAddress, KnownMessage, Remark, build, stated};
use crate::{fhir, xml};
use std::path::{Path, PathBuf};

/// What is known beside the Bundle.
#[derive(Clone, Copy)]
pub struct Beside<'b> {
    /// The folder with the configuration; it need not be there.
    pub folder: &'b Path,
    /// Messages that the Bundle refers to.
    pub earlier: &'b [PathBuf],
}

/// The message of a Bundle. Addresses are those of the partners, of the earlier messages and of the Bundle itself.
pub(super) fn as_message(name: &str, bundle: &Json<'_>, beside: &Beside<'_>, language: Language) -> Printed {
    let issues: Vec<String> = judge(bundle)
        .iter()
        .filter(|issue| issue.severity() == fhir::Severity::Error)
        .map(|issue| format!("{name}: error: {}\n  --> {}", issue.sentence(language), issue.path))
        .collect();
    if !issues.is_empty() {
        return Printed { answer: Answer::No, out: String::new(), troubles: issues.join("\n") };
    }
    let messages = match beside.earlier.iter().map(|file| earlier(file)).collect::<Result<Vec<_>, _>>() {
        Ok(messages) => messages,
        Err(trouble) => return Printed { answer: Answer::Fault, out: String::new(), troubles: trouble },
    };
    let mut addresses = of_partners(beside.folder);
    addresses.extend(stated(bundle, &messages));
    match build(bundle, &Known { messages, addresses, ..Known::default() }) {
        Ok(built) => {
            let out = built.xml.trim_end().to_owned();
            Printed { answer: Answer::Good, out, troubles: told(name, &built.unused, language) }
        }
        Err(remarks) => Printed { answer: Answer::No, out: String::new(), troubles: told(name, &remarks, language) },
    }
}

fn earlier(file: &Path) -> Result<KnownMessage, String> {
    let fault = |trouble: String| format!("{}: {trouble}", files::shown(file));
    let bytes = files::read(file).map_err(fault)?;
    let text = xml::decode(&bytes).map_err(|trouble| fault(trouble.to_string()))?;
    Ok(KnownMessage::new(String::new(), &text))
}

/// Every party of every partner, if there is a configuration.
fn of_partners(folder: &Path) -> Vec<KnownAddress> {
    let Some(installation) = load(folder).installation else { return Vec::new() };
    let partners = installation.directory.partners();
    partners.iter().flat_map(|partner| &partner.parties).map(KnownAddress::of).collect()
}

fn told(name: &str, remarks: &[Remark], language: Language) -> String {
    let one = |remark: &Remark| {
        let (severity, rule, words) = (remark.severity.as_str(), remark.rule.id, remark.sentence(language));
        format!("{severity}[{rule}]: {words}\n  --> {name}: {}", remark.path)
    };
    remarks.iter().map(one).collect::<Vec<_>>().join("\n")
}
