//! The page of rules says what the rules say: `docs/rules.md` is made from them, and this test tells when it is not.
//!
//! `BINDELEDD_UPDATE=1 cargo test --test rules_page_is_current` writes it anew.

use bindeledd::messages::all_rules;
use bindeledd::messages::apprec::error_code;
use bindeledd::rulebook::{Consequence, Enforced, Rule};
use std::fmt::Write;
use std::path::Path;

const PAGE: &str = "docs/rules.md";

#[test]
fn the_page_of_rules_is_what_the_rules_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = page(root);
    if std::env::var_os("BINDELEDD_UPDATE").is_some() {
        std::fs::write(root.join(PAGE), &page).expect("the page can be written");
    }
    let written = std::fs::read_to_string(root.join(PAGE)).unwrap_or_default();
    let line = written.lines().zip(page.lines()).position(|(written, wanted)| written != wanted);
    assert!(
        written == page,
        "{PAGE} is out of date (first difference: line {:?}); BINDELEDD_UPDATE=1 cargo test --test rules_page_is_current \
         writes it anew",
        line.map(|line| line + 1)
    );
}

const HEAD: &str = r"# The rules

This page is made from the rules themselves; `tests/rules_page_is_current.rs` fails when it is out of date. The numbers are
the project's own; *source* names the document and section, or the acceptance test of HIS 80415, that a rule comes from. What
to do about a finding, and all texts in bokmål and nynorsk, are in the file of the rule.

**Incoming** says what follows for a message that came in, **outgoing** for one that a connected system is about to send (a
partner that is `judged_as` outgoing, and `bindeledd validate --direction out`):

- *refuse*: a negative AppRec with the code beside it goes back, where one may be sent at all. What cannot be read far enough
  to be answered is told to the sender by the transport instead (HTTP 422, or a note beside the file).
- *hold*: no AppRec, neither positive nor negative; a person must look.
- *ignore*: recorded, and otherwise passed over.
- *warn*, *note*: accepted; the finding is stored and shown with the message.
- *block*: it may not be sent; the sender's system is told at once, and there is no AppRec.
- *by design*: no message can break it; the path is built so.

A rule can have another consequence in a particular case; its file says when. Two such cases matter to a sender: R-023 refuses
(T10) for a receiver whose system does not accept the type, or understands no [version](translation.md) in which it can be said,
and a message whose sender cannot be determined (R-004) is told to
the sender's system at once, by the transport.

**Seen to by** says where: *reading* (the bytes and the XML), *check* (a function in the rule's file), *routing* (for each
receiver on its own), *path* (the function in the rule's file is what the path itself calls).

Left out are rules that need what the gateway does not have: the ebXML envelope around a message (R-001, R-002), the patients of
the receiving system (R-035), and Adresseregisteret (R-069). R-047 is here and says what it is: signatures inside a message are
noted, and not verified yet. R-150 speaks of a class that no message holds. What is promised between messages and hours (R-172,
R-174, R-180, and from R-196 on) is for whoever watches over a whole stay, and cannot be told from one message.

| Rule | What must hold | Incoming | AppRec code | Outgoing | Seen to by | Source |
|---|---|---|---|---|---|---|
";

fn page(root: &Path) -> String {
    let rules = all_rules();
    let mut page = String::from(HEAD);
    for rule in &rules {
        let Rule { id, holds, source, .. } = rule;
        let file = link(root, rule);
        let code = match rule.incoming {
            Consequence::Refuse(reason) => error_code(reason),
            _ => "",
        };
        let (incoming, outgoing) = (consequence(rule.incoming), consequence(rule.outgoing));
        let cells = [&format!("[{id}]({file})"), holds.en, incoming, code, outgoing, enforced(rule.enforced), source];
        assert!(cells.iter().all(|cell| !cell.contains(['|', '\n'])), "{id} would break the table");
        writeln!(page, "| {} |", cells.join(" | ")).expect("a String takes everything");
    }
    page
}

fn consequence(consequence: Consequence) -> &'static str {
    match consequence {
        Consequence::ByDesign => "by design",
        other => other.as_str(),
    }
}

fn enforced(enforced: Enforced) -> &'static str {
    match enforced {
        Enforced::Reading => "reading",
        Enforced::Check => "check",
        Enforced::Routing => "routing",
        Enforced::Path => "path",
    }
}

/// The file of a rule is called by its number and its name; seen from the folder of the page.
fn link(root: &Path, rule: &Rule) -> String {
    let number = rule.id.trim_start_matches("R-");
    let name = format!("r{number}_{}.rs", rule.name);
    let messages = std::fs::read_dir(root.join("src/messages")).expect("reads").map(|entry| entry.expect("an entry").path());
    let file =
        messages.flat_map(|folder| [folder.join(&name), folder.join("rules").join(&name)]).find(|file| file.is_file());
    let file = file.unwrap_or_else(|| panic!("{} has no file {name}", rule.id));
    format!("../{}", file.strip_prefix(root).expect("below it").display())
}
