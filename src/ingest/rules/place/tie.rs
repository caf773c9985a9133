//! How the words around a name tie the place in: where it happened, near it, or only named.

use super::{SETTLEMENTS, SETTLEMENTS_OF, Scene, Tie};
use crate::ingest::lexicon::{any_of, one_of};
use crate::ingest::rules::date;

impl Scene<'_> {
    /// Passes over names, "and" and an aside between commas after a place.
    fn over_apposition(&self, end: usize) -> usize {
        let mut i = end;
        while let Some(token) = self.tokens.get(i).filter(|_| i - end < 16) {
            let name = token.capital
                || one_of(
                    token,
                    &[
                        "and", "et", "two", "three", "the", "in", "of", "de", "la", "le", "l",
                        "dans", "a", "au", "du", "an", "un", "une", "close", "by",
                    ],
                );
            if one_of(token, &["a"]) && self.tokens.get(i + 1).is_some_and(|t| t.norm == "ete") {
                return i;
            }
            let passes = token.is(",")
                || name
                || SETTLEMENTS.has(token)
                || one_of(token, &["region", "cercle", "both", "nearby"]);
            // "had been to Koro and was on its way": of whoever had been there.
            let and = i > end && one_of(&self.tokens[i - 1], &["and", "et"]);
            if !passes {
                let verb =
                    one_of(token, &["was", "were", "is", "are", "ont", "est", "sont", "itself"]);
                return if verb && !and { i } else { end };
            }
            i += 1;
        }
        end
    }

    /// "Gao was attacked": the place that something is done to.
    pub(super) fn tie_of(&self, start: usize, end: usize) -> Tie {
        // "Kimparana, dans la région de San, a été attaquée", "X and Y, two villages, were hit".
        let end = self.over_apposition(end);
        let done_to = (end..(end + 3).min(self.tokens.len()))
            .take_while(|i| {
                one_of(
                    &self.tokens[*i],
                    &[
                        "itself", "was", "were", "is", "are", "a", "ont", "ete", "est", "sont",
                        "also", "again",
                    ],
                )
            })
            .any(|i| one_of(&self.tokens[i], &["was", "were", "is", "are", "ete", "est", "sont"]))
            || self.suffers(end)
            || self.names_event(end);
        // "* 31 May – Gao: a car bomb …"
        let headed = self.tokens.get(end).is_some_and(|t| t.is(":"));
        let done_to =
            done_to || headed || self.is_relative_scene(end) || self.people_hit(start, end);
        match self.tie(start) {
            Tie::Other if done_to => Tie::At,
            tie => tie,
        }
    }

    /// "the Ogossagou massacre that", "the Aklaz and Awkassa massacres in which": an event that bears
    /// its name and is told.
    fn names_event(&self, end: usize) -> bool {
        const EVENTS: &[&str] = &["massacre", "massacres", "ambush", "killings", "bombing"];
        const TELLS: &[&str] = &["that", "in", "where", "when", "killed", "left", "which"];
        let at = |i: usize, words: &[&str]| self.tokens.get(i).is_some_and(|t| any_of(t, words));
        let event = |i: usize| at(i, EVENTS) && at(i + 1, TELLS);
        let and = self.tokens.get(end).is_some_and(|t| one_of(t, &["and"]))
            && self.tokens.get(end + 1).is_some_and(|t| t.capital);
        event(end) || and && event(end + 2)
    }

    /// "Twelve inhabitants of Boni were killed": where they live is where it happened.
    fn people_hit(&self, start: usize, end: usize) -> bool {
        const LIVE: &[&str] =
            &["inhabitants", "residents", "villagers", "habitants", "villageois", "people"];
        let of = start
            .checked_sub(2)
            .filter(|i| one_of(&self.tokens[i + 1], &["of", "de", "d"]))
            .is_some_and(|i| one_of(&self.tokens[i], LIVE));
        of && (end..(end + 4).min(self.tokens.len()))
            .take_while(|i| self.tokens[*i].is_word())
            .any(|i| self.vocabulary.casualty.at(self.tokens, i).is_some())
    }

    /// "the mayor of Yoro, where 24 people were killed".
    pub(super) fn is_relative_scene(&self, end: usize) -> bool {
        let comma = usize::from(self.tokens.get(end).is_some_and(|t| t.is(",")));
        let open = end + comma;
        self.tokens.get(open).is_some_and(|t| t.norm == "where")
            && (open + 1..(open + 9).min(self.tokens.len()))
                .any(|i| self.vocabulary.casualty.at(self.tokens, i).is_some())
    }

    /// "Bamako saw its first attack", "Gao a connu deux attentats".
    fn suffers(&self, end: usize) -> bool {
        let verb =
            end + usize::from(self.tokens.get(end).is_some_and(|t| one_of(t, &["a", "had"])));
        let suffers = self.tokens.get(verb).is_some_and(|t| {
            one_of(
                t,
                &[
                    "saw", "suffered", "witnessed", "experienced", "endured", "connu", "subi",
                    "vecu", "connait", "subit", "falls", "fell", "tombe",
                ],
            )
        });
        // "the town of Léré came under attack".
        let came = self.tokens.get(verb).is_some_and(|t| one_of(t, &["came", "come", "comes"]))
            && self.tokens.get(verb + 1).is_some_and(|t| t.norm == "under");
        let had = verb > end && self.tokens.get(verb).is_some_and(|t| one_of(t, &["its"]));
        suffers || came || had
    }

    /// "les blessés ont été évacués sur Sévaré", "admitted to hospital in Gao", "buried in": where
    /// victims were brought afterwards.
    fn is_taken_away(&self, at: usize) -> bool {
        const BROUGHT: &[&str] = &[
            "evacue", "evacues", "evacuee", "evacuees", "evacuated", "transferred", "transferes",
            "transfere", "transportes", "transporte", "transported", "airlifted", "flown",
            "heliportes", "heliportees", "admis", "admises", "admitted", "hospitalises",
            "hospitalised", "hospitalized", "taken", "conduits", "achemines", "hospital",
            "hospitals", "hopital", "buried", "enterres", "inhumes", "morgue", "rushed",
        ];
        self.tokens[..at]
            .iter()
            .rev()
            .take(6)
            .take_while(|t| t.is_word())
            .any(|t| one_of(t, BROUGHT))
            && !self.tokens[at.saturating_sub(2)..at].iter().any(|t| one_of(t, &["hostage"]))
    }

    /// "avait fait état à New York d'un mort", "told reporters in Geneva that": where it was said.
    fn is_said_there(&self, at: usize) -> bool {
        const SAID: &[&str] = &["said", "declare", "affirme", "indique"];
        const HEARERS: &[&str] = &["reporters", "journalists", "journalistes"];
        let word = |back: usize, words: &[&str]| {
            at.checked_sub(back).is_some_and(|i| any_of(&self.tokens[i], words))
        };
        let active = word(1, SAID) && !word(2, &["ete", "was", "were", "been", "is"]);
        let state = word(1, &["etat"]) && word(2, &["fait", "faisait"]);
        let hearers = word(1, HEARERS) && word(2, &["told", "aux", "des", "to", "the"]);
        one_of(&self.tokens[at], &["a", "in"]) && (active || state || hearers)
    }

    /// "on the road from Goundam to Timbuktu", "sur l'axe Bandiagara-Bankass": the preposition
    /// at `at` belongs to a road.
    fn is_on_road(&self, at: usize) -> bool {
        const ROADS: &[&str] = &["road", "highway", "route", "axe", "track", "troncon", "piste"];
        one_of(&self.tokens[at], &["from", "to", "de", "d", "a", "l", "et", "and"])
            && self.tokens[..at].iter().rev().take(5).any(|t| one_of(t, ROADS))
    }

    /// "The attackers reached Dembo": where they came to attack.
    pub(super) fn is_reached(&self, at: usize) -> bool {
        const WHO: &[&str] =
            &["attackers", "gunmen", "assailants", "militants", "jihadists", "they", "fighters"];
        one_of(&self.tokens[at], &["reached"]) && at > 0 && one_of(&self.tokens[at - 1], WHO)
    }

    /// "ISGS returned to Kofu, burning the school", "moved onto the village of Djimdo, killing two":
    /// where somebody came to do what follows.
    fn is_come_to(&self, at: usize, name: usize) -> bool {
        const DEEDS: &[&str] = &[
            "killing", "burning", "abducting", "executing", "shooting", "looting", "targeting",
            "wounding", "killed", "attacked", "burned", "abducted", "executed", "opened", "shot",
        ];
        let came = at > 0
            && one_of(&self.tokens[at], &["to", "onto", "into"])
            && one_of(&self.tokens[at - 1], &["returned", "moved", "advanced", "drove", "rode"]);
        came && self.tokens[name + 1..].iter().take(5).any(|t| one_of(t, DEEDS))
    }

    /// "hostilities between Bamako and separatists": the capital for its government.
    fn is_government(&self, at: usize) -> bool {
        const CAPITALS: &[&str] = &["bamako", "niamey", "ouagadougou", "paris"];
        const OPPONENTS: &[&str] = &[
            "separatists", "rebels", "jihadists", "insurgents", "armed", "tuareg", "touareg",
            "separatistes", "rebelles", "djihadistes", "jihadistes", "groups", "groupes",
            "mouvements", "movements", "independantistes", "ex", "former",
        ];
        let word = |i: usize, words: &[&str]| self.tokens.get(i).is_some_and(|t| one_of(t, words));
        let article = usize::from(word(at + 2, &["the", "les", "des"]));
        let pair =
            word(at, CAPITALS) && word(at + 1, &["and", "et"]) && word(at + 2 + article, OPPONENTS);
        pair && at > 0 && word(at - 1, &["between", "entre"])
    }

    /// How the words before a place tie it in.
    pub(super) fn tie(&self, at: usize) -> Tie {
        if self.is_government(at) {
            return Tie::Other;
        }
        let mut i = at;
        let mut steps = 0;
        let mut settled = false;
        while i > 0 && steps < 14 {
            i -= 1;
            steps += 1;
            let token = &self.tokens[i];
            settled |= SETTLEMENTS.has(token);
            // "an attack against its camp of Boni".
            if settled && one_of(token, &["contre", "against"]) {
                return Tie::At;
            }
            let event = i > 0
                && one_of(token, &["of", "to", "de", "d", "a"])
                && one_of(
                    &self.tokens[i - 1],
                    &[
                        "battle", "siege", "massacre", "bataille", "attack", "attaque", "tuerie",
                        "embuscade", "assaut", "celle", "celui", "ceux", "celles", "attentat",
                    ],
                );
            if event {
                return Tie::At;
            }
            if one_of(
                token,
                &[
                    "in", "at", "on", "inside", "within", "a", "au", "dans", "sur", "across", "en",
                    "throughout", "storm", "storms", "raid", "raids", "attack", "attacks",
                    "attaquent", "attacked", "shelled", "raided", "stormed", "struck", "targeted",
                    "attaque", "bombed", "besieged", "hit", "assiege", "assaut", "ambushed",
                    "encircled", "surrounded", "over", "survole", "overran", "overrun", "overruns",
                    "capture", "captures", "seize", "seizes", "invaded", "entered", "encercle",
                    "encerclent", "envahi", "raze", "razed", "burned", "incendie", "invadent",
                    "captured", "seized", "retook", "recaptured", "ransacked", "control",
                    "controle", "empare", "emparent", "occupied",
                ],
            ) {
                let elsewhere = self.is_taken_away(i) || self.is_said_there(i);
                return if elsewhere { Tie::Other } else { Tie::At };
            }
            if one_of(
                token,
                &[
                    "near", "outside", "loin", "far", "around", "close", "autour", "between",
                    "pres", "proche", "hauteur", "proximite", "environs", "entre", "kilometers",
                    "kilometres", "km", "miles",
                ],
            ) {
                return Tie::Near;
            }
            if one_of(token, &["north", "south", "east", "west", "nord", "sud", "est", "ouest"]) {
                return Tie::Near;
            }
            // "an attack against the town of Djiguibombo".
            let against = one_of(token, &["against", "contre"])
                && (i.saturating_sub(14)..i)
                    .any(|j| self.vocabulary.events.at(self.tokens, j).is_some());
            if against {
                return Tie::At;
            }
            // "abducted 22 villagers from Kani".
            let taken = one_of(token, &["from"])
                && self.tokens[..i].iter().rev().take(6).any(|t| {
                    one_of(t, &["abducted", "kidnapped", "seized", "taken", "abduct", "kidnap"])
                });
            if taken {
                return Tie::At;
            }
            // "25 kilometres from Boulkessi".
            let away = one_of(token, &["from"])
                && i > 0
                && one_of(&self.tokens[i - 1], &["kilometers", "kilometres", "km", "miles", "far"]);
            if away {
                return Tie::Near;
            }
            // "the MNLA took Ménaka", "les rebelles ont pris Gao".
            let took = ["took", "take", "takes", "pris", "prend", "prennent", "repris", "reprend"];
            if one_of(token, &took) && i + 1 == at {
                return Tie::At;
            }
            if self.is_come_to(i, at) || self.is_reached(i) {
                return Tie::At;
            }
            if self.is_on_road(i) {
                return Tie::Near;
            }
            if one_of(
                token,
                &[
                    "to", "from", "towards", "toward", "for", "by", "vers", "depuis", "with",
                    "against", "leave", "via",
                ],
            ) {
                return Tie::Other;
            }
            let passes = token.is(",")
                || token.is("'s")
                || token.is("’s")
                || token.capital
                || token.glued
                || one_of(
                    token,
                    &[
                        "the", "of", "and", "le", "la", "les", "l", "de", "du", "d", "des", "et",
                        "nearby", "two", "three", "neighbouring", "neighboring", "town",
                        "northern", "central", "southern", "eastern", "western", "northeastern",
                        "northwestern", "southeastern", "southwestern", "remote", "small", "their",
                        "its", "his", "leur", "son", "leurs", "ses",
                    ],
                )
                || SETTLEMENTS.has(token)
                || one_of(token, SETTLEMENTS_OF)
                // "an attack on the police station of Diré".
                || (token.is_word()
                    && token.norm.len() > 3
                    && self.tokens.get(i + 1).is_some_and(|t| one_of(t, &["station", "post", "prison"]))
                    && self.tokens.get(i + 2).is_some_and(|t| one_of(t, &["of"])))
                || one_of(
                    token,
                    &[
                        "refugee", "region", "regions", "cercle", "cercles", "circles", "cities", "both", "locality", "capital",
                        "capitale", "regional", "main", "departement", "department",
                    ],
                )
                // "le village peul de Boni", "attaqué vendredi le village de Boni".
                || (token.is_word()
                    && i > 0
                    && token.norm.len() > 3
                    && SETTLEMENTS.has(&self.tokens[i - 1])
                    && self.tokens.get(i + 1).is_some_and(|t| one_of(t, &["de", "d", "of"])))
                || date::date(self.tokens, i).is_some_and(|d| d.end == i + 1)
                // "the isolated village of Koumaga", "le petit village de".
                || (token.is_word()
                    && token.norm.len() > 3
                    && self.tokens.get(i + 1).is_some_and(|t| SETTLEMENTS.has(t))
                    && (self.vocabulary.speech.at(self.tokens, i).is_none())
                    && !one_of(token, &["after", "before", "apres", "avant", "since", "depuis"]));
            if !passes {
                // "a attaqué, en pleine foire hebdomadaire, le village de Yangassadiou".
                let object = self.settlement_before(at)
                    && self.tokens[i.saturating_sub(16)..=i].iter().any(|t| {
                        one_of(
                            t,
                            &[
                                "attaque", "attacked", "raided", "stormed", "encercle", "vise",
                                "visee", "vises", "visees", "targeted", "cible", "ciblee",
                                "cibles", "ciblees",
                            ],
                        )
                    });
                return if object { Tie::At } else { Tie::Other };
            }
        }
        // "The villages of X and Y were set upon": the subject itself.
        if i == 0 && (settled || self.settlement_before(at)) { Tie::At } else { Tie::Other }
    }
}
