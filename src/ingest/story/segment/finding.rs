//! Days of which something is told, but on which nothing happened: of reports, findings, burials,
//! late deaths and new tolls.

use crate::ingest::lexicon::{Words, any_of, one_of};
use crate::ingest::rules::date::{DateFound, DateWords};
use crate::ingest::rules::number::is_word_number;
use crate::ingest::story::facts::Facts;
use crate::ingest::token::{Token, TokenKind};
use std::ops::Range;

/// "a report released on Friday": the day of the report, not of what it tells.
pub(super) fn is_publication(tokens: &[Token], date: usize) -> bool {
    const PAPERS: &[&str] = &[
        "statement", "message", "communique", "report", "bulletin", "release", "video", "letter",
        "declaration", "rapport", "note",
    ];
    // "in a statement of 1 April", "the report that he submitted on May 31".
    let of =
        date >= 2 && one_of(&tokens[date - 1], &["of", "du"]) && one_of(&tokens[date - 2], PAPERS);
    let submitted = date >= 2
        && one_of(&tokens[date - 2], &["submitted", "presented", "delivered", "remis", "presente"])
        && tokens[..date].iter().any(|t| one_of(t, PAPERS));
    // "le bilan du massacre de samedi": the day of what is counted.
    let toll = tokens[..date]
        .iter()
        .rev()
        .take(4)
        .take_while(|t| !one_of(t, &["attaque", "massacre", "tuerie", "embuscade", "attentat"]))
        .any(|t| t.norm == "bilan");
    of || submitted
        || toll
        || tokens[..date].iter().rev().take(4).any(|t| {
            one_of(
                t,
                &[
                    "reactualise", "actualise", "updated", "announced", "unveiled", "disclosed",
                    "annonces", "annoncee", "revele", "devoile", "released", "published", "issued",
                    "publie", "publiee", "diffuse", "diffusee", "dated", "date", "periode",
                    "period", "allant", "covering", "couvrant", "verified", "authenticated",
                    "translated", "traduit", "traduite", "relayed", "relaye", "relayee",
                ],
            )
        })
}

/// "12 May – The UN publishes a report in which it accuses the army of having killed 500 people at
/// Moura in March 2022": the day of the report, where another date is that of what it tells.
pub(super) fn publishes(fact: &Facts, found: &DateFound) -> bool {
    static PUTS_OUT: Words = Words::new(&[
        "publishes", "published", "releases", "released", "issues", "issued", "publie", "rend",
        "presents", "submits", "remet",
    ]);
    const PAPERS: &[&str] =
        &["report", "rapport", "findings", "conclusions", "investigation", "enquete"];
    let tokens = &fact.tokens;
    let near = found.end..(found.end + 16).min(tokens.len());
    let verb = near.clone().find(|i| PUTS_OUT.has(&tokens[*i]));
    let paper =
        verb.and_then(|v| (v + 1..(v + 8).min(tokens.len())).find(|i| one_of(&tokens[*i], PAPERS)));
    found.start <= 2
        && paper.is_some_and(|paper| {
            fact.dates.iter().any(|d| {
                d.start > paper
                    && matches!(d.words, DateWords::Month { .. } | DateWords::Days { .. })
            })
        })
}

/// "a statement read out on 18 June", "in a message read on television on Friday".
pub(super) fn is_read_out(tokens: &[Token], date: usize) -> bool {
    let near = &tokens[date.saturating_sub(5)..date];
    let read = near.iter().position(|t| one_of(t, &["read", "lu", "lue"]));
    read.is_some_and(|at| near[at..].iter().all(Token::is_word))
        && tokens[..date].iter().rev().take(12).any(|t| {
            one_of(t, &["statement", "message", "communique", "declaration", "text", "texte"])
        })
}

/// "the bodies were found two days later", "who went there on Tuesday": the day of the finding,
/// not of the killing.
pub(super) fn is_finding(tokens: &[Token], date: Range<usize>) -> bool {
    // "This morning we counted 19 dead".
    let counted = tokens[date.end..].iter().take(4).skip_while(|t| t.is(",")).collect::<Vec<_>>();
    // "Five days later there was fighting" is no count.
    let idle = counted.first().is_some_and(|t| t.norm == "there")
        && !counted.iter().any(|t| t.kind == TokenKind::Number || is_word_number(t));
    let ours = !idle
        && counted
            .first()
            .is_some_and(|t| one_of(t, &["we", "i", "nous", "on", "they", "ils", "there", "il"]))
        && counted.iter().any(|t| {
            one_of(
                t,
                &[
                    "counted", "found", "buried", "saw", "collected", "recovered", "compte",
                    "denombre", "retrouve", "enterre", "vu", "ramasse", "inhume", "there",
                ],
            )
        });
    // "We have today launched the search".
    let ours = ours
        || tokens[date.start.saturating_sub(3)..date.start]
            .iter()
            .any(|t| one_of(t, &["we", "nous"]));
    // "outraged by Friday's attack": nothing is counted until then.
    let owned = tokens.get(date.end).is_some_and(|t| t.is("'s") || t.is("’s"));
    // "La gendarmerie s'est arrêtée vendredi au chiffre de 26 tués".
    let figure = tokens[date.end..].windows(3).take(1).any(|w| {
        one_of(&w[0], &["au", "a", "at", "to", "with"])
            && (one_of(&w[1], &["chiffre"]) || one_of(&w[2], &["bilan", "figure", "toll"]))
    });
    let date = date.start;
    // "Seven soldiers were still missing on Saturday evening".
    let still = tokens[..date].iter().rev().take(12).any(|t| one_of(t, &["still", "toujours"]));
    // "Aujourd'hui, ce bilan a été revu à la hausse": the day of the new toll.
    let toll = |i: usize| {
        one_of(&tokens[i], &["bilan", "toll", "figure", "figures", "chiffre"])
            || counts_dead(tokens, i)
    };
    // "le bilan a été revu à la hausse et c'est aujourd'hui sur le décès de huit civils que": it
    // stands at that today.
    let now = date >= 2
        && one_of(&tokens[date - 1], &["est", "is", "now"])
        && tokens[..date].iter().any(|t| t.norm == "bilan" || t.norm == "toll");
    let revised = date <= 2 && (date..(date + 10).min(tokens.len())).any(toll);
    let revised = revised
        && tokens[date..].iter().take(14).any(|t| {
            static CHANGED: Words = Words::new(&[
                "revu", "revised", "hausse", "porte", "raised", "rose", "risen", "climbed",
                "passe", "alourdi", "alourdit", "aggrave", "monte", "grimpe", "atteint",
                "atteignait", "corrected", "reached", "stood", "stands", "etabli", "s'etablit",
            ]);
            CHANGED.has(t)
        });
    // "Ce lundi 20 juin, le gouvernement vient de donner un premier bilan de 132 civils tués".
    static GIVES: Words = Words::new(&[
        "donner", "donne", "publie", "livre", "gave", "released", "published", "issued",
        "communique", "fourni", "fournit", "etabli", "dresse",
    ]);
    let given = date <= 2
        && tokens[date..].iter().take(24).enumerate().any(|(i, t)| {
            GIVES.has(t)
                && tokens[date + i + 1..]
                    .iter()
                    .take(5)
                    .any(|t| one_of(t, &["bilan", "toll", "chiffres", "figures"]))
        });
    // "the convoy left Dakar, Senegal, on 27 January".
    let travelled = tokens[..date]
        .iter()
        .rev()
        .take(8)
        .any(|t| one_of(t, &["departed", "quitte", "parti", "partis", "left"]))
        && !tokens[..date].iter().rev().take(8).any(|t| one_of(t, &["dead", "wounded", "killed"]));
    // "The following month it released a video".
    let released = counted.first().is_some_and(|t| {
        one_of(t, &["it", "they", "the", "he", "il", "elle", "ils", "elles", "le", "la", "l"])
    }) && counted.iter().any(|t| {
        one_of(
            t,
            &[
                "released", "published", "posted", "issued", "aired", "broadcast", "publie",
                "publient", "diffuse", "diffusent", "publia", "diffusa", "publiait",
            ],
        )
    });
    // "twenty had been killed by the evening of 27 June", "by Friday": how many until then.
    let until = |i: usize| {
        i.checked_sub(1).is_some_and(|b| {
            tokens[b].norm == "by" && b > 0 && !one_of(&tokens[b - 1], &["claimed", "signed"])
        })
    };
    let hour = date.checked_sub(2).filter(|i| {
        one_of(&tokens[*i], &["evening", "end", "morning", "night", "afternoon"])
            && tokens[i + 1].norm == "of"
    });
    let until = !owned && until(date)
        || hour.is_some_and(|i| until(i.saturating_sub(usize::from(tokens[i - 1].norm == "the"))));
    // "On Monday, a soldier died of the injuries he had suffered on November 22".
    let near = |words: &[&str]| tokens[date..].iter().take(14).any(|t| any_of(t, words));
    let late = date <= 2 && near(&["died", "succumbed"]) && near(&["injuries", "wounds"]);
    // "during the week of March 7".
    let week = date >= 2 && tokens[date - 1].norm == "of" && tokens[date - 2].norm == "week";
    released
        || figure
        || week
        || now
        || given
        || until
        || late
        || ours
        || still
        || revised
        || is_of_toll(tokens, date)
        || travelled
        || is_burial(tokens, date)
        || is_late_death(tokens, date)
        || (date.saturating_sub(4)..date).rev().take_while(|i| tokens[*i].is_word()).any(|i| {
            // "des hommes non identifiés ont tué".
            let un = i > 0 && one_of(&tokens[i - 1], &["non", "not", "un"]);
            // "The mine went off on Sunday".
            let off = tokens.get(i + 1).is_some_and(|t| t.norm == "off");
            !un && !off
                && one_of(
                    &tokens[i],
                    &[
                        "quitte", "quittee", "evacue", "fermee", "left", "evacuated", "closed",
                        "vacated", "found", "discovered", "recovered", "retrieved", "exhumed",
                        "buried", "unearthed", "identified", "visited", "went", "travelled",
                        "toured", "retrouve", "retrouves", "retrouvee", "decouvert", "decouverts",
                        "inhume", "inhumes", "enterre", "enterres", "exhumes", "identifies",
                        "visite", "rendus", "rendu", "rendue",
                    ],
                )
        })
}

/// "dont un est décédé de ses blessures le lendemain", "one of whom died the next day", "one of the
/// wounded succumbed on May 24": the day of the death, not of the attack.
fn is_late_death(tokens: &[Token], date: usize) -> bool {
    const DIED: &[&str] = &["decede", "decedee", "decedes", "succombe", "succumbed", "died"];
    const WHOM: &[&str] = &["dont", "whom", "them", "eux"];
    static WHERE: Words = Words::new(&[
        "wounds", "injuries", "blessures", "captivity", "custody", "detention", "hospital",
        "hopital",
    ]);
    let Some(died) = (date.saturating_sub(7)..date).rfind(|i| one_of(&tokens[*i], DIED)) else {
        return false;
    };
    let before = tokens[died.saturating_sub(6)..died].iter().rev();
    let before: Vec<&Token> = before.take_while(|t| t.is_word()).collect();
    let hurt = before.windows(2).any(|w| {
        one_of(w[0], &["wounded", "injured", "blesses"]) && one_of(w[1], &["the", "les", "des"])
    });
    hurt || before.iter().any(|t| one_of(t, WHOM))
        || tokens[died + 1..date].iter().any(|t| WHERE.has(t))
}

/// "RFI l'avait révélé il y a deux semaines, le bilan de cinq morts a été revu à la hausse": of the
/// same incident, whenever it was first told of.
pub(super) fn is_revised(tokens: &[Token]) -> bool {
    static REVISED: Words =
        Words::new(&["revu", "revise", "revised", "alourdi", "raised", "risen", "rose", "climbed"]);
    let toll = tokens.iter().position(|t| one_of(t, &["bilan", "toll"]));
    toll.is_some_and(|at| tokens[at..].iter().take(12).any(|t| REVISED.has(t)))
}

/// "raised the number of dead to four on Thursday": the day of the new toll.
fn is_of_toll(tokens: &[Token], date: usize) -> bool {
    static CHANGED: Words = Words::new(&[
        "raised", "revised", "corrected", "lowered", "updated", "increased", "rose", "climbed",
        "risen", "porte", "revu", "alourdi", "alourdit", "passe", "brought", "put",
    ]);
    const TOLL: &[&str] = &["toll", "figure", "tally", "bilan", "chiffre", "dead"];
    // "rose to 12 after gunmen attacked Boni on Friday": the day of what is told behind.
    static TELLS: Words = Words::new(&[
        "after", "apres", "when", "where", "whose", "following", "since", "lorsque", "quand",
        "suite", "attacked", "stormed", "raided", "ambushed", "opened", "struck",
    ]);
    let ends = |i: &usize| tokens[*i].is(",") || tokens[*i].is(";") || TELLS.has(&tokens[*i]);
    let near = || (date.saturating_sub(16)..date).rev().take_while(|i| !ends(i));
    // "The toll, which replaces that of 16 March".
    let of = date >= 2
        && one_of(&tokens[date - 1], &["of", "du"])
        && one_of(&tokens[date - 2], &["that", "toll", "those", "celui", "bilan"])
        && tokens[..date].iter().any(|t| one_of(t, &["toll", "bilan"]));
    // "a number that they corrected to 81 two days later", "corrected that on the next day".
    let corrected = |i: usize| {
        one_of(&tokens[i], &["corrected", "revised"])
            && (tokens.get(i + 1).is_some_and(|t| one_of(t, &["that", "it", "this", "to"])))
    };
    of || near().any(corrected)
        || near().any(|i| CHANGED.has(&tokens[i]))
            && near().any(|i| one_of(&tokens[i], TOLL) || counts_dead(tokens, i))
}

/// "the number of dead", "the count of those killed"; a number of gunmen counts nobody.
fn counts_dead(tokens: &[Token], at: usize) -> bool {
    one_of(&tokens[at], &["number", "count", "nombre"])
        && tokens[at + 1..].iter().take(4).any(|t| {
            one_of(
                t,
                &["dead", "killed", "deaths", "victims", "wounded", "morts", "tues", "victimes"],
            )
        })
}

/// "revenge for the death of its commanders two months earlier": the day of the reason.
pub(super) fn is_reason(tokens: &[Token], found: &DateFound) -> bool {
    const REASONS: &[&str] = &[
        "revenge", "retaliation", "reprisal", "response", "avenge", "represailles", "vengeance",
        "riposte",
    ];
    let before = matches!(found.words, DateWords::After(n) | DateWords::MonthsAfter(n) if n < 0);
    before && tokens[..found.start].iter().rev().take(16).any(|t| one_of(t, REASONS))
}

/// "a shepherd arrested ten days earlier": the day of what is said of the noun.
pub(super) fn is_of_noun(tokens: &[Token], found: &DateFound) -> bool {
    const DEEDS: &[&str] = &[
        "founded", "created", "formed", "established", "arrested", "abducted", "kidnapped",
        "captured", "wounded", "injured", "killed", "detained", "arrete", "arretes", "enleve",
        "enleves", "captures", "blesses", "tues",
    ];
    const AUX: &[&str] =
        &["was", "were", "been", "had", "have", "has", "ete", "and", "or", "et", "a", "ont", "s"];
    // "JNIM, the alliance formed in March of that year".
    const MADE: &[&str] = &[
        "founded", "created", "formed", "established", "cree", "creee", "fonde", "fondee", "forme",
        "formee", "nee", "ne", "etabli", "etablie", "deployed", "stationed", "deploye", "deployee",
        "deployes",
    ];
    let made = found.start >= 2
        && one_of(&tokens[found.start - 1], &["in", "en"])
        && one_of(&tokens[found.start - 2], MADE);
    if made {
        return true;
    }
    if is_of_participle(tokens, found.start, DEEDS) {
        return true;
    }
    let before = matches!(found.words, DateWords::After(n) | DateWords::MonthsAfter(n) if n < 0);
    let deed = found.start.checked_sub(1).filter(|i| one_of(&tokens[*i], DEEDS));
    let noun = deed.and_then(|i| i.checked_sub(1)).map(|i| &tokens[i]);
    before && noun.is_some_and(|t| t.is_word() && !one_of(t, AUX))
}

/// "onze militaires, capturés lors d'attaques entre juillet 2016 et mars 2017, avaient péri": between
/// two commas, and the participle behind the first.
fn is_of_participle(tokens: &[Token], date: usize, deeds: &[&str]) -> bool {
    let open = (date.saturating_sub(12)..date).rev().find(|i| tokens[*i].is(","));
    let participle = open.is_some_and(|i| one_of(&tokens[i + 1], deeds));
    let close = tokens[date..].iter().take(9).position(|t| t.is(","));
    // "a shepherd, killed on 3 March, was": of the dead themselves it is the day.
    let taken = open.is_some_and(|i| {
        !one_of(&tokens[i + 1], &["killed", "tues", "wounded", "injured", "blesses"])
    });
    participle && taken && open.is_some_and(|i| i > 0) && close.is_some()
}

/// "inhumés dans l'après-midi du 19 novembre", "interred during a ceremony in Gao on 20 November".
fn is_burial(tokens: &[Token], date: usize) -> bool {
    static BURIED: Words = Words::new(&[
        "interred", "buried", "inhume", "inhumes", "inhumees", "enterre", "enterres", "enterrees",
        "creusent", "creusaient", "dug", "digging",
    ]);
    // "On Sunday, 23 bodies were buried".
    if date <= 2 && tokens[date..].iter().take(9).any(|t| BURIED.has(t)) {
        return true;
    }
    let near = tokens[..date].iter().rev().take(9);
    near.take_while(|t| t.kind != TokenKind::Punct).any(|t| BURIED.has(t))
}
