use super::{Site, all, hrefs, text, texts};
use scraper::Html;

/// No element or attribute of the page comes from a source.
fn is_harmless(path: &str, page: &Html) {
    for selector in ["script", "img", "iframe", "style", "main b[onmouseover]", "object"] {
        assert!(all(page, selector).is_empty(), "{path}: {selector}");
    }
    for element in all(page, "*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{path}: {name}={value}");
            assert_ne!(name, "style", "{path}: inline style {value}");
            assert!(
                name != "href" || !value.trim_start().starts_with("javascript:"),
                "{path}: {value}"
            );
        }
    }
}

#[tokio::test]
async fn hostile_text_is_text_everywhere() {
    let site = Site::seeded();
    let source = "/sources/script-alert-1-script-eltit";
    let incident = "/incidents/2020-05-03-i-nowhere-i";
    for path in [
        "/",
        "/?perpetrator=sons-x",
        "/?source=script-alert-1-script-eltit",
        "/?q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E",
        "/map",
        "/map?q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E",
        "/actors/sons-x",
        "/places/i-nowhere-i",
        "/sources",
        "/about",
        source,
        incident,
    ] {
        is_harmless(path, &site.page(path).await);
    }
    let page = site.page(incident).await;
    assert_eq!(text(&page, "h1"), "<script>alert(8)</script> \u{202e}eltit");
    let page = site.page(source).await;
    let body = text(&page, ".body");
    assert!(body.contains("<script>alert(1)</script>") && body.contains("𐀀😀"));
    // The link of the source is no link that a browser would run.
    assert!(hrefs(&page, ".meta a").is_empty());
    assert!(text(&page, ".meta").contains("javascript:alert(6)"));
}

#[tokio::test]
async fn marks_of_direction_stay_inside_their_element() {
    let site = Site::seeded();
    for path in ["/", "/map", "/incidents/2020-05-03-i-nowhere-i", "/sources"] {
        let page = site.page(path).await;
        for element in all(&page, "main *") {
            let own: String = element
                .children()
                .filter_map(|child| child.value().as_text().map(|t| t.to_string()))
                .collect();
            if own.contains('\u{202e}') {
                let isolated = element.value().name() == "bdi"
                    || element
                        .ancestors()
                        .filter_map(|a| a.value().as_element())
                        .any(|a| a.name() == "bdi");
                assert!(isolated || element.attr("dir") == Some("auto"), "{path}: {own}");
            }
        }
    }
}

#[tokio::test]
async fn hostile_parameters_are_text_on_the_error_page() {
    let site = Site::seeded();
    for path in [
        "/?region=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/?%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E=1",
        "/?q=%E2%80%AE%21%22%3E%3Cscript%3E&x=",
        "/?from=%FF%FE",
    ] {
        is_harmless(path, &site.error(path, 400).await);
    }
    let page = site.error("/?region=%3Cscript%3E", 400).await;
    assert_eq!(texts(&page, "code bdi"), ["region=<script>"]);
}
