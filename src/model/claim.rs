//! Casualty figures, which are always somebody's claim.

use super::passage::Passage;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::str::FromStr;

/// Gives an enum its words: `ALL`, `as_str` and `FromStr` over the same table.
macro_rules! words {
    ($name:ident { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in URLs, the database and JSON.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl FromStr for $name {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($word => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }
    };
}
pub(crate) use words;

/// What happened to the people counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Dead.
    Killed,
    /// Hurt and alive.
    Wounded,
    /// Held by an armed force or authority (arrest, capture).
    Detained,
    /// Taken away by a group.
    Abducted,
    /// Not accounted for.
    Missing,
}
words!(Measure {
    Killed => "killed", Wounded => "wounded", Detained => "detained",
    Abducted => "abducted", Missing => "missing",
});

/// Whom a figure counts, in the coarse groups in which casualties are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CasualtyGroup {
    /// People who take no part in the fighting.
    Civilians,
    /// Members of a state's armed forces.
    Soldiers,
    /// Members of jihadist groups, whatever word the source uses for them.
    Militants,
    /// United Nations personnel.
    Peacekeepers,
    /// Members of private military companies.
    Mercenaries,
    /// Members of separatist or other rebel movements.
    Rebels,
    /// Members of self-defence militias and pro-government movements.
    Militia,
    /// Police, gendarmes, guards.
    Police,
    /// Children: a part of another group, never added to it.
    Children,
    /// Women: a part of another group, never added to it.
    Women,
    /// People without a stated group ("people", "dead").
    Total,
    /// A stated group that is none of the above.
    Other,
}
words!(CasualtyGroup {
    Civilians => "civilians", Soldiers => "soldiers", Militants => "militants",
    Peacekeepers => "peacekeepers", Mercenaries => "mercenaries", Rebels => "rebels",
    Militia => "militia", Police => "police", Children => "children", Women => "women",
    Total => "total", Other => "other",
});

impl CasualtyGroup {
    /// Women and children are counted inside other groups, so they never add to a toll.
    pub fn is_part_of_another(self) -> bool {
        matches!(self, Self::Women | Self::Children)
    }
}

/// How the source puts a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Qualifier {
    /// "12": `min == max`.
    #[serde(rename = "exact")]
    Exact,
    /// "at least 12", "more than 12", "12+": no `max`.
    #[serde(rename = "at least")]
    AtLeast,
    /// "about 12", "some 12", "a dozen": `min == max`.
    #[serde(rename = "about")]
    About,
    /// "up to 12": no `min`.
    #[serde(rename = "up to")]
    UpTo,
    /// "6 to 9": both ends, included.
    #[serde(rename = "range")]
    Range,
    /// "dozens", "several", "hundreds": people, but no figure.
    #[serde(rename = "dozens")]
    Dozens,
}
words!(Qualifier {
    Exact => "exact", AtLeast => "at least", About => "about",
    UpTo => "up to", Range => "range", Dozens => "dozens",
});

/// A person or body that says, claims, accuses or denies something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Claimant {
    /// The name as the source gives it, or the full name it stands for ("the group" → "JNIM").
    pub name: String,
    /// The actor it speaks for, when that is a known one.
    pub actor: Option<String>,
}

/// One casualty figure by one claimant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Claim {
    /// What happened to them.
    pub measure: Measure,
    /// Whom it counts.
    pub group: CasualtyGroup,
    /// Lowest number of people, included; none for "up to" and for "dozens".
    pub min: Option<u32>,
    /// Highest number of people, included; none for "at least" and for "dozens".
    pub max: Option<u32>,
    /// How the source puts it.
    pub qualifier: Qualifier,
    /// Who says so; none when the document itself does.
    pub claimant: Option<Claimant>,
    /// Day on which it was said, when the text gives it.
    pub said_on: Option<Date>,
    /// Whether it counts only some of the incident's victims: one of its places, a subset
    /// ("including three children"), or those of one moment. Parts never make a toll.
    pub partial: bool,
    /// The words that say it.
    pub passage: Passage,
}

impl Claim {
    /// Whether it counts towards the overall toll: it is about all victims of its group, and
    /// the group is no part of another.
    pub fn makes_toll(&self) -> bool {
        !self.partial && !self.group.is_part_of_another()
    }
}

/// Lowest and highest number of people claimed, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Toll {
    /// Lowest figure of any claim; 0 for "up to" and where no claim has a figure.
    pub low: u32,
    /// Highest figure of any claim (the lower end of an open one).
    pub high: u32,
    /// Whether a claim has no upper end ("at least", "dozens"), so that `high` may be exceeded.
    pub open: bool,
}

impl Toll {
    /// The figure of one claim.
    pub fn of(claim: &Claim) -> Self {
        Self {
            low: claim.min.unwrap_or(0),
            high: claim.max.or(claim.min).unwrap_or(0),
            open: claim.max.is_none(),
        }
    }

    /// From the lower of two lowest figures to the higher of two highest.
    pub fn widen(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            open: self.open || other.open,
        }
    }

    /// Two counts of different people together.
    fn add(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_add(other.low),
            high: self.high.saturating_add(other.high),
            open: self.open || other.open,
        }
    }
}

/// The toll of one measure and group over all claims about the whole incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GroupToll {
    /// What happened to them.
    pub measure: Measure,
    /// Whom it counts.
    pub group: CasualtyGroup,
    /// The range.
    #[serde(flatten)]
    pub toll: Toll,
    /// How many claims were compared.
    pub claims: u32,
}

/// The tolls of an incident: for each measure and group the range from the lowest to the
/// highest claim. Claims about a part of the victims are left out; nothing is added up
/// across groups.
pub fn group_tolls<'a>(claims: impl IntoIterator<Item = &'a Claim>) -> Vec<GroupToll> {
    let mut tolls = BTreeMap::<(Measure, CasualtyGroup), (Toll, u32)>::new();
    for claim in claims.into_iter().filter(|c| !c.partial) {
        let one = Toll::of(claim);
        tolls
            .entry((claim.measure, claim.group))
            .and_modify(|(toll, n)| (*toll, *n) = (toll.widen(one), *n + 1))
            .or_insert((one, 1));
    }
    tolls
        .into_iter()
        .map(|((measure, group), (toll, claims))| GroupToll { measure, group, toll, claims })
        .collect()
}

/// The range of people killed (or another measure) over everybody's claims, none when
/// nobody claims any.
///
/// The rule: what one speaker says of different groups is added up (women and children
/// are parts of other groups and are left out; a total stands in place of the sum where it
/// is higher); the range runs from the lowest speaker's sum to the highest speaker's.
/// Speakers are never added to each other. `claims` pairs each claim with its speaker: the
/// claimant, or the source for what the source itself says.
pub fn overall_toll<'a>(
    measure: Measure,
    claims: impl IntoIterator<Item = (&'a str, &'a Claim)>,
) -> Option<Toll> {
    let mut speakers = BTreeMap::<&str, BTreeMap<CasualtyGroup, Toll>>::new();
    for (speaker, claim) in claims {
        if claim.measure != measure || !claim.makes_toll() {
            continue;
        }
        let one = Toll::of(claim);
        speakers
            .entry(speaker)
            .or_default()
            .entry(claim.group)
            .and_modify(|toll| *toll = toll.widen(one))
            .or_insert(one);
    }
    speakers.into_values().map(speaker_toll).reduce(Toll::widen)
}

fn speaker_toll(mut groups: BTreeMap<CasualtyGroup, Toll>) -> Toll {
    let total = groups.remove(&CasualtyGroup::Total);
    let sum = groups.into_values().reduce(Toll::add);
    match (total, sum) {
        (Some(total), Some(sum)) => Toll {
            low: total.low.max(sum.low),
            high: total.high.max(sum.high),
            open: total.open || sum.open,
        },
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => unreachable!("a speaker is entered with a claim"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn killed(group: CasualtyGroup, min: Option<u32>, max: Option<u32>) -> Claim {
        Claim {
            measure: Measure::Killed,
            group,
            min,
            max,
            qualifier: Qualifier::Exact,
            claimant: None,
            said_on: None,
            partial: false,
            passage: Passage::default(),
        }
    }

    fn toll(low: u32, high: u32, open: bool) -> Option<Toll> {
        Some(Toll { low, high, open })
    }

    #[test]
    fn groups_of_one_speaker_add_up_and_speakers_do_not() {
        let army = [
            killed(CasualtyGroup::Soldiers, Some(14), Some(14)),
            killed(CasualtyGroup::Militants, Some(31), Some(31)),
        ];
        let jnim = killed(CasualtyGroup::Soldiers, Some(7), Some(7));
        let claims = [("army", &army[0]), ("army", &army[1]), ("jnim", &jnim)];
        assert_eq!(overall_toll(Measure::Killed, claims), toll(7, 45, false));
    }

    #[test]
    fn parts_women_and_other_measures_never_add() {
        let whole = killed(CasualtyGroup::Civilians, Some(50), None);
        let part = Claim { partial: true, ..killed(CasualtyGroup::Civilians, Some(20), Some(20)) };
        let women = killed(CasualtyGroup::Women, Some(9), Some(9));
        let hurt = Claim { measure: Measure::Wounded, ..whole.clone() };
        let claims = [("", &whole), ("", &part), ("", &women), ("", &hurt)];
        assert_eq!(overall_toll(Measure::Killed, claims), toll(50, 50, true));
        assert_eq!(group_tolls([&whole, &part]).len(), 1);
    }

    #[test]
    fn a_total_stands_in_place_of_a_lower_sum() {
        let claims = [
            killed(CasualtyGroup::Total, Some(54), Some(54)),
            killed(CasualtyGroup::Soldiers, Some(53), Some(53)),
        ];
        let paired = claims.iter().map(|c| ("army", c));
        assert_eq!(overall_toll(Measure::Killed, paired), toll(54, 54, false));
    }

    #[test]
    fn up_to_starts_at_nobody_and_dozens_is_open() {
        let up_to = killed(CasualtyGroup::Total, None, Some(12));
        assert_eq!(overall_toll(Measure::Killed, [("", &up_to)]), toll(0, 12, false));
        let dozens = killed(CasualtyGroup::Total, None, None);
        assert_eq!(overall_toll(Measure::Killed, [("", &dozens)]), toll(0, 0, true));
        assert_eq!(overall_toll(Measure::Killed, []), None);
    }
}
