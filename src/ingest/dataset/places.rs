//! Where, as datasets say it: a name, the areas in which it lies, a point, and how exact.

use super::mojibake;
use super::row::{Column, Row};
use crate::knowledge::Knowledge;
use crate::knowledge::gazetteer::{self, GazetteerPlace};
use crate::knowledge::regions::RegionHistory;
use crate::model::incident::{Place, PlacePrecision};
use crate::model::slug::{fold, id_of, slug};
use jiff::civil::Date;
use std::collections::HashMap;
use std::rc::Rc;

/// Two records of one place, in kilometres.
const SAME_PLACE_KM: f64 = 30.0;

/// Beyond so many different areas what was found is forgotten.
const MOST_AREAS: usize = 10_000;

/// ISO 3166's code for a country that has none: one that `countries.toml` does not name.
const UNKNOWN_COUNTRY: &str = "ZZ";

/// What a row says of where it happened.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Where<'r> {
    /// Name of the place.
    pub name: &'r str,
    /// Region, as named on the maps of the dataset.
    pub region: &'r str,
    /// Cercle.
    pub cercle: &'r str,
    /// Country, by name; empty for Mali.
    pub country: &'r str,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
}

/// Region and cercle as they are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Area {
    /// Cercle without the word.
    cercle: Option<String>,
    /// Slug of the region that the dataset names.
    region: Option<String>,
    /// Through time, from the cercle.
    history: Option<RegionHistory>,
    /// Region of today of all that lay in the region before 2016, and before 2023; none where
    /// it was divided.
    today: [Option<String>; 2],
}

/// Looks places up, and remembers areas.
pub(super) struct Places<'k> {
    known: &'k Knowledge,
    areas: HashMap<(String, String), Rc<Area>>,
}

/// Words that datasets write behind the name of an area or place.
const SORTS: [&str; 12] = [
    " cercle", " region", " town", " village", " city", " district", " commune", " area", " camp",
    " municipality", " arrondissement", " province",
];

/// A name without the word for what it is: "Niono cercle".
pub(super) fn without_sort(name: &str) -> &str {
    let name = name.trim();
    let cut = SORTS.iter().find_map(|sort| {
        let at = name.len().checked_sub(sort.len()).filter(|at| *at > 0)?;
        let ending = name.get(at..)?;
        ending.eq_ignore_ascii_case(sort).then(|| &name[..at])
    });
    cut.unwrap_or(name)
}

impl<'k> Places<'k> {
    pub fn new(known: &'k Knowledge) -> Self {
        Self { known, areas: HashMap::new() }
    }

    /// The place that a cell of a row names, on `day`; none when it has no name. A point stands
    /// only with a place that is exact or near: that of an area is the middle of something.
    /// Where several places have the name and nothing tells which is meant, the row leaves it
    /// open.
    pub fn place(
        &mut self,
        at: Where<'_>,
        precision: PlacePrecision,
        day: Option<Date>,
        (row, column): (&Row<'_>, Column),
    ) -> Option<Place> {
        let name = mojibake::repaired(without_sort(at.name));
        let id = id_of("place", &name);
        if id.is_empty() {
            return None;
        }
        let mut place = Place {
            id,
            name: name.into_owned(),
            region_then: None,
            region_now: None,
            cercle: None,
            country: self.country(at.country),
            lat: None,
            lon: None,
            precision,
            passage: row.passage(column),
        };
        if matches!(precision, PlacePrecision::Exact | PlacePrecision::Near) {
            (place.lat, place.lon) = (at.point.map(|p| p.0), at.point.map(|p| p.1));
            if at.point.is_none() {
                place.precision = PlacePrecision::Unknown;
            }
        }
        if place.country.is_none() {
            let homonyms = self.inside(&mut place, at, day);
            if !homonyms.is_empty() {
                let wanted =
                    "a region, cercle or point that tells which of several places is meant";
                let which = gazetteer::homonyms(&homonyms);
                row.leave_open(column, &format!("{wanted} ({which})"));
            }
        }
        Some(place)
    }

    /// Regions, cercle and id of a place in Mali. Gives the places of its name where nothing
    /// tells which of them it is.
    fn inside(
        &mut self,
        place: &mut Place,
        at: Where<'_>,
        day: Option<Date>,
    ) -> Vec<&'k GazetteerPlace> {
        let mut homonyms = Vec::new();
        let area = self.area(at.region, at.cercle);
        let mut history = area.history.clone();
        match place.precision {
            PlacePrecision::Region => {
                if let Some(region) = self.known.regions.get(&place.name) {
                    place.id.clone_from(&region.slug);
                }
            }
            PlacePrecision::Cercle => {}
            _ => {
                let found = self.choose(&place.name, at.point, &area).unwrap_or_else(|several| {
                    homonyms = several;
                    None
                });
                history = history.or_else(|| found.and_then(|f| f.regions.clone()));
                match found {
                    Some(found) => place.id.clone_from(&found.slug),
                    // Another place of a known name is told apart by where it lies.
                    None if !self.known.gazetteer.named(&place.name).is_empty() => {
                        let lies = area.cercle.as_deref().or(area.region.as_deref());
                        place.id = slug(&format!("{} {}", place.name, lies.unwrap_or("mali")));
                    }
                    None => {}
                }
            }
        }
        place.cercle.clone_from(&area.cercle);
        if place.precision == PlacePrecision::Cercle && place.cercle.is_none() {
            history = self.known.regions.history(&place.name);
            place.cercle = Some(place.name.clone());
        }
        match history {
            Some(history) => {
                place.region_then = Some(self.known.regions.on(&history, day).to_owned());
                place.region_now = Some(history.from_2023);
            }
            // A region of the map of before 2023 that was divided: today's is not known.
            None => {
                place.region_then.clone_from(&area.region);
                let early = day.is_none_or(|day| day < self.known.regions.stage_2016());
                place.region_now.clone_from(&area.today[usize::from(!early)]);
            }
        }
        homonyms
    }

    /// The region of today of all that lay in a region of the map of before 2016, or of that
    /// of before 2023; none when it was divided since.
    fn today(&self, region: &str) -> [Option<String>; 2] {
        let regions = &self.known.regions;
        let all: Vec<_> = regions
            .cercles()
            .iter()
            .map(|c| regions.history_of(&c.region_pre2012, &c.cercle_pre2012, &c.region_2023))
            .collect();
        let then: [fn(&RegionHistory) -> &str; 2] = [|h| &h.before_2016, |h| &h.from_2016];
        then.map(|on_the_map| {
            let mut now = all.iter().filter(|h| on_the_map(h) == region).map(|h| &h.from_2023);
            match now.next() {
                // Not on that map: it is one of today's.
                None => Some(region.to_owned()),
                Some(first) => now.all(|other| other == first).then(|| first.clone()),
            }
        })
    }

    /// The known place of this name that lies where the row says: in its cercle or region, or
    /// close to its point. None where it lies elsewhere, or has a point to which several are
    /// close.
    ///
    /// # Errors
    /// The places of the name that lie there, when there are several and the row has no point.
    fn choose(
        &self,
        name: &str,
        point: Option<(f64, f64)>,
        area: &Area,
    ) -> Result<Option<&'k GazetteerPlace>, Vec<&'k GazetteerPlace>> {
        let named = self.known.gazetteer.named(name);
        let close = |p: &&GazetteerPlace| {
            let (Some(here), Some(there)) = (point, p.lat.zip(p.lon)) else {
                return false;
            };
            km(here, there) <= SAME_PLACE_KM
        };
        let close: Vec<_> = named.iter().copied().filter(|p| close(p)).collect();
        if let [only] = close[..] {
            return Ok(Some(only));
        }
        let near = if close.is_empty() { &named } else { &close };
        // What lies elsewhere by its coordinates is another place, whatever its cercle.
        let may_be = |p: &&&GazetteerPlace| point.is_none() || p.lat.is_none() || !close.is_empty();
        let fits: Vec<_> =
            near.iter().filter(may_be).filter(|p| lies_in(p, area)).copied().collect();
        match fits[..] {
            [only] => Ok(Some(only)),
            [_, _, ..] if point.is_none() => Err(fits),
            _ => Ok(None),
        }
    }

    fn area(&mut self, region: &str, cercle: &str) -> Rc<Area> {
        let key = (region.to_owned(), cercle.to_owned());
        if let Some(area) = self.areas.get(&key) {
            return Rc::clone(area);
        }
        if self.areas.len() >= MOST_AREAS {
            self.areas.clear();
        }
        let regions = &self.known.regions;
        let region = mojibake::repaired(without_sort(region));
        let cercle = mojibake::repaired(without_sort(cercle));
        let history = regions.history(&cercle);
        let region = regions.get(&region).map(|r| r.slug.clone());
        let area = Rc::new(Area {
            cercle: Some(cercle.into_owned()).filter(|c| !c.is_empty()),
            today: region.as_deref().map_or([None, None], |region| self.today(region)),
            region,
            history,
        });
        self.areas.insert(key, Rc::clone(&area));
        area
    }

    /// Code of a country that is not Mali.
    fn country(&self, name: &str) -> Option<String> {
        if name.is_empty() || is_mali(name) {
            return None;
        }
        let countries = &self.known.countries;
        let bare = name.split('(').next().unwrap_or(name);
        let found = countries.named(name).or_else(|| countries.named(bare));
        Some(found.map_or(UNKNOWN_COUNTRY, |c| c.iso.as_str()).to_owned())
    }
}

/// Whether a cell means Mali: its name, or a code of it (ISO 3166, Gleditsch and Ward).
pub(super) fn is_mali(cell: &str) -> bool {
    ["Mali", "ML", "MLI", "466", "432"].iter().any(|name| cell.eq_ignore_ascii_case(name))
}

fn lies_in(place: &GazetteerPlace, area: &Area) -> bool {
    if let Some(cercle) = &area.cercle {
        return fold(&place.cercle) == fold(cercle);
    }
    match (&area.region, &place.regions) {
        (Some(region), Some(history)) => {
            [&history.before_2016, &history.from_2016, &history.from_2023].contains(&region)
        }
        (None, _) => place.country.is_none(),
        (Some(_), None) => false,
    }
}

/// Kilometres between two points near each other.
fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let north = (a.0 - b.0) * 111.2;
    let east = (a.1 - b.1) * 111.2 * ((a.0 + b.0) / 2.0).to_radians().cos();
    north.hypot(east)
}
