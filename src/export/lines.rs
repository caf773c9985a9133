//! Everything, one incident a line (JSON Lines), for programs that read row by row. The last
//! line says what the file is: an object with the one member `export`, whose members are those
//! of the JSON export without its incidents, texts and rows: it cannot be imported. Its `sha256`
//! is over all lines before it, each with its line feed, and the last line as compact JSON with
//! sorted keys without `sha256`.

use super::json::{members, sealed};
use super::{ExportError, Head, Out, RowSeal, Sealed, Sealing, Tally, View, check_bytes, each};
use crate::model::hash::hex;
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::Digest;

/// Name and version of this layout.
pub const LAYOUT: &str = "mali-timeline-lines/1";

pub(super) fn write(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    let mut file = Sealing::new(out);
    let rows = each(db, view, |_, row| {
        file.text(row)?;
        Ok::<_, ExportError>(file.text("\n")?)
    })?;
    let mut export = members(head, &Tally::read(db, view)?, LAYOUT);
    export.insert("rows", json!(rows.seal));
    let mut seal = file.seal;
    seal.update(json!({ "export": export }).to_string());
    export.insert("sha256", json!(hex(seal)));
    writeln!(file.out, "{}", json!({ "export": export }))?;
    Ok(())
}

/// Whether a text is such an export: more than one line of JSON, or the last line alone.
pub fn is(text: &str) -> bool {
    let last = text.trim_end().lines().next_back().unwrap_or_default();
    last.starts_with("{\"export\":")
}

/// Checks the seals of a JSON Lines export.
///
/// # Errors
/// What is wrong with it.
pub fn check(text: &str) -> Result<Sealed, String> {
    let text = text.strip_suffix('\n').ok_or("it ends before its seal")?;
    let (lines, last) = match text.rfind('\n') {
        Some(end) => text.split_at(end + 1),
        None => ("", text),
    };
    let mut last: Value = serde_json::from_str(last).map_err(|e| format!("no JSON: {e}"))?;
    let export = last["export"].as_object_mut().ok_or("it ends before its seal")?;
    let stated = export.remove("sha256");
    let stated = stated.as_ref().and_then(Value::as_str).unwrap_or_default();
    check_bytes(&format!("{lines}{last}"), stated)?;
    let sealed = sealed(&last["export"])?;
    let mut rows = RowSeal::default();
    lines.lines().for_each(|line| rows.add(line));
    match sealed.rows == rows.finish() && sealed.count == lines.lines().count() as u64 {
        true => Ok(sealed),
        false => Err("its rows are not those that it states".to_owned()),
    }
}
