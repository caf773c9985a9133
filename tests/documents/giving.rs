//! Whose counts are whose in agency stories and communiqués: documents of sources, words between a
//! verb and its subject, counts that go on, are confirmed, or are left to the other side.

use super::telling::check;

#[test]
fn sources_and_documents_give_counts() {
    check(
        "fr",
        &[
            (
                "Six soldats sont morts à Boni vendredi. Un précédent bilan de sources de sécurité avait fait état de trois soldats tués.",
                &["2023-05-05 boni, killed soldiers 6, killed soldiers 3 by sources de sécurité"],
            ),
            (
                "Des hommes armés ont attaqué Boni vendredi. Quinze terroristes ont été tués, selon les chiffres du gouvernement.",
                &["2023-05-05 boni, killed militants 15 by Malian government"],
            ),
            (
                "Selon ce qu'a rapporté à la presse le gouverneur, 15 civils ont été tués à Boni vendredi.",
                &["2023-05-05 boni, killed civilians 15 by gouverneur"],
            ),
            (
                "Des sources sécuritaires et civiles évoquent quant à elles un bilan de plus de 70 morts à Boni vendredi.",
                &["2023-05-05 boni, killed total 70 by sources sécuritaires et civiles"],
            ),
            (
                "Dans la nuit du 4 au 5 mai, une attaque a visé le camp de Boni, faisant selon les autorités 25 morts dans les rangs de l'armée.",
                &["2023-05-04 boni, killed soldiers 25 by Malian government"],
            ),
            (
                "Le gouvernement est seul à communiquer. Selon son porte-parole, 25 soldats sont morts à Boni vendredi.",
                &["2023-05-05 boni, killed soldiers 25 by Malian government"],
            ),
        ],
    );
}

#[test]
fn words_between_a_verb_and_its_subject_are_passed_over() {
    check(
        "fr",
        &[
            (
                "Vingt éléments des FAMa sont morts à Boni vendredi, annonce dans un communiqué publié samedi soir le gouvernement malien.",
                &["2023-05-05 boni, killed soldiers 20 by gouvernement malien"],
            ),
            (
                "Boni a été attaqué vendredi. « Nous avons plus de trente corps », avait déclaré plus tôt samedi à l'AFP une source hospitalière.",
                &["2023-05-05 boni, killed total 30 by source hospitalière"],
            ),
            (
                "Il y a eu douze morts à Boni vendredi, dont trois soldats, a précisé cette source.",
                &["2023-05-05 boni, killed total 12, killed soldiers 3"],
            ),
            (
                "Boni a été attaqué vendredi. Il y a eu quatre blessés, souligne le ministère avant d'ajouter que le calme est revenu.",
                &["2023-05-05 boni, wounded total 4 by ministère"],
            ),
        ],
    );
    check(
        "en",
        &[
            (
                "Gunmen attacked Boni on Friday. Ten of the dead were children, the mayor said in a statement which added that six people had been detained.",
                &["2023-05-05 boni, killed children 10 by mayor, detained total 6 by mayor"],
            ),
            (
                "The clash at Boni on Friday cost 20 lives, according to a security source.",
                &["2023-05-05 boni, killed total 20 by security source"],
            ),
        ],
    );
}

#[test]
fn a_body_and_no_person_is_meant_by_it() {
    check(
        "en",
        &[(
            "Gunmen attacked Boni on Friday. The government said the toll of 95 first reported by the village chief was too high. “The number of people killed is 35,” it said.",
            &[
                "2023-05-05 boni, killed total 95 by village chief, killed total 35 by Malian government",
            ],
        )],
    );
}

#[test]
fn counts_are_confirmed_announced_and_go_on() {
    check(
        "fr",
        &[
            (
                "L'attaque de Boni vendredi a fait 32 morts, a indiqué le maire. Ce bilan a été confirmé à l'AFP par une source policière.",
                &["2023-05-05 boni, killed total 32 by maire, killed total 32 by source policière"],
            ),
            (
                "Quarante soldats ont été tués à Boni vendredi. C'est le bilan fait samedi à Ouagadougou par le porte-parole du MNLA.",
                &["2023-05-05 boni, killed soldiers 40 by porte-parole du MNLA"],
            ),
            (
                "Selon le gouvernement, 25 soldats ont été tués à Boni vendredi. Soixante autres seraient portés disparus.",
                &[
                    "2023-05-05 boni, killed soldiers 25 by Malian government, missing soldiers 60 by Malian government",
                ],
            ),
            (
                "Selon le gouvernement, un soldat a été tué à Boni vendredi. Du côté des assaillants, sept ont été neutralisés.",
                &[
                    "2023-05-05 boni, killed soldiers 1 by Malian government, killed militants 7 by Malian government",
                ],
            ),
            // Nobody's word goes on in a plain sentence, in an "if", or in the next paragraph.
            (
                "Selon le gouvernement, 25 soldats ont été tués à Boni vendredi. Six civils ont été blessés.",
                &["2023-05-05 boni, killed soldiers 25 by Malian government, wounded civilians 6"],
            ),
            (
                "Selon le gouvernement, 25 soldats ont été tués à Boni vendredi.\n\nSix civils auraient été blessés.",
                &["2023-05-05 boni, killed soldiers 25 by Malian government, wounded civilians 6"],
            ),
        ],
    );
}

#[test]
fn bodies_left_behind_are_of_those_who_left_them() {
    check(
        "fr",
        &[(
            "Six soldats sont morts à Boni vendredi et les terroristes ont abandonné 24 corps, a souligné l'armée.",
            &[
                "2023-05-05 boni, killed soldiers 6 by Malian Armed Forces, killed militants 24 by Malian Armed Forces",
            ],
        )],
    );
}

#[test]
fn a_new_paragraph_counts_what_the_last_one_named() {
    check(
        "fr",
        &[(
            "Dix civils sont morts à Boni vendredi.\n\nSamedi, une autre attaque a eu lieu à Hombori, selon une source locale.\n\nLe bilan de cette attaque est de 12 morts.",
            &["2023-05-05 boni, killed civilians 10", "2023-05-06 hombori, killed total 12"],
        )],
    );
}

#[test]
fn another_incident_has_its_own_day_and_another_country_its_own_dead() {
    check(
        "en",
        &[(
            "Gunmen killed ten civilians, the mayor said. In another incident on Saturday, an attack on villages claimed two lives. The ten died at Boni on Friday.",
            &[
                "2023-05-05 boni, killed civilians 10 by mayor, killed total 10",
                "2023-05-06 , killed total 2",
            ],
        )],
    );
    check(
        "fr",
        &[(
            "Dix civils sont morts à Boni vendredi. La semaine dernière, deux attaques ont fait 18 morts dans le nord et le nord-ouest du Burkina Faso.",
            &["2023-05-05 boni, killed civilians 10"],
        )],
    );
}

#[test]
fn who_speaks_behind_a_quotation_a_semicolon_and_a_relative_clause() {
    check(
        "fr",
        &[
            (
                "Un conseiller s'en tient à 13 morts à Boni vendredi. « Ils ont tué plus de 17 personnes », corrige une autre autorité locale.",
                &[
                    "2023-05-05 boni, killed total 13 by conseiller, killed total 17 by autre autorité locale",
                ],
            ),
            (
                "L'armée poursuit à Boni ses opérations, qui ont fait douze morts vendredi.",
                &["2023-05-05 boni, killed total 12"],
            ),
            (
                "Le soir, le président Keïta parle à la télévision d'une soixantaine de tués à Boni vendredi.",
                &["2023-05-05 boni, killed total 60 by président Keïta"],
            ),
            (
                "À Boni vendredi, l'armée française frappe des motos ; elle affirme avoir neutralisé une dizaine de combattants.",
                &["2023-05-05 boni, killed militants 10 by armée française"],
            ),
            (
                "Le communiqué du ministère dont notre site a reçu copie fait état de 18 soldats tués à Boni vendredi.",
                &["2023-05-05 boni, killed soldiers 18 by ministère"],
            ),
        ],
    );
    check(
        "en",
        &[
            (
                "At Boni on Friday one peacekeeper was killed; 15 assailants were killed, according to the French army.",
                &["2023-05-05 boni, killed peacekeepers 1, killed militants 15 by French army"],
            ),
            (
                "Ten civilians died at Boni on Friday, the MSA said. The CMA arrived at the same number of deaths.",
                &[
                    "2023-05-05 boni, killed civilians 10 by MSA, killed civilians 10 by Coordination of Azawad Movements",
                ],
            ),
            (
                "Ten civilians died at Boni on Friday, the MSA said. The CMA did not give the same number of deaths.",
                &["2023-05-05 boni, killed civilians 10 by MSA"],
            ),
        ],
    );
}

#[test]
fn earlier_counts_joint_speakers_and_bodies_by_their_whole_name() {
    check(
        "fr",
        &[
            (
                "L'attaque de Boni vendredi a fait 16 morts, a annoncé l'armée, révisant à la hausse son précédent bilan de neuf morts.",
                &[
                    "2023-05-05 boni, killed total 16 by Malian Armed Forces, killed total 9 by Malian Armed Forces",
                ],
            ),
            (
                "Boni a été attaqué vendredi. Un élu local et un ancien travailleur de la mission de l'ONU à Kidal avaient donné un bilan provisoire d'au moins quinze morts.",
                &[
                    "2023-05-05 boni, killed total 15 by élu local, killed total 15 by ancien travailleur de la mission de l'ONU",
                ],
            ),
            (
                "À Boni vendredi, l'armée a reconnu « un nombre important » de morts dans ses rangs.",
                &["2023-05-05 boni, killed soldiers some by Malian Armed Forces"],
            ),
        ],
    );
    check(
        "en",
        &[
            (
                "Boni was attacked on Friday. The separatists claimed to have taken seven hostages, while admitting to losing nine of their own men.",
                &[
                    "2023-05-05 boni, abducted total 7 by Tuareg separatists, killed total 9 by Tuareg separatists",
                ],
            ),
            (
                "At Boni on Friday the CSP-DPA announced the death of seven fighters, including a commander, with another 12 injured.",
                &[
                    "2023-05-05 boni, killed rebels 7 by CSP-DPA, killed rebels 1 by CSP-DPA, wounded total 12 by CSP-DPA",
                ],
            ),
            (
                "Gunmen attacked Boni on Friday. JNIM, the alliance formed in March of that year, claimed the attack. It boasted of having killed a large number of soldiers.",
                &["2023-05-05 boni, killed soldiers some by JNIM"],
            ),
        ],
    );
}
