//! Incidents as a file that people correct: written, read back, imported.

mod support;

use mali_timeline::ingest::{Hints, Parser};
use mali_timeline::model::document::ParsedDocument;
use mali_timeline::model::hash::sha256;
use mali_timeline::model::review::{Entry, Review, Signature};
use mali_timeline::review::{Head, Taken, read, write};
use std::path::Path;
use support::KNOWN;

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
