//! An export imported into an empty database gives the same database, byte for byte of the
//! export that is made of it again.

mod support;

use jiff::Timestamp;
use mali_timeline::export::{Format, View, write};
use mali_timeline::import::{self, FileReport, Options, Outcome};
use mali_timeline::model::filter::Filter;
use mali_timeline::model::source::Lang;
use mali_timeline::query;
use mali_timeline::store::{Db, copy, derive};
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
        import(&temp.db, &path, &Options::default())
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
        import(&temp.db, &path, &options)
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

fn import(db: &Db, path: &Path, options: &Options) -> FileReport {
    let report = import::run(db, &[path.to_owned()], options, &KNOWN, |_| true).unwrap();
    report.files.into_iter().next().unwrap()
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
    let report = import(&other.db, &path, &Options::default());
    assert_eq!(report.problems, []);
    assert!(matches!(report.outcome, Outcome::Added(_)), "{report:?}");
    assert_eq!(report.incidents.added as usize, temp.all().len());
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
    let report = import(&other.db, &path, &Options::default());
    assert!(matches!(report.outcome, Outcome::Unchanged(_)), "{report:?}");
    assert_eq!((report.incidents.added, report.problems.len()), (0, 0));
}

#[test]
fn an_export_of_a_view_gives_that_view() {
    let temp = filled();
    let part = export(&temp.db, &[("region", "gao")], Format::Json, false);
    let folder = file(&part);
    let other = TempDb::new();
    import(&other.db, &folder.path().join("export.json"), &Options::default());
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
    let report = import(&other.db, &folder.path().join("export.json"), &Options::default());
    assert!(matches!(report.outcome, Outcome::Added(_)), "{report:?}");
    let problems: Vec<_> = report.problems.iter().map(|p| p.found.as_str()).collect();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems.iter().all(|p| p.starts_with("the dataset ")));
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
        let report = import(&other.db, &folder.path().join("export.json"), &Options::default());
        let Outcome::Refused(problem) = report.outcome else { panic!("{:?}", report.outcome) };
        let shown = problem.to_string();
        assert!(shown.contains(expected), "{shown}");
        assert!(other.all().is_empty());
    }
}
