//! Figures that add up to the one before them: "nineteen people had been killed, he said, 18 guests
//! and a gendarme", "106 dead: 49 men of the CMA, 39 of the Platform and 18 soldiers".

use super::Scene;
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::casualty::{Candidate, Taken};
use crate::ingest::rules::people::Head;
use crate::ingest::token::Token;
use crate::model::claim::Qualifier;

/// The most words between one part and the next.
const MAX_BETWEEN: usize = 7;

/// The most parts looked at.
const MAX_PARTS: usize = 6;

impl Scene<'_> {
    /// Exact figures behind an exact one that together are as many are its parts.
    pub(in crate::ingest::rules::casualty) fn take_summed(&self, candidates: &mut [Candidate]) {
        for whole in 0..candidates.len() {
            let Some(taken) = candidates[whole].taken.first().cloned() else { continue };
            let Some(parts) = self.parts_of(candidates, whole, &taken) else { continue };
            for part in &mut candidates[whole + 1..=whole + parts] {
                part.subset = true;
                if part.taken.iter().all(|t| t.measure != taken.measure) {
                    let evidence = taken.evidence.start..part.end;
                    part.taken.push(Taken { evidence, ..taken.clone() });
                }
            }
        }
    }

    /// How many of the figures behind `whole` add up to it; none where they do not.
    fn parts_of(&self, candidates: &[Candidate], whole: usize, taken: &Taken) -> Option<usize> {
        let exact = |c: &Candidate| {
            c.number.max.filter(|_| c.number.qualifier == Qualifier::Exact && !c.subset)
        };
        let wanted = exact(&candidates[whole]).filter(|n| *n > 1)?;
        let mut sum = 0;
        // "two civilians, a man and a woman, were killed": the verb stands behind them.
        let next = candidates.get(whole + 1)?.start();
        let behind = taken.evidence.end > next;
        let end = candidates[whole].end;
        let mut end = if behind { end } else { end.max(taken.evidence.end) };
        for (n, part) in candidates[whole + 1..].iter().take(MAX_PARTS).enumerate() {
            let gap = self.tokens.get(end.min(part.start())..part.start())?;
            // "two bombers and the two occupants of a cart".
            let article = gap.len() > 1
                && gap.last().is_some_and(|t| one_of(t, &["the", "les", "their", "leurs"]));
            let gap = &gap[..gap.len() - usize::from(article)];
            // A sign opens the list, and a sign or "and" stands before each further part.
            let sign = |t: &Token| t.is(",") || t.is(":") || t.is("(") || t.is("–") || t.is("—");
            let joined = match n {
                0 => gap.first().is_some_and(sign) && gap.last().is_some_and(sign),
                _ => gap.last().is_some_and(|t| sign(t) || one_of(t, &["and", "et"])),
            };
            let open =
                joined && gap.len() <= MAX_BETWEEN && gap.iter().all(|t| !t.is(";") && !t.is("."));
            // "one soldier, a civilian who had been taken hostage and five jihadists".
            let relative = self.tokens.get(part.end).is_some_and(|t| one_of(t, &["who", "qui"]));
            let same = relative || part.taken.iter().all(|t| t.measure == taken.measure);
            let people = match part.head {
                Head::Thing => false,
                // "39 of the Platform".
                Head::Elided => part.definite,
                Head::People(_) | Head::Unlisted => true,
            };
            if !(open && same && people) {
                return None;
            }
            sum += part.number.max.filter(|_| part.number.qualifier == Qualifier::Exact)?;
            end = part.end;
            match sum.cmp(&wanted) {
                std::cmp::Ordering::Equal => {
                    // "two civilians, a man and a woman, were killed", but "two soldiers, a guard
                    // and a cook were killed".
                    let closed = self.tokens.get(end).is_some_and(|t| t.is(","));
                    return (n > 0 && (wanted > 2 || closed)).then_some(n + 1);
                }
                std::cmp::Ordering::Greater => return None,
                std::cmp::Ordering::Less => {}
            }
        }
        None
    }
}
