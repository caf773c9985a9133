//! Whether a word of attacking is the deed of the actor beside it: no noun, no passive, with
//! somebody who is hit.

use crate::ingest::lexicon::{any_of, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::claimant::Scene;
use crate::ingest::rules::number::figure;
use crate::ingest::token::{Token, TokenKind};

/// "was attacked": what stands before it is the victim.
pub(super) fn is_passive(tokens: &[Token], at: usize) -> bool {
    let participle = tokens[at].norm.ends_with("ed")
        || one_of(
            &tokens[at],
            &[
                "shot", "struck", "hit", "pris", "tue", "mene", "abattu", "enleve", "overrun",
                "chasse", "chasses", "envahi", "assailli",
            ],
        );
    // "Nous avons été attaqués".
    let been = tokens[..at].iter().rev().take(2).any(|t| t.norm == "ete");
    been || participle
        && tokens[..at].iter().rev().take(3).take_while(|t| t.is_word()).any(|t| {
            one_of(
                t,
                &[
                    "was", "were", "been", "being", "are", "is", "ete", "est", "sont", "etait",
                    "etaient",
                ],
            )
        })
}

/// Whether somebody is attacked: "soldiers killed near Gao" names the dead, "soldiers killed
/// two men" those who killed. French participles need their "ont".
pub(super) fn has_object(tokens: &[Token], at: usize) -> bool {
    const FRENCH: &[&str] = &[
        "tue", "attaque", "execute", "enleve", "abattu", "massacre", "incendie", "brule", "mene",
        "pris", "ouvert", "tire", "repris", "cible", "vise", "mitraille", "pilonne", "bombarde",
        "perpetre", "commis", "assiege", "pille", "tendu", "encercle", "neutralise", "elimine",
        "intercepte", "frappe", "chasse", "chasses", "envahi", "assailli", "lance", "detruit",
        "egorge", "assassine", "decapite", "fusille", "surpris", "mis",
    ];
    if tokens[at].norm == "tente" {
        // "ont tenté de prendre d'assaut", not "ont tenté de fuir".
        const TRIED: &[&str] =
            &["attaquer", "assaut", "attaque", "kamikaze", "kamikazes", "incursion"];
        return tokens[at..].iter().take(7).any(|t| one_of(t, TRIED));
    }
    if one_of(&tokens[at], FRENCH) {
        // "Le groupe attaque simultanément six bases": the present has its object behind it.
        let present = tokens.get(at + 1).is_some_and(|t| {
            t.norm.len() > 5 && t.norm.ends_with("ment")
                || one_of(t, &["le", "la", "les", "l", "un", "une", "des"])
        });
        if one_of(&tokens[at], &["attaque", "tue", "massacre", "enleve", "lance", "chasse", "mene"])
            && present
        {
            return true;
        }
        let have = ["ont", "a", "avait", "avaient", "aurait", "auraient", "ayant"];
        return tokens[..at].iter().rev().take(4).any(|t| one_of(t, &have));
    }
    if !tokens[at].norm.ends_with("ed") && !one_of(&tokens[at], &["shot", "struck", "hit", "laid"])
    {
        return true;
    }
    let mut next = at + 1;
    // "killed and wounded five": the object follows the second verb.
    while tokens.get(next).is_some_and(|t| one_of(t, &["and", "or"])) {
        // "killed and summarily executed".
        let adverb = tokens.get(next + 1).is_some_and(|t| t.norm.ends_with("ly"));
        let second = next + 1 + usize::from(adverb);
        if !tokens.get(second).is_some_and(|t| t.norm.ends_with("ed")) {
            break;
        }
        next = second + 1;
    }
    let Some(token) = tokens.get(next) else { return false };
    let ends = !token.is_word() && !token.is_quote() && token.kind == TokenKind::Punct;
    // "killed at least 30", "killed around a dozen": a number is an object.
    let adverbial = figure(tokens, next).is_none()
        && one_of(
            token,
            &[
                "in", "at", "near", "on", "by", "during", "when", "after", "before", "around",
                "over", "as", "while", "since", "and", "or", "with", "last", "this", "yesterday",
                "today", "earlier", "outside", "along", "between", "where", "who", "which", "for",
            ],
        );
    let own = one_of(
        &tokens[at],
        &["opened", "carried", "launched", "conducted", "perpetrated", "committed"],
    );
    let upon = one_of(&tokens[at], &["descended", "swooped", "gunned"]);
    own || upon || !(ends || adverbial)
}

/// "the attack", "an attack": a noun, not what the subject does. "hit an IED" is no attack.
pub(super) fn is_noun_use(tokens: &[Token], at: usize) -> bool {
    // "Le CSP a attaqué" is no "an attack".
    let french = tokens[at].norm.starts_with("attaqu") && at > 0 && tokens[at - 1].norm == "a";
    let article = at > 0
        && !french
        && one_of(
            &tokens[at - 1],
            &[
                "the", "an", "a", "this", "that", "l", "une", "cette", "in", "of", "ces", "these",
                "those", "les", "des", "its", "their", "ses", "leurs", "such", "several", "more",
            ],
        )
        && one_of(
            &tokens[at],
            &[
                "attack", "attacks", "attaque", "attaques", "ambush", "massacre", "raid", "raids",
                "killing",
            ],
        );
    let mine = one_of(&tokens[at], &["hit", "struck"])
        && tokens[at..]
            .iter()
            .take(5)
            .any(|t| one_of(t, &["ied", "mine", "landmine", "explosive", "device", "bomb"]));
    // "a mené une opération de ratissage".
    let sweep = one_of(&tokens[at], &["launched", "conducted", "carried", "mene", "menent"])
        && tokens[at..].iter().take(8).any(|t| {
            one_of(t, &["ratissage", "sweep", "search", "clearing", "securisation", "fouille"])
        });
    let launched =
        one_of(&tokens[at], &["launched", "conducted", "carried", "laid", "mene", "menent"])
            && !tokens[at..].iter().take(9).any(|t| {
                one_of(
                    t,
                    &[
                        "attack", "attacks", "assault", "raid", "raids", "airstrike", "airstrikes",
                        "strike", "strikes", "ambush", "offensive", "siege", "operation",
                        "operations", "attaque", "attaques", "bombing", "bombings", "frappe",
                        "frappes", "out", "shelling", "assaut", "roquettes", "obus", "raids",
                        "incursion", "incursions",
                    ],
                )
            });
    // "lance une attaque", not "lance une enquête sur l'attaque".
    let throws = one_of(&tokens[at], &["lance", "lancent"])
        && !tokens[at..].iter().take(6).take_while(|t| t.norm != "sur").any(|t| {
            one_of(
                t,
                &[
                    "attaque", "attaques", "raid", "raids", "offensive", "assaut", "roquettes",
                    "roquette", "obus", "frappe", "frappes", "incursion", "incursions",
                    "operation", "operations",
                ],
            )
        });
    let captured = one_of(&tokens[at], &["opened", "ouvert", "ouvrent"])
        && !tokens[at..].iter().take(3).any(|t| one_of(t, &["fire", "feu"]));
    let near = |words: &[&str]| tokens[at..].iter().take(8).any(|t| any_of(t, words));
    let took = tokens[at].norm == "took" && !near(&["control", "hostage", "captive", "over"])
        || tokens[at].norm == "prennent" && !near(&["assaut", "otage", "otages"])
        || tokens[at].norm == "tendent" && !near(&["embuscade", "embuscades"])
        || one_of(&tokens[at], &["tire", "tirent", "fired", "fires"]) && near_by("air", at, tokens)
        || tokens[at].norm == "tirent"
            && !near(&[
                "sur", "contre", "obus", "roquettes", "roquette", "coups", "balles", "rafales",
            ])
        || tokens[at].norm == "wiped" && !near(&["out"])
        || tokens[at].norm.starts_with("empare")
            && !near(&[
                "camp", "base", "ville", "village", "localite", "poste", "position", "positions",
                "caserne", "gouvernorat", "bases", "camps", "postes", "garnison",
            ])
            // "s'empare de Boni".
            && !(tokens.get(at + 1).is_some_and(|t| one_of(t, &["de", "d"]))
                && tokens.get(at + 2).is_some_and(|t| t.capital))
        || one_of(&tokens[at], &["descended", "swooped"]) && !near(&["on", "upon"])
        || one_of(&tokens[at], &["surprised", "surpris"]) && !near(SURPRISED)
        || tokens[at].norm == "mis" && tokens.get(at + 1).is_none_or(|t| t.norm != "hors")
        || tokens[at].norm == "gunned" && !near(&["down"])
        || tokens[at].norm == "drove" && !near(&["explosives", "bomb", "explosive"]);
    article || mine || sweep || launched || throws || captured || took
}

/// Whom attackers surprise.
const SURPRISED: &[&str] = &[
    "patrol", "patrols", "soldiers", "convoy", "troops", "camp", "post", "villagers", "patrouille",
    "soldats", "convoi", "militaires", "poste", "villageois", "gendarmes", "position",
];

/// "ont tiré en l'air", "fired into the air".
fn near_by(word: &str, at: usize, tokens: &[Token]) -> bool {
    tokens[at..].iter().take(5).any(|t| t.norm == word)
}

/// Words for the armed that name nobody.
pub(super) fn is_vague(slug: &str) -> bool {
    matches!(slug, "jihadists" | "unidentified")
}

/// Whether the actor stands where an object stands ("against X", "on X positions", "by X").
pub(super) fn is_object(scene: &Scene<'_>, actor: &ActorFound) -> bool {
    let before = scene.tokens[..actor.start]
        .iter()
        .rev()
        .find(|t| !one_of(t, &["the", "les", "la", "le", "l", "des"]));
    // "soldiers backed by Russian mercenaries shot": they shot too.
    const WITH: &[&str] = &[
        "accompanied", "backed", "supported", "assisted", "accompagnes", "accompagnees",
        "accompagne", "appuyes", "appuyees", "epaules", "epaulees", "soutenus", "soutenue",
    ];
    let with = scene.tokens[..actor.start].iter().rev().take(5).any(|t| one_of(t, WITH));
    if with {
        return false;
    }
    before.is_some_and(|t| {
        one_of(
            t,
            &[
                "against", "on", "targeting", "targeted", "contre", "with", "near", "at",
                "killing", "killed", "by", "par",
            ],
        )
    })
}

/// "suspected X", "believed to be X", "X présumés", "vraisemblablement des X".
pub(super) fn is_suspected(tokens: &[Token], actor: &ActorFound) -> bool {
    // "The FLA also alleged that": whoever alleges it is certain.
    let says = |i: usize| {
        tokens[i].norm == "alleged" && tokens.get(i + 1).is_some_and(|t| t.norm == "that")
    };
    let words = |t: &Token| {
        one_of(
            t,
            &[
                "suspected", "believed", "presumed", "likely", "probably", "presumes", "presume",
                "presumees", "vraisemblablement", "soupconne", "soupconnes", "probablement",
                "suspecte", "suspectes", "believe", "alleged", "thought", "reportedly",
                "allegedly", "aurait", "auraient", "supposes", "suppose", "supposees", "supposed",
            ],
        )
    };
    // "armed men described as jihadists".
    let described = actor.start >= 2
        && one_of(&tokens[actor.start - 1], &["as", "comme"])
        && one_of(&tokens[actor.start - 2], &["described", "decrits", "presentes"]);
    // "The government suspected JNIM": who suspects is no suspect.
    let suspects = |i: usize| {
        one_of(&tokens[i], &["suspected", "believed", "believe", "suspects", "alleged", "thought"])
            && !tokens[actor.end..i]
                .iter()
                .any(|t| one_of(t, &["was", "were", "is", "are", "been", "widely", "who"]))
    };
    let named_so = words(&tokens[actor.start]);
    named_so
        || described
        || (0..actor.start)
            .rev()
            .take(9)
            .take_while(|i| [".", ";", ","].iter().all(|sign| !tokens[*i].is(sign)))
            .any(|i| words(&tokens[i]) && !says(i))
        || (actor.end..(actor.end + 2).min(tokens.len())).any(|i| words(&tokens[i]) && !suspects(i))
}
