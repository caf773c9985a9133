//! How far something long has come: a bar on a terminal, else a line now and then.

use indicatif::{ProgressBar, ProgressStyle};
use mali_timeline::import::{self, RederiveError};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::knowledge::files::Files;
use mali_timeline::store::Db;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// Time until the first line: what is done, and how fast.
const FIRST_LINE: Duration = Duration::from_secs(1);

/// Time between two lines.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// What is shown of something long.
pub struct Shown {
    bar: Option<ProgressBar>,
    /// When the part that is being done was begun.
    begun: Instant,
    /// When the next line about it is due.
    due: Instant,
}

impl Shown {
    /// Shows nothing yet.
    pub fn new() -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:30} {percent}% {eta} left  {wide_msg}")
                .expect("the template is a fixed text");
            ProgressBar::new(0).with_style(style)
        });
        let begun = Instant::now();
        Self { bar, begun, due: begun + FIRST_LINE }
    }

    /// Begins another part, of which only a bar tells; gives that bar.
    pub fn begin(
        &mut self,
        done: u64,
        of: u64,
        text: impl FnOnce() -> String,
    ) -> Option<&ProgressBar> {
        if let Some(bar) = &self.bar {
            bar.set_length(of);
            bar.set_position(done);
            bar.set_message(text());
        }
        self.begun = Instant::now();
        self.due = self.begun + FIRST_LINE;
        self.bar.as_ref()
    }

    /// So much is done of the part. The text is given the time that it took.
    pub fn go_on(&mut self, done: u64, of: u64, text: impl FnOnce(Duration) -> String) {
        let elapsed = self.begun.elapsed();
        match &self.bar {
            Some(bar) => {
                bar.set_length(of);
                bar.set_position(done.min(of));
                bar.set_message(text(elapsed));
            }
            None if Instant::now() >= self.due => {
                self.due = Instant::now() + BETWEEN_LINES;
                eprintln!("{}, {} s left", text(elapsed), left(elapsed, done, of));
            }
            None => {}
        }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Seconds until the rest is done, if it goes on as it has.
fn left(elapsed: Duration, done: u64, of: u64) -> u64 {
    let (done, of) = (done.max(1) as f64, of as f64);
    (elapsed.as_secs_f64() * (of - done).max(0.0) / done).ceil() as u64
}

/// As [`import::rederive`], and shows how far it has come.
///
/// # Errors
/// As [`import::rederive`].
pub fn rederive(db: &Db, files: &Files, known: &Knowledge) -> Result<(), RederiveError> {
    let mut shown = Shown::new();
    let derived = import::rederive(db, files, known, |done, of| {
        shown.go_on(done, of, |_| {
            format!("the program or its data changed: {done} of {of} incidents filed anew")
        });
    });
    shown.clear();
    derived
}
