//! `?as_of=DAY` on any page: the same pages over the database as it was known then.

use super::App;
use super::error::PageError;
use crate::query;
use crate::store::as_of::{Past, is_past};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use std::sync::Arc;
use tokio::sync::Mutex;
use tower::ServiceExt;

/// The parameter.
pub const KEY: &str = query::AS_OF;

/// Days whose database is kept, at most.
const KEPT: usize = 4;

/// Databases of earlier days, made one at a time.
pub type Pasts = Mutex<Vec<Kept>>;

/// The database of an earlier day.
pub struct Kept {
    day: Date,
    /// Version of the content that it was made of.
    version: u64,
    past: Arc<Past>,
}

/// Answers a request that names an earlier day from `routes`; lets every other pass.
pub async fn serve(
    State((app, routes)): State<(App, Router<App>)>,
    mut request: Request,
    next: Next,
) -> Response {
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    let query = request.uri().query().unwrap_or_default();
    let asked = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == KEY);
    let asked = asked.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty());
    let Some(asked) = asked.filter(|_| reading) else { return next.run(request).await };
    let app = match query::as_of(&asked) {
        Ok(day) => app.as_of(day).await,
        Err(bad) => Err(bad.into()),
    };
    match app {
        Ok(app) => {
            // The parts of the path were noted when the request was routed the first time.
            request.extensions_mut().clear();
            match routes.with_state(app).oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        }
        Err(error) => error.into_response(),
    }
}

impl App {
    /// The pages as of an earlier day.
    async fn as_of(&self, day: Date) -> Result<Self, PageError> {
        let at = |past| Self { as_of: Some(day), _past: past, writes: false, ..self.clone() };
        let (version, is_past) =
            self.read(move |db| Ok((crate::store::version(db)?, is_past(db, day)?))).await?;
        if !is_past {
            // Nothing was imported since.
            return Ok(at(None));
        }
        let mut kept = self.pasts.lock().await;
        kept.retain(|one| one.version == version);
        if let Some(found) = kept.iter().find(|one| one.day == day) {
            let past = Arc::clone(&found.past);
            return Ok(Self { db: past.db().clone(), ..at(Some(past)) });
        }
        let (db, known) = (self.db.clone(), Arc::clone(&self.known));
        let made = tokio::task::spawn_blocking(move || Past::of(&db, day, &known));
        let past = Arc::new(made.await.map_err(PageError::internal)??);
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push(Kept { day, version, past: Arc::clone(&past) });
        Ok(Self { db: past.db().clone(), ..at(Some(past)) })
    }
}
