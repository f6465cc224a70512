//! `POST /validate`: judges a message and tells what is wrong. Nothing is stored, nobody is asked who they are, nothing of the
//! message is logged. Off unless the configuration turns it on.

use super::judgement::JudgementView;
use crate::domain::Language;
use crate::messages::Judging;
use crate::pipeline::judge_alone;
use crate::rulebook::Direction;
use crate::schema::SchemaSet;
use crate::transports::http::{InOptions, Intake, Problem, ProblemKind, json};
use crate::xml::{Limits, decode};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::response::IntoResponse;
use axum::{Router, routing::post};
use std::sync::Arc;

struct Judge {
    intake: Intake,
    limits: Limits,
    schemas: Arc<SchemaSet>,
}

/// The route.
pub fn router(options: InOptions, limits: Limits, schemas: Arc<SchemaSet>) -> Router {
    let judge = Judge { intake: Intake::new(options), limits, schemas };
    Router::new().route("/validate", post(answer)).with_state(Arc::new(judge))
}

async fn answer(State(judge): State<Arc<Judge>>, request: Request) -> Response<Body> {
    let (head, mut body) = request.into_parts();
    let (direction, language) = match asked(head.uri.query().unwrap_or_default()) {
        Ok(asked) => asked,
        Err(problem) => {
            judge.intake.drain(&head, &mut body).await;
            return problem.into_response();
        }
    };
    let taken = match judge.intake.take(&head, &mut body).await {
        Ok(taken) => taken,
        Err(problem) => {
            judge.intake.drain(&head, &mut body).await;
            return problem.into_response();
        }
    };
    let (bytes, judging) = (taken.bytes().clone(), Judging::of(judge.limits, direction).by(&judge.schemas).with_mends());
    // Judging is work for a processor, not for the threads that answer everybody else.
    let judged = tokio::task::spawn_blocking(move || {
        let judgement = judge_alone(&bytes, &judging);
        let text = decode(&bytes).map(|text| text.into_owned()).unwrap_or_default();
        json(&JudgementView::of("-", &judgement, &text, language))
    });
    judged.await.unwrap_or_else(|_| Problem::new(ProblemKind::FaultLasting).into_response())
}

/// `direction=in|out` and `lang=en|nb|nn`, both optional; anything else is told, not passed over.
fn asked(query: &str) -> Result<(Direction, Language), Problem> {
    let (mut direction, mut language) = (Direction::default(), Language::default());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair {
            "direction=in" => direction = Direction::Incoming,
            "direction=out" => direction = Direction::Outgoing,
            "lang=en" => language = Language::En,
            "lang=nb" => language = Language::Nb,
            "lang=nn" => language = Language::Nn,
            _ => return Err(Problem::new(ProblemKind::QueryUnknown)),
        }
    }
    Ok((direction, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_and_language_can_be_asked_for_and_nothing_else() {
        assert_eq!(asked("").ok(), Some((Direction::Incoming, Language::En)));
        assert_eq!(asked("direction=out&lang=nn").ok(), Some((Direction::Outgoing, Language::Nn)));
        for wrong in ["direction=up", "lang", "format=json"] {
            assert_eq!(asked(wrong).err().map(|problem| problem.kind), Some(ProblemKind::QueryUnknown), "{wrong}");
        }
    }
}
