//! Text for a report (CommonMark): each incident with its claims, the words that say them, and
//! numbered sources. Nothing of a source is taken for markup. The `sha256` seal in the last
//! line is over all bytes before that line.

use super::ends::Ends;
use super::phrases::Phrases;
use super::{ExportError, Head, Out, Sealed, Sealing, Tally, View, each, listed, table};
use crate::model::claim::Measure;
use crate::model::hash::hex;
use crate::model::incident::Incident;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Opens the last line.
const MARK: &str = "<!-- sha256 ";

/// Closes a comment.
const END: &str = " -->\n";

pub(super) fn write(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    let (words, m) = (&view.words, view.words.messages());
    let mut file = Sealing::new(out);
    file.text(&format!("# {}\n\n", plain(&head.sentence)))?;
    file.out.flush()?;
    // Incidents refer to sources by their number in the list.
    let tally = Tally::read(db, view)?;
    let numbers: BTreeMap<&str, usize> =
        tally.sources.iter().enumerate().map(|(i, s)| (s.source.id.as_str(), i + 1)).collect();
    for line in [tally.numbers(m), m.text("export-note"), head.made(m)] {
        file.text(&format!("{}\n\n", plain(&line)))?;
    }
    let mut phrases = Phrases::new(*words);
    let rows = each(db, view, |incident, _| {
        file.text(&section(incident, &mut phrases, &numbers))?;
        Ok::<_, ExportError>(())
    })?;
    file.text(&format!("## {}\n\n", plain(&m.text("export-sources"))))?;
    for (i, source) in tally.sources.iter().enumerate() {
        let line = listed(words, &source.source);
        file.text(&format!("{}. {}; SHA-256 {}\n", i + 1, plain(&line), source.sha256))?;
    }
    // Letters, digits and `%`: nothing that ends a comment.
    let query = head.query().replace("--", "-%2D");
    file.text(&format!(
        "\n<!-- lang {}; count {}; rows {}; filter {query}{END}",
        head.lang, tally.count, rows.seal
    ))?;
    let seal = hex(file.seal);
    write!(file.out, "{MARK}{seal}{END}")?;
    Ok(())
}

fn section(incident: &Incident, phrases: &mut Phrases, numbers: &BTreeMap<&str, usize>) -> String {
    let words = &{ *phrases.words() };
    let number = |id: &str| numbers.get(id).copied().unwrap_or_default();
    let mut text = String::new();
    let mut line = |start: &str, line: &str, end: &str| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{start}{}{end}", plain(line));
    };
    line("## ", &format!("{}: {}", words.date(&incident.date), incident.title), "\n\n");
    line("", &format!("{} · {}", incident.id, words.status(incident.status())), "\n\n");
    let places = incident.places().into_iter().map(|p| match words.place_region(p) {
        Some(region) => format!("{} ({region})", p.name),
        None => p.name.clone(),
    });
    let places: Vec<_> = places.collect();
    if !places.is_empty() {
        line("", &places.join("; "), "\n\n");
    }
    let who = table::perpetrators(incident, phrases);
    if !who.is_empty() {
        line("", &who.join("; "), "\n\n");
    }
    for &measure in Measure::ALL {
        let of = || incident.claims().filter(|(_, c)| c.measure == measure);
        if let Some(toll) = incident.toll(measure) {
            let makers = of().filter(|(_, c)| c.makes_toll()).count();
            line("**", &words.toll_by_claims(measure, toll, makers), "**\n\n");
        }
    }
    for ((account, claim), said) in incident.claims().zip(table::said(incident, phrases)) {
        let page = table::page(&claim.passage, words);
        let source = format!(" \\[{}{page}\\]\n", number(&account.source.id));
        line("- ", &said, &source);
    }
    line("\n", "", "");
    for account in &incident.accounts {
        let page = table::page(&account.draft.passage, words);
        let source = format!(" \\[{}{page}\\]\n\n", number(&account.source.id));
        line("> ", &account.draft.passage.quote, &source);
    }
    text
}

/// One line of text in which nothing is markup.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    for word in text.split_whitespace() {
        if !std::mem::take(&mut start) {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '-'
                | '.' | '!' | '|' | '~' | '=' | ':' | '@'
                    if needs_escape(c, out.is_empty()) =>
                {
                    out.push('\\');
                    out.push(c);
                }
                c if c.is_control() => out.push('\u{fffd}'),
                c => out.push(c),
            }
        }
    }
    out
}

/// Signs that mean something anywhere, and those that do so at the start of a line.
fn needs_escape(c: char, at_start: bool) -> bool {
    match c {
        '(' | ')' | '.' | ':' | '@' | '-' | '+' | '=' | '#' | '!' | '{' | '}' => at_start,
        _ => true,
    }
}

/// Checks the seal of a Markdown export.
///
/// # Errors
/// What is wrong with it.
pub fn check(file: &Ends) -> Result<Sealed, String> {
    let (sealed, rest) = file.split(MARK).ok_or("it has no seal")?;
    let stated = rest.strip_suffix(END).ok_or("it was changed: something follows its seal")?;
    file.check_before(sealed.len(), stated)?;
    let read = || {
        let line = sealed.strip_suffix(END)?.rsplit_once("\n<!-- lang ")?.1;
        let field = |name: &str| line.split("; ").find_map(|f| f.strip_prefix(name));
        Some(Sealed {
            parameters: form_urlencoded::parse(field("filter ")?.as_bytes()).into_owned().collect(),
            count: field("count ")?.parse().ok()?,
            rows: field("rows ")?.to_owned(),
        })
    };
    read().ok_or_else(|| "it lacks its filter or its number of rows".to_owned())
}
