//! The whole way from a folder to an installation, or to every complaint at once.

use super::check::{self, Written};
use super::folder::{GATEWAY_FILE, NamedFile, PARTNERS, ROUTES, look_at_top, named_files};
use super::{Installation, build, gateway_file, partner_file, route_file};
use crate::domain::PartnerName;
use crate::settings::{Claim, Complaint, Document, FileRead, Reading, Section, Spot};
use std::path::Path;

/// What came of reading a configuration folder.
#[derive(Debug)]
pub struct Checked {
    /// Every complaint, by file and line.
    pub complaints: Vec<Complaint>,
    /// How much was read.
    pub counts: Counts,
    /// The installation; there when there is no complaint.
    pub installation: Option<Installation>,
}

/// How much was read.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Counts {
    /// Partner files.
    pub partners: usize,
    /// HER-ids of services, persons and whole organisations that somebody owns.
    pub parties: usize,
    /// Route files.
    pub routes: usize,
    /// Tests in them.
    pub tests: usize,
}

/// Reads and checks a configuration folder.
pub fn load(folder: &Path) -> Checked {
    let mut all = Collected::default();
    look_at_top(folder, &mut all.complaints);
    if !folder.is_dir() {
        return Checked { complaints: all.complaints, counts: Counts::default(), installation: None };
    }
    let partner_files = named_files(&folder.join(PARTNERS), &mut all.complaints);
    let route_files = named_files(&folder.join(ROUTES), &mut all.complaints);
    let gateway = all.take(Document::open(&folder.join(GATEWAY_FILE), gateway_file::read));
    let partners = all.read_each(&partner_files, partner_file::read);
    let routes = all.read_each(&route_files, route_file::read);
    let names = |files: &[NamedFile]| files.iter().map(|file| file.name.clone()).collect::<Vec<_>>();
    let (partner_names, route_names) = (names(&partner_files), names(&route_files));
    let written = Written {
        partners: &partners,
        routes: &routes,
        claims: &all.claims,
        partner_names: &partner_names,
        route_names: &route_names,
    };
    all.complaints.extend(check::complaints(&written));
    let counts = Counts {
        partners: partner_files.len(),
        parties: partners.iter().flat_map(|partner| &partner.organisations).map(|o| o.parties.len().max(1)).sum(),
        routes: route_files.len(),
        tests: routes.iter().map(|route| route.tests.len()).sum(),
    };
    let installation = match gateway {
        Some(gateway) if all.complaints.is_empty() => all.build(folder, gateway, partners, routes),
        _ => None,
    };
    all.complaints.sort();
    Checked { complaints: all.complaints, counts, installation }
}

#[derive(Default)]
struct Collected {
    complaints: Vec<Complaint>,
    claims: Vec<Claim>,
    files: Vec<FileRead>,
}

impl Collected {
    fn take<T>(&mut self, reading: Reading<T>) -> Option<T> {
        self.files.extend(reading.read);
        self.complaints.extend(reading.complaints);
        self.claims.extend(reading.claims);
        reading.value
    }

    fn read_each<T>(&mut self, files: &[NamedFile], read: fn(&mut Section<'_>, &PartnerName) -> T) -> Vec<T> {
        files.iter().filter_map(|file| self.take(Document::open(&file.path, |root| Some(read(root, &file.name))))).collect()
    }

    /// Building says no only if a check is missing; even then it must be a complaint and not silence.
    fn build(
        &mut self,
        folder: &Path,
        gateway: gateway_file::GatewayFile,
        partners: Vec<partner_file::PartnerFile>,
        routes: Vec<route_file::RouteFile>,
    ) -> Option<Installation> {
        let why = match build::build(folder, gateway, partners, routes, std::mem::take(&mut self.files)) {
            Ok(Some(installation)) => return Some(installation),
            Ok(None) => "something is missing in it".to_string(),
            Err(conflict) => {
                format!("HER-id {} belongs to `{}` and to `{}`", conflict.her_id, conflict.first, conflict.second)
            }
        };
        self.complaints
            .push(Spot::of_file(folder.display().to_string()).complain(format!("this configuration cannot be used: {why}")));
        None
    }
}
