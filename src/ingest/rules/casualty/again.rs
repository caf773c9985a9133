//! Bare figures that count again what the sentence before counted: "les rebelles en dénombrent
//! 21", "a source gave thirty-one", "the staff acknowledged only seven".

use super::Predicate;
use super::predicate::is_adverb;
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::number::figure;
use crate::ingest::token::Token;
use crate::knowledge::words::Form;
use crate::model::claim::Measure;

/// The words that count again, each as a predicate of what is counted before it in the sentence,
/// or else of `measure`, which the sentence before counted.
pub(super) fn again(
    tokens: &[Token],
    predicates: &[Predicate],
    measure: Option<Measure>,
) -> Vec<Predicate> {
    let counted = |at: usize| {
        let before = predicates.iter().rev().find(|p| p.end <= at);
        before.and_then(|p| p.uses.first()).map(|(measure, _)| *measure).or(measure)
    };
    (0..tokens.len())
        .filter_map(|at| french(tokens, at).or_else(|| english(tokens, at)))
        .filter_map(|(start, end)| {
            let uses = vec![(counted(start)?, Form::Toll)];
            Some(Predicate { start, end, uses, passive: false, active: true })
        })
        .collect()
}

/// "en avaient d'abord annoncé 95", "en dénombrent 21", "en reconnaît finalement 33".
fn french(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    const COUNTING: &[&str] = &[
        "annonce", "annoncent", "denombre", "denombrent", "compte", "comptent", "recense",
        "recensent", "evoque", "evoquent", "reconnait", "reconnaissent", "reconnu", "avance",
        "avancent", "signale", "revendique", "revendiquent", "admet", "admis",
    ];
    let en = tokens.get(at).filter(|t| t.norm == "en" && !t.capital)?;
    let verb = (at + 1..(at + 6).min(tokens.len())).find(|i| one_of(&tokens[*i], COUNTING))?;
    let between = tokens[at + 1..verb].iter().all(|t| {
        is_adverb(t) || one_of(t, &["avait", "avaient", "a", "ont", "d", "abord", "avons"])
    });
    let end = verb + 1 + usize::from(tokens.get(verb + 1).is_some_and(is_adverb));
    let counts = en.is_word() && between && is_bare(tokens, end);
    counts.then_some((verb, end))
}

/// "gave thirty-one", "acknowledged only seven".
fn english(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    static GIVING: Words = Words::new(&[
        "gave", "gives", "counted", "counts", "acknowledged", "acknowledges", "admitted",
        "conceded", "reported", "announced", "claimed", "said", "says",
    ]);
    tokens.get(at).filter(|t| GIVING.has(t))?;
    is_bare(tokens, at + 1).then_some((at, at + 1))
}

/// Whether a number without a noun stands at `at`: a sign or another clause follows it.
fn is_bare(tokens: &[Token], at: usize) -> bool {
    figure(tokens, at).is_some_and(|number| {
        tokens.get(number.end).is_none_or(|t| {
            !t.is_word() && !t.is("-") && !t.is("%")
                || one_of(t, &["and", "while", "but", "et", "mais", "tandis"])
        })
    })
}
