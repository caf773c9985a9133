//! The store, asked in ways that must leave something out.

mod support;

use mali_timeline::model::claim::Measure;
use mali_timeline::model::date::DatePrecision;
use mali_timeline::model::filter::{Dimension, Filter, Lanes, Sort};
use mali_timeline::model::incident::Incident;
use mali_timeline::store::chart::{lanes, periods};
use mali_timeline::store::incident::{Listing, Page, facets, for_each, list, overview, show};
use mali_timeline::store::selection::{Selection, Snapshot};
use mali_timeline::store::source::Fact;
use mali_timeline::store::{Db, StoreError, source};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use support::generate::{Random, documents};
use support::{KNOWN, TempDb, document, plain};

fn filter(pairs: &[(&str, &str)]) -> Filter {
    Filter::parse(pairs.iter().copied(), |_, _| Ok(())).unwrap()
}

fn page(db: &Db, filter: &Filter, after: Option<String>, size: usize) -> Listing<Incident> {
    db.read(|db| list(db, filter, &Page { after, size })).unwrap()
}

fn ids(db: &Db, pairs: &[(&str, &str)]) -> Vec<String> {
    let listing = page(db, &filter(pairs), None, 100);
    assert_eq!(listing.total, listing.rows.len() as u64);
    listing.rows.into_iter().map(|i| i.id).collect()
}

/// A small timeline with something for every filter to leave out.
fn small() -> TempDb {
    TempDb::with(&[
        document(
            "hombori.txt",
            "Hombori massacre",
            &[
                "* 2022-04-19; massacre; Hombori; malian-armed-forces:stated, \
                 wagner-group:denied:Wagner Group; daoussahak; killed civilians 50+",
                "2022-04-19; bombing; Hombori; -; mercenaries; killed mercenaries 1",
                "2022-03; massacre; Moura; malian-armed-forces; civilians; killed civilians 300",
            ],
        ),
        document(
            "north.txt",
            "Attacks in the north",
            &[
                "2021; armed-clash; Gao; katiba-macina:claimed:JNIM; soldiers; killed soldiers 4",
                "2012-05-01..2012-06-30; siege; Ménaka; ansar-dine; -; killed total dozens",
                "-; airstrike; Kidal; malian-armed-forces:accused:CMA; civilians; -",
            ],
        ),
    ])
}

#[test]
fn err_reading_for_too_long_is_broken_off() {
    let temp = TempDb::new();
    let endless =
        "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";
    let error = temp
        .db
        .read_within(Duration::from_millis(50), |db| {
            Ok(db.query_row(endless, [], |row| row.get::<_, u64>(0))?)
        })
        .unwrap_err();
    assert!(matches!(error, StoreError::TooSlow), "{error}");
    // The same connection reads on without a limit.
    temp.db.version().unwrap();
}

#[test]
fn every_dimension_leaves_something_out() {
    let temp = small();
    let db = &temp.db;
    assert_eq!(temp.ids().len(), 6);
    for (pairs, expected) in [
        (&[("region", "gao")][..], &["2021-gao", "2012-05-01-menaka"][..]),
        (&[("region", "menaka")], &["2012-05-01-menaka"]),
        (&[("perpetrator", "wagner-group")], &[]),
        (&[("perpetrator", "wagner-group"), ("stance", "denied")], &["2022-04-19-hombori"]),
        (&[("perpetrator", "malian-armed-forces"), ("stance", "denied")], &[]),
        (&[("perpetrator", "malian-armed-forces"), ("stance", "accused")], &["undated-kidal"]),
        // Katiba Macina is part of JNIM, Ansar Dine only from 2017 on.
        (&[("perpetrator", "jnim")], &["2021-gao"]),
        (&[("stance", "claimed")], &["2021-gao"]),
        (&[("victim", "tuareg")], &["2022-04-19-hombori"]),
        (
            &[("victim", "civilians"), ("type", "massacre")],
            &["2022-04-19-hombori", "2022-03-moura"],
        ),
        (&[("type", "siege"), ("type", "bombing")], &["2022-04-19-hombori-2", "2012-05-01-menaka"]),
        (&[("source", "attacks-in-the-north"), ("from", "2013")], &["2021-gao"]),
        (&[("status", "reviewed")], &[]),
        (&[("to", "2021-06")], &["2021-gao", "2012-05-01-menaka"]),
        (&[("from", "2022-03-31"), ("to", "2022-04-18")], &["2022-03-moura"]),
        (&[("from", "2012-06-30"), ("to", "2012-06-30")], &["2012-05-01-menaka"]),
        (
            &[("from", "2012-07")],
            &["2022-04-19-hombori-2", "2022-04-19-hombori", "2022-03-moura", "2021-gao"],
        ),
        (&[("q", "menaka")], &["2012-05-01-menaka"]),
        (&[("q", "MOUR")], &["2022-03-moura"]),
        (&[("q", "massacre mercen")], &[]),
        (&[("q", "hombori merc")], &["2022-04-19-hombori-2"]),
    ] {
        assert_eq!(ids(db, pairs), expected, "{pairs:?}");
    }
}

#[test]
fn orders_keep_undated_and_uncounted_last() {
    let temp = small();
    let newest = ids(&temp.db, &[]);
    assert_eq!(newest.last().unwrap(), "undated-kidal");
    let oldest = ids(&temp.db, &[("sort", "oldest")]);
    assert_eq!(oldest[0], "2012-05-01-menaka");
    assert_eq!(oldest.last().unwrap(), "undated-kidal");
    let deadliest = ids(&temp.db, &[("sort", "deadliest")]);
    let expected = ["2022-03-moura", "2022-04-19-hombori", "2021-gao"];
    assert_eq!(deadliest[..3], expected);
    assert_eq!(deadliest.last().unwrap(), "undated-kidal");
}

#[test]
fn search_text_is_never_query_syntax() {
    let temp = small();
    for q in [
        "hombori OR moura",
        "hombori AND",
        "NOT moura",
        "words:hombori",
        "hombori*",
        "\"hombori",
        "hombori\"",
        "(hombori",
        "NEAR(hombori moura)",
        "^hombori",
        "hombori + moura",
        "-hombori",
        "ho\0mbori",
        "'; drop table incident; --",
        "hombori \u{202e} moura",
        "{a b}: c",
    ] {
        let listing = temp.db.read(|db| {
            let page = Page { after: None, size: 9 };
            list(db, &filter(&[("q", q)]), &page)
        });
        // Whatever it finds, it is understood as words.
        assert!(listing.is_ok(), "{q:?}: {listing:?}");
    }
    assert_eq!(ids(&temp.db, &[("q", "hombori*")]).len(), 2);
    assert_eq!(ids(&temp.db, &[("q", "hombori OR moura")]).len(), 0);
    for q in ["…", "\"\"", "* - ()", "\u{301}"] {
        let error = temp.db.read(|db| overview(db, &filter(&[("q", q)]))).unwrap_err();
        assert!(matches!(error, StoreError::BadSearch(_)), "{q:?}: {error}");
    }
}

#[test]
fn err_cursors_are_refused() {
    let temp = small();
    let good = page(&temp.db, &filter(&[]), None, 2).next.unwrap();
    for (after, sort) in [
        ("", "newest"),
        ("x", "newest"),
        (good.as_str(), "oldest"),
        ("newest~2022-99-01~a", "newest"),
        ("newest~2022-01-01~", "newest"),
        ("newest~2022-01-01~a'b", "newest"),
        ("deadliest~2022-01-01~a", "deadliest"),
    ] {
        let error = temp.db.read(|db| {
            let page = Page { after: Some(after.to_owned()), size: 2 };
            list(db, &filter(&[("sort", sort)]), &page)
        });
        let error = error.unwrap_err();
        assert!(matches!(error, StoreError::BadCursor(_)), "{after}: {error}");
    }
}

#[test]
fn an_incident_comes_back_as_it_was_told() {
    let doc = document(
        "a.txt",
        "Hombori massacre",
        &["* 2022-04-19; massacre; Hombori, Village 7; malian-armed-forces:accused:France; \
           daoussahak; killed civilians 50+, wounded total 3..5 (Malian government)"],
    );
    let temp = TempDb::with(std::slice::from_ref(&doc));
    let incident = temp.db.read(|db| show(db, "2022-04-19-hombori")).unwrap().unwrap();
    assert_eq!(incident.accounts[0].draft, doc.drafts[0]);
    assert_eq!(incident.accounts[0].source.meta, doc.meta);
    assert_eq!(incident.title, "Hombori massacre");
    assert!(temp.db.read(|db| show(db, "2022-04-19-moura")).unwrap().is_none());
}

#[test]
fn a_source_shows_every_passage_and_only_its_own() {
    let temp = small();
    let (summaries, text) =
        temp.db.read(|db| Ok((source::list(db)?, source::show(db, "hombori-massacre")?))).unwrap();
    let counts: Vec<_> =
        summaries.iter().map(|s| (s.source.id.as_str(), s.incidents, s.claims)).collect();
    assert_eq!(counts, [("attacks-in-the-north", 3, 2), ("hombori-massacre", 3, 3)]);
    let text = text.unwrap();
    assert!(text.marks.iter().all(|m| m.passage.holds_in(&text.text)));
    let figures = text.marks.iter().filter(|m| matches!(m.fact, Fact::Claim(_)));
    assert_eq!(figures.count(), 3);
    assert!(text.marks.is_sorted_by_key(|m| m.passage.start));
    assert!(text.marks.iter().all(|m| !m.incident_id.contains("gao")));
    assert!(temp.db.read(|db| source::show(db, "nothing")).unwrap().is_none());
}

#[test]
fn overview_counts_what_is_filtered() {
    let temp = small();
    let all = temp.db.read(|db| overview(db, &filter(&[]))).unwrap();
    assert_eq!((all.incidents, all.sources, all.claims, all.undated), (6, 2, 5, 1));
    assert_eq!(all.first.unwrap().to_string(), "2012-05-01");
    assert_eq!(all.last.unwrap().to_string(), "2022-04-19");
    let one = temp.db.read(|db| overview(db, &filter(&[("region", "gao")]))).unwrap();
    assert_eq!((one.incidents, one.sources, one.claims, one.undated), (2, 1, 2, 0));
    let none = temp.db.read(|db| overview(db, &filter(&[("status", "reviewed")]))).unwrap();
    assert_eq!((none.incidents, none.sources, none.first), (0, 0, None));
}

/// SQLite's connections share what all of them may keep: what the writer adds, readers fill.
#[test]
fn who_mostly_reads_keeps_little_for_writing() {
    let temp = TempDb::with(&documents(3, 2, 2));
    // Kilobytes have a minus.
    let kept = || {
        let size = |row: &rusqlite::Row| row.get::<_, i64>(0);
        temp.db.write(|tx| Ok(-tx.pragma_query_value(None, "cache_size", size)?)).unwrap()
    };
    let before = kept();
    temp.db.mostly_read().unwrap();
    assert!(before > 16_000 && kept() <= 1_000, "{before}, then {}", kept());
    temp.import(&document("more.txt", "More", &[]));
}

#[test]
fn the_version_changes_with_content_only() {
    let temp = small();
    let before = temp.db.version().unwrap();
    temp.db.write(|_| Ok(())).unwrap();
    assert_eq!(temp.db.version().unwrap(), before);
    let failed = temp.db.write(|tx| {
        tx.execute("delete from facet_entry", [])?;
        Err::<(), _>(StoreError::BadSearch(String::new()))
    });
    assert!(failed.is_err());
    assert_eq!(temp.db.version().unwrap(), before);
    temp.db.write(|tx| Ok(tx.execute("update incident set title = 'x'", [])?)).unwrap();
    assert_ne!(temp.db.version().unwrap(), before);
}

#[test]
fn readers_cannot_write_and_see_one_moment() {
    let temp = small();
    let error = temp.db.read(|db| Ok(db.execute("delete from facet_entry", [])?)).unwrap_err();
    assert!(matches!(error, StoreError::Sql { .. }));
    temp.db
        .read(|db| {
            let before = overview(db, &filter(&[]))?;
            temp.import(&document("c.txt", "Later", &["2024-01-01; other; Gao"]));
            assert_eq!(overview(db, &filter(&[]))?, before);
            Ok(())
        })
        .unwrap();
    assert_eq!(temp.ids().len(), 7);
}

#[test]
fn err_files_that_are_no_database_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("text.db"), "This is a letter, not a database. ".repeat(50)).unwrap();
    let other = rusqlite::Connection::open(at("other.db")).unwrap();
    other.execute_batch("create table t (x)").unwrap();
    let newer = Db::open(&at("newer.db")).unwrap();
    newer.write(|tx| Ok(tx.pragma_update(None, "user_version", 99)?)).unwrap();
    drop(newer);
    std::fs::write(at("half.db"), &std::fs::read(at("other.db")).unwrap()[..100]).unwrap();
    for (name, expected) in [
        ("text.db", "not a database of mali-timeline"),
        ("other.db", "not a database of mali-timeline"),
        ("half.db", "not a database of mali-timeline"),
        ("newer.db", "made by a newer version of mali-timeline; use that version"),
        ("none/new.db", "cannot be opened for writing: its folder does not exist"),
        ("", "cannot be opened for writing: it is a folder"),
    ] {
        let error = Db::open(&at(name)).err().unwrap().to_string();
        assert!(error.ends_with(expected), "{name}: {error}");
        assert!(error.starts_with(&at(name).display().to_string()), "{name}: {error}");
    }
    let missing = Db::open_existing(&at("missing.db")).err().unwrap();
    assert!(matches!(missing, StoreError::Missing(_)));
    assert!(!at("missing.db").exists());
}

#[test]
fn a_database_opened_to_read_is_left_as_it_is() {
    let TempDb { db, folder } = small();
    let path = folder.path().join("test.db");
    drop(db);
    let before = std::fs::read(&path).unwrap();
    let reading = Db::open_to_read(&path).unwrap();
    assert_eq!(ids(&reading, &[("region", "gao")]).len(), 2);
    let error = reading.write(|tx| Ok(tx.execute("delete from facet_entry", [])?)).unwrap_err();
    assert!(error.to_string().ends_with("it was opened only to be read"), "{error}");
    assert!(std::fs::read(&path).unwrap() == before);
    std::fs::write(folder.path().join("text.db"), "Dear reader. ".repeat(99)).unwrap();
    for (name, expected) in [("text.db", "not a database"), ("none.db", "no such database")] {
        let error = Db::open_to_read(&folder.path().join(name)).err().unwrap();
        assert!(error.to_string().contains(expected), "{error}");
    }
}

/// A generated database with its incidents, made once.
static GENERATED: LazyLock<(TempDb, Vec<Incident>)> = LazyLock::new(|| {
    let temp = TempDb::with(&documents(7, 40, 12));
    let all = temp.all();
    (temp, all)
});

/// A filter made from values that occur, and some that do not.
fn random_filter(seed: u64, all: &[Incident]) -> Filter {
    let mut random = Random::new(seed);
    let mut pairs: Vec<(&str, String)> = Vec::new();
    let known = plain::facets(all, &Filter::default());
    for (dimension, values) in &known {
        let values: Vec<&String> = values.keys().collect();
        while random.chance(18) {
            pairs.push((dimension.as_str(), random.pick(&values).clone()));
        }
    }
    if random.chance(30) {
        pairs.push(("killed", (1 + random.below(30)).to_string()));
        pairs.push(("killed_by", random.pick(&["low", "high"]).to_owned()));
    }
    if random.chance(40) {
        pairs.push(("region_as", random.pick(&["then", "now"]).to_owned()));
    }
    if random.chance(30) {
        pairs.push(("from", format!("{}-{:02}", 2012 + random.below(7), 1 + random.below(12))));
    }
    if random.chance(30) {
        pairs.push(("to", format!("{}", 2019 + random.below(6))));
    }
    if random.chance(30) {
        let words = ["massacre", "civ", "Gao", "Ménaka", "story 1", "killed sol", "claimed of j"];
        pairs.push(("q", random.pick(&words).to_owned()));
    }
    pairs.push(("sort", random.pick(&["newest", "oldest", "deadliest"]).to_owned()));
    let pairs: Vec<_> = pairs.iter().map(|(k, v)| (*k, v.as_str())).collect();
    filter(&pairs)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sql_lists_what_plain_rust_lists(seed in any::<u64>(), size in 1usize..40) {
        let (temp, all) = &*GENERATED;
        let filter = random_filter(seed, all);
        let expected = plain::ids(all, &filter);
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let listing = page(&temp.db, &filter, after, size);
            prop_assert_eq!(listing.total, expected.len() as u64);
            prop_assert!(listing.rows.len() <= size);
            found.extend(listing.rows.into_iter().map(|i| i.id));
            after = listing.next;
            if after.is_none() { break; }
        }
        prop_assert_eq!(&found, &expected, "{:?}", filter);
        let mut walked = Vec::new();
        temp.db.read(|db| for_each(db, &filter, |i| { walked.push(i.id); Ok::<_, StoreError>(()) })).unwrap();
        prop_assert_eq!(&walked, &expected);
    }

    #[test]
    fn the_index_says_what_sql_says(seed in any::<u64>(), size in 1usize..40) {
        let (temp, all) = &*GENERATED;
        let filter = random_filter(seed, all);
        let kinds: BTreeMap<String, &str> = KNOWN.actors.iter()
            .map(|a| (a.slug.clone(), a.kind.as_str())).filter(|(slug, _)| slug.len() % 5 > 0).collect();
        temp.db.snapshot_within(Duration::from_secs(60), |db| {
            assert!(db.is_indexed());
            let selection = Selection::of(db, &filter)?;
            assert_eq!(selection.facets()?, facets(db, &filter)?, "{filter:?}");
            assert_eq!(selection.overview()?, overview(db, &filter)?, "{filter:?}");
            assert_eq!(selection.periods()?, periods(db, &filter)?, "{filter:?}");
            for &by in Lanes::ALL {
                let found = selection.lanes(by, &kinds)?;
                assert_eq!(found, lanes(db, &filter, by, &kinds)?, "{by:?} {filter:?}");
            }
            let mut after = None;
            loop {
                let page = Page { after, size };
                let found = selection.list(&page)?;
                assert_eq!(&found, &list(db, &filter, &page)?, "{page:?} {filter:?}");
                after = found.next;
                if after.is_none() { break; }
            }
            // Positions of incidents that the filter does not list, or that there are not.
            for incident in all.iter().step_by(37) {
                let date = incident.date.start().map(|d| d.to_string()).unwrap_or_default();
                let toll = incident.toll(Measure::Killed).map_or(-1, |toll| i64::from(toll.high));
                for slug in [incident.id.clone(), format!("{}-x", incident.id)] {
                    let after = match filter.sort {
                        Sort::Deadliest => format!("deadliest~{toll}~{date}~{slug}"),
                        sort => format!("{}~{date}~{slug}", sort.as_str()),
                    };
                    let page = Page { after: Some(after), size };
                    assert_eq!(selection.list(&page)?, list(db, &filter, &page)?, "{page:?} {filter:?}");
                }
            }
            Ok(())
        }).unwrap();
    }

    #[test]
    fn facets_count_what_choosing_would_list(seed in any::<u64>()) {
        let (temp, all) = &*GENERATED;
        let filter = random_filter(seed, all);
        let found = temp.db.read(|db| facets(db, &filter)).unwrap();
        let plain = plain::facets(all, &filter).into_iter();
        let plain = plain.map(|(dimension, counts)| (dimension, counts.into_iter().collect()));
        prop_assert_eq!(found, plain.collect(), "{:?}", filter);
    }
}

#[test]
fn the_index_is_of_what_the_reader_sees() {
    const LIMIT: Duration = Duration::from_secs(60);
    let temp = small();
    let everything = Filter::default();
    let count = |db: &Snapshot| Ok(Selection::of(db, &everything)?.overview()?.incidents);
    temp.db
        .snapshot_within(LIMIT, |db| {
            assert!(db.is_indexed());
            temp.import(&document("c.txt", "Later", &["2024-01-01; other; Gao; -; -; -"]));
            // Somebody who comes now sees more; who was here before does not.
            assert_eq!(temp.db.snapshot_within(LIMIT, count)?, 7);
            assert_eq!(count(db)?, 6);
            Ok(())
        })
        .unwrap();
    // Told by nothing any more, an incident is gone from the index too.
    let end = Instant::now() + LIMIT;
    while !temp.db.snapshot_within(LIMIT, |db| Ok(db.is_indexed())).unwrap() {
        assert!(Instant::now() < end, "there is no new index");
    }
    assert_eq!(temp.db.snapshot_within(LIMIT, count).unwrap(), 7);
    temp.import(&document("c.txt", "Later", &["2024-01-02; other; Kidal; -; -; -"]));
    let gone = |db: &Snapshot| {
        let ids = Selection::of(db, &everything)?.list(&Page { after: None, size: 9 })?;
        let ids = ids.rows.into_iter().map(|i| i.id).collect::<Vec<_>>();
        Ok((db.is_indexed(), ids))
    };
    let (mut indexed, mut ids) = temp.db.snapshot_within(LIMIT, gone).unwrap();
    while !indexed {
        assert!(Instant::now() < end, "there is no new index");
        let expected = ids;
        (indexed, ids) = temp.db.snapshot_within(LIMIT, gone).unwrap();
        assert_eq!(ids, expected);
    }
    assert!(ids.contains(&"2024-01-02-kidal".to_owned()) && ids.len() == 7, "{ids:?}");
}

#[test]
fn err_a_damaged_column_is_left_to_sql() {
    for damage in ["date_start = 'May'", "facets = '[1,x]'", "facets = ''", "facets = '[987654]'"] {
        let temp = small();
        let sql = format!("update incident set {damage} where slug = '2021-gao'");
        temp.db.write(|tx| Ok(tx.execute(&sql, [])?)).unwrap();
        temp.db
            .snapshot_within(Duration::from_secs(60), |db| {
                assert!(!db.is_indexed(), "{damage}");
                let filter = filter(&[("region", "gao")]);
                assert_eq!(Selection::of(db, &filter)?.overview()?, overview(db, &filter)?);
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn err_the_index_refuses_what_sql_refuses() {
    let temp = small();
    temp.db
        .snapshot_within(Duration::from_secs(60), |db| {
            assert!(db.is_indexed());
            let nothing = filter(&[("q", "…")]);
            assert!(matches!(Selection::of(db, &nothing).err(), Some(StoreError::BadSearch(_))));
            let page = Page { after: Some("oldest~2022~x".to_owned()), size: 2 };
            let everything = Filter::default();
            let error = Selection::of(db, &everything)?.list(&page).err();
            assert!(matches!(error, Some(StoreError::BadCursor(_))));
            Ok(())
        })
        .unwrap();
}

#[test]
fn searches_of_the_index_are_those_of_sql() {
    let temp = TempDb::with(&[document(
        "words.txt",
        "Words",
        &[
            "2021; massacre; Ménaka; -; civilians; killed civilians 4",
            "2022; siege; Gao; -; soldiers; killed soldiers 5",
            "2023; other; Ménaka; -; -; killed total 4",
        ],
    )]);
    // Alone, together, again, unfinished, of other writing systems, and of none.
    for q in [
        "menaka", "MÉNAKA", "killed", "killed menaka", "menaka killed", "kil", "kil men", "killed",
        "siege gao kille", "قتل", "ménaka ٣", "gao 東", "x", "killed 4", "½ menaka", "men aka",
    ] {
        let filter = filter(&[("q", q)]);
        temp.db
            .snapshot_within(Duration::from_secs(60), |db| {
                assert!(db.is_indexed());
                let page = Page { after: None, size: 9 };
                let found = Selection::of(db, &filter)?.list(&page)?;
                assert_eq!(found, list(db, &filter, &page)?, "{q}");
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn generated_data_has_every_case() {
    let (_, all) = &*GENERATED;
    for precision in DatePrecision::ALL {
        assert!(all.iter().any(|i| i.date.precision() == precision), "{precision:?}");
    }
    assert!(all.iter().any(|i| i.accounts.len() > 1), "no joined incident");
    let filters: Vec<_> = (0..200).map(|s| random_filter(s, all)).collect();
    for &dimension in Dimension::ALL {
        assert!(filters.iter().any(|f| f.chosen.contains_key(&dimension)), "{dimension:?}");
    }
    let some = filters.iter().filter(|f| !plain::ids(all, f).is_empty()).count();
    assert!((40..200).contains(&some), "{some} of 200 filters list something");
}
