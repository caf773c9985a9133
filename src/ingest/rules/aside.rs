//! Figures that are no claim about an incident: totals of a period, and what is denied.

use super::date::{self, DateFound, DateWords};
use super::number::figure;
use crate::ingest::lexicon::{Phrases, Words, any_of, one_of};
use crate::ingest::token::{Token, TokenKind, key};
use std::sync::LazyLock;

/// Why a figure is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// It counts the dead of months, years or a whole war.
    Period,
    /// Somebody says that it is not so.
    Denied,
}

impl Aside {
    /// What was expected and what was found, in words.
    pub fn found(self) -> &'static str {
        match self {
            Self::Period => "a total of a period",
            Self::Denied => "a figure that is denied",
        }
    }
}

fn is_year(token: Option<&Token>) -> bool {
    token.is_some_and(|t| {
        t.kind == TokenKind::Number
            && t.norm.len() == 4
            && t.norm.parse::<u16>().is_ok_and(|y| (1990..=2059).contains(&y))
    })
}

fn phrases(all: &[&str]) -> Phrases<()> {
    let mut ready = Phrases::default();
    ready.add_all(all.iter().copied(), ());
    ready
}

fn has(tokens: &[Token], words: &[&str]) -> bool {
    let first = key(words[0]);
    let same = |w: &[Token]| w.iter().zip(words).all(|(t, x)| t.norm == *x);
    tokens.windows(words.len()).any(|w| w[0].key == first && same(w))
}

/// Whether a phrase for a period stands there, and not to say how one attack compares with
/// others: "the deadliest attack this year" is one attack.
fn spans(tokens: &[Token], phrases: &Phrases<()>) -> bool {
    const COMPARED: &[&str] = &[
        "deadliest", "worst", "heaviest", "bloodiest", "largest", "biggest", "attack", "attaque",
        "meurtriere", "meurtrieres", "sanglante", "lourd", "pire",
    ];
    let compared = |at: usize| tokens[..at].iter().rev().take(4).any(|t| one_of(t, COMPARED));
    (0..tokens.len()).any(|at| phrases.at(tokens, at).is_some() && !compared(at))
}

/// Whether the figures of a sentence are totals of a period.
pub fn is_period_total(tokens: &[Token]) -> bool {
    static PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| {
        phrases(&[
            "to date", "so far", "each year", "every year", "chaque annee", "par an",
            "over the years", "au cours des dernieres", "ces dernieres annees",
            "ces derniers mois", "ces dernieres semaines", "in recent years", "in recent weeks",
            "in recent months", "reporting period", "depuis janvier", "year as a whole",
            "during the month", "over the month", "au cours du mois", "over the period",
            "sur la periode", "au cours de la periode", "during the period", "pour la periode",
            "durant cette periode", "pendant cette periode", "durant la periode",
            "during this period", "trimestre precedent", "previous quarter", "conflict began",
            "conflit a commence", "a ce jour", "annee en cours",
        ])
    });
    static THOUSANDS: Words = Words::new(&["thousands", "milliers"]);
    let thousands = tokens.iter().enumerate().any(|(i, t)| {
        THOUSANDS.has(t)
            && !tokens[i + 1..]
                .iter()
                .take(4)
                .any(|t| one_of(t, &["detained", "fled", "displaced"]))
    });
    // "have died in the conflict", but not "the sixth soldier to die in the conflict".
    let war = [&["in", "the", "conflict"], &["in", "the", "war"], &["dans", "le", "conflit"]]
        .iter()
        .any(|p| has(tokens, *p))
        && tokens.iter().any(|t| one_of(t, &["have", "ont"]));
    // "In 2022, more than 2,000 civilians were killed, according to the UN."
    let opening_year = tokens.first().is_some_and(|t| one_of(t, &["in", "en"]))
        && is_year(tokens.get(1))
        && tokens.iter().any(|t| {
            t.kind == TokenKind::Number && t.norm.len() >= 4 && !is_year(Some(t))
                || one_of(t, &["hundreds", "centaines"])
        });
    // "more than 3,000 people died in Mali last year".
    static COUNTRY: LazyLock<Phrases<()>> = LazyLock::new(|| {
        phrases(&[
            "in mali", "au mali", "in the country", "dans le pays", "across mali",
            "across the country",
        ])
    });
    let whole_year = [
        &["last", "year"][..],
        &["l", "an", "dernier"],
        &["annee", "derniere"],
        &["annee", "passee"],
    ];
    let countries = COUNTRY.all(tokens);
    // "nearly 600 civilians were killed in the country in 2021".
    let of_year = countries.iter().any(|hit| {
        tokens.get(hit.end).is_some_and(|t| one_of(t, &["in", "en"]))
            && is_year(tokens.get(hit.end + 1))
    });
    // "in Mali's decade-long fight" is no count of the country's dead.
    let whole_country = || {
        let next = |end: usize| tokens.get(end).is_some_and(|t| !t.is("'s") && !t.is("’s"));
        countries.iter().any(|hit| next(hit.end))
    };
    let country_year = of_year || whole_country() && whole_year.iter().any(|p| has(tokens, p));
    // "the worst violence seen against the army this year": one attack after all.
    static SUPERLATIVES: Words = Words::new(&[
        "worst", "deadliest", "bloodiest", "largest", "biggest", "heaviest", "meurtrier",
        "meurtriere", "lourd", "pire",
    ]);
    let superlative = || tokens.iter().any(|t| SUPERLATIVES.has(t));
    // "in February this year" is a month.
    let this_year = tokens.windows(2).enumerate().any(|(i, w)| {
        let year = one_of(&w[0], &["this", "cette"]) && one_of(&w[1], &["year", "annee"]);
        let dated = || tokens[..i].iter().rev().take(4).any(|t| date::month(t).is_some());
        year && !dated()
    });
    // "Between 300 and 700 civilians were killed in a string of massacres".
    let string_of = || {
        tokens.windows(3).any(|w| {
            one_of(&w[0], &["string", "spate", "wave"])
                && one_of(&w[1], &["of"])
                && one_of(&w[2], &["massacres", "attacks", "killings", "raids"])
        }) && !dates_a_day(tokens)
    };
    // "The U.N. mission has lost more than 170 peacekeepers in Mali": of all its years.
    let lost_there = || {
        let has = tokens.windows(2).any(|w| {
            one_of(&w[0], &["has", "have", "a", "ont"]) && one_of(&w[1], &["lost", "perdu"])
        });
        let mali =
            tokens.windows(2).any(|w| one_of(&w[0], &["in", "au"]) && one_of(&w[1], &["mali"]));
        // "La mission, établie en 2013, a perdu plus de 230 de ses membres".
        const FOUNDED: &[&str] =
            &["established", "created", "founded", "deployed", "etablie", "creee", "deployee"];
        let founded = tokens.windows(3).any(|w| {
            one_of(&w[0], FOUNDED)
                && one_of(&w[1], &["in", "en", "since", "depuis"])
                && is_year(Some(&w[2]))
        });
        has && (mali || founded)
            && tokens.iter().all(|t| !one_of(t, &["ambush", "attack", "attaque", "embuscade"]))
            && !dates_a_day(tokens)
    };
    // "The United Nations recorded more than 500 deaths in this violence in 2018".
    let recorded = || {
        let counted = tokens.iter().any(|t| {
            one_of(
                t,
                &["recorded", "documented", "registered", "recense", "documente", "enregistre"],
            )
        });
        counted
            && tokens.windows(3).any(|w| {
                !w[0].capital
                    && date::month(&w[0]).is_none()
                    && one_of(&w[1], &["in", "en"])
                    && is_year(Some(&w[2]))
            })
            && tokens.iter().any(|t| one_of(t, &["violence", "violences", "attacks", "attaques"]))
    };
    // "Radicals have killed some 298 peacekeepers as of 31 January".
    let until_now = || {
        has(tokens, &["as", "of"])
            && tokens.windows(2).any(|w| {
                one_of(&w[0], &["have", "has", "had"])
                    && one_of(&w[1], &["killed", "lost", "caused", "claimed"])
                    || w[0].norm == "had" && w[1].norm == "been"
            })
    };
    // "la mission la plus coûteuse de l'ONU, avec plus de 70 Casques bleus tués": of all its years.
    let mission = || {
        tokens.windows(3).any(|w| {
            one_of(&w[0], &["plus", "most", "deadliest", "costliest"])
                && (one_of(&w[0], &["deadliest", "costliest"])
                    || one_of(
                        &w[1],
                        &["couteuse", "meurtriere", "meurtrie", "dangerous", "costly", "deadly"],
                    ))
        }) && tokens.iter().enumerate().any(|(i, t)| {
            one_of(t, &["mission", "operation"])
                && tokens[i..].iter().take(12).any(|t| one_of(t, &["onu", "un", "paix", "monde"]))
        })
    };
    // "Depuis l'apparition du groupe, en 2015, les affrontements ont fait des centaines de morts".
    let since_then = || {
        const MANY: &[&str] = &["centaines", "hundreds", "dizaines", "dozens", "scores"];
        const OF_ALL: &[&str] = &["ont", "have", "a", "has"];
        let opens = tokens.first().is_some_and(|t| one_of(t, &["depuis", "since"]));
        let years = opens && (1..tokens.len()).any(|i| is_year(Some(&tokens[i])));
        years && tokens.iter().any(|t| one_of(t, MANY)) && tokens.iter().any(|t| one_of(t, OF_ALL))
    };
    if war
        || mission()
        || since_then()
        || string_of()
        || lost_there()
        || until_now()
        || recorded()
        || this_year && !superlative()
        || opening_year
        || country_year
        || months(tokens)
        || thousands
        || many_attacks(tokens)
        || spans(tokens, &PHRASES)
    {
        return true;
    }
    static KILLED: Words = Words::new(&[
        "killed", "massacred", "executed", "claimed", "wounded", "abducted", "murdered", "tue",
        "massacre", "execute", "fait", "enleve", "assassine",
    ]);
    static BEGAN: Words = Words::new(&[
        "deployed", "deployee", "deploye", "deployees", "deployment", "deploiement", "arrivee",
        "arrival", "launched", "created", "creee", "established", "installation",
    ]);
    static OPENS: Words = Words::new(&[
        "since", "depuis", "past", "last", "en", "displaced", "displacing", "deplacees", "from",
    ]);
    tokens.iter().enumerate().filter(|(_, t)| OPENS.has(t)).any(|(i, t)| {
        let next = |n: usize| tokens.get(i + n);
        let word = |n: usize, words: &[&str]| next(n).is_some_and(|t| any_of(t, words));
        match t.norm.as_str() {
            "since" | "depuis" => {
                let whole = (1..=3).any(|n| is_year(next(n)))
                    || (1..=3).any(|n| {
                        word(
                            n,
                            &[
                                "start", "beginning", "outbreak", "debut", "creation",
                                "deployment", "deploiement", "its", "independence", "operation",
                                "intervention", "guerre", "war", "crise", "crisis", "conflit",
                                "conflict",
                            ],
                        )
                    });
                // "Since January more than 500 people have been killed", but not "the village,
                // besieged since January, was attacked".
                let counted = i == 0
                    || [&["have", "been"][..], &["have", "died"], &["ont", "ete"]]
                        .iter()
                        .any(|p| has(&tokens[..i], p))
                    || tokens[..i].windows(3).any(|w| {
                        // "have unlawfully killed".
                        one_of(&w[0], &["have", "has", "ont", "a"])
                            && (KILLED.has(&w[1]) || w[1].norm.ends_with("ly") && KILLED.has(&w[2]))
                    });
                let whole = whole
                    || counted
                        && (word(1, MONTHS) || next(1).is_some_and(|t| date::month(t).is_some()));
                // "depuis qu'elle a été déployée en juillet 2013", "since it was deployed".
                let began = (2..=7).any(|n| next(n).is_some_and(|t| BEGAN.has(t)))
                    && word(1, &["qu", "que", "it", "its", "the", "la", "le", "l", "they"]);
                let whole = whole || began;
                // "since 2019, when 53 soldiers were killed": one incident after all.
                let told =
                    tokens[i..].iter().take(8).any(|t| one_of(t, &["when", "lorsque", "quand"]));
                // "the mission deployed since 2013": how long somebody has been there.
                const THERE: &[&str] = &[
                    "deployed", "present", "active", "based", "stationed", "place", "power",
                    "deploye", "deployee", "deployes", "deployees", "presente", "presents",
                    "actif", "active", "actifs", "pouvoir",
                ];
                let there = i > 0 && one_of(&tokens[i - 1], THERE);
                whole && !told && !there && !has(&tokens[i..], &["year", "of"])
            }
            "past" | "last" => {
                word(1, &["years", "months", "decade", "year"])
                    && i > 0
                    && tokens[i - 1].norm == "the"
                    || word(2, &["years", "months", "decades"])
            }
            "en" => word(2, &["ans", "annees"]) || word(2, &["mois"]),
            "displaced" | "displacing" | "deplacees" => {
                tokens.iter().any(|t| one_of(t, &["thousands", "millions", "million", "milliers"]))
            }
            "from" => {
                word(1, MONTHS)
                    && is_year(next(2))
                    && tokens[i..].iter().take(9).any(|t| t.norm == "to")
            }
            _ => false,
        }
    })
}

/// "14 attacks, which left four dead", "sept incidents ayant occasionné la mort de 49 civils":
/// the dead of many attacks, when no single day is named.
pub fn many_attacks(tokens: &[Token]) -> bool {
    static ATTACKS: Words = Words::new(&["attacks", "attaques", "incidents", "assaults"]);
    if !tokens.iter().any(|t| ATTACKS.has(t)) {
        return false;
    }
    let days = date::dates(tokens);
    let one_day = days.iter().any(is_one_day);
    let spans = days
        .iter()
        .any(|d| matches!(d.words, DateWords::Days { from, to, .. } if from.month != to.month));
    (!one_day || spans)
        && (0..tokens.len()).any(|i| {
            figure(tokens, i).is_some_and(|number| {
                let many = number.min.or(number.max).is_some_and(|n| n >= MANY);
                // "a series of four coordinated attacks" is one incident.
                let at_once = |j: &usize| {
                    one_of(
                        &tokens[*j],
                        &["coordinated", "simultaneous", "coordonnees", "simultanees"],
                    )
                };
                let noun = || number.end..(number.end + 4).min(tokens.len());
                let noun = noun().take_while(|j| tokens[*j].is_word());
                let noun = noun.collect::<Vec<_>>();
                let counted = noun.iter().take(3).any(|j| ATTACKS.has(&tokens[*j]));
                many && counted && !noun.iter().any(at_once)
            })
        })
}

fn is_one_day(date: &DateFound) -> bool {
    match date.words {
        DateWords::Days { from, to, .. } => from == to,
        DateWords::Weekday(_)
        | DateWords::LastWeekday(_)
        | DateWords::SameDay
        | DateWords::BeforePublication(_) => true,
        _ => false,
    }
}

/// Whether a single day is named.
fn dates_a_day(tokens: &[Token]) -> bool {
    date::dates(tokens).iter().any(is_one_day)
}

/// "These attacks killed 195": counted of those spoken of before.
pub fn leans_on_many(tokens: &[Token]) -> bool {
    tokens.windows(2).any(|w| {
        one_of(&w[0], &["ces", "these", "those"])
            && one_of(&w[1], &["attaques", "attacks", "incidents", "assaults", "assauts"])
    })
}

/// From how many attacks on their dead are no claim about one incident.
const MANY: u32 = 4;

/// "between July and September", "the first three months of 2020", "by the spring of 2018 …
/// had": a span of months, however it is put.
fn months(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(i, t)| {
        let word = |n: usize, words: &[&str]| tokens.get(i + n).is_some_and(|t| any_of(t, words));
        match t.norm.as_str() {
            "between" => word(1, MONTHS) && word(2, &["and"]) && word(3, MONTHS),
            "entre" => word(1, MOIS) && word(2, &["et"]) && word(3, MOIS),
            "first" | "second" if word(1, &["half", "quarter"]) => word(2, &["of"]),
            "premier" | "second" | "deuxieme" | "troisieme" | "dernier" => {
                word(1, &["semestre", "trimestre"])
            }
            "first" | "last" | "premiers" | "derniers" => {
                word(1, &["two", "three", "four", "six", "nine", "months", "mois"])
                    && (word(2, &["months"]) || word(1, &["mois"]))
                    && word(3, &["of", "de", "this"])
                    || word(1, &["mois"]) && word(2, &["de"])
            }
            "by" => {
                let open = usize::from(word(1, &["the"]));
                let point = word(
                    1 + open,
                    &["end", "middle", "start", "beginning", "spring", "summer", "autumn"],
                );
                point
                    && word(2 + open, &["of"])
                    && is_year(tokens.get(i + 3 + open))
                    && tokens.iter().any(|t| one_of(t, &["had", "have", "has"]))
            }
            _ => false,
        }
    })
}

const MOIS: &[&str] = &[
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
];

const MONTHS: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
];

/// The token from which on what is said is denied: "denied that 30 soldiers had been killed".
pub fn denied_from(tokens: &[Token]) -> Option<usize> {
    static DENIALS: Words = Words::new(&[
        "denied", "denies", "denying", "dement", "dementent", "dementi", "rejected", "refuted",
        "refute", "nie", "nient", "rejects",
    ]);
    static INSTEAD: Words = Words::new(&[
        "affirmant", "assurant", "soutenant", "indiquant", "precisant", "disant", "expliquant",
        "saying", "claiming", "insisting",
    ]);
    tokens.iter().enumerate().find_map(|(i, t)| {
        let denies = DENIALS.has(t)
            // "L'armée a démenti, affirmant avoir tué 22 terroristes": what it says instead.
            && tokens[i + 1..].iter().take(5).take_while(|t| !INSTEAD.has(t)).any(|t| {
                one_of(t, &["that", "que", "report", "reports", "having", "avoir", "rapport"])
            });
        let untrue =
            one_of(t, &["true", "vrai"]) && i > 0 && one_of(&tokens[i - 1], &["not", "pas"]);
        (denies || untrue).then_some(i)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::token::tokens;

    fn read(text: &str) -> (bool, bool) {
        let t = tokens(text, 0..text.len());
        (is_period_total(&t), denied_from(&t).is_some())
    }

    #[test]
    fn ok_asides() {
        for text in [
            "More than 200 soldiers have been killed since the start of the year.",
            "At least 300 people died over the past three years.",
            "Since 2012 thousands have died.",
            "185 de ses membres sont morts depuis sa création en 2013.",
            "The conflict killed thousands, displacing a million people.",
            "The mission suffered 14 attacks, which left four dead.",
            "Elle a documenté sept incidents ayant occasionné la mort de 49 civils.",
            "So far 120 people have been killed.",
            "Radicals have killed some 298 peacekeepers as of 31 January.",
            "A report found that as of August 31 mines had caused 72 deaths.",
            "As of August 31 there had been 72 fatalities due to mines.",
            "L'armée revendique la mort de dizaines de jihadistes ces derniers mois.",
            "Elle est, depuis qu'elle a été déployée en juillet 2013, la mission la plus coûteuse, avec plus de 80 Casques bleus tués.",
            "Selon l'AFP, 18 militaires ont été tués au Mali depuis l'opération Serval en 2013.",
            "The mission has lost 80 peacekeepers since it was deployed to Mali.",
            "The UN put the number of deaths in the first half of the year at 1,304.",
            "Nearly 600 civilians were killed in the country in 2021.",
            "Soldiers have unlawfully killed dozens of civilians since December, it said.",
            "Au premier semestre, 812 civils ont été tués.",
            "Déployée depuis 2013, c'est la mission de maintien de la paix de l'ONU la plus coûteuse en vies, avec plus de 70 Casques bleus tués.",
            "Armed groups have killed scores of civilians since February, the group said.",
        ] {
            assert_eq!(read(text), (true, false), "{text}");
        }
        for text in [
            "The army denied that 30 soldiers had been killed.",
            "L'armée dément que 30 soldats aient été tués.",
        ] {
            assert_eq!(read(text), (false, true), "{text}");
        }
        for text in [
            "Twelve people were killed on Monday.",
            "As of Sunday, 12 people have been confirmed dead.",
            "Nine were killed in the north, the deadliest attack so far.",
            "In the deadliest attack this year, gunmen killed 40 villagers.",
            "Five attacks on Friday killed 20 people.",
            "L'attaque la plus meurtrière contre la mission a fait dix morts à Kidal.",
            "One was killed and eight were hurt in what seemed a series of four coordinated attacks.",
            "Quatre attaques simultanées ont fait douze morts.",
            "In February this year 40 civilians were killed in villages around the town.",
            "The army has killed 12 fighters since Monday.",
            "Last year 500 died, the worst atrocity in Mali's decade-long fight.",
            "20 died, said the mission deployed since 2013.",
            "Since Monday the deployed soldiers have killed 12 fighters.",
            "The worst since 2019, when 53 soldiers were killed at Indelimane.",
            "It is the heaviest blow since 30 September, when around 40 soldiers were killed.",
            "JNIM denied responsibility for the killing of 20 civilians.",
            "L'armée a démenti, affirmant avoir tué 22 terroristes.",
            "The village, besieged since March, was attacked; five people were killed.",
        ] {
            assert_eq!(read(text), (false, false), "{text}");
        }
    }
}
