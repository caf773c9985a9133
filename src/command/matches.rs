//! `matches`: which incidents may be one, and what a person decides about them.

use crate::Answer;
use mali_timeline::config::{Decide, Matches};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::matching::{Explanation, explain_best};
use mali_timeline::model::incident::Account;
use mali_timeline::store::decision::{self, Decision, Pair};
use mali_timeline::store::{Db, identity};
use mali_timeline::wording::Words;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// Rows of what rules joined that are read at a time.
const BATCH: usize = 200;

/// Lists pairs, or decides about one.
pub fn run(options: &Matches, db: &Db, known: &Knowledge) -> Answer {
    match &options.decision {
        Some(decision) => decide(decision, db, known),
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            let list = List { words: Words::new(options.lang, known), db };
            match options.joined {
                true => list.joined(&mut out)?,
                false => list.pairs(options.decided, &mut out)?,
            }
            out.flush()?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn decide(decision: &Decide, db: &Db, known: &Knowledge) -> Answer {
    let said = match decision {
        Decide::Same { a, b } => {
            db.write(|tx| decision::decide(tx, known, [a, b], Decision::Same))?;
            format!("{a} and {b} are one incident now")
        }
        Decide::Different { a, b } => {
            db.write(|tx| decision::decide(tx, known, [a, b], Decision::Different))?;
            format!("{a} and {b} are two incidents")
        }
        Decide::Split { incident, source } => {
            let parted = db.write(|tx| decision::part(tx, known, incident, source))?;
            format!(
                "what {source} tells is {parted} now; to undo: matches undo {incident} {parted}"
            )
        }
        Decide::Undo { a, b } => {
            db.write(|tx| decision::undo(tx, known, [a, b]))?;
            format!("the decision about {a} and {b} is undone")
        }
    };
    println!("{said}");
    Ok(ExitCode::SUCCESS)
}

struct List<'a> {
    words: Words<'a>,
    db: &'a Db,
}

impl List<'_> {
    fn pairs(&self, decided: bool, out: &mut dyn Write) -> Result<(), Box<dyn std::error::Error>> {
        let mut pairs = self.db.read(decision::pairs)?;
        pairs.retain(|pair| (pair.decision != Decision::Open) == decided);
        if pairs.is_empty() {
            self.none(if decided { "matches-none-decided" } else { "matches-none-open" }, out)?;
        }
        for pair in &pairs {
            let accounts = |id: &str| {
                self.db.read(|db| match identity::find(db, id)? {
                    Some(key) => identity::accounts(db, key),
                    None => Ok(Vec::new()),
                })
            };
            let explained = self.explained(&accounts(&pair.a)?, &accounts(&pair.b)?);
            let score = explained.as_ref().map_or(pair.score, Explanation::score);
            writeln!(out, "{} {}", pair.a, pair.b)?;
            writeln!(out, "  {}", plain(&self.verdict(pair, score)))?;
            self.elements(explained.as_ref(), out)?;
        }
        Ok(())
    }

    fn none(&self, message: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.words.messages().text(message))
    }

    fn verdict(&self, pair: &Pair, score: f64) -> String {
        let m = self.words.messages();
        let day = pair.decided_at.as_deref().and_then(|at| at.get(..10)?.parse().ok());
        let day = day.map_or(String::new(), |day| self.words.day(day));
        match (pair.decision, &pair.parted) {
            (Decision::Open, _) => m.text_with(
                "match-heading",
                &[
                    ("score", self.words.match_score(score).into()),
                    ("doubt", self.words.doubt(pair.reason).into()),
                ],
            ),
            (_, Some(_)) => m.text_with("match-decided-parted", &[("day", day.into())]),
            (decision, None) => {
                let key = format!("match-decided-{}", decision.as_str());
                m.text_with(&key, &[("day", day.into())])
            }
        }
    }

    fn joined(&self, out: &mut dyn Write) -> Result<(), Box<dyn std::error::Error>> {
        let mut after = String::new();
        loop {
            let found = self.db.read(|db| decision::joined(db, None, &after, BATCH))?;
            if found.is_empty() && after.is_empty() {
                self.none("matches-none-joined", out)?;
            }
            for joined in &found {
                writeln!(out, "{}", joined.id)?;
                let mut sources: Vec<_> = joined.accounts.iter().map(|a| &a.source.id).collect();
                sources.dedup();
                for source in sources {
                    let (of_it, others): (Vec<_>, Vec<_>) =
                        joined.accounts.iter().cloned().partition(|a| a.source.id == *source);
                    let explained = self.explained(&of_it, &others);
                    let score = explained.as_ref().map_or(0.0, Explanation::score);
                    writeln!(out, "  {source}: {}", self.words.match_score(score))?;
                }
            }
            match found.last() {
                Some(last) if found.len() == BATCH => after.clone_from(&last.own),
                _ => return Ok(()),
            }
        }
    }

    fn explained(&self, a: &[Account], b: &[Account]) -> Option<Explanation> {
        let wholes = |actor: &str| -> Vec<String> {
            let wholes = self.words.known().actors.with_wholes(actor);
            wholes.into_iter().map(str::to_owned).collect()
        };
        let drafts = |accounts: &[Account]| -> Vec<_> {
            accounts.iter().map(|account| account.draft.clone()).collect()
        };
        explain_best(&drafts(a), &drafts(b), &wholes)
    }

    fn elements(&self, explained: Option<&Explanation>, out: &mut dyn Write) -> io::Result<()> {
        let elements = explained.map(|e| self.words.explanation(e)).unwrap_or_default();
        for element in elements {
            let text = plain(&element.text);
            writeln!(out, "  {:<8} {:>8}  {text}", element.name, element.points)?;
        }
        Ok(())
    }
}

/// Names are from documents: no control character is passed on to the terminal.
fn plain(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}
