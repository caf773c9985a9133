//! What each source tells of an incident, element by element, to be read side by side.

use crate::model::claim::Claim;
use crate::model::incident::{Account, Place, Status};
use crate::model::passage::Passage;
use crate::web::item::{Quote, Show, When};

/// A fact and the words that say it.
pub struct Said {
    /// "claimed by JNIM", "Civilians", "at least 12 soldiers killed, by the army".
    pub text: String,
    /// The words.
    pub href: String,
    /// The words themselves, for a hint.
    pub quote: String,
}

/// What one source tells.
pub struct Told {
    /// The source.
    pub href: String,
    /// Its title.
    pub source: String,
    /// Language of the source.
    pub lang: &'static str,
    /// Publisher, kind and date of publication, as far as known.
    pub about: String,
    /// The title that it gives the incident.
    pub title: String,
    /// The date that it gives.
    pub when: When,
    /// The kind of event that it tells.
    pub kind: String,
    /// Places that it names, each with its region.
    pub places: Vec<Said>,
    /// Whom it names, in which way.
    pub who: Vec<Said>,
    /// Whom it was done to.
    pub victims: Vec<Said>,
    /// Its casualty figures with who says so.
    pub claims: Vec<Said>,
    /// The sentence or item that tells it.
    pub quote: Quote,
    /// Parsed or reviewed.
    pub status: String,
    /// Whether a person has confirmed it.
    pub reviewed: bool,
}

/// What `account` tells.
pub fn told(account: &Account, show: &Show) -> Told {
    let (words, draft, meta) = (&show.words, &account.draft, &account.source.meta);
    let said = |text: String, passage: &Passage| {
        let quote = show.quote(account, passage);
        Said { text, href: quote.href, quote: quote.text }
    };
    let mut when = show.when_of(&draft.date);
    when.quote = draft.date_passage.as_ref().map(|p| show.quote(account, p));
    let place = |p: &Place| {
        let region = words.place_region(p).filter(|region| *region != p.name);
        let name = region.map_or_else(|| p.name.clone(), |region| format!("{}, {region}", p.name));
        said(name, &p.passage)
    };
    let claim = |c: &Claim| {
        let (claim, by) = (words.claim(c), words.speaker(account, c));
        let values = [("claim", claim.into()), ("by", by.into())];
        said(words.messages().text_with("account-claim", &values), &c.passage)
    };
    let mut told = Told {
        href: match &account.record {
            Some(key) => show.urls.record(&account.source.id, key),
            None => show.urls.source(&account.source.id),
        },
        source: meta.title.clone(),
        lang: meta.lang.as_str(),
        about: super::sources::about(meta, words),
        title: draft.title.clone(),
        when,
        kind: words.kind(draft.kind),
        places: draft.places.iter().map(place).collect(),
        who: draft.attributions.iter().map(|a| said(words.attribution(a), &a.passage)).collect(),
        victims: draft.victims.iter().map(|v| said(words.victim(&v.group), &v.passage)).collect(),
        claims: draft.claims.iter().map(claim).collect(),
        quote: show.quote(account, &draft.passage),
        status: words.status(account.status),
        reviewed: account.status == Status::Reviewed,
    };
    for row in [&mut told.places, &mut told.who, &mut told.victims, &mut told.claims] {
        row.dedup_by(|a, b| a.text == b.text);
    }
    told
}
