use super::seed::{self, Writer};
use super::{Site, all, hrefs};
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use jiff::civil::date;
use mali_timeline::model::claim::{CasualtyGroup, Measure};
use mali_timeline::model::date::DateSpan;
use mali_timeline::model::incident::Stance;
use mali_timeline::web::{App, router};
use std::collections::BTreeSet;
use tower::ServiceExt;

#[tokio::test]
async fn every_link_from_the_start_page_answers() {
    let site = Site::seeded();
    let (mut to_do, mut seen) = (vec!["/".to_owned()], BTreeSet::new());
    while let Some(path) = to_do.pop() {
        let (path, anchor) = match path.split_once('#') {
            Some((path, anchor)) => (path.to_owned(), Some(anchor.to_owned())),
            None => (path, None),
        };
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = site.get(&path).await;
        assert_eq!(answer.status.as_u16(), 200, "{path}");
        let is_page = answer.header("content-type").starts_with("text/html");
        if !is_page || path.starts_with("/export.") {
            continue;
        }
        let page = answer.html();
        if let Some(anchor) = anchor {
            assert_eq!(all(&page, &format!("[id='{anchor}']")).len(), 1, "{path}#{anchor}");
        }
        // Filters lead to filters without end: theirs are asked for, but not gone on from.
        let filtered = path.split_once('?').is_some_and(|(_, q)| q != "lang=fr" && q != "lang=en");
        if filtered {
            continue;
        }
        for link in hrefs(&page, "[href]") {
            if link.starts_with('/') {
                to_do.push(link);
            } else if let Some(anchor) = link.strip_prefix('#') {
                assert!(!all(&page, &format!("[id='{anchor}']")).is_empty(), "{path}{link}");
            } else {
                assert!(link.starts_with("https://example.org/"), "{path}: {link}");
            }
        }
    }
    assert!(seen.len() > 100, "{}", seen.len());
}

#[tokio::test]
async fn no_answer_may_run_or_load_anything_of_others() {
    let site = Site::seeded();
    for path in ["/", "/nothing", "/?region=x", "/export.html", "/timeline.json", "/healthz"] {
        let answer = site.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{path}");
        assert!(!policy.contains("unsafe"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("server"), "");
    }
}

#[tokio::test]
async fn an_unchanged_page_is_not_sent_again() {
    let site = Site::seeded();
    let again = async |path: &str, tag: &str| {
        let request = Request::get(path).header("if-none-match", tag);
        site.send(request.body(Body::empty()).unwrap()).await
    };
    let first = site.get("/").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""));
    let same = again("/", &tag).await;
    assert_eq!((same.status.as_u16(), same.body.len()), (304, 0));
    assert_eq!(same.header("etag"), tag);
    assert_eq!(again("/?lang=fr", &tag).await.status.as_u16(), 200);
    assert_eq!(again("/sources", &tag).await.status.as_u16(), 200);
    site.seeded
        .db
        .write(|tx| Ok(tx.execute("update source set title = title || '!'", [])?))
        .unwrap();
    assert_eq!(again("/", &tag).await.status.as_u16(), 200);
}

#[tokio::test]
async fn answers_are_compressed_where_the_browser_can() {
    let site = Site::seeded();
    let plain = site.get("/").await.body.len();
    // Others may be asked for besides: gzip is what every browser takes.
    for codings in ["gzip", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.5"] {
        let request = Request::get("/").header("accept-encoding", codings);
        let answer = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.header("content-encoding"), "gzip", "{codings}");
        assert!(answer.body.len() * 3 < plain);
    }
    let request = Request::get("/").header("accept-encoding", "br");
    let answer = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.header("content-encoding"), answer.body.len()), ("", plain));
}

#[tokio::test]
async fn what_is_kept_is_what_would_be_made() {
    let site = Site::seeded();
    let ask = async |path: &str, language: &str, coding: &str| {
        let request = Request::get(path)
            .header("accept-language", language)
            .header("accept-encoding", coding);
        site.send(request.body(Body::empty()).unwrap()).await
    };
    let paths =
        ["/", "/?lang=fr", "/?sort=oldest", "/?q=killed", "/timeline.json", "/map", "/sources"];
    let mut seen = BTreeSet::new();
    for round in 0..4 {
        for (path, language) in paths.iter().flat_map(|p| ["en", "fr"].map(|l| (*p, l))) {
            // Of a program that keeps nothing yet.
            let fresh = router(App::new(site.seeded.db.clone(), site.seeded.known.clone()));
            let request = Request::get(path).header("accept-language", language);
            let fresh = fresh.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            let content_type = fresh.headers()["content-type"].clone();
            let fresh = to_bytes(fresh.into_body(), usize::MAX).await.unwrap();
            for codings in ["", "gzip", "gzip, br"] {
                let answer = ask(path, language, codings).await;
                let coding = codings.split(',').next().unwrap();
                assert_eq!(answer.header("content-encoding"), coding, "{path} {round}");
                assert_eq!(answer.headers["content-type"], content_type);
                assert_eq!(answer.header("cache-control"), "no-cache");
                assert!(answer.header("content-security-policy").starts_with("default-src"));
                if coding.is_empty() {
                    assert!(answer.body == fresh, "{path} {language} {round}");
                }
                seen.insert(answer.body);
            }
        }
        // Every round has other content.
        let wave = format!("update account set title = title || ' {round}'");
        site.seeded.db.write(|tx| Ok(tx.execute(&wave, [])?)).unwrap();
        for path in paths.into_iter().chain(paths) {
            let answer = ask(path, "en", "").await;
            let shown = answer.text().contains(&format!(" {round}</bdi>"))
                || answer.text().contains(&format!(" {round}\""));
            assert!(shown || path == "/map" || path == "/sources", "{path} {round}");
        }
    }
    assert!(seen.len() > 50, "{}", seen.len());
}

#[tokio::test]
async fn pages_can_only_be_read() {
    let site = Site::seeded();
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let request = Request::builder().method(method).uri("/");
        let answer = site.send(request.body(Body::from("x")).unwrap()).await;
        assert_eq!(answer.status.as_u16(), 405);
        assert_eq!(answer.header("allow"), "GET,HEAD");
    }
    let request = Request::builder().method(Method::HEAD).uri("/");
    let answer = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
}

#[tokio::test]
async fn what_is_too_long_is_refused() {
    let site = Site::seeded();
    site.error(&format!("/?q={}", "a".repeat(300)), 400).await;
    site.error(&format!("/?q={}", "a".repeat(20_000)), 414).await;
    let request = Request::get("/").header("cookie", "a".repeat(40_000));
    let answer = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status.as_u16(), 431);
}

#[tokio::test]
async fn static_files_are_kept_for_ever_and_not_listed() {
    let site = Site::seeded();
    let page = site.page("/").await;
    let css = hrefs(&page, "link[rel=stylesheet]").pop().unwrap();
    let answer = site.get(&css).await;
    assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    for path in [
        "/static",
        "/static/",
        "/static/0/style.css",
        "/static/0/..%2F..%2FCargo.toml",
        "/static/0/../../Cargo.toml",
        "/.git/config",
        "//etc/passwd",
    ] {
        site.error(path, 404).await;
    }
}

#[tokio::test]
async fn a_first_view_is_small() {
    let site = Site::seeded();
    let page = site.page("/").await;
    let mut sum = 0;
    let mut paths = hrefs(&page, "link[rel=stylesheet], link[rel=icon]");
    paths.push("/".to_owned());
    for path in paths {
        let request = Request::get(path).header("accept-encoding", "gzip");
        sum += site.send(request.body(Body::empty()).unwrap()).await.body.len();
    }
    assert!(sum < 60_000, "{sum} bytes");
}

#[tokio::test]
async fn a_database_that_fails_is_a_page_without_details() {
    let site = Site::seeded();
    site.seeded
        .db
        .write(|tx| Ok(tx.execute_batch("alter table account_victim rename to gone")?))
        .unwrap();
    let page = site.error("/", 500).await;
    assert_eq!(super::text(&page, "h1"), "Something went wrong here");
    let all = super::text(&page, "main");
    assert!(!all.contains("account_victim") && !all.contains("SQL"), "{all}");
}

#[tokio::test]
async fn the_server_says_that_it_lives() {
    let answer = Site::empty().get("/healthz").await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, "ok"));
}

#[tokio::test]
async fn the_first_view_is_at_most_60_kilobytes() {
    let seeded = seed::seeded();
    // A full page of incidents, each with a disputed toll.
    let documents: Vec<_> = (0..60)
        .map(|n| {
            let day = date(2021, 1, 1).saturating_add(jiff::Span::new().days(n));
            let text = format!(
                "On {day} at place number {n} the army said {} dead, residents about {} dead.",
                n + 1,
                n + 7
            );
            let (killed, total) = (Measure::Killed, CasualtyGroup::Total);
            Writer::new(&format!("{n}.txt"), &format!("What happened on {day}"), &text)
                .tells(&text, |t| {
                    t.on(DateSpan::day(day), &day.to_string())
                        .at(&format!("place number {n}"), "gao", "gao")
                        .by("JNIM", Stance::Accused, Some("Malian army"), "the army said")
                        .count(killed, total, &(n + 1).to_string(), Some("Malian army"), "dead")
                        .count(killed, total, &format!("~{}", n + 7), Some("residents"), "dead")
                })
                .done()
        })
        .collect();
    seeded.import(&documents);
    let site = Site::of(seeded);
    let page = site.page("/").await;
    assert_eq!(all(&page, "article.item").len(), 50);
    let mut size = 0;
    let mut loaded = hrefs(&page, "link[rel=stylesheet], link[rel=icon]");
    loaded.extend(all(&page, "script").iter().map(|s| s.attr("src").unwrap().to_owned()));
    assert_eq!(loaded.len(), 4);
    for path in loaded.iter().map(String::as_str).chain(["/"]) {
        let request =
            Request::get(path).header("accept-encoding", "gzip").body(Body::empty()).unwrap();
        let answer = site.send(request).await;
        assert_eq!(answer.header("content-encoding"), "gzip", "{path}");
        size += answer.body.len();
    }
    assert!((10_000..60_000).contains(&size), "{size} bytes");
}

/// Nothing on the pages moves, so that there is nothing to reduce.
#[tokio::test]
async fn nothing_moves() {
    let site = Site::seeded();
    let page = site.page("/").await;
    for sheet in hrefs(&page, "link[rel=stylesheet]") {
        let style = site.get(&sheet).await;
        let style = style.text();
        assert!(style.len() > 1000);
        for word in ["transition", "animation", "@keyframes", "scroll-behavior"] {
            assert!(!style.contains(word), "{word}");
        }
    }
}
