use super::{Site, all, hrefs, text, texts};

#[tokio::test]
async fn two_filters_stand_side_by_side() {
    let site = Site::seeded();
    let page = site.page("/compare?a.region=mopti&b.region=menaka").await;
    assert_eq!(
        texts(&page, ".sides h2"),
        ["A Incidents in the region Mopti", "B Incidents in the region Ménaka"]
    );
    assert_eq!(hrefs(&page, ".sides h2 a"), ["/?region=mopti", "/?region=menaka"]);
    assert!(texts(&page, ".sides .numbers")[0].starts_with("4 incidents"));
    assert!(texts(&page, ".sides .numbers")[1].starts_with("2 incidents"));
    let kinds = texts(&page, "[aria-labelledby='t-type'] tbody tr");
    assert!(kinds.contains(&"Massacre 2 1".to_owned()), "{kinds:?}");
    assert!(kinds.contains(&"Armed clash 1 0".to_owned()), "{kinds:?}");
    // A row leads to its incidents.
    let links = hrefs(&page, "[aria-labelledby='t-type'] td a");
    assert!(links.contains(&"/?region=menaka&type=massacre".to_owned()), "{links:?}");
    // What was chosen is not compared.
    assert!(all(&page, "[aria-labelledby='t-region']").is_empty());
}

#[tokio::test]
async fn both_charts_have_one_scale() {
    let page = Site::seeded().page("/compare?a.from=2022&a.to=2022&b.from=2018&b.to=2019").await;
    let tops = texts(&page, ".sides .panel:first-child .top");
    assert_eq!(tops.len(), 2);
    assert_eq!(tops[0], tops[1]);
    let years =
        |side: &str| texts(&page, &format!("[aria-labelledby='h-{side}'] .panel:first-child text"));
    assert_eq!(years("A"), ["2018", "2019", "2020", "2021", "2022"]);
    assert_eq!(years("A"), years("B"));
    assert_eq!(
        hrefs(&page, "[aria-labelledby='h-A'] .panel:first-child a"),
        ["/?from=2022&to=2022"]
    );
}

#[tokio::test]
async fn the_form_says_what_is_compared_and_carries_the_rest_along() {
    let site = Site::seeded();
    let path = "/compare?a.region=gao&a.region=mopti&a.q=army&b.perpetrator=jnim&lang=fr";
    let page = site.page(path).await;
    let hidden: Vec<_> = all(&page, "form input[type=hidden]")
        .iter()
        .map(|e| (e.attr("name").unwrap(), e.attr("value").unwrap()))
        .collect();
    assert_eq!(
        hidden,
        [("lang", "fr"), ("a.region", "gao"), ("a.region", "mopti"), ("a.q", "army")]
    );
    let chosen: Vec<_> =
        all(&page, "option[selected]").iter().map(|e| e.attr("value").unwrap()).collect();
    assert_eq!(chosen, ["jnim"]);
    let answer = site.get("/compare?a.region=&a.from=2022&b.region=gao&b.to=").await;
    assert_eq!(answer.status.as_u16(), 303);
    assert_eq!(answer.header("location"), "/compare?a.from=2022&b.region=gao");
    let list = site.page("/?region=gao").await;
    assert!(hrefs(&list, ".views a").contains(&"/compare?a.region=gao".to_owned()));
}

#[tokio::test]
async fn nothing_to_compare_is_a_page() {
    let page = Site::empty().page("/compare").await;
    assert_eq!(text(&page, "h1"), "Compare");
    assert!(all(&page, ".pairs").is_empty() && all(&page, ".chart").is_empty());
    Site::seeded().page("/compare?a.region=kayes&b.region=kidal").await;
}

#[tokio::test]
async fn err_bad_values_name_their_side() {
    let site = Site::seeded();
    let page = site.error("/compare?a.region=gao&b.region=atlantis", 400).await;
    assert_eq!(text(&page, "code bdi"), "b.region=atlantis");
    let links = hrefs(&page, ".allowed a");
    assert!(links.contains(&"/compare?a.region=gao&b.region=mopti".to_owned()), "{links:?}");
    for query in ["region=gao", "c.region=gao", "a.sort=oldest", "a.killed=x", "a.q=%21"] {
        site.error(&format!("/compare?{query}"), 400).await;
    }
    let hostile = "/compare?a.q=%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    assert!(all(&site.page(hostile).await, "script").is_empty());
}

#[tokio::test]
async fn the_json_twin_says_the_same() {
    let json = Site::seeded().json("/compare.json?a.region=mopti&b.region=menaka").await;
    assert_eq!((&json["a"]["incidents"], &json["b"]["incidents"]), (&4.into(), &2.into()));
    assert_eq!(json["a"]["counts"]["type"]["massacre"], 2);
    assert_eq!(json["b"]["timeline"], "/timeline.json?region=menaka");
}
