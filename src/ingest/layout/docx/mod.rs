//! A DOCX: headings, paragraphs, lists, tables; footnotes at the end. What was struck out with
//! tracked changes is left out, what was added stands in the text.

mod body;
mod package;

use super::notation::{Notation, one_line};
use super::{Document, File, Format, MetaFound};
use crate::model::document::{Problem, Shape};
use package::Package;

/// A DOCX.
pub(super) struct Docx;

/// Signs at the start of a ZIP archive.
const ZIP: &[u8] = b"PK\x03\x04";

/// The part of the package that holds the text.
const MAIN: &[u8] = b"word/document.xml";

impl Format for Docx {
    fn shape(&self) -> Shape {
        Shape::Docx
    }

    fn detect(&self, file: &File<'_>) -> bool {
        file.begins(ZIP) && memchr::memmem::find(file.bytes, MAIN).is_some()
    }

    fn read(&self, file: &File<'_>) -> Result<Document, Problem> {
        file.bounded()?;
        let mut package = Package::open(file)?;
        let main = package.part("word/document.xml")?;
        let main = main.ok_or_else(|| file.problem("a DOCX", "a package without a text"))?;
        let styles = package.part("word/styles.xml")?;
        let styles = styles.map(|xml| body::headings(&xml)).unwrap_or_default();
        let core = package.part("docProps/core.xml")?;
        let title = core.and_then(|xml| body::stated_title(&xml)).map(|t| one_line(&t));
        let mut out = Notation::default();
        let numbers = body::write(&main, &styles, &mut out)
            .map_err(|error| file.problem("a whole DOCX", error.to_string()))?;
        let mut notes = Vec::new();
        for part in ["word/footnotes.xml", "word/endnotes.xml"] {
            if let Some(xml) = package.part(part)? {
                notes.extend(body::notes(&xml));
            }
        }
        if !notes.is_empty() {
            out.heading(2, "Notes");
        }
        // In the order of their marks; one that no mark of the text refers to has no number.
        let numbered = |(note, words)| (numbers.get(&note).copied(), words);
        let mut notes: Vec<(_, String)> = notes.into_iter().map(numbered).collect();
        notes.sort_by_key(|(number, _)| number.unwrap_or(usize::MAX));
        for (number, words) in notes {
            match number {
                Some(number) => out.item(&format!("[{number}] {words}")),
                None => out.item(&words),
            }
        }
        out.finish(file, self, MetaFound { title, ..MetaFound::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    pub(super) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, xml) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(xml.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn run(text: &str) -> String {
        format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    }

    #[test]
    fn ok_a_report() {
        let main = format!(
            "<w:document xmlns:w=\"x\"><w:body>\
             <w:p><w:pPr><w:pStyle w:val=\"Titre\"/></w:pPr>{}</w:p>\
             <w:p><w:pPr><w:pStyle w:val=\"T1\"/></w:pPr>{}</w:p>\
             <w:p>{}<w:del><w:r><w:delText>forty</w:delText></w:r></w:del><w:ins>{}</w:ins>\
             <w:r><w:footnoteReference w:id=\"2\"/></w:r>{}<w:r><w:br/></w:r>{}</w:p>\
             <w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/></w:numPr></w:pPr>{}</w:p>\
             <w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p><w:p>{}</w:p></w:tc></w:tr></w:tbl>\
             </w:body></w:document>",
            run("The raid"),
            run("Facts"),
            run("On 3 May "),
            run("fourteen people"),
            run(" were killed &amp; left"),
            run("there &#233;t&#xe9;"),
            run("an item"),
            run("Army"),
            run("14"),
            run("dead"),
        );
        let styles = "<w:styles xmlns:w=\"x\"><w:style w:styleId=\"T1\"><w:name w:val=\"heading 1\"/>\
                      </w:style><w:style w:styleId=\"Titre\"><w:name w:val=\"Title\"/></w:style></w:styles>";
        let notes = "<w:footnotes xmlns:w=\"x\"><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p/>\
                     </w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:t>As told.</w:t></w:r></w:p>\
                     </w:footnote></w:footnotes>";
        let bytes = package(&[
            ("word/document.xml", &main),
            ("word/styles.xml", styles),
            ("word/footnotes.xml", notes),
        ]);
        let file = File::new("x.docx", &bytes);
        assert!(Docx.detect(&file));
        let document = Docx.read(&file).unwrap();
        assert_eq!(
            document.text,
            "= The raid =\n\n== Facts ==\n\nOn 3 May fourteen people[1] were killed & left there \
             été\n\n- an item\nArmy | 14 dead\n\n== Notes ==\n\n- [1] As told.\n"
        );
    }

    #[test]
    fn ok_text_boxes_and_notes_stand_for_themselves() {
        let reference = |kind: &str, id| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
        let boxed = format!(
            "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{}</w:p><w:p>{}</w:p>\
             </w:txbxContent></mc:Choice><mc:Fallback><w:p>{}</w:p></mc:Fallback>\
             </mc:AlternateContent></w:r>",
            run("Boxed."),
            run("Twice."),
            run("Boxed.")
        );
        let main = format!(
            "<w:document xmlns:w=\"x\" xmlns:mc=\"m\"><w:body><w:p>{}{}{boxed}{}</w:p><w:p>{}{}{}</w:p>\
             </w:body></w:document>",
            run("Ten died"),
            reference("footnote", 20),
            run(" in Dia."),
            run("Five"),
            reference("endnote", 20),
            reference("footnote", 7),
        );
        let notes = |kind: &str, all: &[(u8, &str)]| {
            let note = |(id, words): &(u8, &str)| {
                format!("<w:{kind} w:id=\"{id}\"><w:p>{}</w:p></w:{kind}>", run(words))
            };
            format!("<w:x xmlns:w=\"x\">{}</w:x>", all.iter().map(note).collect::<String>())
        };
        let bytes = package(&[
            ("word/document.xml", &main),
            (
                "word/footnotes.xml",
                &notes("footnote", &[(7, "Third."), (20, "First."), (9, "None.")]),
            ),
            ("word/endnotes.xml", &notes("endnote", &[(20, "Second.")])),
        ]);
        assert_eq!(
            Docx.read(&File::new("x", &bytes)).unwrap().text,
            "Ten died[1] in Dia.\n\nBoxed.\n\nTwice.\n\nFive[2][3]\n\n== Notes ==\n\n- [1] First.\n\
             - [2] Second.\n- [3] Third.\n- None.\n"
        );
    }

    #[test]
    fn err_damaged_packages() {
        let whole = package(&[("word/document.xml", "<w:document><w:body><w:p></w:body>")]);
        let cut = &whole[..whole.len() - 30];
        let other = package(&[("mimetype", "x"), ("word/document.xml.rels", "")]);
        for (bytes, expected) in [
            (&whole[..], "x:1: expected a whole DOCX, found "),
            (cut, "x:1: expected a whole DOCX, found "),
            (&other[..], "x:1: expected a DOCX, found a package without a text"),
        ] {
            let error = Docx.read(&File::new("x", bytes)).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn err_a_package_that_unpacks_without_end() {
        let bomb = " ".repeat(80 * 1024 * 1024);
        let bytes = package(&[("word/document.xml", &bomb)]);
        assert!(bytes.len() < 200_000);
        let error = Docx.read(&File::new("x", &bytes)).unwrap_err().to_string();
        assert_eq!(error, "x:1: expected parts of at most 64 MiB, found more in word/document.xml");
    }

    #[test]
    fn ok_deep_nesting_takes_no_stack() {
        let deep = format!(
            "<w:document><w:body>{}<w:p><w:r><w:t>a</w:t></w:r></w:p>{}</w:body></w:document>",
            "<w:tbl><w:tr><w:tc>".repeat(50_000),
            "</w:tc></w:tr></w:tbl>".repeat(50_000)
        );
        let bytes = package(&[("word/document.xml", &deep)]);
        assert_eq!(Docx.read(&File::new("x", &bytes)).unwrap().text, "a\n");
    }
}
