//! The map as SVG: outlines of regions, and a sign for each place whose size says how many
//! incidents are told of it and whose shape says how exactly it is known.

use super::Canvas;
use crate::knowledge::outlines::{Outline, Point};
use crate::model::filter::{Dimension, Filter};
use crate::model::incident::{CERCLE, PlacePrecision, REGION};
use crate::model::slug::fold;
use crate::store::place::PlaceCount;
use std::collections::BTreeSet;

/// Width of the drawing, in its own units.
const WIDTH: f64 = 1000.0;

/// A degree of longitude in degrees of latitude, in the middle of the country (17.5° N).
const SQUEEZE: f64 = 0.953_7;

/// Share of the drawing's width that is left free around what is shown.
const MARGIN: f64 = 0.03;

/// Lowest and highest ratio of height to width.
const RATIO: [f64; 2] = [0.62, 1.0];

/// Narrowest part of the country that is shown, in degrees.
const NARROWEST: f64 = 1.5;

/// Radius of the sign of one incident, and of the largest sign.
const RADIUS: [f64; 2] = [7.0, 36.0];

/// Radius of the area that stands for a cercle, in degrees of latitude (about 35 km).
const CERCLE_RADIUS: f64 = 0.32;

/// Sizes of letters, for phones and for wider screens: see the style sheet.
const LETTERS: [f64; 2] = [32.0, 17.0];

/// Most names of places, for phones and for wider screens.
const NAMED: [usize; 2] = [6, 30];

/// A region.
pub struct Region {
    /// Outline, as an SVG path.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub x: String,
    /// Where the name stands.
    pub y: String,
    /// The map narrowed to it, or widened again where it is.
    pub href: Option<String>,
    /// What the link does; its name where there is none.
    pub title: String,
    /// Whether it is too small for its name on a phone, unless the view is narrowed to it.
    pub small: bool,
    /// Whether the view is narrowed to it.
    pub chosen: bool,
    /// Whether incidents are told of it as a whole.
    pub whole: bool,
}

/// The sign of a place.
pub struct Sign {
    /// Middle.
    pub x: String,
    /// Middle.
    pub y: String,
    /// Radius.
    pub r: String,
    /// `exact`, `near` or `cercle`.
    pub class: &'static str,
    /// Name, number of incidents, and how exactly the place is known.
    pub title: String,
    /// The incident, or the list of them.
    pub href: Option<String>,
}

/// The name of a place beside its sign.
pub struct Name {
    /// Where it stands.
    pub x: String,
    /// Where it stands.
    pub y: String,
    /// Middle of its sign.
    pub at_x: String,
    /// Middle of its sign.
    pub at_y: String,
    /// On which side of its sign it stands: `left`, `middle` (above or below), or empty for the
    /// right.
    pub anchor: &'static str,
    /// Whether phones show it too.
    pub major: bool,
    /// The name.
    pub text: String,
}

/// The map.
pub struct Drawing {
    /// Its height, where its width is 1000.
    pub height: String,
    /// Regions.
    pub regions: Vec<Region>,
    /// Signs, large ones first, so that small ones lie on top.
    pub signs: Vec<Sign>,
    /// Names.
    pub names: Vec<Name>,
}

/// How degrees become units of the drawing.
struct Frame {
    west: f64,
    north: f64,
    /// Units of the drawing in a degree of latitude.
    scale: f64,
    height: f64,
}

impl Frame {
    /// Shows all of these points.
    fn around(points: &[Point]) -> Option<Self> {
        let first = points.first()?;
        let (mut west, mut east, mut south, mut north) = (first[0], first[0], first[1], first[1]);
        for [lon, lat] in points {
            (west, east) = (west.min(*lon), east.max(*lon));
            (south, north) = (south.min(*lat), north.max(*lat));
        }
        let width = ((east - west) * SQUEEZE).max(NARROWEST);
        let height = (north - south).max(NARROWEST);
        // The wider of the two gives the scale; the other is filled up.
        let width = width.max(height / RATIO[1]) * (1.0 + 2.0 * MARGIN);
        let height = (height * (1.0 + 2.0 * MARGIN)).max(width * RATIO[0]);
        Some(Self {
            west: (west + east) / 2.0 - width / SQUEEZE / 2.0,
            north: (south + north) / 2.0 + height / 2.0,
            scale: WIDTH / width,
            height: height * WIDTH / width,
        })
    }

    fn place(&self, [lon, lat]: Point) -> (f64, f64) {
        ((lon - self.west) * SQUEEZE * self.scale, (self.north - lat) * self.scale)
    }

    fn shows(&self, (x, y): (f64, f64)) -> bool {
        (0.0..=WIDTH).contains(&x) && (0.0..=self.height).contains(&y)
    }
}

/// Where a place is drawn: places that are known by name only, or as a whole region, are not.
pub fn point(place: &PlaceCount, canvas: &Canvas) -> Option<Point> {
    let own = || Some([place.lon?, place.lat?]);
    match place.precision {
        PlacePrecision::Exact | PlacePrecision::Near => own(),
        PlacePrecision::Cercle => own().or_else(|| {
            let name = place.key.strip_suffix(CERCLE)?;
            let mut all = canvas.words.known().regions.cercles().iter();
            let cercle = all.find(|c| fold(&c.name).replace(' ', "-") == name)?;
            Some([cercle.lon?, cercle.lat?])
        }),
        PlacePrecision::Region | PlacePrecision::Unknown => None,
    }
}

/// The map of a view, with the keys of the places that it shows.
pub fn build(
    places: &[PlaceCount],
    filter: &Filter,
    canvas: &Canvas,
) -> Option<(Drawing, BTreeSet<String>)> {
    let outlines: Vec<&Outline> = canvas.words.known().outlines.iter().collect();
    let frame = frame(&outlines, places, filter, canvas)?;
    let whole = |region: &str| {
        let key = format!("{region}{REGION}");
        places.iter().find(|p| p.key == key)
    };
    let chosen = filter.chosen.get(&Dimension::Region);
    let regions = outlines
        .iter()
        .map(|o| {
            let is_chosen = chosen.is_some_and(|c| c.contains(&o.region));
            region(o, &frame, is_chosen, whole(&o.region), filter, canvas)
        })
        .collect();
    let mut shown: Vec<(&PlaceCount, (f64, f64))> = places
        .iter()
        .filter_map(|p| Some((p, frame.place(point(p, canvas)?))))
        .filter(|(_, at)| frame.shows(*at))
        .collect();
    shown.sort_by_key(|(p, _)| {
        (p.precision < PlacePrecision::Cercle, std::cmp::Reverse(p.incidents))
    });
    let most = shown.iter().map(|(p, _)| p.incidents).max().unwrap_or(1);
    let names = names(&shown, most, &frame, canvas);
    let drawn = shown.iter().map(|(p, _)| p.key.clone());
    let of_regions = outlines.iter().filter_map(|o| whole(&o.region)).map(|p| p.key.clone());
    let drawn = drawn.chain(of_regions).collect();
    let signs = shown.iter().map(|(place, at)| sign(place, *at, most, &frame, filter, canvas));
    let signs = signs.collect();
    Some((Drawing { height: number(frame.height), regions, signs, names }, drawn))
}

/// The chosen regions where they have outlines, otherwise the places found in them; the whole
/// country when no region is chosen.
fn frame(
    outlines: &[&Outline],
    places: &[PlaceCount],
    filter: &Filter,
    canvas: &Canvas,
) -> Option<Frame> {
    let country = || outlines.iter().flat_map(|o| o.rings.iter().flatten().copied());
    let points: Vec<Point> = match filter.chosen.get(&Dimension::Region) {
        None => country().collect(),
        Some(chosen) => {
            let found: Vec<_> =
                chosen.iter().map(|r| canvas.words.known().outlines.get(r)).collect();
            match found.iter().copied().collect::<Option<Vec<_>>>() {
                Some(all) => all.iter().flat_map(|o| o.rings.iter().flatten().copied()).collect(),
                None => {
                    let of_places: Vec<_> =
                        places.iter().filter_map(|p| point(p, canvas)).collect();
                    if of_places.is_empty() { country().collect() } else { of_places }
                }
            }
        }
    };
    Frame::around(&points)
}

fn region(
    outline: &Outline,
    frame: &Frame,
    chosen: bool,
    whole: Option<&PlaceCount>,
    filter: &Filter,
    canvas: &Canvas,
) -> Region {
    let m = canvas.words.messages();
    let mut path = String::new();
    for ring in &outline.rings {
        for (i, point) in ring[..ring.len() - 1].iter().enumerate() {
            let (x, y) = frame.place(*point);
            path.push(if i == 0 { 'M' } else { 'L' });
            path.push_str(&format!("{} {}", number(x), number(y)));
        }
        path.push('Z');
    }
    let (x, y) = frame.place(outline.label);
    let mut without = filter.clone();
    without.chosen.remove(&Dimension::Region);
    let name = canvas.words.region(&outline.region);
    let href = match chosen {
        true => canvas.links.map(&without),
        false => canvas.links.map(&without.toggled(Dimension::Region, &outline.region)),
    };
    let key = if chosen { "map-widen" } else { "map-narrow" };
    let mut title = match href {
        Some(_) => m.text_with(key, &[("region", name.as_str().into())]),
        None => name.clone(),
    };
    if let Some(place) = whole {
        let count = [("count", place.incidents.into())];
        title = format!("{title} — {}", m.text_with("map-whole-region", &count));
    }
    Region {
        path,
        x: number(x),
        y: number(y),
        href,
        small: outline.rings[0].len() < 20 && !chosen,
        title,
        name,
        chosen,
        whole: whole.is_some(),
    }
}

/// Areas grow as the numbers do.
fn radius(incidents: u64, most: u64) -> f64 {
    let share = incidents as f64 / most.max(1) as f64;
    if most <= 1 { RADIUS[0] * 1.3 } else { (RADIUS[1] * share.sqrt()).max(RADIUS[0]) }
}

fn sign(
    place: &PlaceCount,
    (x, y): (f64, f64),
    most: u64,
    frame: &Frame,
    filter: &Filter,
    canvas: &Canvas,
) -> Sign {
    let m = canvas.words.messages();
    let (class, r) = match place.precision {
        PlacePrecision::Exact => ("exact", radius(place.incidents, most)),
        PlacePrecision::Near => ("near", radius(place.incidents, most)),
        _ => ("cercle", CERCLE_RADIUS * frame.scale),
    };
    let values = [
        ("place", name_of(place, canvas).into()),
        ("count", place.incidents.into()),
        ("precision", m.text(&format!("map-precision-{}", place.precision.as_str())).into()),
    ];
    Sign {
        x: number(x),
        y: number(y),
        r: number(r),
        class,
        title: m.text_with("map-sign", &values),
        href: canvas.place(place, filter),
    }
}

/// Its usual name where the gazetteer has one, otherwise one that a source gives it.
pub fn name_of(place: &PlaceCount, canvas: &Canvas) -> String {
    let area =
        place.precision == PlacePrecision::Cercle || place.precision == PlacePrecision::Region;
    match area || canvas.words.known().gazetteer.get(&place.key).is_some() {
        true => canvas.words.place(&place.key),
        false => place.name.clone(),
    }
}

/// Names of the places with the most incidents, as far as there is room beside other names:
/// first those that phones show too, then the others.
fn names(
    shown: &[(&PlaceCount, (f64, f64))],
    most: u64,
    frame: &Frame,
    canvas: &Canvas,
) -> Vec<Name> {
    let mut by_number: Vec<_> =
        shown.iter().filter(|(p, _)| p.precision < PlacePrecision::Cercle).collect();
    by_number.sort_by_key(|(p, _)| (std::cmp::Reverse(p.incidents), p.key.as_str()));
    let mut names: Vec<Name> = Vec::new();
    let mut taken: Vec<[f64; 4]> = canvas
        .words
        .known()
        .outlines
        .iter()
        .map(|outline| {
            let (x, y) = frame.place(outline.label);
            let half =
                LETTERS[1] * 0.3 * canvas.words.region(&outline.region).chars().count() as f64;
            [x - half, y - LETTERS[1] / 2.0, x + half, y + LETTERS[1] / 2.0]
        })
        .collect();
    let signs: Vec<[f64; 4]> = by_number
        .iter()
        .map(|(place, (x, y))| {
            let r = 0.6 * radius(place.incidents, most);
            [x - r, y - r, x + r, y + r]
        })
        .collect();
    let mut named = BTreeSet::new();
    for (step, letters) in LETTERS.into_iter().enumerate() {
        for (rank, (place, middle)) in by_number.iter().enumerate() {
            // The first few are named even where their names cover other signs.
            let signs = if rank < NAMED[0] { &[][..] } else { &signs[..] };
            if names.len() >= NAMED[step] {
                break;
            }
            if named.contains(place.key.as_str()) {
                continue;
            }
            let text = name_of(place, canvas);
            let wide = letters * 0.56 * text.chars().count() as f64;
            let away = radius(place.incidents, most) + 4.0;
            let ((x, y), half) = (*middle, letters / 2.0);
            let sides = [
                ("", x + away, y, x + away),
                ("left", x - away, y, x - away - wide),
                ("middle", x, y + away + half, x - wide / 2.0),
                ("middle", x, y - away - half, x - wide / 2.0),
            ];
            let sides = sides.map(|(anchor, at_x, at_y, from)| {
                (anchor, at_x, at_y, [from, at_y - half, from + wide, at_y + half])
            });
            let free = |[x0, y0, x1, y1]: &[f64; 4]| {
                let inside = *x0 > 0.0 && *x1 < WIDTH && *y0 > 0.0 && *y1 < frame.height;
                let apart = |o: &[f64; 4]| *x1 < o[0] || *x0 > o[2] || *y1 < o[1] || *y0 > o[3];
                inside && taken.iter().chain(signs).all(apart)
            };
            let side = sides.into_iter().find(|(.., room)| free(room));
            if let Some((anchor, x, y, room)) = side {
                taken.push(room);
                named.insert(place.key.as_str());
                let (x, y) = (number(x), number(y));
                let (at_x, at_y) = (number(middle.0), number(middle.1));
                names.push(Name { x, y, at_x, at_y, anchor, major: step == 0, text });
            }
        }
    }
    names
}

/// With one decimal, as SVG takes it in every language.
fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_shows_its_points_and_keeps_its_shape() {
        for points in [
            vec![[-12.2, 10.1], [4.2, 25.0]],
            vec![[-3.0, 15.0]],
            vec![[-3.0, 10.0], [-3.0, 20.0]],
            vec![[-10.0, 14.0], [4.0, 14.1]],
        ] {
            let frame = Frame::around(&points).unwrap();
            for point in &points {
                assert!(frame.shows(frame.place(*point)), "{points:?}");
            }
            let ratio = frame.height / WIDTH;
            assert!((RATIO[0] - 0.001..=RATIO[1] + 0.001).contains(&ratio), "{points:?} {ratio}");
        }
        assert!(Frame::around(&[]).is_none());
    }

    #[test]
    fn north_is_up_and_east_is_right() {
        let frame = Frame::around(&[[-12.0, 10.0], [4.0, 25.0]]).unwrap();
        let (bamako, kidal) = (frame.place([-8.0, 12.6]), frame.place([1.4, 18.4]));
        assert!(kidal.0 > bamako.0 && kidal.1 < bamako.1);
    }

    #[test]
    fn areas_grow_as_numbers_do() {
        assert!((radius(100, 100) - RADIUS[1]).abs() < 0.001);
        assert!((radius(25, 100) * 2.0 - radius(100, 100)).abs() < 0.001);
        assert!((radius(1, 10_000) - RADIUS[0]).abs() < 0.001);
    }
}
