//! libxml2 in a process of its own: a small C program, compiled when the measurement begins and told what to do line by line.

use crate::corpus::Corpus;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// How libxml2 validates.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// While it parses; no tree.
    Sax,
    /// A tree first.
    Dom,
}

pub struct Peer {
    child: Child,
    lines: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// As it calls itself.
    pub version: String,
    /// Of each corpus: its name, its first message and how many there are.
    held: Vec<(&'static str, usize, usize)>,
}

impl Peer {
    /// Compiles and starts it in a folder; or says why it cannot.
    pub fn start(folder: &Path, schema: &Path, corpora: &[Corpus]) -> Result<Self, String> {
        let program = compile(folder)?;
        let mut command = Command::new(program);
        command.arg(schema).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let lines = child.stdin.take().ok_or("no way in")?;
        let answers = BufReader::new(child.stdout.take().ok_or("no way out")?);
        let mut peer = Self { child, lines, answers, version: String::new(), held: Vec::new() };
        peer.version = peer.answer()?;
        let mut first = 0;
        for corpus in corpora {
            peer.held.push((corpus.name, first, corpus.messages.len()));
            for message in &corpus.messages {
                let path = folder.join(format!("{first}.xml"));
                std::fs::write(&path, message).map_err(|error| error.to_string())?;
                peer.tell(&format!("add {}", path.display()))?;
                first += 1;
            }
        }
        Ok(peer)
    }

    /// CPU seconds for so many rounds over a corpus.
    pub fn measure(&mut self, mode: Mode, corpus: &str, rounds: usize) -> Result<f64, String> {
        let (_, first, count) = *self.held.iter().find(|(name, ..)| *name == corpus).ok_or("an unknown corpus")?;
        let word = if mode == Mode::Sax { "sax" } else { "dom" };
        self.tell(&format!("{word} {first} {count} {rounds}"))?;
        let answer = self.answer()?;
        let (seconds, refused) = answer.split_once(' ').ok_or("half an answer")?;
        if refused != "0" {
            return Err(format!("libxml2 refuses {refused} of the messages of {corpus}"));
        }
        seconds.parse().map_err(|_| format!("not a number: {seconds}"))
    }

    fn tell(&mut self, line: &str) -> Result<(), String> {
        writeln!(self.lines, "{line}").and_then(|()| self.lines.flush()).map_err(|error| error.to_string())
    }

    fn answer(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(0) => Err("libxml2_peer has ended".into()),
            Ok(_) => Ok(line.trim().to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn compile(folder: &Path) -> Result<std::path::PathBuf, String> {
    let flags =
        Command::new("xml2-config").args(["--cflags", "--libs"]).output().map_err(|_| "no xml2-config (libxml2-dev)")?;
    let flags = String::from_utf8_lossy(&flags.stdout).into_owned();
    let (source, program) = (folder.join("libxml2_peer.c"), folder.join("libxml2_peer"));
    std::fs::write(&source, include_str!("libxml2_peer.c")).map_err(|error| error.to_string())?;
    let mut compiler = Command::new("cc");
    compiler.arg("-O2").arg("-w").arg("-o").arg(&program).arg(&source).args(flags.split_whitespace());
    let output = compiler.output().map_err(|_| "no C compiler (cc)")?;
    if output.status.success() { Ok(program) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}
