//! Opening the file of a database, and bringing its schema up to date.

use super::error::StoreError;
use super::{READER_CACHE_KB, WRITER_CACHE_KB, repack};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use rusqlite_migration::{HookError, M, Migrations};
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

/// How long a writer of another process is waited for.
const BUSY: Duration = Duration::from_secs(20);

/// `pragma application_id` of our databases: see the first migration.
pub(super) const APPLICATION_ID: i32 = 0x4d4c_5449;

/// Append only: a released migration is never edited.
pub(super) static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    Migrations::new(vec![
        M::up(include_str!("../../migrations/0001_initial.sql")),
        M::up(include_str!("../../migrations/0002_record.sql")),
        M::up(include_str!("../../migrations/0003_gazetteer.sql")),
        M::up(include_str!("../../migrations/0004_review.sql")),
        M::up(include_str!("../../migrations/0005_sensitive.sql")),
        M::up(include_str!("../../migrations/0006_relation.sql")),
        M::up(include_str!("../../migrations/0007_page.sql")),
        M::up_with_hook(include_str!("../../migrations/0008_packed.sql"), |tx| {
            repack::deflate_all(tx).map_err(|error| HookError::Hook(error.to_string()))
        }),
        M::up_with_hook(include_str!("../../migrations/0009_many.sql"), |tx| {
            repack::repack_all(tx).map_err(|error| HookError::Hook(error.to_string()))
        }),
    ])
});

/// Opens the database to write; makes it when there is none.
pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let not_writable =
        |reason: &str| StoreError::NotWritable { path: path.to_owned(), reason: reason.to_owned() };
    let explain = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            StoreError::NotOurs(path.to_owned())
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            not_writable("it, or its folder, is read-only")
        }
        Some(ErrorCode::CannotOpen) => match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
                not_writable("its folder does not exist")
            }
            _ if path.is_dir() => not_writable("it is a folder"),
            _ => not_writable("it, or its folder, is read-only"),
        },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            not_writable("another program has been using it for too long")
        }
        _ => StoreError::Sql { during: "open the database", source: error },
    };
    let mut db = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(explain)?;
    db.busy_timeout(BUSY).map_err(explain)?;
    let (id, tables): (i32, u32) = db
        .query_row(
            "select (select application_id from pragma_application_id),
                    (select count(*) from sqlite_schema)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .map_err(explain)?;
    if tables > 0 && id != APPLICATION_ID {
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    // Sorting for an index goes to files where memory of the size of the cache is too small.
    db.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;
         pragma trusted_schema = off;",
    )
    .and_then(|()| db.pragma_update(None, "cache_size", -WRITER_CACHE_KB))
    .map_err(explain)?;
    MIGRATIONS.to_latest(&mut db).map_err(|error| match error {
        rusqlite_migration::Error::MigrationDefinition(
            rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
        ) => StoreError::Newer(path.to_owned()),
        rusqlite_migration::Error::RusqliteError { err, .. } => explain(err),
        other => StoreError::Damaged(other.to_string()),
    })?;
    db.set_prepared_statement_cache_capacity(128);
    Ok(db)
}

/// Opens the database only to read.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let set_up = |db: Connection| {
        db.busy_timeout(BUSY)?;
        db.execute_batch(
            "pragma query_only = on; pragma trusted_schema = off; pragma temp_store = memory;",
        )?;
        db.pragma_update(None, "cache_size", -READER_CACHE_KB)?;
        db.set_prepared_statement_cache_capacity(64);
        // The first look at the file: a write-ahead log wants a file beside it.
        db.query_row("select count(*) from sqlite_schema", [], |_| Ok(()))?;
        Ok(db)
    };
    let opened = Connection::open_with_flags(path, flags).and_then(set_up);
    match opened {
        Err(e) if e.sqlite_error_code() == Some(ErrorCode::CannotOpen) => {
            // Nothing can be made beside it, so nobody can be writing to it either.
            let path = path.display().to_string();
            let path = utf8_percent_encode(&path, NON_ALPHANUMERIC);
            let uri = format!("file:{path}?immutable=1");
            Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI).and_then(set_up)
        }
        other => other,
    }
    .map_err(|e| match e.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            StoreError::NotOurs(path.to_owned())
        }
        _ => StoreError::sql("open the database for reading")(e),
    })
}
