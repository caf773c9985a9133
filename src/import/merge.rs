//! Which incident each draft of a document tells of: the one it told of before, one that
//! other sources tell, or a new one.

use super::{Counts, shortened};
use crate::knowledge::Knowledge;
use crate::matching::{Choice, Verdict, choose, compare_all, is_specific};
use crate::model::date::DatePrecision;
use crate::model::incident::Draft;
use crate::model::slug::slug;
use crate::store::StoreError;
use crate::store::account::Existing;
use crate::store::identity::{self, Candidate, Decision};
use rusqlite::Transaction;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The incidents of a document's drafts.
#[derive(Debug)]
pub(super) struct Merged {
    /// Key of the incident of each draft.
    pub incidents: Vec<i64>,
    /// What is new about them.
    pub counts: Counts,
}

/// The old account that a draft goes on from, and whether it says the same.
#[derive(Debug, Clone, Copy)]
struct Keep {
    old: usize,
    same: bool,
}

type Kept = Vec<Option<Keep>>;

/// Finds or makes the incident of each draft. `old` are the accounts, retired by now, of the
/// version that this document replaces.
pub(super) fn assign(
    tx: &Transaction,
    known: &Knowledge,
    old: &[Existing],
    drafts: &[Draft],
) -> Result<Merged, StoreError> {
    let wholes = |actor: &str| -> Vec<String> {
        let wholes = known.actors.with_wholes(actor);
        wholes.into_iter().map(str::to_owned).collect()
    };
    let mut kept = keep(tx, old, drafts, &wholes)?;
    let mut counts = Counts {
        unchanged: kept.iter().flatten().filter(|k| k.same).count() as u64,
        changed: kept.iter().flatten().filter(|k| !k.same).count() as u64,
        ..Counts::default()
    };

    // Drafts that say something new may turn out to tell of another source's incident.
    let asks = |d: usize| kept[d].is_none_or(|k| !k.same);
    let own: BTreeSet<i64> = kept
        .iter()
        .flatten()
        .map(|k| old[k.old].incident_key)
        .collect();
    let asking: Vec<usize> = (0..drafts.len()).filter(|&d| asks(d)).collect();
    let mut pool: BTreeMap<i64, Candidate> = BTreeMap::new();
    for &d in &asking {
        let places: Vec<_> = drafts[d].places.iter().filter(|p| is_specific(p)).collect();
        let places: Vec<_> = places.iter().map(|p| p.id.as_str()).collect();
        let found = identity::candidates(tx, &places, &drafts[d].date)?;
        pool.extend(
            found
                .into_iter()
                .filter(|c| !own.contains(&c.key))
                .map(|c| (c.key, c)),
        );
    }
    let pool: Vec<Candidate> = pool.into_values().collect();
    let mut verdicts = Vec::new();
    for &d in &asking {
        let name = match kept[d] {
            Some(k) => identity::slug(tx, old[k.old].incident_key)?,
            None => base_id(&drafts[d]),
        };
        let shared = match kept[d] {
            Some(k) => !identity::accounts(tx, old[k.old].incident_key)?.is_empty(),
            None => false,
        };
        let mut row = Vec::new();
        for candidate in &pool {
            let verdict = compare_all(&drafts[d], &candidate.accounts, &wholes);
            row.push(
                match (identity::decision(tx, &name, &candidate.slug)?, verdict) {
                    (Decision::Different, _) => Verdict::Different,
                    (Decision::Same, _) if !shared => Verdict::Same(1.0),
                    // Other sources tell its own incident: a person must join the two.
                    (_, Verdict::Same(score)) if shared => {
                        Verdict::Doubtful(score, "both are told by several sources")
                    }
                    (_, verdict) => verdict,
                },
            );
        }
        verdicts.push(row);
    }

    let mut incidents: Vec<Option<i64>> = kept
        .iter()
        .map(|k| k.map(|k| old[k.old].incident_key))
        .collect();
    let mut doubts = Vec::new();
    for (choice, &d) in choose(&verdicts).into_iter().zip(&asking) {
        match choice {
            Choice::Join(c) => {
                counts.joined += 1;
                if let Some(k) = kept[d].take() {
                    counts.changed -= 1;
                    identity::redirect(tx, old[k.old].incident_key, pool[c].key)?;
                }
                incidents[d] = Some(pool[c].key);
            }
            Choice::New(found) => {
                let key = match incidents[d] {
                    Some(key) => key,
                    None => {
                        counts.added += 1;
                        identity::new_incident(tx, &base_id(&drafts[d]), drafts[d].kind)?
                    }
                };
                incidents[d] = Some(key);
                identity::forget_doubts(tx, &identity::slug(tx, key)?)?;
                doubts.extend(
                    found
                        .into_iter()
                        .map(|(c, score, why)| (key, c, score, why)),
                );
            }
        }
    }
    counts.doubtful = doubts.len() as u64;
    for (key, c, score, why) in doubts {
        identity::doubt(tx, &identity::slug(tx, key)?, &pool[c].slug, score, why)?;
    }

    let incidents: Vec<i64> = incidents
        .into_iter()
        .map(|key| key.expect("a draft that keeps no incident joins one or gets its own"))
        .collect();
    for gone in old.iter().filter(|o| !incidents.contains(&o.incident_key)) {
        counts.dropped += 1;
        if identity::accounts(tx, gone.incident_key)?.is_empty() {
            identity::forget_doubts(tx, &identity::slug(tx, gone.incident_key)?)?;
        }
    }
    Ok(Merged { incidents, counts })
}

/// For each draft the old account whose incident it goes on telling, surest signs first.
fn keep(
    tx: &Transaction,
    old: &[Existing],
    drafts: &[Draft],
    wholes: &dyn Fn(&str) -> Vec<String>,
) -> Result<Kept, StoreError> {
    // An account is found again by the first of these that it shares with a draft.
    let signs: [fn(&Draft) -> String; 5] = [
        content,
        |d| format!("{} {} {}", base_id(d), d.kind.as_str(), d.main),
        |d| format!("{} {}", base_id(d), d.kind.as_str()),
        base_id,
        |d| format!("{} {}", d.kind.as_str(), d.passage.quote),
    ];
    let mut kept = vec![None; drafts.len()];
    let mut free: BTreeSet<usize> = (0..old.len()).collect();
    let mut take = |d: usize, candidates: &mut dyn Iterator<Item = usize>, sure: bool| {
        for o in candidates {
            if !free.contains(&o) {
                continue;
            }
            // Other sources may tell the incident too: it must still be theirs.
            let others = identity::accounts(tx, old[o].incident_key)?;
            if sure
                || others.is_empty()
                || compare_all(&drafts[d], &others, wholes) != Verdict::Different
            {
                free.remove(&o);
                return Ok(Some(o));
            }
        }
        Ok::<_, StoreError>(None)
    };
    for (i, sign) in signs.iter().enumerate() {
        let mut signed: HashMap<String, Vec<usize>> = HashMap::new();
        for (o, existing) in old.iter().enumerate() {
            signed.entry(sign(&existing.draft)).or_default().push(o);
        }
        for (d, draft) in drafts
            .iter()
            .enumerate()
            .filter(|(d, _)| kept[*d].is_none())
            .collect::<Vec<_>>()
        {
            if let Some(found) = signed.get(&sign(draft)) {
                let found = take(d, &mut found.iter().copied(), i == 0)?;
                kept[d] = found.map(|old| Keep { old, same: i == 0 });
            }
        }
    }
    for d in 0..drafts.len() {
        if kept[d].is_none() {
            let mut near = (0..old.len()).filter(|&o| is_near(&old[o].draft, &drafts[d]));
            kept[d] = take(d, &mut near, false)?.map(|old| Keep { old, same: false });
        }
    }
    Ok(kept)
}

/// Whether two versions of a document put an incident at one place and time.
fn is_near(a: &Draft, b: &Draft) -> bool {
    a.date.overlaps(&b.date)
        && a.places
            .iter()
            .any(|p| b.places.iter().any(|q| p.id == q.id))
}

/// All that a draft says, its passages without their places: they may have moved.
fn content(draft: &Draft) -> String {
    let mut draft = draft.clone();
    for passage in draft.passages_mut() {
        (passage.start, passage.end) = (0, 0);
    }
    serde_json::to_string(&draft).expect("plain types have no map that JSON cannot hold")
}

/// The id that a draft asks for: its date as exact as it is known, and its first place or
/// else its title, such as `2022-04-19-hombori`, `2022-03-moura`, `undated-lerneb`.
pub(super) fn base_id(draft: &Draft) -> String {
    let date = match (draft.date.start(), draft.date.precision()) {
        (Some(day), DatePrecision::Day | DatePrecision::Range) => day.to_string(),
        (Some(day), DatePrecision::Month) => format!("{:04}-{:02}", day.year(), day.month()),
        (Some(day), DatePrecision::Year) => format!("{:04}", day.year()),
        _ => "undated".to_owned(),
    };
    let place = draft.places.first();
    let names = [
        place.map(|p| slug(&p.id)),
        place.map(|p| slug(&p.name)),
        Some(slug(&draft.title)),
    ];
    let name = names.into_iter().flatten().find(|n| !n.is_empty());
    match name {
        Some(name) => format!("{date}-{}", shortened(name)),
        None => format!("{date}-{}", draft.kind.as_str()),
    }
}
