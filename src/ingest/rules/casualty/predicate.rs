//! Words that say what happened to people, and how each looks for its figure.

use super::Predicate;
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::number::figure;
use crate::ingest::token::{Token, TokenKind};
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::words::Form;
use crate::model::claim::Measure;
use std::ops::Range;

pub(super) fn predicates(tokens: &[Token], vocabulary: &Vocabulary) -> Vec<Predicate> {
    vocabulary
        .casualty
        .all(tokens)
        .into_iter()
        .filter(|hit| {
            // "the wounded", "les blessés": people, not a predicate, unless a figure stands
            // before it.
            let article =
                hit.start > 0 && one_of(&tokens[hit.start - 1], &["the", "les", "their", "its"]);
            let nominal =
                hit.value.0.iter().all(|(_, form)| {
                    matches!(form, Form::Participle | Form::State | Form::CountNoun)
                });
            let people = article && nominal;
            let nobody = is_hypothetical(tokens, hit.start)
                || is_aim(tokens, hit.start)
                || is_other_measure(tokens, hit.start)
                || is_other_fall(tokens, hit.start)
                || is_french_fall(tokens, hit.start..hit.end)
                || is_shot_at(tokens, hit.start..hit.end)
                || is_other_burial(tokens, hit.start..hit.end)
                || is_capture(tokens, hit.start..hit.end)
                || hit.value.0.iter().all(|(measure, _)| *measure == Measure::Missing)
                    && is_found_again(tokens, hit.end)
                || is_set_free(tokens, hit.start..hit.end)
                || is_fatal(tokens, hit.start);
            !people && !nobody
        })
        .map(|hit| Predicate {
            start: hit.start,
            end: hit.end,
            uses: hit.value.0.clone(),
            passive: auxiliary(tokens, hit.start, is_be),
            active: auxiliary(tokens, hit.start, is_have) && !auxiliary(tokens, hit.start, is_be),
        })
        .collect()
}

/// "estimated at": a toll only where one is spoken of, not the strength of a camp.
fn is_other_measure(tokens: &[Token], at: usize) -> bool {
    let measured = one_of(&tokens[at], &["put", "estimated", "placed", "estime", "evalue"])
        && tokens.get(at + 1).is_some_and(|t| one_of(t, &["at", "a"]));
    // "the toll from the attack on the mosque in Boni has risen to 15".
    let risen = one_of(&tokens[at], &["risen", "rose", "climbed"])
        || tokens.get(at + 1).is_some_and(|t| one_of(t, &["eleve", "elevait", "passe"]))
        || tokens.get(at + 2).is_some_and(|t| t.norm == "alourdi");
    let reach = if risen { 20 } else { 8 };
    // "Le bilan de l'année s'élève à": of many attacks.
    let of_year = tokens[..at].iter().rev().take(4).any(|t| one_of(t, &["annee", "year"]));
    risen && of_year
        || (measured || risen)
            && !tokens[..at].iter().rev().take(reach).any(|t| {
                one_of(
                    t,
                    &[
                        "toll", "figure", "figures", "count", "dead", "deaths", "casualties",
                        "bilan", "chiffre", "morts", "tues",
                    ],
                )
            })
}

/// "buried under rubble", "buried under debt": nobody died of it; bodies and victims are buried. Those
/// counted as found before are not counted twice.
fn is_other_burial(tokens: &[Token], hit: Range<usize>) -> bool {
    static DEAD: Words = Words::new(&[
        "body", "bodies", "corpses", "remains", "victims", "dead", "killed", "grave", "graves",
        "cemetery", "funeral", "funerals",
    ]);
    static ELSE: Words =
        Words::new(&["under", "beneath", "underneath", "rubble", "debt", "alive", "rescued"]);
    if !tokens[hit.clone()].iter().any(|t| t.norm == "buried") {
        return false;
    }
    let from = hit.start.saturating_sub(16);
    let near = &tokens[from..(hit.end + 10).min(tokens.len())];
    let before = &tokens[from..hit.start];
    let found = before
        .iter()
        .rposition(|t| one_of(t, &["found", "recovered", "retrieved", "discovered"]))
        .is_some_and(|at| {
            (0..at).any(|i| figure(before, i).is_some())
                && (at..before.len()).any(|i| figure(before, i).is_some())
        });
    // "We buried 12 people this morning".
    let counted = figure(tokens, hit.end).is_some() || near.iter().any(|t| DEAD.has(t));
    near.iter().any(|t| ELSE.has(t)) || !counted || found
}

/// "put out of action, captured alive", "mis hors de combat": not killed where any were caught.
fn is_capture(tokens: &[Token], hit: Range<usize>) -> bool {
    let out = tokens[hit.clone()]
        .windows(2)
        .any(|w| one_of(&w[0], &["out", "hors"]) && one_of(&w[1], &["of", "de", "d"]));
    out && tokens
        .iter()
        .any(|t| t.norm.starts_with("captur") || one_of(t, &["arrested", "arretes"]))
}

/// "33 soldats portés disparus ont été retrouvés vivants": missing no more.
fn is_found_again(tokens: &[Token], end: usize) -> bool {
    const FOUND: &[&str] =
        &["found", "retrouve", "retrouves", "retrouvee", "retrouvees", "returned", "reapparu"];
    const ALIVE: &[&str] = &["alive", "vivants", "vivant", "vivantes", "saufs", "safe", "unharmed"];
    let behind: Vec<&Token> = tokens[end..].iter().take(8).take_while(|t| !t.is(";")).collect();
    let found = behind.iter().position(|t| one_of(t, FOUND));
    found.is_some_and(|at| behind[at..].iter().any(|t| one_of(t, ALIVE)))
}

/// "93 prisoners had escaped", "released twelve prisoners", "libéré 30 prisonniers": held no more, and
/// not taken in what is told.
fn is_set_free(tokens: &[Token], hit: Range<usize>) -> bool {
    static FREED: Words = Words::new(&[
        "escaped", "escape", "fled", "freed", "freeing", "released", "releasing", "liberated",
        "evade", "evades", "evadent", "echappe", "echappes", "enfui", "enfuis", "fui", "libere",
        "liberes", "liberer", "liberant", "liberent", "liberation", "relache", "relaches",
        "exchanged", "echange", "echanges", "swapped",
    ]);
    let held = tokens[hit.clone()].iter().all(|t| {
        one_of(t, &["prisoners", "prisonniers", "inmates", "captives", "detainees", "detenus"])
    });
    let near = |t: &&Token| {
        t.kind != TokenKind::Punct && !one_of(t, &["and", "et", "but", "mais", "after"])
    };
    let behind = tokens[hit.end..].iter().take(4).take_while(near);
    let before = tokens[..hit.start].iter().rev().take(4).take_while(near);
    held && behind.chain(before).any(|t| FREED.has(t))
}

/// "fatal injuries to 12": no wounded.
fn is_fatal(tokens: &[Token], at: usize) -> bool {
    let fatal = at > 0 && one_of(&tokens[at - 1], &["fatal", "mortal", "lethal"]);
    fatal && one_of(&tokens[at], &["injuries", "injury", "wounds"])
}

/// "shot at a post": nobody need be hit.
fn is_shot_at(tokens: &[Token], hit: Range<usize>) -> bool {
    tokens[hit.start].norm == "shot" && tokens.get(hit.end).is_some_and(|t| t.norm == "at")
}

/// "sont tombés dans une embuscade": some may have got away.
fn is_french_fall(tokens: &[Token], hit: Range<usize>) -> bool {
    tokens[hit.clone()].iter().any(|t| one_of(t, &["tombe", "tombes"]))
        && tokens[hit.end..].iter().take(3).any(|t| {
            one_of(
                t,
                &["embuscade", "piege", "guet", "mains", "panne", "accord", "malade", "malades"],
            )
        })
}

/// "fell into an ambush", "fell to the rebels": nobody died of it.
fn is_other_fall(tokens: &[Token], at: usize) -> bool {
    let fallen = usize::from(tokens.get(at + 1).is_some_and(|t| t.norm == "fallen"));
    (fallen == 1 || tokens[at].norm == "fell")
        && tokens.get(at + 1 + fallen).is_some_and(|t| {
            one_of(
                t,
                &[
                    "into", "to", "in", "under", "on", "from", "back", "by", "out", "victim",
                    "silent", "short", "upon", "off", "apart", "ill", "sick", "behind", "prey",
                    "asleep", "out", "foul",
                ],
            )
        })
}

/// "avait pour objectif de neutraliser", "tried to kill": whether anybody was is not said.
fn is_aim(tokens: &[Token], at: usize) -> bool {
    const AIMS: &[&str] = &[
        "objectif", "but", "mission", "visant", "tenter", "tente", "tentaient", "essaye",
        "essayant", "ordre", "voulait", "voulaient", "vise", "menace", "aimed", "aiming", "tried",
        "trying", "attempted", "attempt", "attempts", "attempting", "planned", "planning",
        "plotting", "plot", "intended", "wanted", "vowed", "ordered", "tentative", "tentatives",
    ];
    let to = |t: &Token| one_of(t, &["de", "d", "a", "to", "at"]);
    // The "to" may be of the word itself ("to kill").
    let aim = if to(&tokens[at]) { at.checked_sub(1) } else { at.checked_sub(2) };
    aim.is_some_and(|aim| (to(&tokens[at]) || to(&tokens[at - 1])) && one_of(&tokens[aim], AIMS))
}

/// "could have killed", "threatened to execute", "had not been killed": nobody was.
pub(super) fn is_hypothetical(tokens: &[Token], at: usize) -> bool {
    tokens[..at]
        .iter()
        .rev()
        .take(5)
        .take_while(|t| t.is_word() && !one_of(t, &["that", "que", "and", "et"]))
        .any(|t| {
            one_of(
                t,
                &[
                    "could", "might", "would", "threatened", "threatens", "threatening", "not",
                    "never", "pourrait", "pourraient", "menace", "menacent", "pas", "jamais", "if",
                    "afin",
                ],
            )
        })
}

pub(super) fn is_be(token: &Token) -> bool {
    static BE: Words = Words::new(&[
        "was", "were", "been", "being", "are", "is", "be", "got", "ete", "etaient", "etait",
        "sont", "est", "etre", "furent", "fut", "soient", "seraient", "remain", "remains",
        "remained", "restent", "restaient", "demeurent", "demeuraient",
    ]);
    BE.has(token)
}

pub(super) fn is_have(token: &Token) -> bool {
    static HAVE: Words = Words::new(&[
        "have", "has", "had", "having", "a", "ont", "avait", "avaient", "ayant", "avoir", "aurait",
        "auraient", "aient",
    ]);
    HAVE.has(token)
}

/// Whether an auxiliary stands before token `at`, adverbs between them passed over.
pub(super) fn auxiliary(tokens: &[Token], at: usize, is: fn(&Token) -> bool) -> bool {
    // "were reported killed": still passive.
    let passes = |t: &&Token| {
        is(t) || is_adverb(t) || t.is_quote() || one_of(t, &["reported", "confirmed", "declared"])
    };
    tokens[..at].iter().rev().take(4).take_while(passes).any(is)
}

pub(super) fn is_adverb(token: &Token) -> bool {
    static ADVERBS: Words = Words::new(&[
        "also", "then", "later", "still", "all", "both", "aussi", "ete", "deja", "so", "egalement",
    ]);
    token.norm.ends_with("ly") || token.norm.ends_with("ment") || ADVERBS.has(token)
}
