//! Everything, for programs. The `sha256` seal is over the document as compact JSON with
//! sorted keys and without its member `sha256`, so that a program may lay it out anew.

use super::{ExportError, Head, PROGRAM, RowSeal, Sealed, View, canonical};
use crate::model::hash::hex;
use crate::store::incident;
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// Name and version of this layout.
pub const LAYOUT: &str = "mali-timeline/1";

/// Writes text that is sealed, and line feeds that are not.
struct Sealing<'a> {
    out: &'a mut dyn Write,
    seal: Sha256,
}

impl Sealing<'_> {
    fn text(&mut self, text: &str) -> io::Result<()> {
        self.seal.update(text.as_bytes());
        self.out.write_all(text.as_bytes())
    }

    fn line_feed(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }

    /// `"key":value`, after a comma.
    fn member(&mut self, key: &str, value: &Value) -> io::Result<()> {
        self.text(",")?;
        self.line_feed()?;
        self.text(&format!("{}:{value}", Value::from(key)))
    }
}

/// Writes the members in the order of their keys, so that what is sealed is what is written.
pub(super) fn write(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut file = Sealing { out, seal: Sha256::new() };
    file.text(&format!("{{\"count\":{}", head.count))?;
    file.member("exported", &json!(head.exported))?;
    file.member("filter", &json!(head.parameters))?;
    file.member("format", &json!(LAYOUT))?;
    file.text(",")?;
    file.line_feed()?;
    file.text("\"incidents\":[")?;
    let mut rows = RowSeal::default();
    let mut first = true;
    incident::for_each(db, view.filter, |incident| {
        if !std::mem::take(&mut first) {
            file.text(",")?;
        }
        let row = canonical(&incident);
        rows.add(&row);
        file.line_feed()?;
        file.text(&row)?;
        Ok::<_, ExportError>(())
    })?;
    file.line_feed()?;
    file.text("]")?;
    file.member("lang", &json!(head.lang))?;
    file.member("program", &json!(PROGRAM))?;
    file.member("rows", &json!(rows.finish()))?;
    file.member("sentence", &json!(head.sentence))?;
    file.member("sources", &json!(head.sources))?;
    // The member `sha256` comes last and is not in the seal.
    let seal = {
        let mut seal = file.seal.clone();
        seal.update(b"}");
        hex(seal)
    };
    write!(file.out, ",\n\"sha256\":\"{seal}\"}}\n")?;
    Ok(())
}

/// Checks the seals of a JSON export.
///
/// # Errors
/// What is wrong with it.
pub fn check(text: &str) -> Result<Sealed, String> {
    let mut value: Value = serde_json::from_str(text).map_err(|e| format!("no JSON: {e}"))?;
    let object = value.as_object_mut().ok_or("no JSON object")?;
    if object.get("format").and_then(Value::as_str) != Some(LAYOUT) {
        return Err(format!("\"format\" is not {LAYOUT:?}"));
    }
    let stated = object.remove("sha256");
    let stated = stated.as_ref().and_then(Value::as_str).unwrap_or_default();
    let found = {
        let mut seal = Sha256::new();
        seal.update(value.to_string().as_bytes());
        hex(seal)
    };
    if found != stated {
        return Err(format!("it was changed: SHA-256 is {found}, it states {stated}"));
    }
    let none = Vec::new();
    let incidents = value["incidents"].as_array().unwrap_or(&none);
    let mut rows = RowSeal::default();
    for incident in incidents {
        rows.add(&incident.to_string());
    }
    let rows = rows.finish();
    if value["rows"] != rows.as_str() || value["count"] != incidents.len() {
        return Err("its rows are not those that it states".to_owned());
    }
    let parameters = value["filter"].as_object().into_iter().flatten();
    let parameters = parameters.flat_map(|(key, values)| {
        let values = values.as_array().into_iter().flatten();
        values.filter_map(move |v| Some((key.clone(), v.as_str()?.to_owned())))
    });
    Ok(Sealed { parameters: parameters.collect(), count: incidents.len() as u64, rows })
}
