//! Whose soldiers, police or peacekeepers an attack was aimed at.

use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::token::Token;
use crate::model::claim::CasualtyGroup;
use std::ops::Range;

const ATTACK: &[&str] = &[
    "attack", "ambush", "assault", "raid", "attaque", "embuscade", "assaut", "attacks", "ambushes",
    "assaults", "raids", "attaques", "embuscades", "assauts", "offensive",
];
const ON: &[&str] = &["on", "against", "contre", "d", "du", "de"];
const AGAINST: &[&str] = &["against", "contre", "visant", "targeting"];
const SITES: &[&str] = &[
    "camp", "camps", "base", "bases", "post", "posts", "outpost", "position", "positions",
    "convoy", "patrol", "barracks", "checkpoint", "poste", "postes", "convoi", "patrouille",
    "garnison", "caserne", "detachement", "vehicle", "vehicles", "vehicule", "vehicules", "unit",
    "unite", "column", "colonne", "mission", "helicopter", "helicoptere",
];

/// "an ambush on a UN convoy", "l'attaque d'un camp de l'armée": whose people an attack with dead
/// of no stated group was aimed at.
pub(super) fn attacked_forces(tokens: &[Token]) -> Option<(CasualtyGroup, Range<usize>)> {
    static ATTACKED: Words =
        Words::new(&["attacked", "stormed", "overran", "ambushed", "raided", "attaque", "vise"]);
    let noun = || attack_on(tokens);
    // "attacked an army camp", "ont attaqué un poste de l'armée": a site of theirs.
    let verb = || {
        let verb = tokens.iter().position(|t| ATTACKED.has(t))?;
        let mut near = tokens[verb..].iter().take(8).take_while(|t| !one_of(t, &["by", "par"]));
        // "ambushed Malian soldiers".
        const MEN: &[&str] = &["soldiers", "soldats", "troops", "troupes"];
        near.any(|t| one_of(t, SITES) || one_of(t, MEN)).then_some(verb)
    };
    // "un convoi de la Minusma a été attaqué", "a été la cible d'une attaque", "a UN base came
    // under fire".
    let passive = || {
        let site = tokens.iter().position(|t| one_of(t, SITES))?;
        let hit = (site + 1..(site + 30).min(tokens.len())).find(|i| {
            let under = one_of(&tokens[*i], &["under", "cible", "target", "targets"])
                && tokens[*i..]
                    .iter()
                    .take(5)
                    .any(|t| one_of(t, &["fire", "attack", "attaque", "attacks", "attaques"]));
            // A long list of places may stand before "were the target".
            under
                || *i < site + 14
                    && (strikes_mine(tokens, *i)
                        || falls_into_ambush(tokens, *i)
                        || ATTACKED.has(&tokens[*i])
                            && one_of(&tokens[*i - 1], &["ete", "was", "were", "been"]))
        });
        // "a UN base": whose site it is may stand before it.
        hit.map(|_| site.saturating_sub(2))
    };
    if let Some(own) = own_site(tokens) {
        return Some(own);
    }
    // "were the target of attacks on Friday": the noun leads to nobody.
    let found = noun().and_then(|at| named_forces(tokens, at));
    let found = found.or_else(|| named_forces(tokens, verb()?));
    found.or_else(|| named_forces(tokens, passive()?))
}

/// Whose forces stand within a few tokens of an attack.
fn named_forces(tokens: &[Token], attack: usize) -> Option<(CasualtyGroup, Range<usize>)> {
    const ARMY: &[&str] = &[
        "army", "military", "armee", "militaire", "fama", "soldiers", "soldats", "troops",
        "troupes", "militaires",
    ];
    const UN: &[&str] = &["un", "minusma", "peacekeepers", "onu", "casques", "nations", "helmets"];
    const POLICE: &[&str] = &["gendarmerie", "gendarmes", "police", "policiers"];
    let near = attack..(attack + 8).min(tokens.len());
    // "un" alone is the French article.
    let un = |t: &Token| one_of(t, UN) && (t.shouted || t.norm != "un");
    let at = near.into_iter().find(|i| {
        let t = &tokens[*i];
        // "the Malian Armed Forces", "les forces armées".
        let beside = |j: Option<usize>| {
            j.and_then(|j| tokens.get(j)).is_some_and(|n| one_of(n, &["armed", "armees"]))
        };
        let forces = t.norm == "forces" && (beside(i.checked_sub(1)) || beside(Some(i + 1)));
        one_of(t, ARMY) || un(t) || one_of(t, POLICE) || forces
    })?;
    let group = match &tokens[at] {
        t if un(t) => CasualtyGroup::Peacekeepers,
        t if one_of(t, POLICE) => CasualtyGroup::Police,
        _ => CasualtyGroup::Soldiers,
    };
    Some((group, attack..at + 1))
}

/// "hit a mine", "a sauté sur un engin explosif".
fn strikes_mine(tokens: &[Token], at: usize) -> bool {
    const HITS: &[&str] = &["hit", "struck", "heurte", "saute", "over", "percute", "onto"];
    const MINES: &[&str] = &[
        "mine", "mines", "landmine", "ied", "engin", "engins", "eei", "explosive", "bomb", "device",
    ];
    one_of(&tokens[at], HITS) && tokens[at + 1..].iter().take(5).any(|t| one_of(t, MINES))
}

/// "est tombée dans une embuscade", "fell into an ambush".
fn falls_into_ambush(tokens: &[Token], at: usize) -> bool {
    const FALLS: &[&str] = &["fell", "ran", "drove", "tombe", "tombee", "tombes", "tombees"];
    one_of(&tokens[at], FALLS)
        && tokens[at + 1..].iter().take(4).any(|t| one_of(t, &["ambush", "embuscade"]))
}

/// "an attack on", "attaques lancées à l'aube contre": the token from which whom it hit stands.
fn attack_on(tokens: &[Token]) -> Option<usize> {
    let attack = tokens.iter().position(|t| one_of(t, ATTACK))?;
    if tokens.get(attack + 1).is_some_and(|t| one_of(t, ON)) {
        return Some(attack);
    }
    (attack + 2..(attack + 9).min(tokens.len()))
        .take_while(|i| tokens[*i].is_word() && !one_of(&tokens[*i], &["by", "par"]))
        .find(|i| one_of(&tokens[*i], AGAINST))
}

/// "the army said … against its positions": those of whoever speaks; "l'armée a réagi à une attaque
/// contre le poste de Mahou".
fn own_site(tokens: &[Token]) -> Option<(CasualtyGroup, Range<usize>)> {
    let attack = attack_on(tokens)?;
    let army =
        tokens[..attack].iter().position(|t| one_of(t, &["army", "armee", "armees", "fama"]))?;
    let reacted = tokens[army..attack]
        .iter()
        .any(|t| one_of(t, &["reagi", "riposte", "repousse", "repelled", "repulsed", "responded"]));
    let near = &tokens[attack..(attack + 4).min(tokens.len())];
    let theirs = near.windows(2).position(|w| {
        let own = one_of(&w[0], &["its", "ses", "sa", "son", "their", "leurs", "leur"]);
        let site = reacted && one_of(&w[0], &["le", "un", "the", "a", "du"]);
        (own || site) && one_of(&w[1], SITES)
    })?;
    Some((CasualtyGroup::Soldiers, army.min(attack)..attack + theirs + 2))
}

/// Whether a sentence says that a site of the army that it is about was attacked.
pub(in crate::ingest::story::assemble) fn own_site_attacked(tokens: &[Token]) -> bool {
    own_site(tokens).is_some()
}
