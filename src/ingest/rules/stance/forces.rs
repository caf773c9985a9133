//! Forces that are named only by their country, or by being soldiers of the only army of the text.

use super::deed::{has_object, is_passive};
use super::{StanceFound, stated};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::claimant::{Scene, Speakers, Speech};
use crate::ingest::rules::people::demonym;
use crate::knowledge::actors::ActorKind;
use crate::knowledge::words::EventWord;
use crate::model::claim::CasualtyGroup as Group;

/// "a French air strike near Bounti killed 22": whose forces the adjective names.
pub(super) fn foreign_strikes(scene: &Scene<'_>, speeches: &[Speech], out: &mut Vec<StanceFound>) {
    for at in 0..scene.tokens.len() {
        let inside = scene.actors.iter().any(|a| a.start <= at && at < a.end);
        let strike = scene.vocabulary.events.at(scene.tokens, at + 1);
        let strike = strike.filter(|hit| *hit.value == EventWord::Airstrike);
        let Some(strike) = strike.filter(|_| !inside && scene.tokens[at].capital) else {
            continue;
        };
        let Some(hit) = demonym(scene.tokens, at, scene.vocabulary) else { continue };
        let actor =
            ActorFound { start: at, end: strike.end, slug: hit.value.clone(), short: false };
        let deed = (strike.end..(strike.end + 12).min(scene.tokens.len())).find(|i| {
            one_of(&scene.tokens[*i], &["killed", "hit", "struck", "targeted", "left", "destroyed"])
        });
        if let Some(deed) = deed {
            out.push(stated(scene, &actor, at..deed + 1, false, speeches));
        }
    }
}

/// "residents said that soldiers shot several traders": those of the only army that the text has
/// named, where the people hit are no fighters.
pub(super) fn home_soldiers(
    scene: &Scene<'_>,
    speeches: &[Speech],
    speakers: &Speakers,
    out: &mut Vec<StanceFound>,
) {
    static SOLDIERS: Words = Words::new(&["soldiers", "soldats", "militaires"]);
    const HOME: &str = "malian-armed-forces";
    const LED: &[&str] = &["that", "how", "when", "the", "des", "les", "que", "said", "qu"];
    const VERBS: &[&str] = &[
        "killed", "executed", "shot", "massacred", "tue", "execute", "executes", "abattu",
        "massacre", "rounded", "ouvert", "opened",
    ];
    const PASSED: &[&str] = &[
        "had", "have", "then", "also", "accompanied", "by", "foreign", "white", "foreigners",
        "men", "and", "their", "allies", "in", "uniform", "summarily", "ont", "avaient", "et",
        "rounded", "up", "accompagnes", "de", "sommairement", "arrested", "who", "came", "with",
        "them", "military", "dress", "d", "hommes", "blancs", "sont", "entres", "arrives", "dans",
        "le", "la", "village", "entered", "arrived", "the", "market", "marche", "surrounded",
        "encercle",
    ];
    let tokens = scene.tokens;
    let Some(at) = tokens.iter().position(|t| SOLDIERS.has(t)) else { return };
    let led = at == 0 || !tokens[at - 1].is_word() || one_of(&tokens[at - 1], LED);
    let named = scene.actors.iter().any(|a| a.start <= at + 1 && at <= a.end);
    let army =
        |slug: &str| {
            scene.known.actors.get(slug).is_some_and(|a| {
                matches!(a.kind, ActorKind::StateForces | ActorKind::ForeignForces)
            })
        };
    let home = speakers.met(|s| s == HOME);
    let others = speakers.met(|s| {
        let parent = scene.known.actors.get(s).and_then(|a| a.parent.as_deref());
        army(s) && s != HOME && parent != Some(HOME)
    });
    if !led || named || !home || others {
        return;
    }
    let verb = (at + 1..(at + 16).min(tokens.len()))
        .take_while(|i| one_of(&tokens[*i], PASSED) || one_of(&tokens[*i], VERBS))
        .find(|i| one_of(&tokens[*i], VERBS) && has_object(tokens, *i) && !is_passive(tokens, *i));
    let Some(verb) = verb else { return };
    let fire = tokens[verb..].iter().take(3).any(|t| one_of(t, &["fire", "feu"]));
    let opened = one_of(&tokens[verb], &["opened", "ouvert"]);
    if opened && !fire {
        return;
    }
    let hit = opened
        || (verb + 1..(verb + 7).min(tokens.len()))
            .find_map(|i| scene.vocabulary.people.at(tokens, i))
            .is_some_and(|h| {
                matches!(
                    h.value.group,
                    Group::Civilians | Group::Total | Group::Women | Group::Children
                )
            });
    if hit {
        let actor = ActorFound { start: at, end: at + 1, slug: HOME.to_owned(), short: true };
        out.push(stated(scene, &actor, at..verb + 1, false, speeches));
    }
}
