use super::seed::{self, Writer};
use super::{Site, all, hrefs, text, texts};
use jiff::civil::date;
use mali_timeline::model::date::DateSpan;
use scraper::{ElementRef, Html, Selector};

fn ids(page: &Html) -> Vec<String> {
    let items = all(page, "article.item").into_iter();
    items.map(|e| e.attr("id").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn incidents_stand_by_year_and_month_newest_first() {
    let page = Site::seeded().page("/").await;
    assert_eq!(text(&page, "h1"), "All incidents");
    assert_eq!(text(&page, "head > title"), "All incidents — Mali timeline");
    assert_eq!(
        text(&page, ".numbers"),
        "8 incidents, told by 5 sources, with 21 claimed figures. \
         From 26 April 2018 to 10 January 2023, and one whose date is not known."
    );
    assert_eq!(
        ids(&page),
        [
            "2023-01-10-diafarabe",
            "2022-04-24-sevare",
            "2022-04-19-hombori",
            "2022-03-moura",
            "2020-05-03-i-nowhere-i",
            "2019-abduction-of-a-headman",
            "2018-04-26-aklaz",
            "undated-akabar",
        ]
    );
    assert_eq!(
        texts(&page, ".year > h2"),
        ["2023", "2022", "2020", "2019", "2018", "Date not known"]
    );
    assert_eq!(
        texts(&page, ".month > h3:not(.sr)"),
        ["January", "April", "March", "May", "Month and day not known", "April"]
    );
    assert_eq!(all(&page, ".undated article").len(), 1);
}

#[tokio::test]
async fn an_item_says_everything_with_its_words() {
    let page = Site::seeded().page("/").await;
    let of = |selector: &str| texts(&page, &format!("[id='2022-04-19-hombori'] {selector}"));
    assert_eq!(of(".when"), ["19 April 2022"]);
    assert_eq!(of("h4"), ["Market of Hombori, April 2022"]);
    assert_eq!(of(".where"), ["Hombori Mopti, today Douentza"]);
    assert_eq!(of(".kind"), ["Massacre · Parsed, not reviewed"]);
    assert_eq!(
        of(".facts li .said"),
        [
            "claimed by JNIM",
            "Katiba Macina — as the source states it",
            "Wagner Group — as the source states it",
        ]
    );
    assert_eq!(of(".facts .row .said"), ["Civilians", "Malian soldiers"]);
    assert_eq!(
        of(".toll"),
        [
            "18–50 or more people killed, by 3 claims scale 0 to 60",
            "611 people detained, by one claim",
        ]
    );
    assert_eq!(
        of(".claim summary"),
        [
            "at least 50 civilians killed, according to Human Rights Watch",
            "18 jihadist fighters killed, according to Malian Armed Forces, 22 April 2022",
            "about 20 killed, according to a local official",
            "2 children killed, according to Human Rights Watch a part of the victims",
            "611 detained, according to Malian Armed Forces",
        ]
    );
    assert_eq!(of(".claim blockquote p")[0], "at least 50 civilians killed");
    let links = hrefs(&page, "[id='2022-04-19-hombori'] a.said");
    assert_eq!(links.len(), 7);
    for link in links {
        assert!(link.starts_with("/sources/hombori-and-moura-in-2022#p-"), "{link}");
    }
}

#[tokio::test]
async fn the_sign_of_a_date_shows_how_exact_it_is() {
    let page = Site::seeded().page("/").await;
    for (id, class) in [
        ("2022-04-19-hombori", "d-day"),
        ("2018-04-26-aklaz", "d-range"),
        ("2022-03-moura", "d-month"),
        ("2019-abduction-of-a-headman", "d-year"),
        ("undated-akabar", "d-unknown"),
    ] {
        assert_eq!(all(&page, &format!("[id='{id}'].{class}")).len(), 1, "{id}");
    }
    let when = |id: &str| text(&page, &format!("[id='{id}'] .when"));
    assert_eq!(when("2018-04-26-aklaz"), "26–27 April 2018");
    assert_eq!(when("2022-03-moura"), "March 2022 (day not known)");
    assert_eq!(when("2019-abduction-of-a-headman"), "2019 (day not known)");
    assert_eq!(when("undated-akabar"), "date not known");
}

#[tokio::test]
async fn filters_list_exactly_what_fits() {
    let site = Site::seeded();
    for (query, expected) in [
        (
            "region=mopti",
            vec![
                "2023-01-10-diafarabe", "2022-04-24-sevare", "2022-04-19-hombori", "2022-03-moura",
            ],
        ),
        ("region=douentza", vec!["2022-04-19-hombori"]),
        (
            "perpetrator=jnim",
            vec!["2023-01-10-diafarabe", "2022-04-24-sevare", "2022-04-19-hombori"],
        ),
        ("perpetrator=katiba-macina&stance=stated", vec!["2022-04-19-hombori"]),
        ("victim=tuareg", vec!["2018-04-26-aklaz"]),
        (
            "type=abduction&type=armed-clash",
            vec!["2023-01-10-diafarabe", "2019-abduction-of-a-headman"],
        ),
        ("stance=denied", vec!["2022-03-moura"]),
        ("from=2022-04-20&to=2022", vec!["2022-04-24-sevare"]),
        ("q=herders", vec!["undated-akabar"]),
        ("source=diafarabe-and-koumara&q=headman", vec![]),
        ("region=mopti&perpetrator=jnim&victim=civilians", vec!["2022-04-19-hombori"]),
        ("sort=deadliest&region=segou", vec!["2023-01-10-diafarabe", "2022-04-24-sevare"]),
    ] {
        let page = site.page(&format!("/?{query}")).await;
        assert_eq!(ids(&page), expected, "{query}");
    }
}

#[tokio::test]
async fn a_filter_is_a_sentence_and_can_be_taken_back() {
    let site = Site::seeded();
    let page = site.page("/?region=mopti&perpetrator=jnim&from=2022&q=army").await;
    let sentence = "Incidents in the region Mopti; with JNIM named as perpetrator; \
                    from 2022 on; mentioning “army”";
    assert_eq!(text(&page, "h1"), sentence);
    assert_eq!(text(&page, "head > title"), format!("{sentence} — Mali timeline"));
    assert_eq!(
        texts(&page, ".chips a"),
        [
            "Region: Mopti × — remove",
            "Perpetrator named: JNIM × — remove",
            "From: 2022 × — remove",
            "Text: army × — remove",
            "Show everything",
        ]
    );
    assert_eq!(
        hrefs(&page, ".chips a"),
        [
            "/?perpetrator=jnim&from=2022&q=army",
            "/?region=mopti&from=2022&q=army",
            "/?region=mopti&perpetrator=jnim&q=army",
            "/?region=mopti&perpetrator=jnim&from=2022",
            "/",
        ]
    );
    // The form carries the choices along.
    let hidden = all(&page, "form input[type=hidden]");
    let hidden: Vec<_> =
        hidden.iter().map(|e| (e.attr("name").unwrap(), e.attr("value").unwrap())).collect();
    assert_eq!(hidden, [("region", "mopti"), ("perpetrator", "jnim")]);
}

#[tokio::test]
async fn counts_say_what_a_choice_gives() {
    let site = Site::seeded();
    let page = site.page("/?victim=civilians").await;
    let links = all(&page, ".facet li a");
    assert!(links.len() > 8);
    for link in links {
        let count = link.select(&scraper::Selector::parse(".n").unwrap()).next().unwrap();
        let count: usize = super::words(count).parse().unwrap();
        let href = link.attr("href").unwrap();
        // Choosing a second value of the same kind adds to the first.
        if href.matches("victim=").count() == 1 {
            assert_eq!(ids(&site.page(href).await).len(), count, "{href}");
        }
    }
    let chosen = texts(&page, ".facet a[aria-current]");
    assert_eq!(chosen, ["Civilians 4"]);
}

#[tokio::test]
async fn parts_stand_below_their_whole() {
    let page = Site::seeded().page("/").await;
    let victims = texts(&page, "[aria-labelledby='f-victim'] > ul > li");
    assert_eq!(victims[..3], ["Civilians 4", "Tuareg 1", "Daoussahak 1"]);
    let depth = |class: &str| texts(&page, &format!("[aria-labelledby='f-victim'] .{class}"));
    assert_eq!(depth("depth-1")[0], "Tuareg 1");
    assert_eq!(depth("depth-2")[0], "Daoussahak 1");
}

#[tokio::test]
async fn err_bad_values_say_what_is_allowed() {
    let site = Site::seeded();
    for (query, found, expected) in [
        ("region=atlantis", "region=atlantis", "mopti Mopti"),
        ("perpetrator=nobody", "perpetrator=nobody", "jnim JNIM"),
        ("victim=x", "victim=x", "civilians Civilians"),
        ("type=war", "type=war", "massacre Massacre"),
        ("stance=maybe", "stance=maybe", "denied Denied"),
        ("status=done", "status=done", "reviewed Reviewed"),
        ("sort=up", "sort=up", "oldest Oldest first"),
        ("lang=de", "lang=de", "fr French"),
        ("from=soon", "from=soon", "a date as YYYY, YYYY-MM or YYYY-MM-DD"),
        ("from=2023&to=2022", "to=2022", "not before the first one"),
        ("q=%21%3F", "q=!?", "at least one letter or digit"),
        ("after=x", "after=x", "the link to the next page"),
        ("source=x", "source=x", "diafarabe-and-koumara"),
    ] {
        let page = site.error(&format!("/?{query}"), 400).await;
        assert_eq!(text(&page, "h1"), "This value is not allowed", "{query}");
        assert_eq!(text(&page, "code bdi"), found, "{query}");
        let facts = text(&page, ".error dl");
        assert!(facts.contains(expected), "{query}: {facts}");
    }
}

#[tokio::test]
async fn err_an_unknown_parameter_is_named() {
    let site = Site::seeded();
    let page = site.error("/?regoin=mopti", 400).await;
    assert_eq!(text(&page, "h1"), "This parameter is not known");
    assert_eq!(text(&page, "code bdi"), "regoin");
    assert!(text(&page, ".error dl").contains("region, place, perpetrator"));
    let json = site.get("/timeline.json?regoin=mopti").await;
    assert_eq!(json.status.as_u16(), 400);
    let body: serde_json::Value = serde_json::from_slice(&json.body).unwrap();
    assert_eq!(body["parameter"], "regoin");
}

#[tokio::test]
async fn err_a_bad_value_can_be_replaced_with_one_click() {
    let site = Site::seeded();
    let page = site.error("/?type=massacre&region=atlantis&lang=fr", 400).await;
    let links = hrefs(&page, ".allowed a");
    assert!(links.contains(&"/?type=massacre&region=gao&lang=fr".to_owned()));
    site.page(&links[0]).await;
}

#[tokio::test]
async fn nothing_found_is_a_page_with_ways_back() {
    let page = Site::seeded().page("/?region=kayes&from=2022").await;
    assert_eq!(text(&page, ".nothing h2"), "No incident fits this filter");
    assert_eq!(hrefs(&page, ".nothing a"), ["/?from=2022", "/?region=kayes", "/"]);
}

#[tokio::test]
async fn an_empty_database_says_how_to_fill_it() {
    let page = Site::empty().page("/").await;
    assert_eq!(text(&page, ".nothing h2"), "Nothing has been imported yet");
    assert_eq!(text(&page, ".nothing code"), "mali-timeline import FILE…");
}

#[tokio::test]
async fn empty_fields_of_the_form_leave_the_address() {
    let answer = Site::seeded().get("/?q=&from=&to=2022&sort=newest&lang=fr").await;
    assert_eq!(answer.status.as_u16(), 303);
    assert_eq!(answer.header("location"), "/?to=2022&lang=fr");
}

#[tokio::test]
async fn french_pages_are_french_and_stay_so() {
    let page = Site::seeded().page("/?lang=fr&region=mopti").await;
    assert_eq!(all(&page, "html")[0].attr("lang"), Some("fr"));
    assert_eq!(text(&page, "h1").replace('\u{a0}', " "), "Incidents : région Mopti");
    let when = text(&page, "[id='2022-04-19-hombori'] .when");
    assert_eq!(when, "19 avril 2022");
    assert_eq!(hrefs(&page, "a.lang"), ["/?region=mopti&lang=en"]);
    for link in hrefs(&page, "a[href^='/']") {
        assert!(link.contains("lang="), "{link}");
    }
}

#[tokio::test]
async fn the_browsers_language_is_taken() {
    let site = Site::seeded();
    let request = axum::http::Request::get("/")
        .header("accept-language", "fr-FR,fr;q=0.9,en;q=0.5")
        .body(axum::body::Body::empty())
        .unwrap();
    let page = site.send(request).await.html();
    assert_eq!(text(&page, "h1"), "Tous les incidents");
    assert_eq!(hrefs(&page, "a.lang"), ["/?lang=en"]);
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repeat() {
    let seeded = seed::empty();
    let days: Vec<_> =
        (0..105).map(|n| date(2022, 1, 1).saturating_add(jiff::Span::new().days(n))).collect();
    let documents: Vec<_> = days
        .iter()
        .map(|day| {
            let text = format!("On {day} something happened at Niono.\n");
            Writer::new(&format!("{day}.txt"), &format!("Event of {day}"), &text)
                .tells(text.trim(), |t| t.on(DateSpan::day(*day), &day.to_string()))
                .done()
        })
        .collect();
    seeded.import(&documents);
    let site = Site::of(seeded);
    let (mut path, mut seen, mut pages) = ("/?from=2022".to_owned(), Vec::new(), 0);
    loop {
        let page = site.page(&path).await;
        seen.extend(ids(&page));
        pages += 1;
        assert_eq!(all(&page, ".chart").len(), usize::from(pages == 1));
        match hrefs(&page, "a[rel=next]").pop() {
            Some(next) => path = next,
            None => break,
        }
    }
    assert_eq!(pages, 3);
    let mut unique = seen.clone();
    unique.sort();
    unique.dedup();
    assert_eq!((seen.len(), unique.len()), (105, 105));
}

#[tokio::test]
async fn bars_of_the_chart_narrow_the_dates() {
    let site = Site::seeded();
    let page = site.page("/?region=mopti").await;
    let bars = hrefs(&page, ".chart .panel:first-child a");
    assert_eq!(
        bars,
        [
            "/?region=mopti&from=2022-03&to=2022-03",
            "/?region=mopti&from=2022-04&to=2022-04",
            "/?region=mopti&from=2023-01&to=2023-01",
        ]
    );
    assert_eq!(
        texts(&page, ".chart tbody tr"),
        [
            "March 2022 1 up to 500 or more people killed",
            "April 2022 2 24–65 or more people killed",
            "January 2023 1 45 people killed",
        ]
    );
    assert_eq!(ids(&site.page(&bars[1]).await).len(), 2);
}

#[tokio::test]
async fn the_json_twin_lists_the_same() {
    let site = Site::seeded();
    let json = site.json("/timeline.json?region=mopti").await;
    let page = site.page("/?region=mopti").await;
    let listed: Vec<_> = json["incidents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(listed, ids(&page));
    assert_eq!(json["total"], 4);
    assert_eq!(json["filter"], "Incidents in the region Mopti");
}

#[tokio::test]
async fn figures_are_asked_for_by_the_lowest_or_the_highest_claim() {
    let site = Site::seeded();
    for (query, expected) in [
        // 18 by the army, 50 by Human Rights Watch.
        ("killed=20&region=douentza", vec![]),
        ("killed=18&region=douentza", vec!["2022-04-19-hombori"]),
        ("killed=50&killed_by=high&region=douentza", vec!["2022-04-19-hombori"]),
        ("killed=51&killed_by=high&region=douentza", vec![]),
        ("killed=1&type=abduction", vec![]),
    ] {
        assert_eq!(ids(&site.page(&format!("/?{query}")).await), expected, "{query}");
    }
    let page = site.page("/?killed=44&killed_by=high&lang=fr").await;
    assert_eq!(
        text(&page, "h1").replace('\u{a0}', " "),
        "Incidents : au moins 44 morts selon le bilan le plus élevé"
    );
    let chips = texts(&page, ".chips a");
    assert!(chips[0].starts_with("Morts, au moins"), "{chips:?}");
    let chosen = texts(&page, "#killed_by option[selected]");
    assert_eq!(chosen, ["le plus élevé"]);
    for query in ["killed=0", "killed=many", "killed=-3", "killed_by=me&killed=3"] {
        site.error(&format!("/?{query}"), 400).await;
    }
}

#[tokio::test]
async fn a_region_is_that_of_the_day_or_that_of_today() {
    let site = Site::seeded();
    let hombori = "2022-04-19-hombori".to_owned();
    for (query, found) in [
        ("region=mopti", true),
        ("region=mopti&region_as=then", true),
        ("region=mopti&region_as=now", false),
        ("region=douentza&region_as=now", true),
        ("region=douentza&region_as=then", false),
    ] {
        let page = site.page(&format!("/?{query}")).await;
        assert_eq!(ids(&page).contains(&hombori), found, "{query}");
    }
    let page = site.page("/?region=mopti&region_as=now").await;
    assert_eq!(text(&page, "h1"), "Incidents in the region Mopti of today");
    assert_eq!(hrefs(&page, ".meant a"), ["/?region=mopti", "/?region=mopti&region_as=then"]);
    let mopti = texts(&page, "[aria-labelledby='f-region'] [aria-current]");
    assert_eq!(mopti, ["Mopti 3"]);
    site.error("/?region=mopti&region_as=later", 400).await;
}

#[tokio::test]
async fn places_are_a_filter() {
    let site = Site::seeded();
    let page = site.page("/?place=moura").await;
    assert_eq!(text(&page, "h1"), "Incidents at Moura");
    assert_eq!(ids(&page), ["2022-03-moura"]);
    // Known, and nothing is told of it.
    let page = site.page("/?place=kayes").await;
    assert_eq!(text(&page, ".nothing h2"), "No incident fits this filter");
    let page = site.error("/?place=atlantis", 400).await;
    assert!(text(&page, ".error dl").contains("moura Moura"));
}

#[tokio::test]
async fn words_searched_for_are_shown_where_they_stand() {
    let site = Site::seeded();
    let page = site.page("/?q=civilians+kill").await;
    let of = |selector: &str| texts(&page, &format!("[id='2022-04-19-hombori'] {selector}"));
    assert_eq!(of(".snippet")[0], "at least 50 civilians killed");
    assert_eq!(of(".snippet mark"), ["civilians", "killed"]);
    let links = hrefs(&page, "[id='2022-04-19-hombori'] .snippet a");
    assert!(links[0].starts_with("/sources/hombori-and-moura-in-2022#p-"), "{links:?}");
    // Found by a name that no passage has: nothing is highlighted that does not stand there.
    let page = site.page("/?q=Douentza").await;
    assert_eq!(ids(&page), ["2022-04-19-hombori"]);
    assert!(all(&page, ".snippet").is_empty());
    assert!(all(&site.page("/").await, ".snippet").is_empty());
}

/// Incidents that the list at an address has.
async fn listed(site: &Site, path: &str) -> usize {
    all(&site.page(path).await, "article.item").len()
}

/// The number that "… 3 incidents …" says.
fn said(text: &str) -> usize {
    let at = text.find(" incident").unwrap_or_else(|| panic!("no incidents in {text:?}"));
    text[..at].rsplit(' ').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_lane_and_its_bars_lead_to_exactly_their_incidents() {
    let site = Site::seeded();
    let [links, name] = ["a[href]", "title"].map(|s| Selector::parse(s).unwrap());
    let mut followed = 0;
    for query in [
        "lanes=perpetrator",
        "lanes=perpetrator&stance=accused",
        "lanes=perpetrator&stance=denied",
        "lanes=region",
        "region_as=then&lanes=region",
        "region=mopti&region=segou&lanes=region",
    ] {
        let page = site.page(&format!("/?{query}")).await;
        assert_eq!(all(&page, ".chart.lanes").len(), 1, "{query}");
        for lane in all(&page, ".track") {
            for link in lane.select(&links).filter(|link| link.attr("tabindex").is_none()) {
                let title = link.select(&name).next();
                let says = title.map_or_else(|| super::words(lane), |t| super::words(t));
                let href = link.attr("href").unwrap();
                assert!(href.contains("lanes="), "the division stays: {href}");
                assert_eq!(listed(&site, href).await, said(&says), "{says}: {href}");
                followed += 1;
            }
        }
    }
    assert!(followed > 40, "{followed} links");
}

#[tokio::test]
async fn lanes_hold_every_incident_under_each_kind_or_region() {
    let site = Site::seeded();
    let page = site.page("/?lanes=perpetrator").await;
    assert_eq!(texts(&page, ".ways b"), ["by kind of perpetrator"]);
    let names: Vec<_> = texts(&page, ".track > p");
    assert_eq!(
        names,
        [
            "Jihadist group 4 incidents",
            "Private military company 1 incident",
            "Forces of Mali 1 incident",
            "Not identified 1 incident",
            "Nobody named, or only denied 2 incidents",
        ]
    );
    // All lanes have the same years, and the same numbers stand in a table for each.
    let bars = |lane: ElementRef| lane.select(&Selector::parse(".count").unwrap()).count();
    let rows: usize = all(&page, ".track").into_iter().map(bars).sum();
    assert_eq!(all(&page, ".lanes tbody tr").len(), rows);
    assert_eq!(texts(&page, ".lanes caption").len(), names.len());
    let page = site.page("/?lanes=region&region_as=then").await;
    assert!(texts(&page, ".track > p").contains(&"Mopti 4 incidents".to_owned()));
    let page = site.page("/?lanes=region").await;
    assert_eq!(texts(&page, ".track > p")[0], "Mopti 3 incidents", "Hombori lies in Douentza now");
    // The form and the filters keep the division; it is no filter itself.
    assert_eq!(all(&page, "form input[name=lanes][value=region]").len(), 1);
    assert_eq!(all(&page, ".chips li").len(), 0);
    let json = site.json("/timeline.json?lanes=region").await;
    assert_eq!(json["lanes"].as_array().unwrap().len(), all(&page, ".track").len());
    assert_eq!(site.json("/timeline.json").await["lanes"], serde_json::Value::Null);
    let page = site.error("/?lanes=religion", 400).await;
    assert_eq!(texts(&page, ".allowed code"), ["perpetrator", "region"]);
    site.error("/map?lanes=region", 400).await;
}

#[tokio::test]
async fn what_may_not_be_passed_on_is_said_beside_the_export() {
    let site = Site::seeded();
    assert_eq!(all(&site.page("/").await, ".restricted").len(), 0);
    let doc = Writer::new("acled.csv", "Rows of ACLED", "Two killed at Gao.")
        .meta(|meta| meta.publisher = Some("ACLED".to_owned()))
        .tells("Two killed at Gao.", |t| t.at("Gao", "gao", "gao"));
    site.seeded.import(&[doc.done()]);
    let page = site.page("/").await;
    let note = text(&page, ".bar .restricted");
    assert!(note.starts_with("Not to be passed on: the terms of “Rows of ACLED” forbid"), "{note}");
    // Only where its rows are in the view.
    assert_eq!(all(&site.page("/?region=mopti").await, ".restricted").len(), 0);
}
