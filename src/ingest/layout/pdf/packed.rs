//! How much the packed streams of a file hold. They are unpacked into nothing before anything
//! else looks at them, because whoever reads a PDF unpacks each of them whole.

use flate2::read::ZlibDecoder;
use memchr::memmem;
use std::io::{Read, sink};

/// Most bytes of one stream when unpacked: far above the drawing of any page, and any font.
const MAX_STREAM: u64 = 64 << 20;

/// Most bytes of one picture when unpacked. Pictures are not looked at, and large ones are
/// common: a page scanned with 600 dots an inch in colour has 105 MB.
const MAX_PICTURE: u64 = 256 << 20;

/// Most bytes of all streams that are no pictures, when unpacked.
const MAX_ALL: u64 = 512 << 20;

/// How far before its data the dictionary of a stream is looked for, in bytes.
const LOOK: usize = 2 * 1024;

/// What is allowed, in words.
pub(super) const ALLOWED: &str =
    "a PDF whose streams are packed once and hold at most 64 MiB each and 512 MiB together";

/// Whether the streams of a file hold no more than is allowed, and none is packed twice. What
/// is encrypted, or packed otherwise than with zlib, is not looked into.
pub(super) fn is_bounded(bytes: &[u8]) -> bool {
    let (mut all, mut at) = (0, 0);
    for start in memmem::find_iter(bytes, b"stream") {
        let data = &bytes[start + 6..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        // Within a stream that was looked at already.
        if start < at {
            continue;
        }
        let dictionary = dictionary(&bytes[at..start]);
        let picture = is_picture(dictionary);
        if !picture && is_packed_twice(dictionary) {
            return false;
        }
        if data.first() != Some(&0x78) {
            continue;
        }
        let most = if picture { MAX_PICTURE } else { MAX_STREAM };
        let mut decoder = ZlibDecoder::new(data);
        // A damaged stream counts as far as it goes.
        if std::io::copy(&mut decoder.by_ref().take(most + 1), &mut sink()).is_ok() {
            at = start + usize::try_from(decoder.total_in()).unwrap_or(0);
        }
        let held = decoder.total_out();
        all += if picture { 0 } else { held };
        if held > most || all > MAX_ALL {
            return false;
        }
    }
    true
}

/// The dictionary that ends here: it begins behind the last `obj`.
fn dictionary(before: &[u8]) -> &[u8] {
    let near = &before[before.len().saturating_sub(LOOK)..];
    memmem::rfind(near, b"obj").map_or(near, |at| &near[at..])
}

/// Whether a stream goes through several of the ways of packing that make it smaller: a few
/// bytes could hold any number.
fn is_packed_twice(dictionary: &[u8]) -> bool {
    const WAYS: [&[u8]; 3] = [b"/FlateDecode", b"/LZWDecode", b"/RunLengthDecode"];
    WAYS.iter().map(|way| memmem::find_iter(dictionary, way).count()).sum::<usize>() > 1
}

/// Whether a dictionary is of a picture.
fn is_picture(dictionary: &[u8]) -> bool {
    let subtype = memmem::find(dictionary, b"/Subtype").map(|at| &dictionary[at + 8..]);
    subtype.is_some_and(|value| value.trim_ascii_start().starts_with(b"/Image"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    /// A stream with this much in it.
    fn stream(dictionary: &str, held: u64) -> Vec<u8> {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
        std::io::copy(&mut std::io::repeat(b' ').take(held), &mut packer).unwrap();
        let mut out = format!("5 0 obj\n<<{dictionary}>>\nstream\r\n").into_bytes();
        out.extend(packer.finish().unwrap());
        out.write_all(b"\nendstream\nendobj\n").unwrap();
        out
    }

    #[test]
    fn ok_streams_of_any_common_size() {
        let page = stream("/Length 9", MAX_STREAM);
        let scan = stream("/Type /XObject /Subtype /Image /Length 9", MAX_PICTURE);
        let plain = b"stream\nplain words endstream".to_vec();
        assert!(is_bounded(&[page, scan.clone(), scan.clone(), scan, plain].concat()));
    }

    #[test]
    fn err_one_stream_too_large() {
        assert!(!is_bounded(&stream("", MAX_STREAM + 1)));
        assert!(!is_bounded(&stream("/Subtype/Image", MAX_PICTURE + 1)));
        // The picture is another one.
        let picture = stream("/Subtype /Image", 9);
        assert!(!is_bounded(&[picture, stream("/Subtype /Form", MAX_STREAM + 1)].concat()));
    }

    #[test]
    fn err_a_stream_packed_twice() {
        let filter = "/Filter [/FlateDecode /FlateDecode]";
        assert!(!is_bounded(&stream(filter, 9)));
        assert!(is_bounded(&stream(&format!("/Subtype /Image {filter}"), 9)));
        // Each of two streams once; letters made of bytes are no smaller.
        let one = stream("/Filter [/ASCII85Decode /FlateDecode]", 9);
        assert!(is_bounded(&one.repeat(2)));
    }

    #[test]
    fn err_many_streams() {
        let one = stream("", MAX_STREAM);
        assert!(is_bounded(&one.repeat(8)));
        assert!(!is_bounded(&one.repeat(9)));
    }
}
