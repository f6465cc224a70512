//! From a command line to an exit code.

use super::line::{
    Command, DeliveriesCommand, Form, Format, HoldCommand, KeysCommand, Line, LogCommand, MessagesCommand, Page,
    PartnersCommand, StoreCommand,
};
use super::print::{print, print_as_it_is, print_beside};
use super::report::{Answer, Printed, Report};
use super::{
    audit, check, content, deliveries, explain, fix, hold, init, keys, log, logging, messages, moving, native, partners,
    person, prune, rules, serve, test, through_fhir, translate, validate,
};
use crate::config::{Log, LogFormat};
use crate::demo;
use crate::domain::{Class, Fault, Language, TrackingId};
use crate::gateway::{MachineChance, MachineClock};
use crate::store::Part;
use clap::Parser;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use tokio::runtime::Builder;

/// Runs what the line says. 0 is good, 1 means that the answer is no, 2 is wrong use or a fault.
pub fn run(line: impl IntoIterator<Item = OsString>) -> u8 {
    let line = match Line::try_parse_from(line) {
        Ok(line) => line,
        Err(error) => {
            // Where nobody reads it there is nothing more to say.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(Answer::Fault.exit_code());
        }
    };
    let format = line.format;
    if format == Format::Sarif && !matches!(line.command, Command::Validate { .. }) {
        return print(&Report::trouble("sarif is a form of `validate` only; write --format json"), Format::Text);
    }
    match obey(line) {
        Ok(Done::Report(report)) => print(&report, format),
        Ok(Done::Printed(printed)) => print_as_it_is(&printed),
        Ok(Done::Beside(report)) => print_beside(&report, format),
        Ok(Done::Said(answer)) => answer.exit_code(),
        Err(report) => print(&report, format),
    }
}

/// What a command leaves to be done.
enum Done {
    /// This is to be printed.
    Report(Report),
    /// This is to be printed as it is.
    Printed(Printed),
    /// This is to be printed beside what went to standard output.
    Beside(Report),
    /// All has been said.
    Said(Answer),
}

fn obey(line: Line) -> Result<Done, Box<Report>> {
    if cfg!(bindeledd_bare) {
        return Err(Report::trouble("this was built for a measurement, without proof and without encryption").into());
    }
    let (folder, language) = (line.config.as_path(), Language::from(line.lang));
    let report = match line.command {
        Command::Serve => return serve::serve(folder).map(Done::Said),
        Command::Demo { once, keep, fast } => return play(demo::Options { once, keep, fast }).map(Done::Said),
        Command::Init { folder: named } => init::init(named.as_deref().unwrap_or(folder), &MachineChance::default()),
        Command::Check => check::check(folder),
        Command::Test => test::test(folder),
        Command::Validate { direction, schemas, files } => {
            let (files, direction) = (files.as_slice(), direction.into());
            let question =
                validate::Question { files, direction, schemas: schemas.as_deref(), format: line.format, language };
            return Ok(Done::Printed(validate::validate(&question)));
        }
        Command::Fix { direction, schemas, write, file } => {
            let (file, direction) = (file.as_path(), direction.into());
            let question = fix::Question { file, direction, schemas: schemas.as_deref(), write, language };
            let report = fix::fix(&question);
            if !write {
                return Ok(Done::Beside(report));
            }
            report
        }
        Command::Translate { to: Form::Fhir, reverse, file, .. } => {
            return Ok(Done::Printed(through_fhir::as_bundle(&file, reverse, language)));
        }
        Command::Translate { to: Form::Xml, earlier, file, .. } => {
            let beside = native::Beside { folder, earlier: &earlier };
            return Ok(Done::Printed(through_fhir::as_message(&file, &beside, language)));
        }
        Command::Translate { to: Form::Edition(to), loss, max_loss, file, .. } => {
            let to = translate::To::Version(to);
            let question = translate::Question { file: &file, to, as_json: loss, max_loss, language };
            return Ok(Done::Printed(translate::translate(&question)));
        }
        Command::Translate { to: Form::Type(code), loss, max_loss, file, earlier, contact_profession, .. } => {
            let to = translate::To::Type { code, earlier: earlier.first().map(PathBuf::as_path), contact_profession };
            let question = translate::Question { file: &file, to, as_json: loss, max_loss, language };
            return Ok(Done::Printed(translate::translate(&question)));
        }
        Command::Rules { rules } => rules::rules(&rules, language),
        Command::Explain { file, from } => {
            let question = explain::Question { folder, file: &file, from: from.as_ref(), language };
            wait_for(explain::explain(question, &MachineClock, &MachineChance::default()))?
        }
        Command::Messages(MessagesCommand::Content { tracking, came_as, delivery, purpose }) => {
            let part = delivery.map_or(if came_as { Part::CameAs } else { Part::Message }, Part::Delivery);
            return on_content(folder, tracking, part, &purpose);
        }
        Command::Messages(command) => wait_for(on_messages(folder, command, language))?,
        Command::Deliveries(command) => wait_for(on_deliveries(folder, command))?,
        Command::Partners(command) => wait_for(on_partners(folder, command))?,
        Command::Log(command) => return on_log(folder, command),
        Command::Keys(KeysCommand::List) => wait_for(keys::list(folder))?,
        Command::Store(StoreCommand::Move { to, password_file, ca_file }) => {
            moving::move_store(folder, moving::To { url: to, password_file, ca_file }, &MachineClock)
        }
        Command::Keys(KeysCommand::Rotate { reason }) => wait_for(keys::rotate(folder, &reason, &MachineClock))?,
    };
    Ok(Done::Report(report))
}

fn on_content(folder: &Path, tracking: TrackingId, part: Part, purpose: &str) -> Result<Done, Box<Report>> {
    let runtime = Builder::new_current_thread().enable_all().build().map_err(no_threads)?;
    Ok(match runtime.block_on(content::show(folder, tracking, part, purpose, &MachineClock)) {
        Ok(printed) => Done::Printed(printed),
        Err(report) => Done::Report(report),
    })
}

fn on_log(folder: &Path, command: LogCommand) -> Result<Done, Box<Report>> {
    let clock = &MachineClock;
    let report = match command {
        LogCommand::Verify { head } => wait_for(log::verify(folder, head.as_deref()))?,
        LogCommand::Seal => wait_for(log::seal(folder, clock))?,
        LogCommand::Prune { before, class, plan, reason } => {
            let what = before.map(|month| (class.unwrap_or(Class::Content), month));
            wait_for(prune::prune(folder, what, plan, reason.as_deref(), clock))?
        }
        LogCommand::Hold(HoldCommand::Add { what, system, purpose }) => {
            wait_for(hold::add(folder, &what, &system, &purpose, clock))?
        }
        LogCommand::Hold(HoldCommand::List) => wait_for(hold::list(folder))?,
        LogCommand::Hold(HoldCommand::Lift { number, reason }) => wait_for(hold::lift(folder, number, &reason, clock))?,
        LogCommand::Report { of, fhir: false } => wait_for(audit::report(folder, &of, clock))?,
        LogCommand::Report { of, fhir: true } => {
            let runtime = Builder::new_current_thread().enable_all().build().map_err(no_threads)?;
            return Ok(match runtime.block_on(audit::report_as_fhir(folder, &of, clock)) {
                Ok(printed) => Done::Printed(printed),
                Err(report) => Done::Report(report),
            });
        }
        LogCommand::Link { patient, system, same_as, same_as_system, reason } => {
            wait_for(person::link(folder, (&patient, &system), (&same_as, &same_as_system), &reason, clock))?
        }
        LogCommand::Unlink { patient, system, reason } => {
            wait_for(person::unlink(folder, (&patient, &system), &reason, clock))?
        }
        LogCommand::Export { of, head, to } => wait_for(audit::export(folder, &of, &to, head.as_ref(), clock))?,
    };
    Ok(Done::Report(report))
}

/// What asks the store waits for it.
fn wait_for(report: impl Future<Output = Report>) -> Result<Report, Box<Report>> {
    let runtime = Builder::new_current_thread().enable_all().build().map_err(no_threads)?;
    Ok(runtime.block_on(report))
}

async fn on_messages(folder: &Path, command: MessagesCommand, language: Language) -> Report {
    match command {
        MessagesCommand::List { state, search, page: Page { partner, limit }, before } => {
            let filter = search.filter(state, partner, limit);
            messages::list(folder, messages::Which { filter, before }).await
        }
        MessagesCommand::Show { tracking } => messages::show(folder, tracking, language).await,
        MessagesCommand::Content { .. } => Report::trouble("content is printed as it is"),
    }
}

async fn on_deliveries(folder: &Path, command: DeliveriesCommand) -> Report {
    match command {
        DeliveriesCommand::List { state, page: Page { partner, limit }, before } => {
            deliveries::list(folder, deliveries::Which { state, partner, before, limit }).await
        }
        DeliveriesCommand::Retry { mut ids, reason } => {
            ids.sort();
            ids.dedup();
            deliveries::retry(folder, &ids, &reason, &MachineClock).await
        }
    }
}

async fn on_partners(folder: &Path, command: PartnersCommand) -> Report {
    match command {
        PartnersCommand::List => partners::list(folder, &MachineClock).await,
        PartnersCommand::Pause { partner, from, until, reason } => {
            let when = partners::When { from, until };
            partners::pause(folder, &partner, when, &reason, &MachineClock).await
        }
        PartnersCommand::Resume { partner, also_planned, reason } => {
            partners::resume(folder, &partner, also_planned, &reason, &MachineClock).await
        }
    }
}

/// The demo shows its progress itself; of the log only what should not happen is seen beside it.
fn play(options: demo::Options) -> Result<Answer, Box<Report>> {
    let log = Log { format: LogFormat::Text, filter: "error".into() };
    logging::start(&log).map_err(|why| Box::new(Report::trouble(why)))?;
    logging::log_panics();
    let runtime = Builder::new_multi_thread().enable_all().build().map_err(no_threads)?;
    let ended = runtime.block_on(demo::run(options));
    runtime.shutdown_background();
    match ended {
        Ok(demo::Ended::Good) => Ok(Answer::Good),
        Ok(demo::Ended::Surprised) => Ok(Answer::No),
        Err(fault) => Err(Box::new(Report::fault(&fault))),
    }
}

fn no_threads(error: std::io::Error) -> Box<Report> {
    Box::new(Report::fault(&Fault::lasting(format!("no threads to work with: {error}"))))
}
