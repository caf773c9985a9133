//! Which incident each draft of a document tells of: the one it told of before, one that
//! other sources tell, or a new one.

use super::Counts;
use crate::knowledge::Knowledge;
use crate::matching::{Choice, Verdict, Wholes, choose, compare_all, is_specific};
pub(super) use crate::model::id::base_id;
use crate::model::incident::Draft;
use crate::store::StoreError;
use crate::store::account::Existing;
use crate::store::identity::{self, Decision};
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
    let kept = keep(tx, old, drafts, &wholes)?;
    let mut counts = Counts {
        unchanged: kept.iter().flatten().filter(|k| k.same).count() as u64,
        changed: kept.iter().flatten().filter(|k| !k.same).count() as u64,
        ..Counts::default()
    };
    let mut incidents: Vec<Option<i64>> =
        kept.iter().map(|k| k.map(|k| old[k.old].incident_key)).collect();

    // Drafts that say something new may turn out to tell of another source's incident.
    let asking: Vec<usize> =
        (0..drafts.len()).filter(|&d| kept[d].is_none_or(|k| !k.same)).collect();
    let mut pool = Pool::default();
    let verdicts = asking
        .iter()
        .map(|&d| pool.verdicts(tx, &drafts[d], incidents[d], &incidents, &wholes))
        .collect::<Result<Vec<_>, _>>()?;
    let pool = pool.candidates;
    let (mut doubts, mut moved) = (Vec::new(), Vec::new());
    for (choice, &d) in choose(&verdicts).into_iter().zip(&asking) {
        match (choice, incidents[d]) {
            (Choice::Join(c), own) => {
                counts.joined += 1;
                if let Some(own) = own {
                    counts.changed -= 1;
                    identity::redirect(tx, own, pool[c].key)?;
                    moved.push(own);
                }
                incidents[d] = Some(pool[c].key);
            }
            (Choice::New(found), own) => {
                let key = match own {
                    Some(key) => key,
                    None => {
                        counts.added += 1;
                        identity::new_incident(tx, &base_id(&drafts[d]), drafts[d].kind)?
                    }
                };
                incidents[d] = Some(key);
                let slug = identity::slug(tx, key)?;
                identity::forget_doubts(tx, &slug)?;
                let doubtful = found.into_iter();
                doubts.extend(doubtful.map(|(c, score, why)| (slug.clone(), c, score, why)));
            }
        }
    }
    counts.doubtful = doubts.len() as u64;
    for (slug, c, score, why) in doubts {
        identity::doubt(tx, &slug, &pool[c].slug, score, why)?;
    }
    let incidents: Vec<i64> = incidents
        .into_iter()
        .map(|key| key.expect("a draft that keeps no incident joins one or gets its own"))
        .collect();
    counts.dropped = drop_doubts(tx, old, &incidents, &moved)?;
    Ok(Merged { incidents, counts })
}

/// Incidents of other sources that drafts may tell of, each once.
#[derive(Debug, Default)]
struct Pool {
    candidates: Vec<Candidate>,
    /// Index of each by its key.
    by_key: HashMap<i64, usize>,
}

impl Pool {
    /// What a draft is to each incident that it may tell of, with what people decided. `own`
    /// is the incident that it told of before; `taken` are those of all its document's drafts.
    fn verdicts(
        &mut self,
        tx: &Transaction,
        draft: &Draft,
        own: Option<i64>,
        taken: &[Option<i64>],
        wholes: Wholes,
    ) -> Result<Vec<(usize, Verdict)>, StoreError> {
        let (name, shared) = match own {
            Some(key) => (identity::slug(tx, key)?, !identity::accounts(tx, key)?.is_empty()),
            None => (base_id(draft), false),
        };
        let decided = identity::decided(tx, &name)?;
        let places = draft.places.iter().filter(|p| is_specific(p));
        let places: Vec<_> = places.map(|p| p.id.as_str()).collect();
        let mut keys = identity::candidates(tx, &places, &draft.date)?;
        keys.extend(decided.iter().map(|(key, _)| *key));
        keys.retain(|key| !taken.contains(&Some(*key)));
        let mut verdicts = BTreeMap::new();
        for key in keys {
            let c = self.candidate(tx, key)?;
            let candidate = &self.candidates[c];
            let decision = decided.iter().find(|(other, _)| *other == key);
            let verdict = match decision.map(|(_, decision)| decision) {
                Some(Decision::Different) => Verdict::Different,
                Some(Decision::Same) if !shared => Verdict::Same(1.0),
                _ => match compare_all(draft, &candidate.accounts, wholes) {
                    // Other sources tell its own incident: a person must join the two.
                    Verdict::Same(score) if shared => {
                        Verdict::Doubtful(score, "both are told by several sources")
                    }
                    verdict => verdict,
                },
            };
            verdicts.insert(c, verdict);
        }
        Ok(verdicts.into_iter().collect())
    }

    fn candidate(&mut self, tx: &Transaction, key: i64) -> Result<usize, StoreError> {
        if let Some(&c) = self.by_key.get(&key) {
            return Ok(c);
        }
        self.candidates.push(Candidate {
            key,
            slug: identity::slug(tx, key)?,
            accounts: identity::accounts(tx, key)?,
        });
        let c = self.candidates.len() - 1;
        self.by_key.insert(key, c);
        Ok(c)
    }
}

/// An incident that a draft may tell of.
#[derive(Debug)]
struct Candidate {
    key: i64,
    slug: String,
    /// What its current accounts say.
    accounts: Vec<Draft>,
}

/// Forgets the doubts about incidents that nothing tells any more, and gives how many the
/// source has dropped; those that were `moved` into others are none of these.
fn drop_doubts(
    tx: &Transaction,
    old: &[Existing],
    told: &[i64],
    moved: &[i64],
) -> Result<u64, StoreError> {
    let mut dropped = 0;
    for gone in old.iter().filter(|o| !told.contains(&o.incident_key)) {
        dropped += u64::from(!moved.contains(&gone.incident_key));
        if identity::accounts(tx, gone.incident_key)?.is_empty() {
            identity::forget_doubts(tx, &identity::slug(tx, gone.incident_key)?)?;
        }
    }
    Ok(dropped)
}

/// For each draft the old account whose incident it goes on telling, surest signs first.
fn keep(
    tx: &Transaction,
    old: &[Existing],
    drafts: &[Draft],
    wholes: Wholes,
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
        for (d, draft) in
            drafts.iter().enumerate().filter(|(d, _)| kept[*d].is_none()).collect::<Vec<_>>()
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
    a.date.overlaps(&b.date) && a.places.iter().any(|p| b.places.iter().any(|q| p.id == q.id))
}

/// All that a draft says, its passages without their places: they may have moved.
fn content(draft: &Draft) -> String {
    let mut draft = draft.clone();
    for passage in draft.passages_mut() {
        (passage.start, passage.end) = (0, 0);
    }
    serde_json::to_string(&draft).expect("plain types have no map that JSON cannot hold")
}
