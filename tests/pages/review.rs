//! Reviewing in the browser: found, empty, unknown, hostile; each thing that a person does.

use super::{Answer, Site, all, hrefs, seed, text, texts};
use axum::body::Body;
use axum::http::Request;
use mali_timeline::import::{Corrections, Session, import_reviewed};
use mali_timeline::ingest::{Hints, Parser};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::document::ParsedDocument;
use mali_timeline::model::incident::Incident;
use mali_timeline::store::Db;
use mali_timeline::store::review::listed;
use scraper::Html;
use std::path::PathBuf;

const STORY: &str = "Attack at Hombori\n\nOn 19 April 2022, gunmen attacked a market in Hombori, \
    Mali. Twelve civilians were killed, the army said. Three soldiers were wounded. <b>Bold</b>\n\n\
    On 3 May 2022, gunmen killed two herders near Boni, a resident said.\n\n\
    On 9 June 2022, five soldiers were killed in Gao, the army said.\n";

const OURS: (&str, &str) = ("origin", "http://localhost");

/// A site with one parsed document, and where it keeps its corrections.
struct Desk {
    site: Site,
    doc: ParsedDocument,
}

impl Desk {
    fn new() -> Self {
        let seeded = seed::empty();
        let parser = Parser::new(&seeded.known);
        let doc = parser.parse("x.txt", STORY.as_bytes(), &Hints::default()).unwrap();
        seeded.import(std::slice::from_ref(&doc));
        Self { site: Site::of_writable(seeded), doc }
    }

    fn db(&self) -> &Db {
        &self.site.seeded.db
    }

    fn folder(&self) -> PathBuf {
        self.db().path().with_file_name("corrections")
    }

    fn file(&self) -> String {
        std::fs::read_to_string(self.folder().join("attack-at-hombori.incidents.toml")).unwrap()
    }

    /// Keys of the accounts, in the order of the list.
    fn keys(&self) -> Vec<i64> {
        let found = self.db().read(|db| listed(db, "attack-at-hombori")).unwrap().unwrap();
        found.accounts.iter().map(|(_, e)| e.key).collect()
    }

    async fn page(&self) -> Html {
        self.site.page("/review/attack-at-hombori").await
    }

    async fn post(&self, pairs: &[(String, String)]) -> Answer {
        self.post_as(pairs, OURS).await
    }

    async fn post_as(&self, pairs: &[(String, String)], header: (&str, &str)) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let request = Request::post("/review/attack-at-hombori")
            .header("host", "localhost")
            .header("content-type", "application/x-www-form-urlencoded")
            .header(header.0, header.1)
            .body(Body::from(body))
            .unwrap();
        self.site.send(request).await
    }

    /// The form of an account as a browser would send it back.
    async fn form(&self, key: i64) -> Vec<(String, String)> {
        let page = self.site.page(&format!("/review/attack-at-hombori?edit={key}")).await;
        sent(&page)
    }

    async fn incident(&self, id: &str) -> serde_json::Value {
        self.site.json(&format!("/incidents/{id}.json")).await
    }

    fn all(&self) -> Vec<Incident> {
        all_of(self.db())
    }
}

fn all_of(db: &Db) -> Vec<Incident> {
    let mut all = Vec::new();
    db.read(|db| {
        mali_timeline::store::incident::for_each(db, &Default::default(), |i| {
            all.push(i);
            Ok::<_, mali_timeline::store::StoreError>(())
        })
    })
    .unwrap();
    all.sort_by(|a: &Incident, b| a.id.cmp(&b.id));
    all
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

/// The fields of the form of an incident as they stand on the page.
fn sent(page: &Html) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for field in all(page, ".incident-form [name]") {
        let element = field.value();
        let name = element.attr("name").unwrap().to_owned();
        let value = match element.name() {
            "textarea" => field.text().collect(),
            "select" => {
                let chosen = field.select(&scraper::Selector::parse("[selected]").unwrap()).next();
                chosen.map_or(String::new(), |o| o.value().attr("value").unwrap().to_owned())
            }
            _ if element.attr("type") == Some("checkbox") && element.attr("checked").is_none() => {
                continue;
            }
            _ => element.attr("value").unwrap_or_default().to_owned(),
        };
        out.push((name, value));
    }
    out
}

fn set(form: &mut Vec<(String, String)>, name: &str, value: &str) {
    form.retain(|(key, _)| key != name);
    form.push((name.to_owned(), value.to_owned()));
}

fn signed(mut form: Vec<(String, String)>) -> Vec<(String, String)> {
    set(&mut form, "who", "Ada");
    form
}

#[tokio::test]
async fn the_list_and_the_text_stand_beside_each_other() {
    let desk = Desk::new();
    let list = desk.site.page("/review").await;
    assert_eq!(hrefs(&list, ".reviews li a"), ["/review/attack-at-hombori"]);
    assert_eq!(texts(&list, ".reviews li span"), ["0 of 3 incidents reviewed"]);
    let page = desk.page().await;
    assert_eq!(all(&page, ".entry").len(), 3);
    assert!(text(&page, ".beside .text").contains("<b>Bold</b>"), "source text is escaped");
    // Every fact with words leads to its words.
    for href in hrefs(&page, ".told a") {
        assert_eq!(all(&page, &format!("[id='{}']", &href[1..])).len(), 1, "{href}");
    }
    assert!(texts(&page, ".told li").contains(
        &"Figure: 12 people killed (civilians), according to Malian Armed Forces".to_owned()
    ));
    let french = desk.site.page("/review/attack-at-hombori?lang=fr").await;
    assert!(texts(&french, ".decide button").contains(&"Accepter".to_owned()));
    desk.site.error("/review/nowhere", 404).await;
    desk.site.error("/review/attack-at-hombori?edit=999999", 404).await;
    desk.site.error("/review/attack-at-hombori?edit=x", 404).await;
    desk.site.error("/review?q=1", 400).await;
    let empty = Site::of_writable(seed::empty());
    assert_eq!(text(&empty.page("/review").await, ".nothing"), "There is no document yet.");
}

#[tokio::test]
async fn nobody_reviews_but_the_person_at_this_machine() {
    let desk = Desk::new();
    let accept =
        pairs(&[("action", "accept"), ("account", &desk.keys()[0].to_string()), ("who", "Eve")]);
    for header in
        [("origin", "http://evil.example"), ("sec-fetch-site", "cross-site"), ("x-y", "z")]
    {
        assert_eq!(desk.post_as(&accept, header).await.status.as_u16(), 403, "{header:?}");
    }
    let shared = Site::of(seed::seeded());
    let id = &all_of(&shared.seeded.db)[0].accounts[0].source.id.clone();
    for path in ["/review".to_owned(), format!("/review/{id}")] {
        shared.error(&path, 404).await;
    }
    let incident = &all_of(&shared.seeded.db)[0].id.clone();
    let page = shared.page(&format!("/incidents/{incident}")).await;
    assert!(hrefs(&page, "a").iter().all(|h| !h.starts_with("/review")));
    assert!(!desk.folder().exists());
}

#[tokio::test]
async fn accepting_marks_as_reviewed_and_lasts() {
    let desk = Desk::new();
    let key = desk.keys()[0];
    let accept = pairs(&[("action", "accept"), ("account", &key.to_string())]);
    assert_eq!(desk.post(&accept).await.status.as_u16(), 422, "nobody signed");
    let answer = desk.post(&signed(accept.clone())).await;
    assert_eq!(answer.status.as_u16(), 303);
    assert!(answer.header("location").starts_with("/review/attack-at-hombori#a-"));
    let page = desk.page().await;
    assert!(texts(&page, ".entry .reviewed")[0].starts_with("Reviewed by Ada, "));
    assert_eq!(all(&page, ".entry .unreviewed").len(), 2);
    let incident = desk.incident("2022-04-19-hombori").await;
    let account = &incident["incident"]["accounts"][0];
    assert_eq!((&account["status"], &account["reviewed_by"]), (&"reviewed".into(), &"Ada".into()));
    assert_eq!(incident["history"][0]["action"], "accept");
    let shown = desk.site.page("/incidents/2022-04-19-hombori").await;
    assert!(text(&shown, ".history").contains("accepted by Ada"));
    assert_eq!(
        desk.site
            .page("/?status=reviewed")
            .await
            .select(&scraper::Selector::parse(".item").unwrap())
            .count(),
        1
    );

    // The same document again, here and in a new database.
    assert!(desk.file().contains("reviewed_by = \"Ada\""));
    let known = Knowledge::embedded();
    let corrections = Corrections::open(Some(&desk.folder()));
    let given = corrections.of(None, &desk.doc, &known).unwrap().unwrap();
    let version = desk.db().version().unwrap();
    for db in [desk.db().clone(), seed::empty().db] {
        db.write(|tx| {
            let mut session = Session::default();
            import_reviewed(tx, &mut session, &desk.doc, Some(&given), "x.txt", &known)
        })
        .unwrap();
        let all = all_of(&db);
        assert_eq!(all[0].accounts[0].reviewed_by.as_deref(), Some("Ada"));
        assert_eq!(all.len(), 3);
    }
    assert_eq!(desk.db().version().unwrap(), version, "nothing new");
}

#[tokio::test]
async fn every_field_can_be_corrected() {
    let desk = Desk::new();
    let mut form = signed(desk.form(desk.keys()[0]).await);
    // As it stands, the form says what the draft says.
    let before = desk.all();
    assert_eq!(desk.post(&form).await.status.as_u16(), 303);
    assert_eq!(desk.all()[0].accounts[0].draft, before[0].accounts[0].draft);
    set(&mut form, "account", &desk.keys()[0].to_string());
    for (name, value) in [
        ("title", "Market at <Hombori>"),
        ("kind", "massacre"),
        ("date", "2022-04"),
        ("claim.0.min", "3"),
        ("claim.0.max", "12"),
        ("claim.0.quote", "Twelve civilians were killed, the army said. Three soldiers"),
        ("claim.0.qualifier", ""),
        ("claim.0.claimant", "JNIM"),
        ("claim.0.claimant_actor", ""),
        ("claim.1.drop", "on"),
        ("perpetrator.0.actor", "jnim"),
        ("perpetrator.0.attribution", "accused"),
        ("perpetrator.0.by", "the army"),
        ("perpetrator.1.actor", "ISGS"),
        ("perpetrator.1.attribution", "denied"),
        ("perpetrator.1.quote", "gunmen attacked"),
        ("place.1.name", "Gao"),
        ("place.1.quote", "Gao"),
        ("why", "the text says so"),
    ] {
        set(&mut form, name, value);
    }
    let answer = desk.post(&form).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    let all = desk.all();
    let draft = &all.iter().find(|i| i.id == "2022-04-19-hombori").unwrap().accounts[0].draft;
    assert_eq!(draft.title, "Market at <Hombori>");
    assert_eq!((draft.kind.as_str(), draft.date.precision().as_str()), ("massacre", "month"));
    let claims: Vec<_> = draft
        .claims
        .iter()
        .map(|c| (c.min, c.max, c.qualifier.as_str(), c.claimant.clone().unwrap().actor))
        .collect();
    assert_eq!(claims, [(Some(3), Some(12), "range", Some("jnim".to_owned()))]);
    let who: Vec<_> =
        draft.attributions.iter().map(|a| (a.actor.as_str(), a.stance.as_str())).collect();
    assert_eq!(who, [("jnim", "accused"), ("isgs", "denied")]);
    let places: Vec<_> = draft.places.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(places, ["hombori", "gao"]);
    let page = desk.site.page("/incidents/2022-04-19-hombori").await;
    let history = text(&page, ".history");
    for expected in [
        "corrected by Ada", "the text says so", "Before", "12 people killed", "After",
        "3–12 people killed", "according to JNIM",
    ] {
        assert!(history.contains(expected), "{expected}: {history}");
    }
    assert!(desk.file().contains("min = 3\nmax = 12"));
    let review = desk.page().await;
    let differs = texts(&review, ".differs li");
    assert!(
        differs.iter().any(|t| t.contains("12 people killed")),
        "what the parser says: {differs:?}"
    );
}

#[tokio::test]
async fn err_what_is_not_in_the_text_is_not_saved() {
    let desk = Desk::new();
    let form = signed(desk.form(desk.keys()[0]).await);
    for (name, value, fault) in [
        ("claim.0.quote", "Fifty civilians", "f-claim.0.quote"),
        ("quote", "", "f-quote"),
        ("date", "2022-13-01", "f-date"),
        ("claim.0.min", "many", "f-claim.0.min"),
        ("claim.0.min", "99", "f-claim.0.min"),
        ("place.0.place", "atlantis", "f-place.0.name"),
        ("perpetrator.0.attribution", "", "f-perpetrator.0.attribution"),
        ("title", "", "f-title"),
    ] {
        let before = desk.all();
        let mut wrong = form.clone();
        set(&mut wrong, name, value);
        let answer = desk.post(&wrong).await;
        assert_eq!(answer.status.as_u16(), 422, "{name}");
        let page = answer.html();
        assert!(text(&page, ".notice").starts_with("Not saved"), "{name}");
        let marked = all(&page, &format!(".wrong [id='{fault}']"));
        assert_eq!(marked.len(), 1, "{name}: {}", texts(&page, ".wrong").join(" | "));
        // What was typed is not lost.
        assert!(sent(&page).contains(&(name.to_owned(), value.to_owned())), "{name}");
        assert_eq!(desk.all(), before);
    }
    assert!(!desk.folder().exists());
    assert_eq!(
        desk.post(&pairs(&[("action", "destroy"), ("who", "Ada")])).await.status.as_u16(),
        404
    );
}

#[tokio::test]
async fn one_can_be_split_and_merged_again() {
    let desk = Desk::new();
    let mut form = signed(desk.form(desk.keys()[0]).await);
    set(&mut form, "claim.1.second", "on");
    set(&mut form, "victim.0.second", "on");
    assert_eq!(desk.post(&form).await.status.as_u16(), 422, "the second has no title");
    set(&mut form, "second_title", "Soldiers wounded");
    assert_eq!(desk.post(&form).await.status.as_u16(), 303);
    let all = desk.all();
    assert_eq!(all.len(), 4);
    let figures = |id: &str| {
        let all = desk.all();
        let incident = all.iter().find(|i| i.id == id).unwrap();
        incident.claims().map(|(_, c)| (c.group.as_str(), c.min)).collect::<Vec<_>>()
    };
    let second = all.iter().find(|i| i.title == "Soldiers wounded").unwrap().id.clone();
    assert_eq!(figures("2022-04-19-hombori"), [("civilians", Some(12))]);
    assert_eq!(figures(&second), [("soldiers", Some(3))]);
    let keys = desk.keys();
    let merge = pairs(&[
        ("action", "merge"),
        ("account", &keys[0].to_string()),
        ("other", &keys[1].to_string()),
    ]);
    assert_eq!(desk.post(&signed(merge)).await.status.as_u16(), 303);
    assert_eq!(figures("2022-04-19-hombori"), [("civilians", Some(12)), ("soldiers", Some(3))]);
    assert_eq!(desk.all().len(), 3);
    // The id of the second leads to the first, and the log of both is there.
    let gone = desk.site.get(&format!("/incidents/{second}")).await;
    assert_eq!(
        (gone.status.as_u16(), gone.header("location")),
        (301, "/incidents/2022-04-19-hombori")
    );
    let history = text(&desk.site.page("/incidents/2022-04-19-hombori").await, ".history");
    assert!(history.contains("split by Ada") && history.contains("merged by Ada"), "{history}");
}

#[tokio::test]
async fn a_rejected_one_is_gone_and_a_missing_one_is_added() {
    let desk = Desk::new();
    let key = desk.keys()[1].to_string();
    let reject = pairs(&[("action", "reject"), ("account", &key), ("why", "told twice")]);
    assert_eq!(desk.post(&signed(reject)).await.status.as_u16(), 303);
    assert_eq!(desk.all().len(), 2);
    let page = desk.page().await;
    assert!(text(&page, "[aria-labelledby=h-gone]").contains("told twice"));
    assert!(all(&page, "[aria-labelledby=h-proposals]").is_empty(), "not proposed again");
    desk.site.error("/incidents/2022-05-03-boni", 404).await;

    let new = desk.site.page("/review/attack-at-hombori?edit=new").await;
    let mut form = signed(sent(&new));
    for (name, value) in [
        ("title", "Herders at Boni"),
        ("date", "2022-05-03"),
        ("date_quote", "3 May 2022"),
        ("quote", "gunmen killed two herders"),
        ("place.0.name", "Boni"),
        ("place.0.quote", "Boni"),
        ("claim.0.measure", "killed"),
        ("claim.0.group", "civilians"),
        ("claim.0.min", "2"),
        ("claim.0.max", "2"),
        ("claim.0.quote", "two\n herders"),
    ] {
        set(&mut form, name, value);
    }
    let answer = desk.post(&form).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    let incident = desk.incident("2022-05-03-boni").await;
    assert_eq!(incident["incident"]["title"], "Herders at Boni");
    let claim = &incident["incident"]["accounts"][0]["claims"][0];
    assert_eq!(claim["passage"]["quote"], "two herders", "the text's own white space");
}

#[tokio::test]
async fn who_comes_second_sees_both() {
    let desk = Desk::new();
    let key = desk.keys()[0];
    let first = signed(desk.form(key).await);
    let mut second = first.clone();
    let mut first = first;
    set(&mut first, "claim.0.max", "");
    set(&mut first, "claim.0.qualifier", "");
    let quote = "Twelve civilians were killed, the army said. Three soldiers";
    set(&mut second, "claim.0.quote", quote);
    set(&mut second, "claim.0.min", "3");
    set(&mut second, "claim.0.qualifier", "");
    set(&mut second, "who", "Bea");
    assert_eq!(desk.post(&first).await.status.as_u16(), 303);
    let version = desk.db().version().unwrap();
    let answer = desk.post(&second).await;
    assert_eq!(answer.status.as_u16(), 409);
    assert_eq!(desk.db().version().unwrap(), version);
    let page = answer.html();
    assert!(text(&page, ".now").contains("at least 12 people killed"), "what stands there");
    let again = sent(&page);
    assert!(again.contains(&("claim.0.min".to_owned(), "3".to_owned())), "what was typed");
    // Having seen it, they may save over it.
    assert_eq!(desk.post(&signed(again)).await.status.as_u16(), 303);
    assert_eq!(desk.all()[0].claims().next().unwrap().1.min, Some(3));
    let accept = pairs(&[("action", "accept"), ("account", &key.to_string())]);
    assert_eq!(desk.post(&signed(accept)).await.status.as_u16(), 409);
}

#[tokio::test]
async fn what_cannot_be_written_is_not_saved() {
    let desk = Desk::new();
    std::fs::write(desk.folder(), "a file where the folder should be").unwrap();
    let before = desk.all();
    let form = signed(desk.form(desk.keys()[0]).await);
    let answer = desk.post(&form).await;
    assert_eq!(answer.status.as_u16(), 500);
    let page = answer.html();
    assert!(text(&page, ".notice").contains("cannot be written"));
    assert!(!sent(&page).is_empty());
    assert_eq!(desk.all(), before);
}
