use super::seed::empty;
use super::support::rows::{import_into, rows};
use super::{Site, hrefs, text, texts};
use mali_timeline::verify::verify;

const GAO: &str = "2019-01-01; bombing; Gao; jnim:involved; civilians; killed civilians 3..7";
const KIDAL: &str = "2019-02; armed-clash; Kidal; -; -; killed total 0..21";
const MOPTI: &str = "2019-03-03; other; Mopti; -; -; -";

/// Two releases, the first of which was imported in 2020: in the second one row changed, one
/// was withdrawn and one came.
fn site() -> Site {
    let site = Site::of(empty());
    let db = &site.seeded.db;
    import_into(db, "a.csv", None, &rows(&[("1", GAO), ("2", KIDAL)]));
    let sql = "update import_run set started_at = '2020-05-05T10:00:00Z'";
    db.write(|tx| Ok(tx.execute(sql, [])?)).unwrap();
    import_into(db, "a.csv", None, &rows(&[("1", &GAO.replace("3..7", "5..9")), ("3", MOPTI)]));
    site
}

#[tokio::test]
async fn an_earlier_day_shows_what_was_known_then() {
    let site = site();
    let listed = |page| texts(page, "article h4 a");
    let now = site.page("/?sort=oldest").await;
    assert_eq!(listed(&now), ["bombing in Gao", "other in Mopti"]);
    let then = site.page("/?sort=oldest&as_of=2020-06-01").await;
    assert_eq!(listed(&then), ["bombing in Gao", "armed-clash in Kidal"]);
    assert!(text(&then, ".as-of strong").starts_with("As known on 2020-06-01"));
    assert_eq!(hrefs(&then, ".as-of a"), ["/?sort=oldest"]);
    // Every figure and every link is of that day.
    let incident = hrefs(&then, "article h4 a").remove(0);
    assert!(incident.ends_with("?as_of=2020-06-01"), "{incident}");
    let page = site.page(&incident).await;
    assert!(text(&page, "main").contains("3") && !text(&page, "main").contains("5–9"));
    let record = site.page("/sources/rows-events/records/1?as_of=2020-06-01").await;
    assert!(text(&record, "table.cells").contains("3..7"), "the row as it was then");
    let row = site.page("/sources/rows-events/records/2?as_of=2020-06-01").await;
    assert_eq!(texts(&row, "p.withdrawn"), [""; 0]);
    site.error("/sources/rows-events/records/3?as_of=2020-06-01", 404).await;
    for link in hrefs(&page, "a[href^='/']") {
        let path = link.split('#').next().unwrap_or_default();
        assert!(
            path.contains("as_of=2020-06-01") || hrefs(&page, ".as-of a").contains(&link),
            "{link}"
        );
    }
    // Before the first import nothing was known; since the last one all is as it is now.
    let before = site.page("/?as_of=2020-05-04").await;
    assert_eq!(listed(&before), [""; 0]);
    assert_eq!(listed(&site.page("/?sort=oldest").await), ["bombing in Gao", "other in Mopti"]);
    let verdict = verify(site.seeded.db.path(), None, &site.seeded.known).unwrap();
    assert_eq!(verdict.wrong, [""; 0], "the database itself is as it was");
}

#[tokio::test]
async fn a_file_of_an_earlier_day_says_so_and_is_verified_as_of_that_day() {
    let site = site();
    let file = async |path: &str| site.get(path).await.text().to_owned();
    let listed = |text: &str| {
        let json: serde_json::Value = serde_json::from_str(text).unwrap();
        let titles = json["incidents"].as_array().unwrap().iter();
        let titles: Vec<_> = titles.map(|i| i["title"].as_str().unwrap().to_owned()).collect();
        (titles, json["sentence"].as_str().unwrap().to_owned(), json["filter"].clone())
    };
    let now = file("/export.json?sort=oldest").await;
    assert_eq!(listed(&now).0, ["bombing in Gao", "other in Mopti"]);
    let then = file("/export.json?sort=oldest&as_of=2020-06-01").await;
    let (titles, sentence, filter) = listed(&then);
    assert_eq!(titles, ["bombing in Gao", "armed-clash in Kidal"]);
    assert!(sentence.ends_with("; as known on 2020-06-01, without what was imported later"));
    assert_eq!(filter["as_of"], serde_json::json!(["2020-06-01"]));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("then.json");
    let db = Some(site.seeded.db.path());
    for format in ["json", "jsonl", "csv", "html", "md"] {
        let text = file(&format!("/export.{format}?as_of=2020-06-01")).await;
        assert!(text.contains("2020-06-01"), "{format}");
        std::fs::write(&path, &text).unwrap();
        let verdict = verify(&path, db, &site.seeded.known).unwrap();
        assert_eq!((verdict.wrong.len(), verdict.holds.len()), (0, 2), "{format}: {verdict:?}");
    }
    // As of a day on which less was known it would be another file.
    std::fs::write(&path, file("/export.json?as_of=2020-05-04").await).unwrap();
    assert_eq!(verify(&path, db, &site.seeded.known).unwrap().wrong, [""; 0]);
    site.seeded
        .db
        .write(
            |tx| Ok(tx.execute("update import_run set started_at = '2020-05-04T01:00:00Z'", [])?),
        )
        .unwrap();
    let wrong = verify(&path, db, &site.seeded.known).unwrap().wrong;
    assert!(wrong[0].ends_with("the database says something else now"), "{wrong:?}");
}

#[tokio::test]
async fn err_days_that_are_none_are_refused() {
    let site = site();
    for path in ["/?as_of=soon", "/sources?as_of=2020", "/map?as_of=2999-01-01"] {
        let page = site.error(path, 400).await;
        assert!(text(&page, "main").contains("a day up to today as YYYY-MM-DD"), "{path}");
    }
    let french = site.error("/?as_of=soon&lang=fr", 400).await;
    assert!(text(&french, "main").contains("un jour jusqu’à aujourd’hui"));
}
