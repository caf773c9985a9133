//! People hit whom no number counts: "the massacre of Fulani civilians", "the mayor was shot dead",
//! an attack on a village or a bus of whose dead nothing else is said.

use crate::ingest::lexicon::{Words, any_of, one_of};
use crate::ingest::story::Story;
use crate::ingest::token::{Token, TokenKind};
use crate::model::claim::{CasualtyGroup, Measure};
use std::ops::Range;

/// Words that may stand before people.
static ARTICLES: Words = Words::new(&[
    "the", "a", "an", "some", "several", "le", "la", "les", "l", "un", "une", "des", "plusieurs",
    "de", "d", "its", "son", "bien", "sont",
]);

/// "Des villageois ont été massacrés", "On 5 March the mayor of Boni was shot dead", "soldiers and
/// civilians were among the dead", "des civils qui ont été tués": people without a number.
pub(super) fn named_dead(story: &Story<'_>, tokens: &[Token]) -> Vec<(String, Range<usize>)> {
    (0..tokens.len()).find_map(|i| dead_from(story, tokens, i)).unwrap_or_default()
}

/// The people that a clause which begins at `from` says are dead or hurt.
fn dead_from(
    story: &Story<'_>,
    tokens: &[Token],
    from: usize,
) -> Option<Vec<(String, Range<usize>)>> {
    const WHO: &[&str] = &["who", "qui"];
    let people = |i: usize| {
        let hit = story.vocabulary.people.at(tokens, i)?;
        let slug = hit.value.victim.clone().filter(|_| !hit.value.generic)?;
        Some((slug, i..hit.end, hit.value.singular))
    };
    let (slug, at, singular) = people(from)?;
    let mut out = vec![(slug, at.clone())];
    let mut end = at.end;
    // "Russian mercenaries and Malian soldiers", "des soldats et des civils".
    if tokens.get(end).is_some_and(|t| one_of(t, &["and", "et"])) {
        let next = (end + 1..(end + 4).min(tokens.len())).find_map(people);
        if let Some((slug, at, _)) = next {
            end = at.end;
            out.push((slug, at));
        }
    }
    // "the mayor of Boni was", "le préfet de Boni, Amadou X, a été".
    let passes = |t: &Token| {
        t.capital || one_of(t, WHO) || one_of(t, &["of", "de", "du", "d", "des", "the", "la", "le"])
    };
    let casualty = |j: usize| story.vocabulary.casualty.at(tokens, j).is_some();
    let forms: &[&str] = match singular && out.len() == 1 {
        true => &["was", "a", "est"],
        false => &["were", "ont", "sont", "have", "figurent", "figuraient"],
    };
    let reach = (end + 7).min(tokens.len());
    let be = (end..reach).find(|j| any_of(&tokens[*j], forms))?;
    let words = &tokens[end..be];
    let who = words.iter().any(|t| one_of(t, WHO));
    let hurt = (be..(be + 4).min(tokens.len())).any(casualty);
    let not = tokens[end..(be + 3).min(tokens.len())]
        .iter()
        .any(|t| one_of(t, &["not", "pas", "no", "said", "told", "aucun"]));
    (words.iter().all(passes) && hurt && !not && (who || opens(tokens, from))).then_some(out)
}

/// Whether a clause opens before `at`, articles aside.
fn opens(tokens: &[Token], at: usize) -> bool {
    let before = tokens[..at].iter().rev().find(|t| !ARTICLES.has(t));
    before.is_none_or(|t| t.is(",") || t.is(":") || t.kind == TokenKind::Number)
}

/// "the massacre of Fulani civilians", "un massacre samedi de civils peuls": every word for them.
pub(super) fn killing_of(story: &Story<'_>, tokens: &[Token]) -> Vec<(String, Range<usize>)> {
    static KILLINGS: Words = Words::new(&[
        "massacre", "massacres", "killing", "killings", "execution", "executions", "murder",
        "tuerie", "meurtre", "assassinat", "mort", "deaths",
    ]);
    // "denied the massacre of civilians", "to prevent the killing of civilians".
    static NONE: Words = Words::new(&[
        "denied", "denies", "denying", "prevent", "avoid", "stop", "nie", "dement", "dementi",
        "empecher", "eviter", "since", "depuis", "before", "avant", "fear", "feared", "craint",
    ]);
    let other = |at: usize| tokens[at.saturating_sub(5)..at].iter().any(|t| NONE.has(t));
    let mut out = Vec::new();
    for at in (0..tokens.len()).filter(|i| KILLINGS.has(&tokens[*i]) && !other(*i)) {
        let of = (at + 1..(at + 4).min(tokens.len()))
            .find(|i| one_of(&tokens[*i], &["of", "de", "d", "des"]));
        let Some(mut i) = of.map(|of| of + 1) else { continue };
        while tokens.get(i).is_some_and(|t| ARTICLES.has(t)) {
            i += 1;
        }
        while let Some(hit) = story.vocabulary.people.at(tokens, i) {
            let slug = hit.value.victim.clone().filter(|_| !hit.value.generic);
            out.extend(slug.map(|slug| (slug, i..hit.end)));
            i = hit.end;
        }
    }
    out
}

/// "killed and forcibly disappeared several dozen civilians": people behind the verb.
pub(super) fn killed_people(story: &Story<'_>, tokens: &[Token]) -> Option<(String, Range<usize>)> {
    static KILLED: Words = Words::new(&["killed", "executed", "massacred", "murdered", "shot"]);
    static STOPS: Words =
        Words::new(&["by", "in", "at", "near", "when", "who", "which", "on", "during", "after"]);
    let verb = tokens.iter().position(|t| KILLED.has(t)).filter(|v| *v > 0)?;
    let passive = tokens[verb.saturating_sub(3)..verb]
        .iter()
        .any(|t| one_of(t, &["was", "were", "been", "not", "being", "denied"]));
    let open = (verb + 1..(verb + 9).min(tokens.len()))
        .take_while(|i| tokens[*i].is_word() && !STOPS.has(&tokens[*i]));
    let hit = open.filter_map(|i| story.vocabulary.people.at(tokens, i)).next()?;
    let slug = hit.value.victim.clone().filter(|_| !hit.value.generic && !hit.value.singular)?;
    (!passive).then_some((slug, hit.start..hit.end))
}

/// "Plusieurs civils, dont des Dogons et des Peuls, ont été tués", "fifty people, including soldiers
/// and civilians": groups among them that no number counts.
pub(super) fn groups_among(story: &Story<'_>, tokens: &[Token]) -> Vec<(String, Range<usize>)> {
    let mut out = Vec::new();
    let Some(led) = tokens.iter().position(|t| one_of(t, &["dont", "including"])) else {
        return out;
    };
    // "Seven suspects, including soldiers, were arrested": nobody was hurt.
    let hurt = |i: usize| {
        let hit = story.vocabulary.casualty.at(tokens, i);
        hit.is_some_and(|h| h.value.0.iter().any(|(m, _)| *m != Measure::Detained))
    };
    if !(0..tokens.len()).any(hurt) {
        return out;
    }
    let mut counted = false;
    let mut i = led + 1;
    while let Some(token) = tokens.get(i) {
        if let Some(hit) = story.vocabulary.people.at(tokens, i) {
            let slug = hit.value.victim.clone().filter(|_| !hit.value.generic);
            let group = hit.value.group;
            let plain = !hit.value.singular
                && !counted
                && !matches!(
                    group,
                    CasualtyGroup::Militants
                        | CasualtyGroup::Rebels
                        | CasualtyGroup::Militia
                        | CasualtyGroup::Total
                        | CasualtyGroup::Other
                );
            let community = |s: &String| story.known.victims.get(s).is_some_and(|g| g.community);
            let kept = slug.filter(|s| plain || community(s));
            out.extend(kept.map(|slug| (slug, i..hit.end)));
            counted = false;
            i = hit.end;
        } else if ARTICLES.has(token)
            || one_of(token, &["et", "and", "many", "two", "three", "deux", "trois"])
            || token.is(",")
            || token.kind == TokenKind::Number
        {
            // A number is read with its figure.
            counted |= token.kind == TokenKind::Number
                || one_of(token, &["two", "three", "deux", "trois"]);
            i += 1;
        } else {
            break;
        }
    }
    out
}

/// "attacked the village of Boni", "un car a sauté sur une mine": whose dead nothing else tells.
pub(super) fn attacked_civilians(tokens: &[Token]) -> Option<Range<usize>> {
    static SITES: Words = Words::new(&[
        "village", "villages", "hamlet", "hamlets", "market", "bus", "minibus", "hameau",
        "hameaux", "marche", "foire", "car", "autocar", "autobus", "pirogue", "boat", "bateau",
        "wedding", "mariage", "ambulance", "campement", "campements",
    ]);
    static HIT: Words = Words::new(&[
        "attack", "attacks", "attacked", "raid", "raided", "massacre", "attaque", "attaques",
        "bombed", "bombarde", "bombardement", "bombing", "shelled", "strike", "strikes", "frappe",
        "frappes", "obus", "attaquee", "mine", "embuscade", "ambush", "ambushed", "engin",
        "explosive", "stormed", "assaut", "ied", "landmine",
    ]);
    let site = tokens.iter().position(|t| SITES.has(t))?;
    // "une voiture piégée", "a car bomb": no bus.
    let bomb = tokens.get(site + 1).is_some_and(|t| one_of(t, &["bomb", "bombs"]));
    let from = site.saturating_sub(14);
    let to = (site + 10).min(tokens.len());
    let hit = (from..to).find(|i| HIT.has(&tokens[*i])).filter(|_| !bomb)?;
    Some(hit.min(site)..hit.max(site) + 1)
}
