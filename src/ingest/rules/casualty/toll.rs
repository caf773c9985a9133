//! Counts put into words of their own: "claimed twelve lives", "le bilan s'élève désormais à 38
//! soldats", "revised from 95 to 35", "ce qui porte à 37 le nombre de morts".

use super::Predicate;
use super::predicate::{is_adverb, is_hypothetical};
use crate::ingest::lexicon::{Openers, Words, one_of};
use crate::ingest::rules::number::figure;
use crate::ingest::token::Token;
use crate::knowledge::words::Form;
use crate::model::claim::Measure;

/// Nouns for the count of an attack.
const TOLLS: &[&str] = &["toll", "count", "bilan", "number", "nombre", "chiffre", "figure"];

/// How far before the verb its noun may stand.
const REACH: usize = 20;

static TAKES_LIVES: Words = Words::new(&[
    "claimed", "claiming", "claims", "cost", "costs", "costing", "took", "taking", "takes",
]);
static TAKES_HOSTAGES: Words =
    Words::new(&["taken", "took", "taking", "pris", "prennent", "prenant"]);
static LOST: Words = Words::new(&["lost"]);
static AMOUNTS: Words = Words::new(&[
    "eleve", "elevait", "elevent", "eleverait", "etablit", "etablissait", "alourdit", "monte",
    "montait", "atteint", "atteignait", "atteindrait", "passe", "passait",
]);
static REVISED: Words = Words::new(&[
    "revised", "taken", "brought", "cut", "lowered", "raised", "reduced", "increased", "rose",
    "risen", "fell", "dropped", "climbed", "updated", "passe", "passee", "revu", "ramene", "porte",
]);
static CORRECTED: Words =
    Words::new(&["revised", "corrected", "updated", "adjusted", "amended", "raised", "lowered"]);
static CARRIES: Words = Words::new(&["porte", "portent", "portait", "ramene", "ramenent"]);
static BRINGS: Words =
    Words::new(&["porte", "portant", "portait", "portent", "bringing", "brings", "brought"]);
static NUMBERED: Words = Words::new(&["numbered", "totalled", "totaled"]);
static PUT: Words = Words::new(&["put", "puts", "putting"]);

/// The words of all of them, of which most sentences have none.
static OPENERS: Openers = Openers::of(&[
    &TAKES_LIVES, &TAKES_HOSTAGES, &LOST, &AMOUNTS, &REVISED, &CORRECTED, &CARRIES, &BRINGS,
    &NUMBERED, &PUT,
]);

/// The predicates of such words.
pub(super) fn tolls(tokens: &[Token], before: Option<Measure>) -> Vec<Predicate> {
    (0..tokens.len())
        .filter(|at| OPENERS.may_have(&tokens[*at]))
        .filter_map(|at| {
            lives(tokens, at)
                .or_else(|| lost_lives(tokens, at))
                .or_else(|| hostages(tokens, at))
                .or_else(|| amounts(tokens, at))
                .or_else(|| revised(tokens, at))
                .or_else(|| corrected(tokens, at, before))
                .or_else(|| numbered(tokens, at))
                .or_else(|| that_number(tokens, at, before))
                .or_else(|| brings(tokens, at))
                .or_else(|| carries(tokens, at))
        })
        .filter(|p| !is_hypothetical(tokens, p.start))
        .collect()
}

fn predicate(start: usize, end: usize, measure: Measure, form: Form) -> Predicate {
    let active = form != Form::Intransitive;
    Predicate { start, end, uses: vec![(measure, form)], passive: false, active }
}

/// "claimed at least twelve lives", "cost the MNLA 20 lives": the verb.
fn lives(tokens: &[Token], at: usize) -> Option<Predicate> {
    tokens.get(at).filter(|t| TAKES_LIVES.has(t))?;
    // "communal violence cost more than 500 lives": of many attacks.
    let many = tokens[at.saturating_sub(6)..at].iter().any(|t| {
        one_of(
            t,
            &[
                "violence", "conflict", "war", "insurgency", "clashes", "attacks", "raids",
                "strikes",
            ],
        )
    });
    if many {
        return None;
    }
    let number = (at + 1..(at + 5).min(tokens.len())).find_map(|i| figure(tokens, i))?;
    let lives = tokens.get(number.end).is_some_and(|t| one_of(t, &["lives", "more"]))
        && tokens[number.end..].iter().take(2).any(|t| t.norm == "lives");
    lives.then(|| predicate(at, at + 1, Measure::Killed, Form::Active))
}

/// "claimed to have taken seven hostages", "ont pris deux otages": the verb.
fn hostages(tokens: &[Token], at: usize) -> Option<Predicate> {
    tokens.get(at).filter(|t| TAKES_HOSTAGES.has(t))?;
    let number = figure(tokens, at + 1)?;
    let held = tokens.get(number.end).is_some_and(|t| one_of(t, &["hostages", "otages"]));
    held.then(|| predicate(at, at + 1, Measure::Abducted, Form::Active))
}

/// "Twelve lives were lost".
fn lost_lives(tokens: &[Token], at: usize) -> Option<Predicate> {
    let lost = tokens.get(at).filter(|t| LOST.has(t))?;
    let be = (at.saturating_sub(3)..at).find(|i| one_of(&tokens[*i], &["were", "been", "had"]))?;
    let perfect = be > 0 && one_of(&tokens[be - 1], &["had", "have"]);
    let from = be - usize::from(perfect);
    let lives = from.checked_sub(1).filter(|i| tokens[*i].norm == "lives")?;
    let counted =
        (lives.saturating_sub(4)..lives).any(|i| figure(tokens, i).is_some_and(|n| n.end == lives));
    (lost.is_word() && counted)
        .then(|| predicate(from, at + 1, Measure::Killed, Form::Intransitive))
}

/// Whether a toll is spoken of before a token, and of whom.
fn toll_before(tokens: &[Token], at: usize) -> Option<Measure> {
    let near = &tokens[at.saturating_sub(REACH)..at];
    let toll = near.iter().rposition(|t| one_of(t, TOLLS))?;
    let behind = &near[toll..];
    // "Le bilan de l'année s'élève à": of many attacks.
    const TIMES: &[&str] = &["annee", "year", "month", "months", "mois", "trimestre", "depuis"];
    if behind.iter().any(|t| one_of(t, TIMES)) {
        return None;
    }
    let hurt = behind.iter().any(|t| one_of(t, &["wounded", "injured", "blesses"]));
    let dead = |t: &Token| {
        one_of(t, &["toll", "bilan", "dead", "deaths", "killed", "morts", "tues", "victimes"])
    };
    match (hurt, near.iter().any(dead)) {
        (true, _) => Some(Measure::Wounded),
        (false, true) => Some(Measure::Killed),
        (false, false) => None,
    }
}

/// "Le bilan … s'élève désormais à 38 soldats", "le nombre de morts atteint 40".
fn amounts(tokens: &[Token], at: usize) -> Option<Predicate> {
    let verb = tokens.get(at).filter(|t| AMOUNTS.has(t))?;
    // "est passé à", "s'élève à" without a word between are listed.
    let mut to = at + 1;
    while to < at + 3 && tokens.get(to).is_some_and(|t| is_adverb(t) || is_now(t)) {
        to += 1;
    }
    let reached = verb.norm.starts_with("att");
    let end = match reached {
        true => to,
        false => to + 1,
    };
    let joined = reached || tokens.get(to).is_some_and(|t| t.norm == "a");
    let own = at > 0 && one_of(&tokens[at - 1], &["s", "se"]);
    let start = at - usize::from(own);
    let counted = joined && figure(tokens, end).is_some();
    let measure = toll_before(tokens, start).filter(|_| counted)?;
    Some(predicate(start, end, measure, Form::Toll))
}

fn is_now(token: &Token) -> bool {
    one_of(token, &["desormais", "maintenant", "ainsi", "donc", "provisoirement"])
}

/// "The number of people killed has been taken back from 95 to 35", "revised from 12 to 20": up to
/// the later count.
fn revised(tokens: &[Token], at: usize) -> Option<Predicate> {
    tokens.get(at).filter(|t| REVISED.has(t))?;
    // "revu à la baisse, de 95 tués à 35".
    let from = (at + 1..(at + 7).min(tokens.len()))
        .find(|i| one_of(&tokens[*i], &["from", "de"]) && figure(tokens, i + 1).is_some())?;
    let to = (from + 2..(from + 6).min(tokens.len()))
        .find(|i| one_of(&tokens[*i], &["to", "a"]) && figure(tokens, i + 1).is_some())?;
    // "The ministry raised the toll from eight to ten": behind the verb.
    let measure = toll_before(tokens, at).or_else(|| toll_before(tokens, from))?;
    Some(predicate(at, to + 1, measure, Form::Toll))
}

/// "the movement revised the figure to 153 civilians", "a number that they corrected to 81": the count
/// that stands before, of what the sentence before counted where no word says it.
fn corrected(tokens: &[Token], at: usize, before: Option<Measure>) -> Option<Predicate> {
    tokens.get(at).filter(|t| CORRECTED.has(t))?;
    let to = (at + 1..(at + 5).min(tokens.len()))
        .find(|i| tokens[*i].norm == "to" && figure(tokens, i + 1).is_some())?;
    let near = at.saturating_sub(8)..to;
    let toll = near.into_iter().any(|i| one_of(&tokens[i], TOLLS));
    let measure = toll_before(tokens, at).or(before).filter(|_| toll)?;
    Some(predicate(at, to + 1, measure, Form::Toll))
}

/// "The dead numbered more than thirty", "the wounded totalled 12": the verb.
fn numbered(tokens: &[Token], at: usize) -> Option<Predicate> {
    tokens.get(at).filter(|t| NUMBERED.has(t))?;
    let noun = tokens.get(at.checked_sub(1)?)?;
    let measure = match () {
        () if one_of(noun, &["dead", "deaths", "fatalities", "killed"]) => Measure::Killed,
        () if one_of(noun, &["wounded", "injured"]) => Measure::Wounded,
        () => return None,
    };
    figure(tokens, at + 1)?;
    Some(predicate(at, at + 1, measure, Form::Toll))
}

/// "An official put that number at upwards of thirty": what the sentence before counted.
fn that_number(tokens: &[Token], at: usize, before: Option<Measure>) -> Option<Predicate> {
    tokens.get(at).filter(|t| PUT.has(t))?;
    let word = |n: usize, words: &[&str]| tokens.get(at + n).is_some_and(|t| one_of(t, words));
    let put = word(1, &["that", "the", "this"])
        && word(2, &["number", "figure", "count", "total"])
        && word(3, &["at"]);
    figure(tokens, at + 4).filter(|_| put)?;
    Some(predicate(at, at + 4, before?, Form::Toll))
}

/// "Un responsable porte le nombre des tués à quinze".
fn carries(tokens: &[Token], at: usize) -> Option<Predicate> {
    tokens.get(at).filter(|t| CARRIES.has(t))?;
    let noun = (at + 1..at + 3)
        .find(|i| tokens.get(*i).is_some_and(|t| one_of(t, &["nombre", "bilan"])))?;
    let to = (noun + 1..(noun + 7).min(tokens.len()))
        .find(|i| tokens[*i].norm == "a" && figure(tokens, i + 1).is_some())?;
    let measure = toll_before(tokens, to)?;
    Some(predicate(at, to + 1, measure, Form::Toll))
}

/// "ce qui porte à 37 le nombre de personnes tuées", "bringing to 12 the number of dead": of the one
/// attack, when no time is spoken of.
fn brings(tokens: &[Token], at: usize) -> Option<Predicate> {
    tokens.get(at).filter(|t| BRINGS.has(t))?;
    let to = tokens.get(at + 1).filter(|t| one_of(t, &["to", "a"]))?;
    let number = figure(tokens, at + 2).filter(|_| to.is_word())?;
    let noun = number.end + 1;
    let counted = tokens.get(noun).is_some_and(|t| one_of(t, &["number", "nombre", "bilan"]));
    let behind: Vec<&Token> = tokens.get(noun..)?.iter().take(8).collect();
    let measure = match () {
        () if behind.iter().any(|t| one_of(t, &["blesses", "wounded", "injured"])) => {
            Measure::Wounded
        }
        () if behind.iter().any(|t| {
            one_of(t, &["morts", "tuees", "tues", "victimes", "dead", "deaths", "killed", "bilan"])
        }) =>
        {
            Measure::Killed
        }
        () => return None,
    };
    let over_time = tokens.iter().any(|t| {
        one_of(
            t,
            &[
                "depuis", "since", "year", "annee", "month", "mois", "week", "semaine", "days",
                "jours", "soldier", "mission", "attacks", "attaques",
            ],
        )
    });
    (counted && !over_time).then(|| predicate(at, at + 2, measure, Form::Toll))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_all;

    #[test]
    fn ok_counts_in_words_of_their_own() {
        check_all(&[
            ("The attack claimed at least twelve lives.", "killed total 12+"),
            ("The clash had cost the MNLA 20 lives.", "killed total 20"),
            ("The rebels took seven hostages.", "abducted total 7"),
            ("Twelve lives were lost in the raid.", "killed total 12"),
            ("Le bilan de l'attaque s'élève désormais à 38 soldats.", "killed soldiers 38"),
            ("Le nombre de blessés atteint 40.", "wounded total 40"),
            ("The number of people killed has been taken back from 95 to 35.", "killed total 35"),
            ("Un responsable porte le nombre des tués à quinze.", "killed total 15"),
            (
                "The dead were counted again and the movement revised the toll to 153 civilians.",
                "killed civilians 153",
            ),
            ("Le bilan est passé de 25 à 38 morts.", "killed total 38"),
            ("Le bilan a été revu à la baisse, de 95 tués à 35.", "killed total 35"),
            ("The dead numbered more than thirty.", "killed total 30+"),
            ("The ministry raised the toll from eight to ten.", "killed total 10"),
            (
                "An initial toll of eight dead was later raised to ten.",
                "killed total 8; killed total 10",
            ),
            ("Seven people or more had died at Boni.", "killed total 7+"),
            (
                "Twenty soldiers and as many hunters were killed.",
                "killed soldiers 20; killed militia 20",
            ),
            (
                "JNIM boasted of 30 soldiers killed and as many wounded.",
                "killed soldiers 30; wounded soldiers 30",
            ),
            (
                "L'attaque a fait douze morts et autant de blessés.",
                "killed total 12; wounded total 12",
            ),
            (
                "L'association compte cinq morts, ce qui porte à 37 le nombre de personnes tuées.",
                "killed total 5; killed total 37",
            ),
        ]);
    }

    #[test]
    fn err_counts_of_something_else() {
        check_all(&[
            // Nothing stands before the verb.
            ("Were lost: nobody knows how many.", ""),
            ("Had lost lives.", ""),
            ("Communal violence cost more than 500 lives last year.", ""),
            ("The attack could have claimed twelve lives.", ""),
            ("Le bilan de l'année s'élève à 38 soldats.", ""),
            ("Le coût des travaux s'élève désormais à 38 millions.", ""),
            ("L'effectif du camp s'élève désormais à 200 soldats.", ""),
            ("L'attaque porte à 45 le nombre de soldats tués depuis janvier.", ""),
            ("The number of soldiers in the camp was raised from 95 to 135.", ""),
            ("It took three hours and twelve vehicles.", ""),
            ("Seven hostages were freed.", ""),
            ("The attackers numbered more than thirty.", ""),
            ("The mayor put that number at thirty.", ""),
            ("Twelve soldiers were killed and as many vehicles burned.", "killed soldiers 12"),
            ("Douze soldats ont été tués et autant de motos saisies.", "killed soldiers 12"),
            ("The ministry revised the budget to 12 million.", ""),
            ("Le ministre porte le nombre des policiers à 300.", ""),
        ]);
    }
}
