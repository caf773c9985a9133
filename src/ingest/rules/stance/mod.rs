//! Who did it, by whose word: stated, claimed, accused, suspected, denied. Each is another
//! fact, read from other words.

mod accusing;
mod attack;
mod by;
mod charge;
mod deed;
mod forces;
mod nominal;
mod own;
mod relayed;
mod saying;
mod sides;
#[cfg(test)]
mod turns;

use super::actor::ActorFound;
use super::claimant::{Scene, Speakers, Speech, THINK, is_relay};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::token::{Token, span};
use crate::knowledge::Knowledge;
use crate::model::claim::Claimant;
use crate::model::incident::Stance;
use accusing::accused;
use attack::{ATTACKS, attacks, is_counted};
use charge::charged;
use deed::is_suspected;
use forces::{foreign_strikes, home_soldiers};
use own::own_deeds;
use saying::{DENIES, claimed, denied};
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
        charged(scene, at, speeches, speakers, &mut out);
    }
    // "JNIM claimed the attack. It said its fighters had killed 30": who claims has spoken.
    let claim = out.iter().rev().find(|s| s.stance == Stance::Claimed);
    if let Some(by) = claim.filter(|_| speeches.is_empty()).and_then(|s| s.by.clone()) {
        speakers.heard(&[by]);
    }
    // "strikes blamed on the army killed 13, the coalition said": the coalition blames it.
    let told = |s: &&mut StanceFound| matches!(s.stance, Stance::Accused | Stance::Suspected);
    for found in out.iter_mut().filter(told).filter(|s| s.by.is_none()) {
        let at = found.evidence.start;
        let speech = speeches.iter().find(|s| s.scope.start <= at && at < s.scope.end);
        let speaker = speech.and_then(|s| s.speakers.first());
        let speaker = speaker.filter(|s| s.actor.as_deref() != Some(found.actor.as_str()));
        found.by = speaker.filter(|s| !is_relay(s)).cloned();
    }
    if speeches.is_empty() {
        hear_denial(scene, speakers);
    }
    own_deeds(scene, speeches, &mut out);
    foreign_strikes(scene, speeches, &mut out);
    home_soldiers(scene, speeches, speakers, &mut out);
    for (i, actor) in scene.actors.iter().enumerate() {
        let taken = out.iter().any(|s| {
            s.evidence.start <= actor.start && actor.end <= s.evidence.end && s.actor == actor.slug
        });
        // "the Malian Armed Forces (FAMa)": named once.
        let again = i.checked_sub(1).map(|b| &scene.actors[b]).is_some_and(|before| {
            let between = &scene.tokens[before.end.min(actor.start)..actor.start];
            before.slug == actor.slug && between.len() == 1 && between[0].is("(")
        });
        if taken || again || is_affiliation(scene, actor) {
            continue;
        }
        let looks = sides::looked_like(scene, actor);
        let looks = looks.filter(|at| {
            scene.tokens[*at..].iter().any(|t| ATTACKS.has(t)) || told_attackers(scene.tokens)
        });
        if let Some(looks) = looks {
            let mut found = stated(scene, actor, looks..actor.end, true, speeches);
            found.by = found.by.or_else(|| described_by(scene, looks, speakers));
            out.push(found);
        } else if let Some((evidence, suspected)) = attacks(scene, i) {
            out.push(stated(scene, actor, evidence, suspected, speeches));
        } else if let Some((evidence, suspected)) = sides::attackers_were(scene, actor) {
            out.push(stated(scene, actor, evidence, suspected, speeches));
        } else if let Some(evidence) = sides::they_were(scene, actor) {
            out.push(stated(scene, actor, evidence, false, speeches));
        } else if let Some(evidence) = belonged(scene, actor) {
            let supposed = scene.tokens[evidence.clone()].iter().any(|t| {
                one_of(
                    t,
                    &[
                        "presumes", "suspected", "believed", "soupconnes", "thought", "presumed",
                        "suspectes", "alleged", "apparently", "likely", "supposes",
                    ],
                )
            });
            out.push(stated(scene, actor, evidence, supposed, speeches));
        } else if supposed(scene, actor) {
            let from = actor.start.saturating_sub(6);
            out.push(stated(scene, actor, from..actor.end, true, speeches));
        }
    }
    let clash = sides::clashes(scene).filter(|(groups, _)| {
        // "After fighting between X and Y, Z killed": by Z.
        let third = |s: &StanceFound| groups.iter().all(|g| g.slug != s.actor);
        !out.iter().any(|s| s.stance != Stance::Denied && third(s))
    });
    if let Some((groups, words)) = clash {
        for actor in groups {
            if !out.iter().any(|s| s.actor == actor.slug && s.stance != Stance::Denied) {
                out.push(stated(scene, actor, words.clone(), false, speeches));
            }
        }
    }
    sides::drop_sorts(scene, &mut out);
    out.retain(|s| !is_habit(scene.tokens, &s.evidence));
    for found in out.iter_mut().filter(|s| s.stance == Stance::Stated && s.by.is_none()) {
        if is_quoted(scene.tokens, &found.evidence) {
            found.stance = Stance::Accused;
        }
    }
    relayed::passed_on(scene, speeches, speakers, &mut out);
    out
}

/// "132 civils ont été tués « par des combattants de la Katiba Macina »": somebody's words, whoever
/// that is.
fn is_quoted(tokens: &[Token], evidence: &Range<usize>) -> bool {
    let by = evidence.clone().find(|i| one_of(&tokens[*i], &["by", "par"]));
    let Some(open) = by.and_then(|by| by.checked_sub(1)).map(|i| &tokens[i]) else { return false };
    open.is("«") || open.is("“") || open.is("\"")
}

/// "cette zone est régulièrement visée par la Katiba Macina", "JNIM often attacks convoys there":
/// what goes on all the time is nobody's deed in one incident.
fn is_habit(tokens: &[Token], evidence: &Range<usize>) -> bool {
    static HABITS: Words = Words::new(&[
        "regulierement", "frequemment", "souvent", "generalement", "habituellement", "toujours",
        "regularly", "frequently", "often", "usually", "generally", "routinely", "typically",
        "commonly", "repeatedly",
    ]);
    // Beside the words at either end, one of which is the deed.
    let (first, last) = (evidence.start, evidence.end.saturating_sub(1));
    let beside = [first.checked_sub(1), Some(first + 1), last.checked_sub(1), Some(last + 1)];
    beside.into_iter().flatten().filter_map(|i| tokens.get(i)).any(|t| HABITS.has(t))
}

/// "L'état-major français a réfuté ces dires. …, a-t-il indiqué": who denies has spoken.
fn hear_denial(scene: &Scene<'_>, speakers: &mut Speakers) {
    static DISPUTES: Words = Words::new(&["refutes", "dismissed", "conteste", "disputed"]);
    const AUXILIARIES: &[&str] = &[
        "a", "ont", "avait", "avaient", "has", "have", "had", "also", "aussi", "pour", "sa", "part",
    ];
    let tokens = scene.tokens;
    let Some(verb) = tokens.iter().position(|t| DENIES.has(t) || DISPUTES.has(t)) else { return };
    let of = |i: &usize| tokens[*i].is(",") || tokens[*i].is(";");
    let from = (0..verb).rev().find(of).map_or(0, |i| i + 1);
    let skipped = tokens[from..verb].iter().rev().take_while(|t| one_of(t, AUXILIARIES)).count();
    let who = scene.who(from..verb - skipped, speakers);
    if let [by] = who.as_slice()
        && by.actor.is_some()
    {
        speakers.heard(&who);
    }
}

/// Whether a sentence speaks of attackers at all.
fn told_attackers(tokens: &[Token]) -> bool {
    static ATTACKERS: Words = Words::new(&[
        "attackers", "assailants", "perpetrators", "assaillants", "auteurs", "gunmen", "attack",
        "attaque", "raid",
    ]);
    tokens.iter().any(|t| ATTACKERS.has(t) || DESCRIBE.has(t))
}

/// "Plusieurs habitants ont décrit des hommes vêtus en dozos".
static DESCRIBE: Words = Words::new(&["decrit", "decrivent", "described", "describe"]);

/// Who describes men by how they looked.
fn described_by(scene: &Scene<'_>, looks: usize, speakers: &mut Speakers) -> Option<Claimant> {
    let verb = (0..looks).rev().find(|i| DESCRIBE.has(&scene.tokens[*i]))?;
    let from = (0..verb).rev().find(|i| !scene.tokens[*i].is_word()).map_or(0, |i| i + 1);
    scene.who(from..verb, speakers).into_iter().next()
}

/// "Katiba Macina, qui dépend du GSIM", "JNIM, al Qaeda's branch", "disguised as
/// peacekeepers": whom somebody belongs to or imitates, not who did it.
fn is_affiliation(scene: &Scene<'_>, actor: &ActorFound) -> bool {
    let before = &scene.tokens[actor.start.saturating_sub(4)..actor.start];
    let owned = scene.tokens.get(actor.end).is_some_and(|t| t.is("'s") || t.is("’s"))
        && scene.tokens[actor.end..]
            .iter()
            .take(3)
            // "JNIM's media wing" is its own voice.
            .take_while(|t| !one_of(t, &["media", "propaganda", "news"]))
            .any(|t| one_of(t, &["branch", "affiliate", "arm", "wing", "ally", "franchise"]));
    owned
        || before.iter().enumerate().any(|(i, t)| {
            // "the al-Qaeda-linked JNIM" is JNIM, "allied Dozo militiamen" are those.
            let described = one_of(t, &["linked", "tied", "affiliate", "affiliated", "allied"])
                && before.get(i + 1).is_none_or(|n| !one_of(n, &["to", "with", "of", "a", "au"]));
            !described
                && one_of(
                    t,
                    &[
                        "linked", "tied", "affiliated", "allied", "aligned", "loyal", "lies",
                        "liee", "liees", "affiliate", "arm", "wing", "disguised", "posing",
                        "deguises", "depend", "dependant", "affilie", "affiliee", "affilies",
                        "affiliees", "rattache", "rattachee", "allegeance", "allegiance", "branch",
                        "faction", "branche", "successor", "predecessor",
                    ],
                )
        })
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
    // "The UN said it could not confirm reports that the army killed ten": somebody's word, not
    // the UN's.
    let unconfirmed = speech.is_some_and(|s| {
        let words = &scene.tokens[s.words.start.min(actor.start)..actor.start];
        let not = |t: &Token| one_of(t, &["not", "unable", "cannot", "pas"]);
        let confirm =
            |t: &Token| one_of(t, &["confirm", "verify", "confirmer", "verifier", "corroborate"]);
        words.iter().any(not) && words.iter().any(confirm)
    });
    if unconfirmed {
        let stance = if suspected { Stance::Suspected } else { Stance::Accused };
        return StanceFound { actor: actor.slug.clone(), stance, by: None, evidence };
    }
    let by = speech.and_then(|s| s.speakers.first()).filter(|s| !is_relay(s)).cloned();
    let by = by.or_else(|| told_by_men(scene, actor).filter(|_| speech.is_none()));
    // "An official thinks that JNIM attacked": no more than that, whoever it is.
    let from = speech.map_or(0, |s| s.words.start.min(actor.start));
    let thought = (from..actor.start).any(|i| {
        THINK.has(&scene.tokens[i]) && scene.tokens[i + 1..].iter().take(2).any(opens_clause)
    });
    let suspected = suspected || thought || is_hedged(scene.tokens, &evidence);
    // "jihadists", "gunmen": a sort of people speaks for nobody.
    let vague = deed::is_vague(&actor.slug);
    let by = by.filter(|speaker| !vague || speaker.actor.as_deref() != Some(&actor.slug));
    let own = by.as_ref().is_some_and(|speaker| is_own(scene.known, speaker, &actor.slug));
    // "Reports that soldiers executed ten villagers are false, the army said".
    let untrue = own
        && scene.tokens[evidence.end..].iter().take(16).any(|t| {
            one_of(t, &["false", "untrue", "fausse", "fausses", "mensongeres", "fabricated"])
        });
    let stance = match (&by, own, suspected) {
        (Some(_), true, _) if untrue => Stance::Denied,
        (_, _, true) => Stance::Suspected,
        (None, _, _) => Stance::Stated,
        (Some(_), true, _) => Stance::Claimed,
        (Some(_), false, _) => Stance::Accused,
    };
    StanceFound { actor: actor.slug.clone(), stance, by, evidence }
}

/// "It appears that JNIM attacked", "semble avoir été menée par le GSIM", "…, it is alleged": told as no
/// more than likely.
fn is_hedged(tokens: &[Token], evidence: &Range<usize>) -> bool {
    static HEDGES: Words = Words::new(&[
        "appear", "appears", "appeared", "seem", "seems", "seemed", "semble", "semblent",
        "semblait", "semblerait", "rumour", "rumours", "rumor", "rumors", "rumeur", "rumeurs",
        "purportedly", "ostensibly",
    ]);
    static ALL: Words = Words::new(&["tout", "everything", "evidence", "indices", "elements"]);
    static POINT: Words = Words::new(&[
        "indique", "indiquent", "porte", "laisse", "suggests", "suggest", "suggere", "suggerent",
        "indicates", "points", "laissent",
    ]);
    static ALLEGED: Words = Words::new(&[
        "alleged", "claimed", "believed", "thought", "suspected", "reported", "rumoured",
    ]);
    // Nothing beyond the sign before.
    let before = (0..evidence.start).rev().take(8).take_while(|i| tokens[*i].is_word());
    let from = before.last().unwrap_or(evidence.start);
    let words = &tokens[from..evidence.end.min(tokens.len())];
    let likely = words.windows(2).any(|w| ALL.has(&w[0]) && POINT.has(&w[1]));
    let behind = tokens[evidence.end.min(tokens.len())..]
        .windows(3)
        .any(|w| w[0].norm == "it" && one_of(&w[1], &["is", "was"]) && ALLEGED.has(&w[2]));
    // "JNIM apparently attacked", but "fighters apparently from Wagner": who they were.
    let deed = words
        .windows(2)
        .any(|w| one_of(&w[0], &["apparently", "apparemment"]) && ATTACKS.has(&w[1]));
    likely || behind || deed || words.iter().any(|t| HEDGES.has(t))
}

/// "Soldiers of the garrison said that AQIM had attacked": men who fight or were caught, who give no
/// figures that would count, but whose word this is.
fn told_by_men(scene: &Scene<'_>, actor: &ActorFound) -> Option<Claimant> {
    static MEN: Words = Words::new(&[
        "soldiers", "soldats", "fighters", "combattants", "gendarmes", "guards", "guardsmen",
        "gardes", "policemen", "policiers", "militiamen", "miliciens", "prisoners", "prisonniers",
        "hostages", "otages", "travellers", "voyageurs", "troops", "soldier", "soldat",
    ]);
    /// The most words of those who say it.
    const LONGEST: usize = 7;
    let tokens = scene.tokens;
    let that =
        |i: usize| tokens.get(i).is_some_and(|t| one_of(t, &["that", "que", "qu", "to", "avoir"]));
    let verb = (0..actor.start).find_map(|i| scene.vocabulary.speech.at(tokens, i));
    let verb = verb.filter(|hit| that(hit.end))?;
    let from = (0..verb.start).rev().find(|i| !tokens[*i].is_word()).map_or(0, |i| i + 1);
    let who = &tokens[from..verb.start];
    let first = who.iter().take(3).any(|t| MEN.has(t));
    let name = || scene.text[span(who)].to_owned();
    (first && who.len() <= LONGEST).then(|| Claimant { name: name(), actor: None })
}

/// "that JNIM attacked", "que le GSIM a attaqué", "JNIM is behind it".
fn opens_clause(token: &Token) -> bool {
    one_of(token, &["that", "que", "qu"]) || token.capital
}

/// Whether what a speaker says of an actor is said of its own side: then a deed is claimed, not
/// an accusation.
pub fn is_own(known: &Knowledge, speaker: &Claimant, actor: &str) -> bool {
    let Some(speaker) = speaker.actor.as_deref() else { return false };
    let parent = known.actors.get(actor).and_then(|a| a.parent.as_deref());
    speaker == actor || parent == Some(speaker) || same_side(known, speaker, actor)
}

/// Whether a government speaks for its forces, or forces for their government.
fn same_side(known: &Knowledge, a: &str, b: &str) -> bool {
    let forces = |s: &str| known.actors.get(s).and_then(|x| x.forces.clone());
    // The general staff speaks for its government, and so for the forces.
    let of_parent = |s: &str| forces(known.actors.get(s)?.parent.as_deref()?).filter(|_| s != b);
    // A ministry speaks for an operation of its forces.
    let whole = |s: &str| known.actors.get(s).and_then(|x| x.parent.clone());
    [forces(a), of_parent(a)]
        .iter()
        .flatten()
        .any(|f| f == b || whole(b).as_deref() == Some(f.as_str()))
        || forces(b).as_deref() == Some(a)
}

/// "the attackers belonged to X", "les assaillants appartenaient à la Katiba Macina".
fn belonged(scene: &Scene<'_>, actor: &ActorFound) -> Option<Range<usize>> {
    let from = actor.start.saturating_sub(8);
    // "les auteurs faisaient partie des combattants de X".
    let is_part = |i: &usize| {
        scene.tokens[*i].norm == "partie"
            && i.checked_sub(1).is_some_and(|b| {
                one_of(&scene.tokens[b], &["faisaient", "font", "faisant", "feraient", "faire"])
            })
    };
    let belongs = (from..actor.start).rev().find(|i| {
        one_of(
            &scene.tokens[*i],
            &[
                "belonged", "belonging", "appartenaient", "appartenant", "appartiennent", "belong",
                "appartenir",
            ],
        ) || is_part(i)
    })?;
    // "Plusieurs auteurs ont été identifiés, précisant qu'ils faisaient partie des".
    let pronoun = belongs.checked_sub(1).is_some_and(|i| {
        let at = i - usize::from(i > 0 && scene.tokens[belongs].norm == "partie");
        one_of(&scene.tokens[at], &["ils", "they"])
    });
    let reach = if pronoun { belongs } else { 6 };
    let attackers = (0..belongs).rev().take(reach).find(|i| {
        one_of(
            &scene.tokens[*i],
            &[
                "attackers", "assailants", "perpetrators", "gunmen", "assaillants", "auteurs",
                "raiders", "kidnappers", "ravisseurs", "hommes", "men", "individus", "killers",
            ],
        )
    })?;
    // "100 civilians, among whom were five men presumed to belong to X": who was there.
    const MEN: &[&str] = &["hommes", "men", "individus"];
    let tokens = scene.tokens;
    let among = || {
        tokens[attackers.saturating_sub(5)..attackers].iter().any(|t| {
            one_of(t, &["among", "whom", "dont", "parmi", "including", "dead", "killed", "bodies"])
        })
    };
    let acts = || tokens.iter().any(|t| ATTACKS.has(t)) || told_attackers(tokens);
    let bystanders = one_of(&tokens[attackers], MEN) && (among() || !acts());
    (!bystanders).then_some(attackers..actor.end)
}

/// "the perpetrators are suspected to be X", "les assaillants, vraisemblablement des X",
/// "analysts believe X carried it out".
fn supposed(scene: &Scene<'_>, actor: &ActorFound) -> bool {
    // "a suspected jihadist attack on a convoy escorted by the army": not the army.
    let before = &scene.tokens[actor.start.saturating_sub(10)..actor.start];
    let word = before.iter().rposition(|t| {
        one_of(
            t,
            &["suspected", "believed", "presumed", "presumes", "presumees", "alleged", "likely"],
        )
    });
    let hit = word.is_some_and(|w| {
        before[w..].iter().any(|t| one_of(t, &["on", "against", "contre", "sur", "escorted"]))
    });
    // "The other three dead were presumed members of X": nor the dead.
    let dead =
        before.iter().any(|t| one_of(t, &["dead", "victims", "morts", "victimes", "bodies"]));
    !hit && !dead
        && is_suspected(scene.tokens, actor)
        && !is_counted(scene, actor.start)
        && scene.tokens.iter().any(|t| {
            one_of(
                t,
                &[
                    "attackers", "perpetrators", "assailants", "assaillants", "auteurs", "gunmen",
                    "responsible", "behind", "carried", "attack", "attaque", "attacks",
                    "perpetrated", "venus", "arrives", "arrived", "came",
                ],
            )
        })
}

#[cfg(test)]
mod tests;
