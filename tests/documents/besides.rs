//! Which incidents encyclopedia articles, reports and overviews tell besides their main one.

use super::KNOWN;
use super::telling::incident;
use mali_timeline::ingest::{Hints, Parser};

/// A line for each incident of a document.
fn incidents(document: &str) -> Vec<String> {
    let parsed = Parser::new(&KNOWN).parse("a.txt", document.as_bytes(), &Hints::default());
    parsed.expect("a text").drafts.iter().map(incident).collect()
}

fn check(head: &str, cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = incidents(&format!("{head}{text}\n"));
        if found[1..] != **expected {
            wrong.push(format!("{text}\n  expected {expected:#?}\n  found    {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An article on an attack of 14 August 2017 at Timbuktu, up to what its background says.
const ARTICLE: &str = "= 2017 Timbuktu attack =

Infobox
- Conflict: 2017 Timbuktu attack
- Place: Timbuktu, Mali
- Date: August 14, 2017

On August 14, 2017, jihadists from JNIM attacked a base in Timbuktu, Mali, killing seven guards.

== Background ==
";

#[test]
fn days_on_lines_of_their_own_head_what_was_told_of_them() {
    let found = incidents(
        "Events of the week in Mali

FEBRUARY 7th 2022

Fire on Boni.

On February 7th, 2022, gunmen fired on Boni, killing two villagers.

FEBRUARY 8th 2022

Ambush.

On february 8th 2022, five soldiers were killed in an ambush near Hombori.
",
    );
    let expected = ["2022-02-07 boni, killed civilians 2", "2022-02-08 hombori, killed soldiers 5"];
    assert_eq!(found, expected);
}

#[test]
fn what_a_group_did_on_the_ground_is_no_part_of_a_drone_strike() {
    check(
        "---\ntitle: Mali\npublished: 2024-07-31\n---\nDrone attacks killed at least six civilians Tuesday at Boni, local officials said. ",
        &[
            (
                "JNIM also claimed it had attacked an army convoy near Boni.\n\nJNIM said it killed 50 Russians.",
                &["undated boni, killed total 50 by JNIM"],
            ),
            ("JNIM claimed the attack.", &[]),
            ("JNIM said its drones had killed two soldiers.", &[]),
        ],
    );
}

#[test]
fn the_background_of_an_article_tells_each_incident_by_its_own_day_and_place() {
    check(
        ARTICLE,
        &[
            (
                "The same day of the attack on Timbuktu, a similar one was carried out by JNIM at the base in Douentza, where a Malian soldier was killed.",
                &["2017-08-14 douentza, killed soldiers 1"],
            ),
            (
                "=== Rise of the conflict ===\n\nThe statement sparked the Aklaz massacre that saw 47 civilians killed. In 2016, the group increased its attacks.",
                &["undated aklaz, killed civilians 47"],
            ),
            (
                "In August, JNIM attacked a convoy near Anéfis, with no casualties reported.",
                &["2017-08-01 anéfis"],
            ),
            (
                "The attack came several days after another strike in Amasrakad killed fourteen civilians. On August 3, civilians in Amasrakad were hit by strikes, killing 13.",
                &["2017-08-03 amasrakad, killed civilians 14, killed civilians 13"],
            ),
            (
                "A week prior to the massacre, herdsmen killed over 35 Dogon civilians in the village of Sobane Da.",
                &["2017-08-07 sobane da, killed civilians 35"],
            ),
            (
                "Five peacekeepers were killed in Kidal on May 23 and four more in an ambush near Aguelhok on June 8.",
                &[
                    "2017-05-23 kidal, killed peacekeepers 5",
                    "2017-06-08 aguelhok, killed peacekeepers 4",
                ],
            ),
            (
                "In March 2016, the group attacked the army base in Tarkint, killing 29 soldiers, and in May of that year it killed 20 civilians in villages near Ansongo.",
                &[
                    "2016-03-01 tarkint, killed soldiers 29",
                    "2016-05-01 ansongo, killed civilians 20",
                ],
            ),
            // A week after some day of November is no day that is known.
            (
                "In November 2015 an attack on a hotel in Bamako killed 20 people. A week later militants attacked a base in Kidal, killing 3.",
                &["2015-11-01 bamako, killed total 20", "undated kidal, killed total 3"],
            ),
            (
                "JNIM claimed the attack of March 4 on the army base at Mondoro. Twenty-seven soldiers were killed there.",
                &["2017-03-04 mondoro, killed soldiers 27"],
            ),
            (
                "On 28 November 2016, soldiers fired on demonstrators at the airport, wounding five. The town had been attacked in June 2015, when a truck bomb exploded at the market.",
                &["2016-11-28 timbuktu, wounded total 5", "2015-06-01 timbuktu"],
            ),
            (
                "On April 6, 2016, it struck at Bamba, to the west, where the army acknowledged 25 deaths. Two days later, French troops put out of action about thirty militants.",
                &[
                    "2016-04-06 bamba, killed soldiers 25 by Malian Armed Forces",
                    "2016-04-08 , killed militants 30",
                ],
            ),
            // The attack that a day leans on is the main one.
            (
                "On March 23, gunmen killed 160 people in Ogossagou. The day before the attack, a mine between Douentza and Boni had killed a peacekeeper.",
                &[
                    "2017-03-23 ogossagou, killed total 160",
                    "2017-08-13 douentza boni, killed peacekeepers 1",
                ],
            ),
            (
                "The group first fought in 2015. Twelve people were killed at Aklaz on April 26 of that year.",
                &["2015-04-26 aklaz, killed total 12"],
            ),
            (
                "On 26 May, a column arrived in Oro Feru, in Nara Cercle. Nine men were killed.",
                &["2017-05-26 oro feru, killed total 9"],
            ),
            (
                "In early March 2017, at least 35 bodies were found near the hamlet of Wotoro.",
                &["2017-03-01 wotoro, killed total 35"],
            ),
            (
                "On 1 May 2017 two gendarmes died in Labbezanga. The French army killed the deputy of the group in an airstrike in March 2016.",
                &["2017-05-01 labbezanga, killed police 2"],
            ),
        ],
    );
}

#[test]
fn a_late_death_or_a_reason_gives_no_day() {
    for text in [
        "One of the wounded succumbed to his wounds on August 20, bringing the toll to eight.",
        "In a statement of 16 August the army announced nine dead.",
        "The report that the Secretary-General submitted on August 31 kept to seven dead.",
        "The following month it released a video in which five captured soldiers spoke.",
        "On Monday, a guard died of the injuries that he had suffered.",
        "Among them was a herder arrested ten days earlier.",
        "By the following day the army had revised the figures to nine dead.",
        "The toll, which replaces that of 16 August (two dead), is nine dead.",
        "JNIM presented the attack as revenge for the death of its commanders two months earlier.",
    ] {
        let found = incidents(&format!("{ARTICLE}\n== Aftermath ==\n{text}\n"));
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
    }
}

#[test]
fn an_infobox_has_places_of_any_name_days_of_years_and_losses_of_one_side() {
    let found = incidents(
        "Jump to content\n\nTakumbaw offensive\n\nFrom Wikipedia, the free encyclopedia\n\
         Takumbaw offensive\nPart of a war\nDateMarch 8, 2022 – May 2023\nLocation\n\
         Takumbaw and Lewa, Tombouctou Region, Mali\nBelligerents\nMali\n\
         Jama'at Nasr al-Islam wal Muslimin\nCasualties and losses\n17 dead\n42 injured\n\
         1 missing\nUnknown\n\nThe offensive was fought by JNIM.\n",
    );
    let expected =
        "2022-03-08 takumbaw lewa, killed soldiers 17, wounded soldiers 42, missing soldiers 1";
    assert_eq!(found, [expected]);
    let parsed = Parser::new(&KNOWN).parse(
        "a.txt",
        "= Battle =\n\nInfobox\n- Place: Tabankort, in Ménaka Cercle, Mali\n- Date: 8 May 2022\n\
         - Casualties2: 7–17 fighters killed, 6-8 wounded (Malian claim)\n\nIt was an attack.\n"
            .as_bytes(),
        &Hints::default(),
    );
    let draft = &parsed.unwrap().drafts[0];
    // The only Tabankort that the gazetteer knows lies in another region.
    assert_eq!(draft.places[0].region_then.as_deref(), Some("menaka"));
    let claims: Vec<_> = draft.claims.iter().map(|c| (c.group, c.min)).collect();
    assert_eq!(claims[0].0, claims[1].0, "{claims:?}");
    let by = draft.claims[1].claimant.as_ref().unwrap();
    assert_eq!(by.actor.as_deref(), Some("malian-armed-forces"));
}

#[test]
fn a_story_that_gives_no_year_has_one_main_incident_and_no_year() {
    let story = "Mali: at least 17 soldiers killed\n\nA peacekeeper was killed on 22 April when a \
                 convoy hit a mine near Tessalit.\n\nIn March 2021, 33 soldiers were killed in Tessit.\n\n\
                 On June 18, more than 130 civilians were massacred in Diallassagou. The army lost 27 \
                 soldiers in Mondoro in March.\n";
    assert_eq!(
        incidents(story),
        [
            "undated tessalit, killed peacekeepers 1",
            "2021-03-01 tessit, killed soldiers 33",
            "undated diallassagou, killed civilians 130",
            "undated mondoro, killed soldiers 27",
        ]
    );
}

#[test]
fn a_story_keeps_apart_what_had_happened_elsewhere() {
    const STORY: &str = "Mali: raid on army camp\n\nMarch 18, 2019\n\nAt least 23 soldiers were \
                         killed on Sunday when gunmen attacked a camp in Dioura, the army said.\n\n";
    check(
        STORY,
        &[
            (
                "On Saturday, the United Nations said that 37 Fulani civilians had been killed in Koulogon.",
                &["undated koulogon, killed civilians 37 by United Nations"],
            ),
            (
                "In February last year, 27 died in Hombori, and in January this year nine in Boni.",
                &["2018-02-01 hombori, killed total 27", "2019-01-01 boni, killed total 9"],
            ),
            (
                "Earlier this month, gunmen killed four civilians in Bankass.",
                &["2019-03-01 bankass, killed civilians 4"],
            ),
            (
                "The fighters said in a statement that they had taken the camp. The rebels claimed in January to have killed 47 soldiers at Tinzaouaten.",
                &["2019-01-01 tinzaouaten, killed soldiers 47 by Tuareg rebels"],
            ),
        ],
    );
}

#[test]
fn months_without_a_year_keep_their_dead_apart() {
    let story = "JNIM claims assault\n\nAn assault on a base near Gao left seven soldiers dead. \
                 Dozens were wounded.\n\nIn March, a checkpoint was attacked near Almoustarat. That \
                 assault left two soldiers dead.\n\nJust days before that, an attack at Boni killed \
                 six. From March 2012 until January 2013 the town was held by jihadists.\n\nOn \
                 August 3, ten soldiers died at Gourma-Rharous.\n";
    assert_eq!(
        incidents(story)[1..],
        [
            "undated almoustarat, killed soldiers 2",
            "undated boni, killed total 6",
            "undated gourma-rharous, killed soldiers 10",
        ]
    );
}

#[test]
fn a_digest_or_an_overview_has_no_main_incident() {
    let digest = "CrisisWatch\n\nDecember 2020\n\nMali\n\nViolence continued. Katiba Macina 9 Dec \
                  attacked Songho, killing five militiamen. A bomb 28 Dec killed three French soldiers \
                  in Hombori. A mine 12 Dec left 15 people dead near Boni.\n";
    let overview = "= Mali: attacks of January =\n\nJanuary 31, 2021\n\nEvery force suffered losses.\n\n\
                    == Army ==\n\nOn 2 January two soldiers were killed in Boni.\n\nOn 13 January four \
                    peacekeepers died in Kidal.\n\nOn 21 January three soldiers died in Mondoro. In \
                    all, nine people were killed during the month.\n";
    let report = "Mali: Armed Groups Target Civilians\n\n(Bamako, May 10, 2023) – Armed groups have \
                  killed scores of civilians since February, a rights group said.\n\nOn February 23 \
                  gunmen killed 12 men in Kano.\n\nOn March 11 fighters attacked Gani-Do, about 30 \
                  kilometers from Bandiagara, killing nine people.\n\nOn April 2 gunmen executed 18 \
                  men in Djoura.\n";
    let chronology = "# Mali: a chronology of 2020\n\n**January 6** – Five soldiers die at Alatona.\n\n\
                      **June 3** – At Talahandak French special forces kill Abdelmalek Droukdel, the \
                      emir.\n\n**July 1** – Gunmen raid Gouari and Djimdo, killing 32. The next evening, \
                      soldiers are ambushed outside Gouari; nine die.\n\n**August 3** – JNIM fires \
                      rockets at the base in Gao. No casualties are reported.\n\nIn the year as a \
                      whole, 2,800 people died.\n";
    let days = [
        "2020-01-06 alatona",
        "2020-06-03 talahandak",
        "2020-07-01 gouari djimdo",
        "2020-07-02 gouari",
    ];
    let found = incidents(chronology);
    let heads: Vec<_> = found.iter().map(|l| l.split(',').next().unwrap()).collect();
    assert_eq!(heads, [&days[..], &["2020-08-03 gao"]].concat());
    let several = "Mali: Fighters Attack Villages\n\n(Nairobi, May 8, 2024) – Fighters killed dozens \
                   of villagers in separate attacks in January 2024, a rights group said.\n\nOn \
                   January 27, gunmen attacked Ogota. They killed 32 civilians.\n\nThree weeks \
                   earlier, on January 6, militiamen raided Kalala, killing 13.\n";
    let found = incidents(several);
    let heads: Vec<_> = found.iter().map(|l| l.split(',').next().unwrap()).collect();
    assert!(
        heads.contains(&"2024-01-27 ogota") && heads.contains(&"2024-01-06 kalala"),
        "{found:?}"
    );
    for (text, expected) in [
        (digest, ["2020-12-09 songho", "2020-12-28 hombori", "2020-12-12 boni"]),
        (overview, ["2021-01-02 boni", "2021-01-13 kidal", "2021-01-21 mondoro"]),
        (report, ["2023-02-23 kano", "2023-03-11 gani-do", "2023-04-02 djoura"]),
    ] {
        let parsed = Parser::new(&KNOWN).parse("a.txt", text.as_bytes(), &Hints::default());
        let drafts = parsed.unwrap().drafts;
        assert!(drafts.iter().all(|d| !d.main), "{text}");
        let lines: Vec<_> = drafts.iter().map(incident).collect();
        let heads: Vec<_> = lines.iter().map(|l| l.split(',').next().unwrap()).collect();
        assert_eq!(heads, expected, "{text}");
    }
}

#[test]
fn what_came_before_is_of_the_year_before_and_of_its_own_place() {
    check(
        "Attack at Boni\n\nOn 3 March 2022 gunmen attacked the village of Boni in Mopti Region, Mali.\n\n",
        &[
            (
                "Last December, gunmen had killed 31 people near Songho.",
                &["2021-12-01 songho, killed total 31"],
            ),
            (
                "It came after those that killed three French soldiers near Hombori on 28 December and two others in the Ménaka region on 2 January.",
                &[
                    "2021-12-28 hombori, killed soldiers 3",
                    "2022-01-02 ménaka region, killed soldiers 2",
                ],
            ),
            (
                "Twenty-five soldiers died in an assault on the same village in September 2019, a toll that the government later raised to 38.",
                &["2019-09-01 boni, killed soldiers 25, killed soldiers 38 by Malian government"],
            ),
            (
                "Another soldier died overnight in an attack on the camp at Mondoro.",
                &["undated mondoro, killed soldiers 1"],
            ),
            (
                "Earlier in the month at least 35 charred bodies were found near the hamlet of Danguèrè Wotoro.",
                &["undated danguèrè wotoro, killed total 35"],
            ),
            // Later in the year is no year before.
            (
                "On 12 August, seven more civilians were killed in Songho.",
                &["2022-08-12 songho, killed civilians 7"],
            ),
            ("Another soldier died of his wounds.", &[]),
        ],
    );
}
