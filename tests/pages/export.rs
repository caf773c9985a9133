use super::{Site, all};

#[tokio::test]
async fn exports_have_exactly_the_rows_of_the_page() {
    let site = Site::seeded();
    for query in ["", "?region=mopti", "?perpetrator=jnim&victim=civilians", "?region=kayes"] {
        let page = site.page(&format!("/{query}")).await;
        let mut listed: Vec<_> =
            all(&page, "article.item").iter().map(|e| e.attr("id").unwrap().to_owned()).collect();
        let json = site.json(&format!("/export.json{query}")).await;
        let exported: Vec<_> = json["incidents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| i["id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(exported, listed, "{query}");
        let csv = site.get(&format!("/export.csv{query}")).await;
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(csv.text().trim_start_matches('\u{feff}').as_bytes());
        let mut rows: Vec<_> = reader
            .records()
            .map(|r| r.unwrap()[0].to_owned())
            .filter(|id| !id.starts_with('#') && !id.is_empty())
            .collect();
        rows.sort();
        listed.sort();
        assert_eq!(rows, listed, "{query}");
    }
}

#[tokio::test]
async fn exports_are_downloads() {
    let site = Site::seeded();
    let media = [
        ("html", "html", "text/html"),
        ("csv", "csv", "text/csv"),
        ("claims.csv", "claims.csv", "text/csv"),
        ("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "json", "application/json"),
        ("jsonl", "jsonl", "application/jsonl"),
        ("geojson", "geojson", "application/geo+json"),
        ("timelinejs", "timelinejs.json", "application/json"),
        ("md", "md", "text/markdown"),
        ("bib", "bib", "application/x-bibtex"),
        ("ris", "ris", "application/x-research-info-systems"),
    ];
    let page = site.page("/?region=mopti").await;
    let links = super::hrefs(&page, "a[download]");
    let expected = media.map(|(format, ..)| format!("/export.{format}?region=mopti"));
    assert_eq!(links, expected);
    for (format, ending, media) in media {
        let answer = site.get(&format!("/export.{format}?lang=fr")).await;
        assert_eq!(answer.status.as_u16(), 200);
        assert!(answer.header("content-type").starts_with(media));
        let disposition = answer.header("content-disposition");
        assert!(disposition.starts_with("attachment; filename=\"mali-timeline-"));
        assert!(disposition.ends_with(&format!(".{ending}\"")));
        assert_eq!(answer.header("etag"), "", "it carries the time it was made");
        if format != "xlsx" {
            assert!(answer.text().contains("Tous les incidents"), "{format}");
        }
    }
}

#[tokio::test]
async fn spreadsheets_take_hashtags() {
    let site = Site::seeded();
    for format in ["csv", "claims.csv"] {
        let answer = site.get(&format!("/export.{format}?hxl=1")).await;
        assert!(answer.text().lines().nth(1).unwrap().starts_with("#event+id,"), "{format}");
    }
    let workbooks = [site.get("/export.xlsx?hxl=1").await, site.get("/export.xlsx").await];
    assert!(workbooks[0].body.len() > workbooks[1].body.len());
    site.error("/export.csv?hxl=x", 400).await;
    site.error("/?hxl=1", 400).await;
}

#[tokio::test]
async fn exports_can_be_compressed() {
    let site = Site::seeded();
    for format in ["html", "csv", "json"] {
        let request = axum::http::Request::get(format!("/export.{format}"))
            .header("accept-encoding", "gzip")
            .body(axum::body::Body::empty())
            .unwrap();
        let answer = site.send(request).await;
        assert_eq!(answer.header("content-encoding"), "gzip");
        assert!(answer.body.starts_with(&[0x1f, 0x8b]));
    }
    // A workbook is compressed already.
    let request = axum::http::Request::get("/export.xlsx").header("accept-encoding", "gzip");
    let answer = site.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(answer.header("content-encoding"), "");
    assert!(answer.body.starts_with(b"PK"));
}

#[tokio::test]
async fn err_exports_refuse_what_the_page_refuses() {
    let site = Site::seeded();
    site.error("/export.csv?region=atlantis", 400).await;
    site.error("/export.html?q=!", 400).await;
    site.error("/export.pdf", 404).await;
}
