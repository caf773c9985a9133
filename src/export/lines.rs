//! Everything, one incident a line (JSON Lines), for programs that read row by row. The last
//! line says what the file is: an object with the one member `export`, whose members are those
//! of the JSON export without its incidents, texts and rows: it cannot be imported. Its `sha256`
//! is over all lines before it, each with its line feed, and the last line as compact JSON with
//! sorted keys without `sha256`.

use super::json::{members, sealed};
use super::{ExportError, Head, Out, RowSeal, Sealed, Sealing, Tally, View, compare, each};
use crate::model::hash::hex;
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, Read};

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

/// Whether a file is such an export: its first line is a whole object, and more follow; or it is
/// the last line already.
///
/// # Errors
/// When it cannot be read.
pub fn is(mut file: impl BufRead) -> io::Result<bool> {
    const ALONE: &[u8] = b"{\"export\":";
    if file.fill_buf()?.starts_with(ALONE) {
        return Ok(true);
    }
    let mut last = 0;
    for byte in file.by_ref().bytes() {
        match byte? {
            b'\n' => break,
            byte => last = byte,
        }
    }
    Ok(last == b'}' && file.fill_buf()?.first() == Some(&b'{'))
}

/// Checks the seals of a JSON Lines export.
///
/// # Errors
/// What is wrong with it.
pub fn check(mut file: impl BufRead) -> Result<Sealed, String> {
    let mut seal = Sha256::new();
    let mut rows = RowSeal::default();
    let (mut line, mut next, mut count) = (String::new(), String::new(), 0);
    let mut read = |line: &mut String| {
        line.clear();
        file.read_line(line).map_err(|e| format!("cannot be read: {e}"))
    };
    read(&mut line)?;
    while read(&mut next)? > 0 {
        seal.update(&line);
        rows.add(line.trim_end_matches('\n'));
        count += 1;
        std::mem::swap(&mut line, &mut next);
    }
    let last = line.strip_suffix('\n').ok_or("it ends before its seal")?;
    let mut last: Value = serde_json::from_str(last).map_err(|e| format!("no JSON: {e}"))?;
    let export = last["export"].as_object_mut().ok_or("it ends before its seal")?;
    let stated = export.remove("sha256");
    let stated = stated.as_ref().and_then(Value::as_str).unwrap_or_default();
    seal.update(json!({ "export": export }).to_string());
    compare(&hex(seal), stated)?;
    let sealed = sealed(export)?;
    match sealed.rows == rows.finish() && sealed.count == count {
        true => Ok(sealed),
        false => Err("its rows are not those that it states".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_from_a_document() {
        for (text, expected) in [
            ("{\"export\":{}}\n", true),
            ("{\"id\":1}\n{\"export\":{}}\n", true),
            ("{\"count\":1,\n\"format\":\"x\"}\n", false),
            ("{\"count\":1,\"format\":\"x\"}\n", false),
            ("{\"count\":1}", false),
            ("", false),
        ] {
            assert_eq!(is(text.as_bytes()).unwrap(), expected, "{text:?}");
        }
    }
}
