//! An incident as the pages show it: every fact in words, with the words that say it.

use super::strip::{Strip, strips};
use super::urls::Urls;
use crate::drawing::Canvas;
use crate::knowledge::Knowledge;
use crate::knowledge::actors::ActorKind;
use crate::model::claim::Measure;
use crate::model::date::{DatePrecision, DateSpan};
use crate::model::filter::Dimension;
use crate::model::incident::{Account, Incident, Status};
use crate::model::passage::Passage;
use crate::wording::Words;

/// What is needed to word and link an incident.
#[derive(Clone, Copy)]
pub struct Show<'a> {
    /// Words in the reader's language.
    pub words: Words<'a>,
    /// The links.
    pub urls: Urls,
    /// Kinds of actors.
    pub known: &'a Knowledge,
}

/// Words of a source.
#[derive(Clone)]
pub struct Quote {
    /// The passage, marked in its source.
    pub href: String,
    /// The exact words.
    pub text: String,
    /// Language of the words.
    pub lang: &'static str,
    /// Title of the source, with the page where it has pages.
    pub source: String,
}

/// A date with its precision.
pub struct When {
    /// In words.
    pub text: String,
    /// For `<time datetime>`: no more exact than the date is.
    pub iso: Option<String>,
    /// Slug of the precision, for its sign.
    pub precision: &'static str,
    /// The words that date it.
    pub quote: Option<Quote>,
}

/// A place.
pub struct Where {
    /// As the source writes it.
    pub name: String,
    /// Region of the day, and today's where it is another.
    pub region: Option<String>,
    /// In which cercle it is, where the source states it.
    pub cercle: Option<String>,
    /// The words that name it.
    pub quote: Quote,
}

/// A perpetrator named.
pub struct Who {
    /// "claimed by JNIM".
    pub text: String,
    /// Slug of the stance.
    pub stance: &'static str,
    /// Slug of the kind of actor, for its sign.
    pub sign: &'static str,
    /// Name of the kind of actor.
    pub kind: String,
    /// The words that say so, of every account.
    pub quotes: Vec<Quote>,
}

/// A victim group.
pub struct Whom {
    /// Its name.
    pub name: String,
    /// The words that name them, of every account.
    pub quotes: Vec<Quote>,
}

/// An incident.
pub struct Item {
    /// Readable id.
    pub id: String,
    /// Its page.
    pub href: String,
    /// Title of the leading account.
    pub title: String,
    /// Language of the title.
    pub lang: &'static str,
    /// When.
    pub when: When,
    /// Where.
    pub places: Vec<Where>,
    /// What kind of event.
    pub kind: String,
    /// All of this kind.
    pub kind_href: String,
    /// Who, by whom and how.
    pub who: Vec<Who>,
    /// Whom.
    pub victims: Vec<Whom>,
    /// How many, by claim.
    pub strips: Vec<Strip>,
    /// How many sources tell it, in words; none for one.
    pub told_by: Option<String>,
    /// "Parsed, not reviewed"; none once it is reviewed.
    pub unreviewed: Option<String>,
}

/// An incident in a short list.
pub struct Brief {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Language of the title.
    pub lang: &'static str,
    /// When.
    pub when: When,
    /// The first place, as a source writes it.
    pub place: String,
    /// The toll in words; empty where nobody gives one.
    pub toll: String,
}

impl Show<'_> {
    /// What charts and maps are drawn with.
    pub fn canvas(&self) -> Canvas<'_> {
        Canvas { words: self.words, links: &self.urls }
    }

    /// The incident for a short list.
    pub fn brief(&self, incident: &Incident) -> Brief {
        let toll = incident.toll(Measure::Killed).filter(|t| t.high > 0);
        Brief {
            href: self.urls.incident(&incident.id),
            title: incident.title.clone(),
            lang: incident.accounts.first().map_or("en", |a| a.source.meta.lang.as_str()),
            when: self.when_of(&incident.date),
            place: incident.places().first().map(|p| p.name.clone()).unwrap_or_default(),
            toll: toll.map(|t| self.words.toll(Measure::Killed, t)).unwrap_or_default(),
        }
    }

    /// The incident, with at most `shown` claims of deaths at once.
    pub fn item(&self, incident: &Incident, shown: usize) -> Item {
        let quoted = |account: &Account, claim: &crate::model::claim::Claim| {
            self.quote(account, &claim.passage)
        };
        let count = incident.accounts.len();
        let leading = incident.accounts.first();
        Item {
            id: incident.id.clone(),
            href: self.urls.incident(&incident.id),
            title: incident.title.clone(),
            lang: leading.map_or("en", |a| a.source.meta.lang.as_str()),
            when: self.when(incident),
            places: self.places(incident),
            kind: self.words.kind(incident.kind),
            kind_href: self.urls.timeline_of(Dimension::Type, incident.kind.as_str()),
            who: self.who(incident),
            victims: self.victims(incident),
            strips: strips(incident, shown, &quoted, &self.words),
            told_by: (count > 1).then(|| {
                let count = [("count", count.into())];
                self.words.messages().text_with("item-told-by", &count)
            }),
            unreviewed: (incident.status() == Status::Parsed)
                .then(|| self.words.status(Status::Parsed)),
        }
    }

    /// The words at a passage of an account's source.
    pub fn quote(&self, account: &Account, passage: &Passage) -> Quote {
        Quote {
            href: self.urls.passage(&account.source.id, account.record.as_deref(), passage),
            text: passage.quote.clone(),
            lang: account.source.meta.lang.as_str(),
            source: match passage.page {
                Some(page) => {
                    let page = self.words.page(page);
                    format!("{}, {page}", account.source.meta.title)
                }
                None => account.source.meta.title.clone(),
            },
        }
    }

    fn when(&self, incident: &Incident) -> When {
        let dated = incident.accounts.iter().find_map(|account| {
            let passage = account.draft.date_passage.as_ref()?;
            (account.draft.date == incident.date).then(|| self.quote(account, passage))
        });
        When { quote: dated, ..self.when_of(&incident.date) }
    }

    /// A date without the words that say it.
    pub fn when_of(&self, span: &DateSpan) -> When {
        When {
            text: self.words.date(span),
            iso: span.start().and_then(|start| match span.precision() {
                DatePrecision::Day | DatePrecision::Range => Some(start.to_string()),
                DatePrecision::Month => Some(start.strftime("%Y-%m").to_string()),
                DatePrecision::Year => Some(start.strftime("%Y").to_string()),
                DatePrecision::Unknown => None,
            }),
            precision: span.precision().as_str(),
            quote: None,
        }
    }

    fn places(&self, incident: &Incident) -> Vec<Where> {
        let mut seen = Vec::new();
        let mut places = Vec::new();
        for account in &incident.accounts {
            for place in &account.draft.places {
                if seen.contains(&place.id.as_str()) {
                    continue;
                }
                seen.push(&place.id);
                places.push(Where {
                    name: place.name.clone(),
                    // "Bamako, Bamako" says nothing more.
                    region: self.words.place_region(place).filter(|region| *region != place.name),
                    cercle: place.cercle.as_deref().map(|name| self.words.cercle(name)),
                    quote: self.quote(account, &place.passage),
                });
            }
        }
        places
    }

    fn who(&self, incident: &Incident) -> Vec<Who> {
        let mut all: Vec<Who> = Vec::new();
        for account in &incident.accounts {
            for attribution in &account.draft.attributions {
                let text = self.words.attribution(attribution);
                let quote = self.quote(account, &attribution.passage);
                if let Some(same) = all.iter_mut().find(|who| who.text == text) {
                    same.quotes.push(quote);
                    continue;
                }
                let sign = self.sign(&attribution.actor);
                all.push(Who {
                    text,
                    stance: attribution.stance.as_str(),
                    sign,
                    kind: self.words.messages().text(&format!("actor-kind-{sign}")),
                    quotes: vec![quote],
                });
            }
        }
        all
    }

    fn victims(&self, incident: &Incident) -> Vec<Whom> {
        let mut all: Vec<Whom> = Vec::new();
        for account in &incident.accounts {
            for victim in &account.draft.victims {
                let name = self.words.victim(&victim.group);
                let quote = self.quote(account, &victim.passage);
                match all.iter_mut().find(|whom| whom.name == name) {
                    Some(same) => same.quotes.push(quote),
                    None => all.push(Whom { name, quotes: vec![quote] }),
                }
            }
        }
        all
    }

    /// Slug of an actor's kind.
    pub fn sign(&self, actor: &str) -> &'static str {
        self.known.actors.get(actor).map_or(ActorKind::Unknown, |a| a.kind).as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Messages;
    use crate::model::source::Lang;

    #[test]
    fn every_kind_of_actor_has_a_name() {
        for lang in Lang::ALL {
            for kind in ActorKind::ALL {
                let key = format!("actor-kind-{}", kind.as_str());
                assert!(Messages::get(lang).has(&key), "{lang:?} lacks {key}");
            }
        }
    }
}
