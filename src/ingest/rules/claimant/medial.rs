//! Sayings in the middle of what is said: "Four had fallen, the mayor said, and two were hurt".

use super::{Scene, Speech};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::date;
use crate::ingest::rules::number::figure;

/// The most words between the verb and its comma ("a resident told AFP by telephone on Monday,").
const MAX_TAIL: usize = 7;

/// Words that go on with a count behind the comma.
static GOES_ON: Words = Words::new(&[
    "and", "et", "including", "among", "dont", "parmi", "leaving", "ainsi", "plus", "notamment",
]);

impl Scene<'_> {
    /// What goes on behind the saying is the same speaker's, up to where somebody else speaks.
    pub(super) fn behind(&self, speeches: &[Speech]) -> Vec<Speech> {
        let more = |(i, speech): (usize, &Speech)| {
            let next = speeches.get(i + 1).map_or(self.tokens.len(), |s| s.words.start);
            let scope = self.goes_on_behind(speech, next)?;
            Some(Speech { scope, ..speech.clone() })
        };
        speeches.iter().enumerate().filter_map(more).collect()
    }

    /// The tokens behind a saying that stands after what is said, up to `next`, when they go on
    /// with it.
    fn goes_on_behind(&self, speech: &Speech, next: usize) -> Option<std::ops::Range<usize>> {
        if speech.scope.is_empty() || speech.scope.end > speech.words.start {
            return None;
        }
        // Behind "(three according to the army)" the sentence is the narrator's again.
        let bracket = self.tokens[speech.scope.clone()].iter().any(|t| t.is("(") || t.is(")"));
        let end = speech.words.end;
        let comma = (end..(end + MAX_TAIL).min(next)).find(|i| !self.tokens[*i].is_word())?;
        let plain = self.tokens[comma].is(",")
            && (end..comma).all(|i| self.vocabulary.casualty.at(self.tokens, i).is_none());
        let from = comma + 1;
        let first = self.tokens.get(from).filter(|_| plain && !bracket)?;
        // "…, the mayor said, 18 guests and a gendarme", but not "…, two days after".
        let counted = || {
            let number = figure(self.tokens, from)?;
            const TIMES: &[&str] = &[
                "days", "day", "weeks", "week", "months", "month", "years", "year", "hours",
                "hour", "jours", "semaines", "mois", "ans", "heures", "km", "kilometres",
                "kilometers", "miles",
            ];
            let time = date::date(self.tokens, from).is_some()
                || self.tokens.get(number.end).is_none_or(|t| one_of(t, TIMES));
            (!time).then_some(())
        };
        if !GOES_ON.has(first) && counted().is_none() {
            return None;
        }
        let ends = |i: &usize| {
            self.tokens[*i].is(";")
                || one_of(
                    &self.tokens[*i],
                    &["while", "whereas", "tandis", "but", "mais", "although", "alors"],
                )
        };
        let close = (from..next).find(ends).unwrap_or(next);
        (from < close).then_some(from..close)
    }
}
