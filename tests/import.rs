//! Import: again, changed, stopped in the middle, and one incident told by many.

mod support;

use mali_timeline::import::{self, Counts, Options, Outcome, Progress, Session, import_document};
use mali_timeline::ingest::decode::MAX_BYTES;
use mali_timeline::knowledge::Knowledge;
use mali_timeline::knowledge::files::Files;
use mali_timeline::model::document::ParsedDocument;
use mali_timeline::model::filter::{Dimension, Filter};
use mali_timeline::model::hash::sha256;
use mali_timeline::store::decision::{self, Decision};
use mali_timeline::store::{StoreError, incident, source};
use support::generate::documents;
use support::{KNOWN, TempDb, document};

const MASSACRE: &str =
    "2022-04-19; massacre; Hombori; malian-armed-forces; civilians; killed civilians 50";
const MINE: &str = "2022-04-19; bombing; Hombori; -; mercenaries; killed mercenaries 1";

fn ids_of(temp: &TempDb, slug: &str) -> usize {
    let text = temp.db.read(|db| source::show(db, slug)).unwrap().unwrap();
    let marks = text.marks.into_iter().filter(|m| m.fact.as_str() == "whole");
    marks.count()
}

fn resolves_to(temp: &TempDb, id: &str) -> Option<String> {
    temp.db.read(|db| incident::show(db, id)).unwrap().map(|i| i.id)
}

#[test]
fn the_same_again_changes_nothing() {
    let docs = documents(3, 6, 8);
    let temp = TempDb::with(&docs);
    let (version, all) = (temp.db.version().unwrap(), temp.all());
    for doc in &docs {
        let (outcome, counts) = temp.import(doc);
        assert!(matches!(outcome, Outcome::Unchanged(_)));
        let unchanged = Counts { unchanged: 8, ..Counts::default() };
        assert_eq!(counts, unchanged);
    }
    // A copy under another name is the same source.
    let copy = ParsedDocument { file_name: "copy.txt".to_owned(), ..docs[0].clone() };
    assert!(matches!(temp.import(&copy).0, Outcome::Unchanged(_)));
    assert_eq!(temp.db.version().unwrap(), version);
    assert_eq!(temp.all(), all);
}

#[test]
fn a_changed_file_replaces_its_accounts_and_keeps_ids() {
    let temp =
        TempDb::with(&[document("a.txt", "Story", &[MASSACRE, MINE, "2023-01-01; other; Gao"])]);
    let before = ["2022-04-19-hombori", "2022-04-19-hombori-2", "2023-01-01-gao"];
    assert_eq!(temp.ids(), before);
    // The mine now stands first, the massacre has another figure, and one incident is gone.
    let more = MASSACRE.replace("50", "60");
    let (outcome, counts) =
        temp.import(&document("a.txt", "Story", &[MINE, &more, "2023-05-05; other; Kidal"]));
    assert_eq!(outcome, Outcome::Changed("story".to_owned()));
    assert_eq!(
        counts,
        Counts { added: 1, changed: 1, unchanged: 1, dropped: 1, ..Counts::default() }
    );
    assert_eq!(temp.ids(), ["2022-04-19-hombori", "2022-04-19-hombori-2", "2023-05-05-kidal"]);
    let all = temp.all();
    let kind = |id: &str| all.iter().find(|i| i.id == id).unwrap().kind.as_str();
    assert_eq!(kind("2022-04-19-hombori"), "massacre");
    assert_eq!(kind("2022-04-19-hombori-2"), "bombing");
    let figures: Vec<_> = all.iter().flat_map(|i| i.claims()).filter_map(|(_, c)| c.min).collect();
    assert_eq!(figures, [1, 60], "the old figure is gone");
    assert_eq!(resolves_to(&temp, "2023-01-01-gao"), None);
    assert_eq!(ids_of(&temp, "story"), 3);
    // The old text is retired, not deleted.
    let versions: i64 = temp
        .db
        .read(|db| Ok(db.query_row("select count(*) from source", [], |r| r.get(0))?))
        .unwrap();
    assert_eq!(versions, 2);
    // What comes back gets its id back.
    temp.import(&document("a.txt", "Story", &[MASSACRE, MINE, "2023-01-01; other; Gao"]));
    assert_eq!(temp.ids(), before);
}

#[test]
fn a_moved_passage_is_no_change_of_the_incident() {
    let doc = document("a.txt", "Story", &[MASSACRE]);
    let temp = TempDb::with(&[doc]);
    let longer = document("a.txt", "A much longer story", &[MASSACRE]);
    let (outcome, counts) = temp.import(&longer);
    assert!(matches!(outcome, Outcome::Changed(_)));
    assert_eq!(counts, Counts { unchanged: 1, ..Counts::default() });
    let text = temp.db.read(|db| source::show(db, "story")).unwrap().unwrap();
    assert!(text.marks.iter().all(|m| m.passage.holds_in(&text.text)));
}

#[test]
fn a_better_reading_of_the_same_text_replaces_the_old_one() {
    let mut doc = document("a.txt", "Story", &[MASSACRE, MINE]);
    let temp = TempDb::with(std::slice::from_ref(&doc));
    doc.drafts[1].claims.clear();
    let (outcome, counts) = temp.import(&doc);
    assert_eq!(outcome, Outcome::Changed("story".to_owned()));
    assert_eq!((counts.changed, counts.unchanged), (1, 1));
    assert!(matches!(temp.import(&doc).0, Outcome::Unchanged(_)));
}

#[test]
fn a_source_is_known_again_by_its_link_but_a_digest_of_it_is_another() {
    let link = |mut doc: ParsedDocument| {
        doc.meta.url = Some("https://example.org/hombori".to_owned());
        doc
    };
    let temp = TempDb::with(&[link(document("a.txt", "Story", &[MASSACRE]))]);
    let moved = link(document("b.txt", "Story, updated", &[MASSACRE]));
    assert_eq!(temp.import(&moved).0, Outcome::Changed("story".to_owned()));
    let mut digest = link(document("c.txt", "Digest", &[MASSACRE]));
    digest.meta.kind = mali_timeline::model::source::SourceKind::Digest;
    assert_eq!(temp.import(&digest).0, Outcome::Added("digest".to_owned()));
    assert_eq!(temp.ids(), ["2022-04-19-hombori"]);
    assert_eq!(temp.all()[0].accounts.len(), 2);
}

#[test]
fn a_file_that_becomes_a_copy_of_another_leaves_one_source() {
    let (a, b) = (document("a.txt", "One", &[MASSACRE]), document("b.txt", "Two", &[MINE]));
    let temp = TempDb::with(&[a.clone(), b]);
    let copy = ParsedDocument { file_name: "b.txt".to_owned(), ..a };
    assert_eq!(temp.import(&copy).0, Outcome::Unchanged("one".to_owned()));
    assert_eq!(temp.ids(), ["2022-04-19-hombori"]);
    let titles = temp.db.read(source::titles).unwrap();
    assert_eq!(titles.into_keys().collect::<Vec<_>>(), ["one"]);
}

#[test]
fn moura_told_by_two_documents_is_one_incident_with_both_accounts() {
    let a = document(
        "a.txt",
        "Hombori massacre",
        &[
            "2022-03; massacre; Moura; malian-armed-forces, wagner-group; civilians; killed civilians 300",
        ],
    );
    let b = document(
        "b.txt",
        "Mopti attacks",
        &["2022-03; siege; Moura; malian-armed-forces, wagner-group; civilians; \
           killed civilians 300 (United Nations), detained civilians dozens"],
    );
    let temp = TempDb::with(&[a]);
    let (_, counts) = temp.import(&b);
    assert_eq!(counts, Counts { joined: 1, ..Counts::default() });
    let all = temp.all();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].id, "2022-03-moura");
    let sources: Vec<_> = all[0].accounts.iter().map(|a| a.source.id.as_str()).collect();
    assert_eq!(sources, ["hombori-massacre", "mopti-attacks"]);
    assert_eq!(all[0].claims().count(), 3);
}

#[test]
fn drafts_of_one_document_are_never_joined() {
    let temp = TempDb::with(&[document("a.txt", "Story", &[MASSACRE, MASSACRE, MINE])]);
    assert_eq!(temp.ids(), ["2022-04-19-hombori", "2022-04-19-hombori-2", "2022-04-19-hombori-3"]);
}

#[test]
fn another_documents_massacre_joins_the_massacre_only() {
    let temp = TempDb::with(&[document("a.txt", "One", &[MINE, MASSACRE])]);
    temp.import(&document(
        "b.txt",
        "Two",
        &["2022-04-19; massacre; Hombori; wagner-group; -; killed total 52"],
    ));
    let all = temp.all();
    let accounts: Vec<_> = all.iter().map(|i| (i.kind.as_str(), i.accounts.len())).collect();
    assert_eq!(accounts, [("massacre", 2), ("bombing", 1)]);
    assert!(temp.db.read(decision::pairs).unwrap().is_empty());
}

fn decide(temp: &TempDb, pair: [&str; 2], decision: Decision) -> Result<(), StoreError> {
    temp.db.write(|tx| decision::decide(tx, &KNOWN, pair, decision))
}

#[test]
fn doubtful_pairs_are_listed_and_decisions_last() {
    let one = document("a.txt", "One", &[MASSACRE]);
    let clash = |n: u32| {
        let line = format!("2022-04-19; armed-clash; Hombori; -; -; killed total {n}");
        document("b.txt", "Two", &[&line])
    };
    let temp = TempDb::with(&[one]);
    let (_, counts) = temp.import(&clash(1));
    assert_eq!((counts.added, counts.doubtful), (1, 1));
    let pairs = temp.db.read(decision::pairs).unwrap();
    let [pair] = &pairs[..] else { panic!("{pairs:?}") };
    assert_eq!((pair.a.as_str(), pair.b.as_str()), ("2022-04-19-hombori", "2022-04-19-hombori-2"));
    assert_eq!(pair.decision, Decision::Open);

    decide(&temp, [&pair.b, &pair.a], Decision::Different).unwrap();
    assert_eq!(temp.import(&clash(2)).1.doubtful, 0);
    let pairs = temp.db.read(decision::pairs).unwrap();
    assert_eq!(pairs[0].decision, Decision::Different);

    decide(&temp, [&pair.a, &pair.b], Decision::Same).unwrap();
    assert_eq!(temp.ids(), ["2022-04-19-hombori"]);
    assert_eq!(temp.import(&clash(3)).1.changed, 1);
    assert_eq!(temp.ids(), ["2022-04-19-hombori"]);
    assert_eq!(resolves_to(&temp, "2022-04-19-hombori-2").unwrap(), "2022-04-19-hombori");
}

#[test]
fn a_corrected_date_joins_and_the_old_id_goes_on_resolving() {
    let undated = "-; massacre; Hombori; malian-armed-forces; -; killed total 50";
    let mut second = document("b.txt", "Two", &[undated]);
    let temp = TempDb::with(&[document("a.txt", "One", &[MASSACRE]), second.clone()]);
    assert_eq!(temp.ids(), ["2022-04-19-hombori", "undated-hombori"]);
    assert_eq!(temp.db.read(decision::pairs).unwrap().len(), 1);
    // A better reading of the same sentence.
    second.drafts[0].date = support::span("2022-04-19");
    let joined = Counts { joined: 1, ..Counts::default() };
    assert_eq!(temp.import(&second).1, joined);
    assert_eq!(temp.ids(), ["2022-04-19-hombori"]);
    assert_eq!(resolves_to(&temp, "undated-hombori").unwrap(), "2022-04-19-hombori");
    assert_eq!(resolves_to(&temp, "undated-boni"), None);
    assert_eq!(temp.db.read(decision::pairs).unwrap().len(), 0);
}

#[test]
fn an_import_that_is_dropped_in_the_middle_leaves_nothing() {
    let temp = TempDb::with(&[document("a.txt", "One", &[MASSACRE])]);
    let (version, all) = (temp.db.version().unwrap(), temp.all());
    let doc = document("a.txt", "One", &[MINE, "2023-01-01; other; Gao"]);
    let stopped = temp.db.write(|tx| {
        let origin = sha256("a.txt");
        import_document(tx, &mut Session::default(), &doc, &origin, &KNOWN)?;
        Err::<(), _>(StoreError::BadSearch("killed".to_owned()))
    });
    assert!(stopped.is_err());
    let panicked = std::panic::catch_unwind(|| {
        temp.db.write(|tx| {
            let origin = sha256("a.txt");
            import_document(tx, &mut Session::default(), &doc, &origin, &KNOWN)?;
            if tx.is_autocommit() { Ok(()) } else { panic!("killed") }
        })
    });
    assert!(panicked.is_err());
    assert_eq!(temp.all(), all);
    assert_eq!(temp.db.version().unwrap(), version);
    assert!(matches!(temp.import(&doc).0, Outcome::Changed(_)));
}

#[test]
fn err_a_quote_that_the_text_does_not_have_is_refused() {
    let temp = TempDb::with(&[]);
    let mut doc = document("a.txt", "Story", &[MASSACRE]);
    doc.drafts[0].claims[0].passage.quote = "51 civilians killed".to_owned();
    let Outcome::Refused(problem) = temp.import(&doc).0 else { panic!("it was let in") };
    assert_eq!(problem.line, 3);
    assert!(problem.expected.contains("51 civilians killed"), "{problem}");
    assert!(problem.found.contains("50 civilians killed"), "{problem}");
    assert!(temp.ids().is_empty());
    assert!(temp.db.read(source::titles).unwrap().is_empty());
}

#[test]
fn err_files_that_cannot_be_read_are_reported_and_the_walk_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(at("deep/.hidden")).unwrap();
    std::fs::write(at("deep/b.txt"), "b").unwrap();
    std::fs::write(at("a.txt"), "a").unwrap();
    std::fs::write(at("deep/.hidden/c.txt"), "c").unwrap();
    std::fs::write(at(".d.txt"), "d").unwrap();
    let huge = std::fs::File::create(at("huge.txt")).unwrap();
    huge.set_len(MAX_BYTES as u64 + 1).unwrap();
    let temp = TempDb::new();
    let paths = [folder.path().to_owned(), at("missing.txt")];
    let mut seen = Vec::new();
    let report = import::run(&temp.db, &paths, &Options::default(), &KNOWN, |progress| {
        if let Progress::File { report, done, all } = progress {
            seen.push((report.path.clone(), done, all));
        }
        true
    })
    .unwrap();
    let names = ["a.txt", "deep/b.txt", "huge.txt", "missing.txt"];
    let expected: Vec<_> = names.iter().enumerate().map(|(i, n)| (at(n), i + 1, 4)).collect();
    assert_eq!(seen, expected);
    let refused: Vec<_> = report
        .files
        .iter()
        .filter_map(|f| match &f.outcome {
            Outcome::Refused(problem) => Some(problem.to_string()),
            _ => None,
        })
        .collect();
    assert!(
        refused
            .contains(&"huge.txt:1: expected a document of at most 50 MiB, found more".to_owned())
    );
    assert!(refused.iter().any(|p| p.starts_with("missing.txt:1: expected a file")), "{refused:?}");
}

#[test]
fn the_bundled_documents_come_into_an_empty_database_only() {
    let files = Files::embedded();
    let temp = TempDb::new();
    let report = import::bundled(&temp.db, &files, None, &KNOWN).unwrap().unwrap();
    let [added, changed, unchanged, refused] = report.sources();
    assert_eq!((changed, unchanged, refused), (0, 0, 0));
    assert_eq!(added, files.sources().len());
    assert!(added > 0);
    let version = temp.db.version().unwrap();
    assert!(import::bundled(&temp.db, &files, None, &KNOWN).unwrap().is_none());
    assert_eq!(temp.db.version().unwrap(), version);
    let other = TempDb::with(&[document("a.txt", "One", &[MASSACRE])]);
    assert!(import::bundled(&other.db, &files, None, &KNOWN).unwrap().is_none());
    assert_eq!(other.ids(), ["2022-04-19-hombori"]);
}

#[test]
fn other_data_files_derive_the_incidents_again() {
    let temp = TempDb::with(&[document("a.txt", "One", &["2022-04-19; other; Gao; wagner-group"])]);
    let listed = |actor: &str| {
        let filter = Filter::default().toggled(Dimension::Perpetrator, actor);
        let count = temp.db.read(|db| incident::overview(db, &filter)).unwrap();
        count.incidents
    };
    let folder = tempfile::tempdir().unwrap();
    let text = Files::embedded().text("actors.toml").unwrap();
    let moved = text.replace("parent = \"russian-paramilitaries\"", "parent = \"un\"");
    assert_ne!(moved, text);
    std::fs::write(folder.path().join("actors.toml"), moved).unwrap();
    let files = Files::with_folder(folder.path().to_owned());
    let known = Knowledge::load(&files).unwrap();

    import::rederive(&temp.db, &Files::embedded(), &KNOWN, |_, _| {}).unwrap();
    assert_eq!((listed("russian-paramilitaries"), listed("un")), (1, 0));
    let version = temp.db.version().unwrap();
    import::rederive(&temp.db, &Files::embedded(), &KNOWN, |_, _| {}).unwrap();
    assert_eq!(temp.db.version().unwrap(), version, "nothing to derive");
    import::rederive(&temp.db, &files, &known, |_, _| {}).unwrap();
    assert_eq!((listed("russian-paramilitaries"), listed("un")), (0, 1));
    assert_ne!(temp.db.version().unwrap(), version);
}
