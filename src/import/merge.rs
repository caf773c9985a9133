//! Which incident each draft of a document tells of: the one it told of before, one that
//! other sources tell, or a new one.

use super::Counts;
use crate::knowledge::Knowledge;
use crate::matching::{Choice, Reason, Verdict, Wholes, choose, compare_all};
pub(super) use crate::model::id::base_id;
use crate::model::incident::Draft;
use crate::store::StoreError;
use crate::store::account::Existing;
use crate::store::decision::{self, Decision};
use crate::store::identity;
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

/// The incident that a draft told of before, or that it takes up again.
#[derive(Debug, Clone, Copy)]
struct Own {
    key: i64,
    /// Whether an account is kept; otherwise only decisions of before.
    kept: bool,
}

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
    let mut own: Vec<Option<Own>> =
        kept.iter().map(|k| k.map(|k| Own { key: old[k.old].incident_key, kept: true })).collect();
    return_to_decided(tx, drafts, &mut own, &wholes)?;

    // Drafts that say something new may turn out to tell of another source's incident.
    let asking: Vec<usize> =
        (0..drafts.len()).filter(|&d| kept[d].is_none_or(|k| !k.same)).collect();
    let mut pool = Pool::new(tx, &own)?;
    let verdicts = asking
        .iter()
        .map(|&d| pool.verdicts(tx, &drafts[d], own[d].map(|own| own.key), &wholes))
        .collect::<Result<Vec<_>, _>>()?;
    let (mut doubts, mut moved) = (Vec::new(), Vec::new());
    let mut incidents: Vec<Option<i64>> = own.iter().map(|own| own.map(|own| own.key)).collect();
    for (choice, &d) in choose(&verdicts).into_iter().zip(&asking) {
        match (choice, own[d]) {
            (Choice::Join(c), own) => {
                let (into, _) = pool.groups[c].best(&drafts[d], &wholes);
                counts.joined += 1;
                if let Some(own) = own {
                    counts.changed -= u64::from(own.kept);
                    identity::redirect(tx, own.key, into.key)?;
                    moved.push(own.key);
                }
                incidents[d] = Some(into.key);
            }
            (Choice::New(found), own) => {
                counts.added += u64::from(own.is_none_or(|own| !own.kept));
                let key = match own {
                    Some(own) => own.key,
                    None => identity::new_incident(tx, &base_id(&drafts[d]), drafts[d].kind)?,
                };
                incidents[d] = Some(key);
                let slug = identity::slug(tx, key)?;
                decision::forget_doubts(tx, &slug)?;
                for (c, score, why) in found {
                    let (other, _) = pool.groups[c].best(&drafts[d], &wholes);
                    doubts.push((slug.clone(), other.slug.clone(), score, why));
                }
            }
        }
    }
    counts.doubtful = doubts.len() as u64;
    for (slug, other, score, why) in doubts {
        decision::doubt(tx, &slug, &other, score, why)?;
    }
    let incidents: Vec<i64> = incidents
        .into_iter()
        .map(|key| key.expect("a draft that keeps no incident joins one or gets its own"))
        .collect();
    counts.dropped = drop_doubts(tx, old, &incidents, &moved)?;
    Ok(Merged { incidents, counts })
}

/// Gives drafts that keep no account the incident of their id about which people decided
/// something and that nothing tells at present, unless it was joined with what they
/// contradict.
fn return_to_decided(
    tx: &Transaction,
    drafts: &[Draft],
    own: &mut [Option<Own>],
    wholes: Wholes,
) -> Result<(), StoreError> {
    for (d, draft) in drafts.iter().enumerate() {
        if own[d].is_some() {
            continue;
        }
        let Some(key) = identity::returning(tx, &base_id(draft), draft.kind)? else { continue };
        let mut fits = own.iter().flatten().all(|other| other.key != key);
        for (other, decision) in decision::of_incident(tx, &identity::slug(tx, key)?)? {
            let accounts = identity::drafts(tx, other)?;
            fits &= decision != Decision::Same
                || accounts.is_empty()
                || compare_all(draft, &accounts, wholes) != Verdict::Different;
        }
        if fits {
            own[d] = Some(Own { key, kept: false });
        }
    }
    Ok(())
}

/// Incidents of other sources that drafts may tell of, those that people joined as one.
#[derive(Debug)]
struct Pool {
    groups: Vec<Group>,
    /// Index of each by the key under which it is shown.
    by_shown: HashMap<i64, usize>,
    /// What the document's own drafts are shown as.
    taken: BTreeSet<i64>,
}

impl Pool {
    fn new(tx: &Transaction, own: &[Option<Own>]) -> Result<Self, StoreError> {
        let taken = own.iter().flatten().map(|own| identity::shown(tx, own.key));
        let taken = taken.collect::<Result<_, _>>()?;
        Ok(Self { groups: Vec::new(), by_shown: HashMap::new(), taken })
    }

    /// What a draft is to each incident that it may tell of, with what people decided. `own`
    /// is the incident that it told of before.
    fn verdicts(
        &mut self,
        tx: &Transaction,
        draft: &Draft,
        own: Option<i64>,
        wholes: Wholes,
    ) -> Result<Vec<(usize, Verdict)>, StoreError> {
        let (mut two, mut shared) = (BTreeSet::new(), false);
        if let Some(key) = own {
            let decided = decision::of_incident(tx, &identity::slug(tx, key)?)?;
            shared = !decided.is_empty() || !identity::drafts(tx, key)?.is_empty();
            for (other, _) in decided.iter().filter(|(_, d)| *d == Decision::Different) {
                two.insert(identity::shown(tx, *other)?);
            }
        }
        let mut groups = BTreeMap::new();
        for key in identity::candidates(tx, draft)? {
            let shown = identity::shown(tx, key)?;
            if self.taken.contains(&shown) {
                continue;
            }
            let g = self.group(shown);
            self.groups[g].add(tx, key)?;
            groups.insert(g, shown);
        }
        let verdict = |(g, shown): (usize, i64)| {
            let verdict = match self.groups[g].best(draft, wholes) {
                _ if two.contains(&shown) => Verdict::Different,
                // Its own incident is told by others too, or decided about: a person must
                // join the two.
                (_, Verdict::Same(score)) if shared => Verdict::Doubtful(score, Reason::Settled),
                (_, verdict) => verdict,
            };
            (g, verdict)
        };
        Ok(groups.into_iter().map(verdict).collect())
    }

    fn group(&mut self, shown: i64) -> usize {
        *self.by_shown.entry(shown).or_insert_with(|| {
            self.groups.push(Group::default());
            self.groups.len() - 1
        })
    }
}

/// Incidents that are shown as one.
#[derive(Debug, Default)]
struct Group {
    members: Vec<Candidate>,
}

impl Group {
    fn add(&mut self, tx: &Transaction, key: i64) -> Result<(), StoreError> {
        if self.members.iter().all(|m| m.key != key) {
            let (slug, accounts) = (identity::slug(tx, key)?, identity::drafts(tx, key)?);
            self.members.push(Candidate { key, slug, accounts });
        }
        Ok(())
    }

    /// The member of which a draft is likeliest to tell.
    fn best(&self, draft: &Draft, wholes: Wholes) -> (&Candidate, Verdict) {
        let all = self.members.iter().map(|m| (m, compare_all(draft, &m.accounts, wholes)));
        all.max_by(|a, b| a.1.rank().total_cmp(&b.1.rank()))
            .expect("a group is made when its first member is met")
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
        if identity::drafts(tx, gone.incident_key)?.is_empty() {
            decision::forget_doubts(tx, &identity::slug(tx, gone.incident_key)?)?;
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
            let others = identity::drafts(tx, old[o].incident_key)?;
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
