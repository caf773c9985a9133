//! Rows of one table, written many with each statement: to begin and end a statement costs
//! SQLite more than a row.

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, params_from_iter};

/// Rows that are written with one statement, most first: what is left of one number is written
/// by the next.
const TOGETHER: [usize; 6] = [32, 16, 8, 4, 2, 1];

/// The values of a row.
pub(super) type Values<'a, const N: usize> = [ToSqlOutput<'a>; N];

/// A text.
pub(super) fn text(text: &str) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))
}

/// A text, or nothing.
pub(super) fn some_text<S: AsRef<str>>(value: Option<&S>) -> ToSqlOutput<'_> {
    value.map_or(ToSqlOutput::Borrowed(ValueRef::Null), |value| text(value.as_ref()))
}

/// A text that is made for the row, or nothing.
pub(super) fn made<'a>(value: Option<impl ToString>) -> ToSqlOutput<'a> {
    ToSqlOutput::Owned(value.map_or(Value::Null, |value| Value::Text(value.to_string())))
}

/// A number, or nothing.
pub(super) fn number<'a>(value: impl Into<Option<i64>>) -> ToSqlOutput<'a> {
    ToSqlOutput::Owned(value.into().map_or(Value::Null, Value::Integer))
}

/// A place in a list or text. Nothing in memory is longer than a number of SQLite holds.
pub(super) fn position<'a>(value: usize) -> ToSqlOutput<'a> {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

/// Adds rows to a table; `into` names it, and its columns where not all of them are given. The
/// transaction must be taken back when it fails: some of the rows may be in.
///
/// # Errors
/// What SQLite says.
pub(super) fn insert<const N: usize>(
    db: &Connection,
    into: &str,
    mut rows: &[Values<'_, N>],
) -> rusqlite::Result<()> {
    let marks = format!("({})", vec!["?"; N].join(","));
    for together in TOGETHER {
        let (some, rest) = rows.split_at(rows.len() - rows.len() % together);
        rows = rest;
        if some.is_empty() {
            continue;
        }
        // That a statement as a whole could be taken back would cost a copy of every page that
        // it changes.
        let marks = vec![marks.as_str(); together].join(",");
        let mut statement =
            db.prepare_cached(&format!("insert or fail into {into} values {marks}"))?;
        for rows in some.chunks(together) {
            statement.execute(params_from_iter(rows.iter().flatten()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_every_row_is_written_once_and_in_order() {
        for count in [0, 1, 2, 3, 31, 32, 33, 98, 3 * 32 + 31] {
            let db = Connection::open_in_memory().unwrap();
            db.execute_batch("create table t (a integer primary key, b text, c text)").unwrap();
            let names: Vec<String> = (0..count).map(|n| format!("name {n}")).collect();
            let odd = |n: usize| (n % 2 == 1).then_some(n);
            let rows: Vec<Values<3>> =
                (0..count).map(|n| [position(n), text(&names[n]), made(odd(n))]).collect();
            insert(&db, "t", &rows).unwrap();
            let found: Vec<(usize, String, Option<String>)> = db
                .prepare("select a, b, c from t order by a")
                .unwrap()
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            let expected: Vec<_> =
                (0..count).map(|n| (n, names[n].clone(), odd(n).map(|n| n.to_string()))).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn err_rows_that_the_table_refuses() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("create table t (a integer primary key)").unwrap();
        assert!(insert(&db, "t", &[[position(1)], [position(1)]]).is_err());
    }
}
