use super::{Answer, Site, all, hrefs, seed, text, texts};
use axum::body::Body;
use axum::http::Request;
use mali_timeline::store::decision::{self, Decision};

impl Site {
    /// Sends the form of a decision as a browser at this machine does.
    async fn decide(&self, form: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::post("/matches")
            .header("host", "localhost:7400")
            .header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }
}

const OURS: &[(&str, &str)] = &[("origin", "http://localhost:7400")];

/// Two of the seeded incidents, about which nothing is listed by rules.
fn two(site: &Site) -> [String; 2] {
    let filter = Default::default();
    let page = mali_timeline::store::incident::Page { after: None, size: 2 };
    let found = site.seeded.db.read(|db| mali_timeline::store::incident::list(db, &filter, &page));
    let ids: Vec<_> = found.unwrap().rows.into_iter().map(|i| i.id).collect();
    ids.try_into().unwrap()
}

fn doubt(site: &Site, [a, b]: [&str; 2]) {
    let reason = mali_timeline::matching::Reason::Kinds;
    site.seeded.db.write(|tx| decision::doubt(tx, a, b, 0.6, reason)).unwrap();
}

#[tokio::test]
async fn a_pair_is_explained_decided_and_undone() {
    let site = Site::of_writable(seed::seeded());
    let [a, b] = two(&site);
    doubt(&site, [&a, &b]);
    let page = site.page("/matches").await;
    assert_eq!(texts(&page, ".match h2").len(), 1);
    assert_eq!(texts(&page, ".why th[scope=row]"), ["Where", "Date", "Kind", "Actors", "Figures"]);
    assert!(text(&page, ".match h2").ends_with("the kinds of event do not fit"));
    let buttons = texts(&page, ".decide button");
    assert_eq!(buttons, ["They are one incident", "They are two incidents"]);
    for id in [&a, &b] {
        assert!(hrefs(&page, ".account h3 a").contains(&format!("/incidents/{id}")));
    }

    let answer = site.decide(&format!("action=same&a={a}&b={b}&show=open"), OURS).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/matches"));
    assert!(all(&site.page("/matches").await, ".match").is_empty());
    let page = site.page("/matches?show=decided").await;
    assert!(text(&page, ".decided").ends_with("one incident."));
    assert_eq!(texts(&page, ".decide button"), ["Undo this decision"]);
    let answer = site.get(&format!("/incidents/{}", a.clone().max(b.clone()))).await;
    assert!([200, 301].contains(&answer.status.as_u16()));

    let answer = site.decide(&format!("action=undo&a={b}&b={a}&show=decided"), OURS).await;
    assert_eq!(answer.header("location"), "/matches?show=decided");
    assert_eq!(all(&site.page("/matches").await, ".match").len(), 1);
    let json = site.json("/matches.json").await;
    assert_eq!(json["pairs"][0]["decision"], "open");
    assert_eq!(json["pairs"][0]["explanation"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn err_only_a_form_of_ours_at_this_machine_decides() {
    let site = Site::of_writable(seed::seeded());
    let [a, b] = two(&site);
    doubt(&site, [&a, &b]);
    let form = format!("action=same&a={a}&b={b}");
    for headers in [
        &[][..],
        &[("origin", "http://evil.example")],
        &[("origin", "null")],
        &[("origin", "http://localhost:7400"), ("sec-fetch-site", "cross-site")],
        &[("origin", "http://localhost:7400"), ("x-forwarded-for", "10.0.0.7")],
        &[("referer", "http://evil.example/matches")],
    ] {
        let answer = site.decide(&form, headers).await;
        assert_eq!(answer.status.as_u16(), 403, "{headers:?}");
        assert!(answer.html().html().contains("<h1"));
    }
    let open = site.seeded.db.read(decision::pairs).unwrap();
    assert_eq!(open[0].decision, Decision::Open);
    for (form, status) in [
        (format!("action=explode&a={a}&b={b}"), 400),
        (format!("action=same&a={a}&b=nobody"), 409),
        (format!("action=same&a={a}&b={a}"), 409),
        (format!("action=undo&a={a}&b={b}"), 409),
        (format!("action=part&incident={a}&source=nobody"), 409),
        (String::new(), 400),
    ] {
        assert_eq!(site.decide(&form, OURS).await.status.as_u16(), status, "{form}");
    }
}

#[tokio::test]
async fn where_nothing_can_be_written_there_is_no_form_and_no_address() {
    let site = Site::seeded();
    let [a, b] = two(&site);
    doubt(&site, [&a, &b]);
    let page = site.page("/matches").await;
    assert_eq!(all(&page, ".match").len(), 1);
    assert!(
        all(&page, "form, button[name=action]")
            .iter()
            .all(|e| e.value().attr("method") != Some("post"))
    );
    assert!(all(&page, ".decide").is_empty());
    assert_eq!(texts(&page, ".note").len(), 1);
    let answer = site.decide(&format!("action=same&a={a}&b={b}"), OURS).await;
    assert_eq!(answer.status.as_u16(), 405);
    assert_eq!(site.seeded.db.read(decision::pairs).unwrap()[0].decision, Decision::Open);
}

#[tokio::test]
async fn lists_empty_bad_and_in_french() {
    let site = Site::empty();
    let page = site.page("/matches").await;
    assert_eq!(text(&page, ".nothing"), "Nothing is listed here.");
    assert_eq!(
        hrefs(&page, ".views a"),
        ["/matches", "/matches?show=decided", "/matches?show=joined"]
    );
    let page = site.page("/matches?show=joined&lang=fr").await;
    assert_eq!(text(&page, "h1"), "Un incident ou deux\u{202f}?");
    let page = site.error("/matches?show=all", 400).await;
    assert_eq!(texts(&page, ".allowed code"), ["open", "decided", "joined"]);
    site.error("/matches?after=nothing", 400).await;
    site.error("/matches?sort=oldest", 400).await;
}

#[tokio::test]
async fn what_rules_joined_is_listed_and_can_be_parted() {
    let site = Site::of_writable(seed::seeded());
    let joined = site.seeded.db.read(|db| decision::joined(db, None, "", 9)).unwrap();
    let first = joined.first().expect("a seeded incident that several sources tell");
    let source = &first.accounts.last().unwrap().source.id;
    let page = site.page("/matches?show=joined").await;
    assert!(
        texts(&page, ".decide button")
            .contains(&"This source tells of another incident".to_owned())
    );
    let form = format!("action=part&incident={}&source={source}&show=joined", first.id);
    assert_eq!(site.decide(&form, OURS).await.status.as_u16(), 303);
    let incident = site.json(&format!("/incidents/{}.json", first.id)).await;
    let told = incident["incident"]["accounts"].as_array().unwrap();
    assert!(told.iter().all(|a| a["source"]["id"] != source.as_str()));
    let page = site.page(&format!("/matches?show=decided&incident={}", first.id)).await;
    assert_eq!(texts(&page, ".decide button"), ["Undo this decision"]);
}
