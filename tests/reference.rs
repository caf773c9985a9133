//! The reference documents, as bundled digests and as they are: which incidents a reader finds
//! under which filter.

mod support;

use mali_timeline::import::{self, Options};
use mali_timeline::knowledge::files::Files;
use mali_timeline::model::filter::Filter;
use mali_timeline::store::incident::{self, Page};
use std::path::{Path, PathBuf};
use support::{KNOWN, TempDb};

/// The ids that a filter lists, sorted.
fn ids(temp: &TempDb, pairs: &[(&str, &str)]) -> Vec<String> {
    let filter = Filter::parse(pairs.iter().copied(), |_, _| Ok(())).unwrap();
    let page = Page { after: None, size: 500 };
    let listing = temp.db.read(|db| incident::list(db, &filter, &page)).unwrap();
    let mut ids: Vec<_> = listing.rows.into_iter().map(|i| i.id).collect();
    ids.sort();
    ids
}

#[test]
fn the_bundled_digests_list_exactly_these() {
    let temp = TempDb::with(&[]);
    let report = import::bundled(&temp.db, &Files::embedded(), None, &KNOWN).unwrap().unwrap();
    assert_eq!(report.files.len(), 5);
    let mopti = [
        "2022-03-moura", "2022-04-19-hombori", "2022-04-19-hombori-2", "2022-04-20-gossi",
        "2022-04-23-mondoro", "2022-04-24-sevare", "2022-05-10-hombori", "2022-douentza",
        "2023-01-10-diafarabe",
    ];
    assert_eq!(ids(&temp, &[("region", "mopti")]), mopti);
    // JNIM includes Katiba Macina.
    let jnim =
        ["2022-04-24-segou", "2022-04-24-sevare", "2023-01-02-kassela", "2023-01-10-diafarabe"];
    assert_eq!(ids(&temp, &[("perpetrator", "jnim")]), jnim);
    assert_eq!(
        ids(&temp, &[("perpetrator", "katiba-macina")]),
        ["2022-04-24-segou", "2022-04-24-sevare"]
    );
    let tuareg = ["2018-04-18-tchigin-bawel", "2018-04-26-aklaz"];
    assert_eq!(ids(&temp, &[("victim", "tuareg")]), tuareg);
    assert_eq!(
        ids(&temp, &[("region", "mopti"), ("perpetrator", "jnim"), ("victim", "civilians")]),
        ["2022-04-24-sevare"]
    );
    // The agency story's digest states when it was published, so its Sunday is a day.
    assert_eq!(ids(&temp, &[("region", "tombouctou"), ("from", "2025")]), ["2025-03-16-lerneb"]);
    let undated: Vec<_> =
        ids(&temp, &[]).into_iter().filter(|id| id.starts_with("undated")).collect();
    assert!(undated.is_empty(), "{undated:?}");
}

#[test]
fn the_reference_documents_list_exactly_these() {
    let docs = Path::new("../shared/corpus/docs");
    if !docs.is_dir() {
        eprintln!("skipped: no ../shared/corpus/docs");
        return;
    }
    let is_reference = |p: &PathBuf| {
        let name = p.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        name.len() == 20 && name[4..].bytes().all(|b| b.is_ascii_hexdigit())
    };
    let files: Vec<PathBuf> =
        docs.read_dir().unwrap().map(|e| e.unwrap().path()).filter(is_reference).collect();
    assert_eq!(files.len(), 5);
    let temp = TempDb::with(&[]);
    import::run(&temp.db, &files, &Options::default(), &KNOWN, |_| true).unwrap();
    // Both the Hombori and the Mopti document tell of Moura.
    let moura = temp.db.read(|db| incident::show(db, "2022-03-moura")).unwrap().unwrap();
    assert_eq!(moura.accounts.len(), 2);
    let jnim =
        ["2022-04-24-segou", "2022-04-24-sevare", "2023-01-02-kassela", "2023-01-10-diafarabe"];
    assert_eq!(ids(&temp, &[("perpetrator", "jnim")]), jnim);
    let tuareg = ["2018-04-18-tchigin-bawel", "2018-04-26-aklaz"];
    assert_eq!(ids(&temp, &[("victim", "tuareg")]), tuareg);
    assert_eq!(
        ids(&temp, &[("region", "menaka"), ("victim", "tuareg")]),
        ["2018-04-18-tchigin-bawel", "2018-04-26-aklaz"]
    );
    let mopti = [
        "2022-03-moura", "2022-04-19-hombori", "2022-04-19-hombori-2", "2022-04-23-mondoro",
        "2022-04-24-sevare", "2022-05-10-hombori", "2023-01-10-diafarabe", "undated-douentza",
    ];
    assert_eq!(ids(&temp, &[("region", "mopti")]), mopti);
}
