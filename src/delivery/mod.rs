//! The life of one promise to one receiver: its states, what an attempt can come to, and what comes next.
//!
//! Pure: the clock and the dice are arguments.

mod attempt;
mod state;
mod retry;

pub use attempt::{AnswerAtOnce, Cause, DeliveryFailure, Evidence};
pub use retry::{NextStep, RetryPolicy, WhyGivenUp, next_step};
pub use state::{Happening, Illegal, State, next_state};
