use super::*;
use crate::model::claim::{CasualtyGroup, Claim, Measure, Qualifier};
use crate::model::date::PartialDate;
use crate::model::incident::{Attribution, Place, PlacePrecision, Stance};
use crate::model::passage::Passage;

fn nothing() -> Passage {
    Passage::default()
}

/// "2022-04-19 massacre hombori fama,wagner 50", `-` for what is not known. A date may be
/// `from..to`; a place may be `region:mopti`, or `hombori@15.28,-1.70` with a point; an actor
/// `jnim~` is only involved.
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
    let (name, point) = place.split_once('@').unwrap_or((place, ""));
    let point = point.split_once(',').map(|(lat, lon)| [lat, lon].map(|n| n.parse().unwrap()));
    let place = Place {
        id: region.unwrap_or(name).to_owned(),
        name: name.to_owned(),
        region_then: None,
        region_now: None,
        cercle: None,
        country: None,
        lat: point.map(|p: [f64; 2]| p[0]),
        lon: point.map(|p| p[1]),
        precision: match region {
            Some(_) => PlacePrecision::Region,
            None => PlacePrecision::Exact,
        },
        passage: nothing(),
    };
    let attribution = |actor: &str| Attribution {
        actor: actor.trim_end_matches('~').to_owned(),
        name: actor.to_owned(),
        stance: if actor.ends_with('~') { Stance::Involved } else { Stance::Stated },
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
        // A dataset names both sides; its point and the gazetteer's differ.
        (
            "2019-11-01 attack-on-armed-forces indelimane@15.90,1.40 isgs 53",
            "2019-11-01 armed-clash indelimane@15.91,1.42 isgs~,fama~ 54",
        ),
        // Two spellings of one village.
        (
            "2022-04-19 massacre tchigin-bawel@15.28,-1.70 fama 20",
            "2022-04-19 massacre tchiguin-bawal@15.30,-1.72 - 20",
        ),
        ("2020-02-14 massacre ogossagou@14.0,-3.4 - 31", "2020-02-14 massacre ogossagou - 35"),
    ] {
        assert!(matches!(verdict(a, b), Verdict::Same(_)), "{a} | {b}: {:?}", verdict(a, b));
    }
}

#[test]
fn doubtful() {
    for (a, b, reason) in [
        ("2022-04-19 massacre hombori fama 50", "2022-04-19 bombing hombori - 1", Reason::Kinds),
        (
            "2022-04-19 massacre hombori fama 50",
            "2022-04-19 abduction hombori fama -",
            Reason::Kinds,
        ),
        (
            "2022-04-19 massacre hombori fama 50",
            "2022-04-19 armed-clash hombori - -",
            Reason::Kinds,
        ),
        (
            "2022-04-19 massacre hombori fama 50",
            "2022-04-19 massacre hombori jnim 4",
            Reason::Neither,
        ),
        ("2022-03 massacre moura - -", "2022-03-27 massacre moura fama 300", Reason::Month),
        ("2022-03 massacre moura jnim 300", "2022-03-27 massacre moura fama 300", Reason::Month),
        ("2022 massacre moura fama 300", "2022-03-27 massacre moura fama 300", Reason::Year),
        ("- massacre moura fama 300", "2022-03-27 massacre moura fama 300", Reason::Undated),
        ("2018-02 massacre inwelane isgs 4", "2018-02 other inwelane isgs 4", Reason::Month),
        (
            "2022-04-19 massacre hombori fama 50",
            "2022-04-20 massacre hombori fama 50",
            Reason::NextDay,
        ),
        (
            "2022-04-19 attack-on-armed-forces gao jnim 5",
            "2022-04-19 attack-on-armed-forces gao jnim 40",
            Reason::Figures,
        ),
        (
            "2022-04-19 attack-on-armed-forces gao - -",
            "2022-04-19 armed-clash gao jnim~,fama~ 4",
            Reason::Little,
        ),
        (
            "2022-04-19 massacre sari@14.10,-3.00 dan-na-ambassagou 12",
            "2022-04-19 massacre bih@14.16,-3.00 dan-na-ambassagou 12",
            Reason::Neighbours,
        ),
        // Both sides of a dataset do not say who did it.
        (
            "2022-04-19 massacre hombori fama -",
            "2022-04-19 armed-clash hombori fama~,jnim~ 12",
            Reason::Kinds,
        ),
        // Two attacks of a month, with figures that agree by chance.
        (
            "2022-04 attack-on-armed-forces hombori - 3",
            "2022-04-19 attack-on-armed-forces hombori jnim 3",
            Reason::Month,
        ),
        // The same with one group in both: it may have killed as many twice.
        ("2022-04 massacre hombori jnim 5", "2022-04-19 massacre hombori jnim 5", Reason::Month),
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
        ("2022-04-19 massacre hombori fama 50", "2022-04-21 massacre hombori fama 50"),
        ("2022-04-19 massacre hombori fama 50", "2022-04-20 massacre hombori jnim 4"),
        // Homonyms far apart, and neighbours of which nothing else agrees.
        ("2022-04-19 massacre koro@14.07,-3.08 - 12", "2022-04-19 massacre koro@16.40,-0.20 - 12"),
        ("2022-04-19 massacre sari@14.10,-3.00 - 12", "2022-04-19 massacre bih@14.16,-3.00 - 3"),
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
    assert_eq!(doubts[0].2, Reason::Month);
}

#[test]
fn two_that_fit_about_as_well_are_both_listed() {
    let incident = &["2022-03-27 massacre moura fama 300"][..];
    let choices = chosen(&["2022-03-27 massacre moura fama 290"], &[incident, incident]);
    let Choice::New(doubts) = &choices[0] else { panic!("{choices:?}") };
    assert_eq!(doubts.iter().map(|d| d.2).collect::<Vec<_>>(), [Reason::Several; 2]);
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

#[test]
fn an_explanation_says_how_each_element_agrees() {
    let a = draft("2019-11-01 attack-on-armed-forces indelimane@15.90,1.40 isgs 53");
    let b = draft("2019-11-01 armed-clash indelimane@15.91,1.42 isgs~,fama~ 54");
    let e = explain(&a, &b, &wholes);
    let PlaceFit::Named { km: Some(km), first: true, .. } = e.place else {
        panic!("{:?}", e.place)
    };
    assert!((2.3..2.5).contains(&km), "{km}");
    assert_eq!((e.date, e.kind), (DateFit::Same, KindFit::Close));
    assert_eq!(e.actors, ActorFit::OneSide(vec!["isgs".to_owned()]));
    assert!(matches!(e.figures, FigureFit::Agree(a, b) if (a.high, b.high) == (53, 54)));
    let sum: f64 = e.parts().iter().zip(WEIGHTS).map(|(part, weight)| part * weight).sum();
    assert_eq!(e.verdict, Verdict::Same(sum));
    assert!((WEIGHTS.iter().sum::<f64>() - 1.0).abs() < 1e-9);
}

#[test]
fn a_score_never_leaves_its_bounds_and_the_order_does_not_matter() {
    let dates = ["2022-04-19", "2022-04", "2022", "-", "2022-04-20", "2022-04-01..2022-04-30"];
    let kinds = ["massacre", "armed-clash", "abduction", "other", "bombing"];
    let places = ["a", "a@15.0,1.0", "b@15.01,1.0", "region:mopti", "a@17.0,1.0"];
    let rest = ["fama 5", "- -", "jnim~,fama~ 40", "macina 6"];
    let mut all = Vec::new();
    for date in dates {
        for kind in kinds {
            for place in places {
                all.extend(rest.iter().map(|r| draft(&format!("{date} {kind} {place} {r}"))));
            }
        }
    }
    for a in all.iter().step_by(7) {
        for b in &all {
            let (there, back) = (explain(a, b, &wholes), explain(b, a, &wholes));
            assert_eq!(there.verdict, back.verdict);
            assert!((0.0..=1.0 + 1e-9).contains(&there.score()), "{there:?}");
        }
    }
}
