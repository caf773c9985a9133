//! Canonical rows: compact JSON with the members of each object sorted by name, whatever the
//! order in which a type has its fields. Rows are made by the million, so that no tree of values
//! is built for it: members are put in order in the text itself.

/// Incidents.
mod incident;

use crate::model::incident::Incident;
use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, Serializer};
use std::io::{self, Write};
use std::ops::Range;

/// Makes canonical rows, one after the other.
#[derive(Debug, Default)]
pub struct Canonical {
    text: Vec<u8>,
    /// Members of the objects that are open, the innermost last.
    members: Vec<Member>,
    /// Where the members of each open object begin in `members`.
    open: Vec<usize>,
    /// Where members are put in order.
    sorted: Vec<u8>,
}

/// A member of an object: where it stands in the text.
#[derive(Debug)]
struct Member {
    /// Its name, without quotation marks.
    name: Range<usize>,
    /// One past its value.
    end: usize,
}

impl Canonical {
    /// The canonical row of a value. Its maps, if any, have plain names: what stands in a name
    /// is not to need an escape.
    pub fn row(&mut self, value: &impl Serialize) -> &str {
        self.text.clear();
        self.members.clear();
        self.open.clear();
        let formatter = Sorting { to: self };
        let mut serializer = Serializer::with_formatter(io::sink(), formatter);
        value.serialize(&mut serializer).expect("plain types have no map that JSON cannot hold");
        std::str::from_utf8(&self.text).expect("JSON of texts is UTF-8")
    }

    /// The canonical row of an incident, as [`Canonical::row`] would make it.
    pub fn incident(&mut self, incident: &Incident) -> &str {
        self.text.clear();
        incident::Row(&mut self.text).incident(incident);
        std::str::from_utf8(&self.text).expect("JSON of texts is UTF-8")
    }

    /// The innermost object ends: its members are put in order, unless they are.
    fn end_object(&mut self) {
        let members = self.members.split_off(self.open.pop().unwrap_or_default());
        let name = |member: &Member| &self.text[member.name.clone()];
        if members.is_sorted_by(|a, b| name(a) < name(b)) {
            return;
        }
        let mut order: Vec<&Member> = members.iter().collect();
        order.sort_by(|a, b| name(a).cmp(name(b)));
        self.sorted.clear();
        for member in order {
            if !self.sorted.is_empty() {
                self.sorted.push(b',');
            }
            // With the quotation mark before its name.
            self.sorted.extend_from_slice(&self.text[member.name.start - 1..member.end]);
        }
        let start = members.first().map_or(self.text.len(), |first| first.name.start - 1);
        self.text.truncate(start);
        self.text.append(&mut self.sorted);
    }
}

/// Writes what serde says to the row, and nothing to where it would.
struct Sorting<'c> {
    to: &'c mut Canonical,
}

/// What compact JSON writes in the same way.
macro_rules! as_compact {
    ($($name:ident($($value:ident: $of:ty),*)),* $(,)?) => {$(
        fn $name<W: ?Sized + Write>(&mut self, _: &mut W $(, $value: $of)*) -> io::Result<()> {
            CompactFormatter.$name(&mut self.to.text $(, $value)*)
        }
    )*};
}

impl Formatter for Sorting<'_> {
    as_compact! {
        write_null(), write_bool(value: bool), write_i8(value: i8), write_i16(value: i16),
        write_i32(value: i32), write_i64(value: i64), write_i128(value: i128),
        write_u8(value: u8), write_u16(value: u16), write_u32(value: u32), write_u64(value: u64),
        write_u128(value: u128), write_f32(value: f32), write_f64(value: f64),
        write_number_str(value: &str), begin_string(), end_string(),
        write_string_fragment(value: &str), write_char_escape(value: CharEscape),
        write_byte_array(value: &[u8]), begin_array(), end_array(),
        begin_array_value(first: bool), end_array_value(), begin_object_value(),
        write_raw_fragment(value: &str),
    }

    fn begin_object<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.to.open.push(self.to.members.len());
        CompactFormatter.begin_object(&mut self.to.text)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, _: &mut W, first: bool) -> io::Result<()> {
        CompactFormatter.begin_object_key(&mut self.to.text, first)?;
        let start = self.to.text.len() + 1;
        self.to.members.push(Member { name: start..start, end: start });
        Ok(())
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        let end = self.to.text.len() - 1;
        if let Some(member) = self.to.members.last_mut() {
            member.name.end = end;
        }
        Ok(())
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        let end = self.to.text.len();
        if let Some(member) = self.to.members.last_mut() {
            member.end = end;
        }
        Ok(())
    }

    fn end_object<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.to.end_object();
        CompactFormatter.end_object(&mut self.to.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::claim::{CasualtyGroup, Claim, Claimant, Measure, Qualifier};
    use crate::model::date::{DatePrecision, DateSpan, PartialDate};
    use crate::model::incident::{
        Account, Attribution, Draft, EventType, Place, PlacePrecision, Stance, Status, Victim,
    };
    use crate::model::passage::Passage;
    use crate::model::source::{Lang, SourceKind, SourceMeta, SourceRef};
    use jiff::civil::date;
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    /// Members in any order, unlike those of a tree of values.
    #[derive(Debug, Clone)]
    enum Any {
        Is(Value),
        List(Vec<Any>),
        Object(Vec<(String, Any)>),
    }

    impl Serialize for Any {
        fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Is(value) => value.serialize(to),
                Self::List(items) => to.collect_seq(items),
                Self::Object(members) => to.collect_map(members.iter().map(|(k, v)| (k, v))),
            }
        }
    }

    fn anything() -> impl Strategy<Value = Any> {
        let leaf = prop_oneof![
            Just(Any::Is(Value::Null)),
            any::<bool>().prop_map(|v| Any::Is(json!(v))),
            any::<i64>().prop_map(|v| Any::Is(json!(v))),
            any::<f64>().prop_map(|v| Any::Is(json!(v))),
            "\\PC*|[\"\\\\\n\t\u{1}é]*".prop_map(|v| Any::Is(json!(v))),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            let member = ("[a-z_]{0,4}", inner.clone());
            let members = prop::collection::vec(member, 0..6).prop_map(|mut members| {
                let mut seen = std::collections::BTreeSet::new();
                members.retain(|(name, _)| seen.insert(name.clone()));
                Any::Object(members)
            });
            prop_oneof![prop::collection::vec(inner, 0..5).prop_map(Any::List), members]
        })
    }

    proptest! {
        /// As a tree of values says it, whose members are sorted.
        #[test]
        fn a_row_is_what_its_tree_of_values_says(value in anything()) {
            prop_assert!(Map::from_iter([("b".to_owned(), Value::Null), ("a".to_owned(), Value::Null)])
                .keys().eq(["a", "b"]));
            let tree = serde_json::to_value(&value).unwrap().to_string();
            let mut canonical = Canonical::default();
            prop_assert_eq!(canonical.row(&value), tree.as_str());
            // And again, with what the first row left behind.
            prop_assert_eq!(canonical.row(&value), tree.as_str());
        }
    }

    fn passage(quote: &str, page: Option<u32>) -> Passage {
        Passage { start: 7, end: 7 + quote.len(), quote: quote.to_owned(), page }
    }

    /// An incident that has all that one can have, or as little as there may be.
    fn incident(full: bool, odd: &str) -> Incident {
        let text = || odd.to_owned();
        let some = || full.then(text);
        let by = full.then(|| Claimant { name: text(), actor: some() });
        let whom = [Some("jnim".to_owned()), None].map(|actor| Claimant { name: text(), actor });
        let claims = CasualtyGroup::ALL.iter().zip(Qualifier::ALL.iter().cycle());
        let claims =
            claims.zip(Measure::ALL.iter().cycle()).map(|((group, qualifier), measure)| {
                let said_on = full.then(|| date(2022, 4, 19));
                let (group, qualifier, measure) = (*group, *qualifier, *measure);
                let (min, max) = (full.then_some(0), full.then_some(u32::MAX));
                let (claimant, passage) = (by.clone(), passage(odd, None));
                Claim {
                    measure,
                    group,
                    min,
                    max,
                    qualifier,
                    claimant,
                    said_on,
                    partial: full,
                    passage,
                }
            });
        let attribution = |stance: &Stance| Attribution {
            actor: text(),
            name: text(),
            stance: *stance,
            by: whom.iter().cycle().nth(*stance as usize).cloned().filter(|_| full),
            passage: passage(odd, full.then_some(12)),
        };
        let place = |precision: &PlacePrecision| Place {
            id: text(),
            name: text(),
            region_then: some(),
            region_now: some(),
            cercle: some(),
            country: some(),
            lat: full.then_some(-0.1),
            lon: full.then_some(1e-7),
            precision: *precision,
            passage: passage(odd, None),
        };
        let meta = SourceMeta {
            title: text(),
            publisher: some(),
            kind: SourceKind::ALL[usize::from(full)],
            lang: if full { Lang::Fr } else { Lang::En },
            url: some(),
            published: full.then_some(PartialDate::Month(2022, 4)),
            retrieved: full.then(|| date(-3, 12, 31)),
            licence: some(),
            sensitive: full,
        };
        let day = if full { DateSpan::day(date(812, 1, 9)) } else { DateSpan::UNKNOWN };
        let draft = Draft {
            main: full,
            title: text(),
            date: day,
            date_passage: full.then(|| passage(odd, Some(1))),
            kind: EventType::Massacre,
            places: PlacePrecision::ALL.iter().map(place).collect(),
            attributions: Stance::ALL.iter().map(attribution).collect(),
            victims: vec![Victim { group: text(), passage: passage(odd, None) }],
            claims: claims.collect(),
            passage: passage(odd, None),
        };
        let account = |status: &Status| Account {
            source: SourceRef { id: text(), meta: meta.clone() },
            record: some(),
            own: some(),
            status: *status,
            reviewed_by: some(),
            reviewed_at: some(),
            draft: draft.clone(),
        };
        let accounts = Status::ALL.iter().map(account).collect();
        Incident { id: text(), title: text(), date: day, kind: EventType::Other, accounts }
    }

    #[test]
    fn incidents_are_what_any_value_would_be() {
        let mut canonical = Canonical::default();
        for full in [true, false] {
            for odd in ["", "plain", "é \u{1f480}", "\"", "a\\b", "line\nfeed", "\u{0}\u{1f}\u{7f}"]
            {
                let mut incident = incident(full, odd);
                let row = canonical.row(&incident).to_owned();
                assert_eq!(canonical.incident(&incident), row);
                for kind in EventType::ALL {
                    incident.kind = *kind;
                    let row = canonical.row(&incident).to_owned();
                    assert_eq!(canonical.incident(&incident), row);
                }
                incident.accounts.clear();
                let row = canonical.row(&incident).to_owned();
                assert_eq!(canonical.incident(&incident), row);
            }
        }
    }

    #[test]
    fn words_of_sources_and_dates_are_those_of_json() {
        for kind in SourceKind::ALL {
            assert_eq!(json!(kind), json!(kind.as_str()));
        }
        for precision in DatePrecision::ALL {
            assert_eq!(json!(precision), json!(precision.as_str()));
        }
    }

    #[test]
    fn a_name_comes_before_a_longer_one() {
        #[derive(Serialize)]
        struct Row {
            by_name: u8,
            by: u8,
            #[serde(rename = "by!")]
            other: u8,
            a: Inner,
        }
        #[derive(Serialize)]
        struct Inner {
            z: &'static str,
            y: Option<u8>,
        }
        let row = Row { by_name: 1, by: 2, other: 3, a: Inner { z: "\"é\n", y: None } };
        let text = r#"{"a":{"y":null,"z":"\"é\n"},"by":2,"by!":3,"by_name":1}"#;
        assert_eq!(Canonical::default().row(&row), text);
    }
}
