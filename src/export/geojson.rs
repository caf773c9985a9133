//! Points for maps (GeoJSON, RFC 7946), one feature an incident. What is known only by its
//! cercle or region has no point: its geometry is null, and its properties say so. Filter,
//! sources and seals are foreign members of the collection, as in the JSON export.

use super::json::{Later, Layout, write_document};
use super::phrases::Phrases;
use super::{ExportError, Head, Out, View, table};
use crate::model::claim::Measure;
use crate::model::incident::{Incident, Place, PlacePrecision};
use rusqlite::Connection;
use serde_json::{Value, json};

/// Name and version of this layout.
pub const LAYOUT: &str = "mali-timeline-geojson/1";

pub(super) fn write(
    db: &Connection,
    view: &View,
    head: &Head,
    out: &mut Out<'_>,
) -> Result<(), ExportError> {
    let more: Vec<(_, Later<'_>)> = vec![("type", Box::new(|_, _| json!("FeatureCollection")))];
    let layout = Layout { name: LAYOUT, list: "features", more, sources: false };
    let mut phrases = Phrases::new(view.words);
    write_document(db, view, head, out, layout, |incident, _| {
        Some(feature(incident, &mut phrases).to_string().into())
    })
}

/// Degrees east and north of a place that may be drawn as a point.
fn point(place: &Place) -> Option<[f64; 2]> {
    match place.precision {
        PlacePrecision::Exact | PlacePrecision::Near => Some([place.lon?, place.lat?]),
        PlacePrecision::Cercle | PlacePrecision::Region | PlacePrecision::Unknown => None,
    }
}

fn feature(incident: &Incident, phrases: &mut Phrases) -> Value {
    let places = incident.places();
    let mut points: Vec<[f64; 2]> = Vec::new();
    for point in places.iter().filter_map(|p| point(p)) {
        if !points.contains(&point) {
            points.push(point);
        }
    }
    let geometry = match points.as_slice() {
        [] => Value::Null,
        [one] => json!({ "type": "Point", "coordinates": one }),
        more => json!({ "type": "MultiPoint", "coordinates": more }),
    };
    let drawn = places.iter().filter(|p| point(p).is_some()).map(|p| p.precision);
    let toll = incident.toll(Measure::Killed);
    let sources: Vec<_> = incident.accounts.iter().map(|a| a.source.id.as_str()).collect();
    json!({
        "type": "Feature",
        "id": incident.id,
        "geometry": geometry,
        "properties": {
            "id": incident.id,
            "title": incident.title,
            "date": phrases.words().date(&incident.date),
            "date_start": incident.date.start().map(|d| d.to_string()),
            "date_end": incident.date.end().map(|d| d.to_string()),
            "date_precision": incident.date.precision().as_str(),
            "kind": incident.kind.as_str(),
            // The least exact of what is drawn; none where nothing is.
            "precision": drawn.max().map(PlacePrecision::as_str),
            "places": places.iter().map(|p| json!({
                "name": p.name,
                "precision": p.precision.as_str(),
                "cercle": p.cercle,
                "region_then": p.region_then,
                "region_now": p.region_now,
                "country": p.country,
            })).collect::<Vec<_>>(),
            "perpetrators": table::perpetrators(incident, phrases),
            "killed_low": toll.map(|t| t.low),
            "killed_high": toll.map(|t| t.high),
            "killed_open": toll.map(|t| t.open),
            "claims": table::said(incident, phrases),
            "sources": sources,
            "status": incident.status().as_str(),
        },
    })
}
