//! Counts that go on in the next sentence: "Selon le communiqué, 25 militaires ont été tués. 60 autres
//! seraient portés disparus.", "Côté FAMa, un mort. Du côté des assaillants, sept ont été neutralisés."

use super::facts::Facts;
use super::quotation::give;
use crate::ingest::lexicon::{any_of, one_of};
use crate::ingest::rules::number::figure;
use crate::ingest::token::Token;
use crate::knowledge::Knowledge;
use crate::model::claim::Claimant;

/// Gives the figures of a sentence in which nobody speaks to whoever gave those of the sentence
/// before, when its words say that it is still their account.
pub(super) fn carry(known: &Knowledge, facts: &mut [Facts]) {
    let mut block = None;
    let mut last: Vec<Claimant> = Vec::new();
    for fact in facts {
        if block != Some(fact.block) {
            block = Some(fact.block);
            last.clear();
        }
        let silent = fact.speeches.is_empty() && fact.announced.is_none();
        if silent && !last.is_empty() && leans(&fact.tokens) {
            give(known, fact, 0..usize::MAX, &last);
        }
        match fact.told.last() {
            Some(told) => last.clone_from(&told.by),
            None if !silent => last.clear(),
            None => {}
        }
    }
}

/// Whether the words of a sentence say that it goes on with the account of the one before.
fn leans(tokens: &[Token]) -> bool {
    is_hearsay(tokens) || is_other_side(tokens) || is_further(tokens)
}

/// "Another twelve were wounded.", "Douze autres ont été blessées.", "Two of them were children.": a
/// count that leans on the one before, with which the sentence opens.
fn is_further(tokens: &[Token]) -> bool {
    let led = usize::from(tokens.first().is_some_and(|t| one_of(t, &["another", "a", "some"])));
    let number = figure(tokens, led).or_else(|| figure(tokens, 0));
    let Some(number) = number else { return false };
    let word = |i: usize, words: &[&str]| tokens.get(i).is_some_and(|t| any_of(t, words));
    let another = word(0, &["another"]) && led == 1;
    let others = word(number.end, &["others", "more", "autres"]);
    let of_them = word(number.end, &["of"]) && word(number.end + 1, &["them", "these", "those"])
        || word(number.end, &["d"]) && word(number.end + 1, &["entre"]);
    another || others || of_them
}

/// "60 autres seraient portés disparus", "il y aurait aussi six blessés": what French puts so is
/// somebody's word.
fn is_hearsay(tokens: &[Token]) -> bool {
    const TOLD: &[&str] = &["seraient", "serait", "auraient", "aurait"];
    const IF: &[&str] = &["si", "sinon", "que", "qu", "pas", "sans"];
    tokens.iter().any(|t| one_of(t, TOLD)) && !tokens.iter().any(|t| one_of(t, IF))
}

/// "Du côté des assaillants, …", "Côté ennemi, …": the other side of a count.
fn is_other_side(tokens: &[Token]) -> bool {
    let side = |i: usize| tokens.get(i).is_some_and(|t| t.norm == "cote");
    let of = tokens.first().is_some_and(|t| t.norm == "du") && side(1);
    let own = tokens.get(2).is_some_and(|t| one_of(t, &["de", "des", "du", "d"]));
    side(0) || of && own
}

#[cfg(test)]
mod tests {
    use crate::ingest::story::tests::{ENGLISH, FRENCH, check};

    #[test]
    fn ok_accounts_that_go_on() {
        check(
            ENGLISH,
            &[(
                "According to a nurse, ten people died. Another twelve were wounded.",
                &["killed total 10 by nurse", "wounded total 12 by nurse"],
            )],
        );
        check(
            FRENCH,
            &[(
                "Selon un infirmier, dix personnes ont été tuées. Douze autres ont été blessées.",
                &["killed total 10 by infirmier", "wounded total 12 by infirmier"],
            )],
        );
    }

    #[test]
    fn err_accounts_of_others() {
        check(
            ENGLISH,
            &[
                (
                    "According to a nurse, ten people died. Two soldiers were killed nearby.",
                    &["killed total 10 by nurse", "killed soldiers 2"],
                ),
                (
                    "According to a nurse, ten people died. Another twelve were wounded, the mayor said.",
                    &["killed total 10 by nurse", "wounded total 12 by mayor"],
                ),
            ],
        );
    }
}
