//! Words that many rows have alike, put together once.

use super::cite::citation;
use crate::model::claim::Claim;
use crate::model::incident::{Account, Attribution, EventType, Status};
use crate::model::source::SourceRef;
use crate::wording::Words;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Most memory of what is kept, in bytes of keys and words.
const MOST: usize = 1 << 20;

/// Words of rows. What was put together is kept under all that it depends on, and a test holds
/// that it is what [`Words`] says.
pub struct Phrases<'w> {
    words: Words<'w>,
    kept: FxHashMap<Box<[u8]>, Arc<str>>,
    /// Of what is kept.
    bytes: usize,
    /// What the words that are looked for depend on.
    key: Vec<u8>,
}

impl<'w> Phrases<'w> {
    /// Words as `words` has them.
    pub fn new(words: Words<'w>) -> Self {
        Self { words, kept: FxHashMap::default(), bytes: 0, key: Vec::new() }
    }

    /// The words behind.
    pub fn words(&self) -> &Words<'w> {
        &self.words
    }

    /// As [`Words::kind`].
    pub fn kind(&mut self, kind: EventType) -> Arc<str> {
        self.of(b'k').text(kind.as_str()).find(|words| words.kind(kind))
    }

    /// As [`Words::status`].
    pub fn status(&mut self, status: Status) -> Arc<str> {
        self.of(b's').text(status.as_str()).find(|words| words.status(status))
    }

    /// As [`Words::attribution`].
    pub fn attribution(&mut self, attribution: &Attribution) -> Arc<str> {
        let by = attribution.by.as_ref();
        self.of(b'a')
            .text(&attribution.actor)
            .text(&attribution.name)
            .text(attribution.stance.as_str())
            .perhaps(by.map(|by| by.name.as_str()))
            .perhaps(by.and_then(|by| by.actor.as_deref()))
            .find(|words| words.attribution(attribution))
    }

    /// The source on one line: see [`citation`].
    pub fn citation(&mut self, source: &SourceRef) -> Arc<str> {
        self.of(b'c').text(&source.id).find(|words| citation(words, source))
    }

    /// Adds a claim on one line, with its claimant and quote.
    pub fn said(&mut self, account: &Account, claim: &Claim, out: &mut String) {
        let key = match claim.partial {
            true => "export-claim-part",
            false => "export-claim",
        };
        let (figure, who) = (self.claim(claim), self.speaker(account, claim));
        self.words.messages().write(
            key,
            &[
                ("claim", (&*figure).into()),
                ("who", (&*who).into()),
                ("quote", claim.passage.quote.as_str().into()),
            ],
            out,
        );
    }

    /// As [`Words::claim`].
    fn claim(&mut self, claim: &Claim) -> Arc<str> {
        self.of(b'f')
            .text(claim.measure.as_str())
            .text(claim.group.as_str())
            .text(claim.qualifier.as_str())
            .number(claim.min)
            .number(claim.max)
            .find(|words| words.claim(claim))
    }

    /// As [`Words::speaker`].
    fn speaker(&mut self, account: &Account, claim: &Claim) -> Arc<str> {
        match &claim.claimant {
            Some(by) => self.of(b'b').text(&by.name).perhaps(by.actor.as_deref()),
            None => {
                let meta = &account.source.meta;
                self.of(b'o').perhaps(meta.publisher.as_deref()).text(&meta.title)
            }
        }
        .find(|words| words.speaker(account, claim))
    }

    /// Begins a key; what differs in kind differs in `what`.
    fn of(&mut self, what: u8) -> &mut Self {
        self.key.clear();
        self.key.push(what);
        self
    }

    /// Adds a text to the key, with its length, so that no two lists of texts look alike.
    fn text(&mut self, text: &str) -> &mut Self {
        self.key.extend_from_slice(&text.len().to_le_bytes());
        self.key.extend_from_slice(text.as_bytes());
        self
    }

    fn perhaps(&mut self, text: Option<&str>) -> &mut Self {
        self.key.push(text.is_some().into());
        self.text(text.unwrap_or_default())
    }

    fn number(&mut self, number: Option<u32>) -> &mut Self {
        self.key.push(number.is_some().into());
        self.key.extend_from_slice(&number.unwrap_or_default().to_le_bytes());
        self
    }

    /// What is kept under the key, or else is put together now.
    fn find(&mut self, put_together: impl FnOnce(&Words) -> String) -> Arc<str> {
        if let Some(kept) = self.kept.get(self.key.as_slice()) {
            return Arc::clone(kept);
        }
        let words: Arc<str> = put_together(&self.words).into();
        self.bytes += self.key.len() + words.len();
        if self.bytes > MOST {
            self.kept.clear();
            self.bytes = self.key.len() + words.len();
        }
        self.kept.insert(self.key.as_slice().into(), Arc::clone(&words));
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::model::claim::{CasualtyGroup, Claimant, Measure, Qualifier};
    use crate::model::incident::Stance;
    use crate::model::passage::Passage;
    use crate::model::source::{Lang, SourceKind, SourceMeta};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

    fn name() -> impl Strategy<Value = String> {
        prop_oneof![Just("JNIM".to_owned()), Just("Malian army".to_owned()), "[ab]{0,2}"]
    }

    fn claimant() -> impl Strategy<Value = Option<Claimant>> {
        let actor = prop::option::of(prop_oneof![Just("jnim".to_owned()), "[ab]{0,2}"]);
        prop::option::of((name(), actor).prop_map(|(name, actor)| Claimant { name, actor }))
    }

    fn claim() -> impl Strategy<Value = Claim> {
        let figure = || prop::option::of(0..3_u32);
        let one = |n: usize| 0..n;
        (
            (one(Measure::ALL.len()), one(CasualtyGroup::ALL.len()), one(Qualifier::ALL.len())),
            (figure(), figure()),
            claimant(),
            any::<bool>(),
        )
            .prop_map(|((measure, group, qualifier), (min, max), claimant, partial)| {
                Claim {
                    measure: Measure::ALL[measure],
                    group: CasualtyGroup::ALL[group],
                    qualifier: Qualifier::ALL[qualifier],
                    min,
                    max,
                    claimant,
                    said_on: None,
                    partial,
                    passage: Passage { quote: "so many".to_owned(), ..Passage::default() },
                }
            })
    }

    fn attribution() -> impl Strategy<Value = Attribution> {
        (name(), name(), 0..Stance::ALL.len(), claimant()).prop_map(|(actor, name, stance, by)| {
            let stance = Stance::ALL[stance];
            Attribution { actor, name, stance, by, passage: Passage::default() }
        })
    }

    fn account(publisher: Option<String>, title: String) -> Account {
        let meta = SourceMeta {
            title,
            publisher,
            kind: SourceKind::News,
            lang: Lang::En,
            url: None,
            published: None,
            retrieved: None,
            licence: None,
            sensitive: false,
        };
        let draft = crate::model::incident::Draft {
            main: true,
            title: String::new(),
            date: crate::model::date::DateSpan::UNKNOWN,
            date_passage: None,
            kind: EventType::Other,
            places: Vec::new(),
            attributions: Vec::new(),
            victims: Vec::new(),
            claims: Vec::new(),
            passage: Passage::default(),
        };
        Account {
            source: SourceRef { id: "source".to_owned(), meta },
            record: None,
            own: None,
            status: Status::Parsed,
            reviewed_by: None,
            reviewed_at: None,
            draft,
        }
    }

    proptest! {
        /// One after the other with the same words kept, as in an export.
        #[test]
        fn what_is_kept_is_what_would_be_said(
            claims in prop::collection::vec((claim(), prop::option::of(name()), name()), 1..40),
            attributions in prop::collection::vec(attribution(), 1..40),
            french in any::<bool>(),
        ) {
            let known = &*KNOWN;
            let words = Words::new(if french { Lang::Fr } else { Lang::En }, known);
            let mut phrases = Phrases::new(words);
            for (claim, publisher, title) in &claims {
                let account = account(publisher.clone(), title.clone());
                prop_assert_eq!(&*phrases.claim(claim), words.claim(claim));
                prop_assert_eq!(&*phrases.speaker(&account, claim), words.speaker(&account, claim));
            }
            for attribution in &attributions {
                prop_assert_eq!(&*phrases.attribution(attribution), words.attribution(attribution));
            }
        }
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut phrases = Phrases::new(Words::new(Lang::En, &KNOWN));
        for n in 0..300 {
            let mut source = account(None, format!("{n} ").repeat(2_000)).source;
            source.id = n.to_string();
            assert!(phrases.citation(&source).contains(&format!("{n} {n}")));
            let held: usize = phrases.kept.iter().map(|(key, words)| key.len() + words.len()).sum();
            assert!(held <= MOST && held == phrases.bytes, "{held}");
        }
    }
}
