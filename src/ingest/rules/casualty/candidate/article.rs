//! One person, or some, by an article: "a soldier", "un mort", "a third", "des blessés".

use super::{Candidate, is_count_noun};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::casualty::nouns::is_adjective;
use crate::ingest::rules::casualty::predicate::is_be;
use crate::ingest::rules::number::{Figure, figure};
use crate::ingest::rules::people::{Head, Noun, noun_phrase};
use crate::ingest::token::Token;
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::model::claim::{CasualtyGroup, Qualifier};
use std::ops::Range;

/// The one that an article at `at` counts, with the token to go on from.
pub(super) fn one(
    tokens: &[Token],
    at: usize,
    before: Option<usize>,
    vocabulary: &Vocabulary,
    known: &Knowledge,
) -> Option<(Option<Candidate>, usize)> {
    const ARTICLES: &[&str] = &["a", "an", "the", "another", "un", "une", "le", "la", "l"];
    let article = tokens.get(at)?;
    if !one_of(article, ARTICLES) && article.norm != "des" {
        return None;
    }
    if let Some(number) = bare(tokens, at, vocabulary)
        .or_else(|| badly(tokens, at))
        .or_else(|| some(tokens, at, vocabulary))
    {
        return Some((Some(Candidate::elided(number)), number.end));
    }
    // "a soldier", "the suicide bomber", "another": one person.
    if !one_of(article, ARTICLES) {
        return None;
    }
    // "wounding another 30".
    if article.norm == "another" && figure(tokens, at + 1).is_some() {
        return None;
    }
    if let Some(found) = one_of_them(tokens, at, vocabulary, known) {
        let end = found.end;
        return Some((Some(found), end));
    }
    if let Some(number) = ordinal(tokens, at) {
        return Some((Some(Candidate::elided(number)), number.end));
    }
    person(tokens, at, before, vocabulary, known)
}

fn exactly_one(at: usize, end: usize) -> Figure {
    Figure { start: at, end, min: Some(1), max: Some(1), qualifier: Qualifier::Exact }
}

/// "l'un de ses camarades", "l'une des victimes": one of people who are named behind.
fn one_of_them(
    tokens: &[Token],
    at: usize,
    vocabulary: &Vocabulary,
    known: &Knowledge,
) -> Option<Candidate> {
    let one = tokens[at].norm == "l"
        && tokens.get(at + 1).is_some_and(|t| one_of(t, &["un", "une"]))
        && tokens.get(at + 2).is_some_and(|t| one_of(t, &["de", "des", "d"]));
    let phrase = one.then(|| noun_phrase(tokens, at + 2, vocabulary, known))?;
    let people = matches!(phrase.head, Head::People(_))
        || matches!(phrase.head, Head::Elided) && phrase.end > at + 3;
    let number = exactly_one(at, at + 2);
    people.then(|| Candidate {
        end: phrase.end,
        head: phrase.head,
        weak: true,
        definite: phrase.part,
        ..Candidate::elided(number)
    })
}

/// "un mort et six blessés", "un « mort et quatre blessés »".
fn bare(tokens: &[Token], at: usize, vocabulary: &Vocabulary) -> Option<Figure> {
    let again = tokens.get(at + 1).is_some_and(|t| t.is("("))
        && tokens.get(at + 3).is_some_and(|t| t.is(")"));
    let quoted = usize::from(tokens.get(at + 1).is_some_and(Token::is_quote));
    let noun = at + if again { 4 } else { 1 + quoted };
    let one = one_of(&tokens[at], &["un", "une"]) && is_count_noun(tokens, noun, vocabulary);
    one.then(|| exactly_one(at, noun))
}

/// "trois blessés, dont un grièvement".
fn badly(tokens: &[Token], at: usize) -> Option<Figure> {
    let badly = at > 0
        && one_of(&tokens[at - 1], &["dont"])
        && tokens.get(at + 1).is_some_and(|t| {
            one_of(t, &["grievement", "gravement", "serieusement", "legerement"])
                || one_of(t, &["grave", "graves"])
                || one_of(t, &["dans"]) && tokens[at + 2..].iter().take(3).any(|t| t.norm == "etat")
        });
    (badly && one_of(&tokens[at], &["un", "une"])).then(|| exactly_one(at, at + 1))
}

/// "il y a des blessés", "déplore des « pertes humaines »": some, and no figure.
fn some(tokens: &[Token], at: usize, vocabulary: &Vocabulary) -> Option<Figure> {
    let quoted = usize::from(tokens.get(at + 1).is_some_and(Token::is_quote));
    let there_are = at > 0
        && (tokens[at - 1].is(",")
            || one_of(
                &tokens[at - 1],
                &[
                    "a", "y", "fait", "font", "et", "compte", "ont", "dont", "avait", "est",
                    "sont", "avoir", "deplore", "deplorent", "reconnait", "reconnaissent",
                    "reconnu", "admet", "subi",
                ],
            ));
    let counted =
        tokens[at].norm == "des" && there_are && is_count_noun(tokens, at + 1 + quoted, vocabulary);
    let some =
        Figure { start: at, end: at + 1, min: None, max: None, qualifier: Qualifier::Dozens };
    counted.then_some(some)
}

/// "two died and a third was wounded", "killed two drivers and wounded a third".
fn ordinal(tokens: &[Token], at: usize) -> Option<Figure> {
    let ordinal = tokens.get(at + 1).is_some_and(|t| {
        one_of(
            t,
            &["second", "third", "fourth", "fifth", "deuxieme", "troisieme", "quatrieme", "autre"],
        )
    });
    let hurt = at > 0
        && one_of(&tokens[at - 1], &["wounded", "injured", "wounding", "injuring", "blesse"])
        && !tokens.get(at + 2).is_some_and(|t| t.is_word() && t.norm.ends_with("er"));
    // "un soldat a été tué et un autre grièvement blessé".
    let badly = tokens.get(at + 2).is_some_and(|t| t.norm.ends_with("ment"));
    let french = tokens.get(at + 1).is_some_and(|t| t.norm == "autre")
        && tokens.get(at + 2 + usize::from(badly)).is_some_and(|t| {
            one_of(
                t,
                &["blesse", "blessee", "tue", "tuee", "enleve", "enlevee", "capture", "porte"],
            )
        });
    let ordinal = ordinal
        && (hurt || french || tokens.get(at + 2).is_some_and(|t| is_be(t) || t.norm == "a"));
    (ordinal && one_of(&tokens[at], &["a", "un", "une", "l"])).then(|| exactly_one(at, at + 2))
}

/// "a soldier", "un militaire français": one person by a noun.
fn person(
    tokens: &[Token],
    at: usize,
    before: Option<usize>,
    vocabulary: &Vocabulary,
    known: &Knowledge,
) -> Option<(Option<Candidate>, usize)> {
    let article = tokens.get(at)?;
    // "a nine-year-old girl".
    let old = tokens.get(at + 3..(at + 5).min(tokens.len())).unwrap_or_default();
    let old = old.iter().position(|t| t.norm == "old" && t.glued).map(|n| at + 3 + n);
    let noun = old.filter(|i| tokens[i - 1].norm == "year").map_or(at + 1, |i| i + 1);
    let mut phrase = noun_phrase(tokens, noun, vocabulary, known);
    // "Gunmen stormed the governor's office, and eight were killed".
    if tokens.get(phrase.end).is_some_and(|t| t.is("'s") || t.is("’s")) {
        return None;
    }
    let minor = noun > at + 1 && figure(tokens, at + 1).is_some_and(|n| n.max < Some(18));
    if let (true, Head::People(nouns)) = (minor, &mut phrase.head) {
        for noun in nouns.iter_mut().filter(|n| n.group == CasualtyGroup::Women) {
            *noun = Noun {
                group: CasualtyGroup::Children,
                victim: Some("children".to_owned()),
                singular: noun.singular,
            };
        }
    }
    let one = match &phrase.head {
        // "un militaire français": named by what he is.
        Head::People(nouns) => {
            let person = tokens.get(at + 1).is_some_and(|t| {
                one_of(t, &["militaire", "soldat", "soldier", "gendarme", "policier", "officier"])
            });
            (!phrase.named || person) && nouns.iter().all(|n| n.singular)
        }
        Head::Elided => article.norm == "another",
        Head::Unlisted | Head::Thing => false,
    };
    // "n'a tué personne": the French verb, and nobody.
    let nobody = article.norm == "a"
        && phrase.end > at
        && tokens.get(phrase.end - 1).is_some_and(|t| t.norm == "personne");
    if !one || nobody || is_adjective(tokens, at, vocabulary) {
        return None;
    }
    // "the refugee camps", "a civilian convoy": the word says what sort of thing it is.
    let of_thing = tokens.get(phrase.end).is_some_and(|t| {
        one_of(
            t,
            &[
                "camp", "camps", "site", "sites", "population", "populations", "community",
                "communities", "convoy", "convoys", "vehicle", "vehicles", "target", "targets",
                "base", "bases", "post", "posts", "quarter", "village", "villages", "area",
                "areas", "house", "houses", "group", "groups", "school", "schools", "bus", "truck",
                "defense", "defence", "society", "protection", "servants", "service", "status",
            ],
        )
    });
    let of_event = vocabulary.events.at(tokens, phrase.end).is_some();
    // "violations des droits de l'homme".
    let rights = at >= 2
        && tokens[at - 1].norm == "de"
        && one_of(&tokens[at - 2], &["droits", "droit", "rights"]);
    if rights
        || of_thing
        || of_event
        || is_attached(tokens, at, before)
        || is_collective(tokens, at..phrase.end)
        || is_of_community(tokens, at + 1..phrase.end, &phrase.head, known)
    {
        return None;
    }
    let end = phrase.end.max(at + 1);
    let candidate = Candidate {
        end,
        head: phrase.head,
        weak: true,
        inner: phrase.inner,
        ..Candidate::elided(exactly_one(at, at + 1))
    };
    Some((Some(candidate), end))
}

/// "l'ex-rébellion touareg", "the burnt Dogon": the name of a people behind a noun that nothing
/// knows is an adjective.
fn is_of_community(tokens: &[Token], words: Range<usize>, head: &Head, known: &Knowledge) -> bool {
    let Head::People(nouns) = head else { return false };
    let people = nouns.iter().all(|n| {
        let group = n.victim.as_deref().and_then(|slug| known.victims.get(slug));
        group.is_some_and(|g| g.community)
    });
    people && tokens[words].iter().filter(|t| t.is_word()).count() >= 2
}

/// "4 peacekeepers from the Chadian contingent": what belongs to the figure before it.
fn is_attached(tokens: &[Token], at: usize, before: Option<usize>) -> bool {
    let definite = one_of(&tokens[at], &["the", "le", "la", "l"]);
    let tied = at.checked_sub(1).is_some_and(|i| {
        before == Some(i) && one_of(&tokens[i], &["of", "from", "de", "with", "against", "in"])
    });
    definite && tied
}

/// "la communauté peulh", "the Chadian contingent": many, however the word stands. "A member of
/// the patrol" is one.
fn is_collective(tokens: &[Token], phrase: Range<usize>) -> bool {
    const MANY: &[&str] = &[
        "communaute", "community", "ethnie", "tribu", "tribe", "famille", "family", "clan",
        "population", "delegation", "contingent", "patrol", "patrouille", "convoy", "convoi",
        "unit", "unite",
    ];
    let phrase = &tokens[phrase];
    let of = phrase.iter().position(|t| one_of(t, &["of", "de", "d", "du", "from"]));
    let words = &phrase[..of.unwrap_or(phrase.len())];
    let last = words.iter().rev().find(|t| t.is_word());
    words.get(1).into_iter().chain(last).any(|t| one_of(t, MANY))
}
