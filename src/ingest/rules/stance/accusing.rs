//! Who is accused or suspected, and by whom.

use super::StanceFound;
use super::deed::is_suspected;
use super::saying::is_reflexive;
use crate::ingest::lexicon::{Openers, Words, any_of, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::claimant::{Scene, Speakers};
use crate::ingest::rules::number::figure;
use crate::ingest::token::Token;
use crate::knowledge::actors::ActorKind;
use crate::model::claim::Claimant;
use crate::model::incident::Stance;

/// Actors that are a sort of group rather than one.
const GENERIC: &[&str] = &[
    "self-defence-groups", "jihadists", "unidentified", "tuareg-rebels", "tuareg-separatists",
    "russian-paramilitaries", "dogon-militia",
];

static ACCUSES: Words = Words::new(&[
    "accused", "accusing", "accuses", "blamed", "blaming", "blames", "blame", "attributed",
    "attribute", "attributes", "accuse", "accusent", "attribue", "attribuee", "attribuees",
    "attribuent", "impute", "imputee", "imputees", "imputent", "culprits", "suspected",
    "soupconnes", "soupconnees", "soupconnee", "suspect", "suspects", "soupconne", "soupconnent",
    "hallmarks", "marque", "imputant", "attribuant", "accusant", "attributing",
]);
static SUSPICION: Words = Words::new(&["suspicion", "suspicions", "soupcon", "soupcons"]);
/// The words of [`points_at`].
static POINTS: Words = Words::new(&[
    "pointe", "pointent", "pointant", "pointed", "point", "mis", "met", "mettent", "mettant",
    "points", "hand", "main",
]);

/// The words of all of them: no other accuses.
static OPENERS: Openers = Openers::of(&[&ACCUSES, &SUSPICION, &POINTS]);

/// "Y accused X of", "Y blamed X", "attributed to X", "laid the blame on X".
pub(super) fn accused(
    scene: &Scene<'_>,
    at: usize,
    speakers: &mut Speakers,
    out: &mut Vec<StanceFound>,
) {
    let tokens = scene.tokens;
    if !OPENERS.may_have(&tokens[at]) {
        return;
    }
    if scene.is_inverted_accusation(at) || is_reflexive(scene.tokens, at) || of_many(tokens, at) {
        return;
    }
    let pointed = points_at(scene, at);
    if !ACCUSES.has(&tokens[at]) && pointed.is_none() {
        suspicion(scene, at, out);
        return;
    }
    // "The authorities suspect X", not "a suspect", "two suspects".
    let english = one_of(&tokens[at], &["suspect", "suspects"]);
    const WHO: &[&str] = &[
        "officials", "authorities", "they", "residents", "analysts", "experts", "sources",
        "observers", "investigators", "locals", "villagers", "diplomats",
    ];
    let plural = |t: &Token| one_of(t, WHO);
    let verb = at > 0 && (plural(&tokens[at - 1]) || scene.actors.iter().any(|a| a.end == at));
    if english && !verb || is_adjective(tokens, at) {
        return;
    }
    // "y voient la marque de la katiba Serma", "bore the hallmarks of JNIM".
    let suspects = english
        || pointed == Some(Stance::Suspected)
        || one_of(&tokens[at], &["soupconne", "soupconnent", "hallmarks", "marque"]);
    let passive = at > 0 && one_of(&tokens[at - 1], &["was", "were", "been", "ete", "is", "are"]);
    let blamed_on =
        tokens[at].norm == "blamed" && tokens.get(at + 1).is_some_and(|t| t.norm == "on");
    if suspected_of(scene, at, out) {
        return;
    }
    let passive = passive && one_of(&tokens[at], &["accused", "blamed"]) && !blamed_on;
    if passive || is_accused(tokens, at) {
        accused_by(scene, at, speakers, out);
        return;
    }
    // "people accused of helping the army": nobody accuses the army.
    if tokens.get(at + 1).is_some_and(|t| one_of(t, &["of", "de", "d"]))
        && !one_of(&tokens[at], &["attributed", "hallmarks", "marque", "hand", "main"])
    {
        return;
    }
    if tokens[at].norm.starts_with("accus") && !charges_violence(scene, at) {
        return;
    }
    let end = (at + 16).min(tokens.len());
    // "d'avoir tué", not "d'Africa Corps".
    let ends = |i: &usize| {
        let t = &tokens[*i];
        let name = t.norm == "d" && tokens.get(i + 1).is_some_and(|n| n.capital);
        t.is(";") || one_of(t, &["having", "d", "that"]) && !name
    };
    let stop = (at + 1..end).find(ends).unwrap_or(end);
    // "a été attribuée au GSIM par une source sécuritaire", "was blamed on JNIM by residents".
    // "a strike that the FLA blamed on the army" has its subject.
    let which = |i: &usize| one_of(&tokens[*i], &["which", "that"]);
    let has_subject = (at.saturating_sub(6)..at).rev().find(which).is_some_and(|i| i + 1 < at);
    let impersonal = passive_before(tokens, at) || blamed_on && !has_subject;
    let by = match impersonal {
        true => named_by(scene, at, end, speakers),
        // "une frappe imputée à l'armée par le FLA".
        false => accuser(scene, at, speakers).or_else(|| named_by(scene, at, end, speakers)),
    };
    // "blamed the attack on the village, in which twelve died, on X".
    let put_on = blamed_on_behind(scene, at).filter(|_| !blamed_on);
    let (first, stop) = put_on.map_or((at + 1, stop), |on| (on + 1, stop.max(on + 6)));
    let targets: Vec<_> = scene
        .actors
        .iter()
        .filter(|a| a.start >= first && a.start < stop.max(at + 5))
        .filter(|a| {
            // "attributed the death of ten villagers to JNIM": not the villagers.
            let actor = scene.known.actors.get(&a.slug);
            actor.is_some_and(|x| x.kind != ActorKind::Speaker || x.forces.is_some())
        })
        .take(5)
        .filter(|a| Some(a.slug.as_str()) != by.as_ref().and_then(|b| b.actor.as_deref()))
        .collect();
    let suspected = targets.iter().any(|a| is_suspected(tokens, a));
    let suspected = suspected || suspects;
    // "accused the army of strikes on CMA positions": the second is no accused one.
    let joined: Vec<&ActorFound> = targets
        .iter()
        .enumerate()
        .take_while(|(i, a)| *i == 0 || is_joined(scene, targets[i - 1].end, a.start, *i > 1))
        .map(|(_, a)| *a)
        .collect();
    // "les mercenaires russes de Wagner" are Wagner, "la katiba Macina du JNIM" is the katiba.
    let part_of = |a: &ActorFound, b: &ActorFound| {
        scene.known.actors.get(&a.slug).is_some_and(|x| x.parent.as_deref() == Some(&b.slug))
    };
    let whole = |i: usize| {
        let tied = |a: &&ActorFound| {
            let between = &tokens[a.end.min(joined[i].start)..joined[i].start];
            (1..=2).contains(&between.len())
                && between.iter().all(|t| one_of(t, &["du", "de", "of", "the", "la"]))
        };
        i.checked_sub(1).map(|b| joined[b]).filter(tied).is_some_and(|a| part_of(a, joined[i]))
    };
    let named = |i: usize| {
        joined.get(i + 1).filter(|next| !part_of(joined[i], next)).is_some_and(|next| {
            let mut between = &tokens[joined[i].end.min(next.start)..next.start];
            // "“terrorists” of the Katiba Macina".
            while between.first().is_some_and(Token::is_quote) {
                between = &between[1..];
            }
            // "la milice Dan Na Ambassagou", "the paramilitary group Wagner".
            let sort = between.iter().all(|t| one_of(t, &["group", "groupe", "company"]))
                && GENERIC.contains(&joined[i].slug.as_str());
            sort || (1..=2).contains(&between.len())
                && one_of(&between[0], &["de", "of", "du", "from", "d"])
                && between.iter().all(|t| one_of(t, &["de", "of", "du", "from", "d", "the", "la"]))
        })
    };
    let kept: Vec<&ActorFound> = joined
        .iter()
        .enumerate()
        .filter(|(i, _)| !named(*i) && !whole(*i))
        .map(|(_, a)| *a)
        .collect();
    let targets = kept
        .into_iter()
        .filter(|a| !super::is_affiliation(scene, a))
        .filter(|a| !is_given_losses(scene, at, a));
    for actor in targets {
        out.push(StanceFound {
            actor: actor.slug.clone(),
            stance: if suspected { Stance::Suspected } else { Stance::Accused },
            by: by.clone(),
            evidence: at..actor.end,
        });
    }
    // "accusations last month from X that Y …" is read as a saying of X.
}

/// "Most attacks there are attributed to X", "many of the killings have been blamed on X": of no one
/// attack.
fn of_many(tokens: &[Token], at: usize) -> bool {
    let blamed = one_of(
        &tokens[at],
        &["attributed", "blamed", "attribuee", "attribuees", "attribues", "imputees"],
    );
    blamed
        && tokens[..at].iter().rev().take(14).take_while(|t| !t.is(";") && !t.is(".")).any(|t| {
            one_of(t, &["most", "many", "numerous", "plupart", "nombreuses", "majority", "often"])
        })
}

/// The "on" before whom "blamed" blames, behind what it blames it for.
fn blamed_on_behind(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let tokens = scene.tokens;
    if !one_of(&tokens[at], &["blamed", "blaming", "blames", "blame"]) {
        return None;
    }
    let end = (at + 28).min(tokens.len());
    (at + 2..end).take_while(|i| !tokens[*i].is(";")).filter(|i| tokens[*i].norm == "on").find(
        |on| {
            scene.actors.iter().find(|a| a.start > *on && a.start <= on + 4).is_some_and(|a| {
                tokens[on + 1..a.start]
                    .iter()
                    .all(|t| t.is_quote() || one_of(t, &["the", "a", "its"]))
            })
        },
    )
}

/// "pointent du doigt la milice", "pointe la responsabilité de X", "met en cause l'armée", "points to Katiba Macina", "see the hand
/// of JNIM": as whom the one behind it is named.
fn points_at(scene: &Scene<'_>, at: usize) -> Option<Stance> {
    let tokens = scene.tokens;
    let near = |words: &[&str]| tokens[at + 1..].iter().take(4).any(|t| any_of(t, words));
    let seen = || {
        let before = &tokens[at.saturating_sub(3)..at];
        before.iter().any(|t| one_of(t, &["see", "sees", "saw", "voit", "voient"]))
    };
    let armed = |from: usize| {
        scene.actors.iter().any(|a| {
            let kind = scene.known.actors.get(&a.slug).map(|x| x.kind);
            a.start > from && a.start <= from + 4 && kind != Some(ActorKind::Speaker)
        })
    };
    const IDLE: &[&str] =
        &["inaction", "absence", "passivite", "lenteur", "silence", "gestion", "incapacite"];
    let idle = || tokens[at..].iter().take(6).any(|t| one_of(t, IDLE));
    if !POINTS.has(&tokens[at]) {
        return None;
    }
    match &*tokens[at].norm {
        "pointe" | "pointent" | "pointant" | "pointed" | "point"
            if near(&["doigt", "finger"]) || near(&["responsabilite"]) && for_a_deed(scene, at) =>
        {
            Some(Stance::Accused)
        }
        // "met en cause l'inaction de l'armée": what it did not do.
        "mis" | "met" | "mettent" | "mettant" if near(&["cause"]) && !idle() => {
            Some(Stance::Accused)
        }
        "points" | "pointed" if near(&["to"]) && armed(at) => Some(Stance::Suspected),
        "hand" | "main" if seen() => Some(Stance::Suspected),
        _ => None,
    }
}

/// "la responsabilité de X dans le massacre", not "de X de protéger les civils".
fn for_a_deed(scene: &Scene<'_>, at: usize) -> bool {
    let tokens = scene.tokens;
    let end = (at + 14).min(tokens.len());
    let led = (at..end).find(|i| one_of(&tokens[*i], &["dans", "pour", "for"]));
    led.is_some_and(|led| {
        (led + 1..(led + 5).min(tokens.len())).any(|i| {
            scene.vocabulary.events.at(tokens, i).is_some()
                || scene.vocabulary.casualty.at(tokens, i).is_some()
                || one_of(&tokens[i], &["mort", "tuerie", "exactions", "deaths", "killings"])
        })
    })
}

/// "by suspected jihadists", "the suspected attackers": a word for what they are.
fn is_adjective(tokens: &[Token], at: usize) -> bool {
    const LEADS: &[&str] = &[
        "by", "the", "a", "an", "of", "from", "with", "against", "when", "that", "as", "and",
        "several", "some", "two", "three", "other", "many", "dozens",
    ];
    let led = at == 0
        || !tokens[at - 1].is_word()
        || tokens[at].capital
        || one_of(&tokens[at - 1], LEADS)
        || figure(tokens, at - 1).is_some();
    let of = tokens.get(at + 1).is_some_and(|t| one_of(t, &["of", "to"]));
    tokens[at].norm == "suspected" && led && !of
}

/// "Suspicion fell on the Islamic State", "les soupçons se portent sur le JNIM".
fn suspicion(scene: &Scene<'_>, at: usize, out: &mut Vec<StanceFound>) {
    let tokens = scene.tokens;
    if !SUSPICION.has(&tokens[at]) {
        return;
    }
    let on =
        (at + 1..(at + 7).min(tokens.len())).find(|i| one_of(&tokens[*i], &["on", "sur", "vers"]));
    let actor = on.and_then(|on| scene.actors.iter().find(|a| a.start > on && a.start <= on + 4));
    out.extend(actor.map(|actor| StanceFound {
        actor: actor.slug.clone(),
        stance: Stance::Suspected,
        by: None,
        evidence: at..actor.end,
    }));
}

/// Whether only "and", commas and articles stand between two accused. ", and" goes on with a
/// list; behind a single name it begins another sentence.
pub(super) fn is_joined(scene: &Scene<'_>, from: usize, to: usize, list: bool) -> bool {
    let between = scene.tokens.get(from..to).unwrap_or_default();
    const AND: &[&str] = &[
        "and", "et", "as", "well", "alongside", "backed", "supported", "accompanied", "cotes",
        "soutenu", "soutenue", "soutenus", "soutenues", "appuye", "appuyee", "appuyes",
        "accompagne", "accompagnee", "accompagnes", "epaule", "epaulee", "epaules", "ainsi",
    ];
    const BETWEEN: &[&str] = &[
        "the", "les", "la", "le", "l", "its", "allied", "ses", "allies", "by", "par", "de", "des",
        "du", "russian", "russes", "russe", "mercenaries", "mercenaires", "group", "groupe",
        "paramilitary", "paramilitaires", "paramilitaire", "milice", "militia", "of", "partners",
        "partenaires", "suppletifs", "aux", "que", "fighters", "combattants", "forces", "company",
        "societe", "d", "their", "leurs", "au", "quelques", "some", "a", "few",
    ];
    // "with its Russian partners", not "JNIM with the army arriving late".
    let own = between.iter().any(|t| one_of(t, &["its", "ses", "allied", "allies", "partners"]));
    let and = |t: &Token| one_of(t, AND) || own && one_of(t, &["with", "avec"]);
    let clause = between.windows(2).any(|w| w[0].is(",") && one_of(&w[1], &["and", "et"]));
    if clause && !list {
        return false;
    }
    // "the Dogon militia Dan Na Ambassagou", "les mercenaires russes de Wagner".
    // "the army of the Malian junta".
    let of = ["de", "of", "du", "la", "the", "from", "l", "d"];
    let comma = between.first().is_some_and(|t| t.is(","));
    // "blamed on jihadists, the army said": who says so is not accused.
    let says = comma && {
        let end = scene.actors.iter().find(|a| a.start == to).map_or(to, |a| a.end);
        scene.vocabulary.speech.at(scene.tokens, end).is_some()
    };
    if says {
        return false;
    }
    let named = between.iter().all(|t| t.is("(") || t.is(",") || t.is_quote() || one_of(t, &of));
    named
        || between.iter().any(and)
            && between.iter().all(|t| and(t) || !t.is_word() || t.capital || one_of(t, BETWEEN))
}

/// "attribuent à Wagner 84 morts": losses put down to somebody are no deed of theirs.
fn is_given_losses(scene: &Scene<'_>, verb: usize, actor: &ActorFound) -> bool {
    let given = scene.tokens[verb].norm.starts_with("attribu");
    let mut next = actor.end;
    while scene.tokens.get(next).is_some_and(Token::is_quote) {
        next += 1;
    }
    given && figure(scene.tokens, next).is_some()
}

/// "Dogon militiamen are suspected of killing twelve", "sont soupçonnés d'avoir tué".
fn suspected_of(scene: &Scene<'_>, at: usize, out: &mut Vec<StanceFound>) -> bool {
    let tokens = scene.tokens;
    let suspected =
        one_of(&tokens[at], &["suspected", "soupconne", "soupconnes", "soupconnee", "soupconnees"]);
    let of = tokens.get(at + 1).is_some_and(|t| one_of(t, &["of", "d", "de"]));
    if !suspected || !of || !passive_before(tokens, at) || !charges_violence(scene, at) {
        return false;
    }
    let subject = scene.actors.iter().rev().find(|a| a.end <= at && at - a.end <= 5);
    out.extend(subject.map(|actor| StanceFound {
        actor: actor.slug.clone(),
        stance: Stance::Suspected,
        by: None,
        evidence: actor.start..at + 1,
    }));
    subject.is_some()
}

fn passive_before(tokens: &[Token], at: usize) -> bool {
    tokens[..at]
        .iter()
        .rev()
        .take(3)
        .any(|t| one_of(t, &["was", "were", "been", "is", "are", "ete", "est", "sont"]))
}

/// Whoever stands behind "by", "par" after an actor.
fn named_by(scene: &Scene<'_>, at: usize, end: usize, speakers: &mut Speakers) -> Option<Claimant> {
    let actor = scene.actors.iter().find(|a| a.start > at && a.start < end)?;
    let by = (actor.end..(actor.end + 3).min(scene.tokens.len()))
        .find(|i| one_of(&scene.tokens[*i], &["by", "par"]))?;
    let close = (by + 1..scene.tokens.len())
        .find(|i| !scene.tokens[*i].is_word())
        .unwrap_or(scene.tokens.len());
    scene.who(by + 1..close, speakers).into_iter().next()
}

/// "sont accusés", "a été accusée".
fn is_accused(tokens: &[Token], at: usize) -> bool {
    one_of(&tokens[at], &["accuse", "accuses", "accusee", "accusees"])
        && tokens[..at].iter().rev().take(3).any(|t| one_of(t, &["est", "sont", "ete", "etaient"]))
}

/// "X and Y are accused by Human Rights Watch of having killed": the subjects.
fn accused_by(scene: &Scene<'_>, at: usize, speakers: &mut Speakers, out: &mut Vec<StanceFound>) {
    let tokens = scene.tokens;
    let by = (at + 1..(at + 4).min(tokens.len())).find(|i| one_of(&tokens[*i], &["by", "par"]));
    // "sont accusés d'avoir tué", "was accused of killing": by somebody who is not named.
    let charged = tokens.get(at + 1).is_some_and(|t| one_of(t, &["of", "d", "de", "for"]));
    if by.is_none() && !charged || !charges_violence(scene, at) {
        return;
    }
    // "The army, which was accused of abuses in Moura": of something else.
    let relative = tokens[at.saturating_sub(3)..at].iter().any(|t| one_of(t, &["which", "qui"]));
    if by.is_none() && relative {
        return;
    }
    let by = by.and_then(|by| {
        let end = (by + 1..(by + 12).min(tokens.len()))
            .find(|i| one_of(&tokens[*i], &["of", "de", "d"]) || tokens[*i].is(","))?;
        scene.who(by + 1..end, speakers).into_iter().next()
    });
    let reach = if by.is_some() { 12 } else { 4 };
    let armed = |a: &&ActorFound| {
        let kind = scene.known.actors.get(&a.slug).map(|x| x.kind);
        by.is_some() || kind != Some(ActorKind::Speaker)
    };
    let near = |a: &ActorFound| a.end <= at && at - a.end <= reach;
    let first = scene.actors.iter().position(near);
    // "the army and its Russian partners are accused": both.
    let joined = first.filter(|i| {
        i.checked_sub(1)
            .is_some_and(|b| is_joined(scene, scene.actors[b].end, scene.actors[*i].start, true))
    });
    let joined = joined.map(|i| &scene.actors[i - 1]);
    let subjects = joined.into_iter().chain(scene.actors.iter().filter(|a| near(a)));
    for actor in subjects.filter(armed) {
        out.push(StanceFound {
            actor: actor.slug.clone(),
            stance: Stance::Accused,
            by: by.clone(),
            evidence: actor.start..at + 1,
        });
    }
}

/// Whether what somebody is accused of is a deed of violence; true when no charge is given.
fn charges_violence(scene: &Scene<'_>, at: usize) -> bool {
    let tokens = scene.tokens;
    let end = (at + 24).min(tokens.len());
    // "accusé les combattants de la Katiba du Macina": the charge stands behind whom it names.
    let members = |t: &Token| {
        one_of(
            t,
            &[
                "the", "les", "des", "la", "le", "l", "de", "du", "d", "of", "from", "fighters",
                "members", "militants", "men", "soldiers", "combattants", "hommes", "elements",
                "membres", "soldats", "militaires", "jihadistes", "djihadistes", "terroristes",
            ],
        )
    };
    let named = scene.actors.iter().find(|a| a.start > at && a.start <= at + 6);
    let named = named.filter(|a| tokens[at + 1..a.start].iter().all(members));
    // "were accused of theft": the charge stands right behind the verb.
    let charged = tokens.get(at + 1).is_some_and(|t| one_of(t, &["of", "for"]));
    let from = named.map_or(at + 2 - usize::from(charged), |a| a.end);
    // "les mercenaires russes de Wagner": a name, and no charge.
    // "des jihadistes venus de la frontière": from where they came.
    let name = |i: usize| {
        i > 0
            && one_of(
                &tokens[i - 1],
                &["venus", "venues", "venu", "originaires", "proches", "pres", "members"],
            )
            || scene.actors.iter().any(|a| a.start == i + 1)
            || tokens.get(i + 1).is_some_and(|t| t.capital && tokens[i].norm == "de")
    };
    let of = |i: &usize| one_of(&tokens[*i], &["of", "de", "d", "for"]) && !name(*i);
    // "accuse des éléments armés et fait état de 750 déplacés": another saying, and no charge.
    let joined = |i: usize| one_of(&tokens[i - 1], &["and", "et"]);
    let says =
        |i: &usize| *i > from && joined(*i) && scene.vocabulary.speech.at(tokens, *i).is_some();
    let end = (from..end).find(says).unwrap_or(end);
    let Some(charge) = (from..end).find(of) else {
        return true;
    };
    let violent = |i: usize| {
        scene.vocabulary.events.at(tokens, i).is_some()
            || scene.vocabulary.casualty.at(tokens, i).is_some()
            || one_of(
                &tokens[i],
                &[
                    "behind", "responsible", "crimes", "abuses", "exactions", "burning", "torture",
                    "killing", "targeting", "terrorist", "responsables", "crime", "origine",
                    "violations", "frappes", "frappe", "bombardements", "deaths", "tirs", "tir",
                    "firing", "shooting", "bombing", "shelling", "attacking", "striking",
                    "disappearance", "disappearances", "disparition", "disparitions", "executing",
                ],
            )
    };
    let named = scene.actors.iter().any(|a| a.start <= charge && charge < a.end);
    // "of failing to protect the twelve killed", "de ne pas avoir protégé": what was not done.
    const UNDONE: &[&str] = &[
        "failing", "failure", "siding", "supporting", "helping", "aiding", "inaction", "ignoring",
        "abandoning", "not", "ne", "n", "complicity", "complicite", "soutenir", "passivite",
        "protecting", "sheltering", "harbouring",
    ];
    let undone = tokens[charge..].iter().take(3).any(|t| one_of(t, UNDONE));
    // "after five died": not the charge.
    const STOPS: &[&str] = &["after", "when", "before", "amid", "apres", "lorsque", "alors"];
    let open =
        (charge..(charge + 12).min(tokens.len())).take_while(|i| !one_of(&tokens[*i], STOPS));
    named || !undone && open.clone().any(violent)
}

/// Whoever accuses: the actor or speaker before the verb.
fn accuser(scene: &Scene<'_>, verb: usize, speakers: &mut Speakers) -> Option<Claimant> {
    let start = (0..verb)
        .rev()
        .take(12)
        .find(|i| [",", ".", ";", "–", "—"].iter().any(|sign| scene.tokens[*i].is(sign)))
        .map_or(0, |i| i + 1);
    // "selon des habitants qui accusent l'armée".
    let start = (start..verb)
        .find_map(|i| scene.vocabulary.by.at(scene.tokens, i))
        .map_or(start, |hit| hit.end);
    // "which locals attribute to", "que les habitants attribuent à".
    let which = |i: &usize| one_of(&scene.tokens[*i], &["which", "que", "that"]);
    // "said the spokesman X in a statement blaming jihadists".
    let said = (start + 1..verb).find(|i| scene.vocabulary.speech.at(scene.tokens, *i).is_some());
    let gerund = scene.tokens[verb].norm.ends_with("ing");
    let subject_end = said.filter(|_| gerund).unwrap_or(verb);
    let start = (start..verb.saturating_sub(1)).rev().find(which).map_or(start, |i| i + 1);
    let relative = start + 1 < verb && one_of(&scene.tokens[verb - 1], &["qui", "who", "which"]);
    let verb = verb - usize::from(relative);
    // "It named the culprits", "the command laid the blame on suspected": without the words
    // between it and the verb.
    const FILLERS: &[&str] = &[
        "the", "laid", "put", "placed", "its", "named", "has", "had", "have", "also", "later",
        "blame", "on", "squarely", "pinned", "see", "sees", "saw", "voient", "voit", "y", "a",
        "ont", "avait", "avaient",
    ];
    let mut end = verb.min(subject_end.max(start + 1));
    while end > start && one_of(&scene.tokens[end - 1], FILLERS) {
        end -= 1;
    }
    let mut who = scene.who(start..end, speakers);
    // "FIDH said twelve villagers had been shot and accused the army": not the villagers.
    let joined = verb > 0 && one_of(&scene.tokens[verb - 1], &["and", "et"]);
    if who.is_empty() && joined && speakers.spoke().is_some() {
        return speakers.spoke().cloned();
    }
    if who.is_empty() {
        let actor = scene.actors.iter().rev().find(|a| a.end <= verb && verb - a.end <= 8)?;
        who = scene.who(actor.start..actor.end, speakers);
    }
    who.into_iter().next()
}
