//! An import that is stopped in the middle leaves the database as before, or as after.
#![cfg(unix)]

mod support;

use mali_timeline::import::rederive;
use mali_timeline::knowledge::files::Files;
use mali_timeline::store::Db;
use mali_timeline::verify::verify;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use support::{KNOWN, TempDb, document};
use tempfile::TempDir;

/// So many rows that an import of them is always met in the middle.
const MANY: usize = 200_000;

/// Rows of UCDP GED, as few columns as are read.
fn rows(path: &Path, count: usize) {
    let mut text = String::from(
        "id,type_of_violence,side_a,side_b,source_headline,where_prec,where_coordinates,adm_1,\
         country,date_prec,date_start,date_end,deaths_civilians,best,high,low\n",
    );
    for id in 0..count {
        writeln!(
            text,
            "{id},3,JNIM,Civilians,Residents of Gao mourn {id},1,Gao town,Gao region,Mali,1,\
             20{:02}-0{}-1{},20{:02}-0{}-1{},{n},{n},{n},{n}",
            10 + id % 15,
            1 + id % 9,
            id % 10,
            10 + id % 15,
            1 + id % 9,
            id % 10,
            n = id % 40,
        )
        .unwrap();
    }
    std::fs::write(path, text).unwrap();
}

/// A folder with a database in which something is, brought up to date.
fn filled() -> TempDir {
    let TempDb { db, folder } = TempDb::with(&[document(
        "a.txt",
        "Story",
        &["2022-04-19; massacre; Hombori; jnim; civilians; killed civilians 50+"],
    )]);
    rederive(&db, &Files::embedded(), &KNOWN, |_, _| {}).unwrap();
    folder
}

fn import(folder: &Path, stderr: Stdio) -> Child {
    Command::new(env!("CARGO_BIN_EXE_mali-timeline"))
        .args(["import", "--db", "test.db", "rows.csv"])
        .current_dir(folder)
        .env_remove("MALI_TIMELINE_DB")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(stderr)
        .spawn()
        .unwrap()
}

/// Waits for the line that says how many rows are in.
fn met_in_the_middle(child: &mut Child) -> BufReader<std::process::ChildStderr> {
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(line.starts_with("rows.csv: ") && line.contains(" rows, "), "{line:?}");
    said
}

/// What is in a database, and whether it is whole.
fn state(folder: &Path) -> (u64, usize) {
    let path = folder.join("test.db");
    assert_eq!(verify(&path, None, &KNOWN).unwrap().wrong, [""; 0]);
    let db = Db::open_existing(&path).unwrap();
    let temp = db.read(|db| {
        Ok(db.query_row("select count(*) from account", [], |row| row.get::<_, usize>(0))?)
    });
    (db.version().unwrap(), temp.unwrap())
}

#[test]
fn interrupted_it_says_so_and_nothing_is_in() {
    let folder = filled();
    let before = state(folder.path());
    rows(&folder.path().join("rows.csv"), MANY);
    let mut child = import(folder.path(), Stdio::piped());
    let mut said = met_in_the_middle(&mut child);
    let kill = format!("kill -INT {}", child.id());
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    let last = rest.lines().last().unwrap_or_default();
    assert_eq!(last, "error: stopped; the database is as it was before");
    assert_eq!(state(folder.path()), before);
    // What it had written is not left behind.
    let log = folder.path().join("test.db-wal");
    assert!(std::fs::metadata(&log).map_or(0, |meta| meta.len()) < 1 << 20);
}

#[test]
fn interrupted_before_the_first_row_it_says_so_too() {
    let folder = filled();
    let before = state(folder.path());
    rows(&folder.path().join("rows.csv"), MANY);
    let mut child = import(folder.path(), Stdio::piped());
    // It listens before it opens the database, beside which it then has files.
    let opened = folder.path().join("test.db-shm");
    while !opened.exists() {
        assert!(child.try_wait().unwrap().is_none(), "it opens the database");
        std::thread::yield_now();
    }
    let kill = format!("kill -INT {}", child.id());
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "error: stopped; the database is as it was before\n");
    assert_eq!(state(folder.path()), before);
}

#[test]
fn killed_in_the_middle_it_leaves_nothing() {
    let folder = filled();
    let before = state(folder.path());
    rows(&folder.path().join("rows.csv"), MANY);
    let mut child = import(folder.path(), Stdio::piped());
    drop(met_in_the_middle(&mut child));
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().code(), None);
    assert_eq!(state(folder.path()), before);
}

#[test]
fn killed_while_it_is_written_it_is_in_or_not() {
    const ROWS: usize = 300;
    let whole = {
        let folder = filled();
        rows(&folder.path().join("rows.csv"), ROWS);
        assert!(import(folder.path(), Stdio::null()).wait().unwrap().success());
        state(folder.path())
    };
    assert_eq!(whole.1, 1 + ROWS);
    // The log is written when the import is committed: each time it is killed a little later.
    for kilobytes in [0, 16, 64, 128, 256, 512] {
        let folder = filled();
        let before = state(folder.path());
        rows(&folder.path().join("rows.csv"), ROWS);
        let log = folder.path().join("test.db-wal");
        let mut child = import(folder.path(), Stdio::null());
        let written = || File::open(&log).and_then(|file| file.metadata()).map_or(0, |m| m.len());
        while written() <= kilobytes * 1024 && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let after = state(folder.path());
        assert!(after == before || after.1 == whole.1, "{kilobytes} KB: {after:?}");
    }
}
