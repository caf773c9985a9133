//! How well rules tell which tellings are of one incident, on labelled pairs: `pairs.txt`.
//! Joining two incidents is the error that must not happen: at least 98 of 100 automatic joins
//! must be right. `ERRORS=1` with `--nocapture` prints what is missed.

#[path = "../support/mod.rs"]
mod support;

use mali_timeline::ingest::dataset::{Options, open};
use mali_timeline::matching::{Explanation, Verdict, explain};
use mali_timeline::model::incident::Draft;
use mali_timeline::model::source::Lang;
use mali_timeline::wording::Words;
use std::path::Path;
use support::{KNOWN, document};

/// The least precision of automatic joins.
const PRECISION: f64 = 0.98;

/// The least share of the pairs of one incident that is joined by rules alone.
const JOINED: f64 = 0.7;

/// The least share that is joined or listed for a person.
const FOUND: f64 = 0.9;

/// A telling and its label.
struct Telling {
    /// Whether it tells the incident of its block.
    same: bool,
    line: String,
    draft: Draft,
}

fn blocks() -> Vec<Vec<Telling>> {
    let text = include_str!("pairs.txt");
    let lines = |block: &str| -> Vec<Telling> {
        let lines = block.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
        lines.map(telling).collect()
    };
    text.split("\n\n").map(lines).filter(|block| !block.is_empty()).collect()
}

fn telling(line: &str) -> Telling {
    let (sign, rest) = line.split_at(2);
    let draft = match rest.split_once(' ') {
        Some(("ged", row)) => dataset("ged.csv", &ged(row)),
        Some(("acled", row)) => dataset("acled.csv", &acled(row)),
        _ => document("a.txt", "A report", &[rest]).drafts.remove(0),
    };
    assert!(["= ", "- "].contains(&sign), "no label: {line}");
    Telling { same: sign == "= ", line: rest.to_owned(), draft }
}

/// What the reader of datasets makes of a file of one row.
fn dataset(name: &str, text: &str) -> Draft {
    let read = open(name, text.as_bytes(), &Options::default(), &KNOWN).unwrap();
    let rows: Vec<_> = read.map(|row| row.expect(text).draft).collect();
    let [draft] = <[Draft; 1]>::try_from(rows).expect(text);
    draft
}

fn fields(row: &str) -> Vec<&str> {
    row.split(';').map(str::trim).collect()
}

/// "1 Hombori town @ 15.28 -1.69": code, name, latitude, longitude.
fn place(text: &str) -> [&str; 4] {
    let (named, point) = text.split_once(" @ ").expect(text);
    let (code, name) = named.split_once(' ').expect(text);
    let (lat, lon) = point.split_once(' ').expect(text);
    [code, name, lat, lon]
}

fn csv(cells: &[(&str, &str)]) -> String {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let names: Vec<_> = cells.iter().map(|(name, _)| *name).collect();
    let values: Vec<_> = cells.iter().map(|(_, value)| quoted(value)).collect();
    format!("{}\n{}\n", names.join(","), values.join(","))
}

fn ged(row: &str) -> String {
    let [kind, a, b, at, region, when, dead, original] = fields(row).try_into().expect(row);
    let [precision, name, lat, lon] = place(at);
    let [date_precision, start, end] = when.split(' ').collect::<Vec<_>>().try_into().expect(row);
    let [da, db, civilians, unknown, best, low, high] =
        dead.split(' ').collect::<Vec<_>>().try_into().expect(row);
    csv(&[
        ("id", "1"),
        ("relid", "MLI-1"),
        ("year", &start[..4]),
        ("active_year", "1"),
        ("type_of_violence", kind),
        ("dyad_name", &format!("{a} - {b}")),
        ("side_a", a),
        ("side_b", b),
        ("source_original", original),
        ("where_prec", precision),
        ("where_coordinates", name),
        ("adm_1", region),
        ("latitude", lat),
        ("longitude", lon),
        ("country", "Mali"),
        ("date_prec", date_precision),
        ("date_start", start),
        ("date_end", end),
        ("deaths_a", da),
        ("deaths_b", db),
        ("deaths_civilians", civilians),
        ("deaths_unknown", unknown),
        ("best", best),
        ("low", low),
        ("high", high),
    ])
}

fn acled(row: &str) -> String {
    let [event, a, b, at, admin, when, dead] = fields(row).try_into().expect(row);
    let (event, sub_event) = event.split_once('/').expect(row);
    let (admin1, admin2) = admin.split_once('/').expect(row);
    let (time, date) = when.split_once(' ').expect(row);
    let [precision, name, lat, lon] = place(at);
    csv(&[
        ("event_id_cnty", "MLI1"),
        ("event_date", date),
        ("year", &date[date.len() - 4..]),
        ("time_precision", time),
        ("event_type", event),
        ("sub_event_type", sub_event),
        ("actor1", a),
        ("assoc_actor_1", ""),
        ("actor2", b),
        ("assoc_actor_2", ""),
        ("country", "Mali"),
        ("admin1", admin1),
        ("admin2", admin2),
        ("location", name),
        ("latitude", lat),
        ("longitude", lon),
        ("geo_precision", precision),
        ("source", "Test Press"),
        ("notes", "A row of ours."),
        ("fatalities", dead),
    ])
}

fn wholes(actor: &str) -> Vec<String> {
    KNOWN.actors.with_wholes(actor).into_iter().map(str::to_owned).collect()
}

/// Numbers of pairs.
#[derive(Debug, Default)]
struct Tally {
    same: u32,
    different: u32,
    rightly_joined: u32,
    wrongly_joined: u32,
    rightly_listed: u32,
    listed: u32,
}

impl Tally {
    fn add(&mut self, same: bool, verdict: Verdict) {
        *(if same { &mut self.same } else { &mut self.different }) += 1;
        match (verdict, same) {
            (Verdict::Same(_), true) => self.rightly_joined += 1,
            (Verdict::Same(_), false) => self.wrongly_joined += 1,
            (Verdict::Doubtful(..), _) => {
                self.listed += 1;
                self.rightly_listed += u32::from(same);
            }
            (Verdict::Different, _) => {}
        }
    }

    fn precision(&self) -> f64 {
        let joined = self.rightly_joined + self.wrongly_joined;
        f64::from(self.rightly_joined) / f64::from(joined)
    }

    fn joined(&self) -> f64 {
        f64::from(self.rightly_joined) / f64::from(self.same)
    }

    fn found(&self) -> f64 {
        f64::from(self.rightly_joined + self.rightly_listed) / f64::from(self.same)
    }
}

fn tell(what: &str, a: &str, b: &str, explained: &Explanation) {
    if std::env::var_os("ERRORS").is_none() {
        return;
    }
    println!("{what}: {:?}\n  {a}\n  {b}", explained.verdict);
    for element in Words::new(Lang::En, &KNOWN).explanation(explained) {
        println!("    {:<8} {:>8}  {}", element.name, element.points, element.text);
    }
}

#[test]
fn nearly_every_automatic_join_is_right() {
    let mut tally = Tally::default();
    for block in blocks() {
        for (i, a) in block.iter().enumerate() {
            for b in &block[i + 1..] {
                let explained = explain(&a.draft, &b.draft, &wholes);
                let same = a.same && b.same;
                tally.add(same, explained.verdict);
                match (explained.verdict, same) {
                    (Verdict::Same(_), false) => {
                        tell("joined and two", &a.line, &b.line, &explained)
                    }
                    (Verdict::Different, true) => {
                        tell("apart and one", &a.line, &b.line, &explained)
                    }
                    (Verdict::Doubtful(..), true) => {
                        tell("listed and one", &a.line, &b.line, &explained)
                    }
                    _ => {}
                }
            }
        }
    }
    println!(
        "{tally:?}: precision of joins {:.3}, joined {:.3}, joined or listed {:.3}",
        tally.precision(),
        tally.joined(),
        tally.found()
    );
    assert!(tally.same >= 100 && tally.different >= 300, "{tally:?}");
    assert!(tally.precision() >= PRECISION, "{tally:?}");
    assert!(tally.joined() >= JOINED && tally.found() >= FOUND, "{tally:?}");
}

/// Real rows, each of an event of its own, where the file is at hand.
#[test]
fn no_two_rows_of_a_real_release_are_taken_for_one() {
    let path = Path::new("../shared/datasets/ged_v26_0_7_mali_excerpt.csv");
    let Ok(file) = std::fs::File::open(path) else {
        println!("{}: not here, not tested", path.display());
        return;
    };
    let read = open("ged.csv", file, &Options::default(), &KNOWN).unwrap();
    let drafts: Vec<_> = read.map(|row| row.unwrap().draft).collect();
    assert_eq!(drafts.len(), 17);
    for (i, a) in drafts.iter().enumerate() {
        for b in &drafts[i + 1..] {
            let explained = explain(a, b, &wholes);
            assert!(!matches!(explained.verdict, Verdict::Same(_)), "{} | {}", a.title, b.title);
        }
    }
}
