//! Any file, its format told by its content.
#![no_main]

#[path = "../../tests/documents/check.rs"]
mod check;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| check::parse(bytes, None));
