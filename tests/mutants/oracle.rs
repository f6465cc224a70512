//! libxml2 as the judge to agree with: `xmllint --schema` over many files a call.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// What libxml2 says of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub is_valid: bool,
    /// Its first complaint, without the name of the file; empty when there is none.
    pub said: String,
}

/// `xmllint` with a schema.
pub struct Oracle {
    schema: PathBuf,
    folder: tempfile::TempDir,
}

impl Oracle {
    /// `None`, said aloud, without `xmllint`.
    pub fn new(schema: &Path) -> Option<Self> {
        if Command::new("xmllint").arg("--version").output().is_err() {
            eprintln!("SKIPPED: there is no xmllint (Debian package libxml2-utils), so nothing was compared with libxml2");
            return None;
        }
        Some(Self { schema: schema.to_path_buf(), folder: tempfile::tempdir().expect("a folder") })
    }

    /// Judges documents, in their order.
    pub fn judge<'t>(&self, documents: impl IntoIterator<Item = &'t str>) -> Vec<Verdict> {
        self.judge_within(documents, Duration::MAX).expect("it has all the time")
    }

    /// The same, unless libxml2 is lost: for some content models it needs exponential time.
    pub fn judge_within<'t>(&self, documents: impl IntoIterator<Item = &'t str>, time: Duration) -> Option<Vec<Verdict>> {
        // A folder of its own: what a document says of schemas is looked for beside it.
        let folder = tempfile::tempdir_in(self.folder.path()).expect("a folder");
        let mut names = Vec::new();
        for (number, text) in documents.into_iter().enumerate() {
            names.push(format!("m{number}.xml"));
            std::fs::write(folder.path().join(&names[number]), text).expect("written");
        }
        let mut command = Command::new("xmllint");
        command.args(["--nonet", "--noout", "--huge", "--schema"]).arg(&self.schema).args(&names).current_dir(folder.path());
        // Into a file: a pipe would fill up while we wait.
        let said = folder.path().join("said");
        let mut running = command.stderr(File::create(&said).expect("a file")).spawn().expect("runs");
        let begun = Instant::now();
        while running.try_wait().expect("runs").is_none() {
            if begun.elapsed() > time {
                running.kill().and_then(|()| running.wait()).expect("it ends");
                return None;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Some(read(&String::from_utf8_lossy(&std::fs::read(&said).expect("reads")), names.len()))
    }
}

fn read(said: &str, documents: usize) -> Vec<Verdict> {
    let mut verdicts = vec![None; documents];
    let mut first = vec![String::new(); documents];
    let mut open = None;
    for line in said.lines() {
        let named = line.strip_prefix('m').and_then(|rest| rest.split_once(".xml"));
        let numbered =
            named.and_then(|(number, rest)| Some((number.parse::<usize>().ok().filter(|it| *it < documents)?, rest)));
        let Some((number, rest)) = numbered else {
            // It quotes a value that has several lines.
            if let Some(open) = open {
                first[open] = format!("{}\n{line}", first[open]);
            }
            continue;
        };
        open = None;
        match rest {
            " validates" => verdicts[number] = Some(true),
            " fails to validate" => verdicts[number] = Some(false),
            _ if rest.contains(" error : ") && first[number].is_empty() => {
                first[number] = rest[1..].to_string();
                open = Some(number);
            }
            _ => {}
        }
    }
    let verdict = |(is_valid, said): (Option<bool>, String)| {
        // What it could not parse it does not judge.
        let malformed = || said.contains("parser error : ") || said.contains("namespace error : ");
        Verdict { is_valid: is_valid.unwrap_or_else(|| if malformed() { false } else { panic!("xmllint is silent") }), said }
    };
    let verdicts: Vec<Verdict> = verdicts.into_iter().zip(first).map(verdict).collect();
    assert!(
        verdicts.iter().all(|verdict| verdict.is_valid == verdict.said.is_empty()),
        "xmllint contradicts itself: {said}"
    );
    verdicts
}
