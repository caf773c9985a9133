//! One row of an event dataset, as it was read.

use super::document::Problem;
use super::incident::Draft;
use serde::Serialize;
use std::ops::Range;

/// A row of a dataset. Its text, in which its passages lie, is made of the row itself, so
/// that the row can be seen as it was and every figure opens the cell that says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The dataset's own id of the event: by it a later release of the row is known again.
    pub key: String,
    /// Line of the file on which the row begins, from 1.
    pub line: u64,
    /// The cells, in the order of the header.
    pub cells: Vec<String>,
    /// What it says of an incident, with passages in [`text`].
    pub draft: Draft,
    /// What of it could not be told for sure; what is said of it leaves that open.
    pub open: Vec<Problem>,
}

/// The text of a row: a line `name: value` for each cell that is not empty, in the order of
/// the header, every value as it stands in the file. A cell beyond the header has its number,
/// from 1, for a name.
pub fn text<S: AsRef<str>>(header: &[S], cells: &[S]) -> String {
    text_with_lines(header, cells).0
}

/// As [`text`], with the byte range of each cell's line, name included and line feed not; an
/// empty range for a cell that is empty.
pub fn text_with_lines<S: AsRef<str>>(header: &[S], cells: &[S]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut lines = Vec::with_capacity(cells.len());
    for (i, cell) in cells.iter().enumerate() {
        lines.push(push_line(&mut text, header, i, cell.as_ref()));
    }
    (text, lines)
}

/// Adds the line of one cell to the [`text`] of a row; gives its range, without line feed.
pub fn push_line<S: AsRef<str>>(
    text: &mut String,
    header: &[S],
    column: usize,
    cell: &str,
) -> Range<usize> {
    let start = text.len();
    if cell.is_empty() {
        return start..start;
    }
    match header.get(column) {
        Some(name) => text.push_str(name.as_ref()),
        None => text.push_str(&(column + 1).to_string()),
    }
    text.push_str(": ");
    text.push_str(cell);
    let end = text.len();
    text.push('\n');
    start..end
}

/// A cell that changed from one release to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Name of the column.
    pub column: String,
    /// What stood there; empty for nothing.
    pub old: String,
    /// What stands there now.
    pub new: String,
}

impl Field {
    /// The cells that differ between two versions of a row, by the names of their columns, in
    /// the order of the new one.
    pub fn differing(old: (&[String], &[String]), new: (&[String], &[String])) -> Vec<Self> {
        let cell = |(header, cells): (&[String], &[String]), column: &str| -> String {
            let at = header.iter().position(|name| name == column);
            at.and_then(|at| cells.get(at)).cloned().unwrap_or_default()
        };
        let gone = old.0.iter().filter(|column| !new.0.contains(column));
        let columns = new.0.iter().chain(gone);
        let fields = columns.map(|column| Self {
            column: column.clone(),
            old: cell(old, column),
            new: cell(new, column),
        });
        fields.filter(|field| field.old != field.new).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_the_text_of_a_row_names_each_cell_that_says_something() {
        let header = ["id", "notes", "best"];
        let (text, lines) = text_with_lines(&header, &["7", "", "3", "more"]);
        assert_eq!(text, "id: 7\nbest: 3\n4: more\n");
        let lines: Vec<_> = lines.into_iter().map(|line| &text[line]).collect();
        assert_eq!(lines, ["id: 7", "", "best: 3", "4: more"]);
    }
}
