//! What must hold of every document, whatever its bytes. Shared with the fuzz targets.

use mali_timeline::ingest::layout::copy::label;
use mali_timeline::ingest::rules::number::figure;
use mali_timeline::ingest::token::tokens;
use mali_timeline::ingest::{Hints, Parser};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::document::{ParsedDocument, Shape};
use std::sync::LazyLock;

static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);
static PARSER: LazyLock<Parser<'static>> = LazyLock::new(|| Parser::new(&KNOWN));

/// What must hold of every document.
fn check(doc: &ParsedDocument) {
    for page in doc.pages.windows(2) {
        assert!(page[0] <= page[1]);
    }
    assert!(doc.pages.iter().all(|page| *page <= doc.text.len()));
    assert!(doc.text.is_char_boundary(doc.body_start));
    for draft in &doc.drafts {
        for passage in draft.passages() {
            assert!(passage.holds_in(&doc.text), "{passage:?}");
        }
        for claim in &draft.claims {
            let quote = &claim.passage.quote;
            // "Deaths26–37": the label of a copied infobox stands right before its value.
            let value = &quote[label(quote).map_or(0, str::len)..];
            let words = tokens(value, 0..value.len());
            let figures: Vec<_> = (0..words.len()).filter_map(|at| figure(&words, at)).collect();
            let stated = |n: &Option<u32>| {
                n.is_none() || *n == Some(1) || figures.iter().any(|f| f.min == *n || f.max == *n)
            };
            assert!(stated(&claim.min) && stated(&claim.max), "{claim:?}");
        }
    }
}

/// Reads the documents of a file and checks each.
pub fn parse(bytes: &[u8], shape: Option<Shape>) {
    let hints = Hints { shape, ..Hints::default() };
    for doc in PARSER.documents("x", bytes, &hints).flatten() {
        check(&doc);
    }
}
