//! Exports: exactly the filtered rows, safe to open, and sealed.

mod support;

use mali_timeline::export::{self, Format, View};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::filter::Filter;
use mali_timeline::model::incident::Incident;
use mali_timeline::model::source::Lang;
use mali_timeline::store::incident::{Page, list};
use mali_timeline::verify::{Verdict, verify};
use mali_timeline::wording::Words;
use scraper::{Html, Selector};
use serde_json::Value;
use support::generate::documents;
use support::{KNOWN, TempDb, document};

fn filter(pairs: &[(&str, &str)]) -> Filter {
    Filter::parse(pairs.iter().copied(), |_, _| Ok(())).unwrap()
}

fn exported(temp: &TempDb, filter: &Filter, format: Format, lang: Lang) -> String {
    let known: &Knowledge = &KNOWN;
    let view = View {
        filter,
        words: Words::new(lang, known),
        at: "2025-11-20T08:30:00.5Z".parse().unwrap(),
        as_of: None,
        hxl: false,
        redact: false,
    };
    let mut out = Vec::new();
    let db = &temp.db;
    db.read(|db| {
        export::write(db, &view, format, &mut out).unwrap();
        Ok(())
    })
    .unwrap();
    String::from_utf8(out).unwrap()
}

/// Ids of all pages of the list.
fn listed(temp: &TempDb, filter: &Filter) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let page = Page { after, size: 40 };
        let listing = temp.db.read(|db| list(db, filter, &page)).unwrap();
        ids.extend(listing.rows.into_iter().map(|i| i.id));
        after = listing.next;
        if after.is_none() {
            return ids;
        }
    }
}

fn csv_rows(text: &str) -> Vec<csv::StringRecord> {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    csv.records().map(Result::unwrap).collect()
}

fn html_ids(text: &str) -> Vec<String> {
    let page = Html::parse_document(text);
    let articles = Selector::parse("article").unwrap();
    page.select(&articles).map(|a| a.attr("id").unwrap().to_owned()).collect()
}

fn verified(temp: &TempDb, name: &str, text: &str, against: bool) -> Verdict {
    let path = temp.folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let db = against.then(|| temp.db.path());
    verify(&path, db, &KNOWN).unwrap()
}

#[test]
fn every_format_has_the_rows_of_all_pages_in_their_order() {
    let temp = TempDb::with(&documents(11, 60, 12));
    for pairs in [
        &[][..],
        &[("region", "mopti"), ("sort", "oldest")],
        &[("perpetrator", "jnim"), ("sort", "deadliest")],
        &[("from", "2020"), ("q", "civilians")],
        &[("status", "reviewed")],
    ] {
        let filter = filter(pairs);
        let expected = listed(&temp, &filter);
        assert!(pairs.is_empty() || expected.len() < 600, "{pairs:?} leaves something out");
        let json: Value =
            serde_json::from_str(&exported(&temp, &filter, Format::Json, Lang::En)).unwrap();
        let ids: Vec<_> = json["incidents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| i["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, expected, "{pairs:?}");
        assert_eq!(json["count"], expected.len());
        let csv = csv_rows(&exported(&temp, &filter, Format::Csv, Lang::En));
        let ids: Vec<_> = csv.iter().map(|r| &r[0]).filter(|id| !id.starts_with('#')).collect();
        assert_eq!(ids, expected, "{pairs:?}");
        let ids = html_ids(&exported(&temp, &filter, Format::Html, Lang::Fr));
        assert_eq!(ids, expected, "{pairs:?}");
    }
}

#[test]
fn json_comes_back_as_the_incidents_it_was_made_from() {
    let temp = TempDb::with(&documents(5, 10, 8));
    let json: Value =
        serde_json::from_str(&exported(&temp, &Filter::default(), Format::Json, Lang::En)).unwrap();
    let incidents: Vec<Incident> = serde_json::from_value(json["incidents"].clone()).unwrap();
    assert_eq!(incidents, temp.all());
    assert_eq!(json["format"], "mali-timeline/1");
    assert_eq!(json["sentence"], "All incidents");
    assert_eq!(json["exported"], "2025-11-20T08:30:00Z");
    let sources = json["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 10);
    assert!(sources.iter().all(|s| s["licence"] == "CC BY 4.0" && s["sha256"].is_string()));
}

#[test]
fn only_the_sources_of_the_rows_are_named() {
    let temp = TempDb::with(&[
        document("a.txt", "One", &["2022-04-19; massacre; Hombori; jnim; -; killed civilians 9"]),
        document("b.txt", "Two", &["2022-04-19; other; Gao"]),
    ]);
    let filter = filter(&[("region", "mopti")]);
    for format in Format::ALL.into_iter().filter(|f| *f != Format::Xlsx) {
        let text = exported(&temp, &filter, format, Lang::En);
        assert!(text.contains("One") && !text.contains("Two"), "{format:?}");
        assert!(text.contains("CC BY 4.0"), "{format:?}");
    }
}

#[test]
fn a_cell_is_words_with_stance_claimant_and_quote() {
    let temp = TempDb::with(&[document(
        "a.txt",
        "Koumara ambush",
        &[
            "* 2023-01-10; attack-on-armed-forces; Hombori; jnim:claimed:JNIM, wagner-group:denied; \
           soldiers; killed soldiers 14 (Malian government), wounded soldiers 11+, killed soldiers dozens (JNIM)",
        ],
    )]);
    let text = exported(&temp, &Filter::default(), Format::Csv, Lang::En);
    let rows = csv_rows(&text);
    let cell = |name: &str| {
        let i = export::table::INCIDENT.iter().position(|c| c.name == name).unwrap();
        rows[0][i].to_owned()
    };
    assert_eq!(cell("date_start"), "2023-01-10");
    assert_eq!(cell("perpetrators"), "claimed by JNIM; Wagner Group — denied");
    assert_eq!((cell("killed_low"), cell("killed_high")), ("0".into(), "14".into()));
    assert_eq!(cell("killed_open"), "true");
    assert_eq!(
        cell("claims"),
        "14 people killed (soldiers) — Malian government: “14 soldiers killed”; \
         at least 11 people wounded (soldiers) — The Test Press (in its own words): “11+ soldiers wounded”; \
         people killed, no figure given (soldiers) — JNIM: “dozens soldiers killed”"
    );
    assert_eq!(cell("sources"), "“Koumara ambush” · The Test Press · CC BY 4.0");
}

#[test]
fn cells_are_no_formulas_and_text_is_no_markup() {
    for title in [
        "=HYPERLINK(\"http://x\")",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "<!-- seal -->",
        "\u{202e}evil",
        "a\r\nb,\"c\"; 😀",
    ] {
        let mut doc = document("a.txt", "Story", &["2022-04-19; other; Gao"]);
        doc.meta.title = title.to_owned();
        doc.drafts[0].title = title.to_owned();
        doc.meta.url = Some("javascript:alert(1)".to_owned());
        let temp = TempDb::with(&[doc]);
        let csv = exported(&temp, &Filter::default(), Format::Csv, Lang::En);
        let rows = csv_rows(&csv);
        let formula = ['=', '+', '-', '@', '\t', '\r'];
        assert!(rows.iter().flatten().all(|cell| !cell.starts_with(formula)), "{csv}");
        assert!(rows[0][1].ends_with(title), "nothing is lost: {:?}", &rows[0][1]);

        let html = exported(&temp, &Filter::default(), Format::Html, Lang::En);
        let page = Html::parse_document(&html);
        let count = |s: &str| page.select(&Selector::parse(s).unwrap()).count();
        assert_eq!(count("script") + count("img") + count("a[href^=javascript]"), 0, "{html}");
        let heading = page.select(&Selector::parse("article h2").unwrap()).next().unwrap();
        let shown: String = heading.text().collect();
        assert_eq!(shown.replace('\n', ""), title.replace(['\n', '\r'], ""));
        for (name, text) in [("x.csv", csv), ("x.html", html)] {
            assert_eq!(verified(&temp, name, &text, true).wrong, [""; 0], "{title:?}");
        }
    }
}

#[test]
fn the_page_asks_nothing_of_the_network() {
    let temp = TempDb::with(&documents(2, 5, 5));
    let html = exported(&temp, &Filter::default(), Format::Html, Lang::En);
    let page = Html::parse_document(&html);
    let loads = Selector::parse("[src], link, script, iframe, object, form, base").unwrap();
    assert_eq!(page.select(&loads).count(), 0);
    // The hatching of the map is in the same file.
    let html = html.replace("url(#hatch)", "");
    assert!(!html.contains("url(") && !html.contains("@import"));
    // Chart and map are there; their bars and signs lead into the file or nowhere.
    let count = |s: &str| page.select(&Selector::parse(s).unwrap()).count();
    assert!(count(".chart a[href^='#in-'] .count") > 1);
    assert!(count(".map .signs a circle") > 1);
    assert_eq!(count("svg a[href]:not([href^='#'])"), 0);
    // Every link within the page arrives.
    let links = Selector::parse("a[href^='#']").unwrap();
    let mut followed = 0;
    for link in page.select(&links) {
        let id = link.attr("href").unwrap().trim_start_matches('#');
        let target = Selector::parse(&format!("[id='{id}']")).unwrap();
        assert_eq!(page.select(&target).count(), 1, "{id}");
        followed += 1;
    }
    assert!(followed > 20, "{followed} links");
    let quotes = page.select(&Selector::parse("q, blockquote").unwrap()).count();
    let told: usize = temp.all().iter().map(|i| i.accounts.len() + i.claims().count()).sum();
    assert_eq!(quotes, told);
}

#[test]
fn a_sealed_file_is_whole_until_a_byte_is_changed() {
    let temp = TempDb::with(&documents(9, 8, 8));
    let filter = filter(&[("from", "2014"), ("q", "civilians"), ("sort", "oldest")]);
    // Lists of sources have no rows, and a workbook is no text: they are changed in
    // tests/formats.rs.
    let others = [Format::Bib, Format::Ris, Format::Xlsx];
    for format in Format::ALL.into_iter().filter(|format| !others.contains(format)) {
        let name = format!("x.{}", format.as_str());
        let text = exported(&temp, &filter, format, Lang::En);
        let verdict = verified(&temp, &name, &text, true);
        assert_eq!(verdict.wrong, [""; 0], "{format:?}");
        assert_eq!(verdict.holds.len(), 2, "{verdict:?}");
        // One figure, one letter of the sentence, a row left out, the end cut off.
        let digit = text.find("civilians killed").unwrap();
        let digit = text[..digit].rfind(|c: char| c.is_ascii_digit()).unwrap();
        let mut figure = text.clone();
        figure.replace_range(digit..=digit, if &text[digit..=digit] == "9" { "8" } else { "9" });
        let half = text.char_indices().map(|(i, _)| i).find(|i| *i > text.len() / 2).unwrap();
        for changed in [
            figure,
            text.replacen("mentioning", "Mentioning", 1),
            text.replacen("\"id\":\"2", "\"id\":\"3", 1)
                .replacen("_id\":\"2", "_id\":\"3", 1)
                .replacen("\n2", "\n3", 1)
                .replacen("article id=\"2", "article id=\"3", 1),
            text[..half].to_owned(),
            format!("{text}more"),
            String::new(),
        ] {
            assert_ne!(changed, text, "{format:?}");
            let verdict = verified(&temp, &name, &changed, false);
            assert_eq!(verdict.wrong.len(), 1, "{format:?}: {verdict:?}\n{changed}");
        }
    }
}

#[test]
fn json_and_csv_may_be_laid_out_anew() {
    let temp = TempDb::with(&documents(9, 4, 4));
    let json = exported(&temp, &Filter::default(), Format::Json, Lang::En);
    let value: Value = serde_json::from_str(&json).unwrap();
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    assert_eq!(verified(&temp, "x.json", &pretty, true).wrong, [""; 0]);
    let csv = exported(&temp, &Filter::default(), Format::Csv, Lang::En);
    let mut quoted = csv::WriterBuilder::new()
        .has_headers(false)
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    for row in reader.records() {
        quoted.write_record(&row.unwrap()).unwrap();
    }
    let quoted = String::from_utf8(quoted.into_inner().unwrap()).unwrap();
    assert_ne!(quoted, csv);
    assert_eq!(verified(&temp, "x.csv", &quoted, true).wrong, [""; 0]);
}

#[test]
fn a_file_that_the_database_has_outgrown_is_told() {
    let temp = TempDb::with(&[document("a.txt", "One", &["2022-04-19; other; Gao"])]);
    let gao = filter(&[("region", "gao")]);
    let before = exported(&temp, &gao, Format::Html, Lang::En);
    // What lies outside the filter does not matter.
    temp.import(&document("b.txt", "Two", &["2022-04-20; other; Moura"]));
    assert_eq!(verified(&temp, "x.html", &before, true).wrong, [""; 0]);
    temp.import(&document("c.txt", "Three", &["2022-04-21; other; Gao"]));
    let verdict = verified(&temp, "x.html", &before, true);
    assert_eq!(verdict.holds, ["unchanged since it was made, 1 incidents"]);
    assert!(verdict.wrong[0].ends_with("the database says something else now"), "{verdict:?}");
}

#[test]
fn a_database_is_whole_until_a_text_or_passage_is_changed() {
    let whole = |temp: &TempDb| verify(temp.db.path(), None, &KNOWN).unwrap();
    let temp = TempDb::with(&documents(4, 3, 3));
    assert_eq!(whole(&temp).wrong, [""; 0]);
    assert!(whole(&temp).holds[0].starts_with("3 texts unchanged, "));
    for (sql, wrong) in [
        ("update passage set quote = 'nobody' where passage_id = 5", "are not \"nobody\""),
        ("update source set text = text || ' ' where source_id = 2", "its text was changed"),
        ("pragma foreign_keys = off; delete from incident", "refers to a missing row of incident"),
    ] {
        let temp = TempDb::with(&documents(4, 3, 3));
        let db = rusqlite::Connection::open(temp.db.path()).unwrap();
        db.execute_batch(sql).unwrap();
        let verdict = whole(&temp);
        assert!(verdict.wrong[0].contains(wrong), "{verdict:?}");
        assert!(verdict.holds.is_empty());
    }
}

#[test]
fn a_range_counts_only_the_claims_that_make_it() {
    let mut doc = document(
        "a.txt",
        "Story",
        &[
            "2022-04-19; massacre; Hombori; -; -; killed civilians 50, killed children 9, killed total 7, wounded total 3",
            "2022-04-20; massacre; Gao; -; -; killed total 4",
        ],
    );
    doc.drafts[0].claims[2].partial = true;
    doc.drafts[0].claims[3].partial = true;
    doc.drafts[1].claims.clear();
    let temp = TempDb::with(&[doc]);
    let html = exported(&temp, &Filter::default(), Format::Html, Lang::En);
    let page = Html::parse_document(&html);
    let tolls = Selector::parse(".toll").unwrap();
    let tolls: Vec<String> = page.select(&tolls).map(|t| t.text().collect()).collect();
    assert_eq!(
        tolls,
        ["50 people killed, by one claim", "wounded: one claim, about a part of the victims only"]
    );
}
