//! Cells of a table that hold words: who, whom, what, and figures with words around them. Read
//! with the rules that read documents.

use super::names::Names;
use super::row::{Column, Row};
use super::table::Figure;
use crate::ingest::rules::casualty::{Before, Count, counts};
use crate::ingest::rules::date::dates;
use crate::ingest::rules::number;
use crate::ingest::token::{Token, span, tokens};
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::knowledge::mappings::Mapping;
use crate::model::claim::{CasualtyGroup, Claim, Claimant, Qualifier};
use crate::model::document::Problem;
use crate::model::incident::{Attribution, Draft, EventType, Stance, Victim};
use crate::model::passage::Passage;
use crate::model::slug::fold;
use std::str::FromStr;

/// Reads words.
pub(super) struct Words<'k> {
    known: &'k Knowledge,
    vocabulary: Vocabulary,
    names: Names<'k>,
    /// Words for kinds, folded, longest first.
    kinds: Vec<(String, EventType)>,
    /// Words for stances, folded.
    stances: Vec<(String, Stance)>,
}

impl<'k> Words<'k> {
    /// With the words that a mapping adds.
    pub fn new(known: &'k Knowledge, mapping: &Mapping) -> Self {
        let mut kinds: Vec<_> = mapping.kinds.iter().map(|(w, kind)| (fold(w), *kind)).collect();
        kinds.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Self {
            known,
            vocabulary: Vocabulary::new(known),
            names: Names::new(known),
            kinds,
            stances: mapping.stances.iter().map(|(w, stance)| (fold(w), *stance)).collect(),
        }
    }

    fn tokens(&self, row: &Row<'_>, column: Column) -> Vec<Token> {
        tokens(row.text(), row.cell_range(column))
    }

    /// The kind of event: by the words of the mapping, our own words, or those of texts.
    pub fn kind(&self, row: &Row<'_>, column: Column) -> EventType {
        let cell = row.name(column);
        let folded = fold(&cell);
        if let Some((_, kind)) = self.kinds.iter().find(|(word, _)| has_word(&folded, word)) {
            return *kind;
        }
        if let Ok(kind) = EventType::from_str(&folded.replace(' ', "-")) {
            return kind;
        }
        let tokens = self.tokens(row, column);
        let mut found = self.vocabulary.events.all(&tokens).into_iter();
        found.find_map(|hit| hit.value.kind()).unwrap_or(EventType::Other)
    }

    /// Adds the actors that a cell names, in the way that its words say; otherwise as
    /// `stance`. A name that nobody knows is kept as it is written.
    pub fn attribute(&self, row: &Row<'_>, column: Column, stance: Stance, draft: &mut Draft) {
        let cell = row.cell(column);
        let folded = fold(cell);
        let told = self.stances.iter().find(|(word, _)| has_word(&folded, word));
        let stance = told.map_or(stance, |(_, stance)| *stance);
        let mut add = |actor: &str, name: &str| {
            let named = draft.attributions.iter().any(|a| a.actor == actor);
            if !named && !actor.is_empty() {
                let passage = row.passage(column);
                let (actor, name) = (actor.to_owned(), name.to_owned());
                draft.attributions.push(Attribution { actor, name, stance, by: None, passage });
            }
        };
        let mut any = false;
        for name in cell.split([';', '|', '/', '\n']).map(str::trim).filter(|n| !n.is_empty()) {
            if let Some(actor) = self.names.actor(name) {
                add(&actor.slug, &actor.name);
                any = true;
            }
        }
        if !any {
            let tokens = self.tokens(row, column);
            for hit in self.vocabulary.actors.all(&tokens) {
                if let Some(actor) = self.known.actors.get(hit.value) {
                    add(&actor.slug, &actor.name);
                    any = true;
                }
            }
        }
        if !any {
            let party = self.names.find_party(cell);
            if !party.civilians {
                add(&party.actor, &party.name);
            }
        }
    }

    /// Adds the groups whose members a cell names.
    pub fn victims(&self, row: &Row<'_>, column: Column, draft: &mut Draft) {
        let tokens = self.tokens(row, column);
        for hit in self.vocabulary.people.all(&tokens) {
            if let Some(group) = &hit.value.victim {
                add_victim(draft, group, row.passage(column));
            }
        }
        for hit in self.vocabulary.actors.all(&tokens) {
            let actor = self.known.actors.get(hit.value);
            if let Some(group) = actor.and_then(|a| a.members.as_deref()) {
                add_victim(draft, group, row.passage(column));
            }
        }
    }

    /// Who says the figures.
    pub fn claimant(&self, name: &str) -> Option<Claimant> {
        self.names.claimant(name)
    }

    /// Adds a number of people, with the words that say how exact it is: `12`, `au moins 12`,
    /// `12-15`, `une dizaine`. 0 makes no claim.
    ///
    /// # Errors
    /// A cell that is no such number.
    pub fn figure(
        &self,
        row: &Row<'_>,
        figure: &Figure,
        claimant: Option<&Claimant>,
        draft: &mut Draft,
    ) -> Result<(), Problem> {
        let (min, max, qualifier) = match (figure.low, figure.high) {
            (Some(_), Some(_)) => {
                let (low, high) = (row.count(figure.low)?, row.count(figure.high)?);
                let (low, high) = (low.min(high), low.max(high));
                let qualifier = if low == high { Qualifier::Exact } else { Qualifier::Range };
                (low, high, qualifier)
            }
            (low, high) => self.number(row, low.or(high))?,
        };
        if max == Some(0) || (max, min) == (None, Some(0)) {
            return Ok(());
        }
        let passage = row.passage_over(&[figure.low, figure.high]);
        add_claim(
            draft,
            Claim {
                measure: figure.measure,
                group: figure.group,
                min,
                max,
                qualifier,
                claimant: claimant.cloned(),
                said_on: None,
                partial: figure.partial,
                passage,
            },
        );
        Ok(())
    }

    fn number(
        &self,
        row: &Row<'_>,
        column: Column,
    ) -> Result<(Option<u32>, Option<u32>, Qualifier), Problem> {
        if let Ok(Some(count)) = row.count(column) {
            return Ok((Some(count), Some(count), Qualifier::Exact));
        }
        let tokens = self.tokens(row, column);
        let found = number::figure(&tokens, 0).filter(|figure| figure.end == tokens.len());
        match found {
            Some(figure) => Ok((figure.min, figure.max, figure.qualifier)),
            None => Err(row.problem(column, "a number of people")),
        }
    }

    /// Adds the figures that words tell: "3 morts (2 militaires et 1 civil)".
    pub fn casualties(
        &self,
        row: &Row<'_>,
        column: Column,
        claimant: Option<&Claimant>,
        draft: &mut Draft,
    ) {
        let tokens = self.tokens(row, column);
        for count in
            counts(&tokens, &dates(&tokens), &self.vocabulary, self.known, Before::default())
        {
            let Count { measure, group, min, max, qualifier, .. } = count;
            for victim in &count.victims {
                add_victim(draft, victim, row.passage(column));
            }
            add_claim(
                draft,
                Claim {
                    measure,
                    group,
                    min,
                    max,
                    qualifier,
                    claimant: claimant.cloned(),
                    said_on: None,
                    partial: count.subset,
                    passage: Passage::of(row.text(), span(&tokens[count.evidence])),
                },
            );
        }
    }
}

/// Whether a folded text has these words as whole words.
fn has_word(text: &str, words: &str) -> bool {
    let padded = format!(" {text} ");
    !words.is_empty() && padded.contains(&format!(" {words} "))
}

/// Adds a claim unless the row has made it already in another cell.
fn add_claim(draft: &mut Draft, claim: Claim) {
    let same = |other: &Claim| {
        (other.measure, other.group, other.min, other.max, other.partial)
            == (claim.measure, claim.group, claim.min, claim.max, claim.partial)
    };
    if !draft.claims.iter().any(same) {
        if !matches!(claim.group, CasualtyGroup::Total | CasualtyGroup::Other) {
            add_victim(draft, claim.group.as_str(), claim.passage.clone());
        }
        draft.claims.push(claim);
    }
}

/// Adds a group of people hit, once.
pub(super) fn add_victim(draft: &mut Draft, group: &str, passage: Passage) {
    if !draft.victims.iter().any(|v| v.group == group) {
        draft.victims.push(Victim { group: group.to_owned(), passage });
    }
}
