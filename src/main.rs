//! The command line: what was asked for, done and said. Exit code 0 when all is well, 1 when
//! something was refused or failed, 2 when the question was wrong.

/// What the commands do.
mod command;

use clap::{CommandFactory, Parser};
use command::shown::rederive;
use mali_timeline::config::{Access, Cli, Command, Common, Encryption, Export, Serve, Verify};
use mali_timeline::export::{self, ExportError, Out, View};
use mali_timeline::import::{self, Outcome};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::knowledge::files::Files;
use mali_timeline::model::document::Problem;
use mali_timeline::model::filter::Filter;
use mali_timeline::query::{self, QueryError};
use mali_timeline::store::as_of::Past;
use mali_timeline::store::{Db, StoreError, gazetteer};
use mali_timeline::verify::verify;
use mali_timeline::web::guard::Key;
use mali_timeline::web::{Certificate, READING, WebConfig, serve};
use mali_timeline::wording::Words;
use std::error::Error;
use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Something was refused or failed.
const FAILED: u8 = 1;

/// The question was wrong.
const USAGE: u8 = 2;

type Answer = Result<ExitCode, Box<dyn Error>>;

fn main() -> ExitCode {
    let (task, common) = match Cli::parse().task() {
        Ok(task) => task,
        Err(text) => Cli::command().error(clap::error::ErrorKind::ArgumentConflict, text).exit(),
    };
    match run(task, &common) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => fail(FAILED, &error),
    }
}

fn run(task: Command, common: &Common) -> Answer {
    let files = match &common.data {
        Some(folder) if !folder.is_dir() => {
            return Ok(fail(USAGE, format!("--data {}: no such folder", folder.display())));
        }
        Some(folder) => Files::with_folder(folder.clone()),
        None => Files::embedded(),
    };
    // Before it opens anything: what it does first may take long.
    let stop = matches!(task, Command::Import(_)).then(command::import::stop_on_interrupt);
    let mut known = Knowledge::load(&files)?;
    if !matches!(task, Command::Parse(_) | Command::Verify(_) | Command::Gazetteer(_)) {
        add_places(&mut known, &common.db(), matches!(task, Command::Import(_)));
    }
    match task {
        Command::Serve(options) => serve_pages(&options, common, &files, known),
        Command::Import(options) => {
            command::import::run(&options, common, &files, &known, &stop.unwrap_or_default())
        }
        Command::Parse(options) => command::parse::run(&options, &known),
        Command::Export(options) => export_view(&options, common, &files, &known),
        Command::Verify(options) => verify_file(&options, common, &known),
        Command::Matches(options) => {
            let db = Db::open_existing(&common.db())?;
            rederive(&db, &files, &known)?;
            command::matches::run(&options, &db, &known)
        }
        Command::Gazetteer(options) => command::gazetteer::run(&options, &common.db(), &known),
        Command::Source(options) => {
            command::source::run(&options, &Db::open_existing(&common.db())?)
        }
    }
}

/// Adds the places that were loaded into the database, and for an import those that datasets
/// name. A database that is not there, or cannot be read, has none; who needs it will say so.
fn add_places(known: &mut Knowledge, path: &Path, learned: bool) {
    let Ok(db) = Db::open_to_read(path) else { return };
    known.add_places(&db.read(gazetteer::places).unwrap_or_default());
    if learned {
        known.add_places(&db.read(gazetteer::learned).unwrap_or_default());
    }
}

/// Says on stderr what is wrong.
fn fail(code: u8, error: impl Display) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::from(code)
}

/// Whoever read our output has seen enough.
fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    let io = error.downcast_ref::<io::Error>().or_else(|| match error.downcast_ref() {
        Some(ExportError::Write(io)) => Some(io),
        _ => None,
    });
    io.is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

fn open(common: &Common, files: &Files, known: &Knowledge) -> Result<Db, Box<dyn Error>> {
    let db = Db::open(&common.db())?;
    rederive(&db, files, known)?;
    Ok(db)
}

/// Logs to standard error: in colour on a terminal only, and without what only developers want
/// to know. `RUST_LOG` asks for more or less.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| "info,rusqlite_migration=warn".into());
    let plain = std::env::var_os("NO_COLOR").is_some_and(|said| !said.is_empty());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(!plain && io::stderr().is_terminal())
        .with_writer(io::stderr)
        .init();
}

fn serve_pages(options: &Serve, common: &Common, files: &Files, known: Knowledge) -> Answer {
    log();
    let db = open(common, files, &known)?;
    if let Some(report) = import::bundled(&db, files, Some(&common.corrections()), &known)? {
        for file in &report.files {
            if let Outcome::Refused(problem) = &file.outcome {
                tracing::error!("bundled document: {problem}");
            }
        }
        tracing::info!("imported {} bundled documents", report.files.len());
    }
    db.mostly_read()?;
    db.start_index();
    let config = WebConfig {
        db,
        corrections: common.corrections(),
        known: Arc::new(known),
        port: options.port(),
        lan: options.lan(),
        key: access_key(options)?,
        allow_hosts: options.allow_host.clone(),
        tls: certificate(options),
        mdns: !options.no_mdns,
        reading: options.time_limit.unwrap_or(READING),
        open: options.open,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(config))?;
    Ok(ExitCode::SUCCESS)
}

/// The key of the pages: the one that was given, otherwise a new one where one is wanted.
fn access_key(options: &Serve) -> Result<Option<Key>, Box<dyn Error>> {
    let key = match options.key() {
        Access::Open => return Ok(None),
        Access::Given(secret) => Key::given(secret),
        Access::Made => Key::random(),
    };
    Ok(Some(key.map_err(|e| format!("no random numbers for a key: {e}"))?))
}

fn certificate(options: &Serve) -> Option<Certificate> {
    match options.encryption() {
        Encryption::Off => None,
        Encryption::Made => Some(Certificate::Made),
        Encryption::Given { chain, key } => {
            Some(Certificate::Files { chain: chain.to_owned(), key: key.to_owned() })
        }
    }
}

/// One line on stderr. What was found in a file may be anything: control characters are not
/// passed on to the terminal.
fn say(word: &str, path: &Path, problem: &Problem) {
    let Problem { file, line, expected, found } = problem;
    let path = match import::is_corrections(Path::new(file)) {
        true => file.clone(),
        false => path.display().to_string(),
    };
    let text = format!("{word} {path}: line {line}: expected {expected}, found {found}");
    eprintln!("{}", text.replace(char::is_control, "\u{fffd}"));
}

fn export_view(options: &Export, common: &Common, files: &Files, known: &Knowledge) -> Answer {
    let db = match Db::open_existing(&common.db()) {
        Ok(db) => {
            rederive(&db, files, known)?;
            db
        }
        Err(StoreError::NotWritable { .. }) => Db::open_to_read(&common.db())?,
        Err(error) => return Err(error.into()),
    };
    let past = match options.as_of {
        Some(day) => Past::if_other(&db, day, known)?,
        None => None,
    };
    let db = past.as_ref().map_or(&db, Past::db);
    let filter = match db.read(|db| Ok(query::filter(db, known, options.pairs())))? {
        Ok(filter) => filter,
        Err(QueryError::Bad(bad)) => return Ok(fail(USAGE, format!("--{bad}"))),
        Err(QueryError::Store(error)) => return Err(error.into()),
    };
    for title in db.read(|db| export::not_to_be_passed_on(db, &filter)).unwrap_or_default() {
        let title = title.replace(char::is_control, "\u{fffd}");
        eprintln!("NOTE: not for passing on: the terms of ACLED forbid it for {title:?}");
    }
    let written = match &options.output {
        Some(path) => command::write_file(path, |out| export_to(db, &filter, options, known, out)),
        None => {
            let mut out = BufWriter::new(io::stdout());
            export_to(db, &filter, options, known, &mut out).and_then(|()| Ok(out.flush()?))
        }
    };
    match written {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(ExportError::Store(error @ StoreError::BadSearch(_))) => Ok(fail(USAGE, error)),
        Err(ExportError::Write(error)) if options.output.is_some() => {
            let path = options.output.as_deref().unwrap_or(Path::new(""));
            Ok(fail(FAILED, format!("{}: {error}", path.display())))
        }
        Err(error) => Err(error.into()),
    }
}

fn export_to(
    db: &Db,
    filter: &Filter,
    options: &Export,
    known: &Knowledge,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    let view = View {
        filter,
        words: Words::new(options.lang, known),
        at: jiff::Timestamp::now(),
        as_of: options.as_of,
        hxl: options.hxl,
        redact: options.redact,
    };
    // A failed write is no error of the store: it is carried out of the reading.
    let mut written = Ok(());
    db.read_much(
        || false,
        |db| {
            written = export::write(db, &view, options.format, out);
            Ok(())
        },
    )?;
    written
}

fn verify_file(options: &Verify, common: &Common, known: &Knowledge) -> Answer {
    let verdict = verify(&options.file, common.named_db().as_deref(), known)?;
    let file = options.file.display();
    for line in &verdict.holds {
        println!("{file}: {line}");
    }
    for line in &verdict.wrong {
        eprintln!("{file}: {line}");
    }
    Ok(match verdict.wrong.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(FAILED),
    })
}
