//! The labelled corpus: the parser measured on documents for which no rule was made.
//! `cargo test --test corpus -- --nocapture` prints the table; with `ERRORS=1` also what was
//! missed and what was too much. `CORPUS=FOLDER` measures another folder with `docs` and `gold`.

mod gold;
mod same;
mod score;

use gold::{Labelled, Record};
use mali_timeline::ingest::Parser;
use mali_timeline::knowledge::Knowledge;
use same::Same;
use score::{LINES, Score, score};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// A second corpus, kept outside the repository because not all of it may be passed on.
fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    folder.join("gold").is_dir().then_some(folder)
}

/// The score of a corpus, printed as a table.
fn measure(title: &str, folder: &Path) -> Score {
    let parser = Parser::new(&KNOWN);
    let same = Same(&KNOWN);
    let (mut total, mut errors_told) = (Score::default(), String::new());
    for labelled in gold::load(folder) {
        let doc = gold::parse(&parser, &labelled.gold.doc, &labelled.text);
        let (one, errors) = score(&labelled, &gold::record(&doc, &KNOWN), &same);
        total.add(&one);
        let f1 = one.0.map(|c| format!("{:.2}", c.f1())).join(" ");
        errors_told += &format!("{f1}  {}\n", labelled.gold.doc);
        let missed = errors.missed.iter().map(|e| format!("   missed {e}\n"));
        let extra = errors.extra.iter().map(|e| format!("   extra  {e}\n"));
        errors_told.extend(missed.chain(extra));
    }
    println!("\n{title}\n{total}");
    // The unseen documents stay unseen: no rule is made for what is missed in them.
    if std::env::var_os("ERRORS").is_some() && !folder.ends_with("unseen") {
        println!("{errors_told}");
    }
    total
}

/// Floors of one corpus: line to lowest F1.
fn floors(corpus: &str) -> BTreeMap<String, f64> {
    let text = std::fs::read_to_string(own().join("floor.toml")).expect("floor.toml");
    let mut all: BTreeMap<String, BTreeMap<String, f64>> =
        toml::from_str(&text).expect("tables of numbers");
    all.remove(corpus).expect("a table for the corpus")
}

fn assert_floors(corpus: &str, score: &Score) {
    let floors = floors(corpus);
    assert_eq!(floors.len(), LINES.len(), "a floor for each line");
    for (line, count) in LINES.iter().zip(score.0) {
        let (floor, f1) = (floors[*line], count.f1());
        assert!(f1 >= floor, "{corpus}: {line} fell to {f1:.3}, floor {floor}");
    }
}

/// The sets of this repository: see its README for what each is for.
fn sets() -> [(&'static str, PathBuf); 3] {
    [("own", own()), ("later", own().join("later")), ("unseen", own().join("unseen"))]
}

#[test]
fn scores_hold() {
    for (set, folder) in sets() {
        assert_floors(set, &measure(&format!("corpus of this repository: {set}"), &folder));
    }
}

/// Documents that are not in the repository, for whoever labels some: nothing to hold.
#[test]
fn scores_of_another_corpus() {
    let Some(folder) = std::env::var_os("CORPUS") else {
        return eprintln!("skipped: CORPUS names no folder");
    };
    measure("corpus of CORPUS", Path::new(&folder));
}

#[test]
fn scores_hold_on_the_shared_corpus() {
    match shared() {
        Some(folder) => assert_floors("shared", &measure("shared corpus", &folder)),
        None => println!("skipped: no shared corpus beside the repository"),
    }
}

#[test]
fn labels_quote_their_text() {
    for (_, folder) in sets() {
        let corpus = gold::load(&folder);
        let docs = std::fs::read_dir(folder.join("docs")).expect("a folder docs/");
        assert_eq!(docs.count(), corpus.len(), "a record for each document");
        for Labelled { gold, text } in &corpus {
            for claim in gold.claims() {
                assert!(text.contains(&claim.quote), "{}: {}", gold.doc, claim.quote);
            }
        }
    }
}

/// Labels answered with themselves are all right; with nothing, or with another document's,
/// they are not: the score can fall.
#[test]
fn the_score_measures() {
    let same = Same(&KNOWN);
    let corpus = gold::load(&own());
    let mut perfect = Score::default();
    let mut wrong = Score::default();
    for (i, labelled) in corpus.iter().enumerate() {
        let (one, errors) = score(labelled, &labelled.gold, &same);
        assert!(errors.missed.is_empty(), "{}: {errors:?}", labelled.gold.doc);
        assert!(errors.extra.is_empty(), "{}: {errors:?}", labelled.gold.doc);
        perfect.add(&one);
        let other = &corpus[(i + 1) % corpus.len()].gold;
        wrong.add(&score(labelled, other, &same).0);
        let nothing = score(labelled, &Record::default(), &same).0;
        assert_eq!(nothing.0.map(|c| c.right), [0; LINES.len()]);
    }
    for ((line, best), bad) in LINES.iter().zip(perfect.0).zip(wrong.0) {
        assert!(best.f1() > 0.9999, "{line}: {best:?}");
        assert!(bad.f1() < 0.7, "{line}: {bad:?}");
    }
}

#[test]
fn passages_hold_in_the_text() {
    let parser = Parser::new(&KNOWN);
    let folders = sets().map(|(_, folder)| folder).into_iter().chain(shared());
    for labelled in folders.flat_map(|f| gold::load(&f)) {
        let doc = gold::parse(&parser, &labelled.gold.doc, &labelled.text);
        for draft in &doc.drafts {
            for passage in draft.passages() {
                assert!(passage.holds_in(&doc.text), "{}: {passage:?}", doc.file_name);
            }
        }
    }
}

/// Facts do not depend on how lines end.
#[test]
fn line_ends_change_nothing() {
    let parser = Parser::new(&KNOWN);
    for labelled in gold::load(&own()) {
        let name = &labelled.gold.doc;
        let lf = gold::parse(&parser, name, &labelled.text);
        let crlf = gold::parse(&parser, name, &labelled.text.replace('\n', "\r\n"));
        let facts = |doc| format!("{:#?}", gold::record(doc, &KNOWN)).replace("\\r\\n", "\\n");
        assert_eq!(facts(&lf), facts(&crlf), "{name}");
    }
}
