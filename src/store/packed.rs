//! Cells of a row as they are stored: one after the other, packed. Rows of one release are much
//! alike, so the first of them are the dictionary of all, and a row still can be read without
//! any other.
//!
//! Packed is what repeats the dictionary or the row itself, in sequences as LZ4 has them: a byte
//! with two lengths, further bytes of a length beyond 14, new bytes, how far back what is
//! repeated begins (two bytes, little end first), further bytes of its length. The last sequence
//! has new bytes only. The dictionary is indexed once for all rows of a release, which is what
//! makes this many times faster than deflating each with a dictionary, and as small.

use super::StoreError;

/// Bytes of a dictionary, at most. Twice as much makes rows a tenth smaller.
const DICTIONARY: usize = 16 * 1024;

/// Bytes of the cells of one row, at most: what claims to hold more is damaged.
const LARGEST: usize = 256 * 1024 * 1024;

/// Shortest repetition that is worth three bytes.
const SHORTEST: usize = 4;

/// How many places of the dictionary are looked at for each place of a row, at most: beyond it
/// rows grow hardly smaller.
const DEPTH: usize = 8;

/// Repetitions from this length on are taken without asking whether the next byte begins a
/// longer one.
const LONG: usize = 32;

/// Bits of the index of the dictionary, and of that of a row.
const DICTIONARY_BITS: u32 = 14;
const ROW_BITS: u32 = 11;

/// Ends a cell: no text has this byte.
const END: u8 = 0xff;

/// Gathers the dictionary of a release from its first rows.
#[derive(Debug, Default)]
pub struct Sample(Vec<u8>);

impl Sample {
    /// Adds a row; false once there are enough.
    pub fn add(&mut self, cells: &[String]) -> bool {
        let row = joined(cells);
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

/// A place in an index that holds nothing.
const NOWHERE: u32 = u32::MAX;

/// The dictionary, by the four bytes that begin at each of its places.
#[derive(Debug)]
struct Index {
    /// The last place for each hash.
    last: Vec<u32>,
    /// For each place the one before it of the same hash.
    before: Vec<u32>,
}

impl Index {
    fn new(dictionary: &[u8]) -> Self {
        let mut index = Self { last: vec![NOWHERE; 1 << DICTIONARY_BITS], before: Vec::new() };
        for (at, four) in (0..).zip(dictionary.windows(SHORTEST)) {
            let last = &mut index.last[hash(four, DICTIONARY_BITS)];
            index.before.push(std::mem::replace(last, at));
        }
        index
    }
}

fn hash(bytes: &[u8], bits: u32) -> usize {
    let four = bytes.first_chunk().map_or(0, |four| u32::from_le_bytes(*four));
    (four.wrapping_mul(2_654_435_761) >> (u32::BITS - bits)) as usize
}

/// What is repeated: how far back it begins, and how many bytes.
#[derive(Debug, Clone, Copy)]
struct Repeat {
    back: u16,
    length: usize,
}

/// Packs rows of one release.
#[derive(Debug)]
pub struct Packer<'d> {
    dictionary: &'d [u8],
    index: Index,
    /// The last place of the row for each hash.
    row: Vec<u32>,
}

impl<'d> Packer<'d> {
    /// With the dictionary of the release.
    pub fn new(dictionary: &'d [u8]) -> Self {
        Self { dictionary, index: Index::new(dictionary), row: vec![NOWHERE; 1 << ROW_BITS] }
    }

    /// The cells of a row, packed.
    pub fn pack(&mut self, cells: &[String]) -> Vec<u8> {
        let row = joined(cells);
        self.row.fill(NOWHERE);
        let mut packed = Vec::with_capacity(row.len() / 3 + 16);
        let (mut new, mut at) = (0, 0);
        while at < row.len() {
            let Some(repeat) = self.find(&row, at) else {
                at += 1;
                continue;
            };
            // What the next byte begins may be longer by more than that byte.
            if repeat.length < LONG
                && self.peek(&row, at + 1).is_some_and(|next| next.length > repeat.length + 1)
            {
                at += 1;
                continue;
            }
            sequence(&mut packed, &row[new..at], Some(repeat));
            let end = at + repeat.length;
            (at + 1..end).for_each(|at| self.note(&row, at));
            (new, at) = (end, end);
        }
        if new < row.len() {
            sequence(&mut packed, &row[new..], None);
        }
        packed
    }

    /// The longest of what is found to be repeated at a place of a row, which is noted.
    fn find(&mut self, row: &[u8], at: usize) -> Option<Repeat> {
        let found = self.peek(row, at);
        self.note(row, at);
        found
    }

    fn note(&mut self, row: &[u8], at: usize) {
        if row.len() - at >= SHORTEST {
            self.row[hash(&row[at..], ROW_BITS)] = u32::try_from(at).unwrap_or(NOWHERE);
        }
    }

    fn peek(&self, row: &[u8], at: usize) -> Option<Repeat> {
        let rest = row.get(at..).filter(|rest| rest.len() >= SHORTEST)?;
        let mut best: Option<Repeat> = None;
        let mut consider = |from: &[u8], back: usize| {
            let length = from.iter().zip(rest).take_while(|(a, b)| a == b).count();
            if length >= SHORTEST
                && best.is_none_or(|best| length > best.length)
                && let Ok(back) = u16::try_from(back)
            {
                best = Some(Repeat { back, length });
            }
        };
        let own = self.row[hash(rest, ROW_BITS)];
        if own != NOWHERE {
            consider(&row[own as usize..], at - own as usize);
        }
        let mut place = self.index.last[hash(rest, DICTIONARY_BITS)];
        for _ in 0..DEPTH {
            if place == NOWHERE {
                break;
            }
            let from = place as usize;
            consider(&self.dictionary[from..], self.dictionary.len() - from + at);
            place = self.index.before[from];
        }
        best
    }
}

/// Adds new bytes and what is repeated after them.
fn sequence(packed: &mut Vec<u8>, new: &[u8], repeat: Option<Repeat>) {
    let beyond = repeat.map_or(0, |repeat| repeat.length - SHORTEST);
    let short = |length: usize| u8::try_from(length.min(15)).unwrap_or(15);
    packed.push(short(new.len()) << 4 | short(beyond));
    longer(packed, new.len());
    packed.extend_from_slice(new);
    if let Some(repeat) = repeat {
        packed.extend_from_slice(&repeat.back.to_le_bytes());
        longer(packed, beyond);
    }
}

/// The further bytes of a length.
fn longer(packed: &mut Vec<u8>, length: usize) {
    let Some(mut rest) = length.checked_sub(15) else { return };
    while rest >= 255 {
        packed.push(255);
        rest -= 255;
    }
    packed.push(u8::try_from(rest).unwrap_or(0));
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
#[derive(Debug, Default)]
pub struct Unpacker {
    row: Vec<u8>,
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
        mut f: impl FnMut(usize, &str),
    ) -> Result<(), StoreError> {
        let damaged = |what: &str| StoreError::Damaged(format!("cells of a record: {what}"));
        self.row.clear();
        unpack_into(&mut self.row, dictionary, packed).map_err(damaged)?;
        let Some((&end, inside)) = self.row.split_last() else { return Ok(()) };
        if end != END {
            return Err(damaged("they end too early"));
        }
        for (column, cell) in inside.split(|byte| *byte == END).enumerate() {
            f(column, str::from_utf8(cell).map_err(|_| damaged("no text"))?);
        }
        Ok(())
    }
}

/// Adds the bytes of a row to `row`, which is empty.
fn unpack_into(row: &mut Vec<u8>, dictionary: &[u8], packed: &[u8]) -> Result<(), &'static str> {
    const EARLY: &str = "they end too early";
    row.reserve(8 * packed.len() + 64);
    let mut rest = packed;
    while let Some((&lengths, after)) = rest.split_first() {
        rest = after;
        let new = length(lengths >> 4, &mut rest).ok_or(EARLY)?;
        row.extend_from_slice(rest.split_off(..new).ok_or(EARLY)?);
        if rest.is_empty() {
            break;
        }
        let back = rest.split_off(..2).and_then(|two| two.first_chunk()).ok_or(EARLY)?;
        let back = usize::from(u16::from_le_bytes(*back));
        let repeated = length(lengths & 15, &mut rest).ok_or(EARLY)?.saturating_add(SHORTEST);
        if row.len().saturating_add(repeated) > LARGEST {
            return Err("they are too large");
        }
        repeat(dictionary, row, back, repeated).ok_or("they repeat nothing")?;
    }
    Ok(())
}

/// A length of which the first four bits are given.
fn length(first: u8, rest: &mut &[u8]) -> Option<usize> {
    let mut length = usize::from(first);
    if first == 15 {
        loop {
            let more = *rest.split_off_first()?;
            length = length.checked_add(usize::from(more))?;
            if more < 255 {
                break;
            }
        }
    }
    Some(length)
}

/// Adds `length` bytes that begin `back` bytes before the end.
fn repeat(dictionary: &[u8], row: &mut Vec<u8>, back: usize, mut length: usize) -> Option<()> {
    if back == 0 {
        return None;
    }
    if let Some(into) = back.checked_sub(row.len()).filter(|into| *into > 0) {
        let from = dictionary.len().checked_sub(into)?;
        let there = &dictionary[from..dictionary.len().min(from + length)];
        row.extend_from_slice(there);
        length -= there.len();
    }
    // What is repeated may reach into its own repetition.
    while length > 0 {
        let from = row.len() - back;
        let end = row.len().min(from + length);
        row.extend_from_within(from..end);
        length -= end - from;
    }
    Some(())
}

fn joined(cells: &[String]) -> Vec<u8> {
    let mut row = Vec::with_capacity(cells.iter().map(|cell| cell.len() + 1).sum());
    for cell in cells {
        row.extend_from_slice(cell.as_bytes());
        row.push(END);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        let noise: String = (0..60_000_u32)
            .map(|n| char::from(33 + (n.wrapping_mul(2_654_435_761) >> 25) as u8 % 90))
            .collect();
        let odd = [
            vec![],
            vec![String::new()],
            vec![String::new(); 700],
            vec!["\0\"\u{1f43a}\n".repeat(40_000)],
            vec!["a".repeat(300), "a".repeat(15 + 255), "b".repeat(19), "b".repeat(18)],
            vec![noise.clone(), noise],
        ];
        for dictionary in [Vec::new(), dictionary(&rows), vec![b'a'; 70_000]] {
            let mut packer = Packer::new(&dictionary);
            for row in rows.iter().chain(&odd) {
                assert_eq!(unpack(&dictionary, &packer.pack(row)).unwrap(), *row);
            }
        }
    }

    proptest! {
        #[test]
        fn ok_any_row_comes_back(
            sample in prop::collection::vec("[a-cé]{0,9}", 0..40),
            cells in prop::collection::vec("([a-cé]{0,9}){0,4}", 0..40),
        ) {
            let dictionary = dictionary(&[sample]);
            let packed = Packer::new(&dictionary).pack(&cells);
            prop_assert_eq!(unpack(&dictionary, &packed).unwrap(), cells);
        }

        #[test]
        fn what_is_damaged_in_any_way_is_an_error_or_other_cells(
            at in 0_usize..200, byte: u8, cut in 0_usize..200,
        ) {
            let rows: Vec<_> = (0..20).map(row).collect();
            let dictionary = dictionary(&rows[..10]);
            let mut packed = Packer::new(&dictionary).pack(&rows.concat());
            let at = at % packed.len();
            packed[at] = byte;
            packed.truncate(packed.len() - cut % packed.len());
            // It must come to an end, and not panic.
            let _ = unpack(&dictionary, &packed);
        }
    }

    #[test]
    fn ok_a_row_like_others_is_small() {
        let rows: Vec<_> = (0..5_000).map(row).collect();
        let dictionary = dictionary(&rows);
        assert!(dictionary.len() <= DICTIONARY && dictionary.len() > DICTIONARY / 2);
        let packed = Packer::new(&dictionary).pack(&rows[4_000]).len();
        assert!(3 * packed < joined(&rows[4_000]).len(), "{packed} bytes");
    }

    #[test]
    fn ok_the_sequences_are_those_of_lz4() {
        let mut packer = Packer::new(b"");
        let packed = packer.pack(&["abcdabcdabcd".to_owned()]);
        // Four new bytes; eight that begin four back; one new byte.
        assert_eq!(packed, [b"\x44abcd".as_slice(), &[4, 0], &[0x10, END]].concat());
    }

    #[test]
    fn err_what_is_damaged_is_no_row() {
        let dictionary = dictionary(&[row(1), row(2)]);
        let whole = Packer::new(&dictionary).pack(&row(3));
        for (packed, expected) in [
            (&whole[..whole.len() / 2], "they end too early"),
            (&[0x40, b'a'], "they end too early"),
            (&[0xf0], "they end too early"),
            (&[0x10, b'a'], "they end too early"),
            (&[0x10, b'a', 1], "they end too early"),
            (&[0x10, b'a', 0, 0], "they repeat nothing"),
            (&[0x10, b'a', 0xff, 0xff, 0x10, END], "they repeat nothing"),
            (&[0x20, 0xc3, END], "no text"),
        ] {
            let error = unpack(&dictionary, packed).unwrap_err().to_string();
            assert_eq!(error, format!("damaged database: cells of a record: {expected}"));
        }
        let large = [&[0x1f, b'a', 1, 0][..], &vec![255; LARGEST / 255 + 1], &[0]].concat();
        let error = unpack(&[], &large).unwrap_err().to_string();
        assert!(error.ends_with("they are too large"), "{error}");
        assert!(unpack(&[], &whole).is_err(), "without its dictionary");
    }
}
