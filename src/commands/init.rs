//! `init`: writes a working configuration to start from, with tokens of its own.
//!
//! The templates are the shipped configuration itself, so there is only one to keep in order. A token is shown once and only
//! its digest is written: whoever reads the files cannot send.

use super::report::{Answer, Report, count};
use crate::config::{KEY_FILE, SHIPPED};
use crate::domain::Chance;
use crate::vault::KeyFile;
use aws_lc_rs::digest;
use serde_json::json;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// The line above a token's digest in the templates.
const TRIAL_TOKEN: &str = "# TRIAL ONLY:";

/// A token that was made, and for whom.
struct Token {
    partner: String,
    token: String,
}

/// Writes a configuration into a folder that has none. The randomness makes the tokens: it must be fit for secrets.
pub fn init(folder: &Path, chance: &dyn Chance) -> Report {
    let taken =
        ["bindeledd.toml", KEY_FILE, "partners", "routes"].iter().map(|name| folder.join(name)).find(|path| path.exists());
    if let Some(path) = taken {
        return Report::trouble(format!(
            "{} is there already; nothing was written. Name another folder, or move it away.",
            path.display()
        ));
    }
    let mut tokens = Vec::new();
    for (name, template) in SHIPPED {
        let text = personal(name, template, chance, &mut tokens);
        if let Err(error) = write_new(&folder.join(name), &text) {
            return Report::trouble(format!("{} could not be written: {error}", folder.join(name).display()));
        }
    }
    if let Err(fault) = KeyFile::create(&folder.join(KEY_FILE)) {
        return Report::fault(&fault);
    }
    Report { answer: Answer::Good, text: text(folder, &tokens), json: as_json(folder, &tokens) }
}

/// The template with a token of its own, and with its data inside the folder.
fn personal(name: &str, template: &str, chance: &dyn Chance, tokens: &mut Vec<Token>) -> String {
    let mut text = String::new();
    let mut lines = template.lines();
    while let Some(line) = lines.next() {
        if !line.starts_with(TRIAL_TOKEN) {
            text += &line.replace("\"../bindeledd-data", "\"data").replace("\"../../bindeledd-data", "\"../data");
            text.push('\n');
            continue;
        }
        let token = new_token(chance);
        text += "# The SHA-256 of the token that the partner shows; `init` showed the token itself once.\n";
        text += "# A new one: `openssl rand -hex 32`; give it to the partner, and put `printf %s TOKEN | sha256sum` here.\n";
        text += &format!("token_sha256 = [\"{}\"]\n", sha256_hex(&token));
        let partner = name.trim_start_matches("partners/").trim_end_matches(".toml").to_string();
        tokens.push(Token { partner, token });
        lines.next();
    }
    text
}

/// 256 random bits in hexadecimal.
fn new_token(chance: &dyn Chance) -> String {
    (0..4).map(|_| format!("{:016x}", chance.next_u64())).collect()
}

fn sha256_hex(token: &str) -> String {
    digest::digest(&digest::SHA256, token.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn text(folder: &Path, tokens: &[Token]) -> String {
    let mut text = format!("Wrote {} to {}:\n", count(SHIPPED.len(), "file", "files"), folder.display());
    for (name, _) in SHIPPED {
        text += &format!("  {name}\n");
    }
    text += &format!(
        "\n{KEY_FILE} has the keys that open what is stored: put a copy into a safe, apart from the backups of the data.\n"
    );
    text += "\nTokens for partners that send over HTTP. They are shown now and never again; the files have only their SHA-256:\n";
    for Token { partner, token } in tokens {
        text += &format!("  {partner:<24} {token}\n");
    }
    text += "\nOrganisations, HER-ids and addresses in the files are fictive: put your own in their place.\n";
    let here = if folder == Path::new("config") { String::new() } else { format!(" --config {}", folder.display()) };
    text += &format!(
        "Then `bindeledd{here} check` and `bindeledd{here} test`, and when both are content, `bindeledd{here} serve`."
    );
    text
}

fn as_json(folder: &Path, tokens: &[Token]) -> serde_json::Value {
    json!({
        "good": true,
        "folder": folder.display().to_string(),
        "files": SHIPPED.map(|(name, _)| name),
        "tokens": tokens.iter().map(|t| json!({ "partner": t.partner, "token": t.token })).collect::<Vec<_>>(),
    })
}
