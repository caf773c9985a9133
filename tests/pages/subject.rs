use super::{Site, all, hrefs, text, texts};

#[tokio::test]
async fn an_actor_says_what_is_known_and_what_is_told() {
    let page = Site::seeded().page("/actors/katiba-macina").await;
    assert_eq!(text(&page, "h1"), "Katiba Macina");
    assert_eq!(text(&page, ".subject .back"), "Actor");
    let known = texts(&page, ".known > div");
    assert!(known.contains(&"Kind Jihadist group".to_owned()), "{known:?}");
    assert!(known.iter().any(|k| k.starts_with("Part of JNIM")), "{known:?}");
    assert!(known.iter().any(|k| k.starts_with("Also written ")), "{known:?}");
    assert!(hrefs(&page, ".known a").contains(&"/actors/jnim".to_owned()));
    assert!(text(&page, ".known + .note").contains("not from the sources"));
    assert!(text(&page, ".numbers").starts_with("2 incidents, told by 2 sources"));
    // By stance, each with its list.
    assert_eq!(
        texts(&page, "[aria-labelledby='g-stance'] li"),
        ["Claimed by the actor 1", "Stated by the source 1"]
    );
    assert_eq!(
        hrefs(&page, "[aria-labelledby='g-stance'] a"),
        ["/?perpetrator=katiba-macina&stance=claimed", "/?perpetrator=katiba-macina&stance=stated",]
    );
    assert_eq!(
        hrefs(&page, ".briefs a"),
        ["/incidents/2022-04-24-sevare", "/incidents/2022-04-19-hombori"]
    );
    assert_eq!(
        hrefs(&page, ".views a"),
        ["/?perpetrator=katiba-macina", "/map?perpetrator=katiba-macina"]
    );
}

#[tokio::test]
async fn a_whole_has_the_chart_and_the_incidents_of_its_parts() {
    let page = Site::seeded().page("/actors/jnim").await;
    assert!(text(&page, ".numbers").starts_with("3 incidents"));
    assert!(hrefs(&page, ".known a").contains(&"/actors/katiba-macina".to_owned()));
    let bars = hrefs(&page, ".chart .panel:first-child a");
    assert_eq!(bars[0], "/?perpetrator=jnim&from=2022-04&to=2022-04");
}

#[tokio::test]
async fn a_place_has_its_regions_through_time() {
    let page = Site::seeded().page("/places/hombori").await;
    assert_eq!(text(&page, "h1"), "Hombori");
    let known = texts(&page, ".known > div");
    for line in [
        "Cercle (before 2012) Douentza",
        "Region until 2015 Mopti",
        "Region since 2023 Douentza",
        "Coordinates 15.28° N, 1.70° W",
    ] {
        assert!(known.contains(&line.to_owned()), "{known:?}");
    }
    assert_eq!(hrefs(&page, ".briefs a"), ["/incidents/2022-04-19-hombori"]);
    assert_eq!(texts(&page, "[aria-labelledby='g-type'] li"), ["Massacre 1"]);
}

#[tokio::test]
async fn a_victim_group_has_its_place_in_the_tree() {
    let page = Site::seeded().page("/victims/tuareg?lang=fr").await;
    assert_eq!(text(&page, "h1"), "Touareg");
    let known = texts(&page, ".known > div");
    assert!(known.iter().any(|k| k.starts_with("Parties ")), "{known:?}");
    assert!(known.iter().any(|k| k.starts_with("En anglais Tuareg")), "{known:?}");
    let links = hrefs(&page, ".known a");
    assert!(links.contains(&"/victims/daoussahak?lang=fr".to_owned()), "{links:?}");
    assert_eq!(hrefs(&page, ".briefs a"), ["/incidents/2018-04-26-aklaz?lang=fr"]);
}

#[tokio::test]
async fn nothing_told_is_a_page_too() {
    let page = Site::seeded().page("/places/kayes").await;
    assert_eq!(text(&page, ".numbers"), "Nothing that was imported tells of an incident here.");
    assert!(all(&page, ".briefs").is_empty() && all(&page, ".views").is_empty());
    assert_eq!(text(&Site::empty().page("/actors/jnim").await, "h1"), "JNIM");
}

#[tokio::test]
async fn what_only_a_source_names_has_a_page() {
    let page = Site::seeded().page("/places/akabar").await;
    assert_eq!(text(&page, "h1"), "Akabar");
    let page = Site::seeded().page("/actors/sons-x").await;
    assert_eq!(text(&page, "h1"), "<Sons> \"x\"");
    assert!(all(&page, ".known").is_empty());
}

#[tokio::test]
async fn codes_stand_with_their_set_and_edition() {
    let site = Site::seeded();
    let codes = async |path: &str| site.json(path).await["known"]["Codes"].clone();
    let v03 = "(OCHA COD-AB v03, division of 2023)";
    // ML-9 of ISO and ML09 of COD-AB are two regions.
    let menaka = codes("/places/menaka-region.json").await;
    assert_eq!(menaka, serde_json::json!(["ISO 3166-2 ML-9", format!("P-code ML10 {v03}")]));
    let taoudenit = codes("/places/taoudenit-region.json").await;
    assert_eq!(taoudenit, serde_json::json!(["ISO 3166-2 ML-10", format!("P-code ML09 {v03}")]));
    let hombori = codes("/places/hombori.json").await;
    assert_eq!(hombori[0], format!("Douentza: P-code ML18 {v03}"));
    let french = site.json("/places/hombori.json?lang=fr").await["known"]["Codes"][0].clone();
    assert!(french.as_str().unwrap().starts_with("Douentza\u{a0}: P-code"), "{french}");
    let page = site.page("/places/tombouctou-region?lang=fr").await;
    let known = super::texts(&page, "dl dd").join(" ");
    assert!(known.contains("Timbuktu") && known.contains("ISO 3166-2 ML-6"), "{known}");
    site.error("/places/atlantis-region", 404).await;
}

#[tokio::test]
async fn err_unknown_ids_and_parameters() {
    let site = Site::seeded();
    for path in [
        "/actors/nobody", "/actors/hombori", "/places/atlantis", "/places/jnim", "/victims/x",
        "/victims/%3Cscript%3E", "/actors/nobody.json",
    ] {
        assert_eq!(site.get(path).await.status.as_u16(), 404, "{path}");
    }
    site.error("/actors/jnim?region=gao", 400).await;
}

#[tokio::test]
async fn the_json_twin_says_the_same() {
    let json = Site::seeded().json("/actors/jnim.json").await;
    assert_eq!((&json["name"], &json["incidents"]), (&"JNIM".into(), &3.into()));
    assert_eq!(json["counts"]["stance"]["claimed"], 3);
    assert_eq!(json["timeline"], "/timeline.json?perpetrator=jnim");
    let json = Site::seeded().json("/places/hombori.json").await;
    assert_eq!(json["known"]["Coordinates"][0], "15.28° N, 1.70° W");
}
