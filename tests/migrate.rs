//! A database of the first version, with something in every table, brought up to date: every
//! fact is still there.

mod support;

use flate2::{Compress, Compression, FlushCompress};
use mali_timeline::import;
use mali_timeline::knowledge::files::Files;
use mali_timeline::matching::Reason;
use mali_timeline::model::filter::Filter;
use mali_timeline::model::hash::hash64;
use mali_timeline::model::incident::{Stance, Status};
use mali_timeline::model::record::text;
use mali_timeline::store::decision::{Decision, pairs};
use mali_timeline::store::incident::{Page, list, show};
use mali_timeline::store::{Db, dataset, source};
use mali_timeline::verify::verify;
use rusqlite::Connection;
use rusqlite::types::Value;
use std::collections::BTreeMap;
use std::path::Path;
use support::KNOWN;

const FIRST: &str = include_str!("../migrations/0001_initial.sql");

/// Two versions of one document, of which the first said 10, and another document. Ranges are
/// those of the words in the texts.
const CONTENT: &str = "
update content set version = 7, knowledge = 'x';
insert into import_run values (1, '2024-01-01T08:00:00Z', 'mali-timeline 0.0.1'),
  (2, '2024-02-02T08:00:00Z', 'mali-timeline 0.0.1');
insert into source values
  (1, 'gao', 1, 'o1', 'gao.md', 'Gao', 'Someone', 'news', 'en', 'https://example.org/gao',
   '2022-04-20', '2022-05-01', 'CC0-1.0', 'plain', 'On 19 April 2022, gunmen killed 10 in Gao.',
   0, 's1', 'p1', 1, 2),
  (2, 'gao', 2, 'o1', 'gao.md', 'Gao', 'Someone', 'news', 'en', 'https://example.org/gao',
   '2022-04-20', '2022-05-01', 'CC0-1.0', 'plain',
   'On 19 April 2022, JNIM killed at least 12 villagers in Gao, Mali said.',
   0, '9d3c', 'p2', 2, null),
  (3, 'kidal', 1, 'o2', 'kidal.txt', 'Kidal', null, 'report', 'fr', null, null, null, null,
   'front-matter', 'À Kidal, une explosion.', 0, 's3', 'p3', 1, null);
insert into problem values (1, 2, 3, 'a date', 'soon');
insert into incident values
  (1, '2022-04-19-gao', 'Gao', 'massacre', '2022-04-19', '2022-04-19', 'day', '2022-04-19', 12, 12,
   12, 1, 'reviewed', 1, 1),
  (2, 'undated-kidal', 'Kidal', 'bombing', null, null, 'unknown', '', -1, null, null, 0,
   'parsed', 0, 1),
  (3, '2022-gao', 'Gao', 'other', null, null, 'unknown', '', -1, null, null, 0, 'parsed', 0, 0);
insert into incident_alias values ('2022-04-gao', 1);
insert into account values
  (1, 1, 1, 0, 1, 'Gao', 'massacre', '2022-04-19', '2022-04-19', 'day', 'parsed', null, null, 1, 2),
  (2, 1, 2, 0, 1, 'Gao', 'massacre', '2022-04-19', '2022-04-19', 'day', 'reviewed', 'A. Reader',
   '2024-02-03T00:00:00Z', 2, null),
  (3, 2, 3, 0, 0, 'Kidal', 'bombing', null, null, 'unknown', 'parsed', null, null, 1, null);
insert into passage values
  (1, 1, 'whole', 0, 42, 'On 19 April 2022, gunmen killed 10 in Gao.'),
  (2, 1, 'claim', 25, 34, 'killed 10'),
  (3, 2, 'whole', 0, 70, 'On 19 April 2022, JNIM killed at least 12 villagers in Gao, Mali said.'),
  (4, 2, 'date', 3, 16, '19 April 2022'),
  (5, 2, 'place', 55, 58, 'Gao'),
  (6, 2, 'attribution', 18, 29, 'JNIM killed'),
  (7, 2, 'victim', 42, 51, 'villagers'),
  (8, 2, 'claim', 30, 51, 'at least 12 villagers'),
  (9, 3, 'whole', 0, 24, 'À Kidal, une explosion.'),
  (10, 3, 'place', 3, 8, 'Kidal');
insert into account_place values
  (2, 0, 'gao', 'Gao', 'gao', 'gao', 'Gao', null, 16.27, -0.04, 'exact', 5),
  (3, 0, 'kidal', 'Kidal', 'kidal', 'kidal', 'Kidal', null, null, null, 'unknown', 10);
insert into attribution values
  (2, 0, 'jnim', 'JNIM', 'accused', 'Mali', 'malian-government', 6);
insert into account_victim values (2, 0, 'civilians', 7);
insert into claim values
  (1, 0, 'killed', 'total', 10, 10, 'exact', null, null, null, 0, 2),
  (2, 0, 'killed', 'civilians', 12, null, 'at least', 'Mali', 'malian-government', '2022-04-20',
   0, 8);
insert into match values
  ('2022-04-19-gao', 'undated-kidal', 0.5, 'same day', 'open', null),
  ('2022-04-19-gao', '2022-gao', 1, 'decided by a person', 'different', '2024-01-05T00:00:00Z');
insert into facet values ('region', 'gao', 1);
insert into incident_text (rowid, words) values (1, 'Gao');
";

/// Tables that are derived anew.
const DERIVED: [&str; 2] = ["facet", "incident_text"];

fn old_database(path: &Path) -> Connection {
    let db = Connection::open(path).unwrap();
    db.execute_batch(FIRST).unwrap();
    db.pragma_update(None, "user_version", 1).unwrap();
    db.execute_batch(CONTENT).unwrap();
    let text: String =
        db.query_row("select text from source where source_id = 2", [], |row| row.get(0)).unwrap();
    for (key, text) in [
        (1, "On 19 April 2022, gunmen killed 10 in Gao."),
        (2, text.as_str()),
        (3, "À Kidal, une explosion."),
    ] {
        let sha256 = mali_timeline::model::hash::sha256(text);
        db.execute("update source set sha256 = ?2 where source_id = ?1", (key, sha256)).unwrap();
    }
    db
}

/// Migrations up to the last that keeps the cells of rows as JSON.
const BEFORE_PACKED: [&str; 6] = [
    include_str!("../migrations/0002_record.sql"),
    include_str!("../migrations/0003_gazetteer.sql"),
    include_str!("../migrations/0004_review.sql"),
    include_str!("../migrations/0005_sensitive.sql"),
    include_str!("../migrations/0006_relation.sql"),
    include_str!("../migrations/0007_page.sql"),
];

#[test]
fn rows_of_datasets_are_packed_and_stay_as_they_were() {
    for deflated in [false, true] {
        rows_stay(deflated);
    }
}

/// Deflates the rows of an old database as migration 8 did.
fn deflate_rows(old: &Connection) {
    old.execute_batch(include_str!("../migrations/0008_packed.sql")).unwrap();
    let rows: Vec<(i64, String)> = old
        .prepare("select record_id, cells from record")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let dictionary = rows[0].1.clone();
    for (record, cells) in rows {
        let mut deflate = Compress::new(Compression::new(3), false);
        deflate.set_dictionary(dictionary.as_bytes()).unwrap();
        let mut packed = Vec::with_capacity(2 * cells.len());
        let status = deflate.compress_vec(cells.as_bytes(), &mut packed, FlushCompress::Finish);
        assert_eq!(status.unwrap(), flate2::Status::StreamEnd);
        old.execute("update record set packed = ?2 where record_id = ?1", (record, packed))
            .unwrap();
    }
    old.execute("update dataset set dictionary = ?1", [dictionary.as_bytes()]).unwrap();
    old.execute_batch("alter table record drop column cells").unwrap();
    old.pragma_update(None, "user_version", 2 + BEFORE_PACKED.len()).unwrap();
}

fn rows_stay(deflated: bool) {
    const ROWS: usize = 300;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let old = old_database(&path);
    for sql in BEFORE_PACKED {
        old.execute_batch(sql).unwrap();
    }
    old.pragma_update(None, "user_version", 1 + BEFORE_PACKED.len()).unwrap();
    let header: Vec<String> = ["id", "notes", "best"].map(str::to_owned).into();
    let cells = |n: usize| -> Vec<String> {
        let notes = format!("Residents of \"Gao\" mourn {n},\nthey said: ÀÀ");
        [n.to_string(), notes, String::new(), "more".to_owned()].into()
    };
    old.execute_batch(
        "insert into source (source_id, slug, origin, file_name, title, kind, lang, shape, text,
           body_start, sha256, parse_sha256, added_run)
         values (4, 'rows', 'o4', 'rows.csv', 'Rows', 'dataset', 'en', 'table', '', 0,
           'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'p4', 1)",
    )
    .unwrap();
    let json = |cells: &[String]| serde_json::to_string(cells).unwrap();
    old.execute(
        "insert into dataset values (4, 4, 'f', ?1, ?2, 0, 0, ?2, 0, 0, 0, 0)",
        (json(&header), ROWS),
    )
    .unwrap();
    for n in 0..ROWS {
        let hash = hash64(text(&header, &cells(n)));
        old.execute(
            "insert into record (source_id, first_id, key, line, cells, text_hash, draft_hash,
               added_run)
             values (4, 4, ?1, ?2, ?3, ?4, 0, 1)",
            (format!("k{n}"), 2 + n, json(&cells(n)), hash),
        )
        .unwrap();
        old.execute(
            "insert into account (incident_id, source_id, ordinal, main, title, kind,
               date_precision, added_run, record_id, whole_start, whole_end)
             values (2, 4, ?1, 1, 'Gao', 'other', 'unknown', 1, ?2, 0, 5)",
            (n, n + 1),
        )
        .unwrap();
    }
    let bytes = |db: &Connection, column: &str| -> u64 {
        let sql = format!("select sum(length({column})) from record");
        db.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    let before = bytes(&old, "cells");
    if deflated {
        deflate_rows(&old);
    }
    drop(old);
    let db = Db::open(&path).unwrap();
    for n in 0..ROWS {
        let record = db.read(|db| dataset::record(db, "rows", &format!("k{n}"))).unwrap().unwrap();
        let [version] = &record.versions[..] else { panic!("{record:?}") };
        assert_eq!(version.cells.cells, cells(n));
        assert_eq!(*version.cells.header, header);
    }
    let verdict = verify(&path, None, &KNOWN).unwrap();
    assert_eq!(verdict.wrong, [""; 0]);
    assert!(
        verdict.holds.contains(&format!("{ROWS} records of datasets unchanged")),
        "{verdict:?}"
    );
    let after = db.read(|db| Ok(bytes(db, "packed"))).unwrap();
    assert!(2 * after < before, "{after} of {before} bytes");
}

type Table = Vec<BTreeMap<String, Value>>;

/// The rows of every table of the first version, with the columns that it had.
fn rows(db: &Connection, columns: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Table> {
    let table = |name: &String, columns: &Vec<String>| -> Table {
        let list = columns.join(", ");
        let mut statement = db.prepare(&format!("select {list} from {name}")).unwrap();
        let rows = statement.query_map([], |row| {
            columns.iter().map(|c| Ok((c.clone(), row.get(c.as_str())?))).collect()
        });
        let mut rows: Table = rows.unwrap().collect::<Result<_, _>>().unwrap();
        rows.sort_by_key(|row| format!("{row:?}"));
        rows
    };
    columns.iter().map(|(name, columns)| (name.clone(), table(name, columns))).collect()
}

fn columns(db: &Connection) -> BTreeMap<String, Vec<String>> {
    let sql = "select m.name, c.name from sqlite_schema m, pragma_table_info(m.name) c
               where m.type = 'table' and m.name not like 'sqlite%' order by m.name, c.cid";
    let mut statement = db.prepare(sql).unwrap();
    let mut columns = BTreeMap::<String, Vec<String>>::new();
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    for found in found.unwrap() {
        let (table, column): (String, String) = found.unwrap();
        columns.entry(table).or_default().push(column);
    }
    columns.retain(|table, _| !DERIVED.iter().any(|derived| table.starts_with(derived)));
    columns
}

#[test]
fn every_fact_of_a_database_of_the_first_version_is_still_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let old = old_database(&path);
    let columns = columns(&old);
    let mut before = rows(&old, &columns);
    assert_eq!(before.len(), 13, "{:?}", before.keys());
    assert!(before.values().all(|rows| !rows.is_empty()), "a table has nothing to lose");
    drop(old);

    let db = Db::open(&path).unwrap();
    import::rederive(&db, &Files::embedded(), &KNOWN, |_, _| {}).unwrap();
    let mut after = db.read(|db| Ok(rows(db, &columns))).unwrap();
    // What migrations and deriving are to change: the hash of the data files, the number of the
    // content, and reasons that became words of a list.
    for table in ["content", "match", "incident"] {
        for rows in [&mut before, &mut after] {
            for row in rows.get_mut(table).unwrap() {
                for column in ["version", "knowledge", "reason"] {
                    row.remove(column);
                }
            }
        }
    }
    for (table, rows) in &before {
        assert_eq!(rows, &after[table], "{table}");
    }
    assert_eq!(verify(&path, None, &KNOWN).unwrap().wrong, [""; 0]);
}

#[test]
fn a_database_of_the_first_version_is_read_as_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    drop(old_database(&path));
    let db = Db::open(&path).unwrap();
    import::rederive(&db, &Files::embedded(), &KNOWN, |_, _| {}).unwrap();
    let found = |pairs: &[(&str, &str)]| {
        let filter = Filter::parse(pairs.iter().copied(), |_, _| Ok(())).unwrap();
        let page = Page { after: None, size: 10 };
        let rows = db.read(|db| list(db, &filter, &page)).unwrap().rows;
        rows.into_iter().map(|incident| incident.id).collect::<Vec<_>>()
    };
    assert_eq!(found(&[]), ["2022-04-19-gao", "undated-kidal"]);
    for pairs in [
        [("region", "gao"), ("q", "villagers")],
        [("perpetrator", "jnim"), ("stance", "accused")],
        [("victim", "civilians"), ("killed", "12")],
        [("type", "massacre"), ("source", "gao")],
    ] {
        assert_eq!(found(&pairs), ["2022-04-19-gao"], "{pairs:?}");
    }
    assert_eq!(found(&[("q", "explosion")]), ["undated-kidal"]);
    // An id of before, and all that the one current account says.
    let incident = db.read(|db| show(db, "2022-04-gao")).unwrap().unwrap();
    let [account] = &incident.accounts[..] else { panic!("{incident:?}") };
    assert_eq!(
        (account.status, account.reviewed_by.as_deref()),
        (Status::Reviewed, Some("A. Reader"))
    );
    let draft = &account.draft;
    assert_eq!(draft.date_passage.as_ref().unwrap().quote, "19 April 2022");
    let claim = &draft.claims[0];
    assert_eq!(
        (claim.min, claim.max, claim.passage.quote.as_str()),
        (Some(12), None, "at least 12 villagers")
    );
    assert_eq!(claim.claimant.as_ref().unwrap().actor.as_deref(), Some("malian-government"));
    assert_eq!(claim.said_on.unwrap().to_string(), "2022-04-20");
    let by = draft.attributions[0].by.as_ref().unwrap();
    assert_eq!((draft.attributions[0].stance, by.name.as_str()), (Stance::Accused, "Mali"));
    assert_eq!((draft.places[0].lat, draft.victims[0].group.as_str()), (Some(16.27), "civilians"));
    let shown = db.read(|db| source::show(db, "gao")).unwrap().unwrap();
    assert_eq!(shown.problems.len(), 1);
    // What a person decided, and what is open.
    let pairs: Vec<_> = db
        .read(|db| {
            let mut statement = db.prepare("select decision, reason from match order by 1")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<Vec<(String, String)>, _>>()?)
        })
        .unwrap();
    let words = |d: &str, r: Reason| (d.to_owned(), r.as_str().to_owned());
    assert_eq!(pairs, [words("different", Reason::Person), words("open", Reason::Little)]);
    let told = db.read(pairs_of).unwrap();
    assert_eq!(told, [(Decision::Open, 0.5)], "the other pair is of an incident nothing tells");
}

fn pairs_of(db: &Connection) -> Result<Vec<(Decision, f64)>, mali_timeline::store::StoreError> {
    Ok(pairs(db)?.into_iter().map(|pair| (pair.decision, pair.score)).collect())
}
