use super::seed::{self, Writer};
use super::support::document;
use super::{Site, all, hrefs, text, texts};
use jiff::civil::date;
use mali_timeline::model::claim::{CasualtyGroup, Measure};
use mali_timeline::model::date::DateSpan;

#[tokio::test]
async fn the_ledger_has_a_row_for_each_claim() {
    let page = Site::seeded().page("/incidents/2022-03-moura").await;
    assert_eq!(text(&page, "h1"), "Moura, March 2022");
    assert_eq!(
        texts(&page, ".ledger tbody tr"),
        [
            "killed 300 civilians Human Rights Watch 300 civilians had been executed Hombori and Moura in 2022",
            "killed at least 500 civilians UN more than 500 Hombori and Moura in 2022",
            "killed 203 jihadist fighters Malian government neutralised 203 terrorists Hombori and Moura in 2022",
            "killed dozens or several — no figure given people Digest of public reports (in its own words) hundreds of people were killed Hombori and Moura in 2022",
            "killed up to 400 people Residents jusqu’à 400 selon des habitants Attaques du 24 avril 2022",
        ]
    );
    for link in hrefs(&page, ".ledger a") {
        assert!(link.starts_with("/sources/") && link.contains("#p-"), "{link}");
    }
    // French words are marked as French on an English page.
    assert_eq!(text(&page, ".ledger q[lang=fr]"), "jusqu’à 400 selon des habitants");
}

#[tokio::test]
async fn stances_are_worded_each_in_its_way() {
    let page = Site::seeded().page("/incidents/2022-03-moura").await;
    assert_eq!(
        texts(&page, ".two .facts li .said"),
        [
            "Malian Armed Forces — denied by Malian government",
            "Malian Armed Forces — accused by Human Rights Watch",
            "Moura",
        ]
    );
    assert_eq!(all(&page, ".two .st-denied").len(), 1);
}

#[tokio::test]
async fn accounts_stand_side_by_side() {
    let page = Site::seeded().page("/incidents/2022-03-moura").await;
    assert_eq!(
        texts(&page, ".account h3"),
        ["Hombori and Moura in 2022", "Attaques du 24 avril 2022"]
    );
    assert_eq!(
        texts(&page, ".account blockquote p")[1],
        "En mars 2022, à Moura, des centaines de personnes ont été tuées, jusqu’à 400 selon des habitants."
    );
    assert_eq!(texts(&page, ".cite p").len(), 3);
}

#[tokio::test]
async fn old_ids_lead_to_the_present_one() {
    let site = Site::seeded();
    site.seeded
        .db
        .write(|tx| {
            tx.execute(
                "insert into incident_alias (slug, incident_id)
                 select 'moura-2022', incident_id from incident where slug = '2022-03-moura'",
                [],
            )?;
            Ok(())
        })
        .unwrap();
    for (path, to) in [
        ("/incidents/moura-2022", "/incidents/2022-03-moura"),
        ("/incidents/moura-2022?lang=fr", "/incidents/2022-03-moura?lang=fr"),
        ("/incidents/moura-2022.json", "/incidents/2022-03-moura.json"),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status.as_u16(), 301);
        assert_eq!(answer.header("location"), to);
    }
}

#[tokio::test]
async fn err_unknown_ids_and_parameters() {
    let site = Site::seeded();
    for path in ["/incidents/nothing", "/incidents/%3Cscript%3E", "/incidents/a%2Fb"] {
        let page = site.error(path, 404).await;
        assert_eq!(text(&page, "h1"), "There is no such page");
        assert_eq!(hrefs(&page, ".ways a"), ["/", "/sources"]);
    }
    let page = site.error("/incidents/2022-03-moura?region=gao", 400).await;
    assert_eq!(text(&page, "code bdi"), "region");
    let json = site.get("/incidents/nothing.json").await;
    assert_eq!(json.status.as_u16(), 404);
    assert_eq!(json.header("content-type"), "application/json");
}

#[tokio::test]
async fn an_incident_without_figures_says_so() {
    let site = Site::seeded();
    let page = site.page("/incidents/undated-akabar").await;
    assert_eq!(text(&page, ".incident > .when"), "date not known");
    assert_eq!(text(&page, ".toll"), "people missing, no figure given, by one claim");
}

#[tokio::test]
async fn the_json_twin_has_claims_with_passages() {
    let json = Site::seeded().json("/incidents/2022-04-19-hombori.json").await;
    assert_eq!(json["incident"]["id"], "2022-04-19-hombori");
    let claims = &json["incident"]["accounts"][0]["claims"];
    assert_eq!(claims.as_array().unwrap().len(), 5);
    assert_eq!(claims[0]["passage"]["quote"], "18 dead, all of them terrorists");
}

#[tokio::test]
async fn incidents_of_the_same_place_and_of_the_same_days_are_near() {
    let site = Site::seeded();
    let page = site.page("/incidents/2022-04-24-sevare").await;
    // Hombori was five days before.
    assert!(all(&page, ".briefs").is_empty());
    let seeded = seed::seeded();
    let text_of = "On 22 April 2022 and in March 2020, and some time in April 2022, at Hombori.";
    seeded.import(&[Writer::new("more.txt", "More", text_of)
        .tells("On 22 April 2022", |t| {
            t.title("Three days on").on(DateSpan::day(date(2022, 4, 22)), "22 April 2022")
        })
        .tells("in March 2020", |t| {
            t.title("Long before")
                .on(DateSpan::month(2020, 3).unwrap(), "March 2020")
                .at("Hombori", "mopti", "mopti")
        })
        .tells("some time in April 2022", |t| {
            t.title("Some time").on(DateSpan::month(2022, 4).unwrap(), "April 2022")
        })
        .done()]);
    let page = Site::of(seeded).page("/incidents/2022-04-19-hombori").await;
    assert_eq!(texts(&page, ".briefs a"), ["Long before", "Three days on"]);
    assert_eq!(
        hrefs(&page, ".all a"),
        ["/?place=hombori", "/?from=2022-04-16&to=2022-04-22&sort=oldest"]
    );
}

#[tokio::test]
async fn a_toll_that_changed_is_shown_in_the_order_in_which_it_was_said() {
    let seeded = seed::empty();
    let text_of =
        "On 1 May 2021 at Gao: the army said 10 dead, then 14 dead; a union said 12 dead.";
    let army = Some("Malian army");
    let (killed, total) = (Measure::Killed, CasualtyGroup::Total);
    seeded.import(&[Writer::new("toll.txt", "Toll", text_of)
        .tells(text_of, |t| {
            t.on(DateSpan::day(date(2021, 5, 1)), "1 May 2021")
                .at("Gao", "gao", "gao")
                .count(killed, total, "14", army, "14 dead")
                .said(date(2021, 5, 9))
                .count(killed, total, "10", army, "10 dead")
                .said(date(2021, 5, 2))
                .count(killed, total, "12", Some("a union"), "12 dead")
        })
        .done()]);
    let site = Site::of(seeded);
    let page = site.page("/incidents/2021-05-01-gao").await;
    assert_eq!(
        texts(&page, ".said-on li"),
        [
            "2 May 2021 10 people killed according to Malian Armed Forces",
            "9 May 2021 14 people killed according to Malian Armed Forces",
        ]
    );
    for link in hrefs(&page, ".said-on a") {
        assert!(link.starts_with("/sources/toll#p-"), "{link}");
    }
    // One day alone is no change.
    let page = Site::seeded().page("/incidents/2022-04-19-hombori").await;
    assert!(all(&page, ".said-on").is_empty());
}

#[tokio::test]
async fn who_and_what_is_named_has_a_page_of_its_own() {
    let site = Site::seeded();
    let page = site.page("/incidents/2022-04-19-hombori").await;
    assert_eq!(
        hrefs(&page, ".named a"),
        [
            "/actors/jnim", "/actors/katiba-macina", "/actors/wagner-group", "/places/hombori",
            "/victims/civilians", "/victims/soldiers",
        ]
    );
    for link in hrefs(&page, ".named a") {
        site.page(&link).await;
    }
}

#[tokio::test]
async fn incidents_that_a_source_links_are_shown_with_its_words_from_both_sides() {
    let site = Site::empty();
    let told = "On 19 April 2022 gunmen killed ten civilians at Hombori. On 24 April 2022, in \
        retaliation for the massacre in Hombori, fighters killed six soldiers at Boni. On 2 May \
        2022 a convoy was hit at Gossi.";
    let day = |month, day| DateSpan::day(date(2022, month, day));
    let answer = "On 24 April 2022, in retaliation for the massacre in Hombori, fighters killed \
        six soldiers at Boni.";
    let doc = Writer::new("linked.txt", "Three days", told)
        .tells("On 19 April 2022 gunmen killed ten civilians at Hombori.", |t| {
            t.title("Hombori").on(day(4, 19), "19 April 2022").at("Hombori", "mopti", "douentza")
        })
        .tells(answer, |t| {
            t.title("Boni").on(day(4, 24), "24 April 2022").at("Boni", "mopti", "douentza")
        })
        .tells("On 2 May 2022 a convoy was hit at Gossi.", |t| {
            t.title("Gossi").on(day(5, 2), "2 May 2022").at("Gossi", "timbuktu", "timbuktu")
        });
    site.seeded.import(&[doc.done()]);
    for (id, heading, other) in [
        ("2022-04-24-boni", "Told as an answer to", "/incidents/2022-04-19-hombori"),
        ("2022-04-19-hombori", "Told as answered by", "/incidents/2022-04-24-boni"),
    ] {
        let page = site.page(&format!("/incidents/{id}")).await;
        assert_eq!(texts(&page, ".linked h3"), [heading]);
        assert_eq!(hrefs(&page, ".linked .briefs a"), [other]);
        assert_eq!(text(&page, ".linked blockquote p"), answer);
        // The words stand marked in their source.
        let href = hrefs(&page, ".linked blockquote a").remove(0);
        let (path, anchor) = href.split_once('#').unwrap();
        assert_eq!(all(&site.page(path).await, &format!("mark[id='{anchor}']")).len(), 1);
        let json = site.json(&format!("/incidents/{id}.json")).await;
        assert_eq!(json["linked"][0]["relation"], "answer");
        assert_eq!(json["linked"][0]["earlier"], heading.ends_with("to"));
        assert_eq!(
            format!("/incidents/{}", json["linked"][0]["incident"].as_str().unwrap()),
            other
        );
    }
    let page = site.page("/incidents/2022-05-02-gossi").await;
    assert_eq!(all(&page, ".linked").len(), 0);
    // The same document again changes nothing; without the link there is none.
    let doc = Writer::new("linked.txt", "Three days", &told.replace("retaliation for", "sight of"))
        .tells("On 19 April 2022 gunmen killed ten civilians at Hombori.", |t| {
            t.title("Hombori").on(day(4, 19), "19 April 2022").at("Hombori", "mopti", "douentza")
        })
        .tells(&answer.replace("retaliation for", "sight of"), |t| {
            t.title("Boni").on(day(4, 24), "24 April 2022").at("Boni", "mopti", "douentza")
        });
    site.seeded.import(&[doc.done()]);
    let page = site.page("/incidents/2022-04-24-boni").await;
    assert_eq!(all(&page, ".linked").len(), 0);
}

#[tokio::test]
async fn an_incident_that_hundreds_tell_is_whole_on_its_page_and_in_files() {
    const TOLD: usize = 200;
    let seeded = seed::empty();
    let told = |n: usize| {
        let tale = format!(
            "2022-04-19; massacre; Hombori; malian-armed-forces; civilians; killed civilians {}",
            50 + n % 3
        );
        document(&format!("{n}.txt"), &format!("Story number {n}"), &[&tale])
    };
    seeded.import(&(0..TOLD).map(told).collect::<Vec<_>>());
    let site = Site::of(seeded);
    let list = site.page("/").await;
    assert_eq!(hrefs(&list, "article h4 a"), ["/incidents/2022-04-19-hombori"]);
    assert!(text(&list, "article").contains("50–52"), "counted once: {}", text(&list, "article"));

    let page = site.page("/incidents/2022-04-19-hombori").await;
    assert_eq!(all(&page, ".ledger tbody tr").len(), TOLD);
    assert_eq!(all(&page, ".account").len(), TOLD);
    assert_eq!(all(&page, ".cite p").len(), 1 + TOLD, "the incident, and each source");
    let links = hrefs(&page, ".ledger a.said");
    let sources: std::collections::BTreeSet<_> =
        links.iter().filter_map(|link| link.split('#').next()).collect();
    assert_eq!(sources.len(), TOLD, "each figure opens its own source");

    let file = async |format: &str| {
        let answer = site.get(&format!("/export.{format}")).await;
        assert_eq!(answer.status.as_u16(), 200, "{format}");
        answer.text().to_owned()
    };
    let json: serde_json::Value = serde_json::from_str(&file("json").await).unwrap();
    assert_eq!(json["count"], 1);
    assert_eq!(json["incidents"][0]["accounts"].as_array().unwrap().len(), TOLD);
    assert_eq!(json["sources"].as_array().unwrap().len(), TOLD);
    let rows = |text: &str| text.lines().filter(|l| l.contains("2022-04-19-hombori")).count();
    assert!(rows(&file("claims.csv").await) >= TOLD);
    for format in ["html", "md"] {
        let text = file(format).await;
        let missing: Vec<_> =
            (0..TOLD).filter(|n| !text.contains(&format!("Story number {n}"))).collect();
        assert_eq!(missing, [0; 0], "{format}");
    }
}
