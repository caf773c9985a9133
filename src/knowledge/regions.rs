//! The regions of Mali in their three stages, and the cercles that moved between them.

use super::files::{DataError, Files};
use crate::model::slug::{fold, slug};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// A region, or the district of Bamako.
#[derive(Debug, Clone, Deserialize)]
pub struct Region {
    /// Readable id, as in `region=mopti`.
    pub slug: String,
    /// Name in English.
    pub en: String,
    /// Name in French.
    pub fr: String,
    /// Other spellings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// First day on which it existed in practice; none for the regions of before 2012.
    pub since: Option<Date>,
    /// ISO 3166-2 code, where there is one.
    pub iso: Option<String>,
}

/// A cercle of the 2023 division, with where it lay before.
#[derive(Debug, Clone, Deserialize)]
pub struct Cercle {
    /// Region since 2023, by name.
    pub region_2023: String,
    /// Name.
    #[serde(rename = "cercle_2023")]
    pub name: String,
    /// Region before 2012, by name.
    pub region_pre2012: String,
    /// Cercle before 2012, by name.
    pub cercle_pre2012: String,
    /// How sure the crosswalk is.
    pub crosswalk: String,
    /// OCHA COD-AB v03 P-code.
    pub pcode_cod_v03: String,
    /// Degrees north of the seat.
    pub lat: Option<f64>,
    /// Degrees east of the seat.
    pub lon: Option<f64>,
}

#[derive(Deserialize)]
struct RegionFile {
    region: Vec<Region>,
    /// First day of the ten regions.
    stage_2016: Date,
    /// First day of the nineteen regions.
    stage_2023: Date,
}

/// Where a point of Mali is filed: slugs of its region at each stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionHistory {
    /// Before 2016.
    pub before_2016: String,
    /// From 2016.
    pub from_2016: String,
    /// From March 2023.
    pub from_2023: String,
}

/// All regions and cercles.
#[derive(Debug)]
pub struct Regions {
    regions: Vec<Region>,
    by_name: FxHashMap<String, usize>,
    cercles: Vec<Cercle>,
    /// By the folded names of cercles, then and now.
    by_cercle: FxHashMap<String, RegionHistory>,
    stage_2016: Date,
    stage_2023: Date,
}

impl Regions {
    /// Reads `regions.toml` and `cercles.csv`.
    pub(super) fn load(files: &Files) -> Result<Self, DataError> {
        let file: RegionFile = files.toml("regions.toml")?;
        let mut by_name = FxHashMap::default();
        for (i, r) in file.region.iter().enumerate() {
            for name in [&r.slug, &r.en, &r.fr].into_iter().chain(&r.aliases) {
                by_name.insert(fold(name), i);
            }
        }
        let rows = files.csv::<Cercle>("cercles.csv")?;
        for (line, c) in &rows {
            for name in [&c.region_2023, &c.region_pre2012] {
                if !by_name.contains_key(&fold(name)) {
                    let problem = format!("line {line}: {}: no region {name:?}", c.name);
                    return Err(DataError { name: "cercles.csv".to_owned(), problem });
                }
            }
        }
        let (stage_2016, stage_2023) = (file.stage_2016, file.stage_2023);
        let mut regions = Self {
            regions: file.region,
            by_name,
            cercles: rows.into_iter().map(|(_, cercle)| cercle).collect(),
            by_cercle: FxHashMap::default(),
            stage_2016,
            stage_2023,
        };
        regions.by_cercle = regions.histories();
        Ok(regions)
    }

    /// The region history by the folded name of each cercle that has one; see
    /// [`Regions::history`].
    fn histories(&self) -> FxHashMap<String, RegionHistory> {
        let history =
            |c: &Cercle| self.history_of(&c.region_pre2012, &c.cercle_pre2012, &c.region_2023);
        let mut old: FxHashMap<String, Vec<&Cercle>> = FxHashMap::default();
        for cercle in &self.cercles {
            old.entry(fold(&cercle.cercle_pre2012)).or_default().push(cercle);
        }
        let one_region = |all: &[&Cercle]| all.iter().all(|c| c.region_2023 == all[0].region_2023);
        let old = old.into_iter().filter(|(_, all)| one_region(all));
        let old = old.map(|(name, all)| (name, history(all[0])));
        // A cercle of today goes before one of old, and the first of two before the second.
        let kept = self.cercles.iter().rev().map(|c| (fold(&c.name), history(c)));
        old.chain(kept).collect()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.regions.is_empty()
    }

    /// Every region, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.regions.iter()
    }

    /// Every cercle of 2023.
    pub fn cercles(&self) -> &[Cercle] {
        &self.cercles
    }

    /// The P-code of a region of 2023 in OCHA's COD-AB v03: what the codes of its cercles begin
    /// with. Other editions use the same codes for other regions.
    pub fn pcode_cod_v03(&self, slug: &str) -> Option<&str> {
        let region = self.get(slug)?;
        let mut codes = self
            .cercles
            .iter()
            .filter(|c| self.get(&c.region_2023).is_some_and(|r| r.slug == region.slug))
            .filter(|c| !c.pcode_cod_v03.is_empty())
            .map(|c| c.pcode_cod_v03.get(..4));
        let first = codes.next()??;
        codes.all(|code| code == Some(first)).then_some(first)
    }

    /// The region of this slug, name or spelling.
    pub fn get(&self, name: &str) -> Option<&Region> {
        self.by_name.get(&fold(name)).map(|&i| &self.regions[i])
    }

    /// The region history of a place in `cercle` (a cercle of before 2012 or of 2023).
    /// None when there is no such cercle, or when its parts now lie in several regions.
    pub fn history(&self, cercle: &str) -> Option<RegionHistory> {
        self.by_cercle.get(&fold(cercle)).cloned()
    }

    /// The region history for given regions; the stage of 2016 follows from the cercle.
    pub fn history_of(
        &self,
        region_old: &str,
        cercle_old: &str,
        region_new: &str,
    ) -> RegionHistory {
        let slug_of = |name: &str| self.get(name).map_or_else(|| slug(name), |r| r.slug.clone());
        let (old, new) = (slug_of(region_old), slug_of(region_new));
        let in_2016 = if fold(cercle_old) == "menaka" || new == "menaka" || new == "taoudenit" {
            new.clone()
        } else {
            old.clone()
        };
        RegionHistory { before_2016: old, from_2016: in_2016, from_2023: new }
    }

    /// The region, on a day before the reform of 2023, of a place of which only the region of
    /// before it is known. None for later days: its parts may lie in several regions now.
    pub fn before_2023(&self, region: &str, day: Option<Date>) -> Option<String> {
        let day = day.filter(|day| *day < self.stage_2023)?;
        let slug = &self.get(region)?.slug;
        let cercles = self.cercles.iter();
        let histories = cercles
            .map(|c| self.history_of(&c.region_pre2012, &c.cercle_pre2012, &c.region_2023))
            .filter(|history| history.from_2016 == *slug);
        let mut then: Vec<_> = histories.map(|h| self.on(&h, Some(day)).to_owned()).collect();
        then.dedup();
        match &then[..] {
            [one] => Some(one.clone()),
            _ => None,
        }
    }

    /// The region history of a region named on its own: itself, from its first day on.
    pub fn history_of_region(&self, region: &Region) -> RegionHistory {
        let slug = region.slug.clone();
        RegionHistory { before_2016: slug.clone(), from_2016: slug.clone(), from_2023: slug }
    }

    /// First day of the map of 2016.
    pub fn stage_2016(&self) -> Date {
        self.stage_2016
    }

    /// The region on a given day; today's when the day is not known.
    pub fn on<'a>(&self, history: &'a RegionHistory, day: Option<Date>) -> &'a str {
        match day {
            Some(day) if day < self.stage_2016 => &history.before_2016,
            Some(day) if day < self.stage_2023 => &history.from_2016,
            _ => &history.from_2023,
        }
    }
}
