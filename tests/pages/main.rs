//! The pages, driven in-process: found, empty, bad value, unknown id, hostile text.

#[path = "../seed/mod.rs"]
mod seed;

#[path = "../support/mod.rs"]
mod support;

mod about;
mod as_of;
mod compare;
mod export;
mod hostile;
mod incident;
mod map;
mod matches;
mod record;
mod review;
mod serving;
mod source;
mod sources;
mod subject;
mod subjects;
mod timeline;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use mali_timeline::web::{App, router};
use scraper::{ElementRef, Html, Selector};
use seed::Seeded;
use tower::ServiceExt;

/// The pages of a database.
pub struct Site {
    router: Router,
    pub seeded: Seeded,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Site {
    pub fn of(seeded: Seeded) -> Self {
        let app = App::new(seeded.db.clone(), seeded.known.clone());
        Self { router: router(app), seeded }
    }

    /// The pages as a person at this machine has them.
    pub fn of_writable(seeded: Seeded) -> Self {
        let app = App::new(seeded.db.clone(), seeded.known.clone()).writable();
        Self { router: router(app), seeded }
    }

    pub fn seeded() -> Self {
        Self::of(seed::seeded())
    }

    pub fn empty() -> Self {
        Self::of(seed::empty())
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// The page at `path`, which must be there.
    pub async fn page(&self, path: &str) -> Html {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.html()
    }

    /// The page of an error.
    pub async fn error(&self, path: &str, status: u16) -> Html {
        let answer = self.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        answer.html()
    }

    pub async fn json(&self, path: &str) -> serde_json::Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), "application/json");
        serde_json::from_slice(&answer.body).unwrap()
    }
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn html(&self) -> Html {
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8");
        Html::parse_document(self.text())
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).map(|v| v.to_str().unwrap());
        value.unwrap_or_default()
    }
}

/// The elements that a selector finds.
pub fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// The words of the elements that a selector finds, with single spaces.
pub fn texts(html: &Html, selector: &str) -> Vec<String> {
    all(html, selector).into_iter().map(words).collect()
}

/// The words of the one element that a selector finds.
pub fn text(html: &Html, selector: &str) -> String {
    let found = texts(html, selector);
    assert_eq!(found.len(), 1, "{selector} finds {found:?}");
    found.into_iter().next().unwrap()
}

/// Where the links that a selector finds lead.
pub fn hrefs(html: &Html, selector: &str) -> Vec<String> {
    let links = all(html, selector).into_iter();
    links.map(|a| a.attr("href").unwrap().to_owned()).collect()
}

pub fn words(element: ElementRef) -> String {
    let text: String = element.text().collect();
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
