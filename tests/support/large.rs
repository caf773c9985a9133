//! A database of any size, from a seed. What an import does to find out whether two documents
//! tell of one incident is left out: each document tells incidents of its own.

use super::generate::{Random, line};
use super::{KNOWN, document};
use mali_timeline::model::hash::sha256;
use mali_timeline::model::id::base_id;
use mali_timeline::store::account::{self, Slot};
use mali_timeline::store::derive::{Deriving, derive_with};
use mali_timeline::store::version::{self, Stamp};
use mali_timeline::store::{Db, StoreError, identity};

/// Incidents of one document, and of one transaction.
const AT_ONCE: usize = 2_000;

/// Adds `incidents` incidents; `told` is called with how many there are so far.
///
/// # Errors
/// What the store says.
pub fn fill(
    db: &Db,
    seed: u64,
    incidents: usize,
    mut told: impl FnMut(usize),
) -> Result<(), StoreError> {
    let mut random = Random::new(seed);
    let mut done = 0;
    while done < incidents {
        let lines: Vec<String> =
            (done..incidents.min(done + AT_ONCE)).map(|_| line(&mut random)).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let number = done / AT_ONCE;
        let doc = document(&format!("{number:06}.txt"), &format!("Volume {number}"), &lines);
        db.write(|tx| {
            let run = version::start_run(tx)?;
            let sha256 = sha256(&doc.text);
            let stamp = Stamp { run, origin: &sha256, sha256: &sha256, parse_sha256: &sha256 };
            let (source, _) = version::add(tx, &doc, stamp, &format!("volume-{number}"), None)?;
            let mut deriving = Deriving::default();
            for (ordinal, draft) in (0..).zip(&doc.drafts) {
                // Numbered: among so many, most ids of a month or a year would be taken.
                let id = format!("{}-{}", base_id(draft), done as u64 + ordinal);
                let incident = identity::new_incident(tx, &id, draft.kind)?;
                account::add(tx, Slot { run, source, record: None, incident, ordinal }, draft)?;
                derive_with(tx, incident, &KNOWN, &mut deriving)?;
            }
            deriving.finish(tx)
        })?;
        done += lines.len();
        told(done);
    }
    Ok(())
}
