//! Whose people a bare figure counts: "the army lost four", "three wounded in its ranks".

mod losses;
mod sides;

use super::Story;
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::casualty::Count;
use crate::ingest::rules::claimant::{self, Speech};
use crate::ingest::rules::number::figure;
use crate::ingest::token::Token;
use crate::knowledge::Knowledge;
use crate::knowledge::actors::{Actor, ActorKind};
use crate::model::claim::{CasualtyGroup, Claimant};
use losses::{enemies_of, had_own, losses_of};
use sides::side;

/// The group that the words around a figure give it, where its own noun gives none: the side
/// named beside it, else the actor whose loss it is said to be, else the one who counts its own.
pub fn whose(
    story: &Story<'_>,
    tokens: &[Token],
    actors: &[ActorFound],
    speech: Option<&Speech>,
    count: &Count,
) -> Option<CasualtyGroup> {
    let bare = count.elided || count.group == CasualtyGroup::Total;
    if bare && of_enemy(tokens, count) {
        return Some(CasualtyGroup::Militants);
    }
    // "contre Wagner 50 morts et FAMa 10 morts".
    let own_word = count.evidence.start + 3 > count.figure.start;
    let listed =
        actors.iter().find(|a| a.end == count.figure.start && !a.short).filter(|_| own_word);
    let listed = listed.filter(|_| bare).and_then(|a| {
        story.known.actors.get(&a.slug)?.members.as_deref()?.parse::<CasualtyGroup>().ok()
    });
    let told = left_behind(story, tokens, actors, speech, count)
        .or_else(|| numbered(story, tokens, count));
    if told.is_some() {
        return told;
    }
    listed
        .or_else(|| losses_of(story, tokens, actors, speech, count))
        .or_else(|| owned(story, tokens, actors, count))
        .or_else(|| side(story, tokens, actors, speech, count).filter(|_| bare))
        .or_else(|| own_losses(story, tokens, speech, count))
        .or_else(|| lost_by(story, tokens, actors, speech, count))
        .or_else(|| speech.and_then(|s| counted_by(story, tokens, s)).filter(|_| count.elided))
        .or_else(|| had(story, tokens, actors, count).filter(|_| count.elided))
        .or_else(|| speech.and_then(|s| had_own(story, tokens, s, count)))
}

/// "Le nombre de soldats tués … s'élève à 89", "put the number of villagers killed at nine": whom the
/// words before the number count.
fn numbered(story: &Story<'_>, tokens: &[Token], count: &Count) -> Option<CasualtyGroup> {
    let from = count.evidence.start;
    let put = one_of(&tokens[from], &["put", "puts", "putting"]);
    let amounts = one_of(&tokens[from], &["s", "se", "atteint", "atteignait", "passe", "monte"]);
    if !count.elided || !(put || amounts) {
        return None;
    }
    let near = match put {
        true => from..count.figure.start,
        false => from.saturating_sub(18)..from,
    };
    let number = near.clone().find(|i| {
        one_of(&tokens[*i], &["number", "nombre"])
            && tokens.get(i + 1).is_some_and(|t| one_of(t, &["of", "de", "d", "des"]))
    })?;
    let people = story.vocabulary.people.at(tokens, number + 2)?.value;
    // "the number of people killed": of nobody in particular.
    Some(people.group)
}

/// "Les assaillants ont abandonné 24 corps", "the attackers left behind 24 bodies": of those who left
/// them; of nobody known where the words do not say who did.
fn left_behind(
    story: &Story<'_>,
    tokens: &[Token],
    actors: &[ActorFound],
    speech: Option<&Speech>,
    count: &Count,
) -> Option<CasualtyGroup> {
    const BODIES: &[&str] = &["corps", "bodies", "corpses", "cadavres"];
    let bodies = tokens.get(count.figure.end).is_some_and(|t| one_of(t, BODIES)) && count.elided;
    let near = count.figure.start.saturating_sub(4)..count.figure.start;
    let verb = near.into_iter().find(|i| {
        one_of(&tokens[*i], &["abandonne", "abandonnant", "abandoned", "abandoning"])
            || one_of(&tokens[*i], &["left", "leaving"]) && tokens[i + 1].norm == "behind"
            || one_of(&tokens[*i], &["laisse", "laissant", "left", "leaving"])
                && tokens[count.figure.end..].iter().take(5).any(|t| {
                    one_of(t, &["terrain", "derriere", "place", "ground", "battlefield", "behind"])
                })
    });
    let verb = verb.filter(|_| bodies)?;
    let actor = actors.iter().rfind(|a| a.end <= verb && verb - a.end <= 9).and_then(|a| {
        story.known.actors.get(&a.slug)?.members.as_deref()?.parse::<CasualtyGroup>().ok()
    });
    let people = || {
        (verb.saturating_sub(9)..verb)
            .rev()
            .find_map(|i| story.vocabulary.people.at(tokens, i))
            .map(|hit| hit.value.group)
    };
    match actor.or_else(people) {
        // "The army said the assailants had left four bodies": of those whom it fights.
        Some(CasualtyGroup::Other) => {
            speech.and_then(|s| enemies_of(story, s)).or(Some(CasualtyGroup::Other))
        }
        group => group.or(Some(CasualtyGroup::Total)),
    }
}

/// "L'armée a eu huit morts et 25 blessés", "the army suffered four dead": the subject's own.
fn had(
    story: &Story<'_>,
    tokens: &[Token],
    actors: &[ActorFound],
    count: &Count,
) -> Option<CasualtyGroup> {
    let near = count.figure.start.saturating_sub(8)..count.figure.start;
    let verb = near.rev().find(|i| one_of(&tokens[*i], &["eu", "suffered", "subi", "had"]))?;
    // "L'armée a eu connaissance de 12 morts": of nobody's.
    const ABOUT: &[&str] = &[
        "au", "moins", "environ", "pres", "de", "d", "at", "least", "about", "some", "only", "plus",
    ];
    let directly = (verb + 1..count.figure.start)
        .find(|i| !one_of(&tokens[*i], ABOUT))
        .is_none_or(|i| figure(tokens, i).is_some());
    let open =
        directly && tokens[verb..count.figure.start].iter().all(|t| !t.is(";") && !t.is("."));
    // "The army lost two men and had ten wounded".
    let lost = |a: &&ActorFound| {
        let between = &tokens[a.end..verb];
        between.last().is_some_and(|t| one_of(t, &["and", "et"]))
            && between.iter().any(|t| one_of(t, &["lost", "perdu", "suffered", "subi"]))
            && !between.iter().any(|t| t.is(","))
    };
    let near = |a: &&ActorFound| a.end <= verb && (verb - a.end <= 2 || lost(a));
    let subject = actors.iter().rfind(near).filter(|_| open)?;
    story.known.actors.get(&subject.slug)?.members.as_deref()?.parse().ok()
}

/// "put the army's dead at 40", "put the Malian army death toll at 85": whose dead those are.
fn owned(
    story: &Story<'_>,
    tokens: &[Token],
    actors: &[ActorFound],
    count: &Count,
) -> Option<CasualtyGroup> {
    const DEAD: &[&str] = &["dead", "losses", "casualties", "deaths", "death", "wounded", "toll"];
    let inside = count.evidence.start..count.figure.start;
    // "the clash had cost the MNLA 20 lives".
    let cost = one_of(&tokens[count.evidence.start], &["cost", "costs", "costing"]);
    let bare = count.elided || cost && count.group == CasualtyGroup::Total;
    let owner = actors.iter().filter(|a| bare && inside.contains(&a.start)).find(|a| {
        if cost && a.end == count.figure.start {
            return true;
        }
        let possessive = tokens.get(a.end).is_some_and(|t| t.is("'s") || t.is("’s"));
        tokens.get(a.end + usize::from(possessive)).is_some_and(|t| one_of(t, DEAD))
    })?;
    story.known.actors.get(&owner.slug)?.members.as_deref()?.parse().ok()
}

/// "killed seven in the enemy's ranks", "12 tués dans les rangs ennemis".
fn of_enemy(tokens: &[Token], count: &Count) -> bool {
    let behind = count.figure.end.min(tokens.len());
    let near = &tokens[behind..(count.evidence.end.max(behind) + 7).min(tokens.len())];
    let other = |i: usize| one_of(&near[i], &["et", "and"]) && figure(near, i + 1).is_some();
    let open = (0..near.len())
        .take_while(|i| !near[*i].is(",") && !near[*i].is(";") && !near[*i].is(".") && !other(*i));
    let words: Vec<&Token> = open.map(|i| &near[i]).collect();
    words.iter().any(|t| one_of(t, &["ranks", "rangs", "side", "cote"]))
        && words.iter().any(|t| one_of(t, &["enemy", "ennemi", "ennemis", "adverse"]))
}

/// "The army counts 22 wounded": its own.
fn counted_by(story: &Story<'_>, tokens: &[Token], speech: &Speech) -> Option<CasualtyGroup> {
    let verb = tokens.get(speech.words.end.checked_sub(1)?)?;
    // "le mouvement ne déplore, selon lui, que deux morts".
    let only = tokens[..speech.words.start].iter().rev().take(3).any(|t| t.norm == "deplore");
    if !one_of(verb, &claimant::COUNTING) && !only {
        return None;
    }
    let actor = speech.speakers.first()?.actor.as_deref()?;
    story.known.actors.get(actor)?.members.as_deref()?.parse().ok()
}

/// "Les séparatistes affirment avoir perdu neuf hommes": those of whoever says it.
fn own_losses(
    story: &Story<'_>,
    tokens: &[Token],
    speech: Option<&Speech>,
    count: &Count,
) -> Option<CasualtyGroup> {
    let speech = speech.filter(|s| s.words.end <= count.evidence.start)?;
    let bare = count.elided || matches!(count.group, CasualtyGroup::Total | CasualtyGroup::Other);
    let lost = tokens[count.evidence.start..count.figure.start]
        .iter()
        .any(|t| one_of(t, &["perdu", "lost"]));
    let own = tokens[speech.words.end..=count.evidence.start]
        .iter()
        .rev()
        .take(4)
        .any(|t| one_of(t, &["avoir", "it", "they"]));
    let actor = speech.speakers.first()?.actor.as_deref().filter(|_| bare && lost && own)?;
    story.known.actors.get(actor)?.members.as_deref()?.parse().ok()
}

/// "L'armée a perdu quatre hommes", "three wounded in its ranks", "its own losses came to nine
/// dead": people of the actor named before, when the figure's own noun does not say whose.
fn lost_by(
    story: &Story<'_>,
    tokens: &[Token],
    actors: &[ActorFound],
    speech: Option<&Speech>,
    count: &Count,
) -> Option<CasualtyGroup> {
    let bare = count.elided
        || (count.victims.is_empty()
            && matches!(count.group, CasualtyGroup::Total | CasualtyGroup::Other));
    let lost = one_of(&tokens[count.evidence.start], &["lost", "lose", "loses"])
        || tokens[count.evidence.start..count.figure.start]
            .iter()
            .any(|t| one_of(t, &["perdu", "perd", "perdent", "perdant"]));
    // "a perdu 30 éléments": of whoever lost them, however the noun was understood.
    let bare = bare || lost && count.victims.is_empty();
    let lives = tokens[count.evidence.clone()].iter().any(|t| one_of(t, &["vie", "lives", "life"]));
    let near = count.evidence.end.min(tokens.len())..(count.evidence.end + 8).min(tokens.len());
    // "onze blessés, décomptant dans ses rangs trois blessés": those of the next figure.
    let next = |i: usize| (i + 1..i + 3).any(|j| figure(tokens, j).is_some());
    let is_ranks = |i: usize| one_of(&tokens[i], &["ranks", "rangs"]);
    let before = count.figure.start.saturating_sub(2)..count.figure.start;
    let led = before.into_iter().any(&is_ranks);
    let ranks = led || near.into_iter().any(|i| is_ranks(i) && !next(i));
    // "against one dead and four wounded on their side": the speaker's.
    let side = count.evidence.end.min(tokens.len())..(count.evidence.end + 9).min(tokens.len());
    let own_side = tokens[side]
        .windows(2)
        .any(|w| one_of(&w[0], &["their", "its", "our"]) && one_of(&w[1], &["side", "ranks"]));
    // "among his own men he acknowledged four dead".
    let own_men =
        tokens[count.figure.start.saturating_sub(8)..count.figure.start].windows(3).any(|w| {
            one_of(&w[0], &["among", "of", "parmi"])
                && one_of(&w[1], &["his", "its", "their", "ses", "leurs"])
                && one_of(&w[2], &["own", "men", "fighters", "hommes", "combattants", "propres"])
        });
    if count.elided
        && (own_side || own_men || conceded(tokens, speech, count))
        && let Some(group) = speech.and_then(|s| speakers(story, s))
    {
        return Some(group);
    }
    let own = tokens[..count.figure.start].windows(2).rev().take(20).any(|w| {
        one_of(&w[0], &["own", "ses", "propres", "leurs"])
            && one_of(&w[1], &["losses", "casualties", "dead", "side", "pertes", "morts"])
    });
    if !bare || !((lost && !lives) || ranks || own) {
        return None;
    }
    // "quarante morts dans les rangs des FAMa".
    let named = near_actor(tokens, actors, count).filter(|_| ranks);
    // "Les rebelles ont capturé sept Wagner tout en perdant neuf hommes": the subject's.
    let gerund = tokens[count.evidence.start..count.figure.start]
        .iter()
        .any(|t| one_of(t, &["perdant", "losing"]));
    // "neutralised 30 terrorists and lost two men": those counted lost nobody.
    let counted = |a: &ActorFound| {
        (a.start.saturating_sub(4)..a.start).any(|i| {
            figure(tokens, i)
                .is_some_and(|n| tokens[n.end.min(a.start)..a.start].iter().all(Token::is_quote))
        })
    };
    let mut before: Vec<&ActorFound> =
        actors.iter().rev().filter(|a| a.end <= count.figure.start && !counted(a)).collect();
    if gerund {
        before.reverse();
    }
    // "Bamako, qui parlait de 20 morts dans ses rangs": of a government's forces.
    let members = |a: &ActorFound| -> Option<CasualtyGroup> {
        let actor = story.known.actors.get(&a.slug)?;
        let forces = || story.known.actors.get(actor.forces.as_deref()?)?.members.as_deref();
        actor.members.as_deref().or_else(|| forces().filter(|_| ranks))?.parse().ok()
    };
    let found = named.into_iter().chain(before.into_iter().take(1)).find_map(members);
    // "It gave its own losses as two dead": the speaker's.
    found.or_else(|| speech.filter(|_| own).and_then(|s| speakers(story, s)))
}

/// How the people of whoever speaks are counted; those of a government, its ministries and staff
/// are its forces.
fn speakers(story: &Story<'_>, speech: &Speech) -> Option<CasualtyGroup> {
    let actor = story.known.actors.get(speech.speakers.first()?.actor.as_deref()?)?;
    let forces = || story.known.actors.get(forces_of(story.known, actor)?)?.members.as_deref();
    actor.members.as_deref().or_else(forces)?.parse().ok()
}

/// "The rebels conceded three wounded; the general staff, two": the people of the second speaker, where
/// the verb of the first owns to losses.
pub(super) fn own_of(
    story: &Story<'_>,
    tokens: &[Token],
    speech: &Speech,
    other: &Claimant,
) -> Option<CasualtyGroup> {
    let verb = speech.words.end.checked_sub(1).and_then(|i| tokens.get(i))?;
    let owns = one_of(verb, CONCEDED);
    let other = Speech { speakers: vec![other.clone()], ..speech.clone() };
    if owns { speakers(story, &other) } else { None }
}

/// The armed forces of a government, its ministries and its staff.
pub(super) fn forces_of<'a>(known: &'a Knowledge, actor: &'a Actor) -> Option<&'a str> {
    let parent = || known.actors.get(actor.parent.as_deref()?)?.forces.as_deref();
    actor.forces.as_deref().or_else(|| parent().filter(|_| actor.kind == ActorKind::Speaker))
}

/// Verbs of owning to one's losses.
const CONCEDED: &[&str] = &[
    "acknowledged", "conceded", "admitted", "reconnait", "reconnaissent", "reconnu", "admet",
    "admis", "concede",
];

/// "The army acknowledged 12 dead", "en reconnaît finalement 33": its own.
fn conceded(tokens: &[Token], speech: Option<&Speech>, count: &Count) -> bool {
    speech.is_some_and(|s| {
        let verb = s.words.end.checked_sub(1).and_then(|i| tokens.get(i));
        let near = count.figure.start.saturating_sub(s.words.end) <= 4;
        near && s.words.end <= count.figure.start && verb.is_some_and(|t| one_of(t, CONCEDED))
    })
}

/// The actor behind "dans les rangs de".
fn near_actor<'a>(
    tokens: &[Token],
    actors: &'a [ActorFound],
    count: &Count,
) -> Option<&'a ActorFound> {
    let from = count.evidence.end.min(tokens.len());
    let rangs =
        (from..(from + 8).min(tokens.len())).find(|i| one_of(&tokens[*i], &["rangs", "ranks"]))?;
    actors.iter().find(|a| a.start > rangs && a.start - rangs <= 3)
}
