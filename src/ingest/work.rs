//! Steps of the loops that could grow faster than the text. Tests count them; elsewhere they
//! cost nothing.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static STEPS: Cell<usize> = const { Cell::new(0) };
}

/// Counts what a loop looked at: sentences, bytes or elements.
#[inline]
pub(crate) fn steps(count: usize) {
    #[cfg(test)]
    STEPS.set(STEPS.get() + count);
    #[cfg(not(test))]
    let _ = count;
}

/// The steps of this thread while `run` ran.
#[cfg(test)]
pub(crate) fn of(run: impl FnOnce()) -> usize {
    let before = STEPS.get();
    run();
    STEPS.get() - before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Hints, Parser};
    use crate::knowledge::Knowledge;
    use crate::model::document::Shape;

    /// Four times the text takes four times the steps, with some air for what is made of both
    /// ends. What takes the square of the length takes sixteen times as many.
    #[test]
    fn steps_are_in_proportion_to_length() {
        let known = Knowledge::embedded();
        let parser = Parser::new(&known);
        let taken = |text: &str, shape: Shape| {
            let hints = Hints { shape: Some(shape), ..Hints::default() };
            of(|| drop(parser.parse("x", text.as_bytes(), &hints).unwrap()))
        };
        for (what, unit, shape) in [
            (
                "announcements in one paragraph",
                "Ten civilians were killed. The announcement was made by the prime minister. ",
                Shape::Plain,
            ),
            (
                "problems with their lines",
                "More than 200 soldiers have been killed since the start of the year.\n\n",
                Shape::Plain,
            ),
            (
                "an incident told again and again",
                "- 3 May 2021: ten soldiers were killed in Dia.\n",
                Shape::Plain,
            ),
        ] {
            let times = 24_000 / unit.len();
            let (small, large) = (unit.repeat(times), unit.repeat(times * 4));
            let (one, four) = (taken(&small, shape), taken(&large, shape));
            assert!(one > times, "{what}: nothing is counted");
            assert!(four <= one * 5, "{what}: {one} steps, {four} for four times the text");
        }
    }
}
