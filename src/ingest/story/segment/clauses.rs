//! Sentences that tell more than one incident: "…, the deadliest since 2019, when 53 soldiers died".

use super::beside::{is_hours_behind, second_place, while_elsewhere};
use super::looking_back::{
    clause_end, clause_on_before, clause_on_event, comes_after, days_after, earlier_at, looks_back,
    separate_at, two_days,
};
use super::{Teller, is_coarse};
use crate::ingest::rules::date::{DateFound, DateWords};
use crate::ingest::story::facts::Facts;
use crate::ingest::story::tell::Mention;
use std::rc::Rc;

impl Teller<'_> {
    /// Tells every incident of a sentence, one after another.
    pub(super) fn clauses(&mut self, fact: Facts) {
        // "…; the deadliest since 2019, when 53 soldiers were killed": two incidents.
        let end = fact.tokens.len();
        if let Some(since) =
            looks_back(&fact).or_else(|| separate_at(&fact)).or_else(|| earlier_at(&fact))
        {
            let inside = since..clause_end(&fact, since);
            let (now, then) = fact.split(inside);
            self.clause(now);
            self.clause(then);
        } else if let Some(at) = while_elsewhere(&fact) {
            let (now, then) = fact.split(at..end);
            self.clause(now);
            self.told_elsewhere(then, at);
        } else if let Some(at) = second_place(&fact).filter(|_| self.main.is_none()) {
            let (first, second) = fact.split(at..end);
            self.clause(first);
            self.same_day(second, at);
        } else if let Some(and) = two_days(&fact) {
            let (first, mut rest) = fact.split(and..end);
            self.clause(first);
            // "(six dead), 14 April in Douentza (nine dead) and 2 May …": one after another.
            while let Some(and) = two_days(&rest) {
                let (next, more) = rest.split(and..end);
                self.clause(next);
                rest = more;
            }
            self.clause(rest);
        } else if let Some(after) = comes_after(&fact).or_else(|| clause_on_event(&fact)) {
            let (now, mut then) = fact.split(after..end);
            // "The attack on Boni came ten days after one on Dia", in a section on what came before.
            let day = (self.calendar.day, self.calendar.coarse);
            let home = self
                .main
                .filter(|_| self.background && now.dates.is_empty() && self.names_main_place(&now));
            if let Some(main) = home {
                let start = self.incidents[main].date.as_ref().and_then(|(_, span)| span.start());
                (self.calendar.day, self.calendar.coarse) = (start, false);
                self.put(home, Rc::new(now), 0..after, None);
            } else {
                self.clause(now);
            }
            // "two weeks after ten died near Boni and a day after two were shot at Djenné".
            if let Some(and) = two_days(&then) {
                let (first, second) = then.split(and..end);
                self.earlier(second, and, None);
                then = first;
            }
            let told = days_after(&then.tokens, after).unwrap_or(after);
            let before = self.earlier(then, told, None);
            self.paragraph.extend(before.filter(|i| self.in_paragraph.insert(*i)));
            self.current = before.or(self.current);
            if home.is_some() {
                (self.calendar.day, self.calendar.coarse) = day;
            }
        } else if let Some(clause) = clause_on_before(&fact, self.story.text) {
            let at = clause.start;
            let (now, then) = fact.split(clause);
            let place = now.places.iter().rev().find(|p| p.is_named() && p.start < at);
            let place = place.map(|p| Mention::of(self.story, &now, p));
            self.clause(now);
            self.earlier(then, at, place);
        } else {
            self.clause(fact);
        }
    }

    /// What a sentence tells, from a token on, of an incident before its own: one with figures,
    /// or with a day and a place; anything less is only a mention.
    fn earlier(&mut self, fact: Facts, from: usize, place: Option<Mention>) -> Option<usize> {
        let mut calendar = self.calendar;
        let date = fact.dates.iter().filter(|d| d.end >= from).find_map(|found| {
            // "comes two days after": before the day spoken of.
            let words = match found.words {
                DateWords::After(n) if n > 0 => DateWords::After(-n),
                DateWords::MonthsAfter(n) if n > 0 => DateWords::MonthsAfter(-n),
                words => words,
            };
            let span = calendar.resolve(&DateFound { words, ..*found })?;
            Some((fact.bytes_of(found.start..found.end), span))
        });
        let counted = fact.told.iter().any(|t| !t.count.subset);
        let placed = place.is_some() || fact.places.iter().any(|p| p.is_named());
        let plain = fact.dates.iter().any(|d| matches!(d.words, DateWords::Days { .. }));
        let other = date.as_ref().is_some_and(|(_, span)| self.is_other_day(*span));
        let dated_event = plain && other && placed && !fact.events.is_empty();
        // "The raid came a day after militants attacked Kolokani", in a story that does not say its day.
        let days = |d: &DateFound| d.start + 6 > from && matches!(d.words, DateWords::After(_));
        // "five days after that of ten men at Aguelhok, the worst since 2013": no year of what came before.
        let date = date.filter(|(_, span)| dated_event || counted || !is_coarse(span));
        let dated_event = dated_event
            || fact.dates.iter().any(days)
                && self.main.is_some()
                && !self.names_main_place(&fact)
                && self.is_put_elsewhere(&fact, from);
        if !counted && !dated_event || self.is_abroad(&fact) {
            return None;
        }
        let i = match &date {
            Some((_, span)) => self.dated(&fact, *span, from)?,
            None => self.new_incident(),
        };
        if fact.places.iter().all(|p| !p.is_named()) {
            self.incidents[i].mentions.extend(place);
        }
        let end = fact.tokens.len();
        self.put(Some(i), Rc::new(fact), from..end, date);
        Some(i)
    }

    /// What a sentence tells, from a token on, of an incident somewhere else. Where it names no place,
    /// a later sentence may: "The mine went off on Sunday in Kidal".
    fn told_elsewhere(&mut self, fact: Facts, from: usize) {
        let dated = fact.dates.iter().any(|d| d.start >= from);
        if dated || fact.told.iter().all(|t| t.count.figure.start < from) {
            return self.clause(fact);
        }
        let placed = fact.places.iter().any(|p| p.start >= from && p.is_scene());
        let survey = self.main.is_none();
        if survey || is_hours_behind(&fact.tokens, from) {
            return self.same_day(fact, from);
        }
        let i = self.new_incident();
        let end = fact.tokens.len();
        self.put(Some(i), Rc::new(fact), from..end, None);
        if placed {
            self.current = Some(i);
        } else {
            self.vague = Some(i);
        }
    }

    /// A second incident of an entry, on the day of the first.
    fn same_day(&mut self, fact: Facts, from: usize) {
        let date = self.current.and_then(|c| self.incidents[c].date.clone());
        let i = self.new_incident();
        let end = fact.tokens.len();
        self.put(Some(i), Rc::new(fact), from..end, date);
        self.current = Some(i);
    }
}
