use super::seed::Writer;
use super::{Site, all, hrefs, text, texts};

#[tokio::test]
async fn actors_stand_by_kind_and_below_their_whole_with_what_they_list() {
    let site = Site::seeded();
    let page = site.page("/actors").await;
    assert_eq!(text(&page, "h1"), "Actors");
    assert_eq!(texts(&page, "nav [aria-current]"), ["Actors"]);
    assert_eq!(
        texts(&page, ".groups h2"),
        ["Forces of Mali", "Private military company", "Jihadist group", "Not identified"]
    );
    let parts = texts(&page, ".groups .depth-2 .t");
    assert!(parts.iter().any(|name| name.contains("Katiba Macina")), "{parts:?}");
    // Who only speaks, or is named by nobody, is folded away, with a page all the same.
    let silent = hrefs(&page, ".silent a");
    assert!(silent.contains(&"/actors/gatia".to_owned()), "{silent:?}");
    assert!(!silent.contains(&"/actors/jnim".to_owned()));
}

#[tokio::test]
async fn every_number_lists_as_many_and_every_name_has_its_page() {
    let site = Site::seeded();
    let mut followed = 0;
    for path in ["/actors", "/places", "/victims"] {
        let page = site.page(path).await;
        for (name, list) in hrefs(&page, ".groups .t").iter().zip(hrefs(&page, ".groups .n")) {
            site.page(name).await;
            let said = texts(&page, &format!(".groups .n[href='{list}']"));
            let listed = all(&site.page(&list).await, "article.item").len();
            assert_eq!(said[0].split(' ').next().unwrap(), listed.to_string(), "{list}");
            followed += 1;
        }
    }
    assert!(followed > 20, "{followed}");
}

#[tokio::test]
async fn places_stand_under_their_region_of_today() {
    let site = Site::seeded();
    let page = site.page("/places").await;
    let headings = texts(&page, ".groups h2");
    assert_eq!(headings, ["Douentza", "Ménaka", "Mopti", "Ségou", "Region not known"]);
    let under = texts(&page, ".groups section:first-child .t");
    assert_eq!(under, ["Hombori"]);
    let french = site.page("/victims?lang=fr").await;
    assert_eq!(text(&french, "h1"), "Victimes");
    assert!(hrefs(&french, ".groups .t").iter().all(|href| href.ends_with("?lang=fr")));
}

#[tokio::test]
async fn a_region_with_many_places_leads_on_to_its_map() {
    let site = Site::empty();
    let words = |n: usize| format!("killed at Place{n:03}.");
    let text = (0..34).map(words).collect::<Vec<_>>().join(" ");
    let mut doc = Writer::new("many.txt", "Many places", &text);
    for n in 0..34 {
        doc = doc.tells(&words(n), |t| t.at(&format!("Place{n:03}"), "gao", "gao"));
    }
    site.seeded.import(&[doc.done()]);
    let page = site.page("/places").await;
    assert_eq!(all(&page, ".groups .t").len(), 30);
    assert_eq!(texts(&page, ".groups .all"), ["4 more, with the map"]);
    assert_eq!(hrefs(&page, ".groups .all a"), ["/map?region=gao"]);
}

#[tokio::test]
async fn the_json_twins_have_the_same_and_the_silent_too() {
    let site = Site::seeded();
    for (path, of) in [("/actors", "perpetrator"), ("/places", "place"), ("/victims", "victim")] {
        let json = site.json(&format!("{path}.json")).await;
        assert_eq!(json["of"], of);
        let page = site.page(path).await;
        let shown = all(&page, ".groups .t, .silent a").len();
        assert_eq!(json["subjects"].as_array().unwrap().len(), shown);
    }
}

#[tokio::test]
async fn an_empty_database_and_err_parameters() {
    let site = Site::empty();
    let page = site.page("/places").await;
    assert_eq!(all(&page, ".groups li").len(), 0);
    assert!(text(&page, "main").contains("Nothing that was imported"));
    site.error("/actors?region=gao", 400).await;
    site.error("/villages", 404).await;
}
