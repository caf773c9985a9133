//! Which incident a sentence tells: the current one, one told before, or a new one.

use super::elsewhere::is_second_strike;
use super::finding::is_revised;
use super::looking_back::{NEARBY, scenes};
use super::vague::{is_recent, is_vaguely_before, is_vaguely_later};
use super::{Anchor, Teller, is_there};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::date::{DateFound, DateWords};
use crate::ingest::rules::place::Tie;
use crate::ingest::story::facts::{Facts, Told};
use crate::ingest::story::tell::Incident;
use crate::ingest::token::Token;
use crate::model::date::{DatePrecision, DateSpan};

/// A main incident of more days than this is a siege or campaign: days in it with figures of
/// their own are incidents in it.
const LONG_SPAN: i32 = 31;

fn is_long(span: &DateSpan) -> bool {
    span.precision() == DatePrecision::Year
}

fn is_short(span: &DateSpan) -> bool {
    matches!(span.precision(), DatePrecision::Day | DatePrecision::Range)
        && span.days() <= Some(LONG_SPAN)
}

/// Whether one day is the day before or after the other span.
fn is_next_to(main: &DateSpan, other: &DateSpan) -> bool {
    let Some((first, last)) = main.start().zip(main.end()) else { return false };
    let Some((from, to)) = other.start().zip(other.end()) else { return false };
    let one = other.precision() == DatePrecision::Day;
    one && (last.tomorrow().ok() == Some(from) || to.tomorrow().ok() == Some(first))
}

/// A day or month by its name.
fn is_named_day(words: &DateWords) -> bool {
    matches!(words, DateWords::Days { .. } | DateWords::Month { .. })
}

impl Teller<'_> {
    /// The incident that the sentence tells: the current one, another one told before, or a
    /// new one.
    pub(super) fn target(&mut self, fact: &Facts, anchor: &mut Anchor) -> Option<usize> {
        let from = anchor.from;
        let after = |at: usize| at >= from;
        let counted = fact.told.iter().any(|t| after(t.count.figure.start));
        let cue = counted
            || fact.events.iter().any(|e| after(e.at))
            || fact.stances.iter().any(|s| after(s.evidence.start));
        // A total of a period tells no incident.
        let total = fact.told.is_empty() && !fact.aside.is_empty();
        // "Le lendemain, une seconde frappe a visé un campement à Albouhera", before its figures.
        let strike = !cue && self.main.is_some() && is_second_strike(&fact.tokens);
        if strike && self.elsewhere(fact, from) {
            let second = self.new_incident();
            self.incidents[second].apart = true;
            return Some(second);
        }
        if !cue || total {
            // "Some hours earlier, men had entered the camp at Rharous": nothing of what was told.
            let apart = self.main.is_none() && self.is_hours_apart(fact, from);
            return self.current.filter(|c| !apart && !self.is_of_other_day(*c, fact, anchor));
        }
        if counted && self.is_of_another_country(fact) {
            let abroad = self.new_incident();
            self.incidents[abroad].abroad = true;
            return Some(abroad);
        }
        if self.beyond && self.main.is_none() {
            if self.is_abroad(fact) {
                return None;
            }
            if self.current.is_none() && !self.in_mali(fact) {
                return None;
            }
        }
        let placed = fact.places.iter().any(|p| p.start >= from && p.tie != Tie::Other);
        let dated_event = anchor.date.as_ref().is_some_and(|(d, _)| {
            let entry = matches!(d.words, DateWords::Entry { .. });
            fact.events.iter().any(|e| e.at >= from && (entry || e.at.abs_diff(d.start) <= 18))
        });
        let accident =
            || fact.tokens.iter().any(|t| one_of(t, &["accident", "accidentally", "accidents"]));
        if fact.events.is_empty() && accident() {
            return None;
        }
        // "On 29 November, a bomb exploded at the airport", in a text on the town.
        let home = self.main.is_some()
            && self.background
            && anchor.date.as_ref().is_some_and(|(_, s)| s.is_some_and(|s| !is_long(&s)))
            && (is_there(&fact.tokens) || self.names_main_place(fact));
        let placed = placed || home;
        // "At Talahandak French forces kill the emir", in a chronology.
        let deed = placed
            && anchor.date.is_some()
            && fact.stances.iter().any(|s| s.evidence.start >= from);
        // "an offensive that began in northern Mali in 2012", behind the telling of an attack.
        let long_ago = anchor.date.as_ref().is_some_and(|(found, span)| {
            span.is_some_and(|s| s.precision() == DatePrecision::Year)
                && has_begun(&fact.tokens[..found.start])
        });
        if self.main.is_some() && long_ago && !counted {
            return None;
        }
        let tells =
            counted || (placed && dated_event) || (self.main.is_none() && (dated_event || deed));
        let main_span = self.main.and_then(|m| self.incidents[m].date.as_ref()).map(|(_, s)| *s);
        let span = anchor.date.as_ref().map(|(_, span)| *span);
        let elsewhere = self.elsewhere(fact, anchor.from);
        let same_day = match span {
            None => true,
            Some(span) => span.zip(main_span).is_some_and(|(own, main)| own.overlaps(&main)),
        };
        if same_day && self.counts_main_again(fact, elsewhere) {
            return self.main;
        }
        if span.is_none() && self.is_deed_on_the_ground(fact) {
            // The next paragraph may go on with it.
            let known = self.on_the_ground;
            self.on_the_ground = Some(known.unwrap_or_else(|| self.new_incident()));
            return self.on_the_ground;
        }
        match span {
            Some(Some(span)) if !tells => self.of_that_day(fact, span, from),
            Some(Some(span)) if self.main.is_none() => self.dated(fact, span, anchor.from),
            Some(Some(span)) => {
                let fits = main_span.is_some_and(|m| m.overlaps(&span));
                let coarse = matches!(span.precision(), DatePrecision::Month | DatePrecision::Year);
                let other_bombing = self.is_other_bombing(fact, counted);
                let home = self.names_main_place(fact);
                let begun = self.main.is_some_and(|m| !self.incidents[m].parts.is_empty());
                // "In August, JNIM attacked a convoy near Anéfis", before a battle of that month.
                let named = !home && self.background && self.is_put_elsewhere(fact, from);
                let other_month = coarse && (counted && !home && begun || named);
                // An infobox with the day after the one that the text begins with.
                let adjacent = main_span.is_some_and(|m| is_next_to(&m, &span));
                if adjacent && home && !begun && !self.background {
                    return self.main;
                }
                let band = main_span.is_some_and(|m| m.days() > Some(LONG_SPAN));
                // The title again: "The Battle of X, also known as that of Y, took place from …".
                if fits && !counted && !begun && !self.background {
                    return self.main;
                }
                if fits && counted && band && !self.background && is_short(&span) {
                    return self.day_of_band(fact, span, anchor.from);
                }
                if fits && !other_month && !elsewhere && !other_bombing {
                    return self.main.filter(|_| !self.background || !counted).or(self.current);
                }
                let dated = self.dated(fact, span, anchor.from)?;
                self.incidents[dated].apart |= elsewhere;
                Some(dated)
            }
            // "on 22 April", in a story that does not say which year.
            Some(None) if counted && self.is_main_day(fact) => self.main,
            // "were executed last week", before the lead says on which days.
            Some(None) if counted && self.opens_lead(fact) => self.main,
            Some(None) if counted => Some(self.new_incident()),
            Some(None) if self.main.is_none() && placed && dated_event => Some(self.new_incident()),
            Some(None) if self.opens_other_weekday(fact, anchor) => {
                let new = self.new_incident();
                self.incidents[new].apart = true;
                Some(new)
            }
            // "In March, a checkpoint was targeted. That assault left two dead."
            Some(None) if dated_event && self.is_other_month(fact) => Some(self.new_incident()),
            _ if self.interrupts(self.current) && self.names_main_place(fact) && !elsewhere => {
                self.main
            }
            _ if elsewhere && self.counts_current(fact, from) => self.current,
            _ if elsewhere => {
                // "alleged to have also attacked Ségou": on the same day.
                let also = fact.tokens.iter().any(|t| one_of(t, &["also", "aussi", "egalement"]))
                    && !self.main.is_some_and(|m| self.is_claimed_far(&self.incidents[m], fact))
                    || self.is_hours_apart(fact, from);
                let keys = scenes(fact, from);
                if let Some(told) = self.told_there(fact, &keys) {
                    return Some(told);
                }
                let new = self.new_incident();
                self.incidents[new].apart = true;
                let main = self.main.and_then(|m| self.incidents[m].date.clone());
                let day = if also { main } else { None };
                let item = self
                    .current
                    .and_then(|c| self.incidents[c].date.clone())
                    .filter(|_| self.main.is_none());
                self.incidents[new].date = day.or(item);
                Some(new)
            }
            None if counted
                && self.main.is_some()
                && is_vaguely_before(&fact.tokens)
                && (self.has_begun() || !is_recent(&fact.tokens))
                && !is_revised(&fact.tokens) =>
            {
                Some(self.new_incident())
            }
            None if counted
                && self.current.is_some()
                && (self.background || self.current != self.main)
                && is_vaguely_later(&fact.tokens)
                && fact.speeches.is_empty() =>
            {
                Some(self.new_incident())
            }
            None if self.back_to(fact, from).is_some() => self.back_to(fact, from),
            _ if self.background && counted && self.is_other_kind(fact) => {
                Some(self.new_incident())
            }
            _ if self.main.is_none() && self.current.is_none() => {
                let placed = fact.places.iter().any(|p| p.tie != Tie::Other);
                (counted && placed).then(|| self.new_incident())
            }
            _ if self.background && self.current.is_none() && counted => Some(self.new_incident()),
            _ => self.current,
        }
    }

    /// "Fin juin, un marché avait fermé à Dioura", behind an attack of July near Ténenkou: no more of
    /// that one.
    fn is_of_other_day(&self, current: usize, fact: &Facts, anchor: &Anchor) -> bool {
        let incident = &self.incidents[current];
        let own = anchor.date.as_ref().and_then(|(_, span)| *span);
        let theirs = incident.date.as_ref().map(|(_, span)| *span);
        let differ = own.zip(theirs).is_some_and(|(a, b)| !a.overlaps(&b));
        let scenes = scenes(fact, anchor.from);
        !incident.main && differ && !scenes.is_empty() && scenes.iter().all(|k| !incident.is_at(k))
    }

    /// "Mercredi dernier, des roquettes avaient visé le camp de Kidal", which counts nobody.
    fn opens_other_weekday(&self, fact: &Facts, anchor: &Anchor) -> bool {
        anchor.date.as_ref().is_some_and(|(found, _)| self.is_other_weekday(fact, found))
    }

    /// Whether something of the main incident is told already.
    fn has_begun(&self) -> bool {
        self.main.is_some_and(|m| !self.incidents[m].parts.is_empty())
    }

    /// "The army killed its deputy in May 2021" behind what happened in March 2020: a dated sentence
    /// without figures and place is of the current incident only when the days agree.
    fn of_that_day(&mut self, fact: &Facts, span: DateSpan, from: usize) -> Option<usize> {
        let current = self.current?;
        let date = self.incidents[current].date.as_ref().map(|(_, s)| *s);
        let agrees = date.is_none_or(|d| d.overlaps(&span));
        if agrees || self.incidents[current].main {
            return Some(current);
        }
        let deed = fact.stances.iter().any(|s| s.evidence.start >= from);
        if deed && !fact.events.is_empty() { self.dated(fact, span, from) } else { None }
    }

    /// Whether a sentence with "last week" is the first that tells of the main incident, whose days
    /// stand in the next.
    fn opens_lead(&self, fact: &Facts) -> bool {
        let vague = |d: &DateFound| {
            matches!(
                d.words,
                DateWords::LastWeek
                    | DateWords::Weekend
                    | DateWords::Weekday(_)
                    | DateWords::LastWeekday(_)
            )
        };
        let main = self.main.map(|m| &self.incidents[m]);
        !self.background
            && main
                .is_some_and(|m| m.date.is_some() && m.parts.iter().all(|p| p.told().count() == 0))
            && fact.dates.iter().all(vague)
    }

    /// A day with figures of its own within a siege or campaign of months, at its place when it
    /// names no other.
    fn day_of_band(&mut self, fact: &Facts, span: DateSpan, from: usize) -> Option<usize> {
        let day = self.dated(fact, span, from)?;
        let unplaced = self.incidents[day].keys().next().is_none() && scenes(fact, from).is_empty();
        if let Some(main) = self.main.filter(|_| unplaced) {
            self.incidents[day].mentions = self.incidents[main].mentions.clone();
        }
        Some(day)
    }

    /// Whether a month without a year is not the main incident's, behind its telling.
    fn is_other_month(&self, fact: &Facts) -> bool {
        let begun = self.main.is_some_and(|m| !self.incidents[m].parts.is_empty());
        let named = fact.dates.iter().map(|d| d.words).find(is_named_day);
        begun
            && named != self.main_day
            && matches!(named, Some(DateWords::Month { year: None, .. }))
    }

    /// Whether a day whose year nobody knows is that of the main incident: the first that the story
    /// counts anybody on, or that one again.
    fn is_main_day(&mut self, fact: &Facts) -> bool {
        let Some(main) = self.main.filter(|m| self.incidents[*m].date.is_none()) else {
            return false;
        };
        let day = fact.dates.iter().map(|d| d.words).find(is_named_day);
        // A title line or a first sentence without a day may have counted the same dead before.
        let counted: Vec<_> = self.incidents[main].parts.iter().flat_map(|p| p.told()).collect();
        let again = |t: &Told| {
            let same =
                |b: &&&Told| (b.count.measure, b.count.min) == (t.count.measure, t.count.min);
            counted.iter().any(|b| same(&b))
        };
        let first = self.main_day.is_none()
            && !self.background
            && (counted.is_empty() || fact.told.iter().all(again));
        if first && day.is_some() {
            self.main_day = day;
        }
        day.is_some() && day == self.main_day
    }

    /// "Two peacekeepers died", behind a look back at ten who died days before: the figures of the
    /// main incident again, and not of the one that was told last.
    /// Told of another place they are two at least.
    fn counts_main_again(&self, fact: &Facts, elsewhere: bool) -> bool {
        let Some((main, current)) = self.main.zip(self.current) else { return false };
        if main == current && !elsewhere {
            return false;
        }
        let told_of = |i: usize, told: &Told| {
            let parts = self.incidents[i].parts.iter().rev().take(NEARBY);
            let figure = |t: &Told| (t.count.measure, t.count.group, t.count.min);
            parts.flat_map(|p| p.told()).any(|t| figure(t) == figure(told))
        };
        let whole = fact.told.iter().filter(|t| !t.count.subset && t.count.min.is_some());
        let again = |t: &&Told| told_of(main, t) && (main == current || !told_of(current, t));
        let (all, same) = (whole.clone().count(), whole.filter(again).count());
        !self.background && if elsewhere { same >= 2 && same == all } else { same > 0 }
    }

    pub(super) fn names_main_place(&self, fact: &Facts) -> bool {
        let Some(main) = self.main.map(|m| &self.incidents[m]) else {
            return false;
        };
        fact.places.iter().any(|p| p.is_named() && main.has_place(&p.key))
    }

    /// Whether the sentence tells a kind of event that the current incident is not.
    fn is_other_kind(&self, fact: &Facts) -> bool {
        let Some(current) = self.current.map(|c| &self.incidents[c]) else {
            return true;
        };
        let kinds = |events: &[crate::ingest::story::facts::Event]| -> Vec<_> {
            events.iter().filter_map(|e| e.word.kind()).collect()
        };
        let theirs = kinds(&fact.events);
        let latest = current.parts.iter().rev().take(NEARBY);
        let told: Vec<_> = latest.flat_map(|p| kinds(&p.fact.events)).collect();
        !theirs.is_empty() && !told.is_empty() && theirs.iter().all(|k| !told.contains(k))
    }

    pub(super) fn new_incident(&mut self) -> usize {
        self.incidents.push(Incident::default());
        self.incidents.len() - 1
    }
}

/// "… that began in", "a éclaté en": what a year is said of is no one event.
fn has_begun(before: &[Token]) -> bool {
    static BEGAN: Words = Words::new(&[
        "began", "begun", "started", "erupted", "launched", "emerged", "spread", "unleashed",
        "revolted", "debute", "commence", "eclate", "declenchee", "declenche", "surgi",
    ]);
    before.iter().rev().take(10).any(|t| BEGAN.has(t))
}
