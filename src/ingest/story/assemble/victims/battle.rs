//! Battles: a fight between two sides, whose dead are victims on each of them. An attack on one
//! of them is none, whatever its article is called.

use super::forces::attacked_forces;
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::token::Token;
use crate::model::claim::CasualtyGroup;

/// Whether the sentences that open a story tell of a battle, and of no attack on one side.
pub(super) fn is_battle<'t>(mut opening: impl Iterator<Item = &'t [Token]>) -> bool {
    let Some(first) = opening.next() else { return false };
    tells_of_fight(first) && !is_one_sided(first) && !opening.next().is_some_and(is_one_sided)
}

/// "The Battle of Ber was fought", "Des combats ont opposé", "fighting between X and Y", "the MSA
/// defeated a group of the ISGS".
fn tells_of_fight(tokens: &[Token]) -> bool {
    static FIGHTS: Words = Words::new(&[
        "battle", "battles", "clash", "clashes", "fighting", "skirmish", "skirmishes", "gunfight",
        "firefight", "bataille", "combat", "combats", "affrontement", "affrontements",
        "accrochage", "accrochages", "heurts",
    ]);
    static FOUGHT: Words = Words::new(&[
        "clashed", "defeated", "affrontes", "affronte", "affrontent", "oppose", "opposent",
    ]);
    const BETWEEN: &[&str] = &["between", "entre", "against", "opposant", "contre"];
    let topic = |i: usize| {
        i <= 4 && tokens[..i].iter().all(Token::is_word)
            || tokens[i + 1..].iter().take(8).any(|t| one_of(t, BETWEEN))
    };
    tokens.iter().enumerate().any(|(i, t)| FIGHTS.has(t) && topic(i) || FOUGHT.has(t))
}

/// "overran a camp", "tombe dans une embuscade": those hit are one side.
fn is_one_sided(tokens: &[Token]) -> bool {
    static STRUCK: Words = Words::new(&[
        "overran", "stormed", "ambushed", "ambush", "ambushes", "embuscade", "embuscades",
        "chassent", "chasse", "raided", "massacre", "massacred", "executed", "execute",
        "airstrike", "airstrikes", "bombing",
    ]);
    tokens.iter().any(|t| STRUCK.has(t)) || attacked_forces(tokens).is_some()
}

/// Those who fight.
pub(super) fn is_armed(group: CasualtyGroup) -> bool {
    matches!(
        group,
        CasualtyGroup::Soldiers
            | CasualtyGroup::Militants
            | CasualtyGroup::Rebels
            | CasualtyGroup::Militia
            | CasualtyGroup::Mercenaries
    )
}
