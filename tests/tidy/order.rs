//! The rule of order: in every file that declares modules, a module imports only what is declared above it.

use super::sources::Source;
use std::collections::{BTreeMap, BTreeSet};

type Path = Vec<String>;

/// A module with the modules that it declares.
struct Module<'s> {
    source: &'s Source,
    children: Vec<String>,
    /// Names that it takes from its own children, and from which.
    from_children: BTreeMap<String, String>,
}

/// Every import of something that is declared later.
pub fn violations(sources: &[Source]) -> Vec<String> {
    let modules = modules(sources);
    modules.iter().flat_map(|(path, module)| later_imports(path, module, &modules)).collect()
}

/// Every file that no `mod` line reaches from `src/lib.rs` or `src/main.rs`.
pub fn unreached(sources: &[Source]) -> Vec<&str> {
    let modules = modules(sources);
    let mut reached = BTreeSet::from([Path::new()]);
    let mut waiting = vec![Path::new()];
    while let Some(path) = waiting.pop() {
        for child in modules.get(&path).iter().flat_map(|module| &module.children) {
            let child: Path = path.iter().chain([child]).cloned().collect();
            reached.insert(child.clone());
            waiting.push(child);
        }
    }
    let is_root = |source: &&Source| !matches!(source.path.as_str(), "src/lib.rs" | "src/main.rs");
    sources.iter().filter(is_root).filter(|s| !reached.contains(&path_of(s))).map(|s| s.path.as_str()).collect()
}

fn modules(sources: &[Source]) -> BTreeMap<Path, Module<'_>> {
    let module = |source| (path_of(source), read(source));
    sources.iter().filter(|source| source.path != "src/main.rs").map(module).collect()
}

/// `src/a/mod.rs` and `src/a.rs` are `a`, `src/a/b.rs` is `a::b`, `src/lib.rs` is the crate itself.
fn path_of(source: &Source) -> Path {
    let inside = source.path.strip_prefix("src/").unwrap_or(&source.path).trim_end_matches(".rs");
    inside.split('/').filter(|part| !matches!(*part, "mod" | "lib")).map(str::to_string).collect()
}

fn read(source: &Source) -> Module<'_> {
    let tokens = Source::tokens(&source.code);
    let declared = |at: &usize| tokens[*at] == "mod" && tokens.get(at + 2) == Some(&";");
    let children: Vec<String> = (0..tokens.len()).filter(declared).map(|at| tokens[at + 1].to_string()).collect();
    let mut from_children = BTreeMap::new();
    for at in (0..tokens.len()).filter(|at| tokens[*at] == "use") {
        for import in tree(&tokens, at + 1) {
            let mut parts = import.path.iter().skip_while(|part| *part == "self");
            let child = parts.next().filter(|child| children.contains(child));
            if let (Some(child), Some(last)) = (child, import.known_as()) {
                from_children.insert(last.to_string(), child.clone());
            }
        }
    }
    Module { source, children, from_children }
}

fn later_imports(own: &Path, module: &Module<'_>, modules: &BTreeMap<Path, Module<'_>>) -> Vec<String> {
    let later = |(line, path): (usize, Path)| {
        let (parent, from, to) = crossing(own, &path, modules)?;
        let children = &modules[&parent].children;
        let place = |name: &String| children.iter().position(|child| child == name);
        let wrong = place(&to)? > place(&from)?;
        let (file, here) = (&module.source.path, [vec!["crate".to_string()], parent].concat().join("::"));
        wrong.then(|| format!("{file}:{line}: `{from}` imports `{to}`, which {here} declares later ({})", path.join("::")))
    };
    references(own, module.source).into_iter().filter_map(later).collect()
}

/// Where the way from a module to what it names leaves the common part: the common parent, and its children on both sides.
fn crossing(own: &Path, named: &Path, modules: &BTreeMap<Path, Module<'_>>) -> Option<(Path, String, String)> {
    let common = own.iter().zip(named).take_while(|(one, other)| one == other).count();
    let (parent, from, to) = (own[..common].to_vec(), own.get(common)?, named.get(common)?);
    let module = modules.get(&parent)?;
    let to = if module.children.contains(to) { to } else { module.from_children.get(to)? };
    Some((parent, from.clone(), to.clone()))
}

/// What a file names by `crate::`, `super::` and `self::`, with its line.
fn references(own: &Path, source: &Source) -> Vec<(usize, Path)> {
    let mut found = Vec::new();
    // Modules inside the file, with the depth of braces at which each ends.
    let (mut inside, mut depth): (Vec<(String, usize)>, usize) = (Vec::new(), 0);
    let lines: Vec<(usize, Vec<&str>)> = source.code.lines().map(Source::tokens).enumerate().collect();
    let all: Vec<(usize, &str)> =
        lines.iter().flat_map(|(line, tokens)| tokens.iter().map(move |t| (line + 1, *t))).collect();
    let tokens: Vec<&str> = all.iter().map(|(_, token)| *token).collect();
    for (at, (line, token)) in all.iter().enumerate() {
        match *token {
            "{" => {
                if at >= 2 && tokens[at - 2] == "mod" {
                    inside.push((tokens[at - 1].to_string(), depth));
                }
                depth += 1;
            }
            "}" => {
                depth = depth.saturating_sub(1);
                inside.retain(|(_, ends)| *ends < depth);
            }
            "crate" | "super" | "self" if tokens.get(at + 1) == Some(&"::") && (at == 0 || tokens[at - 1] != "::") => {
                let here: Path = own.iter().cloned().chain(inside.iter().map(|(name, _)| name.clone())).collect();
                found.extend(tree(&tokens, at).into_iter().map(|import| (*line, absolute(&here, &import.path))));
            }
            _ => {}
        }
    }
    found
}

fn absolute(here: &Path, path: &[String]) -> Path {
    let mut absolute = here.clone();
    for part in path {
        match part.as_str() {
            "crate" => absolute.clear(),
            "self" => {}
            "super" => drop(absolute.pop()),
            _ => absolute.push(part.clone()),
        }
    }
    absolute
}

/// One path out of a `use` tree.
struct Import {
    path: Path,
    alias: Option<String>,
}

impl Import {
    fn known_as(&self) -> Option<&str> {
        self.alias.as_deref().or(self.path.last().map(String::as_str))
    }
}

/// Every path of the tree that begins at a token: `a::{b, c::d as e}` is `a::b` and `a::c::d`.
fn tree(tokens: &[&str], at: usize) -> Vec<Import> {
    let mut at = at;
    branch(tokens, &mut at, &Path::new())
}

fn branch(tokens: &[&str], at: &mut usize, before: &Path) -> Vec<Import> {
    let mut path = before.clone();
    loop {
        match tokens.get(*at) {
            Some(&"{") => {
                *at += 1;
                let mut imports = Vec::new();
                while tokens.get(*at).is_some_and(|token| *token != "}") {
                    imports.extend(branch(tokens, at, &path));
                    *at += usize::from(tokens.get(*at) == Some(&","));
                }
                *at += 1;
                return imports;
            }
            Some(&"*") => {
                *at += 1;
                return vec![Import { path, alias: None }];
            }
            Some(word) if word.starts_with(|c: char| c.is_alphabetic() || c == '_') => {
                path.push((*word).to_string());
                *at += 1;
            }
            // Anything else ends it; a sign that nobody expects here must not be looked at for ever.
            _ => {
                *at += 1;
                return vec![Import { path, alias: None }];
            }
        }
        match tokens.get(*at) {
            Some(&"::") => *at += 1,
            Some(&"as") => {
                let alias = tokens.get(*at + 1).map(|alias| (*alias).to_string());
                *at += 2;
                return vec![Import { path, alias }];
            }
            _ => return vec![Import { path, alias: None }],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORLD: [(&str, &str); 6] = [
        ("src/lib.rs", "pub mod first;\n#[cfg(feature = \"x\")]\npub mod second;"),
        ("src/first/mod.rs", "mod above;\nmod below;\npub use above::Up;\npub use below::{Down, Deep as Deeper};"),
        ("src/first/above.rs", "pub struct Up;"),
        ("src/first/below.rs", "use super::Up;\nuse super::above::Up as Other;\nuse self::inner::X;\npub struct Down;"),
        ("src/second/mod.rs", "use crate::first::{Up, Down};\nmod part;"),
        ("src/second/part.rs", "fn f() -> crate::first::Up { super::super::first::Down }"),
    ];

    fn with(path: &str, text: &str) -> Vec<String> {
        let files = WORLD.iter().map(|(p, t)| if *p == path { (path, text) } else { (*p, *t) });
        let sources: Vec<_> = files.map(|(path, text)| Source::new(path, text)).collect();
        violations(&sources)
    }

    #[test]
    fn a_tidy_crate_has_no_violations() {
        assert_eq!(with("", ""), [""; 0]);
    }

    #[test]
    fn every_way_to_write_a_planted_violation_is_found() {
        let above = "src/first/above.rs";
        for planted in [
            "use super::below::Down;",
            "use super::Down;",
            "use super::Deeper;",
            "use crate::first::below::Down;",
            "use crate::first::{Up, Down};",
            "use crate::{first::{below::{Down}}};",
            "use crate::second::Thing;",
            "fn f() { super::below::call(1) }",
            "fn f() {\n    let x = crate::second::part::X;\n}",
            "fn f() -> super::Down { todo() }",
            "mod tests {\n    use super::super::below::Down;\n}",
            "use super::below as other;",
        ] {
            assert_eq!(with(above, planted).len(), 1, "{planted}: {:?}", with(above, planted));
        }
        let found = with(above, "pub struct Up;\nuse super::below::Down;");
        let says = "src/first/above.rs:2: `above` imports `below`, which crate::first declares later (first::below::Down)";
        assert_eq!(found, [says]);
    }

    #[test]
    fn what_only_looks_like_a_violation_is_none() {
        for harmless in [
            "// use super::below::Down;",
            "/// See [`super::below::Down`].\npub struct Up;",
            "const X: &str = \"crate::second::X\";",
            "use super::Up;",
            "mod tests {\n    use super::*;\n    use super::below;\n}",
            "pub(super) struct Up; pub(crate) struct Y;",
        ] {
            assert_eq!(with("src/first/above.rs", harmless), [""; 0], "{harmless}");
        }
    }

    #[test]
    fn a_file_without_a_mod_line_is_found() {
        let mut sources: Vec<_> = WORLD.iter().map(|(path, text)| Source::new(path, text)).collect();
        assert_eq!(unreached(&sources), [""; 0]);
        sources.push(Source::new("src/second/forgotten.rs", "//! Nobody reads this."));
        sources.push(Source::new("src/first/above/deeper.rs", "//! Nor this."));
        assert_eq!(unreached(&sources), ["src/second/forgotten.rs", "src/first/above/deeper.rs"]);
    }
}
