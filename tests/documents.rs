//! Documents of every format, from their bytes to their incidents.

#[path = "documents/acting.rs"]
mod acting;
#[path = "documents/besides.rs"]
mod besides;
#[path = "documents/boxed.rs"]
mod boxed;
#[path = "documents/bytes.rs"]
mod bytes;
#[path = "documents/check.rs"]
mod check;
#[path = "documents/giving.rs"]
mod giving;
#[path = "documents/hit.rs"]
mod hit;
#[path = "documents/misread.rs"]
mod misread;
#[path = "documents/pages.rs"]
mod pages;
#[path = "documents/printed.rs"]
mod printed;
#[path = "documents/saying.rs"]
mod saying;
#[path = "documents/telling.rs"]
mod telling;
#[path = "documents/wary.rs"]
mod wary;

use mali_timeline::ingest::{Hints, Parser};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::document::{ParsedDocument, Problem, Shape};
use mali_timeline::model::passage::page_at;
use mali_timeline::model::source::{Lang, SourceKind};
use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

fn fixture(name: &str) -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/formats/");
    std::fs::read(format!("{path}{name}")).unwrap()
}

fn parse(name: &str, bytes: &[u8]) -> Result<ParsedDocument, Problem> {
    Parser::new(&KNOWN).parse(name, bytes, &Hints::default())
}

fn read(name: &str) -> ParsedDocument {
    parse(name, &fixture(name)).unwrap()
}

/// What a document tells, in a line for each claim: day, place, count, claimant.
fn told(doc: &ParsedDocument) -> Vec<String> {
    let mut lines = Vec::new();
    for draft in &doc.drafts {
        for claim in &draft.claims {
            lines.push(format!(
                "{} {} {} {} {}-{} {}",
                draft.date.start().map(|d| d.to_string()).unwrap_or_default(),
                draft.places.first().map(|p| p.id.as_str()).unwrap_or_default(),
                claim.measure.as_str(),
                claim.group.as_str(),
                claim.min.map(|n| n.to_string()).unwrap_or_default(),
                claim.max.map(|n| n.to_string()).unwrap_or_default(),
                claim.claimant.as_ref().and_then(|c| c.actor.clone()).unwrap_or_default(),
            ));
        }
    }
    lines.sort();
    lines.dedup();
    lines
}

/// What [`fixture`] `story.txt` tells, and with it the same story in every other format.
const STORY: [&str; 3] = [
    "2022-04-24 dia killed soldiers 14-14 malian-armed-forces",
    "2022-04-24 dia killed soldiers 20-20 katiba-macina",
    "2022-04-24 dia wounded soldiers 11-11 malian-armed-forces",
];

fn assert_story(doc: &ParsedDocument) {
    let lines = told(doc);
    for line in STORY {
        assert!(lines.iter().any(|l| l == line), "{line} is not in {lines:#?}\n{}", doc.text);
    }
}

#[test]
fn the_same_story_tells_the_same_in_every_format() {
    let docx = docx(&["Gunmen attack army post in Dia"], &story_paragraphs());
    for doc in [
        read("story.txt"),
        read("story-en.html"),
        read("story-fr.html"),
        read("raid.wiki"),
        parse("story.docx", &docx).unwrap(),
    ] {
        assert_story(&doc);
        assert_eq!(doc.drafts.iter().filter(|d| d.main).count(), 1, "{}", doc.file_name);
    }
}

#[test]
fn a_news_page_is_its_story_without_the_site() {
    let doc = read("story-en.html");
    assert_eq!(
        doc.text,
        "= Gunmen attack army post in Dia =\n\n\
         Gunmen attacked an army post in Dia, in the Mopti region of Mali, on 24 April 2022, \
         killing fourteen soldiers and wounding eleven others, the Malian army said.\n\n\
         The group Katiba Macina claimed responsibility for the attack. Katiba Macina said \
         that it had killed 20 soldiers.\n\n\
         == The village ==\n\n\
         Dia lies in the inner delta of the Niger and has been without a town hall since the \
         year before.\n\n\
         Who says so | Soldiers killed\nMalian army | 14\nKatiba Macina | 20\n"
    );
    let meta = &doc.meta;
    assert_eq!(meta.title, "Gunmen attack army post in Dia");
    assert_eq!(meta.publisher.as_deref(), Some("The Test Herald"));
    assert_eq!(meta.published.unwrap().to_string(), "2022-04-26");
    assert_eq!(meta.url.as_deref(), Some("https://news.example.org/2022/04/raid-on-dia"));
    assert_eq!((meta.lang, meta.kind), (Lang::En, SourceKind::News));
    assert_eq!(doc.shape, Shape::Html);
}

#[test]
fn an_old_page_in_latin_1_is_read() {
    let doc = read("story-fr.html");
    assert!(
        doc.text.starts_with(
            "= Mali : un poste de l'armée attaqué à Dia =\n\nDes hommes armés ont attaqué"
        ),
        "{}",
        doc.text
    );
    for absent in ["Moura", "Accueil", "deux cents", "Courrier"] {
        assert!(!doc.text.contains(absent), "{absent}");
    }
    // The page states English; its words are French.
    assert_eq!(doc.meta.lang, Lang::Fr);
    assert_eq!(doc.meta.publisher.as_deref(), Some("Le Courrier d'essai"));
    assert_eq!(doc.meta.published.unwrap().to_string(), "2022-04-26");
    assert_eq!(doc.meta.url.as_deref(), Some("https://courrier.example.org/dia"));
}

#[test]
fn a_wiki_page_keeps_no_words_of_references_pictures_or_notes() {
    let doc = read("raid.wiki");
    for absent in ["31", "Ninety", "44", "80 people", "Category", "{{", "[[", "<"] {
        assert!(!doc.text.contains(absent), "{absent} in {}", doc.text);
    }
    assert!(doc.text.contains("eleven wounded.[3]"), "{}", doc.text);
    assert_eq!((doc.meta.kind, doc.meta.title.as_str()), (SourceKind::Encyclopedia, "Dia raid"));
}

#[test]
fn an_export_of_a_wiki_is_many_documents() {
    let bytes = fixture("export.xml");
    let hints = Hints::default();
    let parser = Parser::new(&KNOWN);
    let docs: Vec<_> =
        parser.documents("export.xml", &bytes[..], &hints).map(Result::unwrap).collect();
    let names: Vec<_> = docs.iter().map(|d| d.file_name.as_str()).collect();
    assert_eq!(names, ["export.xml#Dia raid", "export.xml#Boni ambush", "export.xml#Dia, Mali"]);
    assert_story(&docs[0]);
    assert_eq!(
        docs[0].meta.url.as_deref(),
        Some("https://en.wikipedia.org/wiki/Dia_raid?oldid=5001")
    );
    assert_eq!(docs[0].meta.retrieved.unwrap().to_string(), "2024-02-03");
    assert_eq!(docs[0].meta.published, None);
    assert_eq!(docs[1].meta.licence.as_deref(), Some("CC BY-SA 4.0"));
    // The same page by itself, as a file of wikitext, tells the same.
    assert_eq!(told(&docs[0]), told(&read("raid.wiki")));
}

#[test]
fn an_export_is_read_a_page_at_a_time() {
    /// Gives an export of pages without end, and counts what was asked for.
    struct Endless {
        head: Cursor<Vec<u8>>,
        page: Cursor<Vec<u8>>,
        given: usize,
    }
    impl Read for Endless {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let mut count = self.head.read(out)?;
            if count == 0 {
                count = self.page.read(out)?;
            }
            if count == 0 {
                self.page.set_position(0);
                count = self.page.read(out)?;
            }
            self.given += count;
            assert!(self.given < 64 << 20, "it reads ahead without bounds");
            Ok(count)
        }
    }
    let page = "<page><title>Boni ambush</title><ns>0</ns><revision><id>1</id><text>At least nine \
                soldiers were killed near [[Boni]] on 3 May 2021.</text></revision></page>\n";
    let reader = Endless {
        head: Cursor::new(b"<mediawiki>\n".to_vec()),
        page: Cursor::new(page.as_bytes().to_vec()),
        given: 0,
    };
    let (hints, parser) = (Hints::default(), Parser::new(&KNOWN));
    let docs = parser.documents("dump.xml", reader, &hints).take(3_000);
    assert_eq!(docs.filter(|d| d.as_ref().unwrap().drafts.len() == 1).count(), 3_000);
}

#[test]
fn a_passage_of_a_pdf_names_its_page() {
    let doc = read("report.pdf");
    assert_eq!(doc.meta.title, "Report on the events of Dia");
    assert_eq!(doc.meta.kind, SourceKind::Report);
    let place = |words: &str| {
        let at = doc.text.find(words).unwrap_or_else(|| panic!("{words:?} in {}", doc.text));
        page_at(&doc.pages, at)
    };
    assert_eq!(place("= Report on the events"), Some(1));
    assert_eq!(place("killing fourteen"), Some(1));
    assert_eq!(place("Later events"), Some(doc.pages.len() as u32));
    assert_eq!(place("nine civilians"), place("Later events"));
    // A sentence over two pages is one, and its words know their page.
    assert!(doc.text.contains("so that others may look into the same matters."), "{}", doc.text);
    assert_eq!(place("others may"), place("so that").map(|page| page + 1));
    // Marks of notes are no part of a figure, notes stand at the end.
    assert!(doc.text.contains("fourteen soldiers[3] and"), "{}", doc.text);
    assert!(doc.text.contains("== Notes ==\n\n- "), "{}", doc.text);
    assert!(told(&doc).iter().all(|line| !line.contains("99")), "{:?}", told(&doc));
    for line in [STORY[0], STORY[2], "2022-05-03 boni killed civilians 9- un"] {
        assert!(told(&doc).iter().any(|l| l == line), "{line}: {:#?}", told(&doc));
    }
    // Running heads and page numbers are left out.
    for absent in ["Report 12", "1 / "] {
        assert!(!doc.text.contains(absent), "{absent} in {}", doc.text);
    }
}

fn story_paragraphs() -> Vec<String> {
    let text = String::from_utf8(fixture("story.txt")).unwrap();
    text.split("\n\n").skip(1).map(str::to_owned).collect()
}

/// A DOCX with headings and paragraphs.
fn docx(titles: &[&str], paragraphs: &[String]) -> Vec<u8> {
    let paragraph =
        |style: &str, text: &str| format!("<w:p>{style}<w:r><w:t>{text}</w:t></w:r></w:p>");
    let titles = titles.iter().map(|t| paragraph("<w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>", t));
    let body: String = titles.chain(paragraphs.iter().map(|p| paragraph("", p))).collect();
    let parts = [
        (
            "word/document.xml",
            format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"),
        ),
        (
            "word/styles.xml",
            "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style>\
             </w:styles>"
                .to_owned(),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn err_files_that_are_no_documents() {
    let mut cut = fixture("report.pdf");
    cut.truncate(cut.len() / 2);
    let zip = {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a.txt", SimpleFileOptions::default()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let kinds = "x:1: expected text, HTML, wikitext, PDF or DOCX, found ";
    for (bytes, expected) in [
        (zip, format!("{kinds}an archive (unpack it first)")),
        (b"{\\rtf1 killed}".to_vec(), format!("{kinds}RTF (save it as DOCX or text)")),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1".to_vec(),
            format!("{kinds}an old Office file (save it as DOCX)"),
        ),
        (b"\x89PNG\r\n\x1a\n".to_vec(), format!("{kinds}a picture")),
        (
            b"<html><script>only()</script></html>".to_vec(),
            "x:1: expected a document with words, found no text in it".to_owned(),
        ),
    ] {
        assert_eq!(parse("x", &bytes).unwrap_err().to_string(), expected);
    }
    // Half a PDF has some of its pages, or none.
    if let Err(problem) = parse("x", &cut) {
        assert!(problem.expected.contains("PDF"), "{problem}");
    }
}

#[test]
fn err_a_pdf_of_pictures() {
    let pdf = bytes::pdf("q 10 0 0 10 0 0 cm Q");
    assert_eq!(
        parse("scan.pdf", &pdf).unwrap_err().to_string(),
        "scan.pdf:1: expected a PDF with words, found 1 pages without any, perhaps pictures \
         (text recognition makes words of them)"
    );
}

#[test]
fn err_a_pdf_whose_forms_draw_each_other_without_end() {
    let error = parse("x.pdf", &bytes::pdf_of_forms(12, 12)).unwrap_err().to_string();
    assert_eq!(
        error,
        "x.pdf:1: expected a PDF whose pages can be read, found page 1, which cannot be drawn or \
         never ends"
    );
}

#[test]
fn what_fuzzing_found_stays_mended() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/found");
    for entry in std::fs::read_dir(folder).unwrap() {
        check::parse(&std::fs::read(entry.unwrap().path()).unwrap(), None);
    }
}

#[test]
fn a_format_can_be_forced() {
    let hints = Hints { shape: Some(Shape::Plain), ..Hints::default() };
    let doc = Parser::new(&KNOWN).parse("x", b"<p>Ten killed</p>", &hints).unwrap();
    assert_eq!((doc.shape, doc.text.as_str()), (Shape::Plain, "<p>Ten killed</p>"));
    let hints = Hints { shape: Some(Shape::Pdf), ..Hints::default() };
    let error = Parser::new(&KNOWN).parse("x", b"Ten killed", &hints).unwrap_err();
    assert_eq!(error.to_string(), "x:1: expected a PDF, found a damaged or cut file");
}

#[test]
fn a_text_in_another_language_says_so() {
    let german = "Bei einem Angriff auf ein Dorf in der Region Mopti sind nach Angaben der \
                  Behörden mindestens zwanzig Menschen getötet worden. Die Regierung sprach von \
                  einem feigen Anschlag und schickte Soldaten in das Gebiet, das seit Jahren von \
                  bewaffneten Gruppen heimgesucht wird.";
    let doc = parse("x.txt", german.as_bytes()).unwrap();
    let problem = doc.problems.last().unwrap().to_string();
    assert_eq!(problem, "x.txt:1: expected a text in English or French, found a text in German");
}
