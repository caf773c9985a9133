use super::seed::empty;
use super::support::rows::{HEADER, import_into, row, rows};
use super::{Site, all, hrefs, text, texts};
use mali_timeline::import::{Options, run};
use mali_timeline::model::record;

const GAO: &str = "2023-01-01; bombing; Gao; jnim:involved; civilians; killed civilians 3..7";
const KIDAL: &str = "2023-02; armed-clash; Kidal; -; -; killed total 0..21";

/// A dataset with a row that changed and one that was withdrawn.
fn site() -> Site {
    let site = Site::of(empty());
    let db = &site.seeded.db;
    import_into(db, "a.csv", None, &rows(&[("1/x", GAO), ("2", KIDAL), ("3", GAO)]));
    let more = GAO.replace("3..7", "5..9");
    import_into(db, "a.csv", None, &rows(&[("1/x", &more), ("2", KIDAL)]));
    site
}

#[tokio::test]
async fn every_fact_of_a_row_opens_its_words_in_the_row() {
    let site = site();
    let mut checked = 0;
    for incident in hrefs(&site.page("/").await, "article h4 a") {
        let page = site.page(&incident).await;
        for link in hrefs(&page, "a[href*='#p-']") {
            let (path, anchor) = link.split_once('#').unwrap();
            assert!(path.starts_with("/sources/rows-events/records/"), "{link}");
            let row = site.page(path).await;
            assert_eq!(all(&row, &format!("mark[id='{anchor}']")).len(), 1, "{link}");
            checked += 1;
        }
    }
    assert!(checked > 10, "{checked}");
}

#[tokio::test]
async fn a_row_stands_as_it_was_with_its_history() {
    let site = site();
    let page = site.page("/sources/rows-events/records/1%2Fx").await;
    let cells = texts(&page, "table.cells th[scope=row]");
    assert_eq!(cells, ["id", "tale", "tale"]);
    let about = text(&page, "header p.small:not(.back)");
    assert!(about.starts_with("Row 1/x: line 2 of a.csv, imported on "), "{about}");
    assert!(text(&page, ".before h2").starts_with("Until "));
    let before = texts(&page, ".before td");
    assert!(before[0].contains("3..7") && before[1].contains("5..9"), "{before:?}");
    let back = hrefs(&page, "table.cells mark a, table.cells a.back");
    assert!(back.iter().any(|href| href.starts_with("/incidents/2023-01-01-gao")), "{back:?}");

    let data = site.json("/sources/rows-events/records/1%2Fx.json").await;
    let stored = row("1/x", 2, &GAO.replace("3..7", "5..9"));
    assert_eq!(data["text"], record::text(&HEADER.map(str::to_owned), &stored.cells));
    assert_eq!(data["versions"].as_array().unwrap().len(), 2);
    for passage in data["passages"].as_array().unwrap() {
        let (text, range) = (data["text"].as_str().unwrap(), &passage["passage"]);
        let at = |key: &str| usize::try_from(range[key].as_u64().unwrap()).unwrap();
        assert_eq!(text[at("start")..at("end")], *range["quote"].as_str().unwrap());
    }
    let french = site.page("/sources/rows-events/records/1%2Fx?lang=fr").await;
    assert!(text(&french, "caption").starts_with("La ligne telle quelle"));
}

#[tokio::test]
async fn a_withdrawn_row_says_so_and_counts_nowhere() {
    let site = site();
    let page = site.page("/sources/rows-events/records/3").await;
    assert!(text(&page, "p.withdrawn").starts_with("Withdrawn since "));
    assert_eq!(hrefs(&page, "a[href^='/incidents/']"), [""; 0]);
    let timeline = site.page("/").await;
    assert_eq!(hrefs(&timeline, "article h4 a").len(), 2);
}

#[tokio::test]
async fn the_page_of_a_dataset_lists_releases_and_rows() {
    let site = site();
    let page = site.page("/sources/rows-events").await;
    assert!(text(&page, ".counts").starts_with("2 rows · 2 incidents · 2 figures claimed"));
    let numbers = texts(&page, "tbody tr td.num");
    assert_eq!(numbers, ["0", "1", "1", "1", "0", "3", "0", "0", "0", "0"]);
    assert_eq!(texts(&page, ".rows .key"), ["1/x", "2", "3"]);
    assert_eq!(texts(&page, ".rows .withdrawn"), ["withdrawn"]);
    let rest = site.page("/sources/rows-events?after=1%2Fx").await;
    assert_eq!(texts(&rest, ".rows .key"), ["2", "3"]);
    let data = site.json("/sources/rows-events.json").await;
    assert_eq!(data["dataset"]["records"], 2);
    assert_eq!(data["dataset"]["releases"][0]["withdrawn"], 1);
}

#[tokio::test]
async fn err_unknown_rows_and_parameters() {
    let site = site();
    site.error("/sources/rows-events/records/9", 404).await;
    site.error("/sources/nothing/records/1", 404).await;
    site.error("/sources/rows-events/records/3?x=1", 400).await;
    site.error("/sources/rows-events?x=1", 400).await;
}

#[tokio::test]
async fn hostile_cells_are_text() {
    let site = Site::of(empty());
    let mut bad = row("<i>&\"'", 2, GAO);
    bad.cells.push("<script>alert(1)</script>\u{202e}\u{0}".to_owned());
    import_into(&site.seeded.db, "a.csv", None, &[Ok(bad)]);
    let listed = site.page("/sources/rows-events").await;
    let page = site.page(&hrefs(&listed, ".rows .key")[0]).await;
    assert_eq!(all(&page, "main script, td i").len(), 0);
    assert!(texts(&page, "td").iter().any(|cell| cell.contains("<script>alert(1)</script>")));
}

/// A row that sums up a year in a region: its point is the middle of the region.
const SUMMARY: &str = "id,type_of_violence,side_a,side_b,source_headline,where_prec,\
    where_coordinates,adm_1,adm_2,latitude,longitude,country,date_prec,date_start,date_end,\
    deaths_civilians,best,high,low\n\
    7,1,Government of Mali,JNIM,Deaths of 2021 in Mopti,4,Mopti region,Mopti region,,14.6,-4.0,Mali,\
    5,2021-01-01,2021-12-31,0,0,21,0\n";

#[tokio::test]
async fn a_row_that_sums_up_a_year_is_a_band_and_never_a_point() {
    let site = Site::of(empty());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ged.csv");
    std::fs::write(&path, SUMMARY).unwrap();
    let known = &site.seeded.known;
    run(&site.seeded.db, &[path], &Options::default(), known, |_| true).unwrap();

    let list = site.page("/").await;
    let incident = hrefs(&list, "article h4 a").remove(0);
    let page = site.page(&incident).await;
    for shown in [text(&list, "article"), text(&page, "article")] {
        assert!(shown.contains("2021") && !shown.contains("1 January"), "{shown}");
        assert!(shown.contains("0–21"), "from the lowest to the highest: {shown}");
    }
    // The map names the region and draws nothing there.
    let map = site.page("/map").await;
    assert_eq!(all(&map, ".signs a").len(), 0);
    assert!(text(&map, ".places table").contains("Mopti"));
    let geo = site.get("/export.geojson").await;
    let geo: serde_json::Value = serde_json::from_slice(&geo.body).unwrap();
    assert_eq!(geo["features"][0]["geometry"], serde_json::Value::Null);
    assert_eq!(geo["features"][0]["properties"]["date_end"], "2021-12-31");
    let csv = site.get("/export.csv").await;
    let row = csv.text().lines().find(|line| line.starts_with("2021")).unwrap().to_owned();
    assert!(row.contains("2021-01-01") && row.contains("2021-12-31"), "{row}");
    assert!(!row.contains("14.6"), "{row}");
    // A filter of any day of it finds it, and of a day outside does not.
    for (filter, found) in [("from=2021-06-01&to=2021-06-01", 1), ("from=2022", 0)] {
        let list = site.page(&format!("/?{filter}")).await;
        assert_eq!(all(&list, "article h4").len(), found, "{filter}");
    }
}
