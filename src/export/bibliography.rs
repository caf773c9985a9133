//! The sources of a view for reference managers and LaTeX. The BibTeX file carries what it
//! says of itself in lines that start with `%`, the last of which seals all bytes before it.
//! RIS has no place for that: each record notes the view it was taken from, and the last one what
//! can be verified. Without sources there is one record, of the view alone.

use super::ends::Ends;
use super::{ExportError, Head, Out, PROGRAM, Sealed, Sealing, Tally, View, each};
use crate::model::date::PartialDate;
use crate::model::hash::hex;
use crate::model::source::SourceKind;
use crate::store::source::Cited;
use rusqlite::Connection;

/// Opens the last line of a BibTeX file.
const MARK: &str = "% sha256 ";

/// Opens the last note of a RIS file.
const NOTE: &str = "N1  - sha256 ";

/// Ends a record of RIS.
const END: &str = "ER  - \r\n\r\n";

pub(super) fn write_bib(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    let mut file = Sealing::new(out);
    let tally = Tally::read(db, view)?;
    for (key, value) in [
        ("filter", head.sentence.as_str()),
        ("parameters", &head.query()),
        ("count", &tally.count.to_string()),
        ("exported", &head.exported),
        ("language", head.lang),
        ("program", PROGRAM),
    ] {
        file.text(&format!("% {key} {}\n", comment(value)))?;
    }
    for source in &tally.sources {
        file.text(&entry(source, asked(view, source)))?;
    }
    file.out.flush()?;
    let rows = each(db, view, |_, _| Ok::<_, ExportError>(()))?;
    file.text(&format!("\n% rows {}\n", rows.seal))?;
    let seal = hex(file.seal);
    writeln!(file.out, "{MARK}{seal}")?;
    Ok(())
}

/// One line in which BibTeX sees no entry.
fn comment(text: &str) -> String {
    let line: Vec<_> = text.split_whitespace().collect();
    line.join(" ").replace('@', "(at)")
}

/// What the publisher of a source asks.
fn asked<'a>(view: &View<'a>, cited: &Cited) -> Option<&'a str> {
    view.words.known().terms.of(&cited.source.meta, view.words.lang())
}

fn entry(cited: &Cited, asked: Option<&str>) -> String {
    let meta = &cited.source.meta;
    let mut fields = vec![("title", format!("{{{}}}", latex(&meta.title)))];
    if let Some(publisher) = &meta.publisher {
        // Doubly braced: an organisation is no first and last name.
        fields.push(("author", format!("{{{}}}", latex(publisher))));
    }
    if let Some(date) = meta.published {
        let [year, month, day] = parts(date);
        fields.extend(year.map(|y| ("year", y)));
        fields.extend(month.map(|m| ("month", m)));
        fields.extend(day.map(|d| ("day", d)));
    }
    if let Some(url) = &meta.url {
        fields.push(("url", address(url)));
    }
    if let Some(day) = meta.retrieved {
        fields.push(("urldate", day.to_string()));
    }
    fields.push(("language", meta.lang.as_str().to_owned()));
    fields.push(("keywords", meta.kind.as_str().to_owned()));
    let licence = meta.licence.as_deref().map(latex);
    let licence = licence.map(|l| format!("Licence: {l}. ")).unwrap_or_default();
    let asked = asked.map(|text| format!("{}. ", latex(text))).unwrap_or_default();
    fields.push(("note", format!("{licence}{asked}SHA-256 of the text: {}", cited.sha256)));
    let fields: String = fields.into_iter().map(|(k, v)| format!("  {k} = {{{v}}},\n")).collect();
    format!("\n@misc{{{},\n{fields}}}\n", key(&cited.source.id))
}

/// A key that every reader takes.
fn key(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect()
}

/// Year, month and day as far as they are known, as digits.
fn parts(date: PartialDate) -> [Option<String>; 3] {
    let text = date.to_string();
    let mut parts = text.split('-').map(str::to_owned);
    [parts.next(), parts.next(), parts.next()]
}

/// Text in which TeX sees no command and no brace.
fn latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash "),
            '{' | '}' => out.push_str(if c == '{' { "(" } else { ")" }),
            '$' | '&' | '#' | '%' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '^' => out.push_str("\\textasciicircum "),
            '~' => out.push_str("\\textasciitilde "),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// An address without what would end a field.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '\\' => out.push_str("%5C"),
            c if c.is_whitespace() || c.is_control() => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

/// Checks the seal of a BibTeX export.
///
/// # Errors
/// What is wrong with it.
pub fn check_bib(file: &Ends) -> Result<Sealed, String> {
    let (sealed, rest) = file.split(MARK).ok_or("it has no seal")?;
    let stated = rest.strip_suffix('\n').ok_or("it was changed: something follows its seal")?;
    file.check_before(sealed.len(), stated)?;
    let field = |name: &str| {
        let mut lines = file.start.lines().chain(sealed.lines());
        lines.find_map(|line| line.strip_prefix("% ")?.strip_prefix(name))
    };
    let read = || {
        let query = field("parameters ")?.as_bytes();
        Some(Sealed {
            parameters: form_urlencoded::parse(query).into_owned().collect(),
            count: field("count ")?.parse().ok()?,
            rows: field("rows ")?.to_owned(),
        })
    };
    read().ok_or_else(|| "it lacks its filter or its number of rows".to_owned())
}

pub(super) fn write_ris(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    // Each record notes the view, and with it how many incidents that has.
    let tally = Tally::read(db, view)?;
    let m = view.words.messages();
    let note = format!("{}. {}. {}", head.sentence, tally.numbers(m), head.made(m));
    let mut file = Sealing::new(out);
    for (i, cited) in tally.sources.iter().enumerate() {
        if i > 0 {
            file.text(END)?;
        }
        let meta = &cited.source.meta;
        let mut line = |tag: &str, value: &str| file.text(&ris_line(tag, value));
        line("TY", kind(meta.kind))?;
        line("ID", &cited.source.id)?;
        line("TI", &meta.title)?;
        if let Some(publisher) = &meta.publisher {
            line("AU", publisher)?;
            line("PB", publisher)?;
        }
        if let Some(date) = meta.published {
            let parts = parts(date);
            line("PY", parts[0].as_deref().unwrap_or_default())?;
            let parts = parts.map(Option::unwrap_or_default);
            line("DA", &format!("{}/", parts.join("/")))?;
        }
        if let Some(url) = &meta.url {
            line("UR", url)?;
        }
        if let Some(day) = meta.retrieved {
            line("Y2", &day.strftime("%Y/%m/%d/").to_string())?;
        }
        line("LA", meta.lang.as_str())?;
        if let Some(licence) = &meta.licence {
            line("N1", &format!("Licence: {licence}"))?;
        }
        if let Some(asked) = asked(view, cited) {
            line("N1", asked)?;
        }
        line("N1", &format!("SHA-256 of the text: {}", cited.sha256))?;
        line("N1", &note)?;
    }
    if tally.sources.is_empty() {
        for (tag, value) in [("TY", "GEN"), ("TI", &head.sentence), ("N1", &note)] {
            file.text(&ris_line(tag, value))?;
        }
    }
    file.out.flush()?;
    let rows = each(db, view, |_, _| Ok::<_, ExportError>(()))?;
    for (key, value) in [
        ("parameters", head.query().as_str()),
        ("count", &tally.count.to_string()),
        ("language", head.lang),
        ("rows", &rows.seal),
    ] {
        file.text(&ris_line("N1", &format!("{key} {value}")))?;
    }
    let seal = hex(file.seal);
    write!(file.out, "{NOTE}{seal}\r\n{END}")?;
    Ok(())
}

fn ris_line(tag: &str, value: &str) -> String {
    let value: Vec<_> = value.split_whitespace().collect();
    format!("{tag}  - {}\r\n", value.join(" "))
}

/// Checks the seal of a RIS export.
///
/// # Errors
/// What is wrong with it.
pub fn check_ris(file: &Ends) -> Result<Sealed, String> {
    let (sealed, rest) = file.split(NOTE).ok_or("it has no seal")?;
    let stated = rest.strip_suffix(END).and_then(|rest| rest.strip_suffix("\r\n"));
    let stated = stated.ok_or("it was changed: something follows its seal")?;
    file.check_before(sealed.len(), stated)?;
    // The last of each name: a source may be called what it likes.
    let note = |name: &str| {
        let mut lines = sealed.lines().rev();
        lines.find_map(|line| line.strip_prefix("N1  - ")?.strip_prefix(name))
    };
    let read = || {
        let query = note("parameters").unwrap_or_default().trim().as_bytes();
        Some(Sealed {
            parameters: form_urlencoded::parse(query).into_owned().collect(),
            count: note("count ")?.parse().ok()?,
            rows: note("rows ")?.to_owned(),
        })
    };
    read().ok_or_else(|| "it lacks its filter or its number of rows".to_owned())
}

/// RIS's word for a kind of source.
fn kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Encyclopedia => "ENCYC",
        SourceKind::News => "NEWS",
        SourceKind::Report => "RPRT",
        SourceKind::Dataset => "DATA",
        SourceKind::Statement | SourceKind::Digest => "GEN",
    }
}
