//! Whether one name is almost another. Few letters are compared, however long the names are.

/// Names longer than this, in characters, are not compared.
const LETTERS: usize = 64;

/// How far two names are apart: 0 when only capitals differ, else the number of letters that are added, left out, changed or
/// swapped with their neighbour. `None` when that is more than two, or more than a third of the name.
pub(super) fn distance(written: &str, meant: &str) -> Option<usize> {
    let letters = |name: &str| name.chars().flat_map(char::to_lowercase).take(LETTERS + 1).collect::<Vec<char>>();
    let (written, meant) = (letters(written), letters(meant));
    let allowed = (meant.len() / 3).min(2);
    if written.len().max(meant.len()) > LETTERS || written.len().abs_diff(meant.len()) > allowed {
        return None;
    }
    Some(edits(&written, &meant)).filter(|edits| *edits <= allowed)
}

/// The optimal string alignment distance, row by row.
fn edits(one: &[char], other: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut now = vec![row + 1];
        for (column, against) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != against);
            let mut best = changed.min(last[column + 1] + 1).min(now[column] + 1);
            let is_swap = row > 0 && column > 0 && one[row - 1] == *against && *letter == other[column - 1];
            if is_swap {
                best = best.min(before_last[column - 1] + 1);
            }
            now.push(best);
        }
        before_last = std::mem::replace(&mut last, now);
    }
    last[other.len()]
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
