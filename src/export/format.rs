//! The formats, and how each is named.

use std::str::FromStr;

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One self-contained page.
    Html,
    /// Comma-separated values, one row an incident.
    Csv,
    /// Comma-separated values, one row a claim.
    ClaimsCsv,
    /// A workbook with sheets of incidents, claims and sources.
    Xlsx,
    /// Everything, for programs.
    Json,
    /// Everything, one incident a line.
    Jsonl,
    /// Points for maps.
    GeoJson,
    /// Slides of a timeline.
    TimelineJs,
    /// Text for a report.
    Markdown,
    /// The sources, for LaTeX.
    Bib,
    /// The sources, for reference managers.
    Ris,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 11] = [
        Self::Html,
        Self::Csv,
        Self::ClaimsCsv,
        Self::Xlsx,
        Self::Json,
        Self::Jsonl,
        Self::GeoJson,
        Self::TimelineJs,
        Self::Markdown,
        Self::Bib,
        Self::Ris,
    ];

    /// The word of `--format` and of addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Csv => "csv",
            Self::ClaimsCsv => "claims.csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::GeoJson => "geojson",
            Self::TimelineJs => "timelinejs",
            Self::Markdown => "md",
            Self::Bib => "bib",
            Self::Ris => "ris",
        }
    }

    /// The ending of file names.
    pub fn ending(self) -> &'static str {
        match self {
            Self::TimelineJs => "timelinejs.json",
            other => other.as_str(),
        }
    }

    /// The key of its message: `export-…`.
    pub fn message(self) -> String {
        format!("export-{}", self.as_str().replace('.', "-"))
    }

    /// Media type, for `Content-Type`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Csv | Self::ClaimsCsv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json | Self::TimelineJs => "application/json",
            Self::Jsonl => "application/jsonl",
            Self::GeoJson => "application/geo+json",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Bib => "application/x-bibtex; charset=utf-8",
            Self::Ris => "application/x-research-info-systems; charset=utf-8",
        }
    }
}

impl FromStr for Format {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|f| f.as_str() == text).ok_or(())
    }
}
