//! Incidents told before, to which a sentence comes back.

use super::Teller;
use super::looking_back::{NEARBY, is_separate, scenes};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::date::DateWords;
use crate::ingest::story::facts::{Facts, Told, is_killed};
use crate::ingest::story::tell::Incident;
use crate::model::claim::CasualtyGroup;
use crate::model::date::DateSpan;

/// The dead that a sentence gives first.
fn dead_of(told: &[Told]) -> Option<u32> {
    let whole = |t: &&Told| is_killed(t) && !t.count.subset;
    told.iter().find(whole).and_then(|t| t.count.min.or(t.count.max))
}

/// Whether a sentence counts the dead that the incident counts, of the same kind of event.
fn same_people(incident: &Incident, fact: &Facts) -> bool {
    let groups = |told: &[Told]| -> Vec<CasualtyGroup> {
        let dead = told.iter().filter(|t| is_killed(t) && !t.count.subset);
        dead.map(|t| t.count.group).collect()
    };
    let (here, parts) = (groups(&fact.told), || incident.parts.iter().take(NEARBY));
    let people = parts().any(|p| groups(&p.fact.told).iter().any(|g| here.contains(g)));
    let kinds = || parts().flat_map(|p| p.fact.events.iter().map(|e| e.word));
    let kind = fact.events.is_empty()
        || kinds().next().is_none()
        || fact.events.iter().any(|e| kinds().any(|word| word == e.word));
    people && kind
}

/// "28 janvier : Un militaire malien tué …", "January 6 – Five soldiers die": a day and a sign.
fn opens_entry(fact: &Facts) -> bool {
    let Some(first) = fact.dates.first().filter(|d| d.start <= 1) else { return false };
    matches!(first.words, DateWords::Days { .. } | DateWords::Entry { .. })
        && fact
            .tokens
            .get(first.end)
            .is_some_and(|t| t.is(":") || t.is("–") || t.is("—") || t.is("-"))
        && !fact.told.is_empty()
}

impl Teller<'_> {
    /// An incident told earlier in the paragraph at the place that the sentence names, when that
    /// is not the current one's.
    pub(super) fn back_to(&self, fact: &Facts, from: usize) -> Option<usize> {
        let keys = scenes(fact, from);
        let at = |i: usize| keys.iter().any(|key| self.incidents[i].is_at(key));
        let current = self.current?;
        if keys.is_empty() || at(current) {
            return None;
        }
        self.paragraph.iter().rev().take(NEARBY).copied().find(|i| *i != current && at(*i))
    }

    /// "militants attacked Gossi and Hombori. One soldier was killed in Gossi": the incident besides that
    /// the sentence before put there and counted nobody of.
    pub(super) fn counts_current(&self, fact: &Facts, from: usize) -> bool {
        let Some(current) = self.current.filter(|c| self.main != Some(*c)) else { return false };
        let told = &self.incidents[current];
        let scenes = scenes(fact, from);
        !is_separate(&fact.tokens)
            && self.in_paragraph.contains(&current)
            && told.parts.iter().all(|p| p.told().next().is_none())
            && !scenes.is_empty()
            && scenes.iter().all(|key| told.is_at(key))
    }

    /// The incident of that date told before at a place that fits, or a new one.
    pub(super) fn dated(&mut self, fact: &Facts, span: DateSpan, from: usize) -> Option<usize> {
        let keys = scenes(fact, from);
        let undated =
            self.section.filter(|s| self.current == Some(*s) && self.incidents[*s].date.is_none());
        if let Some(section) = undated {
            return Some(section);
        }
        // "28 January: …" below "28 January: …": a chronology gives each event an entry.
        let entry = self.main.is_none() && opens_entry(fact) && self.paragraph.is_empty();
        let dead = dead_of(&fact.told);
        let other_dead = |incident: &Incident| {
            let told = incident.parts.iter().take(NEARBY).find_map(|p| dead_of(&p.fact.told));
            entry && told.is_some() && dead.is_some() && told != dead
        };
        let same_day = fact.tokens.iter().any(|t| one_of(t, &["same", "meme"]));
        let same_date = self.by_date.get(&span).map_or(&[][..], Vec::as_slice);
        let told = same_date.iter().rev().take(NEARBY).copied().find(|&i| {
            let incident = &self.incidents[i];
            let shared = keys.iter().any(|key| incident.is_at(key));
            let unplaced = incident.keys().next().is_none();
            let continues = self.current == Some(i) && (keys.is_empty() || (unplaced && !same_day));
            !incident.main && (shared || continues) && !other_dead(incident)
        });
        told.or_else(|| self.same_undated(fact, &keys))
            .or_else(|| self.told_vaguely(fact))
            .or_else(|| Some(self.new_incident()))
    }

    /// "…, while a peacekeeper lost his life in a mine explosion further north", and later "The mine
    /// went off on Sunday in Kidal": the event that was told without day and place.
    fn told_vaguely(&mut self, fact: &Facts) -> Option<usize> {
        let vague = self.vague?;
        let the = fact.tokens.first().is_some_and(|t| one_of(t, &["the", "la", "le", "l"]));
        let opens = fact.events.iter().any(|e| e.at <= 3);
        let same = self.incidents[vague].parts.iter().any(|p| {
            let told = p.fact.events.iter().filter(|e| p.tokens.contains(&e.at));
            told.into_iter().any(|e| fact.events.iter().any(|other| other.word == e.word))
        });
        self.vague.take().filter(|_| the && opens && same && fact.told.is_empty())
    }

    /// "The strike came days after another in Amasrakad killed fourteen", and later "On 17 March
    /// thirteen were killed at Amasrakad": the one incident told there without a day, with about as
    /// many dead.
    pub(super) fn same_undated(&self, fact: &Facts, keys: &[&str]) -> Option<usize> {
        let dead = dead_of(&fact.told)?;
        let mut fitting = (0..self.incidents.len()).rev().take(NEARBY).filter(|i| {
            let incident = &self.incidents[*i];
            let open = !incident.main && !incident.abroad && incident.date.is_none();
            let there = keys.iter().any(|key| incident.is_at(key));
            let told = incident.parts.iter().take(NEARBY).find_map(|p| dead_of(&p.fact.told));
            // A base is ambushed again with about as many dead; a village seldom.
            let civilians = fact.told.iter().any(|t| t.count.group == CasualtyGroup::Civilians);
            let reach = if civilians { 1 + told.unwrap_or(dead).max(dead) / 10 } else { 0 };
            let near = told.is_some_and(|n| n.abs_diff(dead) <= reach);
            open && same_people(incident, fact) && self.section != Some(*i) && there && near
        });
        let only = fitting.next();
        only.filter(|_| fitting.next().is_none())
    }

    /// The incident that an earlier paragraph told at the same place, with as many dead.
    pub(super) fn told_there(&self, fact: &Facts, keys: &[&str]) -> Option<usize> {
        let dead = dead_of(&fact.told)?;
        let mut fitting = (0..self.incidents.len()).rev().take(NEARBY).filter(|i| {
            let incident = &self.incidents[*i];
            let other = !incident.main && !incident.abroad;
            let there = keys.iter().any(|key| incident.is_at(key));
            other
                && there
                && same_people(incident, fact)
                && incident.parts.iter().take(NEARBY).any(|p| dead_of(&p.fact.told) == Some(dead))
        });
        let only = fitting.next();
        only.filter(|_| fitting.next().is_none())
    }
}
