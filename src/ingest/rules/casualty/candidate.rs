//! Figures of a sentence that may count casualties, and those that do not.

mod article;
mod left_out;
mod measured;

use super::nouns::{counted_hostages, counted_lives, in_brackets, over_acronym, unnumbered};
use super::{Candidate, Predicate};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::date::DateFound;
use crate::ingest::rules::number::{Figure, figure};
use crate::ingest::rules::people::{Head, is_thing, noun_phrase};
use crate::ingest::token::{Token, TokenKind};
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::knowledge::words::Form;
use crate::model::claim::Qualifier;
use left_out::{drop_appositions, drop_running_counts, drop_speakers, drop_wholes};
use measured::{counts_no_people, is_age_or_repeat};

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
        if let Some(found) = as_many(tokens, at, out.last(), vocabulary, known) {
            at = found.end;
            out.push(found);
            continue;
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
    // "along with 50 vehicles, twelve of them armoured", but not "in two strikes, four of them children".
    out.retain(|c| {
        let after_thing =
            c.start() >= 2 && tokens[c.start() - 1].is(",") && is_thing(&tokens[c.start() - 2]);
        let people = matches!(c.head, Head::People(_));
        !(after_thing && is_part(tokens, c) && !people)
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

/// "some twenty soldiers and as many hunters", "douze morts et autant de blessés": the number before
/// again.
fn as_many(
    tokens: &[Token],
    at: usize,
    last: Option<&Candidate>,
    vocabulary: &Vocabulary,
    known: &Knowledge,
) -> Option<Candidate> {
    let next = |n: usize, words: &[&str]| tokens.get(at + n).is_some_and(|t| one_of(t, words));
    let same = one_of(&tokens[at], &["as"]) && next(1, &["many"]) && !next(2, &["as"])
        || one_of(&tokens[at], &["autant"]) && next(1, &["de", "d"]);
    let last = last.filter(|c| same && at.saturating_sub(c.end) <= 4)?;
    let counted = last.number.min.or(last.number.max)?;
    let phrase = noun_phrase(tokens, at + 2, vocabulary, known);
    let people = matches!(phrase.head, Head::People(_) | Head::Elided);
    // One soldier and as many motorbikes: not of people.
    let number = Figure { start: at, end: at + 2, ..last.number };
    let found = Candidate { end: phrase.end, head: phrase.head, ..Candidate::elided(number) };
    (people && counted > 1).then_some(found)
}

/// One past the name of a speaker after "according to": the next sign.
fn speaker_end(tokens: &[Token], at: usize) -> usize {
    (at..tokens.len()).find(|i| !tokens[*i].is_word()).unwrap_or(tokens.len())
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
        // "depuis la Somalie en 1993-1995, avec plus de 70 tués": a year.
        let year = matches!(head, Head::Elided)
            && number.qualifier == Qualifier::Exact
            && number.end == number.start + 1
            && number.max.is_some_and(|n| (1900..=2059).contains(&n))
            && tokens[number.start].norm.len() == 4;
        if matches!(head, Head::Thing) || year {
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
    article::one(tokens, at, before, vocabulary, known)
}

/// "blessés", "morts": words that count people by themselves.
pub(super) fn is_count_noun(tokens: &[Token], at: usize, vocabulary: &Vocabulary) -> bool {
    vocabulary
        .casualty
        .at(tokens, at)
        .is_some_and(|hit| hit.value.0.iter().any(|(_, form)| *form == Form::CountNoun))
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
