//! The noun behind a number: whom it counts.

mod whose;

use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::token::{Token, TokenKind};
use crate::ingest::vocabulary::{People, Vocabulary};
use crate::knowledge::Knowledge;
use crate::knowledge::words::Form;
use crate::model::claim::{CasualtyGroup, Measure};
pub use whose::demonym;
use whose::{actors_fill, belonging, beside_another, members_of, nationals};

/// Whom a noun names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noun {
    /// How they are counted.
    pub group: CasualtyGroup,
    /// Slug in the tree of victim groups.
    pub victim: Option<String>,
    /// Whether it can mean one person.
    pub singular: bool,
}

/// What a noun phrase is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// People of these groups.
    People(Vec<Noun>),
    /// No noun at all ("fifteen were wounded").
    Elided,
    /// A noun that nothing knows ("four shepherds"): people only where what is said of them can
    /// be said of nothing else.
    Unlisted,
    /// Something that is no people ("sixteen motorcycles").
    Thing,
}

/// A noun phrase found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NounPhrase {
    /// One past its last token.
    pub end: usize,
    /// What it is about.
    pub head: Head,
    /// Whether the number before it is a part of a larger one ("20 of the 27 civilians").
    pub part: bool,
    /// First token of a casualty word inside it ("27 detained civilians").
    pub inner: Option<usize>,
    /// Token of the larger number, when there is one.
    pub whole: Option<usize>,
    /// Whether only the name of an actor says who they are ("12 MNLA").
    pub named: bool,
}

/// The most words that may stand between a number and its noun.
const MAX_MODIFIERS: usize = 6;

/// Reads the noun phrase that begins at token `at`.
pub fn noun_phrase(
    tokens: &[Token],
    at: usize,
    vocabulary: &Vocabulary,
    known: &Knowledge,
) -> NounPhrase {
    let mut phrase = NounPhrase {
        end: at,
        head: Head::Elided,
        part: false,
        inner: None,
        whole: None,
        named: false,
    };
    if let Some(found) = pronominal(tokens, at, vocabulary) {
        return found;
    }
    let mut i = partitive(tokens, at, &mut phrase);
    if i > at && tokens.get(i).is_some_and(is_comrade) {
        // "cinq de leurs camarades": of the same people as those before.
        return NounPhrase { end: i + 1, part: true, ..phrase };
    }
    if let Some(of) = bodies_of(tokens, i) {
        phrase.inner = Some(i);
        i = of;
    }
    let first = i;
    // "one family": people, but not so many. French names the thing first: "02 véhicules détruits
    // côté FAMa".
    let family = ["family", "families", "famille", "familles", "household", "households"];
    if tokens.get(i).is_some_and(|t| one_of(t, &family) || one_of(t, THINGS_IN_FRENCH)) {
        return NounPhrase { end: i + 1, head: Head::Thing, ..phrase };
    }
    let mut actors: Vec<&str> = Vec::new();
    while i < tokens.len() && i - first <= MAX_MODIFIERS {
        // "40 soldats tués et 70 prisonniers": a word that counts by itself is no noun.
        let counts = vocabulary.casualty.at(tokens, i).is_some_and(|hit| {
            hit.value.0.iter().any(|(m, f)| {
                matches!(f, Form::CountNoun | Form::State)
                    && matches!(m, Measure::Detained | Measure::Abducted)
            })
        });
        if let Some(hit) = vocabulary.people.at(tokens, i).filter(|_| !(counts && i == first)) {
            if hit.end > i + 1 && vocabulary.casualty.at(tokens, i).is_some() {
                phrase.inner = Some(i);
            }
            // "plusieurs opérations militaires": an adjective behind a thing.
            if i > first && tokens[first..i].iter().any(|t| one_of(t, THINGS)) {
                return NounPhrase { end: hit.end, head: Head::Thing, ..phrase };
            }
            let mut nouns = vec![(hit.value, hit.end)];
            nouns.extend(following_people(tokens, hit.end, vocabulary));
            let end = nouns[nouns.len() - 1].1;
            let nouns = nouns.into_iter().map(|(n, _)| n).collect::<Vec<_>>();
            return finish(tokens, phrase, &nouns, &actors, end, vocabulary, known);
        }
        if let Some(hit) =
            vocabulary.actors.at(tokens, i).or_else(|| beside_another(tokens, i, vocabulary))
        {
            actors.push(hit.value);
            i = hit.end;
            // "five Dan Na Ambassagou" without a noun names its members.
            continue;
        }
        if let Some(hit) = vocabulary.casualty.at(tokens, i) {
            let adjective =
                hit.value.0.iter().any(|(_, f)| matches!(f, Form::Participle | Form::State));
            // "seven captured Burkina Faso soldiers".
            let names = tokens[hit.end..].iter().take(3).take_while(|t| t.capital).count();
            let noun = (hit.end..=hit.end + names)
                .any(|i| vocabulary.people.at(tokens, i).is_some())
                || vocabulary.actors.at(tokens, hit.end).is_some();
            if adjective && noun {
                phrase.inner = Some(i);
                i = hit.end;
                continue;
            }
            // "35 charred bodies": the noun is counted by itself.
            let counted = hit.value.0.iter().any(|(_, f)| *f == Form::CountNoun);
            let plain = |t: &Token| t.is_word() && !t.capital && !t.norm.ends_with('s');
            if counted && i == first + 1 && plain(&tokens[first]) {
                return NounPhrase { end: i, ..phrase };
            }
            break;
        }
        if ends_phrase(tokens, i) || i == first && is_participle(tokens, i) {
            break;
        }
        i += 1;
    }
    if i == first {
        return phrase;
    }
    let members = members_of(&actors, known);
    if !members.is_empty() && actors_fill(tokens, first, i, vocabulary) {
        return NounPhrase { end: i, head: Head::People(members), named: true, ..phrase };
    }
    // "five seriously": adverbs only, no noun yet.
    let adverb = |t: &Token| {
        t.norm.ends_with("ly") || t.norm.ends_with("ment") || one_of(t, &["graves", "legers"])
    };
    let adverbs = tokens[first..i].iter().all(|t| adverb(t) || t.is_quote());
    if adverbs {
        return NounPhrase { end: first, ..phrase };
    }
    if let Some(noun) = nationals(&tokens[first..i], vocabulary) {
        return NounPhrase { end: i, head: Head::People(vec![noun]), ..phrase };
    }
    // "39 of the Platform": of a body that is not known.
    let of_body = phrase.part && tokens[first..i].iter().all(|t| t.capital && t.is_word());
    let head = match () {
        () if may_be_people(&tokens[first..i]) => Head::Unlisted,
        () if of_body => Head::Elided,
        () => Head::Thing,
    };
    NounPhrase { end: i, head, ..phrase }
}

/// "a toll of 35 based on", "twelve confirmed by": what is said of a number without a noun.
fn is_participle(tokens: &[Token], at: usize) -> bool {
    let word = &tokens[at];
    let next = |t: &Token| one_of(t, &["on", "by", "in", "from", "to", "at", "during", "after"]);
    word.norm.len() > 4
        && word.norm.ends_with("ed")
        && !word.capital
        && tokens.get(at + 1).is_some_and(next)
}

/// "17 corps de terroristes", "20 bodies of civilians": one past "de".
fn bodies_of(tokens: &[Token], at: usize) -> Option<usize> {
    const BODIES: &[&str] = &["bodies", "corpses", "corps", "cadavres", "depouilles"];
    let bodies = tokens.get(at).filter(|t| one_of(t, BODIES))?;
    let lifeless = bodies.norm == "corps" && tokens.get(at + 1).is_some_and(|t| t.norm == "sans");
    let of = at + if lifeless { 3 } else { 1 };
    tokens.get(of).is_some_and(|t| one_of(t, &["of", "de", "d"])).then_some(of + 1)
}

fn is_comrade(token: &Token) -> bool {
    one_of(
        token,
        &[
            "comrades", "camarades", "colleagues", "collegues", "companions", "compagnons",
            "fellows",
        ],
    )
}

/// What is destroyed, seized or lost beside people.
const THINGS_IN_FRENCH: &[&str] = &[
    "vehicules", "vehicule", "motos", "moto", "camions", "camion", "voitures", "voiture",
    "pickups", "maisons", "boutiques", "armes", "arme", "fusils", "fusil", "mitrailleuses",
    "roquettes", "obus", "drones", "helicopteres", "avions", "bases", "postes", "positions",
    "engins", "eei", "chargeurs", "munitions", "blindes", "tentes", "greniers", "boeufs", "vaches",
    "moutons",
];

/// What is counted in reports of violence without being hurt.
const THINGS: &[&str] = &[
    "cattle", "cows", "cow", "oxen", "ox", "sheep", "goats", "goat", "camels", "camel", "donkeys",
    "donkey", "animals", "animal", "livestock", "head", "heads", "horses", "dogs", "vehicles",
    "vehicle", "motorcycles", "motorbikes", "bikes", "trucks", "cars", "pickups", "houses",
    "homes", "huts", "villages", "towns", "camps", "shops", "weapons", "rifles", "rockets",
    "shells", "drones", "helicopters", "planes", "attacks", "incidents", "times", "occasions",
    "cases", "tonnes", "tons", "hectares", "granaries", "places", "sites", "others", "bases",
    "positions", "posts", "raids", "strikes", "operations", "blows", "boeufs", "vaches", "vache",
    "moutons", "chevres", "chameaux", "anes", "animaux", "betail", "tetes", "vehicules",
    "vehicule", "motos", "camions", "voitures", "maisons", "cases", "villages", "villes",
    "boutiques", "armes", "fusils", "roquettes", "obus", "drones", "helicopteres", "avions",
    "attaques", "fois", "greniers", "reprises", "lieux", "bases", "positions", "postes",
    "operations", "frappes", "coups",
];

/// Whether a word is for something that is counted without being hurt.
pub fn is_thing(token: &Token) -> bool {
    one_of(token, THINGS) || one_of(token, THINGS_IN_FRENCH)
}

/// Whether the words of a noun phrase that nothing knows can name people: not animals, and
/// nothing that is counted in reports of violence without being hurt.
fn may_be_people(tokens: &[Token]) -> bool {
    let last = tokens.iter().rev().find(|t| t.is_word());
    last.is_some_and(|t| t.norm.ends_with('s') || t.norm.ends_with("men"))
        && !tokens.iter().any(|t| one_of(t, THINGS) || t.kind == TokenKind::Number)
        && tokens.len() <= 3
}

/// "four of them children", "of whom five are guards": whom the part counts.
fn pronominal(tokens: &[Token], at: usize, vocabulary: &Vocabulary) -> Option<NounPhrase> {
    let starts = |words: &[&str]| {
        tokens
            .get(at..at + words.len())
            .is_some_and(|t| t.iter().zip(words).all(|(t, w)| t.norm == *w))
    };
    let verb_at = |i: usize| {
        let verb = tokens.get(i);
        verb.is_some_and(|t| one_of(t, &["were", "are", "being", "was", "sont", "etaient"]))
    };
    // "of whom five are Malian guards", "dont cinq étaient des enfants".
    let after_whom = verb_at(at)
        && at >= 2
        && tokens[..at - 1].last().is_some_and(|t| one_of(t, &["whom", "dont", "them", "eux"]));
    let len = match () {
        () if after_whom => 0,
        () if starts(&["of", "them"]) || starts(&["of", "whom"]) => 2,
        () if starts(&["d", "entre", "eux"]) || starts(&["d", "entre", "elles"]) => 3,
        () => return None,
    };
    let mut start = at + len + usize::from(verb_at(at + len));
    // "des enfants", "Malian guards".
    let article = |t: &Token| one_of(t, &["des", "de", "a", "an"]);
    if tokens.get(start).is_some_and(|t| t.capital || article(t)) {
        start += 1;
    }
    let hit = vocabulary.people.at(tokens, start)?;
    let p = hit.value;
    let noun = Noun { group: p.group, victim: p.victim.clone(), singular: p.singular };
    let head = Head::People(vec![noun]);
    Some(NounPhrase { end: hit.end, head, part: true, inner: None, whole: None, named: false })
}

/// Passes over "of the", "of its", "de", "others", "more" after a number.
fn partitive(tokens: &[Token], at: usize, phrase: &mut NounPhrase) -> usize {
    let mut i = at;
    while let Some(token) = tokens.get(i) {
        if token.is_quote() {
            i += 1;
        } else if one_of(token, &["of", "de", "d", "des", "du", "out"]) {
            let pronoun = tokens.get(i + 1).is_some_and(|t| one_of(t, &["whom", "them", "entre"]));
            if pronoun {
                return i;
            }
            let article = tokens.get(i + 1).is_some_and(|t| {
                one_of(
                    t,
                    &["the", "its", "his", "their", "these", "those", "les", "leurs", "ses", "la"],
                )
            });
            phrase.part |= article && token.norm != "de" || token.norm == "des" && i == at;
            i += 1 + usize::from(article);
            // "20 out of the 27", "five of 100", "deux des quatre": the whole has its own number.
            let counted = tokens.get(i).is_some_and(|t| {
                t.kind == TokenKind::Number || crate::ingest::rules::number::is_word_number(t)
            });
            phrase.part |= counted;
            if counted {
                phrase.whole = Some(i);
                i += 1;
            }
        } else if one_of(
            token,
            &["other", "others", "more", "additional", "autres", "further", "new", "such"],
        ) {
            i += 1;
        } else {
            break;
        }
    }
    i
}

/// Adjacent words for people belong together: "Tuareg civilians", "police officers".
fn following_people<'v>(
    tokens: &[Token],
    at: usize,
    vocabulary: &'v Vocabulary,
) -> Vec<(&'v People, usize)> {
    let mut out = Vec::new();
    let mut i = at;
    while let Some(hit) = vocabulary.people.at(tokens, i) {
        out.push((hit.value, hit.end));
        i = hit.end;
    }
    out
}

fn finish(
    tokens: &[Token],
    phrase: NounPhrase,
    nouns: &[&People],
    actors: &[&str],
    end: usize,
    vocabulary: &Vocabulary,
    known: &Knowledge,
) -> NounPhrase {
    let last = nouns[nouns.len() - 1];
    let noun = |p: &People| Noun { group: p.group, victim: p.victim.clone(), singular: p.singular };
    let specific: Vec<&&People> = nouns.iter().filter(|p| !p.generic).collect();
    let coordinated = tokens[phrase.end..end].iter().any(|t| one_of(t, &["and", "et"]));
    let mut head: Vec<Noun> = Vec::new();
    let mut end = end;
    if last.generic && specific.is_empty() {
        // Whose fighters? Those of the actor before them, or after "of".
        head = members_of(actors, known);
        if head.is_empty()
            && let Some((found, after)) = belonging(tokens, end, vocabulary, known)
        {
            (head, end) = (found, after);
        }
        // "five members of one family" are no fighters.
        let kin = tokens[end..].iter().take(5).any(|t| one_of(t, &["family", "famille"]));
        if head.is_empty() && kin {
            let group = CasualtyGroup::Total;
            head.push(Noun { group, victim: None, singular: last.singular });
        }
        // "another member of his patrol": of the people counted before.
        if head.is_empty() && is_of_own_body(tokens, end) {
            return NounPhrase { end: end + 3, head: Head::Elided, ..phrase };
        }
        if head.is_empty() {
            head.push(noun(last));
        }
    } else {
        // The last word says how they are counted, the ones before it who they are.
        let main = specific.last().map_or(last, |p| **p);
        let finer = specific.iter().rev().find(|p| p.victim.is_some() && p.victim != main.victim);
        head.push(noun(main));
        if let Some(finer) = finer.filter(|f| f.group == main.group) {
            head.push(noun(finer));
        }
        let foreign = members_of(actors, known);
        if main.group == CasualtyGroup::Total {
            // "members of the gendarmerie" is handled above; "people" stays total.
        } else if foreign.len() > 1 && main.group == CasualtyGroup::Soldiers {
            head = foreign;
        } else if (matches!(main.group, CasualtyGroup::Militants | CasualtyGroup::Other)
            || (main.group == CasualtyGroup::Soldiers
                && foreign.iter().all(|n| {
                    matches!(n.group, CasualtyGroup::Peacekeepers | CasualtyGroup::Mercenaries)
                })))
            && foreign.len() == 1
        {
            head[0].group = foreign[0].group;
        } else if coordinated {
            // "Malian and Wagner troops": the first name counts too.
            head.extend(foreign.into_iter().filter(|n| n.group != main.group));
        }
    }
    // "100 soldiers and police officers": one number of both.
    let joined = tokens.get(end).is_some_and(|t| one_of(t, &["and", "et"]));
    if let Some(hit) = vocabulary
        .people
        .at(tokens, end + 1)
        .filter(|h| joined && !h.value.generic && !is_done(tokens, h.start))
        && hit.value.group != head[0].group
        && !head[0].singular
    {
        // Both are of the state's forces.
        let forces = |g| matches!(g, CasualtyGroup::Soldiers | CasualtyGroup::Police);
        head.push(noun(hit.value));
        if head.iter().all(|n| forces(n.group)) {
            head.iter_mut().for_each(|n| n.group = CasualtyGroup::Soldiers);
        }
        end = hit.end;
    }
    for noun in &mut head {
        noun.singular = last.singular;
    }
    NounPhrase { end, head: Head::People(head), ..phrase }
}

/// "of his patrol", "de leur unité": the body of those who were spoken of.
fn is_of_own_body(tokens: &[Token], at: usize) -> bool {
    const OWN: &[&str] = &["his", "her", "their", "its", "son", "sa", "leur", "same", "meme"];
    const BODIES: &[&str] = &[
        "unit", "patrol", "team", "crew", "squad", "platoon", "company", "battalion", "convoy",
        "detachment", "unite", "patrouille", "equipe", "equipage", "section", "compagnie",
        "bataillon", "convoi", "detachement",
    ];
    matches!(tokens.get(at..at + 3), Some([of, own, body])
        if one_of(of, &["of", "from", "de"]) && one_of(own, OWN) && one_of(body, BODIES))
}

/// "tué 80 soldats et détenu": what was done, and no second noun.
fn is_done(tokens: &[Token], at: usize) -> bool {
    one_of(&tokens[at], &["detenu", "prisonnier", "blesse", "disparu"])
}

/// Words and signs at which a noun phrase is over.
fn ends_phrase(tokens: &[Token], i: usize) -> bool {
    let token = &tokens[i];
    if token.is_quote() || token.is("'s") || token.is("’s") {
        return false;
    }
    if token.kind != TokenKind::Word || crate::ingest::rules::number::is_word_number(token) {
        return true;
    }
    if one_of(token, &["and", "et"]) {
        // "Malian and Wagner troops": both names.
        let before = i.checked_sub(1).is_some_and(|b| tokens[b].capital);
        return !(before && tokens.get(i + 1).is_some_and(|t| t.capital));
    }
    static ENDS: Words = Words::new(&[
        "in", "on", "at", "by", "from", "to", "with", "for", "of", "near", "during", "after",
        "before", "when", "while", "who", "which", "that", "were", "was", "are", "is", "have",
        "has", "had", "been", "be", "or", "as", "including", "among", "against", "into", "out",
        "over", "under", "between", "but", "because", "since", "until", "than", "then", "also",
        "a", "an", "the", "its", "their", "his", "her", "this", "these", "those", "did", "do",
        "dans", "sur", "par", "pour", "avec", "chez", "vers", "qui", "que", "dont", "ont", "sont",
        "etaient", "etait", "est", "au", "aux", "en", "le", "la", "les", "l", "un", "une", "ou",
        "mais", "lors", "pres", "selon", "entre", "ce", "cette", "ces", "plus", "ete", "de", "du",
        "des", "d", "leaving", "apres", "avant", "if", "whose", "where", "tonight", "today",
        "yesterday", "overnight", "early", "late", "seriously", "critically", "badly", "hier",
        "jeudi", "lundi", "mardi", "mercredi", "vendredi", "samedi", "dimanche", "monday",
        "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "according", "per",
        "seraient", "serait", "auraient", "aurait", "avaient", "avait", "furent", "fut", "y",
    ]);
    ENDS.has(token)
}
