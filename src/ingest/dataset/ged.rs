//! The Georeferenced Event Dataset of the Uppsala Conflict Data Program (UCDP), of versions 17
//! to 26, candidate releases included.
//!
//! What its columns mean here (its codebook is at ucdp.uu.se/downloads):
//!
//! - `low` to `high` is the claim about all dead; `best` lies between and stands in the quote.
//!   The counts of sides, civilians and unknown make up `best`: where `low` and `high` are not
//!   the same they are no more than its parts, and never make a toll.
//! - `source_original` is who the report goes back to, and so the claimant of its figures.
//! - Only in one-sided violence (type 3) is side A the perpetrator, against civilians. In the
//!   other types both sides are involved.
//! - The type says who fights whom, not what is done: the kind of event stays open.
//! - `date_prec` 1 is a day; else the days from `date_start` to `date_end`, and where both are
//!   the same all days that the code leaves open.
//! - `where_prec` 1 is a point, 2 a point within 25 km, 3 a cercle, 4 a region. From 3 on the
//!   point is the middle of something and is left out; 6 and 7 name no place in a country.

use super::dates;
use super::names::{Names, Party};
use super::places::{Places, Where, is_mali};
use super::row::{Column, Columns, Row, cell};
use super::rows::RawRow;
use super::{Countries, EMPTY_DRAFT};
use crate::knowledge::Knowledge;
use crate::model::claim::{CasualtyGroup, Claim, Claimant, Measure, Qualifier};
use crate::model::date::DateSpan;
use crate::model::document::Problem;
use crate::model::incident::{Attribution, Draft, PlacePrecision, Stance, Victim};
use crate::model::passage::Passage;
use jiff::civil::Date;

/// The columns of versions 19 and later, in their order: the header of a file without one.
pub(super) const COLUMNS: [&str; 49] = [
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
];

/// Whether a first row is one of data, of a file without a header.
pub(super) fn is_row(cells: &[String]) -> bool {
    let is_number = |at: usize| cells[at].trim().parse::<u64>().is_ok();
    cells.len() == COLUMNS.len()
        && is_number(0)
        && matches!(cells[5].trim(), "1" | "2" | "3")
        && dates::day(cells[38].trim()).is_some()
}

/// One-sided violence: an armed group against civilians.
const ONE_SIDED: u8 = 3;

/// Reads rows of GED.
pub(super) struct Ged<'k> {
    names: Names<'k>,
    places: Places<'k>,
    countries: Countries,
    id: Column,
    kind: Column,
    dyad: Column,
    sides: [Column; 2],
    /// Dead of side A, side B, civilians, unknown.
    deaths: [Column; 4],
    best: Column,
    high: Column,
    low: Column,
    headline: Column,
    description: Column,
    article: Column,
    original: Column,
    place_precision: Column,
    place: Column,
    region: Column,
    cercle: Column,
    lat: Column,
    lon: Column,
    country: Column,
    date_precision: Column,
    start: Column,
    end: Column,
    /// The last column that is read.
    last: usize,
}

impl<'k> Ged<'k> {
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
        let mut ged = Self {
            names: Names::new(known),
            places: Places::new(known),
            countries,
            id: columns.any(&["id", "relid"]),
            kind: get("type_of_violence"),
            dyad: get("dyad_name"),
            sides: [get("side_a"), get("side_b")],
            deaths: ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"].map(get),
            best: columns.any(&["best", "best_est"]),
            high: columns.any(&["high", "high_est"]),
            low: columns.any(&["low", "low_est"]),
            headline: get("source_headline"),
            description: get("where_description"),
            article: get("source_article"),
            original: get("source_original"),
            place_precision: get("where_prec"),
            place: get("where_coordinates"),
            region: get("adm_1"),
            cercle: get("adm_2"),
            lat: get("latitude"),
            lon: get("longitude"),
            country: columns.any(&["country", "country_id"]),
            date_precision: get("date_prec"),
            start: get("date_start"),
            end: get("date_end"),
            last: 0,
        };
        if ged.id.is_none() {
            return Err("id");
        }
        if ged.start.is_none() {
            return Err("date_start");
        }
        if ged.best.is_none() {
            return Err("best");
        }
        ged.last = ged.read_columns().into_iter().flatten().max().unwrap_or_default();
        Ok(ged)
    }

    /// Columns that change what is said: a row that ends before one of them is damaged.
    fn read_columns(&self) -> [Column; 15] {
        let [a, b, civilians, unknown] = self.deaths;
        [
            self.id, self.kind, self.best, self.high, self.low, a, b, civilians, unknown,
            self.start, self.end, self.date_precision, self.place_precision, self.country,
            self.place,
        ]
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
        let one_sided = row.code(self.kind, 3)? == Some(ONE_SIDED);
        let date = self.date(row)?;
        let [a, b] = self.sides.map(|side| self.names.party(row.cell(side)));
        let place_precision = row.code(self.place_precision, 7)?;
        let point = row.point(self.lat, self.lon)?;
        let mut draft = Draft {
            main: true,
            title: self.title(row),
            date,
            date_passage: Some(row.passage_over(&[self.start, self.end])),
            passage: row.first_passage(&[self.headline, self.description, self.article]),
            ..EMPTY_DRAFT
        };
        draft.places.extend(self.place(row, place_precision, point, date.start()));
        self.attribute(row, &mut draft, [&a, &b], one_sided);
        self.claims(row, &mut draft, [&a, &b], one_sided)?;
        Ok((key.to_owned(), draft))
    }

    fn title(&self, row: &Row<'_>) -> String {
        let who = match row.name(self.dyad) {
            name if !name.is_empty() => name.into_owned(),
            _ => self.sides.map(|side| row.name(side)).join(" - "),
        };
        match row.name(self.place) {
            place if place.is_empty() => who,
            place => format!("{who}, {place}"),
        }
    }

    fn date(&self, row: &Row<'_>) -> Result<DateSpan, Problem> {
        let day = |column: Column| {
            dates::day(row.cell(column))
                .ok_or_else(|| row.problem(column, "a date such as 2026-07-25"))
        };
        let start = day(self.start)?;
        let end = match row.cell(self.end) {
            "" => start,
            _ => day(self.end)?,
        };
        let code = row.code(self.date_precision, 5)?.unwrap_or(1);
        let open = match code {
            _ if start != end => Some(dates::from_to(start, end)),
            1 => Some(DateSpan::day(start)),
            2 | 3 => dates::week_of(start),
            4 => DateSpan::month(start.year(), start.month()),
            _ => DateSpan::year(start.year()),
        };
        open.ok_or_else(|| row.problem(self.start, "a date of the calendar"))
    }

    fn place(
        &mut self,
        row: &Row<'_>,
        code: Option<u8>,
        point: Option<(f64, f64)>,
        day: Option<Date>,
    ) -> Option<crate::model::incident::Place> {
        let (region, cercle) = (row.cell(self.region), row.cell(self.cercle));
        let named = self.place;
        let (column, precision) = match code {
            Some(1) => (named, PlacePrecision::Exact),
            Some(2) => (named, PlacePrecision::Near),
            Some(3) if !cercle.is_empty() => (self.cercle, PlacePrecision::Cercle),
            Some(4) if !region.is_empty() => (self.region, PlacePrecision::Region),
            Some(6 | 7) => return None,
            _ => (named, PlacePrecision::Unknown),
        };
        let at = Where {
            name: row.cell(column),
            region,
            cercle: if precision == PlacePrecision::Region { "" } else { cercle },
            country: row.cell(self.country),
            point,
        };
        self.places.place(at, precision, day, (row, column))
    }

    fn attribute(&self, row: &Row<'_>, draft: &mut Draft, sides: [&Party; 2], one_sided: bool) {
        let stances = match one_sided {
            true => [Some(Stance::Stated), None],
            false => [Some(Stance::Involved); 2],
        };
        for ((party, stance), column) in sides.into_iter().zip(stances).zip(self.sides) {
            let Some(stance) = stance.filter(|_| !party.civilians && !party.actor.is_empty())
            else {
                continue;
            };
            draft.attributions.push(Attribution {
                actor: party.actor.clone(),
                name: party.name.clone(),
                stance,
                by: None,
                passage: row.passage(column),
            });
        }
        let civilians = sides.into_iter().position(|party| party.civilians);
        if let Some(side) = civilians.or(one_sided.then_some(1)) {
            add_victim(draft, CasualtyGroup::Civilians, row.passage(self.sides[side]));
        }
    }

    fn claims(
        &self,
        row: &Row<'_>,
        draft: &mut Draft,
        sides: [&Party; 2],
        one_sided: bool,
    ) -> Result<(), Problem> {
        let claimant = self.names.claimant(row.cell(self.original));
        let Some(best) = row.count(self.best)? else {
            return Err(row.problem(self.best, "a number of people"));
        };
        let low = row.count(self.low)?.unwrap_or(best);
        let high = row.count(self.high)?.unwrap_or(best);
        // Always the widest: where they contradict each other nothing is left out.
        let (low, high) = (low.min(best).min(high), high.max(best).max(low));
        let all = row.passage_over(&[self.best, self.high, self.low]);
        draft.claims.push(killed(CasualtyGroup::Total, low, high, claimant.as_ref(), all));
        let side_b = if one_sided { CasualtyGroup::Civilians } else { sides[1].members };
        let groups = [sides[0].members, side_b, CasualtyGroup::Civilians, CasualtyGroup::Total];
        let mut counts = [0; 4];
        for (count, column) in counts.iter_mut().zip(self.deaths) {
            *count = row.count(column)?.unwrap_or(0);
        }
        for (i, group) in groups.into_iter().enumerate().filter(|(i, _)| counts[*i] > 0) {
            let passage = row.passage(self.deaths[i]);
            let mut claim = killed(group, counts[i], counts[i], claimant.as_ref(), passage);
            // Two sides whose dead are counted alike: each is a part of them.
            let twice = (0..4).any(|j| j != i && groups[j] == group && counts[j] > 0);
            // Those of unknown sides are a part without a group.
            claim.partial = low != high || twice || group == CasualtyGroup::Total;
            if low != high {
                claim.qualifier = Qualifier::About;
            }
            add_victim(draft, group, claim.passage.clone());
            draft.claims.push(claim);
        }
        Ok(())
    }
}

fn killed(
    group: CasualtyGroup,
    min: u32,
    max: u32,
    claimant: Option<&Claimant>,
    passage: Passage,
) -> Claim {
    Claim {
        measure: Measure::Killed,
        group,
        min: Some(min),
        max: Some(max),
        qualifier: if min == max { Qualifier::Exact } else { Qualifier::Range },
        claimant: claimant.cloned(),
        said_on: None,
        partial: false,
        passage,
    }
}

/// Adds a group of people hit, once; nobody in particular is no group.
fn add_victim(draft: &mut Draft, group: CasualtyGroup, passage: Passage) {
    let unnamed = matches!(group, CasualtyGroup::Total | CasualtyGroup::Other);
    if !unnamed && !draft.victims.iter().any(|v| v.group == group.as_str()) {
        draft.victims.push(Victim { group: group.as_str().to_owned(), passage });
    }
}
