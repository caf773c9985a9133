//! Incidents as a file that people correct: written, read back, imported.

mod support;

use mali_timeline::import::{self, FileReport, Options, Outcome};
use mali_timeline::ingest::{Hints, Parser};
use mali_timeline::model::document::ParsedDocument;
use mali_timeline::model::hash::sha256;
use mali_timeline::model::incident::Status;
use mali_timeline::model::review::{Entry, Review, Signature};
use mali_timeline::review::{Head, Taken, read, write};
use std::path::Path;
use support::{KNOWN, TempDb};

fn unsigned(doc: &ParsedDocument) -> Review {
    let entries = doc.drafts.iter().cloned().map(|draft| Entry { draft, signed: None });
    Review { entries: entries.collect(), rejected: Vec::new() }
}

fn written(doc: &ParsedDocument, review: &Review) -> String {
    let sha256 = sha256(&doc.text);
    let head = Head {
        document: &doc.file_name,
        title: &doc.meta.title,
        sha256: &sha256,
        supersedes: None,
    };
    write(&head, &doc.text, review, &KNOWN)
}

fn taken(doc: &ParsedDocument, toml: &str) -> Taken {
    read("x.incidents.toml", toml, &doc.text, &sha256(&doc.text), &KNOWN).unwrap()
}

/// Every document of the repository's corpus, of the shared one and of the bundled ones, with
/// either kind of line ends.
fn documents() -> Vec<ParsedDocument> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let parser = Parser::new(&KNOWN);
    let folders = ["tests/corpus/docs", "../shared/corpus/docs", "data/sources"];
    let mut docs = Vec::new();
    for folder in folders.map(|f| root.join(f)).iter().filter(|f| f.is_dir()) {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy();
            for text in [text.replace('\n', "\r\n"), text] {
                docs.push(parser.parse(&name, text.as_bytes(), &Hints::default()).unwrap());
            }
        }
    }
    docs
}

#[test]
fn what_is_written_reads_back_the_same() {
    let docs = documents();
    let mut facts = 0;
    for doc in &docs {
        let review = unsigned(doc);
        let toml = written(doc, &review);
        let taken = taken(doc, &toml);
        assert_eq!(taken.refused, 0, "{}: {:#?}", doc.file_name, taken.problems);
        assert_eq!(taken.review.entries, review.entries, "{}", doc.file_name);
        assert_eq!(written(doc, &taken.review), toml, "{}", doc.file_name);
        facts += review.entries.iter().flat_map(|e| e.draft.passages()).count();
    }
    assert!(docs.len() > 20 && facts > 500, "{} documents, {facts} facts", docs.len());
}

#[test]
fn signed_and_rejected_ones_read_back_the_same() {
    let doc = documents().swap_remove(0);
    let mut review = unsigned(&doc);
    let signed = Signature { by: "A. Reader".into(), at: "2026-11-20T12:00:00Z".into() };
    review.entries[0].signed = Some(signed.clone());
    review.rejected.push(mali_timeline::model::review::Rejected {
        title: "\"odd\" title".into(),
        passage: review.entries[0].draft.passage.clone(),
        signed,
        why: Some("told\ntwice".into()),
    });
    assert_eq!(taken(&doc, &written(&doc, &review)).review, review);
}

const STORY: &str = "Attack at Hombori\n\nOn 19 April 2022, gunmen attacked a market in Hombori, \
    Mali. Twelve civilians were killed, the army said. Three soldiers were wounded.\n\n\
    On 3 May 2022, gunmen killed two herders near Boni, a resident said. Two herders were killed.\n";

/// A folder with a story in it, and a database.
struct Desk {
    temp: TempDb,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { temp: TempDb::new(), folder: tempfile::tempdir().unwrap() };
        desk.put("x.txt", STORY);
        desk
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    /// The file as the parser writes it.
    fn draft(&self) -> String {
        let doc = self.parsed(STORY);
        written(&doc, &unsigned(&doc))
    }

    fn parsed(&self, text: &str) -> ParsedDocument {
        Parser::new(&KNOWN).parse("x.txt", text.as_bytes(), &Hints::default()).unwrap()
    }

    fn import(&self) -> FileReport {
        let options = Options {
            corrections: Some(self.folder.path().join("corrections")),
            ..Options::default()
        };
        let paths = [self.folder.path().join("x.txt")];
        let mut report = import::run(&self.temp.db, &paths, &options, &KNOWN, |_| true).unwrap();
        report.files.pop().unwrap()
    }

    /// "killed civilians 12..12 by Ada" for every figure that is told.
    fn figures(&self) -> Vec<String> {
        let mut all = Vec::new();
        for incident in self.temp.all() {
            for (account, claim) in incident.claims() {
                let (measure, group) = (claim.measure.as_str(), claim.group.as_str());
                let by = account.reviewed_by.as_deref().unwrap_or("nobody");
                let ends =
                    [claim.min, claim.max].map(|n| n.map_or(String::new(), |n| n.to_string()));
                all.push(format!("{measure} {group} {}..{} by {by}", ends[0], ends[1]));
            }
        }
        all.sort();
        all
    }
}

fn signed(toml: &str) -> String {
    toml.replace("reviewed_by = \"\"", "reviewed_by = \"Ada\"")
        .replace("reviewed_at = \"\"", "reviewed_at = 2026-11-20")
}

/// The list with its twelve dead made at least twelve.
fn at_least(toml: &str) -> String {
    let exact = "min = 12\nmax = 12\nqualifier = \"exact\"\n";
    assert_eq!(toml.matches(exact).count(), 1, "{toml}");
    toml.replace(exact, "min = 12\n")
}

fn problems(report: &FileReport) -> Vec<String> {
    report.problems.iter().map(|p| format!("{}: {} | {}", p.line, p.expected, p.found)).collect()
}

#[test]
fn a_corrected_file_stands_in_place_of_the_parse() {
    let desk = Desk::new();
    let toml = signed(&desk.draft());
    desk.put("x.incidents.toml", &at_least(&toml));
    let report = desk.import();
    assert!(matches!(report.outcome, Outcome::Added(_)), "{report:?}");
    let figures = desk.figures();
    assert!(figures.contains(&"killed civilians 12.. by Ada".to_owned()), "{figures:?}");
    assert!(figures.iter().all(|f| f.ends_with("by Ada")), "{figures:?}");
    // What the parser says differently is said, with its line.
    let said = problems(&report);
    assert!(
        said.iter().any(|p| p.starts_with("3: ")
            && p.contains("at least 12")
            && p.contains("Figure: 12 people")),
        "{said:?}"
    );
    let all = desk.temp.all();
    assert!(all.iter().all(|i| i.status() == Status::Reviewed));
    let json = serde_json::to_value(&all[0].accounts[0]).unwrap();
    assert_eq!((&json["reviewed_by"], &json["reviewed_at"]), (&"Ada".into(), &"2026-11-20".into()));

    // Again: nothing. Without the file: the reviewed list stays.
    let version = desk.temp.db.version().unwrap();
    assert!(matches!(desk.import().outcome, Outcome::Unchanged(_)));
    std::fs::remove_file(desk.folder.path().join("x.incidents.toml")).unwrap();
    assert!(matches!(desk.import().outcome, Outcome::Unchanged(_)));
    assert_eq!(desk.temp.db.version().unwrap(), version);
    assert_eq!(desk.figures(), figures);
}

#[test]
fn a_changed_document_keeps_what_was_reviewed_or_is_refused() {
    let desk = Desk::new();
    desk.put("x.incidents.toml", &at_least(&signed(&desk.draft())));
    assert!(matches!(desk.import().outcome, Outcome::Added(_)));
    let figures = desk.figures();
    assert!(figures.contains(&"killed civilians 12.. by Ada".to_owned()), "{figures:?}");
    std::fs::remove_file(desk.folder.path().join("x.incidents.toml")).unwrap();
    // More text, before and after: the words moved.
    desk.put(
        "x.txt",
        &format!(
            "{}\nOn 1 June 2022, five civilians were killed in Gao.\n",
            STORY.replace("Hombori\n\n", "Hombori\n\nBamako is far away.\n\n")
        ),
    );
    let report = desk.import();
    assert!(matches!(report.outcome, Outcome::Changed(_)), "{report:?}");
    assert_eq!(desk.figures(), figures, "the list is the person's");
    let said = problems(&report);
    assert!(
        said.iter().any(|p| p.contains("an incident of the list") && p.contains("Gao")),
        "{said:?}"
    );
    // Words that a reviewed incident rests on are gone.
    desk.put("x.txt", &STORY.replace("Twelve", "Eleven"));
    let report = desk.import();
    match &report.outcome {
        Outcome::Refused(problem) => assert!(problem.expected.contains("Twelve"), "{problem:?}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(desk.figures(), figures);
}

#[test]
fn a_file_that_was_taken_says_nothing_more_of_a_changed_document() {
    let desk = Desk::new();
    desk.put("x.incidents.toml", &at_least(&signed(&desk.draft())));
    desk.import();
    let figures = desk.figures();
    // The file still names the lines of the text as it was; what was reviewed moves by itself.
    desk.put("x.txt", &STORY.replace("Hombori\n\n", "Hombori\n\nBamako is far away.\n\n"));
    let report = desk.import();
    assert!(matches!(report.outcome, Outcome::Changed(_)), "{report:?}");
    assert_eq!(report.incidents.refused, 0, "{report:?}");
    assert_eq!(desk.figures(), figures);
    // A database that has not taken it yet refuses what does not stand there, with the line.
    let other = Desk::new();
    other.put("x.incidents.toml", &at_least(&signed(&other.draft())));
    other.put("x.txt", &STORY.replace("Hombori\n\n", "Hombori\n\nBamako is far away.\n\n"));
    let report = other.import();
    assert!(report.incidents.refused > 0, "{report:?}");
    assert!(problems(&report).iter().any(|p| p.contains("they stand at line ")), "{report:?}");
}

#[test]
fn what_is_written_of_a_copied_infobox_is_taken_again() {
    let text = "Jump to content\n\nBoni massacre\n\nArticle\nTalk\n\
                From Wikipedia, the free encyclopedia\nBoni massacre\nPart of Mali War\n\
                LocationBoni, Mopti Region, Mali\nDate5 June 2020\nDeaths26–37\n\
                PerpetratorsMalian Armed Forces\n\nOn 5 June 2020, soldiers raided Boni.\n";
    let doc = Parser::new(&KNOWN).parse("b.txt", text.as_bytes(), &Hints::default()).unwrap();
    let toml = signed(&written(&doc, &unsigned(&doc)));
    assert!(toml.contains("quote = \"Deaths26–37\""), "{toml}");
    let read = taken(&doc, &toml);
    assert_eq!((read.refused, &read.problems[..]), (0, &[][..]));
    // No other number stands there.
    let read = taken(&doc, &toml.replace("min = 26", "min = 6"));
    assert_eq!(read.refused, 1);
}

#[test]
fn an_unsigned_file_is_taken_and_stays_unreviewed() {
    let desk = Desk::new();
    desk.put("x.incidents.toml", &at_least(&desk.draft()));
    let report = desk.import();
    assert!(desk.figures().contains(&"killed civilians 12.. by nobody".to_owned()));
    assert!(desk.temp.all().iter().all(|i| i.status() == Status::Parsed));
    let said = problems(&report);
    assert!(said.iter().any(|p| p.contains("reviewed_by: who has checked")), "{said:?}");
    // Nobody has answered for it: without the file the parser speaks again.
    std::fs::remove_file(desk.folder.path().join("x.incidents.toml")).unwrap();
    desk.import();
    desk.put("x.txt", &format!("{STORY}\n"));
    desk.import();
    assert!(desk.figures().contains(&"killed civilians 12..12 by nobody".to_owned()));
}

#[test]
fn err_what_does_not_match_is_refused_with_line_and_reason() {
    let desk = Desk::new();
    let good = signed(&desk.draft());
    let incidents = good.matches("\n[[incident]]").count();
    assert!(incidents >= 2, "{good}");
    let line = |toml: &str, word: &str| 1 + toml[..toml.find(word).unwrap()].matches('\n').count();
    for (from, to, reason) in [
        (
            "quote = \"Twelve",
            "quote = \"Eleven",
            "quote: words of the document | no such words: \"Eleven",
        ),
        ("kind = \"", "kind = \"odd-", "kind: one of massacre, armed-clash"),
        ("measure = \"killed\"", "measure = \"hurt\"", "measure: one of killed, wounded"),
        ("min = 12", "min = 13", "min and max, both the same | min 13, max 12"),
        (
            "min = 12\nmax = 12",
            "min = 13\nmax = 13",
            "min: a number that the quote states, in digits or words | 13, and the words \"Twelve",
        ),
        ("max = 12\nqualifier = \"exact\"", "max = 120", "max: a number that the quote states"),
        ("date = \"2022-04-19\"", "date = \"2022-04-31\"", "date: YYYY-MM-DD, YYYY-MM, YYYY"),
        (
            "group = \"civilians\"\nquote",
            "group = \"dragons\"\nquote",
            "a victim group | \"dragons\"",
        ),
        (
            "name = \"Hombori\"",
            "name = \"Hombori\"\nregion = \"Atlantis\"",
            "the name of a region | \"Atlantis\"",
        ),
        ("date_quote = \"", "date_quote = \"\"#", "date_quote: words of the document | nothing"),
        ("title = \"Attack at Hombori\"\nmain", "main", "title: a short title | nothing"),
    ] {
        let desk = Desk::new();
        assert!(good.contains(from), "{from} in {good}");
        // The first in an incident: the head of the file has a title too.
        let (head, body) = good.split_at(good.find("\n[[incident]]").unwrap());
        let toml = format!("{head}{}", body.replacen(from, to, 1));
        desk.put("x.incidents.toml", &toml);
        let report = desk.import();
        assert!(matches!(report.outcome, Outcome::Added(_)), "{report:?}");
        assert_eq!(report.incidents.refused, 1, "{from}: {report:?}");
        assert_eq!(desk.temp.all().len(), incidents - 1, "the others are in");
        let said = report
            .problems
            .iter()
            .find(|p| format!("{} | {}", p.expected, p.found).contains(reason));
        let said = said.unwrap_or_else(|| panic!("{reason}: {:#?}", problems(&report)));
        assert!(said.file.ends_with("x.incidents.toml"), "{said:?}");
        if !to.contains('#') && from != "title = \"Attack at Hombori\"\nmain" {
            let found = said.line.abs_diff(line(&toml, to.split('\n').next().unwrap()));
            assert!(found <= 3, "{said:?}");
        }
    }
    // No file of incidents at all: nothing is taken, not even the document.
    for (bad, reason) in [
        ("[[incident]\n", "a file of incidents"),
        ("[[incident]]\ntitel = \"x\"\n", "titel"),
        ("\n\nreviewed_by = \"Ada\"\n", "the day of the review"),
    ] {
        let desk = Desk::new();
        desk.put("x.incidents.toml", bad);
        match desk.import().outcome {
            Outcome::Refused(problem) => {
                assert!(problem.to_string().contains(reason), "{problem}");
            }
            other => panic!("{other:?}"),
        }
        assert!(desk.temp.all().is_empty());
    }
    // A file that breaks later does not take away what was reviewed.
    desk.put("x.incidents.toml", &good);
    desk.import();
    let figures = desk.figures();
    desk.put("x.incidents.toml", &good.replace("quote = \"Twelve", "quote = \"Eleven"));
    assert!(matches!(desk.import().outcome, Outcome::Refused(_)));
    assert_eq!(desk.figures(), figures);
}

#[test]
fn files_of_incidents_are_no_documents() {
    let desk = Desk::new();
    desk.put("x.incidents.toml", &signed(&desk.draft()));
    let found = import::find(&[desk.folder.path().to_owned()]);
    assert_eq!(found.len(), 1, "{found:?}");
    let found = import::find(&[desk.folder.path().join("x.incidents.toml")]);
    assert!(matches!(&found[..], [Err((_, p))] if p.found.contains("read with their document")));
}

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_mali-timeline"))
        .args(args)
        .current_dir(folder)
        .env_remove("MALI_TIMELINE_DB")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_program_writes_the_file_and_takes_it_back() {
    let desk = Desk::new();
    let folder = desk.folder.path();
    desk.put("y.txt", "On 5 June 2022, five soldiers were killed in Gao, Mali.\n");
    let (code, out, _) = run(folder, &["parse", "--format", "toml", "x.txt"]);
    assert_eq!((code, out), (0, desk.draft()));
    let (code, out, _) = run(folder, &["parse", "--format", "toml", "x.txt", "-o", "out.toml"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(std::fs::read_to_string(folder.join("out.toml")).unwrap(), desk.draft());
    let (code, _, error) = run(folder, &["parse", "--format", "toml", "x.txt", "y.txt"]);
    assert_eq!(code, 2);
    assert!(error.contains("takes one file, found 2; see --beside"), "{error}");
    assert_eq!(run(folder, &["parse", "--beside", "x.txt"]).0, 2);

    let (code, out, _) = run(folder, &["parse", "--format", "toml", "--beside", "x.txt", "y.txt"]);
    assert_eq!((code, out.as_str()), (0, "x.incidents.toml\ny.incidents.toml\n"));
    let beside = folder.join("x.incidents.toml");
    assert_eq!(std::fs::read_to_string(&beside).unwrap(), desk.draft());
    // The words of the first claim; those of a victim group can be the same.
    const CLAIM: &str = "\n[[incident.claim]]\n";
    let draft = signed(&desk.draft());
    let (before, claims) = draft.split_once(CLAIM).unwrap();
    let claims = claims.replacen("\"Twelve", "\"Dozens", 1);
    desk.put("x.incidents.toml", &format!("{before}{CLAIM}{claims}"));
    // What a person has corrected is never written over.
    let (code, out, error) = run(folder, &["parse", "--format", "toml", "--beside", "x.txt"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(
        error.contains("refused x.incidents.toml") && error.contains("left as it is"),
        "{error}"
    );

    let (code, out, error) = run(folder, &["import", "--db", "t.db", "x.txt"]);
    assert_eq!(code, 1, "{out}{error}");
    let line = 1 + std::fs::read_to_string(&beside)
        .unwrap()
        .split("\"Dozens")
        .next()
        .unwrap()
        .matches('\n')
        .count();
    let expected = format!(
        "problem x.incidents.toml: line {line}: expected claim 1 quote: words of the document, found no such words: \"Dozens"
    );
    assert!(error.contains(&expected), "{error}");
    assert!(out.contains("refused    1 incidents of files of corrections"), "{out}");
    let export = ["export", "--db", "t.db", "--format", "jsonl", "--status", "reviewed"];
    let (code, out, _) = run(folder, &export);
    assert!(
        code == 0 && out.contains("\"reviewed_by\":\"Ada\"") && out.contains("near Boni"),
        "{out}"
    );
    assert!(!out.contains("Twelve"), "{out}");
    let (_, out, _) = run(folder, &[&export[..], &["--redact"]].concat());
    assert!(out.contains("\"reviewed_by\"") && !out.contains("Ada"), "{out}");
}

#[test]
fn every_fact_is_explained_by_its_rule() {
    let parser = Parser::new(&KNOWN);
    let mut rules = std::collections::BTreeSet::new();
    for doc in documents() {
        let bytes = doc.text.as_bytes();
        let (_, explained) = parser.explain(&doc.file_name, bytes, &Hints::default()).unwrap();
        let drafts: Vec<_> = explained.iter().map(|(draft, _)| draft.clone()).collect();
        assert_eq!(drafts, doc.drafts, "{}: the same as parsed", doc.file_name);
        for (draft, reasons) in explained {
            let of = [&reasons.places, &reasons.attributions, &reasons.victims, &reasons.claims];
            let lengths = [&draft.places.len(), &draft.attributions.len()];
            assert_eq!([of[0].len(), of[1].len()].each_ref(), lengths);
            assert_eq!((of[2].len(), of[3].len()), (draft.victims.len(), draft.claims.len()));
            assert_eq!(reasons.date.is_some(), draft.date_passage.is_some());
            assert!(of[3].iter().all(|r| r != "casualty: figure"), "{draft:#?}");
            rules.extend(of.into_iter().flatten().cloned().chain(reasons.date));
        }
    }
    let rules: Vec<_> = rules.into_iter().collect();
    for expected in [
        "casualty: passive (\"N were killed\")",
        "casualty: line of an infobox",
        "date: day and month; year from the text around",
        "infobox: perpetrator",
        "place: of the gazetteer, where it happened",
        "stance: the actor says it of itself",
    ] {
        assert!(rules.iter().any(|r| r == expected), "{expected}: {rules:#?}");
    }
}

#[test]
fn explain_prints_words_line_and_rule() {
    let desk = Desk::new();
    let (code, out, _) = run(desk.folder.path(), &["parse", "--explain", "x.txt"]);
    assert_eq!(code, 0);
    let claim = "  Figure: 12 people killed (civilians), according to Malian Armed Forces";
    let at = out.lines().position(|l| l.starts_with(claim)).unwrap_or_else(|| panic!("{out}"));
    let after: Vec<_> = out.lines().skip(at + 1).take(2).collect();
    let expected = [
        "    line 3: \"Twelve civilians were killed\"",
        "    rule casualty: passive (\"N were killed\")",
    ];
    assert_eq!(after, expected, "{out}");
    assert_eq!(run(desk.folder.path(), &["parse", "--explain", "--beside", "x.txt"]).0, 2);
}
