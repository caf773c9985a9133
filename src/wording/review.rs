//! What a draft says, in words.

use super::Words;
use crate::model::claim::Claim;
use crate::review::difference::Said;

impl Words<'_> {
    /// One thing: "Figure: at least 12 people killed (UN)".
    pub fn said(&self, said: &Said) -> String {
        let (key, value) = match said {
            Said::Title(title) => ("account-title", title.clone()),
            Said::Main(true) => return self.text("said-main"),
            Said::Main(false) => return self.text("said-beside"),
            Said::Date(span) => ("fact-date", self.date(span)),
            Said::Kind(kind) => ("filter-type", self.kind(*kind)),
            Said::Place(place) => match self.place_region(place) {
                Some(region) => ("fact-place", format!("{} ({region})", place.name)),
                None => ("fact-place", place.name.clone()),
            },
            Said::Attribution(attribution) => ("fact-attribution", self.attribution(attribution)),
            Said::Victim(victim) => ("fact-victim", self.victim(&victim.group)),
            Said::Claim(claim) => ("fact-claim", self.claim_of(claim)),
            Said::Words(quote) => ("said-words", quote.clone()),
        };
        self.with("chip", &[("label", &self.text(key)), ("value", &value)])
    }

    /// A figure with whoever gives it: "12 people killed (civilians), according to JNIM".
    fn claim_of(&self, claim: &Claim) -> String {
        let mut text = self.claim(claim);
        if claim.partial {
            text = format!("{text} ({})", self.text("claim-part"));
        }
        if let Some(by) = &claim.claimant {
            let who = self.named(&by.name, by.actor.as_deref());
            text = self.with("said-by", &[("figure", &text), ("who", &who)]);
        }
        match claim.said_on {
            Some(day) => format!("{text}, {}", self.day(day)),
            None => text,
        }
    }

    /// Several, in a row.
    pub fn said_all(&self, all: &[Said]) -> String {
        all.iter().map(|said| self.said(said)).collect::<Vec<_>>().join("; ")
    }
}
