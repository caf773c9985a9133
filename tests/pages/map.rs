use super::seed::{self, Writer};
use super::{Site, all, hrefs, text, texts};
use jiff::civil::date;
use mali_timeline::model::date::DateSpan;
use mali_timeline::model::document::ParsedDocument;
use mali_timeline::model::incident::PlacePrecision;
use scraper::Html;

/// Incidents at places that are known in every way, and one at no place.
fn documents() -> Vec<ParsedDocument> {
    let text = "Killed at Gao. Killed again at Gao. Near Ansongo, in the cercle of Niono, in the \
        region of Mopti, at Qqqville, at Bourem-abroad. Somewhere else.";
    let mut doc = Writer::new("map.txt", "A map", text);
    let on = |day| DateSpan::day(date(2022, 1, day));
    for (i, (name, at, precision)) in [
        ("Gao", Some((16.27, -0.05)), PlacePrecision::Exact),
        ("Gao", Some((16.27, -0.05)), PlacePrecision::Exact),
        ("Ansongo", Some((15.66, 0.5)), PlacePrecision::Near),
        ("Niono", None, PlacePrecision::Cercle),
        ("Mopti", None, PlacePrecision::Region),
        ("Qqqville", None, PlacePrecision::Unknown),
        ("abroad", Some((40.0, 40.0)), PlacePrecision::Exact),
    ]
    .into_iter()
    .enumerate()
    {
        let day = i as i8 + 1;
        doc = doc.tells("Killed at Gao", |t| {
            t.on(on(day), "Gao").title(&format!("Incident {day}")).at(name, "gao", "gao")
        });
        let place = doc.last().places.last_mut().unwrap();
        (place.lat, place.lon) = at.unzip();
        place.precision = precision;
    }
    vec![doc.tells("Somewhere else", |t| t.on(on(20), "Somewhere").title("Incident 20")).done()]
}

fn site() -> Site {
    let seeded = seed::empty();
    seeded.import(&documents());
    Site::of(seeded)
}

fn signs(page: &Html, class: &str) -> Vec<String> {
    texts(page, &format!(".signs a:has(.{class}) title"))
}

#[tokio::test]
async fn the_shape_of_a_sign_says_how_exactly_a_place_is_known() {
    let page = site().page("/map").await;
    assert_eq!(text(&page, "h1"), "All incidents");
    assert_eq!(
        text(&page, ".numbers"),
        "8 incidents at 6 places; one names no place and is not on the map."
    );
    assert_eq!(signs(&page, "exact"), ["Gao: 2 incidents (the place itself)"]);
    assert_eq!(signs(&page, "near"), ["Ansongo: 1 incident (close by)"]);
    assert_eq!(signs(&page, "cercle"), ["Niono (cercle): 1 incident (somewhere in this cercle)"]);
    // A region is never a point: it is hatched as a whole.
    assert_eq!(
        texts(&page, ".regions a:has(.whole) title"),
        ["Only the region Mopti — 1 incident told of the region as a whole"]
    );
    assert_eq!(all(&page, ".regions path:not(.whole)").len(), 9);
    assert!(text(&page, ".map figcaption").contains("eight regions of before 2016"));
    assert!(text(&page, ".places .note").contains("Natural Earth"));
}

#[tokio::test]
async fn every_place_is_in_the_table_drawn_or_not() {
    let page = site().page("/map").await;
    assert_eq!(
        texts(&page, ".places tbody tr"),
        [
            "Gao the place itself 2",
            "abroad Gao the place itself (not drawn) 1",
            "Ansongo Gao close by 1",
            "Mopti (region) somewhere in this region 1",
            "Niono (cercle) Gao somewhere in this cercle 1",
            "Qqqville Gao known by name only (not drawn) 1",
        ]
    );
}

#[tokio::test]
async fn signs_lead_to_the_incident_or_to_the_filtered_list() {
    let site = site();
    let page = site.page("/map?from=2022&region=gao").await;
    // Niono lies outside the region that the map is narrowed to.
    assert_eq!(
        hrefs(&page, ".signs a"),
        ["/?region=gao&place=gao&from=2022", "/incidents/2022-01-03-ansongo"]
    );
    let list = site.page("/?region=gao&place=gao&from=2022").await;
    assert_eq!(all(&list, "article.item").len(), 2);
    // A region narrows the map, and the chosen one widens it again.
    let regions = hrefs(&page, ".regions a");
    assert!(regions.contains(&"/map?from=2022".to_owned()), "{regions:?}");
    assert!(regions.contains(&"/map?region=kayes&from=2022".to_owned()), "{regions:?}");
}

#[tokio::test]
async fn the_map_has_the_filters_of_the_list() {
    let site = Site::seeded();
    let page = site.page("/map?perpetrator=jnim&sort=oldest").await;
    assert_eq!(text(&page, "h1"), "Incidents with JNIM named as perpetrator; oldest first");
    assert_eq!(
        text(&page, "head > title"),
        "Map: Incidents with JNIM named as perpetrator; oldest first — Mali timeline"
    );
    assert_eq!(hrefs(&page, ".chips a"), ["/map?sort=oldest", "/map?sort=oldest"]);
    assert_eq!(hrefs(&page, ".views a"), ["/?perpetrator=jnim&sort=oldest"]);
    assert_eq!(all(&page, "aside form[action='/map']").len(), 1);
    for link in hrefs(&page, ".facet a") {
        assert!(link.starts_with("/map"), "{link}");
    }
    let list = site.page("/?perpetrator=jnim").await;
    assert_eq!(
        hrefs(&list, ".views a"),
        ["/map?perpetrator=jnim", "/compare?a.perpetrator=jnim", "/actors/jnim"]
    );
    let answer = site.get("/map?q=&from=2022").await;
    assert_eq!(answer.status.as_u16(), 303);
    assert_eq!(answer.header("location"), "/map?from=2022");
}

#[tokio::test]
async fn nothing_found_is_a_page_with_ways_back() {
    let page = Site::seeded().page("/map?region=kayes&from=2022").await;
    assert_eq!(text(&page, ".nothing h2"), "No incident fits this filter");
    assert_eq!(hrefs(&page, ".nothing a"), ["/map?from=2022", "/map?region=kayes", "/map"]);
    let page = Site::empty().page("/map").await;
    assert_eq!(text(&page, ".nothing h2"), "Nothing has been imported yet");
}

#[tokio::test]
async fn err_bad_values() {
    let site = Site::seeded();
    for query in ["region=atlantis", "after=x", "zoom=3", "killed=x"] {
        site.error(&format!("/map?{query}"), 400).await;
    }
    let page = site.error("/map?region=atlantis", 400).await;
    assert!(hrefs(&page, ".allowed a").contains(&"/map?region=gao".to_owned()));
}

#[tokio::test]
async fn the_json_twin_has_the_same_places() {
    let site = site();
    let json = site.json("/map.json").await;
    assert_eq!((&json["total"], &json["without_place"]), (&8.into(), &1.into()));
    let places = json["places"].as_array().unwrap();
    assert_eq!(places.len(), 6);
    assert_eq!((&places[0]["key"], &places[0]["incidents"]), (&"gao".into(), &2.into()));
    assert!(json["attribution"].as_str().unwrap().contains("public domain"));
}
