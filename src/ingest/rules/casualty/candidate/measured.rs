//! Numbers that count no people: money, times, ages, distances.

use crate::ingest::lexicon::one_of;
use crate::ingest::rules::casualty::predicate::is_be;
use crate::ingest::rules::number::{Figure, is_word_number};
use crate::ingest::token::{Token, TokenKind};

/// Money, percentages, times, degrees, and numbers with a unit right behind them.
pub(super) fn counts_no_people(tokens: &[Token], number: &Figure) -> bool {
    let before = number.start.checked_sub(1).map(|i| &tokens[i]);
    let after = tokens.get(number.end);
    let sign = |t: Option<&Token>, signs: &[&str]| t.is_some_and(|t| signs.iter().any(|s| t.is(s)));
    let unit = after.is_some_and(|t| {
        t.glued
            || one_of(
                t,
                &[
                    "km", "kms", "kilometers", "kilometres", "miles", "metres", "meters",
                    "percent", "million", "billion", "years", "year", "ans", "months", "mois",
                    "days", "day", "jours", "hours", "heures", "minutes", "am", "pm", "h", "gmt",
                ],
            )
    });
    // "une dame d'une cinquantaine d'années".
    let of = tokens.get(number.end).is_some_and(|t| one_of(t, &["d", "de"]));
    let aged = of
        && tokens
            .get(number.end + 1)
            .is_some_and(|t| one_of(t, &["annees", "ans", "kilometres", "metres", "minutes"]));
    let aged = aged || is_among_ages(tokens, number);
    aged || sign(before, &["$", "€", "£", "#"])
        || is_clock(tokens, number.start)
        || is_before_point(tokens, number.end)
        || sign(after, &["%", "$", "€", ":", "°"])
        || unit
        || before.is_some_and(|t| one_of(t, &["aged", "age"]))
        // "two children under eight were".
        || before.is_some_and(|t| t.norm == "under")
            && after.is_none_or(|t| !t.is_word() || is_be(t) || one_of(t, &["and", "or"]))
}

/// "Paul Noir, 27, died", "six (6) soldiers", "a 12-year-old".
pub(super) fn is_age_or_repeat(tokens: &[Token], number: &Figure) -> bool {
    let before = |i: usize| number.start.checked_sub(i).map(|i| &tokens[i]);
    let after = tokens.get(number.end);
    let counted = |t: &Token| {
        t.kind == TokenKind::Number || is_word_number(t) || one_of(t, &["un", "une", "one"])
    };
    let bracketed = before(1).is_some_and(|t| t.is("("))
        && after.is_some_and(|t| t.is(")"))
        && before(2).is_none_or(|t| !t.is_word() || counted(t) || t.capital);
    let aged = before(1).is_some_and(|t| t.is(","))
        && before(2).is_some_and(|t| t.capital)
        && after.is_some_and(|t| t.is(","));
    let compound =
        after.is_some_and(|t| t.is("-")) && tokens.get(number.end + 1).is_some_and(Token::is_word);
    bracketed || aged || compound
}

/// "two children, aged 4 and 6,", "deux enfants de 4 et 6 ans": one of several ages.
fn is_among_ages(tokens: &[Token], number: &Figure) -> bool {
    const JOINTS: &[&str] = &["and", "et", "to", "a", "or", "ou"];
    let joint = |t: &Token| t.is(",") || t.is("-") || t.is("–") || one_of(t, JOINTS);
    let counts = |t: &Token| t.kind == TokenKind::Number || is_word_number(t);
    let before = tokens[..number.start].iter().rev().take(5);
    let led = before
        .skip_while(|t| joint(t) || counts(t))
        .take(1)
        .any(|t| one_of(t, &["aged", "ages", "age", "agee", "agees"]));
    let behind = &tokens[number.end.min(tokens.len())..];
    let joined = behind.first().is_some_and(joint) && behind.get(1).is_some_and(counts);
    let unit =
        behind.get(2).is_some_and(|t| one_of(t, &["ans", "years", "mois", "months", "year"]));
    led || joined && unit
}

/// "9:30", "1.30 p.m.": the minutes of a clock, or decimals.
fn is_clock(tokens: &[Token], at: usize) -> bool {
    let sign = at.checked_sub(1).filter(|i| tokens[*i].is(":") || tokens[*i].is("."));
    let Some(sign) = sign.filter(|i| *i > 0) else {
        return false;
    };
    let number = tokens[sign].is(":") || tokens[sign - 1].kind == TokenKind::Number;
    let joined = tokens[sign].end == tokens[at].start;
    number && joined && tokens[sign - 1].end == tokens[sign].start
}

/// "1.30 p.m.", "5.100": a number that goes on behind a point.
fn is_before_point(tokens: &[Token], end: usize) -> bool {
    let next = tokens.get(end + 1).is_some_and(|t| t.kind == TokenKind::Number);
    next && tokens[end].is(".") && is_clock(tokens, end + 1)
}

#[cfg(test)]
mod tests {
    use crate::ingest::rules::casualty::tests::check_all;

    #[test]
    fn ok_hours_are_not_counted() {
        check_all(&[
            ("Around 1.30 p.m., two soldiers were killed.", "killed soldiers 2"),
            ("At 9:30, two soldiers were killed.", "killed soldiers 2"),
            ("The toll was 12. 30 people were wounded.", "killed total 12; wounded total 30"),
        ]);
    }
}
