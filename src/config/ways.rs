//! The ways in and out that a partner's file can name. The one file of `config` that knows the transports by name: for a new
//! one, add a reader of its options here and a line to one or both lists.

use crate::domain::{Fault, Private};
use crate::routing::Form;
use crate::settings::{Section, Written};
use crate::transports::http::{Target, TokenHash};
use crate::transports::{self, AMQP, DIRECTORY, FHIR, HTTP, LOOPBACK, amqp, directory, fhir, http, loopback};
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
    /// It puts messages into a queue.
    Amqp(amqp::InOptions),
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
    /// We put messages into a queue, or hand them to an exchange.
    Amqp(amqp::OutOptions),
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
            Self::Amqp(options) => Arc::new(amqp::Outbound::new(options.clone())?),
            Self::Loopback(options) => Arc::new(loopback::Outbound::new(options.clone())),
        })
    }

    /// In which form what goes this way is written.
    pub fn form(&self) -> Form {
        match self {
            Self::Fhir(options) => options.form(),
            Self::Http(_) | Self::Directory(_) | Self::Amqp(_) | Self::Loopback(_) => Form::Xml,
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
            Self::Amqp(options) => match &options.to {
                amqp::To::Queue(queue) => format!("{AMQP} to the queue {queue} on {}", options.broker.address.shown()),
                amqp::To::Exchange { name, .. } => {
                    format!("{AMQP} to the exchange {name} on {}", options.broker.address.shown())
                }
            },
            Self::Loopback(_) => LOOPBACK.to_string(),
        }
    }
}

impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http(_) => HTTP,
            Self::Directory(_) => DIRECTORY,
            Self::Amqp(_) => AMQP,
        })
    }
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http(_) => HTTP,
            Self::Fhir(_) => FHIR,
            Self::Directory(_) => DIRECTORY,
            Self::Amqp(_) => AMQP,
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
pub(super) const WAYS_IN: [Named<Inbound>; 3] = [(HTTP, http_in), (DIRECTORY, directory_in), (AMQP, amqp_in)];

/// `[receives.…]`
pub(super) const WAYS_OUT: [Named<Outbound>; 5] =
    [(HTTP, http_out), (FHIR, fhir_out), (DIRECTORY, directory_out), (AMQP, amqp_out), (LOOPBACK, loopback_out)];

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
    let bearer_token = token_file.and_then(|file| secret_in(section, "token_file", &file));
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

/// The token or password that we show, from a file of its own so that partner files can be shown around.
fn secret_in(section: &Section<'_>, key: &'static str, file: &Path) -> Option<Private<String>> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let secret = text.trim();
    let good = !secret.is_empty() && secret.bytes().all(|b| b.is_ascii_graphic());
    if !good {
        let what = key.trim_end_matches("_file");
        let complaint = section.spot_of(key).complain(format!("there is no {what} in this file that could be sent"));
        section.complain(
            complaint.suggest(format!("it must be readable, and hold one line: the {what} as the partner gave it")),
        );
    }
    good.then(|| Private::new(secret.to_string()))
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

fn amqp_in(section: &mut Section<'_>) -> Option<Configured<Inbound>> {
    let create = section.flag("create").unwrap_or(false);
    let at_once = section.whole_number("at_once", 1..=64, "messages at a time");
    let queue = section.required("queue", queue_name);
    let broker = broker(section)?;
    let queue = queue?;
    claim_queue(section, &broker, &queue);
    let usual = amqp::InOptions::new(broker, queue);
    let at_once = at_once.and_then(|number| u16::try_from(number).ok()).unwrap_or(usual.at_once);
    Some(Configured { way: Inbound::Amqp(amqp::InOptions { create, at_once, ..usual }), make_folder: None })
}

fn amqp_out(section: &mut Section<'_>) -> Option<Configured<Outbound>> {
    let create = section.flag("create").unwrap_or(false);
    let to = amqp_place(section);
    let broker = broker(section)?;
    let to = to?;
    match &to {
        amqp::To::Queue(queue) => claim_queue(section, &broker, queue),
        amqp::To::Exchange { .. } if create => {
            let complaint = section.spot_of("create").complain("an exchange is not made by the gateway");
            section.complain(complaint.suggest("make it on the broker, with its bindings, and leave `create` out"));
        }
        amqp::To::Exchange { .. } => {}
    }
    Some(Configured { way: Outbound::Amqp(amqp::OutOptions { broker, to, create }), make_folder: None })
}

/// A queue, or an exchange with or without a routing key.
fn amqp_place(section: &mut Section<'_>) -> Option<amqp::To> {
    let routing_key = section.text("routing_key");
    match (section.has("queue"), section.has("exchange")) {
        (true, false) => {
            if routing_key.is_some() {
                let complaint = section.spot_of("routing_key").complain("a queue has no routing key");
                section.complain(complaint.suggest("leave it out, or name the `exchange` that it is for"));
            }
            Some(amqp::To::Queue(queue_name(section, "queue")?))
        }
        (false, true) => Some(amqp::To::Exchange { name: queue_name(section, "exchange")?, routing_key }),
        (true, true) => {
            // Both are read, so that neither counts as unknown.
            let _ = (queue_name(section, "queue"), queue_name(section, "exchange"));
            let complaint = section.spot_of("exchange").complain("this names a queue and an exchange");
            section.complain(complaint.suggest("keep one of them: an exchange reaches the queues that are bound to it"));
            None
        }
        (false, false) => {
            let complaint = section.spot().complain("this does not say where on the broker");
            section.complain(complaint.suggest("write `queue`, or `exchange` with or without a `routing_key`"));
            None
        }
    }
}

/// The name of a queue or an exchange. Everybody who may look at the broker sees it.
fn queue_name(section: &mut Section<'_>, key: &'static str) -> Option<String> {
    /// A name has 255 bytes (AMQP 0-9-1, shortstr), and ours get endings.
    const MAX_BYTES: usize = 200;
    const DIGITS_OF_A_PERSON: usize = 11;
    let name = section.text(key)?;
    let (problem, suggestion) = if name.len() > MAX_BYTES || name.chars().any(char::is_control) {
        ("is too long for a broker, or has a control character", "write at most 200 bytes")
    } else if name.starts_with("amq.") {
        ("belongs to the broker: it begins with `amq.`", "write a name of your own, such as \"nordoy.in\"")
    } else if name.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= DIGITS_OF_A_PERSON) {
        ("has eleven digits in a row, as a person's number has", "everybody sees the names on a broker; write another one")
    } else {
        return Some(name);
    };
    section.complain(section.spot_of(key).complain_without_repeating(format!("this name {problem}")).suggest(suggestion));
    None
}

/// Two that take from one queue would each get half of it, and who sends to the queue that it takes from gets its own words back.
fn claim_queue(section: &Section<'_>, broker: &amqp::Broker, queue: &str) {
    let amqp::Address { host, port, virtual_host, .. } = &broker.address;
    section.claim("queue", format!("{host}:{port}/{virtual_host}/{queue}"), section.spot_of("queue"));
}

fn broker(section: &mut Section<'_>) -> Option<amqp::Broker> {
    const KEY: &str = "url";
    section.keep_secret(KEY);
    let url = section.required(KEY, Section::text);
    let plain_amqp = section.flag("plain_amqp").unwrap_or(false);
    let ca_file = section.existing_file("ca_file");
    let connect_timeout = section.duration("connect_timeout", Duration::from_millis(100)..=Duration::from_secs(120));
    let login = login(section);
    let address = match amqp::Address::parse(&url?, plain_amqp) {
        Ok(address) => address,
        Err(why) => {
            let (problem, suggestion) = why.split_once("; ").unwrap_or((why, "write amqps://host/virtual-host"));
            let complaint = section.spot_of(KEY).complain_without_repeating(format!("this address {problem}"));
            section.complain(complaint.suggest(suggestion));
            return None;
        }
    };
    for key in ["ca_file", "certificate"] {
        if section.has(key) && !address.is_encrypted {
            let complaint = section.spot_of(key).complain(format!("`{key}` is for TLS, and this broker is asked without"));
            section.complain(complaint.suggest("write amqps:// in `url`, or leave it out"));
        }
    }
    let usual = amqp::Broker::new(address, login?);
    let connect_timeout = connect_timeout.unwrap_or(usual.connect_timeout);
    Some(amqp::Broker { ca_file, connect_timeout, ..usual })
}

/// As whom we come: a user with a password in a file of its own, so that partner files can be shown around, or a certificate.
fn login(section: &mut Section<'_>) -> Option<amqp::Login> {
    let user = section.text("user");
    let password = section.existing_file("password_file").map(|file| secret_in(section, "password_file", &file));
    let (certificate, key) = (section.existing_file("certificate"), section.existing_file("key"));
    match (user, password, certificate, key) {
        (Some(user), Some(password), None, None) => Some(amqp::Login::Password { user, password: password? }),
        (None, None, Some(certificate), Some(key)) => Some(amqp::Login::Certificate { certificate, key }),
        _ => {
            // A file that is not there has been complained about.
            let by_password = section.has("user") && section.has("password_file");
            let by_certificate = section.has("certificate") && section.has("key");
            if by_password == by_certificate {
                let complaint =
                    section.spot().complain("this does not say, in one way, as whom the gateway comes to the broker");
                let suggestion = "write `user` and `password_file`, or `certificate` and `key`";
                section.complain(complaint.suggest(suggestion));
            }
            None
        }
    }
}
