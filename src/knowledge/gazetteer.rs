//! Places by name, with coordinates and the cercle that gives their region.

mod loaded;

use super::files::{DataError, Files};
use super::regions::{RegionHistory, Regions};
use crate::model::slug::{fold, slug};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What sort of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// City, town or village.
    Town,
    /// Camp, base, airport, mosque or other site.
    Site,
    /// Cercle, named as such.
    Cercle,
    /// Mountains, forest, desert, river, or a part of the country.
    Area,
    /// Place outside Mali.
    Abroad,
}

/// A row of `places.csv`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    /// Other spellings, separated with `|`.
    aliases: String,
    kind: PlaceKind,
    /// Cercle of before 2012. For an area one of its cercles, when all have the same regions.
    cercle: String,
    /// Cercle of 2023, when it is another; gives the region of today.
    cercle_2023: String,
    /// ISO code of the country when it is not Mali.
    country: String,
    lat: Option<f64>,
    lon: Option<f64>,
    /// `word` for a name that is also a common word, or empty.
    #[serde(default)]
    context: String,
    /// Where the row is from.
    #[allow(dead_code, reason = "provenance for readers of the file")]
    source: String,
}

/// One known place.
#[derive(Debug, Clone)]
pub struct GazetteerPlace {
    /// Readable id; homonyms carry their cercle ("koro-koro", "koro-ansongo").
    pub slug: String,
    /// Usual name.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// What sort.
    pub kind: PlaceKind,
    /// Cercle of before 2012; empty for areas that lie in several.
    pub cercle: String,
    /// Its regions through time; none for areas that lie in several and places abroad.
    pub regions: Option<RegionHistory>,
    /// Slug of the region of before 2023, where no more is known than that; empty otherwise.
    pub old_region: String,
    /// Country (ISO 3166-1 alpha-2) outside Mali.
    pub country: Option<String>,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
    /// Whether the name is also a common word, a surname or part of other names ("San",
    /// "Macina", "Diré"): it names the place only with a capital and after a place word.
    pub needs_context: bool,
}

/// Every known place.
#[derive(Debug)]
pub struct Gazetteer {
    places: Vec<GazetteerPlace>,
    by_name: FxHashMap<String, Vec<usize>>,
    by_slug: FxHashMap<String, usize>,
}

impl Gazetteer {
    /// Reads `places.csv`, and adds the seats of the cercles that it lacks.
    pub(super) fn load(files: &Files, regions: &Regions) -> Result<Self, DataError> {
        let rows = files.csv::<Row>("places.csv")?;
        let mut gazetteer = Self {
            places: Vec::new(),
            by_name: FxHashMap::default(),
            by_slug: FxHashMap::default(),
        };
        let error = |problem| DataError { name: "places.csv".to_owned(), problem };
        for (line, row) in rows {
            place_of(row, regions)
                .and_then(|place| gazetteer.add(place))
                .map_err(|problem| error(format!("line {line}: {problem}")))?;
        }
        for c in regions.cercles() {
            let regions = regions.history_of(&c.region_pre2012, &c.cercle_pre2012, &c.region_2023);
            let known = gazetteer.by_name.get(&fold(&c.name)).is_some_and(|all| {
                all.iter().any(|&i| gazetteer.places[i].regions.as_ref() == Some(&regions))
            });
            if !known {
                let seat = GazetteerPlace {
                    slug: slug(&c.name),
                    name: c.name.clone(),
                    aliases: Vec::new(),
                    kind: PlaceKind::Town,
                    cercle: c.cercle_pre2012.clone(),
                    regions: Some(regions),
                    old_region: String::new(),
                    country: None,
                    lat: c.lat,
                    lon: c.lon,
                    needs_context: false,
                };
                gazetteer.add(seat).map_err(error)?;
            }
        }
        Ok(gazetteer)
    }

    fn add(&mut self, mut place: GazetteerPlace) -> Result<(), String> {
        let twin = |&i: &usize| {
            let other = &self.places[i];
            fold(&other.name) == fold(&place.name)
                && (&other.cercle, &other.country) == (&place.cercle, &place.country)
        };
        let homonyms = self.by_name.get(&fold(&place.name));
        if homonyms.is_some_and(|all| all.iter().any(twin)) {
            return Err(format!("{} ({}) stands twice", place.name, place.cercle));
        }
        if self.by_slug.contains_key(&place.slug) {
            let whose = place.country.as_deref().unwrap_or(&place.cercle);
            place.slug = slug(&format!("{} {whose}", place.name));
        }
        if self.by_slug.contains_key(&place.slug) {
            return Err(format!("{}: no slug left for it", place.name));
        }
        self.push(place);
        Ok(())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Every place.
    pub fn iter(&self) -> impl Iterator<Item = &GazetteerPlace> {
        self.places.iter()
    }

    /// Every place of this name or spelling, case and accents ignored. More than one:
    /// homonyms, to be told apart by cercle or region.
    pub fn named(&self, name: &str) -> Vec<&GazetteerPlace> {
        let all = self.by_name.get(&fold(name)).map_or(&[][..], Vec::as_slice);
        all.iter().map(|&i| &self.places[i]).collect()
    }

    /// The place of this slug.
    pub fn get(&self, slug: &str) -> Option<&GazetteerPlace> {
        self.by_slug.get(slug).map(|&i| &self.places[i])
    }
}

fn place_of(row: Row, regions: &Regions) -> Result<GazetteerPlace, String> {
    let inside = row.country.is_empty();
    if (row.kind == PlaceKind::Abroad) == inside || !(inside || row.cercle.is_empty()) {
        return Err(format!("{}: kind, cercle and country do not agree", row.name));
    }
    if !matches!(row.context.as_str(), "" | "word") {
        return Err(format!("{}: no context {:?}", row.name, row.context));
    }
    let history = match (row.cercle.as_str(), row.cercle_2023.as_str()) {
        ("", _) => None,
        (old, "") => {
            Some(regions.history(old).ok_or_else(|| format!("{}: no cercle {old:?}", row.name))?)
        }
        (old, new) => {
            let new = regions
                .cercles()
                .iter()
                .find(|c| fold(&c.name) == fold(new))
                .ok_or_else(|| format!("{}: no cercle {new:?} of 2023", row.name))?;
            let region_old = regions
                .cercles()
                .iter()
                .find(|c| fold(&c.cercle_pre2012) == fold(old))
                .ok_or_else(|| format!("{}: no cercle {old:?} of before 2012", row.name))?;
            Some(regions.history_of(&region_old.region_pre2012, old, &new.region_2023))
        }
    };
    Ok(GazetteerPlace {
        slug: slug(&row.name),
        name: row.name,
        aliases: row.aliases.split('|').filter(|a| !a.is_empty()).map(str::to_owned).collect(),
        kind: row.kind,
        cercle: row.cercle,
        regions: history,
        old_region: String::new(),
        country: Some(row.country).filter(|c| !c.is_empty()),
        lat: row.lat,
        lon: row.lon,
        needs_context: row.context == "word",
    })
}

/// Homonyms that are listed in a problem, at most.
const LISTED: usize = 6;

/// Places of one name, each with its cercle or country: "Koro (Ansongo), Koro (Koro)".
pub fn homonyms(all: &[&GazetteerPlace]) -> String {
    let whose = |p: &&GazetteerPlace| match (&p.country, p.cercle.is_empty()) {
        (Some(country), _) => format!("{} ({country})", p.name),
        (None, false) => format!("{} ({})", p.name, p.cercle),
        (None, true) => p.name.clone(),
    };
    let mut names: Vec<String> = all.iter().take(LISTED).map(whose).collect();
    if all.len() > LISTED {
        names.push("…".to_owned());
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};
    use std::sync::LazyLock;

    /// Read once: folding a thousand names takes a moment in a debug build.
    fn known() -> &'static (Regions, Gazetteer) {
        static KNOWN: LazyLock<(Regions, Gazetteer)> = LazyLock::new(|| {
            let files = Files::embedded();
            let regions = Regions::load(&files).expect("the embedded files are whole");
            let gazetteer = Gazetteer::load(&files, &regions).expect("the file is whole");
            (regions, gazetteer)
        });
        &KNOWN
    }

    fn region_on(name: &str, day: Option<Date>) -> Vec<String> {
        let (regions, gazetteer) = known();
        let all = gazetteer.named(name);
        let mut found: Vec<_> = all
            .iter()
            .filter_map(|p| p.regions.as_ref())
            .map(|h| regions.on(h, day).to_owned())
            .collect();
        found.sort();
        found
    }

    #[test]
    fn ok_region_of_the_day_and_of_today() {
        for (name, day, then, now) in [
            ("Hombori", date(2022, 4, 19), "mopti", "douentza"),
            ("Boulikessi", date(2019, 9, 30), "mopti", "douentza"),
            ("Ogossagou-Peul", date(2019, 3, 23), "mopti", "bandiagara"),
            ("Moura", date(2022, 3, 27), "mopti", "mopti"),
            ("Menaka", date(2010, 1, 1), "gao", "menaka"),
            ("Ménaka", date(2018, 4, 26), "menaka", "menaka"),
            ("Aklaz", date(2018, 4, 26), "menaka", "menaka"),
            ("Talataye", date(2022, 9, 6), "gao", "gao"),
            ("Niono", date(2022, 4, 24), "segou", "segou"),
            ("Koumara", date(2023, 1, 10), "segou", "segou"),
            ("San", date(2022, 1, 1), "segou", "san"),
            ("Lerneb", date(2025, 3, 16), "tombouctou", "tombouctou"),
            ("Gossi", date(2022, 4, 20), "tombouctou", "tombouctou"),
            ("Araouane", date(2012, 1, 1), "tombouctou", "taoudenit"),
            ("Araouane", date(2019, 1, 1), "taoudenit", "taoudenit"),
            ("Tinzawaten", date(2024, 7, 27), "kidal", "kidal"),
            ("Kassela", date(2023, 1, 2), "koulikoro", "koulikoro"),
            ("Markacoungo", date(2023, 1, 2), "koulikoro", "dioila"),
            ("Ouelessebougou", date(2022, 1, 1), "koulikoro", "bougouni"),
            ("Bamako", date(2012, 3, 22), "bamako", "bamako"),
            ("Sénou", date(2024, 9, 17), "bamako", "bamako"),
            ("Radisson Blu", date(2015, 11, 20), "bamako", "bamako"),
            ("Koro", date(2018, 1, 1), "mopti", "bandiagara"),
            ("Adrar des Ifoghas", date(2013, 2, 22), "kidal", "kidal"),
        ] {
            assert_eq!(region_on(name, Some(day)), [then], "{name} on {day}");
            assert_eq!(region_on(name, None), [now], "{name} today");
        }
    }

    #[test]
    fn homonyms_stay_apart() {
        for (name, cercles) in [
            ("Bamba", vec!["Bourem", "Koro"]),
            ("Sokoura", vec!["Bankass", "Mopti"]),
            ("Dogo", vec!["Bougouni", "Youwarou"]),
            ("Faladié", vec!["Bamako", "Kati"]),
            ("Hombori", vec!["Douentza"]),
        ] {
            let (_, gazetteer) = known();
            let mut found: Vec<_> = gazetteer.named(name).iter().map(|p| &p.cercle).collect();
            found.sort();
            assert_eq!(found, cercles.iter().collect::<Vec<_>>(), "{name}");
        }
    }

    #[test]
    fn places_abroad_and_wide_areas_have_no_region() {
        let (_, gazetteer) = known();
        for name in ["northern Mali", "nord du Mali", "Inner Niger Delta", "Inates", "Djibo"] {
            let [place] = gazetteer.named(name)[..] else { panic!("{name}") };
            assert_eq!(place.regions, None, "{name}");
        }
        assert_eq!(gazetteer.named("Inates")[0].country.as_deref(), Some("NE"));
    }

    #[test]
    fn every_place_is_in_order() {
        let (regions, gazetteer) = known();
        assert!(gazetteer.iter().count() > 1100);
        for p in gazetteer.iter() {
            assert!(!p.name.trim().is_empty() && p.name.trim() == p.name);
            assert_eq!(gazetteer.get(&p.slug).map(|q| &q.name), Some(&p.name));
            for name in p.aliases.iter().chain([&p.name]) {
                assert!(gazetteer.named(name).iter().any(|q| q.slug == p.slug), "{name}");
            }
            assert_eq!(p.lat.is_some(), p.lon.is_some(), "{}", p.name);
            if let (Some(lat), Some(lon), None) = (p.lat, p.lon, &p.country) {
                assert!((10.1..=25.1).contains(&lat) && (-12.3..=4.3).contains(&lon));
            }
            assert!(p.kind != PlaceKind::Town || p.regions.is_some(), "{}", p.name);
            if let Some(h) = &p.regions {
                for slug in [&h.before_2016, &h.from_2016, &h.from_2023] {
                    assert!(regions.get(slug).is_some(), "{}: {slug}", p.name);
                }
            }
        }
        for name in ["San", "Bla", "Macina", "Diré", "Dia", "Kati", "Boni"] {
            assert!(gazetteer.named(name).iter().all(|p| p.needs_context), "{name}");
        }
        assert!(!gazetteer.named("Gao")[0].needs_context);
    }

    #[test]
    fn err_rows() {
        let header = "name,aliases,kind,cercle,cercle_2023,country,lat,lon,context,source\n";
        for (row, expected) in [
            ("X,,town,Nowhere,,,,,,", "places.csv: line 2: X: no cercle \"Nowhere\""),
            ("X,,town,Gao,Nowhere,,,,,", "places.csv: line 2: X: no cercle \"Nowhere\" of 2023"),
            ("X,,abroad,,,,,,,", "places.csv: line 2: X: kind, cercle and country do not agree"),
            ("X,,town,Gao,,,,,maybe,", "places.csv: line 2: X: no context \"maybe\""),
            ("X,,town,Gao,,,,,,\nX,,site,Gao,,,,,,", "places.csv: line 3: X (Gao) stands twice"),
        ] {
            let dir = tempfile::tempdir().expect("a folder");
            std::fs::write(dir.path().join("places.csv"), format!("{header}{row}\n"))
                .expect("a file");
            let files = Files::with_folder(dir.path().to_owned());
            let regions = Regions::load(&files).expect("embedded regions");
            let error = Gazetteer::load(&files, &regions).expect_err("a problem");
            assert_eq!(error.to_string(), expected);
        }
    }
}
