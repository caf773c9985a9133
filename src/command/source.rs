//! `source`: what a person says of the sources in the database.

use crate::{Answer, FAILED};
use mali_timeline::config::{Mark, Source};
use mali_timeline::store::{Db, sensitive};
use std::process::ExitCode;

/// Marks sources, those that there are, and says which there are not.
pub fn run(task: &Source, db: &Db) -> Answer {
    let Source::Mark(Mark { ids, sensitive, .. }) = task;
    let mut missing = false;
    for id in ids {
        match db.write(|tx| sensitive::mark(tx, id, *sensitive))? {
            Some(before) => println!("{id}: {}", said(before, *sensitive)),
            None => {
                missing = true;
                eprintln!("error: {id:?} is no source; their ids stand at /sources.json");
            }
        }
    }
    Ok(ExitCode::from(if missing { FAILED } else { 0 }))
}

fn said(before: bool, now: bool) -> &'static str {
    match (before, now) {
        (false, true) => "marked as sensitive",
        (true, false) => "no longer marked as sensitive",
        (true, true) => "was marked as sensitive already",
        (false, false) => "was not marked as sensitive",
    }
}
