//! Who did it by whose word, and whom it hit, in stories of one or two sentences.

use super::KNOWN;
use mali_timeline::ingest::{Hints, Parser};
use mali_timeline::model::incident::EventType;

/// The first incident of a story published on Wednesday 10 May 2023.
fn told(text: &str) -> (EventType, String, String) {
    let french = text.contains(" le ") || text.contains(" des ") || text.contains(" ont ");
    let lang = if french { "fr" } else { "en" };
    let document =
        format!("---\ntitle: Boni\npublished: 2023-05-10\nlanguage: {lang}\n---\n{text}\n");
    let parsed = Parser::new(&KNOWN).parse("a.txt", document.as_bytes(), &Hints::default());
    let draft = parsed.expect("a text").drafts.into_iter().next().expect("an incident");
    let who = draft.attributions.iter().map(|a| {
        let by = a.by.as_ref().map(|c| format!(" by {}", c.name)).unwrap_or_default();
        format!("{} {}{by}", a.actor, a.stance.as_str())
    });
    let whom = draft.victims.iter().map(|v| v.group.clone());
    (draft.kind, who.collect::<Vec<_>>().join("; "), whom.collect::<Vec<_>>().join("; "))
}

fn check(cases: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, who, whom)| {
            let (_, found_who, found_whom) = told(text);
            let right = found_who == *who && found_whom == *whom;
            (!right).then(|| {
                format!("{text}\n  expected {who} | {whom}\n  found    {found_who} | {found_whom}")
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whose_deed_it_is_said_to_be() {
    check(&[
        (
            "Men in military uniforms killed 12 civilians on Friday in Boni.",
            "unidentified stated",
            "civilians",
        ),
        (
            "Twelve inhabitants of Boni were killed on Friday by suspected jihadists.",
            "jihadists suspected",
            "civilians; villagers",
        ),
        (
            "In a statement on Telegram, JNIM said its fighters killed 12 soldiers in Boni on Friday.",
            "jnim claimed by JNIM",
            "soldiers",
        ),
        (
            "The UN said that the Malian army and its allies had killed 12 civilians on Friday in Boni.",
            "malian-armed-forces accused by The UN",
            "civilians",
        ),
        (
            "Gunmen on motorcycles killed 12 civilians on Friday in Boni. Suspicion fell on the Islamic State group.",
            "islamic-state suspected",
            "civilians",
        ),
        (
            "The attack on Friday in Boni, which left 12 soldiers dead, was later claimed by JNIM.",
            "jnim claimed by JNIM",
            "soldiers",
        ),
        (
            "Extremists linked to al-Qaida killed 12 civilians on Friday in Boni.",
            "jihadists stated",
            "civilians",
        ),
        (
            "Des soldats maliens et leurs supplétifs russes ont exécuté 12 civils vendredi à Boni, selon des habitants.",
            "malian-armed-forces accused by des habitants; russian-paramilitaries accused by des habitants",
            "civilians",
        ),
        (
            "Des militaires maliens accompagnés de combattants russes ont tué 12 civils vendredi à Boni, selon l'ONU.",
            "malian-armed-forces accused by ONU; russian-paramilitaries accused by ONU",
            "civilians",
        ),
        (
            "Des individus armés non identifiés ont fait irruption vendredi à Boni et ont tué 12 personnes.",
            "unidentified stated",
            "civilians",
        ),
        (
            "Des hommes armés à moto, présumés appartenir au JNIM, ont tué 12 personnes vendredi à Boni.",
            "jnim suspected",
            "civilians",
        ),
        (
            "Des hommes armés ont enlevé vendredi trois personnes près de Boni. Les soupçons se portent sur le JNIM.",
            "jnim suspected",
            "civilians",
        ),
        (
            "La force Barkhane a neutralisé 12 jihadistes vendredi près de Boni, selon le maire.",
            "operation-barkhane accused by maire",
            "militants",
        ),
    ]);
}

#[test]
fn whom_an_attack_hit() {
    check(&[
        (
            "Armed men attacked Sobane-Da, a Dogon village, on Friday, killing 35 people.",
            "unidentified stated",
            "civilians; dogon",
        ),
        (
            "Dozo hunters attacked the Fulani village of Koumaga on Friday, killing 12 people.",
            "dozo-hunters stated",
            "civilians; fulani",
        ),
        (
            "Jihadists attacked an army camp in Boni on Friday. At least 12 people were killed.",
            "jihadists stated",
            "soldiers",
        ),
        (
            "Des villageois ont été massacrés vendredi à Boni. Le bilan est de 30 morts.",
            "",
            "villagers",
        ),
        ("Two local councillors were kidnapped on Friday near Boni.", "", "civilians; officials"),
    ]);
}

#[test]
fn a_title_of_an_attack_leaves_the_kind_to_its_first_sentence() {
    let kind = |text| told(text).0;
    let strike = "A drone strike hit a market in Boni on Friday, killing 15 civilians.";
    assert_eq!(kind(strike), EventType::Airstrike);
    let both = "Gunmen killed 12 herders in Boni on Friday and abducted three.";
    assert_eq!(kind(both), EventType::Massacre);
}

#[test]
fn a_deed_without_a_number_has_its_speaker_behind_it() {
    let toll = "Twelve civilians were killed at Boni on Friday.";
    let by_the_mayor = "jnim accused by mayor";
    for (said, who) in [
        ("The attacks were carried out by JNIM, the mayor said.", by_the_mayor),
        ("The killings were carried out by JNIM, the mayor said on Saturday.", by_the_mayor),
        ("The killings were the work of JNIM, the mayor told a news agency.", by_the_mayor),
        ("The attackers were identified as members of JNIM, the mayor said.", by_the_mayor),
        // What is said stands behind the verb.
        ("In a statement on JNIM, the mayor said fighters attacked the market.", ""),
        ("The mayor said the killings were carried out by JNIM.", by_the_mayor),
        ("Unlike JNIM, the mayor said nothing.", ""),
    ] {
        check(&[(&format!("{toll} {said}"), who, "civilians")]);
    }
}

#[test]
fn whoever_accuses_behind_the_verb_is_not_accused() {
    check(&[
        (
            "L'armée malienne et les hommes de Wagner ont exécuté 12 civils à Boni vendredi, accuse le CSP.",
            "malian-armed-forces accused by CSP; wagner-group accused by CSP",
            "civilians",
        ),
        (
            "Les séparatistes accusent l'armée malienne, soutenue par les mercenaires du groupe Wagner, d'avoir tué 12 civils à Boni vendredi.",
            "malian-armed-forces accused by Tuareg separatists; wagner-group accused by Tuareg separatists",
            "civilians",
        ),
        (
            "Douze civils sont morts à Boni vendredi dans une attaque attribuée à la Katiba Macina du Jnim.",
            "katiba-macina accused",
            "civilians",
        ),
        (
            "Le Groupe de soutien à l'islam et aux musulmans (GSIM), principale alliance jihadiste du Sahel, liée à Al-Qaïda, a revendiqué l'attaque de Boni vendredi, qui a tué 12 soldats.",
            "jnim claimed by JNIM",
            "soldiers",
        ),
        (
            "Twelve civilians were killed at Boni on Friday. The FLA alleged that Malian soldiers opened fire on them.",
            "malian-armed-forces accused by FLA",
            "civilians",
        ),
    ]);
}

#[test]
fn what_others_say_of_soldiers_and_what_forces_admit() {
    check(&[
        (
            "The Malian army was attacked at Boni on Friday. Residents said that soldiers then shot several traders.",
            "malian-armed-forces accused by Residents",
            "civilians; traders",
        ),
        (
            "Airstrikes killed 21 civilians in Boni on Friday, the CSP said. Mali's armed forces confirmed the strikes.",
            "malian-armed-forces claimed by Malian Armed Forces",
            "civilians",
        ),
        (
            "At least 500 people were executed in Boni on Friday by the Malian Armed Forces and by foreign personnel, including 20 women, the UN said.",
            "malian-armed-forces accused by the UN",
            "civilians; women",
        ),
        (
            "The separatists blamed \"the army of the Malian junta and Russian mercenaries from the Wagner group\" for killing 21 civilians in Boni on Friday.",
            "malian-armed-forces accused by Tuareg separatists; wagner-group accused by Tuareg separatists",
            "civilians",
        ),
        (
            "A drone strike believed to have been carried out by the Malian Armed Forces (FAMa) killed 20 civilians in Boni on Friday.",
            "malian-armed-forces suspected",
            "civilians",
        ),
        (
            "JNIM claimed the attack on Boni on Friday, but the army denied their involvement. Twelve villagers were killed.",
            "jnim claimed by JNIM; jnim denied by Malian Armed Forces",
            "civilians; villagers",
        ),
        (
            "Twelve people, one of them a child, died in an attack in Boni on Friday which residents attribute to JNIM.",
            "jnim accused by residents",
            "civilians; children",
        ),
        (
            "A Boni, un bus a été la cible d'hommes armés vendredi. Douze passagers ont été tués.",
            "unidentified stated",
            "civilians; passengers",
        ),
        (
            "JNIM said that its fighters attacked Boni on Friday. \"We killed 12 civilians\", it said.",
            "jnim claimed by JNIM",
            "civilians",
        ),
        (
            "Twelve people were killed in Boni on Friday. All were men from the Fulani community.",
            "",
            "civilians; fulani",
        ),
    ]);
}

#[test]
fn whose_people_an_attack_was_aimed_at() {
    check(&[
        (
            "Jihadists attacked a gendarmerie post at Boni on Friday. Three gendarmes were killed; the army said that it had killed seven of the attackers.",
            "jihadists stated",
            "police",
        ),
        (
            "The detachment fell into an ambush at Boni on Friday. Twelve soldiers and seven terrorists were killed in the attack.",
            "",
            "soldiers",
        ),
        (
            "Un poste militaire a été la cible d'une attaque vendredi à Boni. Le bilan est de deux morts.",
            "",
            "soldiers",
        ),
        ("A UN base in Boni came under rocket fire on Friday. Four died.", "", "peacekeepers"),
        (
            "L'armée malienne a fait état de sept morts vendredi à Boni dans une série d'attaques lancées à l'aube contre ses positions.",
            "",
            "soldiers",
        ),
        (
            "Douze personnes ont été tuées vendredi à Boni dans l'attaque de quatre villages dogons.",
            "",
            "civilians; dogon",
        ),
        (
            "Seven farmers, all of them Dogon, were shot dead on Friday near Boni.",
            "",
            "civilians; farmers; dogon",
        ),
        (
            "Cinq ouvriers ont été enlevés sur un chantier à Boni, dans le centre du Mali, vendredi par des hommes armés.",
            "unidentified stated",
            "civilians; workers",
        ),
        (
            "Une opération des FAMa vendredi à Boni a permis de neutraliser 31 terroristes.",
            "malian-armed-forces stated",
            "militants",
        ),
    ]);
}

#[test]
fn an_accusation_goes_on_with_whoever_made_it() {
    check(&[
        (
            "The defence ministry said 12 soldiers had died on Friday in Boni. JNIM fighters attacked their convoy, it added.",
            "jnim accused by Malian defence ministry",
            "soldiers",
        ),
        (
            "The general staff said 12 soldiers were killed on Friday in Boni. The terrorists of JNIM attacked the convoy, the text says.",
            "jnim accused by General Staff",
            "soldiers",
        ),
        (
            "FIDH said 12 villagers were executed on Friday in Boni and accused the Malian army. Soldiers of the Malian army rounded up the men and shot them.",
            "malian-armed-forces accused by FIDH",
            "civilians; villagers",
        ),
        (
            "A survivor of Boni remembered Friday. \"The Malian army killed 12 people,\" he said.",
            "malian-armed-forces accused by survivor of Boni",
            "civilians",
        ),
        (
            "BAMAKO, May 10, 2023 (AFP) - According to the mayor, JNIM killed 12 people on Friday in Boni.",
            "jnim accused by mayor",
            "civilians",
        ),
        (
            "JNIM killed 12 people on Friday in Boni. The mayor blamed JNIM too.",
            "jnim stated; jnim accused by mayor",
            "civilians",
        ),
    ]);
}

#[test]
fn whose_attack_stands_behind_the_menu_of_a_page() {
    check(&[(
        "Discussion\n\nLe combat de Boni se déroule le 5 mai 2023. Un convoi de l'armée tombe dans une embuscade du JNIM ; douze soldats y trouvent la mort.",
        "jnim stated",
        "soldiers",
    )]);
}

#[test]
fn who_is_meant_by_the_group_and_by_those_described() {
    check(&[
        (
            "Le JNIM a revendiqué l'embuscade de vendredi à Boni. Le groupe terroriste affirme avoir tué neuf soldats.",
            "jnim claimed by JNIM",
            "soldiers",
        ),
        (
            "L'embuscade de vendredi à Boni a été revendiquée dans un communiqué le même jour par le groupe de soutien à l'islam et aux musulmans. Neuf soldats sont morts.",
            "jnim claimed by JNIM",
            "soldiers",
        ),
        (
            "Armed men described as jihadists raided a village near Boni on Friday, killing 15 people.",
            "jihadists suspected",
            "civilians",
        ),
        (
            "« L'armée malienne et les mercenaires du groupe Wagner (…) ont exécuté douze civils vendredi à Boni », affirme le CSP.",
            "malian-armed-forces accused by CSP; wagner-group accused by CSP",
            "civilians",
        ),
        (
            "Dozo hunters killed 157 people on Friday in Boni, including 12 members of a self-defence group. The government denied accusations that it turns a blind eye to such attacks.",
            "dozo-hunters stated",
            "civilians",
        ),
    ]);
}
