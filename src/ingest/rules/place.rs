//! Places named in a text: known ones, unknown ones that the wording shows to be places,
//! regions, cercles and countries.

mod tie;

use super::actor::ActorFound;
use super::date;
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::token::{Token, norm, span};
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use std::ops::Range;

/// What a place name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceSort {
    /// A town, village, site or area: by its name in the gazetteer, when it is in it.
    Named {
        /// Whether the gazetteer has it.
        known: bool,
    },
    /// A region of Mali, by slug.
    Region(String),
    /// A cercle, by name.
    Cercle,
    /// Another country, by ISO code.
    Country(String),
}

/// How the place is tied to what is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// "in", "at": it happened there.
    At,
    /// "near", "50 km north of".
    Near,
    /// "to", "from", "of": it is named, but nothing says that it happened there.
    Other,
}

/// Where a place of some name lies, as far as the gazetteer knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    /// In Mali, at least one of its homonyms.
    InMali,
    /// Only in other countries.
    Abroad,
    /// An area such as "northern Mali": no place that an incident can be put at.
    Area,
    /// The gazetteer has no such name.
    Unknown,
}

/// A place named at tokens `[start, end)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceFound {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// What it stands for.
    pub sort: PlaceSort,
    /// How it is tied in.
    pub tie: Tie,
    /// What stands for all spellings of its name.
    pub key: String,
    /// Where it lies.
    pub lies: Lies,
}

impl PlaceFound {
    /// Whether it is named as the place where something happened.
    pub fn is_scene(&self) -> bool {
        self.is_named() && self.tie != Tie::Other
    }
    /// Whether it is a place rather than a region, cercle or country.
    pub fn is_named(&self) -> bool {
        matches!(self.sort, PlaceSort::Named { .. })
    }
}

/// Words for settlements and sites, before or behind a name.
static SETTLEMENTS: Words = Words::new(&[
    "airport", "aeroport", "resort", "quartier", "district", "neighbourhood", "village",
    "villages", "town", "towns", "city", "cities", "locality", "localities", "commune", "communes",
    "hamlet", "hamlets", "camp", "camps", "market", "ville", "villes", "localite", "localites",
    "hameau", "hameaux", "campement", "campements", "base", "forest", "foret", "site", "area",
    "sector", "secteur", "zone",
]);

/// Words for settlements and sites where "de" and a name follow.
const SETTLEMENTS_OF: &[&str] = &[
    "zone", "secteur", "poste", "localites", "province", "arrondissement", "position", "garnison",
    "checkpoint", "area", "outpost", "garrison", "sector", "post", "ecole", "mosquee", "eglise",
    "commissariat", "gendarmerie", "peage", "caserne", "barracks", "dispensaire", "station",
    "prison", "pont", "bridge",
];

/// What a rule needs to know of the sentence.
pub struct Scene<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The sentence.
    pub tokens: &'a [Token],
    /// Known phrases.
    pub vocabulary: &'a Vocabulary,
    /// What is known.
    pub known: &'a Knowledge,
    /// The actors named in the sentence: a place name inside one is none.
    pub actors: &'a [ActorFound],
    /// Whether names that nothing knows are taken for places after "in" and the like: true in
    /// sentences that tell of an event, and in the place field of an infobox.
    pub unknown: bool,
    /// Whether this is the place field of an infobox, where every name is that of a place.
    pub field: bool,
}

/// Every place of the sentence, in its order.
pub fn places(scene: &Scene<'_>) -> Vec<PlaceFound> {
    let mut out: Vec<PlaceFound> = Vec::new();
    let mut at = 0;
    while at < scene.tokens.len() {
        if let Some(actor) = scene.actors.iter().find(|a| !a.short && a.start <= at && at < a.end) {
            at = actor.end;
            continue;
        }
        // "affiliés à Daech": a group, whether or not it acts.
        if let Some(group) = scene.vocabulary.actors.at(scene.tokens, at) {
            at = group.end;
            continue;
        }
        match scene.place(at, out.last()) {
            Some(found) => {
                at = found.end;
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}

impl Scene<'_> {
    fn place(&self, at: usize, before: Option<&PlaceFound>) -> Option<PlaceFound> {
        let token = &self.tokens[at];
        if !token.is_word() || token.glued {
            return None;
        }
        // "northern Mali" begins small.
        let (end, known) = match self.vocabulary.places.at(self.tokens, at) {
            // "Bamba-Dinnsogou" is not Bamba.
            Some(hit)
                if self.tokens.get(hit.end).is_some_and(|t| t.glued && t.capital)
                    && self.unknown_name(at).is_some_and(|end| end > hit.end) =>
            {
                (self.unknown_name(at)?, false)
            }
            Some(hit) => (hit.end, true),
            None if token.capital => (self.unknown_name(at)?, false),
            None => return None,
        };
        if let Some(region) = self.region(at) {
            return Some(region);
        }
        if let Some(country) = self.country(at) {
            return Some(country);
        }
        if self.is_cercle(at, end) {
            return Some(self.found(at, end, PlaceSort::Cercle));
        }
        let accepted =
            if known { self.accepts_known(at, end) } else { self.accepts_unknown(at, end, before) };
        accepted.then(|| self.found(at, end, PlaceSort::Named { known }))
    }

    fn found(&self, start: usize, end: usize, sort: PlaceSort) -> PlaceFound {
        let (key, lies) = known_as(self.known, &self.words(start..end));
        PlaceFound { start, end, sort, tie: self.tie_of(start, end), key, lies }
    }

    /// "Mopti Region", "the Gao and Mopti regions", "région de Gao".
    fn region(&self, at: usize) -> Option<PlaceFound> {
        let hit = self.vocabulary.regions.at(self.tokens, at)?;
        let is_region = |t: &Token| one_of(t, &["region", "regions"]);
        let after = self.tokens.get(hit.end).is_some_and(is_region)
            || (self.tokens.get(hit.end).is_some_and(|t| one_of(t, &["and", "et", "or"]))
                && self.tokens.get(hit.end + 2).is_some_and(is_region));
        // "les régions de Ménaka et de Gao", "the regions of Ségou, Mopti and Gao".
        let names = |t: &Token| {
            is_region(t)
                || t.capital
                || t.is(",")
                || one_of(t, &["of", "de", "du", "d", "et", "and", "the", "les"])
        };
        let near = self.tokens[..at].iter().rev().take(8).take_while(|t| names(t));
        let beside = self.tokens[..at].iter().rev().take(2).any(is_region);
        let listed = |t: &Token| one_of(t, &["regions"]);
        let of = |t: &Token| is_region(t) || one_of(t, &["of", "de", "du", "d"]);
        let led = self.tokens[..at].iter().rev().take(2).all(of) && beside;
        let before = led || at > 0 && near.into_iter().any(listed);
        if !after && !before {
            return None;
        }
        let end = hit.end + usize::from(self.tokens.get(hit.end).is_some_and(is_region));
        Some(self.found(at, end, PlaceSort::Region(hit.value.clone())))
    }

    fn country(&self, at: usize) -> Option<PlaceFound> {
        let hit = self.vocabulary.countries.at(self.tokens, at)?;
        // "Niger River", "Niger attacks" are no places of their own.
        let river = self.tokens.get(hit.end).is_some_and(|t| one_of(t, &["river", "fleuve"]));
        (!river).then(|| self.found(at, hit.end, PlaceSort::Country(hit.value.clone())))
    }

    fn is_cercle(&self, at: usize, end: usize) -> bool {
        let word = |t: &Token| one_of(t, &["cercle", "cercles", "circle"]);
        let after = self.tokens.get(end).is_some_and(word)
            || (self.tokens.get(end).is_some_and(|t| one_of(t, &["and", "et"]))
                && self.tokens.get(end + 2).is_some_and(word));
        let before = self.tokens[..at]
            .iter()
            .rev()
            .take(2)
            .take_while(|t| word(t) || one_of(t, &["of", "de", "du", "d"]))
            .any(word);
        // "in the cercles of Bankass and Koro".
        let listed = self.tokens[..at]
            .iter()
            .rev()
            .take(7)
            .take_while(|t| {
                t.capital || t.is(",") || one_of(t, &["cercles", "of", "de", "and", "et"])
            })
            .any(|t| one_of(t, &["cercles"]));
        after || before || listed
    }

    /// A known name may also be a common word or part of another name.
    fn accepts_known(&self, at: usize, end: usize) -> bool {
        let name = self.words(at..end);
        let strict = self.known.gazetteer.named(&name).iter().all(|p| p.needs_context);
        let titled = at > 0
            && one_of(
                &self.tokens[at - 1],
                &[
                    "operation", "colonel", "general", "captain", "mr", "president", "ag", "ould",
                    "minister",
                ],
            );
        let part_of_name = self.tokens.get(end).is_some_and(|t| {
            t.glued
                || (t.capital
                    && one_of(t, &["liberation", "declaration", "accord", "agreement", "process"]))
        });
        let placed = self.tie_of(at, end) != Tie::Other
            || self.settlement_before(at)
            || self.settlement_after(end)
            || self.is_relative_scene(end);
        !titled && !part_of_name && (!strict || placed)
    }

    fn words(&self, range: Range<usize>) -> String {
        self.text[span(&self.tokens[range])].to_owned()
    }

    /// One past a run of capitalised words that nothing else claims; at most three.
    fn unknown_name(&self, at: usize) -> Option<usize> {
        let mut end = at;
        while end < self.tokens.len() && end - at < 4 {
            let token = &self.tokens[end];
            let small = token.glued && end > at;
            if !(token.capital || small) || !token.is_word() || self.is_claimed(end) {
                break;
            }
            end += 1;
        }
        (end > at).then_some(end)
    }

    /// Whether a capitalised word is a month, an actor, a person's rank or a common word.
    fn is_claimed(&self, at: usize) -> bool {
        static OTHERS: Words = Words::new(&[
            "the", "a", "an", "on", "in", "at", "it", "they", "he", "she", "this", "these", "that",
            "operation", "region", "cercle", "district", "mali", "malian", "sahel", "africa",
            "west", "islamic", "state", "january", "february", "march", "april", "may", "june",
            "july", "august", "september", "october", "november", "december", "monday", "tuesday",
            "wednesday", "thursday", "friday", "saturday", "sunday", "le", "la", "les", "un",
            "une", "des", "il", "ils", "elle", "ce", "cette", "mr", "general", "colonel",
            "president", "minister", "twitter", "facebook", "telegram", "x", "army", "french",
            "russian", "european", "au", "en", "tuareg", "fulani", "dogon", "peul", "arab",
            "north", "south", "east", "nord", "sud", "est", "ouest", "centre", "northern",
            "southern", "central", "eastern", "western", "near", "between", "around", "outside",
            "entre", "pres", "several", "various", "border", "least", "most", "last", "first",
            "dawn", "night", "nightfall", "noon", "midnight", "present", "around", "total",
        ]);
        let token = &self.tokens[at];
        OTHERS.has(token)
            || crate::ingest::rules::number::is_word_number(token)
            || token.shouted
            || self.actors.iter().any(|a| a.start <= at && at < a.end)
            || self.vocabulary.people.at(self.tokens, at).is_some()
            || self.vocabulary.of_countries.at(self.tokens, at).is_some()
            || date::date(self.tokens, at).is_some()
    }

    /// An unknown name is a place beside a word for one, in a list with another place, or
    /// after "in" where an event is told.
    fn accepts_unknown(&self, at: usize, end: usize, before: Option<&PlaceFound>) -> bool {
        let next = self.tokens.get(end);
        if next.is_some_and(|t| t.is("'s") || t.is("’s")) {
            return false;
        }
        // "mayor of Bankass district Moulaye Guindo said": whoever speaks.
        if end - at >= 2 && self.vocabulary.speech.at(self.tokens, end).is_some() {
            return false;
        }
        let of_event = at >= 2
            && one_of(&self.tokens[at - 1], &["of", "at", "de", "d", "on", "a"])
            && one_of(
                &self.tokens[at - 2],
                &["battle", "siege", "massacre", "bataille", "siege", "attack", "attaque"],
            );
        let scene = self.is_relative_scene(end) && self.unknown;
        if self.settlement_before(at)
            || self.settlement_after(end)
            || (of_event && self.unknown)
            || scene
            // "The attackers reached Dembo, in the commune of Dimbal".
            || (at > 0 && self.is_reached(at - 1) && self.is_attacked(at, end))
        {
            return true;
        }
        if !self.unknown {
            return false;
        }
        if self.field && self.stands_alone(at, end) {
            return true;
        }
        let listed = before.is_some_and(|p| {
            p.is_named()
                && p.tie != Tie::Other
                && at > p.end
                && at - p.end <= 2
                && self.tokens[p.end..at]
                    .iter()
                    .all(|t| t.is(",") || one_of(t, &["and", "et", "ou"]))
        });
        let led = at > 0
            && one_of(
                &self.tokens[at - 1],
                &["in", "at", "near", "outside", "a", "pres", "vers", "around", "between", "entre"],
            )
            && (!self.is_article(at - 1) || next.is_some_and(|t| t.is(",")));
        let spoken = next.is_some_and(|t| t.capital && !t.glued);
        listed || (led && !spoken) || self.is_attacked(at, end)
    }

    /// "fighters attacked Gani-Do, about 30 km from Bandiagara": one word behind what is done to a
    /// village, and a sign or a preposition behind it.
    fn is_attacked(&self, at: usize, end: usize) -> bool {
        let done = at.checked_sub(1).is_some_and(|i| {
            one_of(
                &self.tokens[i],
                &["attacked", "raided", "stormed", "overran", "shelled", "entered", "besieged"],
            )
        });
        let one = self.tokens[at + 1..end].iter().all(|t| t.glued);
        let done = done || at.checked_sub(1).is_some_and(|i| self.is_reached(i));
        let closed = self.tokens.get(end).is_none_or(|t| {
            t.is(",")
                || t.is(".")
                || one_of(t, &["in", "on", "at", "near", "and", "with", "from", "around", "again"])
        });
        done && one && closed
    }

    /// "Gouari, Djimdo and Tanga, Bankass Cercle": a name between the signs that part a list.
    fn stands_alone(&self, at: usize, end: usize) -> bool {
        let parts = |t: &Token| {
            t.is(",")
                || t.is("(")
                || t.is(")")
                || t.is("/")
                || one_of(t, &["and", "et", "or", "ou"])
        };
        let before = at == 0
            || parts(&self.tokens[at - 1])
            || one_of(&self.tokens[at - 1], &["near", "of", "de", "between", "pres"]);
        before && self.tokens.get(end).is_none_or(parts)
    }

    /// "A Mission convoy": the English article, not "à".
    fn is_article(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.norm == "a" && &self.text[token.start..token.end] == "A"
    }

    fn settlement_before(&self, at: usize) -> bool {
        let mut back = self.tokens[..at].iter().rev().take(8).peekable();
        // "villages of Karou, Ouatagouna, and Daoutegeft": over the names of a list.
        let mut of = false;
        let mut crossed = false;
        let mut apposed = false;
        while let Some(token) = back.peek() {
            if SETTLEMENTS.has(token) {
                return of || !crossed || apposed || self.are_some_others(token);
            }
            // "zone de Mourdiah", "poste des FAMa de Mourdiah".
            if of && one_of(token, SETTLEMENTS_OF) {
                return true;
            }
            if one_of(token, &["of", "de", "du", "d", "named", "called", "nomme"]) {
                of = true;
            } else if token.is(",") || one_of(token, &["and", "et"]) {
                crossed = true;
            } else if of && one_of(token, &["des", "fama", "famas", "militaire", "military"]) {
                // "poste des FAMa de Mourdiah".
            } else if crossed && one_of(token, &["voisins", "voisines", "nearby", "neighbouring"]) {
                // "dans deux villages voisins, Ogota et Oimbé".
                apposed = true;
            } else if !(token.capital && (crossed || token.glued)) {
                return false;
            }
            back.next();
        }
        false
    }

    /// "Two other villages, Oura and Tillé, were also attacked": the noun before the comma.
    fn are_some_others(&self, noun: &Token) -> bool {
        let plural = one_of(noun, &["villages", "hamlets", "localities", "hameaux", "localites"]);
        let at = self.tokens.iter().position(|t| t.start == noun.start).unwrap_or_default();
        let near = &self.tokens[at.saturating_sub(2)..at];
        let other = near.iter().any(|t| one_of(t, &["other", "autres"]));
        plural && other && self.tokens.get(at + 1).is_some_and(|t| t.is(","))
    }

    fn settlement_after(&self, end: usize) -> bool {
        // "Sogou Dorkoum, a village close by, was attacked".
        let apposed = self.tokens.get(end).is_some_and(|t| t.is(","))
            && self.tokens.get(end + 1).is_some_and(|t| one_of(t, &["a", "an", "un", "une"]))
            && (end + 2..end + 5)
                .take_while(|i| self.tokens.get(*i).is_some_and(Token::is_word))
                .any(|i| {
                    one_of(&self.tokens[i], &["village", "hamlet", "hameau", "town", "localite"])
                });
        let near = self.tokens.get(end..(end + 2).min(self.tokens.len())).unwrap_or_default();
        apposed
            || match near {
                [first, ..] if SETTLEMENTS.has(first) => true,
                [first, second] => {
                    one_of(first, &["refugee", "military", "army", "joint"])
                        && SETTLEMENTS.has(second)
                }
                _ => false,
            }
    }
}

/// The key of a place name (the same for all its spellings) and where it lies.
fn known_as(known: &Knowledge, name: &str) -> (String, Lies) {
    let all = known.gazetteer.named(name);
    let Some(first) = all.first() else { return (place_key(name), Lies::Unknown) };
    let lies = if all.iter().any(|p| p.country.is_none() && p.regions.is_some()) {
        Lies::InMali
    } else if all.iter().all(|p| p.country.is_some()) {
        Lies::Abroad
    } else {
        Lies::Area
    };
    (place_key(&first.name), lies)
}

/// A name without case, accents, spaces and hyphens.
pub fn place_key(name: &str) -> String {
    norm(name).replace(['-', ' '], "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::rules::actor::{Cast, actors};
    use crate::ingest::token::tokens;
    use std::sync::LazyLock;

    static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&KNOWN));

    fn read(text: &str) -> String {
        places_of(text, false)
    }

    fn places_of(text: &str, field: bool) -> String {
        let tokens = tokens(text, 0..text.len());
        let actors = actors(&tokens, &VOCABULARY, &KNOWN, &mut Cast::default());
        let scene = Scene {
            text,
            tokens: &tokens,
            vocabulary: &VOCABULARY,
            known: &KNOWN,
            actors: &actors,
            unknown: true,
            field,
        };
        let words = places(&scene).into_iter().map(|p| {
            let sort = match p.sort {
                PlaceSort::Named { known: true } => "",
                PlaceSort::Named { known: false } => " unknown",
                PlaceSort::Region(_) => " region",
                PlaceSort::Cercle => " cercle",
                PlaceSort::Country(_) => " country",
            };
            let tie = match p.tie {
                Tie::At => "",
                Tie::Near => " near",
                Tie::Other => " other",
            };
            format!("{}{sort}{tie}", &text[span(&tokens[p.start..p.end])])
        });
        words.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn ok_places() {
        let mut wrong = Vec::new();
        for (text, expected) in [
            ("They opened fire on a market in Hombori, Mali.", "Hombori"),
            (
                "bases in the cities of Sévaré, Niono, and Bapho, all in central Mali's Mopti Region",
                "Sévaré; Niono; Bapho; central Mali; Mopti Region region",
            ),
            (
                "The massacre of four civilians in Inwelane, near Talataye, in February",
                "Inwelane; Talataye near",
            ),
            ("killed in the village of Tchigin Bawel on April 18", "Tchigin Bawel"),
            (
                "in the villages of Karou, Ouatagouna, and Daoutegeft in northern Mali",
                "Karou; Ouatagouna; Daoutegeft; northern Mali",
            ),
            ("in the cercles of Bankass and Koro", "Bankass cercle; Koro cercle"),
            ("positions in Douentza and Ténenkou cercles", "Douentza cercle; Ténenkou cercle"),
            (
                "50 kilometers north of Lerneb in the Timbuktu region",
                "Lerneb near; Timbuktu region region",
            ),
            ("in an attack in Aghay, Niger.", "Aghay; Niger country"),
            (
                "à Kani-Bonzon, dans le cercle de Bankass, au centre du Mali",
                "Kani-Bonzon; Bankass cercle; centre du Mali",
            ),
            ("fighters of Katiba Macina and Operation Barkhane", ""),
            ("The group left for Bamako in March.", "Bamako other"),
            ("fighting between Bamako and the rebels resumed", "Bamako other"),
            ("on the road between Bamako and Ségou", "Bamako near; Ségou near"),
            ("Les blessés ont été évacués sur Sévaré.", "Sévaré other"),
            ("in Mali's capital city of Bamako", "Bamako"),
            ("Hunters ambushed the isolated village of Koumaga.", "Koumaga"),
            ("the mayor of Yoro, where 24 people were killed", "Yoro"),
            ("une attaque non loin de Bandiagara", "Bandiagara near"),
            ("une attaque contre son camp de Boni", "Boni"),
            ("des hommes affiliés à Daech ont attaqué Boni", "Boni"),
            (
                "Le village dogon de Kani-Bonzon, dans le cercle de Bankass a été attaqué",
                "Kani-Bonzon; Bankass cercle",
            ),
            ("dans la zone de Tifolat", "Tifolat"),
            ("Ils ont attaqué vendredi le village peul de Boni.", "Boni"),
            ("in an ambush on the road from Goundam to Timbuktu", "Goundam near; Timbuktu near"),
            ("A Mission convoy hit a mine in Aguelhok.", "Aguelhok"),
            (
                "The attackers reached Dembina, in the commune of Dimbal, and shot.",
                "Dembina; Dimbal",
            ),
            ("The minister reached Dembina, in the commune of Dimbal.", "Dimbal"),
            ("Sogou Dorkoum, a village close by, was also attacked.", "Sogou Dorkoum"),
            ("Oumar Barry, a trader, was also attacked.", ""),
            ("an attack on the police station of Diré", "Diré"),
            ("The convoy had been to Hombori and was on its way back.", "Hombori other"),
        ] {
            let found = read(text);
            if found.replace(" unknown", "") != expected {
                wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn ok_every_name_of_a_place_field() {
        for (text, expected) in [
            (
                "Gouari, Djimdo, and Talakanda, Bankass Cercle, Mali",
                "Gouari other; Djimdo other; Talakanda unknown other; Bankass cercle other",
            ),
            (
                "Takumbaw, Tombouctou Region, Mali",
                "Takumbaw unknown other; Tombouctou Region region other",
            ),
            ("Near Takumbaw, Mali", "Takumbaw unknown near"),
            ("Northern Mali", "Northern Mali other"),
            ("MINUSMA base, Timbuktu, Mali", "Timbuktu"),
        ] {
            assert_eq!(places_of(text, true), expected, "{text}");
        }
    }
}
