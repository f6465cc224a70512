//! What happened in a simulation, counted.

/// What happened over all seeds: a simulation in which nothing goes wrong proves nothing.
#[derive(Default, Debug)]
pub struct Totals {
    pub crashes: u64,
    pub delivered: u64,
    pub repeated: u64,
    pub refused: u64,
    pub held: u64,
    pub dead: u64,
    pub acknowledged: u64,
    pub rejected: u64,
    pub judged_later: u64,
}

impl Totals {
    pub fn add(&mut self, other: &Self) {
        self.crashes += other.crashes;
        self.delivered += other.delivered;
        self.repeated += other.repeated;
        self.refused += other.refused;
        self.held += other.held;
        self.dead += other.dead;
        self.acknowledged += other.acknowledged;
        self.rejected += other.rejected;
        self.judged_later += other.judged_later;
    }

    pub fn show_that_everything_happened(&self) {
        let Self { crashes, delivered, repeated, refused, held, dead, acknowledged, rejected, judged_later } = *self;
        let all = [crashes, delivered, repeated, refused, held, dead, acknowledged, rejected, judged_later];
        let few_seeds = std::env::var_os("BINDELEDD_SEED").is_some();
        assert!(few_seeds || all.iter().all(|count| *count > 0), "something never happened: {self:?}");
    }
}
