//! Nouns of figures that stand otherwise than behind a number: in brackets, without a number, or as a
//! word that only describes another.

use super::Candidate;
use super::shares::befell;
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::number::Figure;
use crate::ingest::rules::people::{Head, Noun, NounPhrase};
use crate::ingest::token::Token;
use crate::ingest::vocabulary::Vocabulary;
use crate::model::claim::{CasualtyGroup, Qualifier};

/// "dont des femmes et des enfants", "including women and children": some, as a part of the figure
/// before; "Des femmes et des enfants figurent parmi les victimes".
pub(super) fn unnumbered(
    tokens: &[Token],
    at: usize,
    vocabulary: &Vocabulary,
) -> Option<Candidate> {
    let french = tokens[at].norm == "des";
    let noun = at + usize::from(french);
    let hit = vocabulary.people.at(tokens, noun).filter(|h| !h.value.generic)?;
    let weakest = matches!(hit.value.group, CasualtyGroup::Women | CasualtyGroup::Children);
    if hit.value.singular || !(french || weakest) {
        return None;
    }
    // Over "des femmes et" to what opens the list.
    let step = if french { 3 } else { 2 };
    let listed = at >= step
        && one_of(&tokens[at - 1], &["et", "and"])
        && vocabulary.people.at(tokens, at - 2).is_some();
    let first = if listed { at - step } else { at };
    if listed && french && tokens[first].norm != "des" {
        return None;
    }
    let comma = usize::from(first > 1 && tokens[first - 1].is(","));
    const LED: &[&str] =
        &["dont", "lesquels", "lesquelles", "eux", "elles", "including", "notamment"];
    let led = first > comma && one_of(&tokens[first - 1 - comma], LED);
    let among = first == 0
        && tokens[hit.end..].iter().take(6).any(|t| one_of(t, &["parmi", "among"]))
        && tokens[hit.end..].iter().take(8).any(|t| befell(t).is_some());
    if !led && !among {
        return None;
    }
    let people = hit.value;
    let noun =
        Noun { group: people.group, victim: people.victim.clone(), singular: people.singular };
    let end = at + usize::from(french);
    let number = Figure { start: at, end, min: None, max: None, qualifier: Qualifier::Dozens };
    Some(Candidate {
        end: hit.end,
        head: Head::People(vec![noun]),
        subset: true,
        ..Candidate::elided(number)
    })
}

/// "six (soldats) morts": the noun alone in brackets.
pub(super) fn in_brackets(
    tokens: &[Token],
    at: usize,
    vocabulary: &Vocabulary,
) -> Option<NounPhrase> {
    tokens.get(at).filter(|t| t.is("("))?;
    let hit = vocabulary.people.at(tokens, at + 1)?;
    let people = hit.value;
    let noun =
        Noun { group: people.group, victim: people.victim.clone(), singular: people.singular };
    tokens.get(hit.end).filter(|t| t.is(")"))?;
    Some(NounPhrase {
        end: hit.end + 1,
        head: Head::People(vec![noun]),
        part: false,
        inner: None,
        whole: None,
        named: false,
    })
}

/// "took seven hostages": people who are named no further.
pub(super) fn counted_hostages(tokens: &[Token], number: &Figure) -> Option<NounPhrase> {
    let taken = number.start > 0
        && one_of(
            &tokens[number.start - 1],
            &["taken", "took", "taking", "pris", "prennent", "prenant"],
        );
    tokens.get(number.end).filter(|t| one_of(t, &["hostages", "otages"]) && taken)?;
    Some(NounPhrase {
        end: number.end + 1,
        head: Head::Elided,
        part: false,
        inner: None,
        whole: None,
        named: false,
    })
}

/// "claimed twelve lives": people who are named no further.
pub(super) fn counted_lives(tokens: &[Token], at: usize) -> Option<NounPhrase> {
    let end = (at..at + 2).find(|i| tokens.get(*i).is_some_and(|t| t.norm == "lives"))? + 1;
    let more = end == at + 1 || one_of(&tokens[at], &["more", "other", "innocent", "civilian"]);
    more.then_some(NounPhrase {
        end,
        head: Head::People(vec![Noun {
            group: CasualtyGroup::Total,
            victim: None,
            singular: false,
        }]),
        part: false,
        inner: None,
        whole: None,
        named: false,
    })
}

/// "25 éléments des Forces armées maliennes (FAMa)": the short name in brackets belongs to it.
pub(super) fn over_acronym(tokens: &[Token], mut phrase: NounPhrase) -> NounPhrase {
    let end = phrase.end;
    let short = tokens.get(end).is_some_and(|t| t.is("("))
        && tokens.get(end + 1).is_some_and(|t| t.capital && t.norm.len() <= 8)
        && tokens.get(end + 2).is_some_and(|t| t.is(")"));
    if short && phrase.whole.is_none() && matches!(phrase.head, Head::People(_)) {
        phrase.end = end + 3;
    }
    phrase
}

/// "une attaque terroriste", "la base militaire": in French the noun stands before the word, which
/// then only describes it.
pub(super) fn is_adjective(tokens: &[Token], at: usize, vocabulary: &Vocabulary) -> bool {
    const BEFORE: &[&str] = &[
        "autre", "jeune", "jeunes", "ancien", "ancienne", "haut", "petit", "petite", "vieux",
        "vieil", "vieille", "seul", "seule", "premier", "premiere", "second", "seconde", "grand",
        "pauvre", "meme", "certain", "troisieme", "deuxieme", "ex", "chef", "responsable", "cadre",
        "officier", "commandant", "leader", "emir", "ressortissant", "element", "agent", "guide",
        "homme", "femme", "enfant", "pilote", "berger", "eleveur", "commercant", "notable", "imam",
        "lieutenant", "capitaine", "colonel", "general", "medecin", "chauffeur", "conducteur",
    ];
    let french = one_of(&tokens[at], &["un", "une", "le", "la", "l"]);
    let Some(next) = tokens.get(at + 1).filter(|_| french) else { return false };
    let noun = vocabulary.people.at(tokens, at + 1).is_some()
        || vocabulary.casualty.at(tokens, at + 1).is_some()
        || vocabulary.actors.at(tokens, at + 1).is_some()
        || one_of(next, BEFORE);
    let describes = tokens.get(at + 2).is_some_and(|t| {
        one_of(
            t,
            &[
                "terroriste", "militaire", "civil", "civile", "jihadiste", "djihadiste",
                "islamiste", "rebelle", "peul", "peule", "dogon", "touareg", "touaregue",
                "humanitaire", "otage", "separatiste",
            ],
        )
    });
    describes && !noun
}
