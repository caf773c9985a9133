//! Reading what a connection sees at one moment, and breaking off what takes too long.

use super::error::StoreError;
use rusqlite::{Connection, ErrorCode};

/// Steps of SQLite's machine between two looks at the clock: some microseconds.
const STEPS_BETWEEN_LOOKS: i32 = 10_000;

/// Runs `f` on what `reader` sees at one moment.
pub(super) fn at_one_moment<T>(
    reader: &Connection,
    f: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let moment = Moment::begin(reader).map_err(StoreError::sql("begin reading"))?;
    f(moment.0)
}

/// A reader that sees one moment until this goes. As a transaction of `rusqlite`, whose
/// statements are prepared anew for each.
struct Moment<'c>(&'c Connection);

impl<'c> Moment<'c> {
    fn begin(reader: &'c Connection) -> rusqlite::Result<Self> {
        reader.prepare_cached("begin")?.execute([])?;
        Ok(Self(reader))
    }
}

impl Drop for Moment<'_> {
    fn drop(&mut self) {
        let ended = self.0.prepare_cached("rollback").and_then(|mut s| s.execute([]));
        if let Err(error) = ended {
            tracing::error!("a reader does not end: {error}");
        }
    }
}

/// Runs `f` and breaks it off once `stop` says so.
pub(super) fn until<T>(
    db: &Connection,
    stop: impl FnMut() -> bool + Send + 'static,
    f: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    db.progress_handler(STEPS_BETWEEN_LOOKS, Some(stop)).map_err(StoreError::sql("set a limit"))?;
    let result = f(db);
    db.progress_handler(0, None::<fn() -> bool>).map_err(StoreError::sql("lift a limit"))?;
    result.map_err(|error| match error {
        StoreError::Sql { source, .. }
            if source.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) =>
        {
            StoreError::TooSlow
        }
        other => other,
    })
}
