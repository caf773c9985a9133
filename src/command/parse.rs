//! `parse`: what would be read from documents, without a database.

use super::{explain, row_options, rows, write_file};
use crate::{Answer, FAILED, USAGE, fail, say};
use mali_timeline::config::{DraftFormat, Parse};
use mali_timeline::export::drafts::draft_document;
use mali_timeline::import::dataset::RowOptions;
use mali_timeline::import::{self, ahead, ahead::ahead};
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
        let paths: Vec<&Path> = files.iter().flatten().map(PathBuf::as_path).collect();
        let hints = self.options.hints();
        let (known, parser) = (self.known, self.parser);
        let make = |doc: Result<_, _>| doc.map(|doc| Printed::new(doc, json, known));
        ahead(&paths, &hints, parser, make, |next| {
            for found in &files {
                match found {
                    Ok(path) if self.options.explain => self.explain(path, out)?,
                    Ok(path) => {
                        for found in next.next() {
                            self.found(path, found, json, &mut first, out)?;
                        }
                    }
                    Err((path, problem)) => self.refuse(path, problem),
                }
            }
            Ok::<(), io::Error>(())
        })?;
        match json {
            true => writeln!(out, "\n]"),
            false => Ok(()),
        }
    }

    /// Prints what was found in a file: its rows, or one of its documents.
    fn found(
        &mut self,
        path: &Path,
        found: ahead::Found<Result<Printed, Problem>>,
        json: bool,
        first: &mut bool,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let doc = match found {
            ahead::Found::Rows(_) => return self.dataset(path, json, first, out),
            ahead::Found::Document(doc) => doc,
        };
        let doc = match doc {
            Ok(doc) => doc,
            Err(problem) => {
                self.refuse(path, &problem);
                return Ok(());
            }
        };
        say_problems(&doc.name, &doc.problems);
        if self.options.beside {
            return self.beside(path, &doc.name, &doc.text?, out);
        }
        if json {
            write!(out, "{}", if std::mem::take(first) { "\n" } else { ",\n" })?;
        }
        out.write_all(&doc.text?)
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

    /// Prints a document with the rules behind its facts.
    fn explain(&mut self, path: &Path, out: &mut dyn Write) -> io::Result<()> {
        if rows::is_dataset(path, &self.rows) {
            return self.dataset(path, false, &mut true, out);
        }
        match import::explain(path, &self.options.hints(), self.parser) {
            Ok((doc, explained)) => {
                say_problems(&doc.file_name, &doc.problems);
                explain::print(&doc, &explained, self.known, out)?;
            }
            Err(problem) => self.refuse(path, &problem),
        }
        Ok(())
    }

    fn refuse(&mut self, path: &Path, problem: &Problem) {
        self.refused = true;
        say("refused", path, problem);
    }

    /// Writes the file beside its document; what a person may have corrected is left alone.
    fn beside(
        &mut self,
        path: &Path,
        name: &str,
        text: &[u8],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let beside = path.with_extension(ENDING);
        if path.file_name().is_none_or(|file| file.to_string_lossy() != name) {
            let file = name.to_owned();
            let expected = "a file of one document".to_owned();
            let found = "one of several".to_owned();
            self.refuse(path, &Problem { file, line: 1, expected, found });
            return Ok(());
        }
        if beside.exists() {
            self.refused = true;
            let expected = "no such file yet".to_owned();
            let found = "one that may have been corrected: left as it is".to_owned();
            let file = name.to_owned();
            say("refused", &beside, &Problem { file, line: 1, expected, found });
            return Ok(());
        }
        write_file(&beside, |file| file.write_all(text))?;
        writeln!(out, "{}", beside.display())
    }
}

fn say_problems(name: &str, problems: &[Problem]) {
    for problem in problems {
        say("problem", Path::new(name), problem);
    }
}

/// A document as it is printed.
struct Printed {
    /// Its name.
    name: String,
    /// What was not understood.
    problems: Vec<Problem>,
    /// Its drafts, as JSON or TOML.
    text: io::Result<Vec<u8>>,
}

impl Printed {
    fn new(doc: ParsedDocument, json: bool, known: &Knowledge) -> Self {
        let text = match json {
            true => {
                let draft = draft_document(&doc, sha256(&doc.text), known);
                serde_json::to_vec_pretty(&draft).map_err(io::Error::from)
            }
            false => Ok(toml(&doc, known).into_bytes()),
        };
        Self { name: doc.file_name, problems: doc.problems, text }
    }
}

fn toml(doc: &ParsedDocument, known: &Knowledge) -> String {
    let entries = doc.drafts.iter().cloned().map(|draft| Entry { draft, signed: None });
    let review = Review { entries: entries.collect(), rejected: Vec::new() };
    let head = Head {
        document: &doc.file_name,
        title: &doc.meta.title,
        sha256: &sha256(&doc.text),
        supersedes: None,
    };
    review::write(&head, &doc.text, &review, known)
}
