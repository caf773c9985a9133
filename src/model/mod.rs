//! The words of the field as plain types: no files, no database, no HTTP.

pub mod claim;
pub mod copy;
pub mod date;
pub mod distance;
pub mod document;
pub mod filter;
pub mod gazetteer;
pub mod hash;
pub mod id;
pub mod incident;
pub mod lines;
pub mod passage;
pub mod record;
pub mod relation;
pub mod review;
pub mod slug;
pub mod source;
