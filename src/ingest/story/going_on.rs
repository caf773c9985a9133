//! Counts that go on in the next sentence: "Selon le communiqué, 25 militaires ont été tués. 60 autres
//! seraient portés disparus.", "Côté FAMa, un mort. Du côté des assaillants, sept ont été neutralisés."

use super::facts::Facts;
use super::quotation::give;
use crate::ingest::lexicon::one_of;
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
        if silent && !last.is_empty() && (is_hearsay(&fact.tokens) || is_other_side(&fact.tokens)) {
            give(known, fact, 0..usize::MAX, &last);
        }
        match fact.told.last() {
            Some(told) => last.clone_from(&told.by),
            None if !silent => last.clear(),
            None => {}
        }
    }
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
