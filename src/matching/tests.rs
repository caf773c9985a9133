use super::*;
use crate::model::claim::{CasualtyGroup, Claim, Qualifier};
use crate::model::date::PartialDate;
use crate::model::incident::Attribution;
use crate::model::passage::Passage;

fn nothing() -> Passage {
    Passage::default()
}

/// "2022-04-19 massacre hombori fama,wagner 50", `-` for what is not known. A date may be
/// `from..to`; a place may be `region:mopti`.
fn draft(spec: &str) -> Draft {
    let [date, kind, place, actors, killed] =
        spec.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let day = |text: &str| text.parse::<PartialDate>().unwrap();
    let date = match date.split_once("..") {
        Some((a, b)) => DateSpan::range(day(a).first(), day(b).first()),
        None if date == "-" => DateSpan::UNKNOWN,
        None => day(date).span(),
    };
    let region = place.strip_prefix("region:");
    let place = Place {
        id: region.unwrap_or(place).to_owned(),
        name: place.to_owned(),
        region_then: None,
        region_now: None,
        cercle: None,
        country: None,
        lat: None,
        lon: None,
        precision: match region {
            Some(_) => PlacePrecision::Region,
            None => PlacePrecision::Exact,
        },
        passage: nothing(),
    };
    let attribution = |actor: &str| Attribution {
        actor: actor.to_owned(),
        name: actor.to_owned(),
        stance: Stance::Stated,
        by: None,
        passage: nothing(),
    };
    let claim = |n: u32| Claim {
        measure: Measure::Killed,
        group: CasualtyGroup::Total,
        min: Some(n),
        max: Some(n),
        qualifier: Qualifier::Exact,
        claimant: None,
        said_on: None,
        partial: false,
        passage: nothing(),
    };
    Draft {
        main: false,
        title: String::new(),
        date,
        date_passage: None,
        kind: kind.parse().unwrap(),
        places: vec![place],
        attributions: actors.split(',').filter(|a| *a != "-").map(attribution).collect(),
        victims: Vec::new(),
        claims: killed.parse().ok().map(claim).into_iter().collect(),
        passage: nothing(),
    }
}

fn wholes(actor: &str) -> Vec<String> {
    match actor {
        "macina" => vec!["macina".to_owned(), "jnim".to_owned()],
        other => vec![other.to_owned()],
    }
}

fn verdict(a: &str, b: &str) -> Verdict {
    let (a, b) = (draft(a), draft(b));
    let there = compare(&a, &b, &wholes);
    assert_eq!(there, compare(&b, &a, &wholes), "it matters who is asked first");
    there
}

#[test]
fn same() {
    for (a, b) in [
        // Moura: one document calls it a massacre, the other a siege; both know the month.
        ("2022-03 massacre moura fama,wagner 300", "2022-03 siege moura fama,wagner 300"),
        ("2022-03-27..2022-03-31 massacre moura fama 203", "2022-03 siege moura fama,wagner 300"),
        ("2022-04-19 massacre hombori fama 50", "2022-04-19 massacre hombori - -"),
        ("2022-04-19 massacre hombori fama 50", "2022-04-19 massacre hombori wagner 50"),
        (
            "2019-09-29..2019-10-01 attack-on-armed-forces boulikessi jnim 40",
            "2019-09-30 attack-on-armed-forces boulikessi - 25",
        ),
        ("2023-01-10 armed-clash koumara jnim 14", "2023-01-10 bombing koumara jnim 14"),
        ("2022-04-24 attack-on-armed-forces sevare macina 6", "2022-04-24 other sevare jnim 6"),
        ("2022-06 massacre ebak - 20", "2022-06-18 execution ebak - 22"),
    ] {
        assert!(matches!(verdict(a, b), Verdict::Same(_)), "{a} | {b}: {:?}", verdict(a, b));
    }
}

#[test]
fn doubtful() {
    for (a, b, reason) in [
        (
            "2022-04-19 massacre hombori fama 50",
            "2022-04-19 bombing hombori - 1",
            "the kinds of event do not fit",
        ),
        (
            "2022-04-19 massacre hombori fama 50",
            "2022-04-19 abduction hombori fama -",
            "the kinds of event do not fit",
        ),
        (
            "2022-04-19 massacre hombori fama 50",
            "2022-04-19 armed-clash hombori - -",
            "the kinds of event do not fit",
        ),
        (
            "2022-04-19 massacre hombori fama 50",
            "2022-04-19 massacre hombori jnim 4",
            "neither perpetrators nor figures agree",
        ),
        (
            "2022-03 massacre moura - -",
            "2022-03-27 massacre moura fama 300",
            "the dates agree only in their month or long span",
        ),
        (
            "2022-03 massacre moura jnim 300",
            "2022-03-27 massacre moura fama 300",
            "the dates agree only in their month or long span",
        ),
        (
            "2022 massacre moura fama 300",
            "2022-03-27 massacre moura fama 300",
            "the dates agree only in their year",
        ),
        (
            "- massacre moura fama 300",
            "2022-03-27 massacre moura fama 300",
            "one of them has no date",
        ),
        (
            "2018-02 massacre inwelane isgs 4",
            "2018-02 other inwelane isgs 4",
            "the kinds of event do not fit",
        ),
    ] {
        match verdict(a, b) {
            Verdict::Doubtful(_, found) => assert_eq!(found, reason, "{a} | {b}"),
            other => panic!("{a} | {b}: {other:?}"),
        }
    }
}

#[test]
fn different() {
    for (a, b) in [
        // Another day, another place, only a region in common.
        ("2022-04-19 massacre hombori fama 50", "2022-04-20 massacre hombori fama 50"),
        ("2022-04-19 massacre hombori fama 50", "2022-04-19 massacre boni fama 50"),
        ("2022-04-19 massacre region:mopti fama 50", "2022-04-19 massacre region:mopti fama 50"),
        ("2022-04-19 massacre mopti fama 50", "2022-04-19 massacre region:mopti fama 50"),
        // The month alone does not make an abduction of a massacre, nor a bombing.
        ("2022-03 abduction moura fama 300", "2022-03 massacre moura fama 300"),
        ("2022-04 bombing hombori fama 50", "2022-04-19 massacre hombori fama 50"),
        ("2022 massacre moura - -", "2022-03-27 massacre moura fama 300"),
        ("- massacre moura fama 300", "2022-03-27 massacre moura fama 12"),
        ("2022-03 massacre moura fama 300", "2022-04-01 massacre moura fama 300"),
    ] {
        assert_eq!(verdict(a, b), Verdict::Different, "{a} | {b}");
    }
}

fn chosen(drafts: &[&str], incidents: &[&[&str]]) -> Vec<Choice> {
    let incidents: Vec<Vec<Draft>> =
        incidents.iter().map(|accounts| accounts.iter().map(|a| draft(a)).collect()).collect();
    let verdicts: Vec<Vec<_>> = drafts
        .iter()
        .map(|d| {
            let compare = |accounts: &Vec<Draft>| compare_all(&draft(d), accounts, &wholes);
            incidents.iter().map(compare).enumerate().collect()
        })
        .collect();
    choose(&verdicts)
}

#[test]
fn a_massacre_joins_the_massacre_and_not_the_mine_of_that_day() {
    let choices = chosen(
        &["2022-04-19 massacre hombori fama 50"],
        &[&["2022-04-19 bombing hombori - 1"], &["2022-04-19 massacre hombori wagner 50"]],
    );
    assert_eq!(choices, [Choice::Join(1)]);
}

#[test]
fn two_drafts_take_two_incidents() {
    let choices = chosen(
        &["2022-04-19 massacre hombori fama 50", "2022-04-19 bombing hombori - 1"],
        &[&["2022-04-19 bombing hombori - 1"], &["2022-04-19 massacre hombori wagner 50"]],
    );
    assert_eq!(choices, [Choice::Join(1), Choice::Join(0)]);
}

#[test]
fn a_month_with_two_candidates_is_left_open() {
    let choices = chosen(
        &["2022-03 massacre moura fama -"],
        &[&["2022-03-03 massacre moura fama 12"], &["2022-03-27 massacre moura fama 300"]],
    );
    let Choice::New(doubts) = &choices[0] else { panic!("{choices:?}") };
    assert_eq!(doubts.len(), 2);
    assert_eq!(doubts[0].2, "several fit about as well");
}

#[test]
fn a_month_takes_the_candidate_that_is_clearly_better() {
    let choices = chosen(
        &["2022-03 massacre moura fama 300"],
        &[&["2022-03-03 massacre moura fama 12"], &["2022-03-27 massacre moura fama 300"]],
    );
    assert_eq!(choices, [Choice::Join(1)]);
}

#[test]
fn two_drafts_that_fit_one_incident_alike_are_left_open() {
    let choices = chosen(
        &["2022-03-27 massacre moura fama -", "2022-03-28 massacre moura fama -"],
        &[&["2022-03-26..2022-03-30 massacre moura fama 300"]],
    );
    assert!(choices.iter().all(|c| matches!(c, Choice::New(doubts) if doubts.len() == 1)));
}

#[test]
fn an_account_that_contradicts_one_of_several_is_left_open() {
    // The month could be either day; the second day is not the first.
    let choices = chosen(
        &["2022-03-27 massacre moura fama 300"],
        &[&["2022-03 massacre moura fama 300", "2022-03-03 massacre moura fama 300"]],
    );
    assert!(matches!(&choices[0], Choice::New(doubts) if doubts.len() == 1));
}
