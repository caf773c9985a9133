//! Parsed incidents as a file that a person can read and correct, and what a person made of
//! them. See `docs/REVIEW.md`.

/// The fields of one incident, each checked.
mod check;
/// What two readings of one document say differently.
pub mod difference;
/// What stands in the file, before it is checked.
pub mod file;
/// Places, actors and speakers by name.
mod named;
/// Where quoted words stand.
pub mod quote;
/// A file to a checked list of incidents.
pub mod read;
/// A list of incidents to a file.
pub mod write;

pub use check::incident;
pub use file::{ENDING, File};
pub use read::{Fault, Taken, parse, read};
pub use write::{Head, entry, write};
