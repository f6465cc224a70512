//! The command line: its words, and the help page.

pub use super::log_line::{HoldCommand, KeysCommand, LogCommand, OfWhat, StoreCommand, WhatToHold};
use super::log_line::{time, tracking};
pub use super::partners_line::PartnersCommand;
use super::partners_line::partner;
use crate::codelists::by_number;
use crate::delivery::State;
use crate::domain::{DeliveryId, HerId, Language, MessageState, MsgId, PartnerName, Timestamp, TrackingId};
use crate::routing::LossClass;
use crate::rulebook::Direction;
use crate::store::MessageFilter;
use crate::translation::versions::Edition;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// The page. Commands stand in groups, which clap does not do by itself; a test sees to it that none is missing.
const PAGE: &str = "\
Bindeledd: an open integration gateway for Norwegian health messages (PLO, Dialogmelding, AppRec).
It takes messages in over HTTP or from folders, judges it by the national schemas and rules, and decides where each goes and
why. It hands every message over until it has arrived, matches the application receipts, and keeps a history of all of it.

{usage-heading} {usage}

Try it:
  demo        Play a fictive municipality around a real gateway, and show what becomes of every message

Set it up:
  init        Write a working configuration to start from, with tokens of its own
  check       Tell all that is wrong in the configuration, with file, line, column and what to write instead
  test        Run the tests that the route files carry

Run it:
  serve       Run the gateway until SIGTERM or Ctrl-C; what is under way comes to its end first

Understand a message:
  validate    Judge messages in files by schemas and rules, as their receiver would; needs no configuration
  fix         Make the mechanical mends that the findings of a message offer, and say what is left
  translate   Put a message into another version or into FHIR, and tell what becomes of what differs
  rules       Print the rule book, or all there is to say about some rules
  explain     Show step by step why a message would go where it goes, and why the other routes lost

See what happened, and mend it:
  messages    list | show | content: what has come in, and what became of it
  deliveries  list | retry: what goes out, how far it has come, and once more for what was given up
  partners    list | pause | resume: what waits for whom, and whose system is down for a while
  log         report | export | verify | seal | prune | hold | link: who has sent, moved or seen what, with proof; what is kept
  keys        list | rotate: what content is sealed with
  store       move: where all of it is kept, from the data folder to PostgreSQL, with proof that it came

Options:
{options}

Examples:
  bindeledd demo --once                              see it all in a minute
  bindeledd validate letter.xml                      what is wrong with this message, where, by which rule, what to do?
  bindeledd validate --direction out letter.xml      may our system send this?
  bindeledd fix letter.xml > mended.xml              make the mends that a machine can make
  bindeledd translate --to plo-1.5 letter.xml        the same for a receiver that reads no PLO 1.6
  bindeledd rules R-033                              what does this rule say, and who says so?
  bindeledd init && bindeledd check && bindeledd serve
  bindeledd explain letter.xml                       where would it go from here?
  bindeledd messages list --state held               what waits for a person?
  bindeledd deliveries list --state dead             what could not be delivered?
  bindeledd deliveries retry 17 --reason \"their server is back\"
  bindeledd partners pause fjellvik --until 2026-11-29T06:00:00 --reason \"they upgrade\"
  bindeledd log verify                               was anything changed afterwards?
  bindeledd log report --patient number.txt --purpose \"request of the patient, case 17\"

Exit codes:
  0  good
  1  it worked, and the answer is no: a complaint, a failed test, a message that would not go through, nothing found
  2  wrong use, or a fault

Configuration:
  FOLDER/bindeledd.toml        the gateway itself: where it keeps its data, where it listens, its limits, its log
  FOLDER/partners/NAME.toml    one system at the other end of a connection, and the HER-ids it owns
  FOLDER/routes/NAME.toml      one way through, with its own tests
  BINDELEDD_LOG                which log lines, instead of what the configuration says: warn, debug, bindeledd::store=trace

`bindeledd COMMAND --help` says more about each. Of what the
gateway has stored, no command shows content, a person's number or a name; `validate` and `fix` show lines of the file they are given.
";

/// The whole line.
#[derive(Parser, Debug)]
#[command(name = "bindeledd", version, help_template = PAGE, disable_help_subcommand = true, max_term_width = 125)]
pub struct Line {
    /// The folder with the configuration
    #[arg(long, global = true, value_name = "FOLDER", default_value = "config")]
    pub config: PathBuf,
    /// Print data as text for people, as json for programs, or (validate) as sarif for editors
    #[arg(long, global = true, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
    /// Tell rules and hints in English (en), bokmål (nb) or nynorsk (nn)
    #[arg(long, global = true, value_enum, default_value_t, hide_possible_values = true)]
    pub lang: Lang,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The form of what is printed.
#[derive(Clone, Copy, PartialEq, Eq, Default, ValueEnum, Debug)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// For editors and build servers (`validate` only)
    Sarif,
}

/// Which way a message goes.
#[derive(Clone, Copy, Default, ValueEnum, Debug)]
pub enum Way {
    /// As its receiver judges it: tolerant
    #[default]
    In,
    /// As its sender must judge it before sending: strict
    Out,
}

impl From<Way> for Direction {
    fn from(way: Way) -> Self {
        match way {
            Way::In => Self::Incoming,
            Way::Out => Self::Outgoing,
        }
    }
}

/// The language of rules and hints.
#[derive(Clone, Copy, Default, ValueEnum, Debug)]
pub enum Lang {
    /// English
    #[default]
    En,
    /// Norwegian bokmål
    Nb,
    /// Norwegian nynorsk
    Nn,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Nb => Self::Nb,
            Lang::Nn => Self::Nn,
        }
    }
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Play a fictive municipality around a real gateway, and show what becomes of every message
    Demo {
        /// End when everything has been played, instead of staying up
        #[arg(long)]
        once: bool,
        /// Keep the demo's configuration and data in this folder, instead of one that is removed in the end
        #[arg(long, value_name = "FOLDER")]
        keep: Option<PathBuf>,
        /// Without the pauses that let people follow
        #[arg(long)]
        fast: bool,
    },
    /// Write a working configuration to start from, with tokens of its own
    Init {
        /// Where to; the folder of --config when it is left out
        folder: Option<PathBuf>,
    },
    /// Tell all that is wrong in the configuration, with file, line, column and what to write instead
    Check,
    /// Run the tests that the route files carry
    Test,
    /// Run the gateway until SIGTERM or Ctrl-C; what is under way comes to its end first
    Serve,
    /// Judge messages in files by schemas and rules, as their receiver would; needs no configuration
    Validate {
        /// Judge as its receiver does (in), or as its sender must before sending it (out)
        #[arg(long, value_enum, default_value_t)]
        direction: Way,
        /// Judge by the schemas in this folder too; where both know a namespace, by the folder's
        #[arg(long, value_name = "FOLDER")]
        schemas: Option<PathBuf>,
        /// The messages; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Make the mechanical mends that the findings of a message offer, and say what is left
    Fix {
        /// Judge as its receiver does (in), or as its sender must before sending it (out)
        #[arg(long, value_enum, default_value_t)]
        direction: Way,
        /// Judge by the schemas in this folder too; where both know a namespace, by the folder's
        #[arg(long, value_name = "FOLDER")]
        schemas: Option<PathBuf>,
        /// Write the file itself anew; without this the mended message goes to standard output
        #[arg(long)]
        write: bool,
        /// The message; `-` is standard input
        file: PathBuf,
    },
    /// Put a message into another version or into FHIR, and tell what becomes of what differs
    Translate {
        /// Into which form: `fhir` makes a Bundle of a message, `xml` the message of such a Bundle again
        #[arg(long, value_name = "FORM", value_parser = form())]
        to: Form,
        /// With `--to fhir`: only tell what is different when the Bundle is made a message again
        #[arg(long)]
        reverse: bool,
        /// Tell what becomes of what differs as JSON, one object on each line, instead of as text
        #[arg(long)]
        loss: bool,
        /// With `--to xml`: a message that a Bundle refers to which never was a message; may be given several times. With the
        /// type of a dialog message: the message that it answers
        #[arg(long, value_name = "FILE")]
        earlier: Vec<PathBuf>,
        /// With `--to dialog-helsefaglig`: whom it asks for where it names nobody, a code of list 9060 such as SP
        #[arg(long, value_name = "CODE", value_parser = profession)]
        contact_profession: Option<&'static str>,
        /// The most that may be lost
        #[arg(long, value_name = "CLASS", default_value = "text", value_parser = loss_class())]
        max_loss: LossClass,
        /// The message; `-` is standard input
        file: PathBuf,
    },
    /// Print the rule book, or all there is to say about some rules
    Rules {
        /// Numbers or names of rules: R-026, 26, msgid_is_a_uuid
        #[arg(value_name = "RULE")]
        rules: Vec<String>,
    },
    /// Show step by step why a message would go where it goes, and why the other routes lost
    Explain {
        /// The message; `-` is standard input
        file: PathBuf,
        /// The partner that brings it; the one that owns its sender when this is left out
        #[arg(long, value_name = "PARTNER", value_parser = partner)]
        from: Option<PartnerName>,
    },
    /// What has come in, and what became of it
    #[command(subcommand)]
    Messages(MessagesCommand),
    /// What goes out, how far it has come, and once more for what was given up
    #[command(subcommand)]
    Deliveries(DeliveriesCommand),
    /// What waits for whom, and whose system is down for a while
    #[command(subcommand)]
    Partners(PartnersCommand),
    /// What the history of all of it says, and whether it is what was written
    #[command(subcommand)]
    Log(LogCommand),
    /// What content is sealed with
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Where all of it is kept
    #[command(subcommand)]
    Store(StoreCommand),
}

/// `messages …`
#[derive(Subcommand, Debug)]
pub enum MessagesCommand {
    /// List messages, newest first
    List {
        /// Only in this state
        #[arg(long, value_parser = message_states())]
        state: Option<MessageState>,
        /// Which
        #[command(flatten)]
        search: Search,
        /// Which page
        #[command(flatten)]
        page: Page,
        /// Only older than this one: the last of the page before
        #[arg(long, value_name = "TRACKING", value_parser = tracking)]
        before: Option<TrackingId>,
    },
    /// Print the content of a message as it is. It is about a person: that you look, and what for, is written down first
    Content {
        /// Its tracking id
        #[arg(value_parser = tracking)]
        tracking: TrackingId,
        /// What came, where that was a Bundle
        #[arg(long, conflicts_with = "delivery")]
        came_as: bool,
        /// What went out in this delivery, where that is not the message as received
        #[arg(long, value_name = "ID", value_parser = delivery)]
        delivery: Option<DeliveryId>,
        /// What it is for; it stands in the history for good, so no names and no numbers of persons
        #[arg(long)]
        purpose: String,
    },
    /// Show one message: what the rules found, what went out because of it, and what happened
    Show {
        /// Its tracking id, in capital or small letters, with or without the hyphen
        #[arg(value_parser = tracking)]
        tracking: TrackingId,
    },
}

/// `deliveries …`
#[derive(Subcommand, Debug)]
pub enum DeliveriesCommand {
    /// List deliveries, newest first
    List {
        /// Only in this state
        #[arg(long, value_parser = delivery_states())]
        state: Option<State>,
        /// Which page
        #[command(flatten)]
        page: Page,
        /// Only older than this one: the last of the page before
        #[arg(long, value_name = "ID", value_parser = delivery)]
        before: Option<DeliveryId>,
    },
    /// Have dead deliveries tried again, also while the gateway runs
    Retry {
        /// The ids of the deliveries
        #[arg(required = true, value_name = "ID", value_parser = delivery)]
        ids: Vec<DeliveryId>,
        /// Why, for the history, where partners read it too: no names and no numbers of persons
        #[arg(long)]
        reason: String,
    },
}

/// What messages are searched by.
#[derive(Args, Debug)]
pub struct Search {
    /// Only of this type, such as DIALOG_NOTAT
    #[arg(long = "type", value_name = "CODE")]
    type_code: Option<String>,
    /// Only with this MsgId, or answered by an AppRec of ours with it
    #[arg(long, value_name = "ID")]
    msg_id: Option<String>,
    /// Only of the conversation that the message with this MsgId began
    #[arg(long, value_name = "ID")]
    conversation: Option<String>,
    /// Only from this HER-id, of an organisation or under one
    #[arg(long, value_name = "HER-ID", value_parser = her_id)]
    sender: Option<HerId>,
    /// Only to this HER-id
    #[arg(long, value_name = "HER-ID", value_parser = her_id)]
    receiver: Option<HerId>,
    /// Only with a finding of this rule, such as R-033
    #[arg(long, value_name = "RULE")]
    rule: Option<String>,
    /// Only received from this time on, as 2026-11-01T08:00:00, or from the beginning of this day
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<Timestamp>,
    /// Only received before this time, or before the beginning of this day
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<Timestamp>,
}

impl Search {
    /// With the other things that narrow a list.
    pub fn filter(self, state: Option<MessageState>, partner: Option<PartnerName>, limit: usize) -> MessageFilter {
        let Self { type_code, msg_id, conversation, sender, receiver, rule, since, until } = self;
        let (msg_id, conversation) = (msg_id.map(MsgId::new), conversation.map(MsgId::new));
        let before = None;
        MessageFilter {
            state,
            partner,
            type_code,
            msg_id,
            conversation,
            sender,
            receiver,
            rule,
            since,
            until,
            before,
            limit,
        }
    }
}

fn her_id(text: &str) -> Result<HerId, &'static str> {
    HerId::parse(text).ok_or("a HER-id is a number of at most nine digits")
}

/// Which part of a list.
#[derive(Args, Debug)]
pub struct Page {
    /// Only of this partner
    #[arg(long, value_parser = partner)]
    pub partner: Option<PartnerName>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value = "50", value_parser = limit)]
    pub limit: usize,
}

fn message_states() -> impl TypedValueParser<Value = MessageState> {
    PossibleValuesParser::new(MessageState::ALL.map(MessageState::as_str))
        .map(|word| MessageState::parse(&word).expect("it is one of the words of the states"))
}

/// What a message can be translated into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A Bundle of FHIR R4.
    Fhir,
    /// The message that a Bundle was made from.
    Xml,
    /// XML of another version.
    Edition(Edition),
    /// Another type of dialog message.
    Type(&'static str),
}

fn form() -> impl TypedValueParser<Value = Form> {
    let words = ["fhir", "xml"].into_iter().chain(Edition::ALL.map(Edition::as_str));
    PossibleValuesParser::new(words.chain(TYPES.map(|(word, _)| word))).map(|word| {
        let of_type = || TYPES.iter().find(|(known, _)| *known == word).map(|(_, code)| Form::Type(code));
        match word.as_str() {
            "fhir" => Form::Fhir,
            "xml" => Form::Xml,
            edition => Edition::parse(edition).map(Form::Edition).or_else(of_type).expect("it is one of the words above"),
        }
    })
}

/// The words for types that a dialog message can become.
const TYPES: [(&str, &str); 4] = [
    ("dialog-foresporsel", "DIALOG_FORESPORSEL"),
    ("dialog-svar", "DIALOG_SVAR"),
    ("dialog-notat", "DIALOG_NOTAT"),
    ("dialog-helsefaglig", "DIALOG_HELSEFAGLIG"),
];

fn profession(text: &str) -> Result<&'static str, &'static str> {
    by_number(9060).and_then(|list| list.code(text)).map(|code| code.v).ok_or("a code of list 9060, such as SP or LE")
}

fn loss_class() -> impl TypedValueParser<Value = LossClass> {
    PossibleValuesParser::new(["lossless", "recoded", "text", "dropped"])
        .map(|word| LossClass::parse_allowed(&word).expect("it is one of the words of what may be lost"))
}

fn delivery_states() -> impl TypedValueParser<Value = State> {
    PossibleValuesParser::new(State::ALL.map(State::as_str))
        .map(|word| State::parse(&word).expect("it is one of the words of the states"))
}

fn delivery(text: &str) -> Result<DeliveryId, &'static str> {
    text.parse().ok().filter(|id| *id > 0).map(DeliveryId).ok_or("a delivery has a number; `deliveries list` shows it")
}

fn limit(text: &str) -> Result<usize, &'static str> {
    text.parse().ok().filter(|limit| (1..=10_000).contains(limit)).ok_or("a number from 1 to 10000")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_help_page_names_every_command_in_the_words_of_its_own_page() {
        let line = Line::command();
        for command in line.get_subcommands() {
            let start = format!("\n  {:<12}", command.get_name());
            let entry = PAGE.split(&start).nth(1).expect("it is on the page").lines().next().unwrap_or_default();
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(entry.ends_with(&about) || entry.contains(&about.to_lowercase()[..4]), "{entry} | {about}");
        }
    }

    #[test]
    fn the_line_is_well_formed() {
        Line::command().debug_assert();
    }
}
