//! What sort of event it was, and a title for it.

use crate::ingest::story::Story;
use crate::knowledge::words::EventWord;
use crate::model::claim::{CasualtyGroup, Claim, Measure};
use crate::model::incident::{Attribution, EventType, Place, PlacePrecision, Victim};
use crate::model::source::Lang;

/// The smallest number of unarmed dead at one place that is filed as a massacre.
const MASSACRE: u32 = 10;

pub(super) fn kind_of(
    events: &[EventWord],
    claims: &[Claim],
    victims: &[Victim],
    attributions: &[Attribution],
    story: &Story<'_>,
) -> EventType {
    let most = |measure: Measure| {
        claims.iter().filter(|c| c.measure == measure).filter_map(|c| c.min.or(c.max)).max()
    };
    // "killed twelve and abducted three" is no mere abduction.
    let killed = most(Measure::Killed) > most(Measure::Abducted);
    let lesser = |k: &EventType| *k == EventType::Abduction && killed;
    let told =
        events.iter().find_map(|e| e.kind().filter(|k| *k != EventType::Other && !lesser(k)));
    let has = |group: CasualtyGroup| {
        victims
            .iter()
            .any(|v| story.known.victims.get(&v.group).is_some_and(|g| g.counts_as == group))
    };
    let armed = [
        CasualtyGroup::Soldiers,
        CasualtyGroup::Police,
        CasualtyGroup::Peacekeepers,
        CasualtyGroup::Mercenaries,
    ];
    let attack = events.contains(&EventWord::Attack);
    match told {
        Some(kind) => kind,
        None if armed.iter().any(|g| has(*g)) => EventType::AttackOnArmedForces,
        None if has(CasualtyGroup::Civilians) => {
            let dead = claims
                .iter()
                .filter(|c| c.measure == Measure::Killed)
                .filter_map(|c| c.min.or(c.max))
                .max();
            if dead.is_some_and(|n| n >= MASSACRE) { EventType::Massacre } else { EventType::Other }
        }
        None if attack && has(CasualtyGroup::Militants) && !attributions.is_empty() => {
            EventType::ArmedClash
        }
        None => EventType::Other,
    }
}

/// A title from kind and places, in the language of the document.
pub(super) fn title_of(kind: EventType, places: &[Place], lang: Lang) -> String {
    let (name, at, and) = match lang {
        Lang::En => (english(kind), "at", "and"),
        Lang::Fr => (french(kind), "à", "et"),
    };
    let names: Vec<&str> = places.iter().map(|p| p.name.as_str()).collect();
    let areas = places.first().is_some_and(|p| {
        matches!(p.precision, PlacePrecision::Region | PlacePrecision::Cercle)
            || p.name.contains("Mali")
    });
    let near = places.first().is_some_and(|p| p.precision == PlacePrecision::Near);
    let at = match (areas, near, lang) {
        (true, _, Lang::En) => "in",
        (true, _, Lang::Fr) => "dans",
        (_, true, Lang::En) => "near",
        (_, true, Lang::Fr) => "près de",
        _ => at,
    };
    match names.as_slice() {
        [] => name.to_owned(),
        [one] => format!("{name} {at} {one}"),
        [many @ .., last] => format!("{name} {at} {} {and} {last}", many.join(", ")),
    }
}

fn english(kind: EventType) -> &'static str {
    match kind {
        EventType::Massacre => "Killings",
        EventType::ArmedClash => "Fighting",
        EventType::AttackOnArmedForces => "Attack",
        EventType::Airstrike => "Airstrike",
        EventType::Bombing => "Explosion",
        EventType::Abduction => "Abduction",
        EventType::Execution => "Executions",
        EventType::Siege => "Siege",
        EventType::Other => "Violence",
    }
}

fn french(kind: EventType) -> &'static str {
    match kind {
        EventType::Massacre => "Tueries",
        EventType::ArmedClash => "Combats",
        EventType::AttackOnArmedForces => "Attaque",
        EventType::Airstrike => "Frappe aérienne",
        EventType::Bombing => "Explosion",
        EventType::Abduction => "Enlèvement",
        EventType::Execution => "Exécutions",
        EventType::Siege => "Siège",
        EventType::Other => "Violences",
    }
}
