//! Quotations over several sentences: “Fifteen bodies were buried. There are wounded,” an
//! official said. Whoever is named at one end says all of it.

use super::facts::Facts;
use super::whose::forces_of;
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::casualty::Count;
use crate::ingest::rules::stance::is_own;
use crate::ingest::token::Token;
use crate::knowledge::Knowledge;
use crate::model::claim::{CasualtyGroup, Claimant};
use crate::model::incident::Stance;
use std::ops::Range;

/// The most tokens between a quotation mark and the words that name the speaker.
const NEAR: usize = 5;

/// A quotation that has begun.
#[derive(Clone, Copy)]
struct Open {
    /// Index of its first sentence.
    sentence: usize,
    /// Token of its mark.
    token: usize,
}

/// Gives the figures inside a quotation that have no claimant to whoever speaks it.
pub(super) fn carry(known: &Knowledge, facts: &mut [Facts]) {
    let mut from = 0;
    let mut last = Vec::new();
    while from < facts.len() {
        let block = facts[from].block;
        let len = facts[from..].iter().take_while(|f| f.block == block).count();
        let told = facts[..from].last().map(introduces).unwrap_or_default();
        let before = if told.is_empty() { last } else { told };
        last = paragraph(known, &mut facts[from..from + len], before);
        from += len;
    }
}

/// One paragraph; `before` spoke the last quotation of the one before it, when it ended with one,
/// and a quotation that opens this one goes on with it. Returns the same for the next.
fn paragraph(known: &Knowledge, facts: &mut [Facts], before: Vec<Claimant>) -> Vec<Claimant> {
    let mut open: Option<Open> = None;
    let mut depth = 0_usize;
    // Who spoke the quotation before: “Five died,” he said. “Three were hurt.”
    let mut last: Vec<Claimant> = Vec::new();
    for sentence in 0..facts.len() {
        for token in 0..facts[sentence].tokens.len() {
            let mark = &facts[sentence].tokens[token];
            let opens = mark.is("“") || mark.is("«") || (mark.is("\"") && open.is_none());
            if opens {
                depth += 1;
                open = open.or(Some(Open { sentence, token }));
            } else if mark.is("”") || mark.is("»") || mark.is("\"") {
                depth = depth.saturating_sub(1);
                if let Some(begun) = open.take_if(|_| depth == 0) {
                    let who = speaker(facts, begun, sentence, token);
                    let opens = begun.sentence == 0 && begun.token == 0;
                    let introduced = match begun.sentence.checked_sub(1) {
                        Some(at) if begun.token == 0 => introduces(&facts[at]),
                        _ => Vec::new(),
                    };
                    let who = match (who.is_empty(), opens) {
                        (true, true) => before.clone(),
                        (true, false) if !introduced.is_empty() => introduced,
                        (true, false) => last.clone(),
                        (false, _) => who,
                    };
                    for (at, tokens) in between(begun, sentence, token) {
                        give(known, &mut facts[at], tokens, &who);
                    }
                    last = who;
                }
            }
        }
    }
    last
}

/// "Le gouverneur, Daouda Cissé, a donné plus de précisions.", "A survivor recalled the scene.": whose
/// words the quotation behind such a sentence is.
fn introduces(fact: &Facts) -> Vec<Claimant> {
    static TELLS: Words = Words::new(&[
        "precisions", "details", "detail", "exprime", "exprimee", "exprimes", "reagi", "reacted",
        "commented", "spoke", "spoken", "parle", "temoigne", "revenu", "revenue", "repondu",
        "answered", "replied", "recalled", "recalls", "remembers", "remembered", "raconte",
        "souvient", "souviennent", "confie", "explications", "explanation", "account", "recit",
        "temoignage", "testimony", "indigne", "indignee", "inquiete", "alarme", "interroge",
    ]);
    let tells = fact.tokens.iter().any(|t| TELLS.has(t));
    if fact.tokens.iter().any(Token::is_quote) {
        return Vec::new();
    }
    match fact.speeches.last() {
        Some(speech) => speech.speakers.clone(),
        None => fact.about.iter().filter(|_| tells).cloned().collect(),
    }
}

/// Whoever is named right behind the closing mark, or right before the opening one.
fn speaker(facts: &[Facts], open: Open, sentence: usize, token: usize) -> Vec<Claimant> {
    let behind = facts[sentence]
        .speeches
        .iter()
        .find(|s| s.words.start > token && s.words.start - token <= NEAR);
    let before = || {
        facts[open.sentence]
            .speeches
            .iter()
            .rfind(|s| s.words.end <= open.token && open.token - s.words.end <= NEAR)
    };
    let found = behind.or_else(before);
    let opens = open.token == 0 || facts[open.sentence].tokens[..open.token].iter().all(is_sign);
    match found {
        Some(speech) => speech.speakers.clone(),
        // A word in quotation marks ("terrorists") is no speech of anybody's.
        None if opens => Vec::new(),
        None => facts[open.sentence].speeches.last().map_or(Vec::new(), |s| s.speakers.clone()),
    }
}

fn is_sign(token: &Token) -> bool {
    !token.is_word()
}

/// The sentences of a quotation, each with its tokens inside it.
fn between(
    open: Open,
    sentence: usize,
    token: usize,
) -> impl Iterator<Item = (usize, Range<usize>)> {
    (open.sentence..=sentence).map(move |i| {
        let first = if i == open.sentence { open.token } else { 0 };
        let end = if i == sentence { token } else { usize::MAX };
        (i, first..end)
    })
}

/// "trois morts et sept blessés dans nos rangs": people of whoever speaks.
fn own_ranks(
    known: &Knowledge,
    tokens: &[Token],
    count: &Count,
    speakers: &[Claimant],
) -> Option<CasualtyGroup> {
    let from = count.evidence.end.min(tokens.len());
    let open = |t: &&Token| !t.is(";") && !t.is(".");
    let after: Vec<&Token> = tokens[from..].iter().take(9).take_while(open).collect();
    let before: Vec<&Token> =
        tokens[..count.figure.start].iter().rev().take(10).take_while(open).collect();
    let ours = |a: &Token, b: &Token| {
        one_of(a, &["nos", "our", "notre"])
            && one_of(b, &["rangs", "ranks", "side", "forces", "cote"])
    };
    let ranks =
        after.windows(2).any(|w| ours(w[0], w[1])) || before.windows(2).any(|w| ours(w[1], w[0]));
    // "nous avons perdu 17 hommes", "we lost 17 men".
    let near: Vec<&Token> = tokens[..count.figure.start].iter().rev().take(4).collect();
    let lost = near.iter().any(|t| one_of(t, &["perdu", "lost"]))
        && near.iter().any(|t| one_of(t, &["nous", "we", "avons"]));
    let bare = count.elided || count.group == CasualtyGroup::Total;
    let actor = speakers.first()?.actor.as_deref().filter(|_| (ranks || lost) && bare)?;
    let actor = known.actors.get(actor)?;
    let own = actor
        .members
        .as_deref()
        .or_else(|| known.actors.get(forces_of(known, actor)?)?.members.as_deref());
    own?.parse().ok()
}

/// Figures and perpetrators among these tokens that nobody is said to give are the speakers'.
pub(super) fn give(
    known: &Knowledge,
    fact: &mut Facts,
    range: Range<usize>,
    speakers: &[Claimant],
) {
    for told in &mut fact.told {
        if told.by.is_empty() && range.contains(&told.count.figure.start) {
            told.by = speakers.to_vec();
            if let Some(group) = own_ranks(known, &fact.tokens, &told.count, speakers) {
                told.count.group = group;
            }
        }
    }
    let Some(speaker) = speakers.first() else { return };
    for found in &mut fact.stances {
        let own = is_own(known, speaker, &found.actor);
        if found.stance == Stance::Stated
            && found.by.is_none()
            && range.contains(&found.evidence.start)
        {
            found.stance = if own { Stance::Claimed } else { Stance::Accused };
            found.by = Some(speaker.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::story::tests::{ENGLISH, FRENCH, check};

    #[test]
    fn ok_quotations_behind_whoever_is_introduced() {
        check(
            FRENCH,
            &[(
                "Le gouverneur de Mopti, Ali Cissé, a donné plus de précisions. « Dix personnes ont été tuées. Il y a douze blessés. »",
                &[
                    "killed total 10 by gouverneur de Mopti",
                    "wounded total 12 by gouverneur de Mopti",
                ],
            )],
        );
        check(
            ENGLISH,
            &[(
                "A resident of Boni recalled the scene. “Ten people were killed. Twelve were wounded.”",
                &["killed total 10 by resident of Boni", "wounded total 12 by resident of Boni"],
            )],
        );
    }

    #[test]
    fn err_quotations_of_others() {
        check(
            ENGLISH,
            &[
                // The army speaks of nothing here.
                (
                    "The army sent a patrol. “Ten people were killed. Twelve were wounded.”",
                    &["killed total 10", "wounded total 12"],
                ),
                (
                    "The governor spoke at length. “Ten people were killed,” a nurse said.",
                    &["killed total 10 by nurse"],
                ),
            ],
        );
    }
}
