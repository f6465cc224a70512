//! Rows in columns that stand under each other.

/// Joins cells into lines; the last column is not padded. The first row is the heading.
pub(super) fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_counted_in_characters() {
        let rows = [["a", "b"], ["øæå", "c"], ["d", ""]].map(|row| row.map(String::from));
        assert_eq!(table(&rows), "a    b\nøæå  c\nd");
    }
}
