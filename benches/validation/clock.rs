//! Processor time and memory, as Linux counts them: what other programs do at the same time matters little.

/// Seconds on a processor so far, of this thread. Where Linux does not count them, the wall clock must do.
pub fn cpu_seconds() -> f64 {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = counted.as_deref().and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    nanoseconds.map_or_else(wall_seconds, |nanoseconds| nanoseconds as f64 / 1e9)
}

fn wall_seconds() -> f64 {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed().as_secs_f64()
}

/// Kilobytes by which the memory of this process grew at most while something was done.
pub fn growth_kilobytes(work: impl FnOnce()) -> Option<u64> {
    // Sets the high-water mark to what is in use now.
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    let before = status("VmHWM:")?;
    work();
    Some(status("VmHWM:")?.saturating_sub(before))
}

fn status(line: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let found = status.lines().find_map(|text| text.strip_prefix(line))?;
    found.trim().trim_end_matches(" kB").parse().ok()
}
