//! Figures of people who are not counted: those who speak, running counts, the whole of which a part
//! is counted, and names of one and the same person.

use crate::ingest::lexicon::one_of;
use crate::ingest::rules::casualty::predicate::is_be;
use crate::ingest::rules::casualty::{Candidate, Predicate};
use crate::ingest::rules::people::Head;
use crate::ingest::token::Token;
use crate::ingest::vocabulary::Vocabulary;
use crate::model::claim::Measure;

/// "…, two residents and a local official told a news agency": those who speak behind a comma are
/// not counted.
pub(super) fn drop_speakers(
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
        // "…, a indiqué le maire, et cinq autres": nor those behind the verb.
        let inverted = |i: usize| {
            let after_sign = i > 0 && (tokens[i - 1].is(",") || tokens[i - 1].is_quote());
            let hit = vocabulary.speech.at(tokens, i).filter(|_| after_sign);
            let adds = |t: &Token| t.norm.ends_with("ing") || t.norm.ends_with("ant");
            hit.is_some_and(|hit| hit.end == c.start() && !adds(&tokens[hit.end - 1]))
        };
        let behind = c.weak && (c.start().saturating_sub(3)..c.start()).any(inverted);
        !(people && (led && verb.is_some() || quoted) || behind)
    });
}

/// "bringing to 17 the number of soldiers killed", "porte à 17 le nombre": a count that goes on.
pub(super) fn drop_running_counts(
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

/// "Five of the 100 soldiers were killed", "Of the 40 passengers, 12 died": the larger number
/// is counted by no predicate but one of its own ("the 27 detained civilians").
pub(super) fn drop_wholes(
    tokens: &[Token],
    predicates: &[Predicate],
    candidates: &mut Vec<Candidate>,
) {
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
pub(super) fn drop_appositions(tokens: &[Token], candidates: &mut Vec<Candidate>) {
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

#[cfg(test)]
mod tests {
    use crate::ingest::rules::casualty::tests::check_all;

    #[test]
    fn ok_speakers_are_not_counted() {
        check_all(&[
            (
                "Dix personnes ont été tuées, a indiqué le maire, et cinq autres blessées.",
                "killed total 10; wounded total 5",
            ),
            (
                "Ten people were killed, said a resident, and five were wounded.",
                "killed total 10; wounded total 5",
            ),
            ("The army said a soldier was killed.", "killed soldiers 1"),
            ("The army spoke again, saying a soldier was killed.", "killed soldiers 1"),
        ]);
    }
}
