//! Which statements one message takes on a server: by the server's own log, so that how busy the machine is does not matter.

use std::collections::BTreeMap;

/// What the server has to log.
pub const SETTINGS: [&str; 2] = ["log_statement=all", "log_parameter_max_length=0"];
/// What one message does once.
const ONCE: &str = "INSERT INTO message";

/// Prints each statement of the log, without its values, and how often it ran for each message.
pub fn print(log: &str) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut current = None;
    for line in log.lines().chain(["LOG:  end"]) {
        if let Some(more) = line.strip_prefix('\t') {
            current = current.map(|text: String| format!("{text} {}", more.trim()));
            continue;
        }
        if let Some(text) = current.take() {
            *counts.entry(text).or_default() += 1;
        }
        let told = line.split_once("LOG:  ").map(|(_, told)| told);
        current = told.and_then(|told| {
            let executed = told.strip_prefix("execute ").and_then(|rest| rest.split_once(": ").map(|(_, text)| text));
            executed.or_else(|| told.strip_prefix("statement: ")).map(str::to_owned)
        });
    }
    let messages: usize = counts.iter().filter(|(text, _)| text.starts_with(ONCE)).map(|(_, count)| count).sum();
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let for_each = |count: usize| count as f64 / messages.max(1) as f64;
    println!("{messages} messages, {:.1} statements each:\n", for_each(all.iter().map(|(_, count)| count).sum()));
    for (text, count) in all.iter().filter(|(_, count)| for_each(*count) > 0.05) {
        println!("{:6.2}  {}", for_each(*count), text.chars().take(110).collect::<String>());
    }
}
