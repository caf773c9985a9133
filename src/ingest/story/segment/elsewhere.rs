//! Whether a sentence tells of another place, another kind of event or another country.

use super::Teller;
use super::looking_back::{NEARBY, has_own_time, is_separate};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::date::{self, DateFound, DateWords};
use crate::ingest::rules::number::is_word_number;
use crate::ingest::rules::place::{Lies, PlaceFound, PlaceSort, Tie};
use crate::ingest::story::facts::{Event, Facts};
use crate::ingest::story::tell::{Incident, Mention};
use crate::ingest::token::{Token, TokenKind};
use crate::knowledge::actors::ActorKind;
use crate::knowledge::words::EventWord;
use crate::model::incident::Stance;

/// "had been killed", "had killed", "avaient été tués": before what is told.
fn is_long_past(fact: &Facts) -> bool {
    fact.told.iter().any(|t| {
        fact.tokens[t.count.evidence.start.min(t.count.figure.start)..t.count.evidence.end]
            .iter()
            .chain(&fact.tokens[t.count.evidence.start.saturating_sub(1)..t.count.evidence.start])
            .any(|t| one_of(t, &["had", "avait", "avaient"]))
    })
}

/// "in western Niger", "two villages of western Niger".
fn is_side_of_country(fact: &Facts, place: &PlaceFound) -> bool {
    const SIDES: &[&str] = &[
        "western", "eastern", "northern", "southern", "central", "northwestern", "northeastern",
        "southwestern", "southeastern", "neighbouring", "neighboring",
    ];
    matches!(place.sort, PlaceSort::Country(_))
        && place.start >= 2
        && one_of(&fact.tokens[place.start - 1], SIDES)
        && one_of(&fact.tokens[place.start - 2], &["in", "of"])
}

/// "une seconde frappe a visé un campement à Albouhera": where it names a place, another attack.
pub(super) fn is_second_strike(tokens: &[Token]) -> bool {
    tokens.windows(2).any(|w| {
        one_of(&w[0], &["second", "seconde", "deuxieme", "another", "autre", "third"])
            && one_of(&w[1], &["frappe", "strike", "airstrike"])
    })
}

/// "17 morts : quatorze à Boya, trois à Gaina": a toll by the places where they died.
fn is_by_places(fact: &Facts) -> bool {
    let counted = |p: &&PlaceFound| {
        let number = p.start.checked_sub(2).map(|i| &fact.tokens[i]);
        number.is_some_and(|t| t.kind == TokenKind::Number || is_word_number(t))
            && one_of(&fact.tokens[p.start - 1], &["a", "in", "at"])
    };
    fact.places.iter().filter(counted).count() >= 2
}

impl Teller<'_> {
    /// Whether an event is put at a named place that is not the main incident's.
    pub(super) fn is_put_elsewhere(&self, fact: &Facts, from: usize) -> bool {
        let main = self.main.map(|m| &self.incidents[m]);
        let event = fact.events.iter().any(|e| e.at >= from);
        let mut scenes = fact.places.iter().filter(|p| p.start >= from && p.is_scene());
        event && scenes.any(|p| p.lies != Lies::Area && main.is_none_or(|m| !m.has_place(&p.key)))
    }

    /// Whether the sentence puts its event at a place that is not the main incident's: with
    /// figures of its own or said to be separate.
    pub(super) fn elsewhere(&self, fact: &Facts, from: usize) -> bool {
        let separate = is_separate(&fact.tokens);
        let Some(main) = self.main.map(|m| &self.incidents[m]) else {
            let apart = separate && self.current.is_some();
            return apart || self.is_hours_apart(fact, from);
        };
        let others: Vec<_> = fact
            .places
            .iter()
            .filter(|p| p.start >= from)
            .filter(|p| !matches!(p.sort, PlaceSort::Country(_) | PlaceSort::Region(_)))
            .filter(|p| !main.has_place(&p.key))
            // "a former worker of the mission in Kidal said": where whoever speaks is.
            .filter(|p| !self.is_of_speaker(fact, p.start))
            .collect();
        let at_home = fact.places.iter().any(|p| p.is_named() && main.has_place(&p.key));
        // "In another incident, an attack on villages of the south claimed two lives".
        let apart = separate
            && is_separate(&fact.tokens[..fact.tokens.len().min(5)])
            && fact.dates.iter().any(|d| self.calendar.clone().resolve(d).is_some())
            && fact.told.iter().any(|t| t.count.figure.start >= from && !t.count.subset);
        // "Elsewhere, gunmen kidnapped three aid workers in the Gao region".
        let apart = apart || self.opens_elsewhere(main, fact);
        if at_home || others.is_empty() || is_by_places(fact) {
            return apart && !at_home;
        }
        let counted = fact.told.iter().any(|t| t.count.figure.start >= from && !t.count.subset);
        let named_main = main.mentions.iter().any(Mention::is_named);
        let there = others.iter().any(|p| p.lies != Lies::Area && p.tie == Tie::At);
        let near = others.iter().any(|p| p.lies == Lies::InMali && p.is_scene());
        // "said that 37 civilians had been killed at Koulogon": before what the story is about.
        let known = others.iter().any(|p| p.lies == Lies::InMali && p.tie == Tie::At);
        let before = counted && known && is_long_past(fact);
        let also = fact.tokens.iter().any(|t| one_of(t, &["also", "aussi", "egalement"]));
        // "Another soldier died overnight in an attack on the camp at Mondoro".
        let another = fact.tokens.first().is_some_and(|t| one_of(t, &["another", "un", "une"]))
            && (fact.tokens[0].norm == "another"
                || fact.tokens.get(1).is_some_and(|t| t.norm == "autre"))
            && fact
                .events
                .iter()
                .any(|e| e.at > 0 && one_of(&fact.tokens[e.at - 1], &["an", "a", "une", "un"]));
        let another = another && counted && there;
        let attacked = (also && there && !fact.events.is_empty())
            || others.iter().any(|p| {
                p.start > 0
                    && one_of(
                        &fact.tokens[p.start - 1],
                        &["attacked", "attaque", "shelled", "raided", "stormed"],
                    )
            });
        // In the main incident's own narrative a further village may be a part of it: only
        // another kind of event, or the word "separate", sets it apart.
        // A place of another region, with figures of its own, is another incident.
        let far = counted
            && others.iter().any(|p| p.tie == Tie::At && self.is_far_by_text(main, fact, p));
        // "Last week's attack at Hombori", "The same day, a mine killed two near Djenné".
        let apart = named_main
            && counted
            && has_own_time(fact)
            && others.iter().any(|p| p.lies != Lies::Area && p.tie != Tie::Other);
        separate
            || (there || near) && !fact.dates.is_empty() && is_second_strike(&fact.tokens)
            || named_main && fact.has_cue() && self.is_hours_apart(fact, from)
            || self.is_claimed_far(main, fact)
            || named_main && another
            || far
            || apart
            || named_main && counted && self.is_of_last_week(main, fact)
            || (named_main && attacked)
            || (named_main && before)
            || (named_main && counted && (there || near) && self.is_other_event(fact))
    }

    /// "Last week officials said that more than 40 people were killed in villages in the north", behind
    /// what is told of a day.
    fn is_of_last_week(&self, main: &Incident, fact: &Facts) -> bool {
        let dates = date::dates(&fact.tokens);
        let found = dates.iter().find(|d| d.words == DateWords::LastWeek && d.start <= 1);
        let Some(found) = found else { return false };
        let of_day = |d: &DateFound| {
            matches!(
                d.words,
                DateWords::Days { .. } | DateWords::Weekday(_) | DateWords::BeforePublication(_)
            )
        };
        let told = main.parts.iter().take(NEARBY).any(|p| p.fact.dates.iter().any(of_day));
        let span = self.calendar.clone().resolve(found);
        let theirs = main.date.as_ref().map(|(_, span)| *span);
        let same = span.zip(theirs).is_some_and(|(a, b)| a.overlaps(&b));
        let put = fact.places.iter().any(|p| p.is_named() && p.tie == Tie::At);
        told && !same && put
    }

    /// Whether "Elsewhere", "Ailleurs" opens a sentence that counts people in a region which is not the
    /// main incident's.
    fn opens_elsewhere(&self, main: &Incident, fact: &Facts) -> bool {
        let opens = fact.tokens.iter().take(3).any(|t| one_of(t, &["elsewhere", "ailleurs"]));
        let gazetteer = &self.story.known.gazetteer;
        let other = |slug: &String| {
            let homes = main.mentions.iter().flat_map(|m| gazetteer.named(&m.name));
            let mut homes = homes.filter_map(|p| p.regions.as_ref());
            let home = PlaceSort::Region(slug.clone());
            homes.all(|h| ![&h.before_2016, &h.from_2016, &h.from_2023].contains(&slug))
                && main.mentions.iter().all(|m| m.sort != home)
        };
        opens
            && fact.told.iter().any(|t| !t.count.subset)
            && fact.places.iter().any(|p| match &p.sort {
                PlaceSort::Region(slug) => p.tie == Tie::At && other(slug),
                _ => false,
            })
    }

    /// "a doctor in Gao said": the place at a token says where whoever speaks is.
    fn is_of_speaker(&self, fact: &Facts, at: usize) -> bool {
        let before = at.checked_sub(1).map(|i| &fact.tokens[i]);
        let led =
            before.is_some_and(|t| one_of(t, &["in"]) || &self.story.text[t.start..t.end] == "à");
        led && fact.speeches.iter().any(|s| s.words.contains(&at))
    }

    /// "Vendredi toujours, le Jnim a revendiqué des tirs contre une position de l'armée à Kidal", in a
    /// story on Timbuktu: an attack of a day that another group claims far away.
    pub(super) fn is_claimed_far(&self, main: &Incident, fact: &Facts) -> bool {
        let day = |d: &DateFound| {
            matches!(
                d.words,
                DateWords::Days { .. }
                    | DateWords::Weekday(_)
                    | DateWords::LastWeekday(_)
                    | DateWords::SameDay
                    | DateWords::BeforePublication(_)
            )
        };
        let mut claims = fact.stances.iter().filter(|s| s.stance == Stance::Claimed);
        claims.any(|s| {
            let event = fact.events.iter().any(|e| e.at + 1 >= s.evidence.end);
            let far = |p: &&PlaceFound| {
                p.start > s.evidence.end && p.tie == Tie::At && self.is_far_by_text(main, fact, p)
            };
            event && fact.places.iter().any(|p| far(&p))
        }) && date::dates(&fact.tokens).iter().any(day)
    }

    /// Whether a place lies in no region of the main incident's places, by what is known of it or by
    /// the region named behind it: "Izingaz, in the Ménaka region".
    fn is_far_by_text(&self, main: &Incident, fact: &Facts, place: &PlaceFound) -> bool {
        if self.is_far(main, &place.key) {
            return true;
        }
        let next = fact.places.iter().find(|p| p.start >= place.end);
        let Some(PlaceSort::Region(stated)) = next.map(|p| &p.sort) else { return false };
        let beside = next.is_some_and(|p| p.start - place.end <= 5);
        // Regions were parted: the town of Ménaka lay in that of Gao before.
        let gazetteer = &self.story.known.gazetteer;
        let homes = main.mentions.iter().flat_map(|m| gazetteer.named(&m.name));
        let mut homes = homes.filter_map(|p| p.regions.as_ref()).peekable();
        let named = main.mentions.iter().any(|m| m.sort == PlaceSort::Region(stated.clone()));
        beside
            && !named
            && homes.peek().is_some()
            && homes.all(|h| ![&h.before_2016, &h.from_2016, &h.from_2023].contains(&stated))
    }

    /// Whether a place lies in no region of the main incident's places; false when it is not
    /// known.
    pub(super) fn is_far(&self, main: &Incident, key: &str) -> bool {
        let known = &self.story.vocabulary.place_regions;
        let regions = |key: &str| known.get(key).map_or(&[][..], Vec::as_slice);
        let theirs = regions(key);
        let home: Vec<&String> = main.mentions.iter().flat_map(|m| regions(&m.key)).collect();
        !theirs.is_empty() && !home.is_empty() && theirs.iter().all(|r| !home.contains(&r))
    }

    /// Whether the sentence tells a kind of event that the main one is not, or names a cause
    /// or consequence.
    pub(super) fn is_other_event(&self, fact: &Facts) -> bool {
        let kinds = |w: EventWord| w.kind();
        let Some(main) = self.main.map(|m| &self.incidents[m]) else {
            return false;
        };
        let main_kinds: Vec<_> = main.events.iter().copied().filter_map(kinds).collect();
        let theirs: Vec<_> = fact.events.iter().map(|e| e.word).filter_map(kinds).collect();
        let new_kind = theirs.iter().any(|k| !main_kinds.contains(k)) && !theirs.is_empty();
        let consequence = fact.tokens.iter().any(|t| {
            one_of(
                t,
                &[
                    "response", "retaliation", "reprisal", "represailles", "riposte", "also",
                    "denounced", "denonce",
                ],
            )
        });
        new_kind || consequence
    }

    /// A bomb with its own hour and dead inside the telling of a massacre is another incident.
    pub(super) fn is_other_bombing(&self, fact: &Facts, counted: bool) -> bool {
        let Some(main) = self.main.map(|m| &self.incidents[m]) else {
            return false;
        };
        let unarmed =
            main.events.iter().any(|e| matches!(e, EventWord::Massacre | EventWord::Execution));
        let bombing = fact.events.iter().any(|e| e.word == EventWord::Bombing);
        unarmed && bombing && counted && !fact.dates.is_empty()
    }

    /// "JNIM also claimed it had attacked an army convoy", behind a drone strike on gold miners: the
    /// deed of a group on the ground is another than the strike.
    pub(super) fn is_deed_on_the_ground(&self, fact: &Facts) -> bool {
        static DEEDS: Words = Words::new(&[
            "attacked", "ambushed", "killed", "stormed", "shelled", "attaque", "tue", "tendu",
        ]);
        let strike = |events: &[Event]| events.iter().any(|e| e.word == EventWord::Airstrike);
        let Some(main) = self.main.filter(|main| self.current == Some(*main)) else { return false };
        let told = self.incidents[main].parts.first();
        let struck = told.is_some_and(|part| strike(&part.fact.events));
        let flown = |t: &Token| one_of(t, &["drone", "drones", "air", "aerial", "aerien"]);
        struck
            && !strike(&fact.events)
            && !fact.tokens.iter().any(flown)
            && fact.stances.iter().filter(|s| s.stance == Stance::Claimed).any(|s| {
                let actor = self.story.known.actors.get(&s.actor);
                actor.is_some_and(|a| matches!(a.kind, ActorKind::Jihadist | ActorKind::Separatist))
                    && fact.tokens[s.evidence.clone()].iter().any(|t| DEEDS.has(t))
            })
    }

    /// Whether the sentence puts its event in another country.
    pub(super) fn is_abroad(&self, fact: &Facts) -> bool {
        let abroad = fact.places.iter().any(|p| match &p.sort {
            PlaceSort::Country(_) => {
                p.tie == Tie::At
                    || is_side_of_country(fact, p)
                    || p.start >= 2
                        && one_of(&fact.tokens[p.start - 1], &["du", "of"])
                        && one_of(
                            &fact.tokens[p.start - 2],
                            &["nord", "sud", "est", "ouest", "north", "south", "east", "west"],
                        )
            }
            PlaceSort::Named { .. } => p.tie != Tie::Other && p.lies == Lies::Abroad,
            _ => false,
        });
        let here = fact.tokens.windows(2).any(|w| {
            one_of(&w[0], &["in", "au", "northern", "central", "southern"]) && w[1].norm == "mali"
        });
        abroad && !here && !self.malian_place(fact)
    }

    /// "In neighbouring Niger, 30 soldiers were killed", in a document whose main incident is not
    /// abroad.
    pub(super) fn is_of_another_country(&self, fact: &Facts) -> bool {
        let at_home = |i: usize| {
            let named = &self.incidents[i].mentions;
            !named.iter().any(|m| {
                matches!(m.sort, PlaceSort::Country(_)) && m.tie != Tie::Other
                    || m.lies == Lies::Abroad
            })
        };
        let told = self.main.is_some_and(at_home);
        // "killed 200 soldiers in Djibo, across the border in Burkina Faso".
        // "in two villages of western Niger, Tchombangou and Zaroumdareye".
        let side = fact.places.iter().any(|p| is_side_of_country(fact, p));
        let placed = fact
            .places
            .iter()
            .any(|p| p.is_named() && p.lies != Lies::Abroad && !(side && p.lies == Lies::Unknown));
        // "a peacekeeper from Chad was killed" says where he was from.
        const SIDES: &[&str] =
            &["nord", "sud", "est", "ouest", "centre", "north", "south", "east", "west"];
        let there = |i: usize| {
            let near = &fact.tokens[i.saturating_sub(2)..i];
            near.iter()
                .any(|t| one_of(t, &["in", "au", "en", "across", "neighbouring", "neighboring"]))
                // "dans le nord-ouest du Burkina Faso".
                || i >= 2
                    && one_of(&near[near.len() - 1], &["du", "de", "of"])
                    && one_of(&near[0], SIDES)
                || side
        };
        let abroad =
            fact.places.iter().any(|p| matches!(p.sort, PlaceSort::Country(_)) && there(p.start));
        told && !placed && abroad && self.is_abroad(fact) && !self.in_mali(fact)
    }

    pub(super) fn in_mali(&self, fact: &Facts) -> bool {
        let named = fact
            .tokens
            .iter()
            .any(|t| one_of(t, &["mali", "malian", "malien", "maliens", "malienne", "maliennes"]));
        named || self.malian_place(fact)
    }

    pub(super) fn malian_place(&self, fact: &Facts) -> bool {
        fact.places.iter().any(|p| match &p.sort {
            PlaceSort::Region(_) | PlaceSort::Cercle => true,
            PlaceSort::Named { .. } => matches!(p.lies, Lies::InMali | Lies::Area),
            _ => false,
        })
    }
}
