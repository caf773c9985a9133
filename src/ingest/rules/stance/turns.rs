//! More turns in which texts say who did it: tables of what must be read, and what not.

use super::tests::check;

#[test]
fn ok_of_whom_it_is_said() {
    check(&[
        (
            "Twelve soldiers died in an attack blamed on jihadists, the army said.",
            "jihadists accused by Malian Armed Forces",
        ),
        (
            "The government attributed the massacre to \"terrorists\" of the Katiba Macina.",
            "katiba-macina accused by Malian government",
        ),
        (
            "Malian authorities blamed the attack on Boni, in which twelve people died, on \"armed terrorist groups\".",
            "jihadists accused by Malian authorities",
        ),
        (
            "Les habitants accusent des jihadistes venus du Burkina Faso.",
            "jihadists accused by habitants",
        ),
        (
            "Le FLA accuse l'armée malienne et les paramilitaires russes d'Africa Corps.",
            "malian-armed-forces accused by FLA; africa-corps accused by FLA",
        ),
        (
            "L'armée malienne et ses alliés russes sont accusés d'avoir tué douze civils.",
            "malian-armed-forces accused; russian-paramilitaries accused",
        ),
        (
            "L'armée malienne est soupçonnée d'avoir exécuté douze civils.",
            "malian-armed-forces suspected",
        ),
        (
            "The Malian army is responsible for the deaths of twelve civilians.",
            "malian-armed-forces stated",
        ),
        (
            "The Malian government alleged that the attackers were members of JNIM.",
            "jnim accused by Malian government",
        ),
        ("The attackers wore the clothes of traditional Dozo hunters.", "dozo-hunters suspected"),
        (
            "Villagers said that the killers were soldiers of the Malian army.",
            "malian-armed-forces accused by Villagers",
        ),
    ]);
}

#[test]
fn ok_by_whom_it_was_done() {
    check(&[
        ("The camp was attacked on 5 March 2024 by around 100 JNIM fighters.", "jnim stated"),
        (
            "The execution of 12 men by the Malian army was documented.",
            "malian-armed-forces stated",
        ),
        (
            "Douze civils ont été tués par des éléments supposés de l'État islamique.",
            "islamic-state suspected",
        ),
        (
            "Douze civils ont été tués par des hommes identifiés comme des membres du Jnim.",
            "jnim stated",
        ),
        (
            "Elements of the Malian armed forces, accompanied by foreign personnel, entered Boni and executed twelve civilians.",
            "malian-armed-forces stated",
        ),
        (
            "Des combattants de la Katiba Serma d'Abou Moussa ont attaqué Boni.",
            "katiba-serma stated",
        ),
        (
            "Les frappes aériennes des FAMa ont traité et neutralisé douze terroristes.",
            "malian-armed-forces stated",
        ),
        (
            "The CSP condemns the execution of twelve men by the Malian army.",
            "malian-armed-forces accused by CSP",
        ),
    ]);
}

#[test]
fn ok_over_dates_and_companions() {
    check(&[
        ("The JNIM group on March 11 carried out a major attack in Bamako.", "jnim stated"),
        (
            "Malian armed forces and foreign fighters apparently from the Wagner Group have executed several civilians.",
            "malian-armed-forces stated; wagner-group stated",
        ),
        ("Six bergers ont été exécutés par le groupe russe Wagner.", "wagner-group stated"),
        (
            "Des bergers auraient été exécutés lors d'une opération conjointe de l'armée malienne et du groupe paramilitaire Wagner.",
            "malian-armed-forces suspected; wagner-group suspected",
        ),
        (
            "Twelve soldiers were killed by fighters believed to belong to Islamic State.",
            "islamic-state suspected",
        ),
        ("Dogon militiamen are blamed for the killing of twelve Fulani.", "dogon-militia accused"),
        ("A French air strike killed 19 civilians at a wedding.", "french-armed-forces stated"),
        ("Tout porte à croire que le Jnim est derrière l'attaque.", "jnim suspected"),
    ]);
}

#[test]
fn what_is_no_deed_of_this_day_is_left_out() {
    check(&[
        ("The CMA accused MINUSMA of siding with the army after five fighters died.", ""),
        ("HRW accused the Malian army of failing to protect the twelve villagers killed.", ""),
        ("The Malian army, which was accused of abuses in Moura, opened an investigation.", ""),
        ("JNIM is responsible for most attacks in the region.", ""),
        ("Le Jnim est l'auteur de la plupart des attaques dans la région.", ""),
        ("The massacre was condemned by JNIM.", ""),
        ("L'armée malienne a mené une opération de ratissage après l'attaque.", ""),
        ("Le maire met en cause l'inaction de l'armée malienne.", ""),
        (
            "Malian soldiers backed by Russian mercenaries shot dead 12 herders.",
            "malian-armed-forces stated; russian-paramilitaries stated",
        ),
        (
            "HRW accused the Malian army of executing twelve herders.",
            "malian-armed-forces accused by HRW",
        ),
        (
            "The Malian army is responsible for the killing of twelve herders.",
            "malian-armed-forces stated",
        ),
    ]);
}

#[test]
fn escorts_owners_and_those_who_lost_are_no_perpetrators() {
    check(&[
        (
            "A suspected jihadist attack on a convoy escorted by the Malian army killed 32 people.",
            "jihadists suspected",
        ),
        ("The village is guarded by the Malian army, and twelve people were killed.", ""),
        ("Douze soldats ont été tués lors d'une opération de l'armée malienne.", ""),
        ("Malian army officials reported that they had come under shell fire.", ""),
    ]);
}

#[test]
fn ok_own_word() {
    check(&[
        ("Twelve soldiers died in an attack JNIM claimed a day later.", "jnim claimed by JNIM"),
        (
            "L'État islamique s'est dit responsable de l'attaque.",
            "islamic-state claimed by Islamic State",
        ),
        ("Before the attack JNIM claimed to control the area.", ""),
        ("In a video, JNIM said it was responsible.", "jnim claimed by JNIM"),
        ("A claim of responsibility was issued by JNIM on Thursday.", "jnim claimed by JNIM"),
        ("Le Jnim s'est attribué l'attaque.", "jnim claimed by JNIM"),
        ("Le Jnim affirme être à l'origine de l'attaque.", "jnim claimed by Jnim"),
        ("AQIM said the bomber was one of its fighters.", "aqim claimed by AQIM"),
    ]);
}

#[test]
fn what_is_said_of_others_or_not_at_all_is_left_out() {
    check(&[
        ("It was the deadliest attack since JNIM attacked Dioura in 2019.", ""),
        ("It was not clear whether JNIM carried out the attack.", ""),
        ("On ignore si le Jnim a mené l'attaque.", ""),
        (
            "Sunday's raid was the third this month, killing 25 people by the Malian army's count.",
            "",
        ),
        ("AQIM said the bomber was not one of its fighters.", ""),
        ("No claim of responsibility was issued by JNIM.", ""),
        ("Le Jnim ne s'est pas attribué l'attaque.", ""),
        ("The herders were accused of theft, the Malian army said.", ""),
        ("The Malian army was blamed on social media.", ""),
        ("The Malian army said it was responsible for the safety of the convoy.", ""),
    ]);
}

#[test]
fn ok_attacks_named_by_whose_they_are() {
    check(&[
        ("Ten people died in Malian army air strikes near Boni.", "malian-armed-forces stated"),
        ("A JNIM attack on a convoy killed ten soldiers.", "jnim stated"),
        (
            "Ten people were killed in Boni, in what the mayor called a JNIM attack.",
            "jnim accused by mayor",
        ),
        (
            "During an operation by the Malian army near Boni, ten villagers were killed.",
            "malian-armed-forces stated",
        ),
        ("Ten civilians lost their lives at the hands of JNIM.", "jnim stated"),
        ("Dix civils sont morts sous les balles du JNIM.", "jnim stated"),
        ("Les hommes du JNIM ont égorgé dix villageois près de Boni.", "jnim stated"),
        ("Jihadist fighters surprised an army patrol, killing ten soldiers.", "jihadists stated"),
        (
            "At least 24 people died when suspected jihadists descended on three villages.",
            "jihadists suspected",
        ),
        ("In a video, a spokesman for JNIM took credit for the ambush.", "jnim claimed by JNIM"),
        (
            "The battle of Ber set the Malian army against fighters of the CMA and of JNIM.",
            "cma stated; jnim stated",
        ),
        (
            "La force Barkhane a annoncé avoir mis hors de combat une trentaine de jihadistes.",
            "operation-barkhane claimed by force Barkhane",
        ),
        ("Ten soldiers were killed near Boni in clashes with JNIM.", "jnim stated"),
        ("Les jihadistes présumés sont venus de la forêt, à moto.", "jihadists suspected"),
    ]);
}

#[test]
fn attacks_that_hit_nobody_or_were_another_are_left_out() {
    check(&[
        ("The Malian army foiled a JNIM attack, killing ten.", ""),
        ("A JNIM attack warning was issued in Boni.", ""),
        ("Ten people were killed near Boni, days after a JNIM attack on Dioura.", ""),
        ("The peace talks set the Malian government against the CMA.", ""),
        ("During an operation by the Malian army near Boni, weapons were seized.", ""),
        ("The village is at the hands of JNIM.", ""),
        ("JNIM descended from an older group.", ""),
        ("JNIM was surprised by a Malian army patrol.", ""),
        ("JNIM took credit cards from ten drivers.", ""),
        (
            "The wedding brought together 100 civilians, among whom were five armed men presumed to belong to Katiba Serma.",
            "",
        ),
        ("The other three dead of the attack were presumed members of Katiba Serma.", ""),
        (
            "The CMA accused the army and the \"Wagner militia\" of having attacked its fighters.",
            "malian-armed-forces accused by CMA; wagner-group accused by CMA",
        ),
        ("Thirty jihadists were killed near Boni in clashes with JNIM.", ""),
        ("Ten people left Boni after clashes with JNIM.", ""),
        ("La Minusma a mis en place un pont aérien après la mort de dix soldats.", ""),
        ("Most attacks in the region are attributed to the jihadist group Ansarul Islam.", ""),
        ("La plupart des attaques sont attribuées au JNIM.", ""),
        ("The attack was attributed to the jihadist group Ansarul Islam.", "ansarul-islam accused"),
        (
            "L'attaque a été revendiquée via le site Alakhbar, qui reçoit ses communiqués, par AQMI.",
            "aqim claimed by AQIM",
        ),
        ("L'attaque n'a pas été revendiquée, et la route qui mène à Gao est gardée par AQMI.", ""),
        (
            "The attack took place in Solhan, government spokesman Ousseni Tamboura said in a statement blaming jihadists.",
            "jihadists accused by government spokesman Ousseni Tamboura",
        ),
        (
            "At least 132 people were killed, according to the Malian government which blames JNIM.",
            "jnim accused by Malian government",
        ),
        (
            "L'ONU accuse des éléments peuls armés et fait état de 750 déplacés.",
            "fulani-militia accused by ONU",
        ),
    ]);
}

#[test]
fn ok_who_the_attackers_are_said_to_be() {
    check(&[
        ("Les auteurs de ce coup de main sont des hommes d'Ansar Dine.", "ansar-dine stated"),
        (
            "Plusieurs habitants ont décrit des hommes vêtus en dozos.",
            "dozo-hunters suspected by Plusieurs habitants",
        ),
        ("The mission said it did not know who was behind the ambush.", ""),
        (
            "Malian soldiers and allied Dozo militiamen killed 21 men.",
            "malian-armed-forces stated; dozo-hunters stated",
        ),
        ("\"They were dozos.", "dozo-hunters stated"),
        (
            "« Ce sont les terroristes qui sèment ces mines », accuse la source.",
            "jihadists accused by source",
        ),
        ("They were dozos of the village and had been killed.", ""),
        ("MINUSMA said it did not know who was behind the ambush.", ""),
        ("L'armée ignore qui est responsable de l'attaque.", ""),
        ("Des hommes vêtus en dozos gardaient le marché.", ""),
        ("An ambush on the road in northeastern Mali killed nine UN peacekeepers.", ""),
        ("An al-Qaeda Linked Group Claims Responsibility for Mali Army Attack", ""),
        ("L'absence de l'armée est montrée du doigt après le massacre.", ""),
        ("L'armée est montrée du doigt après le massacre.", "malian-armed-forces accused"),
    ]);
}
