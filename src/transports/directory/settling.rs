//! Which files have lain still long enough to be read. Pure: looks and times come in, names come out.
//!
//! Time is this machine's monotonic time between our own looks, so a share whose clock goes wrong does not matter.

use super::files::Look;
use std::collections::HashMap;
use std::ffi::OsString;
use std::time::Duration;
use tokio::time::Instant;

/// A file that may be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Still {
    /// Its name in the folder.
    pub name: OsString,
    /// How it looks.
    pub look: Look,
}

/// What we remember of a folder from look to look.
#[derive(Default)]
pub struct Settling {
    seen: HashMap<OsString, Seen>,
}

struct Seen {
    look: Look,
    since: Instant,
    not_before: Instant,
    faults: u32,
}

impl Settling {
    /// Takes a look at the folder; gives those that have not changed for `settle`, oldest first: that is as near as files
    /// come to the order in which they were sent.
    pub fn look(&mut self, files: HashMap<OsString, Look>, now: Instant, settle: Duration) -> Vec<Still> {
        self.seen.retain(|name, _| files.contains_key(name));
        let mut still = Vec::new();
        for (name, look) in files {
            let fresh = || Seen { look, since: now, not_before: now, faults: 0 };
            let seen = self.seen.entry(name.clone()).or_insert_with(fresh);
            if seen.look != look {
                *seen = fresh();
            }
            if now.duration_since(seen.since) >= settle && now >= seen.not_before {
                still.push(Still { name, look });
            }
        }
        still.sort_by(|a, b| (a.look.written, &a.name).cmp(&(b.look.written, &b.name)));
        still
    }

    /// Somebody is writing to it after all: it begins to settle anew.
    pub fn moved(&mut self, name: &OsString) {
        self.seen.remove(name);
    }

    /// We had trouble with this file: leave it alone for a while, twice as long each time.
    pub fn put_off(&mut self, name: &OsString, now: Instant, first: Duration, longest: Duration) {
        if let Some(seen) = self.seen.get_mut(name) {
            seen.not_before = now + doubled(first, seen.faults, longest);
            seen.faults += 1;
        }
    }
}

/// `first`, doubled `times` times, but not more than `longest`.
pub fn doubled(first: Duration, times: u32, longest: Duration) -> Duration {
    first.saturating_mul(1 << times.min(20)).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTLE: Duration = Duration::from_secs(2);

    fn folder(files: &[(&str, &std::path::Path)]) -> HashMap<OsString, Look> {
        let look = |path: &std::path::Path| Look::of(&path.symlink_metadata().unwrap()).unwrap();
        files.iter().map(|(name, path)| (OsString::from(name), look(path))).collect()
    }

    fn names(still: Vec<Still>) -> Vec<OsString> {
        still.into_iter().map(|s| s.name).collect()
    }

    #[test]
    fn a_file_is_read_when_it_has_not_changed_for_the_time_of_settling() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("a");
        std::fs::write(&path, "1").unwrap();
        let (mut settling, start) = (Settling::default(), Instant::now());
        let mut after = |seconds, settling: &mut Settling| {
            names(settling.look(folder(&[("a.xml", &path)]), start + Duration::from_secs(seconds), SETTLE))
        };
        assert!(after(0, &mut settling).is_empty());
        assert!(after(1, &mut settling).is_empty());
        std::fs::write(&path, "12").unwrap();
        assert!(after(2, &mut settling).is_empty(), "it has changed meanwhile");
        assert!(after(3, &mut settling).is_empty());
        assert_eq!(after(4, &mut settling), ["a.xml"]);
    }

    #[test]
    fn the_oldest_comes_first() {
        let temp = tempfile::tempdir().unwrap();
        let (old, new) = (temp.path().join("old"), temp.path().join("new"));
        for (path, age) in [(&old, 100), (&new, 50)] {
            let file = std::fs::File::create(path).unwrap();
            let written = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 - age);
            file.set_modified(written).unwrap();
        }
        let files = folder(&[("a.xml", &new), ("z.xml", &old)]);
        assert_eq!(names(Settling::default().look(files, Instant::now(), Duration::ZERO)), ["z.xml", "a.xml"]);
    }

    #[test]
    fn a_file_that_gave_trouble_is_left_alone_twice_as_long_each_time() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("a");
        std::fs::write(&path, "1").unwrap();
        let (mut settling, start) = (Settling::default(), Instant::now());
        let name = OsString::from("a.xml");
        let mut due = |seconds, settling: &mut Settling| {
            !settling.look(folder(&[("a.xml", &path)]), start + Duration::from_secs(seconds), Duration::ZERO).is_empty()
        };
        assert!(due(0, &mut settling));
        let second = Duration::from_secs(1);
        settling.put_off(&name, start, second, 10 * second);
        assert!(!due(0, &mut settling) && due(1, &mut settling));
        settling.put_off(&name, start + second, second, 10 * second);
        assert!(!due(2, &mut settling) && due(3, &mut settling));
    }
}
