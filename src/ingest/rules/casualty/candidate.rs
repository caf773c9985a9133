//! Figures of a sentence that may count casualties, and those that do not.

use super::nouns::{
    counted_hostages, counted_lives, in_brackets, is_adjective, over_acronym, unnumbered,
};
use super::predicate::is_be;
use super::{Candidate, Predicate};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::date::DateFound;
use crate::ingest::rules::number::{Figure, figure, is_word_number};
use crate::ingest::rules::people::{Head, is_thing, noun_phrase};
use crate::ingest::token::{Token, TokenKind};
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::knowledge::words::Form;
use crate::model::claim::{Measure, Qualifier};
use std::ops::Range;

pub(super) fn candidates(
    tokens: &[Token],
    dates: &[DateFound],
    vocabulary: &Vocabulary,
    known: &Knowledge,
    predicates: &[Predicate],
) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    let mut at = 0;
    let mut speaker_until = 0;
    while at < tokens.len() {
        if let Some(d) = dates.iter().find(|d| d.start <= at && at < d.end) {
            at = d.end;
            continue;
        }
        if let Some(p) = predicates.iter().find(|p| p.start == at) {
            at = p.end;
            continue;
        }
        if vocabulary.by.at(tokens, at).is_some() {
            speaker_until = speaker_end(tokens, at);
        }
        let before = out.last().map(|c| c.end);
        match candidate(tokens, at, before, vocabulary, known) {
            // "le 8, une incursion": a day.
            Some((Some(found), next))
                if at > 0
                    && tokens[at].kind == TokenKind::Number
                    && tokens[at - 1].norm == "le"
                    && tokens.get(at + 1).is_some_and(|t| t.is(","))
                    && matches!(found.head, Head::Elided) =>
            {
                at = next;
            }
            // "according to a teacher": whoever speaks is not counted.
            Some((Some(found), next))
                if at < speaker_until
                    && (found.weak || found.number.qualifier == Qualifier::Dozens) =>
            {
                at = next;
            }
            Some((found, next)) => {
                at = next;
                out.extend(found);
            }
            None => at += 1,
        }
    }
    // "along with 50 vehicles, twelve of them armoured".
    out.retain(|c| {
        let after_thing =
            c.start() >= 2 && tokens[c.start() - 1].is(",") && is_thing(&tokens[c.start() - 2]);
        !(after_thing && is_part(tokens, c))
    });
    for c in &mut out {
        c.subset |= is_part(tokens, c);
    }
    // "a local official said": whoever speaks is not counted.
    out.retain(|c| {
        let near = c.end..(c.end + 3).min(tokens.len());
        let words = near.take_while(|i| tokens[*i].is_word());
        !(c.weak && words.into_iter().any(|i| vocabulary.speech.at(tokens, i).is_some()))
    });
    drop_speakers(tokens, vocabulary, predicates, &mut out);
    drop_appositions(tokens, &mut out);
    drop_wholes(tokens, predicates, &mut out);
    drop_running_counts(tokens, predicates, &mut out);
    out
}

/// "…, two residents and a local official told a news agency": those who speak behind a comma are
/// not counted.
fn drop_speakers(
    tokens: &[Token],
    vocabulary: &Vocabulary,
    predicates: &[Predicate],
    candidates: &mut Vec<Candidate>,
) {
    candidates.retain(|c| {
        let led =
            c.start() > 0 && (tokens[c.start() - 1].is(",") || tokens[c.start() - 1].is_quote());
        let people = matches!(&c.head, Head::People(_));
        let verb = (c.end..(c.end + 8).min(tokens.len()))
            .take_while(|i| tokens[*i].is_word() && predicates.iter().all(|p| p.start != *i))
            .find(|i| vocabulary.speech.at(tokens, *i).is_some());
        // "“We lost many people,” one resident recounted".
        let quoted = c.start() >= 2
            && tokens[c.start() - 1].is_quote()
            && (tokens[c.start() - 2].is(",") || tokens[c.start() - 2].is("."))
            && c.number.max == Some(1);
        !(people && (led && verb.is_some() || quoted))
    });
}

/// "bringing to 17 the number of soldiers killed", "porte à 17 le nombre": a count that goes on.
fn drop_running_counts(
    tokens: &[Token],
    predicates: &[Predicate],
    candidates: &mut Vec<Candidate>,
) {
    let from = (0..tokens.len()).find(|i| {
        one_of(&tokens[*i], &["bringing", "brings", "porte", "portant", "portent"])
            && tokens[i + 1..].iter().take(12).any(|t| one_of(t, &["number", "nombre", "total"]))
    });
    // "ce qui porte à 37 le nombre de morts": of the one attack.
    let own = |from: usize| predicates.iter().any(|p| p.start == from);
    if let Some(from) = from.filter(|from| !own(*from)) {
        candidates.retain(|c| c.start() < from);
    }
}

/// One past the name of a speaker after "according to": the next sign.
fn speaker_end(tokens: &[Token], at: usize) -> usize {
    (at..tokens.len()).find(|i| !tokens[*i].is_word()).unwrap_or(tokens.len())
}

/// "Five of the 100 soldiers were killed", "Of the 40 passengers, 12 died": the larger number
/// is counted by no predicate but one of its own ("the 27 detained civilians").
fn drop_wholes(tokens: &[Token], predicates: &[Predicate], candidates: &mut Vec<Candidate>) {
    let wholes: Vec<usize> = candidates.iter().filter_map(|c| c.whole).collect();
    candidates.retain(|c| {
        let before = |i: usize| c.start().checked_sub(i).map(|i| &tokens[i]);
        let opens = before(1).is_some_and(|t| one_of(t, &["the", "les"]))
            && before(2).is_some_and(|t| one_of(t, &["of", "sur", "parmi", "among"]))
            && before(3).is_none_or(|t| !t.is_word())
            && tokens.get(c.end).is_some_and(|t| t.is(","));
        // "Eleven of the 23 villagers abducted on Friday": the whole has its own word.
        let own = |p: &Predicate| p.start == c.end && p.uses.iter().any(|u| u.0 != Measure::Killed);
        let counted = predicates.iter().any(own);
        !(opens || (wholes.contains(&c.start()) && c.inner.is_none() && !counted))
    });
}

/// "One commando, a sergeant, was killed": the second noun is the first one's rank.
fn drop_appositions(tokens: &[Token], candidates: &mut Vec<Candidate>) {
    let comma = |i: usize| tokens.get(i).is_some_and(|t| t.is(","));
    // "Two soldiers, Sergeant X and the corporal Y, were killed": the two by name.
    let named = |c: &Candidate| {
        let near = &tokens[c.end.min(tokens.len())..(c.end + 2).min(tokens.len())];
        c.weak && near.iter().any(|t| t.capital)
    };
    let groups: Vec<(usize, usize)> = candidates
        .iter()
        .filter(|c| !c.weak && comma(c.end) && c.number.min > Some(1))
        .filter_map(|c| {
            let close = (c.end + 1..(c.end + 24).min(tokens.len())).find(|i| {
                comma(*i)
                    && tokens
                        .get(i + 1)
                        .is_some_and(|t| is_be(t) || one_of(t, &["ont", "had", "have"]))
            })?;
            Some((c.end, close))
        })
        .collect();
    candidates.retain(|c| !(named(c) && groups.iter().any(|(a, b)| *a < c.start() && c.end < *b)));
    // "le gouverneur, le colonel Jean Diarra, 15 civils ont été tués": who he is.
    let introduced = |c: &Candidate| {
        let led = c.start() > 0 && comma(c.start() - 1);
        let name = tokens[c.end.min(tokens.len())..].iter().take(5).take_while(|t| t.capital);
        let close = c.end + name.count();
        let goes_on = tokens.get(close + 1).is_some_and(|t| {
            is_be(t) || one_of(t, &["a", "ont", "had", "has", "who", "qui", "dont"])
        });
        c.weak && led && close > c.end && comma(close) && !goes_on
    };
    candidates.retain(|c| !introduced(c));
    let ends: Vec<usize> = candidates.iter().map(|c| c.end).collect();
    let mut i = 0;
    candidates.retain(|c| {
        let after_comma = i > 0 && ends[i - 1] + 1 == c.start() && comma(ends[i - 1]);
        i += 1;
        !(c.weak && after_comma && comma(c.end))
    });
}

/// The figure at `at`, with the token to go on from; no candidate when it counts no people.
fn candidate(
    tokens: &[Token],
    at: usize,
    before: Option<usize>,
    vocabulary: &Vocabulary,
    known: &Knowledge,
) -> Option<(Option<Candidate>, usize)> {
    if let Some(found) = unnumbered(tokens, at, vocabulary) {
        let end = found.end;
        return Some((Some(found), end));
    }
    let bare = || is_count_noun(tokens, at + 1, vocabulary);
    if let Some(number) = figure(tokens, at).filter(|n| !(n.end == at && bare())) {
        let one_by_one = number.max == Some(1)
            && tokens.get(number.end).is_some_and(|t| one_of(t, &["after", "by", "of", "another"]))
            && tokens.get(number.end + 1).is_some_and(|t| one_of(t, &["another", "one", "the"]));
        if one_by_one || is_age_or_repeat(tokens, &number) || counts_no_people(tokens, &number) {
            return Some((None, number.end));
        }
        // "sept (07) assaillants": the number again in brackets.
        let again = tokens.get(number.end).is_some_and(|t| t.is("("))
            && tokens.get(number.end + 1).is_some_and(|t| t.kind == TokenKind::Number)
            && tokens.get(number.end + 2).is_some_and(|t| t.is(")"));
        // "a neutralisé (01) terroriste": the number itself in brackets.
        let closed = usize::from(tokens.get(number.end).is_some_and(|t| t.is(")")));
        let noun_at = number.end + if again { 3 } else { closed };
        // "the nine first reported": no noun.
        let earlier = tokens.get(noun_at).is_some_and(|t| {
            one_of(
                t,
                &[
                    "first", "initially", "previously", "earlier", "originally", "annonces",
                    "annoncees", "avances", "evoques",
                ],
            )
        });
        if earlier {
            return Some((Some(Candidate::elided(number)), number.end));
        }
        let phrase = in_brackets(tokens, number.end, vocabulary)
            .or_else(|| counted_lives(tokens, number.end))
            .or_else(|| counted_hostages(tokens, &number))
            .unwrap_or_else(|| noun_phrase(tokens, noun_at, vocabulary, known));
        let phrase = over_acronym(tokens, phrase);
        let next = phrase.whole.unwrap_or(phrase.end).max(number.end);
        let head = phrase.head;
        if matches!(head, Head::Thing) {
            return Some((None, number.end));
        }
        let inner = phrase.inner.filter(|_| phrase.whole.is_none());
        let candidate = Candidate {
            number,
            end: phrase.whole.unwrap_or(phrase.end),
            head,
            weak: false,
            subset: false,
            definite: phrase.part,
            inner,
            whole: phrase.whole,
            taken: Vec::new(),
            rules: Vec::new(),
        };
        return Some((Some(candidate), next));
    }
    const ARTICLES: &[&str] = &["a", "an", "the", "another", "un", "une", "le", "la", "l"];
    let article = tokens.get(at)?;
    if !one_of(article, ARTICLES) && article.norm != "des" {
        return None;
    }
    // "un mort et six blessés".
    let again = tokens.get(at + 1).is_some_and(|t| t.is("("))
        && tokens.get(at + 3).is_some_and(|t| t.is(")"));
    // "un « mort et quatre blessés »".
    let quoted = usize::from(tokens.get(at + 1).is_some_and(Token::is_quote));
    let noun = at + if again { 4 } else { 1 + quoted };
    if one_of(article, &["un", "une"]) && is_count_noun(tokens, noun, vocabulary) {
        let number = Figure {
            start: at,
            end: noun,
            min: Some(1),
            max: Some(1),
            qualifier: Qualifier::Exact,
        };
        return Some((Some(Candidate::elided(number)), noun));
    }
    // "trois blessés, dont un grièvement".
    let badly = at > 0
        && one_of(&tokens[at - 1], &["dont"])
        && tokens.get(at + 1).is_some_and(|t| {
            one_of(t, &["grievement", "gravement", "serieusement", "legerement"])
                || one_of(t, &["grave", "graves"])
                || one_of(t, &["dans"]) && tokens[at + 2..].iter().take(3).any(|t| t.norm == "etat")
        });
    if badly && one_of(article, &["un", "une"]) {
        let number = Figure {
            start: at,
            end: at + 1,
            min: Some(1),
            max: Some(1),
            qualifier: Qualifier::Exact,
        };
        return Some((Some(Candidate::elided(number)), at + 1));
    }
    // "déplore des « pertes humaines »".
    let quoted = usize::from(tokens.get(at + 1).is_some_and(Token::is_quote));
    // "il y a des blessés": some, and no figure.
    let there_are = || {
        at > 0
            && (tokens[at - 1].is(",")
                || one_of(
                    &tokens[at - 1],
                    &[
                        "a", "y", "fait", "font", "et", "compte", "ont", "dont", "avait", "est",
                        "sont", "avoir", "deplore", "deplorent", "reconnait", "reconnaissent",
                        "reconnu", "admet", "subi",
                    ],
                ))
    };
    if article.norm == "des" && there_are() && is_count_noun(tokens, at + 1 + quoted, vocabulary) {
        let number =
            Figure { start: at, end: at + 1, min: None, max: None, qualifier: Qualifier::Dozens };
        return Some((Some(Candidate::elided(number)), at + 1));
    }
    // "a soldier", "the suicide bomber", "another": one person.
    if !one_of(article, ARTICLES) {
        return None;
    }
    // "wounding another 30".
    if article.norm == "another" && figure(tokens, at + 1).is_some() {
        return None;
    }
    // "two died and a third was wounded".
    let ordinal = tokens.get(at + 1).is_some_and(|t| {
        one_of(
            t,
            &["second", "third", "fourth", "fifth", "deuxieme", "troisieme", "quatrieme", "autre"],
        )
    });
    // "killed two drivers and wounded a third".
    let hurt = at > 0
        && one_of(&tokens[at - 1], &["wounded", "injured", "wounding", "injuring", "blesse"])
        && !tokens.get(at + 2).is_some_and(|t| t.is_word() && t.norm.ends_with("er"));
    let ordinal =
        ordinal && (hurt || tokens.get(at + 2).is_some_and(|t| is_be(t) || t.norm == "a"));
    if ordinal && one_of(article, &["a", "un", "une", "l"]) {
        let number = Figure {
            start: at,
            end: at + 2,
            min: Some(1),
            max: Some(1),
            qualifier: Qualifier::Exact,
        };
        return Some((Some(Candidate::elided(number)), at + 2));
    }
    let phrase = noun_phrase(tokens, at + 1, vocabulary, known);
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
    // "the refugee camps", "a civilian convoy": the word says what sort of thing it is.
    let of_thing = || {
        tokens.get(phrase.end).is_some_and(|t| {
            one_of(
                t,
                &[
                    "camp", "camps", "site", "sites", "population", "populations", "community",
                    "communities", "convoy", "convoys", "vehicle", "vehicles", "target", "targets",
                    "base", "bases", "post", "posts", "quarter", "village", "villages", "area",
                    "areas", "house", "houses", "group", "groups", "school", "schools", "bus",
                    "truck", "defense", "defence", "society", "protection", "servants", "service",
                    "status",
                ],
            )
        })
    };
    let of_event = || vocabulary.events.at(tokens, phrase.end).is_some();
    // "violations des droits de l'homme".
    let rights = || {
        at >= 2
            && tokens[at - 1].norm == "de"
            && one_of(&tokens[at - 2], &["droits", "droit", "rights"])
    };
    if !one
        || is_adjective(tokens, at, vocabulary)
        || rights()
        || of_thing()
        || of_event()
        || is_attached(tokens, at, before)
        || is_collective(tokens, at..phrase.end)
        || is_of_community(tokens, at + 1..phrase.end, &phrase.head, known)
    {
        return None;
    }
    let number =
        Figure { start: at, end: at + 1, min: Some(1), max: Some(1), qualifier: Qualifier::Exact };
    let end = phrase.end.max(at + 1);
    let candidate = Candidate {
        number,
        end,
        head: phrase.head,
        weak: true,
        subset: false,
        definite: false,
        inner: phrase.inner,
        whole: None,
        taken: Vec::new(),
        rules: Vec::new(),
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

/// "blessés", "morts": words that count people by themselves.
pub(super) fn is_count_noun(tokens: &[Token], at: usize, vocabulary: &Vocabulary) -> bool {
    vocabulary
        .casualty
        .at(tokens, at)
        .is_some_and(|hit| hit.value.0.iter().any(|(_, form)| *form == Form::CountNoun))
}

/// Money, percentages, times, degrees, and numbers with a unit right behind them.
fn counts_no_people(tokens: &[Token], number: &Figure) -> bool {
    let before = number.start.checked_sub(1).map(|i| &tokens[i]);
    let after = tokens.get(number.end);
    let sign = |t: Option<&Token>, signs: &[&str]| t.is_some_and(|t| signs.iter().any(|s| t.is(s)));
    let unit = after.is_some_and(|t| {
        t.glued
            || one_of(
                t,
                &[
                    "km", "kms", "kilometers", "kilometres", "miles", "metres", "meters",
                    "percent", "million", "billion", "years", "year", "ans", "months", "mois",
                    "days", "day", "jours", "hours", "heures", "minutes", "am", "pm", "h", "gmt",
                ],
            )
    });
    // "une dame d'une cinquantaine d'années".
    let of = tokens.get(number.end).is_some_and(|t| one_of(t, &["d", "de"]));
    let aged = of
        && tokens
            .get(number.end + 1)
            .is_some_and(|t| one_of(t, &["annees", "ans", "kilometres", "metres", "minutes"]));
    aged || sign(before, &["$", "€", "£", "#"])
        || is_clock(tokens, number.start)
        || sign(after, &["%", "$", "€", ":", "°"])
        || unit
        || before.is_some_and(|t| one_of(t, &["aged", "age"]))
        // "two children under eight were".
        || before.is_some_and(|t| t.norm == "under")
            && after.is_none_or(|t| !t.is_word() || is_be(t) || one_of(t, &["and", "or"]))
}

/// "Paul Noir, 27, died", "six (6) soldiers", "a 12-year-old".
fn is_age_or_repeat(tokens: &[Token], number: &Figure) -> bool {
    let before = |i: usize| number.start.checked_sub(i).map(|i| &tokens[i]);
    let after = tokens.get(number.end);
    let counted = |t: &Token| {
        t.kind == TokenKind::Number || is_word_number(t) || one_of(t, &["un", "une", "one"])
    };
    let bracketed = before(1).is_some_and(|t| t.is("("))
        && after.is_some_and(|t| t.is(")"))
        && before(2).is_none_or(|t| !t.is_word() || counted(t) || t.capital);
    let aged = before(1).is_some_and(|t| t.is(","))
        && before(2).is_some_and(|t| t.capital)
        && after.is_some_and(|t| t.is(","));
    let compound =
        after.is_some_and(|t| t.is("-")) && tokens.get(number.end + 1).is_some_and(Token::is_word);
    bracketed || aged || compound
}

/// "9:30": the minutes of a clock.
fn is_clock(tokens: &[Token], at: usize) -> bool {
    let Some(colon) = at.checked_sub(1).filter(|i| tokens[*i].is(":")) else {
        return false;
    };
    let joined = tokens[colon].end == tokens[at].start;
    joined && colon > 0 && tokens[colon - 1].end == tokens[colon].start
}

/// "eight of whom", "7 of them", "trois d'entre eux", or right after "including".
pub(super) fn is_part(tokens: &[Token], candidate: &Candidate) -> bool {
    // "eight (08) of them": the number again in brackets.
    let bracket = tokens.get(candidate.number.end).is_some_and(|t| t.is("("))
        && tokens.get(candidate.number.end + 2).is_some_and(|t| t.is(")"));
    let from = candidate.number.end + if bracket { 3 } else { 0 };
    let follows = |words: &[&str]| {
        tokens
            .get(from..from + words.len())
            .is_some_and(|found| found.iter().zip(words).all(|(t, w)| t.norm == *w))
    };
    follows(&["of", "whom"])
        || follows(&["of", "them"])
        || follows(&["d", "entre", "eux"])
        || follows(&["d", "entre", "elles"])
}

pub(super) fn including(token: &Token) -> bool {
    one_of(
        token,
        &[
            "including", "included", "among", "dont", "compris", "parmi", "notamment", "includes",
            "comprising", "whom", "mostly", "figurent", "figuraient",
        ],
    )
}
