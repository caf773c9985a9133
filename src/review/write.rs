//! A list of incidents to a file, always the same for the same list.

use super::file::{self, File, loose, text};
use super::named::{claimant_entry, place_entry};
use super::quote::Quoted;
use crate::knowledge::Knowledge;
use crate::model::claim::Claim;
use crate::model::date::{DatePrecision, DateSpan};
use crate::model::incident::{Attribution, Draft};
use crate::model::passage::Passage;
use crate::model::review::{Rejected, Review, Signature};
use std::ops::Range;
use toml::Spanned;

/// What a person reads first.
const HEADER: &str = "\
# What was read from the document, to be checked against it and corrected.
#
# Each fact has its `quote`: words of the document, exactly. Where the same words stand in it
# several times, `at` gives the line (12), and which time on that line (\"12:2\").
# Delete what is wrong, add what is missing: a [[incident.place]], [[incident.perpetrator]],
# [[incident.victim]] or [[incident.claim]] belongs to the [[incident]] above it.
#   date         2022-04-19, 2022-04, 2022, 2022-04-19..2022-04-21; leave it out when unknown
#   kind         massacre, armed-clash, attack-on-armed-forces, airstrike, bombing, abduction,
#                execution, siege, other
#   attribution  stated (by the document itself), claimed (by the actor), accused, suspected,
#                denied, involved; `by` is who says so
#   claim        measure: killed, wounded, detained, abducted, missing; min and max; qualifier:
#                exact, at least, about, up to, range, dozens; claimant: who gives the figure;
#                the quote must state min and max, in digits or words
# Put your name and the day below when you have checked it all: its incidents then count as
# reviewed. Keep the file beside the document; the next import takes it in place of its own
# reading.
";

/// What a file says of its document.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// Name of the document's file.
    pub document: &'a str,
    /// Title.
    pub title: &'a str,
    /// SHA-256 of the text.
    pub sha256: &'a str,
    /// SHA-256 of the file beside the document that this one goes on from.
    pub supersedes: Option<&'a str>,
}

/// The file of a list.
pub fn write(head: &Head<'_>, body: &str, review: &Review, known: &Knowledge) -> String {
    let quoted = Quoted::new(body);
    let unsigned = review.entries.iter().all(|e| e.signed.is_none());
    let incidents = review.entries.iter().map(|e| {
        let (reviewed_by, reviewed_at) = signature(e.signed.as_ref());
        file::Incident { reviewed_by, reviewed_at, ..entry(&e.draft, &quoted, known) }
    });
    let file = File {
        document: Some(text(head.document)),
        title: Some(text(head.title)),
        sha256: Some(text(head.sha256)),
        supersedes: head.supersedes.map(text),
        reviewed_by: unsigned.then(|| text("")),
        reviewed_at: unsigned.then(|| loose("")),
        incidents: incidents.map(unplaced).collect(),
        rejected: review.rejected.iter().map(|r| unplaced(rejected(r, &quoted))).collect(),
    };
    let body = toml::to_string(&file).expect("plain texts, numbers and tables are TOML");
    format!("{HEADER}\n{body}")
}

fn unplaced<T>(value: T) -> Spanned<T> {
    Spanned::new(0..0, value)
}

fn signature(signed: Option<&Signature>) -> (Option<file::Text>, Option<file::Loose>) {
    (signed.map(|s| text(&*s.by)), signed.map(|s| loose(&s.at)))
}

fn rejected(rejected: &Rejected, quoted: &Quoted<'_>) -> file::Rejected {
    let (reviewed_by, reviewed_at) = signature(Some(&rejected.signed));
    let (quote, at) = quote(&rejected.passage, None, quoted);
    file::Rejected {
        title: Some(text(&*rejected.title)),
        quote,
        at,
        reviewed_by,
        reviewed_at,
        why: rejected.why.as_deref().map(text),
    }
}

/// A draft as it stands in the file, unsigned.
pub fn entry(draft: &Draft, quoted: &Quoted<'_>, known: &Knowledge) -> file::Incident {
    let near = Some(draft.passage.range());
    let (date_quote, date_at) = match &draft.date_passage {
        Some(passage) => quote(passage, near.clone(), quoted),
        None => (None, None),
    };
    let (whole, at) = quote(&draft.passage, None, quoted);
    let day = draft.date.start();
    let places = draft.places.iter().map(|p| {
        let (quote, at) = quote(&p.passage, near.clone(), quoted);
        file::Place { quote, at, ..place_entry(p, day, known) }
    });
    let victims = draft.victims.iter().map(|v| {
        let (quote, at) = quote(&v.passage, near.clone(), quoted);
        file::Victim { group: Some(text(&*v.group)), quote, at }
    });
    let perpetrators = draft.attributions.iter();
    let perpetrators = perpetrators.map(|a| perpetrator(a, near.clone(), quoted, known));
    let claims = draft.claims.iter().map(|c| claim(c, near.clone(), quoted, known));
    file::Incident {
        title: Some(text(&*draft.title)),
        main: draft.main.then_some(true),
        date: date(&draft.date).map(loose),
        date_quote,
        date_at,
        kind: Some(text(draft.kind.as_str())),
        quote: whole,
        at,
        reviewed_by: None,
        reviewed_at: None,
        places: places.map(unplaced).collect(),
        perpetrators: perpetrators.map(unplaced).collect(),
        victims: victims.map(unplaced).collect(),
        claims: claims.map(unplaced).collect(),
    }
}

/// A date as the file has it; none when it is unknown.
pub fn date(span: &DateSpan) -> Option<String> {
    let (start, end) = (span.start()?, span.end()?);
    Some(match span.precision() {
        DatePrecision::Month => start.to_string()[..7].to_owned(),
        DatePrecision::Year => start.to_string()[..4].to_owned(),
        DatePrecision::Range => format!("{start}..{end}"),
        DatePrecision::Day | DatePrecision::Unknown => start.to_string(),
    })
}

fn quote(
    passage: &Passage,
    near: Option<Range<usize>>,
    quoted: &Quoted<'_>,
) -> (Option<file::Text>, Option<file::Loose>) {
    let hint = quoted.hint(passage, near.as_ref());
    (Some(text(&*passage.quote)), hint.map(loose))
}

fn perpetrator(
    attribution: &Attribution,
    near: Option<Range<usize>>,
    quoted: &Quoted<'_>,
    known: &Knowledge,
) -> file::Perpetrator {
    let (quote, at) = quote(&attribution.passage, near, quoted);
    let (by, by_actor) = claimant_entry(attribution.by.as_ref(), known);
    let (id, name) = super::named::actor(&attribution.name, None, known);
    let plain = id == attribution.actor && name == attribution.name;
    file::Perpetrator {
        actor: Some(text(&*attribution.name)),
        actor_id: (!plain).then(|| text(&*attribution.actor)),
        attribution: Some(text(attribution.stance.as_str())),
        by,
        by_actor,
        quote,
        at,
    }
}

fn claim(
    claim: &Claim,
    near: Option<Range<usize>>,
    quoted: &Quoted<'_>,
    known: &Knowledge,
) -> file::Claim {
    let (quote, at) = quote(&claim.passage, near, quoted);
    let (claimant, claimant_actor) = claimant_entry(claim.claimant.as_ref(), known);
    let number = |end: Option<u32>| end.map(|n| Spanned::new(0..0, n));
    file::Claim {
        measure: Some(text(claim.measure.as_str())),
        group: Some(text(claim.group.as_str())),
        min: number(claim.min),
        max: number(claim.max),
        qualifier: Some(text(claim.qualifier.as_str())),
        claimant,
        claimant_actor,
        said_on: claim.said_on.map(loose),
        partial: claim.partial.then_some(true),
        quote,
        at,
    }
}
