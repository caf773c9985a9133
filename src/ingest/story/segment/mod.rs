//! Which sentences tell the same incident.

mod again;
mod anchor;
mod beside;
mod clauses;
mod confirmed;
mod elsewhere;
mod finding;
mod lead;
mod looking_back;
mod survey;
mod target;
mod there;
mod vague;

#[cfg(test)]
mod tests;

use super::Story;
use super::calendar::Calendar;
use super::facts::{Facts, Told};
use super::tell::{Incident, Mention, Part};
use crate::ingest::layout::BlockKind;
use crate::ingest::lexicon::{norm_phrase, one_of};
use crate::ingest::rules::date::{self, DateFound, DateWords};
use crate::ingest::rules::place::{PlaceSort, Tie};
use crate::ingest::token::{Token, TokenKind};
use crate::model::date::{DatePrecision, DateSpan};
use lead::{conflict_year, is_day_alone, only_year};
use looking_back::scenes;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;
use std::rc::Rc;
use there::is_there;

/// Puts every fact under its incident.
pub fn tell(story: &Story<'_>, facts: Vec<Facts>) -> Vec<Incident> {
    let mut teller = Teller {
        story,
        calendar: Calendar::new(story.meta.published),
        incidents: Vec::new(),
        main: None,
        current: None,
        left: None,
        background: false,
        background_level: 0,
        on_the_ground: None,
        beyond: !story.meta.title.to_lowercase().contains("mali"),
        section: None,
        heading_year: None,
        entry: None,
        year_level: 0,
        region: None,
        spot: None,
        paragraph: Vec::new(),
        in_paragraph: FxHashSet::default(),
        pending: None,
        year: None,
        main_day: None,
        by_date: FxHashMap::default(),
        dated: FxHashSet::default(),
        vague: None,
        last: Vec::new(),
    };
    let memberships: Vec<_> = facts
        .iter()
        .filter_map(|f| f.membership.clone().map(|(a, b, t)| (a, b, f.bytes_of(t))))
        .collect();
    // The name of a file says nothing of when.
    let title = if story.meta.title == story.file { "" } else { story.meta.title.as_str() };
    let titled = title.split(|c: char| !c.is_ascii_digit()).find_map(conflict_year);
    teller.calendar.year = match story.meta.published {
        Some(_) => titled,
        None => titled.or_else(|| only_year(&facts)),
    };
    teller.year = teller.calendar.year;
    // "21-29 juillet 2022": the month of a title dates entries that give only their day.
    let words = crate::ingest::token::tokens(&story.meta.title, 0..story.meta.title.len());
    teller.calendar.month = date::dates(&words).iter().find_map(|d| match d.words {
        DateWords::Days { to, .. } => Some(to.month),
        DateWords::Month { month, .. } => Some(month),
        _ => None,
    });
    teller.begin(&facts);
    let mut block = None;
    for fact in facts {
        if block != Some(fact.block) {
            block = Some(fact.block);
            teller.block(&story.layout.blocks[fact.block].kind);
        }
        match story.layout.blocks[fact.block].kind {
            BlockKind::Title | BlockKind::Field(_) => teller.titled(&fact),
            BlockKind::Heading(level) => teller.heading(&fact, level),
            BlockKind::Paragraph | BlockKind::Item => teller.sentence(fact),
        }
    }
    if let Some(main) = teller.main {
        teller.incidents[main].memberships = memberships;
    }
    teller.incidents
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
    /// What a group did on the ground, told besides a main incident that came from the air.
    on_the_ground: Option<usize>,
    /// The level of that section's heading: those below it are of the section.
    background_level: u8,
    /// Whether the document looks beyond Mali, so that each item must say that it is in Mali.
    beyond: bool,
    /// The incident with which the paragraph before ended.
    left: Option<usize>,
    /// The incident that the section's heading names.
    section: Option<usize>,
    /// The day that stands in a line of its own above what a chronology tells of it.
    entry: Option<(Range<usize>, DateSpan)>,
    /// The level of the last heading that gave a year: those below it are of that year.
    year_level: u8,
    /// The year that the section's heading gives, to which each of its paragraphs returns.
    heading_year: Option<i16>,
    /// A region named in the paragraph, for its incidents that name no place.
    region: Option<Mention>,
    /// Where this paragraph says that there were attacks, before it tells them by their days.
    spot: Option<Mention>,
    /// Incidents told in this paragraph.
    paragraph: Vec<usize>,
    in_paragraph: FxHashSet<usize>,
    /// A dated sentence of this paragraph that told no violence by itself: "a car hit a mine".
    pending: Option<(Rc<Facts>, Range<usize>, DateSpan)>,
    /// The year of the title, or the only one that the text names.
    year: Option<i16>,
    /// The day of the main incident, where nobody knows its year.
    main_day: Option<DateWords>,
    /// Incidents by their date.
    by_date: FxHashMap<DateSpan, Vec<usize>>,
    /// Those that stand there.
    dated: FxHashSet<usize>,
    /// An incident of which only "elsewhere" was said.
    vague: Option<usize>,
    /// Figures of the sentence before, for "the MSA corroborated this".
    last: Vec<Told>,
}

/// "2013", "— 2013 –", "2013 : Opération Serval": a line that heads what follows with its year.
fn year_line(fact: &Facts) -> Option<i16> {
    let sign = |t: &Token| !t.is_word() && t.kind == TokenKind::Punct;
    let first = fact.tokens.iter().position(|t| !sign(t))?;
    let year = conflict_year(&fact.tokens[first].norm)?;
    let rest = &fact.tokens[first + 1..];
    let alone = rest.iter().all(sign);
    let titled = rest.first().is_some_and(|t| t.is(":"))
        && fact.tokens.len() <= MAX_HEADING
        && fact.told.is_empty()
        && rest.iter().all(|t| t.kind != TokenKind::Number)
        && !rest.last().is_some_and(|t| t.is("."));
    (alone || titled).then_some(year)
}

/// The most words and signs of a line that is a heading.
const MAX_HEADING: usize = 14;

/// Whether no day is known.
fn is_coarse(span: &DateSpan) -> bool {
    matches!(span.precision(), DatePrecision::Month | DatePrecision::Year)
}

/// When and where a sentence puts its event.
struct Anchor {
    /// Its date, when it has one; the span may be unknown ("last month").
    date: Option<(DateFound, Option<DateSpan>)>,
    /// Tokens before this one still tell what was told before ("… since 30 September, when").
    from: usize,
    /// The words of the date, where they stand in a line above the sentence.
    headed: Option<Range<usize>>,
}

impl Teller<'_> {
    /// A new block: what the paragraph before told is over.
    fn block(&mut self, kind: &BlockKind) {
        if matches!(kind, BlockKind::Paragraph | BlockKind::Item) {
            self.calendar.paragraph();
            // "After the government had retaken Kidal in November 2023 …" in a section on 2024.
            if self.main.is_none() {
                self.calendar.year = self.heading_year.or(self.calendar.year);
            }
            // "In March 2021, 33 died. … On 18 June": what a story without a day of its own looks
            // back on gives no year to its other paragraphs.
            if self.main.is_some() && self.calendar.main_year.is_none() {
                self.calendar.year = self.year;
            }
            if let Some((_, span)) = self.main.and_then(|m| self.incidents[m].date.as_ref()) {
                // "On Tuesday and Wednesday … on Wednesday …" and then "The day before": of these
                // days the one that was named last.
                let named = self.calendar.day.filter(|day| span.overlaps(&DateSpan::day(*day)));
                self.calendar.day = named.or(span.start());
                self.calendar.coarse = is_coarse(span);
            }
            self.left = self.current;
            self.current = self.section.or(self.main.filter(|_| !self.background));
            self.region = None;
            self.spot = None;
            self.paragraph.clear();
            self.in_paragraph = FxHashSet::default();
            self.pending = None;
            self.last.clear();
        }
    }

    /// A first line that is a year and nothing else heads what follows.
    fn titled(&mut self, fact: &Facts) {
        if let [only] = fact.tokens.as_slice()
            && let Some(year) = conflict_year(&only.norm)
        {
            self.calendar.year = Some(year);
        }
    }

    fn heading(&mut self, fact: &Facts, level: u8) {
        const BACKGROUND: [&str; 14] = [
            "background", "prelude", "context", "previous", "before", "origins", "history",
            "contexte", "antecedents", "historique", "prior", "earlier", "precedents", "setting",
        ];
        let name = norm_phrase(&self.story.text[fact.bytes()]);
        let below = self.background && level > self.background_level;
        if !below {
            self.background = BACKGROUND.iter().any(|b| name.starts_with(b));
            self.background_level = level;
        }
        self.entry = None;
        if is_day_alone(fact) {
            self.enter(fact);
            return;
        }
        for found in &fact.dates {
            self.calendar.resolve(found);
            if let DateWords::Month { month, .. } = found.words {
                self.calendar.month = Some(month);
            }
        }
        // "March" alone may be a verb in a sentence, not in a heading.
        if let [only] = fact.tokens.as_slice()
            && let Some(month) = date::month(only)
        {
            self.calendar.month = Some(month);
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
        if year.is_some() || level <= self.year_level {
            self.heading_year = year;
            self.year_level = level;
        }
    }

    /// "5 mars" in a line of its own: the day of what follows.
    fn enter(&mut self, fact: &Facts) {
        let Some(found) = fact.dates.first() else { return };
        let span = self.calendar.resolve(found);
        self.entry = span.map(|span| (fact.bytes_of(found.start..found.end), span));
    }

    fn sentence(&mut self, fact: Facts) {
        if self.main.is_none() && is_day_alone(&fact) {
            self.enter(&fact);
            return;
        }
        // A line that is a month and nothing else is a heading, and so is a year.
        if let [only] = fact.tokens.as_slice()
            && let Some(month) = date::month(only)
        {
            self.calendar.month = Some(month);
            return;
        }
        if let Some(year) = year_line(&fact) {
            self.calendar.year = Some(year);
            if self.main.is_none() {
                (self.heading_year, self.entry) = (Some(year), None);
            }
            return;
        }
        self.clauses(fact);
    }

    fn clause(&mut self, fact: Facts) {
        let fact = Rc::new(fact);
        if let Some(left) = self.left.take().filter(|left| self.goes_on(*left, &fact)) {
            self.current = Some(left);
        }
        self.corroborate(&fact);
        if let Some(region) =
            fact.places.iter().rev().find(|p| matches!(p.sort, PlaceSort::Region(_)))
        {
            self.region = Some(Mention::of(self.story, &fact, region));
        }
        self.note_spot(&fact);
        let mut anchor = self.anchor(&fact);
        // The first sentence below a day that says whom it hit, or where, is of that day.
        let below = anchor.date.is_none() && self.main.is_none() && self.current.is_none();
        let tells =
            fact.has_cue() && (!fact.told.is_empty() || fact.places.iter().any(|p| p.is_named()));
        if let Some((bytes, span)) = self.entry.clone().filter(|_| below && tells) {
            let day = span.start().map_or(1, |d| d.day());
            let words = DateWords::Entry { from: day, to: day };
            anchor.date = Some((DateFound { start: 0, end: 0, words }, Some(span)));
            anchor.headed = Some(bytes);
        }
        let target = self.resumed(&fact, &anchor).or_else(|| self.target(&fact, &mut anchor));
        if let Some((found, Some(span))) = &anchor.date
            && (target.is_none() || target == self.main || (self.main.is_none() && !fact.has_cue()))
            // "Gunmen killed people on Friday. The Council met on Tuesday. Twelve were killed":
            // in the telling of one incident a day without violence is no day of another.
            && (self.main.is_none() || self.background || fact.has_cue())
            && self.is_other_day(*span)
            && !(self.beyond
                && (self.is_abroad(&fact) || self.main.is_none() && !self.in_mali(&fact)))
        {
            self.pending = Some((Rc::clone(&fact), fact.bytes_of(found.start..found.end), *span));
        }
        // "In June, it claimed a murder. On 16 June the army stormed a camp. Twenty were killed.": of
        // the day told last.
        else if anchor.date.is_some() && fact.has_cue() && target.is_some() && target != self.main
        {
            self.pending = None;
        }
        // A dated sentence of a survey without violence waits for the figures that follow.
        let waits = self.main.is_none() && self.pending.is_some() && !fact.has_cue();
        let target = target.filter(|_| !waits);
        let from = anchor.from;
        if from > 0 {
            let before = self.current.or(self.main.filter(|_| !self.background));
            self.put(before, Rc::clone(&fact), 0..from, None);
        }
        let date = anchor.date.as_ref().and_then(|(found, span)| {
            let headed = anchor.headed.clone();
            let bytes = headed.unwrap_or_else(|| fact.bytes_of(found.start..found.end));
            Some((bytes, (*span)?))
        });
        // "From March 2012 until January 2013 the town was held": not when the attack before was.
        let date = date.filter(|(_, span)| fact.has_cue() || span.days() == Some(1));
        self.last.clone_from(&fact.told);
        let end = fact.tokens.len();
        // "Mondoro is 15 kilometres from the border": no place of what was told of Sévaré.
        let aside = target.is_some_and(|t| date.is_none() && self.is_of_another_place(t, &fact));
        self.put(target.filter(|_| !aside), fact, from..end, date);
        self.paragraph.extend(target.filter(|t| self.in_paragraph.insert(*t)));
        self.current = target;
    }

    /// Whether a sentence without violence speaks of places other than those of an incident told besides.
    fn is_of_another_place(&self, incident: usize, fact: &Facts) -> bool {
        let told = &self.incidents[incident];
        let scenes = scenes(fact, 0);
        !told.main
            && !fact.has_cue()
            && fact.speeches.is_empty()
            && told.keys().next().is_some()
            && !scenes.is_empty()
            && scenes.iter().all(|key| !told.is_at(key))
    }

    /// "The area around In-Delimane had seen a series of attacks." before "On 12 January, a car bomb
    /// hurt three soldiers.": the place of what the paragraph goes on to tell by its days.
    fn note_spot(&mut self, fact: &Facts) {
        let mut named = fact.places.iter().filter(|p| p.is_named());
        let Some(place) = named.next() else { return };
        let overview = fact.told.is_empty()
            && fact.dates.iter().all(|d| !matches!(d.words, DateWords::Days { .. }))
            && !fact.events.is_empty()
            && fact.speeches.is_empty();
        let only = overview && named.all(|p| p.key == place.key);
        self.spot = only.then(|| Mention::of(self.story, fact, place));
    }

    /// "Une autre attaque a eu lieu à Namissiguima." and, in the next paragraph, "Le bilan de cette
    /// attaque est de 12 morts": a new paragraph counts what the last one only named.
    fn goes_on(&self, left: usize, fact: &Facts) -> bool {
        const EVENTS: &[&str] = &["attaque", "attentat", "embuscade", "attack", "ambush", "raid"];
        let this = fact
            .tokens
            .windows(2)
            .take(10)
            .any(|w| one_of(&w[0], &["cette", "cet", "this", "that"]) && one_of(&w[1], EVENTS));
        let incident = &self.incidents[left];
        let uncounted = || incident.parts.iter().all(|p| p.told().next().is_none());
        let counted = fact.told.first().map_or(0, |t| t.count.figure.start);
        let alone = fact.dates.iter().all(|d| d.start > counted)
            && fact.places.iter().all(|p| !p.is_named() || p.start > counted);
        this && alone
            && !fact.told.is_empty()
            && !incident.main
            && !incident.abroad
            && self.current != Some(left)
            && uncounted()
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
        let told = self.main.or(self.current);
        let date = told.and_then(|m| self.incidents[m].date.as_ref());
        !date.is_some_and(|(_, s)| s.overlaps(&span)) && span.precision() != DatePrecision::Year
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
        fact: Rc<Facts>,
        tokens: Range<usize>,
        date: Option<(Range<usize>, DateSpan)>,
    ) {
        let Some(i) = target else { return };
        let there = is_there(&fact.tokens[tokens.start..tokens.end.min(fact.tokens.len())]);
        let unplaced =
            self.incidents[i].keys().next().is_none() && !fact.places.iter().any(|p| p.is_named());
        let home = self.main.filter(|m| *m != i && there && unplaced);
        if let Some(home) = home {
            // "On 1 November, … at Indelimane. A corporal was killed in the same area the next day."
            let last = self.current.filter(|c| *c != home && self.in_paragraph.contains(c));
            let last = last.map(|c| self.scenes_of(c)).filter(|scenes| !scenes.is_empty());
            self.incidents[i].mentions = last.unwrap_or_else(|| self.home(home, &fact));
        }
        // "Two days later, shells were fired at the camp in the town": where the last one was.
        let town = self.main.is_none() && there && unplaced;
        if let Some(before) = self.current.filter(|c| *c != i && town) {
            self.incidents[i].mentions = self.scenes_of(before);
        }
        let spot =
            self.spot.as_ref().filter(|_| unplaced && home.is_none() && self.main != Some(i));
        self.incidents[i].mentions.extend(spot.filter(|_| !fact.told.is_empty()).cloned());
        if i != self.main.unwrap_or(usize::MAX) && self.incidents[i].region.is_none() {
            self.incidents[i].region.clone_from(&self.region);
        }
        let incident = &mut self.incidents[i];
        // "In 2021 it increased its attacks" does not date what was told before it.
        let year = |(_, span): &(_, DateSpan)| span.precision() == DatePrecision::Year;
        if incident.date.is_none() && !incident.main {
            incident.date = date.filter(|date| incident.parts.is_empty() || !year(date));
        }
        let said = fact.told.iter().find_map(|t| t.said_on).and_then(|f| self.calendar.resolve(&f));
        incident.tell(Part { fact, tokens, said: said.and_then(|s| s.start()) });
        if let Some((_, span)) = &self.incidents[i].date
            && self.dated.insert(i)
        {
            self.by_date.entry(*span).or_default().push(i);
        }
    }
}
