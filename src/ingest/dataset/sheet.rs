//! Rows of a workbook (XLSX): those of its first sheet that has any.

use super::row::problem;
use super::rows::RawRow;
use crate::model::document::Problem;
use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use std::io::Cursor;
use zip::ZipArchive;

/// Largest workbook that is read, in bytes when unpacked. It is read whole.
const LARGEST: u64 = 1 << 30;

/// The rows of a workbook, each with its number in the sheet for a line. Dates are written as
/// `2020-12-31`, or with their time behind.
///
/// # Errors
/// When it is damaged, protected, or empty.
pub(super) fn rows(file: &str, bytes: Vec<u8>) -> Result<Vec<RawRow>, Problem> {
    let damaged = |e: calamine::XlsxError| problem(file, 1, "a workbook (XLSX)", e.to_string());
    let unpacked = unpacked(&bytes);
    if unpacked > LARGEST {
        let found = format!("{unpacked} bytes");
        return Err(problem(file, 1, "a workbook of at most 1 GiB when unpacked", found));
    }
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    for name in book.sheet_names() {
        let sheet = book.worksheet_range(&name).map_err(damaged)?;
        if !sheet.is_empty() {
            return Ok(rows_of(&sheet));
        }
    }
    Err(problem(file, 1, "rows", "a workbook with empty sheets"))
}

/// How large the parts of an archive say that they are, in bytes; what is no archive is found
/// out when it is opened.
pub(super) fn unpacked(bytes: &[u8]) -> u64 {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return 0 };
    let parts = 0..archive.len();
    let size = |i| archive.by_index_raw(i).map_or(0, |part| part.size());
    parts.map(size).fold(0, u64::saturating_add)
}

fn rows_of(sheet: &Range<Data>) -> Vec<RawRow> {
    let (first, left) = sheet.start().map_or((1, 0), |(row, column)| (u64::from(row) + 1, column));
    let row = |(line, cells): (u64, &[Data])| {
        // Columns left of the first that is filled keep their place.
        let empty = (0..left).map(|_| String::new());
        RawRow { line, cells: empty.chain(cells.iter().map(text)).collect() }
    };
    (first..).zip(sheet.rows()).map(row).collect()
}

/// What a cell shows.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        // A whole number without a point.
        Data::Float(number) => number.to_string(),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(when) if when.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        Data::DateTime(duration) => duration.as_f64().to_string(),
        Data::Error(error) => error.to_string(),
    }
}
