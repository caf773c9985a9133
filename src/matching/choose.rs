//! Which draft of a document tells which incident, where several fit.

use super::{Reason, Verdict};
use std::collections::BTreeSet;

/// How much better the best candidate must be than the next.
const CLEARLY: f64 = 0.12;

/// Doubtful candidates listed for one draft, at most.
const MAX_DOUBTFUL: usize = 3;

/// What becomes of a draft.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// It tells of this candidate.
    Join(usize),
    /// It is an incident of its own, perhaps one of these candidates: index, score, reason.
    New(Vec<(usize, f64, Reason)>),
}

/// Chooses for each draft of one document an incident of other documents, each at most once.
/// Each draft comes with its candidates and what [`super::compare_all`] says of them. Where
/// two pairings are about as good, none is chosen.
pub fn choose(verdicts: &[Vec<(usize, Verdict)>]) -> Vec<Choice> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (d, row) in verdicts.iter().enumerate() {
        for (c, verdict) in row {
            if let Verdict::Same(score) = verdict {
                pairs.push((*score, d, *c));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut joined = vec![None; verdicts.len()];
    let mut unclear = BTreeSet::new();
    let mut taken = BTreeSet::new();
    for &(score, d, c) in &pairs {
        if joined[d].is_some() || taken.contains(&c) || unclear.contains(&d) {
            continue;
        }
        let rivals: Vec<_> = pairs
            .iter()
            .filter(|&&(s, d2, c2)| {
                (d2, c2) != (d, c)
                    && (d2 == d || c2 == c)
                    && joined[d2].is_none()
                    && !taken.contains(&c2)
                    && s > score - CLEARLY
            })
            .collect();
        if rivals.is_empty() {
            joined[d] = Some(c);
            taken.insert(c);
        } else {
            unclear.insert(d);
            unclear.extend(rivals.iter().filter(|r| r.2 == c).map(|r| r.1));
        }
    }
    verdicts
        .iter()
        .zip(joined)
        .map(|(row, joined)| match joined {
            Some(c) => Choice::Join(c),
            None => Choice::New(doubts(row)),
        })
        .collect()
}

/// The most likely candidates of a draft that joined none.
fn doubts(row: &[(usize, Verdict)]) -> Vec<(usize, f64, Reason)> {
    let mut doubts: Vec<_> = row
        .iter()
        .filter_map(|(c, verdict)| match verdict {
            Verdict::Same(score) => Some((*c, *score, Reason::Several)),
            Verdict::Doubtful(score, reason) => Some((*c, *score, *reason)),
            Verdict::Different => None,
        })
        .collect();
    doubts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    doubts.truncate(MAX_DOUBTFUL);
    doubts
}
