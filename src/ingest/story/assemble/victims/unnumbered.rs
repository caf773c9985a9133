//! People hit whom no number counts: "the massacre of Fulani civilians", "the mayor was shot dead",
//! an attack on a village or a bus of whose dead nothing else is said.

use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::story::Story;
use crate::ingest::token::{Token, TokenKind};
use std::ops::Range;

/// Words that may stand before people.
static ARTICLES: Words = Words::new(&[
    "the", "a", "an", "some", "several", "le", "la", "les", "l", "un", "une", "des", "plusieurs",
    "de", "d", "its", "son", "bien", "sont",
]);

/// "Des villageois ont été massacrés", "On 5 March the mayor of Boni was shot dead", "des civils
/// qui ont été tués": people without a number.
pub(super) fn named_dead(story: &Story<'_>, tokens: &[Token]) -> Option<(String, Range<usize>)> {
    const WHO: &[&str] = &["who", "qui"];
    // "the mayor of Boni was", "le préfet de Boni, Amadou X, a été".
    let passes = |t: &Token| {
        t.capital || one_of(t, WHO) || one_of(t, &["of", "de", "du", "d", "des", "the", "la", "le"])
    };
    (0..tokens.len()).find_map(|i| {
        let hit = story.vocabulary.people.at(tokens, i)?;
        let slug = hit.value.victim.clone().filter(|_| !hit.value.generic)?;
        let forms: &[&str] = match hit.value.singular {
            true => &["was", "a", "est"],
            false => &["were", "ont", "sont", "have"],
        };
        let reach = (hit.end + 7).min(tokens.len());
        let be = (hit.end..reach).find(|j| one_of(&tokens[*j], forms))?;
        let plain = tokens[hit.end..be].iter().all(passes);
        let who = tokens[hit.end..be].iter().any(|t| one_of(t, WHO));
        let hurt = (be + 1..(be + 4).min(tokens.len()))
            .any(|j| story.vocabulary.casualty.at(tokens, j).is_some());
        let not = tokens[hit.end..(be + 3).min(tokens.len())]
            .iter()
            .any(|t| one_of(t, &["not", "pas", "no", "said", "told", "aucun"]));
        (plain && hurt && !not && (who || opens(tokens, i))).then_some((slug, i..hit.end))
    })
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

/// "Plusieurs civils, dont des Dogons et des Peuls, ont été tués": communities among them.
pub(super) fn communities_among(
    story: &Story<'_>,
    tokens: &[Token],
) -> Vec<(String, Range<usize>)> {
    let mut out = Vec::new();
    let Some(led) = tokens.iter().position(|t| one_of(t, &["dont", "including"])) else {
        return out;
    };
    let hurt = |i: usize| story.vocabulary.casualty.at(tokens, i).is_some();
    if !(0..tokens.len()).any(hurt) {
        return out;
    }
    let mut i = led + 1;
    while let Some(token) = tokens.get(i) {
        if let Some(hit) = story.vocabulary.people.at(tokens, i) {
            let slug = hit.value.victim.clone().filter(|_| !hit.value.generic);
            let community = |s: &String| story.known.victims.get(s).is_some_and(|g| g.community);
            out.extend(slug.filter(community).map(|slug| (slug, i..hit.end)));
            i = hit.end;
        } else if ARTICLES.has(token)
            || one_of(token, &["et", "and", "many", "two", "three", "deux", "trois"])
            || token.is(",")
            || token.kind == TokenKind::Number
        {
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
        "attaquee", "mine", "embuscade", "ambush", "ambushed", "engin", "explosive", "stormed",
        "assaut", "ied", "landmine",
    ]);
    let site = tokens.iter().position(|t| SITES.has(t))?;
    // "une voiture piégée", "a car bomb": no bus.
    let bomb = tokens.get(site + 1).is_some_and(|t| one_of(t, &["bomb", "bombs"]));
    let from = site.saturating_sub(14);
    let to = (site + 10).min(tokens.len());
    let hit = (from..to).find(|i| HIT.has(&tokens[*i])).filter(|_| !bomb)?;
    Some(hit.min(site)..hit.max(site) + 1)
}
