//! One file for each element of the text. A rule is a pure function: tokens in, what was
//! found and where out, or nothing. It never guesses: what is not in the text is not found.

pub mod actor;
pub mod aside;
pub mod casualty;
pub mod claimant;
pub mod date;
pub mod number;
pub mod people;
pub mod place;
pub mod stance;
