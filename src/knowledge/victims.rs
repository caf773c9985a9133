//! The tree of victim groups.

use super::files::{DataError, Files};
use crate::model::claim::CasualtyGroup;
use crate::model::slug::fold;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// One group of victims.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VictimGroup {
    /// Readable id, as in `victim=tuareg`.
    pub slug: String,
    /// Name in English.
    pub en: String,
    /// Name in French.
    pub fr: String,
    /// Slug of the group that it is part of.
    pub parent: Option<String>,
    /// Whether it is an ethnic community.
    #[serde(default)]
    pub community: bool,
    /// Coarse group under which its casualties are counted.
    pub counts_as: CasualtyGroup,
    /// Words by which texts name its members, EN and FR, singular and plural, lower case.
    /// Each in one group only.
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
    by_slug: FxHashMap<String, usize>,
    by_term: FxHashMap<String, usize>,
}

impl VictimGroups {
    /// Reads `victims.toml`.
    pub(super) fn load(files: &Files) -> Result<Self, DataError> {
        let file: VictimFile = files.toml("victims.toml")?;
        let error = |problem| DataError { name: "victims.toml".to_owned(), problem };
        let (mut by_slug, mut by_term) = (FxHashMap::default(), FxHashMap::default());
        for (i, g) in file.group.iter().enumerate() {
            if by_slug.insert(g.slug.clone(), i).is_some() {
                return Err(error(format!("group {:?} stands twice", g.slug)));
            }
            // A group stands after the one that it is part of: no loops.
            if g.parent.as_ref().is_some_and(|p| !by_slug.contains_key(p)) {
                return Err(error(format!("{}: no group {:?} before it", g.slug, g.parent)));
            }
            for term in &g.terms {
                let other = *by_term.entry(fold(term)).or_insert(i);
                if other != i {
                    let slug = &file.group[other].slug;
                    return Err(error(format!("{term:?} names both {slug} and {}", g.slug)));
                }
            }
        }
        Ok(Self { groups: file.group, by_slug, by_term })
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

    /// The group of which this word names members, case and accents ignored.
    pub fn named(&self, term: &str) -> Option<&VictimGroup> {
        self.by_term.get(&fold(term)).map(|&i| &self.groups[i])
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

#[cfg(test)]
mod tests {
    use super::*;

    fn groups() -> VictimGroups {
        VictimGroups::load(&Files::embedded()).expect("the embedded file is whole")
    }

    #[test]
    fn ok_terms() {
        let groups = groups();
        for (term, slug, counts_as) in [
            ("villagers", "villagers", CasualtyGroup::Civilians),
            ("Peuls", "fulani", CasualtyGroup::Civilians),
            ("éleveurs", "herders", CasualtyGroup::Civilians),
            ("Idaksahak", "daoussahak", CasualtyGroup::Civilians),
            ("enfants", "children", CasualtyGroup::Children),
            ("militaires", "soldiers", CasualtyGroup::Soldiers),
            ("French soldiers", "french-soldiers", CasualtyGroup::Soldiers),
            ("gendarmes", "police", CasualtyGroup::Police),
            ("Casques bleus", "peacekeepers", CasualtyGroup::Peacekeepers),
            ("paramilitaires", "mercenaries", CasualtyGroup::Mercenaries),
            ("terrorists", "militants", CasualtyGroup::Militants),
            ("rebelles", "rebels", CasualtyGroup::Rebels),
            ("chasseurs dozos", "militia", CasualtyGroup::Militia),
        ] {
            let found = groups.named(term).map(|g| (g.slug.as_str(), g.counts_as));
            assert_eq!(found, Some((slug, counts_as)), "{term}");
        }
        assert!(groups.named("people").is_none());
    }

    #[test]
    fn wholes() {
        assert_eq!(groups().with_wholes("daoussahak"), ["daoussahak", "tuareg", "civilians"]);
        assert_eq!(groups().with_wholes("soldiers"), ["soldiers", "combatants"]);
    }

    #[test]
    fn no_civilian_group_counts_as_combatants() {
        let groups = groups();
        for g in groups.iter() {
            let civilian = groups.with_wholes(&g.slug).contains(&"civilians");
            let counted = matches!(
                g.counts_as,
                CasualtyGroup::Civilians | CasualtyGroup::Women | CasualtyGroup::Children
            );
            assert_eq!(civilian, counted, "{}", g.slug);
            assert!(!g.terms.is_empty(), "{}", g.slug);
        }
    }

    #[test]
    fn err_files() {
        for (text, expected) in [
            (
                "[[group]]\nslug='a'\nen=''\nfr=''\ncounts_as='other'\nparent='b'\n",
                "victims.toml: a: no group Some(\"b\") before it",
            ),
            (
                "[[group]]\nslug='a'\nen=''\nfr=''\ncounts_as='other'\nterms=['x']\n\
                 [[group]]\nslug='b'\nen=''\nfr=''\ncounts_as='other'\nterms=['X']\n",
                "victims.toml: \"X\" names both a and b",
            ),
        ] {
            let dir = tempfile::tempdir().expect("a folder");
            std::fs::write(dir.path().join("victims.toml"), text).expect("a file");
            let error = VictimGroups::load(&Files::with_folder(dir.path().to_owned()))
                .expect_err("a problem");
            assert_eq!(error.to_string(), expected);
        }
    }
}
