//! Everything, for programs. The `sha256` seal is over the document as compact JSON with
//! sorted keys and without its member `sha256`, so that a program may lay it out anew as long as
//! it leaves the members of the document in their order.

use super::canonical::Canonical;
use super::{ExportError, Head, Out, PROGRAM, Sealed, Sealing, Tally, View, each};
use crate::model::hash::hex;
use crate::model::incident::Incident;
use crate::store::{copy, gazetteer};
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use sha2::Digest;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

/// Name and version of this layout.
pub const LAYOUT: &str = "mali-timeline/1";

impl Sealing<'_> {
    /// Not sealed, so that a program may lay the file out anew.
    fn line_feed(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }
}

pub(super) fn write(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    let layout =
        Layout { name: LAYOUT, list: "incidents", more: Vec::new(), sources: !view.redact };
    write_document(db, view, head, out, layout, |_, row| Some(row.into()))
}

/// A member that is made when the rows are written: of what the file says of them, and how many of
/// them had no element.
pub(super) type Later<'a> = Box<dyn FnOnce(&Tally, u64) -> Value + 'a>;

/// What one sealed JSON document has that others have not.
pub(super) struct Layout<'a> {
    /// Name and version: the member `format`.
    pub name: &'static str,
    /// The member that holds the rows.
    pub list: &'static str,
    /// Further members, whose names come after that of the list.
    pub more: Vec<(&'static str, Later<'a>)>,
    /// Whether it carries the texts and rows of its sources, so that it can be imported again.
    pub sources: bool,
}

/// What every sealed JSON document says of itself, besides its seals.
pub(super) fn members(
    head: &Head,
    tally: &Tally,
    layout: &'static str,
) -> BTreeMap<&'static str, Value> {
    BTreeMap::from([
        ("count", json!(tally.count)),
        ("exported", json!(head.exported)),
        ("filter", json!(head.parameters)),
        ("format", json!(layout)),
        ("lang", json!(head.lang)),
        ("program", json!(PROGRAM)),
        ("sentence", json!(head.sentence)),
        ("sources", json!(tally.sources)),
        ("terms", json!(tally.terms)),
    ])
}

/// Writes the members in the order of their keys, so that what is sealed is what is written.
/// `element` makes the element of a row from the incident and its canonical row; nothing
/// where it has none.
pub(super) fn write_document(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut Out<'_>,
    layout: Layout<'_>,
    mut element: impl for<'r> FnMut(&Incident, &'r str) -> Option<Cow<'r, str>> + Send,
) -> Result<(), ExportError> {
    // The count comes first, since members are sealed in the order of their names.
    let tally = Tally::read(db, view)?;
    let mut members = members(head, &tally, layout.name);
    members.extend(layout.more.iter().map(|(key, _)| (*key, Value::Null)));
    let mut later: BTreeMap<_, _> = layout.more.into_iter().collect();
    members.insert(layout.list, Value::Null);
    members.insert("rows", Value::Null);
    if layout.sources {
        members.extend([("records", Value::Null), ("texts", Value::Null)]);
        members.extend(by_people(db, view)?);
    }
    let mut file = Sealing::new(out);
    let (mut rows, mut without, mut canonical) = (None, 0, Canonical::default());
    for (i, (key, value)) in members.iter().enumerate() {
        file.text(if i == 0 { "{" } else { "," })?;
        if i > 0 {
            file.line_feed()?;
        }
        file.text(&format!("{}:", Value::from(*key)))?;
        match *key {
            key if key == layout.list => {
                let mut list = List::begin(&mut file)?;
                let walked = each(db, view, |incident, row| match element(incident, row) {
                    Some(element) => list.add(&element),
                    None => {
                        without += 1;
                        Ok(())
                    }
                })?;
                list.end()?;
                rows = Some(walked.seal);
            }
            "records" if layout.sources => {
                let mut list = List::begin(&mut file)?;
                copy::rows(db, view.filter, |row| list.add(canonical.row(&row)))?;
                list.end()?;
            }
            "texts" if layout.sources => {
                let mut list = List::begin(&mut file)?;
                copy::sources(db, view.filter, |source| list.add(canonical.row(&source)))?;
                list.end()?;
            }
            // Every list of rows stands before it in the order of keys.
            "rows" => file.text(&json!(rows).to_string())?,
            key => match later.remove(key) {
                Some(later) => file.text(&later(&tally, without).to_string())?,
                None => file.text(&value.to_string())?,
            },
        }
    }
    // The member `sha256` comes last and is not in the seal.
    let seal = {
        let mut seal = file.seal.clone();
        seal.update(b"}");
        hex(seal)
    };
    write!(file.out, ",\n\"sha256\":\"{seal}\"}}\n")?;
    Ok(())
}

/// What people decided and loaded, where there is any; places only with all incidents.
fn by_people(db: &Connection, view: &View) -> Result<BTreeMap<&'static str, Value>, ExportError> {
    let gazetteers = match view.filter.is_everything() {
        true => gazetteer::copies(db)?,
        false => Vec::new(),
    };
    let mut members = BTreeMap::from([
        ("decisions", json!(copy::pairs(db, view.filter)?)),
        ("former_ids", json!(copy::former_ids(db, view.filter)?)),
        ("gazetteers", json!(gazetteers)),
    ]);
    members.retain(|_, list| list.as_array().is_some_and(|list| !list.is_empty()));
    Ok(members)
}

/// An array that is written element by element.
struct List<'f, 'o> {
    file: &'f mut Sealing<'o>,
    first: bool,
}

impl<'f, 'o> List<'f, 'o> {
    fn begin(file: &'f mut Sealing<'o>) -> io::Result<Self> {
        file.text("[")?;
        Ok(Self { file, first: true })
    }

    fn add(&mut self, element: &str) -> Result<(), ExportError> {
        if !std::mem::take(&mut self.first) {
            self.file.text(",")?;
        }
        self.file.line_feed()?;
        Ok(self.file.text(element)?)
    }

    fn end(self) -> io::Result<()> {
        self.file.line_feed()?;
        self.file.text("]")
    }
}

/// What a document whose seal was found whole says of its rows.
pub(super) fn sealed(members: &Map<String, Value>) -> Result<Sealed, String> {
    let parameters = members.get("filter").and_then(Value::as_object).into_iter().flatten();
    let parameters = parameters.flat_map(|(key, values)| {
        let values = values.as_array().into_iter().flatten();
        values.filter_map(move |v| Some((key.clone(), v.as_str()?.to_owned())))
    });
    let rows = members.get("rows").and_then(Value::as_str);
    let rows = rows.zip(members.get("count").and_then(Value::as_u64));
    let (rows, count) = rows.ok_or("it does not state its rows")?;
    Ok(Sealed { parameters: parameters.collect(), count, rows: rows.to_owned() })
}
