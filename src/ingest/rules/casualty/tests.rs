use super::*;
use crate::ingest::rules::date::dates;
use crate::ingest::token::tokens;
use std::sync::LazyLock;

static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&KNOWN));

/// "killed soldiers 15; wounded soldiers 4 part".
fn read(text: &str) -> String {
    let tokens = tokens(text, 0..text.len());
    let all = counts(&tokens, &dates(&tokens), &VOCABULARY, &KNOWN, Before::default());
    let words = all.iter().map(|c| {
        let number = match (c.min, c.max) {
            (Some(a), Some(b)) if a == b => a.to_string(),
            (Some(a), Some(b)) => format!("{a}-{b}"),
            (Some(a), None) => format!("{a}+"),
            (None, Some(b)) => format!("<={b}"),
            (None, None) => "some".to_owned(),
        };
        let part = if c.subset { " part" } else { "" };
        format!("{} {} {number}{part}", c.measure.as_str(), c.group.as_str())
    });
    words.collect::<Vec<_>>().join("; ")
}

/// Every text with what it counts.
pub(super) fn check_all(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        check(&mut wrong, text, expected);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ok_parts_that_add_up() {
    check_all(&[
        (
            "Nineteen people had been killed, he said, 18 guests and a gendarme.",
            "killed total 19; killed civilians 18 part; killed police 1 part",
        ),
        (
            "He counted 106 dead: 49 men of the CMA, 39 of the Platform and 18 soldiers.",
            "killed total 106; killed rebels 49 part; killed total 39 part; killed soldiers 18 part",
        ),
        (
            "MINUSMA arrived at 22 dead, the two gunmen included.",
            "killed total 22; killed militants 2 part",
        ),
        (
            "The attack left 20 people dead, not counting the two gunmen.",
            "killed total 20; killed militants 2",
        ),
    ]);
}

#[test]
fn ok_ages_are_no_dead() {
    check_all(&[
        ("Two children, aged 4 and 6, were killed.", "killed children 2"),
        ("Deux enfants de 4 et 6 ans ont été tués.", "killed children 2"),
        ("Two women and a nine-year-old girl were killed.", "killed women 2; killed children 1"),
        (
            "Un policier a été tué et un autre grièvement blessé.",
            "killed police 1; wounded police 1",
        ),
        ("Twenty soldiers were killed, wounded or missing.", "killed soldiers <=20"),
        ("Dix personnes ont été égorgées.", "killed total 10"),
        ("Nine of the 12 dead were civilians.", "killed civilians 9 part"),
        ("Neuf des 12 victimes sont des civils.", "killed civilians 9 part"),
        (
            "Two civilians, a man and a woman, were killed.",
            "killed civilians 2; killed total 1 part; killed women 1 part",
        ),
    ]);
}

#[test]
fn err_figures_that_add_up_to_nothing() {
    check_all(&[
        (
            "Nineteen people were killed near a base of 12 soldiers and seven guards; all fled.",
            "killed total 19",
        ),
        ("Nineteen people were killed, and 12 soldiers and six guards fled.", "killed total 19"),
        ("Ten people were killed; four soldiers and six guards fled.", "killed total 10"),
    ]);
}

#[test]
fn ok_brackets_quotes_and_adjectives() {
    check_all(&[
        ("Le bilan fait état d'un « mort et quatre blessés ».", "killed total 1; wounded total 4"),
        ("Six (soldats) morts et quatre blessés.", "killed soldiers 6; wounded soldiers 4"),
        ("Une source avait évoqué une « vingtaine » de morts.", "killed total 20"),
        ("Une demi-douzaine de civils ont été tués.", "killed civilians 6"),
        (
            "Vingt éléments des Forces armées maliennes (FAMa) et 15 terroristes sont morts.",
            "killed soldiers 20; killed militants 15",
        ),
        ("Ils sont revenus, faisant quatre nouvelles victimes.", "killed total 4"),
        ("L'armée déplore des « pertes en vies humaines ».", "killed total some"),
        (
            "Six soldats ont été tués dans une attaque terroriste, 24 terroristes neutralisés.",
            "killed soldiers 6; killed militants 24",
        ),
        ("Un chef terroriste a été tué.", "killed militants 1"),
        ("Une base militaire a été attaquée et deux civils tués.", "killed civilians 2"),
        (
            "Selon le gouverneur, le colonel Jean Diarra, 15 civils ont été tués.",
            "killed civilians 15",
        ),
        ("Dozens of people remain missing.", "missing total some"),
        ("33 missing soldiers had been found alive.", ""),
        ("33 soldats portés disparus ont été retrouvés vivants.", ""),
        ("It gave a death toll of 35 based on a list.", "killed total 35"),
        (
            "Au moins quinze civils, dont des femmes et des enfants, ont péri.",
            "killed civilians 15+; killed women some part; killed children some part",
        ),
        (
            "The raid killed twelve people, including women and children.",
            "killed total 12; killed women some part; killed children some part",
        ),
        (
            "Des femmes et des enfants figurent parmi les victimes.",
            "killed women some part; killed children some part",
        ),
        ("Des femmes et des enfants ont fui le village.", ""),
        ("The camp hosts people including women and children.", ""),
        (
            "Six civils tués. Il y a eu deux blessés dont un militaire.",
            "killed civilians 6; wounded total 2; wounded soldiers 1 part",
        ),
        (
            "L'attaque a fait 32 personnes mortes et cinq blessées.",
            "killed total 32; wounded total 5",
        ),
        ("Une dame d'une cinquantaine d'années a été tuée.", ""),
        ("Ils ont tué, au moins 20 autres personnes.", "killed total 20+"),
    ]);
}

fn check(wrong: &mut Vec<String>, text: &str, expected: &str) {
    let found = read(text);
    if found != expected {
        wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
    }
}

#[test]
fn ok_english() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        (
            "The attacks killed fifteen soldiers and six civilians.",
            "killed soldiers 15; killed civilians 6",
        ),
        (
            "The army put the dead at 25 civilians and the wounded at 13.",
            "killed civilians 25; wounded civilians 13",
        ),
        (
            "Six soldiers were killed along with two of the attackers.",
            "killed soldiers 6; killed militants 2",
        ),
        (
            "Three Malians, a Frenchman and a Belgian died.",
            "killed total 3 part; killed total 1 part; killed total 1 part",
        ),
        (
            "The dead were four soldiers and four of the attackers.",
            "killed soldiers 4; killed militants 4",
        ),
        ("The ambush cost eight soldiers their lives.", "killed soldiers 8"),
        ("Four apprentices were killed and twenty sheep were killed.", "killed other 4"),
        (
            "Nine people were killed, of whom five are guards.",
            "killed total 9; killed total 5 part",
        ),
        ("It killed 47 people, most of them civilians, at the refugee camps.", "killed total 47"),
        ("Several of the civilians killed were women.", ""),
        ("The strength of the camp, estimated at 200 men, was halved by deaths.", ""),
        ("Roughly 100 soldiers and police officers died.", "killed soldiers 100"),
        (
            "Six soldiers were killed and fifteen were injured in the attack.",
            "killed soldiers 6; wounded soldiers 15",
        ),
        ("It struck, wounding four in Niono and one in Bapho.", "wounded total 4; wounded total 1"),
        (
            "killing two people in the village of Kassela and five in the village of Markacoungo",
            "killed total 2; killed total 5",
        ),
        ("14 killed, 11 wounded", "killed total 14; wounded total 11"),
        ("50 killed 4 captured", "killed total 50; detained total 4"),
        (
            "One French commando, a sergeant, was killed and so were 20 Islamist militants.",
            "killed soldiers 1; killed militants 20",
        ),
        (
            "killing 5 people including 3 MNLA fighters and both bombers",
            "killed total 5; killed rebels 3 part; killed militants 2 part",
        ),
        (
            "At least 7 MNLA fighters along with the suicide bomber were killed in the attack.",
            "killed rebels 7+; killed militants 1",
        ),
        (
            "the death of the two bombers and injuring a Malian soldier and a civilian",
            "killed militants 2; wounded soldiers 1; wounded civilians 1",
        ),
        ("leaving 18 of the militiamen dead", "killed militia 18"),
        (
            "left 16 Nigerien soldiers dead, six injured, and one missing",
            "killed soldiers 16; wounded soldiers 6; missing soldiers 1",
        ),
        (
            "13 Chadian soldiers and 65 Islamists were killed during heavy fighting",
            "killed soldiers 13; killed militants 65",
        ),
        (
            "clashes killed several Malian and Wagner troops",
            "killed mercenaries some; killed soldiers some",
        ),
        (
            "Six to nine people were killed in Aklaz and thirty-one in Awkassa.",
            "killed total 6-9; killed total 31",
        ),
        ("assessing twelve deaths in Aklaz and 31 in Awkassa", "killed total 12; killed total 31"),
        (
            "one Malian soldier shot 20 out of the 27 detained civilians",
            "killed civilians 20; detained civilians 27 part",
        ),
        ("Two more detainees were tortured to death.", "killed civilians 2"),
        (
            "The victims of the massacre also included a woman and a child.",
            "killed women 1 part; killed children 1 part",
        ),
        (
            "two civilians lost their lives and three more were hurt",
            "killed civilians 2; wounded civilians 3",
        ),
        (
            "spoke of 25 soldiers killed, four wounded and about sixty missing, against fifteen attackers killed",
            "killed soldiers 25; wounded soldiers 4; missing soldiers 60; killed militants 15",
        ),
        (
            "five Wagner mercenaries and seven Malian soldiers were killed, along with dozens of others injured",
            "killed mercenaries 5; killed soldiers 7; wounded total some",
        ),
        ("A car bomb injured 13 UN peacekeepers stationed in a base.", "wounded peacekeepers 13"),
        ("Sixteen Tuareg nomads were killed in the village.", "killed civilians 16"),
        ("seventeen Fulani were killed in an attack", "killed civilians 17"),
        ("resulting in the deaths of 11 “terrorists.”", "killed militants 11"),
        (
            "Two French soldiers were killed and another injured",
            "killed soldiers 2; wounded soldiers 1",
        ),
        (
            "killed two peacekeepers and injured at least ten others tonight",
            "killed peacekeepers 2; wounded peacekeepers 10+",
        ),
        (
            "Ten soldiers were killed, 30 jihadists were killed, and 17 others were injured",
            "killed soldiers 10; killed militants 30; wounded total 17",
        ),
        ("the capture of four combatants", "detained other 4"),
        ("having killed and wounded hundreds", "killed total some; wounded total some"),
        (
            "seventeen civilians were killed in the attacks, with several burned to death in their homes",
            "killed civilians 17; killed civilians some",
        ),
    ] {
        check(&mut wrong, text, expected);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_word_for_one_person_is_no_figure_by_itself() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        ("A jihadist attack began after a military patrol fell into an ambush.", ""),
        ("Five people were killed in a terrorist attack on a bar.", "killed total 5"),
        ("The mayor of Yoro, where 24 people were killed, spoke.", "killed total 24"),
        ("Four peacekeepers from the Chadian contingent were killed.", "killed peacekeepers 4"),
        (
            "Au moins 24 personnes, toutes membres de la communauté peulh, ont été tuées",
            "killed total 24+",
        ),
        ("Members of one family were killed.", ""),
        ("Cinq membres d'une même famille ont été tués", "killed total 5"),
        ("The toll from Friday's attack on a mosque in Boni has risen to 15.", "killed total 15"),
        ("The number of troops rose to 15,000.", ""),
        ("« Ils ont tué 20 personnes », expliqua le député élu à Koro.", "killed total 20"),
        (
            "five aid workers, four of whom were employed by the Red Cross, disappeared",
            "missing civilians 5; missing civilians 4 part",
        ),
        ("des combattants issus de l'ex-rébellion touareg ont été tués", ""),
        ("Ten were wounded among the French.", "wounded total 10"),
        (
            "27 people were reported dead after a raid to free 170 people, many of them foreigners",
            "killed total 27",
        ),
        ("The 65 civilians killed were 52 men.", "killed civilians 65"),
        ("A soldier was killed and another was wounded.", "killed soldiers 1; wounded soldiers 1"),
    ] {
        check(&mut wrong, text, expected);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ok_french() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        (
            "14 terroristes neutralisés et 01 blessé récupéré",
            "killed militants 14; wounded militants 1",
        ),
        ("un bilan de 17 corps de terroristes abandonnés", "killed militants 17"),
        ("a neutralisé (01) terroriste", "killed militants 1"),
        ("L'armée malienne perd cinq soldats.", "killed soldiers 5"),
        ("une vingtaine de terroristes ont été « neutralisés »", "killed militants 20"),
        (
            "avaient tué dix soldats, certains ayant aussi été faits prisonniers",
            "killed soldiers 10",
        ),
        ("Quarante-deux militaires maliens ont péri dimanche", "killed soldiers 42"),
        (
            "17 soldats et 4 civils tués, 9 disparus et 7 assaillants abattus",
            "killed soldiers 17; killed civilians 4; missing total 9; killed militants 7",
        ),
        ("Une dizaine de personnes ont été tuées jeudi soir", "killed total 10"),
        (
            "au moins 13 corps déposés à la morgue et deux blessés graves",
            "killed total 13+; wounded total 2",
        ),
        ("l'État islamique y avait tué quatre militaires", "killed soldiers 4"),
        ("ne mentionnait que 4 soldats et 2 civils morts", "killed soldiers 4; killed civilians 2"),
        ("Le bilan est de 05 morts et 08 blessés", "killed total 5; wounded total 8"),
        (
            "Au moins 38 personnes sont mortes et plusieurs autres ont été blessées",
            "killed total 38+; wounded total some",
        ),
        (
            "sept soldats des FAMa et un chauffeur civil ont trouvé la mort",
            "killed soldiers 7; killed civilians 1",
        ),
        (
            "35 personnes, dont sept militaires, ont été tuées",
            "killed total 35; killed soldiers 7 part",
        ),
        (
            "4 morts (3 militaires et un civil maliens) ainsi que 5 blessés",
            "killed total 4; killed soldiers 3 part; killed civilians 1 part; wounded total 5",
        ),
    ] {
        check(&mut wrong, text, expected);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn figures_that_count_no_casualties_are_left_alone() {
    let mut wrong = Vec::new();
    for text in [
        "150 soldiers attacked with 16 motorcycles and three trucks.",
        "About 100 American troops had been sent to Niger.",
        "The town lies 50 kilometers from Gao, where 12,000 people live.",
        "Sept des seize mausolées ont été détruits.",
        "He was killed on April 24, at 9:30, aged 40.",
    ] {
        check(&mut wrong, text, "");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ok_those_who_are_of_others() {
    check_all(&[
        (
            "They reported seven deaths: one soldier, a civilian who had been taken hostage and five jihadists, including two suicide bombers.",
            "killed total 7; killed soldiers 1 part; abducted civilians 1 part; killed civilians 1 part; killed militants 5 part; killed militants 2 part",
        ),
        (
            "He gave a toll of four dead: two suicide bombers and the two occupants of a passing cart.",
            "killed total 4; killed militants 2 part; killed total 2 part",
        ),
        (
            "A Nigerian peacekeeper died and another member of his contingent was injured.",
            "killed peacekeepers 1; wounded peacekeepers 1",
        ),
        (
            "One soldier was killed and two members of his patrol were wounded.",
            "killed soldiers 1; wounded soldiers 2",
        ),
        (
            "Il a tué plus de trente militaires et en détient deux.",
            "killed soldiers 30+; detained soldiers 2",
        ),
        ("Trois de ses occupants meurent.", "killed total 3"),
        ("L'explosion a blessé l'un de ses camarades.", "wounded total 1"),
        (
            "Trois employés d'une organisation et un agent du ministère ont été enlevés.",
            "abducted civilians 3; abducted total 1",
        ),
        (
            "Trois Chinois et deux Mauritaniens y avaient été enlevés.",
            "abducted total 3 part; abducted total 2 part",
        ),
        (
            "One soldier was slightly wounded; three more suffered concussion.",
            "wounded soldiers 1; wounded soldiers 3",
        ),
    ]);
}

#[test]
fn err_people_of_whom_nothing_is_said() {
    check_all(&[
        ("They had wanted to kill as many people as possible.", ""),
        ("The parents of the young man were among the victims.", ""),
        ("The authorities stated that 93 prisoners had escaped.", ""),
        ("Les assaillants ont libéré 30 prisonniers.", ""),
        ("They took 30 prisoners.", "detained total 30"),
        ("Residents counted six wounded in addition to the soldier.", "wounded total 6"),
        ("L'un des assaillants portait un uniforme.", ""),
    ]);
}

#[test]
fn ok_parts_named_behind() {
    check_all(&[
        (
            "It counted 14 civilians killed in the two strikes, four of them children.",
            "killed civilians 14; killed children 4 part",
        ),
        (
            "It gave 26 dead and 30 wounded, two women and two children among them.",
            "killed total 26; wounded total 30; wounded women 2 part; wounded children 2 part",
        ),
        ("They lost 50 vehicles, twelve of them armoured; nine died.", "killed total 9"),
        ("Two women and two children were there; nine people died.", "killed total 9"),
        (
            "Neuf civils ont été tués, dont une fillette.",
            "killed civilians 9; killed children 1 part",
        ),
    ]);
}

#[test]
fn err_years_are_no_dead() {
    check_all(&[
        (
            "C'est la plus coûteuse depuis la Somalie en 1993-1995, avec plus de 70 soldats tués.",
            "killed soldiers 70+",
        ),
        ("In the war of 1996, 12 people died.", "killed total 12"),
        ("The raid killed 1,996 people.", "killed total 1996"),
    ]);
}

#[test]
fn err_strengths_beside_what_was_done() {
    check_all(&[
        (
            "Des jihadistes ont attaqué le camp, qui abrite environ 150 soldats, vers 06h00, faisant entre 40 et 50 morts.",
            "killed total 40-50",
        ),
        (
            "They attacked the camp, home to 150 soldiers, at dawn, leaving 40 dead.",
            "killed total 40",
        ),
    ]);
}

#[test]
fn err_nobody_and_one_of_several() {
    check_all(&[
        ("L'armée n'a tué personne.", ""),
        ("Une personne a été tuée.", "killed total 1"),
        ("A witness saw four assailants, one of whom was killed.", "killed militants 1 part"),
        (
            "Five workers, four of whom were guards, were killed.",
            "killed civilians 5; killed total 4 part",
        ),
    ]);
}
