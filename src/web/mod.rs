//! The local web server: router, links, pages. SQL stays in the store; a page is a struct
//! built by a pure function, and its handler only fetches.

/// What is said at the start.
mod announce;
/// The same pages as of an earlier day.
mod as_of;
/// Style sheet and pictures.
mod assets;
/// Memory of pages.
mod buffers;
/// Entity tags.
mod cache;
/// Connections and their limits.
mod connection;
/// What a page can fail with.
mod error;
/// Errors as pages.
mod failure;
/// Filters beside the list.
mod filters;
/// What stands around every page.
mod frame;
/// Who is let in.
pub mod guard;
/// An incident as pages show it.
mod item;
/// Things that were made and may be wanted again.
mod kept;
/// Choosing a language.
mod lang;
/// A source's text with its passages marked.
mod marked;
/// One file for each page.
mod pages;
/// Headers and limits.
mod security;
/// Addresses, listening, stopping.
mod serve;
/// Where the words of a search stand.
mod snippet;
/// The claims of an incident on one scale.
mod strip;
/// Encryption.
mod tls;
/// Turns to export.
mod turns;
/// Every link.
mod urls;
/// What a request asks.
mod visit;

pub use serve::{ServeError, WebConfig, serve};
pub use tls::Certificate;

use crate::export::Format;
use crate::knowledge::Knowledge;
use crate::store::as_of::Past;
use crate::store::{Db, Snapshot, StoreError};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use error::PageError;
use guard::Guard;
use jiff::civil::Date;
use kept::Kept;
use rusqlite::{Connection, Transaction};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tower::limit::GlobalConcurrencyLimitLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use turns::Turns;

/// Longest time that an answer may take to begin.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Longest time that one look into the database may take, unless told otherwise.
pub const READING: Duration = Duration::from_secs(10);

/// Requests that are worked on at once; more wait.
const AT_ONCE: usize = 128;

/// Nothing is sent to us; this much is read and thrown away.
const MAX_BODY: usize = 4 * 1024;

/// The longest form of a review: an incident with a hundred facts.
const MAX_FORM: usize = 512 * 1024;

/// Most memory of incidents that are kept as they were drawn, in bytes.
const ITEMS: usize = 7 << 20;

/// Compresses what gets smaller by it: pictures do not, nor do workbooks, which are compressed.
fn compression() -> CompressionLayer<impl Predicate> {
    let workbooks = NotForContentType::const_new("application/vnd.openxmlformats-officedocument");
    CompressionLayer::new().compress_when(DefaultPredicate::new().and(workbooks))
}

/// What every handler can reach. Cheap to clone.
#[derive(Clone)]
pub struct App {
    db: Db,
    known: Arc<Knowledge>,
    started: u128,
    guard: Option<Arc<Guard>>,
    writes: bool,
    corrections: Option<Arc<Path>>,
    exports: Arc<Turns>,
    /// The earlier day of which these pages are.
    as_of: Option<Date>,
    /// Keeps the database of that day while it is read.
    _past: Option<Arc<Past>>,
    pasts: Arc<as_of::Pasts>,
    reading: Duration,
    pages: Arc<cache::Pages>,
    items: Arc<pages::timeline::Items>,
    buffers: Arc<buffers::Buffers>,
}

impl App {
    /// Pages over a database.
    pub fn new(db: Db, known: Arc<Knowledge>) -> Self {
        let started = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos());
        Self {
            db,
            known,
            started,
            guard: None,
            writes: false,
            corrections: None,
            exports: Arc::default(),
            as_of: None,
            _past: None,
            pasts: Arc::default(),
            reading: READING,
            pages: Arc::default(),
            items: Arc::new(Kept::new(ITEMS)),
            buffers: Arc::default(),
        }
    }

    /// The same, with another limit for one look into the database.
    pub fn reading_for(self, reading: Duration) -> Self {
        Self { reading, ..self }
    }

    /// The same, with `guard` before every page.
    pub fn guarded(self, guard: Guard) -> Self {
        Self { guard: Some(Arc::new(guard)), ..self }
    }

    /// The same, with the addresses that write. Only for an app that nobody but the person at
    /// this machine can reach.
    pub fn writable(self) -> Self {
        Self { writes: true, ..self }
    }

    /// The same, with reviews kept in this folder rather than beside the database.
    pub fn correcting(self, folder: &Path) -> Self {
        Self { corrections: Some(folder.into()), ..self }
    }

    /// The folder in which reviews are kept.
    fn corrections(&self) -> PathBuf {
        match &self.corrections {
            Some(folder) => folder.to_path_buf(),
            None => self.db.path().with_file_name("corrections"),
        }
    }

    /// Whether there are addresses that write.
    fn writes(&self) -> bool {
        self.writes
    }

    /// Finished pages.
    fn pages(&self) -> &cache::Pages {
        &self.pages
    }

    /// Incidents of the timeline that were drawn.
    fn items(&self) -> &Arc<pages::timeline::Items> {
        &self.items
    }

    /// Memory for pages.
    fn buffers(&self) -> &Arc<buffers::Buffers> {
        &self.buffers
    }

    /// What is asked of every request.
    fn guard(&self) -> Option<&Guard> {
        self.guard.as_deref()
    }

    /// What the program knows besides its sources.
    fn known(&self) -> &Knowledge {
        &self.known
    }

    /// When this run began: pages of an earlier one may look different.
    fn started(&self) -> u128 {
        self.started
    }

    /// Reads the database off the async threads.
    async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, PageError> {
        let (db, limit) = (self.db.clone(), self.reading);
        match tokio::task::spawn_blocking(move || db.read_within(limit, f)).await {
            Ok(result) => Ok(result?),
            Err(stopped) => Err(PageError::internal(stopped)),
        }
    }

    /// As [`App::read`], with the index of what is read, where there is one.
    async fn view<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Snapshot) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, PageError> {
        let (db, limit) = (self.db.clone(), self.reading);
        match tokio::task::spawn_blocking(move || db.snapshot_within(limit, f)).await {
            Ok(result) => Ok(result?),
            Err(stopped) => Err(PageError::internal(stopped)),
        }
    }

    /// Writes to the database off the async threads: all of `f` or, when it fails, nothing.
    async fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Transaction) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, PageError> {
        let db = self.db.clone();
        match tokio::task::spawn_blocking(move || db.write(f)).await {
            Ok(result) => Ok(result?),
            Err(stopped) => Err(PageError::internal(stopped)),
        }
    }
}

/// Every address that is read.
fn routes() -> Router<App> {
    let mut routes = Router::new()
        .route("/", get(pages::timeline::list))
        .route("/timeline.json", get(pages::timeline::json))
        .route("/compare", get(pages::compare::show))
        .route("/compare.json", get(pages::compare::json))
        .route("/map", get(pages::map::show))
        .route("/map.json", get(pages::map::json))
        .route("/incidents/{id}", get(pages::incident::show))
        .route("/actors", get(pages::subjects::actors))
        .route("/actors.json", get(pages::subjects::actors))
        .route("/places", get(pages::subjects::all_places))
        .route("/places.json", get(pages::subjects::all_places))
        .route("/victims", get(pages::subjects::victims))
        .route("/victims.json", get(pages::subjects::victims))
        .route("/actors/{slug}", get(pages::subject::actor))
        .route("/places/{slug}", get(pages::subject::place))
        .route("/victims/{slug}", get(pages::subject::victim))
        .route("/sources", get(pages::sources::list))
        .route("/sources.json", get(pages::sources::json))
        .route("/sources/{id}", get(pages::source::show))
        .route("/sources/{id}/records/{key}", get(pages::record::show))
        .route("/matches", get(pages::matches::list))
        .route("/matches.json", get(pages::matches::json))
        .route("/about", get(pages::about::show))
        .route("/about.json", get(pages::about::json))
        .route("/healthz", get(async || "ok"))
        .route("/static/{hash}/{name}", get(assets::show))
        .fallback(async || PageError::NotFound);
    for format in Format::ALL {
        let path = format!("/export.{}", format.as_str());
        routes = routes.route(&path, get(pages::export::export));
    }
    routes.layer(RequestBodyLimitLayer::new(MAX_BODY))
}

/// The addresses on which documents are reviewed, and on which anything is written.
fn writing() -> (Router<App>, Router<App>) {
    let read = Router::new()
        .route("/review", get(pages::review::list))
        .route("/review/{id}", get(pages::review::show));
    let review = Router::new()
        .route("/review/{id}", post(pages::review::change))
        .layer(RequestBodyLimitLayer::new(MAX_FORM));
    let write = Router::new()
        .route("/matches", post(pages::matches::decide))
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .merge(review);
    (read, write)
}

/// Every address, with the limits and headers that hold for all.
pub fn router(app: App) -> Router {
    let (review, write) = writing();
    let read = if app.writes() { routes().merge(review) } else { routes() };
    guard::with_writes(&app, read, write)
        .layer(from_fn_with_state((app.clone(), routes()), as_of::serve))
        // Here so that a page is kept compressed, and last for the answers made in between.
        .layer(compression())
        .layer(from_fn_with_state(app.clone(), cache::conditional))
        .layer(from_fn(security::limits))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(GlobalConcurrencyLimitLayer::new(AT_ONCE))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), guard::check))
        .layer(from_fn_with_state(app.clone(), failure::render))
        .layer(compression())
        .layer(from_fn(security::headers))
        .with_state(app)
}
