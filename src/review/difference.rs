//! What two readings of one document say differently.

use crate::model::claim::Claim;
use crate::model::date::DateSpan;
use crate::model::incident::{Attribution, Draft, EventType, Place, Victim};
use crate::model::passage::Passage;
use crate::model::review::Review;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// One thing that a draft says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", content = "says", rename_all = "lowercase")]
pub enum Said {
    /// Its title.
    Title(String),
    /// Whether the document is about it.
    Main(bool),
    /// Its date.
    Date(DateSpan),
    /// Its kind.
    Kind(EventType),
    /// A place.
    Place(Place),
    /// A perpetrator.
    Attribution(Attribution),
    /// A victim group.
    Victim(Victim),
    /// A casualty figure.
    Claim(Claim),
    /// The words that tell it.
    Words(String),
}

impl Said {
    /// The kind of fact, as marks in a text are styled.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Date(_) => "date",
            Self::Place(_) => "place",
            Self::Attribution(_) => "attribution",
            Self::Victim(_) => "victim",
            Self::Claim(_) => "claim",
            Self::Title(_) | Self::Main(_) | Self::Kind(_) | Self::Words(_) => "whole",
        }
    }
}

/// How closely two things are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// What is said, in whatever words of the document.
    Facts,
    /// What is said and the words that say it.
    Words,
}

/// What one draft says and another does not.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Changes {
    /// Said only before.
    pub old: Vec<Said>,
    /// Said only now.
    pub new: Vec<Said>,
}

impl Changes {
    /// Whether both say the same.
    pub fn is_empty(&self) -> bool {
        self.old.is_empty() && self.new.is_empty()
    }
}

/// What `old` and `new` say differently.
pub fn changes(old: &Draft, new: &Draft, by: By) -> Changes {
    let (before, after) = (said(old, by), said(new, by));
    let without = |all: &[(Said, Said)], others: &[(Said, Said)]| {
        let mut rest: Vec<_> = others.iter().map(|(key, _)| key).collect();
        let mut out = Vec::new();
        for (key, said) in all {
            match rest.iter().position(|other| *other == key) {
                Some(found) => {
                    rest.swap_remove(found);
                }
                None => out.push(said.clone()),
            }
        }
        out
    };
    Changes { old: without(&before, &after), new: without(&after, &before) }
}

/// Everything that a draft says with the words that say it, those that tell the whole first;
/// title and kind are said in no words of their own.
pub fn facts(draft: &Draft) -> Vec<(Said, Option<&Passage>)> {
    let mut all = vec![
        (Said::Words(draft.passage.quote.clone()), Some(&draft.passage)),
        (Said::Title(draft.title.clone()), None),
        (Said::Main(draft.main), None),
        (Said::Kind(draft.kind), None),
        (Said::Date(draft.date), draft.date_passage.as_ref()),
    ];
    all.extend(draft.places.iter().map(|p| (Said::Place(p.clone()), Some(&p.passage))));
    let attributions = draft.attributions.iter();
    all.extend(attributions.map(|a| (Said::Attribution(a.clone()), Some(&a.passage))));
    all.extend(draft.victims.iter().map(|v| (Said::Victim(v.clone()), Some(&v.passage))));
    all.extend(draft.claims.iter().map(|c| (Said::Claim(c.clone()), Some(&c.passage))));
    all
}

/// Everything that a draft says: by what it is compared, and as it is.
fn said(draft: &Draft, by: By) -> Vec<(Said, Said)> {
    let mut all = vec![
        Said::Title(draft.title.clone()),
        Said::Main(draft.main),
        Said::Date(draft.date),
        Said::Kind(draft.kind),
    ];
    all.extend(draft.places.iter().cloned().map(Said::Place));
    all.extend(draft.attributions.iter().cloned().map(Said::Attribution));
    all.extend(draft.victims.iter().cloned().map(Said::Victim));
    all.extend(draft.claims.iter().cloned().map(Said::Claim));
    if by == By::Words {
        let dated = draft.date_passage.iter().map(|p| p.quote.clone());
        all.extend(dated.chain([draft.passage.quote.clone()]).map(Said::Words));
    }
    all.into_iter().map(|said| (key(&said, by), said)).collect()
}

/// The same without where its words stand, and without the words where only facts count.
fn key(said: &Said, by: By) -> Said {
    let mut key = said.clone();
    let passage = match &mut key {
        Said::Place(place) => Some(&mut place.passage),
        Said::Attribution(attribution) => Some(&mut attribution.passage),
        Said::Victim(victim) => Some(&mut victim.passage),
        Said::Claim(claim) => Some(&mut claim.passage),
        _ => None,
    };
    if let Some(passage) = passage {
        (passage.start, passage.end, passage.page) = (0, 0, None);
        if by == By::Facts {
            passage.quote.clear();
        }
    }
    key
}

/// How the parser's reading of a document stands to the list that a person made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// For each incident of the list, what the parser says of it; none when it does not tell
    /// it. `old` is what the list says, `new` what the parser says.
    pub told: Vec<Option<Changes>>,
    /// What only the parser tells and nobody has rejected: places in its drafts.
    pub only_parsed: Vec<usize>,
}

impl Reading {
    /// Whether the parser says just what the list says.
    pub fn is_same(&self) -> bool {
        let same = |told: &Option<Changes>| told.as_ref().is_some_and(Changes::is_empty);
        self.only_parsed.is_empty() && self.told.iter().all(same)
    }
}

/// Compares the list with the parser's drafts of the same text: each incident with the draft
/// that says the same, else the one told in the same words, else one near it.
pub fn reading(review: &Review, parsed: &[Draft]) -> Reading {
    let mut free: Vec<usize> = (0..parsed.len()).collect();
    let mut found: Vec<Option<usize>> = vec![None; review.entries.len()];
    let signs: [fn(&Draft, &Draft) -> bool; 4] = [
        |a, b| changes(a, b, By::Facts).is_empty() && overlap(a, b),
        |a, b| a.main == b.main && overlap(a, b),
        overlap,
        is_near,
    ];
    for sign in signs {
        for (entry, found) in review.entries.iter().zip(&mut found).filter(|(_, f)| f.is_none()) {
            let at = free.iter().position(|d| sign(&entry.draft, &parsed[*d]));
            *found = at.map(|at| free.remove(at));
        }
    }
    let rejected = |d: &usize| {
        let told = parsed[*d].passage.range();
        review.rejected.iter().any(|r| meet(&r.passage.range(), &told))
    };
    free.retain(|d| !rejected(d));
    let told = review.entries.iter().zip(found);
    let told = told.map(|(e, d)| Some(changes(&e.draft, &parsed[d?], By::Facts))).collect();
    Reading { told, only_parsed: free }
}

fn overlap(a: &Draft, b: &Draft) -> bool {
    meet(&a.passage.range(), &b.passage.range())
}

fn meet(a: &Range<usize>, b: &Range<usize>) -> bool {
    a == b || (a.start < b.end && b.start < a.end)
}

fn is_near(a: &Draft, b: &Draft) -> bool {
    a.date.overlaps(&b.date) && a.places.iter().any(|p| b.places.iter().any(|q| p.id == q.id))
}
