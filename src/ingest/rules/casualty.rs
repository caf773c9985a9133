//! Figures of dead, wounded, detained, abducted and missing: which number counts whom, and
//! what happened to them.
//!
//! A sentence is taken as a row of *figures* (a number with its noun: "fifteen Malian
//! soldiers") and *predicates* ("were killed", "wounding", "deaths of"). A predicate that
//! looks left takes the figures that end before it, one that looks right those that begin
//! after it; figures joined by "and" or commas share one. A figure that no predicate takes
//! is no casualty figure: troop strengths, ages and vehicles are left alone.

use super::date;
use super::number::{Figure, figure};
use super::people::{Head, Noun, noun_phrase};
use crate::ingest::lexicon::one_of;
use crate::ingest::token::{Token, TokenKind};
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::knowledge::words::Form;
use crate::model::claim::{CasualtyGroup, Measure, Qualifier};
use std::ops::Range;

/// A casualty figure found. Ranges are of tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// What happened to them.
    pub measure: Measure,
    /// Whom it counts.
    pub group: CasualtyGroup,
    /// Slugs of the victim groups that its noun names.
    pub victims: Vec<String>,
    /// Lowest number, included.
    pub min: Option<u32>,
    /// Highest number, included.
    pub max: Option<u32>,
    /// How it is put.
    pub qualifier: Qualifier,
    /// Whether it counts a part of another figure ("including three children").
    pub subset: bool,
    /// Whether its group was taken over from a figure before it.
    pub elided: bool,
    /// The number and its noun.
    pub figure: Range<usize>,
    /// The words that say it, predicate included.
    pub evidence: Range<usize>,
}

/// A figure of the sentence, before it is known whether it counts casualties.
#[derive(Debug)]
struct Candidate {
    number: Figure,
    /// One past the noun phrase.
    end: usize,
    head: Head,
    /// "a soldier", "the gunman": counts only when a predicate stands close.
    weak: bool,
    /// Part of another figure.
    subset: bool,
    /// A predicate inside the noun phrase ("27 detained civilians").
    inner: Option<usize>,
    /// Token of the larger number that it is a part of.
    whole: Option<usize>,
    taken: Vec<Taken>,
}

impl Candidate {
    fn start(&self) -> usize {
        self.number.start
    }
}

/// What a predicate says of a figure.
#[derive(Debug, Clone)]
struct Taken {
    measure: Measure,
    /// The words that say it.
    evidence: Range<usize>,
    /// Which predicate: figures of one have one group when only the first names it.
    predicate: usize,
    /// Whether it is one of two things that happened ("killed or captured").
    either: bool,
    /// Whether the predicate is a noun that counts people by itself ("deaths", "bodies").
    noun: bool,
}

/// A predicate of the sentence.
#[derive(Debug)]
struct Predicate {
    start: usize,
    end: usize,
    uses: Vec<(Measure, Form)>,
    /// "were killed": passive for certain.
    passive: bool,
    /// "have killed": active for certain.
    active: bool,
}

/// Finds every casualty figure of a sentence. `before` is the group of the last figure of
/// the same paragraph, for "fifteen were wounded".
pub fn counts(
    tokens: &[Token],
    vocabulary: &Vocabulary,
    known: &Knowledge,
    before: Option<CasualtyGroup>,
) -> Vec<Count> {
    let predicates = predicates(tokens, vocabulary);
    if predicates.is_empty() {
        return Vec::new();
    }
    let mut candidates = candidates(tokens, vocabulary, known, &predicates);
    let saying = saying(tokens, vocabulary);
    let scene = Scene { tokens, saying: &saying, predicates: &predicates };
    for p in 0..predicates.len() {
        scene.take_inner(&mut candidates, p);
    }
    for p in 0..predicates.len() {
        scene.take_left(&mut candidates, p);
    }
    for p in 0..predicates.len() {
        scene.take_right(&mut candidates, p);
    }
    scene.take_included(&mut candidates);
    scene.take_elided(&mut candidates);
    resolve(tokens, candidates, before)
}

fn predicates(tokens: &[Token], vocabulary: &Vocabulary) -> Vec<Predicate> {
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
            !people && !is_hypothetical(tokens, hit.start)
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

/// "could have killed", "threatened to execute", "had not been killed": nobody was.
fn is_hypothetical(tokens: &[Token], at: usize) -> bool {
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
                ],
            )
        })
}

fn is_be(token: &Token) -> bool {
    one_of(
        token,
        &[
            "was", "were", "been", "being", "are", "is", "be", "got", "ete", "etaient", "etait",
            "sont", "est", "etre", "furent", "fut", "soient", "seraient",
        ],
    )
}

fn is_have(token: &Token) -> bool {
    one_of(
        token,
        &[
            "have", "has", "had", "having", "a", "ont", "avait", "avaient", "ayant", "avoir",
            "aurait", "auraient", "aient",
        ],
    )
}

/// Whether an auxiliary stands before token `at`, adverbs between them passed over.
fn auxiliary(tokens: &[Token], at: usize, is: fn(&Token) -> bool) -> bool {
    tokens[..at].iter().rev().take(4).take_while(|t| is(t) || is_adverb(t)).any(is)
}

fn is_adverb(token: &Token) -> bool {
    token.norm.ends_with("ly")
        || token.norm.ends_with("ment")
        || one_of(
            token,
            &[
                "also", "then", "later", "still", "all", "both", "aussi", "ete", "deja", "so",
                "egalement",
            ],
        )
}

fn candidates(
    tokens: &[Token],
    vocabulary: &Vocabulary,
    known: &Knowledge,
    predicates: &[Predicate],
) -> Vec<Candidate> {
    let dates = date::dates(tokens);
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
        match candidate(tokens, at, vocabulary, known) {
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
    for c in &mut out {
        c.subset |= is_part(tokens, c);
    }
    drop_appositions(tokens, &mut out);
    drop_wholes(tokens, &mut out);
    drop_running_counts(tokens, &mut out);
    out
}

/// "bringing to 17 the number of soldiers killed", "porte à 17 le nombre": a count that goes on.
fn drop_running_counts(tokens: &[Token], candidates: &mut Vec<Candidate>) {
    let from = (0..tokens.len()).find(|i| {
        one_of(&tokens[*i], &["bringing", "brings", "porte", "portant", "portent"])
            && tokens[i + 1..].iter().take(12).any(|t| one_of(t, &["number", "nombre", "total"]))
    });
    if let Some(from) = from {
        candidates.retain(|c| c.start() < from);
    }
}

/// One past the name of a speaker after "according to": the next sign.
fn speaker_end(tokens: &[Token], at: usize) -> usize {
    (at..tokens.len()).find(|i| !tokens[*i].is_word()).unwrap_or(tokens.len())
}

/// "Five of the 100 soldiers were killed", "Of the 40 passengers, 12 died": the larger number
/// is counted by no predicate but one of its own ("the 27 detained civilians").
fn drop_wholes(tokens: &[Token], candidates: &mut Vec<Candidate>) {
    let wholes: Vec<usize> = candidates.iter().filter_map(|c| c.whole).collect();
    candidates.retain(|c| {
        let before = |i: usize| c.start().checked_sub(i).map(|i| &tokens[i]);
        let opens = before(1).is_some_and(|t| one_of(t, &["the", "les"]))
            && before(2).is_some_and(|t| one_of(t, &["of", "sur", "parmi", "among"]))
            && before(3).is_none_or(|t| !t.is_word())
            && tokens.get(c.end).is_some_and(|t| t.is(","));
        !(opens || (wholes.contains(&c.start()) && c.inner.is_none()))
    });
}

/// "One commando, a sergeant, was killed": the second noun is the first one's rank.
fn drop_appositions(tokens: &[Token], candidates: &mut Vec<Candidate>) {
    let comma = |i: usize| tokens.get(i).is_some_and(|t| t.is(","));
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
    vocabulary: &Vocabulary,
    known: &Knowledge,
) -> Option<(Option<Candidate>, usize)> {
    let bare = is_count_noun(tokens, at + 1, vocabulary);
    if let Some(number) = figure(tokens, at).filter(|n| !(bare && n.end == at)) {
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
        let noun_at = number.end + if again { 3 } else { 0 };
        let phrase = noun_phrase(tokens, noun_at, vocabulary, known);
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
            subset: phrase.part,
            inner,
            whole: phrase.whole,
            taken: Vec::new(),
        };
        return Some((Some(candidate), next));
    }
    let article = tokens.get(at)?;
    // "un mort et six blessés".
    let again = tokens.get(at + 1).is_some_and(|t| t.is("("))
        && tokens.get(at + 3).is_some_and(|t| t.is(")"));
    let noun = at + if again { 4 } else { 1 };
    if one_of(article, &["un", "une"]) && is_count_noun(tokens, noun, vocabulary) {
        let number = Figure {
            start: at,
            end: noun,
            min: Some(1),
            max: Some(1),
            qualifier: Qualifier::Exact,
        };
        let head = Head::Elided;
        let one = Candidate {
            number,
            end: noun,
            head,
            weak: false,
            subset: false,
            inner: None,
            whole: None,
            taken: Vec::new(),
        };
        return Some((Some(one), noun));
    }
    // "il y a des blessés": some, and no figure.
    let there_are = at > 0
        && (tokens[at - 1].is(",")
            || one_of(
                &tokens[at - 1],
                &[
                    "a", "y", "fait", "font", "et", "compte", "ont", "dont", "avait", "est",
                    "sont", "avoir",
                ],
            ));
    if article.norm == "des" && there_are && is_count_noun(tokens, at + 1, vocabulary) {
        let number =
            Figure { start: at, end: at + 1, min: None, max: None, qualifier: Qualifier::Dozens };
        let head = Head::Elided;
        let some = Candidate {
            number,
            end: at + 1,
            head,
            weak: false,
            subset: false,
            inner: None,
            whole: None,
            taken: Vec::new(),
        };
        return Some((Some(some), at + 1));
    }
    // "a soldier", "the suicide bomber", "another": one person.
    if !one_of(article, &["a", "an", "the", "another", "un", "une", "le", "la", "l"]) {
        return None;
    }
    let phrase = noun_phrase(tokens, at + 1, vocabulary, known);
    let one = match &phrase.head {
        Head::People(nouns) => !phrase.named && nouns.iter().all(|n| n.singular),
        Head::Elided => article.norm == "another",
        Head::Thing => false,
    };
    if !one {
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
        inner: phrase.inner,
        whole: None,
        taken: Vec::new(),
    };
    Some((Some(candidate), end))
}

/// "blessés", "morts": words that count people by themselves.
fn is_count_noun(tokens: &[Token], at: usize, vocabulary: &Vocabulary) -> bool {
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
    sign(before, &["$", "€", "£", "#"])
        || is_clock(tokens, number.start)
        || sign(after, &["%", "$", "€", ":", "°"])
        || unit
        || before.is_some_and(|t| one_of(t, &["aged", "age"]))
}

/// "Paul Noir, 27, died", "six (6) soldiers", "a 12-year-old".
fn is_age_or_repeat(tokens: &[Token], number: &Figure) -> bool {
    let before = |i: usize| number.start.checked_sub(i).map(|i| &tokens[i]);
    let after = tokens.get(number.end);
    let bracketed = before(1).is_some_and(|t| t.is("(")) && after.is_some_and(|t| t.is(")"));
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
fn is_part(tokens: &[Token], candidate: &Candidate) -> bool {
    let follows = |words: &[&str]| {
        tokens
            .get(candidate.number.end..candidate.number.end + words.len())
            .is_some_and(|found| found.iter().zip(words).all(|(t, w)| t.norm == *w))
    };
    follows(&["of", "whom"])
        || follows(&["of", "them"])
        || follows(&["d", "entre", "eux"])
        || follows(&["d", "entre", "elles"])
}

fn including(token: &Token) -> bool {
    one_of(
        token,
        &[
            "including", "included", "among", "dont", "compris", "parmi", "notamment", "includes",
            "comprising", "whom", "mostly",
        ],
    )
}

/// For each token whether somebody is said to say something there.
fn saying(tokens: &[Token], vocabulary: &Vocabulary) -> Vec<bool> {
    let says =
        |i| vocabulary.speech.at(tokens, i).is_some() || vocabulary.by.at(tokens, i).is_some();
    (0..tokens.len()).map(says).collect()
}

struct Scene<'a> {
    tokens: &'a [Token],
    /// For each token whether a verb of saying begins there.
    saying: &'a [bool],
    predicates: &'a [Predicate],
}

impl Scene<'_> {
    /// "27 detained civilians": the predicate inside a noun phrase.
    fn take_inner(&self, candidates: &mut [Candidate], p: usize) {
        let predicate = &self.predicates[p];
        for c in candidates.iter_mut().filter(|c| c.inner == Some(predicate.start)) {
            for measure in self.measures(p) {
                let evidence = c.number.start..c.end.max(predicate.end);
                c.taken.push(Taken { measure, evidence, predicate: p, noun: false, either: false });
                // "the 27 detained civilians": those still held, a part of all.
                c.subset = true;
            }
        }
    }

    fn measures(&self, p: usize) -> Vec<Measure> {
        let mut all: Vec<_> = self.predicates[p].uses.iter().map(|(m, _)| *m).collect();
        all.dedup();
        all.truncate(1);
        all
    }

    fn has(&self, p: usize, form: Form) -> bool {
        self.predicates[p].uses.iter().any(|(_, f)| *f == form)
    }

    /// The predicate that begins at most `gap` tokens after `at`, adverbs and auxiliaries
    /// passed over.
    fn predicate_after(&self, at: usize, gap: usize) -> Option<usize> {
        let p = self.predicates.iter().position(|p| p.start >= at)?;
        let between = &self.tokens[at..self.predicates[p].start];
        let close = between.iter().all(|t| {
            is_be(t)
                || is_adverb(t)
                || t.is_quote()
                || one_of(
                    t,
                    &["others", "more", "autres", "had", "have", "ont", "a", "as", "of", "de", "d"],
                )
        });
        (between.len() <= gap && close).then_some(p)
    }

    /// Whether a predicate looks right from directly before this figure.
    fn has_right_predicate(&self, start: usize) -> bool {
        self.predicates.iter().enumerate().any(|(p, pred)| {
            pred.end <= start
                && self.tokens[pred.end..start].iter().all(|t| t.is_quote())
                && !pred.passive
                && (self.has(p, Form::Gerund)
                    || self.has(p, Form::Active)
                    || self.has(p, Form::NounOf)
                    || (self.has(p, Form::Participle) && !self.is_left_adjacent(p)))
        })
    }

    /// Whether a figure may end directly before this predicate (only by words, no figure is
    /// looked for): used to tell "50 killed 4 captured" from "attackers killed 4".
    fn is_left_adjacent(&self, p: usize) -> bool {
        let Some(before) = self.predicates[p].start.checked_sub(1) else {
            return false;
        };
        figure(self.tokens, before).is_some()
    }

    /// Nothing between the two that ends a clause or says something else.
    fn is_open(&self, range: Range<usize>) -> bool {
        let predicate_inside =
            self.predicates.iter().any(|p| range.start <= p.start && p.end <= range.end);
        let speech = self.saying[range.clone()].contains(&true);
        let closed = self.tokens[range].iter().any(|t| {
            t.is(";")
                || one_of(t, &["that", "while", "but", "although", "mais", "tandis", "whereas"])
        });
        !predicate_inside && !speech && !closed
    }

    /// Whether figure `a` and the later `b` are joined: only "and", commas, places and the
    /// like between them.
    fn is_joined(&self, a: &Candidate, b: &Candidate) -> bool {
        let range = a.end.min(b.start())..b.start();
        let between = &self.tokens[range.clone()];
        let joint = between.iter().any(|t| {
            t.is(",")
                || t.is("(")
                || one_of(
                    t,
                    &["and", "et", "along", "together", "plus", "well", "ainsi", "or", "ou"],
                )
                || including(t)
        });
        let verb = between.iter().any(|t| {
            is_be(t)
                || t.is(")")
                || one_of(
                    t,
                    &[
                        "had", "has", "have", "who", "which", "when", "after", "qui", "lorsque",
                        "ont", "leaving", "laissant", "against", "contre", "before",
                    ],
                )
                || (t.is_word() && !t.capital && t.norm.len() > 4 && t.norm.ends_with("ed"))
        });
        joint && !verb && between.len() <= 14 && self.is_open(range)
    }

    fn take_left(&self, candidates: &mut [Candidate], p: usize) {
        let predicate = &self.predicates[p];
        let leftward = [Form::Participle, Form::Intransitive, Form::CountNoun, Form::State];
        if predicate.active && !self.has(p, Form::Intransitive)
            || !leftward.iter().any(|f| self.has(p, *f))
        {
            return;
        }
        let Some(last) = candidates.iter().rposition(|c| c.end <= predicate.start) else {
            return;
        };
        let nearest = &candidates[last];
        let gap = &self.tokens[nearest.end..predicate.start];
        let shared = self.shares_subject(p, nearest.end);
        let verb_like = predicate.passive || self.has(p, Form::Intransitive);
        let limit = match () {
            () if nearest.weak && !verb_like && !self.follows_leaving(nearest) => 0,
            () if nearest.weak => 8,
            () if verb_like || self.follows_leaving(nearest) => 24,
            () => 2,
        };
        let adjacent = gap.iter().all(|t| {
            is_adverb(t) || t.is_quote() || one_of(t, &["of", "de", "d", "others", "autres"])
        });
        // A long way back over another verb leads to somebody else.
        let other_verb = gap.len() > 6
            && gap
                .iter()
                .any(|t| t.is_word() && !t.capital && t.norm.len() > 4 && t.norm.ends_with("ed"));
        let reaches = gap.len() <= limit
            && !other_verb
            && (verb_like || self.follows_leaving(nearest) || adjacent)
            && (shared || self.is_open(nearest.end..predicate.start));
        if !reaches || (!nearest.taken.is_empty() && !shared) {
            return;
        }
        // "attackers killed two soldiers": what stands right of it is its figure.
        if !predicate.passive && !self.has(p, Form::Intransitive) && self.owns_right(candidates, p)
        {
            return;
        }
        let measures = self.measures(p);
        let mut first = last;
        while first > 0
            && self.is_joined(&candidates[first - 1], &candidates[first])
            && candidates[first - 1].taken.is_empty()
            && !self.has_right_predicate(candidates[first].start())
            && !self.has_right_predicate(candidates[first - 1].start())
            && !(candidates[first - 1].weak && candidates[first].weak && !verb_like)
        {
            first -= 1;
        }
        let evidence = candidates[first].start()..predicate.end;
        let mut part = false;
        for i in first..=last {
            if i > first {
                let between = candidates[i - 1].end..candidates[i].start();
                part |= self.tokens[between].iter().any(including);
            }
            let c = &mut candidates[i];
            c.subset |= part;
            c.taken.extend(measures.iter().map(|m| self.taken(p, *m, evidence.clone())));
        }
    }

    fn taken(&self, predicate: usize, measure: Measure, evidence: Range<usize>) -> Taken {
        let uses = &self.predicates[predicate].uses;
        let noun = uses.iter().all(|(_, f)| matches!(f, Form::CountNoun | Form::State));
        let either = self.is_either(predicate);
        Taken { measure, evidence, predicate, noun: noun && measure == Measure::Killed, either }
    }

    /// "killed or captured": the second predicate has the first one's figures. Those are
    /// counted as the first only; "killed and wounded hundreds" is the right-hand case.
    fn shares_subject(&self, p: usize, from: usize) -> bool {
        let Some(previous) = p.checked_sub(1).map(|i| &self.predicates[i]) else {
            return false;
        };
        let between = &self.tokens[previous.end..self.predicates[p].start];
        previous.start >= from
            && (1..=2).contains(&between.len())
            && between.iter().all(|t| one_of(t, &["and", "et", "then", "puis"]))
    }

    /// "leaving 18 of the militiamen dead".
    fn follows_leaving(&self, c: &Candidate) -> bool {
        self.tokens[..c.start()].iter().rev().take(2).any(|t| {
            one_of(
                t,
                &[
                    "leaving", "left", "leaves", "laissant", "laisse", "fait", "faisant", "found",
                    "saw", "with",
                ],
            )
        })
    }

    /// Whether a figure begins right after this predicate and has no predicate of its own.
    fn owns_right(&self, candidates: &[Candidate], p: usize) -> bool {
        let predicate = &self.predicates[p];
        let nominal = !self.has(p, Form::Participle) && !self.has(p, Form::Active);
        if nominal {
            return false;
        }
        let Some(next) = candidates.iter().find(|c| c.start() >= predicate.end) else {
            return false;
        };
        let gap = &self.tokens[predicate.end..next.start()];
        gap.len() <= 1
            && gap.iter().all(|t| t.is_quote() || one_of(t, &["another", "the", "his", "their"]))
            && self.predicate_after(next.end, 2).is_none_or(|q| {
                // "killed 14 soldiers and …" ends its phrase; "killed 4 captured" does not.
                q <= p
            })
    }

    fn take_right(&self, candidates: &mut [Candidate], p: usize) {
        let predicate = &self.predicates[p];
        let toll = self.has(p, Form::Toll);
        let rightward = toll
            || self.has(p, Form::Gerund)
            || self.has(p, Form::Active)
            || self.has(p, Form::NounOf)
            || (self.has(p, Form::Participle) && !predicate.passive);
        if !rightward {
            return;
        }
        let Some(first) = candidates.iter().position(|c| c.start() >= predicate.end) else {
            return;
        };
        let gap = predicate.end..candidates[first].start();
        let limit = if toll { 10 } else { 4 };
        let conjoined = self.predicates.get(p + 1).is_some_and(|q| q.end <= gap.end);
        let open = conjoined && self.shares_object(p) || self.is_open(gap.clone());
        // "shot them one after another": the object is the pronoun.
        let object =
            self.tokens[gap.clone()].iter().any(|t| one_of(t, &["them", "him", "it", "her"]));
        if object {
            return;
        }
        let comma = self.tokens[gap.clone()].iter().any(|t| t.is(","));
        if gap.len() > limit
            || !(open || toll)
            || (comma && !toll)
            || !candidates[first].taken.is_empty()
        {
            return;
        }
        if candidates[first].weak && gap.len() > 1 {
            return;
        }
        let mut measures = self.measures(p);
        if conjoined && self.shares_object(p) && !self.is_either(p) {
            measures.extend(self.measures(p + 1));
            measures.dedup();
        }
        let mut last = first;
        while !toll
            && last + 1 < candidates.len()
            && candidates[last + 1].taken.is_empty()
            && self.is_joined(&candidates[last], &candidates[last + 1])
            && self.predicate_after(candidates[last + 1].end, 3).is_none_or(|q| {
                self.has(q, Form::Gerund) || self.has(q, Form::Active) || self.has(q, Form::NounOf)
            })
        {
            last += 1;
        }
        let mut part = false;
        for i in first..=last {
            if i > first {
                let between = candidates[i - 1].end..candidates[i].start();
                part |= self.tokens[between].iter().any(including);
            }
            let c = &mut candidates[i];
            c.subset |= part;
            let evidence = predicate.start..c.end;
            c.taken.extend(measures.iter().map(|m| self.taken(p, *m, evidence.clone())));
        }
    }

    /// "killed or captured": at most all of them were killed.
    fn is_either(&self, p: usize) -> bool {
        let next = self.predicates.get(p + 1).filter(|n| n.start == self.predicates[p].end + 1);
        next.is_some_and(|n| {
            n.uses.first().map(|u| u.0) != self.predicates[p].uses.first().map(|u| u.0)
                && one_of(&self.tokens[n.start - 1], &["or", "ou"])
        })
    }

    /// "having killed and wounded hundreds".
    fn shares_object(&self, p: usize) -> bool {
        let Some(next) = self.predicates.get(p + 1) else {
            return false;
        };
        let between = &self.tokens[self.predicates[p].end..next.start];
        between.len() == 1 && one_of(&between[0], &["and", "et", "or", "ou"]) && !next.passive
    }

    /// Figures after "including", "dont" or an opening bracket have the measure of the
    /// figure before; "The victims included a woman and a child" too.
    fn take_included(&self, candidates: &mut [Candidate]) {
        for i in 0..candidates.len() {
            if !candidates[i].taken.is_empty() {
                continue;
            }
            let start = candidates[i].start();
            let led = self.tokens[..start].iter().rev().take(3).any(|t| including(t) || t.is("("));
            let so = start >= 2
                && one_of(&self.tokens[start - 1], &["were", "was"])
                && one_of(&self.tokens[start - 2], &["so", "as"]);
            let joined = i > 0
                && candidates[i - 1].subset
                && !candidates[i - 1].taken.is_empty()
                && self.is_joined(&candidates[i - 1], &candidates[i]);
            let part = is_part(self.tokens, &candidates[i]);
            if !(led || so || joined || part) || (candidates[i].weak && !led && !joined) {
                continue;
            }
            let whole = candidates[..i].iter().rposition(|c| !c.taken.is_empty());
            let taken = match whole {
                Some(w) => {
                    let evidence = candidates[w].start()..candidates[i].end;
                    candidates[w].taken.first().map(|t| Taken { evidence, ..t.clone() })
                }
                None => self.victims_included(start).map(|from| Taken {
                    measure: Measure::Killed,
                    evidence: from..candidates[i].end,
                    predicate: usize::MAX,
                    noun: false,
                    either: false,
                }),
            };
            if let Some(taken) = taken {
                candidates[i].taken.push(taken);
                candidates[i].subset |= !so;
            }
        }
    }

    /// "The victims … included": the token of the noun, when it stands before `at`.
    fn victims_included(&self, at: usize) -> Option<usize> {
        let verb = self.tokens[..at].iter().rposition(including)?;
        self.tokens[..verb].iter().position(|t| {
            one_of(t, &["victims", "dead", "killed", "victimes", "fatalities", "slain", "morts"])
        })
    }

    /// "twelve deaths in Aklaz and 31 in Awkassa": a bare figure joined to one that was taken.
    fn take_elided(&self, candidates: &mut [Candidate]) {
        for i in 1..candidates.len() {
            let (before, rest) = candidates.split_at_mut(i);
            let (a, b) = (&before[i - 1], &mut rest[0]);
            let vague = b.number.qualifier == Qualifier::Dozens;
            let bare = matches!(b.head, Head::Elided) && !b.weak && !vague && b.taken.is_empty();
            let spoken = self.saying.get(b.end) == Some(&true);
            let placed = spoken
                || self.tokens.get(b.end).is_none_or(|t| {
                    one_of(
                        t,
                        &["in", "at", "near", "on", "a", "au", "en", "dans", "from", "outside"],
                    ) || t.is(".")
                });
            let range = a.end..b.start();
            let joint =
                self.tokens[range.clone()].iter().any(|t| t.is(",") || one_of(t, &["and", "et"]));
            if bare && placed && joint && range.len() <= 10 && !a.taken.is_empty() {
                let taken = a.taken.iter().map(|t| Taken {
                    evidence: t.evidence.start..b.end.max(t.evidence.end),
                    ..t.clone()
                });
                b.taken = taken.collect();
            }
        }
    }
}

/// The groups of the figures just before.
#[derive(Debug, Default)]
struct Latest {
    last: Option<(usize, Measure)>,
    /// Those of the last predicate.
    of_predicate: Vec<CasualtyGroup>,
    /// Those of the last run of predicates that say the same ("killed, … killed").
    of_measure: Vec<CasualtyGroup>,
}

impl Latest {
    fn add(&mut self, taken: &Taken, groups: &[CasualtyGroup]) {
        if self.last.is_some_and(|(p, _)| p != taken.predicate) {
            self.of_predicate.clear();
        }
        if self.last.is_some_and(|(_, m)| m != taken.measure) {
            self.of_measure.clear();
        }
        self.of_predicate.extend(groups);
        self.of_measure.extend(groups);
        self.last = Some((taken.predicate, taken.measure));
    }
}

/// Gives each taken figure its group; bare ones have that of the figures before them.
fn resolve(
    tokens: &[Token],
    candidates: Vec<Candidate>,
    before: Option<CasualtyGroup>,
) -> Vec<Count> {
    let mut out: Vec<Count> = Vec::new();
    // Groups of the figures before, to which "and fifteen wounded" leans.
    let mut latest = Latest::default();
    for c in candidates {
        let Some(first) = c.taken.first().cloned() else {
            continue;
        };
        let (nouns, elided) = match c.head {
            Head::People(ref nouns) => (nouns.clone(), false),
            _ => (vec![inherited(&latest, before, &c, &first, tokens)], true),
        };
        let groups = distinct(&nouns, c.number.qualifier);
        if !c.subset {
            latest.add(&first, &groups);
        }
        for taken in &c.taken {
            let evidence = taken.evidence.start.min(c.number.start)..taken.evidence.end.max(c.end);
            let exact = c.number.qualifier == Qualifier::Exact && taken.either;
            let (min, qualifier) =
                if exact { (None, Qualifier::UpTo) } else { (c.number.min, c.number.qualifier) };
            for group in &groups {
                out.push(Count {
                    measure: taken.measure,
                    group: *group,
                    victims: nouns.iter().filter_map(|n| n.victim.clone()).collect(),
                    min,
                    max: c.number.max,
                    qualifier,
                    subset: c.subset,
                    elided,
                    figure: c.number.start..c.end,
                    evidence: evidence.clone(),
                });
            }
        }
    }
    out
}

/// "several Malian and Wagner troops" counts both; "25 Malian and Wagner troops" is one
/// number of both together.
fn distinct(nouns: &[Noun], qualifier: Qualifier) -> Vec<CasualtyGroup> {
    let mut groups: Vec<_> = nouns.iter().map(|n| n.group).collect();
    groups.dedup();
    match (groups.len(), qualifier) {
        (1, _) | (_, Qualifier::Dozens) => groups,
        _ => vec![CasualtyGroup::Total],
    }
}

/// Whom a bare figure counts: as the figures of the predicate before it in the sentence, else
/// as those of the sentence before. "77 dead" and "hundreds" lean on nothing.
fn inherited(
    latest: &Latest,
    before: Option<CasualtyGroup>,
    candidate: &Candidate,
    taken: &Taken,
    tokens: &[Token],
) -> Noun {
    let vague = candidate.number.qualifier == Qualifier::Dozens;
    // "one fighter dead and one injured" leans on the fighter; "5 mercenaries killed, 7 soldiers
    // killed, dozens wounded" on both.
    let joined = candidate.start() > 0 && one_of(&tokens[candidate.start() - 1], &["and", "et"]);
    let groups = if joined { &latest.of_predicate } else { &latest.of_measure };
    let group = match groups.as_slice() {
        [] if taken.noun => None,
        [first, rest @ ..] if rest.iter().all(|g| g == first) => Some(*first),
        [_, ..] => Some(CasualtyGroup::Total),
        [] if vague => None,
        [] => before,
    };
    Noun { group: group.unwrap_or(CasualtyGroup::Total), victim: None, singular: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::token::tokens;
    use std::sync::LazyLock;

    static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&KNOWN));

    /// "killed soldiers 15; wounded soldiers 4 part".
    fn read(text: &str) -> String {
        let all = counts(&tokens(text, 0..text.len()), &VOCABULARY, &KNOWN, None);
        let words = all.iter().map(|c| {
            let number = match (c.min, c.max) {
                (Some(a), Some(b)) if a == b => a.to_string(),
                (Some(a), Some(b)) => format!("{a}-{b}"),
                (Some(a), None) => format!("{a}+"),
                (None, Some(b)) => format!("<={b}"),
                (None, None) => "some".to_owned(),
            };
            let part = if c.subset { " part" } else { "" };
            format!("{} {} {number}{part}", c.measure.as_str(), c.group.as_str())
        });
        words.collect::<Vec<_>>().join("; ")
    }

    fn check(wrong: &mut Vec<String>, text: &str, expected: &str) {
        let found = read(text);
        if found != expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }

    #[test]
    fn ok_english() {
        let mut wrong = Vec::new();
        for (text, expected) in [
            (
                "The attacks killed fifteen soldiers and six civilians.",
                "killed soldiers 15; killed civilians 6",
            ),
            (
                "Six soldiers were killed and fifteen were injured in the attack.",
                "killed soldiers 6; wounded soldiers 15",
            ),
            (
                "It struck, wounding four in Niono and one in Bapho.",
                "wounded total 4; wounded total 1",
            ),
            (
                "killing two people in the village of Kassela and five in the village of Markacoungo",
                "killed total 2; killed total 5",
            ),
            ("14 killed, 11 wounded", "killed total 14; wounded total 11"),
            ("50 killed 4 captured", "killed total 50; detained total 4"),
            (
                "One French commando, a sergeant, was killed and so were 20 Islamist militants.",
                "killed soldiers 1; killed militants 20",
            ),
            (
                "killing 5 people including 3 MNLA fighters and both bombers",
                "killed total 5; killed rebels 3 part; killed militants 2 part",
            ),
            (
                "At least 7 MNLA fighters along with the suicide bomber were killed in the attack.",
                "killed rebels 7+; killed militants 1",
            ),
            (
                "the death of the two bombers and injuring a Malian soldier and a civilian",
                "killed militants 2; wounded soldiers 1; wounded civilians 1",
            ),
            ("leaving 18 of the militiamen dead", "killed militia 18 part"),
            (
                "left 16 Nigerien soldiers dead, six injured, and one missing",
                "killed soldiers 16; wounded soldiers 6; missing soldiers 1",
            ),
            (
                "13 Chadian soldiers and 65 Islamists were killed during heavy fighting",
                "killed soldiers 13; killed militants 65",
            ),
            (
                "clashes killed several Malian and Wagner troops",
                "killed mercenaries some; killed soldiers some",
            ),
            (
                "Six to nine people were killed in Aklaz and thirty-one in Awkassa.",
                "killed total 6-9; killed total 31",
            ),
            (
                "assessing twelve deaths in Aklaz and 31 in Awkassa",
                "killed total 12; killed total 31",
            ),
            (
                "one Malian soldier shot 20 out of the 27 detained civilians",
                "killed civilians 20 part; detained civilians 27 part",
            ),
            ("Two more detainees were tortured to death.", "killed civilians 2"),
            (
                "The victims of the massacre also included a woman and a child.",
                "killed women 1 part; killed children 1 part",
            ),
            (
                "two civilians lost their lives and three more were hurt",
                "killed civilians 2; wounded civilians 3",
            ),
            (
                "spoke of 25 soldiers killed, four wounded and about sixty missing, against fifteen attackers killed",
                "killed soldiers 25; wounded soldiers 4; missing soldiers 60; killed militants 15",
            ),
            (
                "five Wagner mercenaries and seven Malian soldiers were killed, along with dozens of others injured",
                "killed mercenaries 5; killed soldiers 7; wounded total some",
            ),
            (
                "A car bomb injured 13 UN peacekeepers stationed in a base.",
                "wounded peacekeepers 13",
            ),
            ("Sixteen Tuareg nomads were killed in the village.", "killed civilians 16"),
            ("seventeen Fulani were killed in an attack", "killed civilians 17"),
            ("resulting in the deaths of 11 “terrorists.”", "killed militants 11"),
            (
                "Two French soldiers were killed and another injured",
                "killed soldiers 2; wounded soldiers 1",
            ),
            ("the capture of four combatants", "detained other 4"),
            ("having killed and wounded hundreds", "killed total some; wounded total some"),
            (
                "seventeen civilians were killed in the attacks, with several burned to death in their homes",
                "killed civilians 17; killed civilians some",
            ),
        ] {
            check(&mut wrong, text, expected);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn ok_french() {
        let mut wrong = Vec::new();
        for (text, expected) in [
            ("Quarante-deux militaires maliens ont péri dimanche", "killed soldiers 42"),
            (
                "17 soldats et 4 civils tués, 9 disparus et 7 assaillants abattus",
                "killed soldiers 17; killed civilians 4; missing total 9; killed militants 7",
            ),
            ("Une dizaine de personnes ont été tuées jeudi soir", "killed total 10"),
            (
                "au moins 13 corps déposés à la morgue et deux blessés graves",
                "killed total 13+; wounded total 2",
            ),
            ("l'État islamique y avait tué quatre militaires", "killed soldiers 4"),
            (
                "ne mentionnait que 4 soldats et 2 civils morts",
                "killed soldiers 4; killed civilians 2",
            ),
            ("Le bilan est de 05 morts et 08 blessés", "killed total 5; wounded total 8"),
            (
                "Au moins 38 personnes sont mortes et plusieurs autres ont été blessées",
                "killed total 38+; wounded total some",
            ),
            (
                "sept soldats des FAMa et un chauffeur civil ont trouvé la mort",
                "killed soldiers 7; killed civilians 1",
            ),
            (
                "35 personnes, dont sept militaires, ont été tuées",
                "killed total 35; killed soldiers 7 part",
            ),
            (
                "4 morts (3 militaires et un civil maliens) ainsi que 5 blessés",
                "killed total 4; killed soldiers 3 part; killed civilians 1 part; wounded total 5",
            ),
        ] {
            check(&mut wrong, text, expected);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn figures_that_count_no_casualties_are_left_alone() {
        let mut wrong = Vec::new();
        for text in [
            "150 soldiers attacked with 16 motorcycles and three trucks.",
            "About 100 American troops had been sent to Niger.",
            "The town lies 50 kilometers from Gao, where 12,000 people live.",
            "Sept des seize mausolées ont été détruits.",
            "He was killed on April 24, at 9:30, aged 40.",
        ] {
            check(&mut wrong, text, "");
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
