//! "attacked by X", "l'attaque de X": whose deed it was, named behind it.

use super::attack::ATTACKS;
use crate::ingest::lexicon::{Words, any_of, one_of};
use crate::ingest::rules::claimant::Scene;
use crate::ingest::rules::date;
use crate::ingest::rules::number::figure;
use crate::ingest::token::{Token, TokenKind};
use crate::knowledge::actors::ActorKind;
use crate::knowledge::words::EventWord;
use crate::model::claim::{CasualtyGroup, Measure};

/// Words that are attacked *by* somebody.
static PASSIVES: Words = Words::new(&[
    "attacked", "perpetrated", "carried", "committed", "killed", "ambushed", "conducted",
    "launched", "executed", "kidnapped", "abducted", "attack", "attacks", "ambush", "raid",
    "massacre", "assault", "out", "detained", "staged", "claimed", "shot", "perpetre", "perpetree",
    "menee", "mene", "menees", "attaque", "attaquee", "commise", "tues", "tuees", "tue", "visee",
    "abattus", "seized", "overrun", "beheaded", "bombing", "injured", "wounded", "suspected",
    "gunfire", "strike", "strikes", "enleve", "enleves", "enlevee", "enlevees", "kidnappes",
    "kidnappe", "attaques", "attaquees", "execute", "executes", "tuee", "abattu", "murdered",
    "perpetres", "perpetrees", "commis", "commises", "mene", "menes", "operee", "tendue",
    "blesses", "shelled", "bombed", "executees", "massacres", "massacrees", "assassines",
    "assassinees", "arretes", "arretees", "abattues", "egorges", "brules", "enlevees", "killings",
    "executions", "abduction", "murder", "murders", "tuerie",
]);

/// What is done about an attack, and not the attack.
static SAID_OF_IT: Words = Words::new(&[
    "condemned", "denounced", "criticised", "criticized", "confirmed", "reported", "announced",
    "documented", "investigated", "denied", "rejected", "followed", "witnessed", "mourned",
    "condamne", "condamnee", "condamnees", "denonce", "denoncee", "confirme", "confirmee",
    "annonce", "annoncee", "signale", "signalee", "rapporte", "rapportee", "documente",
    "documentee", "repoussee", "repelled", "foiled", "dejouee",
]);

/// Deeds as nouns: "the killing of twelve civilians by X" has those hit between.
const NOUNS: &[&str] =
    &["killing", "killings", "execution", "executions", "murder", "murders", "abduction"];

/// "une attaque terroriste de l'EIGS": whose attack it was. What is behind "de" is attacked
/// where it is a place or the state's, so only an armed group counts.
pub(super) fn attack_of(scene: &Scene<'_>, i: usize) -> Option<usize> {
    const SORTS: &[&str] = &[
        "terroriste", "terroristes", "jihadiste", "jihadistes", "djihadiste", "djihadistes",
        "complexe", "complexes", "armee", "armees", "meurtriere", "meurtrieres", "simultanees",
        "kamikaze", "perpetree", "coordonnee", "coordonnees", "conjointe", "conjointes",
        "militaire", "militaires", "aerienne", "aeriennes", "desesperee", "desesperees",
    ];
    const ATTACK: &[&str] = &[
        "attaque", "attaques", "assaut", "embuscade", "raid", "incursion", "tentative",
        "tentatives",
    ];
    // "une opération de l'armée", "des frappes de l'armée malienne": theirs too.
    const OPERATION: &[&str] =
        &["operation", "operations", "offensive", "frappe", "frappes", "bombardement", "raids"];
    let actor = &scene.actors[i];
    let kind = scene.known.actors.get(&actor.slug)?.kind;
    let forces = matches!(
        kind,
        ActorKind::StateForces | ActorKind::ForeignForces | ActorKind::PrivateMilitaryCompany
    );
    let armed = forces || matches!(kind, ActorKind::Jihadist | ActorKind::Separatist);
    // "une attaque des jihadistes de la Katiba Macina".
    const OF: &[&str] = &[
        "l", "la", "le", "les", "de", "du", "des", "d", "combattants", "elements", "membres",
        "hommes", "militants", "groupe", "paramilitaire", "terroristes", "by", "of", "the",
    ];
    let mut at = actor.start;
    let led = |at: usize| one_of(&scene.tokens[at - 1], OF) || one_of(&scene.tokens[at - 1], SORTS);
    while at > 0 && led(at) {
        at -= 1;
    }
    // "une opération de l'armée malienne et du groupe Wagner": of both.
    let joint = i
        .checked_sub(1)
        .map(|b| &scene.actors[b])
        .filter(|b| at > 0 && one_of(&scene.tokens[at - 1], &["et"]) && b.end == at - 1);
    if let Some(first) = joint {
        at = first.start;
        while at > 0 && led(at) {
            at -= 1;
        }
    }
    let of = |t: &Token| one_of(t, OF);
    if !armed || !scene.tokens[at..actor.start].iter().any(of) {
        return None;
    }
    // "douze civils tués lors d'une opération de l'armée", not "douze soldats".
    let soldiers = || {
        (0..scene.tokens.len()).any(|i| {
            let hit = scene.vocabulary.people.at(scene.tokens, i);
            hit.is_some_and(|h| h.value.group == CasualtyGroup::Soldiers && !h.value.generic)
                && !scene.actors.iter().any(|a| a.start <= i && i < a.end)
        })
    };
    let killed = || {
        // "weapons were seized": nobody was hit.
        let hurts = |m: &Measure| matches!(m, Measure::Killed | Measure::Wounded);
        let hit = |i: usize| {
            let words = scene.vocabulary.casualty.at(scene.tokens, i);
            words.is_some_and(|hit| hit.value.0.iter().any(|(measure, _)| hurts(measure)))
        };
        (actor.end..scene.tokens.len()).any(hit) || (0..at).any(hit) && !soldiers()
    };
    let nouns = if forces { OPERATION } else { ATTACK };
    // "dénonce des frappes de l'armée contre des civils".
    let denounced = || {
        scene.tokens[..at].iter().any(|t| {
            one_of(t, &["denonce", "denoncent", "condamne", "condamnent", "accuse", "accusent"])
        })
    };
    // "an operation of French special forces against a party of AQIM".
    let against = || {
        let near = scene.tokens[actor.end..].iter().take(6);
        near.take_while(|t| !t.is(";")).any(|t| one_of(t, &["against", "contre"]))
    };
    let done = |_: &usize| !forces || killed() || denounced() || against();
    at.checked_sub(1).filter(|at| any_of(&scene.tokens[*at], nouns)).filter(done)
}

/// "attacked by X", "attack by suspected X": the token of the word that is done by X.
pub(super) fn by_actor(scene: &Scene<'_>, i: usize) -> Option<usize> {
    let actor = &scene.actors[i];
    // "killing at least 25 people by the army's count": its figure, not its deed.
    let counts = scene.tokens[actor.end..]
        .iter()
        .take(4)
        .any(|t| one_of(t, &["count", "tally", "account", "estimate", "estimates", "reckoning"]));
    if counts && scene.tokens.get(actor.end).is_some_and(|t| t.is("'s") || t.is("’s")) {
        return None;
    }
    // "were executed by the army, the FLA posted on X": who says it, and not who did it.
    let led = usize::from(actor.start > 0 && one_of(&scene.tokens[actor.start - 1], &["the"]));
    let comma = (actor.start - led).checked_sub(1).is_some_and(|i| scene.tokens[i].is(","));
    if comma && scene.vocabulary.speech.at(scene.tokens, actor.end).is_some() {
        return None;
    }
    if let Some(dead) = at_their_hands(scene, actor.start) {
        return Some(dead);
    }
    let mut at = actor.start;
    let mut steps = 0;
    while at > 0 && steps < 8 {
        at -= 1;
        steps += 1;
        let token = &scene.tokens[at];
        // "frappes de drones de l'armée malienne".
        if one_of(token, &["de", "d", "du", "des"])
            && let Some(strike) = airstrike_before(scene, at)
        {
            return Some(strike);
        }
        // "by Malian soldiers accompanied by Wagner fighters", "accompagnées de miliciens dozos".
        let joint = at > 0
            && one_of(token, &["by", "par", "de"])
            && one_of(
                &scene.tokens[at - 1],
                &[
                    "accompanied", "backed", "supported", "assisted", "accompagnes",
                    "accompagnees", "accompagne", "appuyes", "appuyees", "epaules", "epaulees",
                ],
            );
        if joint {
            at -= 1;
            continue;
        }
        // "a été la cible d'hommes armés".
        let target = at > 0
            && one_of(token, &["de", "d", "des"])
            && one_of(&scene.tokens[at - 1], &["cible", "proie"]);
        if target {
            return Some(at - 1);
        }
        // "killed in Boni, held by X".
        let held = at > 0
            && one_of(
                &scene.tokens[at - 1],
                &[
                    "held", "controlled", "run", "governed", "tenu", "tenue", "controle",
                    "controlee", "escorted", "guarded", "protected", "escorte", "escortee",
                    "escortes", "protege",
                ],
            );
        if held && one_of(token, &["by", "par"]) {
            return None;
        }
        if one_of(token, &["by", "par"]) {
            // "the attack …, and the road is used by X": what is done is something else.
            const BE: &[&str] =
                &["est", "sont", "etait", "etaient", "ete", "is", "are", "was", "were", "been"];
            let verb = at.checked_sub(1).map(|b| &scene.tokens[b]);
            let other = at > 1
                && one_of(&scene.tokens[at - 2], BE)
                && verb.is_some_and(|t| !PASSIVES.has(t) && !ATTACKS.has(t) && t.is_word());
            if other {
                return None;
            }
            // "a blockade of a village in the north by X": the event may stand some way before.
            let from = at.saturating_sub(22);
            // "ont été tués samedi dans des villages près de Gao par X".
            let passive = |j: usize| {
                scene.tokens[j.saturating_sub(2)..j]
                    .iter()
                    .any(|t| one_of(t, &["ete", "were", "was", "been"]))
            };
            // "the attack carried out on 5 March by X": only where and when stands between.
            let reduced = |j: usize| at - j <= 12 && where_and_when(&scene.tokens[j + 1..at]);
            let done = (from..at).rev().find(|j| {
                PASSIVES.has(&scene.tokens[*j]) && (at - j <= 4 || passive(*j) || reduced(*j))
                    || at - j <= 14
                        && (one_of(&scene.tokens[*j], NOUNS) && scene.tokens[*j + 1].norm == "of"
                            || scene.vocabulary.events.at(scene.tokens, *j).is_some())
            })?;
            // "fearing an attack by X", "the threat of an attack by X": none that was.
            const FEARED: &[&str] = &[
                "fearing", "fear", "fears", "feared", "threat", "risk", "possible", "potential",
                "prevent", "avoid", "craignant", "crainte", "craignent", "menace", "risque",
                "eviter", "empecher",
            ];
            let before = &scene.tokens[done.saturating_sub(4)..done];
            if before.iter().any(|t| one_of(t, FEARED)) {
                return None;
            }
            // "its founder Ahmed al-Tilemsi, shot in December by X": what befell him another day.
            let name = &scene.tokens[done.saturating_sub(5)..done.saturating_sub(1)];
            let named = done > 0
                && scene.tokens[done - 1].is(",")
                && name.last().is_some_and(|t| t.capital)
                && name.iter().filter(|t| t.capital).count() >= 2;
            if named && PASSIVES.has(&scene.tokens[done]) {
                let dated = (done + 1..at).any(|i| date::date(scene.tokens, i).is_some());
                if dated {
                    return None;
                }
            }
            // "The massacre was condemned by X".
            if done + 1 < at && SAID_OF_IT.has(&scene.tokens[at - 1]) {
                return None;
            }
            let participle = PASSIVES.has(&scene.tokens[done]);
            let placed = participle && where_and_when(&scene.tokens[done + 1..at]);
            let other_verb = !placed
                && scene.tokens[done + 1..at].iter().any(|t| {
                    t.is(",")
                        || t.is(";")
                        || (t.norm.len() > 4 && t.norm.ends_with("ed") && !t.capital)
                });
            if other_verb && at - done > 4 {
                return None;
            }
            // "not been claimed by", "targeted by", "accused by": read elsewhere.
            let other =
                one_of(&scene.tokens[done], &["claimed", "accused", "denied", "revendiquee"])
                    || scene.tokens[done.saturating_sub(6)..done]
                        .iter()
                        .any(|t| t.norm == "lendemain");
            return (!other).then_some(done);
        }
        let inside = scene.actors.iter().any(|a| a.start <= at && at < a.end);
        let passes = inside
            || one_of(
                token,
                &[
                    "the", "of", "and", "suspected", "alleged", "members", "fighters", "militants",
                    "from", "jihadists", "mercenaries", "des", "les", "la", "le", "l", "de", "d",
                    "du", "et", "combattants", "russian", "al", "qaeda", "linked", "drones",
                    "organisation", "organization", "terrorist", "jihadist", "group", "extremist",
                    "drone", "helicopters", "jets", "warplanes", "aircraft", "presumes", "its",
                    "both", "soldiers", "forces", "troops", "foreign", "armed", "allied", "groupe",
                    "personnes", "people", "men", "identifiees", "identifies", "identified",
                    "comme", "as", "un", "une", "a", "hommes", "elements", "membres", "supposes",
                    "around", "about", "some", "several", "plusieurs", "centaine", "dizaine",
                    "dizaines", "environ", "dozens", "quelque", "believed", "thought", "to", "be",
                    "belong", "belonging", "presumed", "appartenant", "se", "reclamant", "russe",
                    "russes", "paramilitaire", "paramilitaires", "paramilitary", "mercenaires",
                    "milice", "militia", "soldats", "militaires",
                ],
            )
            || token.kind == TokenKind::Number
            || token.is(",")
            || token.is("(")
            || token.is(")")
            || token.glued;
        if !passes {
            return None;
        }
    }
    None
}

/// "died at the hands of X", "morts sous les balles de X": the token of "hands".
fn at_their_hands(scene: &Scene<'_>, actor: usize) -> Option<usize> {
    let tokens = scene.tokens;
    let article = |i: &usize| one_of(&tokens[*i], &["the", "le", "la", "les", "l", "suspected"]);
    let of = (0..actor).rev().find(|i| !article(i)).filter(|of| *of >= 3)?;
    one_of(&tokens[of], &["of", "de", "du", "des", "d"]).then_some(())?;
    let words = [&*tokens[of - 3].norm, &*tokens[of - 2].norm, &*tokens[of - 1].norm];
    let hands = matches!(
        words,
        ["at", "the", "hands"] | ["sous", "les", "balles" | "coups" | "tirs" | "obus" | "bombes"]
    );
    let dead = |i: usize| scene.vocabulary.casualty.at(tokens, i).is_some();
    (hands && (0..of - 3).any(dead)).then_some(of - 1)
}

/// "le 22 mars 2024 à Douna, dans le centre du Mali,": words that say only where and when.
fn where_and_when(tokens: &[Token]) -> bool {
    static WORDS: Words = Words::new(&[
        "in", "at", "near", "on", "the", "of", "and", "village", "villages", "town", "region",
        "cercle", "circle", "district", "province", "commune", "centre", "center", "central",
        "north", "south", "east", "west", "northern", "southern", "eastern", "western",
        "northeastern", "border", "localite", "ville", "hameau", "hameaux", "nord", "sud", "est",
        "ouest", "frontiere", "avec", "dans", "le", "la", "les", "l", "de", "du", "des", "d", "a",
        "au", "aux", "en", "et", "pres", "entre", "vers", "autour", "environs", "plusieurs",
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "soir", "matin",
        "nuit", "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout",
        "septembre", "octobre", "novembre", "decembre", "1er", "km", "kilometres", "kilometers",
        "around", "between", "from", "with", "several", "localites", "zone", "area", "loin", "non",
        "sur", "un", "une", "route", "sommairement", "summarily",
    ]);
    let mut others = 0;
    tokens.iter().enumerate().all(|(i, t)| {
        let known =
            t.capital || t.is(",") || t.glued || WORDS.has(t) || figure(tokens, i).is_some();
        // "sur un chantier": a noun or two that no list has, but no verb.
        let verb = t.norm.ends_with("ed") || t.norm.ends_with("ing") || !t.is_word();
        others += usize::from(!known);
        known || !verb && others <= 2
    })
}

/// The token of a word for an attack from the air that ends before `at`: in French what flies is
/// whose the strike is ("frappe de drone de l'armée").
fn airstrike_before(scene: &Scene<'_>, at: usize) -> Option<usize> {
    (at.saturating_sub(4)..at).find(|i| {
        scene.vocabulary.events.at(scene.tokens, *i).is_some_and(|hit| {
            hit.end == at
                && *hit.value == EventWord::Airstrike
                && scene.tokens[*i].norm.starts_with("frappe")
        })
    })
}
