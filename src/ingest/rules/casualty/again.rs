//! Bare figures that count again what the sentence before counted: "les rebelles en dénombrent
//! 21", "a source gave thirty-one", "the staff acknowledged only seven".

use super::Predicate;
use super::predicate::is_adverb;
use crate::ingest::lexicon::{Words, any_of, one_of};
use crate::ingest::rules::number::figure;
use crate::ingest::token::Token;
use crate::knowledge::words::Form;
use crate::model::claim::Measure;

static EN: Words = Words::new(&["en"]);
static CARRIED: Words = Words::new(&["porte", "portee", "ramene", "ramenee", "revu", "revue"]);
static GIVING: Words = Words::new(&[
    "gave", "gives", "counted", "counts", "acknowledged", "acknowledges", "admitted", "conceded",
    "reported", "announced", "claimed", "said", "says", "spoke", "speaks", "speak",
]);

/// The words that count again, each as a predicate of what is counted before it in the sentence,
/// or else of `measure`, which the sentence before counted.
pub(super) fn again(
    tokens: &[Token],
    predicates: &[Predicate],
    measure: Option<Measure>,
) -> Vec<Predicate> {
    let counted = |at: usize| {
        let before = predicates.iter().rev().find(|p| p.end <= at);
        before.and_then(|p| p.uses.first()).map(|(measure, _)| *measure).or(measure)
    };
    (0..tokens.len())
        .filter(|at| EN.has(&tokens[*at]) || GIVING.has(&tokens[*at]) || CARRIED.has(&tokens[*at]))
        .filter_map(|at| {
            french(tokens, at)
                .or_else(|| held(tokens, at))
                .or_else(|| english(tokens, at))
                .or_else(|| carried(tokens, at))
        })
        .filter_map(|(start, end)| {
            let uses = vec![(counted(start)?, Form::Toll)];
            Some(Predicate { start, end, uses, passive: false, active: true })
        })
        .collect()
}

/// "a fait 53 victimes", "l'attaque a causé deux victimes civiles": the verb, for the dead that it
/// counts.
pub(super) fn victims(tokens: &[Token]) -> Vec<Predicate> {
    static MADE: Words = Words::new(&[
        "fait", "faisant", "font", "faire", "fit", "cause", "causant", "deplore", "deplorent",
        "claimed", "claiming",
    ]);
    static COUNTED: Words = Words::new(&[
        "denombre", "denombrent", "counted", "counts", "recorded", "documented", "recense",
        "recensent", "comptabilise", "comptabilisent",
    ]);
    // "documented 47 victims of torture", "a recensé 300 victimes d'inondations": whatever befell
    // them is said behind.
    const SUFFERED: &[&str] = &[
        "of", "de", "d", "du", "des", "treated", "with", "who", "from", "qui", "ayant",
        "souffrant", "soignees", "soignes", "traitees",
    ];
    let noun = |at: usize, i: usize| {
        // "faisant quatre nouvelles victimes".
        let more = |t: &&Token| one_of(t, &["nouvelles", "autres", "new", "more", "other"]);
        let number = figure(tokens, i)?.end;
        let end = number + usize::from(tokens.get(number).filter(more).is_some());
        let found = tokens.get(end)?;
        // "12 victimes blessées" are no dead.
        let hurt = tokens.get(end + 1).is_some_and(|t| t.norm.starts_with("bless"));
        let mut behind = tokens[end + 1..].iter().take(2).take_while(|t| t.is_word());
        let suffered = COUNTED.has(&tokens[at]) && behind.any(|t| one_of(t, SUFFERED));
        (one_of(found, &["victimes", "victims"]) && !hurt && !suffered).then_some(())
    };
    (0..tokens.len())
        .filter(|at| MADE.has(&tokens[*at]) || COUNTED.has(&tokens[*at]))
        .filter(|at| (at + 1..(at + 4).min(tokens.len())).any(|i| noun(*at, i).is_some()))
        .map(|at| Predicate {
            start: at,
            end: at + 1,
            uses: vec![(Measure::Killed, Form::Active)],
            passive: false,
            active: true,
        })
        .collect()
}

/// "put the army's dead at 40", "puts the number of wounded at about ten"; without uses where both
/// are counted together.
pub(super) fn put_at(tokens: &[Token]) -> Vec<Predicate> {
    static PUT: Words =
        Words::new(&["put", "puts", "putting", "pegged", "pegs", "pegging", "placed", "places"]);
    const DEAD: &[&str] = &["dead", "toll", "deaths", "killed", "losses", "fatalities"];
    const HURT: &[&str] = &["wounded", "injured", "injuries"];
    let found = |start: usize| {
        let at = (start + 2..(start + 12).min(tokens.len()))
            .take_while(|i| tokens[*i].is_word() || tokens[*i].is("'s") || tokens[*i].is("’s"))
            .find(|i| tokens[*i].norm == "at" && figure(tokens, i + 1).is_some())?;
        let between = &tokens[start + 1..at];
        let any = |words: &[&str]| between.iter().any(|t| any_of(t, words));
        let uses = match (any(HURT), any(DEAD)) {
            (true, false) => vec![(Measure::Wounded, Form::Toll)],
            (false, true) => vec![(Measure::Killed, Form::Toll)],
            // "put the army's wounded and dead at 40": nobody knows how many of each.
            (true, true) => Vec::new(),
            (false, false) => return None,
        };
        Some(Predicate { start, end: at + 1, uses, passive: false, active: true })
    };
    (0..tokens.len()).filter(|at| PUT.has(&tokens[*at])).filter_map(found).collect()
}

/// "d'une vingtaine de blessés, chiffre porté jeudi à 28": counts again what stands before.
fn carried(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    const TOLLS: &[&str] = &["chiffre", "bilan", "nombre", "total"];
    tokens.get(at).filter(|t| CARRIED.has(t))?;
    // "le bilan a été ramené à".
    let passive = at > 0 && tokens[at - 1].norm == "ete";
    let from = at.saturating_sub(if passive { 3 } else { 2 });
    let toll = tokens[from..at].iter().any(|t| one_of(t, TOLLS));
    let to = (at + 1..(at + 4).min(tokens.len()))
        .find(|i| tokens[*i].norm == "a" && figure(tokens, i + 1).is_some())?;
    (toll && is_bare(tokens, to + 1)).then_some((at, to + 1))
}

/// "en avaient d'abord annoncé 95", "en dénombrent 21", "en reconnaît finalement 33".
fn french(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    const COUNTING: &[&str] = &[
        "annonce", "annoncent", "denombre", "denombrent", "compte", "comptent", "recense",
        "recensent", "evoque", "evoquent", "reconnait", "reconnaissent", "reconnu", "avance",
        "avancent", "signale", "revendique", "revendiquent", "admet", "admis",
    ];
    let en = tokens.get(at).filter(|t| EN.has(t) && !t.capital)?;
    let verb = (at + 1..(at + 6).min(tokens.len())).find(|i| one_of(&tokens[*i], COUNTING))?;
    let between = tokens[at + 1..verb].iter().all(|t| {
        is_adverb(t) || one_of(t, &["avait", "avaient", "a", "ont", "d", "abord", "avons"])
    });
    let end = verb + 1 + usize::from(tokens.get(verb + 1).is_some_and(is_adverb));
    // "n'en reconnaît que dix".
    let end = end + usize::from(tokens.get(end).is_some_and(|t| one_of(t, &["que", "qu"])));
    let counts = en.is_word() && between && is_bare(tokens, end);
    counts.then_some((verb, end))
}

/// "s'en était tenue à deux", "en était resté à 38": the count before, held down.
fn held(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    const HELD: &[&str] = &[
        "tient", "tiennent", "tenait", "tenaient", "tenu", "tenue", "tenus", "tenues", "reste",
        "restait", "restent", "restaient", "restee", "restes",
    ];
    tokens.get(at).filter(|t| EN.has(t) && !t.capital)?;
    let verb = (at + 1..(at + 4).min(tokens.len())).find(|i| one_of(&tokens[*i], HELD))?;
    let be = tokens[at + 1..verb].iter().all(|t| one_of(t, &["est", "etait", "etaient", "sont"]));
    let to = (verb + 1..(verb + 3).min(tokens.len())).find(|i| tokens[*i].norm == "a")?;
    (be && is_bare(tokens, to + 1)).then_some((verb, to + 1))
}

/// "gave thirty-one", "acknowledged only seven".
fn english(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    tokens.get(at).filter(|t| GIVING.has(t))?;
    // "The mayor gave it as 43".
    let it = tokens.get(at + 1).is_some_and(|t| t.norm == "it")
        && tokens.get(at + 2).is_some_and(|t| t.norm == "as");
    // "JNIM spoke of sixty".
    let speaks = one_of(&tokens[at], &["spoke", "speaks", "speak"]);
    let of = speaks && tokens.get(at + 1).is_some_and(|t| t.norm == "of");
    if speaks && !of {
        return None;
    }
    let end = at + if it { 3 } else { 1 + usize::from(of) };
    is_bare(tokens, end).then_some((at, end))
}

/// Whether a number without a noun stands at `at`: a sign or another clause follows it.
fn is_bare(tokens: &[Token], at: usize) -> bool {
    figure(tokens, at).is_some_and(|number| {
        tokens.get(number.end).is_none_or(|t| {
            !t.is_word() && !t.is("-") && !t.is("%")
                || one_of(t, &["and", "while", "but", "et", "mais", "tandis"])
        })
    })
}
