//! An export imported into an empty database gives the same database, byte for byte of the
//! export that is made of it again.

mod support;

use jiff::Timestamp;
use mali_timeline::export::{Format, View, write};
use mali_timeline::import::{self, Options, Outcome, Report};
use mali_timeline::model::filter::Filter;
use mali_timeline::model::gazetteer::NamedPlace;
use mali_timeline::model::hash::sha256;
use mali_timeline::model::source::Lang;
use mali_timeline::query;
use mali_timeline::store::decision::{self, Decision};
use mali_timeline::store::{Db, copy, derive, gazetteer, identity, incident, source};
use mali_timeline::wording::Words;
use std::fs;
use std::path::Path;
use support::{KNOWN, TempDb, document};

const REPORT: &str = "\
---
title: A day in Gao
publisher: Someone
url: https://example.org/gao
published: 2022-04-21
licence: CC0-1.0
---
On 19 April 2022, gunmen killed at least 12 villagers in Gao, officials said.

On 2 May 2022, three soldiers were killed in an ambush near Hombori.
";

const GED: &str = "id,type_of_violence,dyad_name,side_a,side_b,source_original,where_prec,\
    where_coordinates,adm_1,adm_2,latitude,longitude,country,date_prec,date_start,date_end,\
    deaths_civilians,best,high,low\n";

const ACLED: &str = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,\
    actor2,country,admin1,admin2,location,latitude,longitude,geo_precision,notes,fatalities\n";

/// A folder with files of every sort, and a database with what is in them.
fn filled() -> TempDb {
    let temp = TempDb::new();
    let put = |name: &str, text: String| {
        let path = temp.folder.path().join(name);
        fs::write(&path, text).unwrap();
        import(&temp.db, &path)
    };
    put("gao.md", REPORT.to_owned());
    let one = "1,3,IS - Civilians,IS,Civilians,locals,1,Gao town,Gao region,Gao cercle,16.27,-0.04,\
               Mali,1,2022-04-19,2022-04-19,12,12,20,10\n";
    let two = "2,1,Mali - JNIM,Government of Mali,JNIM,,4,Mopti region,Mopti region,,14.6,-4.0,\
               Mali,5,2021-01-01,2021-12-31,0,0,21,0\n";
    put("ged_v25_1.csv", format!("{GED}{one}{two}"));
    put(
        "acled.csv",
        format!(
            "{ACLED}MLI1,2022-05-02,2,Battles,Armed clash,Military Forces of Mali (2021-),\
             JNIM: Group for Support of Islam and Muslims,Mali,Mopti,Douentza,Hombori,15.28,-1.70,\
             2,\"A \"\"fight\"\",\nit was.\",3\n"
        ),
    );
    // A later release with other columns: the first row stays as the earlier one had it.
    let release = |name: &str, text: String| {
        let path = temp.folder.path().join(name);
        fs::write(&path, text).unwrap();
        let mut options = Options::default();
        options.rows.release_of = Some("acled".to_owned());
        import::run(&temp.db, &[path], &options, &KNOWN, |_| true).unwrap()
    };
    let rows = fs::read_to_string(temp.folder.path().join("acled.csv")).unwrap();
    let (header, row) = rows.split_once('\n').unwrap();
    release(
        "acled2.csv",
        format!(
            "{header},tags\n{},\nMLI2,2023-06-01,1,Strategic developments,Other,JNIM,,Mali,Gao,\
             Gao,Gao,16.27,-0.04,1,Said.,0,x\n",
            row.trim_end()
        ),
    );
    temp.import(&document(
        "d.txt",
        "T",
        &["2019-09-30; bombing; Boni; jnim; soldiers; killed soldiers 3..7"],
    ));
    temp.db
        .write(|tx| {
            copy::mark_reviewed(tx, 1, 0)?;
            derive::derive(tx, 1, &KNOWN)
        })
        .unwrap();
    temp
}

fn import(db: &Db, path: &Path) -> Report {
    import::run(db, &[path.to_owned()], &Options::default(), &KNOWN, |_| true).unwrap()
}

fn export(db: &Db, pairs: &[(&str, &str)], format: Format, redact: bool) -> Vec<u8> {
    let filter: Filter =
        db.read(|db| Ok(query::filter(db, &KNOWN, pairs.iter().copied()))).unwrap().unwrap();
    let view = View {
        filter: &filter,
        words: Words::new(Lang::En, &KNOWN),
        at: Timestamp::UNIX_EPOCH,
        as_of: None,
        hxl: false,
        redact,
    };
    let mut out = Vec::new();
    db.read(|db| {
        write(db, &view, format, &mut out).unwrap();
        Ok(())
    })
    .unwrap();
    out
}

/// An export as a file in a folder of its own.
fn file(bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("export.json"), bytes).unwrap();
    folder
}

#[test]
fn an_export_of_everything_gives_the_same_database() {
    let temp = filled();
    let everything = export(&temp.db, &[], Format::Json, false);
    let folder = file(&everything);
    let path = folder.path().join("export.json");
    let other = TempDb::new();
    let report = import(&other.db, &path);
    let sources = temp.db.read(source::titles).unwrap().len();
    assert_eq!((report.problems(), report.sources()), (0, [sources, 0, 0, 0]));
    assert_eq!(report.incidents().added as usize, temp.all().len());
    let again = export(&other.db, &[], Format::Json, false);
    let (again, before) =
        (String::from_utf8(again).unwrap(), String::from_utf8(everything).unwrap());
    for (again, before) in again.lines().zip(before.lines()) {
        assert_eq!(again, before);
    }
    assert_eq!(again, before);
    assert!(temp.all().len() >= 5);
    for part in ["\"status\":\"reviewed\"", "\"header\":[\"event_id_cnty\"", "\"key\":\"MLI1\""] {
        assert!(before.contains(part), "{part}");
    }
    // Once more changes nothing.
    let report = import(&other.db, &path);
    assert_eq!((report.problems(), report.sources()), (0, [0, 0, sources, 0]));
    assert_eq!(report.incidents().added, 0);
}

/// A database with one of everything that people decide: two that are one, two that are two, one
/// parted, one that is open, an id of before, and a file of places.
fn decided() -> TempDb {
    let clash = |name: &str, day: &str, place: &str, dead: u32| {
        let line = format!("{day}; armed-clash; {place}; -; -; killed total {dead}");
        document(name, name, &[&line])
    };
    let massacre = |name: &str, day: &str, place: &str| {
        let line = format!(
            "{day}; massacre; {place}; malian-armed-forces; civilians; killed civilians 50"
        );
        document(name, name, &[&line])
    };
    let mut documents = Vec::new();
    for (place, day) in [("Hombori", "2022-04-19"), ("Gao", "2022-05-02"), ("Boni", "2022-06-03")] {
        documents.push(massacre(&format!("{place}-a"), day, place));
        documents.push(clash(&format!("{place}-b"), day, place, 1));
    }
    documents.push(massacre("Kidal-a", "2022-07-04", "Kidal"));
    documents.push(massacre("Kidal-b", "2022-07-04", "Kidal"));
    let temp = TempDb::with(&documents);
    temp.db
        .write(|tx| {
            let pair = |id: &str| [id.to_owned(), format!("{id}-2")];
            for (id, decision) in
                [("2022-04-19-hombori", Decision::Same), ("2022-05-02-gao", Decision::Different)]
            {
                let [a, b] = pair(id);
                decision::decide(tx, &KNOWN, [&a, &b], decision)?;
            }
            decision::part(tx, &KNOWN, "2022-07-04-kidal", "kidal-b")?;
            let gone = identity::unused_incident(tx, "undated-hombori")?;
            let hombori = identity::find(tx, "2022-04-19-hombori-2")?.unwrap();
            identity::redirect(tx, gone, hombori)?;
            let place = NamedPlace {
                name: "Somewhere".to_owned(),
                aliases: vec!["Elsewhere".to_owned(), "Là".to_owned()],
                lat: Some(15.25),
                lon: Some(-1.5),
                ..NamedPlace::default()
            };
            gazetteer::load(tx, "mine.csv", "s", "Me", &[place, NamedPlace::default()])
        })
        .unwrap();
    temp
}

#[test]
fn what_people_decided_comes_back_with_an_export() {
    let temp = decided();
    let everything = export(&temp.db, &[], Format::Json, false);
    let text = String::from_utf8(everything.clone()).unwrap();
    for part in ["\"decision\":\"open\"", "\"parted\":", "\"own\":", "\"Elsewhere\"", "former_ids"]
    {
        assert!(text.contains(part), "{part}");
    }
    let folder = file(&everything);
    let other = TempDb::new();
    let report = import(&other.db, &folder.path().join("export.json"));
    assert_eq!(report.sources(), [8, 0, 0, 0]);
    // Four places: two incidents are shown as one in Hombori.
    assert_eq!((report.incidents().added, report.incidents().joined), (7, 1));
    assert_eq!(String::from_utf8(export(&other.db, &[], Format::Json, false)).unwrap(), text);
    let of = |f: &dyn Fn(&Db) -> String| assert_eq!(f(&temp.db), f(&other.db));
    of(&|db| format!("{:?}", db.read(decision::pairs).unwrap()));
    of(&|db| format!("{:?}", db.read(gazetteer::copies).unwrap()));
    for id in ["undated-hombori", "2022-04-19-hombori-2"] {
        let shown = other.db.read(|db| incident::show(db, id)).unwrap().unwrap();
        assert_eq!((shown.id.as_str(), shown.accounts.len()), ("2022-04-19-hombori", 2));
    }
    // It is undone there as here.
    for db in [&temp.db, &other.db] {
        db.write(|tx| {
            decision::undo(tx, &KNOWN, ["2022-04-19-hombori", "2022-04-19-hombori-2"])?;
            decision::undo(tx, &KNOWN, ["2022-07-04-kidal", "2022-07-04-kidal-2"])
        })
        .unwrap();
    }
    of(&|db| String::from_utf8(export(db, &[], Format::Json, false)).unwrap());

    // A view has what concerns it, and no places; what is redacted has nothing.
    let gao = String::from_utf8(export(&temp.db, &[("region", "gao")], Format::Json, false));
    let gao = gao.unwrap();
    assert!(gao.contains("\"b\":\"2022-05-02-gao-2\""));
    for other in ["hombori", "kidal", "Elsewhere"] {
        assert!(!gao.contains(other), "{other}");
    }
    let redacted = String::from_utf8(export(&temp.db, &[], Format::Json, true)).unwrap();
    assert!(!redacted.contains("decisions") && !redacted.contains("Elsewhere"));
}

#[test]
fn err_decisions_that_do_not_hold_together() {
    let folder = tempfile::tempdir().unwrap();
    let temp = decided();
    let text = String::from_utf8(export(&temp.db, &[], Format::Json, false)).unwrap();
    for (from, to) in [
        ("\"decision\":\"same\"", "\"decision\":\"perhaps\""),
        ("\"reason\":\"person\"", "\"reason\":\"nobody\""),
        ("\"a\":\"2022-05-02-gao\"", "\"a\":\"2022-05-02-gao-9\""),
    ] {
        assert!(text.contains(from), "{from}");
        let path = folder.path().join("export.json");
        fs::write(&path, resealed(&text.replace(from, to))).unwrap();
        let other = TempDb::new();
        let report = import(&other.db, &path);
        let Outcome::Refused(problem) = &report.files[0].outcome else { panic!("{report:?}") };
        assert_eq!(problem.expected, "pairs of incidents with what was decided, and former ids");
        assert!(other.all().is_empty());
    }
}

/// An export with the seal that its text has now.
fn resealed(text: &str) -> String {
    let (body, _) = text.rsplit_once(",\n\"sha256\":").unwrap();
    // Line feeds are no part of the seal, and there are none in its texts.
    let sealed = format!("{}}}", body.replace('\n', ""));
    format!("{body},\n\"sha256\":\"{}\"}}\n", sha256(sealed))
}

#[test]
fn an_export_of_a_view_gives_that_view() {
    let temp = filled();
    let part = export(&temp.db, &[("region", "gao")], Format::Json, false);
    let folder = file(&part);
    let other = TempDb::new();
    import(&other.db, &folder.path().join("export.json"));
    let all = temp.all().len();
    assert!((1..all).contains(&other.all().len()));
    let rows = |db: &Db| export(db, &[("region", "gao")], Format::Jsonl, false);
    let without_head = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).unwrap();
        text.lines()
            .filter(|line| !line.starts_with("{\"export\""))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(without_head(rows(&other.db)), without_head(rows(&temp.db)));
}

#[test]
fn into_a_database_with_sources_go_documents_that_it_lacks() {
    let temp = filled();
    let folder = file(&export(&temp.db, &[], Format::Json, false));
    let other = TempDb::with(&[document(
        "x.txt",
        "X",
        &["2020-01-01; bombing; Kidal; -; -; killed total 1"],
    )]);
    let report = import(&other.db, &folder.path().join("export.json"));
    let refused: Vec<_> = report
        .files
        .iter()
        .filter_map(|file| match &file.outcome {
            Outcome::Refused(problem) => Some(problem.found.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(refused.len(), 2, "{refused:?}");
    assert!(refused.iter().all(|found| found.starts_with("the dataset ")));
    assert!(report.files.iter().any(|file| matches!(file.outcome, Outcome::Added(_))));
    assert!(other.all().iter().flat_map(|i| &i.accounts).all(|a| a.record.is_none()));
    assert!(other.all().iter().any(|i| i.accounts[0].source.meta.title == "A day in Gao"));
}

#[test]
fn what_is_no_whole_export_is_refused() {
    let temp = filled();
    let whole = export(&temp.db, &[], Format::Json, false);
    let text = String::from_utf8(whole).unwrap();
    for (bytes, expected) in [
        (
            text.replace("\"best\"", "\"beste\"").into_bytes(),
            "expected an export as it was made, found it was changed",
        ),
        (
            text.as_bytes()[..text.len() / 2].to_vec(),
            "expected an export as it was made, found no JSON",
        ),
        (
            export(&temp.db, &[], Format::Json, true),
            "expected a JSON export with the texts of its sources, found missing field",
        ),
        (
            export(&temp.db, &[], Format::Jsonl, false),
            "expected the JSON export, which has the texts of its sources, found JSON Lines",
        ),
    ] {
        let folder = file(&bytes);
        let other = TempDb::new();
        let report = import(&other.db, &folder.path().join("export.json"));
        let Outcome::Refused(problem) = &report.files[0].outcome else { panic!("{report:?}") };
        let shown = problem.to_string();
        assert!(shown.contains(expected), "{shown}");
        assert!(other.all().is_empty());
    }
}
