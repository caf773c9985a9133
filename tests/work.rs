//! How much work pages and exports are: statements that are run, steps of SQLite's machine, rows
//! that are looked through one after the other, pieces of memory that are asked for, bytes that
//! are sent. None of it depends on the machine, as time does. Bounds have a little air; whoever
//! needs more says why here.

mod support;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use mali_timeline::export::{self, Format, View};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::filter::Filter;
use mali_timeline::model::source::Lang;
use mali_timeline::web::{App, router};
use mali_timeline::wording::Words;
use rusqlite::StatementStatus;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use support::{KNOWN, TempDb};
use tower::ServiceExt;

/// The system's memory; what is asked of it is counted, on every thread.
struct Counted;

#[global_allocator]
static MEMORY: Counted = Counted;

/// Pieces of memory that were asked for since the start.
static PIECES: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator as it is.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        PIECES.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps to what `alloc` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, piece: *mut u8, layout: Layout) {
        // SAFETY: as above; `piece` came from `System`.
        unsafe { System.dealloc(piece, layout) }
    }

    unsafe fn realloc(&self, piece: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        PIECES.fetch_add(1, Ordering::Relaxed);
        // SAFETY: as above; `piece` came from `System`.
        unsafe { System.realloc(piece, layout, size) }
    }
}

/// What a page may cost on [`MANY`] incidents.
struct Bound {
    path: &'static str,
    most: Cost,
}

/// Incidents of the database for which the bounds are.
const MANY: usize = 4_000;

/// Incidents of a smaller one: no page may need many fewer statements there.
const FEW: usize = 1_000;

/// More statements than that are explained by more sources on a page, each of which is read once.
const OF_SOURCES: usize = 4;

/// What one page took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Cost {
    /// Statements that were run.
    statements: usize,
    /// Thousands of steps of SQLite's machine.
    ksteps: usize,
    /// Rows that were looked through without an index, in thousands.
    kscanned: usize,
    /// Pieces of memory that were asked for, in thousands.
    kpieces: usize,
    /// Sent bytes, compressed, in thousands.
    kbytes: usize,
}

const fn cost(most: [usize; 5]) -> Cost {
    let [statements, ksteps, kscanned, kpieces, kbytes] = most;
    Cost { statements, ksteps, kscanned, kpieces, kbytes }
}

const fn bound(path: &'static str, most: [usize; 5]) -> Bound {
    Bound { path, most: cost(most) }
}

/// Statements, thousands of steps, of rows scanned, of pieces of memory, and of bytes.
///
/// A search runs the statements of the index of words besides.
const BOUNDS: [Bound; 12] = [
    bound("/?sort=oldest", [24, 17, 2, 12, 20]),
    bound("/?region=mopti&perpetrator=jnim", [23, 18, 2, 12, 20]),
    bound("/?q=soldiers&victim=civilians", [32, 25, 2, 20, 23]),
    bound("/?from=2022&to=2022-06&sort=deadliest", [24, 17, 2, 13, 18]),
    bound("/?lanes=region", [24, 17, 2, 24, 35]),
    bound("/timeline.json?killed=10", [24, 18, 2, 15, 23]),
    bound("/map?stance=claimed", [12, 87, 2, 27, 36]),
    bound("/compare?a.from=2022&a.to=2022&b.region=gao", [10, 3, 2, 6, 9]),
    bound("/actors", [9, 13, 1, 7, 7]),
    bound("/places", [8, 139, 5, 31, 13]),
    bound("/actors/jnim", [25, 7, 2, 5, 7]),
    bound("/sources", [8, 100, 2, 2, 3]),
];

/// The same for an export of everything, in the order of [`Format::ALL`].
const EXPORTS: [Cost; 11] = [
    cost([72, 1644, 21, 530, 4805]), // html
    cost([69, 1276, 9, 215, 1687]),  // csv
    cost([69, 1276, 9, 140, 1338]),  // claims.csv
    cost([69, 1276, 9, 215, 1118]),  // xlsx
    // What was decided, ids of before and places that were loaded: one question each.
    cost([76, 1432, 17, 140, 7409]), // json
    cost([69, 1276, 9, 140, 6802]),  // jsonl
    cost([69, 1276, 9, 610, 3209]),  // geojson
    cost([69, 1276, 9, 540, 2079]),  // timelinejs
    cost([69, 1276, 9, 450, 2196]),  // md
    cost([69, 1276, 9, 140, 2]),     // bib
    cost([69, 1276, 9, 140, 2]),     // ris
];

/// Runs of each statement, and what they took.
struct Runs {
    /// Which site is asked.
    site: usize,
    /// Counters of each statement of a site when it was last seen: they go on from run to run.
    seen: BTreeMap<(usize, String), [usize; 2]>,
    /// Since the last look: runs, steps, rows scanned.
    since: BTreeMap<String, [usize; 3]>,
}

static RUNS: Mutex<Runs> =
    Mutex::new(Runs { site: 0, seen: BTreeMap::new(), since: BTreeMap::new() });

/// SQLite tells of a statement that has ended.
fn ended(event: TraceEvent<'_>) {
    let TraceEvent::Profile(statement, _) = event else { return };
    let status = |of| usize::try_from(statement.get_status(of)).unwrap_or_default();
    let now = [status(StatementStatus::VmStep), status(StatementStatus::FullscanStep)];
    let sql = statement.sql().into_owned();
    let mut runs = RUNS.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (runs.site, sql.clone());
    let before = runs.seen.insert(key, now).unwrap_or_default();
    // One that was prepared anew counts from nought.
    let fresh = now[0] < before[0] || now[1] < before[1];
    let before = if fresh { [0, 0] } else { before };
    let since = runs.since.entry(sql).or_default();
    since[0] += 1;
    since[1] += now[0] - before[0];
    since[2] += now[1] - before[1];
}

/// What was run since the last look, the dearest first. From now on `site` is asked.
fn look(site: usize) -> Vec<(String, [usize; 3])> {
    let mut runs = RUNS.lock().unwrap_or_else(PoisonError::into_inner);
    runs.site = site;
    let mut runs: Vec<_> = std::mem::take(&mut runs.since).into_iter().collect();
    runs.sort_by_key(|(_, [_, steps, _])| std::cmp::Reverse(*steps));
    runs
}

struct Site {
    incidents: usize,
    router: Router,
    temp: TempDb,
}

impl Site {
    /// Pages over so many incidents; what its one reader does is counted.
    fn of(incidents: usize) -> Self {
        let temp = TempDb::new();
        support::large::fill(&temp.db, 1, incidents, |_| {}).unwrap();
        temp.db
            .read(|db| {
                db.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, Some(ended));
                Ok(())
            })
            .unwrap();
        let app = App::new(temp.db.clone(), Arc::new(Knowledge::embedded()));
        Self { incidents, router: router(app), temp }
    }

    async fn get(&self, path: &str) -> usize {
        let request = Request::get(path).header("accept-encoding", "gzip");
        let answer =
            self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        assert_eq!(answer.headers()["content-encoding"], "gzip", "{path}");
        to_bytes(answer.into_body(), usize::MAX).await.unwrap().len()
    }

    /// What a page costs, and which statements it ran.
    async fn cost(&self, path: &str) -> (Cost, Vec<(String, [usize; 3])>) {
        let before = self.begin();
        let bytes = self.get(path).await;
        self.end(before, bytes)
    }

    /// Begins to count.
    fn begin(&self) -> usize {
        look(self.incidents);
        PIECES.load(Ordering::Relaxed)
    }

    /// What was counted since.
    fn end(&self, before: usize, bytes: usize) -> (Cost, Vec<(String, [usize; 3])>) {
        let pieces = PIECES.load(Ordering::Relaxed) - before;
        let runs = look(self.incidents);
        let sum = |at: usize| runs.iter().map(|(_, run)| run[at]).sum::<usize>();
        let thousands = |n: usize| n.div_ceil(1000);
        let cost = Cost {
            statements: sum(0),
            ksteps: thousands(sum(1)),
            kscanned: thousands(sum(2)),
            kpieces: thousands(pieces),
            kbytes: thousands(bytes),
        };
        (cost, runs)
    }

    /// What an export of everything costs.
    fn cost_of(&self, format: Format) -> (Cost, Vec<(String, [usize; 3])>) {
        let filter = Filter::default();
        let view = View {
            filter: &filter,
            words: Words::new(Lang::En, &KNOWN),
            at: jiff::Timestamp::UNIX_EPOCH,
            as_of: None,
            hxl: false,
            redact: false,
        };
        let before = self.begin();
        let mut out = Vec::new();
        self.temp.db.read(|db| Ok(export::write(db, &view, format, &mut out))).unwrap().unwrap();
        self.end(before, out.len())
    }
}

impl Cost {
    /// Whether nothing of it is more than `most`.
    fn is_within(self, most: Self) -> bool {
        self.statements <= most.statements
            && self.ksteps <= most.ksteps
            && self.kscanned <= most.kscanned
            && self.kpieces <= most.kpieces
            && self.kbytes <= most.kbytes
    }
}

/// One test for all: what runs beside it would be counted too.
#[tokio::test]
async fn nothing_takes_more_work_than_it_may() {
    let (few, many) = (Site::of(FEW), Site::of(MANY));
    let mut wrong = String::new();
    let mut all = 0;
    for site in [&few, &many] {
        // What is made once, at the first question.
        site.cost("/").await;
    }
    for Bound { path, most } in BOUNDS {
        let (small, _) = few.cost(path).await;
        let (cost, runs) = many.cost(path).await;
        println!("{path}: {cost:?}");
        all += cost.statements;
        if cost.statements > small.statements + OF_SOURCES {
            let _ = writeln!(
                wrong,
                "\n{path}: {} statements for {FEW} incidents, {} for {MANY}: it asks for each",
                small.statements, cost.statements
            );
        }
        too_much(&mut wrong, path, cost, most, &runs);
    }
    for (format, most) in Format::ALL.into_iter().zip(EXPORTS) {
        // What is read once for the first of all.
        few.cost_of(format);
        let (cost, runs) = many.cost_of(format);
        println!("{}: {cost:?}", format.as_str());
        all += cost.statements;
        too_much(&mut wrong, format.as_str(), cost, most, &runs);
    }
    assert!(all > BOUNDS.len() + EXPORTS.len(), "nothing was counted");
    assert!(wrong.is_empty(), "{wrong}");
}

/// Notes what costs more than it may, with the dearest statements.
fn too_much(wrong: &mut String, name: &str, cost: Cost, most: Cost, runs: &[(String, [usize; 3])]) {
    if cost.is_within(most) {
        return;
    }
    let _ = writeln!(wrong, "\n{name}\n  takes  {cost:?}\n  may    {most:?}");
    for (sql, [times, steps, scanned]) in runs.iter().take(8) {
        let sql: Vec<_> = sql.split_whitespace().collect();
        let sql: String = sql.join(" ").chars().take(160).collect();
        let _ = writeln!(wrong, "  {times} times, {steps} steps, {scanned} scanned: {sql}");
    }
}
