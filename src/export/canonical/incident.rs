//! Incidents as canonical rows, member by member in the order of their names: what
//! [`Canonical::row`](super::Canonical::row) makes of them, which tests hold, in a sixth of the
//! steps. Types are taken apart whole, so that the compiler asks for each new member.

use crate::model::claim::{Claim, Claimant};
use crate::model::date::DateSpan;
use crate::model::incident::{Account, Attribution, Draft, Incident, Place, Victim};
use crate::model::passage::Passage;
use crate::model::source::{SourceMeta, SourceRef};
use jiff::civil::Date;
use serde::Serialize;
use std::io::Write;

/// Writes one row.
pub(super) struct Row<'t>(pub &'t mut Vec<u8>);

impl Row<'_> {
    pub fn incident(&mut self, incident: &Incident) {
        let Incident { id, title, date, kind, accounts } = incident;
        self.list("{\"accounts\":", accounts, Self::account);
        self.raw(",\"date\":");
        self.span(date);
        self.text(",\"id\":", id);
        self.word(",\"kind\":", kind.as_str());
        self.text(",\"title\":", title);
        self.raw("}");
    }

    fn account(&mut self, account: &Account) {
        let Account { source, record, own, status, reviewed_by, reviewed_at, draft } = account;
        let Draft {
            main,
            title,
            date,
            date_passage,
            kind,
            places,
            attributions,
            victims,
            claims,
            passage,
        } = draft;
        self.list("{\"attributions\":", attributions, Self::attribution);
        self.list(",\"claims\":", claims, Self::claim);
        self.raw(",\"date\":");
        self.span(date);
        self.raw(",\"date_passage\":");
        self.perhaps(date_passage.as_ref(), Self::passage);
        self.word(",\"kind\":", kind.as_str());
        self.truth(",\"main\":", *main);
        self.where_any(",\"own\":", own.as_ref());
        self.raw(",\"passage\":");
        self.passage(passage);
        self.list(",\"places\":", places, Self::place);
        self.where_any(",\"record\":", record.as_ref());
        self.where_any(",\"reviewed_at\":", reviewed_at.as_ref());
        self.where_any(",\"reviewed_by\":", reviewed_by.as_ref());
        self.raw(",\"source\":");
        self.source(source);
        self.word(",\"status\":", status.as_str());
        self.text(",\"title\":", title);
        self.list(",\"victims\":", victims, Self::victim);
        self.raw("}");
    }

    fn attribution(&mut self, attribution: &Attribution) {
        let Attribution { actor, name, stance, by, passage } = attribution;
        self.text("{\"actor\":", actor);
        self.raw(",\"by\":");
        self.perhaps(by.as_ref(), Self::claimant);
        self.text(",\"name\":", name);
        self.raw(",\"passage\":");
        self.passage(passage);
        self.word(",\"stance\":", stance.as_str());
        self.raw("}");
    }

    fn claimant(&mut self, claimant: &Claimant) {
        let Claimant { name, actor } = claimant;
        self.some_text("{\"actor\":", actor.as_ref());
        self.text(",\"name\":", name);
        self.raw("}");
    }

    fn claim(&mut self, claim: &Claim) {
        let Claim { measure, group, min, max, qualifier, claimant, said_on, partial, passage } =
            claim;
        self.raw("{\"claimant\":");
        self.perhaps(claimant.as_ref(), Self::claimant);
        self.word(",\"group\":", group.as_str());
        self.raw(",\"max\":");
        self.perhaps(max.as_ref(), |row, n| row.number((*n).into()));
        self.word(",\"measure\":", measure.as_str());
        self.raw(",\"min\":");
        self.perhaps(min.as_ref(), |row, n| row.number((*n).into()));
        self.truth(",\"partial\":", *partial);
        self.raw(",\"passage\":");
        self.passage(passage);
        self.word(",\"qualifier\":", qualifier.as_str());
        self.raw(",\"said_on\":");
        self.perhaps(said_on.as_ref(), Self::day);
        self.raw("}");
    }

    fn span(&mut self, span: &DateSpan) {
        self.raw("{\"end\":");
        self.perhaps(span.end().as_ref(), Self::day);
        self.word(",\"precision\":", span.precision().as_str());
        self.raw(",\"start\":");
        self.perhaps(span.start().as_ref(), Self::day);
        self.raw("}");
    }

    fn passage(&mut self, passage: &Passage) {
        let Passage { start, end, quote, page } = passage;
        self.raw("{\"end\":");
        self.number(*end as u64);
        if let Some(page) = page {
            self.raw(",\"page\":");
            self.number((*page).into());
        }
        self.text(",\"quote\":", quote);
        self.raw(",\"start\":");
        self.number(*start as u64);
        self.raw("}");
    }

    fn place(&mut self, place: &Place) {
        let Place {
            id,
            name,
            region_then,
            region_now,
            cercle,
            country,
            lat,
            lon,
            precision,
            passage,
        } = place;
        self.some_text("{\"cercle\":", cercle.as_ref());
        self.some_text(",\"country\":", country.as_ref());
        self.text(",\"id\":", id);
        self.raw(",\"lat\":");
        self.any(lat);
        self.raw(",\"lon\":");
        self.any(lon);
        self.text(",\"name\":", name);
        self.raw(",\"passage\":");
        self.passage(passage);
        self.word(",\"precision\":", precision.as_str());
        self.some_text(",\"region_now\":", region_now.as_ref());
        self.some_text(",\"region_then\":", region_then.as_ref());
        self.raw("}");
    }

    fn victim(&mut self, victim: &Victim) {
        let Victim { group, passage } = victim;
        self.text("{\"group\":", group);
        self.raw(",\"passage\":");
        self.passage(passage);
        self.raw("}");
    }

    fn source(&mut self, source: &SourceRef) {
        let SourceRef { id, meta } = source;
        let SourceMeta {
            title,
            publisher,
            kind,
            lang,
            url,
            published,
            retrieved,
            licence,
            sensitive,
        } = meta;
        self.text("{\"id\":", id);
        self.word(",\"kind\":", kind.as_str());
        self.word(",\"lang\":", lang.as_str());
        self.some_text(",\"licence\":", licence.as_ref());
        self.raw(",\"published\":");
        self.any(published);
        self.some_text(",\"publisher\":", publisher.as_ref());
        self.raw(",\"retrieved\":");
        self.perhaps(retrieved.as_ref(), Self::day);
        if *sensitive {
            self.truth(",\"sensitive\":", true);
        }
        self.text(",\"title\":", title);
        self.some_text(",\"url\":", url.as_ref());
        self.raw("}");
    }

    fn raw(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A text after the name of its member.
    fn text(&mut self, name: &str, text: &str) {
        self.raw(name);
        // Without an early end, so that many bytes are looked at together.
        let plain = |plain, b: u8| plain & (b >= b' ') & (b != b'"') & (b != b'\\');
        match text.bytes().fold(true, plain) {
            true => {
                self.raw("\"");
                self.raw(text);
                self.raw("\"");
            }
            false => self.any(text),
        }
    }

    /// A text, or null, after the name of its member.
    fn some_text(&mut self, name: &str, text: Option<&String>) {
        match text {
            Some(text) => self.text(name, text),
            None => {
                self.raw(name);
                self.raw("null");
            }
        }
    }

    /// A member that is left out where there is nothing.
    fn where_any(&mut self, name: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    /// A word of the model, which needs no escape.
    fn word(&mut self, name: &str, word: &str) {
        self.raw(name);
        self.raw("\"");
        self.raw(word);
        self.raw("\"");
    }

    fn truth(&mut self, name: &str, truth: bool) {
        self.raw(name);
        self.raw(if truth { "true" } else { "false" });
    }

    fn number(&mut self, number: u64) {
        // As its digits, the last first.
        let (mut digits, mut start, mut rest) = ([b'0'; 20], 20, number);
        loop {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.0.extend_from_slice(&digits[start..]);
    }

    fn day(&mut self, day: &Date) {
        self.raw("\"");
        match u16::try_from(day.year()) {
            Ok(year) => {
                let digit = |n: u16| b'0' + (n % 10) as u8;
                let [month, day] = [day.month() as u16, day.day() as u16];
                self.0.extend_from_slice(&[
                    digit(year / 1000),
                    digit(year / 100),
                    digit(year / 10),
                    digit(year),
                    b'-',
                    digit(month / 10),
                    digit(month),
                    b'-',
                    digit(day / 10),
                    digit(day),
                ]);
            }
            Err(_) => {
                // Writing to memory cannot fail.
                let _ = write!(self.0, "{day}");
            }
        }
        self.raw("\"");
    }

    /// What JSON makes of a value that has no members of its own.
    fn any(&mut self, value: &(impl Serialize + ?Sized)) {
        serde_json::to_writer(&mut *self.0, value).expect("texts and numbers are JSON");
    }

    fn perhaps<T>(&mut self, value: Option<&T>, write: impl FnOnce(&mut Self, &T)) {
        match value {
            Some(value) => write(self, value),
            None => self.raw("null"),
        }
    }

    fn list<T>(&mut self, name: &str, things: &[T], write: impl Fn(&mut Self, &T)) {
        self.raw(name);
        self.raw("[");
        for (i, thing) in things.iter().enumerate() {
            if i > 0 {
                self.raw(",");
            }
            write(self, thing);
        }
        self.raw("]");
    }
}
