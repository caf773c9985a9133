//! What a document is about: its main incident, from infobox, title and first paragraphs.

use super::finding::{is_finding, is_publication};
use super::looking_back::{
    clause_on_before, comes_after, has_own_time, is_separate, is_since, looks_back, relative_at,
    separate_at, two_days,
};
use super::survey::{
    is_digest, is_numbered, looks_far_back, opens_with_several, opens_with_total, tells_many,
    tells_many_days, tells_nothing,
};
use super::{Teller, is_coarse};
use crate::ingest::layout::BlockKind;
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::date::DateWords;
use crate::ingest::rules::place::{Lies, Tie};
use crate::ingest::story::communique::is_letterhead;
use crate::ingest::story::facts::Facts;
use crate::ingest::story::infobox::{self, Infobox};
use crate::ingest::story::tell::{Incident, Mention};
use crate::knowledge::words::EventWord;
use crate::model::date::{DatePrecision, DateSpan};
use std::collections::BTreeSet;
use std::ops::Range;

impl Teller<'_> {
    /// Makes the main incident, when the document is about one.
    pub(super) fn begin(&mut self, facts: &[Facts]) {
        let blocks = &self.story.layout.blocks;
        let infobox = infobox::read(self.story, facts, &mut self.calendar);
        let title = facts.iter().find(|f| blocks[f.block].kind == BlockKind::Title);
        let end = lead_end(blocks, facts);
        let lead: Vec<&Facts> = facts
            .iter()
            .filter(|f| matches!(blocks[f.block].kind, BlockKind::Paragraph))
            .take_while(|f| f.block <= end)
            .collect();
        // An item that opens with a day, or a paragraph that opens with "March 7:".
        let dated = |f: &&Facts| {
            let first = f.dates.first();
            match blocks[f.block].kind {
                BlockKind::Item => first.is_some_and(|d| d.start <= 3),
                BlockKind::Paragraph => first.is_some_and(|d| {
                    // "**January 6** – Five soldiers die".
                    let sign = f.tokens[d.end..].iter().find(|t| !t.is("*"));
                    let open = f.tokens[..d.start].iter().filter(|t| !t.is("*")).count();
                    matches!(d.words, DateWords::Entry { .. })
                        || open <= 1
                            && matches!(d.words, DateWords::Days { .. } | DateWords::Weekday(_))
                            && sign
                                .is_some_and(|t| t.is(":") || t.is("–") || t.is("—") || t.is("-"))
                }),
                _ => false,
            }
        };
        let items = facts.iter().filter(dated).count();
        let (stated, events) = self.stated_title(title);
        let titled = title.is_some_and(|t| !t.told.is_empty()) || !events.is_empty();
        // Letterheads and lines of address are no sentences.
        let led = lead.iter().filter(|f| !is_letterhead(f)).take(6).any(|f| f.has_cue());
        let numbered = facts.iter().filter(|f| is_numbered(f)).count() >= 3 && infobox.is_none();
        // "FEBRUARY 7th 2022" on lines of their own.
        let days = facts.iter().filter(|f| is_day_alone(f)).count();
        let survey = items >= 3
            || infobox.is_none() && days >= 2
            || (numbered && tells_many_days(facts))
            || (!titled && infobox.is_none() && tells_many(facts))
            || (title.is_some() && !titled && self.is_encyclopedic())
            || opens_with_total(&lead, facts)
            || !titled && infobox.is_none() && looks_far_back(facts, &lead)
            || !titled && infobox.is_none() && is_digest(&lead)
            || infobox.is_none() && opens_with_several(&lead, facts)
            || infobox.is_none() && tells_nothing(&lead) && tells_many_days(facts);
        if infobox.is_none() && (survey || !(titled || led)) {
            return;
        }
        let mut main = Incident { main: true, ..Incident::default() };
        main.title = stated;
        main.title_bytes = title.map(Facts::bytes);
        main.events = events;
        let Infobox { date, places, parts, mentions, sides, targets } = infobox.unwrap_or_default();
        main.date = date;
        main.mentions = places;
        main.infobox = parts;
        main.perpetrators = mentions;
        main.sides = sides;
        main.targets = targets;
        let coarse = main.date.as_ref().is_none_or(|(_, span)| {
            matches!(span.precision(), DatePrecision::Month | DatePrecision::Year)
        });
        // An infobox that gives the month, and a lead that gives the days in it.
        let said = coarse.then(|| self.lead_date(&lead)).flatten();
        let within = |(_, days): &(Range<usize>, DateSpan)| {
            main.date.as_ref().is_none_or(|(_, month)| month.overlaps(days))
        };
        if let Some(said) = said.filter(within) {
            main.date = Some(said);
        }
        if let Some((_, span)) = &main.date {
            self.calendar.main_year = span.start().map(|d| d.year());
            self.calendar.year = self.calendar.main_year.or(self.calendar.year);
            self.calendar.day = span.start();
            self.calendar.coarse = is_coarse(span);
        }
        if main.mentions.iter().all(|m| !m.is_named()) {
            self.lead_places(title, &lead, &mut main);
        }
        self.main = Some(0);
        self.incidents.push(main);
    }

    /// The document's title and the event words in it: that of the front matter, or its first
    /// line.
    fn stated_title(&self, title: Option<&Facts>) -> (Option<String>, Vec<EventWord>) {
        if let Some(title) = title {
            let text = self.story.text[title.bytes()].to_owned();
            return (Some(text), title.events.iter().map(|e| e.word).collect());
        }
        let title = &self.story.meta.title;
        if title.is_empty() || title == self.story.file {
            return (None, Vec::new());
        }
        let tokens = crate::ingest::token::tokens(title, 0..title.len());
        let events = self.story.vocabulary.events.all(&tokens);
        (Some(title.clone()), events.iter().map(|hit| *hit.value).collect())
    }

    fn is_encyclopedic(&self) -> bool {
        self.story.meta.kind == crate::model::source::SourceKind::Encyclopedia
    }

    /// The first date of the lead that is tied to the event.
    fn lead_date(&mut self, lead: &[&Facts]) -> Option<(Range<usize>, DateSpan)> {
        let mut calendar = self.calendar;
        let mut weaker = None;
        let mut weekend: Option<(Range<usize>, DateSpan)> = None;
        let mut first_at: Option<(usize, Vec<&str>)> = None;
        for (i, fact) in lead.iter().enumerate() {
            // A paragraph on what happened at another place dates that.
            let scenes = fact.places.iter().filter(|p| p.is_scene() && p.lies != Lies::Area);
            let here: Vec<&str> = scenes.map(|p| p.key.as_str()).collect();
            let elsewhere = first_at.as_ref().is_some_and(|(_, keys)| {
                !here.is_empty() && !here.iter().any(|k| keys.contains(k))
            });
            match &first_at {
                Some((block, _)) if *block != fact.block && elsewhere => break,
                None if !here.is_empty() => first_at = Some((fact.block, here)),
                _ => {}
            }
            // "In another incident on Wednesday, an attack claimed two lives".
            if i > 0 && is_separate(&fact.tokens[..fact.tokens.len().min(6)]) {
                continue;
            }
            // "July 3, 2025" in a line of its own: the day of publication.
            if self.calendar.published.is_some() && is_day_alone(fact) {
                continue;
            }
            let before = comes_after(fact).or_else(|| looks_back(fact)).unwrap_or(usize::MAX);
            let aside = clause_on_before(fact, self.story.text).unwrap_or(0..0);
            for found in &fact.dates {
                // "Last month twenty people were killed" behind the lead is another attack.
                let past = matches!(
                    found.words,
                    DateWords::LastWeek | DateWords::LastMonth | DateWords::ThisMonth
                );
                if past && i > 0 || found.start >= before || aside.contains(&found.start) {
                    continue;
                }
                // "In March 2019, 160 were killed at Ogossagou": behind what happened elsewhere.
                let month = matches!(
                    found.words,
                    DateWords::Month { .. } | DateWords::InYear { .. } | DateWords::Year(_)
                );
                if elsewhere && month {
                    continue;
                }
                // "last March", in a story that does not say when it was written.
                let last = found.start.checked_sub(1).map(|i| &fact.tokens[i]);
                let next = fact.tokens.get(found.end);
                let ago = last.is_some_and(|t| one_of(t, &["last"]))
                    || next.is_some_and(|t| one_of(t, &["dernier"]));
                if ago && month && self.calendar.published.is_none() {
                    continue;
                }
                if is_since(&fact.tokens, found.start)
                    || is_publication(&fact.tokens, found.start)
                    || is_finding(&fact.tokens, found.start..found.end)
                    || (past && relative_at(fact, found).is_some())
                {
                    continue;
                }
                // "said on Saturday that it had killed twelve the day before".
                let leaning = matches!(found.words, DateWords::After(_) | DateWords::SameDay);
                let said = fact.speeches.iter().find_map(|s| s.said_on).filter(|_| leaning);
                // "that day" before any day is none.
                if found.words == DateWords::SameDay && said.is_none() {
                    continue;
                }
                if let Some(said) = said {
                    calendar.resolve(&said);
                }
                let Some(span) = calendar.resolve(found) else {
                    continue;
                };
                let exact = matches!(span.precision(), DatePrecision::Day | DatePrecision::Range);
                let bytes = fact.bytes_of(found.start..found.end);
                // "at the weekend", and then "early on Sunday"; "last week", and then "from July 25
                // to 27": the days say more.
                if let Some((_, days)) = &weekend
                    && exact
                {
                    let says_more = span.days() < days.days() && span.overlaps(days);
                    return if says_more { Some((bytes, span)) } else { weekend };
                }
                let vague = matches!(found.words, DateWords::Weekend | DateWords::LastWeek);
                if exact && vague && fact.has_cue() {
                    weekend = Some((bytes, span));
                    continue;
                }
                // "in March 2022 … Between 23 and 31 March": of that month.
                let within =
                    |(_, month): &(Range<usize>, DateSpan)| i <= 2 && month.overlaps(&span);
                if exact && (fact.has_cue() || weaker.as_ref().is_none_or(within)) {
                    return Some((bytes, span));
                }
                let telling = i == 0 || !fact.told.is_empty();
                if span.precision() == DatePrecision::Month && telling {
                    weaker.get_or_insert((bytes, span));
                }
            }
        }
        weekend.or(weaker).or_else(|| self.day_of_saying(lead.first()?))
    }

    /// "said on Tuesday evening that it had repelled attacks launched at dawn": the hour without
    /// a day is of the day on which it was said.
    fn day_of_saying(&self, fact: &Facts) -> Option<(Range<usize>, DateSpan)> {
        const HOURS: &[&str] = &["aube", "dawn", "daybreak", "sunrise"];
        let said = fact.speeches.iter().find_map(|s| s.said_on)?;
        let hour = fact.tokens.iter().any(|t| one_of(t, HOURS));
        let alone = fact.dates.is_empty() && hour && fact.has_cue();
        let span = self.calendar.clone().resolve(&said).filter(|_| alone)?;
        Some((fact.bytes_of(said.start..said.end), span))
    }

    /// Places from the first sentences that name one where it happened, and the title.
    fn lead_places(&self, title: Option<&Facts>, lead: &[&Facts], main: &mut Incident) {
        for (i, fact) in lead.iter().copied().enumerate() {
            let elsewhere = || fact.dates.iter().find_map(|d| relative_at(fact, d));
            let end = looks_back(fact).or_else(|| separate_at(fact)).or_else(elsewhere);
            let end = end.or_else(|| comes_after(fact)).or_else(|| two_days(fact));
            let end = end.unwrap_or(usize::MAX);
            // "Last Sunday seven died at Ségué": not the day of the main incident.
            let mut calendar = self.calendar;
            let other = fact.dates.iter().find(|d| d.start <= 2).and_then(|d| calendar.resolve(d));
            if let (Some(other), Some((_, day))) = (other, &main.date)
                && !other.overlaps(day)
                && other.precision() != DatePrecision::Year
            {
                continue;
            }
            // "Two days before, … near Sévaré. The same day, nurses were abducted at Kourou".
            if i > 0 && has_own_time(fact) {
                continue;
            }
            let tied: Vec<_> =
                fact.places.iter().filter(|p| p.tie != Tie::Other && p.start < end).collect();
            if !fact.has_cue() && main.mentions.is_empty() && tied.is_empty() {
                continue;
            }
            let named = tied.iter().any(|p| p.is_named() && p.lies != Lies::Area);
            main.mentions.extend(tied.iter().map(|p| Mention::of(self.story, fact, p)));
            if named {
                break;
            }
        }
        if let Some(title) = title {
            let more = title.places.iter().filter(|p| p.is_named());
            for place in more {
                let mention = Mention::of(self.story, title, place);
                let known = main.has_place(&mention.key);
                if !known && main.mentions.iter().all(|m| !m.is_named()) {
                    main.mentions.push(mention);
                }
            }
        }
    }
}

/// Whether a line is a day and nothing else.
pub(super) fn is_day_alone(fact: &Facts) -> bool {
    matches!(fact.dates.as_slice(), [only] if matches!(only.words, DateWords::Days { .. })
        && only.start == 0
        && fact.tokens[only.end..].iter().all(|t| !t.is_word()))
}

/// A year of the conflict, from its digits.
pub(super) fn conflict_year(digits: &str) -> Option<i16> {
    let year: i16 = (digits.len() == 4).then(|| digits.parse().ok())??;
    (1990..=2059).contains(&year).then_some(year)
}

/// The one year that all whole dates of a document share: it dates those without a year, unless
/// what it is looked back on in ("In March 2021, …") stands behind a day without one.
pub(super) fn only_year(facts: &[Facts]) -> Option<i16> {
    // "from March 2012 until January 2013" is no day.
    let months = |d: &DateWords| matches!(d, DateWords::Days { from, to, .. } if from.day == 1 && to.month != from.month);
    // "l'attaque la plus meurtrière depuis les accords de juin 2015" says nothing of its own year.
    let told =
        || facts.iter().flat_map(|f| f.dates.iter().filter(|d| !is_since(&f.tokens, d.start)));
    let days = || {
        told().filter_map(|d| match d.words {
            words if months(&words) => None,
            DateWords::Days { year, .. } => Some((true, year)),
            DateWords::Month { year, .. } => Some((false, year)),
            _ => None,
        })
    };
    if let Some(year) = opening_year(facts) {
        return Some(year);
    }
    let opens = days().find(|(day, year)| *day || year.is_some())?;
    if opens == (true, None) && !days().any(|(day, year)| day && year.is_some()) {
        return None;
    }
    let mut years = told().filter_map(|d| match d.words {
        words if months(&words) => None,
        DateWords::Days { year, .. } | DateWords::Month { year, .. } => year,
        _ => None,
    });
    let first = years.next()?;
    years.all(|y| y == first).then_some(first)
}

/// "au cours du premier trimestre de l'année 2016", "in 2018": the year that stands alone before
/// days without one.
fn opening_year(facts: &[Facts]) -> Option<i16> {
    let dates = facts.iter().take(MAX_LEAD).flat_map(|f| f.dates.iter().map(move |d| (f, d)));
    let mut named = None;
    for (fact, found) in dates {
        let since = found.start > 0 && one_of(&fact.tokens[found.start - 1], &["since", "depuis"]);
        match found.words {
            DateWords::Year(_) if since => return None,
            DateWords::Year(year) => named = named.or(Some(year)),
            // "La journée de dimanche a été la plus sombre de ce début d'année 2020".
            DateWords::Weekday(_) => {}
            DateWords::Days { year: None, .. }
            | DateWords::Month { year: None, .. }
            | DateWords::Entry { .. } => return named,
            _ => return None,
        }
    }
    None
}

/// More sentences than a lead has.
const MAX_LEAD: usize = 400;

/// The last block of the lead: up to the first heading, at most four paragraphs.
fn lead_end(blocks: &[crate::ingest::layout::Block], facts: &[Facts]) -> usize {
    let mut paragraphs = 0;
    let mut last = 0;
    // Lines of a letterhead are no paragraphs of the lead.
    let told: BTreeSet<usize> =
        facts.iter().filter(|f| !is_letterhead(f)).take(MAX_LEAD).map(|f| f.block).collect();
    for (i, block) in blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Heading(_) if paragraphs > 0 => break,
            BlockKind::Paragraph => {
                paragraphs += usize::from(told.contains(&i));
                last = i;
            }
            _ => {}
        }
        if paragraphs == 4 {
            break;
        }
    }
    facts.last().map_or(0, |f| f.block).min(last)
}
