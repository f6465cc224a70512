//! How a message is judged: within which limits, in which direction, and with what was agreed.

use super::schemas::shipped;
use crate::routing::Partner;
use crate::rulebook::{Direction, Finding, Severities};
use crate::schema::SchemaSet;
use crate::xml::Limits;
use std::sync::Arc;

/// What reading and judging one message needs to know beside its bytes. Cheap to clone.
#[derive(Clone)]
pub struct Judging {
    /// Limits on what is in a message.
    pub limits: Limits,
    /// As received, or as about to be sent.
    pub direction: Direction,
    /// What was agreed with the partner.
    pub severities: Arc<Severities>,
    /// By which schemas.
    pub schemas: Arc<SchemaSet>,
    /// Whether findings shall offer mends: for people who look at one message, not for the path, which never changes any.
    pub mends: bool,
}

impl Judging {
    /// As received by somebody who has agreed on nothing.
    pub fn incoming(limits: Limits) -> Self {
        Self::of(limits, Direction::Incoming)
    }

    /// In a direction, with nothing agreed.
    pub fn of(limits: Limits, direction: Direction) -> Self {
        Self { limits, direction, severities: Arc::default(), schemas: shipped(), mends: false }
    }

    /// With mends, where they are mechanical.
    pub fn with_mends(self) -> Self {
        Self { mends: true, ..self }
    }

    /// By these schemas instead of those of the project.
    pub fn by(self, schemas: &Arc<SchemaSet>) -> Self {
        Self { schemas: Arc::clone(schemas), ..self }
    }

    /// As agreed with the partner whose system brought the message.
    pub fn agreed_with(self, partner: Option<&Partner>) -> Self {
        match partner {
            Some(partner) => Self { direction: partner.judged_as, severities: Arc::clone(&partner.severities), ..self },
            None => self,
        }
    }

    /// Gives every finding its consequence.
    pub fn settle(&self, findings: &mut Vec<Finding>) {
        self.severities.settle(findings, self.direction);
    }
}
