//! Documents that speak for their authors: "the government's statement", "son rapport".

use super::words::is_anaphor;
use super::{Scene, Speakers};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::date;
use crate::knowledge::actors::Actor;
use crate::model::claim::Claimant;
use std::ops::Range;

impl Scene<'_> {
    /// "An initial report by the Malian army", "the government's statement", "JNIM's video".
    pub(super) fn document(
        &self,
        range: Range<usize>,
        speakers: &mut Speakers,
    ) -> Option<Vec<Claimant>> {
        let noun = (range.start..range.end)
            .find(|i| self.vocabulary.documents.at(self.tokens, *i).is_some())?;
        // "A UN report": a name of the body itself.
        let named = self.actors.iter().find(|a| a.start >= range.start && a.end == noun + 1);
        if let Some(named) = named.filter(|a| !a.short && a.end == range.end) {
            return Some(vec![self.claimant_of(named)]);
        }
        // "un bilan des morts donné par la junte".
        let given = (noun..range.end).find(|i| one_of(&self.tokens[*i], &["by", "par"]));
        let by = given.or_else(|| {
            (noun..range.end).find(|i| {
                // "the inquiry into the events of 19 May" is not May's.
                let dated = date::date(self.tokens, i + 1).is_some();
                !dated && one_of(&self.tokens[*i], &["from", "of", "de", "du", "des", "d"])
            })
        });
        if let Some(by) = by {
            let who = self.who(by + 1..range.end, speakers);
            if !who.is_empty() {
                return Some(who);
            }
        }
        // "according to its own statement": the sentence's own subject.
        let own = range.start.checked_sub(1).is_some_and(|i| {
            one_of(&self.tokens[i], &["its", "their", "sa", "son", "leur", "ses"])
        });
        if let Some(subject) = self.actors.iter().find(|a| a.end < range.start).filter(|_| own) {
            return Some(vec![self.claimant_of(subject)]);
        }
        // "Its communiqué said": of whom the sentence before was about.
        if let Some(subject) = speakers.subject.as_ref().filter(|s| own && !s.person) {
            return Some(vec![subject.who.clone()]);
        }
        let owner = self.actors.iter().find(|a| range.start <= a.start && a.end <= noun);
        if let Some(owner) = owner {
            return Some(vec![self.claimant_of(owner)]);
        }
        // "The group's statement": whoever spoke last.
        let owned = self.tokens[range.start..noun].iter().any(|t| t.is("'s") || t.is("’s"));
        if owned && is_anaphor(&self.tokens[range.start..range.start + 1]) {
            return Some(self.antecedent(range.start..range.start + 1, speakers));
        }
        // A document whose author stands outside the phrase ("diffusé lundi par l'état-major").
        let after = self.actors.iter().find(|a| {
            a.start > range.end
                && a.start < range.end + 8
                && self.tokens[range.end..a.start].iter().any(|t| one_of(t, &["par", "by", "from"]))
        });
        if let Some(author) = after {
            return Some(vec![self.claimant_of(author)]);
        }
        // "un premier décompte s'arrêtait à 18", "an initial toll gave nine": nobody's that is known.
        let some = range.start.checked_sub(1).unwrap_or(range.start);
        let some = one_of(&self.tokens[some], &["un", "une", "a", "an"]);
        let first = one_of(
            &self.tokens[range.start],
            &["premier", "premiere", "initial", "first", "earlier", "previous", "precedent"],
        );
        let by = self.tokens[noun..].iter().take(8).any(|t| one_of(t, &["par", "by", "from"]));
        let count = one_of(
            &self.tokens[noun],
            &["bilan", "decompte", "toll", "tally", "count", "figures", "chiffres", "report"],
        );
        if some && first && count && !by {
            return Some(Vec::new());
        }
        let this = range
            .start
            .checked_sub(1)
            .is_some_and(|i| one_of(&self.tokens[i], &["ce", "cette", "this"]))
            || one_of(&self.tokens[range.start], &["ce", "cette", "this"]);
        let bare = this || self.tokens[range.clone()].iter().filter(|t| t.is_word()).count() <= 4;
        // "l'armée a publié plus tard une déclaration qui indiquait": of whoever put it out.
        if let Some(issuer) = self.put_out(range.start) {
            return Some(vec![self.claimant_of(issuer)]);
        }
        // "selon le dernier bilan gouvernemental".
        let official = ["gouvernemental", "gouvernementale", "gouvernementaux"];
        let words = &self.tokens[range.clone()];
        if words.iter().any(|t| one_of(t, &official)) {
            return Some(self.government());
        }
        // "précise le même communiqué", of another paragraph too.
        let same = words.iter().any(|t| one_of(t, &["meme", "same"]));
        let spoke = || match (&speakers.subject, speakers.last.is_empty() && this) {
            (Some(subject), true) => vec![subject.who.clone()],
            _ => speakers.last.clone(),
        };
        let last = (bare && (same || this || !speakers.stale)).then(spoke);
        // "selon un nouveau bilan officiel": a count says nothing by itself.
        let count = one_of(&self.tokens[noun], &["bilan", "decompte", "toll", "tally", "count"]);
        last.or_else(|| count.then(Vec::new))
    }

    /// "The army later published a new statement that gave": whoever put out the document that the
    /// phrase at `at` names.
    fn put_out(&self, at: usize) -> Option<&ActorFound> {
        const VERBS: &[&str] = &[
            "publie", "publia", "diffuse", "diffusa", "published", "issued", "released", "posted",
        ];
        let near = at.saturating_sub(5)..at;
        let verb = near.into_iter().find(|i| one_of(&self.tokens[*i], VERBS))?;
        self.actors.iter().rfind(|a| a.end <= verb && verb - a.end <= 3)
    }

    /// Whom "gouvernemental" means, in a text on Mali.
    pub(super) fn government(&self) -> Vec<Claimant> {
        let malian = self.known.actors.get("malian-government");
        let claimant = |a: &Actor| Claimant { name: a.name.clone(), actor: Some(a.slug.clone()) };
        malian.map(claimant).into_iter().collect()
    }
}
