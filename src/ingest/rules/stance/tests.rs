use super::*;
use crate::ingest::rules::actor::{Cast, actors};
use crate::ingest::rules::claimant::speeches;
use crate::ingest::token::tokens;
use crate::ingest::vocabulary::Vocabulary;
use std::sync::LazyLock;

static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&KNOWN));

/// "jnim claimed by JNIM" for each perpetrator of a sentence.
fn read(text: &str) -> String {
    let tokens = tokens(text, 0..text.len());
    let actors = actors(&tokens, &VOCABULARY, &KNOWN, &mut Cast::default());
    let scene =
        Scene { text, tokens: &tokens, vocabulary: &VOCABULARY, known: &KNOWN, actors: &actors };
    let mut speakers = Speakers::default();
    let speeches = speeches(&scene, &mut speakers);
    let words = stances(&scene, &speeches, &mut speakers).into_iter().map(|s| {
        let by = s.by.map(|b| format!(" by {}", b.name)).unwrap_or_default();
        format!("{} {}{by}", s.actor, s.stance.as_str())
    });
    words.collect::<Vec<_>>().join("; ")
}

pub(super) fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| read(text) != *expected)
        .map(|(text, expected)| format!("{text}\n  expected {expected}\n  found    {}", read(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ok_stances() {
    check(&[
        ("JNIM attacked the camp at Gao.", "jnim stated"),
        ("On Monday JNIM militants attacked a camp, killing five soldiers.", "jnim stated"),
        ("The village was attacked by the Islamic State.", "islamic-state stated"),
        ("JNIM claimed responsibility for the attack.", "jnim claimed by JNIM"),
        ("L'attaque a été revendiquée mardi par le JNIM.", "jnim claimed by JNIM"),
        ("JNIM said it had killed 85 soldiers.", "jnim claimed by JNIM"),
        (
            "The Malian government accused France of killing civilians.",
            "french-government accused by Malian government",
        ),
        (
            "The Malian army killed twelve civilians, Human Rights Watch said.",
            "malian-armed-forces accused by Human Rights Watch",
        ),
        ("JNIM denied any involvement.", "jnim denied by JNIM"),
        (
            "A local official thinks that the Katiba Macina, its branch in the centre, is responsible.",
            "katiba-macina suspected by local official",
        ),
        (
            "Soldiers of the garrison claimed to have seen fighters of AQIM among the attackers.",
            "aqim accused by Soldiers of the garrison",
        ),
        ("Des soldats affirment que le GSIM a attaqué le camp.", "jnim accused by Des soldats"),
        ("Ten soldiers died, and JNIM attacked the camp.", "jnim stated"),
        (
            "JNIM carried out mass killings in two villages in January, Human Rights Watch said in a report on Wednesday, in an apparent war crime that caused thousands to flee.",
            "jnim accused by Human Rights Watch",
        ),
        (
            "The Malian army killed ten civilians in Mourdiah, according to a statement that the FLA published on its website.",
            "malian-armed-forces accused by FLA",
        ),
        (
            "Dix civils ont été tués par l'armée, selon un document de la préfecture que l'AFP a pu consulter.",
            "malian-armed-forces accused by préfecture",
        ),
        (
            "Dix civils ont été exécutés par l'armée malienne, s'indigne un habitant.",
            "malian-armed-forces accused by un habitant",
        ),
        (
            "Ten civilians died in what the FLA says was an army strike.",
            "malian-armed-forces accused by FLA",
        ),
        (
            "Dix civils sont morts dans une frappe imputée à l'armée par le FLA.",
            "malian-armed-forces accused by FLA",
        ),
        ("JNIM fighters apparently attacked the village.", "jnim suspected"),
        ("The attack appears to have been carried out by JNIM.", "jnim suspected"),
        ("L'attaque semble avoir été menée par le GSIM.", "jnim suspected"),
        ("Tout indique que le GSIM a attaqué le village.", "jnim suspected"),
        ("JNIM fighters killed ten civilians, it is alleged.", "jnim suspected"),
        ("Rumours say that JNIM attacked the village.", "jnim suspected"),
        (
            "Ten civilians were executed by the army, the FLA posted on X.",
            "malian-armed-forces accused by FLA",
        ),
        ("Analysts think JNIM is behind the attack.", "jnim suspected by Analysts"),
        ("Un élu croit que le GSIM a attaqué le village.", "jnim suspected by Un élu"),
        (
            "Un passager a dit que les tireurs étaient des hommes de Wagner accompagnés de quelques militaires maliens.",
            "wagner-group accused by passager; malian-armed-forces accused by passager",
        ),
        (
            "AQIM said in a message spotted by the group SITE that its al-Mourabitoun battalion had carried out the operation.",
            "aqim claimed by AQIM; al-mourabitoun claimed by AQIM",
        ),
        (
            "Des habitants disent avoir reconnu des hommes de Wagner parmi les assaillants.",
            "wagner-group accused by Des habitants",
        ),
        (
            "Les FAMa ont contenu une nouvelle tentative désespérée des terroristes de la Katibat Macina.",
            "katiba-macina stated",
        ),
        ("Katiba Macina, a part of JNIM, attacked three bases.", "katiba-macina stated"),
        ("It began on 2 January, with JNIM fighters killing two people.", "jnim stated"),
        (
            "In a statement released by Katibat Macina, the group alleged to have also attacked Ségou.",
            "katiba-macina claimed by Katibat Macina",
        ),
        ("Les assaillants appartenaient à la Katiba Macina.", "katiba-macina stated"),
        (
            "Two strikes by drones of the Malian army killed 13 civilians.",
            "malian-armed-forces stated",
        ),
        ("Des jihadistes présumés ont pris d'assaut le camp.", "jihadists suspected"),
        ("A French army operation was launched at Boulkessi.", "french-armed-forces stated"),
        (
            "The army said Islamic State fighters were behind the attack.",
            "islamic-state accused by Malian Armed Forces",
        ),
        (
            "L'État islamique au Grand Sahara est soupçonné d'être l'auteur de l'attaque.",
            "isgs suspected",
        ),
        ("JNIM said in a statement that it was behind the attack.", "jnim claimed by JNIM"),
        ("Dogon militiamen are suspected of killing twelve herders.", "dogon-militia suspected"),
        (
            "The militia Dan Na Ambassagou denied involvement.",
            "dan-na-ambassagou denied by Dan Na Ambassagou",
        ),
        (
            "Il accuse l'armée malienne et les mercenaires russes de Wagner.",
            "malian-armed-forces accused; wagner-group accused",
        ),
        (
            "JNIM, an al-Qaeda affiliate, has claimed responsibility for the attack.",
            "jnim claimed by JNIM",
        ),
        (
            "It was perpetrated by the al-Qaeda linked Jama'at Nasr al-Islam wal Muslimin.",
            "jnim stated",
        ),
        (
            "Le gouvernement malien a accusé les combattants de la Katiba du Macina.",
            "katiba-macina accused by gouvernement malien",
        ),
        (
            "Le 21, la Katiba Macina, composante du GSIM, attaque simultanément six bases.",
            "katiba-macina stated",
        ),
        (
            "Strikes blamed on the Malian army killed 13 civilians, the CSP-DPA said.",
            "malian-armed-forces accused by CSP-DPA",
        ),
        (
            "France says it neutralized dozens of jihadists.",
            "french-government claimed by French government",
        ),
    ]);
}

#[test]
fn ok_deeds_behind_other_words() {
    check(&[
        (
            "Vingt civils ont été tués le 22 mars 2024 à Douna, dans le centre du Mali, par l'armée malienne.",
            "malian-armed-forces stated",
        ),
        (
            "Malian soldiers landed by helicopter in Moura, Mali, and killed hundreds of people.",
            "malian-armed-forces stated",
        ),
        ("JNIM fighters entered the village of Peh, killing ten people.", "jnim stated"),
        ("Les combattants du JNIM prennent d'assaut le camp.", "jnim stated"),
        (
            "Des hommes de la katiba Macina chassent l'armée malienne de Nampala.",
            "katiba-macina stated",
        ),
        (
            "L'armée dit avoir riposté à une attaque des jihadistes de la Katiba Macina.",
            "katiba-macina accused by Malian Armed Forces",
        ),
        (
            "Malian armed forces and Wagner Group foreign fighters unlawfully killed and summarily executed dozens of civilians.",
            "malian-armed-forces stated; wagner-group stated",
        ),
        ("L'EIGS mène une attaque contre le camp.", "isgs stated"),
        ("JNIM fighters arrived in Peh, where ten people were killed.", ""),
    ]);
}

#[test]
fn ok_claims_in_other_words() {
    check(&[
        (
            "Islamic State claimed on Saturday 2 November 2019 an attack in Mali.",
            "islamic-state claimed by Islamic State",
        ),
        ("JNIM claimed responsibility on Monday in a statement.", "jnim claimed by JNIM"),
        (
            "Le GSIM, la principale alliance jihadiste du Sahel, liée à Al-Qaïda, a revendiqué l'attaque.",
            "jnim claimed by JNIM",
        ),
        ("Katiba Macina also claimed it.", "katiba-macina claimed by Katiba Macina"),
        (
            "Al-Mourabitoun claimed responsibility for the attack in conjunction with AQIM.",
            "al-mourabitoun claimed by Al-Mourabitoun; aqim claimed by AQIM",
        ),
        (
            "AQIM announced that a man of its battalion al-Mourabitoun had carried out the attack.",
            "aqim claimed by AQIM; al-mourabitoun claimed by AQIM",
        ),
    ]);
}

#[test]
fn ok_suspicions_and_denials() {
    check(&[
        (
            "The Malian government suspected JNIM of being behind the massacre.",
            "jnim suspected by Malian government",
        ),
        ("Le JNIM a nié être l'auteur de l'attaque.", "jnim denied by JNIM"),
        (
            "Le gouvernement malien accuse la Katiba Macina, mais celle-ci a démenti toute implication.",
            "katiba-macina accused by gouvernement malien; katiba-macina denied by Katiba Macina",
        ),
        (
            "Interrogé par l'AFP, un responsable du MNLA a démenti tout lien avec l'attaque.",
            "mnla denied by MNLA",
        ),
        (
            "Le gouvernement malien a accusé l'armée française et le groupe paramilitaire russe Wagner de la mort de onze civils.",
            "french-armed-forces accused by gouvernement malien; wagner-group accused by gouvernement malien",
        ),
        (
            "Les autorités locales pointent du doigt la milice Dan Na Ambassagou.",
            "dan-na-ambassagou accused by autorités locales",
        ),
        (
            "L'association Tabital Pulaaku avait mis en cause l'armée malienne.",
            "malian-armed-forces accused by Tabital Pulaaku",
        ),
        (
            "Residents see the hand of the Islamic State in the killing of 30 herders.",
            "islamic-state suspected by Residents",
        ),
        (
            "The Malian government points to the Katiba Macina.",
            "katiba-macina suspected by Malian government",
        ),
        ("Des chasseurs dozos sont accusés d'avoir tué dix civils.", "dozo-hunters accused"),
        ("Armed men dressed as Dozo hunters attacked the village.", "dozo-hunters suspected"),
        (
            "Local officials said that the attackers were Fulani militiamen.",
            "fulani-militia accused by Local officials",
        ),
    ]);
}

#[test]
fn ok_sides() {
    check(&[
        (
            "Fighters of JNIM clashed with the Islamic State near Ansongo.",
            "jnim stated; islamic-state stated",
        ),
        (
            "Des affrontements ont opposé le 11 juillet la CMA au Gatia près de Kidal.",
            "cma stated; gatia stated",
        ),
        ("Fighting between the army and the CSP broke out in Kidal.", "csp-dpa stated"),
        ("The convoy was attacked by rebels of the CSP-DPA.", "csp-dpa stated"),
        (
            "Survivors blamed the Dogon militia Dan Na Ambassagou.",
            "dan-na-ambassagou accused by Survivors",
        ),
        ("The talks between the CMA and the Platform were held in Algiers.", ""),
    ]);
}

#[test]
fn victims_bystanders_and_disclaimers_are_no_perpetrators() {
    check(&[
        (
            "132 civils ont été tués « par des combattants de la Katiba Macina ».",
            "katiba-macina accused",
        ),
        ("Cette zone est régulièrement visée par la Katiba Macina.", ""),
        ("JNIM regularly attacks convoys on this road.", ""),
        ("JNIM, which often attacks convoys, killed ten soldiers there.", "jnim stated"),
        ("Two French soldiers killed near Gao on Monday.", ""),
        ("Ten Wagner mercenaries killed at Tinzaouaten.", ""),
        ("The number of Malian soldiers killed near Gao rose.", ""),
        ("They abducted ten people accused of helping the Malian army.", ""),
        ("Some countries accuse the Malian government of using the Wagner Group.", ""),
        ("No group claimed the attack.", ""),
        ("The Malian army said it had foiled an attack on a camp.", ""),
        ("Des soldats maliens tués près de Gao.", ""),
        ("A group affiliated with Al Qaeda has claimed responsibility.", ""),
        ("Malian special forces launched an assault on the hotel to free the hostages.", ""),
        (
            "Dix civils ont été tués, a indiqué la Minusma, affirmant avoir condamné ces attaques.",
            "",
        ),
        ("Officials blamed the attack on deserter army colonel Ba Ag Moussa.", ""),
        ("An attack reportedly killed over 100 Burkina Faso soldiers.", ""),
        ("Les séparatistes attribuent à Wagner « 84 morts ».", ""),
    ]);
}
