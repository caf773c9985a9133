//! Filters from what a person typed, in an address or on the command line: every value is
//! checked, and a wrong one is answered with those that there are.

use crate::knowledge::Knowledge;
use crate::model::filter::{BadValue, Dimension, Filter};
use crate::model::incident::{EventType, Stance, Status};
use crate::store::{StoreError, source, value};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// A filter that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// A value that is not allowed, with those that are.
    #[error(transparent)]
    Bad(#[from] BadValue),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Parameter that asks for what was known on an earlier day.
pub const AS_OF: &str = "as_of";

/// Reads a day of which something can be known: at the latest today, wherever that is.
///
/// # Errors
/// What is no such day as YYYY-MM-DD.
pub fn as_of(text: &str) -> Result<Date, BadValue> {
    let now = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let day = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    day.filter(|day| *day <= now.saturating_add(1.days())).ok_or_else(|| BadValue {
        key: AS_OF.to_owned(),
        found: text.to_owned(),
        expected: "a day up to today as YYYY-MM-DD".to_owned(),
    })
}

/// Reads `key=value` pairs as a filter: see [`Filter::parse`].
///
/// # Errors
/// The first value that is not allowed, or what the database says.
pub fn filter<'a>(
    db: &Connection,
    known: &Knowledge,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Filter, QueryError> {
    let failed = RefCell::new(None);
    let filter =
        Filter::parse(pairs, |dimension, value| match check(db, known, dimension, value) {
            Ok(()) => Ok(()),
            Err(QueryError::Bad(bad)) => Err(bad),
            Err(QueryError::Store(error)) => {
                failed.replace(Some(error));
                Err(BadValue::one_of(dimension.as_str(), value, []))
            }
        });
    match failed.into_inner() {
        Some(error) => Err(error.into()),
        None => Ok(filter?),
    }
}

/// As [`filter`], without a look into the database; none where it takes one to tell whether a
/// value is allowed.
pub fn filter_of_known<'a>(
    known: &Knowledge,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Option<Result<Filter, BadValue>> {
    let unknown = Cell::new(false);
    let filter = Filter::parse(pairs, |dimension, value| {
        unknown.set(unknown.get() || !is_known(known, dimension, value));
        Ok(())
    });
    (!unknown.get()).then_some(filter)
}

/// Whether the program knows a value of a dimension, whatever the database has.
fn is_known(known: &Knowledge, dimension: Dimension, value: &str) -> bool {
    match dimension {
        // Perhaps a place at which nothing is told.
        Dimension::Place => known.gazetteer.get(value).is_some(),
        _ => dimension_values(known, dimension).any(|v| v == value),
    }
}

/// Checks that a value of a dimension is known to the program or occurs in the database.
///
/// # Errors
/// When it is neither, with the values that are; or what the database says.
pub fn check(
    db: &Connection,
    known: &Knowledge,
    dimension: Dimension,
    value: &str,
) -> Result<(), QueryError> {
    if is_known(known, dimension, value) || value::exists(db, dimension, value)? {
        return Ok(());
    }
    let mut allowed: BTreeSet<String> = value::list(db, dimension)?.into_iter().collect();
    allowed.extend(dimension_values(known, dimension).map(str::to_owned));
    if dimension == Dimension::Source {
        let titles = source::titles(db)?;
        if titles.contains_key(value) {
            // A source in which no incident was found.
            return Ok(());
        }
        allowed.extend(titles.into_keys());
    }
    let allowed = allowed.iter().map(String::as_str);
    Err(BadValue::one_of(dimension.as_str(), value, allowed).into())
}

/// The values that the program knows whatever was imported.
fn dimension_values<'k>(
    known: &'k Knowledge,
    dimension: Dimension,
) -> Box<dyn Iterator<Item = &'k str> + 'k> {
    match dimension {
        Dimension::Region => Box::new(known.regions.iter().map(|r| r.slug.as_str())),
        Dimension::Perpetrator => Box::new(known.actors.iter().map(|a| a.slug.as_str())),
        Dimension::Victim => Box::new(known.victims.iter().map(|g| g.slug.as_str())),
        Dimension::Type => Box::new(EventType::ALL.iter().map(|v| v.as_str())),
        // Places are too many to be listed; those that occur are.
        Dimension::Source | Dimension::Place => Box::new(std::iter::empty()),
        Dimension::Stance => Box::new(Stance::ALL.iter().map(|v| v.as_str())),
        Dimension::Status => Box::new(Status::ALL.iter().map(|v| v.as_str())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn err_days_that_are_none_or_still_to_come() {
        assert_eq!(as_of("2024-02-29"), Ok(jiff::civil::date(2024, 2, 29)));
        for text in ["2023-02-29", "2024", "yesterday", "2024-02-29T00:00", "9999-01-01"] {
            let error = as_of(text).unwrap_err().to_string();
            assert_eq!(error, format!("as_of={text}: expected a day up to today as YYYY-MM-DD"));
        }
    }
}
