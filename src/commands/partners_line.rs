//! The words of `partners …`.

use super::log_line::time;
use crate::domain::{PartnerName, Timestamp};
use clap::Subcommand;

/// `partners …`
#[derive(Subcommand, Debug)]
pub enum PartnersCommand {
    /// List all partners, what waits for each, and who is paused
    List,
    /// Hand nothing over to a partner for a while, because its system is down or will be. What comes for it waits, and nothing is given up
    Pause {
        /// The name of its file
        #[arg(value_parser = partner)]
        partner: PartnerName,
        /// From this time on, as 2026-11-28T22:00:00 in Norwegian time; now, when it is left out
        #[arg(long, value_name = "TIME", value_parser = time)]
        from: Option<Timestamp>,
        /// Until this time; until `partners resume`, when it is left out
        #[arg(long, value_name = "TIME", value_parser = time)]
        until: Option<Timestamp>,
        /// Why, for the history: no names and no numbers of persons
        #[arg(long)]
        reason: String,
    },
    /// Hand over again what waits for a partner
    Resume {
        /// The name of its file
        #[arg(value_parser = partner)]
        partner: PartnerName,
        /// Take back the pauses that lie ahead, too
        #[arg(long)]
        also_planned: bool,
        /// Why, for the history: no names and no numbers of persons
        #[arg(long)]
        reason: String,
    },
}

pub(super) fn partner(text: &str) -> Result<PartnerName, &'static str> {
    PartnerName::parse(text).ok_or("a partner is called as its file is, without .toml: small letters, digits and hyphens")
}
