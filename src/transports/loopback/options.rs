//! Step 1: what can be chosen. Here only bounds; a real transport has its address and its secrets here too.

/// The choices of one loopback connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// The largest message, in bytes.
    pub max_message_bytes: usize,
    /// How many arrivals may wait to be received; who brings one more, waits.
    pub waiting_arrivals: usize,
    /// How many parcels are kept; one more is a temporary failure.
    pub kept_parcels: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_message_bytes: 20 * 1024 * 1024, waiting_arrivals: 16, kept_parcels: 10_000 }
    }
}
