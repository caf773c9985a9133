//! Which incident a sentence tells: the current one, one told before, or a new one.

use super::finding::{is_finding, is_of_noun, is_publication, is_read_out, is_reason, is_revised};
use super::looking_back::{
    NEARBY, is_lasting, is_vaguely_before, month_after, relative_at, scenes, since_at,
};
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

/// "the day before the attack", "a week prior to the massacre".
fn leans_on_event(tokens: &[Token], found: &DateFound) -> bool {
    const EVENTS: &[&str] = &[
        "attack", "attacks", "raid", "massacre", "massacres", "ambush", "battle", "assault",
        "strike", "bombing", "operation", "attaque", "massacres",
    ];
    let to = usize::from(tokens.get(found.end).is_some_and(|t| t.norm == "to"));
    let the = tokens.get(found.end + to).is_some_and(|t| one_of(t, &["the", "this", "l"]));
    the && tokens.get(found.end + to + 1).is_some_and(|t| one_of(t, EVENTS))
}

/// A day or month by its name.
fn is_named_day(words: &DateWords) -> bool {
    matches!(words, DateWords::Days { .. } | DateWords::Month { .. })
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
            // "In the same month the mission reported that a strike in January had killed 19".
            let of_month = matches!(found.words, DateWords::MonthsAfter(0))
                && fact.dates.iter().any(|d| matches!(d.words, DateWords::Month { .. }));
            // "a statement read out on 18 June": no day of the event, but "the same day" is that one.
            if is_read_out(&fact.tokens, found.start) {
                self.calendar.resolve(found);
                continue;
            }
            if of_month
                || self.is_day_of_quotation(fact, found)
                || is_publication(&fact.tokens, found.start)
                || is_lasting(&fact.tokens, found.start)
                || !matches!(found.words, DateWords::Month { .. })
                    && is_finding(&fact.tokens, found.start..found.end)
                || is_reason(&fact.tokens, found)
                || is_of_noun(&fact.tokens, found)
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
            // "The day before the attack, a mine had killed one".
            if leaning && leans_on_event(&fact.tokens, found) {
                probe.day = main_start.or(probe.day);
                probe.coarse &= main_start.is_none();
            }
            let span = match after {
                Some(words) => probe.resolve(&DateFound { words, ..*found }),
                None => {
                    let running = probe;
                    let span = probe.resolve(found);
                    // "En décembre dernier", "had killed 30 in December": of the year before.
                    match self.year_before(fact, found, span) {
                        Some(earlier) => {
                            probe = running;
                            self.calendar.clone().resolve(&earlier)
                        }
                        None => span,
                    }
                }
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
            let other_weekday = self.is_other_weekday(fact, found);
            if span.is_none() && vague && !some_weekend && !other_weekday {
                continue;
            }
            // "A week later militants attacked a base in Kidal", behind "In November": nobody knows
            // which day, but another one.
            let another = self.calendar.coarse
                && fact.places.iter().any(|p| p.is_scene())
                && self
                    .current
                    .is_none_or(|c| scenes(fact, 0).iter().all(|k| !self.incidents[c].is_at(k)));
            if span.is_none() && matches!(found.words, DateWords::After(_)) && !another {
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

    /// "the attack of this morning", quoted from a statement: the day of the statement, of which
    /// nobody knows whether it is that of the paper. It makes no other incident.
    fn is_day_of_quotation(&self, fact: &Facts, found: &DateFound) -> bool {
        let dated = self.main.is_some_and(|m| self.incidents[m].date.is_some());
        let today = matches!(found.words, DateWords::BeforePublication(0 | 1));
        dated && today && {
            let before = &fact.tokens[..found.start];
            let mark = before.iter().rev().find(|t| t.is_quote());
            let straight = before.iter().filter(|t| t.is("\"")).count() % 2 == 1;
            straight || mark.is_some_and(|t| t.is("“") || t.is("«"))
        }
    }

    /// "En décembre dernier, 31 civils avaient péri", "in December, gunmen had killed 31", told after a
    /// main incident of March: the month or day with the year before.
    fn year_before(
        &self,
        fact: &Facts,
        found: &DateFound,
        span: Option<DateSpan>,
    ) -> Option<DateFound> {
        let main = self.main.and_then(|m| self.incidents[m].date.as_ref())?.1.start()?;
        let later = span.and_then(|s| s.start()).filter(|start| *start > main)?;
        // A story written later than that can speak of it.
        if later.year() != main.year() || self.calendar.published.is_some_and(|p| p >= later) {
            return None;
        }
        let tokens = &fact.tokens;
        let last = tokens.get(found.end).is_some_and(|t| one_of(t, &["dernier", "derniere"]))
            || found.start > 0 && one_of(&tokens[found.start - 1], &["last"]);
        let by = found.start > 0 && one_of(&tokens[found.start - 1], &["by", "d"]);
        let past = fact.speeches.is_empty()
            && !by
            && tokens.windows(2).any(|w| {
                one_of(&w[0], &["had", "avait", "avaient"])
                    && (w[1].norm.ends_with("ed")
                        || one_of(&w[1], &["ete", "peri", "tue", "fait", "died"]))
            });
        // "those that killed three near Hombori on 28 December".
        let since = tokens[..found.start].iter().any(|t| one_of(t, &["after", "apres", "since"]))
            && tokens[..found.start]
                .iter()
                .any(|t| one_of(t, &["those", "celles", "ceux", "celle"]));
        if !(last || past || since) {
            return None;
        }
        let year = Some(main.year() - 1);
        let words = match found.words {
            DateWords::Days { from, to, year: None } => DateWords::Days { from, to, year },
            DateWords::Month { month, year: None } => DateWords::Month { month, year },
            _ => return None,
        };
        Some(DateFound { words, ..*found })
    }

    /// "On Friday two soldiers were killed at Douentza", in a story of a Thursday without a day of
    /// its own: nobody knows which Friday, but another day at another place.
    fn is_other_weekday(&self, fact: &Facts, found: &DateFound) -> bool {
        let DateWords::Weekday(weekday) = found.words else { return false };
        let main = self.main.map(|m| &self.incidents[m]);
        let date = main.and_then(|m| m.date.as_ref()).map(|(_, span)| *span);
        let Some(day) = date.filter(|s| s.days() == Some(1)).and_then(|s| s.start()) else {
            return false;
        };
        let counted = fact.told.iter().any(|t| !t.count.subset);
        let mut scenes = fact.places.iter().filter(|p| p.is_scene());
        let elsewhere = scenes.any(|p| main.is_some_and(|m| !m.has_place(&p.key)));
        self.story.meta.published.is_none()
            && day.weekday() != weekday
            && counted
            && elsewhere
            && !self.names_main_place(fact)
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
            || fact.tokens.iter().any(|t| one_of(t, &["accident", "accidentally", "accidents"]));
        if fact.events.is_empty() && accident() {
            return None;
        }
        // "On 29 November, a bomb exploded at the airport", in a text on the town.
        let home = self.main.is_some()
            && self.background
            && anchor.date.as_ref().is_some_and(|(_, s)| s.is_some_and(|s| !is_long(&s)))
            && (is_there(fact) || self.names_main_place(fact));
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
                self.dated(fact, span, anchor.from)
            }
            // "on 22 April", in a story that does not say which year.
            Some(None) if counted && self.is_main_day(fact) => self.main,
            // "were executed last week", before the lead says on which days.
            Some(None) if counted && self.opens_lead(fact) => self.main,
            Some(None) if counted => Some(self.new_incident()),
            // "In March, a checkpoint was targeted. That assault left two dead."
            Some(None) if dated_event && self.is_other_month(fact) => Some(self.new_incident()),
            _ if self.interrupts(self.current) && self.names_main_place(fact) && !elsewhere => {
                self.main
            }
            _ if elsewhere => {
                // "alleged to have also attacked Ségou": on the same day.
                let also = fact.tokens.iter().any(|t| one_of(t, &["also", "aussi", "egalement"]));
                let keys = scenes(fact, from);
                if let Some(told) = self.told_there(fact, &keys) {
                    return Some(told);
                }
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
            None if counted
                && self.main.is_some()
                && is_vaguely_before(&fact.tokens)
                && !is_revised(&fact.tokens) =>
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
        let first = self.incidents[main].parts.is_empty() && !self.background;
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

    fn names_main_place(&self, fact: &Facts) -> bool {
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
