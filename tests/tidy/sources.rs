//! Source files, and what is code in them: comments and the insides of literals are taken out and kept apart.

use std::path::{Path, PathBuf};

/// A file of the project.
pub struct Source {
    /// Its path from the project's folder, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
    /// Only the code: comments and what stands in literals are blanks; lines are where they were.
    pub code: String,
    /// What stands in string literals.
    pub strings: Vec<String>,
}

impl Source {
    /// Takes the text of a file apart.
    pub fn new(path: &str, text: &str) -> Self {
        let (code, strings) = take_apart(text);
        Self { path: path.into(), text: text.into(), code, strings }
    }

    /// The code without the unit tests, which stand last.
    pub fn code_without_tests(&self) -> &str {
        self.code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
    }

    /// The words and signs of some code; `::` is one sign.
    pub fn tokens(code: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        let mut rest = code.trim_start();
        while let Some(first) = rest.chars().next() {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let length = match first {
                _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
                ':' if rest.starts_with("::") => 2,
                _ => first.len_utf8(),
            };
            let (token, more) = rest.split_at(length);
            tokens.push(token);
            rest = more.trim_start();
        }
        tokens
    }
}

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below these folders.
pub fn rust(folders: &[&str]) -> Vec<Source> {
    let files = folders.iter().flat_map(|folder| files(&root().join(folder)));
    let rust = files.filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    rust.map(|path| Source::new(&shown(&path), &std::fs::read_to_string(&path).expect("UTF-8"))).collect()
}

/// Every file below a folder in the order of their names, but nothing that is built, stored or under version control's own folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    const NOT_OURS: [&str; 7] = [".git", "target", "node_modules", "bindeledd-data", "corpus", "artifacts", "coverage"];
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    let is_ours = |path: &PathBuf| !NOT_OURS.iter().any(|name| path.ends_with(name));
    let below = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    entries.into_iter().filter(is_ours).flat_map(below).collect()
}

/// A path as it is shown: from the project's folder.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Blanks out comments and the insides of literals.
fn take_apart(text: &str) -> (String, Vec<String>) {
    let (mut code, mut strings) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let before_is_word = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let (length, quoted) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), None)
        } else if rest.starts_with("/*") {
            (rest.find("*/").map_or(rest.len(), |end| end + 2), None)
        } else if let Some(length) = raw_string(rest).filter(|_| !before_is_word) {
            (length, Some(&rest[..length]))
        } else if first == '"' {
            let length = closing(rest, '"');
            (length, Some(&rest[1..length.max(2) - 1]))
        } else if let Some(length) = character(rest) {
            (length, None)
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        strings.extend(quoted.map(str::to_string));
        // Lines stay where they are, and words on both sides stay two words.
        code.push(' ');
        code.extend(rest[..length].chars().filter(|c| *c == '\n'));
        rest = &rest[length..];
    }
    (code, strings)
}

/// The length of `"…"` or `'…'` with its quotes.
fn closing(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of `r"…"`, `r#"…"#` and so on, also with a `b` before it.
fn raw_string(text: &str) -> Option<usize> {
    let after_r = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = after_r.len() - after_r.trim_start_matches('#').len();
    after_r[hashes..].strip_prefix('"')?;
    let start = text.len() - after_r.len() + hashes + 1;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(text[start..].find(&end).map_or(text.len(), |at| start + at + end.len()))
}

/// The length of a character literal; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let mut inside = text.strip_prefix('\'')?.chars();
    let first = inside.next()?;
    (first == '\\' || inside.next() == Some('\'')).then(|| closing(text, '\''))
}

#[test]
fn comments_and_literals_are_no_code() {
    let text = "a(\"b::c \\\" d\", 'e', '\\'', r#\"f\"g\"#); // h\nlet x: &'static str = /* i */ y;";
    let source = Source::new("x.rs", text);
    let words: Vec<_> = Source::tokens(&source.code).into_iter().filter(|t| t.chars().all(char::is_alphanumeric)).collect();
    assert_eq!(words, ["a", "let", "x", "static", "str", "y"]);
    assert_eq!(source.strings.len(), 2);
    assert_eq!(source.code.lines().count(), 2);
}
