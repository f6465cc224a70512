//! The invariants of what is said about a patient: conditions, observations, goals, medicines, allergies.

use super::super::json::Object;
use super::invariant::Shape::{AnyOf, NotBoth, Own};
use super::invariant::{Invariant, Severity};
use super::presence::{each, has, has_code, is_not_behind, text};
use crate::domain::Text;

const VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
const CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
const ALLERGY_VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

const STATUS_OF_AN_ERROR: Text = Text {
    en: "What was entered in error has no `clinicalStatus`.",
    nb: "Det som er registrert ved en feil, har ingen `clinicalStatus`.",
    nn: "Det som er registrert ved ein feil, har ingen `clinicalStatus`.",
};

#[rustfmt::skip]
pub(super) static INVARIANTS: &[Invariant] = &[
    Invariant::new("con-1", "Condition.stage", AnyOf(&["summary", "assessment"])),
    Invariant::new("con-2", "Condition.evidence", AnyOf(&["code", "detail"])),
    Invariant {
        severity: Severity::Warning,
        ..Invariant::new("con-3", "Condition", Own(
            |condition| {
                let category = "http://terminology.hl7.org/CodeSystem/condition-category";
                has(condition, "clinicalStatus")
                    || has_code(condition, "verificationStatus", VERIFICATION, &["entered-in-error"])
                    || !has_code(condition, "category", category, &["problem-list-item"])
            },
            Text {
                en: "An item of a problem list should have a `clinicalStatus`.",
                nb: "Et punkt i en problemliste bør ha `clinicalStatus`.",
                nn: "Eit punkt i ei problemliste bør ha `clinicalStatus`.",
            },
        ))
    },
    Invariant::new("con-4", "Condition", Own(
        |condition| {
            let over = ["resolved", "remission", "inactive"];
            !has(condition, "abatement[x]") || has_code(condition, "clinicalStatus", CLINICAL, &over)
        },
        Text {
            en: "With `abatement`, `clinicalStatus` must be inactive, resolved or remission.",
            nb: "Med `abatement` må `clinicalStatus` være inactive, resolved eller remission.",
            nn: "Med `abatement` må `clinicalStatus` vere inactive, resolved eller remission.",
        },
    )),
    Invariant::new("con-5", "Condition", Own(
        |condition| {
            let error = has_code(condition, "verificationStatus", VERIFICATION, &["entered-in-error"]);
            !(error && has(condition, "clinicalStatus"))
        },
        STATUS_OF_AN_ERROR,
    )),
    Invariant::new("ait-1", "AllergyIntolerance", Own(
        |allergy| {
            has_code(allergy, "verificationStatus", ALLERGY_VERIFICATION, &["entered-in-error"])
                || has(allergy, "clinicalStatus")
        },
        Text {
            en: "`clinicalStatus` must be there, unless the allergy was entered in error.",
            nb: "`clinicalStatus` må være med, med mindre allergien er registrert ved en feil.",
            nn: "`clinicalStatus` må vere med, med mindre allergien er registrert ved ein feil.",
        },
    )),
    Invariant::new("ait-2", "AllergyIntolerance", Own(
        |allergy| {
            let error = has_code(allergy, "verificationStatus", ALLERGY_VERIFICATION, &["entered-in-error"]);
            !(error && has(allergy, "clinicalStatus"))
        },
        STATUS_OF_AN_ERROR,
    )),
    Invariant::new("gol-1", "Goal.target", Own(|target| !has(target, "detail[x]") || has(target, "measure"), Text {
        en: "Where `detail` is, `measure` must be too.",
        nb: "Når `detail` er med, må `measure` også være med.",
        nn: "Når `detail` er med, må `measure` òg vere med.",
    })),
    Invariant::new("obs-3", "Observation.referenceRange", AnyOf(&["low", "high", "text"])),
    Invariant::new("obs-6", "Observation", NotBoth("dataAbsentReason", "value[x]")),
    Invariant::new("obs-7", "Observation", Own(value_is_not_that_of_a_component, Text {
        en: "When a component has the code of the observation, the observation has no value of its own.",
        nb: "Når en komponent har samme kode som observasjonen, har observasjonen ingen egen verdi.",
        nn: "Når ein komponent har same kode som observasjonen, har observasjonen ingen eigen verdi.",
    })),
    Invariant::new("mad-1", "MedicationAdministration.dosage", AnyOf(&["dose", "rate[x]"])),
    Invariant::new("mdd-1", "MedicationDispense", Own(
        |dispense| is_not_behind(text(dispense, "whenPrepared"), text(dispense, "whenHandedOver")),
        Text {
            en: "`whenHandedOver` may not be before `whenPrepared`.",
            nb: "`whenHandedOver` kan ikke være før `whenPrepared`.",
            nn: "`whenHandedOver` kan ikkje vere før `whenPrepared`.",
        },
    )),
    Invariant::new("imm-1", "Immunization.education", AnyOf(&["documentType", "reference"])),
    Invariant::new("fhs-1", "FamilyMemberHistory", NotBoth("age[x]", "born[x]")),
    Invariant::new("fhs-2", "FamilyMemberHistory", Own(
        |history| has(history, "age[x]") || !has(history, "estimatedAge"),
        Text {
            en: "Where `estimatedAge` is, `age` must be too.",
            nb: "Når `estimatedAge` er med, må `age` også være med.",
            nn: "Når `estimatedAge` er med, må `age` òg vere med.",
        },
    )),
    Invariant::new("pat-1", "Patient.contact", AnyOf(&["name", "telecom", "address", "organization"])),
];

fn value_is_not_that_of_a_component(observation: &Object<'_>) -> bool {
    if !has(observation, "value[x]") {
        return true;
    }
    let codings = |object| each(object, "code").flat_map(|code| each(code, "coding"));
    let own: Vec<&Object<'_>> = codings(observation).collect();
    !each(observation, "component").any(|component| codings(component).any(|coding| own.contains(&coding)))
}
