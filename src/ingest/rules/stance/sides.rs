//! Sides of the fighting: those who clashed, those whom the attackers were, and words for what
//! sort of group somebody is beside its name.

use super::StanceFound;
use super::accusing::is_joined;
use super::deed::is_suspected;
use crate::ingest::lexicon::{Words, any_of, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::claimant::Scene;
use crate::ingest::token::Token;
use crate::knowledge::actors::ActorKind;
use crate::model::claim::CasualtyGroup as Group;
use std::ops::Range;

const ARTICLES: &[&str] =
    &["the", "a", "an", "of", "le", "la", "les", "l", "de", "du", "des", "d", "from", "un", "une"];

/// "JNIM clashed with the Islamic State", "des affrontements entre la CMA et le Gatia": the armed
/// groups that fought each other, with the words that say so. Those of the state are left out:
/// fighting alone makes nobody a perpetrator of a state.
pub(super) fn clashes<'s>(scene: &'s Scene<'_>) -> Option<(Vec<&'s ActorFound>, Range<usize>)> {
    static FIGHTING: Words = Words::new(&[
        "clash", "clashes", "fighting", "battle", "battles", "affrontement", "affrontements",
        "combat", "combats", "heurts", "bataille",
    ]);
    static FOUGHT: Words = Words::new(&[
        "clashed", "fought", "affrontent", "affrontes", "oppose", "opposent", "opposed",
    ]);
    let tokens = scene.tokens;
    if is_past_or_peaceful(tokens) {
        return None;
    }
    // Neither a comma nor a word of saying stands between those who fought.
    let close = |words: Range<usize>| {
        words.clone().all(|i| {
            !tokens[i].is(",")
                && !tokens[i].is(";")
                && scene.vocabulary.speech.at(tokens, i).is_none()
                && scene.vocabulary.by.at(tokens, i).is_none()
        })
    };
    // "fighting between X and Y".
    let between = || {
        let at = tokens.iter().position(|t| FIGHTING.has(t))?;
        let led = (at + 1..(at + 16).min(tokens.len()))
            .take_while(|i| !tokens[*i].is(";"))
            .find(|i| one_of(&tokens[*i], &["between", "entre", "pitting", "opposant"]))?;
        let first = next_armed(scene, led + 1, 6)?;
        let second = joined(scene, first, 8, &["and", "et", "against", "a", "au", "aux"])?;
        close(at..second.start).then(|| (vec![first, second], at..second.end))
    };
    // "X clashed with Y", "X et Y se sont affrontés", "oppose X à Y".
    let fought = || {
        let verb = tokens.iter().position(|t| FOUGHT.has(t))?;
        // "The battle opposed GATIA to the CMA", but not "opposed the accords".
        let opposed = one_of(&tokens[verb], &["oppose", "opposent", "opposed"]);
        if opposed {
            // "Des affrontements ont opposé", not "le différend qui oppose".
            let fight = tokens[verb.saturating_sub(8)..verb].iter().any(|t| FIGHTING.has(t));
            if !fight {
                return None;
            }
            let first = next_armed(scene, verb + 1, 14)?;
            let second = joined(scene, first, 14, &["a", "au", "aux", "et", "and", "to"])?;
            return close(verb..second.start).then(|| (vec![first, second], verb..second.end));
        }
        let first = scene.actors.iter().find(|a| a.end <= verb && verb - a.end <= 8)?;
        let with = (verb + 1..(verb + 5).min(tokens.len()))
            .find(|i| one_of(&tokens[*i], &["with", "against", "avec"]));
        let second = match with {
            Some(with) => next_armed(scene, with + 1, 5)?,
            None => joined(scene, first, 6, &["and", "et"]).filter(|a| a.end <= verb)?,
        };
        let plain = close(first.end.min(verb)..second.start.max(verb));
        plain.then(|| (vec![first, second], first.start..second.end.max(verb + 1)))
    };
    // "The battle of Ber set the army against the CMA".
    let set = || {
        let at = tokens.iter().take(6).position(|t| FIGHTING.has(t))?;
        let verb = (at + 1..(at + 8).min(tokens.len()))
            .find(|i| one_of(&tokens[*i], &["set", "pitted", "pits", "saw"]))?;
        let against = (verb + 1..(verb + 16).min(tokens.len()))
            .find(|i| one_of(&tokens[*i], &["against", "fight", "face", "oppose"]))?;
        let first = next_armed(scene, verb + 1, 5).filter(|a| a.end <= against)?;
        let second = next_armed(scene, against + 1, 6)?;
        let third = joined(scene, second, 4, &["and"]);
        let end = third.map_or(second.end, |a| a.end);
        let all = [Some(first), Some(second), third].into_iter().flatten().collect();
        Some((all, at..end))
    };
    // "Five of its men were killed in clashes with JNIM", but not "30 jihadists".
    let with = || {
        let at = tokens.iter().position(|t| FIGHTING.has(t))?;
        let led = tokens.get(at + 1).filter(|t| one_of(t, &["with", "avec"]))?;
        let group = next_armed(scene, at + 2, 3).filter(|a| is_group(scene, a))?;
        let hit = |i: usize| {
            let people = scene.vocabulary.people.at(tokens, i);
            people.is_some_and(|h| {
                matches!(h.value.group, Group::Militants | Group::Rebels | Group::Militia)
            })
        };
        let killed = (0..at).any(|i| scene.vocabulary.casualty.at(tokens, i).is_some());
        let theirs = (0..at).any(hit) || (0..at).any(|i| is_named(scene, group, i));
        (killed && !theirs && led.is_word()).then(|| (vec![group], at..group.end))
    };
    let (all, words) = between().or_else(set).or_else(fought).or_else(with)?;
    let groups = all.into_iter().map(|a| finer(scene, a));
    let groups: Vec<_> = groups.filter(|a| is_group(scene, a)).collect();
    (!groups.is_empty()).then_some((groups, words))
}

/// "les rebelles du MNLA": the group that stands behind a word for its sort.
fn finer<'s>(scene: &'s Scene<'_>, actor: &'s ActorFound) -> &'s ActorFound {
    let sort = actor.slug.starts_with("tuareg-") || actor.slug == "jihadists";
    let of = |a: &&ActorFound| {
        let between = &scene.tokens[actor.end.min(a.start)..a.start];
        a.start >= actor.end
            && (1..=3).contains(&between.len())
            && between.iter().all(|t| one_of(t, ARTICLES))
    };
    scene.actors.iter().find(of).filter(|_| sort).unwrap_or(actor)
}

/// "years of fighting", "the battle for peace", "fought alongside", "in 2018": not the fight that
/// is told here.
fn is_past_or_peaceful(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(i, t)| {
        let next = tokens.get(i + 1);
        let of = next.is_some_and(|n| one_of(n, &["of", "de", "d"]));
        let year = next.is_some_and(|n| {
            n.norm.len() == 4 && (n.norm.starts_with("19") || n.norm.starts_with("20"))
        });
        one_of(t, &["years", "months", "decades", "annees", "mois"]) && of
            || one_of(t, &["peace", "paix", "alongside", "cotes", "pourparlers", "talks"])
            || one_of(t, &["in", "en", "since", "depuis"]) && year
    })
}

/// The first actor that begins within some tokens of `from`.
fn next_armed<'s>(scene: &'s Scene<'_>, from: usize, within: usize) -> Option<&'s ActorFound> {
    scene.actors.iter().find(|a| a.start >= from && a.start <= from + within)
}

/// The actor behind another and one of these words.
fn joined<'s>(
    scene: &'s Scene<'_>,
    first: &ActorFound,
    within: usize,
    words: &[&str],
) -> Option<&'s ActorFound> {
    scene.actors.iter().filter(|a| a.start >= first.end && a.start - first.end <= within).find(
        |a| {
            a.slug != first.slug
                && scene.tokens[first.end..a.start].iter().any(|t| any_of(t, words))
        },
    )
}

/// Whether the same actor is named at a token.
fn is_named(scene: &Scene<'_>, group: &ActorFound, at: usize) -> bool {
    scene.actors.iter().any(|a| a.start == at && a.slug == group.slug)
}

fn is_group(scene: &Scene<'_>, actor: &ActorFound) -> bool {
    let kind = scene.known.actors.get(&actor.slug).map(|a| a.kind);
    kind.is_some_and(ActorKind::is_armed_group)
}

static ATTACKERS: Words = Words::new(&[
    "attackers", "assailants", "perpetrators", "assaillants", "auteurs", "raiders", "kidnappers",
    "ravisseurs", "killers", "tueurs", "tireurs", "shooters", "gunmen",
]);

/// "The attackers were Fulani militiamen", "les assaillants étaient des éléments du JNIM": the
/// words that say so, and whether they only suppose it.
pub(super) fn attackers_were(
    scene: &Scene<'_>,
    actor: &ActorFound,
) -> Option<(Range<usize>, bool)> {
    const BE: &[&str] = &["were", "are", "was", "etaient", "sont", "being"];
    const BETWEEN: &[&str] = &[
        "the", "of", "members", "fighters", "militants", "men", "des", "les", "de", "du", "d",
        "la", "elements", "membres", "combattants", "all", "tous", "from", "l", "identified", "as",
        "identifies", "comme", "soldiers", "soldats", "hommes", "jihadistes", "djihadistes",
        "jihadists",
    ];
    let tokens = scene.tokens;
    if let Some(end) = among_attackers(tokens, actor) {
        return Some((actor.start..end, is_suspected(tokens, actor)));
    }
    // "étaient des hommes de Wagner accompagnés de quelques militaires maliens".
    let first = scene.actors.iter().rfind(|a| a.end <= actor.start && actor.start - a.end <= 5);
    let beside = first.filter(|a| is_joined(scene, a.end, actor.start, false));
    if let Some((words, supposed)) = beside.and_then(|a| attackers_were(scene, a)) {
        return Some((words.start..actor.end, supposed));
    }
    let from = actor.start.saturating_sub(6);
    let be = (from..actor.start).rev().find(|i| one_of(&tokens[*i], BE))?;
    let close = tokens[be + 1..actor.start].iter().all(|t| {
        one_of(t, BETWEEN)
            || one_of(t, &["suspected", "believed", "presumed", "likely", "to", "be"])
    });
    let who = (be.saturating_sub(7)..be).rev().find(|i| ATTACKERS.has(&tokens[*i]))?;
    // "les auteurs de ce coup de main sont des hommes d'Ansar Dine".
    let plain = tokens[who + 1..be].iter().all(Token::is_word);
    // "Malian soldiers' enemies".
    let owner =
        tokens.get(actor.end).is_some_and(|t| ["'s", "’s", "'", "’"].iter().any(|sign| t.is(sign)));
    (close && plain && !owner).then(|| (who..actor.end, is_suspected(tokens, actor)))
}

/// "had seen fighters of AQIM among the attackers", "des hommes de Wagner parmi les assaillants".
fn among_attackers(tokens: &[Token], actor: &ActorFound) -> Option<usize> {
    let among = tokens.get(actor.end).is_some_and(|t| one_of(t, &["among", "parmi"]));
    let article = tokens.get(actor.end + 1).is_some_and(|t| one_of(t, &["the", "les", "ces"]));
    let who = actor.end + 2;
    (among && article && tokens.get(who).is_some_and(|t| ATTACKERS.has(t))).then_some(who + 1)
}

/// "“They were dozos. They killed them,” he said", "« Ce sont les terroristes qui sèment ces mines »,
/// accuse une source": whom the words of somebody quoted begin with.
pub(super) fn they_were(scene: &Scene<'_>, actor: &ActorFound) -> Option<Range<usize>> {
    const DID: &[&str] = &[
        "sement", "posent", "tuent", "attaquent", "font", "killed", "attacked", "came", "did",
        "planted", "fired", "shot", "tirent", "massacrent", "ont",
    ];
    let tokens = scene.tokens;
    let opens = tokens.first().is_some_and(Token::is_quote);
    let word = |i: usize, words: &[&str]| tokens.get(i).is_some_and(|t| any_of(t, words));
    let they = word(1, &["they", "it"]) && word(2, &["were", "was", "are"]);
    let french = word(1, &["c", "ce"]) && word(2, &["etaient", "sont", "etait", "est"]);
    let led = tokens.get(3..actor.start)?;
    let close = led.iter().all(|t| {
        one_of(t, &["the", "les", "des", "la", "le", "l", "de", "hommes", "men", "from", "of"])
    });
    let ends = word(actor.end, &["qui", "who"]) && word(actor.end + 1, DID)
        || tokens.get(actor.end).is_none_or(|t| t.is("."));
    (opens && (they || french) && close && ends).then_some(1..actor.end)
}

/// "armed men dressed as Dozo hunters", "habillés en chasseurs dozos": how they looked, which is
/// a suspicion and no more. A uniform of forces is worn by their enemies too, and says nothing.
pub(super) fn looked_like(scene: &Scene<'_>, actor: &ActorFound) -> Option<usize> {
    const LOOKS: &[&str] = &[
        "dressed", "clad", "habilles", "vetus", "tenue", "tenues", "wearing", "wore", "portaient",
        "portant",
    ];
    let kind = scene.known.actors.get(&actor.slug).map(|a| a.kind);
    if kind != Some(ActorKind::SelfDefenceMilitia) && !is_suspected(scene.tokens, actor) {
        return None;
    }
    let from = actor.start.saturating_sub(6);
    let at = (from..actor.start).rev().find(|i| one_of(&scene.tokens[*i], LOOKS))?;
    let as_or_in = |t: &Token| {
        one_of(
            t,
            &[
                "as", "like", "in", "en", "comme", "de", "traditional", "the", "des", "d",
                "traditionnelle", "clothes", "clothing", "garb", "attire", "of", "outfits", "a",
                "la",
            ],
        )
    };
    scene.tokens[at + 1..actor.start].iter().all(as_or_in).then_some(at)
}

/// "the Dogon militia Dan Na Ambassagou", "rebels of the CSP", "the pro-government group GATIA":
/// where the group itself is named, what sort it is names nobody else.
pub(super) fn drop_sorts(scene: &Scene<'_>, out: &mut Vec<StanceFound>) {
    const SORTS: &[&str] = &[
        "dogon-militia", "fulani-militia", "tuareg-militia", "self-defence-groups",
        "tuareg-rebels", "tuareg-separatists", "armed-groups", "azawad-movements",
        "russian-paramilitaries", "jihadists", "unidentified", "dozo-hunters",
    ];
    const BESIDE: &[&str] = &[
        "group", "groupe", "movement", "mouvement", "militia", "milice", "coalition",
        "organisation", "organization", "alliance",
    ];
    let sort_of = |actor: &ActorFound| {
        if !SORTS.contains(&actor.slug.as_str()) {
            return None;
        }
        // "the “Wagner militia”".
        let before = scene.actors.iter().rfind(|named| {
            named.end <= actor.start
                && !SORTS.contains(&named.slug.as_str())
                && scene.tokens[named.end..actor.start].iter().all(Token::is_quote)
        });
        before.or_else(|| {
            scene.actors.iter().find(|named| {
                named.start >= actor.end
                    && named.start - actor.end <= 4
                    && !SORTS.contains(&named.slug.as_str())
                    && scene.tokens[actor.end..named.start].iter().all(|t| {
                        one_of(t, ARTICLES) || one_of(t, BESIDE) || t.is("(") || t.is_quote()
                    })
            })
        })
    };
    let dropped: Vec<(&str, &str)> = scene
        .actors
        .iter()
        .filter_map(|a| Some((a.slug.as_str(), sort_of(a)?.slug.as_str())))
        .collect();
    for (sort, named) in dropped {
        if out.iter().any(|s| s.actor == named) {
            out.retain(|s| s.actor != sort);
        }
    }
}
