//! A small database for the tests of pages: documents in our own words about public facts,
//! with drafts made by hand, so that no parsing rule decides what a page test sees.

#![allow(dead_code, reason = "each test target uses a part")]

use jiff::civil::{Date, date};
use mali_timeline::import::{Session, import_document};
use mali_timeline::knowledge::Knowledge;
use mali_timeline::model::claim::{CasualtyGroup, Claim, Claimant, Measure, Qualifier};
use mali_timeline::model::date::DateSpan;
use mali_timeline::model::document::{ParsedDocument, Problem, Shape};
use mali_timeline::model::incident::{
    Attribution, Draft, EventType, Place, PlacePrecision, Stance, Victim,
};
use mali_timeline::model::passage::Passage;
use mali_timeline::model::slug::slug;
use mali_timeline::model::source::{Lang, SourceKind, SourceMeta};
use mali_timeline::store::Db;
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;

static KNOWN: LazyLock<Arc<Knowledge>> = LazyLock::new(|| Arc::new(Knowledge::embedded()));

/// A database in a folder of its own, gone with the value.
pub struct Seeded {
    pub db: Db,
    pub known: Arc<Knowledge>,
    _folder: TempDir,
}

/// The database with every document of this file.
pub fn seeded() -> Seeded {
    let seeded = empty();
    seeded.import(&documents());
    seeded
}

/// A database without anything.
pub fn empty() -> Seeded {
    let folder = tempfile::tempdir().unwrap();
    Seeded {
        db: Db::open(&folder.path().join("t.db")).unwrap(),
        known: KNOWN.clone(),
        _folder: folder,
    }
}

impl Seeded {
    pub fn import(&self, documents: &[ParsedDocument]) {
        let mut session = Session::default();
        for doc in documents {
            let known = &self.known;
            self.db
                .write(|tx| import_document(tx, &mut session, doc, &doc.file_name, known))
                .unwrap();
        }
    }
}

/// A document under construction: facts are given by the words that say them.
pub struct Writer {
    doc: ParsedDocument,
}

impl Writer {
    pub fn new(file: &str, title: &str, text: &str) -> Self {
        let body_start = text.find("\n---\n").map_or(0, |at| at + 5);
        Self {
            doc: ParsedDocument {
                file_name: file.to_owned(),
                meta: SourceMeta {
                    title: title.to_owned(),
                    publisher: Some("Digest of public reports".to_owned()),
                    kind: SourceKind::Digest,
                    lang: Lang::En,
                    url: Some(format!("https://example.org/{}", slug(title))),
                    published: Some("2024-02".parse().unwrap()),
                    retrieved: Some(date(2024, 6, 4)),
                    licence: Some("CC0-1.0".to_owned()),
                    sensitive: false,
                },
                shape: Shape::FrontMatter,
                text: text.to_owned(),
                body_start,
                pages: Vec::new(),
                drafts: Vec::new(),
                problems: Vec::new(),
            },
        }
    }

    pub fn meta(mut self, change: impl FnOnce(&mut SourceMeta)) -> Self {
        change(&mut self.doc.meta);
        self
    }

    pub fn problem(mut self, line: usize, expected: &str, found: &str) -> Self {
        self.doc.problems.push(Problem {
            file: self.doc.file_name.clone(),
            line,
            expected: expected.to_owned(),
            found: found.to_owned(),
        });
        self
    }

    /// Adds an incident told by the sentence `whole`.
    pub fn tells(mut self, whole: &str, build: impl FnOnce(Telling) -> Telling) -> Self {
        let at = self.doc.text.find(whole).expect("the text has the sentence");
        let telling = Telling {
            text: self.doc.text.clone(),
            from: at,
            draft: Draft {
                main: self.doc.drafts.is_empty(),
                title: self.doc.meta.title.clone(),
                date: DateSpan::UNKNOWN,
                date_passage: None,
                kind: EventType::Other,
                places: Vec::new(),
                attributions: Vec::new(),
                victims: Vec::new(),
                claims: Vec::new(),
                passage: Passage::of(&self.doc.text, at..at + whole.len()),
            },
        };
        self.doc.drafts.push(build(telling).draft);
        self
    }

    /// The incident told last.
    pub fn last(&mut self) -> &mut Draft {
        self.doc.drafts.last_mut().unwrap()
    }

    pub fn done(self) -> ParsedDocument {
        self.doc
    }
}

/// An incident under construction.
pub struct Telling {
    text: String,
    from: usize,
    draft: Draft,
}

impl Telling {
    fn words(&self, words: &str) -> Passage {
        let at = self.text[self.from..].find(words);
        let at = self.from + at.unwrap_or_else(|| panic!("the text has {words:?}"));
        Passage::of(&self.text, at..at + words.len())
    }

    pub fn title(mut self, title: &str) -> Self {
        self.draft.title = title.to_owned();
        self
    }

    pub fn kind(mut self, kind: EventType) -> Self {
        self.draft.kind = kind;
        self
    }

    pub fn on(mut self, span: DateSpan, words: &str) -> Self {
        self.draft.date = span;
        self.draft.date_passage = Some(self.words(words));
        self
    }

    pub fn at(mut self, name: &str, then: &str, now: &str) -> Self {
        let passage = self.words(name);
        let region = |r: &str| (!r.is_empty()).then(|| r.to_owned());
        self.draft.places.push(Place {
            id: slug(name),
            name: name.to_owned(),
            region_then: region(then),
            region_now: region(now),
            cercle: None,
            country: None,
            lat: None,
            lon: None,
            precision: PlacePrecision::Unknown,
            passage,
        });
        self
    }

    /// The place named last is known to the gazetteer, and lies where that says.
    pub fn known(mut self) -> Self {
        let place = self.draft.places.last_mut().unwrap();
        let known = KNOWN.gazetteer.get(&place.id).expect("a place of the gazetteer");
        (place.lat, place.lon) = (known.lat, known.lon);
        place.precision = PlacePrecision::Exact;
        self
    }

    pub fn by(mut self, actor: &str, stance: Stance, says: Option<&str>, words: &str) -> Self {
        let passage = self.words(words);
        self.draft.attributions.push(Attribution {
            actor: claimant(actor).actor.unwrap_or_else(|| slug(actor)),
            name: actor.to_owned(),
            stance,
            by: says.map(claimant),
            passage,
        });
        self
    }

    pub fn hit(mut self, group: &str, words: &str) -> Self {
        let passage = self.words(words);
        self.draft.victims.push(Victim { group: group.to_owned(), passage });
        self
    }

    /// A figure: "12", "12+", "~12", "<12", "6-9" or "?".
    pub fn count(
        mut self,
        measure: Measure,
        group: CasualtyGroup,
        figure: &str,
        says: Option<&str>,
        words: &str,
    ) -> Self {
        let passage = self.words(words);
        let number = |t: &str| Some(t.parse::<u32>().unwrap());
        let (qualifier, min, max) = match figure {
            "?" => (Qualifier::Dozens, None, None),
            f if f.ends_with('+') => (Qualifier::AtLeast, number(&f[..f.len() - 1]), None),
            f if f.starts_with('~') => (Qualifier::About, number(&f[1..]), number(&f[1..])),
            f if f.starts_with('<') => (Qualifier::UpTo, None, number(&f[1..])),
            f => match f.split_once('-') {
                Some((low, high)) => (Qualifier::Range, number(low), number(high)),
                None => (Qualifier::Exact, number(f), number(f)),
            },
        };
        self.draft.claims.push(Claim {
            measure,
            group,
            min,
            max,
            qualifier,
            claimant: says.map(claimant),
            said_on: None,
            partial: false,
            passage,
        });
        self
    }

    /// The last figure counts only some of the victims.
    pub fn in_part(mut self) -> Self {
        self.draft.claims.last_mut().unwrap().partial = true;
        self
    }

    /// The last figure was said on this day.
    pub fn said(mut self, day: Date) -> Self {
        self.draft.claims.last_mut().unwrap().said_on = Some(day);
        self
    }
}

fn claimant(name: &str) -> Claimant {
    Claimant { name: name.to_owned(), actor: KNOWN.actors.named(name).map(|a| a.slug.clone()) }
}

const SAHEL: &str = "\
---
title: Hombori and Moura in 2022
licence: CC0-1.0
---
# Hombori, 19 April 2022

On 19 April 2022 a vehicle of the Malian army and of Wagner struck a mine on the road near
Hombori, in the Mopti region. Fighters of Katiba Macina then opened fire; JNIM claimed the
attack. Soldiers and mercenaries entered the market of Hombori, where people were killed.

## Figures

- The Malian army spoke of 18 dead, all of them terrorists, and of 611 arrests.
- Human Rights Watch counted at least 50 civilians killed, two children among them.
- A local official put the dead at about 20.

## Before

In March 2022 hundreds of people were killed in Moura over five days. Human Rights Watch
said that 300 civilians had been executed; a report of the United Nations later spoke of
more than 500. The Malian government said that it had neutralised 203 terrorists and denied
that any civilian had been killed.
";

fn sahel() -> ParsedDocument {
    use CasualtyGroup::{Children, Civilians, Militants, Total};
    Writer::new("hombori.md", "Hombori and Moura in 2022", SAHEL)
        .problem(9, "a number of people", "“people were killed”")
        .tells(
            "On 19 April 2022 a vehicle of the Malian army and of Wagner struck a mine on the road near\nHombori, in the Mopti region.",
            |t| {
                let hrw = Some("Human Rights Watch");
                t.title("Market of Hombori, April 2022")
                    .kind(EventType::Massacre)
                    .on(DateSpan::day(date(2022, 4, 19)), "19 April 2022")
                    .at("Hombori", "mopti", "douentza")
                    .known()
                    .by("JNIM", Stance::Claimed, None, "JNIM claimed the\nattack")
                    .by("Katiba Macina", Stance::Stated, None, "Fighters of Katiba Macina then opened fire")
                    .by("Wagner Group", Stance::Stated, None, "Soldiers and mercenaries entered the market")
                    .hit("civilians", "50 civilians killed")
                    .hit("soldiers", "a vehicle of the Malian army")
                    .count(Measure::Killed, Militants, "18", Some("Malian army"), "18 dead, all of them terrorists")
                    .said(date(2022, 4, 22))
                    .count(Measure::Killed, Civilians, "50+", hrw, "at least 50 civilians killed")
                    .count(Measure::Killed, Children, "2", hrw, "two children among them")
                    .in_part()
                    .count(Measure::Killed, Total, "~20", Some("a local official"), "the dead at about 20")
                    .count(Measure::Detained, Total, "611", Some("Malian army"), "611 arrests")
            },
        )
        .tells("In March 2022 hundreds of people were killed in Moura over five days.", |t| {
            t.title("Moura, March 2022")
                .kind(EventType::Massacre)
                .on(DateSpan::month(2022, 3).unwrap(), "March 2022")
                .at("Moura", "mopti", "mopti")
                    .known()
                .by("Malian Armed Forces", Stance::Denied, Some("Malian government"), "denied\nthat any civilian had been killed")
                .by("Malian Armed Forces", Stance::Accused, Some("Human Rights Watch"), "Human Rights Watch\nsaid that 300 civilians had been executed")
                .hit("civilians", "300 civilians")
                .count(Measure::Killed, Total, "?", None, "hundreds of people were killed")
                .count(Measure::Killed, Civilians, "300", Some("Human Rights Watch"), "300 civilians had been executed")
                .count(Measure::Killed, Civilians, "500+", Some("United Nations"), "more than 500")
                .count(Measure::Killed, Militants, "203", Some("Malian government"), "neutralised 203 terrorists")
        })
        .done()
}

const BASES: &str = "\
Attaques du 24 avril 2022

Le 24 avril 2022, des camps de l’armée à Sévaré, Niono et Bapho ont été attaqués. La Katiba
Macina a revendiqué les attaques. L’état-major a annoncé 6 militaires tués et 20 blessés.
Selon le groupe, entre 12 et 15 soldats sont morts.

En mars 2022, à Moura, des centaines de personnes ont été tuées, jusqu’à 400 selon des habitants.
";

fn bases() -> ParsedDocument {
    use CasualtyGroup::{Soldiers, Total};
    Writer::new("bases.txt", "Attaques du 24 avril 2022", BASES)
        .meta(|meta| {
            meta.publisher = Some("Agence de presse".to_owned());
            meta.kind = SourceKind::News;
            meta.lang = Lang::Fr;
            meta.published = Some("2022-04-25".parse().unwrap());
        })
        .tells(
            "Le 24 avril 2022, des camps de l’armée à Sévaré, Niono et Bapho ont été attaqués.",
            |t| {
                t.kind(EventType::AttackOnArmedForces)
                    .on(DateSpan::day(date(2022, 4, 24)), "Le 24 avril 2022")
                    .at("Sévaré", "mopti", "mopti")
                    .known()
                    .at("Niono", "segou", "segou")
                    .known()
                    .at("Bapho", "segou", "segou")
                    .by("Katiba Macina", Stance::Claimed, None, "La Katiba\nMacina a revendiqué les attaques")
                    .hit("soldiers", "6 militaires tués")
                    .count(Measure::Killed, Soldiers, "6", Some("L’état-major"), "6 militaires tués")
                    .count(Measure::Wounded, Soldiers, "20", Some("L’état-major"), "20 blessés")
                    .count(Measure::Killed, Soldiers, "12-15", Some("JNIM"), "entre 12 et 15 soldats sont morts")
            },
        )
        .tells(
            "En mars 2022, à Moura, des centaines de personnes ont été tuées, jusqu’à 400 selon des habitants.",
            |t| {
                t.title("Moura, mars 2022")
                    .kind(EventType::Massacre)
                    .on(DateSpan::month(2022, 3).unwrap(), "mars 2022")
                    .at("Moura", "mopti", "mopti")
                    .known()
                    .hit("civilians", "des centaines de personnes")
                    .count(Measure::Killed, Total, "<400", Some("des habitants"), "jusqu’à 400 selon des habitants")
            },
        )
        .done()
}

const MENAKA: &str = "\
= Aklaz and Awkassa =

Infobox
Date: April 26 and 27, 2018
Location: Aklaz and Awkassa

== The attacks ==

On April 26 and 27, 2018, gunmen attacked camps at Aklaz and Awkassa near the border with
Niger. Two movements, the GATIA and the MSA, accused the Islamic State in the Greater Sahara.
At least 43 Tuareg civilians of the Daoussahak were killed, 12 of them at Aklaz.

== Later ==

In 2019 a headman was abducted in the same area; nobody claimed it. At another time, which
the elders could not name, several herders had gone missing near Akabar.
";

fn menaka() -> ParsedDocument {
    use CasualtyGroup::{Civilians, Total};
    Writer::new("menaka.txt", "Aklaz and Awkassa", MENAKA)
        .meta(|meta| {
            meta.kind = SourceKind::Encyclopedia;
            meta.publisher = None;
            meta.published = None;
        })
        .tells(
            "On April 26 and 27, 2018, gunmen attacked camps at Aklaz and Awkassa near the border with\nNiger.",
            |t| {
                t.kind(EventType::Massacre)
                    .on(DateSpan::range(date(2018, 4, 26), date(2018, 4, 27)), "April 26 and 27, 2018")
                    .at("Aklaz", "menaka", "menaka")
                    .at("Awkassa", "menaka", "menaka")
                    .by("Islamic State in the Greater Sahara", Stance::Accused, Some("GATIA"), "the GATIA and the MSA, accused the Islamic State in the Greater Sahara")
                    .hit("daoussahak", "Tuareg civilians of the Daoussahak")
                    .count(Measure::Killed, Civilians, "43+", None, "At least 43 Tuareg civilians of the Daoussahak were killed")
                    .count(Measure::Killed, Civilians, "12", None, "12 of them at Aklaz")
                    .in_part()
            },
        )
        .tells("In 2019 a headman was abducted in the same area; nobody claimed it.", |t| {
            t.title("Abduction of a headman")
                .kind(EventType::Abduction)
                .on(DateSpan::year(2019).unwrap(), "2019")
                .count(Measure::Abducted, Total, "1", None, "a headman was abducted")
        })
        .tells(
            "At another time, which\nthe elders could not name, several herders had gone missing near Akabar.",
            |t| {
                t.title("Herders missing near Akabar")
                    .at("Akabar", "menaka", "menaka")
                    .hit("civilians", "several herders")
                    .count(Measure::Missing, Civilians, "?", None, "several herders had gone missing")
            },
        )
        .done()
}

const DIAFARABE: &str = "\
Diafarabé and Koumara

On 10 January 2023 two columns of the Malian army were hit by mines and gunfire at Diafarabé
and Koumara, in the Mopti and Ségou regions. JNIM claimed both. The army reported 14 soldiers
killed and 11 wounded, and 31 attackers neutralised.
";

fn diafarabe() -> ParsedDocument {
    use CasualtyGroup::{Militants, Soldiers};
    Writer::new("diafarabe.txt", "Diafarabé and Koumara", DIAFARABE)
        .tells(
            "On 10 January 2023 two columns of the Malian army were hit by mines and gunfire at Diafarabé\nand Koumara, in the Mopti and Ségou regions.",
            |t| {
                let army = Some("Malian army");
                t.kind(EventType::ArmedClash)
                    .on(DateSpan::day(date(2023, 1, 10)), "10 January 2023")
                    .at("Diafarabé", "mopti", "mopti")
                    .known()
                    .at("Koumara", "segou", "segou")
                    .by("JNIM", Stance::Claimed, None, "JNIM claimed both")
                    .hit("soldiers", "14 soldiers")
                    .count(Measure::Killed, Soldiers, "14", army, "14 soldiers\nkilled")
                    .count(Measure::Wounded, Soldiers, "11", army, "11 wounded")
                    .count(Measure::Killed, Militants, "31", army, "31 attackers neutralised")
            },
        )
        .done()
}

/// Text that wants to be more than text.
pub const HOSTILE: &str = "\
<script>alert(1)</script> \"quoted\" & 'single' \u{202e}gnitirw\u{202c} 𐀀😀

On 3 May 2020 <b onmouseover=alert(2)>five</b> \u{202e}elpoep\u{202c} \"><img src=x onerror=alert(3)> were killed at <i>Nowhere</i> 😀, said O'Brien & <Sons>.
";

fn hostile() -> ParsedDocument {
    Writer::new("hostile.txt", "<script>alert(1)</script> \u{202e}eltit \"'&", HOSTILE)
        .meta(|meta| {
            meta.publisher = Some("<img src=x onerror=alert(4)>".to_owned());
            meta.licence = Some("\"><script>alert(5)</script>".to_owned());
            meta.url = Some("javascript:alert(6)".to_owned());
        })
        .problem(3, "<b>", "\"><script>alert(7)</script>")
        .tells("On 3 May 2020 <b onmouseover=alert(2)>five</b>", |t| {
            t.title("<script>alert(8)</script> \u{202e}eltit")
                .on(DateSpan::day(date(2020, 5, 3)), "3 May 2020")
                .at("<i>Nowhere</i> 😀", "", "")
                .by("<Sons> \"x\"", Stance::Accused, Some("O'Brien & <Sons>"), "O'Brien & <Sons>")
                .count(
                    Measure::Killed,
                    CasualtyGroup::Civilians,
                    "5",
                    Some("O'Brien & <Sons>"),
                    "<b onmouseover=alert(2)>five</b> \u{202e}elpoep\u{202c} \"><img src=x onerror=alert(3)> were killed",
                )
        })
        .done()
}

pub fn documents() -> Vec<ParsedDocument> {
    vec![sahel(), bases(), menaka(), diafarabe(), hostile()]
}
