//! The package around the sheets: a ZIP archive that is written from its first byte to its last,
//! without going back, so that it can be sent while it is made.
//!
//! One sheet at a time can go into it. That of incidents goes there at once, packed on a thread
//! of its own; others are packed beside, in temporary files, and copied as they are when their
//! turn comes. What lists the sheets stands at the end, which no reader minds: ZIP archives are
//! read from there.

use super::sheet::{Sheet, Sink, escape};
use flate2::write::DeflateEncoder;
use flate2::{Compression, CrcWriter};
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, Crc32Option, DataDescriptorOutput, ErrorKind, ZipArchiveWriter};
use std::fs::File;
use std::io::{self, Seek, Write};
use std::sync::mpsc::{Receiver, SyncSender};

/// XML of other parts than sheets.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const SHEETML: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Two kinds of cells: as they are, and bold.
const STYLES: &str = "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
    <font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
    <fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>\
    </cellStyleXfs><cellXfs count=\"2\">\
    <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
    <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>\
    </cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>\
    </cellStyles>";

/// A package that is being written to `W`.
pub struct Package<W> {
    zip: ZipArchiveWriter<W>,
    /// When it is made.
    at: UtcDateTime,
}

/// Sheets on their way into the package.
pub enum Piece {
    /// A sheet begins.
    Sheet(usize),
    /// More of it.
    Xml(String),
    /// There is no more of it, and of no other.
    Done,
}

/// Hands sheets to the thread that packs them.
pub struct Streamed(pub SyncSender<Piece>);

/// Sheets that were packed in temporary files.
#[derive(Default)]
pub struct Aside {
    packed: Vec<Packed>,
    now: Option<CrcWriter<DeflateEncoder<File>>>,
    bytes: u64,
    number: usize,
}

/// One of them.
struct Packed {
    number: usize,
    file: File,
    crc: u32,
    /// Before it was packed.
    bytes: u64,
}

fn failed(error: rawzip::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::IO(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Nobody packs any more: the reader has gone, which is said where it was noticed.
pub fn gone() -> io::Error {
    io::ErrorKind::BrokenPipe.into()
}

fn path(number: usize) -> String {
    format!("xl/worksheets/sheet{number}.xml")
}

impl Sink for Streamed {
    fn begin(&mut self, number: usize) -> io::Result<()> {
        self.0.send(Piece::Sheet(number)).map_err(|_| gone())
    }

    fn add(&mut self, xml: &str) -> io::Result<()> {
        self.0.send(Piece::Xml(xml.to_owned())).map_err(|_| gone())
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Aside {
    fn begin(&mut self, number: usize) -> io::Result<()> {
        let file = DeflateEncoder::new(tempfile::tempfile()?, Compression::default());
        self.now = Some(CrcWriter::new(file));
        (self.bytes, self.number) = (0, number);
        Ok(())
    }

    fn add(&mut self, xml: &str) -> io::Result<()> {
        self.bytes += xml.len() as u64;
        self.now.as_mut().map_or(Ok(()), |now| now.write_all(xml.as_bytes()))
    }

    fn end(&mut self) -> io::Result<()> {
        if let Some(now) = self.now.take() {
            let crc = now.crc().sum();
            let file = now.into_inner().finish()?;
            self.packed.push(Packed { number: self.number, file, crc, bytes: self.bytes });
        }
        Ok(())
    }
}

impl<W: Write> Package<W> {
    /// Begins with what is the same in each.
    pub fn begin(out: W, at: jiff::Timestamp) -> io::Result<Self> {
        let at = UtcDateTime::from_unix(at.as_second());
        let mut package = Self { zip: ZipArchiveWriter::new(out), at };
        package.part(
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        )?;
        let styles = format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>");
        package.part("xl/styles.xml", &styles)?;
        Ok(package)
    }

    fn part(&mut self, path: &str, xml: &str) -> io::Result<()> {
        let file = self.zip.new_file(path).last_modified(self.at);
        let file = file.compression_method(CompressionMethod::DEFLATE);
        let (entry, config) = file.start().map_err(failed)?;
        let mut part = config.wrap(DeflateEncoder::new(entry, Compression::default()));
        part.write_all(DECLARATION.as_bytes())?;
        part.write_all(xml.as_bytes())?;
        let (encoder, descriptor) = part.finish().map_err(failed)?;
        encoder.finish()?.finish(descriptor).map_err(failed)?;
        Ok(())
    }

    /// Packs sheets as they come. Nothing when they broke off: then it must not look whole.
    pub fn pack(mut self, pieces: &Receiver<Piece>) -> io::Result<Option<Self>> {
        let mut next = pieces.recv().ok();
        while let Some(Piece::Sheet(number)) = next {
            let path = path(number);
            let file = self.zip.new_file(&path).last_modified(self.at);
            let file = file.compression_method(CompressionMethod::DEFLATE);
            let (entry, config) = file.start().map_err(failed)?;
            let mut part = config.wrap(DeflateEncoder::new(entry, Compression::default()));
            let mut first = true;
            next = loop {
                match pieces.recv().ok() {
                    Some(Piece::Xml(xml)) => part.write_all(xml.as_bytes())?,
                    other => break other,
                }
                // Names of columns need not wait for rows.
                if std::mem::take(&mut first) {
                    part.flush()?;
                }
            };
            if next.is_none() {
                break;
            }
            let (encoder, descriptor) = part.finish().map_err(failed)?;
            encoder.finish()?.finish(descriptor).map_err(failed)?;
        }
        Ok(next.map(|_| self))
    }

    /// Adds sheets that were packed beside.
    pub fn copy(&mut self, aside: Aside) -> io::Result<()> {
        for mut sheet in aside.packed {
            let path = path(sheet.number);
            let file = self.zip.new_file(&path).last_modified(self.at);
            let file = file.compression_method(CompressionMethod::DEFLATE);
            let (mut entry, _) = file.crc32(Crc32Option::Skip).start().map_err(failed)?;
            sheet.file.rewind()?;
            io::copy(&mut sheet.file, &mut entry)?;
            let descriptor = DataDescriptorOutput::new(sheet.crc, sheet.bytes);
            entry.finish(descriptor).map_err(failed)?;
        }
        Ok(())
    }

    /// Ends with what lists the sheets, in the order in which readers see them.
    pub fn end(mut self, sheets: &[Sheet]) -> io::Result<()> {
        let (mut list, mut related, mut types) = (String::new(), String::new(), String::new());
        for Sheet { name, number } in sheets {
            list.push_str("<sheet name=\"");
            escape(&mut list, name);
            list.push_str(&format!("\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"));
            related.push_str(&format!(
                "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" \
                 Target=\"worksheets/sheet{number}.xml\"/>"
            ));
            let path = path(*number);
            types.push_str(&format!(
                "<Override PartName=\"/{path}\" ContentType=\"{SHEETML}.worksheet+xml\"/>"
            ));
        }
        self.part(
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><bookViews><workbookView/>\
                 </bookViews><sheets>{list}</sheets></workbook>"
            ),
        )?;
        self.part(
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\">{related}<Relationship \
                 Id=\"styles\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        )?;
        self.part(
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{SHEETML}.sheet.main+xml\"/>\
                 <Override PartName=\"/xl/styles.xml\" ContentType=\"{SHEETML}.styles+xml\"/>\
                 {types}</Types>"
            ),
        )?;
        self.zip.finish().map_err(failed)?.flush()
    }
}
