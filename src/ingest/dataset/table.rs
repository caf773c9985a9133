//! A table of any make, read by a mapping or by its HXL hashtags.
//!
//! Nothing is concluded from what a table leaves out: an empty date is an unknown date, a
//! number of 0 makes no claim, and a name in a column without direction is involved.

use super::places::{Places, Where, is_mali};
use super::row::{Column, Columns, Row, cell, column_name};
use super::rows::RawRow;
use super::words::Words;
use super::{Countries, EMPTY_DRAFT, dates};
use crate::ingest::token::norm;
use crate::knowledge::Knowledge;
use crate::knowledge::mappings::{DateCode, Mapping};
use crate::model::claim::{CasualtyGroup, Measure};
use crate::model::date::{DateSpan, PartialDate};
use crate::model::document::Problem;
use crate::model::hash::sha256;
use crate::model::incident::{Draft, Place, PlacePrecision, Stance};
use jiff::civil::Date;
use smol_str::SmolStr;

/// Which column is what: see [`crate::knowledge::mappings::MappedColumns`].
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub id: Column,
    pub date: Column,
    pub date_end: Column,
    pub year: Column,
    pub month: Column,
    pub day: Column,
    pub date_precision: Column,
    pub place: Column,
    pub place_precision: Column,
    pub region: Column,
    pub cercle: Column,
    pub country: Column,
    pub latitude: Column,
    pub longitude: Column,
    pub kind: Column,
    pub perpetrators: Vec<usize>,
    pub involved: Vec<usize>,
    pub victims: Column,
    pub casualties: Column,
    pub claimant: Column,
    pub title: Column,
    pub text: Column,
    pub figures: Vec<Figure>,
}

/// A column with a number of people, or two with a range.
#[derive(Debug)]
pub(super) struct Figure {
    pub low: Column,
    pub high: Column,
    pub measure: Measure,
    pub group: CasualtyGroup,
    pub partial: bool,
}

impl Fields {
    /// The columns that a mapping names and that the table has.
    pub fn of(mapping: &Mapping, columns: &Columns) -> Self {
        let named = &mapping.columns;
        let get = |name: &Option<String>| columns.get(&column_name(name.as_deref()?));
        let all = |names: &[String]| {
            names.iter().filter_map(|name| columns.get(&column_name(name))).collect()
        };
        let figures = mapping.figures.iter().map(|figure| Figure {
            low: columns.get(&column_name(&figure.column)),
            high: get(&figure.high),
            measure: figure.measure,
            group: figure.group,
            partial: figure.partial,
        });
        Self {
            id: get(&named.id),
            date: get(&named.date),
            date_end: get(&named.date_end),
            year: get(&named.year),
            month: get(&named.month),
            day: get(&named.day),
            date_precision: get(&named.date_precision),
            place: get(&named.place),
            place_precision: get(&named.place_precision),
            region: get(&named.region),
            cercle: get(&named.cercle),
            country: get(&named.country),
            latitude: get(&named.latitude),
            longitude: get(&named.longitude),
            kind: get(&named.kind),
            perpetrators: all(&named.perpetrators),
            involved: all(&named.involved),
            victims: get(&named.victims),
            casualties: get(&named.casualties),
            claimant: get(&named.claimant),
            title: get(&named.title),
            text: get(&named.text),
            figures: figures.filter(|f| f.low.is_some() || f.high.is_some()).collect(),
        }
    }

    /// Whether there is a date at all.
    pub fn is_dated(&self) -> bool {
        self.date.or(self.year).is_some()
    }

    /// The last column from which something is read.
    fn last(&self) -> usize {
        let single = [
            self.id, self.date, self.date_end, self.year, self.month, self.day,
            self.date_precision, self.place, self.place_precision, self.country, self.casualties,
        ];
        let figures = self.figures.iter().flat_map(|f| [f.low, f.high]);
        let people = self.perpetrators.iter().chain(&self.involved).copied().map(Some);
        single.into_iter().chain(figures).chain(people).flatten().max().unwrap_or_default()
    }
}

/// The first ready-made mapping whose columns a table has.
pub(super) fn ready_made<'k>(known: &'k Knowledge, columns: &Columns) -> Option<&'k Mapping> {
    let fits = |mapping: &&Mapping| {
        let mut names = mapping.header.iter().map(|name| column_name(name));
        !mapping.header.is_empty() && names.all(|name| columns.get(&name).is_some())
    };
    known.mappings.iter().find(fits)
}

/// Reads rows of a table.
pub(super) struct Table<'k> {
    mapping: Mapping,
    missing: Vec<SmolStr>,
    fields: Fields,
    words: Words<'k>,
    places: Places<'k>,
    countries: Countries,
    last: usize,
}

impl<'k> Table<'k> {
    /// For these columns, and what the mapping says besides.
    ///
    /// # Errors
    /// The column that is missing: without a date and a place nothing happened anywhere.
    pub fn new(
        fields: Fields,
        mapping: Mapping,
        countries: Countries,
        known: &'k Knowledge,
    ) -> Result<Self, &'static str> {
        if !fields.is_dated() {
            return Err("of dates");
        }
        Ok(Self {
            missing: mapping.missing.iter().map(|word| norm(word)).collect(),
            words: Words::new(known, &mapping),
            places: Places::new(known),
            last: fields.last(),
            mapping,
            fields,
            countries,
        })
    }

    /// Whether a row lies outside what was asked for.
    pub fn is_outside(&self, raw: &RawRow) -> bool {
        let country = cell(raw, self.fields.country);
        self.countries == Countries::Mali && !country.is_empty() && !is_mali(country)
    }

    /// What a row says: its id and the incident. A row without an id is known by what it says.
    ///
    /// # Errors
    /// The first cell that cannot be read.
    pub fn read(&mut self, row: &Row<'_>) -> Result<(String, Draft), Problem> {
        row.check_width(self.last)?;
        let date = self.date(row)?;
        let dated = [self.fields.date, self.fields.date_end, self.fields.year, self.fields.month];
        let mut draft = Draft {
            title: self.title(row),
            date,
            date_passage: (date != DateSpan::UNKNOWN).then(|| row.passage_over(&dated)),
            kind: self.words.kind(row, self.fields.kind),
            passage: row.first_passage(&[self.fields.text, self.fields.title]),
            ..EMPTY_DRAFT
        };
        draft.places.extend(self.place(row, date.start())?);
        let stance = self.mapping.stance.unwrap_or(Stance::Involved);
        for &column in &self.fields.perpetrators {
            if !self.says_nothing(row.cell(Some(column))) {
                self.words.attribute(row, Some(column), stance, &mut draft);
            }
        }
        for &column in &self.fields.involved {
            if !self.says_nothing(row.cell(Some(column))) {
                self.words.attribute(row, Some(column), Stance::Involved, &mut draft);
            }
        }
        self.victims(row, &mut draft);
        self.claims(row, &mut draft)?;
        let key = match row.cell(self.fields.id) {
            "" => sha256(row.text())[..16].to_owned(),
            id => id.to_owned(),
        };
        Ok((key, draft))
    }

    fn says_nothing(&self, cell: &str) -> bool {
        cell.is_empty() || self.missing.contains(&norm(cell))
    }

    /// Its own title, else what happened and where.
    fn title(&self, row: &Row<'_>) -> String {
        let own = row.name(self.fields.title);
        if !self.says_nothing(&own) {
            return own.into_owned();
        }
        let parts = [self.fields.kind, self.fields.place].map(|column| row.name(column));
        let parts = parts.iter().filter(|part| !self.says_nothing(part));
        let parts: Vec<String> = parts.map(|part| shortened(part)).collect();
        match parts.is_empty() {
            true => shortened(&row.first_name(&[self.fields.text, self.fields.id])),
            false => parts.join(", "),
        }
    }

    fn date(&self, row: &Row<'_>) -> Result<DateSpan, Problem> {
        let fields = &self.fields;
        let bad = |column| row.problem(column, "a date");
        if self.says_nothing(row.cell(fields.date)) {
            return self.parts_of_date(row);
        }
        let read = |column: Column| {
            dates::span(row.cell(column), &self.mapping.date_formats).ok_or_else(|| bad(column))
        };
        let first = read(fields.date)?;
        let span = match self.says_nothing(row.cell(fields.date_end)) {
            true => first,
            false => match (first.start(), read(fields.date_end)?.end()) {
                (Some(start), Some(end)) => dates::from_to(start, end),
                _ => first,
            },
        };
        let code = row.cell(fields.date_precision);
        if self.says_nothing(code) {
            return Ok(span);
        }
        let code = self.mapping.date_codes.get(code);
        let code =
            code.ok_or_else(|| row.problem(fields.date_precision, "a code of the mapping"))?;
        // A code never makes a date more exact than it is written.
        let (Some(day), true) = (span.start(), span.start() == span.end()) else {
            return Ok(span);
        };
        let open = match code {
            DateCode::Day => Some(span),
            DateCode::Week => dates::week_of(day),
            DateCode::Month => DateSpan::month(day.year(), day.month()),
            DateCode::Year => DateSpan::year(day.year()),
        };
        open.ok_or_else(|| bad(fields.date))
    }

    /// Year, month and day in columns of their own, as far as they are given.
    fn parts_of_date(&self, row: &Row<'_>) -> Result<DateSpan, Problem> {
        let fields = &self.fields;
        let given = |column: Column| !self.says_nothing(row.cell(column));
        if !given(fields.year) {
            return Ok(DateSpan::UNKNOWN);
        }
        let number = |column: Column, least: u32, most: u32, expected: &str| {
            let number = row.count(column)?.filter(|n| (least..=most).contains(n));
            number.ok_or_else(|| row.problem(column, expected))
        };
        let year = number(fields.year, 1900, 2999, "a year")?;
        let mut text = format!("{year}");
        if given(fields.month) {
            text.push_str(&format!("-{:02}", number(fields.month, 1, 12, "a month from 1 to 12")?));
            if given(fields.day) {
                text.push_str(&format!("-{:02}", number(fields.day, 1, 31, "a day of the month")?));
            }
        }
        let date = text.parse::<PartialDate>();
        date.map(PartialDate::span).map_err(|_| row.problem(fields.day, "a day of the month"))
    }

    /// The place; where it has no name the cercle, else the region.
    fn place(&mut self, row: &Row<'_>, day: Option<Date>) -> Result<Option<Place>, Problem> {
        let fields = &self.fields;
        let say = |column: Column| match self.says_nothing(row.cell(column)) {
            true => "",
            false => row.cell(column),
        };
        let named = say(fields.place);
        let own = point_in(named);
        let point = match own {
            Some(point) => Some(point),
            None => row.point(fields.latitude, fields.longitude)?,
        };
        let (region, cercle) = (say(fields.region), say(fields.cercle));
        let (column, precision) = if !named.is_empty() {
            (fields.place, self.mapping.place_precision.unwrap_or(PlacePrecision::Exact))
        } else if !cercle.is_empty() {
            (fields.cercle, PlacePrecision::Cercle)
        } else {
            (fields.region, PlacePrecision::Region)
        };
        let precision = match say(fields.place_precision) {
            "" => precision,
            code => *self
                .mapping
                .place_codes
                .get(code)
                .ok_or_else(|| row.problem(fields.place_precision, "a code of the mapping"))?,
        };
        let country = row.cell(fields.country);
        let at = Where { name: say(column), region, cercle, country, point };
        Ok(self.places.place(at, precision, day, (row, column)))
    }

    fn victims(&self, row: &Row<'_>, draft: &mut Draft) {
        if let Some(group) = &self.mapping.victims {
            let shown = self.fields.figures.first().and_then(|f| f.low);
            let passage = row.first_passage(&[self.fields.text, shown]);
            super::words::add_victim(draft, group, passage);
        }
        if !self.says_nothing(row.cell(self.fields.victims)) {
            self.words.victims(row, self.fields.victims, draft);
        }
    }

    fn claims(&self, row: &Row<'_>, draft: &mut Draft) -> Result<(), Problem> {
        let claimant = match row.cell(self.fields.claimant) {
            name if self.says_nothing(name) => None,
            name => self.words.claimant(name),
        };
        let given = |column: Column| column.filter(|c| !self.says_nothing(row.cell(Some(*c))));
        for figure in &self.fields.figures {
            let (low, high) = (given(figure.low), given(figure.high));
            if low.or(high).is_some() {
                let figure = Figure { low, high, ..*figure };
                self.words.figure(row, &figure, claimant.as_ref(), draft)?;
            }
        }
        if given(self.fields.casualties).is_some() {
            self.words.casualties(row, self.fields.casualties, claimant.as_ref(), draft);
        }
        Ok(())
    }
}

/// A point written in one cell: `14.5, -4.1`, or `POINT (-4.1 14.5)` with the longitude first.
fn point_in(cell: &str) -> Option<(f64, f64)> {
    let wkt = cell.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("point"));
    let inside = if wkt { cell[5..].trim().strip_prefix('(')?.strip_suffix(')')? } else { cell };
    let numbers: Option<Vec<f64>> = inside
        .split(|c: char| c == ',' || c == ';' || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect();
    let (lat, lon) = match (numbers?.as_slice(), wkt) {
        ([lon, lat], true) | ([lat, lon], false) => (*lat, *lon),
        _ => return None,
    };
    (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some((lat, lon))
}

/// The first words of a long text, for a title.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}
