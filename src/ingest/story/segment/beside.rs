//! Incidents of the same hours at another place: "Almost at the same time, an army post came under
//! attack at Diafarabé", "Some hours earlier, gunmen had attacked Boni", "…, while two soldiers died
//! in a mine explosion further north".

use super::Teller;
use super::looking_back::NEARBY;
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::date::{self, DateWords};
use crate::ingest::rules::number::small_number;
use crate::ingest::rules::place::{Lies, PlaceFound, PlaceSort, Tie};
use crate::ingest::story::facts::Facts;
use crate::ingest::story::tell::Incident;
use crate::ingest::token::{Token, TokenKind};
use crate::model::claim::CasualtyGroup;

/// "Almost at the same time", "Au même moment", "Some hours earlier", "Quelques heures plus tard",
/// "Earlier in the day": the day of what was told, and another hour of it or the same.
fn opens_with_hour(tokens: &[Token]) -> bool {
    let word = |i: usize, words: &[&str]| tokens.get(i).is_some_and(|t| one_of(t, words));
    let almost = usize::from(word(0, &["almost", "nearly", "presque", "quasiment"]));
    let same = word(almost, &["at", "around"])
        && (almost + 1..almost + 4).any(|i| word(i, &["same"]) && word(i + 1, &["time", "hour"]))
        || word(almost, &["au", "a"])
            && (almost + 1..almost + 3)
                .any(|i| word(i, &["meme"]) && word(i + 1, &["moment", "heure", "instant"]));
    let number = tokens.first().is_some_and(|t| small_number(t).is_some());
    let some = usize::from(word(0, &["a"]) && word(1, &["few"]));
    let several = some == 1
        || number
        || word(0, &["some", "several", "few", "quelques", "plusieurs", "hours", "une"]);
    let unit = usize::from(!word(0, &["hours"])) + some;
    let hours = several && word(unit, &["hours", "hour", "heures", "heure"]) && {
        let plus = usize::from(word(unit + 1, &["plus"]));
        word(
            unit + 1 + plus,
            &["earlier", "later", "before", "tot", "tard", "auparavant", "avant", "apres"],
        )
    };
    let of_day = word(0, &["earlier", "later"])
        && (word(1, &["in"]) && word(2, &["the"]) && word(3, &["day"])
            || word(1, &["that", "the"])
                && (word(2, &["day", "night", "evening"])
                    || word(2, &["same"]) && word(3, &["day", "night", "evening"])))
        || word(0, &["plus"])
            && word(1, &["tot", "tard"])
            && word(2, &["dans", "ce", "le"])
            && (3..5).any(|i| word(i, &["journee", "matinee", "jour", "nuit", "soiree"]));
    same || hours || of_day
}

/// "On the same day, an army post was attacked in the cercle of Goundam".
fn opens_with_same_day(fact: &Facts) -> bool {
    fact.dates.iter().any(|d| {
        d.words == DateWords::SameDay
            && d.start <= 2
            && fact.tokens[d.start..d.end].iter().any(|t| one_of(t, &["same", "meme"]))
            && !fact.tokens.get(d.end).is_some_and(|t| one_of(t, &["as", "que", "of"]))
    })
}

/// "Le même jeudi, l'armée a été attaquée à Youwarou", "The same Friday, …".
fn opens_with_same_weekday(fact: &Facts) -> bool {
    fact.dates.iter().any(|d| {
        matches!(d.words, DateWords::Weekday(_))
            && d.start <= 2
            && fact.tokens[..d.end].iter().any(|t| one_of(t, &["same", "meme"]))
    })
}

/// "Vers 13 h 30, à Niendjela", "At 2 p.m., in Boni": the hour that opens what an entry goes on to tell.
fn opens_with_clock(tokens: &[Token]) -> bool {
    let led = tokens.first().is_some_and(|t| one_of(t, &["vers", "a", "at", "around", "about"]));
    let hour = tokens.get(1).is_some_and(|t| {
        t.kind == TokenKind::Number || t.norm.as_bytes().first().is_some_and(u8::is_ascii_digit)
    });
    let close = tokens.iter().take(11).position(|t| t.is(","));
    led && hour && close.is_some()
}

/// "killed 20 near Gao, while a peacekeeper lost his life in a mine explosion further north": the
/// "while" that opens another incident, by its own words or its own place.
pub(super) fn while_elsewhere(fact: &Facts) -> Option<usize> {
    static AWAY: Words = Words::new(&["elsewhere", "ailleurs"]);
    const SIDES: &[&str] = &["north", "south", "east", "west", "nord", "sud", "est", "ouest"];
    let tokens = &fact.tokens;
    let at = (6..tokens.len()).find(|i| {
        let that = tokens.get(i + 1).is_some_and(|t| one_of(t, &["que", "qu"]));
        tokens[*i].norm == "while"
            || that && one_of(&tokens[*i], &["tandis", "alors"])
            || is_hours_behind(tokens, *i)
    })?;
    let counted = |from: usize, to: usize| {
        let mut told = fact.told.iter().filter(|t| !t.count.subset);
        told.any(|t| (from..to).contains(&t.count.figure.start))
    };
    let away = (at..tokens.len()).any(|i| {
        let side = |n: usize| tokens.get(i + n).is_some_and(|t| one_of(t, SIDES));
        AWAY.has(&tokens[i])
            || one_of(&tokens[i], &["further", "farther"]) && side(1)
            || tokens[i].norm == "plus" && (side(1) || side(2))
    });
    let scene = |from: usize, to: usize| {
        let mut places = fact.places.iter().filter(|p| (from..to).contains(&p.start));
        places.find(|p| p.is_scene() && p.lies != Lies::Area)
    };
    let apart = || match (scene(0, at), scene(at, tokens.len())) {
        (Some(here), Some(there)) => here.key != there.key,
        _ => false,
    };
    (counted(0, at) && counted(at, tokens.len()) && (away || apart())).then_some(at)
}

/// "26 January – Niafunké is attacked by rebels (one dead); Andéramboukane is taken by others", in an
/// entry of a chronology: the sign between two incidents, each with its place and what happened there.
pub(super) fn second_place(fact: &Facts) -> Option<usize> {
    let scene = |from: usize, to: usize| {
        let mut places = fact.places.iter().filter(|p| (from..to).contains(&p.start));
        places.find(|p| {
            p.tie == Tie::At && p.is_named() && matches!(p.lies, Lies::InMali | Lies::Unknown)
        })
    };
    let tells = |from: usize, to: usize| {
        fact.told.iter().any(|t| (from..to).contains(&t.count.figure.start) && !t.count.subset)
            || fact.events.iter().any(|e| (from..to).contains(&e.at))
    };
    let (mut signs, end) =
        ((1..fact.tokens.len()).filter(|i| fact.tokens[*i].is(";")), fact.tokens.len());
    signs.find(|at| {
        let places = scene(0, *at).zip(scene(*at, end));
        // The place opens what is told of it.
        let opens = places.is_some_and(|(_, there)| there.start <= at + 3);
        opens
            && places.is_some_and(|(here, there)| here.key != there.key)
            && fact.dates.iter().all(|d| d.start < *at)
            && tells(0, *at)
            && tells(*at, end)
    })
}

/// "killed at Ber and, a few hours later, several were injured in Konna": the "and" before the hours.
pub(super) fn is_hours_behind(tokens: &[Token], and: usize) -> bool {
    let comma = usize::from(tokens.get(and + 1).is_some_and(|t| t.is(",")));
    one_of(&tokens[and], &["and", "et"])
        && tokens.get(and + 1 + comma).is_some()
        && opens_with_hour(&tokens[and + 1 + comma..])
}

impl Teller<'_> {
    /// Whether the sentence opens with an hour of the day spoken of and names as its place one that is
    /// none of those of what is told.
    pub(super) fn is_hours_apart(&self, fact: &Facts, from: usize) -> bool {
        let survey = self.main.is_none();
        let opens = opens_with_hour(&fact.tokens)
            || opens_with_same_day(fact)
            || opens_with_same_weekday(fact)
            || self.is_of_other_people(fact, from)
            || survey && opens_with_clock(&fact.tokens);
        let Some(told) = self.main.or(self.current).filter(|_| opens) else {
            return false;
        };
        let told = [Some(told), self.current].into_iter().flatten();
        let told: Vec<_> = told.map(|i| &self.incidents[i]).collect();
        let spot = |p: &&PlaceFound| {
            p.start >= from
                && p.tie == Tie::At
                && p.is_named()
                && matches!(p.lies, Lies::InMali | Lies::Unknown)
        };
        let mut scenes = fact.places.iter().filter(spot);
        let placed = told.iter().all(|i| i.keys().next().is_some());
        // "le même jour, un poste de l'armée est attaqué dans le cercle de Goundam".
        let cercle =
            |p: &&PlaceFound| p.start >= from && p.sort == PlaceSort::Cercle && p.tie == Tie::At;
        let mut cercles = fact.places.iter().filter(cercle);
        let main = self.main.map(|m| &self.incidents[m]);
        let far = main.is_some_and(|m| {
            fact.has_cue() && cercles.any(|p| self.is_cercle_elsewhere(m, fact, p))
        });
        far || self.is_of_other_people(fact, from)
            || placed && scenes.any(|p| told.iter().all(|i| !i.is_at(&p.key)))
    }

    /// "Le même jour, l'armée française a annoncé avoir tué quinze jihadistes dans le nord", behind the
    /// telling of peacekeepers killed by a mine at Kidal: the same day, wide of the place, and none of
    /// those whom the main incident counts.
    pub(super) fn is_of_other_people(&self, fact: &Facts, from: usize) -> bool {
        let Some(main) = self.main.map(|m| &self.incidents[m]) else { return false };
        let tokens = &fact.tokens;
        let opens = date::dates(tokens).iter().any(|d| {
            d.words == DateWords::SameDay
                && d.start <= 2
                && tokens[d.start..d.end].iter().any(|t| one_of(t, &["same", "meme"]))
                && !tokens.get(d.end).is_some_and(|t| one_of(t, &["as", "que", "of"]))
        });
        let groups = || {
            let whole = fact.told.iter().filter(|t| !t.count.subset);
            whole.filter(|t| t.count.figure.start >= from).map(|t| t.count.group)
        };
        let parts = || main.parts.iter().take(NEARBY).flat_map(|p| p.told());
        let counted = |group| parts().any(|t| t.count.group == group);
        let apart = fact.places.iter().any(|p| {
            p.start >= from
                && p.is_named()
                && p.tie == Tie::At
                && p.lies != Lies::Abroad
                && !main.is_at(&p.key)
        });
        let known = groups().next().is_some()
            && parts().next().is_some()
            && groups().all(|g| g != CasualtyGroup::Total && !counted(g));
        opens && apart && known && !self.names_main_place(fact)
    }

    /// Whether a cercle lies in no region of the main incident's places.
    fn is_cercle_elsewhere(&self, main: &Incident, fact: &Facts, cercle: &PlaceFound) -> bool {
        let known = self.story.known;
        let bytes = fact.bytes_of(cercle.start..cercle.end);
        let Some(theirs) = known.regions.history(&self.story.text[bytes]) else { return false };
        let homes = main.mentions.iter().flat_map(|m| known.gazetteer.named(&m.name));
        let mut homes = homes.filter_map(|p| p.regions.as_ref()).peekable();
        homes.peek().is_some() && homes.all(|h| h.before_2016 != theirs.before_2016)
    }
}
