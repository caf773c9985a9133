use super::*;
use crate::ingest::rules::actor::{Cast, actors};
use crate::ingest::token::{span, tokens};
use std::sync::LazyLock;

static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&KNOWN));

/// "speaker, speaker: what is said" for each saying of the last of `sentences`.
pub(super) fn read(sentences: &[&str]) -> Vec<String> {
    let (mut speakers, mut cast) = (Speakers::default(), Cast::default());
    let mut out = Vec::new();
    for text in sentences {
        let tokens = tokens(text, 0..text.len());
        let actors = actors(&tokens, &VOCABULARY, &KNOWN, &mut cast);
        let scene = Scene {
            text,
            tokens: &tokens,
            vocabulary: &VOCABULARY,
            known: &KNOWN,
            actors: &actors,
        };
        out = speeches(&scene, &mut speakers)
            .into_iter()
            .map(|s| {
                let names: Vec<_> = s.speakers.iter().map(|c| c.name.as_str()).collect();
                let said = if s.scope.is_empty() { "" } else { &text[span(&tokens[s.scope])] };
                format!("{}: {said}", names.join(", "))
            })
            .collect();
    }
    out
}

#[test]
fn ok_over_clauses_and_adverbs() {
    for (text, said) in [
        (
            "Six soldats sont morts selon l'état-major, qui affirme en avoir tué 24.",
            "General Staff: en avoir tué 24.",
        ),
        (
            "Peu après le drame, un responsable du bureau des jeunes avait fait état de neuf tués.",
            "responsable du bureau des jeunes: neuf tués.",
        ),
        ("The MNLA, which blamed MOJWA, put the toll at thirty-five.", "MNLA: thirty-five."),
        (
            "The army, which had first given the number as eight, spoke of nine dead.",
            "Malian Armed Forces: nine dead.",
        ),
        (
            "Twenty died in Boni, a security source and two residents said.",
            "security source, two residents: Twenty died in Boni,",
        ),
        (
            "Vingt personnes sont mortes, selon un élu local et une source sécuritaire.",
            "élu local, source sécuritaire: Vingt personnes sont mortes,",
        ),
        (
            "Dix civils sont morts, a appris l'AFP lundi auprès du maire et d'un habitant.",
            "maire, un habitant: Dix civils sont morts,",
        ),
        (
            "SITE quoted a JNIM statement as saying that 107 soldiers died.",
            "JNIM: that 107 soldiers died.",
        ),
        (
            "Douze personnes ont été tuées à l'est de Ménaka dans le lieu-dit Tifolat, selon un élu.",
            "un élu: Douze personnes ont été tuées à l'est de Ménaka dans le lieu-dit Tifolat,",
        ),
        (
            "Onze civils ont été tués dans le nord, avait annoncé la Communauté Idaksahak.",
            "Communauté Idaksahak: Onze civils ont été tués dans le nord,",
        ),
        (
            "The army gave no toll, but according to several sources the attack left 20 dead.",
            "several sources: the attack left 20 dead.",
        ),
        ("A U.N. official said that 27 had died.", "U.N. official: that 27 had died."),
        (
            "Seize personnes ont été tuées, a dit une source proche des autorités à Ménaka.",
            "source proche des autorités: Seize personnes ont été tuées,",
        ),
        (
            "25 died in 2019, a toll that the government later raised to 38.",
            "Malian government: 38.",
        ),
        ("The toll, put at 37 by a UN source in the morning, rose.", "UN source: put at 37"),
        (
            "A convoy of the United Nations mission came under fire; one was killed, the mission said.",
            "United Nations: A convoy of the United Nations mission came under fire; one was killed,",
        ),
        (
            "Un bilan confirmé par le ministre de l'intérieur faisait état de 56 morts.",
            "ministre de l'intérieur: faisait état de 56 morts.",
        ),
        (
            "A team from MINUSMA that visited the site established that 157 had died.",
            "team from MINUSMA: that 157 had died.",
        ),
        (
            "The figure, given on Monday by the mayor of Sangha, was of 95 dead.",
            "mayor of Sangha: , was of 95 dead.",
        ),
        ("The government lowered the toll, which the mayor had raised to 95.", "mayor: 95."),
        ("It killed 25 by the military's count.", "Malian Armed Forces: It killed 25"),
    ] {
        assert_eq!(read(&[text]).last().map(String::as_str), Some(said), "{text}");
    }
}

#[test]
fn ok_speakers() {
    let mut wrong = Vec::new();
    for (sentences, expected) in [
        (
            vec!["The Malian government claimed that eleven jihadists were killed."],
            vec!["Malian government: that eleven jihadists were killed."],
        ),
        (
            vec![
                "It killed 18 people, according to a Tuareg separatist group, while military officials claim the attack hit militants.",
            ],
            vec![
                "Tuareg separatist group: It killed 18 people,",
                "military officials: the attack hit militants.",
            ],
        ),
        (
            vec!["The governor of Menaka, Daouda Maiga, stated that six were killed."],
            vec!["governor of Menaka: that six were killed."],
        ),
        (
            vec![
                "The governor of Menaka, Daouda Maiga, stated that six were killed.",
                "Maiga stated that many were young.",
            ],
            vec!["governor of Menaka: that many were young."],
        ),
        (
            vec!["GATIA and the MSA assessed that seventeen civilians were killed."],
            vec!["GATIA, MSA: that seventeen civilians were killed."],
        ),
        (
            vec!["MINUSMA stated on April 30 that forty-seven people were killed."],
            vec!["MINUSMA: on April 30 that forty-seven people were killed."],
        ),
        (
            vec!["A Daoussahak tribal administrator stated that 43 people were killed."],
            vec!["Daoussahak tribal administrator: that 43 people were killed."],
        ),
        (
            vec!["An initial report by the Malian army stated that twelve soldiers were killed."],
            vec!["Malian army: that twelve soldiers were killed."],
        ),
        (
            vec!["In JNIM's statement, they claimed there was an unknown number."],
            vec!["JNIM: there was an unknown number."],
        ),
        (
            vec!["On January 11, Malian officials stated that fourteen soldiers died."],
            vec!["Malian officials: that fourteen soldiers died."],
        ),
        (
            vec!["Fifty-three soldiers were killed on Friday, the government said."],
            vec!["Malian government: Fifty-three soldiers were killed on Friday,"],
        ),
        (
            vec!["JNIM, for its part, said it had killed 85 soldiers."],
            vec!["JNIM: it had killed 85 soldiers."],
        ),
        (
            vec!["Two were missing, a UN spokesman said on 4 November."],
            vec!["UN spokesman: Two were missing,"],
        ),
        (
            vec![
                "Quarante-deux militaires ont péri, a fait savoir mercredi le gouvernement de transition.",
            ],
            vec!["gouvernement de transition: Quarante-deux militaires ont péri,"],
        ),
        (
            vec!["Selon le gouvernement malien, 38 personnes sont mortes."],
            vec!["gouvernement malien: , 38 personnes sont mortes."],
        ),
        (
            vec!["Il y a des blessés, d'après des sources locales."],
            vec!["sources locales: Il y a des blessés,"],
        ),
        (
            vec![
                "Twelve died, said the mayor of the nearby town, Moulaye Guindo.",
                "Guindo said that many were young.",
            ],
            vec!["mayor of the nearby town: that many were young."],
        ),
        (
            vec![
                "Dix sont morts, a dit une source policière.",
                "Cinq sont morts, selon cette source.",
            ],
            vec!["source policière: Cinq sont morts,"],
        ),
        (vec!["Three people were reported dead."], vec![]),
    ] {
        let found = read(&sentences);
        if found != expected {
            wrong.push(format!("{sentences:?}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ok_sayings_in_the_middle() {
    for (text, said) in [
        (
            "Four rebels had fallen, the mayor said, and two were hurt.",
            &["mayor: Four rebels had fallen,", "mayor: and two were hurt."][..],
        ),
        (
            "Nineteen people had been killed, the minister said, 18 guests and a gendarme.",
            &["minister: Nineteen people had been killed,", "minister: 18 guests and a gendarme."],
        ),
        (
            "Dix personnes ont été tuées, a indiqué le maire à l'AFP, dont deux enfants.",
            &["maire: Dix personnes ont été tuées,", "maire: dont deux enfants."],
        ),
    ] {
        assert_eq!(read(&[text]), said, "{text}");
    }
}

#[test]
fn err_narrator_behind_a_saying() {
    for text in [
        "Ten people were killed, the mayor said, two days after soldiers had been ambushed.",
        "Ten people were killed, the mayor said, after gunmen stormed the village.",
        "Ten people were killed, the mayor said, while soldiers counted twelve bodies.",
        "Ten people were killed, the mayor said, but twelve bodies were found.",
    ] {
        let said = read(&[text]);
        assert_eq!(said, ["mayor: Ten people were killed,"], "{text}");
    }
}

#[test]
fn ok_counts_held_down() {
    for (text, said) in [
        ("Conakry n'avait d'abord parlé que de trois tués.", "Conakry: trois tués."),
        ("Un élu s'en était tenu à deux tués.", "Un élu: deux tués."),
        (
            "Le gouvernement, qui invoque des « terroristes », en était resté à 38 morts.",
            "Malian government: 38 morts.",
        ),
        ("La Minusma, elle, n'en déplore que quatre.", "Minusma: quatre."),
        (
            "Le MNLA, qui parlait au départ de seize tués, s'est replié.",
            "MNLA: seize tués, s'est replié.",
        ),
        (
            "Quatre soldats ont été tués, selon Bamako.",
            "Malian government: Quatre soldats ont été tués,",
        ),
    ] {
        assert_eq!(read(&[text]), [said], "{text}");
    }
}

#[test]
fn err_nothing_held_down() {
    for text in [
        "Le village s'en est tenu à l'accord.",
        "L'armée est restée à 20 km de Boni.",
        "Le convoi s'arrêtait à trois villages.",
        "Douze civils ont été tués à Bamako.",
    ] {
        assert!(read(&[text]).is_empty(), "{text}: {:?}", read(&[text]));
    }
}

#[test]
fn ok_it_is_whom_the_sentence_before_was_about() {
    for (before, text, said) in [
        (
            "The army took the camp.",
            "It spoke of seven soldiers killed.",
            "Malian Armed Forces: seven soldiers killed.",
        ),
        (
            "The MNLA took the camp.",
            "It spoke of seven soldiers killed.",
            "MNLA: seven soldiers killed.",
        ),
    ] {
        assert_eq!(read(&[before, text]), [said], "{before}");
    }
    let staff =
        &["The MNLA spoke of four dead.", "The general staff reported ten.", "It spoke of two."];
    assert_eq!(read(staff), ["General Staff: two."]);
    let text = &["The army's camp was attacked.", "He spoke of seven soldiers killed."];
    // Whoever he is, it is not the army.
    assert_eq!(read(text), ["he: seven soldiers killed."]);
}

#[test]
fn ok_subjects_behind_words_that_say_when() {
    for (text, said) in [
        (
            "On the evening of the battle the army reported that ten rebels had died.",
            "Malian Armed Forces: that ten rebels had died.",
        ),
        (
            "After the attack the head of the village said that ten had died.",
            "head of the village: that ten had died.",
        ),
        ("In the days after the raid MINUSMA reported ten dead.", "MINUSMA: ten dead."),
        ("Au soir de la bataille l'armée annonce dix morts.", "Malian Armed Forces: dix morts."),
        (
            "Sweden reported that one of its soldiers was hurt.",
            "Sweden: that one of its soldiers was hurt.",
        ),
        (
            "La Suède annonce que deux de ses soldats sont morts.",
            "Suède: que deux de ses soldats sont morts.",
        ),
    ] {
        assert_eq!(read(&[text]), [said], "{text}");
    }
    let staff = &[
        "The general staff spoke of five dead.",
        "In a text released that night it spoke of nine.",
    ];
    assert_eq!(read(staff), ["General Staff: nine."]);
    // Somebody close to it is not it.
    let close = &["JNIM spoke of five dead.", "On Monday a source close to it spoke of nine."];
    assert_eq!(read(close), ["source close to it: nine."]);
}

#[test]
fn ok_persons_and_no_groups() {
    let captain = &[
        "JNIM claimed to have killed ten.",
        "Captain Ali Cissé, of the general staff, called this propaganda: two had died, he said.",
    ];
    assert_eq!(
        read(captain),
        [
            "Captain Ali Cissé: Captain Ali Cissé, of the general staff, called this propaganda: two had died,"
        ]
    );
    let title = &[
        "Une source sécuritaire parle de neuf morts.",
        "Ancien maire et notable de la ville, Ali Nouh Cissé attribue l'attaque aux chasseurs.",
        "D'après lui, douze personnes sont mortes.",
    ];
    assert_eq!(read(title), ["Ali Nouh Cissé: , douze personnes sont mortes."]);
    let item = &["24 November – JNIM stormed the camp.", "It says that nine died."];
    assert_eq!(read(item), ["JNIM: that nine died."]);
}

#[test]
fn ok_whom_a_pronoun_takes_up() {
    let silent = &[
        "The association spoke of nine dead.",
        "The army did not respond to a request for comment.",
        "In a text published on Monday they reported ten prisoners.",
    ];
    assert_eq!(read(silent), ["Malian Armed Forces: ten prisoners."]);
    // Whoever was asked is a person, and no army.
    let person =
        &["The army spoke of nine.", "The mayor did not comment.", "It later spoke of ten."];
    assert_eq!(read(person), ["Malian Armed Forces: ten."]);
    let dated = &[
        "On 16 November the MNLA, hoping to win back Gao, fell upon a column of MUJAO.",
        "It reported nine wounded.",
    ];
    assert_eq!(read(dated), ["MNLA: nine wounded."]);
    let minister =
        &["The security minister spoke of two dead.", "Ten were hurt, according to the ministry."];
    assert_eq!(read(minister), ["Malian security ministry: Ten were hurt,"]);
}

#[test]
fn ok_counts_of_others_behind_a_semicolon() {
    for (text, said) in [
        (
            "Twelve died, according to residents; officially, five civilians died.",
            "residents: Twelve died,",
        ),
        (
            "Douze civils sont morts, selon l'ONU ; un premier décompte s'arrêtait à neuf.",
            "ONU: Douze civils sont morts,",
        ),
        ("A state daily, L'Avenir, had it that forty had died.", "L'Avenir: forty had died."),
        (
            "Local sources cited by Reuters report ten civilians killed.",
            "Local sources: ten civilians killed.",
        ),
        ("The family said that ten had died.", "family: that ten had died."),
        ("The toll, pegged at 14 by residents, rose.", "residents: pegged at 14"),
        ("Ten died, by the army's own account.", "Malian Armed Forces: Ten died,"),
    ] {
        assert_eq!(read(&[text]), [said], "{text}");
    }
    let each = "L'armée reconnaît cinq morts dans ses rangs, quand le GSIM en revendique trente.";
    let said = ["Malian Armed Forces: cinq morts dans ses rangs,", "GSIM: trente."];
    assert_eq!(read(&[each]), said);
    let own = "Twelve died, residents said; five were hurt.";
    assert_eq!(read(&[own]), ["residents: Twelve died,", "residents: ; five were hurt."]);
}

#[test]
fn ok_claims_passed_on() {
    for (text, said) in [
        (
            "AQIM claimed to have killed nine soldiers in the attack, according to a news agency.",
            "AQIM: to have killed nine soldiers in the attack, according to a news agency.",
        ),
        (
            "Ten were killed, local and government officials said.",
            "local and government officials: Ten were killed,",
        ),
        ("Une attaque a été rapportée par une ONG qui parlait de deux morts.", "ONG: deux morts."),
        (
            "Dix civils ont été tués, a rapporté sous couvert de l'anonymat un élu.",
            "un élu: Dix civils ont été tués,",
        ),
        (
            "Un élu local s'exprimant sous le couvert de l'anonymat a indiqué que dix étaient morts.",
            "élu local: que dix étaient morts.",
        ),
        (
            "Des interlocuteurs locaux parlent jeudi de dix morts.",
            "interlocuteurs locaux: dix morts.",
        ),
        (
            "“According to preliminary estimates, two were killed,” a resident said.",
            "resident: “According to preliminary estimates, two were killed,”",
        ),
        (
            "“Two peacekeepers were killed,” the MINUSMA statement read.",
            "MINUSMA: “Two peacekeepers were killed,”",
        ),
    ] {
        assert_eq!(read(&[text]).last().map(String::as_str), Some(said), "{text}");
    }
    // Two accounts of the one sentence.
    let two = "The army claimed that it had won, but ten soldiers died, according to residents.";
    assert!(read(&[two]).last().is_some_and(|said| said.starts_with("residents: ")));
    let own =
        read(&["« Tout va bien », précise le communiqué du CSP-DPA, qui déplore sept morts."]);
    assert_eq!(own.last().map(String::as_str), Some("CSP-DPA: , qui déplore sept morts."));
}

#[test]
fn ok_whom_a_definite_noun_takes_up() {
    for (before, text, said) in [
        (
            "A local official spoke of nine dead.",
            "Ten died, said the official, who did not wish to be named.",
            "local official: Ten died,",
        ),
        (
            "Une source sécuritaire parle de neuf morts.",
            "La même source sécuritaire confie que trois hommes sont morts.",
            "source sécuritaire: que trois hommes sont morts.",
        ),
        (
            "Le JNIM a revendiqué l'attaque.",
            "Le groupe terroriste affirme avoir tué neuf soldats.",
            "JNIM: avoir tué neuf soldats.",
        ),
        (
            "Human Rights Watch spoke of nine dead.",
            "A man who was there said that he counted ten bodies.",
            "he: ten bodies.",
        ),
    ] {
        let found = read(&[before, text]);
        assert!(found.iter().any(|s| s == said), "{text}: {found:?}");
    }
    let note = &["Dix villages ont été attaqués, selon une note du préfet de Boni."];
    let (mut all, mut cast) = (Speakers::default(), Cast::default());
    let mut last = Vec::new();
    for text in [note[0], "« Le bilan est de dix morts », précise le document."] {
        let tokens = tokens(text, 0..text.len());
        let actors = actors(&tokens, &VOCABULARY, &KNOWN, &mut cast);
        let (vocabulary, known) = (&*VOCABULARY, &*KNOWN);
        let scene = Scene { text, tokens: &tokens, vocabulary, known, actors: &actors };
        all.paragraph();
        last = speeches(&scene, &mut all);
    }
    assert_eq!(last[0].speakers[0].name, "préfet de Boni");
    // Nobody of that description has spoken.
    let new = &["The army spoke of nine dead.", "Ten died, the official said."];
    assert_eq!(read(new), ["official: Ten died,"]);
}

#[test]
fn ok_bodies_with_a_cause() {
    for (text, said) in [
        (
            "Le bilan est de neuf morts, selon le Mouvement pour l'unité et la sauvegarde de Bankass.",
            "Mouvement pour l'unité et la sauvegarde de Bankass: Le bilan est de neuf morts,",
        ),
        (
            "Dix civils sont morts, a appris l'AFP auprès de l'évêché et d'une organisation locale.",
            "évêché, organisation locale: Dix civils sont morts,",
        ),
        (
            "Dix civils sont morts, selon le maire et la gendarmerie.",
            "maire, Malian Gendarmerie: Dix civils sont morts,",
        ),
    ] {
        assert_eq!(read(&[text]), [said], "{text}");
    }
}

#[test]
fn ok_pronouns_of_subjects_behind_an_opening() {
    for (before, text, said) in [
        (
            "In a video, a spokesman for JNIM took credit for the ambush.",
            "He claimed that five soldiers had died.",
            "spokesman for JNIM: that five soldiers had died.",
        ),
        (
            "Asked for comment, the army did not reply.",
            "Last month, it said that 12 fighters had died.",
            "Malian Armed Forces: that 12 fighters had died.",
        ),
        (
            "The army made no mention of losses.",
            "Its communiqué said that several assailants had died.",
            "Malian Armed Forces: that several assailants had died.",
        ),
        (
            "An official of the UN spoke of 27 bodies.",
            "The President corrected that: nineteen people had died, he said.",
            "nineteen people had died,",
        ),
        (
            "JNIM spoke of 27 dead.",
            "One of its leaders, Mohamed Ag Assaleh, spoke of ten dead.",
            "Mohamed Ag Assaleh: ten dead.",
        ),
    ] {
        let found = read(&[before, text]);
        let last = found.last().map_or("", String::as_str);
        let by_president = !text.starts_with("The President") || last.starts_with("President: ");
        assert!(last.ends_with(said) && by_president, "{text}: {found:?}");
    }
    // A town is nobody.
    let town = &["In Kidal, the market was attacked.", "It said that ten had died."];
    assert!(read(town).is_empty());
}

#[test]
fn ok_whom_an_agency_quotes() {
    for (text, said) in [
        (
            "Ten people were killed, AFP reported, citing a local official.",
            "local official: Ten people were killed,",
        ),
        (
            "Reuters, quoting residents, reported that ten people were killed.",
            "residents: that ten people were killed.",
        ),
        (
            "Dix personnes sont mortes, rapporte RFI, citant un élu.",
            "un élu: Dix personnes sont mortes,",
        ),
        (
            "Un habitant : « Nous avons enterré dix personnes ».",
            "Un habitant: « Nous avons enterré dix personnes ».",
        ),
        ("Pour le maire, il y a eu dix morts.", "maire: il y a eu dix morts."),
        (
            "La mort de dix soldats a été confirmée par l'armée.",
            "Malian Armed Forces: La mort de dix soldats a été",
        ),
        (
            "An initial toll of eight dead was later raised to ten by the ministry.",
            "ministry: raised to ten",
        ),
    ] {
        assert_eq!(read(&[text]), [said], "{text}");
    }
}

#[test]
fn err_nobody_quoted() {
    for text in [
        "Pour l'attaque du camp, dix hommes sont venus.",
        "Le bilan : « dix morts ».",
        "The flag was raised by the ministry after ten people were killed.",
    ] {
        assert!(read(&[text]).is_empty(), "{text}: {:?}", read(&[text]));
    }
    // An agency that quotes nobody speaks itself.
    assert_eq!(read(&["AFP reported ten deaths."]), ["AFP: ten deaths."]);
}
