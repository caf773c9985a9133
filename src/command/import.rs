//! `import`: files into the database, with how far it has come and what became of each.

use super::row_options;
use super::shown::{Shown, rederive};
use crate::{Answer, FAILED, USAGE, fail, open, say};
use mali_timeline::config::{Common, Import};
use mali_timeline::import::dataset::{Change, Release, RowOptions};
use mali_timeline::import::{self, FileReport, Options, Outcome, Progress, Report};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::knowledge::files::Files;
use mali_timeline::model::source::Lang;
use mali_timeline::store::{Db, StoreError};
use mali_timeline::wording::Words;
use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

/// Stopped by the user: 128 and the number of the signal.
const STOPPED: u8 = 130;

/// Changes of a dataset, and doubtful pairs, that are printed; all are in the database.
const PRINTED: usize = 100;

/// Imports files until `stop` says so, and says what became of them.
pub fn run(
    options: &Import,
    common: &Common,
    files: &Files,
    known: &Knowledge,
    stop: &AtomicBool,
) -> Answer {
    let hints = options.hints();
    let rows = match row_options(&options.rows, hints.shape) {
        Ok(rows) => RowOptions { release_of: options.release_of.clone(), ..rows },
        Err(text) => return Ok(fail(USAGE, text)),
    };
    let (db, _folder) = match options.dry_run {
        true => to_rehearse(common, files, known)?,
        false => (open(common, files, known)?, None),
    };
    let corrections = Some(common.corrections());
    let settings = Options { hints, corrections, rows, dry_run: options.dry_run };
    let mut shown = Shown::new();
    let report = import::run(&db, &options.paths, &settings, known, |progress| {
        show(&mut shown, progress);
        !stop.load(Ordering::Relaxed)
    });
    shown.clear();
    let report = match report {
        Err(StoreError::Stopped) => return Ok(fail(STOPPED, StoreError::Stopped)),
        other => other?,
    };
    let words = Words::new(Lang::En, known);
    say_report(&report, &words, &common.db(), options.dry_run)?;
    Ok(match report.any_refused() {
        true => ExitCode::from(FAILED),
        false => ExitCode::SUCCESS,
    })
}

/// The database for a dry run: the one that there is, or in a folder of its own an empty one,
/// or a copy of one that would first have to be brought up to date.
fn to_rehearse(
    common: &Common,
    files: &Files,
    known: &Knowledge,
) -> Result<(Db, Option<tempfile::TempDir>), Box<dyn Error>> {
    let path = common.db();
    let is_new = !path.exists();
    match Db::open_to_read(&path) {
        Ok(db) if !import::is_outdated(&db, files)? => return Ok((Db::open(&path)?, None)),
        Ok(_) | Err(StoreError::Older(_)) => {}
        Err(StoreError::Missing(_)) if is_new => {}
        Err(error) => return Err(error.into()),
    }
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("rehearsal.db");
    if !is_new {
        mali_timeline::store::copy(&path, &copy)?;
    }
    let db = Db::open(&copy)?;
    rederive(&db, files, known)?;
    Ok((db, Some(folder)))
}

/// Becomes true at the first Ctrl-C after this returns. A second one ends the program at once,
/// which is as safe: the file that is being imported is then not in.
pub fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let (listening, begun) = std::sync::mpsc::channel::<()>();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        // Without one the signal ends the program, as any other would.
        let Ok(runtime) = runtime else { return };
        runtime.block_on(async {
            let mut first = std::pin::pin!(tokio::signal::ctrl_c());
            // Only once it was polled does it listen.
            let early = futures_util::poll!(first.as_mut());
            drop(listening);
            let pressed = match early {
                Poll::Ready(pressed) => pressed,
                Poll::Pending => first.await,
            };
            if pressed.is_err() {
                return;
            }
            asked.store(true, Ordering::Relaxed);
            if tokio::signal::ctrl_c().await.is_ok() {
                std::process::exit(i32::from(STOPPED));
            }
        });
    });
    // It ends with an error: nothing is ever sent.
    let _ = begun.recv();
    stop
}

/// Shows how far an import has come.
fn show(shown: &mut Shown, progress: Progress) {
    match progress {
        Progress::File { report, done, all } => {
            let bar = shown.begin(done as u64, all as u64, || report.path.display().to_string());
            match bar {
                Some(bar) => bar.suspend(|| say_problems(report)),
                None => say_problems(report),
            }
        }
        // The file is only being looked through.
        Progress::Rows { rows: 0, .. } => {}
        Progress::Rows { path, rows, bytes, of } => {
            shown.go_on(bytes, of, |elapsed| {
                let rate = rows as f64 / elapsed.as_secs_f64().max(0.001);
                format!("{}: {rows} rows, {rate:.0} a second", path.display())
            });
        }
    }
}

/// What was not understood in a file, as it is met.
fn say_problems(file: &FileReport) {
    if let Outcome::Refused(problem) = &file.outcome {
        say("refused", &file.path, problem);
    }
    for problem in &file.problems {
        say("problem", &file.path, problem);
    }
    let told = file.problems.len() as u64;
    if let Some(more) = file.release.as_ref().and_then(|r| r.problems.checked_sub(told))
        && more > 0
    {
        eprintln!("problem {}: {more} more like these", file.path.display());
    }
}

fn say_report(report: &Report, words: &Words, db: &Path, dry_run: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let [added, changed, unchanged, refused] = report.sources();
    let incidents = report.incidents();
    if dry_run {
        writeln!(out, "dry run    nothing was written; this is what would be done")?;
    }
    for file in &report.files {
        if let Some(release) = &file.release {
            say_release(&mut out, &file.path, release)?;
        }
    }
    writeln!(
        out,
        "sources    {added} added, {changed} changed, {unchanged} unchanged, {refused} refused"
    )?;
    writeln!(
        out,
        "incidents  {} added, {} joined with those of other sources, {} changed, {} unchanged, {} dropped",
        incidents.added,
        incidents.joined,
        incidents.changed,
        incidents.unchanged,
        incidents.dropped
    )?;
    if incidents.doubtful > 0 {
        writeln!(
            out,
            "doubtful   {} pairs that may be one incident, left apart",
            incidents.doubtful
        )?;
        for pair in report.doubtful.iter().take(PRINTED) {
            writeln!(out, "           {} and {}: {}", pair.a, pair.b, words.doubt(pair.reason))?;
        }
        say_rest(&mut out, "pairs: see matches", report.doubtful.len() as u64, PRINTED)?;
    }
    if incidents.refused > 0 {
        writeln!(out, "refused    {} incidents of files of corrections", incidents.refused)?;
    }
    let problems = report.problems();
    if problems > 0 {
        writeln!(out, "problems   {problems}, listed above")?;
    }
    writeln!(out, "database   {}", db.display())
}

/// What a dataset changed, row by row.
fn say_release(out: &mut dyn Write, path: &Path, release: &Release) -> io::Result<()> {
    writeln!(
        out,
        "rows       {}: {} added, {} changed, {} withdrawn, {} unchanged, {} problems, {} about other countries",
        path.display(),
        release.added,
        release.changed,
        release.withdrawn,
        release.unchanged,
        release.problems,
        release.outside
    )?;
    for change in release.changes.iter().take(PRINTED) {
        say_change(out, change)?;
    }
    say_rest(out, "changed", release.changed, release.changes.len().min(PRINTED))?;
    for key in release.gone.iter().take(PRINTED) {
        writeln!(out, "           withdrawn {}", plain(key))?;
    }
    say_rest(out, "withdrawn", release.withdrawn, release.gone.len().min(PRINTED))?;
    if release.elsewhere > 0 {
        writeln!(
            out,
            "           {} rows are in another dataset of this layout too, and tell the same \
             incidents; if this file is a later release of it, import it with --release-of",
            release.elsewhere
        )?;
    }
    Ok(())
}

fn say_change(out: &mut dyn Write, change: &Change) -> io::Result<()> {
    let Change { key, line, fields } = change;
    write!(out, "           changed {} (line {line}):", plain(key))?;
    if fields.is_empty() {
        return writeln!(out, " the same cells, read in another way");
    }
    for (i, field) in fields.iter().enumerate() {
        let end = if i == 0 { " " } else { "; " };
        let (column, old, new) = (plain(&field.column), plain(&field.old), plain(&field.new));
        write!(out, "{end}{column} {old:?} to {new:?}")?;
    }
    writeln!(out)
}

fn say_rest(out: &mut dyn Write, word: &str, all: u64, said: usize) -> io::Result<()> {
    match all.saturating_sub(said as u64) {
        0 => Ok(()),
        more => writeln!(out, "           {more} more {word}"),
    }
}

/// What stands in a file may be anything: control characters are not passed on to the terminal.
fn plain(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}
