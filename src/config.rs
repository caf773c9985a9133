//! Arguments to a checked configuration. The command line is a contract (`docs`, scripts):
//! extend it, never break it.

/// `gazetteer`.
mod gazetteer;
/// `matches`.
mod matches;
/// `source`.
mod source;

pub use gazetteer::Gazetteer;
pub use matches::{Decide, Matches};
pub use source::{Mark, Source};

use crate::export::Format;
use crate::ingest::Hints;
use crate::ingest::dataset::Countries;
use crate::model::date::PartialDate;
use crate::model::document::Shape;
use crate::model::filter::{Dimension, KilledBy, RegionAs, Sort};
use crate::model::incident::{EventType, Stance, Status};
use crate::model::source::Lang;
use crate::query;
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::time::Duration;

mod parse;

pub use parse::{DraftFormat, Parse};

/// The database when none is named.
const DEFAULT_DB: &str = "mali-timeline.db";

/// A local timeline of the armed conflict in Mali in which every fact opens the words of its
/// source. Without a command: serve.
#[derive(Debug, Parser)]
#[command(version, about, args_conflicts_with_subcommands = false)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(flatten)]
    pub serve: Serve,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The database file [default: mali-timeline.db in the current folder]
    #[arg(
        long,
        value_name = "PATH",
        global = true,
        env = "MALI_TIMELINE_DB",
        hide_env_values = true
    )]
    db: Option<PathBuf>,
    /// Folder with data files that stand in place of the built-in ones (actors, places …)
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    /// Folder in which reviews made in the browser are kept, so that imports take them again
    /// [default: corrections, beside the database]
    #[arg(long, value_name = "DIR", global = true)]
    corrections: Option<PathBuf>,
}

impl Common {
    /// The database file.
    pub fn db(&self) -> PathBuf {
        self.db.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_DB))
    }

    /// Folder of reviews made in the browser; it need not exist.
    pub fn corrections(&self) -> PathBuf {
        self.corrections.clone().unwrap_or_else(|| self.db().with_file_name("corrections"))
    }

    /// The database file, if one was named.
    pub fn named_db(&self) -> Option<PathBuf> {
        self.db.clone()
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the timeline on a local web page (also without any command)
    Serve(Serve),
    /// Read documents into the database
    Import(Import),
    /// Print what would be read from documents, without a database
    Parse(Parse),
    /// Write the filtered timeline to a file
    Export(Box<Export>),
    /// Check that an export or a database is whole; with --db, that an export still says what
    /// the database says
    Verify(Verify),
    /// List incidents that may be one, and decide about them
    Matches(Matches),
    /// Load places beside those that the program knows
    #[command(subcommand)]
    Gazetteer(Gazetteer),
    /// Say something of sources that are in the database
    #[command(subcommand)]
    Source(Source),
}

/// Options of `serve`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct Serve {
    /// Port to listen on; 0 for any that is free [default: 7400]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,
    /// Let other machines on the network connect, with a key that is made and printed
    #[arg(long)]
    lan: bool,
    /// Ask for this key before anything is shown, also without --lan; without a value a key is
    /// made
    #[arg(long, value_name = "TOKEN", num_args = 0..=1, value_parser = token)]
    token: Option<Option<String>>,
    /// As --lan, but without a key: everyone on the network can read everything
    #[arg(long, conflicts_with = "token")]
    open_lan: bool,
    /// Encrypt (HTTPS), with a certificate that is made for this run and whose fingerprint is
    /// printed
    #[arg(long)]
    tls: bool,
    /// Encrypt with this certificate, and those that vouch for it (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The private key of the certificate (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Answer under this name too (a name that leads to this machine); may be repeated
    #[arg(long, value_name = "NAME", value_parser = host_name)]
    pub allow_host: Vec<String>,
    /// With --lan: do not advertise mali-timeline.local
    #[arg(long)]
    pub no_mdns: bool,
    /// Break off a look into the database that takes longer, and say so [default: 10]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub time_limit: Option<Duration>,
}

/// What it takes to read the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access<'a> {
    /// Nothing.
    Open,
    /// This key.
    Given(&'a str),
    /// A key that is to be made.
    Made,
}

/// How answers are encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption<'a> {
    /// Not at all.
    Off,
    /// With a certificate that is to be made.
    Made,
    /// With that of these files.
    Given {
        /// The certificate.
        chain: &'a Path,
        /// Its private key.
        key: &'a Path,
    },
}

impl Serve {
    /// Port to listen on.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(7400)
    }

    /// Whether other machines may connect.
    pub fn lan(&self) -> bool {
        self.lan || self.open_lan
    }

    /// Whether and with what to encrypt.
    pub fn encryption(&self) -> Encryption<'_> {
        match (&self.tls_cert, &self.tls_key) {
            (Some(chain), Some(key)) => Encryption::Given { chain, key },
            _ if self.tls => Encryption::Made,
            _ => Encryption::Off,
        }
    }

    /// What it takes to read the pages: on a network a key, unless that was waived.
    pub fn key(&self) -> Access<'_> {
        match &self.token {
            Some(Some(secret)) => Access::Given(secret),
            Some(None) => Access::Made,
            None if self.lan && !self.open_lan => Access::Made,
            None => Access::Open,
        }
    }
}

/// Options of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Files, or folders of files
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// When the documents were published, where they do not say: YYYY-MM-DD, YYYY-MM or YYYY
    #[arg(long, value_name = "DATE")]
    published: Option<PartialDate>,
    /// How the files are laid out, when it cannot be told
    #[arg(long, value_name = "NAME", value_parser = shapes())]
    format: Option<Shape>,
    #[command(flatten)]
    pub rows: RowArguments,
    /// Id of the source of which a dataset is a later release; without it, a file is one when it
    /// has the name of an earlier file, or most of its rows
    #[arg(long, value_name = "SOURCE")]
    pub release_of: Option<String>,
    /// Report what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl Import {
    /// What the user says of the files.
    pub fn hints(&self) -> Hints {
        Hints { published: self.published, shape: self.format }
    }
}

/// How the rows of datasets are read.
#[derive(Debug, Clone, Args)]
pub struct RowArguments {
    /// A TOML file that says which column of a table is what
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// Rows about which countries are read
    #[arg(long, value_name = "COUNTRY", default_value = "mali", value_parser = ["mali", "all"])]
    country: String,
}

impl RowArguments {
    /// Rows about which countries are read.
    pub fn countries(&self) -> Countries {
        match self.country.as_str() {
            "all" => Countries::All,
            _ => Countries::Mali,
        }
    }
}

/// Options of `export`: those of the address of the timeline.
#[derive(Debug, Args)]
pub struct Export {
    /// File format
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub format: Format,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Region, of the day or of today
    #[arg(long, value_name = "REGION")]
    region: Vec<String>,
    /// By which division a region is meant: that of the day, that of today, or either
    #[arg(long, value_name = "WHEN", value_parser = words(RegionAs::ALL.iter().map(|v| v.as_str())))]
    region_as: Option<String>,
    /// Place
    #[arg(long, value_name = "PLACE")]
    place: Vec<String>,
    /// Actor named as perpetrator; includes its parts
    #[arg(long, value_name = "ACTOR")]
    perpetrator: Vec<String>,
    /// Victim group; includes its parts
    #[arg(long, value_name = "GROUP")]
    victim: Vec<String>,
    /// Kind of event
    #[arg(long = "type", value_name = "KIND", value_parser = words(EventType::ALL.iter().map(|v| v.as_str())))]
    kind: Vec<String>,
    /// Source
    #[arg(long, value_name = "SOURCE")]
    source: Vec<String>,
    /// In which way the perpetrator is named
    #[arg(long, value_name = "STANCE", value_parser = words(Stance::ALL.iter().map(|v| v.as_str())))]
    stance: Vec<String>,
    /// Parsed or reviewed
    #[arg(long, value_name = "STATUS", value_parser = words(Status::ALL.iter().map(|v| v.as_str())))]
    status: Vec<String>,
    /// At least so many people killed, by the lowest claim
    #[arg(long, value_name = "N")]
    killed: Option<String>,
    /// Which claim counts for --killed
    #[arg(long, value_name = "CLAIM", value_parser = words(KilledBy::ALL.iter().map(|v| v.as_str())))]
    killed_by: Option<String>,
    /// Incidents that may have happened on or after: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Incidents that may have happened on or before: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Words that must all occur
    #[arg(short, value_name = "WORDS")]
    #[arg(long)]
    q: Option<String>,
    /// Order
    #[arg(long, value_name = "ORDER", value_parser = words(Sort::ALL.iter().map(|v| v.as_str())))]
    sort: Option<String>,
    /// What was known at the end of that day (UTC): later imports are left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Date>,
    /// In a CSV or workbook, a row of HXL hashtags below the names of the columns
    #[arg(long)]
    pub hxl: bool,
    /// Withhold what could point to a private person: words of sources, names that are no known
    /// actor, titles, sources without a web address, exact coordinates
    #[arg(long)]
    pub redact: bool,
    /// Language of the words around the sources
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = langs())]
    pub lang: Lang,
}

impl Export {
    /// The filter as the parameters of an address.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let mut pairs = Vec::new();
        for &dimension in Dimension::ALL {
            let values = match dimension {
                Dimension::Region => &self.region,
                Dimension::Place => &self.place,
                Dimension::Perpetrator => &self.perpetrator,
                Dimension::Victim => &self.victim,
                Dimension::Type => &self.kind,
                Dimension::Source => &self.source,
                Dimension::Stance => &self.stance,
                Dimension::Status => &self.status,
            };
            pairs.extend(values.iter().map(|v| (dimension.as_str(), v.as_str())));
        }
        let single = [
            ("region_as", &self.region_as),
            ("killed", &self.killed),
            ("killed_by", &self.killed_by),
            ("from", &self.from),
            ("to", &self.to),
            ("q", &self.q),
            ("sort", &self.sort),
        ];
        pairs.extend(single.into_iter().filter_map(|(k, v)| Some((k, v.as_deref()?))));
        pairs
    }
}

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The export or database
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

fn day(text: &str) -> Result<Date, String> {
    query::as_of(text).map_err(|bad| format!("expected {}", bad.expected))
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|s| (0.0..=3600.0).contains(s));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "expected seconds, 0 to 3600".to_owned())
}

fn host_name(text: &str) -> Result<String, String> {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    match !text.is_empty() && text.chars().all(fine) {
        true => Ok(text.to_owned()),
        false => Err("expected the name of a host without http:// and port".to_owned()),
    }
}

fn token(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("expected a key, found nothing".to_owned()),
        text => Ok(text.to_owned()),
    }
}

fn words(words: impl Iterator<Item = &'static str>) -> PossibleValuesParser {
    PossibleValuesParser::new(words)
}

fn shapes() -> impl clap::builder::TypedValueParser<Value = Shape> {
    use clap::builder::TypedValueParser;
    words(Shape::ALL.iter().map(|s| s.as_str()))
        .map(|word| word.parse::<Shape>().expect("only words of shapes are let through"))
}

fn formats() -> impl clap::builder::TypedValueParser<Value = Format> {
    use clap::builder::TypedValueParser;
    words(Format::ALL.iter().map(|f| f.as_str()))
        .map(|word| word.parse::<Format>().expect("only words of formats are let through"))
}

fn langs() -> impl clap::builder::TypedValueParser<Value = Lang> {
    use clap::builder::TypedValueParser;
    words(Lang::ALL.iter().map(|l| l.as_str()))
        .map(|word| word.parse::<Lang>().expect("only codes of languages are let through"))
}

impl Cli {
    /// What to do, once the arguments fit together, and the options of every command.
    ///
    /// # Errors
    /// When options of `serve` stand before another command.
    pub fn task(self) -> Result<(Command, Common), String> {
        match self.command {
            None => Ok((Command::Serve(self.serve), self.common)),
            Some(_) if self.serve != Serve::default() => {
                Err("--port, --open, --lan and all that serve takes stand after the command serve, or alone".into())
            }
            Some(command) => Ok((command, self.common)),
        }
    }
}
