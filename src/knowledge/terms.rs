//! What publishers of datasets ask of whoever uses their data.

use super::files::{DataError, Files};
use crate::messages::spaced;
use crate::model::slug::fold;
use crate::model::source::{Lang, SourceMeta};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    names: Vec<String>,
    en: String,
    fr: String,
}

#[derive(Deserialize)]
struct TermsFile {
    terms: Vec<Asked>,
}

/// The terms that are known.
#[derive(Debug)]
pub struct Terms(Vec<Asked>);

impl Terms {
    /// Reads `terms.toml`.
    pub(super) fn load(files: &Files) -> Result<Self, DataError> {
        let TermsFile { mut terms } = files.toml("terms.toml")?;
        for asked in &mut terms {
            asked.names = asked.names.iter().map(|name| whole(name)).collect();
            asked.fr = spaced(&asked.fr);
            if asked.names.iter().any(|name| name.trim().is_empty()) {
                let problem = "expected names of a publisher, found one without a letter";
                return Err(DataError { name: "terms.toml".to_owned(), problem: problem.into() });
            }
        }
        Ok(Self(terms))
    }

    /// What the publisher of a source asks, in words.
    pub fn of(&self, source: &SourceMeta, lang: Lang) -> Option<&str> {
        let publisher = whole(source.publisher.as_deref()?);
        let asked = self.0.iter().find(|a| a.names.iter().any(|name| publisher.contains(name)))?;
        Some(match lang {
            Lang::En => &asked.en,
            Lang::Fr => &asked.fr,
        })
    }
}

/// Words between spaces, so that only whole ones are found.
fn whole(text: &str) -> String {
    format!(" {} ", fold(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::model::source::SourceKind;

    #[test]
    fn publishers_are_known_by_whole_words() {
        let known = Knowledge::embedded();
        let asked = |publisher: Option<&str>| {
            let meta = SourceMeta {
                title: "ACLED and UCDP compared".to_owned(),
                publisher: publisher.map(str::to_owned),
                kind: SourceKind::Dataset,
                lang: Lang::En,
                url: None,
                published: None,
                retrieved: None,
                licence: None,
                sensitive: false,
            };
            known.terms.of(&meta, Lang::En).map(|text| text.contains("Sundberg"))
        };
        for publisher in
            ["UCDP", "Uppsala Conflict Data Program (UCDP)", "uppsala conflict data program"]
        {
            assert_eq!(asked(Some(publisher)), Some(true), "{publisher}");
        }
        assert_eq!(asked(Some("ACLED (Armed Conflict Location & Event Data)")), Some(false));
        for other in [None, Some("The Acledian Press"), Some(""), Some("Example News")] {
            assert_eq!(asked(other), None, "{other:?}");
        }
    }

    #[test]
    fn both_languages_name_the_same_works() {
        let Terms(terms) = Knowledge::embedded().terms;
        assert!(terms.len() > 1);
        for asked in terms {
            // Numbers and addresses are no words of a language.
            let facts = |text: &str| -> Vec<String> {
                let words = text.split_whitespace();
                let words = words.map(|w| w.trim_matches([',', '.', ';', '(', ')']));
                let fact = |w: &&str| w.contains(|c: char| c.is_ascii_digit() || c == '/');
                words.filter(fact).map(str::to_owned).collect()
            };
            assert_eq!(facts(&asked.en), facts(&asked.fr), "{:?}", asked.names);
            assert!(facts(&asked.en).len() > 2, "{:?}", asked.names);
        }
    }
}
