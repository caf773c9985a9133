//! Whose losses a bare figure counts: "gave the army's losses as two dead and 13 wounded", "put those
//! of the enemy at 24 and its own at four".

use super::{forces_of, speakers};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::casualty::Count;
use crate::ingest::rules::claimant::Speech;
use crate::ingest::rules::number::figure;
use crate::ingest::story::Story;
use crate::ingest::token::Token;
use crate::knowledge::actors::ActorKind;
use crate::model::claim::CasualtyGroup;

/// How far before a figure the word for the losses may stand ("losses as two dead and 13 wounded").
const REACH: usize = 14;

static LOSSES: Words =
    Words::new(&["losses", "casualties", "pertes", "those", "own", "celles", "theirs"]);

/// The group of those whose losses are put into figures.
pub(super) fn losses_of(
    story: &Story<'_>,
    tokens: &[Token],
    actors: &[ActorFound],
    speech: Option<&Speech>,
    count: &Count,
) -> Option<CasualtyGroup> {
    if !count.elided {
        return None;
    }
    let start = count.figure.start;
    let open = |i: &usize| !tokens[*i].is(";") && !tokens[*i].is(".") && !tokens[*i].is(":");
    let noun = (start.saturating_sub(REACH)..start)
        .rev()
        .take_while(open)
        .find(|i| LOSSES.has(&tokens[*i]))?;
    // "as two dead", "to six dead", "at 24": the first number behind the noun.
    let first = (noun + 1..=start).find(|i| figure(tokens, *i).is_some())?;
    let put = one_of(&tokens[first - 1], &["as", "at", "to", "a", "totalled", "were", "numbered"]);
    if !put || first - noun > 8 {
        return None;
    }
    let before = noun.checked_sub(1).map(|i| &tokens[i]);
    let own = tokens[noun].norm == "theirs"
        || before.is_some_and(|t| {
            one_of(t, &["its", "their", "own", "ses", "leurs", "propres", "his", "our"])
        });
    if own {
        return speech.and_then(|s| speakers(story, s));
    }
    let possessive = before.is_some_and(|t| t.is("'s") || t.is("’s") || t.is("'") || t.is("’"));
    let end = noun - usize::from(possessive);
    let owner = actors.iter().find(|a| a.end == end);
    let behind = || {
        tokens.get(noun + 1).filter(|t| one_of(t, &["of", "among", "de", "du", "des", "d"]))?;
        actors.iter().find(|a| (noun + 2..noun + 4).contains(&a.start))
    };
    let members = |a: &ActorFound| -> Option<CasualtyGroup> {
        let group = story.known.actors.get(&a.slug)?.members.as_deref()?.parse().ok()?;
        (group != CasualtyGroup::Other).then_some(group)
    };
    // "those of the assailants".
    let people = || {
        let at = noun + 2 + usize::from(tokens.get(noun + 2).is_some_and(|t| t.norm == "the"));
        let group = story.vocabulary.people.at(tokens, at)?.value.group;
        (at <= first && group != CasualtyGroup::Other).then_some(group)
    };
    if let Some(group) = owner.or_else(behind).and_then(members).or_else(people) {
        return Some(group);
    }
    let enemy = |t: &Token| one_of(t, &["enemy", "enemies", "ennemi", "ennemis", "adversary"]);
    let of_enemy = tokens[noun.saturating_sub(2)..first].iter().any(enemy);
    speech.filter(|_| of_enemy).and_then(|s| enemies_of(story, s))
}

/// How those are counted against whom the speaker fights.
pub(super) fn enemies_of(story: &Story<'_>, speech: &Speech) -> Option<CasualtyGroup> {
    let actor = story.known.actors.get(speech.speakers.first()?.actor.as_deref()?)?;
    let state = forces_of(story.known, actor).is_some()
        || matches!(actor.kind, ActorKind::StateForces | ActorKind::ForeignForces);
    match actor.kind {
        _ if state => Some(CasualtyGroup::Militants),
        ActorKind::Jihadist | ActorKind::Separatist => Some(CasualtyGroup::Soldiers),
        _ => None,
    }
}

/// "The MNLA said it had four wounded": the speaker's own.
pub(super) fn had_own(
    story: &Story<'_>,
    tokens: &[Token],
    speech: &Speech,
    count: &Count,
) -> Option<CasualtyGroup> {
    // "it had only four wounded".
    let about = count
        .figure
        .start
        .checked_sub(1)
        .is_some_and(|i| one_of(&tokens[i], &["only", "just", "about", "some", "also"]));
    let start = count.figure.start - usize::from(about);
    let had = start.checked_sub(1).filter(|i| tokens[*i].norm == "had" && count.elided)?;
    let own = had.checked_sub(1).filter(|i| one_of(&tokens[*i], &["it", "they"]))?;
    let said =
        speech.words.end == own || speech.words.end + 1 == own && tokens[own - 1].norm == "that";
    if said { speakers(story, speech) } else { None }
}
