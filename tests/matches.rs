//! What people decide about incidents: it holds at once and through imports, it can be undone,
//! and nothing is ever counted twice.

mod support;

use mali_timeline::model::document::ParsedDocument;
use mali_timeline::model::filter::Filter;
use mali_timeline::store::decision::{self, Decision, Pair};
use mali_timeline::store::incident::{overview, show};
use mali_timeline::store::{BadDecision, StoreError};
use support::{KNOWN, TempDb, document};

const MASSACRE: &str =
    "2022-04-19; massacre; Hombori; malian-armed-forces; civilians; killed civilians 50";

/// The same day and place; whether it is the same is open.
fn clash(dead: u32) -> ParsedDocument {
    let line = format!("2022-04-19; armed-clash; Hombori; -; -; killed total {dead}");
    document("b.txt", "Two", &[&line])
}

/// Two incidents that may be one.
fn doubtful() -> TempDb {
    let temp = TempDb::with(&[document("a.txt", "One", &[MASSACRE]), clash(1)]);
    assert_eq!(temp.ids(), ["2022-04-19-hombori", "2022-04-19-hombori-2"]);
    temp
}

const A: &str = "2022-04-19-hombori";
const B: &str = "2022-04-19-hombori-2";

impl TempDb {
    fn decide(&self, pair: [&str; 2], decision: Decision) -> Result<(), StoreError> {
        self.db.write(|tx| decision::decide(tx, &KNOWN, pair, decision))
    }

    fn undo(&self, pair: [&str; 2]) -> Result<(), StoreError> {
        self.db.write(|tx| decision::undo(tx, &KNOWN, pair))
    }

    fn part(&self, id: &str, source: &str) -> Result<String, StoreError> {
        self.db.write(|tx| decision::part(tx, &KNOWN, id, source))
    }

    fn pairs(&self) -> Vec<Pair> {
        self.db.read(decision::pairs).unwrap()
    }

    /// What an id shows: the id of the incident and its sources.
    fn shows(&self, id: &str) -> Option<(String, Vec<String>)> {
        let incident = self.db.read(|db| show(db, id)).unwrap()?;
        let mut sources: Vec<_> = incident.accounts.into_iter().map(|a| a.source.id).collect();
        sources.sort();
        Some((incident.id, sources))
    }

    /// Incidents and figures over everything.
    fn counted(&self) -> (u64, u64) {
        let all = self.db.read(|db| overview(db, &Filter::default())).unwrap();
        (all.incidents, all.claims)
    }

    fn dead(&self) -> u32 {
        use mali_timeline::model::claim::Measure;
        self.all().iter().filter_map(|i| i.toll(Measure::Killed)).map(|t| t.high).sum()
    }
}

fn refused(result: Result<(), StoreError>) -> BadDecision {
    match result {
        Err(StoreError::BadDecision(bad)) => bad,
        other => panic!("{other:?}"),
    }
}

#[test]
fn joining_shows_one_incident_counted_once_and_undoing_shows_both_as_they_were() {
    let temp = doubtful();
    let before = temp.all();
    assert_eq!((temp.counted(), temp.dead()), ((2, 2), 51));
    temp.decide([B, A], Decision::Same).unwrap();
    let both = Some((A.to_owned(), vec!["one".to_owned(), "two".to_owned()]));
    assert_eq!((temp.shows(A), temp.shows(B)), (both.clone(), both));
    // One incident, both figures side by side, and the toll a range, not a sum.
    assert_eq!((temp.counted(), temp.dead()), ((1, 2), 50));
    assert_eq!(temp.all()[0].claims().count(), 2);
    let pairs = temp.pairs();
    assert_eq!((pairs.len(), pairs[0].decision), (1, Decision::Same));
    temp.undo([A, B]).unwrap();
    assert_eq!(temp.all(), before);
    assert_eq!(temp.pairs()[0].decision, Decision::Open);
    assert_eq!(refused(temp.undo([A, B])), BadDecision::Undecided(A.into(), B.into()));
}

#[test]
fn a_decision_lasts_through_every_kind_of_import() {
    let temp = doubtful();
    temp.decide([A, B], Decision::Same).unwrap();
    // Changed until it agrees with nothing that the other says.
    let other = document("b.txt", "Two", &["2022-04-19; bombing; Hombori; -; -; killed total 1"]);
    for doc in [clash(2), clash(90), other, clash(1)] {
        temp.import(&doc);
        assert_eq!(temp.ids(), [A], "{:?}", doc.drafts[0].claims);
        assert_eq!(temp.shows(B).unwrap().0, A);
    }
    temp.import(&document("a.txt", "One", &["2022-04-19; massacre; Hombori; jnim; -; -"]));
    assert_eq!(temp.ids(), [A]);
    temp.undo([A, B]).unwrap();
    assert_eq!(temp.ids(), [A, B]);
    assert_eq!(temp.shows(B).unwrap().1, ["two"]);

    temp.decide([A, B], Decision::Different).unwrap();
    for doc in [clash(50), clash(1)] {
        temp.import(&doc);
        assert_eq!(temp.ids(), [A, B]);
        assert!(temp.pairs().iter().all(|p| p.decision == Decision::Different));
    }
}

#[test]
fn what_is_told_again_gets_its_decision_back() {
    let temp = doubtful();
    temp.decide([A, B], Decision::Same).unwrap();
    temp.import(&document("b.txt", "Two", &["2023-01-01; other; Gao"]));
    assert_eq!(temp.shows(A).unwrap().1, ["one"]);
    temp.import(&clash(3));
    assert_eq!(temp.shows(B), Some((A.to_owned(), vec!["one".to_owned(), "two".to_owned()])));
    // Another incident that day, which contradicts what the decision was about, does not.
    temp.import(&document("b.txt", "Two", &["2022-04-19; armed-clash; Gao; -; -; killed total 1"]));
    assert_eq!(temp.shows(A).unwrap().1, ["one"]);
}

#[test]
fn a_third_source_joins_what_was_joined_and_is_left_where_it_fits_best() {
    let temp = doubtful();
    temp.decide([A, B], Decision::Same).unwrap();
    let third = "2022-04-19; armed-clash; Hombori; -; -; killed total 1";
    temp.import(&document("c.txt", "Three", &[third]));
    assert_eq!(temp.shows(A).unwrap().1, ["one", "three", "two"]);
    assert_eq!(temp.counted().0, 1);
    temp.undo([A, B]).unwrap();
    assert_eq!(temp.shows(A).unwrap().1, ["one"]);
    assert_eq!(temp.shows(B).unwrap().1, ["three", "two"]);
}

#[test]
fn what_rules_joined_can_be_parted_and_joined_again() {
    let second = |dead: u32| {
        let line = format!("2022-04-19; massacre; Hombori; -; -; killed total {dead}");
        document("b.txt", "Two", &[&line])
    };
    let temp = TempDb::with(&[document("a.txt", "One", &[MASSACRE]), second(52)]);
    assert_eq!(temp.shows(A).unwrap().1, ["one", "two"]);
    let joined = temp.all();
    let listed = temp.db.read(|db| decision::joined(db, None, "", 10)).unwrap();
    assert_eq!((listed.len(), listed[0].accounts.len()), (1, 2));

    let parted = temp.part(A, "two").unwrap();
    assert_eq!(parted, B);
    assert_eq!(
        (temp.shows(A).unwrap().1, temp.shows(B).unwrap().1),
        (vec!["one".into()], vec!["two".into()])
    );
    assert_eq!(temp.counted().0, 2);
    for dead in [51, 50] {
        temp.import(&second(dead));
        assert_eq!(temp.ids(), [A, B], "an import does not join them again");
    }
    temp.import(&second(52));
    temp.undo([A, B]).unwrap();
    assert_eq!(temp.all().iter().map(|i| i.accounts.len()).collect::<Vec<_>>(), [2]);
    assert_eq!(temp.all()[0].claims().count(), joined[0].claims().count());
    assert_eq!(temp.shows(B).unwrap().0, A, "the id of the parted one goes on resolving");
    assert!(temp.pairs().is_empty());
}

#[test]
fn three_are_one_by_two_decisions_and_part_one_by_one() {
    let lines = [
        ("a.txt", "One", "2022-04-19; massacre; Hombori"),
        ("b.txt", "Two", "2022-04-19; bombing; Hombori"),
        ("c.txt", "Three", "2022-04-19; abduction; Hombori"),
    ];
    let docs = lines.map(|(file, title, line)| document(file, title, &[line]));
    let temp = TempDb::with(&docs);
    let c = "2022-04-19-hombori-3";
    assert_eq!(temp.counted().0, 3);
    temp.decide([B, c], Decision::Same).unwrap();
    assert_eq!(temp.shows(c).unwrap().0, B);
    temp.decide([A, c], Decision::Same).unwrap();
    assert_eq!(temp.ids(), [A]);
    for id in [A, B, c] {
        assert_eq!(temp.shows(id).unwrap().1.len(), 3, "{id}");
    }
    // All three are one, so no two of them can be two.
    let bad = refused(temp.decide([A, B], Decision::Different));
    assert_eq!(bad, BadDecision::Contradicts(A.into(), B.into()));
    assert_eq!(temp.ids(), [A], "nothing of a refused decision is kept");
    temp.undo([B, c]).unwrap();
    assert_eq!(temp.shows(c).unwrap().1, ["one", "three"]);
    assert_eq!(temp.shows(B).unwrap().1, ["two"]);
    temp.undo([A, c]).unwrap();
    assert_eq!(temp.ids(), [A, B, c]);
}

#[test]
fn err_decisions_that_cannot_be() {
    let temp = doubtful();
    let before = temp.all();
    let no = |id: &str| BadDecision::NoIncident(id.to_owned());
    assert_eq!(refused(temp.decide([A, "2022-atlantis"], Decision::Same)), no("2022-atlantis"));
    let one = refused(temp.decide([A, A], Decision::Different));
    assert_eq!(one.to_string(), format!("{A} and {A} are one incident"));
    let alone = temp.part(A, "one").map(drop);
    assert_eq!(
        refused(alone).to_string(),
        format!("no rule joined what \"one\" tells with what others tell of {A}")
    );
    assert!(matches!(refused(temp.part(A, "two").map(drop)), BadDecision::NotJoined { .. }));
    temp.decide([A, B], Decision::Different).unwrap();
    temp.decide([A, B], Decision::Same).unwrap();
    assert_eq!(temp.ids(), [A]);
    // What a person joined is not parted as if rules had: the decision is undone.
    assert!(matches!(refused(temp.part(A, "two").map(drop)), BadDecision::NotJoined { .. }));
    temp.undo([A, B]).unwrap();
    assert_eq!(temp.all(), before);
}
