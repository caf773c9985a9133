//! Whoever gives a figure in a clause without a verb: "The government counts 31 dead, MINUSMA at least
//! 35", "The rebels acknowledged three wounded; the general staff, two".

use crate::ingest::lexicon::one_of;
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::casualty::Count;
use crate::ingest::rules::claimant::{Scene, Speakers, Speech};
use crate::ingest::story::Story;
use crate::ingest::story::whose::own_of;
use crate::ingest::token::{Token, span};
use crate::model::claim::{CasualtyGroup, Claimant};
use std::ops::Range;

/// The most words of a name between the two signs.
const MAX_NAME: usize = 8;

/// Whoever is named right before a figure that leans on the one before, when somebody else gave that
/// one; and the group that it counts where both own to their losses.
pub(super) fn elliptic(
    story: &Story<'_>,
    tokens: &[Token],
    actors: &[ActorFound],
    speech: Option<&Speech>,
    count: &Count,
) -> Option<(Vec<Claimant>, Option<CasualtyGroup>)> {
    let speech = speech.filter(|s| s.words.end < count.figure.start && count.elided)?;
    let (name, by) = named(story, tokens, actors, count).or_else(|| {
        let name = between_signs(tokens, count)?;
        let scene = Scene {
            text: story.text,
            tokens,
            vocabulary: story.vocabulary,
            known: story.known,
            actors,
        };
        Some((name.clone(), scene.who(name, &mut Speakers::default())))
    })?;
    let leans = count.evidence.start < name.start && speech.words.end <= name.start;
    let other = speech.speakers.first().map(|c| (&c.actor, &c.name))
        != by.first().map(|c| (&c.actor, &c.name));
    let group = || own_of(story, tokens, speech, by.first()?);
    (leans && other && !by.is_empty()).then(|| (by.clone(), group()))
}

/// The actor right before the figure.
fn named(
    story: &Story<'_>,
    tokens: &[Token],
    actors: &[ActorFound],
    count: &Count,
) -> Option<(Range<usize>, Vec<Claimant>)> {
    let at = count.figure.start;
    // "fait état de 37 morts, puis le gouvernement de 47".
    // "put the number of its dead at ten, JNIM at thirty".
    let of = at > 0 && one_of(&tokens[at - 1], &["de", "d", "of", "at", "a"]);
    let actor = actors.iter().find(|a| a.end + usize::from(of) == at && (of || !a.short))?;
    let article = |i: usize| one_of(&tokens[i], &["the", "la", "le", "l", "les"]);
    let led = actor.start - usize::from(actor.start > 0 && article(actor.start - 1));
    let parted = led.checked_sub(1).is_some_and(|i| {
        tokens[i].is(",") || tokens[i].is(";") || one_of(&tokens[i], &["and", "et", "puis"])
    });
    let written = &story.text[span(&tokens[actor.start..actor.end])];
    let known = story.known.actors.get(&actor.slug).filter(|_| actor.short);
    let name = known.map_or_else(|| written.to_owned(), |a| a.name.clone());
    let by = vec![Claimant { name, actor: Some(actor.slug.clone()) }];
    parted.then_some((led..actor.end, by))
}

/// "; the general staff of the army, two.": the words between the semicolon and the comma.
fn between_signs(tokens: &[Token], count: &Count) -> Option<Range<usize>> {
    let at = count.figure.start;
    let comma = at.checked_sub(1).filter(|i| tokens[*i].is(","))?;
    let closed = tokens.get(count.figure.end).is_none_or(|t| t.is(".") || t.is(";"));
    let start = (0..comma).rev().take_while(|i| tokens[i + 1].is_word() || i + 1 == comma);
    let start = start.take(MAX_NAME + 1).find(|i| tokens[*i].is(";"))? + 1;
    (closed && start < comma).then_some(start..comma)
}

#[cfg(test)]
mod tests {
    use crate::ingest::story::tests::{ENGLISH, FRENCH, check};

    #[test]
    fn ok_clauses_without_a_verb() {
        check(
            ENGLISH,
            &[
                (
                    "The MNLA acknowledged three wounded in its ranks; the general staff, two.",
                    &["wounded rebels 3 by MNLA", "wounded soldiers 2 by General Staff"],
                ),
                (
                    "Residents counted six dead; the mayor of Boni, nine.",
                    &["killed total 6 by Residents", "killed total 9 by mayor of Boni"],
                ),
                (
                    "The government counts 31 dead, MINUSMA at least 35.",
                    &["killed total 31 by Malian government", "killed total 35+ by MINUSMA"],
                ),
            ],
        );
        check(
            FRENCH,
            &[(
                "Un élu fait état de 37 morts, puis le gouvernement de 47.",
                &["killed total 37 by Un élu", "killed total 47 by Malian government"],
            )],
        );
    }

    #[test]
    fn err_nobody_named() {
        check(
            ENGLISH,
            &[
                // The village says nothing.
                (
                    "Residents counted six dead in Boni, and in the next village, nine.",
                    &["killed total 6 by Residents", "killed total 9 by Residents"],
                ),
                (
                    "Residents counted six dead; the following day, nine.",
                    &["killed total 6 by Residents", "killed total 9 by Residents"],
                ),
            ],
        );
    }
}
