//! Arguments of `matches`.

use super::langs;
use crate::model::source::Lang;
use clap::{Args, Subcommand};

/// Options of `matches`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Matches {
    /// What to decide; without it the pairs are listed
    #[command(subcommand)]
    pub decision: Option<Decide>,
    /// List what was decided instead of what is to be decided
    #[arg(long, conflicts_with = "joined")]
    pub decided: bool,
    /// List what rules joined instead of what is to be decided
    #[arg(long)]
    pub joined: bool,
    /// Language of the list
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = langs())]
    pub lang: Lang,
}

/// What a person decides. Incidents are named by their ids, as in the address of their pages.
#[derive(Debug, Clone, Subcommand)]
pub enum Decide {
    /// The two are one incident: all sources of both tell it
    Same {
        /// One incident
        a: String,
        /// The other
        b: String,
    },
    /// The two are two incidents, and are not listed again
    Different {
        /// One incident
        a: String,
        /// The other
        b: String,
    },
    /// A source that rules joined to an incident tells of another one
    Split {
        /// The incident
        incident: String,
        /// The source, by its id
        source: String,
    },
    /// Take a decision back: the two are what they were before it
    Undo {
        /// One incident
        a: String,
        /// The other
        b: String,
    },
}
