//! Whose soldiers, police or peacekeepers an attack was aimed at.

use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::token::Token;
use crate::model::claim::CasualtyGroup;
use std::ops::Range;

/// "an ambush on a UN convoy", "l'attaque d'un camp de l'armée": whose people an attack with dead
/// of no stated group was aimed at.
pub(super) fn attacked_forces(tokens: &[Token]) -> Option<(CasualtyGroup, Range<usize>)> {
    static ATTACK: Words = Words::new(&[
        "attack", "ambush", "assault", "raid", "attaque", "embuscade", "assaut", "attacks",
        "ambushes", "assaults", "raids", "attaques", "embuscades", "assauts", "offensive",
    ]);
    const ON: &[&str] = &["on", "against", "contre", "d", "du", "de"];
    const AGAINST: &[&str] = &["against", "contre", "visant", "targeting"];
    const ARMY: &[&str] =
        &["army", "military", "armee", "militaire", "fama", "soldiers", "soldats"];
    const UN: &[&str] = &["un", "minusma", "peacekeepers", "onu"];
    static ATTACKED: Words =
        Words::new(&["attacked", "stormed", "overran", "ambushed", "raided", "attaque", "vise"]);
    static SITES: Words = Words::new(&[
        "camp", "camps", "base", "bases", "post", "posts", "outpost", "position", "positions",
        "convoy", "patrol", "barracks", "checkpoint", "poste", "postes", "convoi", "patrouille",
        "garnison", "caserne", "detachement",
    ]);
    let noun = || {
        let attack = tokens.iter().position(|t| ATTACK.has(t))?;
        if tokens.get(attack + 1).is_some_and(|t| one_of(t, ON)) {
            return Some(attack);
        }
        // "attaques lancées à l'aube contre ses positions".
        (attack + 2..(attack + 9).min(tokens.len()))
            .take_while(|i| tokens[*i].is_word() && !one_of(&tokens[*i], &["by", "par"]))
            .find(|i| one_of(&tokens[*i], AGAINST))
    };
    // "attacked an army camp", "ont attaqué un poste de l'armée": a site of theirs.
    let verb = || {
        let verb = tokens.iter().position(|t| ATTACKED.has(t))?;
        let near = tokens[verb..].iter().take(8);
        near.clone().any(|t| SITES.has(t)).then_some(verb)
    };
    // "un convoi de la Minusma a été attaqué", "a été la cible d'une attaque", "a UN base came
    // under fire".
    let passive = || {
        let site = tokens.iter().position(|t| SITES.has(t))?;
        let hit = (site + 1..(site + 14).min(tokens.len())).find(|i| {
            let under = one_of(&tokens[*i], &["under", "cible"])
                && tokens[*i..].iter().take(5).any(|t| one_of(t, &["fire", "attack", "attaque"]));
            under
                || ATTACKED.has(&tokens[*i])
                    && one_of(&tokens[*i - 1], &["ete", "was", "were", "been"])
        });
        // "a UN base": whose site it is may stand before it.
        hit.map(|_| site.saturating_sub(2))
    };
    // "the army said … against its positions": those of whoever speaks.
    let own = || {
        let attack = noun()?;
        let army = tokens[..attack].iter().position(|t| one_of(t, &["army", "armee", "fama"]))?;
        let near = &tokens[attack..(attack + 4).min(tokens.len())];
        let theirs = near
            .windows(2)
            .position(|w| one_of(&w[0], &["its", "ses", "sa", "son"]) && SITES.has(&w[1]))?;
        Some((CasualtyGroup::Soldiers, army.min(attack)..attack + theirs + 2))
    };
    if let Some(own) = own() {
        return Some(own);
    }
    let attack = noun().or_else(verb).or_else(passive)?;
    let near = attack..(attack + 8).min(tokens.len());
    let at = near
        .into_iter()
        .find(|i| one_of(&tokens[*i], ARMY) || one_of(&tokens[*i], UN) && tokens[*i].shouted)?;
    let un = one_of(&tokens[at], UN);
    let group = if un { CasualtyGroup::Peacekeepers } else { CasualtyGroup::Soldiers };
    Some((group, attack..at + 1))
}
