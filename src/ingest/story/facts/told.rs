//! Which figures and dates of a sentence count, and whose word they are.

use super::Told;
use super::elliptic::elliptic;
use crate::ingest::lexicon::{Words, any_of, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::aside::{self, Aside};
use crate::ingest::rules::casualty::Count;
use crate::ingest::rules::claimant::Speech;
use crate::ingest::rules::date::{self, DateFound, DateWords};
use crate::ingest::rules::people::demonym;
use crate::ingest::rules::place::PlaceFound;
use crate::ingest::rules::stance::StanceFound;
use crate::ingest::story::Story;
use crate::ingest::story::whose::whose;
use crate::ingest::token::Token;
use crate::model::claim::{Claimant, Measure, Qualifier};
use crate::model::incident::Stance;
use std::ops::Range;

/// Parts the figures of incidents from totals of a period and from denied ones.
pub(super) fn set_aside(
    tokens: &[Token],
    running: bool,
    all: bool,
    found: Vec<Count>,
) -> (Vec<(Aside, Range<usize>)>, Vec<Count>) {
    // A semicolon parts a total of months from what happened on the day.
    let clause = |at: usize| {
        let from = (0..at).rev().find(|i| tokens[*i].is(";")).map_or(0, |i| i + 1);
        // "killing 41 in an area where attacks have surged in recent months": what is said of
        // the area is no part of it.
        let ends = |i: &usize| {
            tokens[*i].is(";")
                || one_of(&tokens[*i], &["where", "whose", "which", "bringing", "portant"])
        };
        let end = (at..tokens.len()).find(ends).unwrap_or(tokens.len());
        from..end
    };
    // The figures of one clause are all of them totals, or none is.
    let mut last: Option<(Range<usize>, bool)> = None;
    let mut period = |at: usize| {
        let clause = clause(at);
        let known = last.take().filter(|(of, _)| *of == clause);
        let total = known
            .map_or_else(|| aside::is_period_total(&tokens[clause.clone()]), |(_, total)| total);
        last = Some((clause, total));
        all || running && total
    };
    // "have killed hundreds of soldiers, including 27 on 4 March at Mondoro": of years.
    let many = |count: &Count| {
        count.qualifier == Qualifier::Dozens
            && !count.subset
            && tokens[..count.figure.start]
                .iter()
                .rev()
                .take(4)
                .any(|t| one_of(t, &["have", "has", "ont"]))
            && found.iter().any(|c| c.subset && c.figure.start > count.figure.start)
            && date::dates(tokens).iter().any(|d| d.start > count.figure.start)
    };
    let years: Vec<bool> = found.iter().map(|c| running && many(c)).collect();
    let denied = aside::denied_from(tokens).filter(|_| running);
    let mut out = Vec::new();
    let mut kept = Vec::new();
    for (count, years) in found.into_iter().zip(years) {
        let why = if years || period(count.figure.start) {
            Some(Aside::Period)
        } else if denied.is_some_and(|from| count.figure.start > from) {
            Some(Aside::Denied)
        } else {
            None
        };
        match why {
            Some(why) => {
                let last = (count.evidence.end - 1).min(tokens.len() - 1);
                out.push((why, tokens[count.evidence.start].start..tokens[last].end));
            }
            None => kept.push(count),
        }
    }
    (out, kept)
}

/// "Katiba Macina is a part of JNIM": said as a sentence of its own.
pub(super) fn membership(
    tokens: &[Token],
    actors: &[ActorFound],
) -> Option<(String, String, Range<usize>)> {
    static PARTS: Words = Words::new(&["part", "branch", "member", "faction", "affiliate"]);
    let part = (1..tokens.len()).find(|i| {
        PARTS.has(&tokens[*i])
            && tokens[i.saturating_sub(3)..*i].iter().any(|t| one_of(t, &["is", "was"]))
            && tokens.get(i + 1).is_some_and(|t| one_of(t, &["of"]))
    })?;
    let member = actors.iter().rev().find(|a| a.end <= part)?;
    let whole = actors.iter().rfind(|a| a.start > part && a.start <= part + 8)?;
    let differ = member.slug != whole.slug;
    differ.then(|| (member.slug.clone(), whole.slug.clone(), member.start..whole.end))
}

/// "four days after the massacre in Hombori", "the same day as the attack on Timbuktu": the place
/// of what it is told by is not where this happened.
pub(super) fn told_besides(
    tokens: &[Token],
    dates: &[DateFound],
    places: Vec<PlaceFound>,
) -> Vec<PlaceFound> {
    let aside = |at: usize| {
        dates.iter().any(|d| {
            let leans = matches!(d.words, DateWords::After(_) | DateWords::MonthsAfter(_))
                && one_of(&tokens[d.end - 1], &["after", "before", "prior"])
                && tokens[d.end..]
                    .iter()
                    .find(|t| t.norm != "to")
                    .is_some_and(|t| one_of(t, &["the", "this", "that"]));
            let same = d.words == DateWords::SameDay
                && tokens.get(d.end).is_some_and(|t| one_of(t, &["as", "of", "que"]))
                && tokens
                    .get(d.end + 1)
                    .is_some_and(|t| one_of(t, &["the", "this", "that", "l", "la"]));
            let close = (d.end..tokens.len()).find(|i| tokens[*i].is(",")).unwrap_or(tokens.len());
            (leans || same) && d.start < at && at < close
        })
    };
    places.into_iter().filter(|p| !aside(p.start)).collect()
}

/// The dates of events: not those on which something was said.
pub(super) fn event_dates(
    tokens: &[Token],
    mut dates: Vec<DateFound>,
    speeches: &[Speech],
) -> Vec<DateFound> {
    let said =
        |d: &DateFound| speeches.iter().filter_map(|s| s.said_on).any(|s| s.start == d.start);
    dates.retain(|d| !said(d) && !is_published(tokens, d.start) && !is_of_saying(tokens, d));
    dates
}

/// "The MNLA, which claimed the town, said on 22 January that", "a affirmé le 22 janvier que".
fn is_of_saying(tokens: &[Token], date: &DateFound) -> bool {
    static SAID: Words = Words::new(&[
        "said", "stated", "announced", "reported", "claimed", "acknowledged", "admitted",
        "declare", "affirme", "annonce", "indique", "reconnu", "admis", "assure",
    ]);
    let led = date.start.checked_sub(1).filter(|i| one_of(&tokens[*i], &["on", "le"]));
    let verb = led.unwrap_or(date.start).checked_sub(1);
    let that = tokens.get(date.end).is_some_and(|t| one_of(t, &["that", "que", "qu"]));
    that && date.start > 3 && verb.is_some_and(|i| SAID.has(&tokens[i]))
}

/// "un communiqué reçu lundi", "a report released on Friday": the day of what was put out.
fn is_published(tokens: &[Token], date: usize) -> bool {
    const PUT_OUT: &[&str] = &[
        "recu", "recue", "publie", "publiee", "publies", "publiees", "diffuse", "diffusee",
        "diffuses", "date", "datee", "parvenu", "transmis", "public", "publique", "issued",
        "published", "posted", "dated", "released",
    ];
    const PUBLICATIONS: &[&str] = &[
        "statement", "report", "video", "message", "communique", "rapport", "texte", "document",
        "conclusions", "figures", "bilan", "declaration", "note", "lettre", "letter", "footage",
        "recording", "decompte", "toll", "findings", "chiffres", "enregistrement", "tweet",
    ];
    let mut at = date;
    while at > 0
        && one_of(&tokens[at - 1], &["le", "on", "ce", "du", "late", "this", "tard", "early"])
    {
        at -= 1;
    }
    let put_out = at > 0 && date - at <= 2 && one_of(&tokens[at - 1], PUT_OUT);
    put_out && tokens[..at].iter().rev().take(9).any(|t| one_of(t, PUBLICATIONS))
}

/// "JNIM claimed the attack on 20 April", "On Monday JNIM claimed responsibility": the day of the
/// claim, not of the attack.
pub(super) fn drop_claim_dates(
    tokens: &[Token],
    stances: &[StanceFound],
    bare: bool,
    dates: &mut Vec<DateFound>,
) {
    // "a démenti, vendredi, toute implication".
    for denial in stances.iter().filter(|s| s.stance == Stance::Denied) {
        let near = denial.evidence.start..denial.evidence.end + 3;
        dates.retain(|d| !near.contains(&d.start));
    }
    dates.retain(|d| !is_day_of_claim(tokens, d));
    let claims = stances.iter().filter(|s| s.stance == Stance::Claimed);
    for claim in claims {
        dates.retain(|d| {
            // "claimed Sunday's assault".
            if tokens.get(d.end).is_some_and(|t| t.is("'s") || t.is("’s")) {
                return true;
            }
            // "JNIM on Tuesday claimed responsibility".
            let inside = claim.evidence.contains(&d.start)
                && d.end < claim.evidence.end
                && one_of(&tokens[d.start.saturating_sub(1)], &["on", "le", "ce"]);
            // "claimed the attack at Boulikessi on 30 September": the day of the attack.
            let far = d.start > claim.evidence.end + 5;
            // "claimed the attack of March 4 on the base at Mondoro".
            let of = d.start >= 2
                && one_of(&tokens[d.start - 1], &["of", "du"])
                && one_of(
                    &tokens[d.start - 2],
                    &["attack", "ambush", "raid", "assault", "bombing", "attaque", "embuscade"],
                );
            let after = d.start >= claim.evidence.end
                && !of
                && !far
                && !tells_deed(&tokens[claim.evidence.end - 1])
                && (bare || d.start <= claim.evidence.end + 2);
            // "Le 26 mai, le camp a été attaqué, … revendiquée par le FLA": the day of the attack.
            let attacked =
                || tokens[d.end..claim.evidence.start.max(d.end)].iter().any(|t| ATTACKED.has(t));
            let opening = bare
                && d.end <= claim.evidence.start
                && !attacked()
                && !matches!(
                    d.words,
                    DateWords::LastMonth | DateWords::Month { .. } | DateWords::InYear { .. }
                )
                && (d.start == 0 || d.start == 1 && one_of(&tokens[0], &["on", "le", "in"]));
            !(after || opening || inside)
        });
    }
}

/// "Al-Qaeda's affiliate on Tuesday claimed responsibility for attacks last week", "claimed
/// responsibility on Tuesday", "a revendiqué mardi l'attaque": whoever it is that claims.
fn is_day_of_claim(tokens: &[Token], date: &DateFound) -> bool {
    let at = |i: usize, words: &[&str]| tokens.get(i).is_some_and(|t| one_of(t, words));
    let before = |n: usize, words: &[&str]| date.start >= n && at(date.start - n, words);
    // "Tuesday's", "mardi du": a day of the attack.
    if tokens.get(date.end).is_some_and(|t| t.is("'s") || t.is("’s")) {
        return false;
    }
    let has = usize::from(at(date.end, &["has", "have", "also", "later", "a", "ont"]));
    let ahead = at(date.end + has, &["claimed", "claims"])
        && at(date.end + has + 1, &["responsibility", "credit"])
        // "An attack on Tuesday claimed responsibility" is nobody's sentence.
        && before(1, &["on", "late", "early"]);
    let behind = before(2, &["responsibility", "credit"]) && before(1, &["on"]);
    let revendique = before(1, &["revendique", "revendiquee", "revendiquees"])
        || before(2, &["revendique", "revendiquee", "revendiquees"]) && before(1, &["ce", "le"]);
    ahead || behind || revendique
}

/// "JNIM affirme avoir tué douze soldats vendredi": the words of the claim end with the deed.
fn tells_deed(last: &Token) -> bool {
    static DEEDS: Words = Words::new(&[
        "killed", "attacked", "ambushed", "executed", "captured", "shot", "struck", "neutralised",
        "neutralized", "eliminated", "tue", "attaque", "abattu", "execute", "elimine",
        "neutralise", "enleve", "pris", "intercepte", "intercepted", "overran", "stormed",
        "seized", "targeted", "shelled", "cible", "vise", "bombarde",
    ]);
    DEEDS.has(last)
}

/// What is done to a place or a convoy on the day of an attack.
static ATTACKED: Words = Words::new(&[
    "attacked", "shelled", "ambushed", "targeted", "stormed", "raided", "attaque", "attaquee",
    "attaques", "vise", "visee", "visees", "cible", "bombarde",
]);

/// Gives a figure whoever says it: the speech that it stands in; the last to begin when
/// several do.
pub(super) fn said(
    story: &Story<'_>,
    tokens: &[Token],
    actors: &[ActorFound],
    speeches: &[Speech],
    count: Count,
) -> Told {
    let within = |s: &&Speech| {
        let whole = s.scope.start <= count.figure.start && count.figure.start < s.scope.end;
        // "Two fighters captured on 14 July reported": those counted are who speaks.
        let verb = s.words.start < count.figure.start && count.figure.start < s.words.end;
        whole || verb
    };
    // "put at 37 by a UN source" holds its figure; it goes before what surrounds it.
    let holds = |s: &Speech| {
        s.words.contains(&count.figure.start) || s.scope.end <= s.words.start && s.scope.len() <= 4
    };
    let speech = speeches.iter().filter(within).max_by_key(|s| (holds(s), s.words.start));
    let mut count = count;
    if let Some(group) = whose(story, tokens, actors, speech, &count) {
        count.group = group;
    }
    let mut bracketed = per(story, tokens, count.figure.end);
    if bracketed.is_none()
        && let Some((by, group)) = elliptic(story, tokens, actors, speech, &count)
    {
        count.group = group.unwrap_or(count.group);
        bracketed = Some(by);
    }
    let by = bracketed.or_else(|| speech.map(|s| s.speakers.clone())).unwrap_or_default();
    let by = if is_earlier_count(tokens, &count) { Vec::new() } else { by };
    let start = tokens[count.evidence.start].start;
    let end = tokens[(count.evidence.end - 1).min(tokens.len() - 1)].end;
    Told { by, said_on: speech.and_then(|s| s.said_on), bytes: start..end, count }
}

/// "35 died, down from an earlier toll of 95": a count that somebody gave before, nobody says who.
fn is_earlier_count(tokens: &[Token], count: &Count) -> bool {
    let before = &tokens[..count.figure.start];
    let word = |n: usize, words: &[&str]| {
        before.len().checked_sub(n).is_some_and(|i| any_of(&before[i], words))
    };
    word(5, &["from"])
        && word(4, &["a", "an"])
        && word(3, &["earlier", "previous", "initial", "first", "preliminary"])
        && word(2, &["toll", "count", "figure", "tally", "estimate"])
        && word(1, &["of"])
}

/// "(per JNIM)" behind a figure: whoever it names, short names included.
pub fn per(story: &Story<'_>, tokens: &[Token], from: usize) -> Option<Vec<Claimant>> {
    // Up to the next figure: "54 (per UN) / 77 (per France)".
    let next = (from..tokens.len()).find(|i| tokens[*i].is("/")).unwrap_or(tokens.len());
    let open = (from..next).find(|i| tokens[*i].is("("))?;
    let word = tokens.get(open + 1)?;
    // "20 killed (Malian claim)", "17 killed (army sources)".
    let close = (open..tokens.len()).find(|i| tokens[*i].is(")"))?;
    let whose = (open + 1..close)
        .rfind(|i| one_of(&tokens[*i], &["claim", "claims", "claimed", "sources", "estimate"]));
    if let Some(end) = whose.filter(|end| end + 1 == close && *end > open + 1) {
        let by = named(story, &tokens[open + 1..end]);
        // "Malian": of its forces.
        let people = demonym(tokens, open + 1, story.vocabulary).filter(|_| by.actor.is_none());
        let forces = people.and_then(|hit| story.known.actors.get(hit.value));
        let forces = forces.map(|a| Claimant { name: a.name.clone(), actor: Some(a.slug.clone()) });
        // "54 killed (disputed claim)": nobody's.
        return forces.or_else(|| by.actor.is_some().then_some(by)).map(|by| vec![by]);
    }
    if !one_of(word, &["per", "according", "selon", "claimed", "by", "claim"]) {
        return None;
    }
    let start = (open + 1..close).find(|i| {
        !one_of(
            &tokens[*i],
            &["per", "according", "to", "selon", "claimed", "by", "the", "claim", "le", "la", "l"],
        )
    })?;
    let end = (start..close).find(|i| one_of(&tokens[*i], &["claim", "claims"])).unwrap_or(close);
    // "(per Malian government and UN)": both, when both are known.
    let both = (start + 1..end.saturating_sub(1))
        .find(|i| one_of(&tokens[*i], &["and", "et"]))
        .map(|and| vec![named(story, &tokens[start..and]), named(story, &tokens[and + 1..end])])
        .filter(|all| all.iter().all(|c| c.actor.is_some()));
    Some(both.unwrap_or_else(|| vec![named(story, &tokens[start..end])]))
}

/// A claimant by its bare name, short names of authorities resolved to those who speak.
pub fn named(story: &Story<'_>, tokens: &[Token]) -> Claimant {
    let written = story.text[crate::ingest::token::span(tokens)].to_owned();
    let whole = |end: usize| end == tokens.len();
    if let Some(hit) = story.vocabulary.actors.at(tokens, 0).filter(|h| whole(h.end)) {
        return Claimant { name: written, actor: Some(hit.value.clone()) };
    }
    let short = story.vocabulary.short_actors.at(tokens, 0).filter(|h| whole(h.end));
    let speaker = short.and_then(|hit| {
        let bearers = hit.value.iter().filter_map(|slug| story.known.actors.get(slug));
        bearers.clone().find(|a| a.forces.is_some()).or(bearers.clone().next())
    });
    match speaker {
        Some(actor) => Claimant { name: actor.name.clone(), actor: Some(actor.slug.clone()) },
        None => Claimant { name: written, actor: None },
    }
}

/// Whether a figure counts the dead.
pub fn is_killed(told: &Told) -> bool {
    told.count.measure == Measure::Killed
}
