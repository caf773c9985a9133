//! Under which values and words an incident is found.

use crate::knowledge::Knowledge;
use crate::model::incident::{Draft, Incident, Stance};
use std::collections::BTreeSet;

/// The values under which an incident is found, by dimension: those of every account. A part
/// also counts for its whole; a place for its region then and now, together and each alone.
pub fn values(incident: &Incident, known: &Knowledge) -> BTreeSet<(&'static str, String)> {
    let mut values = BTreeSet::new();
    values.insert(("status", incident.status().as_str().to_owned()));
    for account in &incident.accounts {
        let draft = &account.draft;
        values.insert(("source", account.source.id.clone()));
        values.insert(("type", draft.kind.as_str().to_owned()));
        for place in &draft.places {
            let regions = [&place.region_then, &place.region_now];
            values.extend(regions.into_iter().flatten().map(|r| ("region", r.clone())));
            values.extend(place.region_then.iter().map(|r| ("region_then", r.clone())));
            values.extend(place.region_now.iter().map(|r| ("region_now", r.clone())));
            values.insert(("place", place.key()));
        }
        for attribution in &draft.attributions {
            let stance = attribution.stance.as_str();
            values.insert(("stance", stance.to_owned()));
            for actor in wholes(draft, &attribution.actor, known) {
                if attribution.stance != Stance::Denied {
                    values.insert(("perpetrator", actor.to_owned()));
                }
                values.insert(("perpetrator_stance", format!("{actor}:{stance}")));
            }
        }
        for victim in &draft.victims {
            let groups = known.victims.with_wholes(&victim.group);
            values.extend(groups.into_iter().map(|g| ("victim", g.to_owned())));
        }
    }
    values
}

/// An actor and what it was part of when the incident happened.
fn wholes<'a>(draft: &Draft, actor: &'a str, known: &'a Knowledge) -> Vec<&'a str> {
    match draft.date.end() {
        Some(day) => known.actors.with_wholes_in(actor, day.year()),
        None => known.actors.with_wholes(actor),
    }
}

/// The words by which an incident is found: titles, places with their regions, actors and
/// victim groups in both languages, and every quoted passage.
pub fn words(incident: &Incident, known: &Knowledge) -> String {
    let mut lines = BTreeSet::<&str>::new();
    for account in &incident.accounts {
        let draft = &account.draft;
        lines.extend([draft.title.as_str(), draft.passage.quote.as_str()]);
        lines.extend(draft.date_passage.iter().map(|p| p.quote.as_str()));
        for place in &draft.places {
            lines.extend([place.name.as_str(), place.passage.quote.as_str()]);
            lines.extend(place.cercle.as_deref());
            lines.extend(known.gazetteer.get(&place.id).map(|p| p.name.as_str()));
            for region in [&place.region_then, &place.region_now].into_iter().flatten() {
                let region = known.regions.get(region);
                lines.extend(region.into_iter().flat_map(|r| [r.en.as_str(), &r.fr]));
            }
        }
        for attribution in &draft.attributions {
            lines.extend([attribution.name.as_str(), attribution.passage.quote.as_str()]);
            lines.extend(attribution.by.as_ref().map(|by| by.name.as_str()));
            for actor in wholes(draft, &attribution.actor, known) {
                let actor = known.actors.get(actor).into_iter();
                lines.extend(
                    actor.flat_map(|a| std::iter::once(a.name.as_str()).chain(a.fr.as_deref())),
                );
            }
        }
        for victim in &draft.victims {
            lines.insert(&victim.passage.quote);
            for group in known.victims.with_wholes(&victim.group) {
                let group = known.victims.get(group).into_iter();
                lines.extend(group.flat_map(|g| [g.en.as_str(), &g.fr]));
            }
        }
        for claim in &draft.claims {
            lines.insert(&claim.passage.quote);
            lines.extend(claim.claimant.as_ref().map(|by| by.name.as_str()));
        }
    }
    lines.into_iter().collect::<Vec<_>>().join("\n")
}
