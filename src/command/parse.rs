//! `parse`: what would be read from documents, without a database.

use super::{explain, row_options, rows, write_file};
use crate::{Answer, FAILED, USAGE, fail, say};
use mali_timeline::config::{DraftFormat, Parse};
use mali_timeline::export::drafts::draft_document;
use mali_timeline::import;
use mali_timeline::import::dataset::RowOptions;
use mali_timeline::ingest::Parser;
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::document::{ParsedDocument, Problem};
use mali_timeline::model::hash::sha256;
use mali_timeline::model::review::{Entry, Review};
use mali_timeline::review::{self, ENDING, Head};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Reads each file, and prints its drafts as asked.
pub fn run(options: &Parse, known: &Knowledge) -> Answer {
    let files = import::find(&options.paths);
    if options.format == DraftFormat::Toml && !options.beside && files.len() > 1 {
        let text = format!("--format toml takes one file, found {}; see --beside", files.len());
        return Ok(fail(USAGE, text));
    }
    if options.beside && options.format != DraftFormat::Toml {
        return Ok(fail(USAGE, "--beside goes with --format toml"));
    }
    let rows = match row_options(&options.rows, options.hints().shape) {
        Ok(rows) => rows,
        Err(text) => return Ok(fail(USAGE, text)),
    };
    let parser = Parser::new(known);
    let mut run = Run { options, known, parser: &parser, rows, refused: false };
    match &options.output {
        Some(path) => write_file(path, |out| run.print(files, out))?,
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            run.print(files, &mut out)?;
            out.flush()?;
        }
    }
    Ok(match run.refused {
        true => ExitCode::from(FAILED),
        false => ExitCode::SUCCESS,
    })
}

/// A file, or why there is none.
type Found = Result<PathBuf, (PathBuf, Problem)>;

struct Run<'a> {
    options: &'a Parse,
    known: &'a Knowledge,
    parser: &'a Parser<'a>,
    rows: RowOptions,
    refused: bool,
}

impl Run<'_> {
    fn print(&mut self, files: Vec<Found>, out: &mut dyn Write) -> io::Result<()> {
        let json = self.options.format == DraftFormat::Json && !self.options.explain;
        let mut first = true;
        if json {
            write!(out, "[")?;
        }
        for found in files {
            if let Ok(path) = &found
                && rows::is_dataset(path, &self.rows)
            {
                self.dataset(path, json, &mut first, out)?;
                continue;
            }
            match found {
                Ok(path) => self.documents(&path, json, &mut first, out)?,
                Err((path, problem)) => self.refuse(&path, &problem),
            }
        }
        match json {
            true => writeln!(out, "\n]"),
            false => Ok(()),
        }
    }

    /// Rows are many, and are corrected where they were made.
    fn dataset(
        &mut self,
        path: &Path,
        json: bool,
        first: &mut bool,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if json {
            self.refused |= !rows::print(path, &self.rows, self.known, first, out)?;
            return Ok(());
        }
        self.refused = true;
        let expected = "a document, or --format json".to_owned();
        let problem = Problem {
            file: path.display().to_string(),
            line: 1,
            expected,
            found: "a dataset".to_owned(),
        };
        say("refused", path, &problem);
        Ok(())
    }

    /// Prints each document of a file.
    fn documents(
        &mut self,
        path: &Path,
        json: bool,
        first: &mut bool,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let hints = self.options.hints();
        if self.options.explain {
            match import::explain(path, &hints, self.parser) {
                Ok((doc, explained)) => {
                    say_problems(&doc);
                    explain::print(&doc, &explained, self.known, out)?;
                }
                Err(problem) => self.refuse(path, &problem),
            }
            return Ok(());
        }
        for doc in import::read(path, &hints, self.parser) {
            let doc = match doc {
                Ok(doc) => doc,
                Err(problem) => {
                    self.refuse(path, &problem);
                    continue;
                }
            };
            say_problems(&doc);
            if json {
                write!(out, "{}", if std::mem::take(first) { "\n" } else { ",\n" })?;
                let draft = draft_document(&doc, sha256(&doc.text), self.known);
                serde_json::to_writer_pretty(&mut *out, &draft)?;
            } else if self.options.beside {
                self.beside(path, &doc, out)?;
            } else {
                out.write_all(self.toml(&doc).as_bytes())?;
            }
        }
        Ok(())
    }

    fn refuse(&mut self, path: &Path, problem: &Problem) {
        self.refused = true;
        say("refused", path, problem);
    }

    fn toml(&self, doc: &ParsedDocument) -> String {
        let entries = doc.drafts.iter().cloned().map(|draft| Entry { draft, signed: None });
        let review = Review { entries: entries.collect(), rejected: Vec::new() };
        let head = Head {
            document: &doc.file_name,
            title: &doc.meta.title,
            sha256: &sha256(&doc.text),
            supersedes: None,
        };
        review::write(&head, &doc.text, &review, self.known)
    }

    /// Writes the file beside its document; what a person may have corrected is left alone.
    fn beside(&mut self, path: &Path, doc: &ParsedDocument, out: &mut dyn Write) -> io::Result<()> {
        let beside = path.with_extension(ENDING);
        if path.file_name().is_none_or(|name| name.to_string_lossy() != doc.file_name) {
            let file = doc.file_name.clone();
            let expected = "a file of one document".to_owned();
            let found = "one of several".to_owned();
            self.refuse(path, &Problem { file, line: 1, expected, found });
            return Ok(());
        }
        if beside.exists() {
            self.refused = true;
            let expected = "no such file yet".to_owned();
            let found = "one that may have been corrected: left as it is".to_owned();
            let file = doc.file_name.clone();
            say("refused", &beside, &Problem { file, line: 1, expected, found });
            return Ok(());
        }
        write_file(&beside, |file| file.write_all(self.toml(doc).as_bytes()))?;
        writeln!(out, "{}", beside.display())
    }
}

fn say_problems(doc: &ParsedDocument) {
    for problem in &doc.problems {
        say("problem", Path::new(&doc.file_name), problem);
    }
}
