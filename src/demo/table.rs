//! A table of text whose cells are folded to the width of their column.

/// A column: its heading, and how many characters fit beside each other.
pub struct Column {
    pub heading: &'static str,
    pub width: usize,
}

const BETWEEN: &str = "  ";

/// The lines of the heading, with a ruler below.
pub fn heading(columns: &[Column]) -> Vec<String> {
    let headings: Vec<String> = columns.iter().map(|column| column.heading.to_string()).collect();
    let rulers: Vec<String> = columns.iter().map(|column| "─".repeat(column.width)).collect();
    [row(columns, &headings), row(columns, &rulers)].concat()
}

/// The lines of one row.
pub fn row(columns: &[Column], cells: &[String]) -> Vec<String> {
    let folded: Vec<Vec<String>> = columns.iter().zip(cells).map(|(column, cell)| fold(cell, column.width)).collect();
    let height = folded.iter().map(Vec::len).max().unwrap_or(0);
    let line = |number: usize| {
        let cell = |(column, lines): (&Column, &Vec<String>)| {
            let text = lines.get(number).map_or("", String::as_str);
            let blanks = column.width.saturating_sub(text.chars().count());
            format!("{text}{}{BETWEEN}", " ".repeat(blanks))
        };
        columns.iter().zip(&folded).map(cell).collect::<String>().trim_end().to_string()
    };
    (0..height).map(line).collect()
}

/// Folds between words; a word that is longer than a line is cut.
fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        let used = lines.last().map_or(0, |line| line.chars().count());
        if used > 0 && used + 1 + word.len() > width {
            lines.push(String::new());
        } else if used > 0 {
            lines.last_mut().into_iter().for_each(|line| line.push(' '));
        }
        while word.len() > width {
            let rest = word.split_off(width);
            lines.last_mut().into_iter().for_each(|line| line.extend(&word));
            lines.push(String::new());
            word = rest;
        }
        lines.last_mut().into_iter().for_each(|line| line.extend(&word));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_folded_between_words_and_stand_below_their_heading() {
        let columns = [Column { heading: "Who", width: 4 }, Column { heading: "Why", width: 9 }];
        let row = row(&columns, &["Ørn".into(), "one two three".into()]);
        assert_eq!(heading(&columns), ["Who   Why", "────  ─────────"]);
        assert_eq!(row, ["Ørn   one two", "      three"]);
    }

    #[test]
    fn a_word_that_is_too_long_is_cut_and_nothing_of_it_is_lost() {
        assert_eq!(fold("abcdefgh i", 3), ["abc", "def", "gh", "i"]);
        assert_eq!(fold("a abcdef", 3), ["a", "abc", "def"]);
        assert_eq!(fold("", 3), [""]);
    }
}
