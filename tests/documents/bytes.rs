//! Whatever the bytes: no panic, every quote at its range, every figure in its quote; and time
//! in proportion to the length.

use super::check::parse;
use mali_timeline::model::document::Shape;
use proptest::prelude::*;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Every format that reads documents.
const SHAPES: [Shape; 9] = [
    Shape::Plain,
    Shape::FrontMatter,
    Shape::EncyclopediaExtract,
    Shape::EncyclopediaCopy,
    Shape::Html,
    Shape::Wikitext,
    Shape::MediaWiki,
    Shape::Pdf,
    Shape::Docx,
];

/// A PDF of one page with this content, in a standard font.
pub fn pdf(content: &str) -> Vec<u8> {
    file(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
         /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ])
}

/// A PDF whose page draws a form that draws the next `times` times, to this depth.
pub fn pdf_of_forms(depth: usize, times: usize) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
         /Resources << /XObject << /X 5 0 R >> >> >>"
            .to_owned(),
        "<< /Length 5 >>\nstream\n/X Do\nendstream".to_owned(),
    ];
    for level in 0..depth {
        let content = "/X Do ".repeat(times);
        objects.push(format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Length {} \
             /Resources << /XObject << /X {} 0 R >> >> >>\nstream\n{content}\nendstream",
            content.len(),
            level + 6
        ));
    }
    objects.push(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream"
            .to_owned(),
    );
    file(&objects)
}

fn file(objects: &[String]) -> Vec<u8> {
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(out.len());
        writeln!(out, "{number} 0 obj\n{object}\nendobj").unwrap();
    }
    let start = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in &places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    write!(
        out,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    )
    .unwrap();
    out.into_bytes()
}

/// Words that mean something to one of the formats or rules.
fn pieces() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div class=nav>",
        "<table>",
        "<td>",
        "<li>",
        "<a href=x>",
        "<br>",
        "<script>",
        "<!--",
        "-->",
        "&nbsp;",
        "&#x41;",
        "{{",
        "}}",
        "[[",
        "]]",
        "|",
        "'''",
        "== A ==",
        "\n",
        "\n\n",
        "{|",
        "|-",
        "|}",
        "<ref>",
        "</ref>",
        "{{Infobox military conflict|date=",
        "casualties1 = ",
        "<mediawiki>",
        "<page>",
        "<title>",
        "<revision>",
        "<text>",
        "</text>",
        "</revision>",
        "</page>",
        "---\n",
        "title: A\n",
        "published: 2022-04\n",
        "Infobox\n- Date: ",
        "- Casualties1: ",
        "Jump to content\n",
        "Belligerents\n",
        "Casualties and losses\n",
        "[edit]",
        "%PDF-1.4\n",
        "PK\u{3}\u{4}",
        "w/document.xml",
    ]);
    let words = prop::sample::select(vec![
        "Twelve soldiers were killed",
        "and 30 others wounded",
        "in Dia",
        "on 3 May 2021",
        "le 3 mai",
        "JNIM",
        "said",
        "that",
        "according to the army",
        "at least",
        "vingt-deux civils tués",
        ".",
        ",",
        "the next day",
        "(per Mali)",
        "douze",
        "200,000",
        "1.500",
        "between 5 and 9",
        "dozens of",
        "“",
        "”",
        "\u{ad}",
        "\u{202e}",
        "é",
        "of whom",
        "dont",
        "were abducted",
        "claimed responsibility",
    ]);
    prop::collection::vec(prop_oneof![signs, words], 0..40).prop_map(|all| all.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        shape in prop::option::of(prop::sample::select(SHAPES.to_vec())),
    ) {
        parse(&bytes, shape);
    }

    #[test]
    fn any_signs_and_words_are_read_or_refused(
        text in pieces(),
        shape in prop::option::of(prop::sample::select(SHAPES.to_vec())),
    ) {
        parse(text.as_bytes(), shape);
    }

    #[test]
    fn damaged_files_are_read_or_refused(
        name in prop::sample::select(vec!["report.pdf", "story-en.html", "raid.wiki", "export.xml"]),
        cut in any::<prop::sample::Index>(),
        change in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
    ) {
        let mut bytes = super::fixture(name);
        for (at, byte) in change {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        parse(&bytes, None);
    }
}

/// The time that `text` takes.
fn time(bytes: &[u8], shape: Shape) -> Duration {
    let start = Instant::now();
    parse(bytes, Some(shape));
    start.elapsed()
}

/// Four times the text may take four times as long; with all that disturbs a measurement
/// twelve times. What takes the square of the length takes sixteen.
fn assert_in_proportion(what: &str, unit: &str, shape: Shape) {
    let times = 24_000 / unit.len();
    let (small, large) = (unit.repeat(times), unit.repeat(times * 4));
    let mut ratio = f64::MAX;
    for _ in 0..4 {
        let (one, four) = (time(small.as_bytes(), shape), time(large.as_bytes(), shape));
        ratio = ratio.min(four.as_secs_f64() / one.as_secs_f64().max(0.000_1));
        if ratio < 8.0 {
            return;
        }
    }
    assert!(ratio < 12.0, "{what}: four times the text takes {ratio:.1} times as long");
}

#[test]
fn time_is_in_proportion_to_length() {
    for (unit, shape) in [
        ("word ", Shape::Plain),
        ("12 killed ", Shape::Plain),
        ("a\n\n", Shape::Plain),
        ("the army said that ", Shape::Plain),
        ("\n", Shape::EncyclopediaCopy),
        ("Casualties and losses\n14 killed (per Mali)\n", Shape::EncyclopediaCopy),
        ("- Casualties1: 14 killed\n", Shape::EncyclopediaExtract),
        ("<div>", Shape::Html),
        ("<p>Ten people were killed in Dia on 3 May 2021.", Shape::Html),
        ("<table><tr><td>", Shape::Html),
        ("<b><i>", Shape::Html),
        ("</p>", Shape::Html),
        ("<ul><li>a", Shape::Html),
        ("<!--", Shape::Html),
        ("<a b=c ", Shape::Html),
        ("{{a|", Shape::Wikitext),
        ("[[a|", Shape::Wikitext),
        ("[http://", Shape::Wikitext),
        ("<ref>", Shape::Wikitext),
        ("<ref/>", Shape::Wikitext),
        ("<br", Shape::Wikitext),
        ("{|\n|a\n", Shape::Wikitext),
        ("'''", Shape::Wikitext),
    ] {
        assert_in_proportion(&format!("{unit:?} as {}", shape.as_str()), unit, shape);
    }
}
