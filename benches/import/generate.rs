//! Writes rows in the layout of UCDP GED to standard output, made up from a seed: the same
//! number and seed give the same bytes. `cargo run --release --example ged-rows -- 1000000 1`;
//! a third number is the id of the first row, so that none is that of a row of another file.
//! As in the real ones, few places, sides and recent months have most of the rows, and few rows
//! most of the dead. Up to 100,000 rows regions and sides have the parts that they have, roughly,
//! in what is known of Mali; more rows than that are those of the world, which are spread more
//! evenly: each part is the square root of what it is in Mali.
//!
//! The places are those of the shipped gazetteer; what happens there is invented, and so are the
//! reports: nothing of it may be taken for a fact.

use csv::Writer;
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use mali_timeline::knowledge::Knowledge;
use std::error::Error;
use std::io::{self, BufWriter};

const COLUMNS: [&str; 49] = [
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
];

/// Up to so many rows are those of one country.
const COUNTRY: u64 = 100_000;

/// Regions as they were from 2016 to 2023, and hundredths of the rows.
const REGIONS: [(&str, u64); 10] = [
    ("mopti", 40),
    ("gao", 20),
    ("menaka", 10),
    ("tombouctou", 10),
    ("segou", 8),
    ("kidal", 6),
    ("koulikoro", 2),
    ("sikasso", 2),
    ("kayes", 1),
    ("bamako", 1),
];

/// Side A, side B, type of violence, and hundredths of the rows.
const SIDES: [((&str, &str, u32), u64); 17] = [
    (("Government of Mali", "JNIM", 1), 36),
    (("JNIM", "Civilians", 3), 17),
    (("Government of Mali", "Civilians", 3), 10),
    (("IS", "Civilians", 3), 7),
    (("Dozos (Mali)", "JNIM", 2), 6),
    (("IS", "JNIM", 2), 5),
    (("Government of Mali", "IS", 1), 4),
    (("Dan Na Ambassagou", "Civilians", 3), 3),
    (("Government of Mali", "CSP-DPA", 1), 2),
    (("Dan Na Ambassagou", "JNIM", 2), 2),
    (("Government of Mali", "Ansar Dine", 1), 2),
    (("Government of Mali", "AQIM", 1), 1),
    (("GATIA", "CMA", 2), 1),
    (("IS", "MSA", 2), 1),
    (("Government of Mali", "MNLA", 1), 1),
    (("Government of Mali", "MUJAO", 1), 1),
    (("AQIM", "Civilians", 3), 1),
];

/// A small generator of numbers (xorshift): fast, and the same everywhere.
struct Random(u64);

impl Random {
    /// A number below `end`, which is above nought.
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(of.len() as u64)).expect("an index fits")]
    }

    /// A number below `end`, which is below 2^20, the small ones by far the most often: the
    /// cube of an even draw. The first hundredth comes up more than every fifth time.
    fn skewed(&mut self, end: u64) -> u64 {
        let even = self.below(1 << 14);
        (end * even * even * even) >> 42
    }

    fn skewed_pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.skewed(of.len() as u64)).expect("an index fits")]
    }
}

/// Things, each with its part of the rows.
struct Parts<T> {
    things: Vec<(T, u64)>,
    all: u64,
}

impl<T> Parts<T> {
    /// Those of one country, or of the world.
    fn of(parts: impl Iterator<Item = (T, u64)>, world: bool) -> Self {
        let part = |n: u64| if world { (n * 100).isqrt() } else { n };
        let things: Vec<_> = parts.map(|(thing, n)| (thing, part(n))).collect();
        let all = things.iter().map(|(_, n)| n).sum();
        Self { things, all }
    }

    fn pick(&self, random: &mut Random) -> &T {
        let mut at = random.below(self.all);
        let found = self.things.iter().find(|(_, n)| {
            let here = at < *n;
            at = at.saturating_sub(*n);
            here
        });
        &found.expect("a number below the sum of all parts lies in one").0
    }
}

/// What rows are drawn from.
struct World {
    sides: Parts<(&'static str, &'static str, u32)>,
    regions: Parts<Vec<Place>>,
}

/// A place with all that a row says of it.
struct Place {
    name: String,
    region: String,
    cercle: String,
    lat: f64,
    lon: f64,
}

impl World {
    fn of(known: &Knowledge, rows: u64) -> Self {
        let world = rows > COUNTRY;
        let regions = REGIONS.map(|(region, part)| (places(known, region), part)).into_iter();
        let regions = regions.filter(|(places, _)| !places.is_empty());
        Self { sides: Parts::of(SIDES.into_iter(), world), regions: Parts::of(regions, world) }
    }
}

/// The places of a region.
fn places(known: &Knowledge, region: &str) -> Vec<Place> {
    let places = known.gazetteer.iter().filter_map(|place| {
        let history = place.regions.as_ref()?;
        let then = known.regions.on(history, Some(date(2020, 1, 1)));
        Some(Place {
            name: place.name.clone(),
            region: known.regions.get(then).filter(|_| then == region)?.en.clone(),
            cercle: place.cercle.clone(),
            lat: place.lat?,
            lon: place.lon?,
        })
    });
    places.collect()
}

fn row(random: &mut Random, id: u64, world: &World) -> Vec<String> {
    let places = world.regions.pick(random);
    let place = random.skewed_pick(places);
    let (a, b, violence) = *world.sides.pick(random);
    // Ever more as the years go on.
    let newest: Date = date(2025, 9, 30);
    let day = newest.saturating_sub(Span::new().days(random.skewed(10_500) as i64));
    let (date_prec, last) = match random.below(10) {
        0 => (2, day.saturating_add(4.days())),
        1 => (4, day.saturating_add(20.days())),
        _ => (1, day),
    };
    let deaths = [0; 4].map(|_| random.skewed(40));
    let best: u64 = deaths.iter().sum();
    let (low, high) = (best - best.min(random.below(3)), best + random.skewed(30));
    let reported = day.saturating_add(1.days());
    let where_prec = *random.pick(&[1, 1, 1, 2, 3, 4]);
    let headline =
        format!("{} reported killed near {} as {a} and {b} blame each other", best, place.name);
    let fields: [String; 49] = [
        id.to_string(),
        format!("MLI-{}-{violence}-{}-{id}", day.year(), 15_000 + violence),
        day.year().to_string(),
        "true".into(),
        "Clear".into(),
        violence.to_string(),
        String::new(),
        "11347".into(),
        "Mali: Government".into(),
        "15108".into(),
        "15108".into(),
        format!("{a} - {b}"),
        "72".into(),
        "72".into(),
        a.into(),
        "6716".into(),
        "6716".into(),
        b.into(),
        "1".into(),
        format!("\"Test Agency,{reported},{headline}\""),
        "Test Agency".into(),
        reported.to_string(),
        headline,
        (*random.pick(&["FAMa", "local residents", "", "JNIM"])).into(),
        where_prec.to_string(),
        format!("{} town", place.name),
        format!("outskirts of {}", place.name),
        format!("{} region", place.region),
        format!("{} cercle", place.cercle),
        format!("{:.6}", place.lat),
        format!("{:.6}", place.lon),
        format!("POINT ({:.4} {:.4})", place.lon, place.lat),
        "150828".into(),
        "Mali".into(),
        "432".into(),
        "Africa".into(),
        "1".into(),
        date_prec.to_string(),
        format!("{day} 00:00:00.000"),
        format!("{last} 00:00:00.000"),
        deaths[0].to_string(),
        deaths[1].to_string(),
        deaths[2].to_string(),
        deaths[3].to_string(),
        best.to_string(),
        high.to_string(),
        low.to_string(),
        "432".into(),
        String::new(),
    ];
    fields.into()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let count = arguments.next().unwrap_or(Ok(1_000_000))?;
    let seed = arguments.next().unwrap_or(Ok(1))?;
    let first = arguments.next().unwrap_or(Ok(500_000))?;
    let known = Knowledge::embedded();
    let world = World::of(&known, count);
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut out = Writer::from_writer(BufWriter::new(io::stdout().lock()));
    out.write_record(COLUMNS)?;
    for id in first..first + count {
        out.write_record(row(&mut random, id, &world))?;
    }
    out.flush()?;
    Ok(())
}
