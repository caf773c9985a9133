//! Whose people are counted: of a country, an army, a group.

use super::{Noun, ends_phrase};
use crate::ingest::lexicon::{Hit, one_of};
use crate::ingest::token::{Token, tokens as tokens_of};
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::model::claim::CasualtyGroup;
use std::str::FromStr;

/// "three Malians", "a Frenchman", "deux Français": a word for the people of a country that
/// stands alone.
pub(super) fn nationals(words: &[Token], vocabulary: &Vocabulary) -> Option<Noun> {
    let [word] = words else { return None };
    // "wounded among the French": how many is not said.
    if ["ch", "sh", "ese"].iter().any(|end| word.norm.ends_with(end)) {
        return None;
    }
    let plural = word.norm.ends_with('s')
        && !["ais", "ois", "ss"].iter().any(|end| word.norm.ends_with(end))
        || word.norm.ends_with("men");
    vocabulary.of_countries.at(words, 0).filter(|_| word.capital)?;
    Some(Noun { group: CasualtyGroup::Total, victim: None, singular: !plural })
}

/// "members of the Dozo militia", "éléments de la garde nationale".
pub(super) fn belonging(
    tokens: &[Token],
    at: usize,
    vocabulary: &Vocabulary,
    known: &Knowledge,
) -> Option<(Vec<Noun>, usize)> {
    if !one_of(tokens.get(at)?, &["of", "from", "de", "du", "des", "d"]) {
        return None;
    }
    for i in at + 1..(at + 6).min(tokens.len()) {
        const LED: &[&str] =
            &["the", "a", "an", "its", "his", "her", "their", "la", "le", "l", "les", "un", "une"];
        if one_of(&tokens[i], LED) {
            continue;
        }
        if let Some(hit) = vocabulary.actors.at(tokens, i) {
            let members = members_of(&[hit.value], known);
            return (!members.is_empty()).then_some((members, hit.end));
        }
        if let Some(hit) = vocabulary.people.at(tokens, i).filter(|h| !h.value.generic) {
            let p = hit.value;
            let noun = Noun { group: p.group, victim: p.victim.clone(), singular: true };
            return Some((vec![noun], hit.end));
        }
        if ends_phrase(tokens, i) {
            return None;
        }
    }
    None
}

/// The casualty groups of the actors' own people, each once.
pub(super) fn members_of(actors: &[&str], known: &Knowledge) -> Vec<Noun> {
    let mut out: Vec<Noun> = Vec::new();
    for slug in actors {
        let members = known.actors.get(slug).and_then(|a| a.members.as_deref());
        let Some(group) = members.and_then(|m| CasualtyGroup::from_str(m).ok()) else {
            continue;
        };
        if !out.iter().any(|n| n.group == group) {
            out.push(Noun { group, victim: None, singular: true });
        }
    }
    out
}

/// "Malian" or "Wagner" alone, as in "Malian and Wagner troops".
pub(super) fn beside_another<'v>(
    tokens: &[Token],
    at: usize,
    vocabulary: &'v Vocabulary,
) -> Option<Hit<'v, String>> {
    let next = tokens.get(at + 1)?;
    one_of(next, &["and", "et"]).then(|| demonym(tokens, at, vocabulary))?
}

/// Whose army an adjective names: "Malian", "French".
pub fn demonym<'v>(
    tokens: &[Token],
    at: usize,
    vocabulary: &'v Vocabulary,
) -> Option<Hit<'v, String>> {
    let adjective = tokens.get(at).filter(|t| t.capital)?;
    let army = |name: String| {
        let mut probe = tokens_of(&name, 0..name.len());
        for t in &mut probe {
            t.capital = true;
        }
        vocabulary.actors.at(&probe, 0).map(|hit| hit.value)
    };
    let value = army(format!("{} army", adjective.norm))
        .or_else(|| army(format!("armee {}", feminine(&adjective.norm)?)))?;
    Some(Hit { start: at, end: at + 1, value })
}

/// The feminine of a French word for the people of a country: "Français", "Tchadiens".
fn feminine(people: &str) -> Option<String> {
    let one = match people.ends_with("ais") || people.ends_with("ois") {
        true => people,
        false => people.strip_suffix('s').unwrap_or(people),
    };
    let ends = ["ais", "ois", "ain", "and", "ien"].iter().any(|end| one.ends_with(end));
    ends.then(|| format!("{one}{}", if one.ends_with("ien") { "ne" } else { "e" }))
}

/// Whether names of actors alone stand in `[first, end)`.
pub(super) fn actors_fill(
    tokens: &[Token],
    first: usize,
    end: usize,
    vocabulary: &Vocabulary,
) -> bool {
    let mut i = first;
    while i < end {
        match vocabulary.actors.at(tokens, i) {
            Some(hit) => i = hit.end,
            None => return false,
        }
    }
    true
}
