//! Numbers for a monitoring system, in the text format of Prometheus. Labels come from closed lists, never from a message.

use crate::transports::Counters;
use std::fmt::Write;

/// The numbers of one moment that the store and the gateway know; the counters of the transports come beside them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Snapshot {
    /// Messages in the store that are not at an end, by state: received, held.
    pub messages: Vec<(&'static str, u64)>,
    /// Deliveries in the store by state.
    pub deliveries: Vec<(&'static str, u64)>,
    /// Deliveries that wait or are being sent.
    pub queue_depth: u64,
    /// Age of the oldest of them in seconds.
    pub queue_oldest_age_seconds: f64,
    /// Deliveries whose AppRec should have come.
    pub receipts_overdue: u64,
    /// Partners to whom nothing is handed over for now.
    pub paused: u64,
    /// Transactions made durable since the start.
    pub store_commits: u64,
    /// Changes in those transactions; divided by the commits, it says how many share one.
    pub store_writes: u64,
    /// Bytes that the store takes on disk.
    pub store_bytes: u64,
    /// True while new work is taken.
    pub ready: bool,
    /// Seconds since the start.
    pub uptime_seconds: f64,
}

/// The whole page.
pub fn render(snapshot: &Snapshot, counters: &Counters) -> String {
    let mut page = Page::default();
    page.family("bindeledd_build_info", GAUGE, "Which version runs.");
    page.value("bindeledd_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1.0);
    page.single("bindeledd_uptime_seconds", GAUGE, "Seconds since the start.", snapshot.uptime_seconds);
    page.single("bindeledd_ready", GAUGE, "1 while new work is taken.", f64::from(u8::from(snapshot.ready)));
    let judged = counters.judged.counts();
    page.by(
        "bindeledd_messages_total",
        COUNTER,
        "Messages judged since the start, by the state they came to.",
        "state",
        &judged,
    );
    page.by("bindeledd_messages", GAUGE, "Messages that are not at an end, by state.", "state", &snapshot.messages);
    page.by("bindeledd_deliveries", GAUGE, "Deliveries in the store by state.", "state", &snapshot.deliveries);
    page.single("bindeledd_queue_depth", GAUGE, "Deliveries that wait or are being sent.", count(snapshot.queue_depth));
    let oldest = snapshot.queue_oldest_age_seconds;
    page.single(
        "bindeledd_queue_oldest_age_seconds",
        GAUGE,
        "Age of the oldest delivery that waits or is being sent.",
        oldest,
    );
    page.single(
        "bindeledd_receipts_overdue",
        GAUGE,
        "Deliveries whose AppRec should have come.",
        count(snapshot.receipts_overdue),
    );
    page.single("bindeledd_partners_paused", GAUGE, "Partners that a person has paused.", count(snapshot.paused));
    page.family("bindeledd_arrivals_total", COUNTER, "Arrivals by transport and by how they were answered.");
    for (transport, answer, number) in counters.arrivals() {
        page.value("bindeledd_arrivals_total", &[("transport", transport), ("answer", answer)], count(number));
    }
    let attempts = counters.attempts.counts();
    page.by(
        "bindeledd_attempts_total",
        COUNTER,
        "Attempts to hand a parcel over, by what came of them.",
        "outcome",
        &attempts,
    );
    page.single("bindeledd_store_commits_total", COUNTER, "Transactions made durable.", count(snapshot.store_commits));
    page.single("bindeledd_store_writes_total", COUNTER, "Changes in those transactions.", count(snapshot.store_writes));
    page.single("bindeledd_store_bytes", GAUGE, "Bytes that the store takes on disk.", count(snapshot.store_bytes));
    page.0
}

const COUNTER: &str = "counter";
const GAUGE: &str = "gauge";

/// Prometheus knows only floating point; 2^53 messages are enough.
fn count(number: u64) -> f64 {
    number as f64
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn value(&mut self, name: &str, labels: &[(&str, &str)], value: f64) {
        let labels: Vec<String> = labels.iter().map(|(label, value)| format!("{label}=\"{value}\"")).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }

    fn single(&mut self, name: &str, kind: &str, help: &str, value: f64) {
        self.family(name, kind, help);
        self.value(name, &[], value);
    }

    fn by(&mut self, name: &str, kind: &str, help: &str, label: &str, numbers: &[(&'static str, u64)]) {
        self.family(name, kind, help);
        for (value, number) in numbers {
            self.value(name, &[(label, value)], count(*number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transports::Answer;

    #[test]
    fn every_number_stands_under_its_help_and_type_and_every_line_has_the_form() {
        let counters = Counters::default();
        counters.http.add(Answer::Repeated);
        let snapshot = Snapshot {
            messages: vec![("held", 2)],
            deliveries: vec![("queued", 3), ("dead", 0)],
            queue_oldest_age_seconds: 1.5,
            store_commits: 7,
            ..Snapshot::default()
        };
        let page = render(&snapshot, &counters);
        for line in [
            "bindeledd_messages{state=\"held\"} 2",
            "bindeledd_messages_total{state=\"refused\"} 0",
            "bindeledd_deliveries{state=\"queued\"} 3",
            "bindeledd_arrivals_total{transport=\"http\",answer=\"repeated\"} 1",
            "bindeledd_attempts_total{outcome=\"unknown\"} 0",
            "bindeledd_queue_oldest_age_seconds 1.5",
            "bindeledd_store_commits_total 7",
            "# TYPE bindeledd_store_commits_total counter",
        ] {
            assert!(page.lines().any(|l| l == line), "{line} is not in\n{page}");
        }
        let mut family = "";
        for line in page.lines() {
            match line.split_whitespace().collect::<Vec<_>>().as_slice() {
                ["#", "HELP", name, ..] => family = name,
                ["#", "TYPE", name, "counter" | "gauge"] => assert_eq!(*name, family),
                [series, value] => {
                    assert_eq!(series.split('{').next(), Some(family), "{line}");
                    assert!(value.parse::<f64>().is_ok(), "{line}");
                }
                _ => panic!("{line}"),
            }
        }
    }
}
