//! What takes long or is much: downloads that begin before their rows are read and give their
//! turn back, and searches that are broken off.

mod support;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use mali_timeline::export::{self, ExportError, Format, View};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::filter::Filter;
use mali_timeline::model::source::Lang;
use mali_timeline::store::StoreError;
use mali_timeline::web::{App, router};
use mali_timeline::wording::Words;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::generate::documents;
use support::{KNOWN, TempDb};
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

#[tokio::test]
async fn a_search_that_is_too_slow_is_broken_off_and_others_are_served() {
    let temp = TempDb::with(&documents(7, 12, 40));
    // No time at all: what takes the database more than a moment is too slow, every time. The
    // timeline counts in memory; the map asks for places.
    let app = App::new(temp.db.clone(), Arc::new(Knowledge::embedded()));
    let router = router(app.reading_for(Duration::ZERO));
    for _ in 0..3 {
        let (slow, good) = tokio::join!(get(&router, "/map?q=civilians"), get(&router, "/healthz"));
        assert_eq!(slow.status().as_u16(), 503);
        assert_eq!(slow.headers()["retry-after"], "5");
        assert_eq!(slow.headers()["cache-control"], "no-store");
        let page = to_bytes(slow.into_body(), usize::MAX).await.unwrap();
        let page = String::from_utf8(page.to_vec()).unwrap();
        assert!(
            page.contains("<h1>Not just now</h1>") && page.contains("narrower filter"),
            "{page}"
        );
        assert_eq!(good.status().as_u16(), 200);
        assert_eq!(get(&router, "/incidents/no-such").await.status().as_u16(), 404);
    }
    let json = get(&router, "/map.json?q=civilians").await;
    assert_eq!(json.status().as_u16(), 503);
    assert_eq!(json.headers()["content-type"], "application/json");
}

#[tokio::test]
async fn what_cannot_be_made_is_a_page_and_no_download() {
    let temp = TempDb::with(&documents(9, 2, 10));
    let router = router(App::new(temp.db.clone(), Arc::new(Knowledge::embedded())));
    let answer = get(&router, "/export.xlsx").await;
    assert_eq!(answer.status().as_u16(), 200);
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    assert!(body.starts_with(b"PK"), "the empty piece that announces it is no part of it");
    for format in Format::ALL.map(Format::as_str) {
        for filter in ["region=nowhere", "q=%3F"] {
            let answer = get(&router, &format!("/export.{format}?{filter}")).await;
            assert_eq!(answer.status().as_u16(), 400, "{format} {filter}");
        }
    }
}

/// Of each format a part is out before the last rows are read: nothing waits for the end, on
/// whichever thread.
#[test]
fn rows_come_while_others_are_read() {
    static BYTES: AtomicUsize = AtomicUsize::new(0);
    static FIRST: AtomicUsize = AtomicUsize::new(0);
    static LAST: AtomicUsize = AtomicUsize::new(0);
    fn began(event: TraceEvent<'_>) {
        if let TraceEvent::Stmt(statement, _) = event
            // A batch of incidents is read by their keys.
            && statement.sql().contains("json_each")
        {
            let bytes = BYTES.load(Ordering::SeqCst);
            let _ = FIRST.compare_exchange(usize::MAX, bytes, Ordering::SeqCst, Ordering::SeqCst);
            LAST.store(bytes, Ordering::SeqCst);
        }
    }
    struct Counting;
    impl Write for Counting {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            BYTES.fetch_add(bytes.len(), Ordering::SeqCst);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let temp = TempDb::new();
    support::large::fill(&temp.db, 1, 16_000, |_| {}).unwrap();
    let filter = Filter::default();
    // What is there of sources is said when all rows are known; RIS reads no rows.
    for format in Format::ALL.into_iter().filter(|f| !matches!(f, Format::Bib | Format::Ris)) {
        BYTES.store(0, Ordering::SeqCst);
        FIRST.store(usize::MAX, Ordering::SeqCst);
        temp.db
            .read(|db| {
                db.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(began));
                export::write(db, &everything(&filter), format, &mut Counting).unwrap();
                db.trace_v2(TraceEventCodes::empty(), None);
                Ok(())
            })
            .unwrap();
        let [first, last, all] = [&FIRST, &LAST, &BYTES].map(|n| n.load(Ordering::SeqCst));
        assert!(last > first && last < all, "{format:?}: {first} {last} {all}");
        // Of 250, 500, 1,000, seven times 2,000 and the last 250 rows, a batch may wait while
        // another is told; what is packed does so until it is worth it, and the claims of a
        // workbook follow all incidents.
        assert!(last > all / 4, "{format:?}: of {all} bytes {last} were out with the last rows");
    }
}

/// Somebody who leaves when the first bytes of the body come.
#[derive(Default)]
struct Leaving {
    bytes: usize,
}

impl Write for Leaving {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes += bytes.len();
        // What the server sends at a time.
        if self.bytes >= 32 * 1024 {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.bytes {
            0 => Ok(()),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

fn everything(filter: &Filter) -> View<'_> {
    let words = Words::new(Lang::En, &KNOWN);
    View { filter, words, at: jiff::Timestamp::UNIX_EPOCH, as_of: None, hxl: false, redact: false }
}

#[test]
fn the_first_bytes_come_before_anything_is_counted() {
    thread_local!(static RUN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) });
    fn began(event: TraceEvent<'_>) {
        if let TraceEvent::Stmt(statement, _) = event {
            RUN.with_borrow_mut(|run| run.push(statement.sql().into_owned()));
        }
    }
    let temp = TempDb::with(&documents(5, 6, 60));
    let filter = Filter::default();
    // Sealed JSON has its count first, and a record of RIS says how many incidents its view has.
    let counts_first = [Format::Json, Format::GeoJson, Format::TimelineJs];
    for format in Format::ALL {
        if matches!(format, Format::Bib | Format::Ris) {
            continue;
        }
        let written = temp.db.read(|db| {
            db.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(began));
            RUN.take();
            let mut out = Leaving::default();
            let written = export::write(db, &everything(&filter), format, &mut out);
            db.trace_v2(TraceEventCodes::empty(), None);
            Ok(written)
        });
        assert!(matches!(written, Ok(Err(ExportError::Write(_)))), "{format:?}: {written:?}");
        let run = RUN.take();
        assert!(run.iter().any(|sql| sql.contains("from source")), "{format:?} is seen: {run:?}");
        let counted = run.iter().any(|sql| sql.contains("count(") || sql.contains("sum("));
        assert_eq!(counted, counts_first.contains(&format), "{format:?}: {run:#?}");
    }
}

#[test]
fn the_work_ends_when_nobody_waits_for_it() {
    /// Nobody is there any more, which a writer of no bytes does not notice.
    struct Gone(Arc<AtomicBool>);
    impl Write for Gone {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            self.0.store(true, Ordering::Relaxed);
            Ok(())
        }
    }
    let temp = TempDb::with(&documents(5, 6, 60));
    let filter = Filter::default();
    for format in Format::ALL {
        let gone = Arc::new(AtomicBool::new(false));
        let mut out = Gone(gone.clone());
        let stop = move || gone.load(Ordering::Relaxed);
        let mut written = Ok(());
        let read = temp.db.read_much(stop, |db| {
            written = export::write(db, &everything(&filter), format, &mut out);
            match std::mem::replace(&mut written, Ok(())) {
                Err(ExportError::Store(error)) => Err(error),
                other => {
                    written = other;
                    Ok(())
                }
            }
        });
        assert!(matches!(read, Err(StoreError::TooSlow)), "{format:?}: {read:?} {written:?}");
    }
}
