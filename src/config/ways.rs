//! The ways in and out that a partner's file can name. The one file of `config` that knows the transports by name: for a new
//! one, add a reader of its options here and a line to one or both lists.

use crate::domain::{Fault, Private};
use crate::routing::Form;
use crate::settings::{Section, Written};
use crate::transports::http::{Target, TokenHash};
use crate::transports::{self, DIRECTORY, FHIR, HTTP, LOOPBACK, directory, fhir, http, loopback};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How a partner's system sends to us.
#[derive(Clone)]
pub enum Inbound {
    /// It posts to us and shows one of these tokens.
    Http(Vec<TokenHash>),
    /// It puts files into a folder.
    Directory(directory::InOptions),
}

/// How a partner's system gets what is for it.
#[derive(Clone)]
pub enum Outbound {
    /// We post to it.
    Http(http::OutOptions),
    /// We post Bundles to its FHIR endpoint.
    Fhir(fhir::OutOptions),
    /// We put files into a folder.
    Directory(directory::OutOptions),
    /// Into this very process, where nobody fetches it: to try the gateway without a partner.
    Loopback(loopback::Options),
}

impl Outbound {
    /// Makes the way out. It connects to nobody yet.
    pub fn connect(&self) -> Result<Arc<dyn transports::Outbound>, Fault> {
        Ok(match self {
            Self::Http(options) => Arc::new(http::Outbound::new(options)?),
            Self::Fhir(options) => Arc::new(fhir::Outbound::new(options)?),
            Self::Directory(options) => Arc::new(directory::Outbound::new(options.clone())),
            Self::Loopback(options) => Arc::new(loopback::Outbound::new(options.clone())),
        })
    }

    /// In which form what goes this way is written.
    pub fn form(&self) -> Form {
        match self {
            Self::Fhir(options) => options.form(),
            Self::Http(_) | Self::Directory(_) | Self::Loopback(_) => Form::Xml,
        }
    }

    /// Whether what is handed over is a word that there is something, and not the thing itself.
    pub fn only_notifies(&self) -> bool {
        matches!(self, Self::Fhir(options) if options.delivers == fhir::Delivers::Notification)
    }

    /// The transport and where it leads, as far as that may be shown: an address may hold a secret in its path.
    pub fn shown(&self) -> String {
        match self {
            Self::Http(options) => format!("{HTTP} to {}", options.target.shown()),
            Self::Fhir(options) => format!("{FHIR} to {}", options.base.target.shown()),
            Self::Directory(options) => format!("{DIRECTORY} {}", options.path.display()),
            Self::Loopback(_) => LOOPBACK.to_string(),
        }
    }
}

impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http(_) => HTTP,
            Self::Directory(_) => DIRECTORY,
        })
    }
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http(_) => HTTP,
            Self::Fhir(_) => FHIR,
            Self::Directory(_) => DIRECTORY,
            Self::Loopback(_) => LOOPBACK,
        })
    }
}

/// A way as a file names it, and who reads its section.
pub(super) type Named<W> = (&'static str, fn(&mut Section<'_>) -> Option<Configured<W>>);

/// A way, and a folder that is to be made for it.
pub(super) struct Configured<W> {
    pub way: W,
    pub make_folder: Option<PathBuf>,
}

/// `[sends.…]`
pub(super) const WAYS_IN: [Named<Inbound>; 2] = [(HTTP, http_in), (DIRECTORY, directory_in)];

/// `[receives.…]`
pub(super) const WAYS_OUT: [Named<Outbound>; 4] =
    [(HTTP, http_out), (FHIR, fhir_out), (DIRECTORY, directory_out), (LOOPBACK, loopback_out)];

fn http_in(section: &mut Section<'_>) -> Option<Configured<Inbound>> {
    const KEY: &str = "token_sha256";
    section.keep_secret(KEY);
    let written = section.required(KEY, Section::texts)?;
    if written.is_empty() {
        section.complain(section.spot_of(KEY).complain("there is no token").suggest("write at least one digest"));
    }
    let hashes: Vec<_> = written.iter().filter_map(|text| token_hash(section, text)).collect();
    Some(Configured { way: Inbound::Http(hashes), make_folder: None })
}

/// What is wrong is not repeated: it may be the token itself.
fn token_hash(section: &Section<'_>, text: &Written<String>) -> Option<TokenHash> {
    match TokenHash::parse(&text.value) {
        Some(hash) => {
            section.claim("token", hash.to_string(), text.spot.clone());
            Some(hash)
        }
        None => {
            let complaint = text.spot.complain_without_repeating("this is not a SHA-256 digest of 64 hexadecimal digits");
            let suggestion =
                "only the digest of a token belongs here, never the token; `printf %s TOKEN | sha256sum` makes it";
            section.complain(complaint.suggest(suggestion));
            None
        }
    }
}

fn http_out(section: &mut Section<'_>) -> Option<Configured<Outbound>> {
    Some(Configured { way: Outbound::Http(connection(section, "url")?), make_folder: None })
}

fn fhir_out(section: &mut Section<'_>) -> Option<Configured<Outbound>> {
    let kinds = [
        ("message", fhir::Delivers::Message),
        ("transaction", fhir::Delivers::Transaction),
        ("notification", fhir::Delivers::Notification),
    ];
    let delivers = section.choice("delivers", &kinds).unwrap_or_default();
    let with_original = section.flag("original").unwrap_or(false);
    let base = connection(section, "base")?;
    Some(Configured { way: Outbound::Fhir(fhir::OutOptions { base, delivers, with_original }), make_folder: None })
}

/// Where to, and how to be let in there.
pub(super) fn connection(section: &mut Section<'_>, key: &'static str) -> Option<http::OutOptions> {
    section.keep_secret(key);
    let url = section.required(key, Section::text);
    let plain_http = section.flag("plain_http").unwrap_or(false);
    let token_file = section.existing_file("token_file");
    let ca_file = section.existing_file("ca_file");
    let connect_timeout = section.duration("connect_timeout", Duration::from_millis(100)..=Duration::from_secs(120));
    let bearer_token = token_file.and_then(|file| token_in(section, &file));
    let url = url?;
    let target = match Target::parse(&url, plain_http) {
        Ok(target) => target,
        Err(why) => {
            let (problem, suggestion) = why.split_once("; ").unwrap_or((why, "write https://host/path"));
            section.complain(
                section.spot_of(key).complain_without_repeating(format!("this address {problem}")).suggest(suggestion),
            );
            return None;
        }
    };
    let usual = http::OutOptions::new(target);
    let connect_timeout = connect_timeout.unwrap_or(usual.connect_timeout);
    Some(http::OutOptions { bearer_token, ca_file, connect_timeout, ..usual })
}

/// The token that we show, from a file of its own so that partner files can be shown around.
fn token_in(section: &Section<'_>, file: &Path) -> Option<Private<String>> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let token = text.trim();
    let good = !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic());
    if !good {
        let complaint = section.spot_of("token_file").complain("there is no token in this file that could be sent");
        section.complain(complaint.suggest("it must be readable, and hold one line: the token as the partner gave it"));
    }
    good.then(|| Private::new(token.to_string()))
}

fn directory_in(section: &mut Section<'_>) -> Option<Configured<Inbound>> {
    let longest = Duration::from_secs(600);
    let settle = section.duration("settle", Duration::ZERO..=longest);
    let interval = section.duration("interval", Duration::from_millis(50)..=longest);
    let (path, make_folder) = folder(section)?;
    let usual = directory::InOptions::new(path);
    let (settle, interval) = (settle.unwrap_or(usual.settle), interval.unwrap_or(usual.interval));
    Some(Configured { way: Inbound::Directory(directory::InOptions { settle, interval, ..usual }), make_folder })
}

fn directory_out(section: &mut Section<'_>) -> Option<Configured<Outbound>> {
    let (path, make_folder) = folder(section)?;
    Some(Configured { way: Outbound::Directory(directory::OutOptions::new(path)), make_folder })
}

/// The folder of a partner, which is nobody else's. It is made only on demand: where a share is not mounted, a new folder
/// would take messages that nobody ever fetches.
fn folder(section: &mut Section<'_>) -> Option<(PathBuf, Option<PathBuf>)> {
    let create = section.flag("create").unwrap_or(false);
    let path = section.required("path", Section::path)?;
    section.claim("folder", path.display().to_string(), section.spot_of("path"));
    Some((path.clone(), create.then_some(path)))
}

fn loopback_out(section: &mut Section<'_>) -> Option<Configured<Outbound>> {
    let kept = section.whole_number("kept_parcels", 1..=1_000_000, "parcels");
    let usual = loopback::Options::default();
    let kept_parcels = kept.and_then(|kept| usize::try_from(kept).ok()).unwrap_or(usual.kept_parcels);
    Some(Configured { way: Outbound::Loopback(loopback::Options { kept_parcels, ..usual }), make_folder: None })
}
