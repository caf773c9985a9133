//! Rows of our own in the layouts of ACLED.

use super::tests::{KNOWN, read, read_with, told, told_all};
use super::*;
use crate::model::record;

const NEWEST: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,\
    sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,\
    civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,\
    geo_precision,source,source_scale,notes,fatalities,tags,timestamp";

const CLASSIC: &str = "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,\
    time_precision,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,\
    inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,longitude,\
    geo_precision,source,source_scale,notes,fatalities,timestamp,iso3";

const USUAL: [(&str, &str); 22] = [
    ("event_id_cnty", "MLI1"),
    ("event_date", "2022-04-19"),
    ("time_precision", "1"),
    ("event_type", "Battles"),
    ("sub_event_type", "Armed clash"),
    ("actor1", "Military Forces of Mali (2021-)"),
    ("assoc_actor_1", "Wagner Group"),
    ("inter1", "State forces"),
    ("actor2", "JNIM: Group for Support of Islam and Muslims"),
    ("assoc_actor_2", "Katiba Macina; Fulani Ethnic Group (Mali)"),
    ("inter2", "Rebel group"),
    ("civilian_targeting", ""),
    ("country", "Mali"),
    ("admin1", "Mopti"),
    ("admin2", "Douentza"),
    ("location", "Hombori"),
    ("latitude", "15.28"),
    ("longitude", "-1.70"),
    ("geo_precision", "1"),
    ("source", "A paper; A radio"),
    ("notes", "On 19 April, \"\"two\"\" sides fought."),
    ("fatalities", "4"),
];

fn row(header: &str, changes: &[(&str, &str)]) -> String {
    let cell = |name: &str| {
        let changed = changes.iter().chain(&USUAL).find(|(n, _)| *n == name.trim());
        changed.map_or(String::new(), |(_, cell)| format!("\"{cell}\""))
    };
    header.split(',').map(cell).collect::<Vec<_>>().join(",")
}

fn one(header: &str, changes: &[(&str, &str)]) -> String {
    let read = read("acled.csv", &format!("{header}\n{}\n", row(header, changes)));
    match &read.records[..] {
        [record] => told(record),
        _ => read.problems.join("\n"),
    }
}

const TOLD: &str = "MLI1 | 2022-04-19..2022-04-19 day | armed-clash | \
    hombori exact mopti/douentza 15.28,-1.70 | \
    involved malian-armed-forces, involved wagner-group, involved jnim, \
    involved katiba-macina |  | killed total 4..4 exact";

#[test]
fn ok_every_vintage_says_the_same() {
    assert_eq!(one(NEWEST, &[]), TOLD);
    assert_eq!(one(CLASSIC, &[]), TOLD);
    let mut sorted: Vec<&str> = NEWEST.split(',').collect();
    sorted.sort_unstable();
    assert_eq!(one(&sorted.join(","), &[]), TOLD);
    assert_eq!(one(&format!(",{NEWEST}"), &[]), TOLD);
    let quoted = NEWEST.replace(',', "\",\"").to_uppercase();
    let text = format!("\"{quoted}\"\r\n{}\n\r\n\r\n{}\r\n", row(NEWEST, &[]), row(NEWEST, &[]));
    let read = read("acled.csv", &text);
    assert_eq!(told_all(&read), [TOLD, TOLD]);
    assert_eq!(read.records.iter().map(|r| r.line).collect::<Vec<_>>(), [2, 5]);
    let record = &read.records[0];
    assert_eq!(record.draft.passage.quote, "NOTES: On 19 April, \"two\" sides fought.");
    assert!(record.draft.title.ends_with("JNIM: Group for Support of Islam and Muslims, Hombori"));
}

#[test]
fn ok_a_row_for_each_actor_becomes_one() {
    let header = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,\
        assoc_actor_1,inter1,country,admin1,admin2,location,latitude,longitude,geo_precision,\
        notes,fatalities";
    let first = row(header, &[]);
    let second =
        row(header, &[("actor1", USUAL[8].1), ("assoc_actor_1", USUAL[9].1), ("inter1", "2")]);
    let alone = row(header, &[("event_id_cnty", "MLI2")]);
    let read = read("acled.csv", &format!("{header}\n{first}\n{second}\n{alone}\n"));
    assert_eq!(told(&read.records[0]), TOLD);
    assert_eq!(read.records.len(), 2);
    assert!(
        told(&read.records[1]).contains("| involved malian-armed-forces, involved wagner-group |")
    );
    let text = record::text(&read.header, &read.records[0].cells);
    assert!(text.contains("\nactor1 (row 2): JNIM: Group"), "{text}");
}

#[test]
fn ok_a_perpetrator_only_against_civilians() {
    let civilians = ("actor2", "Civilians (Mali)");
    let people = ("assoc_actor_2", "Fulani Ethnic Group (Mali); Women (Mali)");
    let violence = ("event_type", "Violence against civilians");
    for (changes, who, whom) in [
        (
            vec![civilians, people, violence],
            "stated malian-armed-forces, involved wagner-group",
            "civilians, fulani, women",
        ),
        (
            vec![civilians, people, ("civilian_targeting", "Civilian targeting")],
            "stated malian-armed-forces, involved wagner-group",
            "civilians, fulani, women",
        ),
        // A battle with civilians named, and violence without: no direction.
        (
            vec![civilians, people],
            "involved malian-armed-forces, involved wagner-group",
            "civilians, fulani, women",
        ),
        (
            vec![violence, ("actor2", ""), ("assoc_actor_2", "")],
            "involved malian-armed-forces, involved wagner-group",
            "",
        ),
        // The other way round, told by the code of the side.
        (
            vec![violence, ("inter1", "7"), ("actor1", "Herders"), ("assoc_actor_1", "")],
            "stated jnim, involved katiba-macina",
            "civilians",
        ),
    ] {
        let told = one(NEWEST, &changes);
        let parts: Vec<_> = told.split(" | ").collect();
        assert_eq!((parts[4], parts[5]), (who, whom), "{changes:?}");
    }
}

#[test]
fn ok_precision_and_kinds() {
    for (date, precision, expected) in [
        ("31 December 2020", "1", "2020-12-31..2020-12-31 day"),
        ("14-Jul-99", "2", "1999-07-08..1999-07-20 range"),
        ("9-May-20", "3", "2020-05-01..2020-05-31 month"),
        ("01-January-2015", "", "2015-01-01..2015-01-01 day"),
    ] {
        let told = one(NEWEST, &[("event_date", date), ("time_precision", precision)]);
        assert_eq!(told.split(" | ").nth(1), Some(expected));
    }
    for (precision, expected) in [
        ("1", "hombori exact mopti/douentza 15.28,-1.70"),
        ("2", "hombori near mopti/douentza 15.28,-1.70"),
        // Mopti was divided in 2023: which region it is today is not known.
        ("3", "mopti region mopti/- -"),
        ("", "hombori unknown mopti/douentza -"),
    ] {
        let told = one(NEWEST, &[("geo_precision", precision)]);
        assert_eq!(told.split(" | ").nth(3), Some(expected));
    }
    for (kind, expected) in [
        ("Air/drone strike", "airstrike"),
        ("Remote explosive/landmine/IED", "bombing"),
        ("Abduction/forced disappearance", "abduction"),
        ("Attack", "other"),
        ("Looting/property destruction", "other"),
    ] {
        assert_eq!(one(NEWEST, &[("sub_event_type", kind)]).split(" | ").nth(2), Some(expected));
    }
    // 0 stands for none and for none reported.
    assert!(one(NEWEST, &[("fatalities", "0")]).ends_with(" | "));
}

#[test]
fn ok_rows_elsewhere_are_counted() {
    let text = format!("{NEWEST}\n{}\n", row(NEWEST, &[("country", "Niger")]));
    let read = read("acled.csv", &text);
    assert_eq!((read.records.len(), read.outside, read.problems.len()), (0, 1, 0));
    let all = Options { countries: Countries::All, ..Options::default() };
    let read = read_with("acled.csv", text.as_bytes(), &all);
    assert!(told(&read.records[0]).contains("hombori exact -/- 15.28,-1.70 NE"));
}

#[test]
fn err_cells() {
    for (change, expected) in [
        (
            ("event_date", "04/19/2022"),
            "a date such as 31 December 2020 in column event_date, found \"04/19/2022\"",
        ),
        (("fatalities", "a few"), "a number of people in column fatalities, found \"a few\""),
        (("geo_precision", "4"), "a code from 1 to 3 in column geo_precision, found \"4\""),
        (("event_id_cnty", " "), "the id of the event in column event_id_cnty, found nothing"),
    ] {
        assert_eq!(one(NEWEST, &[change]), format!("acled.csv:2: expected {expected}"));
    }
}

#[test]
fn its_terms_are_stated() {
    let text = format!("{NEWEST}\n");
    let dataset = open("a.csv", text.as_bytes(), &Options::default(), &KNOWN).expect("a header");
    assert!(dataset.meta.publisher.is_some_and(|p| p.starts_with("ACLED")));
    assert!(dataset.meta.licence.is_some_and(|l| l.contains("ACLED")));
}
