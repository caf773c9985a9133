//! Cells of a row as they are stored: a JSON array of texts, deflated. Rows of one release are
//! much alike, so the first of them are the dictionary of all, and a row still can be read
//! without any other.

use super::StoreError;
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use std::fmt::{self, Formatter};

/// Bytes of a dictionary, at most. More makes rows little smaller and packing slower.
const DICTIONARY: usize = 4 * 1024;

/// How hard it is tried: beyond it rows grow little smaller.
const LEVEL: Compression = Compression::new(3);

/// Bytes of the cells of one row, at most: what claims to hold more is damaged.
const LARGEST: usize = 256 * 1024 * 1024;

/// Gathers the dictionary of a release from its first rows.
#[derive(Debug, Default)]
pub struct Sample(Vec<u8>);

impl Sample {
    /// Adds a row; false once there are enough.
    pub fn add(&mut self, cells: &[String]) -> bool {
        let row = json(cells);
        if self.0.len() + row.len() <= DICTIONARY {
            self.0.extend(row);
            return true;
        }
        false
    }

    /// The dictionary.
    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Packs rows of one release.
#[derive(Debug)]
pub struct Packer<'d> {
    dictionary: &'d [u8],
    deflate: Compress,
}

impl<'d> Packer<'d> {
    /// With the dictionary of the release.
    pub fn new(dictionary: &'d [u8]) -> Self {
        Self { dictionary, deflate: Compress::new(LEVEL, false) }
    }

    /// The cells of a row, packed.
    pub fn pack(&mut self, cells: &[String]) -> Vec<u8> {
        let row = json(cells);
        self.deflate.reset();
        if !self.dictionary.is_empty() {
            self.deflate.set_dictionary(self.dictionary).expect("nothing was packed before it");
        }
        // What cannot be packed grows by some bytes for each 16 KB.
        let mut packed = Vec::with_capacity(row.len() + row.len() / 1024 + 64);
        loop {
            let done = self.deflate.total_in();
            let rest = &row[usize::try_from(done).unwrap_or(row.len())..];
            match self.deflate.compress_vec(rest, &mut packed, FlushCompress::Finish) {
                Ok(Status::StreamEnd) => return packed,
                _ => packed.reserve(row.len() + 64),
            }
        }
    }
}

/// The cells that [`Packer::pack`] packed with the same dictionary.
///
/// # Errors
/// [`StoreError::Damaged`] where they are no such.
pub fn unpack(dictionary: &[u8], packed: &[u8]) -> Result<Vec<String>, StoreError> {
    let mut cells = Vec::new();
    Unpacker::default().each(dictionary, packed, |_, cell| cells.push(cell.to_owned()))?;
    Ok(cells)
}

/// Unpacks rows, one after the other, in the same memory.
#[derive(Debug)]
pub struct Unpacker {
    inflate: Decompress,
    row: Vec<u8>,
}

impl Default for Unpacker {
    fn default() -> Self {
        Self { inflate: Decompress::new(false), row: Vec::new() }
    }
}

impl Unpacker {
    /// Tells `f` the number and the text of each cell of a row that [`Packer::pack`] packed with
    /// the same dictionary, in their order.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where it is no such; `f` may have been told some cells then.
    pub fn each(
        &mut self,
        dictionary: &[u8],
        packed: &[u8],
        f: impl FnMut(usize, &str),
    ) -> Result<(), StoreError> {
        self.inflate(dictionary, packed)?;
        let mut json = serde_json::Deserializer::from_slice(&self.row);
        json.deserialize_seq(EachCell(f)).and_then(|()| json.end()).map_err(damaged)
    }

    fn inflate(&mut self, dictionary: &[u8], packed: &[u8]) -> Result<(), StoreError> {
        let Self { inflate, row } = self;
        inflate.reset(false);
        if !dictionary.is_empty() {
            inflate.set_dictionary(dictionary).map_err(damaged)?;
        }
        row.clear();
        row.reserve(8 * packed.len() + 64);
        loop {
            let (read, written) = (inflate.total_in(), row.len());
            let rest = &packed[usize::try_from(read).unwrap_or(packed.len())..];
            let status =
                inflate.decompress_vec(rest, row, FlushDecompress::Finish).map_err(damaged)?;
            match status {
                Status::StreamEnd => return Ok(()),
                // It asked for nothing but room, and there is some.
                _ if row.len() == written && row.capacity() > written => {
                    return Err(damaged("they end too early"));
                }
                _ if row.len() > LARGEST => return Err(damaged("they are too large")),
                _ => row.reserve(row.len() + 64),
            }
        }
    }
}

/// Tells a function the number and the text of each cell of a JSON array of texts.
struct EachCell<F>(F);

impl<'d, F: FnMut(usize, &str)> Visitor<'d> for EachCell<F> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str("an array of texts")
    }

    fn visit_seq<A: SeqAccess<'d>>(mut self, mut cells: A) -> Result<(), A::Error> {
        let mut column = 0;
        while cells.next_element_seed(Cell { tell: &mut self.0, column })?.is_some() {
            column += 1;
        }
        Ok(())
    }
}

/// Tells a function the number and the text of one cell.
struct Cell<'f, F> {
    tell: &'f mut F,
    column: usize,
}

impl<'d, F: FnMut(usize, &str)> DeserializeSeed<'d> for Cell<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'d>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_str(self)
    }
}

impl<F: FnMut(usize, &str)> Visitor<'_> for Cell<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        (self.tell)(self.column, text);
        Ok(())
    }
}

fn damaged(what: impl ToString) -> StoreError {
    StoreError::Damaged(format!("cells of a record: {}", what.to_string()))
}

fn json(cells: &[String]) -> Vec<u8> {
    serde_json::to_vec(cells).expect("texts are always JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(n: usize) -> Vec<String> {
        let place = ["Gao", "Hombori", "Ménaka"][n % 3];
        [format!("{n}"), "Government of Mali".to_owned(), format!("{n} killed near {place}")].into()
    }

    fn dictionary(rows: &[Vec<String>]) -> Vec<u8> {
        let mut sample = Sample::default();
        let _ = rows.iter().all(|row| sample.add(row));
        sample.finish()
    }

    #[test]
    fn ok_every_row_comes_back_whatever_the_dictionary() {
        let rows: Vec<_> = (0..500).map(row).collect();
        let odd = [vec![], vec![String::new()], vec!["\0\"\u{1f43a}\n".repeat(40_000)]];
        let noise: String = (0..60_000_u32)
            .map(|n| char::from(33 + (n.wrapping_mul(2_654_435_761) >> 25) as u8 % 90))
            .collect();
        for dictionary in [Vec::new(), dictionary(&rows), vec![b'['; 40_000]] {
            let mut packer = Packer::new(&dictionary);
            for row in rows.iter().chain(&odd).chain([&vec![noise.clone()]]) {
                assert_eq!(unpack(&dictionary, &packer.pack(row)).unwrap(), *row);
            }
        }
    }

    #[test]
    fn ok_a_row_like_others_is_small() {
        let rows: Vec<_> = (0..500).map(row).collect();
        let dictionary = dictionary(&rows);
        assert!(dictionary.len() <= DICTIONARY && dictionary.len() > DICTIONARY / 2);
        let packed = Packer::new(&dictionary).pack(&rows[400]).len();
        assert!(2 * packed < json(&rows[400]).len(), "{packed} bytes");
    }

    #[test]
    fn err_what_is_damaged_is_no_row() {
        let dictionary = dictionary(&[row(1), row(2)]);
        let whole = Packer::new(&dictionary).pack(&row(3));
        for (packed, expected) in [
            (&whole[..whole.len() / 2], "damaged database: cells of a record: "),
            (&[], "damaged database: cells of a record: they end too early"),
            (&[0xff; 20], "damaged database: cells of a record: "),
        ] {
            let error = unpack(&dictionary, packed).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        assert!(unpack(&[], &whole).is_err(), "without its dictionary");
    }
}
