//! The form of an incident: every field of the file of corrections as a control, and what was
//! typed back as an incident of such a file.

use crate::messages::Messages;
use crate::model::claim::{CasualtyGroup, Measure, Qualifier};
use crate::model::incident::{EventType, PlacePrecision, Stance};
use crate::review::{Fault, file};
use crate::wording::Words;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// Most rows of one kind that a form takes.
const MOST_ROWS: usize = 200;

/// What a field is filled in with.
#[derive(Debug, Clone, Copy)]
enum Sort {
    /// A line of text.
    Line,
    /// Words of the document.
    Quote,
    /// A number of people, or degrees.
    Number,
    /// Yes or no.
    Check,
    /// One of the words of this field.
    Choice(fn(&Words) -> Vec<(&'static str, String)>),
}

type Field = (&'static str, Sort);

const HEAD: &[Field] = &[
    ("title", Sort::Line),
    ("kind", Sort::Choice(kinds)),
    ("main", Sort::Check),
    ("date", Sort::Line),
    ("date_quote", Sort::Quote),
    ("date_at", Sort::Line),
    ("quote", Sort::Quote),
    ("at", Sort::Line),
];
const PLACE: &[Field] = &[
    ("name", Sort::Line),
    ("quote", Sort::Quote),
    ("at", Sort::Line),
    ("place", Sort::Line),
    ("precision", Sort::Choice(precisions)),
    ("region", Sort::Line),
    ("region_then", Sort::Line),
    ("cercle", Sort::Line),
    ("country", Sort::Line),
    ("lat", Sort::Number),
    ("lon", Sort::Number),
];
const PERPETRATOR: &[Field] = &[
    ("actor", Sort::Line),
    ("attribution", Sort::Choice(stances)),
    ("by", Sort::Line),
    ("quote", Sort::Quote),
    ("at", Sort::Line),
    ("actor_id", Sort::Line),
    ("by_actor", Sort::Line),
];
const VICTIM: &[Field] =
    &[("group", Sort::Choice(victims)), ("quote", Sort::Quote), ("at", Sort::Line)];
const CLAIM: &[Field] = &[
    ("measure", Sort::Choice(measures)),
    ("group", Sort::Choice(groups)),
    ("min", Sort::Number),
    ("max", Sort::Number),
    ("qualifier", Sort::Choice(qualifiers)),
    ("claimant", Sort::Line),
    ("said_on", Sort::Line),
    ("partial", Sort::Check),
    ("quote", Sort::Quote),
    ("at", Sort::Line),
    ("claimant_actor", Sort::Line),
];

/// The lists of an incident, each with its fields.
const LISTS: [(&str, &[Field]); 4] =
    [("place", PLACE), ("perpetrator", PERPETRATOR), ("victim", VICTIM), ("claim", CLAIM)];

fn kinds(words: &Words) -> Vec<(&'static str, String)> {
    EventType::ALL.iter().map(|v| (v.as_str(), words.kind(*v))).collect()
}
fn precisions(words: &Words) -> Vec<(&'static str, String)> {
    let all = PlacePrecision::ALL.iter().map(|v| (v.as_str(), words.place_precision(*v)));
    [("", words.messages().text("review-by-name"))].into_iter().chain(all).collect()
}
fn stances(words: &Words) -> Vec<(&'static str, String)> {
    Stance::ALL.iter().map(|v| (v.as_str(), words.stance(*v))).collect()
}
fn measures(words: &Words) -> Vec<(&'static str, String)> {
    Measure::ALL.iter().map(|v| (v.as_str(), words.measure(*v))).collect()
}
fn groups(words: &Words) -> Vec<(&'static str, String)> {
    CasualtyGroup::ALL.iter().map(|v| (v.as_str(), words.casualty_group(*v, None))).collect()
}
fn qualifiers(words: &Words) -> Vec<(&'static str, String)> {
    let name = |v: &Qualifier| format!("qualifier-{}", v.as_str().replace(' ', "-"));
    Qualifier::ALL.iter().map(|v| (v.as_str(), words.messages().text(&name(v)))).collect()
}
fn victims(_: &Words) -> Vec<(&'static str, String)> {
    Vec::new()
}

/// A field as it is printed.
pub struct Control {
    /// Name in the form.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What stands in it.
    pub value: String,
    /// `line`, `quote`, `number`, `check` or `choice`.
    pub sort: &'static str,
    /// What can be chosen: value, name, whether it is.
    pub choices: Vec<(String, String, bool)>,
    /// What is wrong with it.
    pub fault: Option<String>,
}

/// A row of a list, or the head of the incident.
pub struct Row {
    /// "Figure 2".
    pub legend: String,
    /// Start of the names of its fields: `claim.2`.
    pub name: String,
    /// The fields that matter most.
    pub main: Vec<Control>,
    /// The others.
    pub more: Vec<Control>,
    /// Whether one of the others is filled in or wrong.
    pub open: bool,
}

/// What a form holds: the fields of the incident and of each row of its lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    head: BTreeMap<String, String>,
    lists: BTreeMap<&'static str, Vec<BTreeMap<String, String>>>,
    /// Rows that are to go to a second incident: list and place in it.
    second: Vec<(&'static str, usize)>,
}

impl Filled {
    /// From a form that was sent: empty rows, and those marked for deletion, are left out.
    pub fn sent(pairs: &[(String, String)]) -> Self {
        let all: BTreeMap<&str, &str> =
            pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let value = |name: &str| all.get(name).map_or("", |v| v.trim()).replace("\r\n", "\n");
        let mut filled = Self::default();
        for (key, _) in HEAD {
            filled.head.insert((*key).to_owned(), value(key));
        }
        for (list, fields) in LISTS {
            let mut rows = Vec::new();
            for n in 0..MOST_ROWS {
                let row = format!("{list}.{n}.");
                let typed = fields
                    .iter()
                    .map(|(key, _)| ((*key).to_owned(), value(&format!("{row}{key}"))));
                let typed: BTreeMap<_, _> = typed.collect();
                // A choice always has a value: what is typed decides.
                let is_typed = fields.iter().any(|(key, sort)| {
                    !matches!(sort, Sort::Choice(_) | Sort::Check) && !typed[*key].is_empty()
                });
                if is_typed && value(&format!("{row}drop")).is_empty() {
                    if !value(&format!("{row}second")).is_empty() {
                        filled.second.push((list, rows.len()));
                    }
                    rows.push(typed);
                }
            }
            filled.lists.insert(list, rows);
        }
        filled
    }

    /// From an incident of a file.
    pub fn of(incident: &file::Incident) -> Self {
        let table = Table::try_from(incident).expect("plain texts, numbers and tables are TOML");
        let word = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let row = |table: &Table| {
            let plain = table.iter().filter(|(_, v)| !v.is_array() && !v.is_table());
            plain.map(|(k, v)| (k.clone(), word(v))).collect()
        };
        let rows = |list: &str| {
            let rows = table.get(list).and_then(Value::as_array).into_iter().flatten();
            rows.filter_map(Value::as_table).map(row).collect()
        };
        Self {
            head: row(&table),
            lists: LISTS.iter().map(|(list, _)| (*list, rows(list))).collect(),
            second: Vec::new(),
        }
    }

    /// The same as an incident of a file.
    ///
    /// # Errors
    /// A number that is none.
    pub fn incident(&self) -> Result<file::Incident, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut table = typed("", &self.head, HEAD, &mut faults);
        for (list, fields) in LISTS {
            let rows = self.lists.get(list).into_iter().flatten().enumerate();
            let rows = rows.map(|(i, row)| {
                Value::Table(typed(&format!("{list} {} ", i + 1), row, fields, &mut faults))
            });
            table.insert(list.to_owned(), Value::Array(rows.collect()));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let text = toml::to_string(&table).expect("plain texts, numbers and tables are TOML");
        toml::from_str(&text).map_err(|e| {
            vec![Fault {
                span: 0..0,
                field: "title".to_owned(),
                expected: "an incident".to_owned(),
                found: e.message().to_owned(),
            }]
        })
    }

    /// The rows that stay and those that go to a second incident of this title.
    pub fn split(&self, title: &str) -> (Self, Self) {
        let part = |second: bool| {
            let mut part = Self { second: Vec::new(), ..self.clone() };
            for (list, rows) in &mut part.lists {
                let mut place = 0;
                rows.retain(|_| {
                    place += 1;
                    self.second.contains(&(*list, place - 1)) == second
                });
            }
            part
        };
        let mut second = part(true);
        second.head.insert("title".to_owned(), title.to_owned());
        (part(false), second)
    }

    /// Whether any row is to go to a second incident.
    pub fn is_split(&self) -> bool {
        !self.second.is_empty()
    }

    /// The controls, with one empty row at the end of each list.
    pub fn rows(&self, faults: &[Fault], words: &Words) -> (Row, Vec<(String, Vec<Row>)>) {
        let m = words.messages();
        let print = Print { faults, words };
        let head = print.row(String::new(), String::new(), "", &self.head, HEAD, 8);
        let lists = LISTS.iter().map(|(list, fields)| {
            let empty = BTreeMap::new();
            let rows = self.lists.get(list).into_iter().flatten().chain([&empty]);
            let rows = rows.enumerate().map(|(i, row)| {
                let number = [("number", (i + 1).into())];
                let legend = m.text_with(&format!("review-row-{list}"), &number);
                let main = fields.iter().position(|(key, _)| *key == "at").unwrap_or(fields.len());
                let path = format!("{list} {} ", i + 1);
                print.row(legend, format!("{list}.{i}."), &path, row, fields, main)
            });
            (m.text(&format!("review-list-{list}")), rows.collect())
        });
        (head, lists.collect())
    }
}

/// Values as a file has them: empty ones left out, numbers as numbers.
fn typed(
    path: &str,
    row: &BTreeMap<String, String>,
    fields: &[Field],
    faults: &mut Vec<Fault>,
) -> Table {
    let mut table = Table::new();
    for (key, sort) in fields {
        let Some(text) = row.get(*key).filter(|text| !text.is_empty()) else {
            continue;
        };
        let value = match sort {
            Sort::Check => Some(Value::Boolean(true)).filter(|_| text != "false"),
            Sort::Number if matches!(*key, "lat" | "lon") => {
                text.replace(',', ".").parse().ok().map(Value::Float)
            }
            Sort::Number => text.parse::<u32>().ok().map(|n| Value::Integer(n.into())),
            _ => Some(Value::String(text.clone())),
        };
        match value {
            Some(value) => {
                table.insert((*key).to_owned(), value);
            }
            None if matches!(sort, Sort::Check) => {}
            None => faults.push(Fault {
                span: 0..0,
                field: format!("{path}{key}"),
                expected: "a number".to_owned(),
                found: text.clone(),
            }),
        }
    }
    table
}

struct Print<'a> {
    faults: &'a [Fault],
    words: &'a Words<'a>,
}

impl Print<'_> {
    fn row(
        &self,
        legend: String,
        name: String,
        path: &str,
        row: &BTreeMap<String, String>,
        fields: &[Field],
        main: usize,
    ) -> Row {
        let all = fields.iter().map(|field| self.control(&name, path, row, *field));
        let mut all: Vec<Control> = all.collect();
        let more = all.split_off(main.min(all.len()));
        let open =
            more.iter().any(|c| c.fault.is_some() || (!c.value.is_empty() && c.sort != "choice"));
        // What is wrong with the row as a whole is said at its numbers, or at its first field.
        let whole = |f: &Fault| !path.is_empty() && f.field == path.trim_end();
        if self.faults.iter().any(whole) {
            let numbers = all.iter().position(|c| c.sort == "number");
            let message =
                if numbers.is_some() { "review-fault-figure" } else { "review-fault-place" };
            if let Some(at) = all.get_mut(numbers.unwrap_or(0)) {
                at.fault = Some(self.words.messages().text(message));
            }
        }
        Row { legend, name, main: all, more, open }
    }

    fn control(
        &self,
        name: &str,
        path: &str,
        row: &BTreeMap<String, String>,
        (key, sort): Field,
    ) -> Control {
        let m: &Messages = self.words.messages();
        let value = row.get(key).cloned().unwrap_or_default();
        let (sort, choices) = match sort {
            Sort::Line => ("line", Vec::new()),
            Sort::Quote => ("quote", Vec::new()),
            Sort::Number => ("number", Vec::new()),
            Sort::Check => ("check", Vec::new()),
            Sort::Choice(all) => ("choice", self.choices(key, all, &value)),
        };
        let own = format!("{path}{key}");
        let fault = self.faults.iter().any(|f| f.field == own);
        let kind = match key {
            "quote" | "date_quote" => "quote",
            "min" | "max" => "count",
            "lat" | "lon" => "number",
            "date" | "said_on" => "date",
            "name" | "place" => "place",
            _ => "word",
        };
        Control {
            name: format!("{name}{key}"),
            label: m.text(&format!("review-field-{}", key.replace('_', "-"))),
            value,
            sort,
            choices,
            fault: fault.then(|| m.text(&format!("review-fault-{kind}"))),
        }
    }

    fn choices(
        &self,
        key: &str,
        all: fn(&Words) -> Vec<(&'static str, String)>,
        value: &str,
    ) -> Vec<(String, String, bool)> {
        let known: Vec<(String, String)> = match all(self.words) {
            // Victim groups are knowledge: their tree, parts after their wholes.
            none if none.is_empty() => {
                let groups = self.words.known().victims.iter();
                groups.map(|g| (g.slug.clone(), self.words.victim(&g.slug))).collect()
            }
            some => some.into_iter().map(|(v, name)| (v.to_owned(), name)).collect(),
        };
        let chosen = if value.is_empty() && key == "kind" { "other" } else { value };
        // A new row says nothing by itself: least of all that a deed is a fact.
        let none = (!["kind", "precision"].contains(&key)).then(|| {
            let name = if key == "qualifier" { "review-by-numbers" } else { "review-choose" };
            (String::new(), self.words.messages().text(name))
        });
        let known = none.into_iter().chain(known);
        known.map(|(v, name)| (v.clone(), name, v == chosen)).collect()
    }
}
