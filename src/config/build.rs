//! From what is written to what the rest is built from. It is called only when there is no complaint.

use super::folder::KEY_FILE;
use super::gateway_file::GatewayFile;
use super::installation::{Installation, PartnerLink, RouteTest, TestMessage};
use super::partner_file::PartnerFile;
use super::route_file::{RouteFile, To};
use super::ways::Inbound;
use crate::domain::{Address, HerId, Level, PartnerName};
use crate::routing::{
    Destination, Directory, DirectoryConflict, Form, LegSpec, OwnedParty, Partner, Route, RouteTable, Understands,
};
use crate::settings::FileRead;
use crate::transports::{amqp, directory};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Builds the installation; `None` when something is missing that `check` should have complained about.
pub(super) fn build(
    folder: &Path,
    gateway: GatewayFile,
    partners: Vec<PartnerFile>,
    routes: Vec<RouteFile>,
    files: Vec<FileRead>,
) -> Result<Option<Installation>, DirectoryConflict> {
    let directory = Directory::new(partners.iter().map(partner))?;
    let tests = routes.iter().map(|route| tests(route, &directory)).collect::<Option<Vec<_>>>();
    let routes = routes.iter().map(route).collect::<Option<Vec<_>>>();
    let (Some(tests), Some(routes)) = (tests, routes) else { return Ok(None) };
    let folders_to_make = folders_to_make(&partners);
    let GatewayFile {
        data,
        home,
        keys,
        heads,
        retention,
        listen,
        tls,
        server,
        http,
        log,
        limits,
        message_bytes,
        schemas,
        schema_files,
        validate,
    } = gateway;
    Ok(Some(Installation {
        folder: folder.to_path_buf(),
        keys: keys.unwrap_or_else(|| folder.join(KEY_FILE)),
        data,
        home,
        heads,
        retention,
        listen,
        tls,
        server,
        http,
        schemas,
        validate,
        log,
        limits,
        message_bytes,
        directory,
        routes: RouteTable::new(routes),
        partners: partners.into_iter().map(|partner| link(partner, message_bytes)).collect(),
        tests: tests.into_iter().flatten().collect(),
        folders_to_make,
        files: files.into_iter().chain(schema_files).map(|(path, digest)| (relative(&path, folder), digest)).collect(),
    }))
}

/// What a file is called in the history: by its way from the folder of the configuration, where it lies below that.
fn relative(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).display().to_string()
}

fn folders_to_make(partners: &[PartnerFile]) -> Vec<PathBuf> {
    let of_one = |partner: &PartnerFile| {
        let ways_in: Vec<_> = partner.sends.iter().filter_map(|way| way.make_folder.clone()).collect();
        ways_in.into_iter().chain(partner.make_folder.clone())
    };
    partners.iter().flat_map(of_one).collect()
}

/// The largest message is the same on every way in.
fn link(PartnerFile { name, sends, receives, .. }: PartnerFile, max_message_bytes: usize) -> PartnerLink {
    let bounded = |way| match way {
        Inbound::Directory(options) => Inbound::Directory(directory::InOptions { max_message_bytes, ..options }),
        Inbound::Amqp(options) => Inbound::Amqp(amqp::InOptions { max_message_bytes, ..options }),
        Inbound::Http(hashes) => Inbound::Http(hashes),
    };
    PartnerLink { name, sends: sends.into_iter().map(|sends| bounded(sends.way)).collect(), receives }
}

fn partner(file: &PartnerFile) -> Partner {
    let mut parties = Vec::new();
    for organisation in &file.organisations {
        let owned = |party: Option<HerId>, level, name: &str| OwnedParty {
            organisation: organisation.her_id.value,
            organisation_name: organisation.name.clone(),
            party,
            level,
            name: name.to_string(),
        };
        parties.extend(organisation.parties.iter().map(|party| owned(Some(party.her_id.value), party.level, &party.name)));
        if organisation.parties.is_empty() {
            parties.push(owned(None, Level::Organisation, &organisation.name));
        }
    }
    Partner {
        name: file.name.clone(),
        title: file.title.clone(),
        parties,
        acknowledges: file.acknowledges,
        apprec: file.apprec,
        accepts: file.accepts.clone(),
        understands: Understands { form: form(file), ..file.understands.clone() },
        left_over: file.left_over,
        judged_as: file.judged_as,
        severities: Arc::new(file.severities.clone()),
    }
}

/// The form follows from the way out: who is reached at a FHIR endpoint gets Bundles.
fn form(file: &PartnerFile) -> Form {
    file.receives.as_ref().map(|receives| receives.way.form()).unwrap_or_default()
}

fn route(file: &RouteFile) -> Option<Route> {
    let mut legs = Vec::new();
    for leg in &file.legs {
        let to = match &leg.to.value {
            To::Owner => Destination::Owner,
            To::Partner(name) => Destination::Partner(PartnerName::parse(name)?),
        };
        legs.push(LegSpec { to, expects_apprec: leg.expects_apprec });
    }
    Some(Route { name: file.name.to_string(), order: file.order.as_ref()?.value, criteria: file.criteria.clone(), legs })
}

fn tests(file: &RouteFile, directory: &Directory) -> Option<Vec<RouteTest>> {
    let levels: HashMap<HerId, Level> = directory
        .partners()
        .into_iter()
        .flat_map(|partner| &partner.parties)
        .filter_map(|owned| Some((owned.party?, owned.level)))
        .collect();
    let mut tests = Vec::new();
    for test in &file.tests {
        let mut message = test.message.clone()?;
        if let TestMessage::Traits(traits) = &mut message {
            set_level(&mut traits.sender, &levels);
            set_level(&mut traits.receiver, &levels);
        }
        let expect = test.expect.iter().map(|name| PartnerName::parse(&name.value)).collect::<Option<Vec<_>>>()?;
        let wins = test.wins.as_ref().map(|wins| wins.value.clone());
        tests.push(RouteTest {
            route: file.name.to_string(),
            name: test.name.clone(),
            spot: test.spot.clone(),
            message,
            expect,
            wins,
        });
    }
    Some(tests)
}

/// A test names HER-ids only; whether one is a person is for the partner files to say.
fn set_level(address: &mut Address, levels: &HashMap<HerId, Level>) {
    if let Some(level) = address.party.and_then(|party| levels.get(&party)) {
        address.level = *level;
    }
}
