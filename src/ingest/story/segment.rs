//! Which sentences tell the same incident.

use super::Story;
use super::calendar::Calendar;
use super::facts::{Facts, Told, is_killed};
use super::infobox::{self, Infobox};
use super::tell::{Incident, Mention, Part};
use crate::ingest::layout::BlockKind;
use crate::ingest::lexicon::{norm_phrase, one_of};
use crate::ingest::rules::date::{DateFound, DateWords};
use crate::ingest::rules::place::{Lies, PlaceSort, Tie};
use crate::ingest::token::Token;
use crate::knowledge::words::EventWord;
use crate::model::claim::{Claimant, Measure};
use crate::model::date::{DatePrecision, DateSpan};
use std::collections::HashMap;
use std::ops::Range;

/// Puts every fact under its incident.
pub fn tell(story: &Story<'_>, facts: Vec<Facts>) -> Vec<Incident> {
    let mut teller = Teller {
        story,
        calendar: Calendar::new(story.meta.published),
        incidents: Vec::new(),
        main: None,
        current: None,
        background: false,
        beyond: !story.meta.title.to_lowercase().contains("mali"),
        section: None,
        region: None,
        paragraph: Vec::new(),
        pending: None,
        by_date: HashMap::new(),
        last: Vec::new(),
    };
    let memberships: Vec<_> = facts
        .iter()
        .filter_map(|f| f.membership.clone().map(|(a, b, t)| (a, b, f.bytes_of(t))))
        .collect();
    let titled = story.meta.title.split(|c: char| !c.is_ascii_digit()).find_map(conflict_year);
    teller.calendar.year = match story.meta.published {
        Some(_) => titled,
        None => titled.or_else(|| only_year(&facts)),
    };
    teller.begin(&facts);
    let mut block = None;
    for fact in facts {
        if block != Some(fact.block) {
            block = Some(fact.block);
            teller.block(&story.layout.blocks[fact.block].kind);
        }
        match story.layout.blocks[fact.block].kind {
            BlockKind::Title | BlockKind::Field(_) => {}
            BlockKind::Heading(_) => teller.heading(&fact),
            BlockKind::Paragraph | BlockKind::Item => teller.sentence(fact),
        }
    }
    if let Some(main) = teller.main {
        teller.incidents[main].memberships = memberships;
    }
    teller.incidents
}

/// A year of the conflict, from its digits.
fn conflict_year(digits: &str) -> Option<i16> {
    let year: i16 = (digits.len() == 4).then(|| digits.parse().ok())??;
    (1990..=2059).contains(&year).then_some(year)
}

/// Whether whole dates of at least three days, in paragraphs of their own, each come with
/// figures: a document on many incidents.
fn tells_many(facts: &[Facts]) -> bool {
    let mut days = Vec::new();
    let mut blocks = Vec::new();
    for fact in facts.iter().filter(|f| !f.told.is_empty()) {
        for found in &fact.dates {
            if let DateWords::Days { from, year: Some(year), .. } = found.words
                && !days.contains(&(from, year))
                && !blocks.contains(&fact.block)
            {
                days.push((from, year));
                blocks.push(fact.block);
            }
        }
    }
    days.len() >= 3
}

/// The one year that all whole dates of a document share: it dates those without a year.
fn only_year(facts: &[Facts]) -> Option<i16> {
    let mut years = facts.iter().flat_map(|f| &f.dates).filter_map(|d| match d.words {
        DateWords::Days { year, .. } | DateWords::Month { year, .. } => year,
        _ => None,
    });
    let first = years.next()?;
    years.all(|y| y == first).then_some(first)
}

struct Teller<'a> {
    story: &'a Story<'a>,
    calendar: Calendar,
    incidents: Vec<Incident>,
    /// Index of the main incident.
    main: Option<usize>,
    /// The incident that the sentence before told.
    current: Option<usize>,
    /// Inside a section on what came before.
    background: bool,
    /// Whether the document looks beyond Mali, so that each item must say that it is in Mali.
    beyond: bool,
    /// The incident that the section's heading names.
    section: Option<usize>,
    /// A region named in the paragraph, for its incidents that name no place.
    region: Option<Mention>,
    /// Incidents told in this paragraph.
    paragraph: Vec<usize>,
    /// A dated sentence of this paragraph that told no violence by itself: "a car hit a mine".
    pending: Option<(Facts, Range<usize>, DateSpan)>,
    /// Incidents by their date.
    by_date: HashMap<DateSpan, Vec<usize>>,
    /// Figures of the sentence before, for "the MSA corroborated this".
    last: Vec<Told>,
}

/// When and where a sentence puts its event.
struct Anchor {
    /// Its date, when it has one; the span may be unknown ("last month").
    date: Option<(DateFound, Option<DateSpan>)>,
    /// Tokens before this one still tell what was told before ("… since 30 September, when").
    from: usize,
}

impl Teller<'_> {
    /// Makes the main incident, when the document is about one.
    fn begin(&mut self, facts: &[Facts]) {
        let blocks = &self.story.layout.blocks;
        let infobox = infobox::read(self.story, facts, &mut self.calendar);
        let title = facts.iter().find(|f| blocks[f.block].kind == BlockKind::Title);
        let lead: Vec<&Facts> = facts
            .iter()
            .filter(|f| matches!(blocks[f.block].kind, BlockKind::Paragraph))
            .take_while(|f| f.block <= lead_end(blocks, facts))
            .collect();
        let dated = |f: &&Facts| {
            blocks[f.block].kind == BlockKind::Item && f.dates.first().is_some_and(|d| d.start <= 3)
        };
        let items = facts.iter().filter(dated).count();
        let (stated, events) = self.stated_title(title);
        let titled = title.is_some_and(|t| !t.told.is_empty()) || !events.is_empty();
        let led = lead.iter().take(4).any(|f| f.has_cue());
        let survey = items >= 3
            || (!titled && infobox.is_none() && tells_many(facts))
            || (title.is_some() && !titled && self.is_encyclopedic());
        if infobox.is_none() && (survey || !(titled || led)) {
            return;
        }
        let mut main = Incident { main: true, ..Incident::default() };
        main.title = stated;
        main.title_bytes = title.map(Facts::bytes);
        main.events = events;
        let Infobox { date, places, parts, mentions, targets } = infobox.unwrap_or_default();
        main.date = date;
        main.mentions = places;
        main.infobox = parts;
        main.perpetrators = mentions;
        main.targets = targets;
        if main.date.is_none() {
            main.date = self.lead_date(&lead);
        }
        if let Some((_, span)) = &main.date {
            self.calendar.main_year = span.start().map(|d| d.year());
            self.calendar.year = self.calendar.main_year.or(self.calendar.year);
            self.calendar.day = span.start();
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
        use crate::model::document::Shape;
        matches!(self.story.layout.shape, Shape::EncyclopediaCopy | Shape::EncyclopediaExtract)
    }

    /// The first date of the lead that is tied to the event.
    fn lead_date(&mut self, lead: &[&Facts]) -> Option<(Range<usize>, DateSpan)> {
        let mut calendar = self.calendar;
        let mut weaker = None;
        for fact in lead {
            for found in &fact.dates {
                if is_since(&fact.tokens, found.start) || is_publication(&fact.tokens, found.start)
                {
                    continue;
                }
                let Some(span) = calendar.resolve(found) else {
                    continue;
                };
                let exact = matches!(span.precision(), DatePrecision::Day | DatePrecision::Range);
                let bytes = fact.bytes_of(found.start..found.end);
                if exact && (fact.has_cue() || weaker.is_none()) {
                    return Some((bytes, span));
                }
                if span.precision() == DatePrecision::Month {
                    weaker.get_or_insert((bytes, span));
                }
            }
        }
        weaker
    }

    /// Places from the first sentences that name one where it happened, and the title.
    fn lead_places(&self, title: Option<&Facts>, lead: &[&Facts], main: &mut Incident) {
        for fact in lead.iter().copied() {
            let end = looks_back(fact).unwrap_or(usize::MAX);
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

    /// A new block: what the paragraph before told is over.
    fn block(&mut self, kind: &BlockKind) {
        if matches!(kind, BlockKind::Paragraph | BlockKind::Item) {
            self.calendar.paragraph();
            if let Some((_, span)) = self.main.and_then(|m| self.incidents[m].date.as_ref()) {
                self.calendar.day = span.start();
            }
            self.current = self.section.or(self.main.filter(|_| !self.background));
            self.region = None;
            self.paragraph.clear();
            self.pending = None;
            self.last.clear();
        }
    }

    fn heading(&mut self, fact: &Facts) {
        const BACKGROUND: [&str; 14] = [
            "background", "prelude", "context", "previous", "before", "origins", "history",
            "contexte", "antecedents", "historique", "prior", "earlier", "precedents", "setting",
        ];
        let name = norm_phrase(&self.story.text[fact.bytes()]);
        self.background = BACKGROUND.iter().any(|b| name.starts_with(b));
        for found in &fact.dates {
            self.calendar.resolve(found);
        }
        // A heading that names an event at a place of its own opens its telling.
        let main = self.main.map(|m| &self.incidents[m]);
        let elsewhere =
            fact.places.iter().find(|p| p.is_named() && main.is_none_or(|m| !m.has_place(&p.key)));
        let opens = elsewhere.filter(|_| main.is_some() && !fact.events.is_empty());
        self.section = opens.map(|place| {
            let mention = Mention { tie: Tie::At, ..Mention::of(self.story, fact, place) };
            let i = self.new_incident();
            self.incidents[i].mentions.push(mention);
            self.incidents[i].events.extend(fact.events.iter().map(|e| e.word));
            i
        });
        let year = fact.tokens.iter().find_map(|t| {
            let year: i16 = t.norm.parse().ok()?;
            (1990..=2059).contains(&year).then_some(year)
        });
        if let Some(year) = year.filter(|_| self.main.is_none()) {
            self.calendar.year = Some(year);
        }
    }

    fn sentence(&mut self, fact: Facts) {
        // A line that is a year and nothing else is a heading.
        if let [only] = fact.tokens.as_slice()
            && let Some(year) = conflict_year(&only.norm)
        {
            self.calendar.year = Some(year);
            return;
        }
        // "…; the deadliest since 2019, when 53 soldiers were killed": two incidents.
        match looks_back(&fact) {
            Some(since) => {
                let (now, then) = fact.split(since);
                self.clause(now);
                self.clause(then);
            }
            None => self.clause(fact),
        }
    }

    fn clause(&mut self, fact: Facts) {
        self.corroborate(&fact);
        if let Some(region) =
            fact.places.iter().rev().find(|p| matches!(p.sort, PlaceSort::Region(_)))
        {
            self.region = Some(Mention::of(self.story, &fact, region));
        }
        let mut anchor = self.anchor(&fact);
        let target = self.resumed(&fact, &anchor).or_else(|| self.target(&fact, &mut anchor));
        if let Some((found, Some(span))) = &anchor.date
            && (target.is_none() || target == self.main)
            && self.is_other_day(*span)
            && !(self.beyond && (self.is_abroad(&fact) || !self.in_mali(&fact)))
        {
            self.pending = Some((fact.clone(), fact.bytes_of(found.start..found.end), *span));
        }
        let from = anchor.from;
        if from > 0 {
            let before = self.current.or(self.main);
            self.put(before, fact.clone(), 0..from, None);
        }
        let date = anchor
            .date
            .as_ref()
            .and_then(|(found, span)| Some((fact.bytes_of(found.start..found.end), (*span)?)));
        self.last.clone_from(&fact.told);
        let end = fact.tokens.len();
        self.put(target, fact, from..end, date);
        self.paragraph.extend(target.filter(|t| !self.paragraph.contains(t)));
        self.current = target;
    }

    /// An incident of the main one's own days, told inside its telling: where the main place is
    /// named again the main telling goes on.
    fn interrupts(&self, target: Option<usize>) -> bool {
        let (Some(main), Some(target)) = (self.main, target) else {
            return false;
        };
        let span = |i: usize| self.incidents[i].date.as_ref().map(|(_, s)| *s);
        let overlaps = span(main).zip(span(target)).is_some_and(|(a, b)| a.overlaps(&b));
        target != main && overlaps && !self.background && self.section != Some(target)
    }

    /// Whether a span is not the main incident's.
    fn is_other_day(&self, span: DateSpan) -> bool {
        let main = self.main.and_then(|m| self.incidents[m].date.as_ref());
        !main.is_some_and(|(_, s)| s.overlaps(&span)) && span.precision() != DatePrecision::Year
    }

    /// "On 25 January a car hit a mine near Boni. Twenty-six civilians died.": figures after a
    /// dated sentence are of its day.
    fn resumed(&mut self, fact: &Facts, anchor: &Anchor) -> Option<usize> {
        let counted = fact.told.iter().any(|t| !t.count.subset);
        if anchor.date.is_some() || !counted || self.pending.is_none() {
            return None;
        }
        let (before, bytes, span) = self.pending.take()?;
        let i = self.dated(&before, span, 0)?;
        let tokens = 0..before.tokens.len();
        self.put(Some(i), before, tokens, Some((bytes, span)));
        Some(i)
    }

    fn put(
        &mut self,
        target: Option<usize>,
        fact: Facts,
        tokens: Range<usize>,
        date: Option<(Range<usize>, DateSpan)>,
    ) {
        let Some(i) = target else { return };
        // "y avait tué quatre militaires", "killed a dozen soldiers there".
        let there = fact.tokens.iter().enumerate().any(|(n, t)| {
            let the = n > 0
                && one_of(&fact.tokens[n - 1], &["the", "le", "la", "this", "same", "ce", "cette"]);
            one_of(t, &["there", "y"])
                || (the
                    && one_of(
                        t,
                        &[
                            "village", "town", "camp", "locality", "localite", "city", "ville",
                            "base",
                        ],
                    ))
        });
        let unplaced =
            self.incidents[i].keys().next().is_none() && !fact.places.iter().any(|p| p.is_named());
        let home = self.main.filter(|m| *m != i && there && unplaced);
        if let Some(home) = home {
            self.incidents[i].mentions = self.incidents[home].mentions.clone();
        }
        if i != self.main.unwrap_or(usize::MAX) && self.incidents[i].region.is_none() {
            self.incidents[i].region.clone_from(&self.region);
        }
        let incident = &mut self.incidents[i];
        if incident.date.is_none() && !incident.main {
            incident.date = date;
        }
        let said = fact.told.iter().find_map(|t| t.said_on).and_then(|f| self.calendar.resolve(&f));
        incident.tell(Part { fact, tokens, said: said.and_then(|s| s.start()) });
        if let Some((_, span)) = &self.incidents[i].date {
            let same_day = self.by_date.entry(*span).or_default();
            if !same_day.contains(&i) {
                same_day.push(i);
            }
        }
    }

    /// The first date in the sentence that can be the event's.
    fn anchor(&mut self, fact: &Facts) -> Anchor {
        // In a survey "On 28 February, television reported that" dates what is reported.
        let said = fact
            .speeches
            .iter()
            .find_map(|s| s.said_on)
            .filter(|d| self.main.is_none() && d.start <= 3);
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
            let after = month_after(&fact.tokens, found);
            // "Six days before the massacre, on 17 March": the day itself says more.
            let leaning = matches!(found.words, DateWords::After(_) | DateWords::MonthsAfter(_));
            let plain = |d: &DateFound| matches!(d.words, DateWords::Days { .. });
            if is_publication(&fact.tokens, found.start)
                || (leaning && fact.dates.iter().any(plain))
            {
                continue;
            }
            // A date that looks back does not move the calendar.
            let mut probe = self.calendar;
            let span = match after {
                Some(words) => probe.resolve(&DateFound { words, ..*found }),
                None => probe.resolve(found),
            };
            if since.is_none() {
                self.calendar = probe;
            }
            let vague = matches!(
                found.words,
                DateWords::Weekday(_)
                    | DateWords::SameDay
                    | DateWords::BeforePublication(_)
                    | DateWords::LastWeek
                    | DateWords::Weekend
            );
            if span.is_none() && vague {
                continue;
            }
            if span.is_none() && matches!(found.words, DateWords::After(_)) {
                continue;
            }
            let from = match (since, after) {
                (Some(since), _) => since,
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
    fn target(&mut self, fact: &Facts, anchor: &mut Anchor) -> Option<usize> {
        let from = anchor.from;
        let after = |at: usize| at >= from;
        let counted = fact.told.iter().any(|t| after(t.count.figure.start));
        let cue = counted
            || fact.events.iter().any(|e| after(e.at))
            || fact.stances.iter().any(|s| after(s.evidence.start));
        if !cue {
            return self.current;
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
            fact.events.iter().any(|e| e.at >= from && e.at.abs_diff(d.start) <= 18)
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
                let other_month = coarse && counted && !home;
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
        let at = |i: usize| self.incidents[i].keys().any(|k| keys.contains(&k));
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
        let kinds = |events: &[super::facts::Event]| -> Vec<_> {
            events.iter().filter_map(|e| e.word.kind()).collect()
        };
        let theirs = kinds(&fact.events);
        let latest = current.parts.iter().rev().take(NEARBY);
        let told: Vec<_> = latest.flat_map(|p| kinds(&p.fact.events)).collect();
        !theirs.is_empty() && !told.is_empty() && theirs.iter().all(|k| !told.contains(k))
    }

    fn new_incident(&mut self) -> usize {
        self.incidents.push(Incident::default());
        self.incidents.len() - 1
    }

    /// The incident of that date told before at a place that fits, or a new one.
    fn dated(&mut self, fact: &Facts, span: DateSpan, from: usize) -> Option<usize> {
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
            let shared = incident.keys().any(|k| keys.contains(&k));
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
        separate
            || far
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
    fn is_abroad(&self, fact: &Facts) -> bool {
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

    fn in_mali(&self, fact: &Facts) -> bool {
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

    /// "The MSA corroborated this": the figures before are theirs too.
    fn corroborate(&mut self, fact: &Facts) {
        let Some(verb) = fact.tokens.iter().position(|t| {
            one_of(t, &["corroborated", "confirmed", "backed", "corrobore", "confirme", "echoed"])
        }) else {
            return;
        };
        let toll = fact.tokens[verb + 1..].iter().take(4).any(|t| {
            one_of(t, &["toll", "figure", "figures", "number", "bilan", "chiffre", "count"])
        });
        let this = fact.tokens.get(verb + 1).is_some_and(|t| t.norm == "this")
            && fact.tokens.get(verb + 2).is_some_and(|t| !t.is_word() || t.norm == "and");
        let who: Vec<Claimant> = fact
            .speeches
            .iter()
            .filter(|s| {
                s.words.contains(&verb)
                    || s.words.end == verb
                    || s.words.start <= verb && verb <= s.words.end
            })
            .flat_map(|s| s.speakers.clone())
            .collect();
        let Some(target) = self.current.or(self.main).filter(|_| toll || this) else {
            return;
        };
        let end = fact.bytes().end;
        let part = self.incidents[target].parts.last_mut();
        let Some(part) = part else { return };
        let repeated: Vec<Told> = self
            .last
            .iter()
            .filter(|t| is_killed(t) && !t.count.subset)
            .map(|t| Told {
                by: who.clone(),
                said_on: None,
                bytes: t.bytes.start..end,
                count: t.count.clone(),
            })
            .filter(|t| !t.by.is_empty() && t.count.measure == Measure::Killed)
            .collect();
        part.fact.told.extend(repeated);
    }
}

/// The last block of the lead: up to the first heading, at most four paragraphs.
fn lead_end(blocks: &[crate::ingest::layout::Block], facts: &[Facts]) -> usize {
    let mut paragraphs = 0;
    let mut last = 0;
    for (i, block) in blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Heading(_) if paragraphs > 0 => break,
            BlockKind::Paragraph => {
                paragraphs += 1;
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

/// "a report released on Friday": the day of the report, not of what it tells.
fn is_publication(tokens: &[Token], date: usize) -> bool {
    tokens[..date].iter().rev().take(4).any(|t| {
        one_of(
            t,
            &[
                "released", "published", "issued", "publie", "publiee", "diffuse", "diffusee",
                "dated", "date",
            ],
        )
    })
}

fn is_since(tokens: &[Token], date: usize) -> bool {
    since_at(tokens, date).is_some()
}

/// How far back the telling looks for an incident to go on with: more would cost a long
/// document more than its length.
const NEARBY: usize = 24;

/// The keys of the places where the sentence, from a token on, puts its event.
fn scenes(fact: &Facts, from: usize) -> Vec<&str> {
    fact.places.iter().filter(|p| p.start >= from && p.is_scene()).map(|p| p.key.as_str()).collect()
}

/// The token from which on a sentence with a date of its own looks back to another incident.
fn looks_back(fact: &Facts) -> Option<usize> {
    let since = fact.dates.iter().find_map(|d| since_at(&fact.tokens, d.start))?;
    let dated = fact.dates.iter().any(|d| d.end <= since);
    let told = fact.told.iter().any(|t| t.count.figure.start > since);
    (dated && told).then_some(since)
}

/// "since", "depuis" within a few words before a date: the clause that looks back.
fn since_at(tokens: &[Token], date: usize) -> Option<usize> {
    (date.saturating_sub(8)..date)
        .rev()
        .take_while(|i| !tokens[*i].is(",") && !tokens[*i].is(";"))
        .find(|i| one_of(&tokens[*i], &["since", "depuis"]))
}

/// "just a month after Mali and Wagner troops killed …": a month before the day spoken of,
/// unless it says "a month after the attack".
fn month_after(tokens: &[Token], found: &DateFound) -> Option<DateWords> {
    let next = tokens.get(found.end)?;
    if found.start == 0
        || one_of(next, &["the", "this", "that", "la", "l", "le"])
        || !next.is_word()
    {
        return None;
    }
    match found.words {
        DateWords::MonthsAfter(n) if tokens[found.end - 1].norm == "after" => {
            Some(DateWords::MonthsAfter(-n))
        }
        DateWords::After(n)
            if tokens[found.end - 1].norm == "after" && tokens[found.start].norm != "the" =>
        {
            Some(DateWords::After(-n))
        }
        _ => None,
    }
}

/// Words that set an event apart from the one told before.
fn is_separate(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(i, t)| {
        one_of(t, &["separate", "separately", "elsewhere", "ailleurs"])
            || (one_of(t, &["another", "autre"])
                && tokens[i + 1..].iter().take(2).any(|n| {
                    one_of(
                        n,
                        &[
                            "attack", "incident", "ambush", "raid", "attaque", "embuscade",
                            "massacre", "bombing", "explosion",
                        ],
                    )
                }))
    })
}
