//! Cells of a row as they are stored: a JSON array of texts, deflated. Rows of one release are
//! much alike, so the first of them are the dictionary of all, and a row still can be read
//! without any other.

use super::StoreError;
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

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
    let damaged = |what: String| StoreError::Damaged(format!("cells of a record: {what}"));
    let mut inflate = Decompress::new(false);
    if !dictionary.is_empty() {
        inflate.set_dictionary(dictionary).map_err(|e| damaged(e.to_string()))?;
    }
    let mut row = Vec::with_capacity(8 * packed.len() + 64);
    loop {
        let (read, written) = (inflate.total_in(), row.len());
        let rest = &packed[usize::try_from(read).unwrap_or(packed.len())..];
        let status = inflate
            .decompress_vec(rest, &mut row, FlushDecompress::Finish)
            .map_err(|e| damaged(e.to_string()))?;
        match status {
            Status::StreamEnd => break,
            // It asked for nothing but room, and there is some.
            _ if row.len() == written && row.capacity() > written => {
                return Err(damaged("they end too early".to_owned()));
            }
            _ if row.len() > LARGEST => return Err(damaged("they are too large".to_owned())),
            _ => row.reserve(row.len() + 64),
        }
    }
    serde_json::from_slice(&row).map_err(|e| damaged(e.to_string()))
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
