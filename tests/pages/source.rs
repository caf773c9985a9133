use super::{Site, all, hrefs, text, texts};
use mali_timeline::store::source;
use scraper::{ElementRef, Html, Node};

/// The text of the document as the page has it: without the numbers after marks and the notes.
fn document(page: &Html) -> String {
    fn walk(element: ElementRef, out: &mut String) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => out.push_str(text),
                Node::Element(_) => {
                    let child = ElementRef::wrap(child).unwrap();
                    if !child.value().classes().any(|c| c == "back" || c == "notes") {
                        walk(child, out);
                    }
                }
                _ => {}
            }
        }
    }
    let mut out = String::new();
    for part in all(page, ".raw, .body") {
        walk(part, &mut out);
    }
    out
}

#[tokio::test]
async fn the_whole_text_stands_on_the_page() {
    let site = Site::seeded();
    let ids = site.seeded.db.read(source::titles).unwrap();
    assert_eq!(ids.len(), 5);
    for id in ids.keys() {
        let stored = site.seeded.db.read(|db| source::show(db, id)).unwrap().unwrap();
        let page = site.page(&format!("/sources/{id}")).await;
        assert_eq!(document(&page), stored.text, "{id}");
    }
}

#[tokio::test]
async fn every_link_to_a_passage_finds_its_mark() {
    let site = Site::seeded();
    let timeline = site.page("/").await;
    let mut checked = 0;
    for incident in hrefs(&timeline, "article h4 a") {
        let page = site.page(&incident).await;
        for link in hrefs(&page, "a[href*='#p-']") {
            let (path, anchor) = link.split_once('#').unwrap();
            let source = site.page(path).await;
            let marks = all(&source, &format!("mark[id='{anchor}']"));
            assert_eq!(marks.len(), 1, "{link}");
            checked += 1;
        }
    }
    assert!(checked > 50, "{checked}");
}

#[tokio::test]
async fn marks_lead_back_to_what_they_support() {
    let page = Site::seeded().page("/sources/hombori-and-moura-in-2022").await;
    let marks = all(&page, "mark.fact-attribution > a");
    let first = marks[0];
    assert_eq!(super::words(first), "Fighters of Katiba Macina then opened fire");
    assert_eq!(first.attr("href"), Some("/incidents/2022-04-19-hombori"));
    let title = first.parent().and_then(ElementRef::wrap).unwrap();
    assert_eq!(
        title.attr("title"),
        Some("Perpetrator named: Katiba Macina — as the source states it")
    );
    assert_eq!(
        texts(&page, ".told li > a"),
        ["Market of Hombori, April 2022", "Moura, March 2022"]
    );
    assert_eq!(texts(&page, ".legend li").len(), 6);
}

#[tokio::test]
async fn the_document_is_described() {
    let page = Site::seeded().page("/sources/hombori-and-moura-in-2022").await;
    let fields = texts(&page, ".meta dl > div");
    assert_eq!(fields[0], "Publisher Digest of public reports");
    assert!(fields.contains(&"Licence CC0-1.0".to_owned()));
    assert!(fields.iter().any(|f| f.starts_with("SHA-256 of the text ") && f.len() > 80));
    assert_eq!(hrefs(&page, ".meta a"), ["https://example.org/hombori-and-moura-in-2022"]);
    assert_eq!(
        text(&page, ".troubles li"),
        "Line 9: expected a number of people, found “people were killed”"
    );
    assert!(text(&page, ".front").contains("licence: CC0-1.0"));
}

#[tokio::test]
async fn french_text_is_marked_as_french() {
    let page = Site::seeded().page("/sources/attaques-du-24-avril-2022").await;
    assert_eq!(all(&page, "html")[0].attr("lang"), Some("en"));
    assert_eq!(all(&page, ".text")[0].attr("lang"), Some("fr"));
}

#[tokio::test]
async fn err_unknown_ids_and_parameters() {
    let site = Site::seeded();
    site.error("/sources/nothing", 404).await;
    site.error("/sources/diafarabe-and-koumara?q=x", 400).await;
}

#[tokio::test]
async fn the_json_twin_has_text_and_passages() {
    let json = Site::seeded().json("/sources/diafarabe-and-koumara.json").await;
    let text = json["text"].as_str().unwrap();
    for passage in json["passages"].as_array().unwrap() {
        let at = |key: &str| passage["passage"][key].as_u64().unwrap() as usize;
        assert_eq!(passage["passage"]["quote"], text[at("start")..at("end")]);
    }
    assert_eq!(json["passages"].as_array().unwrap().len(), 9);
}

#[tokio::test]
async fn notes_say_beside_each_paragraph_what_it_supports() {
    let page = Site::seeded().page("/sources/hombori-and-moura-in-2022").await;
    let notes = texts(&page, ".notes li");
    assert!(
        notes.contains(&"Figure: at least 50 people killed (civilians)1".to_owned()),
        "{notes:?}"
    );
    assert_eq!(notes[0], "Date: 19 April 20221");
    // A passage has one note, and each note leads to its mark.
    let links = hrefs(&page, ".notes li > a:first-child");
    assert_eq!(links.len(), notes.len());
    for link in &links {
        assert_eq!(all(&page, &format!("mark[id='{}']", &link[1..])).len(), 1, "{link}");
    }
    // Nothing is reviewed yet, and that is seen.
    assert_eq!(all(&page, ".notes .open").len(), notes.len());
    assert_eq!(all(&page, ".notes .done").len(), 0);
    let figures = texts(&page, ".blk:has(.li) .notes summary");
    assert_eq!(figures, ["2 facts here", "3 facts here", "1 fact here"]);
}

#[tokio::test]
async fn facts_can_be_walked_through_from_the_first_to_the_last() {
    let page = Site::seeded().page("/sources/hombori-and-moura-in-2022").await;
    let marks = all(&page, "mark[id]");
    let mut at = format!("#{}", marks[0].attr("id").unwrap());
    let mut seen = vec![at.clone()];
    while let Some(next) = hrefs(&page, &format!("[id='{}'] > .walk > .onward", &at[1..])).pop() {
        let back = hrefs(&page, &format!("[id='{}'] > .walk > .previous", &next[1..]));
        assert_eq!(back, [at.clone()]);
        assert!(!seen.contains(&next), "{next}");
        seen.push(next.clone());
        at = next;
    }
    assert_eq!(seen.len(), marks.len());
}
