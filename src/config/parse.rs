//! Arguments of `parse`.

use super::{RowArguments, shapes, words};
use crate::ingest::Hints;
use crate::model::claim::words as named;
use crate::model::date::PartialDate;
use crate::model::document::Shape;
use clap::Args;
use clap::builder::TypedValueParser;
use std::path::PathBuf;
use std::str::FromStr;

/// How drafts are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftFormat {
    /// For programs: an array, one object a document.
    Json,
    /// For people: a file to correct and to keep beside the document.
    Toml,
}
named!(DraftFormat { Json => "json", Toml => "toml" });

/// Options of `parse`.
#[derive(Debug, Args)]
pub struct Parse {
    /// Files, or folders of files
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// When the documents were published, where they do not say: YYYY-MM-DD, YYYY-MM or YYYY
    #[arg(long, value_name = "DATE")]
    published: Option<PartialDate>,
    /// How the files are laid out, when it cannot be told
    #[arg(long, value_name = "NAME", value_parser = shapes())]
    shape: Option<Shape>,
    #[command(flatten)]
    pub rows: RowArguments,
    /// How to print the drafts: json for programs, toml for a person to correct
    #[arg(long, value_name = "FORMAT", default_value = "json", value_parser = formats())]
    pub format: DraftFormat,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// With --format toml: write x.incidents.toml beside each x.txt; one that is there is left
    /// as it is
    #[arg(long, conflicts_with = "output")]
    pub beside: bool,
    /// Print for each fact the words and the rule that found it
    #[arg(long, conflicts_with_all = ["format", "output", "beside"])]
    pub explain: bool,
}

impl Parse {
    /// What the user says of the files.
    pub fn hints(&self) -> Hints {
        Hints { published: self.published, shape: self.shape }
    }
}

fn formats() -> impl TypedValueParser<Value = DraftFormat> {
    words(DraftFormat::ALL.iter().map(|f| f.as_str()))
        .map(|word| word.parse().expect("only words of formats are let through"))
}
