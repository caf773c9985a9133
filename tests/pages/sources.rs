use super::seed::seeded;
use super::{Site, hrefs, text, texts};
use mali_timeline::store::sensitive;

#[tokio::test]
async fn every_source_is_listed_with_what_it_tells() {
    let page = Site::seeded().page("/sources").await;
    assert!(text(&page, ".numbers").starts_with("5 sources. "));
    let rows = texts(&page, ".sources li");
    assert!(rows.contains(
        &"Hombori and Moura in 2022 Digest of public reports · Digest · published February 2024 · \
          English · CC0-1.0 2 incidents · 9 figures claimed"
            .to_owned()
    ), "{rows:?}");
    assert!(hrefs(&page, ".counts a").contains(&"/?source=hombori-and-moura-in-2022".to_owned()));
}

#[tokio::test]
async fn no_sources_is_a_page() {
    let page = Site::empty().page("/sources").await;
    assert!(text(&page, ".numbers").starts_with("No sources. "));
    assert_eq!(text(&page, ".nothing h2"), "Nothing has been imported yet");
}

#[tokio::test]
async fn err_parameters_are_refused() {
    let site = Site::seeded();
    site.error("/sources?sort=oldest", 400).await;
    site.error("/sources?lang=xx", 400).await;
}

#[tokio::test]
async fn the_json_twin_lists_the_same() {
    let json = Site::seeded().json("/sources.json").await;
    let sources = json["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 5);
    assert!(sources.iter().all(|s| s["sha256"].as_str().unwrap().len() == 64));
}

#[tokio::test]
async fn a_sensitive_source_says_so() {
    let seeded = seeded();
    let id = "hombori-and-moura-in-2022";
    seeded.db.write(|tx| sensitive::mark(tx, id, true)).unwrap();
    let site = Site::of(seeded);
    for path in ["/sources", "/sources/hombori-and-moura-in-2022"] {
        let said = site.get(path).await.text().matches("marked sensitive").count();
        assert_eq!(said, 1, "{path}");
    }
    let json = site.json("/sources.json").await;
    let all = json["sources"].as_array().unwrap().iter().map(|s| &s["source"]);
    let marked: Vec<_> = all.filter(|s| s.get("sensitive").is_some()).collect();
    assert_eq!((marked.len(), &marked[0]["id"]), (1, &id.into()));
}
