//! `parse --explain`: for each fact of each draft the words, their line, and the rule.

use mali_timeline::ingest::Reasons;
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::document::ParsedDocument;
use mali_timeline::model::incident::Draft;
use mali_timeline::model::passage::Passage;
use mali_timeline::model::source::Lang;
use mali_timeline::review::difference::Said;
use mali_timeline::review::quote::Quoted;
use mali_timeline::wording::Words;
use std::io::{self, Write};

/// Prints a document's facts, each with its line, words and rule.
pub fn print(
    doc: &ParsedDocument,
    drafts: &[(Draft, Reasons)],
    known: &Knowledge,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (words, quoted) = (Words::new(Lang::En, known), Quoted::new(&doc.text));
    writeln!(out, "{}: {} incidents", printable(&doc.file_name), drafts.len())?;
    for (draft, reasons) in drafts {
        let main = if draft.main { " (main)" } else { "" };
        writeln!(out, "\n{}{main}", printable(&draft.title))?;
        line(out, &quoted, "Told", &draft.passage, "story: sentences of one date and place")?;
        for (said, passage, rule) in facts(draft, reasons) {
            line(out, &quoted, &words.said(&said), passage, rule)?;
        }
    }
    Ok(())
}

/// Each fact with the words that say it and the rule that found it.
fn facts<'a>(
    draft: &'a Draft,
    reasons: &'a Reasons,
) -> impl Iterator<Item = (Said, &'a Passage, &'a str)> {
    let date = draft.date_passage.iter().zip(&reasons.date);
    let places = draft.places.iter().zip(&reasons.places);
    let attributions = draft.attributions.iter().zip(&reasons.attributions);
    let victims = draft.victims.iter().zip(&reasons.victims);
    let claims = draft.claims.iter().zip(&reasons.claims);
    date.map(|(p, rule)| (Said::Date(draft.date), p, rule.as_str()))
        .chain(places.map(|(p, rule)| (Said::Place(p.clone()), &p.passage, rule.as_str())))
        .chain(
            attributions.map(|(a, rule)| (Said::Attribution(a.clone()), &a.passage, rule.as_str())),
        )
        .chain(victims.map(|(v, rule)| (Said::Victim(v.clone()), &v.passage, rule.as_str())))
        .chain(claims.map(|(c, rule)| (Said::Claim(c.clone()), &c.passage, rule.as_str())))
}

fn line(
    out: &mut dyn Write,
    quoted: &Quoted<'_>,
    said: &str,
    passage: &Passage,
    rule: &str,
) -> io::Result<()> {
    writeln!(out, "  {}", printable(said))?;
    let words: Vec<_> = passage.quote.split_whitespace().collect();
    let words = printable(&words.join(" "));
    writeln!(out, "    line {}: \"{words}\"", quoted.line(passage.start))?;
    writeln!(out, "    rule {rule}")
}

/// What stands in a file may be anything: control characters are not passed on.
fn printable(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}
