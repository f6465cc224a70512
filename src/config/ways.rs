//! The ways in and out that a partner's file can name. The one file of `config` that knows the transports by name.

use crate::settings::Section;
use std::path::PathBuf;
use std::time::Duration;

/// How a partner's system sends to us.
#[derive(Clone, Debug)]
pub enum Inbound {
    /// It posts to us and shows a token; these are the tokens' SHA-256 digests.
    Http(Vec<[u8; 32]>),
    /// It puts files into a folder.
    Directory { path: PathBuf, settle: Duration },
    /// This very process.
    Loopback,
}

/// How a partner's system gets what is for it.
#[derive(Clone, Debug)]
pub enum Outbound {
    /// We post to it.
    Http { url: String, token_file: Option<PathBuf> },
    /// We put files into a folder.
    Directory { path: PathBuf },
    /// This very process.
    Loopback,
}

/// One transport, as partner files name it.
pub(super) struct Way {
    /// The key under `sends` and `receives`.
    pub name: &'static str,
    /// Reads `[sends.<name>]`.
    pub read_inbound: fn(&mut Section<'_>) -> Option<Inbound>,
    /// Reads `[receives.<name>]`.
    pub read_outbound: fn(&mut Section<'_>) -> Option<Outbound>,
}

/// All of them.
pub(super) const WAYS: [Way; 3] = [
    Way { name: "http", read_inbound: http_in, read_outbound: http_out },
    Way { name: "directory", read_inbound: directory_in, read_outbound: directory_out },
    Way { name: "loopback", read_inbound: |_| Some(Inbound::Loopback), read_outbound: |_| Some(Outbound::Loopback) },
];

fn http_in(section: &mut Section<'_>) -> Option<Inbound> {
    let digests = section.required("token_sha256", Section::sha256s)?;
    if digests.is_empty() {
        section.complain(section.spot_of("token_sha256").complain("there is no token").suggest("write at least one digest"));
    }
    for digest in &digests {
        section.claim("token", format!("{:?}", digest.value), digest.spot.clone());
    }
    Some(Inbound::Http(digests.into_iter().map(|digest| digest.value).collect()))
}

fn http_out(section: &mut Section<'_>) -> Option<Outbound> {
    let url = section.required("url", Section::text);
    let token_file = section.existing_file("token_file");
    Some(Outbound::Http { url: url?, token_file })
}

fn directory_in(section: &mut Section<'_>) -> Option<Inbound> {
    let path = section.required("path", Section::path);
    let settle = section.duration("settle", Duration::from_millis(10)..=Duration::from_secs(600));
    let path = path?;
    section.claim("folder", path.display().to_string(), section.spot_of("path"));
    Some(Inbound::Directory { path, settle: settle.unwrap_or(Duration::from_secs(2)) })
}

fn directory_out(section: &mut Section<'_>) -> Option<Outbound> {
    let path = section.required("path", Section::path)?;
    section.claim("folder", path.display().to_string(), section.spot_of("path"));
    Some(Outbound::Directory { path })
}
