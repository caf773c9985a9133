//! Small words around speakers.

use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::token::Token;
use crate::knowledge::actors::ActorKind;

pub(super) fn is_determiner(token: &Token) -> bool {
    // "UN" is no article.
    !token.shouted
        && one_of(
            token,
            &[
                "the", "a", "an", "le", "la", "l", "les", "un", "une", "des", "du", "this", "its",
                "some",
            ],
        )
}

pub(super) fn is_auxiliary(token: &Token) -> bool {
    static AUXILIARIES: Words = Words::new(&[
        "a", "ont", "n", "ne", "pas", "avait", "avaient", "est", "sont", "on", "ce", "d", "abord",
        "elles", "ils", "eux", "en", "lui", "elle", "s", "se",
    ]);
    !token.shouted && AUXILIARIES.has(token)
}

/// A capital by whose name its government is meant where it speaks ("Conakry avait parlé de").
pub(super) fn is_capital(token: &Token) -> bool {
    static CAPITALS: Words = Words::new(&[
        "conakry", "dakar", "lome", "cotonou", "abidjan", "washington", "moscow", "moscou",
        "berlin", "londres", "london", "nouakchott", "ouagadougou", "niamey", "alger", "algiers",
        "rabat", "accra", "bamako", "paris",
    ]);
    token.capital && CAPITALS.has(token)
}

/// Words between a subject and its verb.
pub(super) fn is_filler(token: &Token) -> bool {
    static FILLERS: Words = Words::new(&[
        "has", "had", "have", "also", "later", "earlier", "then", "still", "later", "itself",
        "meanwhile", "instead", "already", "since", "did", "not", "at", "first", "now", "aussi",
        "egalement", "ensuite", "y", "n", "ne", "deja",
    ]);
    // "a state daily", "the family": who speaks.
    let adverb = token.norm.ends_with("ly") && !is_speaker_word(token);
    adverb && token.is_word() && !token.capital || FILLERS.has(token)
}

pub(super) fn is_anaphor(tokens: &[Token]) -> bool {
    const PRONOUNS: [&str; 17] = [
        "qui", "lui", "it", "they", "he", "she", "il", "elle", "ils", "elles", "who", "celui",
        "celle", "ceux", "which", "eux", "them",
    ];
    const NOUNS: [&str; 25] = [
        "group", "movement", "organization", "organisation", "statement", "mission", "coalition",
        "alliance", "groupe", "mouvement", "communique", "responsable", "ministry", "ministere",
        "text", "texte", "force", "militia", "latter", "dernier", "derniere", "report", "rapport",
        "document", "note",
    ];
    // "celui-ci".
    let suffix = |t: &Token| t.glued && one_of(t, &["ci", "la"]);
    let this = |t: &Token| one_of(t, &["ce", "cette", "meme", "same", "his", "her"]);
    let words: Vec<_> = tokens
        .iter()
        .filter(|t| t.is_word() && !is_determiner(t) && sort_of(t).is_none())
        .filter(|t| !suffix(t) && !this(t))
        .collect();
    match words.as_slice() {
        [one] => PRONOUNS.contains(&one.norm.as_str()) || NOUNS.contains(&one.norm.as_str()),
        _ => false,
    }
}

/// "the rebel group", "the rights group": the kinds of actor that such a word fits.
pub(super) fn sort_of(token: &Token) -> Option<&'static [ActorKind]> {
    Some(match token.norm.as_str() {
        "rights" => &[ActorKind::Speaker],
        "rebel" | "separatist" | "rebelle" | "separatiste" => &[ActorKind::Separatist],
        "jihadist" | "islamist" | "militant" | "jihadiste" | "djihadiste" | "terroriste"
        | "terrorist" => &[ActorKind::Jihadist],
        "armed" => &[ActorKind::Jihadist, ActorKind::Separatist, ActorKind::SelfDefenceMilitia],
        _ => return None,
    })
}

/// "cette source", "the same official": whoever spoke before, by what they are.
pub(super) fn is_that_speaker(tokens: &[Token]) -> bool {
    let that = |t: &Token| one_of(t, &["cette", "ce", "cet", "ces", "meme", "memes", "same"]);
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return false };
    tokens.len() <= 3
        && that(first)
        && tokens[1..].iter().all(|t| that(t) || is_speaker_word(t))
        && one_of(last, &["source", "sources", "responsable", "official", "officials", "elu"])
}

/// Words for people and bodies that speak.
pub(super) fn is_speaker_word(token: &Token) -> bool {
    static WORDS: Words = Words::new(&[
        "official", "officials", "source", "sources", "newspaper", "document", "politician",
        "lawmaker", "deputy", "councillor", "trader", "driver", "nurse", "elder", "depute",
        "officier", "sources", "spokesman", "spokesperson", "spokeswoman", "resident", "residents",
        "witness", "witnesses", "minister", "ministry", "governor", "mayor", "administrator",
        "worker", "analyst", "analysts", "report", "reports", "radio", "television", "agency",
        "army", "government", "commander", "chief", "general", "officer", "group", "groups",
        "organization", "organizations", "survivor", "survivors", "leader", "leaders", "doctor",
        "doctors", "hospital", "prosecutor", "diplomat", "villagers", "locals", "media", "experts",
        "expert", "investigators", "authorities", "colonel", "president", "ambassador",
        "association", "mission", "representative", "inhabitants", "eyewitness", "eyewitnesses",
        "militia", "coalition", "alliance", "staff", "secretary", "elected", "responsable",
        "responsables", "habitant", "habitants", "temoin", "temoins", "ministre", "ministere",
        "gouverneur", "maire", "elu", "elus", "parole", "opposition", "member", "council",
        "conseil", "presidency", "presidence", "conseiller", "conseillers", "councilor", "parti",
        "party", "deputes", "autorite", "autorites", "gouvernement", "armee", "communique", "etat",
        "colonel", "organisation", "prefet", "medecin", "proches", "relative", "relatives",
        "neighbour", "neighbours", "teacher", "imam", "elders", "charity", "company", "embassy",
        "palace", "police", "gendarmerie", "rescuers", "rebels", "separatists", "priest", "medic",
        "medics", "employee", "parent", "parents", "voisin", "voisins", "infirmier", "commercant",
        "enseignant", "policier", "gendarme", "militaire", "militaires", "enqueteurs", "diplomate",
        "humanitaire", "humanitaires", "syndicat", "entreprise", "ambassade", "proche",
        "separatistes", "rebelles", "communaute", "community", "collectif", "collective",
        "gouvernorat", "mairie", "prefecture", "groupe", "officiel", "officiels", "journal",
        "presse", "ong", "rescape", "rescapes", "survivants", "commandant", "chef", "rapport",
        "onu", "parquet", "procureur", "societe", "head", "director", "coordinator", "directeur",
        "directrice", "coordinateur", "coordinatrice", "compagnie", "transporteur", "agent",
        "agents", "berger", "bergers", "eleveur", "eleveurs", "paysan", "cultivateur", "chauffeur",
        "jeune", "jeunes", "soignant", "activist", "activists", "farmer", "herder", "shepherd",
        "shopkeeper", "student", "statement", "declaration", "secretaire", "participant",
        "participants", "administration", "family", "families", "famille", "familles", "hopital",
        "bishop", "eveque", "pretre", "church", "eglise", "diocese", "federation", "confederation",
        "delegation", "direction", "comite", "committee", "commission", "tribunal", "judge",
        "juge", "lawyer", "lawyers", "avocat", "avocats", "professor", "professeur", "researcher",
        "researchers", "chercheur", "chercheurs", "observers", "observateurs", "refugees",
        "refugies", "villageois", "watchdog", "monitors", "magazine", "channel", "chaine",
        "website", "outlet", "outlets", "merchants", "marchands", "fishermen", "pecheurs",
        "passenger", "passager", "services", "union", "protection", "fonctionnaire",
        "fonctionnaires", "notables", "riverain", "riverains", "transporteurs", "commercants",
        "orpailleur", "orpailleurs", "employe", "employes", "conseillere", "secouriste",
        "secouristes", "pecheur", "agriculteur", "agriculteurs", "ressortissant", "enseignants",
        "medecins", "infirmiers", "hameau", "junta", "junte", "analyste", "analystes", "expert",
        "experts", "humanitarian", "servant", "nomad", "nomads", "traders", "drivers", "nurses",
        "teachers", "imams", "priests", "farmers", "herders", "shepherds", "students", "lawmakers",
        "deputies", "employees", "workers", "diplomats", "officers", "commanders", "mayors",
        "governors", "villager", "neighbor", "neighbors", "neighbour", "shopkeepers", "travellers",
        "passengers", "aides", "aide", "fugitives", "returnees", "blogger", "bloggers", "blogueur",
        "blogueurs", "travailleur", "organisations", "associations", "ministries", "ngos",
        "bishopric", "eveche", "counterpart", "homologue", "daily", "weekly", "quotidien",
        "hebdomadaire", "newspapers", "interlocuteur", "interlocuteurs", "administrateur",
        "magistrat", "magistrate", "senateur", "senator", "commissaire", "coordonnateur",
        "sociologue", "man", "woman", "father", "mother", "homme", "femme", "pere", "mere",
    ]);
    WORDS.has(token)
}

/// Whether a described person speaks for the actor named in the description.
pub(super) fn speaks_for(tokens: &[Token]) -> bool {
    tokens.iter().any(|t| {
        one_of(
            t,
            &[
                "spokesman", "spokesperson", "spokeswoman", "official", "officials", "minister",
                "ministry", "ministre", "porte", "commander", "chief", "leader", "head", "general",
                "officer", "president", "staff", "colonel", "authorities",
            ],
        )
    })
}

pub(super) fn is_verb_like(token: &Token) -> bool {
    one_of(
        token,
        &[
            "was", "were", "is", "are", "killed", "attacked", "abducted", "cited", "quoted",
            "opened", "ont", "etait", "had", "sont", "ete", "did", "has",
        ],
    )
}
