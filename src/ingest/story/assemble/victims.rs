//! Who was hit.

mod among;
mod battle;
mod fallen;
mod forces;
mod unnumbered;

use super::Maker;
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::number::figure;
use crate::ingest::story::Story;
use crate::ingest::story::facts::Told;
use crate::ingest::story::tell::Part;
use crate::ingest::token::{Token, tokens};
use crate::knowledge::actors::ActorKind;
use crate::model::claim::{CasualtyGroup, Claim, Claimant, Measure};
use crate::model::incident::{Attribution, Stance, Victim};
use crate::model::passage::Passage;
use among::among_the_dead;
use battle::{is_armed, is_battle};
use forces::attacked_forces;
pub(super) use forces::own_site_attacked;
use std::cell::LazyCell;
use std::ops::Range;
use unnumbered::{attacked_civilians, groups_among, killed_people, killing_of, named_dead};

impl Maker<'_> {
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
        // "157 people, including 12 members of the self-defence group": the others were unarmed.
        let whole = claims.iter().filter(|c| !c.partial).filter_map(|c| c.min).max().unwrap_or(0);
        let is_minor = |c: &Claim| {
            let part = c.max.or(c.min).unwrap_or(whole);
            c.partial && part.saturating_mul(2) <= whole && self.incident.targets.is_empty()
        };
        let unarmed = LazyCell::new(|| {
            claims.iter().filter(|c| c.max != Some(0) && !is_minor(c)).all(|c| match c.group {
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
        let aimed_at = lead.and_then(|p| Some((p, attacked_forces(&p.fact.tokens)?)));
        let aimed = aimed_at.is_some();
        let battle = self.is_battle();
        let struck_by_forces = attributions.iter().any(|a| {
            let actor = self.story.known.actors.get(&a.actor);
            matches!(a.stance, Stance::Stated | Stance::Claimed)
                && actor.is_some_and(|a| a.kind.is_forces())
        });
        for (told, ..) in &told {
            // "No soldiers were among the dead".
            if hurt && told.count.measure == Measure::Detained || told.count.max == Some(0) {
                continue;
            }
            // That civilians were hit is said by parties too.
            let civil = matches!(
                told.count.group,
                CasualtyGroup::Civilians | CasualtyGroup::Women | CasualtyGroup::Children
            );
            // Of a battle the dead of each side are, by whomever they are counted.
            let fell =
                battle && told.count.measure == Measure::Killed && is_armed(told.count.group);
            if self.is_renamed(told, attributions)
                || !fell
                    && (own && !civil && self.is_by_party(told)
                        || self.is_own_side(told.count.group, attributions)
                        || self.is_fallen_attacker(told, attributions))
            {
                continue;
            }
            let passage = || self.quote(told.bytes.clone());
            match told.count.group {
                CasualtyGroup::Total => {
                    let people = !told.count.elided && told.count.victims.is_empty();
                    // "French troops killed five men": who they were is not said.
                    let words = &self.story.text[told.bytes.clone()];
                    let men = struck_by_forces
                        && words.split_whitespace().any(|w| w == "men" || w == "hommes");
                    if people && *unarmed && !aimed && !men {
                        add("civilians", passage());
                    }
                }
                CasualtyGroup::Other => {}
                group => add(group.as_str(), passage()),
            }
            // "Our aircraft neutralised fifteen fighters" in pursuit of those who attacked a camp.
            let pursued = |v: &str| v == "combatants" && aimed && !told.by.is_empty();
            for victim in told.count.victims.iter().filter(|v| !pursued(v)) {
                add(victim, passage());
            }
        }
        // "une attaque contre les troupes a fait 53 victimes, dont un civil": the others were aimed at.
        // "twelve people, among them three civilians".
        let civil_part =
            told.iter().any(|(t, ..)| t.count.subset && t.count.group == CasualtyGroup::Civilians);
        let others = told.iter().any(|(t, ..)| {
            t.count.group == CasualtyGroup::Total
                && t.count.measure == Measure::Killed
                && (t.count.elided || civil_part && !t.count.subset)
        });
        let civil_only = out.iter().all(|v| {
            let group = self.story.known.victims.get(&v.group);
            group.is_some_and(|g| g.counts_as == CasualtyGroup::Civilians)
        });
        if let Some((part, (group, at))) = aimed_at.filter(|_| others && civil_only)
            && !out.is_empty()
            && !self.is_own_side(group, attributions)
        {
            let passage = self.quote(part.fact.bytes_of(at));
            out.push(Victim { group: group.as_str().to_owned(), passage });
        }
        let silent = out.is_empty() && (!claims.is_empty() || self.incident.main);
        // "The army said it killed eighty in repelling attacks on its positions": its soldiers.
        let fallen_attackers = |part: &Part| {
            let militants = |t: &Told| t.count.group == CasualtyGroup::Militants;
            part.told().next().is_some() && part.told().all(militants)
        };
        for (i, part) in self.incident.parts.iter().enumerate() {
            let silent =
                silent && out.is_empty() || i == 0 && self.incident.main && fallen_attackers(part);
            for (slug, at) in hit_people(self.story, &part.fact.tokens, silent) {
                if part.tokens.contains(&at.start) {
                    let passage = self.quote(part.fact.bytes_of(at));
                    if !out.iter().any(|v: &Victim| v.group == slug) {
                        out.push(Victim { group: slug, passage });
                    }
                }
            }
        }
        if out.is_empty() && !claims.is_empty() && *unarmed && !aimed {
            let civil = self.incident.parts.iter().find_map(|part| {
                let at = attacked_civilians(&part.fact.tokens)?;
                part.tokens.contains(&at.start).then(|| part.fact.bytes_of(at))
            });
            out.extend(civil.map(|at| Victim {
                group: CasualtyGroup::Civilians.as_str().to_owned(),
                passage: self.quote(at),
            }));
        }
        self.drop_attackers(&mut out, attributions);
        out
    }

    /// Whether a fight between two sides is told.
    fn is_battle(&self) -> bool {
        // Behind the menu of a copied page.
        let told = self.incident.parts.iter().find(|p| p.fact.tokens.len() >= 8);
        let block = told.map(|p| p.fact.block);
        let parts = self.incident.parts.iter().filter(|p| Some(p.fact.block) == block);
        is_battle(parts.map(|p| p.fact.tokens.as_slice()))
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
    pub(super) fn is_own_side(&self, group: CasualtyGroup, attributions: &[Attribution]) -> bool {
        // "Ansar Dine attacked the army, French helicopters struck its column": soldiers were hit.
        let groups = |a: &Attribution| {
            let kind = self.story.known.actors.get(&a.actor).map(|x| x.kind);
            matches!(kind, Some(ActorKind::Jihadist | ActorKind::Separatist))
                && a.stance != Stance::Denied
        };
        if group == CasualtyGroup::Soldiers && attributions.iter().any(groups) {
            return false;
        }
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
    const BE: &[&str] = &[
        "were", "are", "was", "sont", "etaient", "include", "included", "identifiees", "identified",
    ];
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
    if silent {
        out.extend(named_dead(story, tokens));
        out.extend(killing_of(story, tokens));
        out.extend(killed_people(story, tokens));
    }
    out.extend(attacked_community(story, tokens));
    out.extend(groups_among(story, tokens));
    out.extend(among_the_dead(story, tokens));
    for (i, token) in tokens.iter().enumerate() {
        let all = i == 0 && one_of(token, &["all", "most", "tous", "toutes"]);
        let victims = all || one_of(token, &["victims", "victimes"]);
        let be = || (i + 1..(i + 8).min(tokens.len())).find(|j| one_of(&tokens[*j], BE));
        let named = match victims.then(be).flatten() {
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

/// "attacked the Fulani village of Koumaga", "Sobane-Da, a Dogon village", "le village peul de":
/// whose village was set upon.
fn attacked_community(story: &Story<'_>, tokens: &[Token]) -> Option<(String, Range<usize>)> {
    static VILLAGES: Words = Words::new(&[
        "village", "villages", "hamlet", "hamlets", "settlement", "camp", "community", "hameau",
        "hameaux", "campement", "campements", "communaute",
    ]);
    static WEEKDAYS: Words = Words::new(&[
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "soir", "matin",
        "hier",
    ]);
    const LEADS: &[&str] = &[
        "in", "at", "on", "of", "attacked", "raided", "stormed", "targeted", "entered", "dans",
        "a", "attaque", "sur", "contre", "against", "into", "surrounded", "encircled", "de", "des",
        "visant", "vise", "burned", "torched", "incendie", "targeting", "du",
    ];
    const FROM: &[&str] = &[
        "people", "persons", "villagers", "residents", "personnes", "habitants", "women",
        "civilians", "victims", "victimes",
    ];
    const BETWEEN: &[&str] = &[
        "the", "a", "an", "le", "un", "les", "l", "small", "two", "three", "predominantly",
        "mainly", "mostly", "ethnic",
    ];
    if !tokens.iter().any(|t| VILLAGES.has(t)) || !tells_violence(story, tokens) {
        return None;
    }
    // "a village of Fulani herders", "a village inhabited by the Dogon ethnic group".
    let community = |i: usize| {
        let hit = story.vocabulary.people.at(tokens, i)?;
        let slug = hit.value.victim.clone()?;
        story.known.victims.get(&slug).filter(|g| g.community)?;
        Some((slug, i..hit.end))
    };
    let inhabited = tokens.iter().position(|t| VILLAGES.has(t)).and_then(|village| {
        let reach = (village + 14).min(tokens.len());
        let of = tokens.get(village + 1).filter(|t| one_of(t, &["of", "de", "d"]));
        let by = || {
            let home = (village + 1..reach).find(|i| {
                one_of(
                    &tokens[*i],
                    &["inhabited", "populated", "habite", "habites", "peuple", "peuples"],
                )
            })?;
            (home + 1..home + 4).find_map(community)
        };
        of.and_then(|_| community(village + 2)).or_else(by)
    });
    if inhabited.is_some() {
        return inhabited;
    }
    (0..tokens.len()).find_map(|i| {
        let hit = story.vocabulary.people.at(tokens, i)?;
        let slug = hit.value.victim.clone()?;
        story.known.victims.get(&slug).filter(|g| g.community)?;
        let english = tokens.get(hit.end).is_some_and(|t| VILLAGES.has(t));
        let french = i > 0 && VILLAGES.has(&tokens[i - 1]);
        let mut at = if french { i - 1 } else { i };
        while at > 0 && (one_of(&tokens[at - 1], BETWEEN) || figure(tokens, at - 1).is_some()) {
            at -= 1;
        }
        // "ont attaqué mardi le village".
        while at > 1 && WEEKDAYS.has(&tokens[at - 1]) {
            at -= 1;
        }
        let before = at.checked_sub(1).map(|b| &tokens[b]);
        // "twelve people from the Dogon community", not "gunmen from".
        let from = at > 1
            && one_of(&tokens[at - 1], &["from", "de", "issues"])
            && one_of(&tokens[at - 2], FROM);
        let led = from || before.is_none_or(|t| t.is(",") || t.is("(") || one_of(t, LEADS));
        ((english || french) && led).then_some((slug, i..hit.end))
    })
}

fn tells_violence(story: &Story<'_>, tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|i| {
        story.vocabulary.events.at(tokens, i).is_some()
            || story.vocabulary.casualty.at(tokens, i).is_some()
    })
}
