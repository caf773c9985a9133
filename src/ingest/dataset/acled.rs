//! Exports of ACLED (Armed Conflict Location & Event Data), of every vintage.
//!
//! What its columns mean here:
//!
//! - `actor1` and `actor2` have no direction: both are involved. One is the perpetrator only
//!   where the event is violence against civilians, or has `civilian_targeting`, and the other
//!   side is civilians.
//! - `fatalities` is one conservative estimate, ACLED's own, of all dead: a claim without a
//!   claimant, by the dataset itself, as exact as it is put. 0 stands for none as well as for
//!   none reported, and makes no claim.
//! - `time_precision` 1 is a day, 2 a week, of which `event_date` is some day, 3 the month.
//! - `geo_precision` 1 is the place, 2 a part of a region for which a place near it stands, 3 a
//!   region, whose point is left out.
//! - `notes` is the text of the row.
//!
//! Some exports have a row for each actor: two rows with one id are one event, and become one
//! row with twice the columns.

use super::dates;
use super::names::{Names, Party};
use super::places::{Places, Where, is_mali};
use super::row::{Column, Columns, Row, cell};
use super::rows::{RawRow, Rows};
use super::{Countries, EMPTY_DRAFT};
use crate::knowledge::Knowledge;
use crate::model::claim::{CasualtyGroup, Claim, Measure, Qualifier};
use crate::model::date::DateSpan;
use crate::model::document::Problem;
use crate::model::incident::{
    Attribution, Draft, EventType, Place, PlacePrecision, Stance, Victim,
};
use jiff::civil::Date;

/// What stands behind the names of the columns of the second of two rows.
const SECOND: &str = " (row 2)";

/// The kinds of event that a sub-event type states.
const KINDS: [(&str, EventType); 9] = [
    ("armed clash", EventType::ArmedClash),
    ("government regains territory", EventType::ArmedClash),
    ("non-state actor overtakes territory", EventType::ArmedClash),
    ("air/drone strike", EventType::Airstrike),
    ("suicide bomb", EventType::Bombing),
    ("remote explosive/landmine/ied", EventType::Bombing),
    ("grenade", EventType::Bombing),
    ("abduction/forced disappearance", EventType::Abduction),
    ("battle", EventType::ArmedClash),
];

/// One of the two sides.
#[derive(Debug, Clone, Copy, Default)]
struct Side {
    actor: Column,
    associates: Column,
    inter: Column,
}

/// Reads rows of ACLED.
pub(super) struct Acled<'k> {
    names: Names<'k>,
    places: Places<'k>,
    countries: Countries,
    id: Column,
    date: Column,
    date_precision: Column,
    kind: Column,
    sub_kind: Column,
    sides: [Side; 2],
    targeting: Column,
    country: Column,
    region: Column,
    cercle: Column,
    place: Column,
    lat: Column,
    lon: Column,
    place_precision: Column,
    notes: Column,
    fatalities: Column,
    last: usize,
}

impl<'k> Acled<'k> {
    /// For a file with these columns.
    ///
    /// # Errors
    /// The column that is missing.
    pub fn new(
        columns: &Columns,
        countries: Countries,
        known: &'k Knowledge,
    ) -> Result<Self, &'static str> {
        let get = |name| columns.get(name);
        let first = Side {
            actor: columns.any(&["actor1", "actor"]),
            associates: columns.any(&["assoc_actor_1", "assoc_actor", "ally_actor_1"]),
            inter: columns.any(&["inter1", "inter"]),
        };
        let second = Side {
            actor: columns.any(&["actor2", "actor1_row_2", "actor_row_2"]),
            associates: columns.any(&[
                "assoc_actor_2", "ally_actor_2", "assoc_actor_1_row_2", "assoc_actor_row_2",
            ]),
            inter: columns.any(&["inter2", "inter1_row_2", "inter_row_2"]),
        };
        let mut acled = Self {
            names: Names::new(known),
            places: Places::new(known),
            countries,
            id: columns.any(&["event_id_cnty", "data_id"]),
            date: get("event_date"),
            date_precision: get("time_precision"),
            kind: get("event_type"),
            sub_kind: get("sub_event_type"),
            sides: [first, second],
            targeting: get("civilian_targeting"),
            country: columns.any(&["country", "iso", "iso3"]),
            region: get("admin1"),
            cercle: get("admin2"),
            place: get("location"),
            lat: get("latitude"),
            lon: get("longitude"),
            place_precision: get("geo_precision"),
            notes: get("notes"),
            fatalities: get("fatalities"),
            last: 0,
        };
        for (column, name) in
            [(acled.id, "event_id_cnty"), (acled.date, "event_date"), (first.actor, "actor1")]
        {
            if column.is_none() {
                return Err(name);
            }
        }
        // A row that ends before one of these is damaged. The second of two rows may lack.
        let read = [
            acled.id, acled.date, acled.date_precision, acled.kind, acled.sub_kind, first.actor,
            acled.targeting, acled.country, acled.place, acled.place_precision, acled.fatalities,
        ];
        acled.last = read.into_iter().flatten().max().unwrap_or_default();
        Ok(acled)
    }

    /// Whether a row lies outside what was asked for.
    pub fn is_outside(&self, raw: &RawRow) -> bool {
        let country = cell(raw, self.country);
        self.countries == Countries::Mali && !country.is_empty() && !is_mali(country)
    }

    /// What a row says: its id and the incident.
    ///
    /// # Errors
    /// The first cell that cannot be read.
    pub fn read(&mut self, row: &Row<'_>) -> Result<(String, Draft), Problem> {
        row.check_width(self.last)?;
        let key = row.cell(self.id);
        if key.is_empty() {
            return Err(row.problem(self.id, "the id of the event"));
        }
        let date = self.date(row)?;
        let mut draft = Draft {
            main: true,
            title: self.title(row),
            date,
            date_passage: Some(row.passage(self.date)),
            kind: self.kind(row),
            passage: row.first_passage(&[self.notes]),
            ..EMPTY_DRAFT
        };
        draft.places.extend(self.place(row, date.start())?);
        self.attribute(row, &mut draft);
        if let Some(count) = row.count(self.fatalities)?.filter(|count| *count > 0) {
            draft.claims.push(Claim {
                measure: Measure::Killed,
                group: CasualtyGroup::Total,
                min: Some(count),
                max: Some(count),
                qualifier: Qualifier::Exact,
                claimant: None,
                said_on: None,
                partial: false,
                passage: row.passage(self.fatalities),
            });
        }
        Ok((key.to_owned(), draft))
    }

    /// "Attack: JNIM - Civilians (Mali), Hombori".
    fn title(&self, row: &Row<'_>) -> String {
        let what = row.first_name(&[self.sub_kind, self.kind]);
        let who: Vec<_> = self.sides.iter().map(|side| row.name(side.actor)).collect();
        let who: Vec<&str> = who.iter().map(AsRef::as_ref).filter(|n| !n.is_empty()).collect();
        let what = [what.as_ref(), &who.join(" - ")].map(str::to_owned);
        let what: Vec<String> = what.into_iter().filter(|w| !w.is_empty()).collect();
        match row.name(self.place) {
            place if place.is_empty() => what.join(": "),
            place => format!("{}, {place}", what.join(": ")),
        }
    }

    fn kind(&self, row: &Row<'_>) -> EventType {
        let is = |cell: &str, name: &str| cell.eq_ignore_ascii_case(name);
        let cell = row.cell(self.sub_kind);
        let found = KINDS.iter().find(|(name, _)| is(cell, name));
        found.map_or(EventType::Other, |(_, kind)| *kind)
    }

    fn date(&self, row: &Row<'_>) -> Result<DateSpan, Problem> {
        let day = dates::day(row.cell(self.date))
            .ok_or_else(|| row.problem(self.date, "a date such as 31 December 2020"))?;
        let open = match row.code(self.date_precision, 3)? {
            Some(2) => dates::week_of(day),
            Some(3) => DateSpan::month(day.year(), day.month()),
            _ => Some(DateSpan::day(day)),
        };
        open.ok_or_else(|| row.problem(self.date, "a date of the calendar"))
    }

    fn place(&mut self, row: &Row<'_>, day: Option<Date>) -> Result<Option<Place>, Problem> {
        let (column, precision) = match row.code(self.place_precision, 3)? {
            Some(1) => (self.place, PlacePrecision::Exact),
            Some(2) => (self.place, PlacePrecision::Near),
            Some(_) if !row.cell(self.region).is_empty() => (self.region, PlacePrecision::Region),
            _ => (self.place, PlacePrecision::Unknown),
        };
        let at = Where {
            name: row.cell(column),
            region: row.cell(self.region),
            cercle: match precision {
                PlacePrecision::Region => "",
                _ => row.cell(self.cercle),
            },
            country: row.cell(self.country),
            point: row.point(self.lat, self.lon)?,
        };
        Ok(self.places.place(at, precision, day, (row, column)))
    }

    fn attribute(&mut self, row: &Row<'_>, draft: &mut Draft) {
        let [a, b] = self.sides.map(|side| self.names.party(row.cell(side.actor)));
        let civilians = [(&a, self.sides[0]), (&b, self.sides[1])].map(|(party, side)| {
            let inter = row.cell(side.inter);
            party.civilians || inter == "7" || inter.eq_ignore_ascii_case("civilians")
        });
        let aimed = row.cell(self.kind).eq_ignore_ascii_case("violence against civilians")
            || !row.cell(self.targeting).is_empty();
        for (i, (side, party)) in self.sides.into_iter().zip([a, b]).enumerate() {
            if civilians[i] {
                self.hit(row, draft, side);
                continue;
            }
            let stance = match aimed && civilians[1 - i] {
                true => Stance::Stated,
                false => Stance::Involved,
            };
            push(draft, &party, stance, row, side.actor);
            for name in row.cell(side.associates).split(';').map(str::trim) {
                // Communities are named as whose members took part, never as who did it.
                if self.names.victims(name).is_none() {
                    let associate = self.names.party(name);
                    push(draft, &associate, Stance::Involved, row, side.associates);
                }
            }
        }
    }

    /// Civilians, and which, by their associations.
    fn hit(&self, row: &Row<'_>, draft: &mut Draft, side: Side) {
        let mut add = |group: &str, column| {
            if !draft.victims.iter().any(|v| v.group == group) {
                let passage = row.passage(column);
                draft.victims.push(Victim { group: group.to_owned(), passage });
            }
        };
        add(CasualtyGroup::Civilians.as_str(), side.actor);
        for name in row.cell(side.associates).split(';') {
            if let Some(group) = self.names.victims(name) {
                add(group, side.associates);
            }
        }
    }
}

fn push(draft: &mut Draft, party: &Party, stance: Stance, row: &Row<'_>, column: Column) {
    let named = draft.attributions.iter().any(|a| a.actor == party.actor);
    if party.actor.is_empty() || party.civilians || named {
        return;
    }
    draft.attributions.push(Attribution {
        actor: party.actor.clone(),
        name: party.name.clone(),
        stance,
        by: None,
        passage: row.passage(column),
    });
}

/// Whether a file has a row for each actor.
pub(super) fn is_by_actor(header: &[String]) -> bool {
    Columns::new(header).get("actor2").is_none()
}

/// The columns of a file with a row for each actor, once its rows are joined.
pub(super) fn joined_header(header: &[String]) -> Vec<String> {
    let second = header.iter().map(|name| format!("{name}{SECOND}"));
    header.iter().cloned().chain(second).collect()
}

/// Two rows that follow each other with one id, as one row.
pub(super) struct Joined<'a> {
    rows: std::iter::Peekable<Rows<'a>>,
    id: Column,
    width: usize,
}

impl<'a> Joined<'a> {
    /// Joins `rows` with this header.
    pub fn new(rows: Rows<'a>, header: &[String]) -> Self {
        let id = Columns::new(header).any(&["event_id_cnty", "data_id"]);
        Self { rows: rows.peekable(), id, width: header.len() }
    }
}

impl Iterator for Joined<'_> {
    type Item = Result<RawRow, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = match self.rows.next()? {
            Ok(row) => row,
            Err(problem) => return Some(Err(problem)),
        };
        let key = cell(&row, self.id).to_owned();
        let is_second = |next: &Result<RawRow, Problem>| {
            next.as_ref().is_ok_and(|next| !key.is_empty() && cell(next, self.id) == key)
        };
        // A row that is too long is a problem of its own, and stays as it is.
        if row.cells.len() <= self.width
            && let Some(Ok(second)) = self.rows.next_if(is_second)
        {
            row.cells.resize(self.width, String::new());
            row.cells.extend(second.cells);
        }
        Some(Ok(row))
    }
}
