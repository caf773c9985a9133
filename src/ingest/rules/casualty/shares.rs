//! Parts of the dead and hurt named by what they were: "twenty-four of the dead were children",
//! "trois des blessés sont des femmes".

use super::predicate::is_adverb;
use super::{Candidate, Taken};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::number::{Figure, figure};
use crate::ingest::rules::people::{Head, noun_phrase};
use crate::ingest::token::Token;
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::model::claim::{Measure, Qualifier};

/// The rule that finds them.
const RULE: &str = "part of the dead (\"N of the dead were children\")";

/// Words for those to whom it happened.
static DEAD: Words = Words::new(&[
    "dead", "victims", "fatalities", "slain", "deceased", "killed", "morts", "victimes", "tues",
    "tuees", "defunts",
]);
static HURT: Words = Words::new(&["wounded", "injured", "blesses", "blessees"]);

/// What befell those whom a word names.
pub(super) fn befell(token: &Token) -> Option<Measure> {
    match () {
        () if DEAD.has(token) => Some(Measure::Killed),
        () if HURT.has(token) => Some(Measure::Wounded),
        () => None,
    }
}

/// Every such part of a sentence, ready to be counted, and losses that are put without a number.
pub(super) fn shares(
    tokens: &[Token],
    vocabulary: &Vocabulary,
    known: &Knowledge,
) -> Vec<Candidate> {
    (1..tokens.len())
        .filter(|of| one_of(&tokens[*of], &["of", "des"]))
        .filter_map(|of| {
            share(tokens, of, vocabulary, known)
                .or_else(|| losses(tokens, of))
                .or_else(|| belonging(tokens, of, vocabulary, known))
        })
        .collect()
}

/// "acknowledged some loss of life", "reported a significant number of lives lost": that somebody
/// died, by a word that says so of what happened; how many is not said.
fn losses(tokens: &[Token], of: usize) -> Option<Candidate> {
    static OWNED: Words = Words::new(&[
        "acknowledged", "acknowledges", "conceded", "admitted", "reported", "suffered",
        "confirmed", "deplored", "regretted", "deplores", "regrets",
    ]);
    const SOME: &[&str] =
        &["some", "heavy", "significant", "considerable", "major", "a", "serious"];
    let loss = of.checked_sub(1).filter(|i| one_of(&tokens[*i], &["loss", "losses"]))?;
    let end = of + 2;
    let life = tokens.get(of + 1).is_some_and(|t| one_of(t, &["life", "lives"]));
    let start = loss.checked_sub(1).filter(|i| one_of(&tokens[*i], SOME) && life)?;
    let owned = tokens[..start].iter().rev().take(9).any(|t| OWNED.has(t));
    let denied = tokens[..start]
        .iter()
        .any(|t| one_of(t, &["no", "not", "without", "denied", "never", "nor"]));
    if !owned || denied {
        return None;
    }
    let number = Figure { start, end, min: None, max: None, qualifier: Qualifier::Dozens };
    let (measure, predicate, noun) = (Measure::Killed, None, false);
    let taken = Taken { measure, evidence: start..end, predicate, noun, either: false };
    let rule = "losses without a number (\"some loss of life\")";
    Some(Candidate { end, taken: vec![taken], rules: vec![rule], ..Candidate::elided(number) })
}

/// "24 enfants faisaient partie des tués": the part stands before its verb.
fn belonging(
    tokens: &[Token],
    of: usize,
    vocabulary: &Vocabulary,
    known: &Knowledge,
) -> Option<Candidate> {
    const VERBS: &[&str] = &["font", "fait", "faisaient", "faisait"];
    let part = of.checked_sub(1).filter(|i| tokens[*i].norm == "partie")?;
    let verb = part.checked_sub(1).filter(|i| one_of(&tokens[*i], VERBS))?;
    let measure = befell(tokens.get(of + 1)?)?;
    let (number, phrase) = (verb.saturating_sub(6)..verb).find_map(|i| {
        let number = figure(tokens, i)?;
        let phrase = noun_phrase(tokens, number.end, vocabulary, known);
        (phrase.end == verb).then_some((number, phrase))
    })?;
    matches!(&phrase.head, Head::People(_)).then_some(())?;
    let (predicate, noun, either) = (None, false, false);
    Some(Candidate {
        end: phrase.end,
        head: phrase.head,
        subset: true,
        taken: vec![Taken { measure, evidence: number.start..of + 2, predicate, noun, either }],
        rules: vec![RULE],
        ..Candidate::elided(number)
    })
}

/// The part whose "of" stands at a token.
fn share(
    tokens: &[Token],
    of: usize,
    vocabulary: &Vocabulary,
    known: &Knowledge,
) -> Option<Candidate> {
    let article = usize::from(tokens[of].norm == "of");
    let the = |t: &Token| one_of(t, &["the", "those", "these", "its"]);
    if article > 0 && !tokens.get(of + 1).is_some_and(the) {
        return None;
    }
    let noun = of + 1 + article;
    // "Nine of the 12 dead were civilians".
    let noun = figure(tokens, noun).map_or(noun, |whole| whole.end);
    // "of those who died".
    let who = tokens.get(noun).is_some_and(|t| t.norm == "who")
        && tokens.get(noun + 1).is_some_and(|t| one_of(t, &["died", "perished"]));
    let (measure, verb) = match who {
        true => (Measure::Killed, noun + 2),
        false => (befell(tokens.get(noun)?)?, noun + 1),
    };
    const BE: &[&str] = &["was", "were", "is", "are", "sont", "etaient", "etait", "est"];
    tokens.get(verb).filter(|t| one_of(t, BE))?;
    let number = (of.saturating_sub(4)..of)
        .find_map(|i| figure(tokens, i).filter(|n| n.end == of))
        .filter(|n| n.qualifier != Qualifier::Dozens)?;
    let mut from = verb + 1;
    while tokens.get(from).is_some_and(|t| {
        is_adverb(t) || one_of(t, &["des", "de", "d", "a", "an", "un", "une", "from", "the"])
    }) {
        // "were from the Fulani community" is another thing.
        if one_of(&tokens[from], &["from", "the"]) {
            return None;
        }
        from += 1;
    }
    let phrase = noun_phrase(tokens, from, vocabulary, known);
    let denied = tokens[from..phrase.end.max(from)]
        .iter()
        .any(|t| one_of(t, &["not", "pas", "no", "neither", "believed", "said", "thought"]));
    // "were women and children": how many of each is not said.
    let and = tokens.get(phrase.end).is_some_and(|t| one_of(t, &["and", "et", "or", "ou"]))
        && (phrase.end + 1..phrase.end + 3).any(|i| vocabulary.people.at(tokens, i).is_some());
    let named = matches!(&phrase.head, Head::People(nouns) if nouns.len() == 1);
    if !named || denied || and || phrase.part || phrase.inner.is_some() {
        return None;
    }
    let evidence = number.start..phrase.end;
    let (predicate, noun, either) = (None, false, false);
    Some(Candidate {
        end: phrase.end,
        head: phrase.head,
        subset: true,
        taken: vec![Taken { measure, evidence, predicate, noun, either }],
        rules: vec![RULE],
        ..Candidate::elided(number)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_all;

    #[test]
    fn ok_shares() {
        check_all(&[
            ("Twenty-four of the dead were children.", "killed children 24 part"),
            ("Six of the victims were women.", "killed women 6 part"),
            ("Three of those killed were soldiers.", "killed soldiers 3 part"),
            ("Ten of the wounded were children.", "wounded children 10 part"),
            ("Quinze des victimes sont des enfants.", "killed children 15 part"),
            ("Among the 35 who died were 24 children.", "killed total 35; killed children 24 part"),
            ("Among the victims were four women.", "killed women 4 part"),
            ("Vingt-quatre enfants faisaient partie des tués.", "killed children 24 part"),
            (
                "Parmi les morts, on compte six femmes et trois enfants.",
                "killed women 6 part; killed children 3 part",
            ),
            ("The army acknowledged that there had been some loss of life.", "killed total some"),
        ]);
    }

    #[test]
    fn err_shares() {
        check_all(&[
            ("Four of the victims were not soldiers.", ""),
            ("Two of the dead were believed to be soldiers.", ""),
            ("Ten of the dead were women and children.", ""),
            ("Twelve of the wounded were from Boni.", ""),
            ("Among the attackers were six children.", ""),
            ("Six of the houses were burned.", ""),
            ("Vingt-quatre enfants faisaient partie des élèves.", ""),
            ("The ministry reported no loss of life.", ""),
            ("The army denied that there had been some loss of life.", ""),
            ("Some loss of life was feared.", ""),
        ]);
    }
}
