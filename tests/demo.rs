//! The demo ends as its script says, tells nothing of anybody, and leaves nothing behind.

#![expect(clippy::unwrap_used, reason = "in a test, whatever is not there is a failure")]

use bindeledd::demo::{Ended, Options, play};
use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// The play takes seconds; what takes this long hangs.
const PATIENCE: Duration = Duration::from_secs(90);

/// What the demo writes to, and where a test reads while it plays.
#[derive(Clone, Default)]
struct Paper {
    text: Arc<Mutex<Vec<u8>>>,
    written: Arc<Notify>,
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.text.lock().unwrap().extend(bytes);
        self.written.notify_one();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Paper {
    fn read(&self) -> String {
        String::from_utf8(self.text.lock().unwrap().clone()).unwrap()
    }

    /// Waits until this is written after the first `start` bytes.
    async fn shows(&self, start: usize, what: &str) {
        let wait = async {
            while !self.read()[start..].contains(what) {
                self.written.notified().await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("no {what:?} in\n{}", self.read()));
    }
}

async fn play_once() -> String {
    let mut paper = Paper::default();
    let options = Options { once: true, keep: None, fast: true };
    let ended = tokio::time::timeout(PATIENCE, play(&options, &mut paper, std::future::pending())).await.expect("it ends");
    assert_eq!(ended.unwrap(), Ended::Good, "{}", paper.read());
    paper.read()
}

/// The rows of the table: message, from, to, state, receipt, why; folded cells joined again.
fn table(text: &str) -> Vec<Vec<String>> {
    let mut lines = text.lines().skip_while(|line| !line.starts_with("───"));
    let widths: Vec<usize> = lines.next().unwrap().split("  ").map(|ruler| ruler.chars().count()).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in lines.take_while(|line| !line.is_empty()) {
        let mut rest = line.chars();
        let cells = widths.iter().map(|width| rest.by_ref().take(width + 2).collect::<String>().trim().to_string());
        let cells: Vec<String> = cells.collect();
        if cells[0].is_empty() {
            for (cell, more) in rows.last_mut().unwrap().iter_mut().zip(cells) {
                *cell = format!("{cell} {more}").trim().to_string();
            }
        } else {
            rows.push(cells);
        }
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn the_play_ends_as_its_script_says_and_leaves_nothing_behind() {
    let text = play_once().await;
    let (system, gateway) = ("1.1 accepted, by the receiver", "1.1 accepted, by the gateway");
    let expected = [
        ["LOG_INNLAGT", "Hospital", "Home care", "acknowledged", gateway],
        ["INNLEGGELSESRAPPORT", "Home care", "Hospital", "acknowledged", system],
        ["HELSEOPPL_SOKNAD", "Hospital", "Allocation", "acknowledged", system],
        ["LOG_UTSKRIVNINGSKLAR", "Hospital", "Allocation", "acknowledged", system],
        ["LOG_UTSKRIVNINGSKLAR", "Hospital", "Capacity", "delivered", "none"],
        ["DIALOG_NOTAT", "Allocation", "Hospital", "acknowledged", "1.0 accepted, by the receiver"],
        ["UTSKRIVNINGSRAPPORT", "Hospital", "Home care", "acknowledged", gateway],
        ["LOG_UTSKREVET", "Hospital", "Home care", "acknowledged", gateway],
        ["MEDISINSKE_OPPLYSNINGER", "GP office", "Allocation", "acknowledged", system],
        ["DIALOG_HELSEFAGLIG", "GP office", "Coordination", "acknowledged", system],
        ["DIALOG_HELSEFAGLIG", "Coordination", "GP office", "acknowledged", system],
        ["DIALOG_HELSEFAGLIG", "GP office", "Team", "acknowledged", system],
        ["DIALOG_HELSEFAGLIG", "Team", "GP office", "acknowledged", system],
        ["LOG_INNLAGT", "Hospital", "Gamleby", "held", "none"],
        ["LOG_INNLAGT", "Hospital", "Home care", "refused", "1.1 refused E36, by the gateway"],
        ["LOG_INNLAGT", "Hospital", "unknown unit", "refused", "1.1 refused E21, by the gateway"],
    ];
    let rows = table(&text);
    let shown: Vec<_> = rows.iter().map(|row| &row[..5]).collect();
    assert_eq!(shown, expected, "{text}");
    let reasons = [
        (4, "fjellvik-kapasitet by route utskrivningsklar"),
        (10, "connection was refused"),
        (13, "R-003"),
        (14, "R-033"),
        (15, "R-063"),
    ];
    for (row, reason) in reasons {
        assert!(rows[row][5].contains(reason), "{reason} is not in row {row}: {:?}", rows[row]);
    }
    nothing_is_left(&text).await;
}

async fn nothing_is_left(text: &str) {
    let addresses: HashSet<&str> = text.split("http://").skip(1).filter_map(|rest| rest.split([',', '/']).next()).collect();
    assert_eq!(addresses.len(), 5, "the gateway and four partners: {addresses:?}");
    for address in addresses {
        assert!(TcpStream::connect(address).await.is_err(), "{address} still answers");
    }
    let folder = folder_in(text);
    assert!(folder.is_absolute() && !folder.exists(), "{} is still there", folder.display());
}

fn folder_in(text: &str) -> PathBuf {
    let (_, rest) = text.split_once("everything it keeps is in ").unwrap();
    rest.lines().next().unwrap().into()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobodys_name_or_number_is_shown() {
    let text = play_once().await;
    let mut names = HashSet::new();
    collect_names(Path::new("fixtures"), &mut names);
    assert!(names.contains("Stille") && names.contains("Måke"), "the fixtures have names: {names:?}");
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        assert!(!names.contains(word), "{word} is the name of a person in the fixtures");
        assert!(word.len() != 11 || !word.bytes().all(|b| b.is_ascii_digit()), "{word} may be an identity number");
    }
}

/// All family names and given names in the fixtures.
fn collect_names(folder: &Path, names: &mut HashSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            collect_names(&entry, names);
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&entry).unwrap()).into_owned();
        for end in ["FamilyName>", "GivenName>"] {
            let found = text.split(end).skip(1).step_by(2).filter_map(|rest| rest.split('<').next());
            names.extend(found.filter(|name| !name.is_empty()).map(str::to_string));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stays_up_what_it_says_to_try_works_and_a_named_folder_is_kept() {
    let parent = tempfile::tempdir().unwrap();
    let keep = parent.path().join("kept");
    let (mut out, leave) = (Paper::default(), Arc::new(Notify::new()));
    let paper = out.clone();
    let playing = tokio::spawn({
        let (options, leave) = (Options { once: false, keep: Some(keep.clone()), fast: true }, leave.clone());
        async move { play(&options, &mut out, async move { leave.notified().await }).await.unwrap() }
    });
    paper.shows(0, "Ctrl-C ends it").await;
    let text = paper.read();
    let commands: Vec<&str> = text.lines().filter_map(|line| Some(&line[line.find("curl ")?..])).collect();
    let [state, send, metrics] = commands.as_slice() else { panic!("{commands:?}") };
    assert!(run_curl(state).await.contains("\"rule\":\"R-063\""), "the reason of the refusal");
    assert!(run_curl(metrics).await.contains("bindeledd_attempts_total{outcome=\"delivered\"}"));
    let before = paper.read().len();
    assert!(run_curl(send).await.starts_with("HTTP/1.1 202"));
    paper.shows(before, "Home care                      finds in its folder: LOG_INNLAGT").await;
    paper.shows(before, "AppRec 1.1 from Home care: accepted").await;
    leave.notify_one();
    assert_eq!(tokio::time::timeout(PATIENCE, playing).await.expect("it ends").unwrap(), Ended::Good);
    assert!(keep.join("bindeledd-data/bindeledd.db").exists() && keep.join("config/bindeledd.toml").exists());
}

/// Does what the command line would: curl need not be on the machine.
async fn run_curl(command: &str) -> String {
    let (mut head, mut body, mut address, mut path) = (String::new(), Vec::new(), "", "");
    let mut words = command.split('\'').flat_map(|part| {
        if part.contains(": ") || part.starts_with('/') { vec![part] } else { part.split_whitespace().collect() }
    });
    while let Some(word) = words.next() {
        match word {
            "-H" => head += &format!("{}\r\n", words.next().unwrap()),
            "--data-binary" => assert_eq!(words.next(), Some("@")),
            file if file.starts_with('/') => body = std::fs::read(file).unwrap(),
            url if url.starts_with("http://") => {
                let rest = &url["http://".len()..];
                (address, path) = rest.split_at(rest.find('/').unwrap());
            }
            "curl" | "-s" | "-si" => {}
            other => panic!("{other} in {command}"),
        }
    }
    let method = if body.is_empty() { "GET" } else { "POST" };
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n{head}\r\n"
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&[head.as_bytes(), &body].concat()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// A pipe that nobody reads.
struct Broken;

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_nobody_reads_any_more_it_plays_to_its_end_and_does_not_stay_up() {
    let (options, mut out) = (Options { once: false, keep: None, fast: true }, Broken);
    let playing = play(&options, &mut out, std::future::pending());
    assert_eq!(tokio::time::timeout(PATIENCE, playing).await.expect("it ends").unwrap(), Ended::Good);
}
