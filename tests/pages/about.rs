use super::{Site, text, texts};
use mali_timeline::store::gazetteer;

#[tokio::test]
async fn figures_stances_regions_and_licences_are_explained() {
    let site = Site::seeded();
    let page = site.page("/about").await;
    assert_eq!(
        texts(&page, ".terms dt"),
        [
            "Stated by the source",
            "Claimed by the actor",
            "Accused by somebody",
            "Suspected",
            "Denied",
            "Involved, no direction stated",
        ]
    );
    let all = text(&page, ".prose");
    for part in [
        "Claimants are never added to each other",
        "nineteen, and Bamako",
        "CC0-1.0 — 4 sources",
        "parsed, not reviewed",
    ] {
        assert!(all.contains(part), "{part}");
    }
    let french = site.page("/about?lang=fr").await;
    assert!(text(&french, ".prose").contains("ne sont jamais additionnées"));
}

#[tokio::test]
async fn an_empty_database_has_no_licences() {
    let page = Site::empty().page("/about").await;
    assert!(!text(&page, ".prose").contains("CC0-1.0"));
}

#[tokio::test]
async fn outlines_and_places_name_where_they_are_from() {
    let site = Site::seeded();
    let credit = "Villages <of> Ours";
    site.seeded.db.write(|tx| gazetteer::load(tx, "x.csv", "", credit, &[])).unwrap();
    let all = text(&site.page("/about").await, ".prose");
    for credit in ["Natural Earth", "GeoNames", "OCHA", "Villages <of> Ours"] {
        assert!(all.contains(credit), "{credit}: {all}");
    }
}

#[tokio::test]
async fn err_parameters_are_refused() {
    Site::seeded().error("/about?region=gao", 400).await;
}

#[tokio::test]
async fn the_json_twin_has_the_numbers() {
    let json = Site::seeded().json("/about.json").await;
    assert_eq!(json["incidents"], 8);
    assert_eq!(json["sources"], 5);
    assert_eq!(json["undated"], 1);
}
