//! Places that a sentence does not name again: "there", "its airport", "on the same road".

use super::Teller;
use super::looking_back::NEARBY;
use crate::ingest::lexicon::{Words, any_of, one_of};
use crate::ingest::rules::place::Tie;
use crate::ingest::story::facts::Facts;
use crate::ingest::story::tell::Mention;
use crate::ingest::token::Token;

/// "y avait tué quatre militaires", "killed a dozen soldiers there", "exploded at the airport": a
/// place that was named before.
pub(super) fn is_there(tokens: &[Token]) -> bool {
    static THERE: Words = Words::new(&["there", "y"]);
    static SPOTS: Words = Words::new(&[
        "place", "spot", "site", "area", "endroit", "lieu", "secteur", "zone", "sector", "road",
        "route", "axe", "highway", "track", "piste",
    ]);
    static SITES: Words = Words::new(&[
        "village", "town", "camp", "locality", "localite", "city", "ville", "base", "airport",
        "aeroport", "hotel", "capital", "capitale", "market", "marche", "governorate",
        "gouvernorat", "barracks", "garrison", "garnison", "caserne", "area", "secteur",
        "vicinity",
    ]);
    tokens.iter().enumerate().any(|(n, t)| {
        let before = |words: &[&str]| n > 0 && any_of(&tokens[n - 1], words);
        THERE.has(t)
            || SPOTS.has(t) && before(&["same", "meme"])
            || SITES.has(t)
                && before(&[
                    "the", "le", "la", "l", "this", "same", "meme", "ce", "cette", "its", "sa",
                    "son",
                ])
    })
}

impl Teller<'_> {
    /// The places of an incident, for one that a sentence puts there; "on the same road" is near it.
    pub(super) fn home(&self, incident: usize, fact: &Facts) -> Vec<Mention> {
        const ROADS: &[&str] = &["road", "route", "axe", "highway", "track", "piste"];
        let mut mentions = self.incidents[incident].mentions.clone();
        let same = |w: &[Token]| one_of(&w[0], &["same", "meme"]) && one_of(&w[1], ROADS);
        if fact.tokens.windows(2).any(same) {
            mentions.iter_mut().for_each(|m| m.tie = Tie::Near);
        }
        mentions
    }

    /// The places of an incident that a survey told by its sentences.
    pub(super) fn scenes_of(&self, incident: usize) -> Vec<Mention> {
        let incident = &self.incidents[incident];
        let named = incident.mentions.iter().filter(|m| m.is_named()).cloned();
        let told = incident.parts.iter().rev().take(NEARBY).flat_map(|part| {
            let scenes = part.places().filter(|p| p.is_scene());
            scenes.map(|p| Mention::of(self.story, &part.fact, p))
        });
        named.chain(told).collect()
    }
}
