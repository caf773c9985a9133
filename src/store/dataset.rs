//! Datasets and their rows, as pages show them.
