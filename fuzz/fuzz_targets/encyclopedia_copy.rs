//! The copy of an encyclopedia page.
#![no_main]

#[path = "../../tests/documents/check.rs"]
mod check;

use libfuzzer_sys::fuzz_target;
use mali_timeline::model::document::Shape;

fuzz_target!(|bytes: &[u8]| check::parse(bytes, Some(Shape::EncyclopediaCopy)));
