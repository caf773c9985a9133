//! Places that the user loaded, beside those that the program knows.

use super::{Gazetteer, GazetteerPlace, PlaceKind};
use crate::knowledge::regions::{RegionHistory, Regions};
use crate::model::gazetteer::NamedPlace;
use crate::model::slug::{fold, slug};
use std::collections::{HashMap, HashSet};

/// Two points of one name and cercle further apart than this, in degrees, are two villages of
/// which neither can be told from the other.
const APART: f64 = 0.05;

impl Gazetteer {
    /// Adds places under the names that are not taken: what the program knows wins over what
    /// was loaded, and what was loaded first over what comes later. Nobody has vetted these
    /// names, so each needs a place word beside it to be read as a place.
    pub(in crate::knowledge) fn add_loaded(&mut self, places: &[NamedPlace], regions: &Regions) {
        let known: HashSet<String> = self.by_name.keys().cloned().collect();
        // By name and cercle: one village, or several that nothing tells apart.
        let mut added: HashMap<(String, String, String), usize> = HashMap::new();
        for place in places {
            let name = fold(&place.name);
            if name.is_empty() || known.contains(&name) {
                continue;
            }
            let key = (name, fold(&place.cercle), place.region.clone());
            if let Some(&twin) = added.get(&key) {
                self.places[twin].meet(place);
                continue;
            }
            let free = |alias: &&String| {
                let alias = fold(alias);
                !alias.is_empty() && !known.contains(&alias)
            };
            let aliases = place.aliases.iter().filter(free).cloned().collect();
            added.insert(key, self.places.len());
            let regions_of = history(place, regions);
            self.push(GazetteerPlace {
                slug: self.free_slug(place),
                name: place.name.clone(),
                aliases,
                kind: PlaceKind::Town,
                cercle: place.cercle.clone(),
                old_region: if regions_of.is_some() { String::new() } else { place.region.clone() },
                regions: regions_of,
                country: None,
                lat: place.lat,
                lon: place.lon,
                needs_context: true,
            });
        }
    }

    fn free_slug(&self, place: &NamedPlace) -> String {
        let whose = match place.cercle.is_empty() {
            true => &place.region,
            false => &place.cercle,
        };
        let mut tried = vec![slug(&place.name), slug(&format!("{} {whose}", place.name))];
        for n in 2.. {
            if let Some(free) = tried.iter().find(|s| !self.by_slug.contains_key(*s)) {
                return free.clone();
            }
            tried = vec![slug(&format!("{} {whose} {n}", place.name))];
        }
        unreachable!("some number is free")
    }

    pub(super) fn push(&mut self, place: GazetteerPlace) {
        let i = self.places.len();
        self.by_slug.insert(place.slug.clone(), i);
        for name in std::iter::once(&place.name).chain(&place.aliases) {
            let homonyms = self.by_name.entry(fold(name)).or_default();
            if !homonyms.contains(&i) {
                homonyms.push(i);
            }
        }
        self.places.push(place);
    }
}

impl GazetteerPlace {
    /// Another of the same name and cercle: the point stays only if it is the same village's.
    fn meet(&mut self, other: &NamedPlace) {
        let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= APART,
            _ => false,
        };
        if !(near(self.lat, other.lat) && near(self.lon, other.lon)) {
            (self.lat, self.lon) = (None, None);
        }
    }
}

/// The regions of a place by its cercle; by its region alone only where all its cercles have
/// one history.
fn history(place: &NamedPlace, regions: &Regions) -> Option<RegionHistory> {
    if let Some(history) = regions.history(&place.cercle) {
        return Some(history);
    }
    let region = regions.get(&place.region)?;
    let mut found: Option<RegionHistory> = None;
    for cercle in regions.cercles() {
        let history =
            regions.history_of(&cercle.region_pre2012, &cercle.cercle_pre2012, &cercle.region_2023);
        let within = [&history.before_2016, &history.from_2016, &history.from_2023];
        if !within.contains(&&region.slug) {
            continue;
        }
        match &found {
            Some(other) if *other != history => return None,
            _ => found = Some(history),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::knowledge::Knowledge;
    use crate::model::gazetteer::NamedPlace;
    use jiff::civil::date;

    fn place(name: &str, cercle: &str, region: &str, lat: f64, lon: f64) -> NamedPlace {
        NamedPlace {
            name: name.to_owned(),
            aliases: vec![format!("{name} Kelou")],
            cercle: cercle.to_owned(),
            region: region.to_owned(),
            lat: Some(lat),
            lon: Some(lon),
        }
    }

    #[test]
    fn what_the_program_knows_wins_and_homonyms_stay_apart() {
        let mut known = Knowledge::embedded();
        let before = known.gazetteer.iter().count();
        known.add_places(&[
            place("Hombori", "Gao", "gao", 16.0, 0.0),
            place("Zanga", "Kati", "koulikoro", 12.7, -8.0),
            place("Zanga", "Gao", "gao", 16.2, -0.1),
            // Two villages of one cercle, which nothing tells apart.
            place("Toro", "Kita", "kayes", 13.0, -9.4),
            place("Toro", "Kita", "kayes", 12.5, -9.8),
            place("Ailleurs", "", "kidal", 19.0, 1.0),
            place("Nulle Part", "", "mopti", 14.6, -4.0),
        ]);
        let gazetteer = &known.gazetteer;
        assert_eq!(gazetteer.iter().count(), before + 5);
        let [hombori] = gazetteer.named("Hombori")[..] else { panic!("two of them") };
        assert_eq!(hombori.cercle, "Douentza");
        let cercles: Vec<_> = gazetteer.named("zanga kelou").iter().map(|p| &*p.cercle).collect();
        assert_eq!(cercles, ["Kati", "Gao"]);
        assert_eq!(gazetteer.get("zanga-gao").map(|p| &*p.cercle), Some("Gao"));
        let [toro] = gazetteer.named("Toro")[..] else { panic!("one entry for both") };
        assert_eq!((toro.lat, toro.needs_context), (None, true));
        let region = |name: &str| gazetteer.named(name)[0].regions.clone().map(|r| r.from_2023);
        assert_eq!(region("Ailleurs").as_deref(), Some("kidal"));
        // The cercles of Mopti lie in three regions today: by the region alone none is known.
        assert_eq!(region("Nulle Part"), None);
        assert_eq!(gazetteer.named("Nulle Part")[0].old_region, "mopti");
        let on = |region, day| known.regions.before_2023(region, Some(day));
        assert_eq!(on("mopti", date(2022, 1, 1)).as_deref(), Some("mopti"));
        assert_eq!(on("menaka", date(2014, 1, 1)).as_deref(), Some("gao"));
        assert_eq!(on("menaka", date(2018, 1, 1)).as_deref(), Some("menaka"));
        assert_eq!(on("mopti", date(2024, 1, 1)), None);
        assert_eq!(on("douentza", date(2022, 1, 1)), None, "there was none");
    }
}
