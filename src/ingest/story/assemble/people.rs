//! Who and whom: perpetrators and victims of an incident.

use super::Maker;
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::date::DateWords;
use crate::ingest::rules::stance::StanceFound;
use crate::ingest::story::Story;
use crate::ingest::story::facts::Told;
use crate::ingest::story::tell::Part;
use crate::ingest::token::{Token, tokens};
use crate::knowledge::actors::ActorKind;
use crate::model::claim::{CasualtyGroup, Claim, Claimant, Measure};
use crate::model::incident::{Attribution, Stance, Victim};
use crate::model::passage::Passage;
use std::cell::LazyCell;
use std::ops::Range;

impl Maker<'_> {
    pub(super) fn attributions(&self) -> Vec<Attribution> {
        let mut out: Vec<Attribution> = Vec::new();
        for named in &self.incident.perpetrators {
            let stance = if named.suspected { Stance::Suspected } else { Stance::Stated };
            self.attribute(&mut out, &named.slug, stance, None, named.bytes.clone());
        }
        let lead = self.incident.parts.first().map(|p| (p.fact.block, p.fact.bytes()));
        // Asked for each stance, and the same for all.
        let attacked = LazyCell::new(|| self.is_attacked_by_others());
        for part in &self.incident.parts {
            for found in
                part.fact.stances.iter().filter(|s| part.tokens.contains(&s.evidence.start))
            {
                let block = lead.as_ref().map(|(block, _)| *block);
                let bytes = lead.as_ref().map(|(_, bytes)| bytes.clone());
                let elsewhere = self.incident.main && block != Some(part.fact.block);
                let later = self.incident.main && bytes != Some(part.fact.bytes());
                let aside = is_habit(&part.fact.tokens) || self.is_other_year(part);
                if later && aside && found.stance != Stance::Denied {
                    continue;
                }
                if elsewhere && found.stance == Stance::Stated
                    || later && self.strikes_back(part, found, &out)
                    || self.repels(part, found) && *attacked
                {
                    continue;
                }
                let bytes = part.fact.bytes_of(found.evidence.clone());
                self.attribute(&mut out, &found.actor, found.stance, found.by.clone(), bytes);
            }
        }
        if out.iter().all(|a| a.stance == Stance::Denied) {
            for part in &self.incident.parts {
                for found in &part.fact.stances {
                    let bytes = part.fact.bytes_of(found.evidence.clone());
                    self.attribute(&mut out, &found.actor, found.stance, found.by.clone(), bytes);
                }
            }
        }
        self.drop_vague(&mut out);
        for (member, whole, bytes) in &self.incident.memberships {
            if out.iter().any(|a| a.actor == *member && a.stance == Stance::Stated) {
                self.attribute(&mut out, whole, Stance::Stated, None, bytes.clone());
            }
        }
        out
    }

    /// "seized the north in 2012": a sentence that names a year other than the incident's.
    fn is_other_year(&self, part: &Part) -> bool {
        let Some(main) = self.incident.date.as_ref().and_then(|(_, s)| s.start()) else {
            return false;
        };
        part.fact.dates.iter().any(|d| {
            let year = match d.words {
                DateWords::Days { year, .. } | DateWords::Month { year, .. } => year,
                DateWords::Year(year) => Some(year),
                _ => None,
            };
            year.is_some_and(|y| y != main.year())
        })
    }

    /// "The MSA claimed to have killed four attackers": a blow against the perpetrators is not
    /// their incident.
    fn strikes_back(&self, part: &Part, found: &StanceFound, so_far: &[Attribution]) -> bool {
        let named = so_far.iter().any(|a| a.actor == found.actor);
        let own = |t: &Told| self.is_own_side(t.count.group, so_far);
        let any = part.told().any(own);
        let hit_back = match found.stance {
            Stance::Claimed => any,
            Stance::Denied => false,
            _ => any && part.told().all(own),
        };
        !named && hit_back
    }

    /// "the army said it had killed seven of the enemy": forces that strike those who attacked
    /// them, where somebody else is named for the attack.
    fn repels(&self, part: &Part, found: &StanceFound) -> bool {
        let hit: Vec<_> =
            part.told().filter(|t| t.count.figure.start >= found.evidence.start).collect();
        let enemies = hit.iter().all(|t| {
            matches!(
                t.count.group,
                CasualtyGroup::Militants | CasualtyGroup::Rebels | CasualtyGroup::Militia
            )
        });
        found.stance != Stance::Denied
            && self.are_forces(&found.actor)
            && enemies
            && !hit.is_empty()
    }

    /// Whether somebody who is no forces is named for the attack.
    fn is_attacked_by_others(&self) -> bool {
        let mut stances = self.incident.parts.iter().flat_map(|p| &p.fact.stances);
        stances.any(|s| {
            let kind = self.story.known.actors.get(&s.actor).map(|a| a.kind);
            s.stance != Stance::Denied
                && !self.are_forces(&s.actor)
                && kind != Some(ActorKind::Speaker)
        })
    }

    fn are_forces(&self, actor: &str) -> bool {
        self.story.known.actors.get(actor).is_some_and(|a| {
            matches!(
                a.kind,
                ActorKind::StateForces
                    | ActorKind::ForeignForces
                    | ActorKind::PrivateMilitaryCompany
                    | ActorKind::UnitedNations
            )
        })
    }

    fn attribute(
        &self,
        out: &mut Vec<Attribution>,
        actor: &str,
        stance: Stance,
        by: Option<Claimant>,
        bytes: Range<usize>,
    ) {
        let known = &self.story.known.actors;
        // A government's name stands for its forces in "X attacked".
        let actor = known.get(actor).and_then(|a| a.forces.as_deref()).unwrap_or(actor);
        let Some(entry) = known.get(actor).filter(|a| a.kind != ActorKind::Speaker) else {
            return;
        };
        // "GSIM" and "JNIM" are one speaker.
        let same_speaker = |a: &Attribution| match (&a.by, &by) {
            (Some(one), Some(two)) if one.actor.is_some() => one.actor == two.actor,
            (one, two) => one == two,
        };
        let again = out.iter().any(|a| a.actor == actor && a.stance == stance && same_speaker(a));
        if !again {
            out.push(Attribution {
                actor: actor.to_owned(),
                name: entry.name.clone(),
                stance,
                by,
                passage: self.quote(bytes),
            });
        }
    }

    /// "militants" and "gunmen" give way to the group that the text names.
    fn drop_vague(&self, out: &mut Vec<Attribution>) {
        let vague = |slug: &str| {
            let actor = self.story.known.actors.get(slug);
            actor.is_some_and(|a| a.kind == ActorKind::Unknown || a.slug == "jihadists")
        };
        // "The government suspects terrorists, the mayor a Fulani militia": two views.
        let named: Vec<Option<Claimant>> = out
            .iter()
            .filter(|a| !vague(&a.actor) && a.stance != Stance::Denied)
            .map(|a| a.by.clone())
            .collect();
        let other_view = |a: &Attribution| {
            a.actor == "jihadists"
                && a.by.is_some()
                && !named.is_empty()
                && !named.contains(&a.by)
                && named.iter().all(Option::is_some)
        };
        if !named.is_empty() {
            out.retain(|a| !vague(&a.actor) || other_view(a));
        }
    }

    pub(super) fn victims(&self, claims: &[Claim], attributions: &[Attribution]) -> Vec<Victim> {
        let mut out: Vec<Victim> = Vec::new();
        let mut add = |group: &str, passage: Passage| {
            if !out.iter().any(|v: &Victim| v.group == group) {
                out.push(Victim { group: group.to_owned(), passage });
            }
        };
        for target in &self.incident.targets {
            add(&target.slug, self.quote(target.bytes.clone()));
        }
        let told = self.all_told();
        // What the document itself says of the victims goes before what parties say.
        let own = told
            .iter()
            .filter(|(t, ..)| !matches!(t.count.group, CasualtyGroup::Total | CasualtyGroup::Other))
            .any(|(t, ..)| t.by.is_empty() && !self.is_own_side(t.count.group, attributions));
        // An infobox that names whom it was aimed at says so itself.
        let own = own || !self.incident.targets.is_empty();
        // Whom an attack killed is its victims, not whom it left as prisoners.
        let hurt = told.iter().any(|(t, ..)| t.count.measure != Measure::Detained);
        // Asked for each figure, and the same for all.
        let unarmed = LazyCell::new(|| {
            claims.iter().all(|c| match c.group {
                CasualtyGroup::Total
                | CasualtyGroup::Civilians
                | CasualtyGroup::Women
                | CasualtyGroup::Children
                | CasualtyGroup::Militants => true,
                // A noun that nothing knows ("preachers"), but not "12 fighters".
                CasualtyGroup::Other => !self.names_fighters(&c.passage.quote),
                _ => false,
            })
        });
        // "attacked an army camp. Twelve people were killed": of whom is not said.
        let lead = self.incident.parts.iter().find(|p| p.fact.has_cue());
        let aimed = lead.is_some_and(|p| attacked_forces(&p.fact.tokens).is_some());
        for (told, ..) in &told {
            if hurt && told.count.measure == Measure::Detained {
                continue;
            }
            // That civilians were hit is said by parties too.
            let civil = matches!(
                told.count.group,
                CasualtyGroup::Civilians | CasualtyGroup::Women | CasualtyGroup::Children
            );
            if own && !civil && self.is_by_party(told)
                || self.is_own_side(told.count.group, attributions)
            {
                continue;
            }
            let passage = || self.quote(told.bytes.clone());
            match told.count.group {
                CasualtyGroup::Total => {
                    let people = !told.count.elided && told.count.victims.is_empty();
                    if people && *unarmed && !aimed {
                        add("civilians", passage());
                    }
                }
                CasualtyGroup::Other => {}
                group => add(group.as_str(), passage()),
            }
            for victim in &told.count.victims {
                add(victim, passage());
            }
        }
        let silent = out.is_empty() && !claims.is_empty();
        for part in &self.incident.parts {
            for (slug, at) in hit_people(self.story, &part.fact.tokens, silent) {
                if part.tokens.contains(&at.start) {
                    let passage = self.quote(part.fact.bytes_of(at));
                    if !out.iter().any(|v: &Victim| v.group == slug) {
                        out.push(Victim { group: slug, passage });
                    }
                }
            }
        }
        out
    }

    /// Whether words that say only to whom people belong ("fighters", "members") stand in a quote.
    fn names_fighters(&self, quote: &str) -> bool {
        let tokens = tokens(quote, 0..quote.len());
        self.story.vocabulary.people.all(&tokens).iter().any(|hit| hit.value.generic)
    }

    /// Whether only those who fight say it.
    fn is_by_party(&self, told: &Told) -> bool {
        let fights = |by: &Claimant| {
            let actor = by.actor.as_deref().and_then(|slug| self.story.known.actors.get(slug));
            actor.is_some_and(|a| {
                !matches!(a.kind, ActorKind::Speaker | ActorKind::UnitedNations)
                    || a.forces.is_some()
            })
        };
        !told.by.is_empty() && told.by.iter().all(fights)
    }

    /// The dead of the attackers are no victims of their attack.
    fn is_own_side(&self, group: CasualtyGroup, attributions: &[Attribution]) -> bool {
        attributions.iter().filter(|a| a.stance != Stance::Denied).any(|a| {
            let Some(actor) = self.story.known.actors.get(&a.actor) else {
                return false;
            };
            match actor.kind {
                ActorKind::Jihadist | ActorKind::Unknown => group == CasualtyGroup::Militants,
                ActorKind::Separatist => group == CasualtyGroup::Rebels,
                ActorKind::SelfDefenceMilitia => group == CasualtyGroup::Militia,
                ActorKind::StateForces
                | ActorKind::ForeignForces
                | ActorKind::PrivateMilitaryCompany => {
                    matches!(group, CasualtyGroup::Soldiers | CasualtyGroup::Mercenaries)
                }
                ActorKind::UnitedNations | ActorKind::Speaker => false,
            }
        })
    }
}

/// "The victims were mostly Dogon", "toutes les victimes sont des déplacés"; where nothing else
/// says who was hit also "opened fire on villagers", "ont tiré sur des forains". Slugs with their
/// tokens.
fn hit_people(story: &Story<'_>, tokens: &[Token], silent: bool) -> Vec<(String, Range<usize>)> {
    const BE: &[&str] = &["were", "are", "was", "sont", "etaient", "include", "included"];
    // "the victims were taken away by soldiers": what comes behind is somebody else.
    const AWAY: &[&str] = &[
        "by", "par", "to", "in", "at", "after", "when", "selon", "near", "killed", "ete", "taken",
        "buried", "a", "apres", "dans",
    ];
    const ON: &[&str] = &["on", "at", "sur", "contre", "against"];
    const FIRED: &[&str] =
        &["fire", "fired", "shot", "shooting", "tire", "tires", "feu", "tirs", "firing", "attaque"];
    let people = |from: usize, reach: usize| {
        (from..(from + reach).min(tokens.len()))
            .take_while(|i| tokens[*i].is_word() && !one_of(&tokens[*i], AWAY))
            .filter_map(|i| story.vocabulary.people.at(tokens, i))
            .find(|hit| hit.value.victim.is_some() && !hit.value.generic)
    };
    let mut out = Vec::new();
    if silent && let Some((group, at)) = attacked_forces(tokens) {
        out.push((group.as_str().to_owned(), at));
    }
    if silent && let Some(hit) = named_dead(story, tokens) {
        out.push(hit);
    }
    out.extend(attacked_community(story, tokens));
    for (i, token) in tokens.iter().enumerate() {
        let all = i == 0 && one_of(token, &["all", "most", "tous", "toutes"]);
        let victims = all || one_of(token, &["victims", "victimes"]);
        let be = (i + 1..(i + 8).min(tokens.len())).find(|j| one_of(&tokens[*j], BE));
        let named = match be.filter(|_| victims) {
            Some(be) => people(be + 1, 8),
            None if silent && one_of(token, ON) && i > 0 => {
                let fired = tokens[..i].iter().rev().take(4).any(|t| one_of(t, FIRED));
                people(i + 1, 4).filter(|_| fired)
            }
            None => None,
        };
        if let Some(hit) = named
            && let Some(slug) = hit.value.victim.clone().filter(|_| !hit.value.generic)
        {
            out.push((slug, hit.start..hit.end));
        }
    }
    out
}

/// "Des villageois ont été massacrés", "herders were killed": people without a number.
fn named_dead(story: &Story<'_>, tokens: &[Token]) -> Option<(String, Range<usize>)> {
    (0..tokens.len()).find_map(|i| {
        let hit = story.vocabulary.people.at(tokens, i)?;
        let slug =
            hit.value.victim.clone().filter(|_| !hit.value.generic && !hit.value.singular)?;
        let be = (hit.end..(hit.end + 2).min(tokens.len()))
            .find(|j| one_of(&tokens[*j], &["were", "ont", "sont", "have"]))?;
        let hurt = (be + 1..(be + 4).min(tokens.len()))
            .any(|j| story.vocabulary.casualty.at(tokens, j).is_some());
        let opens =
            i == 0 || i == 1 && one_of(&tokens[0], &["des", "some", "several", "the", "les"]);
        (hurt && opens).then_some((slug, i..hit.end))
    })
}

/// "attacked the Fulani village of Koumaga", "Sobane-Da, a Dogon village", "le village peul de":
/// whose village was set upon.
fn attacked_community(story: &Story<'_>, tokens: &[Token]) -> Option<(String, Range<usize>)> {
    static VILLAGES: Words = Words::new(&[
        "village", "villages", "hamlet", "hamlets", "settlement", "camp", "community", "hameau",
        "hameaux", "campement", "campements", "communaute",
    ]);
    const LEADS: &[&str] = &[
        "in", "at", "on", "of", "attacked", "raided", "stormed", "targeted", "entered", "dans",
        "a", "attaque", "sur", "contre", "against", "into", "surrounded", "encircled",
    ];
    const BETWEEN: &[&str] = &[
        "the", "a", "an", "le", "un", "les", "l", "small", "two", "three", "predominantly",
        "mainly", "mostly", "ethnic",
    ];
    if !tokens.iter().any(|t| VILLAGES.has(t)) || !tells_violence(story, tokens) {
        return None;
    }
    (0..tokens.len()).find_map(|i| {
        let hit = story.vocabulary.people.at(tokens, i)?;
        let slug = hit.value.victim.clone()?;
        story.known.victims.get(&slug).filter(|g| g.community)?;
        let english = tokens.get(hit.end).is_some_and(|t| VILLAGES.has(t));
        let french = i > 0 && VILLAGES.has(&tokens[i - 1]);
        let mut at = if french { i - 1 } else { i };
        while at > 0 && one_of(&tokens[at - 1], BETWEEN) {
            at -= 1;
        }
        let before = at.checked_sub(1).map(|b| &tokens[b]);
        let led = before.is_none_or(|t| t.is(",") || t.is("(") || one_of(t, LEADS));
        ((english || french) && led).then_some((slug, i..hit.end))
    })
}

fn tells_violence(story: &Story<'_>, tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|i| {
        story.vocabulary.events.at(tokens, i).is_some()
            || story.vocabulary.casualty.at(tokens, i).is_some()
    })
}

/// "an ambush on a UN convoy", "l'attaque d'un camp de l'armée": whose people an attack with dead
/// of no stated group was aimed at.
fn attacked_forces(tokens: &[Token]) -> Option<(CasualtyGroup, Range<usize>)> {
    const ATTACK: &[&str] =
        &["attack", "ambush", "assault", "raid", "attaque", "embuscade", "assaut"];
    const ON: &[&str] = &["on", "against", "contre", "d", "du", "de"];
    const ARMY: &[&str] =
        &["army", "military", "armee", "militaire", "fama", "soldiers", "soldats"];
    const UN: &[&str] = &["un", "minusma", "peacekeepers", "onu"];
    static ATTACKED: Words =
        Words::new(&["attacked", "stormed", "overran", "ambushed", "raided", "attaque", "vise"]);
    const SITES: &[&str] = &[
        "camp", "camps", "base", "bases", "post", "posts", "outpost", "position", "positions",
        "convoy", "patrol", "barracks", "checkpoint", "poste", "postes", "convoi", "patrouille",
        "garnison", "caserne", "detachement",
    ];
    let noun = tokens
        .iter()
        .position(|t| one_of(t, ATTACK))
        .filter(|attack| tokens.get(attack + 1).is_some_and(|t| one_of(t, ON)));
    // "attacked an army camp", "ont attaqué un poste de l'armée": a site of theirs.
    let verb = || {
        let verb = tokens.iter().position(|t| ATTACKED.has(t))?;
        let near = tokens[verb..].iter().take(8);
        near.clone().any(|t| one_of(t, SITES)).then_some(verb)
    };
    // "un convoi de la Minusma a été attaqué".
    let passive = || {
        let site = tokens.iter().position(|t| one_of(t, SITES))?;
        let hit = (site + 1..(site + 14).min(tokens.len())).find(|i| {
            ATTACKED.has(&tokens[*i]) && one_of(&tokens[*i - 1], &["ete", "was", "were", "been"])
        });
        hit.map(|_| site)
    };
    let attack = noun.or_else(verb).or_else(passive)?;
    let near = attack + 1..(attack + 8).min(tokens.len());
    let at = near
        .into_iter()
        .find(|i| one_of(&tokens[*i], ARMY) || one_of(&tokens[*i], UN) && tokens[*i].shouted)?;
    let un = one_of(&tokens[at], UN);
    let group = if un { CasualtyGroup::Peacekeepers } else { CasualtyGroup::Soldiers };
    Some((group, attack..at + 1))
}

/// "has carried out similar attacks", "de nombreuses attaques revendiquées": what somebody does
/// time and again, or did before.
fn is_habit(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(i, t)| {
        let attacks = || {
            tokens[i + 1..].iter().take(3).any(|t| {
                one_of(
                    t,
                    &[
                        "attacks", "attaques", "ambushes", "raids", "incidents", "abductions",
                        "enlevements",
                    ],
                )
            })
        };
        one_of(
            t,
            &[
                "similar", "similaires", "regularly", "regulierement", "often", "souvent",
                "lendemain", "frequently",
            ],
        ) || (one_of(
            t,
            &["nombreuses", "plusieurs", "several", "numerous", "many", "other", "previous"],
        ) && attacks())
            || (one_of(t, &["plus"]) && tokens.get(i + 1).is_some_and(|t| t.norm == "tot"))
    })
}
