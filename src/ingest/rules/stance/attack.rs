//! "X attacked", "attacked by X": who attacks, and who is attacked.

use super::deed::{has_object, is_noun_use, is_object, is_passive, is_suspected, is_vague};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::claimant::Scene;
use crate::ingest::rules::number::figure;
use crate::ingest::token::Token;
use crate::knowledge::actors::ActorKind;
use crate::knowledge::words::EventWord;
use std::ops::Range;

/// Words of attacking after their subject, English and French.
pub(super) static ATTACKS: Words = Words::new(&[
    "routed", "encircled", "razed", "torched", "looted", "blew", "occupied", "slaughter",
    "attacked", "attack", "attacks", "attacking", "ambushed", "overran", "stormed", "raided",
    "shelled", "killed", "killing", "kill", "massacred", "executed", "opened", "carried",
    "conducted", "bombed", "struck", "kidnapped", "abducted", "detained", "targeted", "burned",
    "laid", "besieged", "detonated", "fired", "shot", "assaulted", "invaded", "perpetrated",
    "arrested", "launched", "murdered", "beheaded", "tortured", "slaughtered", "seized",
    "captured", "neutralized", "neutralised", "eliminated", "hit", "ambush", "storm", "inflicts",
    "attaque", "attaquent", "attaques", "tue", "tuent", "mene", "menent", "tuant", "execute",
    "executent", "repris", "pris", "ouvert", "incendie", "brule", "enleve", "abattu", "massacre",
    "tire", "cible", "vise", "mitraille", "pilonne", "bombarde", "perpetre", "commis", "assiege",
    "pille", "tendu", "tente", "encercle", "neutralise", "elimine", "irruption", "burst",
    "intercepte", "intercepted", "took", "frappe", "drove",
]);

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
    "assassinees", "arretes", "arretees", "abattues", "egorges", "brules",
]);

/// The words by which actor `i` attacks, if it does, and whether only a suspicion says so.
pub(super) fn attacks(scene: &Scene<'_>, i: usize) -> Option<(Range<usize>, bool)> {
    let actor = &scene.actors[i];
    // "led to reprisal offensives by X": a consequence, another event.
    let consequence = scene.tokens[..actor.start].windows(2).any(|w| {
        one_of(&w[0], &["led", "leading", "prompted"]) && one_of(&w[1], &["to", "a", "the"])
            || one_of(
                &w[0],
                &["reprisal", "retaliation", "revenge", "response", "represailles", "riposte"],
            )
    });
    // "the terrorist organisation Macina Liberation Front": the group named is meant.
    let named = is_vague(&actor.slug)
        && scene.actors.get(i + 1).is_some_and(|next| {
            let between = &scene.tokens[actor.end.min(next.start)..next.start];
            between.len() <= 2
                && between.iter().all(|t| {
                    one_of(
                        t,
                        &[
                            "group", "groups", "organisation", "organization", "movement",
                            "groupe", "mouvement", "coalition", "du", "de", "of", "la", "the", "l",
                        ],
                    )
                })
        });
    if named {
        return None;
    }
    if consequence || is_clause_of_time(scene.tokens, actor.start) || is_counted(scene, actor.start)
    {
        return None;
    }
    if is_rescue(scene.tokens, actor.end) {
        return None;
    }
    let suspected = is_suspected(scene.tokens, actor);
    if let Some(by) = by_actor(scene, i).or_else(|| attack_of(scene, i)) {
        return Some((by..actor.end, suspected));
    }
    // "X attacked", "X and Y overran", "militants from X attacked", "X, … , attacked".
    let mut at = actor.end;
    let own_clause = |end: &usize| {
        !scene.actors.iter().any(|a| a.start >= at && a.end <= *end)
            && (at..*end).all(|j| scene.vocabulary.speech.at(scene.tokens, j).is_none())
            && !is_object(scene, actor)
    };
    if let Some(end) = is_behind(scene.tokens, at).filter(own_clause) {
        let between = &scene.tokens[at..end];
        let supposed = between.iter().any(|t| one_of(t, &["suspected", "soupconne", "soupconnes"]));
        return Some((actor.start..end, suspected || supposed));
    }
    if let Some(end) = runs_operation(scene.tokens, at) {
        return Some((actor.start..end, suspected));
    }
    // "Katiba Macina, a part of JNIM, attacked".
    while scene.tokens.get(at).is_some_and(Token::is_quote) {
        at += 1;
    }
    let aside = scene.tokens.get(at).is_some_and(|t| t.is(","));
    let close = (at + 1..(at + 20).min(scene.tokens.len())).find(|i| scene.tokens[*i].is(","));
    if let Some(close) = close.filter(|_| aside) {
        let auxiliary = scene
            .tokens
            .get(close + 1)
            .is_some_and(|t| one_of(t, &["ont", "a", "avaient", "avait", "had", "have", "has"]));
        let verb = over_aside(scene.tokens, close + 1 + usize::from(auxiliary));
        let attacks = scene.tokens.get(verb).is_some_and(|t| ATTACKS.has(t))
            && !is_noun_use(scene.tokens, verb)
            && (auxiliary || has_object(scene.tokens, verb));
        if attacks && !is_object(scene, actor) {
            return Some((actor.start..verb + 1, suspected));
        }
    }
    let mut steps = 0;
    let mut infinitive = false;
    while let Some(token) = scene.tokens.get(at) {
        if one_of(token, &["who", "qui"]) {
            at = over_aside(scene.tokens, at + 1);
            steps += 1;
            continue;
        }
        if ATTACKS.has(token)
            && !is_passive(scene.tokens, at)
            && !is_noun_use(scene.tokens, at)
            && has_object(scene.tokens, at)
        {
            let end = (at + 1).min(scene.tokens.len());
            let gerund = token.norm.ends_with("ing");
            let with = actor.start > 0 && scene.tokens[actor.start - 1].norm == "with";
            return (!is_object(scene, actor) || infinitive || (gerund && with))
                .then_some((actor.start..end, suspected));
        }
        let other = scene.actors.iter().find(|a| a.start == at);
        // "extremists linked to al-Qaeda attacked": of what sort they are.
        let described = scene.vocabulary.actors.at(scene.tokens, at).filter(|_| other.is_none());
        if let Some(hit) = described {
            at = hit.end;
            steps += 1;
            continue;
        }
        // "Jama'at … (JNIM) militants": the same again, or what they are.
        let same = other.filter(|o| {
            o.slug == actor.slug
                || (is_vague(&o.slug) && o.start - actor.end <= 5 && !is_vague(&actor.slug))
        });
        if let Some(same) = same {
            at = same.end;
            continue;
        }
        if let Some(other) = other {
            let joined = scene.tokens[actor.end..at].iter().any(|t| {
                one_of(
                    t,
                    &[
                        "and", "et", "with", "alongside", "accompanied", "accompagnes",
                        "accompagnees", "appuyes", "epaules", "backed",
                    ],
                )
            }) && at - actor.end <= 6;
            if !joined {
                return None;
            }
            at = other.end;
            continue;
        }
        let passes = token.is("(")
            || token.is(")")
            || token.is_quote()
            || (token.is(",")
                && scene
                    .tokens
                    .get(at + 1)
                    .is_some_and(|t| one_of(t, &["along", "together", "alongside"])))
            || token.is("'s")
            || token.is("’s")
            || one_of(
                token,
                &[
                    "and", "et", "then", "fighters", "mercenaries", "militants", "forces",
                    "troops", "soldiers", "members", "men", "gunmen", "combattants", "hommes",
                    "elements", "had", "have", "has", "also", "military", "army", "a", "ont",
                    "avait", "avaient", "y", "on", "group", "cell", "affiliated", "linked",
                    "allied", "later", "instead", "jihadists", "rebels", "insurgents", "in",
                    "motorbikes", "motorcycles", "jointly", "both", "to", "proceeded", "along",
                    "together", "alongside", "with", "russian", "paramilitary", "from", "the",
                    "pmc", "presumes", "presume", "suspectes", "of", "de", "du", "la", "l", "les",
                    "le", "d", "des", "its", "their", "ses", "leurs", "allies", "partners",
                    "proxies", "auxiliaries", "suppletifs", "auxiliaires", "partenaires",
                    "accompanied", "accompagnes", "accompagnees", "appuyes", "epaules", "backed",
                    "by", "par", "heavily", "lourdement", "bord", "pick", "up", "ups", "pickup",
                    "pickups", "foreign", "personnel", "elements", "armed", "islamist",
                    "militiamen", "hunters", "militia", "miliciens", "dozos", "rebel", "suspected",
                    "vehicules", "motos", "moto", "aboard", "trucks", "fait", "non", "identifies",
                ],
            )
            || token.norm.ends_with("ly")
            || (token.shouted && token.norm.len() <= 6);
        infinitive |= token.norm == "proceeded";
        steps += 1;
        if !passes || steps > 8 {
            return None;
        }
        at += 1;
    }
    None
}

/// "ont, selon l'état-major, attaqué": one past the words between two commas at `at`.
fn over_aside(tokens: &[Token], at: usize) -> usize {
    let opens = tokens.get(at).is_some_and(|t| t.is(","));
    let close = (at + 1..(at + 12).min(tokens.len())).find(|i| tokens[*i].is(","));
    close.filter(|_| opens).map_or(at, |close| close + 1)
}

/// "une attaque terroriste de l'EIGS": whose attack it was. What is behind "de" is attacked
/// where it is a place or the state's, so only an armed group counts.
fn attack_of(scene: &Scene<'_>, i: usize) -> Option<usize> {
    const SORTS: &[&str] = &[
        "terroriste", "terroristes", "jihadiste", "jihadistes", "djihadiste", "djihadistes",
        "complexe", "complexes", "armee", "armees", "meurtriere", "meurtrieres", "simultanees",
        "kamikaze", "perpetree", "coordonnee", "coordonnees",
    ];
    const ATTACK: &[&str] = &["attaque", "attaques", "assaut", "embuscade", "raid", "incursion"];
    let actor = &scene.actors[i];
    let kind = scene.known.actors.get(&actor.slug)?.kind;
    let armed = matches!(kind, ActorKind::Jihadist | ActorKind::Separatist);
    let mut at = actor.start;
    while at > 0 && one_of(&scene.tokens[at - 1], &["l", "la", "le", "les", "de", "du", "des", "d"])
    {
        at -= 1;
    }
    if !armed || at == actor.start {
        return None;
    }
    while at > 0 && one_of(&scene.tokens[at - 1], SORTS) {
        at -= 1;
    }
    at.checked_sub(1).filter(|at| one_of(&scene.tokens[*at], ATTACK))
}

/// "killed 14 "terrorists" and captured eight": those counted are who is hit.
pub(super) fn is_counted(scene: &Scene<'_>, actor: usize) -> bool {
    let tokens = scene.tokens;
    let mut end = actor;
    while end > 0 && tokens[end - 1].is_quote() {
        end -= 1;
    }
    let number = (end.saturating_sub(4)..end)
        .find(|i| figure(tokens, *i).is_some_and(|found| found.end == end));
    number.and_then(|n| n.checked_sub(1)).is_some_and(|before| {
        (before.saturating_sub(2)..=before).any(|i| {
            scene.vocabulary.casualty.at(tokens, i).is_some_and(|hit| hit.end == before + 1)
        })
    })
}

/// "Islamic State fighters were behind the attack", "le GSIM est soupçonné d'être l'auteur de
/// l'attaque": the token behind the words that say so.
pub(super) fn is_behind(tokens: &[Token], from: usize) -> Option<usize> {
    const BE: &[&str] =
        &["was", "were", "is", "are", "be", "est", "sont", "etaient", "etait", "etre"];
    const BEHIND: &[&str] =
        &["behind", "responsible", "derriere", "auteur", "auteurs", "origine", "responsables"];
    const DEEDS: &[&str] = &[
        "attack", "attacks", "it", "raid", "killing", "killings", "massacre", "ambush", "bombing",
        "assault", "attaque", "attaques", "massacre", "tuerie", "embuscade", "assaut", "attentat",
    ];
    let reach = (from + 10).min(tokens.len());
    let be = (from..reach).find(|i| one_of(&tokens[*i], BE))?;
    let plain = tokens[from..be].iter().all(|t| t.is_word() || t.is(")") || t.is("("));
    let said = (be + 1..(be + 7).min(tokens.len())).find(|i| one_of(&tokens[*i], BEHIND))?;
    let not = tokens[be..said].iter().any(|t| one_of(t, &["not", "pas", "t", "who", "qui"]));
    let deed = tokens[said..].iter().take(6).any(|t| one_of(t, DEEDS));
    (plain && deed && !not).then_some(said + 1)
}

/// "Special forces launched an assault on the hotel to free the hostages": no attack of theirs.
fn is_rescue(tokens: &[Token], from: usize) -> bool {
    tokens[from..].iter().take(24).take_while(|t| !t.is(";")).any(|t| {
        one_of(
            t,
            &[
                "rescue", "rescued", "rescuing", "freed", "free", "freeing", "recover", "liberate",
                "liberer", "libere", "liberant",
            ],
        )
    })
}

/// "By the time the army had stormed it, thirteen people had been killed": what the actor did
/// dates the killing and is not it.
fn is_clause_of_time(tokens: &[Token], actor: usize) -> bool {
    let open = tokens[..actor].iter().rev().take(4).take_while(|t| t.is_word());
    let words: Vec<&str> = open.map(|t| t.norm.as_str()).collect();
    words.iter().any(|w| matches!(*w, "until" | "before" | "avant" | "jusqu" | "once"))
        || words.windows(2).any(|w| w == ["time", "the"] || w == ["ce", "a"])
}

/// "a French army operation was launched": whose attack it was.
pub(super) fn runs_operation(tokens: &[Token], at: usize) -> Option<usize> {
    let noun = tokens.get(at).filter(|t| {
        one_of(
            t,
            &[
                "operation", "airstrike", "airstrikes", "strike", "strikes", "raid", "raids",
                "offensive", "drone",
            ],
        )
    });
    noun?;
    let verb = (at + 1..(at + 5).min(tokens.len())).find(|i| {
        one_of(
            &tokens[*i],
            &["launched", "conducted", "carried", "killed", "hit", "struck", "targeted"],
        )
    })?;
    Some(verb + 1)
}

/// "attacked by X", "attack by suspected X": the token of the word that is done by X.
pub(super) fn by_actor(scene: &Scene<'_>, i: usize) -> Option<usize> {
    let actor = &scene.actors[i];
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
        if one_of(token, &["by", "par"]) {
            // "a blockade of a village in the north by X": the event may stand some way before.
            let from = at.saturating_sub(14);
            // "ont été tués samedi dans des villages près de Gao par X".
            let passive = |j: usize| {
                scene.tokens[j.saturating_sub(2)..j]
                    .iter()
                    .any(|t| one_of(t, &["ete", "were", "was", "been"]))
            };
            let done = (from..at).rev().find(|j| {
                ((at - j <= 4 || passive(*j)) && PASSIVES.has(&scene.tokens[*j]))
                    || scene.vocabulary.events.at(scene.tokens, *j).is_some()
            })?;
            let other_verb = scene.tokens[done + 1..at].iter().any(|t| {
                t.is(",") || t.is(";") || (t.norm.len() > 4 && t.norm.ends_with("ed") && !t.capital)
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
                    "comme", "as", "un", "une", "a", "hommes", "elements",
                ],
            )
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
