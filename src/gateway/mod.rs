//! The shell: the same verbs as the pipeline, now with I/O. Each step is one fetch, one decision, one transaction.
//!
//! The steps (`receive`, `judge`, `deliver`) are plain functions over store, setup, clock and dice, so that the simulation can
//! drive them one by one; only `dispatch` and `run` know tasks and timers.

mod setup;
mod machine;
mod wake;
mod core;
mod judge;
mod bundle;
mod receive;
mod deliver;
mod dispatch;
mod seal;
mod anchor;
mod keep;
mod run;

pub use bundle::{FromBundle, Recalled, Unpacking};
pub use core::Gateway;
pub use machine::{MachineChance, MachineClock};
pub use run::{Running, start};
pub use setup::{Connection, Setup};
pub use wake::Wake;
