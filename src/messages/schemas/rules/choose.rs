//! Which rule a problem with a schema breaks.

use super::{
    r014_content_is_valid as r014, r015_content_is_of_a_known_type as r015, r045_professional_has_an_ident as r045,
    r156_fk1_party_has_an_ident as r156, r188_epj_component_names_its_type as r188,
};
use crate::messages::arrival_rules::r013_message_is_valid as r013;
use crate::messages::msghead::model::NAMESPACE;
use crate::messages::values::rules::r077_point_in_time_has_a_known_form::is_point_in_time;
use crate::rulebook::Rule;
use crate::schema::ProblemKind;
use crate::xml::Node;

/// The rule for a problem about an element; `None` where another rule tells it better.
pub(in crate::messages::schemas) fn rule_of(kind: &ProblemKind, element: Node<'_>) -> Option<&'static Rule> {
    let told_elsewhere = match kind {
        //
        ProblemKind::UnknownRoot { .. } => true,
        //
        ProblemKind::NotTheFixedText { .. } => element.is(NAMESPACE, "MIGversion"),
        //
        ProblemKind::BadAttribute { attribute, .. } => &*attribute.local == "V" && is_point_in_time(element),
        _ => false,
    };
    if told_elsewhere {
        return None;
    }
    let parent_is_content = element.parent().is_some_and(|parent| parent.is(NAMESPACE, "Content"));
    Some(if parent_is_content && matches!(kind, ProblemKind::Undeclared { .. }) {
        &r015::RULE
    } else if r188::is_about(kind) {
        &r188::RULE
    } else if r045::is_about(kind, element) {
        &r045::RULE
    } else if r156::is_about(kind) {
        &r156::RULE
    } else if is_content(element) {
        &r014::RULE
    } else {
        &r013::RULE
    })
}

/// Whether an element stands inside the content of a document.
fn is_content(element: Node<'_>) -> bool {
    std::iter::successors(element.parent(), |node| node.parent()).any(|node| node.is(NAMESPACE, "Content"))
}
