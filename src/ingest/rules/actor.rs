//! Actors named in a text. Short names ("the army", "Mali") count only where something makes
//! clear who is meant.

use crate::ingest::lexicon::one_of;
use crate::ingest::token::Token;
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;

/// An actor named at tokens `[start, end)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorFound {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Id in the registry.
    pub slug: String,
    /// Whether it was named by a short name.
    pub short: bool,
}

/// The actors of a document so far: what short names lean on.
#[derive(Debug, Default, Clone)]
pub struct Cast {
    /// Slugs, latest last.
    seen: Vec<String>,
}

impl Cast {
    /// Remembers that an actor was named.
    pub fn see(&mut self, slug: &str) {
        self.seen.retain(|s| s != slug);
        self.seen.push(slug.to_owned());
    }

    /// The actor named last of which `fits` is true.
    pub fn latest(&self, fits: impl Fn(&str) -> bool) -> Option<&str> {
        self.seen.iter().rev().map(String::as_str).find(|s| fits(s))
    }

    /// Whom a short name means: the one of its bearers that was named last; else the Malian
    /// one, in a text on Mali; else the only one.
    pub fn resolve<'a>(&'a self, bearers: &'a [String], known: &'a Knowledge) -> Option<&'a str> {
        let seen = self.latest(|s| bearers.iter().any(|b| b == s));
        let malian = || {
            bearers
                .iter()
                .map(String::as_str)
                .find(|b| known.actors.get(b).is_some_and(|a| a.country.as_deref() == Some("ML")))
        };
        // "France" is its government before its army.
        let government = || {
            let entry = |b: &String| known.actors.get(b);
            let country = bearers.first().and_then(entry).and_then(|a| a.country.as_deref());
            let one_state =
                bearers.iter().all(|b| entry(b).and_then(|a| a.country.as_deref()) == country);
            let speaks = |b: &&String| entry(b).is_some_and(|a| a.forces.is_some());
            bearers
                .iter()
                .find(speaks)
                .filter(|_| one_state && country.is_some())
                .map(String::as_str)
        };
        seen.or_else(malian).or_else(government).or(match bearers {
            [one] => Some(one),
            _ => None,
        })
    }
}

/// Every actor named in the tokens; remembers them in `cast`.
pub fn actors(
    tokens: &[Token],
    vocabulary: &Vocabulary,
    known: &Knowledge,
    cast: &mut Cast,
) -> Vec<ActorFound> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(hit) = vocabulary.actors.at(tokens, at) {
            cast.see(hit.value);
            out.push(ActorFound { start: at, end: hit.end, slug: hit.value.clone(), short: false });
            at = hit.end;
        } else if let Some(hit) = vocabulary.short_actors.at(tokens, at) {
            // "the French" in "the French Army": the full name goes first.
            if (at + 1..hit.end).any(|i| vocabulary.actors.at(tokens, i).is_some()) {
                at += 1;
                continue;
            }
            let slug = cast.resolve(hit.value, known).map(str::to_owned);
            if let Some(slug) = slug.filter(|_| is_acting(tokens, at, hit.end, vocabulary)) {
                out.push(ActorFound { start: at, end: hit.end, slug, short: true });
            }
            at = hit.end;
        } else {
            at += 1;
        }
    }
    out
}

/// A country's or city's name is an actor only where it acts ("Mali denied"), not where it
/// is a place ("in Mali", "Hombori, Mali"). Other short names are always meant.
fn is_acting(tokens: &[Token], start: usize, end: usize, vocabulary: &Vocabulary) -> bool {
    let names_country = end == start + 1
        && tokens[start].capital
        && one_of(
            &tokens[start],
            &[
                "mali", "france", "bamako", "niger", "chad", "tchad", "russia", "russie", "moscow",
                "moscou", "algeria", "algerie", "paris", "niamey", "togo", "germany", "allemagne",
            ],
        );
    if !names_country {
        return true;
    }
    let led = start.checked_sub(1).is_some_and(|i| {
        tokens[i].is(",")
            || one_of(
                &tokens[i],
                &[
                    "in", "of", "from", "to", "near", "northern", "southern", "central", "eastern",
                    "western", "across", "within", "throughout", "du", "au", "le", "en", "dans",
                    "de", "nord", "sud", "leave", "left", "with", "and", "for", "a",
                ],
            )
    });
    // "accused France of": the one accused.
    let accused = start > 0
        && one_of(
            &tokens[start - 1],
            &[
                "accused", "accuses", "accusing", "accuse", "accusent", "blamed", "blames",
                "blaming",
            ],
        );
    if accused {
        return true;
    }
    let Some(next) = tokens.get(end) else {
        return false;
    };
    let joined = one_of(next, &["and", "et"])
        && tokens.get(end + 1).is_some_and(|t| t.capital)
        && vocabulary.actors.at(tokens, end + 1).is_some();
    let acts = vocabulary.speech.at(tokens, end).is_some()
        || one_of(
            next,
            &[
                "denied", "denies", "accused", "blamed", "launched", "did", "backed", "instead",
                "also", "has", "had", "killed", "attacked", "carried", "conducted", "began",
                "refused", "rejected", "a",
            ],
        );
    (!led || one_of(&tokens[start - 1], &["and"])) && (acts || joined)
}
