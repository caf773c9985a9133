//! Documents from a seed: the same seed, the same documents on every machine.

use super::{KNOWN, document};
use mali_timeline::knowledge::actors::ActorKind;
use mali_timeline::model::document::ParsedDocument;

/// Xorshift: small, and the same everywhere.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 16) % n as u64).expect("below a usize")
    }

    pub fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// `documents` documents of `incidents` incidents each, of the years 2012 to 2024; one in
/// eight is told by an earlier document too.
pub fn documents(seed: u64, documents: usize, incidents: usize) -> Vec<ParsedDocument> {
    let mut random = Random::new(seed);
    let mut told: Vec<String> = Vec::new();
    (0..documents)
        .map(|i| {
            let lines: Vec<String> = (0..incidents)
                .map(|_| match !told.is_empty() && random.chance(12) {
                    true => random.pick(&told),
                    false => line(&mut random),
                })
                .collect();
            told.extend(lines.iter().cloned());
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            document(&format!("{i:05}.txt"), &format!("Generated story {i}"), &lines)
        })
        .collect()
}

/// One incident as a line of [`document`].
pub fn line(random: &mut Random) -> String {
    let fields = [
        date(random),
        random
            .pick(&["massacre", "armed-clash", "attack-on-armed-forces", "bombing", "other"])
            .to_owned(),
        place(random),
        attributions(random),
        victims(random),
        claims(random),
    ];
    fields.join("; ")
}

fn date(random: &mut Random) -> String {
    let (y, m, d) = (2012 + random.below(13), 1 + random.below(12), 1 + random.below(27));
    match random.below(20) {
        0 => "-".to_owned(),
        1 => format!("{y}"),
        2 | 3 => format!("{y}-{m:02}"),
        4 => format!("{y}-{m:02}-{d:02}..{y}-{m:02}-{:02}", d + 1),
        _ => format!("{y}-{m:02}-{d:02}"),
    }
}

fn place(random: &mut Random) -> String {
    let places: Vec<&str> = KNOWN
        .gazetteer
        .iter()
        .map(|p| p.name.as_str())
        .filter(|name| !name.contains([',', ';', ':']))
        .collect();
    match random.below(20) {
        0 => "-".to_owned(),
        1 => "region:Mopti".to_owned(),
        2 => format!("Village {}", random.below(500)),
        _ => random.pick(&places).to_owned(),
    }
}

fn attributions(random: &mut Random) -> String {
    let actors: Vec<&str> = KNOWN
        .actors
        .iter()
        .filter(|a| a.kind != ActorKind::Speaker)
        .map(|a| a.slug.as_str())
        .collect();
    let stances = ["stated", "claimed", "accused", "suspected", "denied"];
    let one = |random: &mut Random| {
        let (actor, stance) = (random.pick(&actors), random.pick(&stances));
        match random.chance(30) {
            true => format!("{actor}:{stance}:Somebody {}", random.below(50)),
            false => format!("{actor}:{stance}"),
        }
    };
    (0..random.below(3)).map(|_| one(random)).collect::<Vec<_>>().join(", ")
}

fn victims(random: &mut Random) -> String {
    let groups: Vec<&str> = KNOWN.victims.iter().map(|g| g.slug.as_str()).collect();
    (0..random.below(3)).map(|_| random.pick(&groups)).collect::<Vec<_>>().join(", ")
}

fn claims(random: &mut Random) -> String {
    let one = |random: &mut Random| {
        let n = random.below(60);
        let figure = match random.below(6) {
            0 => format!("{n}+"),
            1 => format!("..{n}"),
            2 => format!("{n}..{}", n + 5),
            3 => "dozens".to_owned(),
            _ => n.to_string(),
        };
        let measure = random.pick(&["killed", "killed", "wounded", "abducted"]);
        let group = random.pick(&["civilians", "soldiers", "militants", "total"]);
        match random.chance(40) {
            true => format!("{measure} {group} {figure} (Speaker {})", random.below(40)),
            false => format!("{measure} {group} {figure}"),
        }
    };
    (0..random.below(4)).map(|_| one(random)).collect::<Vec<_>>().join(", ")
}
