//! Who did it, and by whose word.

use super::Maker;
use super::victims::own_site_attacked;
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::date::DateWords;
use crate::ingest::rules::stance::StanceFound;
use crate::ingest::story::facts::Told;
use crate::ingest::story::tell::Part;
use crate::ingest::token::Token;
use crate::knowledge::actors::ActorKind;
use crate::knowledge::words::EventWord;
use crate::model::claim::{CasualtyGroup, Claimant, Measure};
use crate::model::incident::{Attribution, Stance};
use std::cell::LazyCell;
use std::ops::Range;

impl Maker<'_> {
    pub(super) fn attributions(&self) -> Vec<Attribution> {
        let mut out: Vec<Attribution> = Vec::new();
        for named in &self.incident.perpetrators {
            let by = named.by.clone();
            self.attribute(&mut out, &named.slug, named.stance, by, named.bytes.clone());
        }
        let told = self.incident.parts.iter().find(|p| p.fact.has_cue());
        let lead = told.or(self.incident.parts.first()).map(|p| (p.fact.block, p.fact.bytes()));
        // Asked for each stance, and the same for all.
        let attacked = LazyCell::new(|| self.is_attacked_by_others() || self.is_aimed_at_forces());
        for part in &self.incident.parts {
            for found in
                part.fact.stances.iter().filter(|s| part.tokens.contains(&s.evidence.start))
            {
                let block = lead.as_ref().map(|(block, _)| *block);
                let bytes = lead.as_ref().map(|(_, bytes)| bytes.clone());
                let elsewhere = self.incident.main && block != Some(part.fact.block);
                let later = self.incident.main && bytes != Some(part.fact.bytes());
                let aside = is_habit(clause(&part.fact.tokens, &found.evidence))
                    || self.is_other_year(part);
                if later && aside && found.stance != Stance::Denied {
                    continue;
                }
                if elsewhere && found.stance == Stance::Stated
                    || later && is_told_again(found, &out)
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
            // What somebody does time and again is no word on this.
            let first = lead.as_ref().map(|(_, bytes)| bytes);
            let told = |p: &&Part| {
                Some(&p.fact.bytes()) == first || !self.incident.main || !is_habit(&p.fact.tokens)
            };
            for part in self.incident.parts.iter().filter(told) {
                let repelled = |s: &&StanceFound| self.repels(part, s) && *attacked;
                for found in part.fact.stances.iter().filter(|s| !repelled(s)) {
                    let bytes = part.fact.bytes_of(found.evidence.clone());
                    self.attribute(&mut out, &found.actor, found.stance, found.by.clone(), bytes);
                }
            }
        }
        self.belligerents(&mut out);
        self.drop_vague(&mut out);
        for (member, whole, bytes) in &self.incident.memberships {
            if out.iter().any(|a| a.actor == *member && a.stance == Stance::Stated) {
                self.attribute(&mut out, whole, Stance::Stated, None, bytes.clone());
            }
        }
        out
    }

    /// Those who fought on the side of the attackers, by the infobox, where the text names no one
    /// or one of them: "Combatant2: MNLA, HCUA". Groups that fought each other are both named.
    fn belligerents(&self, out: &mut Vec<Attribution>) {
        let known = &self.story.known.actors;
        let group = |slug: &str| {
            let kind = known.get(slug).map(|a| a.kind);
            kind.is_some_and(ActorKind::is_armed_group)
        };
        let sides = &self.incident.sides;
        let any_state = sides.iter().any(|(_, f)| self.are_forces(&f.slug));
        // "unidentified gunmen": the text says that nobody knows.
        let unknown = out.iter().filter(|a| a.actor == "unidentified").any(|a| {
            let words = a.passage.quote.to_lowercase();
            ["unidentified", "unknown", "non identifi", "inconnu"].iter().any(|w| words.contains(w))
        });
        if unknown || !self.is_loss_of_a_side(any_state) {
            return;
        }
        let of_state = |side: u8| sides.iter().any(|(n, f)| *n == side && self.are_forces(&f.slug));
        let named = |a: &&Attribution| a.stance != Stance::Denied && !self.is_vague(&a.actor);
        let attackers: Vec<&str> = out.iter().filter(named).map(|a| a.actor.as_str()).collect();
        let open = |side: u8| {
            let all = sides.iter().filter(|(n, _)| *n == side);
            let mut all = all.map(|(_, f)| f.slug.as_str());
            attackers.is_empty() || all.any(|slug| attackers.contains(&slug))
        };
        let two = sides.iter().any(|(n, _)| Some(n) != sides.first().map(|(n, _)| n));
        let mut added = Vec::new();
        for (side, fighter) in sides.iter().filter(|(_, f)| group(&f.slug)) {
            let attacked = match any_state {
                true => !of_state(*side) && open(*side),
                false => attackers.is_empty(),
            };
            let attacked = two && attacked;
            if attacked && !attackers.contains(&fighter.slug.as_str()) {
                added.push(fighter);
            }
        }
        for fighter in added {
            self.attribute(out, &fighter.slug, fighter.stance, None, fighter.bytes.clone());
        }
    }

    /// Whether those killed, by the infobox or the first sentence that counts them, are of a side
    /// whose enemy attacked it: not civilians, nor anybody in an airstrike or put to death.
    fn is_loss_of_a_side(&self, state: bool) -> bool {
        let other = |e: &EventWord| {
            matches!(e, EventWord::Airstrike | EventWord::Massacre | EventWord::Execution)
        };
        if self.events().iter().any(other) {
            return false;
        }
        let killed = |t: &&Told| t.count.measure == Measure::Killed;
        let mut hit: Vec<_> = self.incident.infobox.iter().filter(killed).collect();
        for part in &self.incident.parts {
            if hit.iter().all(|t| t.count.group == CasualtyGroup::Total) {
                hit.extend(part.told().filter(killed));
            }
        }
        let of_side = |t: &&Told| match t.count.group {
            CasualtyGroup::Soldiers
            | CasualtyGroup::Police
            | CasualtyGroup::Peacekeepers
            | CasualtyGroup::Mercenaries => state,
            CasualtyGroup::Militants | CasualtyGroup::Rebels | CasualtyGroup::Militia => !state,
            _ => false,
        };
        hit.iter().any(of_side)
    }

    /// "militants", "gunmen": who they are is not said.
    fn is_vague(&self, slug: &str) -> bool {
        let actor = self.story.known.actors.get(slug);
        actor.is_some_and(|a| a.kind == ActorKind::Unknown || a.slug == "jihadists")
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
        // Who was killed: "killed two attackers and counted two of its men wounded".
        let killed = |t: &&&Told| t.count.measure == Measure::Killed;
        let dead: Vec<_> = hit.iter().filter(killed).copied().collect();
        let hit = if dead.is_empty() { hit } else { dead };
        // "killed 20 of them": of those who attacked.
        let of_them = |t: &Told| {
            let words = &self.story.text[t.bytes.clone()];
            t.count.group == CasualtyGroup::Total
                && ["of them", "d'entre eux"].iter().any(|w| words.contains(w))
        };
        let enemies = hit.iter().all(|t| {
            matches!(
                t.count.group,
                CasualtyGroup::Militants | CasualtyGroup::Rebels | CasualtyGroup::Militia
            ) || of_them(t)
        });
        // A government's name stands for its forces.
        let forces = self.story.known.actors.get(&found.actor).and_then(|a| a.forces.as_deref());
        found.stance != Stance::Denied
            && self.are_forces(forces.unwrap_or(&found.actor))
            && enemies
            && !hit.is_empty()
    }

    /// "The army killed eleven terrorists during attacks on its camps": whether the first sentence
    /// that tells of it says that forces were attacked.
    fn is_aimed_at_forces(&self) -> bool {
        let lead = self.incident.parts.iter().find(|p| p.fact.has_cue());
        lead.is_some_and(|p| own_site_attacked(&p.fact.tokens))
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
        self.story.known.actors.get(actor).is_some_and(|a| a.kind.is_forces())
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
        let vague = |slug: &str| self.is_vague(slug);
        // "The government suspects terrorists, the mayor a Fulani militia": two views.
        let named: Vec<Option<Claimant>> = out
            .iter()
            .filter(|a| !vague(&a.actor) && a.stance != Stance::Denied)
            .map(|a| a.by.clone())
            .collect();
        // A group that says it did it is no other view.
        let claimed = out.iter().any(|a| !vague(&a.actor) && a.stance == Stance::Claimed);
        let other_view = |a: &Attribution| {
            // "The terrorist group says it killed nine": whoever that is, it is named.
            a.actor == "jihadists"
                && a.stance != Stance::Claimed
                && a.by.is_some()
                && (!claimed || a.stance == Stance::Suspected)
                && !named.is_empty()
                && !named.contains(&a.by)
                && named.iter().all(Option::is_some)
        };
        if !named.is_empty() {
            out.retain(|a| !vague(&a.actor) || other_view(a));
        }
    }
}

/// "HRW said the army had killed ten. Soldiers shot them at the market": what somebody said of it
/// before goes on, and is no fact for being told without them.
fn is_told_again(found: &StanceFound, so_far: &[Attribution]) -> bool {
    let told = |a: &Attribution| {
        a.actor == found.actor
            && a.by.is_some()
            && matches!(a.stance, Stance::Accused | Stance::Suspected)
    };
    found.stance == Stance::Stated && so_far.iter().any(told)
}

/// The tokens up to the relative clause behind `evidence`: "suspected the katiba, which had been accused
/// of similar ambushes" is no habit.
fn clause<'t>(tokens: &'t [Token], evidence: &Range<usize>) -> &'t [Token] {
    let opens = |i: &usize| {
        tokens[*i].is(",")
            && tokens.get(i + 1).is_some_and(|t| one_of(t, &["which", "who", "qui", "whose"]))
    };
    let end = (evidence.end.min(tokens.len())..tokens.len()).find(opens);
    &tokens[..end.unwrap_or(tokens.len())]
}

/// "has carried out similar attacks", "de nombreuses attaques revendiquées": what somebody does
/// time and again, or did before.
fn is_habit(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(i, t)| {
        let attacks = || {
            let near = tokens[i + 1..].iter().take(7);
            near.take_while(|t| !t.is(",") && !t.is(";")).any(|t| {
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
                "lendemain", "frequently", "twice", "repeatedly", "reprises",
            ],
        ) || (one_of(
            t,
            &[
                "nombreuses", "plusieurs", "several", "numerous", "many", "other", "previous",
                "dozens", "dizaines", "scores", "hundreds", "centaines", "multiple",
            ],
        ) && attacks())
            || (one_of(t, &["plus"]) && tokens.get(i + 1).is_some_and(|t| t.norm == "tot"))
    })
}
