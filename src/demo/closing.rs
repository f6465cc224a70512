//! The words before and after the play.

use super::board::Board;
use super::cast::{CAPACITY, HOME_CARE, HOSPITAL, System};
use super::folder::Folder;
use super::letters::Letter;
use super::teller::{Colour, Teller};
use crate::domain::Fault;
use std::net::SocketAddr;

/// Who is there.
pub fn open(
    teller: &mut Teller<'_>,
    folder: &Folder,
    gateway: SocketAddr,
    partners: impl Iterator<Item = (&'static System, SocketAddr)>,
) {
    teller.heading("Bindeledd demo: a fictive municipality around a real gateway");
    teller.say("Every person, organisation and number is made up. All messages go over HTTP or through folders.\n");
    let mut introduce = |title: &str, about: &str| teller.say(&format!("  {title:<12} {about}"));
    introduce("gateway", &format!("http://{gateway}, everything it keeps is in {}", folder.path().display()));
    for (system, address) in partners {
        introduce(system.title, &format!("{}; http://{address}{}, sends its AppRecs itself", system.about, system.door()));
    }
    introduce(HOME_CARE.title, &format!("{}; files in folders, the gateway sends AppRecs for it", HOME_CARE.about));
    introduce(CAPACITY.title, &format!("{}; files in a folder, reads along", CAPACITY.about));
}

/// What was seen.
pub fn sum_up(teller: &mut Teller<'_>, board: &Board) {
    let rows = board.0.len();
    let (colour, text) = match board.surprises() {
        0 => (Colour::Green, format!("All {rows} ended as the script says.")),
        some => (Colour::Red, format!("{some} of {rows} did not end as the script says.")),
    };
    let text = teller.paint(colour, &text);
    teller.say(&format!("\n{text}"));
    teller.heading("What you saw");
    teller.say("  Nothing was said before it was stored: the tracking id is given when the message is safely on disk.");
    teller.say("  Each receiver was decided for on its own, by its HER-id; the routes are files in config/routes.");
    teller
        .say("  What arrived was answered with an AppRec, by the receiver's system or by the gateway, as the partner's file says.");
    teller.say("  What nobody could receive was refused with a code, or held for a person; it was never dropped.");
    teller.say("  A system that was down lost nothing: the gateway tried again until the message was there.");
}

/// What the reader can do now.
pub fn look_around(teller: &mut Teller<'_>, folder: &Folder, gateway: SocketAddr, tracking: &str) {
    let authorization = format!("-H 'Authorization: Bearer {}'", HOSPITAL.token());
    let file = folder.path().join(TRY_ME_FILE);
    teller.heading("Try it yourself, in another terminal");
    teller.say("  Why the last message was refused, and all that happened to it:");
    teller.say(&format!("    curl -s {authorization} http://{gateway}/messages/{tracking}"));
    teller.say("  Send one as the hospital, and read its state at the Location that comes back:");
    let content = "-H 'Content-Type: application/xml'";
    teller.say(&format!(
        "    curl -si {authorization} {content} --data-binary @'{}' http://{gateway}/messages",
        file.display()
    ));
    teller
        .say("  Then change something in that file, its MsgId first, send it again, and read what the gateway says to it.");
    teller.say(&format!("  Numbers for monitoring:  curl -s http://{gateway}/metrics"));
    let program = std::env::current_exe().map_or("bindeledd".into(), |path| path.display().to_string());
    let config = folder.path().join("config");
    teller.say(&format!("  What the operator sees:  '{program}' --config '{}' messages list", config.display()));
    teller.say("\nEverything stays up, and what happens is told here. Ctrl-C ends it.\n");
}

/// The name of the message that the reader may send.
const TRY_ME_FILE: &str = "try-me.xml";

/// Puts the message for the reader into the demo's folder.
pub fn lay_out(folder: &Folder, letter: &Letter) -> Result<(), Fault> {
    let path = folder.path().join(TRY_ME_FILE);
    std::fs::write(&path, &letter.bytes).map_err(|error| Fault::lasting(format!("{TRY_ME_FILE} cannot be written: {error}")))
}

/// The last words.
pub fn close(teller: &mut Teller<'_>, folder: &Folder) {
    teller.say(&if folder.is_kept() {
        format!("\nStopped. Everything is in {}", folder.path().display())
    } else {
        "\nStopped; nothing is left behind. With --keep FOLDER it is kept.".into()
    });
}
