//! Keyset paging: the cursor is the last row's sort key, opaque to callers.

use jiff::Timestamp;
use uuid::Uuid;

/// Rows on a page when the caller does not say.
const DEFAULT: i64 = 50;

/// Rows on a page at most.
const MAX: i64 = 100;

/// The page size asked for, within bounds.
pub fn limit_of(asked: i32) -> i64 {
    match i64::from(asked) {
        0 => DEFAULT,
        limit => limit.clamp(1, MAX),
    }
}

/// A cursor that this service did not print.
#[derive(Debug, thiserror::Error)]
#[error("bad cursor")]
pub struct BadCursor;

/// Prints and reads cursors.
pub struct Cursor;

impl Cursor {
    /// The cursor after this row; microseconds, as PostgreSQL keeps them.
    pub fn print(at: Timestamp, id: Uuid) -> String {
        format!("{:x}-{}", at.as_microsecond(), id.simple())
    }

    /// The sort key of a cursor; none for the first page.
    pub fn parse(text: &str) -> Result<Option<(Timestamp, Uuid)>, BadCursor> {
        if text.is_empty() {
            return Ok(None);
        }
        let (at, id) = text.split_once('-').ok_or(BadCursor)?;
        let at = i64::from_str_radix(at, 16).map_err(|_| BadCursor)?;
        let at = Timestamp::from_microsecond(at).map_err(|_| BadCursor)?;
        let id = Uuid::parse_str(id).map_err(|_| BadCursor)?;
        Ok(Some((at, id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_nonsense_does_not() {
        let at: Timestamp = "2026-05-12T01:00:00.123456Z".parse().unwrap();
        let id = Uuid::from_u128(7);
        assert_eq!(
            Cursor::parse(&Cursor::print(at, id)).unwrap(),
            Some((at, id))
        );
        assert_eq!(Cursor::parse("").unwrap(), None);
        for text in [
            "x",
            "1-",
            "-1",
            "zz-00000000000000000000000000000007",
            "'; drop",
        ] {
            assert!(Cursor::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn page_sizes_are_bounded() {
        assert_eq!(
            [0, -5, 1, 100, 1_000_000].map(limit_of),
            [50, 1, 1, 100, 100]
        );
    }
}
