//! Who did it, by whose word: stated, claimed, accused, suspected, denied. Each is another
//! fact, read from other words.

use super::actor::ActorFound;
use super::claimant::{Scene, Speakers, Speech};
use crate::ingest::lexicon::one_of;
use crate::ingest::token::{Token, TokenKind};
use crate::model::claim::Claimant;
use crate::model::incident::Stance;
use std::ops::Range;

/// An actor named as perpetrator. Ranges are of tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct StanceFound {
    /// Id of the actor.
    pub actor: String,
    /// In which way.
    pub stance: Stance,
    /// By whom; none for the document itself.
    pub by: Option<Claimant>,
    /// The words that say it.
    pub evidence: Range<usize>,
}

/// Words of attacking after their subject, English and French.
const ATTACKS: &[&str] = &[
    "routed", "encircled", "razed", "torched", "looted", "blew", "occupied", "slaughter",
    "attacked", "attack", "attacks", "attacking", "ambushed", "overran", "stormed", "raided",
    "shelled", "killed", "killing", "kill", "massacred", "executed", "opened", "carried",
    "conducted", "bombed", "struck", "kidnapped", "abducted", "detained", "targeted", "burned",
    "laid", "besieged", "detonated", "fired", "shot", "assaulted", "invaded", "perpetrated",
    "arrested", "launched", "murdered", "beheaded", "tortured", "slaughtered", "seized",
    "captured", "hit", "ambush", "storm", "inflicts", "attaque", "attaquent", "attaques", "tue",
    "tuent", "mene", "menent", "tuant", "execute", "executent", "repris", "pris", "ouvert",
    "incendie", "brule", "enleve", "abattu", "massacre", "tire",
];

/// Words that are attacked *by* somebody.
const PASSIVES: &[&str] = &[
    "attacked", "perpetrated", "carried", "committed", "killed", "ambushed", "conducted",
    "launched", "executed", "kidnapped", "abducted", "attack", "attacks", "ambush", "raid",
    "massacre", "assault", "out", "detained", "staged", "claimed", "shot", "perpetre", "perpetree",
    "menee", "mene", "menees", "attaque", "attaquee", "commise", "tues", "tuees", "tue", "visee",
    "abattus", "seized", "overrun", "beheaded", "bombing", "injured", "wounded", "suspected",
    "gunfire", "strike", "strikes", "enleve", "enleves", "enlevee", "enlevees", "kidnappes",
    "kidnappe", "attaques", "attaquees", "execute", "executes", "tuee", "abattu", "murdered",
    "perpetres", "perpetrees", "commis", "commises", "mene", "menes", "operee", "tendue",
    "blesses", "shelled", "bombed",
];

/// Every actor named as perpetrator in the sentence.
pub fn stances(
    scene: &Scene<'_>,
    speeches: &[Speech],
    speakers: &mut Speakers,
) -> Vec<StanceFound> {
    let mut out: Vec<StanceFound> = Vec::new();
    for at in 0..scene.tokens.len() {
        claimed(scene, at, speakers, &mut out);
        accused(scene, at, speakers, &mut out);
        denied(scene, at, speakers, &mut out);
    }
    own_deeds(scene, speeches, &mut out);
    for (i, actor) in scene.actors.iter().enumerate() {
        let taken = out.iter().any(|s| {
            s.evidence.start <= actor.start && actor.end <= s.evidence.end && s.actor == actor.slug
        });
        if taken {
            continue;
        }
        if let Some((evidence, suspected)) = attacks(scene, i) {
            out.push(stated(scene, actor, evidence, suspected, speeches));
        } else if let Some(evidence) = belonged(scene, actor) {
            out.push(stated(scene, actor, evidence, false, speeches));
        } else if supposed(scene, actor) {
            let from = actor.start.saturating_sub(6);
            out.push(stated(scene, actor, from..actor.end, true, speeches));
        }
    }
    out
}

/// "JNIM said it had killed 85 soldiers", "the group alleged to have attacked": the speaker's
/// own deed, claimed.
fn own_deeds(scene: &Scene<'_>, speeches: &[Speech], out: &mut Vec<StanceFound>) {
    for speech in speeches.iter().filter(|s| s.scope.start >= s.words.end) {
        // What somebody accuses another of is no deed of its own.
        let verb = &scene.tokens[speech.words.end - 1];
        if verb.norm.starts_with("accus") || one_of(verb, &["blamed", "denounced", "denonce"]) {
            continue;
        }
        let first: Vec<&Token> = scene.tokens[speech.scope.clone()].iter().take(7).collect();
        let own = first.iter().take(2).any(|t| {
            one_of(t, &["it", "they", "to", "avoir", "he"])
                || (t.norm == "of" && verb.norm == "boasted")
        });
        let deed = first.iter().skip(1).position(|t| one_of(t, ATTACKS));
        let Some(deed) = deed.filter(|_| own) else {
            continue;
        };
        let at = speech.scope.start + 1 + deed;
        let foiled = scene.tokens[speech.scope.start..at].iter().any(|t| {
            one_of(
                t,
                &[
                    "foiled", "repelled", "repulsed", "prevented", "thwarted", "dejoue",
                    "repousse", "not", "never",
                ],
            )
        });
        if foiled || is_noun_use(scene.tokens, at) {
            continue;
        }
        let passive = is_passive(scene.tokens, at);
        let other = scene
            .actors
            .iter()
            .any(|a| a.start > speech.scope.start && a.end <= speech.scope.start + 1 + deed);
        let speaker = speech.speakers.first().filter(|_| !passive && !other);
        if let Some((by, actor)) = speaker.and_then(|s| Some((s.clone(), s.actor.clone()?))) {
            let evidence = speech.words.start..speech.scope.start + 2 + deed;
            out.push(StanceFound { actor, stance: Stance::Claimed, by: Some(by), evidence });
        }
    }
}

/// Stated by the document, or by whoever speaks where it stands.
fn stated(
    scene: &Scene<'_>,
    actor: &ActorFound,
    evidence: Range<usize>,
    suspected: bool,
    speeches: &[Speech],
) -> StanceFound {
    let speech =
        speeches.iter().find(|s| s.scope.start <= actor.start && actor.start < s.scope.end);
    let by = speech.and_then(|s| s.speakers.first()).filter(|s| !is_relay(s)).cloned();
    let own = by.as_ref().and_then(|b| b.actor.as_deref()).is_some_and(|speaker| {
        let parent = scene.known.actors.get(&actor.slug).and_then(|a| a.parent.as_deref());
        speaker == actor.slug || parent == Some(speaker) || same_side(scene, speaker, &actor.slug)
    });
    let stance = match (&by, own, suspected) {
        (_, _, true) => Stance::Suspected,
        (None, _, _) => Stance::Stated,
        (Some(_), true, _) => Stance::Claimed,
        (Some(_), false, _) => Stance::Accused,
    };
    StanceFound { actor: actor.slug.clone(), stance, by, evidence }
}

/// A news agency passes on what happened: its word is the document's own.
fn is_relay(speaker: &Claimant) -> bool {
    const RELAYS: [&str; 15] = [
        "afp", "reuters", "associated-press", "rfi", "france-24", "bbc", "jeune-afrique",
        "le-monde", "al-jazeera", "voa", "ortm", "studio-tamani", "xinhua", "anadolu",
        "dpa-agency",
    ];
    speaker.actor.as_deref().is_some_and(|slug| RELAYS.contains(&slug))
}

/// Whether a government speaks for its forces, or forces for their government.
fn same_side(scene: &Scene<'_>, a: &str, b: &str) -> bool {
    let forces = |s: &str| scene.known.actors.get(s).and_then(|x| x.forces.clone());
    forces(a).as_deref() == Some(b) || forces(b).as_deref() == Some(a)
}

/// "the attackers belonged to X", "les assaillants appartenaient à la Katiba Macina".
fn belonged(scene: &Scene<'_>, actor: &ActorFound) -> Option<Range<usize>> {
    let from = actor.start.saturating_sub(5);
    let belongs = (from..actor.start).rev().find(|i| {
        one_of(
            &scene.tokens[*i],
            &["belonged", "belonging", "appartenaient", "appartenant", "appartiennent", "belong"],
        )
    })?;
    let attackers = (0..belongs).rev().take(6).find(|i| {
        one_of(
            &scene.tokens[*i],
            &[
                "attackers", "assailants", "perpetrators", "gunmen", "assaillants", "auteurs",
                "raiders", "kidnappers", "ravisseurs",
            ],
        )
    })?;
    Some(attackers..actor.end)
}

/// "the perpetrators are suspected to be X", "les assaillants, vraisemblablement des X",
/// "analysts believe X carried it out".
fn supposed(scene: &Scene<'_>, actor: &ActorFound) -> bool {
    is_suspected(scene.tokens, actor)
        && scene.tokens.iter().any(|t| {
            one_of(
                t,
                &[
                    "attackers", "perpetrators", "assailants", "assaillants", "auteurs", "gunmen",
                    "responsible", "behind", "carried", "attack", "attaque", "attacks",
                    "perpetrated",
                ],
            )
        })
}

/// The words by which actor `i` attacks, if it does, and whether only a suspicion says so.
fn attacks(scene: &Scene<'_>, i: usize) -> Option<(Range<usize>, bool)> {
    let actor = &scene.actors[i];
    // "led to reprisal offensives by X": a consequence, another event.
    let consequence = scene.tokens[..actor.start].windows(2).any(|w| {
        one_of(&w[0], &["led", "leading", "prompted"]) && one_of(&w[1], &["to", "a", "the"])
            || one_of(
                &w[0],
                &["reprisal", "retaliation", "revenge", "response", "represailles", "riposte"],
            )
    });
    if consequence {
        return None;
    }
    let suspected = is_suspected(scene.tokens, actor);
    if let Some(by) = by_actor(scene, i) {
        return Some((by..actor.end, suspected));
    }
    // "X attacked", "X and Y overran", "militants from X attacked", "X, … , attacked".
    let mut at = actor.end;
    if let Some(end) = runs_operation(scene.tokens, at) {
        return Some((actor.start..end, suspected));
    }
    // "Katiba Macina, a part of JNIM, attacked".
    let aside = scene.tokens.get(at).is_some_and(|t| t.is(","));
    let close = (at + 1..(at + 12).min(scene.tokens.len())).find(|i| scene.tokens[*i].is(","));
    if let Some(close) = close.filter(|_| aside) {
        let verb = close + 1;
        let attacks = scene.tokens.get(verb).is_some_and(|t| one_of(t, ATTACKS))
            && !is_noun_use(scene.tokens, verb)
            && has_object(scene.tokens, verb);
        if attacks && !is_object(scene, actor) {
            return Some((actor.start..verb + 1, suspected));
        }
    }
    let mut steps = 0;
    let mut infinitive = false;
    while let Some(token) = scene.tokens.get(at) {
        if one_of(token, ATTACKS)
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
            let joined = scene.tokens[actor.end..at]
                .iter()
                .any(|t| one_of(t, &["and", "et", "with", "alongside"]))
                && at - actor.end <= 6;
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
                    "elements", "had", "have", "has", "who", "also", "military", "army", "a",
                    "ont", "avait", "avaient", "y", "on", "group", "cell", "affiliated", "linked",
                    "allied", "later", "instead", "jihadists", "rebels", "insurgents", "in",
                    "motorbikes", "motorcycles", "jointly", "both", "to", "proceeded", "along",
                    "together", "alongside", "with", "russian", "paramilitary", "from", "the",
                    "pmc", "presumes", "presume", "suspectes", "of", "de", "du", "la", "l", "les",
                    "le", "d", "des",
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

/// "a French army operation was launched": whose attack it was.
fn runs_operation(tokens: &[Token], at: usize) -> Option<usize> {
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
fn by_actor(scene: &Scene<'_>, i: usize) -> Option<usize> {
    let actor = &scene.actors[i];
    let mut at = actor.start;
    let mut steps = 0;
    while at > 0 && steps < 8 {
        at -= 1;
        steps += 1;
        let token = &scene.tokens[at];
        if one_of(token, &["by", "par"]) {
            // "a blockade of a village in the north by X": the event may stand some way before.
            let from = at.saturating_sub(14);
            let done = (from..at).rev().find(|j| {
                (at - j <= 4 && one_of(&scene.tokens[*j], PASSIVES))
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
                    "drone", "helicopters", "jets", "warplanes", "aircraft", "presumes", "its",
                    "both", "soldiers", "forces", "troops",
                ],
            )
            || token.is(",")
            || token.glued;
        if !passes {
            return None;
        }
    }
    None
}

/// "was attacked": what stands before it is the victim.
fn is_passive(tokens: &[Token], at: usize) -> bool {
    let participle = tokens[at].norm.ends_with("ed")
        || one_of(
            &tokens[at],
            &["shot", "struck", "hit", "pris", "tue", "mene", "abattu", "enleve"],
        );
    participle
        && tokens[..at].iter().rev().take(3).take_while(|t| t.is_word()).any(|t| {
            one_of(
                t,
                &[
                    "was", "were", "been", "being", "are", "is", "ete", "est", "sont", "etait",
                    "etaient",
                ],
            )
        })
}

/// Whether somebody is attacked: "soldiers killed near Gao" names the dead, "soldiers killed
/// two men" those who killed. French participles need their "ont".
fn has_object(tokens: &[Token], at: usize) -> bool {
    const FRENCH: &[&str] = &[
        "tue", "attaque", "execute", "enleve", "abattu", "massacre", "incendie", "brule", "mene",
        "pris", "ouvert", "tire", "repris",
    ];
    if one_of(&tokens[at], FRENCH) {
        let have = ["ont", "a", "avait", "avaient", "aurait", "auraient", "ayant"];
        return tokens[..at].iter().rev().take(4).any(|t| one_of(t, &have));
    }
    if !tokens[at].norm.ends_with("ed") && !one_of(&tokens[at], &["shot", "struck", "hit", "laid"])
    {
        return true;
    }
    let mut next = at + 1;
    // "killed and wounded five": the object follows the second verb.
    while tokens.get(next).is_some_and(|t| one_of(t, &["and", "or"]))
        && tokens.get(next + 1).is_some_and(|t| t.norm.ends_with("ed"))
    {
        next += 2;
    }
    let Some(token) = tokens.get(next) else { return false };
    let ends = !token.is_word() && !token.is_quote() && token.kind == TokenKind::Punct;
    let adverbial = one_of(
        token,
        &[
            "in", "at", "near", "on", "by", "during", "when", "after", "before", "around", "over",
            "as", "while", "since", "and", "or", "with", "last", "this", "yesterday", "today",
            "earlier", "outside", "along", "between", "where", "who", "which", "for",
        ],
    );
    let own = one_of(
        &tokens[at],
        &["opened", "carried", "launched", "conducted", "perpetrated", "committed"],
    );
    own || !(ends || adverbial)
}

/// "the attack", "an attack": a noun, not what the subject does. "hit an IED" is no attack.
fn is_noun_use(tokens: &[Token], at: usize) -> bool {
    let article = at > 0
        && one_of(
            &tokens[at - 1],
            &["the", "an", "a", "this", "that", "l", "une", "cette", "in", "of"],
        )
        && one_of(
            &tokens[at],
            &["attack", "attacks", "attaque", "attaques", "ambush", "massacre", "raid"],
        );
    let mine = one_of(&tokens[at], &["hit", "struck"])
        && tokens[at..]
            .iter()
            .take(5)
            .any(|t| one_of(t, &["ied", "mine", "landmine", "explosive", "device", "bomb"]));
    let launched =
        one_of(&tokens[at], &["launched", "conducted", "carried", "laid", "mene", "menent"])
            && !tokens[at..].iter().take(9).any(|t| {
                one_of(
                    t,
                    &[
                        "attack", "attacks", "assault", "raid", "raids", "airstrike", "airstrikes",
                        "strike", "strikes", "ambush", "offensive", "siege", "operation",
                        "operations", "attaque", "attaques", "bombing", "bombings", "frappe",
                        "frappes", "out", "shelling",
                    ],
                )
            });
    let captured = one_of(&tokens[at], &["opened", "ouvert"])
        && !tokens[at..].iter().take(3).any(|t| one_of(t, &["fire", "feu"]));
    article || mine || launched || captured
}

/// Words for the armed that name nobody.
fn is_vague(slug: &str) -> bool {
    matches!(slug, "jihadists" | "unidentified")
}

/// Whether the actor stands where an object stands ("against X", "on X positions", "by X").
fn is_object(scene: &Scene<'_>, actor: &ActorFound) -> bool {
    let before = scene.tokens[..actor.start]
        .iter()
        .rev()
        .find(|t| !one_of(t, &["the", "les", "la", "le", "l", "des"]));
    before.is_some_and(|t| {
        one_of(
            t,
            &[
                "against", "on", "targeting", "targeted", "contre", "with", "near", "at",
                "killing", "killed",
            ],
        )
    })
}

/// "suspected X", "believed to be X", "X présumés", "vraisemblablement des X".
fn is_suspected(tokens: &[Token], actor: &ActorFound) -> bool {
    let words = |t: &Token| {
        one_of(
            t,
            &[
                "suspected", "believed", "presumed", "likely", "probably", "presumes", "presume",
                "presumees", "vraisemblablement", "soupconne", "soupconnes", "probablement",
                "suspecte", "suspectes", "believe", "thought", "reportedly", "allegedly", "aurait",
                "auraient",
            ],
        )
    };
    let named_so = words(&tokens[actor.start]);
    named_so
        || tokens[..actor.start]
            .iter()
            .rev()
            .take(7)
            .take_while(|t| !t.is(".") && !t.is(";") && !t.is(","))
            .any(words)
        || tokens[actor.end..].iter().take(2).any(words)
}

/// "X claimed responsibility", "claimed by X", "a revendiqué l'attaque".
fn claimed(scene: &Scene<'_>, at: usize, speakers: &mut Speakers, out: &mut Vec<StanceFound>) {
    let tokens = scene.tokens;
    let token = &tokens[at];
    if one_of(token, &["claimed", "claims", "claim", "claiming", "declared", "took", "assumed"]) {
        let deed = tokens[at + 1..].iter().take(5).position(|t| {
            one_of(
                t,
                &[
                    "responsibility", "attack", "attacks", "raid", "assault", "ambush", "bombing",
                    "credit",
                ],
            )
        });
        let own = one_of(token, &["declared", "took", "assumed"]);
        let Some(deed) = deed.filter(|d| !own || tokens[at + 1 + d].norm == "responsibility")
        else {
            by_phrase(scene, at, out);
            return;
        };
        let said = tokens[at + 1..at + 1 + deed].iter().any(|t| one_of(t, &["that", "to", "they"]));
        let verb = tokens.get(at + deed + 2).is_some_and(|t| {
            (t.norm.ends_with("ed") || one_of(t, &["was", "were", "had", "killed"]))
                && tokens[at + 1 + deed].norm != "responsibility"
        });
        if !said && !verb && !is_denial(tokens, at) {
            subject_claims(scene, at, at + deed + 2, speakers, out);
        }
    } else if one_of(
        token,
        &["revendique", "revendiquee", "revendiques", "revendiquees", "revendiquent"],
    ) && !is_denial(tokens, at)
    {
        let before = out.len();
        by_phrase(scene, at, out);
        if out.len() == before {
            subject_claims(scene, at, at + 1, speakers, out);
        }
    }
}

/// "no group claimed", "has not been claimed", "n'a pas été revendiquée".
fn is_denial(tokens: &[Token], at: usize) -> bool {
    tokens[..at].iter().rev().take(7).take_while(|t| !t.is(".")).any(|t| {
        one_of(
            t,
            &[
                "no", "not", "nobody", "none", "pas", "aucun", "aucune", "neither", "without",
                "jamais", "yet", "n't",
            ],
        )
    })
}

fn by_phrase(scene: &Scene<'_>, at: usize, out: &mut Vec<StanceFound>) {
    let end = (at + 12).min(scene.tokens.len());
    let close = scene.tokens[at + 1..end].iter().take(4).any(|t| one_of(t, &["by", "par"]));
    if is_denial(scene.tokens, at) || !close {
        return;
    }
    let by = scene.tokens[at..end].iter().any(|t| one_of(t, &["by", "par"]));
    let claimants = scene.actors.iter().filter(|a| by && a.start > at && a.start < end).take(1);
    out.extend(claimants.map(|actor| own_claim(scene, actor, at..actor.end)));
}

fn own_claim(scene: &Scene<'_>, actor: &ActorFound, evidence: Range<usize>) -> StanceFound {
    let name =
        scene.known.actors.get(&actor.slug).map_or_else(|| actor.slug.clone(), |a| a.name.clone());
    StanceFound {
        actor: actor.slug.clone(),
        stance: Stance::Claimed,
        by: Some(Claimant { name, actor: Some(actor.slug.clone()) }),
        evidence,
    }
}

fn subject_claims(
    scene: &Scene<'_>,
    verb: usize,
    end: usize,
    speakers: &mut Speakers,
    out: &mut Vec<StanceFound>,
) {
    let end = end.min(scene.tokens.len());
    let before = scene.actors.iter().rev().find(|a| a.end <= verb && verb - a.end <= 10);
    if let Some(actor) = before {
        out.push(own_claim(scene, actor, actor.start..end));
        return;
    }
    // "The group claimed responsibility": whoever it was that spoke.
    let pronoun = verb.checked_sub(2).map(|i| scene.who(i..verb, speakers)).unwrap_or_default();
    let Some(claimant) = pronoun.into_iter().find(|c| c.actor.is_some()) else {
        return;
    };
    let Some(actor) = claimant.actor.clone() else {
        return;
    };
    out.push(StanceFound {
        actor,
        stance: Stance::Claimed,
        by: Some(claimant),
        evidence: verb.saturating_sub(2)..end,
    });
}

/// "Y accused X of", "Y blamed X", "attributed to X", "laid the blame on X".
fn accused(scene: &Scene<'_>, at: usize, speakers: &mut Speakers, out: &mut Vec<StanceFound>) {
    let tokens = scene.tokens;
    if !one_of(
        &tokens[at],
        &[
            "accused", "accusing", "accuses", "blamed", "blaming", "blames", "blame", "attributed",
            "accuse", "accusent", "attribue", "attribuee", "attribuees", "attribuent", "impute",
            "imputee", "culprits",
        ],
    ) {
        return;
    }
    let passive = at > 0 && one_of(&tokens[at - 1], &["was", "were", "been", "ete", "is", "are"]);
    if passive && one_of(&tokens[at], &["accused", "blamed"]) {
        return;
    }
    // "people accused of helping the army": nobody accuses the army.
    if tokens.get(at + 1).is_some_and(|t| one_of(t, &["of", "de", "d"]))
        && !one_of(&tokens[at], &["attributed"])
    {
        return;
    }
    if tokens[at].norm.starts_with("accus") && !charges_violence(scene, at) {
        return;
    }
    let end = (at + 12).min(tokens.len());
    let stop = tokens[at + 1..end]
        .iter()
        .position(|t| t.is(";") || one_of(t, &["of", "having", "d", "that"]) && !one_of(t, &["of"]))
        .map_or(end, |i| at + 1 + i);
    let by = accuser(scene, at, speakers);
    let targets: Vec<_> = scene
        .actors
        .iter()
        .filter(|a| a.start > at && a.start < stop.max(at + 5))
        .take(2)
        .filter(|a| Some(a.slug.as_str()) != by.as_ref().and_then(|b| b.actor.as_deref()))
        .collect();
    let suspected = targets.iter().any(|a| is_suspected(tokens, a));
    for actor in targets {
        out.push(StanceFound {
            actor: actor.slug.clone(),
            stance: if suspected { Stance::Suspected } else { Stance::Accused },
            by: by.clone(),
            evidence: at..actor.end,
        });
    }
    // "accusations last month from X that Y …" is read as a saying of X.
}

/// Whether what somebody is accused of is a deed of violence; true when no charge is given.
fn charges_violence(scene: &Scene<'_>, at: usize) -> bool {
    let tokens = scene.tokens;
    let end = (at + 24).min(tokens.len());
    let Some(charge) = (at + 2..end).find(|i| one_of(&tokens[*i], &["of", "de", "d", "for"]))
    else {
        return true;
    };
    let violent = |i: usize| {
        scene.vocabulary.events.at(tokens, i).is_some()
            || scene.vocabulary.casualty.at(tokens, i).is_some()
            || one_of(
                &tokens[i],
                &[
                    "behind", "responsible", "crimes", "abuses", "exactions", "burning", "torture",
                    "killing", "targeting", "terrorist", "responsables", "crime", "origine",
                    "violations",
                ],
            )
    };
    let named = scene.actors.iter().any(|a| a.start <= charge && charge < a.end);
    named || (charge..(charge + 12).min(tokens.len())).any(violent)
}

/// Whoever accuses: the actor or speaker before the verb.
fn accuser(scene: &Scene<'_>, verb: usize, speakers: &mut Speakers) -> Option<Claimant> {
    let start = (0..verb)
        .rev()
        .take(12)
        .find(|i| scene.tokens[*i].is(",") || scene.tokens[*i].is(".") || scene.tokens[*i].is(";"))
        .map_or(0, |i| i + 1);
    // "It named the culprits", "the command laid the blame": without the words before the verb.
    let mut who = Vec::new();
    for end in (start..=verb).rev().take(4) {
        let filler = scene.tokens[end..verb].iter().all(|t| {
            one_of(
                t,
                &[
                    "the", "laid", "put", "placed", "its", "named", "has", "had", "have", "also",
                    "later",
                ],
            )
        });
        if !filler {
            break;
        }
        who = scene.who(start..end, speakers);
        if !who.is_empty() && (end == verb || !scene.tokens[end..verb].is_empty()) {
            let whole = end < verb || !one_of(&scene.tokens[verb - 1], &["the", "its"]);
            if whole {
                break;
            }
        }
    }
    if who.is_empty() {
        let actor = scene.actors.iter().rev().find(|a| a.end <= verb && verb - a.end <= 8)?;
        who = scene.who(actor.start..actor.end, speakers);
    }
    who.into_iter().next()
}

/// "X denied", "both X and Y denied", "X … denying that it".
fn denied(scene: &Scene<'_>, at: usize, speakers: &mut Speakers, out: &mut Vec<StanceFound>) {
    let tokens = scene.tokens;
    if !one_of(
        &tokens[at],
        &["denied", "denying", "denies", "dementi", "dementent", "nie", "nient", "rejected", "nie"],
    ) {
        return;
    }
    if at > 0 && one_of(&tokens[at - 1], &["nor", "or", "neither"]) {
        return;
    }
    let start = (0..at)
        .rev()
        .take(16)
        .find(|i| tokens[*i].is(";") || one_of(&tokens[*i], &["although", "but", "while", "that"]))
        .map_or(0, |i| i + 1);
    let mut subjects: Vec<&ActorFound> = scene
        .actors
        .iter()
        .filter(|a| a.start >= start && a.end <= at && at - a.end <= 18)
        .collect();
    let joined =
        subjects.len() > 1 && tokens[subjects[0].end..at].iter().any(|t| one_of(t, &["and", "et"]));
    if !joined && subjects.len() > 1 {
        subjects.drain(1..);
    }
    // What is denied must be the deed: "denied these incursions" names no perpetrator here.
    let deed = tokens[at + 1..].iter().take(10).any(|t| {
        one_of(
            t,
            &[
                "massacred", "killed", "attacked", "executed", "bombed", "civilians", "it",
                "claims", "massacre", "responsibility", "involvement", "attack", "attacks",
                "attacking", "killing", "targeted", "targeting", "killings", "accusations",
                "allegations", "carrying", "role", "implication", "avoir", "accusation", "claim",
                "russian",
            ],
        )
    });
    if !deed {
        return;
    }
    for actor in subjects {
        let by = scene.who(actor.start..actor.end, speakers).into_iter().next();
        let forces = scene.known.actors.get(&actor.slug).and_then(|a| a.forces.clone());
        out.push(StanceFound {
            actor: forces.unwrap_or_else(|| actor.slug.clone()),
            stance: Stance::Denied,
            by,
            evidence: actor.start..(at + 1),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::rules::actor::{Cast, actors};
    use crate::ingest::rules::claimant::speeches;
    use crate::ingest::token::tokens;
    use crate::ingest::vocabulary::Vocabulary;
    use crate::knowledge::Knowledge;
    use std::sync::LazyLock;

    static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&KNOWN));

    /// "jnim claimed by JNIM" for each perpetrator of a sentence.
    fn read(text: &str) -> String {
        let tokens = tokens(text, 0..text.len());
        let actors = actors(&tokens, &VOCABULARY, &KNOWN, &mut Cast::default());
        let scene = Scene {
            text,
            tokens: &tokens,
            vocabulary: &VOCABULARY,
            known: &KNOWN,
            actors: &actors,
        };
        let mut speakers = Speakers::default();
        let speeches = speeches(&scene, &mut speakers);
        let words = stances(&scene, &speeches, &mut speakers).into_iter().map(|s| {
            let by = s.by.map(|b| format!(" by {}", b.name)).unwrap_or_default();
            format!("{} {}{by}", s.actor, s.stance.as_str())
        });
        words.collect::<Vec<_>>().join("; ")
    }

    fn check(cases: &[(&str, &str)]) {
        let wrong: Vec<String> = cases
            .iter()
            .filter(|(text, expected)| read(text) != *expected)
            .map(|(text, expected)| {
                format!("{text}\n  expected {expected}\n  found    {}", read(text))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn ok_stances() {
        check(&[
            ("JNIM attacked the camp at Gao.", "jnim stated"),
            ("On Monday JNIM militants attacked a camp, killing five soldiers.", "jnim stated"),
            ("The village was attacked by the Islamic State.", "islamic-state stated"),
            ("JNIM claimed responsibility for the attack.", "jnim claimed by JNIM"),
            ("L'attaque a été revendiquée mardi par le JNIM.", "jnim claimed by JNIM"),
            ("JNIM said it had killed 85 soldiers.", "jnim claimed by JNIM"),
            (
                "The Malian government accused France of killing civilians.",
                "french-government accused by Malian government",
            ),
            (
                "The Malian army killed twelve civilians, Human Rights Watch said.",
                "malian-armed-forces accused by Human Rights Watch",
            ),
            ("JNIM denied any involvement.", "jnim denied by JNIM"),
            ("Katiba Macina, a part of JNIM, attacked three bases.", "katiba-macina stated"),
            ("It began on 2 January, with JNIM fighters killing two people.", "jnim stated"),
            (
                "In a statement released by Katibat Macina, the group alleged to have also attacked Ségou.",
                "katiba-macina claimed by Katibat Macina",
            ),
            ("Les assaillants appartenaient à la Katiba Macina.", "katiba-macina stated"),
            (
                "Two strikes by drones of the Malian army killed 13 civilians.",
                "malian-armed-forces stated",
            ),
            ("Des jihadistes présumés ont pris d'assaut le camp.", "jihadists suspected"),
            ("A French army operation was launched at Boulkessi.", "french-armed-forces stated"),
        ]);
    }

    #[test]
    fn victims_bystanders_and_disclaimers_are_no_perpetrators() {
        check(&[
            ("Two French soldiers killed near Gao on Monday.", ""),
            ("Ten Wagner mercenaries killed at Tinzaouaten.", ""),
            ("The number of Malian soldiers killed near Gao rose.", ""),
            ("They abducted ten people accused of helping the Malian army.", ""),
            ("Some countries accuse the Malian government of using the Wagner Group.", ""),
            ("No group claimed the attack.", ""),
            ("The Malian army said it had foiled an attack on a camp.", ""),
            ("Des soldats maliens tués près de Gao.", ""),
        ]);
    }
}
