//! Datasets: row by row, again, changed, withdrawn, and one incident told by others too.

mod support;

use mali_timeline::import::Outcome;
use mali_timeline::import::dataset::{Imported, Release};
use mali_timeline::model::document::Problem;
use mali_timeline::model::filter::Filter;
use mali_timeline::model::incident::Incident;
use mali_timeline::model::record::Field;
use mali_timeline::store::bulk::Bulk;
use mali_timeline::store::{StoreError, derive, incident, source};
use mali_timeline::verify::verify;
use rusqlite::Connection;
use support::rows::{import_into, row, rows};
use support::{KNOWN, TempDb, document};

const HOMBORI: &str =
    "2022-04-19; massacre; Hombori; malian-armed-forces; civilians; killed civilians 50";
const GAO: &str = "2023-01-01; bombing; Gao; -; civilians; killed civilians 3..7";
const KIDAL: &str = "2023-02; armed-clash; Kidal; jnim:involved, malian-armed-forces:involved; -; killed total 0..21";

fn sample() -> TempDb {
    let temp = TempDb::new();
    let imported = temp.import_rows("a.csv", &rows(&[("1", HOMBORI), ("2", GAO), ("3", KIDAL)]));
    assert_eq!(imported.outcome, Outcome::Added("rows-events".to_owned()));
    assert_eq!(numbers(&imported), (3, 0, 0, 0));
    temp
}

/// Rows added, changed, withdrawn, unchanged.
fn numbers(imported: &Imported) -> (u64, u64, u64, u64) {
    let release = imported.release.as_ref().unwrap();
    (release.added, release.changed, release.withdrawn, release.unchanged)
}

fn by_key(temp: &TempDb) -> Vec<(String, String)> {
    let mut all: Vec<_> = temp
        .all()
        .iter()
        .flat_map(|i| {
            i.accounts.iter().map(|a| (a.record.clone().unwrap_or_default(), i.id.clone()))
        })
        .collect();
    all.sort();
    all
}

fn show(temp: &TempDb, id: &str) -> Option<Incident> {
    temp.db.read(|db| incident::show(db, id)).unwrap()
}

#[test]
fn rows_come_back_as_they_were_read() {
    let temp = sample();
    let mut found: Vec<_> = temp
        .all()
        .into_iter()
        .flat_map(|i| i.accounts)
        .map(|a| (a.record.unwrap(), a.draft))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let expected: Vec<_> = [("1", HOMBORI), ("2", GAO), ("3", KIDAL)]
        .iter()
        .map(|(key, spec)| ((*key).to_owned(), row(key, 2, spec).draft))
        .collect();
    assert_eq!(found, expected);
    let list = temp.db.read(source::list).unwrap();
    assert_eq!((list[0].incidents, list[0].claims), (3, 3));
}

#[test]
fn the_same_file_again_is_no_work() {
    let temp = sample();
    let (version, all) = (temp.db.version().unwrap(), temp.all());
    for name in ["a.csv", "copy.csv"] {
        let again = temp.import_rows(name, &rows(&[("1", HOMBORI), ("2", GAO), ("3", KIDAL)]));
        assert_eq!(again.outcome, Outcome::Unchanged("rows-events".to_owned()));
        assert_eq!((again.incidents.unchanged, again.release), (3, None));
    }
    assert_eq!((temp.db.version().unwrap(), temp.all()), (version, all));
}

#[test]
fn a_later_release_says_what_was_added_changed_and_withdrawn() {
    let temp = sample();
    let before = by_key(&temp);
    let more = GAO.replace("3..7", "5..9");
    let new = "2024-05-05; other; Kidal; -; -; -";
    let imported = temp.import_rows("a.csv", &rows(&[("4", new), ("2", &more), ("1", HOMBORI)]));
    assert_eq!(imported.outcome, Outcome::Changed("rows-events".to_owned()));
    assert_eq!(numbers(&imported), (1, 1, 1, 1));
    let Release { changes, gone, .. } = imported.release.unwrap();
    let old = row("2", 3, GAO).cells[1].clone();
    let now = row("2", 3, &more).cells[1].clone();
    assert_eq!(changes[0].fields, [Field { column: "tale".to_owned(), old, new: now }]);
    assert_eq!((changes[0].key.as_str(), changes[0].line), ("2", 3));
    assert_eq!(gone, ["3"]);
    // The same row is the same incident, and the figure is the new one alone.
    let after = by_key(&temp);
    assert_eq!(after.len(), 3);
    assert_eq!(after[..2], before[..2]);
    let gao = show(&temp, &after[1].1).unwrap();
    let figures: Vec<_> = gao.claims().map(|(_, c)| (c.min, c.max)).collect();
    assert_eq!(figures, [(Some(5), Some(9))]);
    assert_eq!(show(&temp, &before[2].1), None, "what is withdrawn is told by nothing");
    let verdict = verify(temp.db.path(), None, &KNOWN).unwrap();
    assert_eq!(verdict.wrong, [""; 0]);
    assert!(verdict.holds.contains(&"5 records of datasets unchanged".to_owned()), "{verdict:?}");

    // A third release has the row again: it is the same incident again.
    let third = rows(&[("1", HOMBORI), ("2", &more), ("3", KIDAL), ("4", new)]);
    assert_eq!(numbers(&temp.import_rows("a.csv", &third)), (1, 0, 0, 3));
    assert_eq!(by_key(&temp)[2], before[2]);
}

#[test]
fn a_file_with_most_rows_of_a_dataset_is_a_later_release_and_any_other_is_not() {
    let specs: Vec<_> =
        (0..8).map(|n| (n.to_string(), format!("2023-01-0{}; other; Gao", n + 1))).collect();
    let part = |range: std::ops::Range<usize>| {
        let specs: Vec<_> = specs[range].iter().map(|(k, s)| (k.as_str(), s.as_str())).collect();
        rows(&specs)
    };
    let temp = TempDb::new();
    temp.import_rows("a.csv", &part(0..6));
    let later = temp.import_rows("b.csv", &part(1..8));
    assert_eq!(later.outcome, Outcome::Changed("rows-events".to_owned()));
    assert_eq!(numbers(&later), (2, 0, 1, 5));
    // Three of seven: another dataset. Its rows tell the same incidents, and nothing goes.
    let other = temp.import_rows("c.csv", &part(5..8));
    assert_eq!(other.outcome, Outcome::Added("rows-events-2".to_owned()));
    assert_eq!(numbers(&other), (3, 0, 0, 0));
    assert_eq!(other.release.unwrap().elsewhere, 3);
    assert_eq!(temp.ids().len(), 7);
    // Unless the user says that it is a release.
    let named = import_into(&temp.db, "d.csv", Some("rows-events"), &part(6..8));
    assert_eq!(numbers(&named), (0, 0, 5, 2));
    let unknown = import_into(&temp.db, "e.csv", Some("nothing"), &part(0..8));
    let Outcome::Refused(problem) = unknown.outcome else { panic!("{:?}", unknown.outcome) };
    assert_eq!(
        problem.to_string(),
        "e.csv:1: expected a later release of a dataset that is in the database, found \
         \"nothing\", which is none"
    );
}

#[test]
fn rows_of_one_dataset_never_join_each_other() {
    let temp = TempDb::new();
    let same: Vec<_> = ["1", "2", "3"].iter().map(|key| (*key, HOMBORI)).collect();
    let imported = temp.import_rows("a.csv", &rows(&same));
    assert_eq!((imported.incidents.added, imported.incidents.doubtful), (3, 0));
    assert_eq!(temp.ids(), ["2022-04-19-hombori", "2022-04-19-hombori-2", "2022-04-19-hombori-3"]);
    // A row that comes later never gets the incident of one that was withdrawn.
    temp.import_rows("a.csv", &rows(&[("2", HOMBORI), ("3", HOMBORI)]));
    temp.import_rows("a.csv", &rows(&[("2", HOMBORI), ("3", HOMBORI), ("4", HOMBORI)]));
    assert_eq!(
        temp.ids(),
        ["2022-04-19-hombori-2", "2022-04-19-hombori-3", "2022-04-19-hombori-4"]
    );
}

#[test]
fn a_row_joins_the_incident_that_a_document_tells() {
    let temp = TempDb::with(&[document("a.txt", "Story", &[HOMBORI])]);
    let imported = temp.import_rows("a.csv", &rows(&[("1", HOMBORI), ("2", GAO)]));
    assert_eq!((imported.incidents.added, imported.incidents.joined), (1, 1));
    let hombori = show(&temp, "2022-04-19-hombori").unwrap();
    let told: Vec<_> = hombori.accounts.iter().map(|a| a.record.as_deref()).collect();
    assert_eq!(told, [None, Some("1")]);
    assert_eq!(hombori.toll(mali_timeline::model::claim::Measure::Killed).unwrap().high, 50);
    // Two rows that fit it equally well: a person decides.
    let temp = TempDb::with(&[document("a.txt", "Story", &[HOMBORI])]);
    let imported = temp.import_rows("a.csv", &rows(&[("1", HOMBORI), ("2", HOMBORI)]));
    assert_eq!((imported.incidents.added, imported.incidents.joined), (2, 0));
    assert_eq!(imported.incidents.doubtful, 2);
    // The same id again while the first row waits for that choice.
    let temp = TempDb::with(&[document("a.txt", "Story", &[HOMBORI])]);
    let imported = temp.import_rows("a.csv", &rows(&[("1", HOMBORI), ("1", HOMBORI)]));
    assert_eq!((imported.incidents.added, imported.incidents.joined), (0, 1));
    assert_eq!(imported.release.unwrap().problems, 1);
    // A document joins a row's incident just as well.
    let temp = sample();
    temp.import(&document("a.txt", "Story", &[HOMBORI]));
    assert_eq!(show(&temp, "2022-04-19-hombori").unwrap().accounts.len(), 2);
}

#[test]
fn err_rows_that_cannot_be_read_leave_the_others_in() {
    let bad = Problem {
        file: "a.csv".to_owned(),
        line: 3,
        expected: "a date".to_owned(),
        found: "\"soon\"".to_owned(),
    };
    let mut broken = row("4", 5, KIDAL);
    broken.draft.passage.quote = "something else".to_owned();
    let all = [Ok(row("1", 2, HOMBORI)), Err(bad.clone()), Ok(row("1", 4, GAO)), Ok(broken)];
    let temp = TempDb::new();
    let imported = temp.import_rows("a.csv", &all);
    let release = imported.release.unwrap();
    assert_eq!((release.added, release.problems), (1, 3));
    let problems: Vec<_> = release.first_problems.iter().map(ToString::to_string).collect();
    assert!(problems.contains(&bad.to_string()), "{problems:?}");
    assert!(problems[1].contains("a.csv:4: expected an id that no row before it has, found \"1\""));
    assert!(
        problems[2].starts_with("a.csv:5: expected the words \"something else\""),
        "{problems:?}"
    );
    let stored = temp.db.read(|db| source::show(db, "rows-events")).unwrap().unwrap();
    assert_eq!(stored.problems.len(), 3);

    // Where no row can be read nothing is let in, and nothing is withdrawn.
    let refused = temp.import_rows("a.csv", &[Err(bad.clone())]);
    assert_eq!(refused.outcome, Outcome::Refused(bad));
    assert_eq!(temp.ids().len(), 1);
    let empty = temp.import_rows("a.csv", &[]);
    let Outcome::Refused(problem) = empty.outcome else { panic!("{:?}", empty.outcome) };
    assert_eq!(problem.to_string(), "a.csv:1: expected at least one row, found none");
}

#[test]
fn err_changed_cells_and_facts_are_found_by_verify() {
    for change in [
        "update record set packed = cast(x'01' || packed as blob)",
        "update record set packed = (select max(r.packed) from record r) where key = '1'",
        "update dataset set dictionary = x''",
        "update claim set end_byte = 9999",
        "update account set whole_end = 9999",
    ] {
        let temp = sample();
        temp.db.write(|tx| Ok(tx.execute(change, [])?)).unwrap();
        let verdict = verify(temp.db.path(), None, &KNOWN).unwrap();
        assert!(
            verdict.wrong[0].starts_with("source rows-events: record"),
            "{change}: {verdict:?}"
        );
    }
}

#[test]
fn what_a_row_leaves_open_is_a_problem_of_a_row_that_is_in() {
    let temp = TempDb::new();
    let mut all = rows(&[("1", HOMBORI), ("2", GAO)]);
    let open = Problem {
        file: "a.csv".to_owned(),
        line: 3,
        expected: "a region".to_owned(),
        found: "\"Bamba\"".to_owned(),
    };
    all[1].as_mut().unwrap().open.push(open.clone());
    let imported = temp.import_rows("a.csv", &all);
    assert_eq!(numbers(&imported), (2, 0, 0, 0));
    let release = imported.release.unwrap();
    assert_eq!((release.problems, release.first_problems), (1, vec![open]));
    let shown = temp.db.read(|db| source::show(db, "rows-events")).unwrap().unwrap();
    assert_eq!(shown.problems.len(), 1);
}

#[test]
fn every_incident_of_an_import_is_found_by_its_words() {
    let found = |temp: &TempDb, q: &str| {
        let filter = Filter::parse([("q", q)], |_, _| Ok(())).unwrap();
        temp.db.read(|db| incident::overview(db, &filter)).unwrap().incidents
    };
    let temp = TempDb::with(&[document("a.txt", "Story", &[HOMBORI])]);
    let specs: Vec<_> = (0..50).map(|n| (n.to_string(), GAO)).collect();
    let mut specs: Vec<_> = specs.iter().map(|(key, spec)| (key.as_str(), *spec)).collect();
    specs.push(("joined", HOMBORI));
    let imported = temp.import_rows("a.csv", &rows(&specs));
    assert_eq!((imported.incidents.joined, imported.incidents.added), (1, 50));
    assert_eq!((found(&temp, "Gao"), found(&temp, "Hombori")), (50, 1));
    // Withdrawn ones are not found any more, and those that changed by their new words only.
    let changed = HOMBORI.replace("Hombori", "Kidal");
    temp.import_rows("a.csv", &rows(&[("1", GAO), ("2", &changed)]));
    assert_eq!((found(&temp, "Gao"), found(&temp, "Kidal"), found(&temp, "Hombori")), (1, 1, 1));
}

#[test]
fn the_values_of_every_incident_are_those_of_its_accounts_whatever_became_of_the_rows_before() {
    let filed = |db: &Connection| -> Vec<(String, String, String)> {
        db.prepare(
            "select i.slug, f.dimension, f.value from facet f join incident i using (incident_id)
             order by 1, 2, 3",
        )
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
    };
    fn columns(db: &rusqlite::Connection) -> Vec<(String, Option<u32>, String)> {
        db.prepare("select title, killed_low, facets from incident order by incident_id")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap()
    }
    // A document whose incident the second row joins, and one with which two rows may be one.
    let temp = TempDb::with(&[
        document("a.txt", "Story", &[HOMBORI]),
        document(
            "b.txt",
            "Other",
            &["2021-05-05; massacre; Boni; jnim; civilians; killed total 9"],
        ),
    ]);
    let boni = "2021-05-05; massacre; Boni; is-sahel; aid-workers; killed total 9";
    let new = "2020-06-06; abduction; Ber; aqim; un-staff; abducted total 2";
    let bad = || {
        Err(Problem {
            file: "a.csv".to_owned(),
            line: 9,
            expected: "a date".to_owned(),
            found: "\"soon\"".to_owned(),
        })
    };
    let mut first = rows(&[("1", GAO), ("2", HOMBORI), ("3", boni), ("4", boni), ("5", KIDAL)]);
    first.insert(1, bad());
    temp.import_rows("a.csv", &first);
    // Unchanged, changed, repeated and returning rows come before those that are new.
    let more = GAO.replace("3..7", "5..9").replace("bombing", "execution");
    temp.import_rows("a.csv", &rows(&[("1", &more), ("2", HOMBORI), ("2", new), ("6", new)]));
    let last = "2019-01-01; siege; Ménaka; ansar-dine; -; -";
    temp.import_rows("a.csv", &rows(&[("2", HOMBORI), ("5", KIDAL), ("6", new), ("7", last)]));
    let before = temp.db.read(|db| Ok(filed(db))).unwrap();
    let searched = || {
        ["hombori", "kidal", "aqim", "nowhere"].map(|q| {
            let filter = Filter { q: Some(q.to_owned()), ..Filter::default() };
            temp.db.read(|db| incident::count(db, &filter)).unwrap()
        })
    };
    let words = searched();
    assert!(words[0] > 0 && words[3] == 0, "{words:?}");
    let again = || {
        let mut told = Vec::new();
        let tell = |done, of| told.push((done, of));
        temp.db.write(|tx| derive::derive_all(tx, &KNOWN, "x", tell)).unwrap();
        assert_eq!(temp.db.read(|db| Ok(filed(db))).unwrap(), before);
        assert_eq!(searched(), words);
        let all = temp.all().len() as u64;
        assert_eq!(told.last(), Some(&(all, all)));
    };
    again();
    // What is not as it should be is put right, whether too much or too little.
    let columns = || temp.db.read(|db| Ok(columns(db))).unwrap();
    let right = columns();
    temp.db
        .write(|tx| {
            tx.execute_batch(
                "update incident set title = '?', killed_low = null
                   where incident_id % 2 = 0 and account_count > 0;
                 insert into facet_value (dimension, value) values ('region', 'nowhere');
                 insert into facet_entry select last_insert_rowid(), incident_id from incident
                   where account_count > 0;
                 delete from facet_entry where facet_value_id % 3 = 0;
                 update incident set facets = (select json_group_array(facet_value_id)
                   from facet_entry e where e.incident_id = incident.incident_id)",
            )
            .unwrap();
            Ok(())
        })
        .unwrap();
    assert_ne!(columns(), right);
    again();
    assert_eq!(columns(), right);
    for value in ["aqim", "ansar-dine", "menaka", "siege", "abduction"] {
        assert!(before.iter().any(|(_, _, found)| found == value), "{value}: {before:?}");
    }
}

#[test]
fn indexes_that_are_put_aside_are_made_anew_or_never_went() {
    let temp = sample();
    let indexes = |db: &rusqlite::Connection| -> Result<Vec<String>, StoreError> {
        let sql =
            "select sql from sqlite_schema where type = 'index' and sql is not null order by 1";
        Ok(db.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    let before = temp.db.read(indexes).unwrap();
    let aside = temp.db.write(|tx| {
        let bulk = Bulk::begin(tx)?;
        let aside = indexes(tx)?;
        bulk.end(tx)?;
        Ok(aside)
    });
    assert_eq!(aside.unwrap().len(), before.len() - 3);
    assert_eq!(temp.db.read(indexes).unwrap(), before);
    let stopped = temp.db.write(|tx| {
        let _aside = Bulk::begin(tx)?;
        Err::<(), _>(StoreError::Stopped)
    });
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    assert_eq!(temp.db.read(indexes).unwrap(), before);
    assert_eq!(temp.ids().len(), 3);
    assert_eq!(verify(temp.db.path(), None, &KNOWN).unwrap().wrong, [""; 0]);
}
