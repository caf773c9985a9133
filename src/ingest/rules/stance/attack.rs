//! "X attacked", "attacked by X": who attacks, and who is attacked.

use super::by::{attack_of, by_actor};
use super::deed::{has_object, is_noun_use, is_object, is_passive, is_suspected, is_vague};
use super::nominal::{in_their_attack, is_their_noun, runs_operation};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::claimant::Scene;
use crate::ingest::rules::date;
use crate::ingest::rules::number::figure;
use crate::ingest::token::Token;
use std::ops::Range;

/// Words of attacking after their subject, English and French.
pub(super) static ATTACKS: Words = Words::new(&[
    "routed", "encircled", "razed", "torched", "looted", "blew", "occupied", "slaughter",
    "attacked", "attack", "attacks", "attacking", "ambushed", "overran", "stormed", "raided",
    "shelled", "killed", "killing", "kill", "massacred", "executed", "opened", "carried",
    "conducted", "bombed", "struck", "kidnapped", "abducted", "detained", "targeted", "burned",
    "laid", "besieged", "detonated", "fired", "shot", "assaulted", "invaded", "perpetrated",
    "arrested", "launched", "murdered", "beheaded", "tortured", "slaughtered", "seized",
    "captured", "neutralized", "neutralised", "eliminated", "hit", "ambush", "storm", "inflicts",
    "attaque", "attaquent", "attaques", "tue", "tuent", "mene", "menent", "tuant", "execute",
    "executent", "repris", "pris", "ouvert", "incendie", "brule", "enleve", "abattu", "massacre",
    "tire", "cible", "vise", "mitraille", "pilonne", "bombarde", "perpetre", "commis", "assiege",
    "pille", "tendu", "tente", "encercle", "neutralise", "elimine", "irruption", "burst",
    "intercepte", "intercepted", "took", "frappe", "drove", "raid", "raids", "overrun", "seizes",
    "abduct", "abducts", "kidnap", "kidnaps", "fires", "shoot", "shoots", "shell", "assailli",
    "emparent", "empares", "empare", "chassent", "chasses", "tirent", "enlevent", "massacrent",
    "abattent", "tendent", "pillent", "incendient", "brulent", "bombardent", "assiegent",
    "envahissent", "encerclent", "lancent", "lance", "ouvrent", "prennent", "envahi", "detruisent",
    "ransacked", "wiped", "ciblent", "visent", "attaquerent", "attaqua", "assaillent", "assaille",
    "tuerent", "tua", "massacrerent", "executerent", "enleverent", "abattirent", "incendierent",
    "assassinent", "egorgent", "mitraillent", "investissent", "destroyed", "detruit", "surprised",
    "descended", "swooped", "gunned", "egorge", "assassine", "decapite", "fusille", "surpris",
    "mis", "deloge", "delogent",
]);

/// The words by which actor `i` attacks, if it does, and whether only a suspicion says so.
pub(super) fn attacks(scene: &Scene<'_>, i: usize) -> Option<(Range<usize>, bool)> {
    let actor = &scene.actors[i];
    // "led to reprisal offensives by X": a consequence, another event.
    let before = &scene.tokens[..actor.start];
    let consequence = before.windows(2).enumerate().any(|(i, w)| {
        one_of(&w[0], &["led", "leading", "prompted"]) && one_of(&w[1], &["to", "a", "the"])
            || one_of(
                &w[0],
                &["reprisal", "retaliation", "revenge", "response", "represailles", "riposte"],
            )
            // "dit avoir riposté à une attaque du JNIM": the attack itself.
            && !(i > 0 && one_of(&before[i - 1], &["avoir", "a", "ont", "avait"]))
    });
    // "the terrorist organisation Macina Liberation Front": the group named is meant.
    let named = is_vague(&actor.slug)
        && scene.actors.get(i + 1).is_some_and(|next| {
            let between = &scene.tokens[actor.end.min(next.start)..next.start];
            between.len() <= 2
                && between.iter().all(|t| {
                    one_of(
                        t,
                        &[
                            "group", "groups", "organisation", "organization", "movement",
                            "groupe", "mouvement", "coalition", "du", "de", "of", "la", "the", "l",
                        ],
                    )
                })
        });
    if named || is_only_named(scene, actor) {
        return None;
    }
    if consequence || is_clause_of_time(scene.tokens, actor.start) || is_counted(scene, actor.start)
    {
        return None;
    }
    if is_rescue(scene.tokens, actor.end) {
        return None;
    }
    let suspected = is_suspected(scene.tokens, actor);
    if let Some(by) = by_actor(scene, i).or_else(|| attack_of(scene, i)) {
        // "auraient été exécutées lors d'une opération de l'armée".
        let would = |t: &Token| one_of(t, &["aurait", "auraient", "serait", "seraient"]);
        let supposed = suspected || scene.tokens[..actor.start].iter().any(would);
        return Some((by..actor.end, supposed));
    }
    // "X attacked", "X and Y overran", "militants from X attacked", "X, … , attacked".
    let mut at = actor.end;
    let own_clause = |end: &usize| {
        !scene.actors.iter().any(|a| a.start >= at && a.end <= *end)
            && (at..*end).all(|j| scene.vocabulary.speech.at(scene.tokens, j).is_none())
            && !is_object(scene, actor)
    };
    if let Some(end) = is_behind(scene.tokens, at).filter(own_clause) {
        let between = &scene.tokens[at..end];
        // "Tout porte à croire que le Jnim est derrière", "pourrait être à l'origine".
        let supposed = between.iter().any(|t| one_of(t, GUESS))
            || before.iter().rev().take(6).any(|t| one_of(t, &["croire", "penser", "possible"]));
        return Some((actor.start..end, suspected || supposed));
    }
    if let Some(end) = runs_operation(scene.tokens, at) {
        return Some((actor.start..end, suspected));
    }
    if let Some(words) = in_their_attack(scene, actor) {
        return Some((words, suspected));
    }
    // "Katiba Macina, a part of JNIM, attacked".
    while scene.tokens.get(at).is_some_and(Token::is_quote) {
        at += 1;
    }
    let aside = scene.tokens.get(at).is_some_and(|t| t.is(","));
    let close = (at + 1..(at + 20).min(scene.tokens.len())).find(|i| scene.tokens[*i].is(","));
    if let Some(close) = close.filter(|_| aside) {
        let auxiliary = scene
            .tokens
            .get(close + 1)
            .is_some_and(|t| one_of(t, &["ont", "a", "avaient", "avait", "had", "have", "has"]));
        let verb = over_aside(scene.tokens, close + 1 + usize::from(auxiliary));
        let attacks = scene.tokens.get(verb).is_some_and(|t| ATTACKS.has(t))
            && !is_noun_use(scene.tokens, verb)
            && (auxiliary || has_object(scene.tokens, verb));
        if attacks && !is_object(scene, actor) {
            return Some((actor.start..verb + 1, suspected));
        }
    }
    if let Some(end) = moves_and_attacks(scene, actor) {
        return Some((actor.start..end, suspected));
    }
    let mut steps = 0;
    let mut infinitive = false;
    while let Some(token) = scene.tokens.get(at) {
        if one_of(token, &["who", "qui"]) {
            at = over_aside(scene.tokens, at + 1);
            steps += 1;
            continue;
        }
        if ATTACKS.has(token)
            && !is_passive(scene.tokens, at)
            && !is_noun_use(scene.tokens, at)
            && !is_their_noun(scene.tokens, actor, at)
            && has_object(scene.tokens, at)
        {
            let end = (at + 1).min(scene.tokens.len());
            let gerund = token.norm.ends_with("ing");
            let with = actor.start > 0 && scene.tokens[actor.start - 1].norm == "with";
            return (!is_object(scene, actor) || infinitive || (gerund && with))
                .then_some((actor.start..end, suspected));
        }
        let other = scene.actors.iter().find(|a| a.start == at);
        // "extremists linked to al-Qaeda attacked": of what sort they are.
        let described = scene.vocabulary.actors.at(scene.tokens, at).filter(|_| other.is_none());
        if let Some(hit) = described {
            at = hit.end;
            steps += 1;
            continue;
        }
        // "Jama'at … (JNIM) militants": the same again, or what they are.
        let same = other.filter(|o| {
            o.slug == actor.slug
                || (is_vague(&o.slug) && o.start - actor.end <= 5 && !is_vague(&actor.slug))
        });
        if let Some(same) = same {
            at = same.end;
            continue;
        }
        if let Some(other) = other {
            let joined = scene.tokens[actor.end..at].iter().any(|t| {
                one_of(
                    t,
                    &[
                        "and", "et", "with", "alongside", "accompanied", "accompagnes",
                        "accompagnees", "appuyes", "epaules", "backed",
                    ],
                )
            });
            // "the army and foreign fighters apparently from the Wagner Group".
            let and = scene.tokens.get(actor.end).is_some_and(|t| one_of(t, &["and", "et"]));
            if !joined || at - actor.end > if and { 12 } else { 8 } {
                return None;
            }
            at = other.end;
            continue;
        }
        let passes = token.is("(")
            || token.is(")")
            || token.is("…")
            || token.is_quote()
            || (token.is(",")
                && scene
                    .tokens
                    .get(at + 1)
                    .is_some_and(|t| one_of(t, &["along", "together", "alongside"])))
            || token.is("'s")
            || token.is("’s")
            || one_of(
                token,
                &[
                    "and", "et", "then", "fighters", "mercenaries", "militants", "forces",
                    "troops", "soldiers", "members", "men", "gunmen", "combattants", "hommes",
                    "elements", "had", "have", "has", "also", "military", "army", "a", "ont",
                    "avait", "avaient", "y", "on", "group", "cell", "affiliated", "linked",
                    "allied", "later", "instead", "jihadists", "rebels", "insurgents", "in",
                    "motorbikes", "motorcycles", "jointly", "both", "to", "proceeded", "along",
                    "together", "alongside", "with", "russian", "paramilitary", "from", "the",
                    "pmc", "presumes", "presume", "suspectes", "of", "de", "du", "la", "l", "les",
                    "le", "d", "des", "its", "their", "ses", "leurs", "allies", "partners",
                    "proxies", "auxiliaries", "suppletifs", "auxiliaires", "partenaires",
                    "accompanied", "accompagnes", "accompagnees", "appuyes", "epaules", "backed",
                    "by", "par", "heavily", "lourdement", "bord", "pick", "up", "ups", "pickup",
                    "pickups", "foreign", "personnel", "elements", "armed", "islamist",
                    "militiamen", "hunters", "militia", "miliciens", "dozos", "rebel", "suspected",
                    "vehicules", "motos", "moto", "aboard", "trucks", "fait", "non", "identifies",
                    "groupe", "russe", "russes", "mercenaires", "paramilitaires", "paramilitaire",
                    "camp", "junte", "security", "partenaires", "associated", "traite", "supposes",
                    "membres", "helicopter", "helicopters", "drone", "drones", "jet", "jets",
                    "plane", "aircraft", "warplane", "warplanes", "aviation", "russia", "aurait",
                    "auraient",
                ],
            )
            || token.norm.ends_with("ly")
            || (token.shouted && token.norm.len() <= 6);
        // "combatants of the Katiba Macina of Amadou Koufa": whose it is.
        let leader = one_of(token, &["de", "d", "of"])
            && tokens_capital(&scene.tokens[at + 1..])
            && scene.vocabulary.places.at(scene.tokens, at + 1).is_none();
        if leader {
            at += 1;
            while scene.tokens.get(at).is_some_and(|t| t.capital) {
                at += 1;
            }
            steps += 1;
            continue;
        }
        // "The group on March 11 attacked", "l'armée a mardi bombardé".
        if let Some(day) = date::date(scene.tokens, at).filter(|d| !passes && d.end > at) {
            at = day.end;
            steps += 1;
            continue;
        }
        infinitive |= token.norm == "proceeded";
        steps += 1;
        let and = scene.tokens.get(actor.end).is_some_and(|t| one_of(t, &["and", "et"]));
        if !passes || steps > if and { 14 } else { 8 } {
            return None;
        }
        at += 1;
    }
    None
}

/// "JNIM fighters entered the village, killing ten", "soldiers landed in Moura and killed",
/// "sont arrivés à moto et ont tué": one past the deed of whoever came for it.
fn moves_and_attacks(scene: &Scene<'_>, actor: &ActorFound) -> Option<usize> {
    static MOVES: Words = Words::new(&[
        "entered", "arrived", "landed", "descended", "surrounded", "came", "burst", "broke",
        "crossed", "infiltrated", "rode", "rounded", "swept", "returned", "encircled", "rushed",
        "went", "approached", "invaded", "raided", "stormed", "arrives", "arrive", "entres",
        "entre", "debarque", "descendus", "penetre", "encercle", "envahi", "investi", "surgi",
        "venus", "intercepte", "intercepted", "stopped", "arrete", "rafle", "exploite", "deploye",
        "poursuivi", "riposte", "reagi",
    ]);
    const PASSED: &[&str] = &[
        "and", "et", "fighters", "mercenaries", "militants", "forces", "troops", "soldiers",
        "members", "men", "gunmen", "combattants", "hommes", "elements", "had", "have", "has", "a",
        "ont", "sont", "est", "avaient", "etaient", "who", "qui", "on", "motorcycles",
        "motorbikes", "a", "moto", "motos", "armed", "armes", "their", "leurs", "allies", "white",
        "russian", "russes", "by", "helicopter", "reportedly", "se",
    ];
    let tokens = scene.tokens;
    if is_object(scene, actor) {
        return None;
    }
    // "elements of the army, accompanied by foreign personnel, entered".
    let aside = over_aside(tokens, actor.end);
    let moved = (aside..(aside + 8).min(tokens.len())).find(|i| MOVES.has(&tokens[*i]))?;
    let plain = (aside..moved).all(|i| {
        one_of(&tokens[i], PASSED) || scene.actors.iter().any(|a| a.start <= i && i < a.end)
    });
    if !plain || is_passive(tokens, moved) {
        return None;
    }
    let end = (moved + 22).min(tokens.len());
    let other = |i: usize| {
        scene.actors.iter().any(|a| a.start == i)
            || scene.vocabulary.speech.at(tokens, i).is_some()
            || one_of(
                &tokens[i],
                &[
                    "who", "which", "when", "while", "where", "qui", "que", "quand", "lorsque",
                    "but", "as", "after", "following", "under", "because", "since", "apres",
                    "suite", "sous", "alors", "came", "hit",
                ],
            )
            || tokens[i].is(";")
    };
    let end = (moved + 1..end).find(|i| other(*i)).unwrap_or(end);
    let deed = (moved + 2..end).find(|i| {
        let joined = tokens[*i - 1].is(",")
            || one_of(&tokens[*i - 1], &["and", "et", "before", "then", "avant"])
            || one_of(&tokens[*i - 1], &["ont", "a", "summarily", "de", "d"])
                && one_of(&tokens[*i - 2], &["et", "avant"]);
        let gerund = one_of(&tokens[*i], &["killing", "tuant", "abducting", "executing"]);
        joined
            && match gerund {
                true => is_place(scene, moved + 1..*i) && !is_of_them(tokens, *i),
                // "and took control": no violence.
                false => {
                    ATTACKS.has(&tokens[*i])
                        && tokens[*i].norm != "took"
                        && has_object(tokens, *i)
                        && !is_of_them(tokens, *i)
                }
            }
            && !is_noun_use(tokens, *i)
            && !is_passive(tokens, *i)
    })?;
    Some(deed + 1)
}

/// "the village of Boni on Friday": only where and when, nothing that happened.
fn is_place(scene: &Scene<'_>, words: Range<usize>) -> bool {
    const PLACE: &[&str] = &[
        "the", "a", "an", "in", "at", "into", "on", "near", "from", "by", "of", "and", "two",
        "village", "villages", "town", "city", "camp", "base", "post", "market", "hamlet", "area",
        "region", "district", "commune", "central", "northern", "southern", "eastern", "western",
        "motorbikes", "motorcycles", "vehicles", "pickups", "trucks", "early", "late", "morning",
        "evening", "night", "homes", "houses", "le", "la", "les", "l", "dans", "a", "de", "du",
        "des", "d", "ville", "moto", "motos", "nuit", "matin", "soir",
    ];
    let tokens = scene.tokens;
    let mut at = words.start;
    while at < words.end {
        if let Some(day) = date::date(tokens, at).filter(|d| d.end > at) {
            at = day.end;
            continue;
        }
        let place = tokens[at].is(",") || tokens[at].capital || one_of(&tokens[at], PLACE);
        if !place || scene.vocabulary.events.at(tokens, at).is_some() {
            return false;
        }
        at += 1;
    }
    true
}

/// "killing two of them", "tuant deux des leurs": those who came are the dead.
fn is_of_them(tokens: &[Token], deed: usize) -> bool {
    let behind: Vec<&str> = tokens[deed..].iter().take(7).map(|t| t.norm.as_str()).collect();
    behind.windows(2).any(|w| {
        matches!(
            w,
            ["of", "them" | "their" | "its"] | ["d", "entre"] | ["des", "leurs"] | ["parmi", "eux"]
        )
    })
}

/// Whether two names stand there, as those of a person.
fn tokens_capital(tokens: &[Token]) -> bool {
    tokens.len() > 1 && tokens[..2].iter().all(|t| t.capital && t.is_word() && !t.shouted)
}

/// "ont, selon l'état-major, attaqué": one past the words between two commas at `at`.
fn over_aside(tokens: &[Token], at: usize) -> usize {
    let opens = tokens.get(at).is_some_and(|t| t.is(","));
    let close = (at + 1..(at + 24).min(tokens.len())).find(|i| tokens[*i].is(","));
    close.filter(|_| opens).map_or(at, |close| close + 1)
}

/// "killed 14 "terrorists" and captured eight": those counted are who is hit.
pub(super) fn is_counted(scene: &Scene<'_>, actor: usize) -> bool {
    let tokens = scene.tokens;
    let mut end = actor;
    while end > 0 && tokens[end - 1].is_quote() {
        end -= 1;
    }
    let number = (end.saturating_sub(4)..end)
        .find(|i| figure(tokens, *i).is_some_and(|found| found.end == end));
    number.and_then(|n| n.checked_sub(1)).is_some_and(|before| {
        (before.saturating_sub(2)..=before).any(|i| {
            scene.vocabulary.casualty.at(tokens, i).is_some_and(|hit| hit.end == before + 1)
        })
    })
}

/// Words that make of it a guess.
const GUESS: &[&str] = &[
    "suspected", "soupconne", "soupconnes", "serait", "seraient", "pourrait", "pourraient", "may",
    "might", "could", "likely", "probably", "believed", "probablement", "vraisemblablement",
    "soupconnee",
];

/// "Islamic State fighters were behind the attack", "le GSIM est soupçonné d'être l'auteur de
/// l'attaque": the token behind the words that say so.
pub(super) fn is_behind(tokens: &[Token], from: usize) -> Option<usize> {
    const BE: &[&str] = &[
        "was", "were", "is", "are", "be", "est", "sont", "etaient", "etait", "etre", "serait",
        "seraient",
    ];
    const MODALS: &[&str] = &["could", "may", "might", "pourrait", "pourraient"];
    const BEHIND: &[&str] = &[
        "behind", "responsible", "derriere", "auteur", "auteurs", "origine", "responsables",
        "responsable",
    ];
    const DEEDS: &[&str] = &[
        "attack", "attacks", "it", "raid", "killing", "killings", "massacre", "ambush", "bombing",
        "assault", "attaque", "attaques", "massacre", "tuerie", "embuscade", "assaut", "attentat",
        "death", "deaths", "murder", "murders", "executions", "mort", "morts", "exactions",
        "tueries", "meurtre", "meurtres", "enlevement", "abduction", "abductions", "kidnapping",
        "kidnappings", "enlevements", "strike", "strikes", "blast", "explosion",
    ];
    let reach = (from + 10).min(tokens.len());
    // "the Katiba Macina, its branch in the centre, is responsible".
    let aside = over_aside(tokens, from);
    let goes_on = |t: &Token| one_of(t, BE) || one_of(t, MODALS);
    let from = if tokens.get(aside).is_some_and(goes_on) { aside } else { from };
    let reach = reach.max((from + 1).min(tokens.len()));
    let be = (from..reach).find(|i| one_of(&tokens[*i], BE))?;
    let plain = tokens[from..be].iter().all(|t| t.is_word() || t.is(")") || t.is("("));
    let said = (be + 1..(be + 7).min(tokens.len())).find(|i| one_of(&tokens[*i], BEHIND))?;
    // "a nié être l'auteur", "denied that it was behind": the contrary. "said it did not know who was
    // behind", "ignore qui est derrière": nobody.
    const UNKNOWN: &[&str] = &[
        "nie", "nient", "dement", "dementi", "denied", "denies", "denying", "not", "know", "knew",
        "who", "whether", "unclear", "pas", "qui", "ignore", "ignorait", "sait", "savait",
    ];
    let denied = tokens[from..be].iter().any(|t| one_of(t, UNKNOWN));
    let not =
        denied || tokens[be..said].iter().any(|t| one_of(t, &["not", "pas", "t", "who", "qui"]));
    // "responsible for most attacks in the region": no one of them.
    const MANY: &[&str] = &[
        "most", "many", "several", "numerous", "plupart", "nombreuses", "plusieurs", "other",
        "multiple", "autres", "frequent",
    ];
    let many = tokens[said..].iter().take(5).any(|t| one_of(t, MANY));
    let deed = tokens[said..].iter().take(6).any(|t| one_of(t, DEEDS));
    // "thinks that the Katiba Macina is responsible.": for what the text is about.
    let last = tokens.get(said + 1).is_none_or(|t| t.is(".")) && said == be + 1;
    let blamed = one_of(&tokens[said], &["responsible", "responsable", "responsables"]);
    let deed = !many && (deed || last && blamed);
    (plain && deed && !not).then_some(said + 1)
}

/// "an ambush in northeastern Mali killed nine": the country, and not its forces. "Claims
/// Responsibility for Mali Army Attack": an attack on them, in a title.
fn is_only_named(scene: &Scene<'_>, actor: &ActorFound) -> bool {
    const WHERE: &[&str] = &[
        "in", "across", "northern", "northeastern", "northwestern", "southern", "southeastern",
        "southwestern", "central", "eastern", "western", "au", "en", "inside", "throughout",
    ];
    const OF: &[&str] = &["for", "on", "of", "in", "after", "over", "behind", "against"];
    let before = actor.start.checked_sub(1).map(|i| &scene.tokens[i]);
    let country = scene.vocabulary.countries.at(scene.tokens, actor.start);
    let country = country.is_some_and(|hit| hit.end == actor.end);
    let noun = scene.tokens.get(actor.end).is_some_and(|t| {
        t.capital && one_of(t, &["attack", "attacks", "raid", "raids", "ambush", "strike"])
    });
    before.is_some_and(|t| country && one_of(t, WHERE) || noun && one_of(t, OF))
}

/// "Special forces launched an assault on the hotel to free the hostages": no attack of theirs.
fn is_rescue(tokens: &[Token], from: usize) -> bool {
    tokens[from..].iter().take(24).take_while(|t| !t.is(";")).any(|t| {
        one_of(
            t,
            &[
                "rescue", "rescued", "rescuing", "freed", "free", "freeing", "recover", "liberate",
                "liberer", "libere", "liberant",
            ],
        )
    })
}

/// "By the time the army had stormed it, thirteen people had been killed": what the actor did
/// dates the killing and is not it.
fn is_clause_of_time(tokens: &[Token], actor: usize) -> bool {
    let open = tokens[..actor].iter().rev().take(4).take_while(|t| t.is_word());
    let words: Vec<&str> = open.map(|t| t.norm.as_str()).collect();
    // "whether JNIM carried it out", "the deadliest since JNIM attacked Dioura".
    let other =
        ["until", "before", "avant", "jusqu", "once", "whether", "since", "depuis", "si", "if"];
    words.iter().any(|w| other.contains(w))
        || words.windows(2).any(|w| w == ["time", "the"] || w == ["ce", "a"])
}
