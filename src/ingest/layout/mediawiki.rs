//! The XML export of a wiki: one page or thousands, read one after the other. Of each page
//! the latest revision in the file is taken; talk pages, redirects and other name spaces are
//! no documents.

use super::xml::{attribute, entity};
use super::{Document, File, Format, MetaFound, size, wikitext};
use crate::ingest::decode::MAX_BYTES;
use crate::model::document::{Problem, Shape};
use crate::model::source::SourceKind;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{self, BufRead, Read};

/// The XML export of a wiki.
pub(super) struct MediaWiki;

/// How much of the beginning is looked at, in bytes.
const LOOK: usize = 4 * 1024;

/// Elements nested deeper are no export of a wiki.
const MAX_DEPTH: usize = 32;

/// What may stand in the address of a page as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'(')
    .remove(b')')
    .remove(b',')
    .remove(b':')
    .remove(b'\'')
    .remove(b'/');

/// Whether a file that begins with these bytes is the export of a wiki.
pub fn is_export(start: &[u8]) -> bool {
    let start = &start[..start.len().min(LOOK)];
    memchr::memmem::find(start, b"<mediawiki").is_some()
}

impl Format for MediaWiki {
    fn shape(&self) -> Shape {
        Shape::MediaWiki
    }

    fn detect(&self, file: &File<'_>) -> bool {
        is_export(file.bytes)
    }

    fn read(&self, file: &File<'_>) -> Result<Document, Problem> {
        let mut pages = Pages::new(file.name, file.bytes);
        let first =
            pages.next().unwrap_or_else(|| Err(file.problem("a page of a wiki", "none")))?;
        match pages.next() {
            None => Ok(first.document),
            Some(_) => Err(file.problem("one page of a wiki", "an export of several")),
        }
    }
}

/// A page of an export.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Name of the file with the title of the page: `dump.xml#Dia raid`.
    pub name: String,
    /// The page.
    pub document: Document,
}

/// The pages of an export, one in memory at a time.
pub struct Pages<R> {
    file: String,
    reader: Reader<Bounded<R>>,
    buffer: Vec<u8>,
    /// Names of the elements around the present place.
    path: Vec<String>,
    site: Site,
    page: Found,
    done: bool,
}

/// What the export says of the wiki.
#[derive(Debug, Default)]
struct Site {
    name: String,
    /// Address of its main page.
    base: String,
}

/// A page as far as it is read.
#[derive(Debug, Default)]
struct Found {
    title: String,
    space: String,
    redirect: bool,
    revision: String,
    time: String,
    text: String,
}

impl<R: BufRead> Pages<R> {
    /// The pages of the export that `reader` gives.
    pub fn new(file: &str, reader: R) -> Self {
        let reader = Bounded { inner: reader, left: MAX_BYTES, line: 1 };
        Self {
            file: file.to_owned(),
            reader: Reader::from_reader(reader),
            buffer: Vec::new(),
            path: Vec::new(),
            site: Site::default(),
            page: Found::default(),
            done: false,
        }
    }

    fn problem(&mut self, expected: &str, found: String) -> Problem {
        let line = self.reader.get_mut().line;
        Problem { file: self.file.clone(), line, expected: expected.to_owned(), found }
    }

    /// Reads on to the end of the next page; none at the end of the file.
    fn read(&mut self) -> Result<Option<Found>, (&'static str, String)> {
        let whole = "a whole export of a wiki";
        loop {
            self.reader.get_mut().left = MAX_BYTES;
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            match event.map_err(|error| (whole, error.to_string()))? {
                Event::Start(tag) => {
                    start(&mut self.page, &tag);
                    self.path.push(tag.local_name().as_ref().to_owned());
                    if self.path.len() > MAX_DEPTH {
                        return Err((whole, "elements nested without end".to_owned()));
                    }
                }
                Event::Empty(tag) => {
                    self.page.redirect |= tag.local_name().as_ref() == "redirect";
                }
                Event::End(_) => {
                    let ended = self.path.pop();
                    if ended.as_deref() == Some("page") {
                        return Ok(Some(std::mem::take(&mut self.page)));
                    }
                }
                Event::Text(text) => {
                    take(&self.path, &mut self.site, &mut self.page, &text.xml10_content());
                }
                Event::CData(text) => {
                    take(&self.path, &mut self.site, &mut self.page, &text.xml10_content());
                }
                Event::GeneralRef(name) => {
                    if let Some(c) = entity(&name) {
                        let c = c.encode_utf8(&mut [0; 4]).to_owned();
                        take(&self.path, &mut self.site, &mut self.page, &c);
                    }
                }
                Event::Eof if self.path.is_empty() => return Ok(None),
                Event::Eof => return Err((whole, "the end of the file".to_owned())),
                _ => {}
            }
            if self.page.text.len() > MAX_BYTES {
                return Err(("pages of at most 50 MiB", "more".to_owned()));
            }
        }
    }
}

/// A new page or revision: what is known of the one before is forgotten.
fn start(page: &mut Found, tag: &BytesStart<'_>) {
    match tag.local_name().as_ref() {
        "page" => *page = Found::default(),
        "revision" => {
            page.revision.clear();
            page.time.clear();
            page.text.clear();
        }
        "text" => page.redirect |= attribute(tag, "deleted").is_some(),
        _ => {}
    }
}

/// Takes words to where they belong.
fn take(path: &[String], site: &mut Site, page: &mut Found, words: &str) {
    let mut names = path.iter().rev().map(String::as_str);
    let field = match (names.next(), names.next()) {
        (Some("sitename"), _) => &mut site.name,
        (Some("base"), Some("siteinfo")) => &mut site.base,
        (Some("title"), Some("page")) => &mut page.title,
        (Some("ns"), Some("page")) => &mut page.space,
        (Some("id"), Some("revision")) => &mut page.revision,
        (Some("timestamp"), Some("revision")) => &mut page.time,
        (Some("text"), Some("revision")) => &mut page.text,
        _ => return,
    };
    field.push_str(words);
}

impl<R: BufRead> Iterator for Pages<R> {
    type Item = Result<Page, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.read() {
                Ok(Some(found)) if found.is_document() => {
                    let name = format!("{}#{}", self.file, found.title);
                    let file = File::new(&name, &[]);
                    let meta = found.meta(&self.site);
                    let read = wikitext::read(&file, &found.text, meta)
                        .and_then(|document| size::bounded(&file, document));
                    return Some(read.map(|mut document| {
                        document.layout.shape = Shape::MediaWiki;
                        Page { name, document }
                    }));
                }
                Ok(Some(_)) => {}
                Ok(None) => self.done = true,
                Err((expected, found)) => {
                    self.done = true;
                    return Some(Err(self.problem(expected, found)));
                }
            }
        }
        None
    }
}

impl Found {
    fn is_document(&self) -> bool {
        matches!(self.space.trim(), "" | "0") && !self.redirect && !self.text.trim().is_empty()
    }

    fn meta(&self, site: &Site) -> MetaFound {
        let title = self.title.trim();
        let wikipedia = site.base.contains("wikipedia.org");
        let address = site.base.trim().rsplit_once('/').map(|(folder, _)| {
            let page = title.replace(' ', "_");
            let page = utf8_percent_encode(&page, PATH);
            format!("{folder}/{page}?oldid={}", self.revision.trim())
        });
        let day = self.time.trim().split('T').next().unwrap_or_default();
        MetaFound {
            title: Some(title.to_owned()).filter(|t| !t.is_empty()),
            publisher: Some(site.name.trim().to_owned()).filter(|n| !n.is_empty()),
            kind: site.base.contains("wikinews.org").then_some(SourceKind::News),
            url: address.filter(|a| a.starts_with("http")),
            // The day of a revision dates no event: it is that of the copy.
            retrieved: day.parse().ok(),
            licence: wikipedia.then(|| "CC BY-SA 4.0".to_owned()),
            ..MetaFound::default()
        }
    }
}

/// Gives no more than `left` bytes until it is set again, so that no element is read beyond
/// any bound; counts lines.
struct Bounded<R> {
    inner: R,
    left: usize,
    line: usize,
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("an element of more than 50 MiB"));
        }
        let buffer = self.inner.fill_buf()?;
        Ok(&buffer[..buffer.len().min(self.left)])
    }

    fn consume(&mut self, amount: usize) {
        if let Ok(buffer) = self.inner.fill_buf() {
            let read = &buffer[..amount.min(buffer.len())];
            self.line += memchr::memchr_iter(b'\n', read).count();
        }
        self.left = self.left.saturating_sub(amount);
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut buffer = self.fill_buf()?;
        let count = buffer.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = "<mediawiki xml:lang=\"en\">\n<siteinfo><sitename>Wikipedia</sitename>\
        <base>https://en.wikipedia.org/wiki/Main_Page</base></siteinfo>\n";

    fn page(title: &str, space: &str, text: &str) -> String {
        format!(
            "<page>\n<title>{title}</title><ns>{space}</ns><id>7</id>\
             <revision><id>98</id><timestamp>2023-01-01T00:00:00Z</timestamp><text>old</text></revision>\
             <revision><id>99</id><timestamp>2024-02-03T04:05:06Z</timestamp>\
             <contributor><id>5</id></contributor><text bytes=\"9\">{text}</text></revision></page>\n"
        )
    }

    fn read(xml: &str) -> Vec<Result<Page, Problem>> {
        Pages::new("d.xml", xml.as_bytes()).collect()
    }

    #[test]
    fn ok_pages_with_their_revision() {
        let xml = [
            START,
            &page("L'attaque d'été &amp; &quot;x&quot;", "0", "It &lt;!-- no --&gt;was &amp;eacute;&#233;."),
            &page("Talk:A", "1", "talk"),
            &page("B", "0", "Then."),
            "<page><title>C</title><ns>0</ns><redirect title=\"B\" /><revision><text>#REDIRECT [[B]]</text></revision></page>",
            "</mediawiki>",
        ]
        .concat();
        let pages: Vec<_> = read(&xml).into_iter().map(Result::unwrap).collect();
        assert_eq!(pages.len(), 2);
        let first = &pages[0];
        assert_eq!(first.name, "d.xml#L'attaque d'été & \"x\"");
        assert_eq!(first.document.text, "= L'attaque d'été & \"x\" =\n\nIt was éé.\n");
        let meta = &first.document.layout.meta;
        assert_eq!(
            meta.url.as_deref(),
            Some("https://en.wikipedia.org/wiki/L'attaque_d'%C3%A9t%C3%A9_%26_%22x%22?oldid=99")
        );
        assert_eq!(meta.retrieved.map(|d| d.to_string()).as_deref(), Some("2024-02-03"));
        assert_eq!(meta.licence.as_deref(), Some("CC BY-SA 4.0"));
        assert_eq!((meta.published, meta.publisher.as_deref()), (None, Some("Wikipedia")));
        assert_eq!(pages[1].document.text, "= B =\n\nThen.\n");
    }

    #[test]
    fn err_damaged_exports_give_what_came_before() {
        let good = [START, &page("A", "0", "One.")].concat();
        for (rest, found) in [
            (
                "<page><title>B</title>",
                "d.xml:6: expected a whole export of a wiki, found the end of the file",
            ),
            ("<page></title>", "d.xml:5: expected a whole export of a wiki, found "),
        ] {
            let all = read(&format!("{good}{rest}\n"));
            assert_eq!(all.len(), 2, "{rest}");
            assert!(all[0].is_ok());
            let error = all[1].as_ref().unwrap_err().to_string();
            assert!(error.starts_with(found), "{error}");
        }
        let deep = format!("{START}{}", "<a>".repeat(1_000_000));
        assert!(read(&deep)[0].as_ref().unwrap_err().to_string().contains("nested without end"));
    }

    #[test]
    fn ok_entities_are_not_expanded() {
        let bomb = format!(
            "<!DOCTYPE m [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>{START}{}</mediawiki>",
            page("A", "0", "x &b; y")
        );
        assert_eq!(read(&bomb)[0].as_ref().unwrap().document.text, "= A =\n\nx y\n");
    }

    #[test]
    fn one_page_is_a_document_and_several_are_not() {
        let one = format!("{START}{}</mediawiki>", page("A", "0", "One."));
        let file = File::new("d.xml", one.as_bytes());
        assert!(MediaWiki.detect(&file));
        assert_eq!(MediaWiki.read(&file).unwrap().text, "= A =\n\nOne.\n");
        let two = one.replace("</mediawiki>", &(page("B", "0", "Two.") + "</mediawiki>"));
        let error = MediaWiki.read(&File::new("d.xml", two.as_bytes())).unwrap_err().to_string();
        assert_eq!(error, "d.xml:1: expected one page of a wiki, found an export of several");
    }
}
