//! The tree of victim groups.

use super::files::{DataError, Files};
use crate::model::claim::CasualtyGroup;
use serde::Deserialize;
use std::collections::HashMap;

/// One group of victims.
#[derive(Debug, Clone, Deserialize)]
pub struct VictimGroup {
    /// Readable id, as in `victim=tuareg`.
    pub slug: String,
    /// Name in English.
    pub en: String,
    /// Name in French.
    pub fr: String,
    /// Slug of the group that it is part of.
    pub parent: Option<String>,
    /// Coarse group under which its casualties are counted.
    pub counts_as: CasualtyGroup,
    /// Words by which texts name its members, EN and FR, singular and plural, lower case.
    #[serde(default)]
    pub terms: Vec<String>,
}

#[derive(Deserialize)]
struct VictimFile {
    group: Vec<VictimGroup>,
}

/// Every group.
#[derive(Debug)]
pub struct VictimGroups {
    groups: Vec<VictimGroup>,
    by_slug: HashMap<String, usize>,
}

impl VictimGroups {
    /// Reads `victims.toml`.
    pub(super) fn load(files: &Files) -> Result<Self, DataError> {
        let file: VictimFile = files.toml("victims.toml")?;
        let error = |problem| DataError {
            name: "victims.toml".to_owned(),
            problem,
        };
        let mut by_slug = HashMap::new();
        for (i, g) in file.group.iter().enumerate() {
            if by_slug.insert(g.slug.clone(), i).is_some() {
                return Err(error(format!("group {:?} stands twice", g.slug)));
            }
            // A group stands after the one that it is part of: no loops.
            if g.parent.as_ref().is_some_and(|p| !by_slug.contains_key(p)) {
                return Err(error(format!(
                    "{}: no group {:?} before it",
                    g.slug, g.parent
                )));
            }
        }
        Ok(Self {
            groups: file.group,
            by_slug,
        })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Every group, wholes before parts.
    pub fn iter(&self) -> impl Iterator<Item = &VictimGroup> {
        self.groups.iter()
    }

    /// The group of this slug.
    pub fn get(&self, slug: &str) -> Option<&VictimGroup> {
        self.by_slug.get(slug).map(|&i| &self.groups[i])
    }

    /// The slug itself and those of its wholes, nearest first.
    pub fn with_wholes<'a>(&'a self, slug: &'a str) -> Vec<&'a str> {
        let mut out = vec![slug];
        let mut at = slug;
        while let Some(parent) = self.get(at).and_then(|g| g.parent.as_deref()) {
            out.push(parent);
            at = parent;
        }
        out
    }
}
