//! Whole pages in the shapes of common sites: a newspaper on a blogging system, an encyclopedia
//! in its present skin, a statement of an organisation, a page for phones, a blog, a page behind
//! a paywall, a page laid out with tables in Windows-1252. All of them tell the same story among
//! menus, consent, comments and teasers of another one.

use super::{assert_story, fixture, parse};
use mali_timeline::model::document::ParsedDocument;
use mali_timeline::model::source::Lang;

fn page(name: &str) -> ParsedDocument {
    parse(name, &fixture(&format!("pages/{name}.html"))).unwrap()
}

/// What stands around the story.
const SITE: [&str; 16] = [
    "Moura", "cookies", "Accueil", "cinquante", "fifty", "Articles similaires", "Partager",
    "Tous droits", "Publicité", "Radio Essai", "Subscribe", "Archive", "Latest", "Skip to",
    "consent", "Lire aussi",
];

#[test]
fn a_page_is_its_story_without_the_site() {
    for (name, lang, title, publisher, day) in [
        (
            "newspaper-fr",
            Lang::Fr,
            "Mali : un poste de l'armée attaqué à Dia",
            Some("Le Courrier d'essai"),
            Some("2022-04-26"),
        ),
        (
            "statement",
            Lang::En,
            "Security Council Press Statement on Attack in Mali",
            Some("Meetings Coverage and Press Releases"),
            Some("2022-04-26"),
        ),
        (
            "amp",
            Lang::Fr,
            "Mali: un poste de l'armée attaqué à Dia",
            Some("Radio Essai"),
            Some("2022-04-26"),
        ),
        ("blog", Lang::En, "Gunmen attack army post in Dia", None, Some("2022-04-26")),
        ("paywall", Lang::En, "Gunmen attack army post in Dia", None, Some("2022-04-26")),
        (
            "old",
            Lang::Fr,
            "Mali : un poste de l'armée attaqué à Dia",
            None,
            // The day of its dateline.
            Some("2022-04-26"),
        ),
    ] {
        let doc = page(name);
        let meta = &doc.meta;
        assert_eq!((meta.title.as_str(), meta.lang), (title, lang), "{name}");
        assert_eq!(meta.publisher.as_deref(), publisher, "{name}");
        assert_eq!(meta.published.map(|d| d.to_string()).as_deref(), day, "{name}\n{}", doc.text);
        for absent in SITE {
            assert!(!doc.text.contains(absent), "{absent} in {name}:\n{}", doc.text);
        }
        assert_eq!(doc.drafts.len(), 1, "{name}");
        assert_story(&doc);
    }
}

#[test]
fn an_encyclopedia_page_has_its_infobox_and_tables_and_no_references() {
    let doc = page("encyclopedia");
    assert_eq!(
        doc.text,
        "= Dia raid =\n\nInfobox\n- Date: 10 January 2023\n- Location: Dia, Mopti Region, Mali\n\
         - Combatant1: Mali\n- Combatant2: JNIM\n- Combatant2: Katiba Macina\n\
         - Casualties1: 14 killed, 11 wounded (per Mali)[1]\n- Casualties2: Unknown\n\n\
         The Dia raid took place on 10 January 2023, when jihadists from Katiba Macina attacked \
         an army post in Dia, Mali.[2]\n\n== Aftermath ==\n\n\
         On January 11, Malian officials stated that fourteen soldiers were killed and eleven \
         were wounded.\n\nClaims\nWho | Soldiers killed\nMali | 14\nKatiba Macina | 20\n"
    );
    assert_eq!(doc.meta.publisher.as_deref(), Some("Wikipedia"));
    assert_eq!(doc.meta.licence.as_deref(), Some("CC BY-SA 4.0"));
    // The day on which the page was begun dates nothing.
    assert_eq!(doc.meta.published, None);
}

#[test]
fn words_written_from_right_to_left_stay_where_they_are() {
    let doc = page("paywall");
    assert!(
        doc.text.contains("\n\nقتل أربعة عشر جنديا في هجوم على موقع للجيش في ديا\n"),
        "{}",
        doc.text
    );
}
