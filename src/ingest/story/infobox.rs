//! What an infobox says: date, place, perpetrators, sides and their losses.

mod sides;

use super::Story;
use super::calendar::Calendar;
use super::facts::{Facts, Told, named, per};
use super::tell::{Mention, Named, Targeted};
use crate::ingest::layout::{BlockKind, Field};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::casualty::Count;
use crate::ingest::rules::number::{Figure, figure};
use crate::ingest::rules::people::{Head, noun_phrase};
use crate::ingest::token::Token;
use crate::knowledge::actors::{Actor, ActorKind};
use crate::model::claim::{CasualtyGroup, Claimant, Measure};
use crate::model::date::DateSpan;
use std::ops::Range;
use std::str::FromStr;

/// An infobox read.
#[derive(Debug, Default)]
pub struct Infobox {
    /// When.
    pub date: Option<(Range<usize>, DateSpan)>,
    /// Where.
    pub places: Vec<Mention>,
    /// Figures.
    pub parts: Vec<Told>,
    /// Perpetrators.
    pub mentions: Vec<Named>,
    /// Those who fought, with the number of their side.
    pub sides: Vec<(u8, Named)>,
    /// Whom it was aimed at.
    pub targets: Vec<Targeted>,
}

/// The most places that an infobox can name: each is compared with every place of the text.
const MAX_PLACES: usize = 200;

/// In place of the number of a side, for losses among civilians.
const CIVIL: u8 = u8::MAX;

/// One line of losses.
struct Line<'f> {
    fact: &'f Facts,
    /// Side, from 1; 0 when the layout does not tell.
    side: u8,
}

/// Reads the fields; none when the document has no infobox.
pub fn read(story: &Story<'_>, facts: &[Facts], calendar: &mut Calendar) -> Option<Infobox> {
    let mut out = Infobox::default();
    let mut sides: Vec<(u8, Vec<&Actor>)> = Vec::new();
    let mut fighters: Vec<Vec<Named>> = Vec::new();
    let mut losses: Vec<Line<'_>> = Vec::new();
    let mut any = false;
    for fact in facts {
        let BlockKind::Field(field) = story.layout.blocks[fact.block].kind else {
            continue;
        };
        any = true;
        match field {
            Field::Date => out.date = date(fact, calendar).or(out.date),
            Field::Place => {
                let left = MAX_PLACES - out.places.len();
                let places = fact.places.iter().take(left);
                out.places.extend(places.map(|p| Mention::of(story, fact, p)));
            }
            Field::Perpetrator => {
                out.mentions.extend(sides::perpetrators(story, fact));
            }
            Field::Target => {
                out.targets.extend(people(story, fact));
                out.targets.extend(members_aimed_at(story, fact));
            }
            Field::Victims => out.parts.extend(lined(story, fact)),
            Field::Fatalities => out.parts.extend(figures(story, fact, Measure::Killed)),
            Field::Injuries => out.parts.extend(figures(story, fact, Measure::Wounded)),
            Field::Missing => out.parts.extend(figures(story, fact, Measure::Missing)),
            Field::Side(side) => {
                let fought = belligerents(story, fact);
                fighters.push(sides::fighters(fact, &fought));
                sides.push((side, fought.into_iter().map(|(actor, _)| actor).collect()));
            }
            Field::Losses(side) => losses.push(Line { fact, side }),
            Field::CivilLosses => losses.push(Line { fact, side: CIVIL }),
            Field::Type | Field::Other => {}
        }
    }
    number_sides(&mut sides);
    let numbered = sides.iter().zip(fighters);
    out.sides = numbered.flat_map(|((n, _), all)| all.into_iter().map(|f| (*n, f))).collect();
    // "Drapeau de la France" above its losses: of the side on which it fought.
    let side_of_flag = |fact: &Facts| {
        let told = fact.told.is_empty() && has_flag(fact);
        let mut named = sides.iter().filter(|_| told);
        named.find(|(_, all)| flagged(story, fact, all).is_some()).map(|(side, _)| *side)
    };
    number_losses(&mut losses, side_of_flag);
    let mut by: Option<Claimant> = None;
    let mut flag = None;
    let mut label = None;
    let mut of_side = 0;
    // First of the figures that a line "(according to the MNLA)" below them claims.
    let mut unclaimed = out.parts.len();
    for line in &losses {
        if let Some(claimant) = trailing_claimant(story, line.fact) {
            for one in out.parts[unclaimed..].iter_mut().filter(|t| t.by.is_empty()) {
                one.by.push(claimant.clone());
            }
            unclaimed = out.parts.len();
            continue;
        }
        if let Some(claimant) = heading_claimant(story, line.fact) {
            (by, flag) = (Some(claimant), None);
            continue;
        }
        // "Civils :" above its figures.
        if line.fact.told.is_empty()
            && let Some(group) = labelled(story, line.fact)
        {
            label = Some(group);
            continue;
        }
        if line.side != of_side {
            (flag, of_side) = (None, line.side);
        }
        let all: Vec<&Actor> = sides.iter().flat_map(|(_, a)| a.iter().copied()).collect();
        // "2 captured" below "46 killed" with its flag is of the same people.
        flag = flagged(story, line.fact, &all).or(flag);
        // "Total: 149 killed": of both sides.
        let whole = line.fact.tokens.first().is_some_and(|t| t.norm == "total");
        let group = match whole {
            true => Some(CasualtyGroup::Total),
            false if line.side == CIVIL => Some(CasualtyGroup::Civilians),
            false => {
                labelled(story, line.fact).or(label).or(flag).or(side_group(&sides, line.side))
            }
        };
        let mut told = lined(story, line.fact);
        let bare = told.iter().all(|t| t.count.elided);
        for one in told.iter_mut().filter(|t| t.by.is_empty()) {
            one.by.extend(by.clone());
        }
        // "7–17 fighters killed, 6-8 wounded, 7 captured": the others are of the same people.
        let mut named = told.iter().filter(|t| !t.count.elided).map(|t| t.count.group);
        let first = named.next().filter(|g| !bare && named.all(|other| other == *g));
        let open = |g| matches!(g, CasualtyGroup::Other | CasualtyGroup::Total);
        for one in told.iter_mut().filter(|t| t.count.elided && open(t.count.group)) {
            one.count.group = first.unwrap_or(one.count.group);
        }
        // "15+ killed (per Mali) 50 killed (per Mali)": the cells of both sides on one line.
        let mut seen: Vec<(Measure, String)> = Vec::new();
        let mut side = line.side;
        for one in told.iter_mut().filter(|_| bare) {
            let by = one.by.first().map(|by| (one.count.measure, by.name.clone()));
            if side == line.side && by.as_ref().is_some_and(|by| seen.contains(by)) {
                side += 1;
            }
            seen.extend(by);
            let group = if side == line.side {
                group
            } else {
                side_group(&sides, side).or_else(|| other_camp(&sides, line.side)).or(group)
            };
            // "Per JNIM: Russia 50 killed": those of the flag.
            let own = one.by.first().filter(|_| flag.is_none());
            let own = own.and_then(|by| own_group(&sides, side, by));
            one.count.group = own.or(group).unwrap_or(one.count.group);
        }
        out.parts.extend(told);
    }
    any.then_some(out)
}

/// "October 30–31, 2020", "March 8, 2022 – May 2023": from the first day to the last.
fn date(fact: &Facts, calendar: &mut Calendar) -> Option<(Range<usize>, DateSpan)> {
    let first = fact.dates.first()?;
    let span = calendar.resolve(first)?;
    let only = Some((fact.bytes_of(first.start..first.end), span));
    let Some(last) = fact.dates.get(1) else { return only };
    let dash = |t: &Token| t.is("-") || t.is("–") || t.is("—") || one_of(t, &["to", "and", "au"]);
    let joined = fact.tokens.get(first.end).is_some_and(dash) && last.start <= first.end + 2;
    let end = calendar.clone().resolve(last).and_then(|s| s.end());
    match span.start().zip(end) {
        Some((start, end)) if joined && start < end => {
            Some((fact.bytes_of(first.start..last.end), DateSpan::range(start, end)))
        }
        _ => only,
    }
}

/// "Civilians: 49 to 154 dead": whom a line counts by its own label.
fn labelled(story: &Story<'_>, fact: &Facts) -> Option<CasualtyGroup> {
    let hit = story.vocabulary.people.at(&fact.tokens, 0)?;
    let colon = fact.tokens.get(hit.end).is_some_and(|t| t.is(":"));
    colon.then_some(hit.value.group)
}

/// "Flag of Mali", "Drapeau du Mali".
fn has_flag(fact: &Facts) -> bool {
    fact.tokens.first().is_some_and(|t| one_of(t, &["flag", "drapeau"]))
}

/// "Flag of Mali.svg 47 killed": whose losses a line gives by its flag.
fn flagged(story: &Story<'_>, fact: &Facts, side: &[&Actor]) -> Option<CasualtyGroup> {
    let words = &fact.tokens;
    let flag = words.windows(2).position(|w| {
        one_of(&w[0], &["flag", "drapeau"]) && one_of(&w[1], &["of", "de", "du", "des"])
    });
    // "Mali 10 killed": the name of the flag alone. "Drapeau de la France".
    let at = flag.map_or(0, |of| of + 2);
    let at = at + usize::from(words.get(at).is_some_and(|t| one_of(t, &["la", "l", "the"])));
    let hit = story.vocabulary.countries.at(words, at);
    let iso = match hit {
        Some(hit) => hit.value.as_str(),
        None if words.get(at).is_some_and(|t| t.norm == "mali") => "ML",
        None => return None,
    };
    let bearer = side.iter().filter(|a| a.members.is_some()).find(|a| {
        let company = a.kind == ActorKind::PrivateMilitaryCompany && iso == "RU";
        a.country.as_deref() == Some(iso) || company
    })?;
    CasualtyGroup::from_str(bearer.members.as_deref()?).ok()
}

/// "Per JNIM:" on a line of its own: whose figures follow.
fn heading_claimant(story: &Story<'_>, fact: &Facts) -> Option<Claimant> {
    let end = fact.tokens.iter().rposition(|t| t.is_word())? + 1;
    let per = one_of(fact.tokens.first()?, &["per", "selon", "according"]);
    let start = (1..end).find(|i| !one_of(&fact.tokens[*i], &["to", "the", "le", "la", "l"]))?;
    (per && fact.told.is_empty()).then(|| named(story, &fact.tokens[start..end]))
}

/// "(according to the MNLA)" on a line of its own: whose figures stand before.
fn trailing_claimant(story: &Story<'_>, fact: &Facts) -> Option<Claimant> {
    let opens = fact.tokens.first().is_some_and(|t| t.is("(")) && fact.told.is_empty();
    per(story, &fact.tokens, 0).filter(|_| opens)?.into_iter().next()
}

/// The figures of a line, quoted with its label.
fn lined(story: &Story<'_>, fact: &Facts) -> Vec<Told> {
    let line = story.layout.blocks[fact.block].line.clone();
    let bytes = |told: &Told| {
        if line.len() <= 120 { line.clone() } else { told.bytes.clone() }
    };
    fact.told.iter().map(|t| Told { bytes: bytes(t), ..t.clone() }).collect()
}

/// "Fatalities: 47", or the figures that the line itself explains.
fn figures(story: &Story<'_>, fact: &Facts, measure: Measure) -> Vec<Told> {
    let explained = lined(story, fact);
    if !explained.is_empty() {
        return explained;
    }
    // "20 hostages, 2 gunmen": each figure with its noun.
    let mut out = Vec::new();
    let mut at = 0;
    while at < fact.tokens.len() {
        let Some(number) = figure(&fact.tokens, at) else {
            at += 1;
            continue;
        };
        let phrase = noun_phrase(&fact.tokens, number.end, story.vocabulary, story.known);
        at = phrase.end.max(number.end);
        let (group, victims) = match phrase.head {
            Head::People(nouns) => {
                (nouns[0].group, nouns.iter().filter_map(|n| n.victim.clone()).collect())
            }
            Head::Elided if out.is_empty() || per(story, &fact.tokens, number.end).is_some() => {
                (CasualtyGroup::Total, Vec::new())
            }
            Head::Unlisted if out.is_empty() => (CasualtyGroup::Total, Vec::new()),
            // "22 total", "149 in total".
            _ if out.is_empty() && is_total(&fact.tokens, number.end) => {
                (CasualtyGroup::Total, Vec::new())
            }
            _ => continue,
        };
        let bytes = story.layout.blocks[fact.block].line.clone();
        let by = per(story, &fact.tokens, number.end).unwrap_or_default();
        let count = count_of(number, measure, group, victims);
        out.push(Told { count, by, said_on: None, bytes });
    }
    out
}

fn is_total(tokens: &[Token], at: usize) -> bool {
    let total = |i: usize| tokens.get(i).is_some_and(|t| one_of(t, &["total", "overall"]));
    total(at) || tokens.get(at).is_some_and(|t| one_of(t, &["in", "au"])) && total(at + 1)
}

fn count_of(number: Figure, measure: Measure, group: CasualtyGroup, victims: Vec<String>) -> Count {
    Count {
        measure,
        group,
        victims,
        min: number.min,
        max: number.max,
        qualifier: number.qualifier,
        subset: false,
        elided: false,
        figure: number.start..number.end,
        evidence: number.start..number.end,
        rule: "line of an infobox",
    }
}

/// The victim groups that a line names.
fn people(story: &Story<'_>, fact: &Facts) -> Vec<Targeted> {
    let hits = story.vocabulary.people.all(&fact.tokens);
    hits.iter()
        .filter_map(|hit| {
            let slug = hit.value.victim.clone()?;
            Some(Targeted { slug, bytes: fact.bytes_of(hit.start..hit.end) })
        })
        .collect()
}

/// "Cible : CMA, Plateforme, armée malienne": those who fight for whomever it was aimed at.
fn members_aimed_at(story: &Story<'_>, fact: &Facts) -> Vec<Targeted> {
    let targeted = |(actor, words): (&Actor, Range<usize>)| {
        // "Camp of the army": its soldiers too.
        let slug = actor.members.clone()?;
        story.known.victims.get(&slug)?;
        Some(Targeted { slug, bytes: fact.bytes_of(words) })
    };
    belligerents(story, fact).into_iter().filter_map(targeted).collect()
}

/// The actors of a line of belligerents with their tokens, short names included.
fn belligerents<'a>(story: &'a Story<'_>, fact: &Facts) -> Vec<(&'a Actor, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < fact.tokens.len() {
        let full = story.vocabulary.actors.at(&fact.tokens, at);
        let short = story.vocabulary.short_actors.at(&fact.tokens, at);
        if let Some(hit) = full {
            out.extend(story.known.actors.get(hit.value).map(|a| (a, at..hit.end)));
            at = hit.end;
        } else if let Some(hit) = short {
            // "Mali" among belligerents is its army.
            let bearers = hit.value.iter().filter_map(|s| story.known.actors.get(s));
            let meant = bearers.clone().find(|a| a.members.is_some()).or(bearers.clone().next());
            out.extend(meant.map(|a| (a, at..hit.end)));
            at = hit.end;
        } else {
            at += 1;
        }
    }
    out
}

/// On which side of the fighting an actor usually stands: a new side begins where it changes.
fn camp(kind: ActorKind) -> u8 {
    match kind {
        ActorKind::StateForces
        | ActorKind::ForeignForces
        | ActorKind::PrivateMilitaryCompany
        | ActorKind::UnitedNations
        | ActorKind::Speaker => 0,
        ActorKind::SelfDefenceMilitia => 1,
        ActorKind::Separatist => 2,
        ActorKind::Jihadist => 3,
        ActorKind::Unknown => 4,
    }
}

/// Gives the lines of belligerents of a browser copy their side, by where the camp changes.
fn number_sides(sides: &mut [(u8, Vec<&Actor>)]) {
    let (mut side, mut last) = (0, None);
    for (number, actors) in sides.iter_mut().filter(|(number, _)| *number == 0) {
        let camp = actors.first().map(|a| camp(a.kind));
        if camp.is_some() && camp != last {
            side += 1;
            last = camp;
        }
        *number = side.max(1);
    }
}

/// Gives the lines of losses of a browser copy their side. A new side begins where a claimant
/// comes again, where lines with and without a claimant meet, behind "Unknown", and where a bare
/// line counts what one before it counted: "17 killed", "42 injured", "3 killed".
fn number_losses(losses: &mut [Line<'_>], side_of_flag: impl Fn(&Facts) -> Option<u8>) {
    let mut side = 1;
    let mut seen: Vec<String> = Vec::new();
    let mut measures: Vec<Measure> = Vec::new();
    let mut before: Option<bool> = None;
    let mut closed = false;
    for line in losses.iter_mut().filter(|l| l.side == 0) {
        if let Some(flagged) = side_of_flag(line.fact) {
            side = flagged;
            measures.clear();
        }
        let told = &line.fact.told;
        let claimant = told.iter().find_map(|t| t.by.first()).map(|c| c.name.clone());
        let again = claimant.as_ref().is_some_and(|c| seen.contains(c));
        let changed = before.is_some_and(|b| b != claimant.is_some());
        let bare = before == Some(false) && claimant.is_none();
        let recounts = told.iter().any(|t| measures.contains(&t.count.measure));
        if side == 1 && (again || changed || closed || bare && recounts) {
            side = 2;
        }
        closed = side == 1 && is_unknown(line.fact);
        seen.extend(claimant.clone());
        measures.extend(told.iter().map(|t| t.count.measure));
        // "2 vehicles destroyed" counts nobody.
        if !told.is_empty() || closed {
            before = Some(claimant.is_some());
        }
        line.side = side;
    }
}

/// "Unknown", "None": all that is said of the losses of a side.
fn is_unknown(fact: &Facts) -> bool {
    let said =
        |t: &Token| one_of(t, &["unknown", "none", "heavy", "inconnu", "inconnues", "aucune"]);
    fact.told.is_empty() && fact.tokens.first().is_some_and(said)
}

/// How a belligerent counts the losses of its own side: as its own members.
fn own_group(sides: &[(u8, Vec<&Actor>)], side: u8, by: &Claimant) -> Option<CasualtyGroup> {
    let mut actors = sides.iter().filter(|(n, _)| *n == side).flat_map(|(_, a)| a);
    let actor = actors.find(|a| Some(&a.slug) == by.actor.as_ref())?;
    CasualtyGroup::from_str(actor.members.as_deref()?).ok()
}

/// "Mali Jama'at Nasr al-Islam": how the second of two camps on one line is counted.
fn other_camp(sides: &[(u8, Vec<&Actor>)], side: u8) -> Option<CasualtyGroup> {
    let mut actors = sides.iter().filter(|(n, _)| *n == side).flat_map(|(_, a)| a);
    let first = camp(actors.next()?.kind);
    let other = actors.find(|a| camp(a.kind) != first)?;
    CasualtyGroup::from_str(other.members.as_deref()?).ok()
}

/// How the people of a side are counted: as the members of its first belligerent.
fn side_group(sides: &[(u8, Vec<&Actor>)], side: u8) -> Option<CasualtyGroup> {
    let mut actors = sides.iter().filter(|(n, _)| *n == side).flat_map(|(_, a)| a);
    actors.find_map(|a| CasualtyGroup::from_str(a.members.as_deref()?).ok())
}
