//! Actors named in a text. Short names ("the army", "Mali") count only where something makes
//! clear who is meant.

use crate::ingest::lexicon::{Hit, Words, one_of};
use crate::ingest::token::{Token, letters, norm};
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::knowledge::actors::ActorKind;
use std::cell::OnceCell;

/// An actor named at tokens `[start, end)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorFound {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Id in the registry.
    pub slug: String,
    /// Whether it was named by a short name.
    pub short: bool,
}

/// The actors of a document so far: what short names lean on.
#[derive(Debug, Default, Clone)]
pub struct Cast<'t> {
    /// Slugs, latest last.
    seen: Vec<String>,
    text: &'t str,
    /// Whether the text is about another country than Mali: "the government" is not Mali's.
    /// Empty until somebody asks.
    abroad: OnceCell<bool>,
}

impl<'t> Cast<'t> {
    /// A cast for a text: whose government "the government" is depends on which country the text
    /// names most.
    pub fn of_text(text: &'t str) -> Self {
        Self { text, ..Self::default() }
    }

    fn is_abroad(&self) -> bool {
        *self.abroad.get_or_init(|| is_abroad(self.text))
    }

    /// Remembers that an actor was named.
    pub fn see(&mut self, slug: &str) {
        self.seen.retain(|s| s != slug);
        self.seen.push(slug.to_owned());
    }

    /// The actor named last of which `fits` is true.
    pub fn latest(&self, fits: impl Fn(&str) -> bool) -> Option<&str> {
        self.seen.iter().rev().map(String::as_str).find(|s| fits(s))
    }

    /// "The rebels", "the separatists" of a text that has named the group: that group.
    fn rebels<'a>(&'a self, bearers: &[String], known: &Knowledge) -> Option<&'a str> {
        let rebels =
            |slug: &str| known.actors.get(slug).is_some_and(|a| a.kind == ActorKind::Separatist);
        let any = bearers.iter().any(|b| b == "tuareg-rebels" || b == "tuareg-separatists");
        let named = |slug: &str| rebels(slug) && !slug.starts_with("tuareg-");
        self.latest(named).filter(|_| any)
    }

    /// Whom a short name means: the one of its bearers that was named last; else the Malian
    /// one, in a text on Mali; else the only one.
    pub fn resolve<'a>(&'a self, bearers: &'a [String], known: &'a Knowledge) -> Option<&'a str> {
        let seen = self.latest(|s| bearers.iter().any(|b| b == s));
        let malian = || {
            bearers
                .iter()
                .map(String::as_str)
                .find(|b| known.actors.get(b).is_some_and(|a| a.country.as_deref() == Some("ML")))
        };
        // "France" is its government before its army.
        let government = || {
            let entry = |b: &String| known.actors.get(b);
            let country = bearers.first().and_then(entry).and_then(|a| a.country.as_deref());
            let one_state =
                bearers.iter().all(|b| entry(b).and_then(|a| a.country.as_deref()) == country);
            let speaks = |b: &&String| entry(b).is_some_and(|a| a.forces.is_some());
            bearers
                .iter()
                .find(speaks)
                .filter(|_| one_state && country.is_some())
                .map(String::as_str)
        };
        if seen.is_none() && malian().is_some() && self.is_abroad() {
            return None;
        }
        seen.or_else(malian).or_else(government).or(match bearers {
            [one] => Some(one),
            _ => None,
        })
    }
}

/// Whether a text names another country more than twice as often as Mali.
fn is_abroad(text: &str) -> bool {
    const OTHERS: [&str; 6] = ["burkin", "niger", "benin", "togo", "tchad", "chad"];
    let (mut mali, mut others) = (0_usize, [0_usize; 6]);
    // A look at the first letters spares most words the rest.
    let may_be = |w: &&str| {
        w.as_bytes().first_chunk::<4>().is_some_and(|first| {
            let first = first.map(|b| b.to_ascii_lowercase());
            let letter = !first[0].is_ascii() || b"mbntc".contains(&first[0]);
            let country = [b"mali", b"burk", b"nige", b"beni", b"togo", b"tcha", b"chad"];
            letter && (!first.is_ascii() || country.contains(&&first))
        })
    };
    for word in letters(text).filter(may_be) {
        let word = norm(word);
        mali += usize::from(word.starts_with("mali"));
        let other = OTHERS.iter().position(|o| word.starts_with(o));
        if let Some(other) = other.filter(|_| !word.starts_with("nigeria")) {
            others[other] += 1;
        }
    }
    others.iter().any(|n| *n > 2 * mali)
}

/// Every actor named in the tokens; remembers them in `cast`.
pub fn actors(
    tokens: &[Token],
    vocabulary: &Vocabulary,
    known: &Knowledge,
    cast: &mut Cast<'_>,
) -> Vec<ActorFound> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(hit) = vocabulary.actors.at(tokens, at) {
            if !describes(tokens, at, hit.end) && !is_worth_noting(tokens, at) {
                let slug = under_umbrella(tokens, &hit, cast, known);
                cast.see(&slug);
                out.push(ActorFound { start: at, end: hit.end, slug, short: false });
            }
            at = hit.end;
        } else if let Some(hit) = vocabulary.short_actors.at(tokens, at) {
            // "the French" in "the French Army": the full name goes first.
            if (at + 1..hit.end).any(|i| vocabulary.actors.at(tokens, i).is_some()) {
                at += 1;
                continue;
            }
            let slug = cast
                .rebels(hit.value, known)
                .or_else(|| cast.resolve(hit.value, known))
                .map(str::to_owned)
                .filter(|slug| {
                    // "The rebels" of a text on Islamists alone are not those of Azawad.
                    let kind = |kind: ActorKind| {
                        cast.latest(|s| known.actors.get(s).is_some_and(|a| a.kind == kind))
                    };
                    let others = slug == "tuareg-rebels"
                        && kind(ActorKind::Separatist).is_none()
                        && kind(ActorKind::Jihadist).is_some();
                    !others && !is_islamist(tokens, at)
                });
            let acts = is_acting(tokens, at, hit.end, vocabulary)
                && !describes(tokens, at, hit.end)
                && !is_of_thing(tokens, at, hit.end);
            if let Some(slug) = slug.filter(|_| acts) {
                out.push(ActorFound { start: at, end: hit.end, slug, short: true });
            }
            at = hit.end;
        } else {
            at += 1;
        }
    }
    drop_umbrellas(&mut out, known);
    out
}

/// "A notable report": no notable, who stands behind a French word.
fn is_worth_noting(tokens: &[Token], at: usize) -> bool {
    static BEFORE: Words = Words::new(&[
        "un", "le", "des", "les", "du", "ce", "ces", "deux", "trois", "plusieurs", "quelques",
        "certains", "autre", "autres", "et", "de", "d", "ses",
    ]);
    let led = at.checked_sub(1).is_some_and(|i| BEFORE.has(&tokens[i]));
    one_of(&tokens[at], &["notable", "notables"]) && !led
}

/// "The al Qaeda group also claimed": the one named before that stands under it.
fn under_umbrella(
    tokens: &[Token],
    hit: &Hit<'_, String>,
    cast: &Cast<'_>,
    known: &Knowledge,
) -> String {
    let group = tokens.get(hit.end).is_some_and(|t| one_of(t, &["group", "branch", "affiliate"]));
    let under = |slug: &str| {
        known.actors.get(slug).is_some_and(|a| {
            a.kind == ActorKind::Jihadist && a.parent.as_deref() == Some(hit.value.as_str())
        })
    };
    let named = cast.latest(under).filter(|_| group && hit.value == "al-qaeda");
    named.map_or_else(|| hit.value.clone(), str::to_owned)
}

/// "al-Qaeda-linked militants", "the Russia-linked group", "a group affiliated with Al Qaeda",
/// "un groupe lié à Al-Qaïda": words that say of what sort somebody is, and name another.
fn describes(tokens: &[Token], start: usize, end: usize) -> bool {
    const BEHIND: &[&str] = &[
        "linked", "affiliated", "aligned", "backed", "allied", "inspired", "affiliate",
        "affiliates", "offshoot", "led",
    ];
    const TIED: &[&str] = &[
        "linked", "affiliated", "aligned", "allied", "loyal", "ties", "links", "tied", "close",
        "lie", "lies", "liee", "liees", "affilie", "affilies", "affiliee", "affiliees", "allie",
        "allies", "alliee", "fidele", "fideles", "proche", "proches", "infeode", "infeodes",
    ];
    // "JNIM affiliate Katiba Macina", "al Qaeda linked JNIM".
    // "extremists linked to al Qaeda": who they are themselves.
    let to_another = tokens.get(end + 1).is_some_and(|t| one_of(t, &["to", "with"]));
    let behind = tokens.get(end).is_some_and(|t| {
        one_of(t, BEHIND) && !to_another && (t.glued || !one_of(t, &["backed", "allied", "led"]))
    }) || tokens.get(end).is_some_and(|t| t.is("'s") || t.is("’s"))
        // "al Qaeda's West Africa affiliate".
        && tokens[end + 1..].iter().take(4).take_while(|t| t.is_word()).any(|t| {
            one_of(t, &["affiliate", "branch", "franchise", "offshoot", "ally", "arm", "wing"])
        });
    let before: Vec<&Token> = tokens[..start].iter().rev().take(3).collect();
    let to =
        before.iter().take(2).position(|t| one_of(t, &["to", "with", "a", "au", "aux", "de", "d"]));
    let tied = to.is_some_and(|i| before.get(i + 1).is_some_and(|t| one_of(t, TIED)));
    behind || tied
}

/// "Islamist rebels", "various fundamentalist rebels": not those who fight for Azawad.
fn is_islamist(tokens: &[Token], start: usize) -> bool {
    tokens[..start].iter().rev().take(2).any(|t| {
        one_of(
            t,
            &[
                "islamist", "islamic", "fundamentalist", "jihadist", "islamistes", "djihadistes",
                "jihadistes", "salafist",
            ],
        )
    })
}

/// "an army camp", "a military convoy", "a deserter army colonel": whose thing or former man it
/// is, and nobody who acts.
fn is_of_thing(tokens: &[Token], start: usize, end: usize) -> bool {
    const THINGS: &[&str] = &[
        "camp", "camps", "base", "bases", "post", "posts", "outpost", "outposts", "position",
        "positions", "barracks", "garrison", "checkpoint", "checkpoints", "vehicle", "vehicles",
        "truck", "trucks", "escort", "uniform", "uniforms",
    ];
    let thing = tokens.get(end).is_some_and(|t| one_of(t, THINGS));
    let former = start > 0 && one_of(&tokens[start - 1], &["deserter", "former", "ex"]);
    thing || former
}

/// "JNIM, an al-Qaeda affiliate", "le GSIM, filiale d'Al-Qaïda": where a group is named, the
/// umbrella that it stands under says only of what sort it is.
fn drop_umbrellas(out: &mut Vec<ActorFound>, known: &Knowledge) {
    const UMBRELLAS: &[&str] = &["al-qaeda", "islamic-state"];
    let under = |slug: &str, whole: &str| {
        let mut at = known.actors.get(slug).and_then(|a| a.parent.as_deref());
        let mut steps = 0;
        while let Some(parent) = at.filter(|_| steps < 8) {
            if parent == whole {
                return true;
            }
            at = known.actors.get(parent).and_then(|a| a.parent.as_deref());
            steps += 1;
        }
        false
    };
    let dropped: Vec<String> = out
        .iter()
        .filter(|a| UMBRELLAS.contains(&a.slug.as_str()))
        .filter(|a| {
            // "Islamic State said through Amaq": its agency names no other group.
            let speaks =
                |slug: &str| known.actors.get(slug).is_some_and(|o| o.kind == ActorKind::Speaker);
            out.iter().any(|o| under(&o.slug, &a.slug) && !speaks(&o.slug))
        })
        .map(|a| a.slug.clone())
        .collect();
    out.retain(|a| !dropped.contains(&a.slug));
}

/// A country's or city's name is an actor only where it acts ("Mali denied"), not where it
/// is a place ("in Mali", "Hombori, Mali"). Other short names are always meant.
fn is_acting(tokens: &[Token], start: usize, end: usize, vocabulary: &Vocabulary) -> bool {
    let names_country = end == start + 1
        && tokens[start].capital
        && one_of(
            &tokens[start],
            &[
                "mali", "france", "bamako", "niger", "chad", "tchad", "russia", "russie", "moscow",
                "moscou", "algeria", "algerie", "paris", "niamey", "togo", "germany", "allemagne",
                "mauritania", "mauritanie", "senegal", "britain", "uk", "burkina",
            ],
        )
        || end == start + 2
            && tokens[start].capital
            && one_of(&tokens[start], &["burkina", "ivory", "united"]);
    if !names_country {
        return true;
    }
    // "d'après Bamako", "according to Paris".
    let cited = |from: usize| vocabulary.by.at(tokens, from).is_some_and(|hit| hit.end == start);
    if (start.saturating_sub(3)..start).any(cited) {
        return true;
    }
    let led = start.checked_sub(1).is_some_and(|i| {
        tokens[i].is(",")
            || one_of(
                &tokens[i],
                &[
                    "in", "of", "from", "to", "near", "northern", "southern", "central", "eastern",
                    "western", "across", "within", "throughout", "du", "au", "le", "en", "dans",
                    "de", "nord", "sud", "leave", "left", "with", "and", "for", "a",
                ],
            )
    });
    // "accused France of": the one accused.
    let accused = start > 0
        && one_of(
            &tokens[start - 1],
            &[
                "accused", "accuses", "accusing", "accuse", "accusent", "blamed", "blames",
                "blaming",
            ],
        );
    if accused {
        return true;
    }
    let Some(next) = tokens.get(end) else {
        return false;
    };
    let joined = one_of(next, &["and", "et"])
        && tokens.get(end + 1).is_some_and(|t| t.capital)
        && vocabulary.actors.at(tokens, end + 1).is_some();
    let acts = vocabulary.speech.at(tokens, end).is_some()
        || one_of(
            next,
            &[
                "denied", "denies", "accused", "blamed", "launched", "did", "backed", "instead",
                "also", "has", "had", "killed", "attacked", "carried", "conducted", "began",
                "refused", "rejected", "a",
            ],
        );
    // "Bamako, qui parlait d'abord de 20 morts": it says so.
    let says = next.is(",")
        && tokens.get(end + 1).is_some_and(|t| one_of(t, &["qui", "which"]))
        && (end + 2..(end + 6).min(tokens.len()))
            .any(|i| vocabulary.speech.at(tokens, i).is_some());
    (!led || one_of(&tokens[start - 1], &["and"])) && (acts || joined || says)
}
