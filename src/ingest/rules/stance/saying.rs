//! What parties say of their own deeds: claimed, denied.

use super::StanceFound;
use super::deed::is_vague;
use crate::ingest::lexicon::{Openers, Words, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::claimant::{Scene, Speakers};
use crate::ingest::rules::date;
use crate::ingest::token::{Token, TokenKind};
use crate::knowledge::actors::ActorKind;
use crate::knowledge::words::EventWord;
use crate::model::claim::Claimant;
use crate::model::incident::Stance;
use std::ops::Range;

static CLAIMS: Words = Words::new(&[
    "claimed", "claims", "claim", "claiming", "declared", "took", "taken", "takes", "assumed",
]);
static REVENDIQUE: Words =
    Words::new(&["revendique", "revendiquee", "revendiques", "revendiquees", "revendiquent"]);
static CONFIRMS: Words = Words::new(&[
    "confirmed", "confirms", "acknowledged", "admitted", "confirme", "confirment", "reconnu",
    "reconnait", "admis",
]);
/// The verbs of [`is_reflexive`].
static CALLS_ITSELF: Words = Words::new(&["dit", "dite", "dits", "declare"]);
static TAKES_ON_ITSELF: Words = Words::new(&["attribue", "attribuent", "attribuee"]);

/// The words of all of them: with no other is anything claimed.
static OPENERS: Openers =
    Openers::of(&[&CLAIMS, &REVENDIQUE, &CONFIRMS, &CALLS_ITSELF, &TAKES_ON_ITSELF]);

/// "X claimed responsibility", "claimed by X", "a revendiqué l'attaque".
pub(super) fn claimed(
    scene: &Scene<'_>,
    at: usize,
    speakers: &mut Speakers,
    out: &mut Vec<StanceFound>,
) {
    let tokens = scene.tokens;
    let token = &tokens[at];
    if !OPENERS.may_have(token) {
        return;
    }
    confirmed(scene, at, out);
    if is_reflexive(tokens, at) {
        if !is_denial(tokens, at) {
            subject_claims(scene, at, at + 1, speakers, out);
        }
    } else if let Some(actor) = attack_that_it_claimed(scene, at) {
        out.push(own_claim(scene, actor, actor.start..at + 1));
    } else if let Some(actor) = claim_of(scene, at) {
        out.push(own_claim(scene, actor, at.min(actor.start)..actor.end.max(at + 1)));
    } else if CLAIMS.has(token) {
        let deed_behind = |from: usize| {
            (from..(from + 5).min(tokens.len())).find(|i| {
                one_of(
                    &tokens[*i],
                    &[
                        "responsibility", "attack", "attacks", "raid", "assault", "ambush",
                        "bombing", "credit", "killing", "killings", "abduction", "kidnapping",
                        "capture", "seizure", "strike", "bombings", "assassination", "shelling",
                        "ambushes", "raids", "operation", "clash", "battle", "fighting",
                    ],
                )
            })
        };
        // "claimed on Saturday 2 November 2019 an attack": behind the day on which it was said.
        let said_on = || (at + 1..at + 3).find_map(|i| date::date(tokens, i)).map(|d| d.end);
        let deed = deed_behind(at + 1).or_else(|| said_on().and_then(deed_behind));
        let deed = deed.map(|d| d - at - 1).or_else(|| claims_it(tokens, at));
        let own = one_of(token, &["declared", "took", "taken", "takes", "assumed"]);
        let Some(deed) = deed.filter(|d| {
            let next = tokens.get(at + 2 + d);
            !own || tokens[at + 1 + d].norm == "responsibility"
                || tokens[at + 1 + d].norm == "credit"
                    && next.is_none_or(|t| !t.is_word() || t.norm == "for")
        }) else {
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
    } else if REVENDIQUE.has(token) && !is_denial(tokens, at) {
        let before = out.len();
        by_phrase(scene, at, out);
        if out.len() == before {
            subject_claims(scene, at, at + 1, speakers, out);
        }
    }
}

/// "Le Jnim s'est attribué l'attaque": the token of the verb.
pub(super) fn is_reflexive(tokens: &[Token], at: usize) -> bool {
    // "s'est dit responsable".
    let said = CALLS_ITSELF.has(&tokens[at])
        && tokens.get(at + 1).is_some_and(|t| one_of(t, &["responsable", "responsables"]));
    let verb = said || TAKES_ON_ITSELF.has(&tokens[at]);
    let own = |i: usize| one_of(&tokens[i], &["s"]);
    verb && at > 0
        && (own(at - 1) || at > 1 && one_of(&tokens[at - 1], &["est", "sont"]) && own(at - 2))
}

/// "in an attack JNIM claimed a day later": who claimed it.
fn attack_that_it_claimed<'s>(scene: &'s Scene<'_>, at: usize) -> Option<&'s ActorFound> {
    const DEEDS: &[&str] = &["attack", "ambush", "raid", "bombing", "assault", "attacks"];
    let tokens = scene.tokens;
    let later = tokens.get(at + 1).is_none_or(|t| {
        !t.is_word() || one_of(t, &["a", "on", "later", "the", "two", "in", "hours", "days"])
    });
    let verb = tokens[at].norm == "claimed" && later;
    let actor = scene.actors.iter().find(|a| a.end == at).filter(|_| verb)?;
    let led = usize::from(actor.start > 0 && one_of(&tokens[actor.start - 1], &["the", "that"]));
    let noun = (actor.start - led).checked_sub(1)?;
    one_of(&tokens[noun], DEEDS).then_some(actor)
}

/// "A claim of responsibility was issued by JNIM": who issued it.
fn claim_of<'s>(scene: &'s Scene<'_>, at: usize) -> Option<&'s ActorFound> {
    let tokens = scene.tokens;
    let of = tokens.get(at + 1).is_some_and(|t| t.norm == "of")
        && tokens.get(at + 2).is_some_and(|t| t.norm == "responsibility");
    if tokens[at].norm != "claim" || !of || is_denial(tokens, at) {
        return None;
    }
    let by = (at + 3..(at + 12).min(tokens.len()))
        .take_while(|i| !tokens[*i].is(",") && !tokens[*i].is(";"))
        .find(|i| one_of(&tokens[*i], &["by", "from"]))?;
    scene.actors.iter().find(|a| a.start > by && a.start <= by + 4)
}

/// "JNIM claimed it, too": the attack told before, and nothing that it said.
fn claims_it(tokens: &[Token], at: usize) -> Option<usize> {
    let it = tokens.get(at + 1).is_some_and(|t| t.norm == "it");
    let ends = tokens.get(at + 2).is_none_or(|t| {
        t.kind == TokenKind::Punct && !t.is_quote()
            || one_of(t, &["too", "on", "later", "the", "a", "in", "as", "two", "three", "and"])
    });
    let whole = !tokens.get(at + 3).is_some_and(|t| one_of(t, &["had", "was", "were", "soldiers"]));
    (it && ends && whole && tokens[at].norm == "claimed").then_some(0)
}

/// "Mali's armed forces confirmed the strikes", "l'armée a confirmé les frappes": whose they are.
fn confirmed(scene: &Scene<'_>, at: usize, out: &mut Vec<StanceFound>) {
    const BETWEEN: &[&str] =
        &["the", "its", "les", "des", "ses", "these", "ces", "having", "that", "it"];
    let tokens = scene.tokens;
    if !CONFIRMS.has(&tokens[at]) || is_denial(tokens, at) {
        return;
    }
    let noun = (at + 1..(at + 4).min(tokens.len())).find(|i| !one_of(&tokens[*i], BETWEEN));
    let strike = noun.filter(|i| {
        one_of(&tokens[*i], &["strikes", "strike", "frappes", "frappe"])
            || scene
                .vocabulary
                .events
                .at(tokens, *i)
                .is_some_and(|h| *h.value == EventWord::Airstrike)
    });
    let forces = |a: &&ActorFound| {
        let kind = scene.known.actors.get(&a.slug).map(|x| x.kind);
        matches!(kind, Some(ActorKind::StateForces | ActorKind::ForeignForces))
            || scene.known.actors.get(&a.slug).is_some_and(|x| x.forces.is_some())
    };
    let subject = scene.actors.iter().rev().find(|a| a.end <= at && at - a.end <= 4).filter(forces);
    if let (Some(actor), Some(noun)) = (subject, strike) {
        out.push(own_claim(scene, actor, actor.start..noun + 1));
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
    if is_denial(scene.tokens, at) {
        return;
    }
    if !close {
        out.extend(by_far(scene, at).map(|actor| own_claim(scene, actor, at..actor.end)));
        return;
    }
    let by = scene.tokens[at..end].iter().any(|t| one_of(t, &["by", "par"]));
    // "by the extremist insurgent group JNIM", "par les terroristes du GSIM": the group named.
    let sort = |a: &&ActorFound| {
        is_vague(&a.slug)
            && scene.actors.iter().any(|n| {
                n.start >= a.end && n.start - a.end <= 5 && !is_vague(&n.slug) && n.start < end + 5
            })
    };
    let claimants = scene
        .actors
        .iter()
        .filter(|a| by && a.start > at && a.start < end + 5)
        .filter(|a| !sort(a))
        .take(1);
    out.extend(claimants.map(|actor| own_claim(scene, actor, at..actor.end)));
}

/// "a été revendiquée via le site X, qui reçoit leurs communiqués, par AQMI": the actor right behind
/// "by", some way from the verb.
fn by_far<'s>(scene: &'s Scene<'_>, at: usize) -> Option<&'s ActorFound> {
    const LEADS: &[&str] =
        &["the", "le", "la", "l", "les", "group", "groupe", "jihadist", "jihadiste", "djihadiste"];
    let tokens = scene.tokens;
    let passive = tokens[..at]
        .iter()
        .rev()
        .take(3)
        .any(|t| one_of(t, &["ete", "was", "were", "been", "est", "sont"]));
    let by = (at + 5..(at + 26).min(tokens.len()))
        .take_while(|i| !tokens[*i].is(";"))
        .find(|i| one_of(&tokens[*i], &["by", "par"]))?;
    let actor = scene.actors.iter().find(|a| a.start > by && a.start <= by + 4)?;
    let led = tokens[by + 1..actor.start].iter().all(|t| one_of(t, LEADS));
    (passive && led).then_some(actor)
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
    let mut before = scene.actors.iter().rev().filter(|a| a.end <= verb && verb - a.end <= 18);
    let before = before.find(|a| !super::is_affiliation(scene, a) && verb - a.end <= 18);
    let before = described_before(scene, verb).or(before);
    if let Some(actor) = before {
        // "JNIM et AQMI ont revendiqué": both.
        let joined = scene.actors.iter().rev().find(|a| {
            a.end < actor.start
                && a.slug != actor.slug
                && actor.start - a.end <= 4
                && scene.tokens[a.end..actor.start].iter().all(|t| {
                    one_of(t, &["and", "et", "l", "la", "le", "the"]) || t.is("(") || t.is(")")
                })
                && scene.tokens[a.end..actor.start].iter().any(|t| one_of(t, &["and", "et"]))
        });
        out.extend(joined.map(|a| own_claim(scene, a, a.start..end)));
        out.push(own_claim(scene, actor, actor.start..end));
        out.extend(claims_with(scene, end).map(|a| own_claim(scene, a, actor.start..a.end)));
        return;
    }
    // "The group claimed responsibility": whoever it was that spoke.
    let pronoun = scene.who(verb.saturating_sub(2)..verb, speakers);
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

/// "claimed responsibility for the attack in conjunction with AQIM", "conjointement avec AQMI":
/// who claims it besides.
fn claims_with<'s>(scene: &'s Scene<'_>, from: usize) -> Option<&'s ActorFound> {
    const JOINT: &[&str] =
        &["conjunction", "jointly", "together", "conjointement", "collaboration", "cooperation"];
    let tokens = scene.tokens;
    let joint = (from..(from + 8).min(tokens.len())).find(|i| one_of(&tokens[*i], JOINT))?;
    let with = (joint + 1..(joint + 3).min(tokens.len()))
        .find(|i| one_of(&tokens[*i], &["with", "avec"]))?;
    scene.actors.iter().find(|a| a.start > with && a.start <= with + 3)
}

/// "Le GSIM, alliance jihadiste liée à Al-Qaïda, a revendiqué": the actor that the words between
/// commas before the verb describe.
fn described_before<'a>(scene: &'a Scene<'_>, verb: usize) -> Option<&'a ActorFound> {
    const HAVE: &[&str] = &["a", "ont", "avait", "avaient", "has", "have", "had", "also", "aussi"];
    let close = (0..verb).rev().find(|i| !one_of(&scene.tokens[*i], HAVE))?;
    let comma = Some(close).filter(|i| scene.tokens[*i].is(","))?;
    let name = scene.behind_appositions(comma, 0)?;
    scene.actors.iter().find(|a| a.start == name.start)
}

/// Verbs of those who deny.
pub(super) static DENIES: Words = Words::new(&[
    "denied", "denying", "denies", "dementi", "dementent", "dement", "nie", "nient", "rejected",
    "rejects", "rejette", "rejettent", "refute", "refutent", "refuted",
]);

/// "X denied", "both X and Y denied", "X … denying that it".
pub(super) fn denied(
    scene: &Scene<'_>,
    at: usize,
    speakers: &mut Speakers,
    out: &mut Vec<StanceFound>,
) {
    let tokens = scene.tokens;
    if !DENIES.has(&tokens[at]) {
        return;
    }
    if at > 0 && one_of(&tokens[at - 1], &["nor", "or", "neither"]) {
        return;
    }
    let start = (0..at)
        .rev()
        .take(16)
        .find(|i| {
            tokens[*i].is(";") || one_of(&tokens[*i], &["although", "but", "while", "that", "mais"])
        })
        .map_or(0, |i| i + 1);
    let mut subjects: Vec<&ActorFound> = scene
        .actors
        .iter()
        .filter(|a| a.start >= start && a.end <= at && at - a.end <= 18)
        .collect();
    // "Le gouvernement accuse le JNIM, qui dément": whom the relative clause is on.
    let relative = at > 1 && one_of(&tokens[at - 1], &["qui", "which", "who"]);
    let near = |a: &&ActorFound| a.end + 1 == at || a.end + 2 == at && tokens[a.end].is(",");
    if relative && let Some(last) = subjects.iter().rfind(|a| near(a)).copied() {
        subjects = vec![last];
    }
    // "Interrogé par l'AFP, un responsable du MNLA a démenti": not whoever passes it on.
    let fights = |a: &&ActorFound| {
        let actor = scene.known.actors.get(&a.slug);
        actor.is_some_and(|x| x.kind != ActorKind::Speaker || x.forces.is_some())
    };
    if subjects.iter().any(fights) {
        subjects.retain(|a| fights(a));
    }
    let joined =
        subjects.len() > 1 && tokens[subjects[0].end..at].iter().any(|t| one_of(t, &["and", "et"]));
    if !joined && subjects.len() > 1 {
        // "The militia Dan Na Ambassagou": the name.
        let named = subjects[1].start <= subjects[0].end + 1;
        subjects.drain(..usize::from(named));
        subjects.truncate(1);
    }
    // What is denied must be the deed: "denied these incursions" names no perpetrator here.
    let object = tokens[at + 1..].iter().take_while(|t| !one_of(t, &["qui", "which", "who"]));
    // "rejects abuses", "rejette l'accord": only what it is charged with can be rejected.
    let rejects = tokens[at].norm.starts_with("reje");
    let charged = |t: &Token| {
        one_of(
            t,
            &[
                "accusation", "accusations", "allegation", "allegations", "claim", "claims",
                "responsibility", "responsabilite", "implication", "involvement", "charges",
            ],
        )
    };
    if rejects && !object.clone().take(6).any(charged) {
        return;
    }
    let deed = object.take(17).any(|t| {
        one_of(
            t,
            &[
                "massacred", "killed", "attacked", "executed", "bombed", "civilians", "it",
                "claims", "massacre", "responsibility", "involvement", "attack", "attacks",
                "attacking", "executing", "killing", "targeted", "targeting", "killings",
                "accusations", "allegations", "carrying", "role", "implication", "avoir",
                "accusation", "claim", "russian", "auteur", "auteurs", "perpetre", "massacres",
                "attaque", "attaques", "tuerie", "tueries", "exactions", "behind",
                "responsabilite", "executions", "participation", "abuses", "executes", "tue",
                "having", "executed", "wrongdoing",
            ],
        )
    });
    // "denied accusations that it turns a blind eye to the attacks": what it did not do.
    let undone = tokens[at + 1..].iter().take(14).any(|t| {
        one_of(t, &["blind", "failed", "failing", "inaction", "complicity", "complicite", "arming"])
    });
    if undone {
        return;
    }
    // "La milice, mise en cause par les survivants, dément."
    let ends = tokens.get(at + 1).is_none_or(|t| t.is(".") || t.is(",") || t.is(";"));
    let charged = |s: &StanceFound| s.stance == Stance::Accused && s.evidence.start < at;
    if !(deed || ends && out.iter().any(charged)) {
        return;
    }
    // "JNIM claims to have taken part, but the CSP denied their involvement": that of JNIM.
    let theirs = tokens.get(at + 1).is_some_and(|t| one_of(t, &["their", "leur"]));
    let of_others = subjects.first().filter(|_| theirs && start > 0).and_then(|subject| {
        let other = |a: &&ActorFound| a.end < start && a.slug != subject.slug;
        Some((scene.actors.iter().find(other)?, *subject))
    });
    if let Some((other, subject)) = of_others {
        out.push(StanceFound {
            actor: other.slug.clone(),
            stance: Stance::Denied,
            by: scene.who(subject.start..subject.end, speakers).into_iter().next(),
            evidence: subject.start..at + 1,
        });
        return;
    }
    // "The militia, a group that the government dissolved, denied": the militia.
    if let Some(named) = described_before(scene, at) {
        subjects = vec![named];
    }
    if subjects.is_empty() {
        denied_by_one_named_before(scene, start, at, speakers, out);
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

/// "Its leader, Youssouf Toloba, denied any involvement", "Celle-ci a démenti", "The group
/// rejected the accusations": the armed group named last.
fn denied_by_one_named_before(
    scene: &Scene<'_>,
    start: usize,
    at: usize,
    speakers: &Speakers,
    out: &mut Vec<StanceFound>,
) {
    const LED: &[&str] = &["its", "the", "this", "le", "la", "l", "son", "ce", "cette", "leur"];
    const WHO: &[&str] = &[
        "leader", "chief", "head", "spokesman", "spokesperson", "group", "militia", "movement",
        "organisation", "organization", "association", "chef", "porte", "groupe", "milice",
        "mouvement", "celle", "celui", "dernier", "derniere",
    ];
    let tokens = scene.tokens;
    let first = (start..at).find(|i| tokens[*i].is_word());
    let Some(first) = first.filter(|i| at - i <= 12) else { return };
    let led = one_of(&tokens[first], LED);
    let noun = first + usize::from(led);
    let pronoun = one_of(&tokens[first], &["celle", "celui", "it", "they", "elle", "il"])
        && tokens[first..at].iter().all(|t| t.is_word());
    // "The leader of the village association": of another.
    let of_other = tokens[noun + 1..at].iter().any(|t| one_of(t, &["of", "de", "du", "des", "d"]));
    if !(pronoun || led && one_of(&tokens[noun], WHO) && !of_other) {
        return;
    }
    let armed = |slug: &str| {
        let kind = scene.known.actors.get(slug).map(|a| a.kind);
        let group = kind.is_some_and(ActorKind::is_armed_group);
        let forces = matches!(
            kind,
            Some(ActorKind::StateForces | ActorKind::ForeignForces)
                | Some(ActorKind::PrivateMilitaryCompany)
        );
        (group || pronoun && forces) && !is_vague(slug)
    };
    let Some(by) = speakers.latest(armed) else { return };
    let actor = by.actor.clone().unwrap_or_default();
    out.push(StanceFound {
        actor,
        stance: Stance::Denied,
        by: Some(by.clone()),
        evidence: first..at + 1,
    });
}
