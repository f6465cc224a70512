//! The words of `log …`, `keys …` and `store …`.

use crate::domain::{Class, Month, NotATrackingId, Timestamp, TrackingId};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `log …`
#[derive(Subcommand, Debug)]
pub enum LogCommand {
    /// Who has sent, moved or seen what: the lines of a message, of a patient, or of all. That you ask is written down first
    Report {
        /// Of what.
        #[command(flatten)]
        of: OfWhat,
        /// As a Bundle of AuditEvents (FHIR R4, IHE BALP)
        #[arg(long)]
        fhir: bool,
    },
    /// The same lines with proofs that they are in what was signed, in a new folder, for somebody who need not trust us
    Export {
        /// Of what.
        #[command(flatten)]
        of: OfWhat,
        /// A file with a signed head that somebody has kept: the way from there is proven too
        #[arg(long, value_name = "FILE")]
        head: Option<PathBuf>,
        /// The folder, which is made
        to: PathBuf,
    },
    /// Read the whole history: say whether each line is as it was written, and the first that is not
    Verify {
        /// What somebody kept: a head that an earlier run printed, or a file with a signed head. Finds also what was cut off
        #[arg(long, value_name = "HEAD")]
        head: Option<String>,
    },
    /// Close what was written since the last seal, and print the signed head
    Seal,
    /// Two numbers are one person's, as a D-number and the national identity number after it: whoever asks for one gets both
    Link {
        /// A file with one number; `-` is standard input
        #[arg(long, value_name = "FILE")]
        patient: PathBuf,
        /// Of which kind that number is, by list 8116, where it is not a national identity number
        #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
        system: String,
        /// A file with the other number
        #[arg(long, value_name = "FILE")]
        same_as: PathBuf,
        /// Of which kind the other number is, where it is not a national identity number
        #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
        same_as_system: String,
        /// How it is known, for the history: no names and no numbers of persons
        #[arg(long)]
        reason: String,
    },
    /// Take a number that was linked out again
    Unlink {
        /// A file with the number; `-` is standard input
        #[arg(long, value_name = "FILE")]
        patient: PathBuf,
        /// Of which kind that number is, by list 8116, where it is not a national identity number
        #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
        system: String,
        /// Why, for the history: no names and no numbers of persons
        #[arg(long)]
        reason: String,
    },
    /// Remove what was kept long enough, as `[retention]` of the configuration says, or what is from before a month
    Prune {
        /// Only from before this month, such as 2026-01, whatever the configuration says
        #[arg(long, value_name = "MONTH")]
        before: Option<Month>,
        /// Of what, with --before: content (the bytes of messages, with their keys), metadata (all else about messages), history (lines)
        #[arg(long, value_name = "CLASS", requires = "before", value_parser = class)]
        class: Option<Class>,
        /// Only show what would go, and what stays and why
        #[arg(long)]
        plan: bool,
        /// Why, for the history
        #[arg(long, required_unless_present = "plan")]
        reason: Option<String>,
    },
    /// Legal holds: what is held is not removed, although its time is over
    #[command(subcommand)]
    Hold(HoldCommand),
}

/// `log hold …`
#[derive(Subcommand, Debug)]
pub enum HoldCommand {
    /// Hold all about a patient, a message, or a month
    Add {
        /// Of what.
        #[command(flatten)]
        what: WhatToHold,
        /// Of which kind the patient's number is, by list 8116, where it is not a national identity number
        #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
        system: String,
        /// What it is for; it stands in the history for good, so no names and no numbers of persons
        #[arg(long)]
        purpose: String,
    },
    /// List all holds, also those that were lifted
    List,
    /// Lift a hold
    Lift {
        /// Its number, as `log hold list` shows it
        number: i64,
        /// Why, for the history
        #[arg(long)]
        reason: String,
    },
}

/// One of them.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub struct WhatToHold {
    /// The patient whose number stands in this file; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub patient: Option<PathBuf>,
    /// One message, by its tracking id
    #[arg(long, value_name = "TRACKING", value_parser = tracking)]
    pub message: Option<TrackingId>,
    /// All that came in this month, such as 2026-01
    #[arg(long, value_name = "MONTH")]
    pub month: Option<Month>,
}

/// `keys …`
#[derive(Subcommand, Debug)]
pub enum KeysCommand {
    /// List the keys by what they are for; none is shown
    List,
    /// Put a new key into the key file, in the place of the old one. The gateway may run meanwhile
    Rotate {
        /// Why, for the history
        #[arg(long)]
        reason: String,
    },
}

/// `store …`
#[derive(Subcommand, Debug)]
pub enum StoreCommand {
    /// Move the store of the data folder into an empty PostgreSQL database, prove that all of it came, and say what to configure. The
    /// gateway must be stopped. Killed anywhere, the same command goes on where it was
    Move {
        /// The database; left out, the one that `[store]` of the configuration names
        #[arg(long, value_name = "postgres://USER@HOST:PORT/DATABASE")]
        to: Option<String>,
        /// A file with the password of that user, and nothing else
        #[arg(long, value_name = "FILE", requires = "to")]
        password_file: Option<PathBuf>,
        /// The only authorities trusted to vouch for that server (PEM); left out, the machine's
        #[arg(long, value_name = "FILE", requires = "to")]
        ca_file: Option<PathBuf>,
    },
}

/// Which lines, and what for.
#[derive(Args, Debug)]
pub struct OfWhat {
    /// Of one message: its tracking id
    #[arg(long, value_name = "TRACKING", value_parser = tracking, conflicts_with = "patient")]
    pub message: Option<TrackingId>,
    /// Of a patient, whose number stands in this file; `-` is standard input. On the command line itself others would see it
    #[arg(long, value_name = "FILE")]
    pub patient: Option<PathBuf>,
    /// Of which kind that number is, by list 8116, where it is not a national identity number
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    pub system: String,
    /// Only from this time on, as 2026-11-01T00:00:00Z, or from the beginning of this day
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub since: Option<Timestamp>,
    /// Only before this time, or before the beginning of this day
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub until: Option<Timestamp>,
    /// What it is for; it stands in the history for good, so no names and no numbers of persons
    #[arg(long)]
    pub purpose: String,
}

pub(super) fn time(text: &str) -> Result<Timestamp, &'static str> {
    let whole = if text.len() == "2026-11-01".len() { format!("{text}T00:00:00") } else { text.to_owned() };
    Timestamp::parse_xs_date_time(&whole)
        .ok_or("a time is written 2026-11-01T08:00:00, in Norwegian time, or with Z at its end; or 2026-11-01")
}

fn class(text: &str) -> Result<Class, &'static str> {
    Class::parse(text).ok_or("content, metadata or history")
}

pub(super) fn tracking(text: &str) -> Result<TrackingId, &'static str> {
    TrackingId::parse(text).map_err(|why| match why {
        NotATrackingId::Form => "a tracking id has ten letters and digits, such as K7QP2-MFX9T",
        NotATrackingId::CheckCharacter => "one character or more is wrong; read it once more",
    })
}
