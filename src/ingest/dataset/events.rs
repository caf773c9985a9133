//! Events as JSON, as TimeMap has them: an array of objects, or an object with `events`.

use super::row::problem;
use super::rows::RawRow;
use crate::model::document::Problem;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A row of names and one row for each event, with its number in the array, from 1, for a line.
///
/// # Errors
/// What is no JSON, with its line, or holds no events.
pub(super) fn rows(file: &str, bytes: &[u8]) -> Result<Vec<Result<RawRow, Problem>>, Problem> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|e| problem(file, e.line() as u64, "JSON", e.to_string()))?;
    let events = match value {
        Value::Array(events) => Some(events),
        Value::Object(mut object) => match object.remove("events") {
            Some(Value::Array(events)) => Some(events),
            _ => None,
        },
        _ => None,
    };
    let Some(events) = events.filter(|events| !events.is_empty()) else {
        return Err(problem(file, 1, "an array of events", "JSON without one"));
    };
    let names: BTreeSet<String> =
        events.iter().filter_map(Value::as_object).flat_map(Map::keys).cloned().collect();
    let row = |(at, event): (usize, Value)| {
        let line = at as u64 + 1;
        match event {
            Value::Object(event) => {
                let cells = names.iter().map(|name| event.get(name).map_or(String::new(), text));
                Ok(RawRow { line, cells: cells.collect() })
            }
            other => Err(problem(file, line, "an object for each event", other.to_string())),
        }
    };
    let mut all = vec![Ok(RawRow { line: 1, cells: names.iter().cloned().collect() })];
    all.extend(events.into_iter().enumerate().map(row));
    Ok(all)
}

/// A value as a cell: the members of an array one after the other, an object as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            let texts: Vec<String> = values.iter().map(text).filter(|t| !t.is_empty()).collect();
            texts.join("; ")
        }
        other => other.to_string(),
    }
}
