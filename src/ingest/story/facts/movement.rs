//! Men of a group that is named before: "two men of the movement had died and four were hurt".

use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::actor::Cast;
use crate::ingest::rules::casualty::Count;
use crate::ingest::story::Story;
use crate::ingest::token::Token;
use crate::knowledge::actors::ActorKind;
use crate::model::claim::CasualtyGroup;
use std::ops::Range;

static MEN: Words =
    Words::new(&["men", "man", "members", "hommes", "homme", "membres", "membre", "member"]);

/// Gives such figures, and the bare ones behind them, the group of the armed group named last.
pub(super) fn of_the_movement(
    story: &Story<'_>,
    cast: &Cast,
    tokens: &[Token],
    found: &mut [Count],
) {
    let mut theirs: Option<CasualtyGroup> = None;
    for count in found {
        let bare = matches!(count.group, CasualtyGroup::Total | CasualtyGroup::Other);
        if !bare {
            theirs = None;
        } else if is_of_group(tokens, count.figure.end.min(tokens.len())) {
            theirs = latest(story, cast);
            count.group = theirs.unwrap_or(count.group);
        } else if count.elided {
            count.group = theirs.unwrap_or(count.group);
        }
    }
}

/// Whether "men" ends at a token, and "of the movement" follows.
fn is_of_group(tokens: &[Token], end: usize) -> bool {
    const BODIES: &[&str] = &["movement", "group", "coalition", "mouvement", "groupe"];
    let word = |i: usize, words: &[&str]| tokens.get(i).is_some_and(|t| one_of(t, words));
    let men = end.checked_sub(1).is_some_and(|i| MEN.has(&tokens[i]));
    men && (word(end, &["of"]) && word(end + 1, &["the"]) && word(end + 2, BODIES)
        || word(end, &["du"]) && word(end + 1, BODIES))
}

/// "claimed to have killed fifty Russians and ten Malians": mercenaries, where a company of them is
/// named before, and the soldiers beside whom they fought.
pub(super) fn russians(story: &Story<'_>, cast: &Cast, tokens: &[Token], found: &mut [Count]) {
    static RUSSIANS: Words = Words::new(&["russians", "russes"]);
    static MALIANS: Words = Words::new(&["malians", "maliens"]);
    let counts = |count: &Count, words: &Words| {
        let last = count.figure.end.min(tokens.len()).checked_sub(1);
        count.group == CasualtyGroup::Total && last.is_some_and(|i| words.has(&tokens[i]))
    };
    if !found.iter().any(|c| counts(c, &RUSSIANS)) {
        return;
    }
    let company = |slug: &str| {
        let actor = story.known.actors.get(slug);
        actor.is_some_and(|a| a.kind == ActorKind::PrivateMilitaryCompany)
    };
    if cast.latest(company).is_none() {
        return;
    }
    for count in found {
        if counts(count, &RUSSIANS) {
            count.group = CasualtyGroup::Mercenaries;
        } else if counts(count, &MALIANS) {
            count.group = CasualtyGroup::Soldiers;
        }
    }
}

/// "a member of the crew", "the delegation struck a mine, and three of its members were hurt": members
/// of what is no armed group. `figure` is the number with its noun.
pub(super) fn is_of_other_body(tokens: &[Token], figure: Range<usize>) -> bool {
    static MEMBERS: Words = Words::new(&["members", "member", "membres", "membre"]);
    static BODIES: Words = Words::new(&[
        "crew", "delegation", "team", "council", "commission", "committee", "family", "convoy",
        "mission", "association", "staff", "party", "household", "equipage", "equipe", "conseil",
        "comite", "famille", "convoi", "community", "communaute", "bureau", "personnel",
        "consulate", "embassy", "consulat", "ambassade", "government", "parliament",
    ]);
    let end = figure.end.min(tokens.len());
    let Some(member) = (figure.start..end).rev().find(|i| MEMBERS.has(&tokens[*i])) else {
        return false;
    };
    let own = (figure.start..member)
        .any(|i| one_of(&tokens[i], &["its", "their", "his", "ses", "leurs", "sa"]));
    let of = tokens[member + 1..].iter().take(6).take_while(|t| t.is_word());
    match own {
        true => tokens[..figure.start].iter().rev().take(16).any(|t| BODIES.has(t)),
        false => of.into_iter().any(|t| BODIES.has(t)),
    }
}

/// How the members of the armed group named last are counted.
fn latest(story: &Story<'_>, cast: &Cast) -> Option<CasualtyGroup> {
    let known = &story.known.actors;
    let armed = |slug: &str| known.get(slug).is_some_and(|a| a.kind.is_armed_group());
    let slug = cast.latest(armed)?;
    known.get(slug)?.members.as_deref()?.parse().ok()
}
