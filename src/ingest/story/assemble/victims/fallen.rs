//! Those of the attackers who fell: no victims of their attack.

use super::Maker;
use crate::ingest::story::facts::Told;
use crate::knowledge::actors::ActorKind;
use crate::knowledge::words::EventWord;
use crate::model::claim::{CasualtyGroup, Claimant, Measure};
use crate::model::incident::{Attribution, Stance, Victim};

impl Maker<'_> {
    /// Whether the staff or a ministry of a government that has forces says it.
    fn is_by_staff(&self, told: &Told) -> bool {
        let known = &self.story.known.actors;
        let staff = |slug: &str| {
            let parent = known.get(slug).and_then(|a| a.parent.as_deref());
            parent.and_then(|p| known.get(p)).is_some_and(|p| p.forces.is_some())
        };
        let by = |c: &Claimant| c.actor.as_deref().is_some_and(staff);
        !told.by.is_empty() && told.by.iter().all(by)
    }

    /// Those whom a state that separatists attacked calls terrorists.
    pub(super) fn is_renamed(&self, told: &Told, attributions: &[Attribution]) -> bool {
        let kind = |a: &Attribution| self.story.known.actors.get(&a.actor).map(|x| x.kind);
        let named = attributions.iter().filter(|a| a.stance != Stance::Denied);
        told.count.group == CasualtyGroup::Militants
            && named.clone().any(|a| kind(a) == Some(ActorKind::Separatist))
            && named.clone().all(|a| kind(a) != Some(ActorKind::Jihadist))
            && (self.is_by_party(told) || self.is_by_staff(told))
            && told.by.iter().all(|by| {
                let actor = by.actor.as_deref().and_then(|s| self.story.known.actors.get(s));
                actor.is_some_and(|a| a.kind != ActorKind::Separatist)
            })
    }

    /// "One attacker was killed", "la mort de trois assaillants", where somebody who is no forces is
    /// named for the attack.
    pub(super) fn is_fallen_attacker(&self, told: &Told, attributions: &[Attribution]) -> bool {
        if told.count.group != CasualtyGroup::Militants {
            return false;
        }
        let kind = |slug: &str| self.story.known.actors.get(slug).map(|a| a.kind);
        let named = || attributions.iter().filter(|a| a.stance != Stance::Denied);
        let armed = |kind: Option<ActorKind>| kind.is_some_and(ActorKind::is_armed_group);
        let words = &self.story.text[told.bytes.clone()];
        let attackers = ["attacker", "assailant", "assaillant"];
        let called = attackers.iter().any(|w| words.contains(w));
        // Also where nobody is named, and others died.
        let others = || {
            named().next().is_none()
                && self.all_told().iter().any(|(t, ..)| {
                    t.count.measure == Measure::Killed && t.count.group != CasualtyGroup::Militants
                })
        };
        called && (named().any(|a| armed(kind(&a.actor))) || others())
    }

    /// Those who fell among the attackers of soldiers or police are no victims, also where nothing
    /// is said of who they were; in a clash, and where forces are named for the deed, they are.
    pub(super) fn drop_attackers(&self, out: &mut Vec<Victim>, attributions: &[Attribution]) {
        let counts_as = |v: &Victim| self.story.known.victims.get(&v.group).map(|g| g.counts_as);
        let armed = out.iter().any(|v| {
            matches!(
                counts_as(v),
                Some(CasualtyGroup::Soldiers | CasualtyGroup::Police | CasualtyGroup::Peacekeepers)
            )
        });
        let forces =
            |slug: &str| self.story.known.actors.get(slug).is_some_and(|a| a.kind.is_forces());
        let by_forces = attributions.iter().any(|a| a.stance != Stance::Denied && forces(&a.actor));
        let events = self.events();
        let attack = events.contains(&EventWord::Attack)
            && events.first().is_none_or(|e| *e != EventWord::ArmedClash);
        if armed && attack && !by_forces {
            out.retain(|v| counts_as(v) != Some(CasualtyGroup::Militants));
        }
    }
}
