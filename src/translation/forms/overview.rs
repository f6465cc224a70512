//! What a platform shows of a patient beside the message: the services that are granted, and who is around the patient. Both are
//! proposals made from one message; what holds is for people to say.

use super::grow::{add, concept, id_of, reference, resources};
use super::task::subject;
use crate::domain::Timestamp;
use crate::fhir::{Json, Object};

/// Adds a CarePlan of the services that a message tells of, if it is the message that does, and a CareTeam of the persons in it.
pub(super) fn add_overview(bundle: &mut Json<'_>, message: &str, now: Timestamp) {
    let Some(patient) = subject(bundle) else { return };
    if let Some(plan) = care_plan(bundle, &patient, now) {
        let id = id_of(message, "services");
        add(bundle, &id, plan.with("id", id.clone()));
    }
    if let Some(team) = care_team(bundle, &patient) {
        let id = id_of(message, "team");
        add(bundle, &id, team.with("id", id.clone()));
    }
}

/// The granted services of an Orientering om tjenestetilbud, as an overview.
fn care_plan(bundle: &Json<'_>, patient: &str, now: Timestamp) -> Option<Object<'static>> {
    let ids = of_kind(bundle, "ServiceRequest", |service| service.get("intent").and_then(Json::text) == Some("order"));
    let activities: Vec<Json<'static>> =
        ids.iter().map(|id| Object::new().with("reference", reference(id)).into()).collect();
    (!activities.is_empty()).then(|| {
        Object::resource("CarePlan")
            .with("status", "active")
            .with("intent", "plan")
            .with("category", vec![concept("gw-plan", "tjenesteoversikt").into()])
            .with("title", "Tjenesteoversikt")
            .with("subject", reference(patient))
            .with("created", now.to_string())
            .with("activity", activities)
    })
}

/// Contact persons and next of kin, proposed: nobody becomes part of a team without a coordinator.
fn care_team(bundle: &Json<'_>, patient: &str) -> Option<Object<'static>> {
    let contacts = of_kind(bundle, "PractitionerRole", |role| came_from(role, "KontaktpersonHelsepersonell"));
    let kin = of_kind(bundle, "RelatedPerson", |person| came_from(person, "ParorendeForesatt"));
    let participants: Vec<Json<'static>> =
        contacts.iter().chain(&kin).map(|id| Object::new().with("member", reference(id)).into()).collect();
    (!participants.is_empty()).then(|| {
        Object::resource("CareTeam")
            .with("status", "proposed")
            .with("category", vec![concept("gw-team", "oppfolgingsteam").into()])
            .with("subject", reference(patient))
            .with("participant", participants)
    })
}

fn of_kind(bundle: &Json<'_>, kind: &str, fits: impl Fn(&Json<'_>) -> bool) -> Vec<String> {
    let found = resources(bundle).filter(|one| one.resource_type() == Some(kind) && fits(one));
    found.filter_map(|one| one.get("id")?.text().map(str::to_owned)).collect()
}

/// Whether a resource was made from an element below one of this name.
fn came_from(resource: &Json<'_>, element: &str) -> bool {
    let extensions = resource.get("extension").map_or(&[][..], Json::items);
    extensions.iter().filter_map(|one| one.get("valueString")?.text()).any(|path| path.contains(element))
}
