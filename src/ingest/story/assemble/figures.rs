//! How many: the claims of an incident.

use super::Maker;
use crate::ingest::lexicon::{norm_phrase, one_of};
use crate::ingest::rules::casualty::INNER;
use crate::ingest::rules::place::{Lies, Tie};
use crate::ingest::story::facts::Told;
use crate::ingest::story::tell::Part;
use crate::model::claim::{CasualtyGroup, Claim, Claimant, Measure};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::{BTreeSet, HashSet};

impl Maker<'_> {
    pub(super) fn all_told(&self) -> Vec<(&Told, Option<Date>, Option<&Part>)> {
        let infobox = self.incident.infobox.iter().map(|t| (t, None, None));
        let sentences = self
            .incident
            .parts
            .iter()
            .flat_map(|p| p.told().map(move |t| (t, t.said_on.and(p.said), Some(p))));
        infobox.chain(sentences).collect()
    }

    pub(super) fn claims(&self) -> Vec<Claim> {
        let mut out: Vec<Claim> = Vec::new();
        let mut seen: HashSet<Claim> = HashSet::new();
        let places = self.incident.keys().collect::<BTreeSet<_>>().len();
        for (told, said_on, part) in self.all_told() {
            let by: Vec<Option<Claimant>> = match told.by.as_slice() {
                [] => vec![None],
                all => all.iter().cloned().map(Some).collect(),
            };
            for claimant in by {
                let claim = Claim {
                    measure: told.count.measure,
                    group: told.count.group,
                    min: told.count.min,
                    max: told.count.max,
                    qualifier: told.count.qualifier,
                    claimant,
                    said_on,
                    partial: told.count.subset
                        || part.is_some_and(|p| is_one_place(told, p, places)),
                    passage: self.quote(told.bytes.clone()),
                };
                // "the five injured peacekeepers": the same figure spoken of again.
                let again = told.count.subset
                    && out.iter().any(|c| {
                        (c.measure, c.group, c.min, c.max, c.qualifier)
                            == (claim.measure, claim.group, claim.min, claim.max, claim.qualifier)
                            && c.claimant == claim.claimant
                            && told.count.rule == INNER
                    });
                if !again && !is_named_again(&claim, &out) && seen.insert(claim.clone()) {
                    out.push(claim);
                }
            }
        }
        mark_further(&mut out);
        out
    }
}

/// "A nun was abducted. The nun, who …, was abducted by armed men": the same one again. "The gunman was
/// killed" behind "a soldier was killed" is another.
fn is_named_again(claim: &Claim, before: &[Claim]) -> bool {
    let one = |c: &Claim| (c.min, c.max) == (Some(1), Some(1));
    let words = norm_phrase(&claim.passage.quote);
    let the = words.split(' ').next().is_some_and(|w| matches!(w, "the" | "le" | "la" | "l"));
    let open = |g| matches!(g, CasualtyGroup::Total | CasualtyGroup::Other);
    the && one(claim)
        && before.iter().any(|c| {
            one(c)
                && c.measure == claim.measure
                && (c.group == claim.group || open(c.group) || open(claim.group))
                && (claim.claimant.is_none() || c.claimant == claim.claimant)
        })
}

/// Whether a figure counts the victims of one of several `places` only.
fn is_one_place(told: &Told, part: &Part, places: usize) -> bool {
    let near: Vec<_> = part
        .places()
        .filter(|p| p.is_named() && p.tie != Tie::Other && p.lies != Lies::Area)
        .filter(|p| {
            let before = p.start.saturating_sub(told.count.evidence.end) <= 4
                && p.start >= told.count.figure.start;
            let after = told.count.evidence.start.saturating_sub(p.end) <= 3
                && p.end <= told.count.evidence.start;
            before || after
        })
        .collect();
    let list_like = near.len() >= 2 && near.len() >= places;
    let ordinal = part
        .fact
        .tokens
        .iter()
        .take(8)
        .any(|t| one_of(t, &["first", "second", "third", "premier", "premiere", "seconde"]))
        && part.places().any(|p| p.is_named());
    places >= 2 && !list_like && (!near.is_empty() || ordinal)
}

/// "Two more detainees were killed", "20 of these": counted beside a larger figure of the same
/// speaker, and so a part.
fn mark_further(claims: &mut [Claim]) {
    let further = |c: &Claim| {
        let words = norm_phrase(&c.passage.quote);
        let all: Vec<&str> = words.split(' ').collect();
        let of = all.windows(2).any(|w| {
            matches!(w[0], "of" | "de" | "entre")
                && matches!(
                    w[1],
                    "the" | "these" | "those" | "them" | "ces" | "eux" | "elles" | "leurs"
                )
        });
        of || all.iter().any(|w| {
            matches!(
                *w,
                "more"
                    | "other"
                    | "others"
                    | "another"
                    | "autre"
                    | "autres"
                    | "additional"
                    | "further"
            )
        })
    };
    fn of(claim: &Claim) -> (Measure, Option<&Claimant>) {
        (claim.measure, claim.claimant.as_ref())
    }
    let mut largest = FxHashMap::<_, Option<u32>>::default();
    for claim in claims.iter().filter(|c| !c.partial) {
        let most = largest.entry(of(claim)).or_default();
        *most = (*most).max(claim.min.or(claim.max));
    }
    let largest: Vec<_> = claims.iter().map(|c| largest.get(&of(c)).copied().flatten()).collect();
    for (claim, most) in claims.iter_mut().zip(largest) {
        let own = claim.min.or(claim.max);
        if own.is_some() && !claim.partial {
            claim.partial = most > own && further(claim);
        }
    }
}
