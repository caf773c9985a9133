//! What somebody says of its own deeds: "said it had killed", "we attacked", "our forces".

use super::StanceFound;
use super::attack::{ATTACKS, is_behind};
use super::deed::{is_noun_use, is_passive};
use crate::ingest::lexicon::{any_of, one_of};
use crate::ingest::rules::claimant::{Scene, Speech};
use crate::ingest::rules::date;
use crate::ingest::rules::number::figure;
use crate::ingest::token::Token;
use crate::model::incident::Stance;
use std::ops::Range;

/// "JNIM said it had killed 85 soldiers", "the group alleged to have attacked": the speaker's
/// own deed, claimed.
pub(super) fn own_deeds(scene: &Scene<'_>, speeches: &[Speech], out: &mut Vec<StanceFound>) {
    // "“We attacked the camp”, an Ansar Dine spokesman said".
    for speech in speeches {
        let we = speech.scope.clone().find(|i| one_of(&scene.tokens[*i], &["we", "nous"]));
        let deed = we.and_then(|we| {
            (we + 1..(we + 4).min(speech.scope.end)).find(|i| {
                ATTACKS.has(&scene.tokens[*i])
                    && !is_noun_use(scene.tokens, *i)
                    && !is_passive(scene.tokens, *i)
                    && !is_to_come(&scene.tokens[we..*i])
            })
        });
        let by = speech.speakers.first().filter(|s| s.actor.is_some());
        if let (Some(we), Some(deed), Some(by)) = (we, deed, by) {
            out.push(StanceFound {
                actor: by.actor.clone().unwrap_or_default(),
                stance: claimed_or_denied(&scene.tokens[we.saturating_sub(1)..deed]),
                by: Some(by.clone()),
                evidence: we..deed + 1,
            });
        }
    }
    for speech in speeches.iter().filter(|s| s.scope.start >= s.words.end) {
        // What somebody accuses another of is no deed of its own.
        let verb = &scene.tokens[speech.words.end - 1];
        if verb.norm.starts_with("accus") || one_of(verb, &["blamed", "denounced", "denonce"]) {
            continue;
        }
        // "said on Friday it had killed".
        let from = date::date(scene.tokens, speech.scope.start)
            .or_else(|| date::date(scene.tokens, speech.scope.start + 1))
            .map_or(speech.scope.start, |d| d.end);
        // "said in a statement that it had killed", "in a message spotted by SITE that its men".
        let in_a_message = scene.tokens.get(from).is_some_and(|t| one_of(t, &["in", "dans"]));
        let that = (from..speech.scope.end)
            .take(if in_a_message { 16 } else { 8 })
            .find(|i| one_of(&scene.tokens[*i], &["that", "que"]))
            // "informe l'opinion que ses unités ont": not "plus de 30 que".
            .filter(|i| {
                scene.tokens[*i].norm == "that"
                    || scene.tokens.get(i + 1).is_some_and(|t| one_of(t, &["ses", "nos", "leurs"]))
            });
        let from = that.unwrap_or(from);
        let first: Vec<&Token> =
            scene.tokens[from.min(speech.scope.end)..speech.scope.end].iter().take(7).collect();
        let own = first.iter().take(2).any(|t| {
            one_of(t, &["it", "they", "to", "avoir", "he", "etre"])
                || (t.norm == "of" && verb.norm == "boasted")
        }) || own_men(&first);
        own_attackers(scene, speech, out);
        let behind = is_behind(scene.tokens, from).or_else(|| is_responsible(scene.tokens, from));
        if let Some(end) = behind.filter(|_| own)
            && let Some(by) = speech.speakers.first().filter(|s| s.actor.is_some())
        {
            out.push(StanceFound {
                actor: by.actor.clone().unwrap_or_default(),
                stance: Stance::Claimed,
                by: Some(by.clone()),
                evidence: speech.words.start..end,
            });
            continue;
        }
        // "informs the public that on 28 September its forces took control".
        let dated = (from + 1..from + 3).find_map(|i| date::date(scene.tokens, i));
        let from = dated.filter(|d| d.end < speech.scope.end).map_or(from, |d| d.end - 1);
        let first: Vec<&Token> =
            scene.tokens[from.min(speech.scope.end)..speech.scope.end].iter().take(7).collect();
        own_branch(scene, speech, from..(from + 16).min(speech.scope.end), out);
        let own = own || own_men(&first);
        let deed = first.iter().skip(1).position(|t| ATTACKS.has(t));
        let Some(deed) = deed.filter(|_| own) else {
            continue;
        };
        let at = from + 1 + deed;
        let foiled = scene.tokens[from..at].iter().any(|t| {
            one_of(
                t,
                &["foiled", "repelled", "repulsed", "prevented", "thwarted", "dejoue", "repousse"],
            )
        }) || scene.tokens[speech.scope.clone()]
            .iter()
            .any(|t| one_of(t, &["repoussant", "repelling", "repulsing", "defending"]));
        // "had revised the figures to 29 killed": counted, not done.
        let counted = (from..at).any(|i| figure(scene.tokens, i).is_some_and(|f| f.end == at));
        if foiled || counted || is_noun_use(scene.tokens, at) {
            continue;
        }
        // "reported that they had come under shell fire".
        let under = scene.tokens[from..at].iter().any(|t| t.norm == "under");
        let passive = under || is_passive(scene.tokens, at) || is_to_come(&scene.tokens[from..at]);
        let other = scene.actors.iter().any(|a| a.start > from && a.end <= at);
        let speaker = speech.speakers.first().filter(|_| !passive && !other);
        if let Some((by, actor)) = speaker.and_then(|s| Some((s.clone(), s.actor.clone()?))) {
            let evidence = speech.words.start..at + 1;
            let stance = claimed_or_denied(&scene.tokens[from..at]);
            out.push(StanceFound { actor, stance, by: Some(by), evidence });
        }
    }
}

/// "JNIM said it was responsible.": for the deed told before.
fn is_responsible(tokens: &[Token], from: usize) -> Option<usize> {
    let said = (from..(from + 5).min(tokens.len()))
        .find(|i| one_of(&tokens[*i], &["responsible", "responsable"]))?;
    let be = tokens[from..said].last().is_some_and(|t| one_of(t, &["was", "is", "etre", "were"]));
    let ends = tokens.get(said + 1).is_none_or(|t| t.is(".") || t.is(",") || t.is(";"));
    (be && ends).then_some(said + 1)
}

/// "AQIM said the bomber was one of its fighters", "le kamikaze était un de ses hommes".
fn own_attackers(scene: &Scene<'_>, speech: &Speech, out: &mut Vec<StanceFound>) {
    const WHO: &[&str] = &[
        "bomber", "bombers", "attacker", "attackers", "assailants", "kamikaze", "kamikazes",
        "assaillants", "auteurs", "auteur", "perpetrators", "gunmen",
    ];
    const BE: &[&str] = &["was", "were", "etait", "etaient", "est", "sont", "had"];
    let tokens = scene.tokens;
    let Some(by) = speech.speakers.first().filter(|s| s.actor.is_some()) else { return };
    let Some(who) = speech.scope.clone().take(8).find(|i| one_of(&tokens[*i], WHO)) else {
        return;
    };
    let Some(be) = tokens.get(who + 1).filter(|t| one_of(t, BE)).map(|_| who + 1) else { return };
    let words: Vec<&Token> =
        tokens[be + 1..(be + 8).min(speech.scope.end.max(be + 1))].iter().collect();
    let not = words.iter().any(|t| one_of(t, &["not", "pas", "never"]));
    let part = words.iter().position(|t| one_of(t, &["its", "ses", "their", "his", "leurs"]));
    let own = part.is_some_and(|at| at <= 3 && own_men(&words[at..]));
    if own && !not {
        out.push(StanceFound {
            actor: by.actor.clone().unwrap_or_default(),
            stance: Stance::Claimed,
            by: Some(by.clone()),
            evidence: speech.words.start.min(who)..be + 1,
        });
    }
}

/// "AQIM announced that a man of its battalion al-Mourabitoun had carried it out": a group that
/// the speaker calls its own.
fn own_branch(scene: &Scene<'_>, speech: &Speech, words: Range<usize>, out: &mut Vec<StanceFound>) {
    const PARTS: &[&str] =
        &["battalion", "brigade", "katiba", "branch", "wing", "unit", "bataillon", "branche"];
    let Some(by) = speech.speakers.first().filter(|s| s.actor.is_some()) else { return };
    // "its battalion al-Mourabitoun", "its al-Mourabitoun battalion".
    let part = words.clone().find(|i| {
        let name = scene.actors.iter().find(|a| a.start == i + 1);
        let behind = name.and_then(|a| scene.tokens.get(a.end));
        one_of(&scene.tokens[*i], &["its", "sa", "son"])
            && (scene.tokens.get(i + 1).is_some_and(|t| one_of(t, PARTS))
                || behind.is_some_and(|t| one_of(t, PARTS)))
    });
    let named = part.and_then(|p| scene.actors.iter().find(|a| a.start > p && a.start <= p + 4));
    let Some(named) = named else { return };
    let deed = (named.end..words.end)
        .find(|i| ATTACKS.has(&scene.tokens[*i]) && !is_passive(scene.tokens, *i));
    let deed = deed.filter(|d| {
        let words = &scene.tokens[named.end..*d];
        claimed_or_denied(words) == Stance::Claimed && !is_to_come(words)
    });
    let Some(deed) = deed else { return };
    for actor in [by.actor.clone().unwrap_or_default(), named.slug.clone()] {
        let by = Some(by.clone());
        let evidence = words.start..deed + 1;
        out.push(StanceFound { actor, stance: Stance::Claimed, by, evidence });
    }
}

/// "its fighters", "that our forces", "que ses hommes".
fn own_men(words: &[&Token]) -> bool {
    const OWN: &[&str] =
        &["its", "their", "his", "our", "ses", "leurs", "nos", "son", "notre", "leur"];
    const MEN: &[&str] = &[
        "fighters", "forces", "men", "troops", "soldiers", "members", "units", "mujahideen",
        "aircraft", "drones", "combattants", "hommes", "soldats", "unites", "moudjahidines",
        "elements",
    ];
    const WHOLE: &[&str] =
        &["group", "movement", "organisation", "organization", "groupe", "mouvement"];
    let own = words.iter().take(3).position(|t| one_of(t, OWN));
    // "its group of experts".
    let of = |at: usize| words.get(at).is_some_and(|t| one_of(t, &["of", "de", "d"]));
    own.is_some_and(|at| {
        (at + 1..words.len())
            .take(2)
            .any(|i| one_of(words[i], MEN) || one_of(words[i], WHOLE) && !of(i + 1))
    })
}

/// "we have not killed", "n'ont pas attaqué": denied, from the words before the deed.
fn claimed_or_denied(words: &[Token]) -> Stance {
    let not = words.iter().any(|t| {
        one_of(t, &["pas", "jamais", "not", "never", "cannot"])
            || one_of(t, &["didnt", "havent", "hasnt", "hadnt", "dont", "doesnt", "werent"])
            || t.norm.ends_with("n't")
    });
    if not { Stance::Denied } else { Stance::Claimed }
}

/// "would attack", "will attack": not done. "n'ont tué que", "n'ont tué aucun": not told apart.
fn is_to_come(words: &[Token]) -> bool {
    let all = |list: &[&str]| words.iter().any(|t| any_of(t, list));
    if all(&["n", "ne"]) && !all(&["pas", "jamais"]) || all(&["only"]) && all(&["not"]) {
        return true;
    }
    words.iter().any(|t| {
        one_of(
            t,
            &[
                "would", "will", "could", "may", "might", "should", "can", "plan", "plans",
                "planned",
            ],
        )
    })
}
