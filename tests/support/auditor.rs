//! Somebody else's verifiers: `docs/verify/verify.py` and `verify_database.py`, run by Python as an auditor would.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Calls a verifier once for each row, which is its name and its arguments; one start of Python is enough for all of them.
const MANY: &str = r#"
import contextlib, importlib, io, json, sys
sys.path.insert(0, sys.argv[1])
for name, *arguments in map(json.loads, sys.stdin):
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = importlib.import_module(name).main(arguments)
    print(json.dumps([code, said.getvalue()]))
"#;

/// Python with the verifiers.
pub struct Auditor {
    verifier: PathBuf,
}

impl Auditor {
    /// `None`, said aloud, without Python or its package.
    #[expect(clippy::print_stderr, reason = "what is skipped is said aloud")]
    pub fn new() -> Option<Self> {
        let is_there =
            Command::new("python3").args(["-c", "import cryptography"]).output().is_ok_and(|ran| ran.status.success());
        if !is_there {
            eprintln!(
                "SKIPPED: there is no Python with `cryptography` (Debian packages python3, python3-cryptography), so nobody \
                 else has verified what we wrote"
            );
            return None;
        }
        Some(Self { verifier: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/verify") })
    }

    /// What is said of each row, and the exit code: `verify` and its arguments, or `verify_database` and its.
    pub fn judge<'a>(&self, rows: impl IntoIterator<Item = &'a [String]>) -> Vec<(i64, String)> {
        let rows: String = rows.into_iter().map(|row| format!("{}\n", serde_json::to_string(row).expect("JSON"))).collect();
        let mut command = Command::new("python3");
        command.args(["-B", "-c", MANY]).arg(&self.verifier).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = command.spawn().expect("it starts");
        let mut input = running.stdin.take().expect("a pipe");
        let writing = std::thread::spawn(move || input.write_all(rows.as_bytes()));
        let output = running.wait_with_output().expect("it ends");
        writing.join().expect("no panic").expect("it reads all");
        assert!(output.status.success(), "it ends well");
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        said.lines().map(|line| serde_json::from_str(line).expect("a code and what it said")).collect()
    }
}
