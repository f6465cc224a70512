//! Whether one name is almost another. Few letters are compared, however long the names are.

/// Names longer than this, in characters, are not compared.
const LETTERS: usize = 64;

/// How far two names are apart: 0 when only capitals differ, else the number of letters that are added, left out, changed or
/// swapped with their neighbour. `None` when that is more than two, or more than a third of the name.
pub(super) fn distance(written: &str, meant: &str) -> Option<usize> {
    let letters = |name: &str| name.chars().count();
    let (of_written, of_meant) = (letters(written), letters(meant));
    let allowed = (of_meant / 3).min(2);
    if of_written.max(of_meant) > LETTERS || of_written.abs_diff(of_meant) > allowed {
        return None;
    }
    let apart = strsim::osa_distance(&written.to_lowercase(), &meant.to_lowercase());
    Some(apart).filter(|apart| *apart <= allowed)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn a_slip_of_the_hand_is_near() {
        for (written, meant, apart) in [
            ("msgid", "MsgId", 0),
            ("MsgIdd", "MsgId", 1),
            ("MgsId", "MsgId", 1),
            ("Organization", "Organisation", 1),
            ("Organistion", "Organisation", 1),
            ("Formal", "Formål", 1),
            ("Reciever", "Receiver", 1),
            ("Recieverr", "Receiver", 2),
        ] {
            assert_eq!(distance(written, meant), Some(apart), "{written} {meant}");
        }
    }

    #[test]
    fn another_word_is_not_near() {
        for (written, meant) in [("Id", "V"), ("DN", "S"), ("Sender", "Receiver"), ("Ab", "Ac"), ("", "Id")] {
            assert_eq!(distance(written, meant), None, "{written} {meant}");
        }
        assert_eq!(distance(&"a".repeat(70), &"a".repeat(70)), None, "too long to compare");
    }
}
