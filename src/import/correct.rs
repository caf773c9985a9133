//! What a person does with the incidents of a document: confirm, correct, split, merge,
//! reject, add. Kept in the database, in its log, and in a file that later imports take.

use super::merge;
use crate::knowledge::Knowledge;
use crate::model::incident::Draft;
use crate::model::review::{Entry, Rejected, Review, Signature};
use crate::review::{self, ENDING, Head};
use crate::store::account::{self, Existing, Slot};
use crate::store::review::{Action, Listed, Logged, State, fingerprint};
use crate::store::{StoreError, derive, identity, relation, review as stored, version};
use rusqlite::Transaction;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// One thing done by a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Id of the source.
    pub source: String,
    /// What is done.
    pub action: Action,
    /// Keys of the accounts that it is done to, as the person saw them: none for
    /// [`Action::Add`].
    pub accounts: Vec<i64>,
    /// What is said from now on: none for [`Action::Reject`]. The first goes on telling the
    /// incident of the first account; others tell incidents of their own.
    pub drafts: Vec<Draft>,
    /// Who and when.
    pub signed: Signature,
    /// Why, where it is said.
    pub why: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// It is kept: keys of the new accounts.
    Kept(Vec<i64>),
    /// Somebody was faster: the accounts are not what they were. Nothing is changed.
    Outdated,
    /// There is no such source.
    NoSource,
    /// The file could not be written, for this reason. Nothing is changed.
    NotWritten(String),
}

/// Does a step, and writes the source's list into the folder of corrections.
///
/// # Errors
/// What the store says.
pub fn correct(
    tx: &Transaction,
    step: &Step,
    folder: &Path,
    known: &Knowledge,
) -> Result<Done, StoreError> {
    let Some(before) = stored::listed(tx, &step.source)? else {
        return Ok(Done::NoSource);
    };
    let find = |key: &i64| before.accounts.iter().find(|(_, e)| e.key == *key);
    let Some(touched) = step.accounts.iter().map(find).collect::<Option<Vec<_>>>() else {
        return Ok(Done::Outdated);
    };
    let list = list(&before, step);
    let (state, text) = match written(&before, step, &list, known) {
        Ok(written) => written,
        Err(why) => return Ok(Done::NotWritten(why)),
    };
    // First the file: where it cannot be written, nothing is changed at all.
    if let Err(error) = write_file(folder, &file_name(step), &text) {
        return Ok(Done::NotWritten(error.to_string()));
    }
    let run = version::start_run(tx)?;
    for (_, existing) in &touched {
        account::retire(tx, run, existing.key)?;
    }
    let told: Vec<&Existing> = touched.iter().map(|(_, existing)| existing).collect();
    let incidents = incidents(tx, step, &told, known)?;
    let last = before.accounts.iter().map(|(_, e)| e.ordinal + 1).max().unwrap_or(0);
    let ordinal = told.first().map_or(last, |e| e.ordinal);
    let mut keys = Vec::new();
    for (draft, &incident) in step.drafts.iter().zip(&incidents) {
        let ordinal = u64::try_from(ordinal).unwrap_or_default();
        let slot = Slot { run, source: before.source_key, record: None, incident, ordinal };
        let key = account::add(tx, slot, draft)?;
        account::sign(tx, key, &step.signed)?;
        keys.push(key);
    }
    if let (Some(old), Some(new)) = (told.first(), keys.first()) {
        relation::carry(tx, old.key, *new)?;
    }
    derive_all(tx, &told, &incidents, known)?;
    log(tx, step, &touched, &incidents)?;
    let drafts = || before.accounts.iter().map(|(_, e)| e.draft.clone()).collect();
    let parsed: Vec<Draft> = before.parsed.clone().unwrap_or_else(drafts);
    stored::keep(tx, before.source_key, &state, &list.rejected, &parsed)?;
    Ok(Done::Kept(keys))
}

/// The incident of each draft: the first goes on telling the old one.
fn incidents(
    tx: &Transaction,
    step: &Step,
    told: &[&Existing],
    known: &Knowledge,
) -> Result<Vec<i64>, StoreError> {
    let mut incidents: Vec<i64> = told.first().map(|e| e.incident_key).into_iter().collect();
    incidents.truncate(step.drafts.len());
    for draft in &step.drafts[incidents.len()..] {
        let new = merge::assign(tx, known, &[], std::slice::from_ref(draft))?;
        incidents.extend(new.incidents);
    }
    Ok(incidents)
}

/// Derives what was touched again. The ids of incidents that were merged lead to the first.
fn derive_all(
    tx: &Transaction,
    told: &[&Existing],
    incidents: &[i64],
    known: &Knowledge,
) -> Result<(), StoreError> {
    if let (Some(&into), [_, merged @ ..]) = (incidents.first(), told) {
        for gone in merged.iter().map(|e| e.incident_key).filter(|key| *key != into) {
            if identity::accounts(tx, gone)?.is_empty() {
                identity::redirect(tx, gone, into)?;
            }
        }
    }
    let own = told.iter().map(|e| e.incident_key).chain(incidents.iter().copied());
    let mut touched = BTreeSet::new();
    for key in own {
        touched.extend([key, identity::shown(tx, key)?]);
    }
    touched.into_iter().try_for_each(|key| derive::derive(tx, key, known))
}

fn log(
    tx: &Transaction,
    step: &Step,
    touched: &[&(String, Existing)],
    incidents: &[i64],
) -> Result<(), StoreError> {
    let mut slugs: BTreeSet<String> = touched.iter().map(|(slug, _)| slug.clone()).collect();
    for &incident in incidents {
        slugs.insert(identity::slug(tx, incident)?);
    }
    for incident in slugs {
        stored::log(
            tx,
            &Logged {
                source: step.source.clone(),
                incident,
                signed: step.signed.clone(),
                action: step.action,
                why: step.why.clone(),
                old: touched.iter().map(|(_, e)| e.draft.clone()).collect(),
                new: step.drafts.clone(),
            },
        )?;
    }
    Ok(())
}

/// The list as it is after the step.
fn list(before: &Listed, step: &Step) -> Review {
    let new = || {
        let signed = Some(step.signed.clone());
        step.drafts.iter().cloned().map(move |draft| Entry { draft, signed: signed.clone() })
    };
    let mut list = Review { entries: Vec::new(), rejected: before.rejected.clone() };
    for (_, existing) in &before.accounts {
        let (draft, signed) = (existing.draft.clone(), existing.signed.clone());
        match step.accounts.iter().position(|key| *key == existing.key) {
            None => list.entries.push(Entry { draft, signed }),
            Some(first) => {
                list.entries.extend(new().filter(|_| first == 0));
                if step.action == Action::Reject {
                    list.rejected.push(Rejected {
                        title: draft.title,
                        passage: draft.passage,
                        signed: step.signed.clone(),
                        why: step.why.clone(),
                    });
                }
            }
        }
    }
    list.entries.extend(new().filter(|_| step.accounts.is_empty()));
    list.rejected.sort_by_key(|r| r.passage.start);
    list
}

fn file_name(step: &Step) -> String {
    format!("{}.{ENDING}", step.source)
}

/// The list as a file, once it is known that it reads back, and by what it is known again.
fn written(
    before: &Listed,
    step: &Step,
    list: &Review,
    known: &Knowledge,
) -> Result<(State, String), String> {
    let head = Head {
        document: &before.file_name,
        title: &before.title,
        sha256: &before.sha256,
        supersedes: before.state.beside_sha256.as_deref(),
    };
    let toml = review::write(&head, &before.text, list, known);
    let back = review::read(&file_name(step), &toml, &before.text, &before.sha256, known);
    let taken = back.map_err(|problem| problem.to_string())?;
    if let Some(problem) = taken.problems.first().filter(|_| taken.refused > 0) {
        return Err(problem.to_string());
    }
    let state = State {
        review_sha256: Some(fingerprint(&taken.review)),
        beside_sha256: before.state.beside_sha256.clone(),
    };
    Ok((state, toml))
}

/// Puts the file in its place, never half of it.
fn write_file(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name)).map_err(|e| e.error)?;
    Ok(())
}
