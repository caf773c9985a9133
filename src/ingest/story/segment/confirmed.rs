//! Figures that somebody else gives too: "The MSA corroborated this", "Another resident gave the same
//! figure", "Ce bilan a été confirmé par".

use super::Teller;
use crate::ingest::lexicon::one_of;
use crate::ingest::story::facts::{Facts, Told, is_killed};
use crate::model::claim::{Claimant, Measure};
use std::rc::Rc;

impl Teller<'_> {
    /// "Another resident gave the same figure", "The ministry in Lomé gave the same toll": the figures
    /// of the sentence before are theirs too.
    fn same_toll(&mut self, fact: &Facts) -> bool {
        const TOLLS: &[&str] =
            &["toll", "figure", "figures", "number", "bilan", "chiffre", "chiffres", "count"];
        let same = fact
            .tokens
            .windows(2)
            .position(|w| one_of(&w[0], &["same", "meme", "memes"]) && one_of(&w[1], TOLLS));
        let Some(same) = same.filter(|_| fact.told.is_empty()) else { return false };
        let denied = fact.tokens[..same].iter().any(|t| one_of(t, &["not", "pas", "never"]));
        let whole = one_of(&fact.tokens[same + 1], &["toll", "bilan"]);
        let speech = fact.speeches.iter().find(|s| s.words.end <= same + 1 && !denied);
        // "The CMA arrived at the same number of deaths".
        let opens = || {
            let arrived = fact.tokens[..same]
                .iter()
                .any(|t| one_of(t, &["arrived", "came", "reached", "arrive", "parvient"]));
            let actor = fact.actors.iter().find(|a| a.start <= 1 && a.end < same);
            let actor = self.story.known.actors.get(&actor.filter(|_| arrived)?.slug)?;
            Some(vec![Claimant { name: actor.name.clone(), actor: Some(actor.slug.clone()) }])
        };
        let who = speech.map(|s| s.speakers.clone()).or_else(opens).unwrap_or_default();
        let Some(target) = self.current.or(self.main).filter(|_| !who.is_empty() && !denied) else {
            return false;
        };
        let end = fact.bytes().end;
        let Some(part) = self.incidents[target].parts.last_mut() else { return false };
        let fits = |t: &&Told| {
            !t.count.subset && !t.count.group.is_part_of_another() && (whole || is_killed(t))
        };
        let repeated: Vec<Told> = self
            .last
            .iter()
            .filter(fits)
            .map(|t| Told {
                by: who.clone(),
                said_on: None,
                bytes: t.bytes.start..end,
                count: t.count.clone(),
            })
            .collect();
        Rc::make_mut(&mut part.fact).told.extend(repeated);
        true
    }

    /// "The MSA corroborated this": the figures before are theirs too.
    pub(super) fn corroborate(&mut self, fact: &Facts) {
        if self.same_toll(fact) {
            return;
        }
        let Some(verb) = fact.tokens.iter().position(|t| {
            one_of(
                t,
                &[
                    "corroborated", "confirmed", "backed", "corrobore", "confirme", "echoed",
                    "confirment", "confirms", "corroborent",
                ],
            )
        }) else {
            return;
        };
        let toll = fact.tokens[verb + 1..].iter().take(4).any(|t| {
            one_of(
                t,
                &["toll", "figure", "figures", "number", "bilan", "chiffre", "chiffres", "count"],
            )
        });
        // "Ce bilan a été confirmé par une source au sein d'une ONG".
        let passive = fact.announced.is_some()
            && fact.tokens[verb.saturating_sub(4)..verb]
                .iter()
                .any(|t| one_of(t, &["toll", "figure", "figures", "bilan", "chiffre", "count"]));
        let this = fact.tokens.get(verb + 1).is_some_and(|t| t.norm == "this")
            && fact.tokens.get(verb + 2).is_some_and(|t| !t.is_word() || t.norm == "and");
        let who: Vec<Claimant> = fact
            .speeches
            .iter()
            .filter(|s| {
                s.words.contains(&verb)
                    || s.words.end == verb
                    || s.words.start <= verb && verb <= s.words.end
            })
            .flat_map(|s| s.speakers.clone())
            .chain(fact.announced.iter().filter(|_| passive).flatten().cloned())
            .collect();
        let denied = fact.tokens[..verb]
            .iter()
            .rev()
            .take(4)
            .any(|t| one_of(t, &["not", "pas", "nor", "never", "neither", "ni", "jamais"]));
        // "a confirmé le chiffre de sept morts": the figure stands there.
        let given = fact.told.iter().any(|t| is_killed(t) && !t.count.subset);
        let told = (toll && !given || this || passive) && !denied;
        let Some(target) = self.current.or(self.main).filter(|_| told) else {
            return;
        };
        let end = fact.bytes().end;
        let part = self.incidents[target].parts.last_mut();
        let Some(part) = part else { return };
        let repeated: Vec<Told> = self
            .last
            .iter()
            .filter(|t| is_killed(t) && !t.count.subset)
            .map(|t| Told {
                by: who.clone(),
                said_on: None,
                bytes: t.bytes.start..end,
                count: t.count.clone(),
            })
            .filter(|t| !t.by.is_empty() && t.count.measure == Measure::Killed)
            .collect();
        Rc::make_mut(&mut part.fact).told.extend(repeated);
    }
}
