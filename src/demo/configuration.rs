//! The configuration of the demo: the shipped one, with free ports, and with less patience than among people.

use super::cast::{ALLOCATION, GP_OFFICE, HOME_CARE, HOSPITAL, PLATFORM};
use crate::config::{Installation, SHIPPED, load};
use crate::domain::Fault;
use std::net::SocketAddr;
use std::path::Path;

/// Where each partner with an address of its own listens, by its name.
pub type Addresses = [(&'static str, SocketAddr)];

/// One change to a shipped file: what is written there, and what stands there instead.
struct Change {
    file: String,
    shipped: &'static str,
    instead: String,
}

/// Writes the configuration to a folder and reads it as `serve` would.
pub fn write(folder: &Path, addresses: &Addresses) -> Result<Installation, Fault> {
    for (name, text) in adapted(addresses)? {
        let path = folder.join(name);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        let cannot = |error| Fault::lasting(format!("{} cannot be written: {error}", path.display()));
        made.and_then(|()| std::fs::write(&path, text)).map_err(cannot)?;
    }
    let checked = load(folder);
    checked.installation.ok_or_else(|| {
        let complaints: Vec<String> = checked.complaints.iter().map(ToString::to_string).collect();
        Fault::lasting(format!("the configuration of the demo has complaints: {}", complaints.join("; ")))
    })
}

fn adapted(addresses: &Addresses) -> Result<Vec<(&'static str, String)>, Fault> {
    let mut files: Vec<_> = SHIPPED.iter().map(|(name, text)| (*name, (*text).to_string())).collect();
    for Change { file, shipped, instead } in changes(addresses) {
        let found = files.iter_mut().find(|(name, text)| *name == file && text.contains(shipped));
        let (_, text) = found.ok_or_else(|| Fault::lasting(format!("{file} has no line `{shipped}` any more")))?;
        *text = text.replacen(shipped, &instead, 1);
    }
    Ok(files)
}

fn changes(addresses: &Addresses) -> Vec<Change> {
    let partner = |name: &str| format!("partners/{name}.toml");
    let mut changes = vec![
        Change { file: "bindeledd.toml".into(), shipped: "127.0.0.1:8080", instead: "127.0.0.1:0".into() },
        // Home care renames whole files into its folder, so nobody has to wait until they lie still.
        Change {
            file: partner(HOME_CARE.partner),
            shipped: "[sends.directory]",
            instead: "[sends.directory]\nsettle = \"0s\"\ninterval = \"100ms\"".into(),
        },
        // Its system is down for a moment in the play, and nobody shall wait for five seconds.
        Change {
            file: partner(GP_OFFICE.partner),
            shipped: "[receives.http]",
            instead: "[receives.retry]\nfirst_wait = \"400ms\"\nlongest_wait = \"1s\"\n\n[receives.http]".into(),
        },
    ];
    let ports = [
        (&ALLOCATION, "127.0.0.1:9101"),
        (&GP_OFFICE, "127.0.0.1:9102"),
        (&HOSPITAL, "127.0.0.1:9103"),
        (&PLATFORM, "127.0.0.1:9104"),
    ];
    for (system, shipped) in ports {
        let address = addresses.iter().find(|(name, _)| *name == system.partner).map(|(_, address)| address.to_string());
        changes.extend(address.map(|instead| Change { file: partner(system.partner), shipped, instead }));
    }
    changes
}
