//! The promise: the tables hold the whole of FHIR R4, and are well made.

#![expect(clippy::print_stderr, reason = "what is skipped is said aloud")]

#[path = "fhir/fetched.rs"]
mod fetched;

use bindeledd::fhir::r4::{Kind, r4};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

#[test]
fn the_file_of_definitions_is_what_the_script_makes_of_the_official_packages() {
    let Some(packages) = fetched::fetched() else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fhir/r4");
    let mut python = Command::new("python3");
    python
        .arg(folder.join("make.py"))
        .args(["hl7.fhir.r4.examples", "hl7.fhir.r4.expansions"].map(|name| packages.join(name)));
    let output = match python.output() {
        Ok(output) => output,
        Err(error) => return eprintln!("SKIPPED: python3 cannot be run, so the definitions were not made again: {error}"),
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = std::fs::read(folder.join("definitions.txt")).expect("the definitions");
    assert!(output.stdout == file, "fhir/r4/definitions.txt is not what the script makes");
}

#[test]
fn the_tables_hold_the_whole_of_r4() {
    let count = |wanted: fn(&Kind) -> bool| r4().types().filter(|(_, of)| wanted(&of.kind)).count();
    assert_eq!(count(|kind| *kind == Kind::Resource), 146, "resources");
    assert_eq!(count(|kind| matches!(kind, Kind::Primitive(_))), 20, "primitive types");
    assert_eq!(count(|kind| *kind == Kind::Datatype), 40, "data types, with SimpleQuantity");
    assert_eq!(count(|kind| *kind == Kind::Abstract), 4, "abstract types");
    let own = |(_, of): (_, &bindeledd::fhir::r4::Type)| {
        of.elements.len() - of.base.map_or(0, |base| r4().of(base).elements.len())
    };
    let elements: usize = r4().types().map(own).sum();
    assert_eq!(elements, 4_737, "elements, each counted where it is defined");
    let codes: usize = r4().code_sets().iter().flat_map(|set| &set.systems).map(|(_, codes)| codes.len()).sum();
    assert_eq!((r4().code_sets().len(), codes), (220, 2_065));
}

#[test]
fn every_element_leads_to_a_type_that_a_value_can_have() {
    let mut used = BTreeSet::new();
    for (_, of) in r4().types() {
        for slot in r4().slots(of) {
            let to = r4().of(slot.type_id);
            let can_stand = to.kind != Kind::Abstract || slot.type_id == r4().facts.resource;
            assert!(can_stand, "{}.{} is of the abstract type {}", of.name, slot.name, to.name);
            assert!(usize::from(slot.element) < of.elements.len());
            for target in r4().targets(slot) {
                assert!(r4().of(*target).kind == Kind::Resource, "{}.{} refers to no resource", of.name, slot.name);
            }
            used.extend(r4().codes(slot).map(|set| set.name));
        }
        for (number, element) in of.elements.iter().enumerate() {
            let slots = r4().slots(of).iter().filter(|slot| usize::from(slot.element) == number);
            let names: Vec<&str> = slots.map(|slot| slot.name).collect();
            assert!(!names.is_empty(), "{}.{} cannot be written", of.name, element.name);
            assert!(names.iter().all(|name| name.starts_with(element.name)), "{}.{}: {names:?}", of.name, element.name);
            assert_eq!(element.choice.is_none(), names == [element.name], "{}.{}", of.name, element.name);
        }
    }
    let sets: BTreeSet<&str> = r4().code_sets().iter().map(|set| set.name).collect();
    assert_eq!(used, sets, "every set is bound to, and every binding has its set");
}

#[test]
fn what_the_tables_say_is_what_r4_says() {
    let slot = |of: &str, name: &str| {
        let of = r4().of(r4().by_name(of).unwrap_or_else(|| panic!("{of}")));
        let slot = r4().slot(of, name)?;
        let element = of.elements[usize::from(slot.element)];
        Some((element.required, element.many, r4().of(slot.type_id).name))
    };
    assert_eq!(slot("Patient", "name"), Some((false, true, "HumanName")));
    assert_eq!(slot("Patient", "id"), Some((false, false, "id")));
    assert_eq!(slot("Patient", "contained"), Some((false, true, "Resource")));
    assert_eq!(slot("Patient", "deceasedDateTime"), Some((false, false, "dateTime")));
    assert_eq!(slot("Patient", "deceased"), None);
    assert_eq!(slot("Bundle", "text"), None);
    assert_eq!(slot("Bundle.entry", "modifierExtension"), Some((false, true, "Extension")));
    assert_eq!(slot("MessageHeader", "eventCoding"), Some((true, false, "Coding")));
    assert_eq!(slot("Questionnaire.item", "item"), Some((false, true, "Questionnaire.item")));
    assert_eq!(slot("Observation.component", "referenceRange"), Some((false, true, "Observation.referenceRange")));
    assert_eq!(slot("Dosage.doseAndRate", "doseQuantity"), Some((false, false, "SimpleQuantity")));
    assert_eq!(slot("SimpleQuantity", "comparator"), None);
    assert_eq!(slot("Extension", "valueMeta"), Some((false, false, "Meta")));
    assert_eq!(slot("Narrative", "div"), Some((true, false, "xhtml")));
    let of = r4().of(r4().by_name("MessageHeader").expect("a resource"));
    let sender = r4().slot(of, "sender").expect("an element");
    let targets: Vec<&str> = r4().targets(sender).iter().map(|target| r4().of(*target).name).collect();
    assert_eq!(targets, ["Practitioner", "PractitionerRole", "Organization"]);
    assert!(r4().resource("DomainResource").is_none() && r4().resource("HumanName").is_none());
}
