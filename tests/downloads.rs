//! Many downloads at once: each turn is given back by those who leave.

mod support;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::web::{App, router};
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::TempDb;
use support::generate::documents;
use tower::ServiceExt;

async fn get(router: &Router, path: &str) -> Response<Body> {
    router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap()
}

#[tokio::test]
async fn those_who_leave_give_their_turn_back() {
    let temp = TempDb::with(&documents(12, 40, 20));
    let router = router(App::new(temp.db.clone(), Arc::new(Knowledge::embedded())));
    let whole =
        to_bytes(get(&router, "/export.jsonl").await.into_body(), usize::MAX).await.unwrap();
    assert!(whole.len() > 1_000_000, "more than waits unread: {}", whole.len());

    // As many as there are turns, and nobody reads on.
    let mut held = Vec::new();
    loop {
        let answer = get(&router, "/export.jsonl").await;
        match answer.status().as_u16() {
            200 => held.push(answer),
            status => {
                assert_eq!((status, held.len()), (503, 8));
                assert_eq!(answer.headers()["retry-after"], "5");
                break;
            }
        }
    }
    // Pages are still served.
    let asked = Instant::now();
    assert_eq!(get(&router, "/").await.status().as_u16(), 200);
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    // One leaves, one comes, and gets all of it.
    held.pop();
    let answer = get(&router, "/export.jsonl").await;
    assert_eq!(answer.status().as_u16(), 200);
    let text = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let lines = |bytes: &[u8]| bytes.iter().filter(|b| **b == b'\n').count();
    assert_eq!(lines(&text), lines(&whole));
}
