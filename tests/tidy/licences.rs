//! Licences of dependencies: which we take, and how an expression of several is read (SPDX).

/// The licences under which a dependency may come. All of them allow use in open and closed systems without conditions that
/// reach further than the dependency itself.
const TAKEN: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
];

/// True when the expression leaves a choice that we take: `OR` gives one, `AND` gives none.
pub fn is_taken(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let taken = either(&words, &mut at);
    taken && at == words.len()
}

fn either(words: &[&str], at: &mut usize) -> bool {
    let mut taken = all(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        taken |= all(words, at);
    }
    taken
}

fn all(words: &[&str], at: &mut usize) -> bool {
    let mut taken = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        taken &= one(words, at);
    }
    taken
}

fn one(words: &[&str], at: &mut usize) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let taken = either(words, at);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return taken && closed;
    }
    let licence = if words.get(*at) == Some(&"WITH") {
        *at += 2;
        format!("{word} WITH {}", words.get(*at - 1).unwrap_or(&""))
    } else {
        (*word).to_string()
    };
    TAKEN.contains(&licence.as_str())
}

#[test]
fn an_expression_is_taken_when_it_leaves_a_choice_that_we_take() {
    for taken in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0 OR MIT",
        "ISC AND (Apache-2.0 OR GPL-2.0)",
        "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
    ] {
        assert!(is_taken(taken), "{taken}");
    }
    for not_taken in
        ["", "GPL-3.0", "MIT AND GPL-3.0", "ISC AND (GPL-2.0 OR AGPL-3.0)", "MIT WITH something", "(MIT", "MIT ISC"]
    {
        assert!(!is_taken(not_taken), "{not_taken}");
    }
}
