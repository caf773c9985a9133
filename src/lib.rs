//! A local timeline of the armed conflict in Mali in which every fact opens the words of
//! its source. The modules below are the guided tour, in the order of a document's way from
//! file to page.

/// Plain types: dates with precision, claims, attributions, incidents, filters.
pub mod model;

/// What the program knows besides its sources: actors, victim groups, regions, places.
pub mod knowledge;

/// Files to draft incidents; nothing here knows of a database.
pub mod ingest;

/// Whether two sources tell of the same incident.
pub mod matching;

/// The database: sources, what they say, and the incidents that join their accounts.
pub mod store;

/// Parsed incidents as a file that a person corrects, and what a person made of them.
pub mod review;

/// Documents into the database: the only place where ingest meets store.
pub mod import;

/// The words of pages and exports, English and French, from `data/messages`.
pub mod messages;

/// Values of the model in words: dates, figures, attributions, filters.
pub mod wording;

/// Text in pages.
mod escape;

/// Chart and map as SVG, for pages and for files.
pub mod drawing;

/// The filtered view as a file, and proof that it is unchanged.
pub mod export;

/// Filters from what a person typed, every value checked.
pub mod query;

/// Whether an export or a database is whole.
pub mod verify;

/// The local web server: router, links, pages.
pub mod web;

/// The command line: arguments to a checked configuration.
pub mod config;
