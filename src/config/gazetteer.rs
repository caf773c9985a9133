//! Arguments of `gazetteer`.

use clap::Subcommand;
use std::path::PathBuf;

/// What to do with places beside those that the program knows.
#[derive(Debug, Clone, Subcommand)]
pub enum Gazetteer {
    /// Load places for later imports: a country file of GeoNames, or a table with the columns
    /// name, lat, lon, cercle, region, aliases; a file of the same name is replaced
    Import {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// List the loaded files
    List,
    /// Remove a loaded file; what was imported stays as it is
    Remove {
        /// Its name, as listed
        #[arg(value_name = "NAME")]
        name: String,
    },
}
