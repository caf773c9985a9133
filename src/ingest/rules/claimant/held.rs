//! French sayings that hold a count down: "s'en était tenue à deux", "en était resté à 38", "n'avait
//! d'abord parlé que de trois tués".

use super::Scene;
use crate::ingest::lexicon::{Hit, Words, one_of};
use crate::ingest::rules::number::figure;

impl Scene<'_> {
    /// The words from "s'en" to the preposition before the number.
    pub(super) fn held_to(&self, at: usize) -> Option<Hit<'static, ()>> {
        static HELD: Words = Words::new(&[
            "tient", "tiennent", "tenait", "tenaient", "tenu", "tenue", "tenus", "tenues", "reste",
            "restent", "restait", "restaient", "restee", "restes", "restees", "arrete", "arretait",
        ]);
        const BETWEEN: &[&str] =
            &["est", "etait", "etaient", "sont", "d", "abord", "encore", "alors", "toujours"];
        if !one_of(&self.tokens[at], &["en", "s"]) {
            return None;
        }
        // "s'en tenait", "en restait", "s'arrêtait".
        let own = self.tokens[at].norm == "s";
        let en = self.tokens.get(at + 1).is_some_and(|t| t.norm == "en");
        let from = at + 1 + usize::from(own && en);
        let verb = (from..(from + 4).min(self.tokens.len()))
            .find(|i| !one_of(&self.tokens[*i], BETWEEN))
            .filter(|i| HELD.has(&self.tokens[*i]))?;
        let stays = self.tokens[verb].norm.starts_with("rest");
        let stops = self.tokens[verb].norm.starts_with("arret");
        let fits = if stays { !own } else { own && (stops || en) };
        let to = (verb + 1..(verb + 4).min(self.tokens.len()))
            .find(|i| self.tokens[*i].norm == "a" && figure(self.tokens, i + 1).is_some())?;
        fits.then_some(Hit { start: at, end: to + 1, value: &() })
    }

    /// "n'avait d'abord parlé que de trois tués", "n'en déplore que quatre": the words from the
    /// negation to the preposition or "que".
    pub(super) fn only_spoke_of(&self, at: usize) -> Option<Hit<'static, ()>> {
        static SPOKE: Words = Words::new(&["parle", "parlent", "parlait", "parlaient"]);
        static COUNTS: Words = Words::new(&[
            "deplore", "deplorent", "compte", "comptent", "comptait", "recense", "recensent",
            "denombre", "denombrent", "reconnait", "reconnaissent", "reconnaissait", "reconnu",
            "admet", "admis", "annonce", "annoncent",
        ]);
        const BETWEEN: &[&str] = &[
            "a", "ont", "avait", "avaient", "d", "abord", "alors", "initialement", "encore", "en",
        ];
        if !one_of(&self.tokens[at], &["n", "ne"]) {
            return None;
        }
        let verb = (at + 1..(at + 6).min(self.tokens.len()))
            .find(|i| !one_of(&self.tokens[*i], BETWEEN))
            .filter(|i| SPOKE.has(&self.tokens[*i]) || COUNTS.has(&self.tokens[*i]))?;
        let only = (verb + 1..(verb + 4).min(self.tokens.len()))
            .find(|i| one_of(&self.tokens[*i], &["que", "qu"]))?;
        let of = self.tokens.get(only + 1).is_some_and(|t| one_of(t, &["de", "d"]));
        let end = only + 1 + usize::from(of);
        let fits = of == SPOKE.has(&self.tokens[verb]) && figure(self.tokens, end).is_some();
        fits.then_some(Hit { start: at, end, value: &() })
    }
}
