//! A library of C in a process of its own: a small program, compiled when the measurement begins and told what to do line by line.

use crate::corpus::Corpus;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// What all such programs begin with.
const HELD: &str = include_str!("held.c");

/// Such a program.
pub struct Source {
    pub name: &'static str,
    pub text: &'static str,
    /// What tells the flags of the compiler, and the package that it is in.
    pub flags: (&'static str, &'static str),
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
    pub fn start(source: &Source, folder: &Path, argument: &Path, corpora: &[Corpus]) -> Result<Self, String> {
        let program = compile(source, folder)?;
        let mut command = Command::new(program);
        command.arg(argument).stdin(Stdio::piped()).stdout(Stdio::piped());
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

    /// CPU seconds for so many rounds of what the word means over a corpus, and the number that the program tells beside them.
    pub fn measure(&mut self, word: &str, corpus: &str, rounds: usize) -> Result<(f64, i64), String> {
        let (_, first, count) = *self.held.iter().find(|(name, ..)| *name == corpus).ok_or("an unknown corpus")?;
        self.tell(&format!("{word} {first} {count} {rounds}"))?;
        let answer = self.answer()?;
        let (seconds, told) = answer.split_once(' ').ok_or("half an answer")?;
        let told = told.parse().map_err(|_| format!("not a number: {told}"))?;
        Ok((seconds.parse().map_err(|_| format!("not a number: {seconds}"))?, told))
    }

    fn tell(&mut self, line: &str) -> Result<(), String> {
        writeln!(self.lines, "{line}").and_then(|()| self.lines.flush()).map_err(|error| error.to_string())
    }

    fn answer(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(0) => Err("the program has ended".into()),
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

fn compile(source: &Source, folder: &Path) -> Result<std::path::PathBuf, String> {
    let (tool, package) = source.flags;
    let flags = Command::new(tool).args(["--cflags", "--libs"]).output().map_err(|_| format!("no {tool} ({package})"))?;
    let flags = String::from_utf8_lossy(&flags.stdout).into_owned();
    let program = folder.join(source.name);
    let text = program.with_extension("c");
    std::fs::write(&text, [HELD, source.text].concat()).map_err(|error| error.to_string())?;
    let mut compiler = Command::new("cc");
    compiler.arg("-O2").arg("-w").arg("-o").arg(&program).arg(&text).args(flags.split_whitespace());
    let output = compiler.output().map_err(|_| "no C compiler (cc)")?;
    if output.status.success() { Ok(program) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}
