//! Whether a document tells of many incidents rather than of one.

use crate::ingest::lexicon::one_of;
use crate::ingest::rules::date::DateWords;
use crate::ingest::rules::place::Lies;
use crate::ingest::story::facts::Facts;
use crate::ingest::token::TokenKind;
use std::collections::BTreeSet;

/// Whether the first figures of a lead are those of months or years, and nothing in it gives those
/// of a day, or the text goes on to count the dead of more days: a report, not a story.
pub(super) fn opens_with_total(lead: &[&Facts], facts: &[Facts]) -> bool {
    let first = lead.iter().find(|f| !f.aside.is_empty() || !f.told.is_empty());
    let total = first.is_some_and(|f| f.told.is_empty());
    let counted = |f: &Facts| f.told.iter().any(|t| !t.count.subset && t.count.min.is_some());
    let story = |f: &&Facts| counted(f) && f.dates.iter().any(|d| names_day(&d.words));
    total && (!lead.iter().any(story) || days_counted_on(facts) >= 2)
}

/// Whether at least three paragraphs each give figures and a whole date of their own: a document
/// on many incidents.
pub(super) fn tells_many(facts: &[Facts]) -> bool {
    let counted: BTreeSet<usize> =
        facts.iter().filter(|f| !f.told.is_empty()).map(|f| f.block).collect();
    let mut days = Vec::new();
    let mut blocks = Vec::new();
    for fact in facts.iter().filter(|f| counted.contains(&f.block)) {
        for found in &fact.dates {
            if let DateWords::Days { from, year: Some(year), .. } = found.words
                && !days.contains(&(from, year))
                && !blocks.contains(&fact.block)
            {
                days.push((from, year));
                blocks.push(fact.block);
            }
            if days.len() == 3 {
                return true;
            }
        }
    }
    false
}

/// Whether a text without a day of its own gives figures at three times of stated years: the
/// background of a place or a group.
pub(super) fn looks_far_back(facts: &[Facts], lead: &[&Facts]) -> bool {
    let stated = |d: &DateWords| {
        matches!(d, DateWords::Month { year: Some(_), .. } | DateWords::Days { year: Some(_), .. })
    };
    let now = lead.iter().flat_map(|f| &f.dates).any(|d| !stated(&d.words));
    let times = facts
        .iter()
        .filter(|f| !f.told.is_empty())
        .filter_map(|f| f.dates.iter().find(|d| stated(&d.words)))
        .map(|d| format!("{:?}", d.words));
    !now && times.collect::<BTreeSet<_>>().len() >= 3
}

/// "killed dozens of villagers in separate attacks in January": a lead that counts the dead of
/// several attacks of months, in a text that goes on to tell them by their days.
pub(super) fn opens_with_several(lead: &[&Facts], facts: &[Facts]) -> bool {
    let first = lead.iter().find(|f| !f.told.is_empty());
    let several = first.is_some_and(|f| {
        let month = f.dates.iter().all(|d| {
            matches!(
                d.words,
                DateWords::Month { .. } | DateWords::Year(_) | DateWords::InYear { .. }
            )
        });
        month
            && !f.dates.is_empty()
            && f.tokens.windows(2).any(|w| {
                one_of(&w[0], &["separate", "several", "two", "three", "multiple", "plusieurs"])
                    && one_of(&w[1], &["attacks", "incidents", "massacres", "raids", "attaques"])
            })
    });
    several && days_counted_on(facts) >= 2
}

/// "Militants 9 Dec attacked Songho, killing five. A bomb 28 Dec killed three near Hombori. …": at
/// least three sentences of the lead, each with figures, a day and a place of its own.
pub(super) fn is_digest(lead: &[&Facts]) -> bool {
    let mut days = BTreeSet::new();
    let mut places = BTreeSet::new();
    for fact in lead.iter().filter(|f| !f.told.is_empty()) {
        let day = fact.dates.iter().find_map(|d| match d.words {
            DateWords::Days { from, .. } => Some((from.month, from.day)),
            _ => None,
        });
        let place = fact.places.iter().find(|p| p.is_scene() && p.lies != Lies::Area);
        if let Some((day, place)) = day.zip(place) {
            days.insert(day);
            places.insert(place.key.as_str());
        }
    }
    days.len() >= 3 && places.len() >= 3
}

/// A lead that neither counts anybody nor names a day: what an overview opens with.
pub(super) fn tells_nothing(lead: &[&Facts]) -> bool {
    lead.iter().all(|f| f.told.is_empty() && f.dates.iter().all(|d| !names_day(&d.words)))
}

/// "21. On 5 July, …": a paragraph of a report with numbered paragraphs.
pub(super) fn is_numbered(fact: &Facts) -> bool {
    matches!(fact.tokens.as_slice(), [number, stop, ..]
        if number.kind == TokenKind::Number && stop.is("."))
}

/// Whether at least three days are named in paragraphs with figures, each in a sentence of its own.
pub(super) fn tells_many_days(facts: &[Facts]) -> bool {
    days_counted_on(facts) >= 3
}

/// How many days are named in paragraphs with figures, each in a sentence of its own.
fn days_counted_on(facts: &[Facts]) -> usize {
    let counted: BTreeSet<usize> =
        facts.iter().filter(|f| !f.told.is_empty()).map(|f| f.block).collect();
    let mut days: Vec<_> = facts
        .iter()
        .filter(|f| counted.contains(&f.block))
        .filter_map(|f| f.dates.first())
        .filter_map(|d| match d.words {
            DateWords::Days { from, .. } => Some((from.month, from.day)),
            _ => None,
        })
        .collect();
    days.sort_unstable();
    days.dedup();
    days.len()
}

/// Whether words for a date name a day or some days, and not a week or more.
fn names_day(words: &DateWords) -> bool {
    !matches!(
        words,
        DateWords::Month { .. }
            | DateWords::InYear { .. }
            | DateWords::Year(_)
            | DateWords::YearsAgo(_)
            | DateWords::LastMonth
            | DateWords::LastWeek
    )
}
