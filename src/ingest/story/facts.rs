//! What each sentence says, before it is known which incident it tells.

mod captured;
mod elliptic;
mod movement;
mod told;

use super::Story;
use crate::ingest::layout::{BlockKind, Field};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::actor::{ActorFound, Cast, actors};
use crate::ingest::rules::aside::{self, Aside};
use crate::ingest::rules::casualty::{Before, Count, counts};
use crate::ingest::rules::claimant::{self, Speakers, Speech, speeches};
use crate::ingest::rules::date::{self, DateFound, DateWords};
use crate::ingest::rules::place::{self, Lies, PlaceFound, Tie, places};
use crate::ingest::rules::stance::{StanceFound, stances};
use crate::ingest::sentence::{Sentence, sentences};
use crate::ingest::token::Token;
use crate::ingest::work;
use crate::knowledge::actors::ActorKind;
use crate::knowledge::words::EventWord;
use crate::model::claim::{CasualtyGroup, Claimant, Measure};
use captured::captures;
use movement::{is_of_other_body, of_the_movement, russians};
use std::ops::Range;
use told::{drop_claim_dates, event_dates, membership, said, set_aside, told_besides};
pub use told::{is_killed, named, per};

/// A casualty figure with whoever gives it.
#[derive(Debug, Clone)]
pub struct Told {
    /// The figure.
    pub count: Count,
    /// Who says so; empty for the document itself.
    pub by: Vec<Claimant>,
    /// When it was said.
    pub said_on: Option<DateFound>,
    /// The bytes that say it.
    pub bytes: Range<usize>,
}

/// An event word at a token.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    /// Token.
    pub at: usize,
    /// Kind.
    pub word: EventWord,
}

/// What a sentence says.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Its block in the layout.
    pub block: usize,
    /// Its words.
    pub tokens: Vec<Token>,
    /// Actors named.
    pub actors: Vec<ActorFound>,
    /// Places named.
    pub places: Vec<PlaceFound>,
    /// Dates named, those of sayings left out.
    pub dates: Vec<DateFound>,
    /// Sayings.
    pub speeches: Vec<Speech>,
    /// Casualty figures.
    pub told: Vec<Told>,
    /// Perpetrators.
    pub stances: Vec<StanceFound>,
    /// Event words.
    pub events: Vec<Event>,
    /// Figures that are no claim about an incident, with their bytes.
    pub aside: Vec<(Aside, Range<usize>)>,
    /// Whom it is about, when nobody speaks in it.
    pub about: Option<Claimant>,
    /// Whoever announced what the sentences before tell ("C'est ce qu'a rapporté le ministère").
    pub announced: Option<Vec<Claimant>>,
    /// "X is a part of Y": slugs of both, and the tokens that say so.
    pub membership: Option<(String, String, Range<usize>)>,
}

impl Facts {
    /// The sentence's bytes.
    pub fn bytes(&self) -> Range<usize> {
        crate::ingest::token::span(&self.tokens)
    }

    /// The bytes of some of its tokens.
    pub fn bytes_of(&self, tokens: Range<usize>) -> Range<usize> {
        let end = tokens.end.min(self.tokens.len()).max(tokens.start + 1);
        crate::ingest::token::span(&self.tokens[tokens.start..end])
    }

    /// What is said outside some of its tokens, and what in them.
    pub fn split(self, inside: Range<usize>) -> (Self, Self) {
        let mut outer = self.clone();
        let mut inner = self;
        for (part, wanted) in [(&mut outer, false), (&mut inner, true)] {
            let keep = |at: usize| inside.contains(&at) == wanted;
            part.actors.retain(|x| keep(x.start));
            part.places.retain(|x| keep(x.start));
            part.dates.retain(|x| keep(x.start));
            part.told.retain(|x| keep(x.count.figure.start));
            part.stances.retain(|x| keep(x.evidence.start));
            part.events.retain(|x| keep(x.at));
        }
        (outer, inner)
    }

    /// Whether the sentence tells of violence at all.
    pub fn has_cue(&self) -> bool {
        !self.told.is_empty() || !self.events.is_empty() || !self.stances.is_empty()
    }
}

/// Reads every sentence of the document, infobox lines included.
pub fn read(story: &Story<'_>) -> Vec<Facts> {
    let mut reader = Reader {
        story,
        cast: Cast::of_text(&story.text[story.layout.body_start..]),
        speakers: Speakers::default(),
        before: Before::default(),
        many: false,
    };
    reader.meet_actors();
    let mut out: Vec<Facts> = Vec::new();
    let mut announced = 0;
    for (i, block) in story.layout.blocks.iter().enumerate() {
        let whole =
            matches!(block.kind, BlockKind::Field(_) | BlockKind::Title | BlockKind::Heading(_));
        reader.before = Before::default();
        reader.speakers.paragraph();
        for sentence in sentences(story.text, i, block.range.clone()) {
            match out.last_mut().filter(|f| whole && f.block == i) {
                // A title or an infobox line is one piece however it is punctuated.
                Some(before) => before.tokens.extend(sentence.tokens),
                None => {
                    let fact = reader.facts(sentence, &block.kind);
                    announce(&mut out[announced..], &fact);
                    if fact.announced.is_some() {
                        // Every figure so far is somebody's.
                        announced = out.len();
                    }
                    out.push(fact);
                }
            }
        }
    }
    super::quotation::carry(story.known, &mut out);
    super::communique::carry(story.known, &mut out);
    super::going_on::carry(story.known, &mut out);
    super::communique::attribute(story, &mut out);
    out.shrink_to_fit();
    out
}

/// "Ten civilians were killed. The announcement was made by the prime minister.": the figures
/// of the paragraph are whose the announcement is.
fn announce(before: &mut [Facts], fact: &Facts) {
    let Some(announced) = &fact.announced else { return };
    let Some(block) = before.last().map(|f| f.block) else { return };
    // A sentence that opens a paragraph speaks of the one before.
    if fact.block > block + 1 {
        return;
    }
    for fact in before.iter_mut().rev().take_while(|f| f.block == block) {
        work::steps(1);
        for told in fact.told.iter_mut().filter(|told| told.by.is_empty()) {
            told.by.extend_from_slice(announced);
        }
    }
}

struct Reader<'a> {
    story: &'a Story<'a>,
    cast: Cast<'a>,
    speakers: Speakers,
    /// What the paragraph counted so far.
    before: Before,
    /// Whether the text speaks of many attacks together.
    many: bool,
}

impl Reader<'_> {
    /// A first look at who appears, so that short names in an infobox find their bearers.
    fn meet_actors(&mut self) {
        for block in &self.story.layout.blocks {
            if matches!(block.kind, BlockKind::Title | BlockKind::Field(_)) {
                let tokens = crate::ingest::token::tokens(self.story.text, block.range.clone());
                for hit in self.story.vocabulary.actors.all(&tokens) {
                    self.cast.see(hit.value);
                }
            }
        }
    }

    fn facts(&mut self, sentence: Sentence, kind: &BlockKind) -> Facts {
        let story = self.story;
        let tokens = behind_dateline(story, sentence.tokens);
        let actors = actors(&tokens, story.vocabulary, story.known, &mut self.cast);
        let scene = claimant::Scene {
            text: story.text,
            tokens: &tokens,
            vocabulary: story.vocabulary,
            known: story.known,
            actors: &actors,
        };
        let running =
            !matches!(kind, BlockKind::Field(_) | BlockKind::Title | BlockKind::Heading(_));
        let mut speeches = if running { speeches(&scene, &mut self.speakers) } else { Vec::new() };
        let announcement = running.then(|| scene.announced(&mut self.speakers)).flatten();
        let announced = announcement.as_ref().filter(|s| s.scope.is_empty());
        let announced = announced.map(|s| s.speakers.clone());
        if let Some(announcement) = announcement {
            // It says more of who speaks than its verb alone.
            speeches.retain(|s| {
                s.words.end <= announcement.words.start || s.words.start >= announcement.words.end
            });
            speeches.insert(0, announcement);
        }
        let about = self.speakers.about().filter(|_| running && speeches.is_empty()).cloned();
        let stances =
            if running { stances(&scene, &speeches, &mut self.speakers) } else { Vec::new() };
        let dates = date::dates(&tokens);
        let mut found = counts(&tokens, &dates, story.vocabulary, story.known, self.before);
        self.belongs_to_cast(&tokens, &mut found);
        all_of_whom(&tokens, story, &mut found);
        mostly(&tokens, story, &mut found);
        if let Some(first) = found.iter().find(|c| !c.subset).map(|c| c.measure) {
            // "A source gave thirty-one" after dead and wounded: nobody knows which.
            let same = found.iter().all(|c| c.subset || c.measure == first);
            self.before.measure = same.then_some(first);
        }
        let mut events = events(&tokens, story);
        // "On 26 January, a column arrived in Ouro Fero." before what happened there.
        let opens = date::date(&tokens, 0)
            .or_else(|| date::date(&tokens, 1))
            .is_some_and(|d| matches!(d.words, DateWords::Days { .. }));
        let telling = !found.is_empty()
            || opens
            || !events.is_empty()
            || matches!(kind, BlockKind::Field(Field::Place));
        let place_scene = place::Scene {
            text: story.text,
            tokens: &tokens,
            vocabulary: story.vocabulary,
            known: story.known,
            actors: &actors,
            unknown: telling && running || matches!(kind, BlockKind::Field(Field::Place)),
            field: matches!(kind, BlockKind::Field(Field::Place)),
        };
        let mut places = places(&place_scene);
        let mut dates = event_dates(&tokens, dates, &speeches);
        // In a list the day that opens an item is that of the event.
        let opens = |d: &DateFound| matches!(kind, BlockKind::Item) && d.start <= 3;
        let opening: Vec<DateFound> = dates.iter().copied().filter(opens).collect();
        drop_claim_dates(&tokens, &stances, found.is_empty(), &mut dates);
        dates.splice(0..0, opening.into_iter().filter(|d| !dates.contains(d)).collect::<Vec<_>>());
        place_speakers(&tokens, &speeches, &mut places);
        if let Some(line) = &story.dateline {
            dates.retain(|d| !line.contains(&tokens[d.start].start));
            places.retain(|p| !line.contains(&tokens[p.start].start));
        }
        let membership = membership(&tokens, &actors);
        if is_byline(&tokens) {
            places.clear();
            dates.clear();
        }
        let places = told_besides(&tokens, &dates, places);
        if running {
            events.extend(captures(story.known, &tokens, &actors, &places, &dates));
            events.sort_by_key(|e| e.at);
        }
        // "58 attacks were recorded. These attacks killed 195."
        self.many |= running && aside::many_attacks(&tokens);
        self.many &= !dates
            .iter()
            .any(|d| matches!(d.words, DateWords::Days { from, to, .. } if from == to));
        let all = running && self.many && aside::leans_on_many(&tokens);
        let (aside, found) = set_aside(&tokens, running, all, found);
        let told: Vec<Told> = found
            .into_iter()
            .map(|count| said(story, &tokens, &actors, &speeches, count))
            .map(|told| enemies_of_state(story, &tokens, &actors, told))
            .map(|told| own_people(story, &tokens, &actors, &speeches, told))
            .collect();
        if let Some(group) = uniform(told.iter().map(|t| &t.count)) {
            self.before.group = Some(group);
        }
        Facts {
            block: sentence.block,
            tokens,
            actors: fitted(actors),
            places: fitted(places),
            dates: fitted(dates),
            speeches: fitted(speeches),
            told: fitted(told),
            stances: fitted(stances),
            events: fitted(events),
            aside: fitted(aside),
            about,
            announced,
            membership,
        }
    }

    /// "four fighters", "of its men": members of the armed group named last.
    fn belongs_to_cast(&self, tokens: &[Token], found: &mut [Count]) {
        of_the_movement(self.story, &self.cast, tokens, found);
        russians(self.story, &self.cast, tokens, found);
        for count in found.iter_mut().filter(|c| c.group == CasualtyGroup::Other) {
            // "12 of the occupiers": a noun that nothing knows is of nobody's people.
            let generic = (count.figure.start..count.figure.end.min(tokens.len())).any(|i| {
                self.story.vocabulary.people.at(tokens, i).is_some_and(|hit| hit.value.generic)
            });
            if !generic || is_of_other_body(tokens, count.figure.clone()) {
                continue;
            }
            let members = |slug: &str| {
                let actor = self.story.known.actors.get(slug)?;
                actor.members.as_deref()?.parse::<CasualtyGroup>().ok()
            };
            let latest = self.cast.latest(|s| {
                members(s).is_some_and(|g| {
                    matches!(
                        g,
                        CasualtyGroup::Militants | CasualtyGroup::Rebels | CasualtyGroup::Militia
                    )
                })
            });
            if let Some(group) = latest.and_then(members) {
                count.victims.retain(|v| v != "combatants");
                count.group = group;
            }
        }
    }
}

/// A sentence without the dateline before it: "BAMAKO, 12 June 2019 (AFP) – The army said" opens
/// with who speaks.
fn behind_dateline(story: &Story<'_>, mut tokens: Vec<Token>) -> Vec<Token> {
    let Some(line) = &story.dateline else { return tokens };
    if tokens.first().is_some_and(|t| line.contains(&t.start)) {
        let words = |t: &Token| t.start >= line.end && (t.is_word() || t.is_quote());
        if let Some(from) = tokens.iter().position(words) {
            tokens.drain(..from);
        }
    }
    tokens
}

/// Words for those whom an army fights.
const FOUGHT: &[&str] = &[
    "fighters", "fighter", "combattants", "combattant", "ennemis", "ennemi", "enemies", "suspects",
    "suspect", "raiders",
];

/// "The army reported killing 40 fighters": those whom an army fights, when the text names no
/// group.
fn enemies_of_state(
    story: &Story<'_>,
    tokens: &[Token],
    actors: &[ActorFound],
    mut told: Told,
) -> Told {
    let speaker = told.by.first().and_then(|s| story.known.actors.get(s.actor.as_deref()?));
    let state = speaker.is_some_and(|a| {
        a.forces.is_some() || matches!(a.kind, ActorKind::StateForces | ActorKind::ForeignForces)
    });
    let fighters = tokens[told.count.figure.start..told.count.figure.end.min(tokens.len())]
        .iter()
        .any(|t| one_of(t, FOUGHT));
    if state && fighters && told.count.group == CasualtyGroup::Other {
        told.count.group = CasualtyGroup::Militants;
    }
    // "The rebels claimed 97 enemies killed".
    let rebels =
        speaker.is_some_and(|a| matches!(a.kind, ActorKind::Separatist | ActorKind::Jihadist));
    let enemies = tokens[told.count.figure.start..told.count.figure.end.min(tokens.len())]
        .iter()
        .any(|t| one_of(t, &["enemies", "enemy", "ennemis"]));
    // "more than sixty of its enemies, most of them from JNIM".
    let others = |a: &ActorFound| {
        let kind = story.known.actors.get(&a.slug).map(|a| a.kind);
        let armed = [ActorKind::Jihadist, ActorKind::Separatist, ActorKind::SelfDefenceMilitia];
        a.start >= told.count.figure.end && kind.is_some_and(|kind| armed.contains(&kind))
    };
    if rebels && enemies && told.count.group == CasualtyGroup::Other {
        let soldiers = !actors.iter().any(others);
        told.count.group = if soldiers { CasualtyGroup::Soldiers } else { CasualtyGroup::Total };
    }
    told
}

/// "it said that two of its men had died", "deux de ses hommes": those of whoever speaks, unless
/// what is said names another before them: "JNIM said the army lost 12 of its men".
fn own_people(
    story: &Story<'_>,
    tokens: &[Token],
    actors: &[ActorFound],
    speeches: &[Speech],
    mut told: Told,
) -> Told {
    let speaker = told.by.first().and_then(|s| story.known.actors.get(s.actor.as_deref()?));
    let figure = told.count.figure.clone();
    let own = tokens[figure.start..figure.end.min(tokens.len())].windows(2).any(|w| {
        one_of(&w[0], &["its", "their", "ses", "leurs"])
            && one_of(&w[1], &["men", "fighters", "hommes", "combattants", "members", "elements"])
    });
    let other = |slug: &str| {
        speeches.iter().filter(|s| s.scope.contains(&figure.start)).any(|s| {
            let said = s.scope.start..figure.start;
            actors.iter().any(|a| said.contains(&a.start) && a.slug != slug)
        })
    };
    let speaker = speaker.filter(|a| own && !other(&a.slug));
    let members = speaker.and_then(|a| a.members.as_deref()?.parse().ok());
    told.count.group = members.unwrap_or(told.count.group);
    told
}

/// Without room for more: a long document keeps hundreds of thousands.
fn fitted<T>(mut found: Vec<T>) -> Vec<T> {
    found.shrink_to_fit();
    found
}

/// "By our correspondent in Mopti", "De notre envoyé spécial à Gao": where the writer is.
fn is_byline(tokens: &[Token]) -> bool {
    let opens = tokens.first().is_some_and(|t| one_of(t, &["by", "par", "de", "reporting"]));
    let writer = tokens.iter().take(6).any(|t| {
        one_of(
            t,
            &["correspondent", "correspondant", "correspondante", "reporter", "envoye", "staff"],
        )
    });
    opens && writer && tokens.len() <= 12
}

/// "according to sources based in Bamako": where the speaker is, when the sentence puts what
/// happened elsewhere.
fn place_speakers(tokens: &[Token], speeches: &[Speech], places: &mut [PlaceFound]) {
    let spoken = |p: &PlaceFound| speeches.iter().any(|s| s.words.contains(&p.start));
    // "a spokesman in New York".
    for place in places.iter_mut().filter(|p| p.lies == Lies::Abroad && spoken(p)) {
        place.tie = Tie::Other;
    }
    // "A UN spokesman in New York first reported one dead".
    for place in places.iter_mut().filter(|p| p.start >= 2 && p.lies != Lies::InMali) {
        let near = &tokens[place.start - 2..place.start];
        if one_of(&near[1], &["in", "a"])
            && one_of(&near[0], &["spokesman", "spokeswoman", "spokesperson", "parole"])
        {
            place.tie = Tie::Other;
        }
    }
    // "a security source in Bamako": where sources sit.
    for place in places.iter_mut().filter(|p| p.key == "bamako" && spoken(p)) {
        place.tie = Tie::Other;
    }
    if places.iter().any(|p| p.is_scene() && !spoken(p)) {
        for place in places.iter_mut().filter(|p| spoken(p)) {
            place.tie = Tie::Other;
        }
    }
}

/// The group of the sentence's figures, when all have the same.
fn uniform<'a>(found: impl Iterator<Item = &'a Count>) -> Option<CasualtyGroup> {
    let mut groups = found.filter(|c| !c.subset).map(|c| c.group);
    let first = groups.next()?;
    Some(if groups.all(|g| g == first) { first } else { CasualtyGroup::Total })
}

/// "43 people were killed, all of whom were civilians": the people were civilians.
fn all_of_whom(tokens: &[Token], story: &Story<'_>, found: &mut [Count]) {
    if found.is_empty() {
        return;
    }
    let Some(all) = (0..tokens.len()).find(|i| one_of(&tokens[*i], &["all", "tous", "toutes"]))
    else {
        return;
    };
    let joined = all > 0 && tokens[all - 1].is(",");
    let people = tokens[all + 1..].iter().take(5).enumerate().find_map(|(i, t)| {
        let hit = story.vocabulary.people.at(tokens, all + 1 + i)?;
        // "toutes membres de la communauté peule": who they are stands behind it.
        (!one_of(t, &["people"]) && !hit.value.generic).then_some(hit.value)
    });
    let Some(people) = people.filter(|p| joined && p.group != CasualtyGroup::Total && !p.generic)
    else {
        return;
    };
    // "Twelve were killed, including two soldiers, and four wounded, all of them civilians": the four.
    let others: Vec<Measure> = found
        .iter()
        .filter(|c| c.subset && c.group != people.group && !c.group.is_part_of_another())
        .map(|c| c.measure)
        .collect();
    for count in found.iter_mut().filter(|c| !others.contains(&c.measure)) {
        if count.group == CasualtyGroup::Total && count.figure.end <= all {
            count.group = people.group;
            count.victims.extend(people.victim.clone());
        }
    }
}

/// "47 people, most of them Tuareg civilians": whom the figure names besides.
fn mostly(tokens: &[Token], story: &Story<'_>, found: &mut [Count]) {
    let plain = |c: &&mut Count| matches!(c.group, CasualtyGroup::Total | CasualtyGroup::Civilians);
    for count in found.iter_mut().filter(plain) {
        let from = count.figure.end;
        let led = tokens.get(from).is_some_and(|t| t.is(","))
            && tokens[from..].iter().take(4).any(|t| {
                one_of(
                    t,
                    &[
                        "mostly", "most", "mainly", "majorite", "plupart", "essentiellement",
                        "majority", "almost", "nearly", "presque", "all", "tous", "toutes",
                    ],
                )
            });
        if !led {
            continue;
        }
        let near = from + 1..(from + 8).min(tokens.len());
        let named =
            near.filter_map(|i| story.vocabulary.people.at(tokens, i)?.value.victim.clone());
        for victim in named {
            if !count.victims.contains(&victim) {
                count.victims.push(victim);
            }
        }
    }
}

fn events(tokens: &[Token], story: &Story<'_>) -> Vec<Event> {
    story
        .vocabulary
        .events
        .all(tokens)
        .into_iter()
        // "before the killings at the market": another event than the one told.
        .filter(|hit| {
            let the = hit.start > 0
                && one_of(&tokens[hit.start - 1], &["the", "les", "l", "la", "ces", "these"]);
            let before = hit.start.checked_sub(2).map(|i| &tokens[i]);
            !(the
                && before
                    .is_some_and(|t| one_of(t, &["before", "after", "since", "apres", "avant"])))
        })
        .map(|hit| Event { at: hit.start, word: *hit.value })
        .collect()
}
