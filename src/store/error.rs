//! What can go wrong between the program and its database.

use std::path::PathBuf;

/// An error of the store, with what was being done.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is something else.
    #[error("{}: not a database of mali-timeline", .0.display())]
    NotOurs(PathBuf),
    /// The file was written by a later version of the program.
    #[error("{}: made by a newer version of mali-timeline; use that version", .0.display())]
    Newer(PathBuf),
    /// The file was written by an earlier version of the program, and may not be changed.
    #[error("{}: made by an older version of mali-timeline; open it once with serve", .0.display())]
    Older(PathBuf),
    /// There is no such file, and none is to be made.
    #[error("{}: no such database", .0.display())]
    Missing(PathBuf),
    /// The file, or the folder that it should stand in, cannot be written.
    #[error("{}: cannot be opened for writing: {reason}", path.display())]
    NotWritable {
        /// The database.
        path: PathBuf,
        /// Why, in words.
        reason: String,
    },
    /// The position in a list that was asked for is none.
    #[error("{0:?} is no position in this list")]
    BadCursor(String),
    /// The search text has nothing to search for.
    #[error("{0:?} has no letter or digit to search for")]
    BadSearch(String),
    /// Reading took longer than it was given.
    #[error("reading took too long")]
    TooSlow,
    /// Writing was broken off on request; nothing of it is in.
    #[error("stopped; the database is as it was before")]
    Stopped,
    /// What a person decided cannot be.
    #[error(transparent)]
    BadDecision(#[from] BadDecision),
    /// A stored value is not one that this program writes.
    #[error("damaged database: {0}")]
    Damaged(String),
    /// SQLite failed.
    #[error("{during}: {source}")]
    Sql {
        /// What was being done.
        during: &'static str,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

/// Why a decision about incidents is refused. Nothing of it is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDecision {
    /// Nothing is told under this id.
    #[error("no incident has the id {0:?}")]
    NoIncident(String),
    /// Both ids are of one incident.
    #[error("{0} and {1} are one incident")]
    OneIncident(String, String),
    /// It was decided otherwise, for these two or by way of others.
    #[error("this contradicts what was decided about {0} and {1}; undo that first")]
    Contradicts(String, String),
    /// Nothing was decided about the pair.
    #[error("nothing was decided about {0} and {1}")]
    Undecided(String, String),
    /// The source alone tells the incident, or does not tell it.
    #[error("no rule joined what {told_by:?} tells with what others tell of {id}")]
    NotJoined {
        /// The incident.
        id: String,
        /// The source.
        told_by: String,
    },
}

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        Self::Sql { during: "", source }
    }
}

impl StoreError {
    /// An SQLite error that happened while doing `during`.
    pub fn sql(during: &'static str) -> impl Fn(rusqlite::Error) -> Self {
        move |source| Self::Sql { during, source }
    }
}

/// Runs `work` and names it in its errors.
pub(super) fn during<T>(
    name: &'static str,
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    work().map_err(|error| match error {
        StoreError::Sql { during: "", source } => StoreError::Sql { during: name, source },
        other => other,
    })
}
