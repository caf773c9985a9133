//! When a sentence puts its event: the first of its dates that is not the day of something else.

use super::finding::{is_finding, is_of_noun, is_publication, is_read_out, is_reason, publishes};
use super::looking_back::{is_lasting, month_after, relative_at, scenes, since_at};
use super::{Anchor, Teller};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::date::{DateFound, DateWords};
use crate::ingest::rules::place::Lies;
use crate::ingest::story::facts::Facts;
use crate::ingest::token::Token;
use crate::model::date::DateSpan;
use crate::model::incident::Stance;
use jiff::civil::Weekday;

/// The weekday on which a sentence puts its event.
fn first_weekday(fact: &Facts) -> Option<Weekday> {
    fact.dates.iter().find_map(|d| match d.words {
        DateWords::Weekday(weekday) | DateWords::LastWeekday(weekday) => Some(weekday),
        _ => None,
    })
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

/// "Deux jours plus tôt, un autre responsable avait indiqué que onze soldats avaient péri dans ce
/// raid": the day of what is said, when it opens the sentence and what is said is of this event.
fn is_day_of_saying(fact: &Facts, found: &DateFound) -> bool {
    const EVENTS: &[&str] =
        &["raid", "attaque", "attack", "embuscade", "ambush", "assaut", "assault", "operation"];
    let told = |at: usize| fact.told.iter().all(|t| t.count.figure.start > at);
    let said = fact.speeches.iter().any(|s| {
        (found.end..found.end + 8).contains(&s.words.start)
            && told(s.words.start)
            && fact.events.iter().all(|e| e.at > s.words.start)
    });
    let this = fact
        .tokens
        .windows(2)
        .any(|w| one_of(&w[0], &["ce", "cette", "this", "that"]) && one_of(&w[1], EVENTS));
    found.start <= 1 && said && this
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
            .filter(|d| d.start <= 3 && (self.main.is_none() || earlier(d)))
            .filter(|d| !publishes(fact, d));
        if let Some(found) = said {
            let span = self.calendar.resolve(&found);
            return Anchor { date: span.map(|s| (found, Some(s))), from: 0, headed: None };
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
                || publishes(fact, found)
                || self.main.is_some() && leaning && is_day_of_saying(fact, found)
                || self.main.is_some() && self.is_day_of_accusing(fact, found)
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
            // So is "Four days later, the CMA took Tin-Essako" in a report that gives no year.
            let another = (self.calendar.coarse || self.main.is_none())
                && fact.places.iter().any(|p| p.is_scene())
                && self
                    .current
                    .is_none_or(|c| scenes(fact, 0).iter().all(|k| !self.incidents[c].is_at(k)));
            // "Une semaine plus tôt, 35 habitants avaient été massacrés à Sobane Da", in a story without
            // a day of its own.
            let another = another || self.is_other_undated(fact, found);
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
            return Anchor { date: Some((*found, span)), from, headed: None };
        }
        Anchor { date: None, from: 0, headed: None }
    }

    /// Whether a day told by another, which nobody knows, opens a sentence that counts people at a place
    /// that is not the main incident's.
    fn is_other_undated(&self, fact: &Facts, found: &DateFound) -> bool {
        let Some(main) = self.main.map(|m| &self.incidents[m]) else { return false };
        let earlier = matches!(found.words, DateWords::After(n) if n < 0) && found.start <= 1;
        let counted = fact.told.iter().any(|t| !t.count.subset);
        let mut scenes = fact.places.iter().filter(|p| p.is_scene() && p.lies != Lies::Area);
        let unsaid = fact.speeches.iter().all(|s| s.words.start > found.end + 4);
        earlier
            && unsaid
            && counted
            && main.date.is_none()
            && !main.parts.is_empty()
            && scenes.any(|p| !main.has_place(&p.key))
            && !self.names_main_place(fact)
    }

    /// "Dès avril 2022, Human Rights Watch avait accusé l'armée d'avoir tué 300 civils": from when on it
    /// was said.
    fn is_day_of_accusing(&self, fact: &Facts, found: &DateFound) -> bool {
        let before = &fact.tokens[..found.start];
        let from_on =
            before.last().is_some_and(|t| &self.story.text[t.start..t.end].to_lowercase() == "dès")
                || before
                    .windows(3)
                    .any(|w| w[0].norm == "as" && w[1].norm == "early" && w[2].norm == "as");
        let accused = fact
            .stances
            .iter()
            .any(|s| s.stance == Stance::Accused && s.evidence.start >= found.end);
        found.start <= 4 && from_on && accused
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

    /// "On Friday two soldiers were killed at Douentza", in a story of a Thursday without a day of its
    /// own, and "Mercredi dernier, des roquettes avaient visé le camp de Kidal": nobody knows which
    /// Friday, but another day at another place.
    pub(super) fn is_other_weekday(&self, fact: &Facts, found: &DateFound) -> bool {
        let weekday = match found.words {
            DateWords::Weekday(weekday) | DateWords::LastWeekday(weekday) => weekday,
            _ => return false,
        };
        let Some(main) = self.main.map(|m| &self.incidents[m]) else { return false };
        let known = main.date.as_ref().map(|(_, span)| *span);
        let day = match known {
            Some(span) => span.start().filter(|_| span.days() == Some(1)).map(|d| d.weekday()),
            None => main.parts.first().and_then(|p| first_weekday(&p.fact)),
        };
        let counted = fact.told.iter().any(|t| !t.count.subset);
        let told = counted || !fact.events.is_empty();
        let mut scenes = fact.places.iter().filter(|p| p.is_scene() && p.lies != Lies::Area);
        let elsewhere = scenes.any(|p| !main.has_place(&p.key));
        self.story.meta.published.is_none()
            && day.is_some_and(|day| day != weekday)
            && told
            && elsewhere
            && !self.names_main_place(fact)
    }
}
