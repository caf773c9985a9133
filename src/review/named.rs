//! Places, actors and speakers by name: what the file says shortly, and the shortest that it
//! must say for what is meant.

use super::file::{self, Text, text};
use crate::knowledge::Knowledge;
use crate::knowledge::gazetteer::GazetteerPlace;
use crate::model::claim::Claimant;
use crate::model::incident::{Place, PlacePrecision};
use crate::model::passage::Passage;
use crate::model::slug::slug;
use jiff::civil::Date;
use std::ops::Range;
use std::str::FromStr;
use toml::Spanned;

/// What is wrong with a word: where it stands in the file, what should stand there, what does.
pub(super) type Wrong = (Range<usize>, String, String);

/// The words of `all` in a row.
pub(super) fn listed(all: impl IntoIterator<Item = &'static str>) -> String {
    let all: Vec<_> = all.into_iter().collect();
    format!("one of {}", all.join(", "))
}

pub(super) fn given(text: &Option<Text>) -> Option<&str> {
    text.as_ref().map(|t| t.get_ref().trim()).filter(|t| !t.is_empty())
}

fn span(text: &Option<Text>) -> Range<usize> {
    text.as_ref().map_or(0..0, Spanned::span)
}

fn wrong(at: &Option<Text>, expected: impl Into<String>) -> Wrong {
    (span(at), expected.into(), format!("{:?}", given(at).unwrap_or_default()))
}

/// The place that an entry means on `day`; its passage is `passage`.
pub(super) fn place(
    entry: &file::Place,
    passage: Passage,
    day: Option<Date>,
    known: &Knowledge,
) -> Result<Place, Wrong> {
    let Some(name) = given(&entry.name) else {
        return Err(wrong(&entry.name, "the name of a place"));
    };
    let precision = given(&entry.precision).map(|word| {
        PlacePrecision::from_str(word).map_err(|()| {
            wrong(&entry.precision, listed(PlacePrecision::ALL.iter().map(|p| p.as_str())))
        })
    });
    let precision = precision.transpose()?;
    let mut place = Place {
        id: given(&entry.place).map_or_else(|| slug(name), str::to_owned),
        name: name.to_owned(),
        region_then: None,
        region_now: None,
        cercle: given(&entry.cercle).map(str::to_owned),
        country: given(&entry.country).map(str::to_owned),
        lat: None,
        lon: None,
        precision: precision.unwrap_or(PlacePrecision::Unknown),
        passage,
    };
    match precision {
        Some(PlacePrecision::Region) => {
            let named = region(&entry.region, known)?;
            let region = named.or_else(|| known.regions.get(name).map(|r| r.slug.clone()));
            let region = region.ok_or_else(|| wrong(&entry.name, "the name of a region"))?;
            if given(&entry.place).is_none() {
                place.id.clone_from(&region);
            }
            (place.region_then, place.region_now) = (Some(region.clone()), Some(region));
        }
        Some(PlacePrecision::Cercle) => {
            let cercle = given(&entry.cercle).unwrap_or(name);
            if let Some(history) = known.regions.history(cercle) {
                place.region_then = Some(known.regions.on(&history, day).to_owned());
                place.region_now = Some(history.from_2023);
            }
        }
        Some(PlacePrecision::Unknown) if given(&entry.place).is_none() => {}
        _ => lie(&mut place, entry, precision, day, known)?,
    }
    if let Some(region) = region(&entry.region, known)? {
        (place.region_then, place.region_now) = (Some(region.clone()), Some(region));
    }
    if let Some(region) = region(&entry.region_then, known)? {
        place.region_then = Some(region);
    }
    if let (Some(lat), Some(lon)) = (&entry.lat, &entry.lon) {
        (place.lat, place.lon) = (Some(*lat.get_ref()), Some(*lon.get_ref()));
        if !(-90.0..=90.0).contains(lat.get_ref()) || !(-180.0..=180.0).contains(lon.get_ref()) {
            return Err((lat.span(), "degrees north and east".into(), format!("{lat}, {lon}")));
        }
    }
    Ok(place)
}

/// Puts a place where the gazetteer has it.
fn lie(
    place: &mut Place,
    entry: &file::Place,
    precision: Option<PlacePrecision>,
    day: Option<Date>,
    known: &Knowledge,
) -> Result<(), Wrong> {
    let found = match given(&entry.place) {
        Some(slug) => match known.gazetteer.get(slug) {
            Some(found) => found,
            // Nothing is known of it but what the file says.
            None if precision.is_some() => return Ok(()),
            None => return Err(wrong(&entry.place, "a place of the gazetteer")),
        },
        None => match only(&known.gazetteer.named(&place.name), place.country.as_deref()) {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(()),
            Err(candidates) => {
                return Err(wrong(&entry.name, format!("place = {candidates}")));
            }
        },
    };
    place.id.clone_from(&found.slug);
    place.country = place.country.take().or_else(|| found.country.clone());
    (place.lat, place.lon) = (found.lat, found.lon);
    place.precision = precision.unwrap_or(match found.lat {
        Some(_) => PlacePrecision::Exact,
        None => PlacePrecision::Unknown,
    });
    if let Some(history) = &found.regions {
        place.region_then = Some(known.regions.on(history, day).to_owned());
        place.region_now = Some(history.from_2023.clone());
    }
    Ok(())
}

/// The only place of a name, or the slugs of its several ones.
fn only<'a>(
    all: &[&'a GazetteerPlace],
    country: Option<&str>,
) -> Result<Option<&'a GazetteerPlace>, String> {
    let here = |p: &&&GazetteerPlace| country.is_none() || p.country.as_deref() == country;
    let all: Vec<_> = all.iter().filter(here).collect();
    let Some(first) = all.first() else {
        return Ok(None);
    };
    if all.iter().all(|p| p.regions == first.regions && p.country == first.country) {
        return Ok(Some(first));
    }
    let slugs: Vec<_> = all.iter().map(|p| format!("{:?}", p.slug)).collect();
    Err(slugs.join(" or "))
}

fn region(at: &Option<Text>, known: &Knowledge) -> Result<Option<String>, Wrong> {
    let Some(name) = given(at) else {
        return Ok(None);
    };
    match known.regions.get(name) {
        Some(region) => Ok(Some(region.slug.clone())),
        None => Err(wrong(at, "the name of a region")),
    }
}

/// The shortest entry that means `place`, quote left out.
pub(super) fn place_entry(place: &Place, day: Option<Date>, known: &Knowledge) -> file::Place {
    let some = |t: &Option<String>| t.as_deref().map(text);
    let base = file::Place {
        name: Some(text(&*place.name)),
        cercle: some(&place.cercle),
        country: some(&place.country),
        ..file::Place::default()
    };
    let id = || Some(text(&*place.id));
    let precision = || Some(text(place.precision.as_str()));
    let region = || some(&place.region_now);
    let then = || some(&place.region_then).filter(|_| place.region_then != place.region_now);
    let full = file::Place {
        place: id(),
        precision: precision(),
        region: region(),
        region_then: then(),
        lat: place.lat.map(|v| Spanned::new(0..0, v)),
        lon: place.lon.map(|v| Spanned::new(0..0, v)),
        ..base.clone()
    };
    let shorter = [
        base.clone(),
        file::Place { precision: precision(), ..base.clone() },
        file::Place { place: id(), ..base.clone() },
        file::Place { place: id(), precision: precision(), ..base.clone() },
        file::Place { precision: precision(), region: region(), ..base.clone() },
        file::Place { precision: precision(), region: region(), region_then: then(), ..base },
    ];
    let means = |entry: &file::Place| {
        self::place(entry, place.passage.clone(), day, known).is_ok_and(|found| found == *place)
    };
    shorter.into_iter().find(means).unwrap_or(full)
}

/// Id and canonical name of the actor that is named; an unknown one is made of its name.
pub(super) fn actor(name: &str, id: Option<&str>, known: &Knowledge) -> (String, String) {
    match (id, known.actors.get(name).or_else(|| known.actors.named(name))) {
        (Some(id), _) => (id.to_owned(), name.to_owned()),
        (None, Some(actor)) => (actor.slug.clone(), actor.name.clone()),
        (None, None) => (slug(name), name.to_owned()),
    }
}

/// The speaker that is named.
pub(super) fn claimant(
    name: &Option<Text>,
    actor: &Option<Text>,
    known: &Knowledge,
) -> Result<Option<Claimant>, Wrong> {
    let Some(name) = given(name) else {
        return Ok(None);
    };
    let actor = match (actor, given(actor)) {
        (Some(_), Some(slug)) if known.actors.get(slug).is_none() => {
            return Err(wrong(actor, "the slug of an actor, or \"\" for none"));
        }
        (Some(_), slug) => slug.map(str::to_owned),
        (None, _) => known.actors.named(name).map(|a| a.slug.clone()),
    };
    Ok(Some(Claimant { name: name.to_owned(), actor }))
}

/// The two fields that mean a speaker, the second only where it is needed.
pub(super) fn claimant_entry(
    by: Option<&Claimant>,
    known: &Knowledge,
) -> (Option<Text>, Option<Text>) {
    let Some(by) = by else {
        return (None, None);
    };
    let name = Some(text(&*by.name));
    match claimant(&name, &None, known) {
        Ok(Some(found)) if found == *by => (name, None),
        _ => (name, Some(text(by.actor.clone().unwrap_or_default()))),
    }
}
