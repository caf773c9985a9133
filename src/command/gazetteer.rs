//! `gazetteer`: places beside those that the program knows.

use crate::{Answer, FAILED, fail, say};
use mali_timeline::config::Gazetteer;
use mali_timeline::ingest::decode::MAX_BYTES;
use mali_timeline::ingest::gazetteer::read;
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::hash::sha256;
use mali_timeline::store::{Db, StoreError, gazetteer};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;

/// Loads, lists or removes files of places.
pub fn run(task: &Gazetteer, database: &Path, known: &Knowledge) -> Answer {
    match task {
        Gazetteer::Import { file } => import(file, database, known),
        Gazetteer::List => {
            for file in Db::open_existing(database)?.read(gazetteer::list)? {
                let (name, places, day) = (&file.name, file.places, file.loaded_at.get(..10));
                println!("{name}: {places} places, loaded {}", day.unwrap_or_default());
                println!("  {}", file.credit);
            }
            Ok(ExitCode::SUCCESS)
        }
        Gazetteer::Remove { name } => {
            match Db::open_existing(database)?.write(|tx| gazetteer::remove(tx, name))? {
                true => println!("{name}: removed"),
                false => return Ok(fail(FAILED, format!("{name:?} is not loaded"))),
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn import(path: &Path, database: &Path, known: &Knowledge) -> Answer {
    let bytes = match bytes_of(path) {
        Ok(bytes) => bytes,
        Err(error) => return Ok(fail(FAILED, format!("{}: {error}", path.display()))),
    };
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let found = match read(&name, &bytes, known) {
        Ok(found) => found,
        Err(problem) => {
            say("refused", path, &problem);
            return Ok(ExitCode::from(FAILED));
        }
    };
    for problem in &found.problems {
        say("problem", path, problem);
    }
    let db = Db::open(database)?;
    db.write(|tx| {
        gazetteer::load(tx, &name, &sha256(&bytes), &found.credit, &found.places)?;
        Ok::<_, StoreError>(())
    })?;
    println!("places     {} loaded for later imports", found.places.len());
    println!("left out   {} that are no populated place of Mali", found.left_out);
    if !found.problems.is_empty() {
        println!("problems   {}, listed above", found.problems.len());
    }
    println!("credit     {}", found.credit);
    Ok(ExitCode::SUCCESS)
}

/// The whole file; one byte more than is allowed tells that it is too long.
fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
