//! How long import and the timeline take at 20,000 generated incidents; for the parser see
//! `parse.rs`.
//! `cargo bench --bench timeline`.

#[path = "../tests/support/mod.rs"]
mod support;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use mali_timeline::export::{self, Format, View};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::filter::Filter;
use mali_timeline::model::source::Lang;
use mali_timeline::store::incident::{Page, facets, list, overview};
use mali_timeline::web::{App, router};
use mali_timeline::wording::Words;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use support::generate::documents;
use support::{KNOWN, TempDb};
use tower::ServiceExt;

fn main() {
    divan::main();
}

/// 2,000 documents with 20,000 accounts of incidents.
static LARGE: LazyLock<TempDb> = LazyLock::new(|| TempDb::with(&documents(1, 2_000, 10)));

/// Filters that people use, from the widest to the narrowest.
const FILTERS: [&str; 6] = [
    "",
    "region=mopti",
    "perpetrator=jnim",
    "perpetrator=jnim&stance=claimed&region=mopti&region=gao",
    "victim=civilians&from=2019&to=2022-06&sort=deadliest",
    "q=civilians killed",
];

fn filter(query: &str) -> Filter {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    Filter::parse(pairs, |_, _| Ok(())).expect("a good filter")
}

#[divan::bench(sample_count = 10)]
fn import_100_documents(bencher: Bencher) {
    let docs = documents(2, 100, 10);
    bencher.counter(ItemsCount::new(docs.len())).with_inputs(TempDb::new).bench_refs(|temp| {
        for doc in &docs {
            temp.import(doc);
        }
    });
}

#[divan::bench(sample_count = 10)]
fn import_into_20_000(bencher: Bencher) {
    let large = &*LARGE;
    let seeds = AtomicU64::new(1_000);
    bencher
        .with_inputs(|| {
            let seed = seeds.fetch_add(1, Ordering::Relaxed);
            let mut doc = documents(seed, 1, 10).remove(0);
            doc.file_name = format!("{seed}.txt");
            doc
        })
        .bench_refs(|doc| large.import(doc));
}

#[divan::bench(args = FILTERS, sample_count = 20)]
fn list_20_000(bencher: Bencher, query: &str) {
    let (temp, filter) = (&*LARGE, filter(query));
    let page = Page { after: None, size: 40 };
    bencher.bench(|| temp.db.read(|db| list(db, black_box(&filter), &page)));
}

#[divan::bench(args = FILTERS, sample_count = 20)]
fn facets_20_000(bencher: Bencher, query: &str) {
    let (temp, filter) = (&*LARGE, filter(query));
    bencher.bench(|| temp.db.read(|db| facets(db, black_box(&filter))));
}

#[divan::bench(args = FILTERS, sample_count = 20)]
fn overview_20_000(bencher: Bencher, query: &str) {
    let (temp, filter) = (&*LARGE, filter(query));
    bencher.bench(|| temp.db.read(|db| overview(db, black_box(&filter))));
}

/// The whole page as a browser gets it, uncompressed: list, counts, chart and templates.
#[divan::bench(args = FILTERS, sample_count = 10)]
fn page_20_000(bencher: Bencher, query: &str) {
    let app = router(App::new(LARGE.db.clone(), Arc::new(Knowledge::embedded())));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let uri = format!("/?{}", query.replace(' ', "+"));
    bencher.bench(|| {
        runtime.block_on(async {
            let request = Request::get(&uri).body(Body::empty()).expect("a good request");
            let answer = app.clone().oneshot(request).await.expect("the router answers");
            assert_eq!(answer.status(), 200);
            to_bytes(answer.into_body(), usize::MAX).await.expect("a page")
        })
    });
}

#[divan::bench(args = ["html", "csv", "json"], sample_count = 3)]
fn export_20_000(bencher: Bencher, format: &str) {
    let (temp, filter) = (&*LARGE, Filter::default());
    let format: Format = format.parse().expect("a format");
    let view = View {
        filter: &filter,
        words: Words::new(Lang::En, &KNOWN),
        at: jiff::Timestamp::UNIX_EPOCH,
        as_of: None,
        hxl: false,
        redact: false,
    };
    bencher.bench(|| {
        temp.db.read(|db| {
            export::write(db, &view, format, &mut std::io::sink()).expect("nothing fails here");
            Ok(())
        })
    });
}
