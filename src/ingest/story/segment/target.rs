//! Which incident a sentence tells: the current one, one told before, or a new one.

use super::looking_back::{
    NEARBY, has_own_time, is_finding, is_lasting, is_publication, is_separate, is_vaguely_before,
    month_after, relative_at, scenes, since_at,
};
use super::{Anchor, Teller};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::date::{DateFound, DateWords};
use crate::ingest::rules::place::{Lies, PlaceSort, Tie};
use crate::ingest::story::facts::Facts;
use crate::ingest::story::tell::{Incident, Mention};
use crate::knowledge::words::EventWord;
use crate::model::date::{DatePrecision, DateSpan};

/// A main incident of more days than this is a siege or campaign: days in it with figures of
/// their own are incidents in it.
const LONG_SPAN: i32 = 31;

fn is_short(span: &DateSpan) -> bool {
    matches!(span.precision(), DatePrecision::Day | DatePrecision::Range)
        && span.days() <= Some(LONG_SPAN)
}

impl Teller<'_> {
    /// The first date in the sentence that can be the event's.
    pub(super) fn anchor(&mut self, fact: &Facts) -> Anchor {
        // In a survey "On 28 February, television reported that" dates what is reported.
        // "On 24 May the group said it had attacked": said before the main incident, it is of
        // another one.
        let main_start =
            self.main.and_then(|m| self.incidents[m].date.as_ref()).and_then(|(_, s)| s.start());
        let earlier = |d: &DateFound| {
            let told = self.calendar.clone().resolve(d).and_then(|s| s.end());
            matches!(d.words, DateWords::Days { .. })
                && told.zip(main_start).is_some_and(|(said, main)| said < main)
        };
        let said = fact
            .speeches
            .iter()
            .find_map(|s| s.said_on)
            .filter(|d| d.start <= 3 && (self.main.is_none() || earlier(d)));
        if let Some(found) = said {
            let span = self.calendar.resolve(&found);
            return Anchor { date: span.map(|s| (found, Some(s))), from: 0 };
        }
        for found in &fact.dates {
            if matches!(found.words, DateWords::Year(_))
                && found.start <= 1
                && let DateWords::Year(year) = found.words
            {
                self.calendar.year = Some(year);
            }
            let since = since_at(&fact.tokens, found.start);
            let relative = relative_at(fact, found);
            let after = month_after(&fact.tokens, found);
            // "Six days before the massacre, on 17 March": the day itself says more.
            let leaning = matches!(found.words, DateWords::After(_) | DateWords::MonthsAfter(_));
            let plain = |d: &DateFound| matches!(d.words, DateWords::Days { .. });
            if is_publication(&fact.tokens, found.start)
                || is_lasting(&fact.tokens, found.start)
                || is_finding(&fact.tokens, found.start..found.end)
                || (leaning && fact.dates.iter().any(plain))
            {
                continue;
            }
            // A date that looks back does not move the calendar.
            let mut probe = self.calendar;
            // "said on Saturday that it had killed twelve the day before".
            if let Some(said) = fact.speeches.iter().find_map(|s| s.said_on).filter(|_| leaning) {
                probe.resolve(&said);
            }
            let span = match after {
                Some(words) => probe.resolve(&DateFound { words, ..*found }),
                None => probe.resolve(found),
            };
            if since.is_none() && relative.is_none() {
                self.calendar = probe;
            }
            let vague = matches!(
                found.words,
                DateWords::Weekday(_)
                    | DateWords::LastWeekday(_)
                    | DateWords::SameDay
                    | DateWords::BeforePublication(_)
                    | DateWords::Weekend
                    | DateWords::Weekdays(..)
            );
            // A weekend that cannot be told from the next is still not the day spoken of.
            let some_weekend =
                found.words == DateWords::Weekend && self.story.meta.published.is_some();
            if span.is_none() && vague && !some_weekend {
                continue;
            }
            if span.is_none() && matches!(found.words, DateWords::After(_)) {
                continue;
            }
            let from = match (since.or(relative), after) {
                (Some(open), _) => open,
                (_, Some(_)) => found.start,
                _ => 0,
            };
            let told_after = from == 0
                || fact.told.iter().any(|t| t.count.figure.start >= from)
                || fact.events.iter().any(|e| e.at >= from && e.at <= found.end);
            if !told_after {
                continue;
            }
            return Anchor { date: Some((*found, span)), from };
        }
        Anchor { date: None, from: 0 }
    }

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
        if !cue || total {
            return self.current;
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
            fact.tokens.iter().any(|t| one_of(t, &["accident", "accidentally", "accidents"]));
        if accident && fact.events.is_empty() {
            return None;
        }
        let tells = counted || (placed && dated_event) || (self.main.is_none() && dated_event);
        let main_span = self.main.and_then(|m| self.incidents[m].date.as_ref()).map(|(_, s)| *s);
        let span = anchor.date.as_ref().map(|(_, span)| *span);
        let elsewhere = self.elsewhere(fact, anchor.from);
        match span {
            Some(Some(_)) if !tells => self.current,
            Some(Some(span)) if self.main.is_none() => self.dated(fact, span, anchor.from),
            Some(Some(span)) => {
                let fits = main_span.is_some_and(|m| m.overlaps(&span));
                let coarse = matches!(span.precision(), DatePrecision::Month | DatePrecision::Year);
                let other_bombing = self.is_other_bombing(fact, counted);
                let home = self.names_main_place(fact);
                let begun = self.main.is_some_and(|m| !self.incidents[m].parts.is_empty());
                let other_month = coarse && counted && !home && begun;
                let band = main_span.is_some_and(|m| m.days() > Some(LONG_SPAN));
                if fits && counted && band && !self.background && is_short(&span) {
                    return self.day_of_band(fact, span, anchor.from);
                }
                if fits && !other_month && !elsewhere && !other_bombing {
                    return self.main.filter(|_| !self.background || !counted).or(self.current);
                }
                self.dated(fact, span, anchor.from)
            }
            Some(None) if counted => Some(self.new_incident()),
            _ if self.interrupts(self.current) && self.names_main_place(fact) && !elsewhere => {
                self.main
            }
            _ if elsewhere => {
                // "alleged to have also attacked Ségou": on the same day.
                let also = fact.tokens.iter().any(|t| one_of(t, &["also", "aussi", "egalement"]));
                let new = self.new_incident();
                let main = self.main.and_then(|m| self.incidents[m].date.clone());
                let day = if also { main } else { None };
                let item = self
                    .current
                    .and_then(|c| self.incidents[c].date.clone())
                    .filter(|_| self.main.is_none());
                self.incidents[new].date = day.or(item);
                Some(new)
            }
            None if counted && self.main.is_some() && is_vaguely_before(&fact.tokens) => {
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

    fn names_main_place(&self, fact: &Facts) -> bool {
        let Some(main) = self.main.map(|m| &self.incidents[m]) else {
            return false;
        };
        fact.places.iter().any(|p| p.is_named() && main.has_place(&p.key))
    }

    /// An incident told earlier in the paragraph at the place that the sentence names, when that
    /// is not the current one's.
    fn back_to(&self, fact: &Facts, from: usize) -> Option<usize> {
        let keys = scenes(fact, from);
        let at = |i: usize| keys.iter().any(|key| self.incidents[i].is_at(key));
        let current = self.current?;
        if keys.is_empty() || at(current) {
            return None;
        }
        self.paragraph.iter().rev().take(NEARBY).copied().find(|i| *i != current && at(*i))
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

    /// The incident of that date told before at a place that fits, or a new one.
    pub(super) fn dated(&mut self, fact: &Facts, span: DateSpan, from: usize) -> Option<usize> {
        let keys = scenes(fact, from);
        let undated =
            self.section.filter(|s| self.current == Some(*s) && self.incidents[*s].date.is_none());
        if let Some(section) = undated {
            return Some(section);
        }
        let same_day = fact.tokens.iter().any(|t| one_of(t, &["same", "meme"]));
        let same_date = self.by_date.get(&span).map_or(&[][..], Vec::as_slice);
        let told = same_date.iter().rev().take(NEARBY).copied().find(|&i| {
            let incident = &self.incidents[i];
            let shared = keys.iter().any(|key| incident.is_at(key));
            let unplaced = incident.keys().next().is_none();
            let continues = self.current == Some(i) && (keys.is_empty() || (unplaced && !same_day));
            !incident.main && (shared || continues)
        });
        told.or_else(|| Some(self.new_incident()))
    }

    /// Whether the sentence puts its event at a place that is not the main incident's: with
    /// figures of its own or said to be separate.
    fn elsewhere(&self, fact: &Facts, from: usize) -> bool {
        let separate = is_separate(&fact.tokens);
        let Some(main) = self.main.map(|m| &self.incidents[m]) else {
            return separate && self.current.is_some();
        };
        let others: Vec<_> = fact
            .places
            .iter()
            .filter(|p| p.start >= from)
            .filter(|p| !matches!(p.sort, PlaceSort::Country(_) | PlaceSort::Region(_)))
            .filter(|p| !main.has_place(&p.key))
            .collect();
        let at_home = fact.places.iter().any(|p| p.is_named() && main.has_place(&p.key));
        if others.is_empty() || at_home {
            return false;
        }
        let counted = fact.told.iter().any(|t| t.count.figure.start >= from && !t.count.subset);
        let named_main = main.mentions.iter().any(Mention::is_named);
        let there = others.iter().any(|p| p.lies != Lies::Area && p.tie == Tie::At);
        let also = fact.tokens.iter().any(|t| one_of(t, &["also", "aussi", "egalement"]));
        let attacked = (also && there && !fact.events.is_empty())
            || others.iter().any(|p| {
                p.start > 0
                    && one_of(
                        &fact.tokens[p.start - 1],
                        &["attacked", "attaque", "shelled", "raided", "stormed"],
                    )
            });
        // In the main incident's own narrative a further village may be a part of it: only
        // another kind of event, or the word "separate", sets it apart.
        // A place of another region, with figures of its own, is another incident.
        let far = counted && others.iter().any(|p| p.tie == Tie::At && self.is_far(main, &p.key));
        // "Last week's attack at Hombori", "The same day, a mine killed two near Djenné".
        let apart = named_main
            && counted
            && has_own_time(fact)
            && others.iter().any(|p| p.lies != Lies::Area && p.tie != Tie::Other);
        separate
            || far
            || apart
            || (named_main && attacked)
            || (named_main && counted && there && self.is_other_event(fact))
    }

    /// Whether a place lies in no region of the main incident's places; false when it is not
    /// known.
    fn is_far(&self, main: &Incident, key: &str) -> bool {
        let known = &self.story.vocabulary.place_regions;
        let regions = |key: &str| known.get(key).map_or(&[][..], Vec::as_slice);
        let theirs = regions(key);
        let home: Vec<&String> = main.mentions.iter().flat_map(|m| regions(&m.key)).collect();
        !theirs.is_empty() && !home.is_empty() && theirs.iter().all(|r| !home.contains(&r))
    }

    /// Whether the sentence tells a kind of event that the main one is not, or names a cause
    /// or consequence.
    fn is_other_event(&self, fact: &Facts) -> bool {
        let kinds = |w: EventWord| w.kind();
        let Some(main) = self.main.map(|m| &self.incidents[m]) else {
            return false;
        };
        let main_kinds: Vec<_> = main.events.iter().copied().filter_map(kinds).collect();
        let theirs: Vec<_> = fact.events.iter().map(|e| e.word).filter_map(kinds).collect();
        let new_kind = theirs.iter().any(|k| !main_kinds.contains(k)) && !theirs.is_empty();
        let consequence = fact.tokens.iter().any(|t| {
            one_of(
                t,
                &[
                    "response", "retaliation", "reprisal", "represailles", "riposte", "also",
                    "denounced", "denonce",
                ],
            )
        });
        new_kind || consequence
    }

    /// A bomb with its own hour and dead inside the telling of a massacre is another incident.
    fn is_other_bombing(&self, fact: &Facts, counted: bool) -> bool {
        let Some(main) = self.main.map(|m| &self.incidents[m]) else {
            return false;
        };
        let unarmed =
            main.events.iter().any(|e| matches!(e, EventWord::Massacre | EventWord::Execution));
        let bombing = fact.events.iter().any(|e| e.word == EventWord::Bombing);
        unarmed && bombing && counted && !fact.dates.is_empty()
    }

    /// Whether the sentence puts its event in another country.
    pub(super) fn is_abroad(&self, fact: &Facts) -> bool {
        let abroad = fact.places.iter().any(|p| match &p.sort {
            PlaceSort::Country(_) => p.tie == Tie::At,
            PlaceSort::Named { .. } => p.tie != Tie::Other && p.lies == Lies::Abroad,
            _ => false,
        });
        let here = fact.tokens.windows(2).any(|w| {
            one_of(&w[0], &["in", "au", "northern", "central", "southern"]) && w[1].norm == "mali"
        });
        abroad && !here && !self.malian_place(fact)
    }

    /// "In neighbouring Niger, 30 soldiers were killed", in a document whose main incident is not
    /// abroad.
    fn is_of_another_country(&self, fact: &Facts) -> bool {
        let at_home = |i: usize| {
            let named = &self.incidents[i].mentions;
            !named.iter().any(|m| matches!(m.sort, PlaceSort::Country(_)) || m.lies == Lies::Abroad)
        };
        let told = self.main.is_some_and(at_home);
        let placed = fact.places.iter().any(|p| p.is_named());
        // "a peacekeeper from Chad was killed" says where he was from.
        let there = |i: usize| {
            fact.tokens[i.saturating_sub(2)..i]
                .iter()
                .any(|t| one_of(t, &["in", "au", "en", "across", "neighbouring", "neighboring"]))
        };
        let abroad =
            fact.places.iter().any(|p| matches!(p.sort, PlaceSort::Country(_)) && there(p.start));
        told && !placed && abroad && self.is_abroad(fact) && !self.in_mali(fact)
    }

    pub(super) fn in_mali(&self, fact: &Facts) -> bool {
        let named = fact
            .tokens
            .iter()
            .any(|t| one_of(t, &["mali", "malian", "malien", "maliens", "malienne", "maliennes"]));
        named || self.malian_place(fact)
    }

    fn malian_place(&self, fact: &Facts) -> bool {
        fact.places.iter().any(|p| match &p.sort {
            PlaceSort::Region(_) | PlaceSort::Cercle => true,
            PlaceSort::Named { .. } => matches!(p.lies, Lies::InMali | Lies::Area),
            _ => false,
        })
    }
}
