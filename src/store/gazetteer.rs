//! Places that users load, and places that event datasets name with an exact point.

use super::error::{StoreError, during};
use crate::model::copy::GazetteerCopy;
use crate::model::gazetteer::NamedPlace;
use rusqlite::{Connection, Transaction, params};

/// Separates other names.
const SEPARATOR: char = '|';

/// A loaded file of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedFile {
    /// Its name.
    pub name: String,
    /// Whom to name where its places are shown.
    pub credit: String,
    /// When it was loaded: UTC, RFC 3339.
    pub loaded_at: String,
    /// How many places it holds.
    pub places: u64,
}

/// Loads a file of places, in place of one of the same name.
///
/// # Errors
/// What SQLite says.
pub fn load(
    tx: &Transaction,
    name: &str,
    sha256: &str,
    credit: &str,
    places: &[NamedPlace],
) -> Result<(), StoreError> {
    add(tx, (name, sha256, credit, &jiff::Timestamp::now().to_string()), places)
}

/// Loads a file of places as an export has it, in place of one of the same name.
///
/// # Errors
/// What SQLite says.
pub fn restore(tx: &Transaction, copy: &GazetteerCopy) -> Result<(), StoreError> {
    add(tx, (&copy.name, &copy.sha256, &copy.credit, &copy.loaded_at), &copy.places)
}

fn add(
    tx: &Transaction,
    (name, sha256, credit, loaded_at): (&str, &str, &str, &str),
    places: &[NamedPlace],
) -> Result<(), StoreError> {
    during("load a gazetteer", || {
        remove(tx, name)?;
        tx.execute(
            "insert into gazetteer (name, sha256, credit, loaded_at) values (?1, ?2, ?3, ?4)",
            [name, sha256, credit, loaded_at],
        )?;
        let key = tx.last_insert_rowid();
        let mut insert = tx.prepare_cached(
            "insert into gazetteer_place
               (gazetteer_id, ordinal, name, aliases, cercle, region, lat, lon)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for (i, place) in places.iter().enumerate() {
            insert.execute(params![
                key,
                i,
                place.name,
                place.aliases.join(&SEPARATOR.to_string()),
                place.cercle,
                place.region,
                place.lat,
                place.lon,
            ])?;
        }
        Ok(())
    })
}

/// Removes a loaded file, and says whether there was one of this name.
///
/// # Errors
/// What SQLite says.
pub fn remove(tx: &Transaction, name: &str) -> Result<bool, StoreError> {
    tx.execute("delete from gazetteer where name = ?1", [name])
        .map(|removed| removed > 0)
        .map_err(StoreError::sql("remove a gazetteer"))
}

/// The loaded files, by name.
///
/// # Errors
/// What SQLite says.
pub fn list(db: &Connection) -> Result<Vec<LoadedFile>, StoreError> {
    during("list gazetteers", || {
        Ok(db
            .prepare_cached(
                "select name, credit, loaded_at,
                   (select count(*) from gazetteer_place p where p.gazetteer_id = g.gazetteer_id)
                 from gazetteer g order by name",
            )?
            .query_map([], |row| {
                Ok(LoadedFile {
                    name: row.get(0)?,
                    credit: row.get(1)?,
                    loaded_at: row.get(2)?,
                    places: row.get(3)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    })
}

/// Every loaded file, in the order in which they were loaded.
///
/// # Errors
/// What SQLite says.
pub fn copies(db: &Connection) -> Result<Vec<GazetteerCopy>, StoreError> {
    during("read gazetteers", || {
        let mut statement = db.prepare_cached(
            "select gazetteer_id, name, sha256, credit, loaded_at from gazetteer
             order by gazetteer_id",
        )?;
        let mut rows = statement.query([])?;
        let mut copies = Vec::new();
        while let Some(row) = rows.next()? {
            copies.push(GazetteerCopy {
                name: row.get("name")?,
                sha256: row.get("sha256")?,
                credit: row.get("credit")?,
                loaded_at: row.get("loaded_at")?,
                places: places_of(db, Some(row.get("gazetteer_id")?))?,
            });
        }
        Ok(copies)
    })
}

/// The places of all loaded files, in the order in which they were loaded.
///
/// # Errors
/// What SQLite says.
pub fn places(db: &Connection) -> Result<Vec<NamedPlace>, StoreError> {
    during("read gazetteers", || places_of(db, None))
}

/// The places of one loaded file, or of all.
fn places_of(db: &Connection, gazetteer: Option<i64>) -> Result<Vec<NamedPlace>, StoreError> {
    Ok(db
        .prepare_cached(
            "select name, aliases, cercle, region, lat, lon from gazetteer_place
             where gazetteer_id = ?1 or ?1 is null order by gazetteer_id, ordinal",
        )?
        .query_map([gazetteer], |row| {
            let aliases: String = row.get(1)?;
            let aliases = aliases.split(SEPARATOR).filter(|alias| !alias.is_empty());
            Ok(NamedPlace {
                name: row.get(0)?,
                aliases: aliases.map(str::to_owned).collect(),
                cercle: row.get(2)?,
                region: row.get(3)?,
                lat: row.get(4)?,
                lon: row.get(5)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Places to which rows of datasets give an exact point and a cercle. Where rows differ by
/// more than about five kilometres, which village is meant is not known, and it is left out.
///
/// # Errors
/// What SQLite says.
pub fn learned(db: &Connection) -> Result<Vec<NamedPlace>, StoreError> {
    during("read the places of datasets", || {
        Ok(db
            .prepare_cached(
                "select min(p.name), p.cercle, coalesce(min(p.region_now), ''), avg(p.lat), avg(p.lon)
                 from account_place p join account a using (account_id)
                 where a.record_id is not null and a.retired_run is null and p.precision = 'exact'
                   and p.lat is not null and p.cercle is not null and p.country is null
                 group by p.place, p.cercle
                 having max(p.lat) - min(p.lat) <= 0.05 and max(p.lon) - min(p.lon) <= 0.05
                 order by p.place, p.cercle",
            )?
            .query_map([], |row| {
                Ok(NamedPlace {
                    name: row.get(0)?,
                    aliases: Vec::new(),
                    cercle: row.get(1)?,
                    region: row.get(2)?,
                    lat: row.get(3)?,
                    lon: row.get(4)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    })
}
