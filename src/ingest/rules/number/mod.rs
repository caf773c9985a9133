//! Numbers of people: digits and words, English and French, with the words that say how
//! exact they are.

mod words;

use crate::ingest::lexicon::{Case, Phrases, Words, any_of, one_of};
use crate::ingest::token::{Token, TokenKind, tokens};
use crate::model::claim::Qualifier;
use std::sync::LazyLock;
use words::words;
pub use words::{is_word_number, small_number};

/// A number of people as the text puts it: tokens `[start, end)`, qualifying words included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Lowest number, included.
    pub min: Option<u32>,
    /// Highest number, included.
    pub max: Option<u32>,
    /// How it is put.
    pub qualifier: Qualifier,
}

/// Words before a number that say how exact it is.
const PREFIXES: &[(&[&str], Qualifier)] = &[
    (&["at", "least"], Qualifier::AtLeast),
    (&["at", "the", "very", "least"], Qualifier::AtLeast),
    (&["more", "than"], Qualifier::AtLeast),
    (&["no", "fewer", "than"], Qualifier::AtLeast),
    (&["no", "less", "than"], Qualifier::AtLeast),
    (&["not", "less", "than"], Qualifier::AtLeast),
    (&["a", "minimum", "of"], Qualifier::AtLeast),
    (&["well", "over"], Qualifier::AtLeast),
    (&["just", "over"], Qualifier::AtLeast),
    (&["a", "little", "over"], Qualifier::AtLeast),
    (&["upwards", "of"], Qualifier::AtLeast),
    (&["upward", "of"], Qualifier::AtLeast),
    (&["over"], Qualifier::AtLeast),
    (&["above"], Qualifier::AtLeast),
    (&["au", "moins"], Qualifier::AtLeast),
    (&["plus", "de"], Qualifier::AtLeast),
    (&["plus", "d"], Qualifier::AtLeast),
    (&["pas", "moins", "de"], Qualifier::AtLeast),
    (&["pas", "moins", "d"], Qualifier::AtLeast),
    (&["au", "minimum"], Qualifier::AtLeast),
    (&["au", "bas", "mot"], Qualifier::AtLeast),
    (&["un", "minimum", "de"], Qualifier::AtLeast),
    (&["up", "to"], Qualifier::UpTo),
    (&["as", "many", "as"], Qualifier::UpTo),
    (&["a", "maximum", "of"], Qualifier::UpTo),
    (&["un", "maximum", "de"], Qualifier::UpTo),
    (&["at", "most"], Qualifier::UpTo),
    (&["no", "more", "than"], Qualifier::UpTo),
    (&["fewer", "than"], Qualifier::UpTo),
    (&["less", "than"], Qualifier::UpTo),
    (&["jusqu", "a"], Qualifier::UpTo),
    (&["au", "plus"], Qualifier::UpTo),
    (&["moins", "de"], Qualifier::UpTo),
    (&["around"], Qualifier::About),
    (&["about"], Qualifier::About),
    (&["some"], Qualifier::About),
    (&["approximately"], Qualifier::About),
    (&["roughly"], Qualifier::About),
    (&["nearly"], Qualifier::About),
    (&["almost"], Qualifier::About),
    (&["close", "to"], Qualifier::About),
    (&["an", "estimated"], Qualifier::About),
    (&["estimated"], Qualifier::About),
    (&["environ"], Qualifier::About),
    (&["presque"], Qualifier::About),
    (&["pres", "de"], Qualifier::About),
    (&["pres", "d"], Qualifier::About),
    (&["quelque"], Qualifier::About),
    (&["quelques"], Qualifier::About),
    (&["a", "peu", "pres"], Qualifier::About),
    (&["autour", "de"], Qualifier::About),
    (&["a", "total", "of"], Qualifier::Exact),
    (&["as", "few", "as"], Qualifier::Exact),
    (&["only"], Qualifier::Exact),
    (&["exactly"], Qualifier::Exact),
    (&["un", "total", "de"], Qualifier::Exact),
];

/// Words that mean several people and no figure.
const VAGUE: &[&[&str]] = &[
    &["dozens"],
    &["scores"],
    &["hundreds"],
    &["thousands"],
    &["tens"],
    &["several", "dozen"],
    &["several", "dozens"],
    &["several", "hundred"],
    &["several"],
    &["many"],
    &["numerous"],
    &["a", "number"],
    &["a", "few"],
    &["an", "unknown", "number"],
    &["an", "unspecified", "number"],
    &["an", "undetermined", "number"],
    &["des", "dizaines"],
    &["des", "centaines"],
    &["des", "milliers"],
    &["plusieurs", "dizaines"],
    &["plusieurs", "centaines"],
    &["plusieurs"],
    &["de", "nombreux"],
    &["de", "nombreuses"],
    &["nombreux"],
    &["quelques", "dizaines"],
    &["quelques"],
    &["un", "nombre", "indetermine"],
    &["un", "certain", "nombre"],
    &["un", "nombre", "important"],
    &["un", "grand", "nombre"],
    &["a", "large", "number"],
    &["a", "significant", "number"],
    &["dizaines"],
    &["centaines"],
];

/// [`PREFIXES`], ready for looking up.
static PREFIXED: LazyLock<Phrases<Qualifier>> = LazyLock::new(|| ready(PREFIXES));

/// [`VAGUE`], ready for looking up.
static VAGUELY: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let mut all = Phrases::default();
    VAGUE.iter().for_each(|words| all.add(&words.join(" "), Case::Any, ()));
    all
});

fn ready<T: Copy>(table: &[(&[&str], T)]) -> Phrases<T> {
    let mut all = Phrases::default();
    table.iter().for_each(|(words, means)| all.add(&words.join(" "), Case::Any, *means));
    all
}

fn starts(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    tokens
        .get(at..at + words.len())
        .is_some_and(|found| found.iter().zip(words).all(|(t, w)| t.norm == *w))
}

/// The number of people that begins at token `at`, with its qualifying words.
pub fn figure(tokens: &[Token], at: usize) -> Option<Figure> {
    if !opens(tokens.get(at)?) {
        debug_assert!(begun(tokens, at).is_none(), "{:?} opens a figure", tokens[at].norm);
        return None;
    }
    begun(tokens, at)
}

fn begun(tokens: &[Token], at: usize) -> Option<Figure> {
    // "every one of them": all.
    // "No one was hurt": nobody.
    let every =
        tokens[at].norm == "one" && at > 0 && one_of(&tokens[at - 1], &["every", "each", "no"]);
    if tokens[at].norm == "no" && tokens.get(at + 1).is_some_and(|t| t.norm == "one") {
        let (min, max) = (Some(0), Some(0));
        return Some(Figure { start: at, end: at + 2, min, max, qualifier: Qualifier::Exact });
    }
    if every {
        return None;
    }
    between(tokens, at).or_else(|| prefixed(tokens, at)).or_else(|| vague(tokens, at))
}

/// Whether a figure can begin with this token; asked for every token of a text.
fn opens(token: &Token) -> bool {
    /// The words with which number words begin.
    static NUMBERS: Words = Words::new(&[
        "one", "two", "both", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
        "hundred", "thousand", "deux", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix",
        "onze", "douze", "treize", "quatorze", "quinze", "seize", "vingt", "vingts", "trente",
        "quarante", "cinquante", "soixante", "septante", "nonante", "cent", "cents", "mille",
        "zero", "aucun", "aucune", "no", "a", "half", "dozen", "une", "la", "between", "entre",
        "from",
    ]);
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Word => {
            NUMBERS.may_have(token) || PREFIXED.may_begin(token) || VAGUELY.may_begin(token)
        }
        TokenKind::Punct => is_about_sign(token),
    }
}

/// "~ 50".
fn is_about_sign(token: &Token) -> bool {
    token.is("~") || token.is("≈") || token.is("±")
}

/// "between 6 and 9", "entre 6 et 9", "de six à neuf".
fn between(tokens: &[Token], at: usize) -> Option<Figure> {
    let (joiners, first) = match tokens.get(at)?.norm.as_str() {
        "between" => (["and", "to"], at + 1),
        "entre" => (["et", "a"], at + 1),
        "from" if !is_revised(tokens, at) => (["to", "to"], at + 1),
        _ => return None,
    };
    let (low, i) = plain(tokens, first)?;
    let joiner = tokens.get(i)?;
    let sign = joiners[0] != "to" && is_dash(joiner);
    if !any_of(joiner, &joiners) && !sign {
        return None;
    }
    let (high, end) = plain(tokens, i + 1)?;
    range(at, end, low.value, high.value)
}

/// "revised from 12 to 20", "passé de 12 à 20": two figures, no range.
fn is_revised(tokens: &[Token], at: usize) -> bool {
    tokens[..at].iter().rev().take(4).any(|t| {
        one_of(
            t,
            &[
                "revised", "rose", "risen", "raised", "increased", "up", "lowered", "passe",
                "passee", "porte", "revu", "went", "climbed", "jumped",
            ],
        )
    })
}

fn range(start: usize, end: usize, low: u32, high: u32) -> Option<Figure> {
    (low < high).then_some(Figure {
        start,
        end,
        min: Some(low),
        max: Some(high),
        qualifier: Qualifier::Range,
    })
}

fn is_dash(token: &Token) -> bool {
    token.is("-") || token.is("–") || token.is("—") || token.is("‑")
}

fn prefixed(tokens: &[Token], at: usize) -> Option<Figure> {
    let mut i = at;
    let mut qualifier = Qualifier::Exact;
    while let Some(prefix) = PREFIXED.at(tokens, i) {
        if qualifier == Qualifier::Exact {
            qualifier = *prefix.value;
        }
        i = prefix.end;
    }
    if tokens.get(i).is_some_and(is_about_sign) {
        (qualifier, i) = (Qualifier::About, i + 1);
    }
    let (number, mut end) = plain(tokens, i)?;
    let value = number.value;
    if let Some((high, after)) = range_end(tokens, end)
        && let Some(figure) = range(at, after, value, high)
    {
        // "at least 49 to 154": no more than the lower one is sure.
        return Some(match qualifier {
            Qualifier::AtLeast => Figure { max: None, qualifier, ..figure },
            Qualifier::UpTo => Figure { min: None, qualifier, ..figure },
            _ => figure,
        });
    }
    if tokens.get(end).is_some_and(|t| t.is("+")) {
        (qualifier, end) = (Qualifier::AtLeast, end + 1);
    } else if is_at_least(tokens, end) {
        (qualifier, end) = (Qualifier::AtLeast, end + 2);
    } else if starts(tokens, end, &["or", "so"]) {
        (qualifier, end) = (Qualifier::About, end + 2);
    }
    if qualifier == Qualifier::Exact && number.about {
        qualifier = Qualifier::About;
    }
    let (min, max) = match qualifier {
        Qualifier::AtLeast => (Some(value), None),
        Qualifier::UpTo => (None, Some(value)),
        _ => (Some(value), Some(value)),
    };
    Some(Figure { start: at, end, min, max, qualifier })
}

/// "22 or more", "22 at least", "22 au moins": behind the number, unless it belongs to the next
/// one.
fn is_at_least(tokens: &[Token], at: usize) -> bool {
    if starts(tokens, at, &["or", "more"]) || starts(tokens, at, &["ou", "plus"]) {
        return true;
    }
    let said = starts(tokens, at, &["at", "least"]) || starts(tokens, at, &["au", "moins"]);
    said && plain(tokens, at + 2).is_none()
}

/// "– 9", "to nine", "à neuf" or "or nine" after a number.
fn range_end(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let joiner = tokens.get(at)?;
    let from = (at.saturating_sub(5)..at).find(|i| one_of(&tokens[*i], &["from", "de"]));
    if from.is_some_and(|f| is_revised(tokens, f)) {
        return None;
    }
    if !is_dash(joiner) && !one_of(joiner, &["to", "a", "or", "ou"]) {
        return None;
    }
    let (high, end) = plain(tokens, at + 1)?;
    Some((high.value, end))
}

fn vague(tokens: &[Token], at: usize) -> Option<Figure> {
    let end = VAGUELY.at(tokens, at)?.end;
    if at > 0 && one_of(&tokens[at - 1], &["how", "combien", "so", "too"]) {
        return None;
    }
    Some(Figure { start: at, end, min: None, max: None, qualifier: Qualifier::Dozens })
}

/// A number without any qualifying word before it.
#[derive(Debug, Clone, Copy)]
struct Plain {
    value: u32,
    /// Whether the word itself is inexact ("a dozen", "une quinzaine").
    about: bool,
}

fn plain(tokens: &[Token], at: usize) -> Option<(Plain, usize)> {
    let token = tokens.get(at)?;
    if token.kind == TokenKind::Number {
        if token.glued {
            return None;
        }
        return Some((Plain { value: digits(&token.norm)?, about: false }, at + 1));
    }
    collective(tokens, at).or_else(|| {
        let (value, end) = words(tokens, at)?;
        Some((Plain { value, about: false }, end))
    })
}

fn digits(text: &str) -> Option<u32> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// "a dozen", "two dozen", "half a dozen", "a hundred", "une quinzaine de".
fn collective(tokens: &[Token], at: usize) -> Option<(Plain, usize)> {
    const ENGLISH: &[(&[&str], u32)] = &[
        (&["half", "a", "dozen"], 6),
        (&["a", "dozen"], 12),
        (&["one", "dozen"], 12),
        (&["two", "dozen"], 24),
        (&["three", "dozen"], 36),
        (&["four", "dozen"], 48),
        (&["five", "dozen"], 60),
        (&["dozen"], 12),
        (&["a", "couple"], 2),
        (&["a", "score"], 20),
    ];
    const FRENCH: &[(&str, u32)] = &[
        ("huitaine", 8),
        ("dizaine", 10),
        ("douzaine", 12),
        ("quinzaine", 15),
        ("vingtaine", 20),
        ("trentaine", 30),
        ("quarantaine", 40),
        ("cinquantaine", 50),
        ("soixantaine", 60),
        ("centaine", 100),
    ];
    static READY: LazyLock<Phrases<u32>> = LazyLock::new(|| ready(ENGLISH));
    if let Some(hit) = READY.at(tokens, at) {
        return Some((Plain { value: *hit.value, about: true }, hit.end));
    }
    tokens.get(at).filter(|t| one_of(t, &["une", "la"]))?;
    // "une « vingtaine » de morts".
    let quoted = |i: usize| usize::from(tokens.get(i).is_some_and(Token::is_quote));
    let noun = at + 1 + quoted(at + 1);
    // "une demi-douzaine".
    let half = usize::from(tokens.get(noun).is_some_and(|t| t.norm == "demi"));
    let word = tokens.get(noun + half)?;
    let (_, value) = FRENCH.iter().find(|(w, _)| *w == word.norm)?;
    let end = noun + half + 1;
    let end = if noun > at + 1 { end + quoted(end) } else { end };
    Some((Plain { value: *value >> half, about: true }, end))
}

/// Whether `text` states this number of people in digits or words, alone or as the end of a
/// range. None can be said in several ways, and one by the noun alone ("his wife was killed")
/// where nothing else is counted.
pub fn states(text: &str, number: u32) -> bool {
    let tokens = tokens(text, 0..text.len());
    let (mut at, mut counted) = (0, false);
    while at < tokens.len() {
        match figure(&tokens, at) {
            Some(found) if found.min == Some(number) || found.max == Some(number) => return true,
            // From the end of one figure on: "twenty-two" states no two.
            Some(found) => (at, counted) = (found.end, true),
            None => at += 1,
        }
    }
    let says = |words: &[&str]| tokens.iter().any(|t| any_of(t, words));
    match number {
        0 => says(NOBODY),
        1 => says(SOMEBODY) || (!counted && tokens.iter().any(Token::is_word)),
        _ => false,
    }
}

/// Words for nobody.
const NOBODY: &[&str] = &[
    "no", "none", "nobody", "without", "not", "never", "pas", "sans", "personne", "ni", "aucun",
    "aucune", "nul", "nulle",
];

/// Words before one person.
const SOMEBODY: &[&str] =
    &["a", "an", "the", "another", "one", "un", "une", "le", "la", "l", "son", "sa", "his", "her"];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Option<u32>, Option<u32>, Qualifier, String)> {
        let t = tokens(text, 0..text.len());
        let f = figure(&t, 0)?;
        Some((f.min, f.max, f.qualifier, text[t[f.start].start..t[f.end - 1].end].to_owned()))
    }

    #[test]
    fn ok_figures() {
        use Qualifier::{About, AtLeast, Dozens, Exact, Range, UpTo};
        for (text, min, max, qualifier, words) in [
            ("18 people", Some(18), Some(18), Exact, "18"),
            ("1,200 dead", Some(1200), Some(1200), Exact, "1,200"),
            ("1.500 morts", Some(1500), Some(1500), Exact, "1.500"),
            ("forty-seven people", Some(47), Some(47), Exact, "forty-seven"),
            ("one hundred and five men", Some(105), Some(105), Exact, "one hundred and five"),
            ("Fifty-three Malian", Some(53), Some(53), Exact, "Fifty-three"),
            ("Quarante-deux militaires", Some(42), Some(42), Exact, "Quarante-deux"),
            ("vingt et un morts", Some(21), Some(21), Exact, "vingt et un"),
            ("soixante-dix-sept", Some(77), Some(77), Exact, "soixante-dix-sept"),
            ("quatre-vingt-quinze civils", Some(95), Some(95), Exact, "quatre-vingt-quinze"),
            ("deux cent trois", Some(203), Some(203), Exact, "deux cent trois"),
            ("at least 18 people", Some(18), None, AtLeast, "at least 18"),
            ("more than a hundred dead", Some(100), None, AtLeast, "more than a hundred"),
            ("50+ civilians", Some(50), None, AtLeast, "50+"),
            ("au moins 13 corps", Some(13), None, AtLeast, "au moins 13"),
            ("around a dozen jihadists", Some(12), Some(12), About, "around a dozen"),
            ("about sixty neutralized", Some(60), Some(60), About, "about sixty"),
            ("une dizaine de personnes", Some(10), Some(10), About, "une dizaine"),
            ("~ 50 morts", Some(50), Some(50), About, "~ 50"),
            ("well over 100 dead", Some(100), None, AtLeast, "well over 100"),
            ("un maximum de 30", None, Some(30), UpTo, "un maximum de 30"),
            ("up to 40", None, Some(40), UpTo, "up to 40"),
            ("at least 49 to 154 people", Some(49), None, AtLeast, "at least 49 to 154"),
            ("jusqu'à 20 ou 30 morts", None, Some(30), UpTo, "jusqu'à 20 ou 30"),
            ("six to nine people", Some(6), Some(9), Range, "six to nine"),
            ("500–600 arrested", Some(500), Some(600), Range, "500–600"),
            ("between 40 and 85 soldiers", Some(40), Some(85), Range, "between 40 and 85"),
            ("entre 20 et 30 civils", Some(20), Some(30), Range, "entre 20 et 30"),
            ("dozens wounded", None, None, Dozens, "dozens"),
            ("plusieurs civils", None, None, Dozens, "plusieurs"),
            ("a total of fifteen soldiers", Some(15), Some(15), Exact, "a total of fifteen"),
        ] {
            assert_eq!(read(text), Some((min, max, qualifier, words.to_owned())), "{text}");
        }
    }

    #[test]
    fn ok_stated_numbers() {
        for (text, numbers) in [
            ("Twelve civilians were killed", &[12][..]),
            ("between 40 and 85 soldiers, three of them officers", &[40, 85, 3]),
            ("at least 1,200 dead", &[1200]),
            ("quatre-vingt-dix-sept morts (97)", &[97]),
            ("a toll revised from 12 to 20", &[12, 20]),
            ("une quinzaine de corps", &[15]),
            ("both men died", &[2]),
            ("a soldier was killed", &[1]),
            ("Sergeant Traoré was killed", &[1]),
            ("two soldiers and a civilian", &[1, 2]),
            ("nobody was hurt", &[0]),
            ("Aucun mort", &[0]),
        ] {
            for number in numbers {
                assert!(states(text, *number), "{number} in {text}");
            }
        }
    }

    #[test]
    fn err_stated_numbers() {
        for (text, numbers) in [
            ("Twelve civilians were killed", &[0, 2, 10, 13, 120][..]),
            ("twenty-two men", &[20, 2]),
            ("deux cent trois morts", &[2, 3, 100, 200]),
            ("1,200 dead", &[1, 200, 12]),
            ("dozens were killed with AK-47s", &[12, 47]),
            ("12", &[1]),
            ("", &[0, 1]),
        ] {
            for number in numbers {
                assert!(!states(text, *number), "{number} in {text}");
            }
        }
    }

    #[test]
    fn err_figures() {
        for text in ["people", "a village", "une attaque", "-47s", "and five", "centurion"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
