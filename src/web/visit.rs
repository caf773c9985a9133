//! What a request asks: path, parameters, language.

use super::App;
use super::error::PageError;
use super::urls::Urls;
use super::{as_of, lang};
use crate::model::filter::{BadValue, Dimension, Lanes};
use crate::model::source::Lang;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::http::uri::Uri;
use std::convert::Infallible;

/// Most parameters of one request: far more than there are values to choose from.
const MAX_PAIRS: usize = 300;

/// One request, read but not yet checked.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Path of the URL.
    pub path: String,
    /// Parameters in their order, `lang` left out.
    pub pairs: Vec<(String, String)>,
    /// Language of the answer.
    pub lang: Lang,
    /// The links of the answer.
    pub urls: Urls,
    bad_lang: Option<BadValue>,
}

impl Visit {
    /// Reads URL and headers. A language that there is not is kept for [`Visit::only`].
    pub fn read(uri: &Uri, headers: &HeaderMap) -> Self {
        let mut visit = Self {
            path: uri.path().to_owned(),
            pairs: Vec::new(),
            lang: Lang::default(),
            urls: Urls::default(),
            bad_lang: None,
        };
        let query = uri.query().unwrap_or_default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()).take(MAX_PAIRS) {
            match (key.as_ref(), value.trim()) {
                ("lang", "") => {}
                ("lang", value) => match lang::parse(value) {
                    Ok(lang) => visit.urls.lang = Some(lang),
                    Err(bad) => visit.bad_lang = Some(bad),
                },
                // Answered before the page is asked: see `as_of`.
                (as_of::KEY, _) => {}
                _ => visit.pairs.push((key.into_owned(), value.into_owned())),
            }
        }
        let accepted = || headers.get(ACCEPT_LANGUAGE)?.to_str().ok().map(lang::accepted);
        visit.lang = visit.urls.lang.or_else(accepted).unwrap_or_default();
        visit
    }

    /// Refuses parameters that are not in `allowed`.
    ///
    /// # Errors
    /// The first unknown parameter, or a language that there is not.
    pub fn only(&self, allowed: &[&'static str]) -> Result<(), PageError> {
        if let Some(bad) = &self.bad_lang {
            return Err(bad.clone().into());
        }
        match self.pairs.iter().find(|(key, _)| !allowed.contains(&key.as_str())) {
            None => Ok(()),
            Some((key, _)) => Err(PageError::UnknownKey {
                key: key.clone(),
                allowed: allowed.iter().copied().chain(["lang"]).collect(),
            }),
        }
    }

    /// As [`Visit::only`], for names that are made.
    ///
    /// # Errors
    /// As [`Visit::only`]; the sides of a comparison are named in short.
    pub fn only_of(&self, allowed: &[String]) -> Result<(), PageError> {
        if let Some(bad) = &self.bad_lang {
            return Err(bad.clone().into());
        }
        match self.pairs.iter().find(|(key, _)| !allowed.contains(key)) {
            None => Ok(()),
            Some((key, _)) => Err(PageError::UnknownKey {
                key: key.clone(),
                allowed: filter_keys()
                    .into_iter()
                    .filter(|key| !["sort", "after", Lanes::KEY].contains(key))
                    .chain(["a.…", "b.…"])
                    .collect(),
            }),
        }
    }

    /// Position in the list from which the page goes on.
    pub fn after(&self) -> Option<String> {
        let (_, value) = self.pairs.iter().find(|(key, _)| key == "after")?;
        (!value.is_empty()).then(|| value.clone())
    }

    /// How the overview chart is divided; none where it is not.
    ///
    /// # Errors
    /// A value that there is not.
    pub fn lanes(&self) -> Result<Option<Lanes>, PageError> {
        let value = self.pairs.iter().find(|(key, _)| key == Lanes::KEY).map(|(_, v)| v.trim());
        Ok(value.filter(|v| !v.is_empty()).map(Lanes::parse).transpose()?)
    }

    /// Whether a parameter is given without a value, as an empty field of a form is.
    pub fn has_empty_fields(&self) -> bool {
        self.pairs.iter().any(|(_, value)| value.trim().is_empty())
    }
}

/// The parameters of the timeline.
pub fn filter_keys() -> Vec<&'static str> {
    let dimensions = Dimension::ALL.iter().map(|d| d.as_str());
    dimensions
        .chain(["region_as", "killed", "killed_by", "from", "to", "q", "sort", "after", Lanes::KEY])
        .collect()
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let mut visit = Self::read(&parts.uri, &parts.headers);
        visit.urls.as_of = app.as_of;
        Ok(visit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(uri: &str) -> Visit {
        Visit::read(&uri.parse().unwrap(), &HeaderMap::new())
    }

    #[test]
    fn err_unknown_keys_and_languages() {
        assert!(visit("/?region=gao&lang=fr").only(&["region"]).is_ok());
        assert!(matches!(
            visit("/?regoin=gao").only(&["region"]),
            Err(PageError::UnknownKey { key, allowed })
                if key == "regoin" && allowed == ["region", "lang"]
        ));
        assert!(matches!(
            visit("/?lang=de").only(&[]),
            Err(PageError::BadValue(bad)) if bad.found == "de"
        ));
    }

    #[test]
    fn empty_fields_are_seen() {
        assert!(visit("/?q=&from=2022").has_empty_fields());
        assert!(!visit("/?from=2022").has_empty_fields());
        assert_eq!(visit("/?after=").after(), None);
        assert_eq!(visit("/?after=a~b").after().as_deref(), Some("a~b"));
    }
}
