//! Views that are safe to share: nothing in them points to a private person, and they say so.

mod support;

use calamine::{Reader, Xlsx};
use mali_timeline::export::{self, Format, View};
use mali_timeline::model::claim::Measure;
use mali_timeline::model::filter::Filter;
use mali_timeline::model::incident::{Incident, PlacePrecision};
use mali_timeline::model::source::Lang;
use mali_timeline::store::sensitive;
use mali_timeline::verify::verify;
use mali_timeline::wording::Words;
use serde_json::Value;
use std::io::Cursor;
use support::{KNOWN, TempDb, document};

fn bytes(temp: &TempDb, pairs: &[(&str, &str)], format: Format, redact: bool) -> Vec<u8> {
    let filter = Filter::parse(pairs.iter().copied(), |_, _| Ok(())).unwrap();
    let view = View {
        filter: &filter,
        words: Words::new(Lang::En, &KNOWN),
        at: "2025-11-20T08:30:00Z".parse().unwrap(),
        as_of: None,
        hxl: false,
        redact,
    };
    let mut out = Vec::new();
    temp.db
        .read(|db| {
            export::write(db, &view, format, &mut out).unwrap();
            Ok(())
        })
        .unwrap();
    out
}

/// Everything that a file says; of a workbook, all cells.
fn said(format: Format, bytes: Vec<u8>) -> String {
    if format != Format::Xlsx {
        return String::from_utf8(bytes).unwrap();
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheets = book.worksheets();
    let cells = sheets.iter().flat_map(|(_, sheet)| sheet.cells());
    cells.map(|(_, _, cell)| format!("{cell}\n")).collect()
}

fn incidents(temp: &TempDb, redact: bool) -> Vec<Incident> {
    let text = bytes(temp, &[], Format::Json, redact);
    let mut export: Value = serde_json::from_slice(&text).unwrap();
    serde_json::from_value(export["incidents"].take()).unwrap()
}

/// Two documents: notes that name people, and a published story.
fn named() -> TempDb {
    let mut notes = document(
        "aminata-testcase.txt",
        "Interview with Aminata Testcase",
        &["* 2022-04-19; massacre; Hombori; moussa-example:accused:Aminata Testcase; civilians; \
             killed civilians 9 (Aminata Testcase), killed civilians 7 (Boubacar Sample), \
             killed civilians 5 (residents), killed soldiers 2 (JNIM), wounded total 4 (Aminata Testcase)"],
    );
    notes.meta.publisher = Some("Aminata Testcase".to_owned());
    notes.drafts[0].attributions[0].name = "Moussa Example".to_owned();
    let mut story =
        document("story.txt", "A public story", &["2022-04-20; other; Gao; wagner-group"]);
    story.meta.url = Some("https://example.org/story".to_owned());
    TempDb::with(&[notes, story])
}

#[test]
fn no_format_says_a_private_name() {
    let temp = named();
    let names =
        ["Aminata", "Testcase", "Boubacar", "Moussa", "aminata", "moussa", "9 civilians killed"];
    for format in Format::ALL {
        for pairs in [&[][..], &[("source", "interview-with-aminata-testcase")]] {
            let open = said(format, bytes(&temp, pairs, format, false));
            assert!(open.contains("Aminata"), "{format:?} would say it");
            let safe = said(format, bytes(&temp, pairs, format, true));
            for name in names {
                assert!(!safe.contains(name), "{format:?} says {name}: {safe}");
            }
            let states = safe.contains("made safe to share: without the words of sources")
                && safe.contains("the name of 1 source without a web address");
            assert!(states, "{format:?}: {safe}");
        }
        let safe = said(format, bytes(&temp, &[], format, true));
        assert!(safe.contains("A public story"), "{format:?}: published sources are named");
    }
}

#[test]
fn figures_known_actors_and_places_stay() {
    let temp = named();
    let (open, safe) = (incidents(&temp, false), incidents(&temp, true));
    assert_eq!(open.len(), safe.len());
    for (open, safe) in open.iter().zip(&safe) {
        assert_eq!(open.id, safe.id);
        for &measure in Measure::ALL {
            assert_eq!(open.toll(measure), safe.toll(measure), "{}", open.id);
        }
        for ((_, open), (_, safe)) in open.claims().zip(safe.claims()) {
            assert_eq!(
                (open.min, open.max, &open.passage.range()),
                (safe.min, safe.max, &safe.passage.range())
            );
            assert_eq!(safe.passage.quote, "[…]");
        }
    }
    let hombori = safe.iter().find(|i| i.id.ends_with("hombori")).unwrap();
    assert_eq!(hombori.title, "massacre, Hombori");
    let speakers: Vec<_> =
        hombori.claims().map(|(_, c)| c.claimant.as_ref().unwrap().name.as_str()).collect();
    assert_eq!(speakers, ["[… 2]", "[… 3]", "residents", "JNIM", "[… 2]"]);
    let attribution = &hombori.accounts[0].draft.attributions[0];
    assert_eq!((attribution.actor.as_str(), attribution.name.as_str()), ("withheld", "[… 1]"));
    let place = &hombori.accounts[0].draft.places[0];
    assert_eq!(place.name, "Hombori");
    let hundredths = place.lat.unwrap() * 100.0;
    assert!((hundredths - hundredths.round()).abs() < 1e-9, "{hundredths}");
    let gao = safe.iter().find(|i| i.id.ends_with("gao")).unwrap();
    assert_eq!(gao.accounts[0].draft.attributions[0].name, "Wagner Group");
}

/// Three documents: notes that nobody may know of, a story that tells one of their incidents
/// too, less exactly, and another story.
fn sensitive() -> TempDb {
    let mut notes = document(
        "secret.txt",
        "Secret notes",
        &[
            "2022-04-19; massacre; Hombori; jnim:accused; civilians; killed civilians 31 (residents)",
            "2022-05-02; abduction; Ansongo; ansaru:accused; refugees; abducted civilians 47",
        ],
    );
    notes.meta.sensitive = true;
    notes.meta.url = Some("https://example.org/leak".to_owned());
    let mut story = document(
        "story.txt",
        "A public story",
        &[
            "2022-04-18..2022-04-20; massacre; Hombori; ; ; killed civilians 29",
            "2022-04-20; other; Gao; wagner-group",
        ],
    );
    story.meta.url = Some("https://example.org/story".to_owned());
    TempDb::with(&[notes, story])
}

#[test]
fn what_only_a_sensitive_source_says_is_in_no_format() {
    let temp = sensitive();
    assert_eq!(temp.ids(), ["2022-04-19-hombori", "2022-04-20-gao", "2022-05-02-ansongo"]);
    // Its title, id and link, its day, figures, places, actors and victims.
    let secrets = [
        "Secret", "secret", "leak", "2022-04-19", "19 April", "31", "47", "Ansongo", "ansongo",
        "Ansaru", "ansaru", "JNIM", "jnim", "Refugees", "refugees", "residents",
    ];
    for format in Format::ALL {
        let open = said(format, bytes(&temp, &[], format, false));
        assert!(open.contains("Secret notes"), "{format:?} would say it");
        let safe = said(format, bytes(&temp, &[], format, true));
        // Numbers of two digits stand in hashes too.
        let hash = |word: &str| word.len() >= 40 && word.bytes().all(|b| b.is_ascii_hexdigit());
        let words = safe.split(|c: char| !c.is_alphanumeric()).filter(|word| !hash(word));
        let plain = words.collect::<Vec<_>>().join("-");
        for secret in secrets {
            let found = plain.split('-').any(|w| w == secret)
                || secret.contains(['-', ' ']) && safe.contains(secret);
            assert!(!found, "{format:?} says {secret}: {safe}");
        }
        let states = safe.contains("without 1 source that is marked sensitive")
            && safe.contains("without 1 incident that nothing else tells");
        assert!(states, "{format:?}: {safe}");
    }
    let safe = incidents(&temp, true);
    let ids: Vec<_> = safe.iter().map(|i| i.id.as_str()).collect();
    assert_eq!(
        ids,
        ["2022-04-20-gao", "2022-04-18-hombori"],
        "an id tells no day that nobody says"
    );
    assert_eq!(safe[1].toll(Measure::Killed).map(|t| (t.low, t.high)), Some((29, 29)));
    assert_eq!(safe[1].accounts.len(), 1);
}

#[test]
fn a_sensitive_source_chooses_no_rows() {
    let temp = sensitive();
    let count = |pairs: &[(&str, &str)]| {
        let text = bytes(&temp, pairs, Format::Json, true);
        let export: Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(export["count"], export["incidents"].as_array().unwrap().len());
        let said = String::from_utf8(text).unwrap();
        assert!(!said.contains("secret") && !said.contains("Secret"), "{said}");
        export["count"].as_u64().unwrap()
    };
    // The story tells of Hombori too, but names nobody, and no day.
    assert_eq!(count(&[("perpetrator", "jnim")]), 0);
    assert_eq!(count(&[("victim", "civilians")]), 0);
    assert_eq!(count(&[("place", "hombori")]), 1);
    assert_eq!(count(&[("source", "secret-notes")]), 0);
    assert_eq!(count(&[("q", "residents")]), 0);
}

#[test]
fn a_mark_lasts_until_a_person_takes_it_away() {
    let temp = sensitive();
    let told = || incidents(&temp, true).len();
    let mark = |id: &str, on| temp.db.write(|tx| sensitive::mark(tx, id, on)).unwrap();
    assert_eq!(mark("no-such", true), None);
    assert_eq!((mark("secret-notes", false), told()), (Some(true), 3));
    let safe = said(Format::Markdown, bytes(&temp, &[], Format::Markdown, true));
    assert!(!safe.contains("marked sensitive"), "{safe}");
    assert_eq!((mark("a-public-story", true), told()), (Some(false), 2));
    // A new version of it, which does not say so itself.
    let mut story =
        document("story.txt", "A public story", &["2022-04-20; other; Gao", "2023; other; Kidal"]);
    story.meta.url = Some("https://example.org/story".to_owned());
    temp.import(&story);
    assert_eq!(incidents(&temp, false).len(), 4);
    assert_eq!(told(), 2, "what the new version tells is left out too");
    assert_eq!(mark("a-public-story", false), Some(true));
    assert_eq!(told(), 4);
}

#[test]
fn places_and_ids_name_nobody() {
    let notes = document(
        "notes.txt",
        "Notes on Moussa Example",
        &[
            "2022-04-19; other; Farm of Moussa Example",
            "* 2022-04-21; execution; -",
            "2022-04-22; other; Gao",
        ],
    );
    let temp = TempDb::with(&[notes]);
    assert!(temp.ids().iter().filter(|id| id.contains("moussa")).count() == 2, "{:?}", temp.ids());
    let safe = incidents(&temp, true);
    let ids: Vec<_> = safe.iter().map(|i| i.id.as_str()).collect();
    assert_eq!(ids, ["2022-04-22-gao", "withheld-1", "withheld-2"]);
    let farm = &safe[2].accounts[0].draft.places[0];
    assert_eq!((farm.name.as_str(), farm.id.as_str()), ("[… 1]", "withheld"));
    let gao = &safe[0].accounts[0].draft.places[0];
    assert_eq!((gao.name.as_str(), gao.precision), ("Gao", PlacePrecision::Near));
    for format in Format::ALL {
        let safe = said(format, bytes(&temp, &[], format, true));
        assert!(!safe.to_lowercase().contains("moussa"), "{format:?}: {safe}");
    }
}

#[test]
fn a_redacted_export_is_verified_like_any_other() {
    for temp in [named(), sensitive()] {
        verified(&temp);
    }
}

fn verified(temp: &TempDb) {
    let path = temp.folder.path().join("export");
    for format in Format::ALL {
        std::fs::write(&path, bytes(temp, &[("from", "2022")], format, true)).unwrap();
        let verdict = verify(&path, Some(temp.db.path()), &KNOWN).unwrap();
        assert_eq!((verdict.wrong.as_slice(), verdict.holds.len()), (&[][..], 2), "{format:?}");
    }
    let other = document("b.txt", "Two", &["2023-04-20; other; Gao"]);
    temp.import(&other);
    assert_eq!(verify(&path, Some(temp.db.path()), &KNOWN).unwrap().wrong.len(), 1);
}
