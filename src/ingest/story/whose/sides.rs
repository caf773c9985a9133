//! On whose side bare figures count: "5 morts côté FAMa", "ten wounded on the side of the army".

use crate::ingest::lexicon::one_of;
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::casualty::Count;
use crate::ingest::rules::claimant::Speech;
use crate::ingest::rules::number::figure;
use crate::ingest::rules::people::demonym;
use crate::ingest::story::Story;
use crate::ingest::token::Token;
use crate::knowledge::actors::ActorKind;
use crate::model::claim::CasualtyGroup;

/// "5 morts côté FAMa", "côté ennemi : 3 tués": whose dead they are.
pub(super) fn side(
    story: &Story<'_>,
    tokens: &[Token],
    actors: &[ActorFound],
    speech: Option<&Speech>,
    count: &Count,
) -> Option<CasualtyGroup> {
    // "une source au sein de l'armée parle de deux morts": where whoever speaks is.
    let speaks = |i: &usize| speech.is_some_and(|s| s.words.contains(i));
    let is_side = |i: &usize| {
        // "parmi lesquelles trois femmes": a part.
        let whom = tokens.get(i + 1).is_some_and(|t| {
            one_of(t, &["lesquels", "lesquelles", "eux", "elles", "whom", "them"])
        });
        let next = |n: usize, word: &str| tokens.get(i + n).is_some_and(|t| t.norm == word);
        // "ten wounded on the side of the army", "one on the French side".
        let english = match tokens[*i].norm.as_str() {
            "side" => next(1, "of"),
            "on" => next(1, "the") && !next(2, "side") && (next(3, "side") || next(4, "side")),
            "among" => next(1, "the"),
            _ => false,
        };
        !whom && one_of(&tokens[*i], &["cote", "chez", "sein", "parmi"]) || english
    };
    // "14 morts au sein de l'armée, 17 morts du côté des assaillants": the next dead are others'.
    let own = count.evidence.end.saturating_sub(1);
    // "89 morts et 77 parmi les assaillants": those of the next number.
    let others = |i: &usize| (own + 1..*i).any(|n| figure(tokens, n).is_some_and(|f| f.end == *i));
    let dead = |i: usize| i > own && one_of(&tokens[i], &["morts", "tues", "killed", "dead"]);
    let open = |i: &usize| !tokens[*i].is(";") && !tokens[*i].is(".") && !dead(*i);
    let after = |reach: usize| {
        let near = count.figure.end.min(count.evidence.end)
            ..(count.evidence.end + reach).min(tokens.len());
        near.take_while(open).find(is_side)
    };
    let near = count.figure.start.saturating_sub(14)..count.figure.start;
    // "dix morts parmi les civils et trois dans les rangs de l'armée": those of the ranks.
    let ranks = tokens[count.figure.end.min(tokens.len())..]
        .iter()
        .take(4)
        .any(|t| one_of(t, &["rangs", "ranks"]));
    let before =
        || near.rev().take_while(open).find(|i| is_side(i) && !speaks(i)).filter(|_| !ranks);
    // "8 morts, 14 blessés et 02 véhicules détruits côté FAMa": all of one side.
    let among = after(5).filter(|i| !one_of(&tokens[*i], &["cote"]));
    let at = after(2).or(among).or_else(before).or_else(|| after(14)).filter(|i| !others(i))?;
    (at + 1..(at + 5).min(tokens.len())).find_map(|i| {
        if one_of(&tokens[i], &["ami", "amis", "amie"]) {
            return Some(CasualtyGroup::Soldiers);
        }
        if one_of(&tokens[i], &["ennemi", "ennemis", "ennemie", "terroriste"]) {
            return Some(CasualtyGroup::Militants);
        }
        let actor = story.vocabulary.actors.at(tokens, i).or_else(|| {
            // "wounded among the French".
            demonym(tokens, i, story.vocabulary)
        });
        // "on the side of the army".
        let short = || actors.iter().find(|a| a.start == i).map(|a| &a.slug);
        let slug = actor.map(|hit| hit.value).or_else(short);
        let actor = slug.and_then(|slug| story.known.actors.get(slug));
        let actor = actor.filter(|a| a.kind != ActorKind::Unknown);
        let members = actor.and_then(|a| a.members.as_deref()?.parse().ok());
        let people = |i: usize| story.vocabulary.people.at(tokens, i);
        members.or_else(|| {
            let hit = people(i)?;
            // "34 morts parmi les civils et les soldats": of neither alone.
            let and = tokens.get(hit.end).is_some_and(|t| one_of(t, &["et", "and"]));
            let other = |n: usize| people(n).is_some_and(|h| h.value.group != hit.value.group);
            let mixed = and && (hit.end + 1..hit.end + 4).any(other);
            Some(if mixed { CasualtyGroup::Total } else { hit.value.group })
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::ingest::story::tests::{ENGLISH, FRENCH, check};

    #[test]
    fn ok_sides() {
        check(
            ENGLISH,
            &[
                (
                    "A diplomat spoke of two dead among the rebels, and of ten wounded on the side of the army.",
                    &["killed rebels 2 by diplomat", "wounded soldiers 10 by diplomat"],
                ),
                (
                    "Ten jihadists died. The staff mentioned one wounded on the French side.",
                    &["killed militants 10", "wounded soldiers 1 by staff"],
                ),
                (
                    "The Malian army lost two men and had ten wounded.",
                    &["killed soldiers 2", "wounded soldiers 10"],
                ),
            ],
        );
        check(
            FRENCH,
            &[(
                "Trois kamikazes sont morts, selon un élu, qui parlait de trois blessés parmi les Français.",
                &["killed militants 3 by un élu", "wounded soldiers 3 by un élu"],
            )],
        );
    }

    #[test]
    fn err_no_sides() {
        check(
            ENGLISH,
            &[
                // A place.
                (
                    "Ten jihadists died. Two were wounded on the other side of the river.",
                    &["killed militants 10", "wounded militants 2"],
                ),
                ("The hospital lost power and had ten wounded.", &["wounded total 10"]),
            ],
        );
    }
}
