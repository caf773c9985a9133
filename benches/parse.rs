//! The parser: how right it is and how fast. `cargo bench --bench parse` prints the score table
//! of each labelled corpus of the repository, then bytes of text a second on one core, for the
//! documents as they are and for one of a few megabytes. `CORPUS=FOLDER` scores another folder.

#[path = "../tests/corpus/gold.rs"]
mod gold;
#[path = "../tests/corpus/same.rs"]
mod same;
#[path = "../tests/corpus/score.rs"]
mod score;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use mali_timeline::ingest::{Hints, Parser};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::knowledge::files::Files;
use mali_timeline::model::document::Shape;
use same::Same;
use score::{Score, score};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);
static PARSER: LazyLock<Parser<'static>> = LazyLock::new(|| Parser::new(&KNOWN));

/// Bytes of the long document.
const LONG: usize = 2_000_000;

fn main() {
    // `cargo test --benches` and `--list` want no table.
    if std::env::args().any(|arg| arg == "--bench") {
        print_scores();
    }
    divan::main();
}

/// The labelled corpora of the repository.
fn corpora() -> [(&'static str, PathBuf); 3] {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    [("later", own.join("later")), ("unseen", own.join("unseen")), ("own", own)]
}

fn print_scores() {
    let same = Same(&KNOWN);
    let other = std::env::var_os("CORPUS").map(|folder| ("CORPUS", PathBuf::from(folder)));
    for (name, folder) in corpora().into_iter().chain(other) {
        let mut total = Score::default();
        let labelled = gold::load(&folder);
        for one in &labelled {
            let doc = gold::parse(&PARSER, &one.gold.doc, &one.text);
            total.add(&score(one, &gold::record(&doc, &KNOWN), &same).0);
        }
        println!("corpus {name}: {} documents\n{total}", labelled.len());
    }
}

/// The texts of all labelled documents and of the bundled sources.
fn texts() -> Vec<(String, String)> {
    let labelled = corpora().into_iter().flat_map(|(_, folder)| gold::load(&folder));
    let labelled = labelled.map(|one| (one.gold.doc, one.text));
    let bundled = Files::embedded().sources().into_iter();
    labelled.chain(bundled).collect()
}

/// The same texts over and over as one document of about `bytes` bytes.
fn long(bytes: usize) -> String {
    let all: Vec<String> = texts().into_iter().map(|(_, text)| text).collect();
    let once = all.join("\n\n");
    let mut out = String::with_capacity(bytes + once.len());
    while out.len() < bytes {
        out.push_str(&once);
        out.push_str("\n\n");
    }
    out
}

#[divan::bench(sample_count = 10)]
fn bundled_documents(bencher: Bencher) {
    let sources = Files::embedded().sources();
    let bytes: usize = sources.iter().map(|(_, text)| text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for (name, text) in &sources {
            black_box(PARSER.parse(name, text.as_bytes(), &Hints::default())).expect("a text");
        }
    });
}

#[divan::bench(sample_count = 10)]
fn labelled_documents(bencher: Bencher) {
    let texts = texts();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for (name, text) in &texts {
            black_box(PARSER.parse(name, text.as_bytes(), &Hints::default())).expect("a text");
        }
    });
}

/// A quarter, a half and the whole of it: the same bytes a second, or the parser is not linear.
#[divan::bench(args = [LONG / 4, LONG / 2, LONG], sample_count = 3, sample_size = 1)]
fn one_long_document(bencher: Bencher, bytes: usize) {
    let text = long(bytes);
    let hints = Hints { shape: Some(Shape::Plain), ..Hints::default() };
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| black_box(PARSER.parse("long.txt", text.as_bytes(), &hints)).expect("a text"));
}
