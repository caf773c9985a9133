//! What the commands do, for those that are more than a few lines.

/// `matches`.
pub mod matches;
