//! Arguments of `source`.

use clap::{Args, Subcommand};

/// What to do with sources that are in the database.
#[derive(Debug, Clone, Subcommand)]
pub enum Source {
    /// Mark sources as sensitive, or take the mark away; exports with --redact leave out all
    /// that only they say
    Mark(Mark),
}

/// Options of `source mark`.
#[derive(Debug, Clone, Args)]
pub struct Mark {
    /// Ids of sources, as in the address of their pages
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    /// Passing them on could harm somebody
    #[arg(long, required_unless_present = "no_sensitive")]
    pub sensitive: bool,
    /// They may be passed on
    #[arg(long, conflicts_with = "sensitive")]
    no_sensitive: bool,
}
