//! Whether a sealed JSON document says what it said. It is read member by member, and its lists
//! element by element, so that no more than an element is in memory.

use super::json::{LAYOUT, sealed};
use super::seal::compare;
use super::{RowSeal, Sealed, geojson, timelinejs};
use crate::model::hash::hex;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::fmt;
use std::io::Read;

/// The members that are as long as the view.
const LISTS: [&str; 5] = ["events", "features", "incidents", "records", "texts"];

/// Checks the seals of a JSON export of any layout.
///
/// # Errors
/// What is wrong with it.
pub fn check(file: impl Read) -> Result<Sealed, String> {
    let mut json = serde_json::Deserializer::from_reader(file);
    let mut document = Document::default();
    let wrong = |e: serde_json::Error| match e.is_data() {
        true => format!("no export as it was made: {e}"),
        false => format!("no JSON: {e}"),
    };
    json.deserialize_map(&mut document).map_err(wrong)?;
    json.end().map_err(wrong)?;
    let layout = document.members.get("format").and_then(Value::as_str).unwrap_or_default();
    if ![LAYOUT, geojson::LAYOUT, timelinejs::LAYOUT].contains(&layout) {
        return Err(format!("\"format\" is not {LAYOUT:?}"));
    }
    let is_whole = layout == LAYOUT;
    document.seal.update(b"}");
    compare(&hex(document.seal), &document.stated)?;
    let sealed = sealed(&document.members)?;
    let (rows, count) = document.incidents;
    if is_whole && (sealed.rows != rows.finish() || sealed.count != count) {
        return Err("its rows are not those that it states".to_owned());
    }
    Ok(sealed)
}

/// What was read of a document.
#[derive(Default)]
struct Document {
    /// Over compact JSON.
    seal: Sha256,
    /// The seal that it states.
    stated: String,
    /// Its members, without lists.
    members: Map<String, Value>,
    /// Its incidents, and how many.
    incidents: (RowSeal, u64),
}

impl<'de> Visitor<'de> for &mut Document {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut last: Option<String> = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == "sha256" {
                self.stated = map.next_value()?;
                continue;
            }
            // They are sealed as they come.
            if last.as_ref().is_some_and(|last| *last >= key) {
                return Err(A::Error::custom("its members are not in the order of their names"));
            }
            self.seal.update(if last.is_none() { "{" } else { "," });
            self.seal.update(format!("{}:", Value::from(key.as_str())));
            if LISTS.contains(&key.as_str()) {
                let Document { seal, incidents: (rows, count), .. } = &mut *self;
                let counts = key == "incidents";
                let each = |element: &str| {
                    if counts {
                        rows.add(element);
                        *count += 1;
                    }
                };
                map.next_value_seed(List { seal, each })?;
            } else {
                let value: Value = map.next_value()?;
                self.seal.update(value.to_string());
                self.members.insert(key.clone(), value);
            }
            last = Some(key);
        }
        Ok(())
    }
}

/// A list that is sealed as compact JSON; each of its elements is given to `each`.
struct List<'s, F> {
    seal: &'s mut Sha256,
    each: F,
}

impl<'de, F: FnMut(&str)> DeserializeSeed<'de> for List<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(&str)> Visitor<'de> for List<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        self.seal.update("[");
        let mut first = true;
        while let Some(element) = list.next_element::<Value>()? {
            if !std::mem::take(&mut first) {
                self.seal.update(",");
            }
            let element = element.to_string();
            self.seal.update(&element);
            (self.each)(&element);
        }
        self.seal.update("]");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::hash::sha256;

    /// A document with a whole seal, whose members are `members`.
    fn document(members: &str) -> String {
        format!("{{{members},\n\"sha256\":\"{}\"}}\n", sha256(format!("{{{members}}}")))
    }

    #[test]
    fn it_is_sealed_member_by_member() {
        let row = "{\"id\":\"a\",\"killed\":0.1}";
        let rows = sha256(format!("{row}\n{row}\n"));
        let members = format!(
            "\"count\":2,\"filter\":{{\"q\":[\"b\"]}},\"format\":\"{LAYOUT}\",\
             \"incidents\":[{row},{row}],\"records\":[],\"rows\":\"{rows}\""
        );
        let parameters = vec![("q".to_owned(), "b".to_owned())];
        let whole = Ok(Sealed { parameters, count: 2, rows });
        let text = document(&members);
        assert_eq!(check(text.as_bytes()), whole);
        // Laid out anew.
        assert_eq!(check(text.replace(',', " ,\n\t").as_bytes()), whole);
        for (from, to) in [("\"b\"", "\"c\""), ("0.1", "0.2"), ("\"count\":2", "\"count\":3")] {
            let wrong = check(text.replace(from, to).as_bytes()).unwrap_err();
            assert!(wrong.starts_with("it was changed: "), "{wrong}");
        }
        // A whole seal over rows that are not those it states.
        let wrong = check(document(&members.replacen(row, "{}", 1)).as_bytes()).unwrap_err();
        assert_eq!(wrong, "its rows are not those that it states");
    }

    #[test]
    fn err_what_is_no_document_of_ours() {
        for (text, expected) in [
            ("", "no JSON: EOF while parsing"),
            ("[1]", "expected a JSON object"),
            ("{\"incidents\":1}", "expected a list"),
            (
                "{\"rows\":1,\"count\":1}",
                "no export as it was made: its members are not in the order of their names",
            ),
            ("{\"a\":1,\"a\":1}", "its members are not in the order of their names"),
            ("{}{}", "trailing characters"),
            ("{\"format\":\"another\"}", "\"format\" is not"),
            (&document(&format!("\"format\":\"{LAYOUT}\"")), "it does not state its rows"),
        ] {
            let wrong = check(text.as_bytes()).unwrap_err();
            assert!(wrong.contains(expected), "{text:?}: {wrong}");
        }
    }
}
