//! What `data/` holds, as a whole: the files agree with each other and with their promises.

use mali_timeline::knowledge::Knowledge;
use mali_timeline::knowledge::actors::ActorKind;
use mali_timeline::knowledge::files::Files;
use mali_timeline::knowledge::gazetteer::PlaceKind;
use mali_timeline::model::date::PartialDate;
use mali_timeline::model::slug::fold;
use mali_timeline::model::source::SourceKind;
use std::collections::{BTreeMap, BTreeSet};

/// The front matter and the body of a digest.
fn digest(text: &str) -> (BTreeMap<&str, &str>, &str) {
    let rest = text.strip_prefix("---\n").expect("front matter");
    let (head, body) = rest.split_once("\n---\n").expect("its end");
    let keys = head.lines().map(|line| line.split_once(": ").expect("key: value")).collect();
    (keys, body)
}

#[test]
fn every_digest_names_its_original() {
    let sources = Files::embedded().sources();
    assert_eq!(sources.len(), 5);
    for (name, text) in &sources {
        let (head, body) = digest(text);
        for key in [
            "title", "publisher", "language", "licence", "original_title", "original_publisher",
            "original_licence",
        ] {
            assert!(head.contains_key(key), "{name}: {key}");
        }
        assert_eq!(head["kind"].parse(), Ok(SourceKind::Digest), "{name}");
        assert_eq!(head["licence"], "CC0-1.0", "{name}");
        if let Some(day) = head.get("published") {
            assert!(day.parse::<PartialDate>().is_ok(), "{name}: {day}");
        }
        assert!(head.get("url").is_none_or(|u| u.starts_with("https://")));
        assert!(body.split_whitespace().count() > 150, "{name} tells little");
    }
}

#[test]
fn every_digest_dates_what_it_tells() {
    // One paragraph at least has a full date, and no date stands without its year.
    let months = "January February March April May June July August September October \
                  November December";
    for (name, text) in Files::embedded().sources() {
        let (_, body) = digest(&text);
        let words: Vec<_> = body.split_whitespace().collect();
        let mut dates = 0;
        for pair in words.windows(3) {
            let day = pair[0].parse::<u8>().is_ok_and(|d| d <= 31);
            if day && months.contains(pair[1]) && pair[1].len() > 2 {
                let year = pair[2].trim_end_matches([',', '.', ':', ';', ')']);
                assert!(year.parse::<u16>().is_ok(), "{name}: {pair:?}");
                dates += 1;
            }
        }
        assert!(dates >= 2, "{name} has {dates} full dates");
    }
}

#[test]
fn tables_say_what_they_are_and_where_from() {
    let files = Files::embedded();
    for name in [
        "actors.toml", "victims.toml", "countries.toml", "regions.toml", "places.csv",
        "cercles.csv",
    ] {
        let text = files.text(name).expect("embedded");
        assert!(text.starts_with("# "), "{name} has no header comment");
    }
    let places = files.text("places.csv").expect("embedded");
    assert!(places.contains("GeoNames") && places.contains("CC BY 4.0"));
    let cercles = files.text("cercles.csv").expect("embedded");
    assert!(cercles.contains("COD-AB Mali v03") && cercles.contains("CC BY-IGO"));
}

#[test]
fn every_cercle_has_a_seat_and_a_region_that_exists() {
    let known = Knowledge::embedded();
    let cercles = known.regions.cercles();
    assert_eq!(cercles.len(), 160, "159 and Bamako");
    for c in cercles {
        assert!(known.regions.get(&c.region_2023).is_some(), "{}", c.name);
        assert!(known.regions.get(&c.region_pre2012).is_some(), "{}", c.name);
        let seat = c.name.split(" (").next().unwrap_or(&c.name);
        assert!(!known.gazetteer.named(seat).is_empty(), "{}", c.name);
        // One spelling everywhere.
        for name in [&c.region_2023, &c.region_pre2012] {
            let region = known.regions.get(name).expect("checked above");
            assert!([&region.fr, &region.en].contains(&name), "{name}");
        }
    }
    let old: BTreeSet<_> =
        cercles.iter().map(|c| c.cercle_pre2012.as_str()).filter(|c| !c.is_empty()).collect();
    assert_eq!(old.len(), 50, "49 cercles and Bamako: {old:?}");
    let folded: BTreeSet<_> = old.iter().map(|c| fold(c)).collect();
    assert_eq!(folded.len(), old.len(), "a cercle in two spellings");
}

#[test]
fn every_region_has_places_and_every_kind_has_actors() {
    let known = Knowledge::embedded();
    for region in known.regions.iter() {
        let found = known
            .gazetteer
            .iter()
            .filter_map(|p| p.regions.as_ref())
            .any(|h| h.from_2023 == region.slug || h.before_2016 == region.slug);
        assert!(found, "no place in {}", region.slug);
    }
    for kind in [
        ActorKind::StateForces,
        ActorKind::ForeignForces,
        ActorKind::PrivateMilitaryCompany,
        ActorKind::Jihadist,
        ActorKind::Separatist,
        ActorKind::SelfDefenceMilitia,
        ActorKind::UnitedNations,
        ActorKind::Speaker,
        ActorKind::Unknown,
    ] {
        assert!(known.actors.iter().any(|a| a.kind == kind), "{kind:?}");
    }
}

#[test]
fn who_fights_has_members_to_count_and_who_speaks_has_none() {
    let known = Knowledge::embedded();
    for a in known.actors.iter() {
        let speaks = a.kind == ActorKind::Speaker;
        assert_eq!(a.members.is_none(), speaks, "{}", a.slug);
        if let Some(forces) = &a.forces {
            let forces = known.actors.get(forces).expect("the loader checked it");
            assert!(speaks && forces.kind != ActorKind::Speaker, "{}", a.slug);
        }
        if let Some(iso) = a.country.as_deref() {
            assert!(known.countries.get(iso).is_some(), "{}: {iso}", a.slug);
        }
    }
}

#[test]
fn places_abroad_lie_in_known_countries() {
    let known = Knowledge::embedded();
    for p in known.gazetteer.iter().filter(|p| p.kind == PlaceKind::Abroad) {
        let iso = p.country.as_deref().expect("the loader checked it");
        assert!(known.countries.get(iso).is_some(), "{}: {iso}", p.name);
        assert!(known.countries.named(&p.name).is_none(), "{}", p.name);
    }
}

/// Every cercle of 2023 against the table that was given, where it is at hand.
#[test]
fn cercles_lie_where_the_reform_put_them() {
    let path = std::path::Path::new("../shared/geo/cercles_2023.csv");
    let Ok(file) = std::fs::File::open(path) else {
        println!("{}: not here, not tested", path.display());
        return;
    };
    let known = Knowledge::embedded();
    let regions = &known.regions;
    let mut rows = 0;
    for row in csv::Reader::from_reader(file).records() {
        let row = row.unwrap();
        let [new, name, old, _, _, pcode] = [0, 1, 2, 3, 4, 5].map(|i| row[i].to_owned());
        let slug = |name: &str| regions.get(name).unwrap_or_else(|| panic!("{name}")).slug.clone();
        let history = regions.history(&name).unwrap_or_else(|| panic!("no cercle {name}"));
        assert_eq!(
            (&history.before_2016, &history.from_2023),
            (&slug(&old), &slug(&new)),
            "{name}"
        );
        let mut cercles =
            regions.cercles().iter().filter(|c| (&c.name, &c.region_2023) == (&name, &new));
        assert_eq!(cercles.next().map(|c| &c.pcode_cod_v03), Some(&pcode), "{name}");
        if !pcode.is_empty() {
            assert_eq!(regions.pcode_cod_v03(&slug(&new)), pcode.get(..4), "{new}");
        }
        rows += 1;
    }
    assert_eq!(rows, 159);
    // Names in both languages, common spellings, and what datasets write.
    for (name, slug) in [
        ("Timbuktu", "tombouctou"),
        ("Tombouctou", "tombouctou"),
        ("Segou", "segou"),
        ("Ségou", "segou"),
        ("Menaka", "menaka"),
        ("Taoudenni", "taoudenit"),
        ("Dioila", "dioila"),
    ] {
        assert_eq!(regions.get(name).map(|r| r.slug.as_str()), Some(slug), "{name}");
    }
}
