//! Which filter values there are.

use crate::knowledge::Knowledge;
use crate::model::filter::{BadValue, Dimension};
use crate::model::incident::{EventType, Stance, Status};
use std::collections::{BTreeMap, BTreeSet};

/// What the database knows of slugs besides the knowledge files.
#[derive(Debug, Default)]
pub struct Stored {
    /// Titles of sources by id.
    pub titles: BTreeMap<String, String>,
    /// Actors named as perpetrators, those of the registry and others.
    pub actors: BTreeSet<String>,
}

/// Checks that a value is one by which incidents can be filtered.
///
/// # Errors
/// When it is not, with the values that are.
pub fn check(
    known: &Knowledge,
    stored: &Stored,
    dimension: Dimension,
    value: &str,
) -> Result<(), BadValue> {
    let allowed: Vec<&str> = match dimension {
        Dimension::Region => known.regions.iter().map(|r| r.slug.as_str()).collect(),
        Dimension::Perpetrator => {
            let registry = known.actors.iter().map(|a| a.slug.as_str());
            let all: BTreeSet<_> = registry
                .chain(stored.actors.iter().map(String::as_str))
                .collect();
            all.into_iter().collect()
        }
        Dimension::Victim => known.victims.iter().map(|g| g.slug.as_str()).collect(),
        Dimension::Type => EventType::ALL.iter().map(|v| v.as_str()).collect(),
        Dimension::Source => stored.titles.keys().map(String::as_str).collect(),
        Dimension::Stance => Stance::ALL.iter().map(|v| v.as_str()).collect(),
        Dimension::Status => Status::ALL.iter().map(|v| v.as_str()).collect(),
    };
    match allowed.contains(&value) {
        true => Ok(()),
        false => Err(BadValue::one_of(dimension.as_str(), value, allowed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_and_err_values() {
        let known = Knowledge::embedded();
        let stored = Stored {
            titles: BTreeMap::from([("moura".into(), "Moura".into())]),
            actors: BTreeSet::from(["local-hunters".into()]),
        };
        for (dimension, good) in [
            (Dimension::Region, "mopti"),
            (Dimension::Perpetrator, "jnim"),
            (Dimension::Perpetrator, "local-hunters"),
            (Dimension::Victim, "civilians"),
            (Dimension::Type, "massacre"),
            (Dimension::Source, "moura"),
            (Dimension::Stance, "denied"),
            (Dimension::Status, "parsed"),
        ] {
            assert_eq!(check(&known, &stored, dimension, good), Ok(()));
            let error = check(&known, &stored, dimension, "no such").unwrap_err();
            assert!(error.expected.contains(good), "{error}");
        }
    }
}
