//! Who gives a figure, over appositions, pronouns, documents and paragraphs.

use super::telling::told;

/// What follows "2023-05-05 boni, " for each story; all tell one incident.
fn check(lang: &str, cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = told(lang, text);
        let expected = format!("2023-05-05 boni, {expected}");
        if found != [expected.as_str()] {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_speaker_described_between_commas_speaks() {
    check(
        "en",
        &[
            (
                "JNIM, an al-Qaeda affiliate, which is active across the Sahel, said that it killed 12 soldiers at Boni on Friday.",
                "killed soldiers 12 by JNIM",
            ),
            (
                "A Tuareg rebel coalition, the CSP, claimed to have killed 12 soldiers at Boni on Friday.",
                "killed soldiers 12 by CSP",
            ),
            (
                "Gunmen killed 12 people at Boni on Friday. The mayor, told reporters that 14 had died.",
                "killed total 12, killed total 14 by mayor",
            ),
            (
                "The attack at Boni on Friday that two sources said had killed 12 soldiers was a surprise.",
                "killed soldiers 12 by two sources",
            ),
        ],
    );
    check(
        "fr",
        &[
            (
                "Le GSIM, principale alliance jihadiste du Sahel, liée à Al-Qaïda, affirme avoir tué 12 soldats à Boni vendredi.",
                "killed soldiers 12 by GSIM",
            ),
            (
                "Le Cadre pour la paix et la sécurité (CSP) affirme que 12 soldats sont morts à Boni vendredi.",
                "killed soldiers 12 by CSP",
            ),
        ],
    );
}

#[test]
fn french_says_it_in_every_form() {
    check(
        "fr",
        &[
            (
                "Douze civils sont morts à Boni vendredi. Le maire s'est rendu sur place. « Dix corps ont été retrouvés », a-t-il ajouté.",
                "killed civilians 12, killed total 10 by maire",
            ),
            (
                "Douze civils sont morts à Boni vendredi, rapportaient samedi des élus.",
                "killed civilians 12 by des élus",
            ),
            (
                "Douze civils sont morts à Boni vendredi. On déplore aussi dix blessés.",
                "killed civilians 12, wounded civilians 10",
            ),
            (
                "Douze soldats sont morts dans le centre du pays à Boni vendredi a indiqué le gouvernement malien.",
                "killed soldiers 12 by gouvernement malien",
            ),
            (
                "Douze soldats sont morts à Boni vendredi, selon le dernier bilan gouvernemental.",
                "killed soldiers 12 by Malian government",
            ),
            (
                "Des civils sont morts à Boni vendredi. Les autorités parlent dans un premier temps de douze tués.",
                "killed total 12 by Malian government",
            ),
            (
                "Une attaque a eu lieu à Boni vendredi. Des sources militaires s'en tenaient samedi à douze tués.",
                "killed total 12 by sources militaires",
            ),
            (
                "Douze personnes ont péri à Boni vendredi, note le rapport de l'ONU.",
                "killed total 12 by ONU",
            ),
            (
                "L'ONU a dénoncé une attaque à Boni vendredi.\n\nDouze personnes ont été tuées, précise le même communiqué.",
                "killed total 12 by ONU",
            ),
            (
                "Le gouvernement compte 12 morts à Boni vendredi, la Minusma au moins 15.",
                "killed total 12 by Malian government, killed total 15 by Minusma",
            ),
        ],
    );
}

#[test]
fn counts_that_are_corrected_and_compared() {
    check(
        "en",
        &[
            (
                "The army counted nine dead at Boni on Friday. In the evening the presidency raised it to 12 dead and ten wounded.",
                "killed total 9 by Malian Armed Forces, killed total 12 by presidency, wounded total 10 by presidency",
            ),
            (
                "The toll from Friday's attack at Boni has climbed to 12, from the nine first reported by the army.",
                "killed total 12, killed total 9 by Malian Armed Forces",
            ),
            ("JNIM attacked Boni on Friday and put the army's dead at 12.", "killed soldiers 12"),
            (
                "By the army's account, 12 soldiers were killed at Boni on Friday.",
                "killed soldiers 12 by Malian Armed Forces",
            ),
            (
                "Twelve people died at Boni on Friday. Two children were among the dead, the mayor said.",
                "killed total 12, killed children 2 by mayor",
            ),
            (
                "The army reported killing 12 fighters at Boni on Friday.",
                "killed militants 12 by Malian Armed Forces",
            ),
        ],
    );
    check(
        "fr",
        &[
            (
                "Le bilan de l'attaque de Boni vendredi est de 12 morts, contre neuf annoncés samedi par le gouvernement.",
                "killed total 12, killed total 9 by Malian government",
            ),
            (
                "L'attaque de Boni vendredi a fait douze victimes, dont trois enfants.",
                "killed total 12, killed children 3",
            ),
            (
                "Trois soldats ont été blessés à Boni vendredi, dont un grièvement.",
                "wounded soldiers 3, wounded soldiers 1",
            ),
            (
                "Dix Casques bleus, tués vendredi à Boni, ont été enterrés.",
                "killed peacekeepers 10",
            ),
        ],
    );
}

#[test]
fn what_is_quoted_documented_and_lost() {
    check(
        "en",
        &[
            (
                "Gunmen attacked Boni on Friday. A French officer was quoted by Reuters as saying that 12 soldiers died.",
                "killed soldiers 12 by French officer",
            ),
            (
                "Gunmen attacked the town of Boni on Friday. Human Rights Watch counted 12 victims.",
                "killed total 12 by Human Rights Watch",
            ),
            (
                "JNIM attacked Boni on Friday. The group said that two of its men had died.",
                "killed militants 2 by JNIM",
            ),
            (
                "Twelve people died at Boni on Friday, two security sources said.",
                "killed total 12 by two security sources",
            ),
            (
                "Twelve people died at Boni on Friday. Three children under eight were wounded.",
                "killed total 12, wounded children 3",
            ),
            (
                "The army had first reported two dead at Boni on Friday. By the following day it had revised the figures to 12 killed.",
                "killed total 2 by Malian Armed Forces, killed total 12 by Malian Armed Forces",
            ),
        ],
    );
    check(
        "fr",
        &[
            (
                "L'ONU a enquêté sur l'attaque de Boni vendredi. Douze civils sont morts, selon ce document de quarante pages.",
                "killed civilians 12 by ONU",
            ),
            (
                "L'armée a eu douze morts et dix blessés à Boni vendredi.",
                "killed soldiers 12, wounded soldiers 10",
            ),
            (
                "« Douze civils sont morts à Boni vendredi », a répliqué samedi le porte-parole du gouvernement.",
                "killed civilians 12 by Malian communication ministry",
            ),
        ],
    );
}

#[test]
fn each_figure_is_of_whoever_stands_with_it() {
    check(
        "en",
        &[
            (
                "At least 40 people were killed at Boni on Friday, more than 50 according to a local elected official.",
                "killed total 40, killed total 50 by local elected official",
            ),
            (
                "Eleven peacekeepers were wounded at Boni on Friday, three seriously, MINUSMA said.",
                "wounded peacekeepers 11 by MINUSMA, wounded peacekeepers 3 by MINUSMA",
            ),
            ("Seven herders were found dead at Boni on Friday.", "killed civilians 7"),
        ],
    );
    check(
        "fr",
        &[
            (
                "Le GSIM dit avoir tué 20 soldats à Boni vendredi ; de source militaire, on parle de sept morts.",
                "killed soldiers 20 by GSIM, killed soldiers 7 by de source militaire",
            ),
            (
                "L'armée malienne a exécuté une trentaine de personnes à Boni vendredi, accuse le CSP.",
                "killed total 30 by CSP",
            ),
            (
                "Deux soldats, le sergent Jean Dupont et le caporal Paul Durand, ont été tués à Boni vendredi.",
                "killed soldiers 2",
            ),
            ("Un militaire français est blessé à Boni vendredi.", "wounded soldiers 1"),
            (
                "Une vingtaine d'hommes ont été enlevés à Boni vendredi. Deux d'entre eux ont été retrouvés morts.",
                "abducted total 20, killed total 2",
            ),
        ],
    );
}

#[test]
fn whose_losses_are_conceded_and_who_is_compared() {
    check(
        "en",
        &[
            (
                "JNIM attacked Boni on Friday. The army acknowledged 12 dead.",
                "killed soldiers 12 by Malian Armed Forces",
            ),
            (
                "Gunmen attacked the base at Boni on Friday. The army counted nine dead; JNIM spoke of sixty.",
                "killed total 9 by Malian Armed Forces, killed total 60 by JNIM",
            ),
            (
                "Thirteen civilians were killed at Boni on Friday, two of them children, and 24 others were abducted.",
                "killed civilians 13, killed children 2, abducted civilians 24",
            ),
            (
                "A member of the municipal council said that 12 people died at Boni on Friday.",
                "killed total 12 by member of the municipal council",
            ),
        ],
    );
    check(
        "fr",
        &[
            (
                "Une source militaire fait d'abord état de 12 morts à Boni vendredi, puis le gouvernement de 15.",
                "killed total 12 by source militaire, killed total 15 by Malian government",
            ),
            (
                "Un élu a dénombré vingt morts à Boni vendredi et 14 à Boni-Ouest, ainsi que de nombreux blessés.",
                "killed total 20 by Un élu, killed total 14 by Un élu, wounded total some by Un élu",
            ),
        ],
    );
}
