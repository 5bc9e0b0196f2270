//! How many texts the shared table of a workbook has, before any of them is held in memory.

use std::io::{self, BufReader, Read};

/// No name of an element is longer in any workbook.
const LONGEST_NAME: usize = 64;

/// How many texts a table announces; none when it is no such table.
pub(super) fn announced(head: &str) -> Option<u64> {
    let (_, table) = head.split_once("sst")?;
    let (attributes, _) = table.split_once('>')?;
    let Some((_, count)) = attributes.split_once("uniqueCount") else {
        return Some(0);
    };
    let count = count.trim_start_matches([' ', '=', '"', '\'']);
    let end = count
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(count.len());
    count.get(..end)?.parse().ok()
}

/// How many texts a table really has: what it announces may be a lie. Counts `<si` in any
/// namespace, also inside of comments: rather too many than too few.
pub(super) fn counted(part: impl Read) -> io::Result<u64> {
    let (mut count, mut name, mut in_name) = (0, Vec::new(), false);
    for byte in BufReader::new(part).bytes() {
        match byte? {
            b'<' => {
                name.clear();
                in_name = true;
            }
            _ if !in_name => {}
            b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n' => {
                let local = name.rsplit(|byte| *byte == b':').next();
                count += u64::from(local == Some(b"si"));
                in_name = false;
            }
            byte if name.len() < LONGEST_NAME => name.push(byte),
            _ => {
                count += 1;
                in_name = false;
            }
        }
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_table_of_texts_announces() {
        let rows = [
            (
                r#"<?xml version="1.0"?><sst xmlns="x" count="9" uniqueCount="7">"#,
                Some(7),
            ),
            ("<sst>", Some(0)),
            ("<x:sst uniqueCount = '12' >", Some(12)),
            (r#"<sst uniqueCount="99999999999999999999999">"#, None),
            ("<sst", None),
            ("", None),
        ];
        for (head, expected) in rows {
            assert_eq!(announced(head), expected, "{head}");
        }
    }

    #[test]
    fn what_a_table_of_texts_holds() {
        for (table, expected) in [
            ("<sst><si><t>a</t></si><si><r><t>b</t></r></si></sst>", 2),
            ("<x:sst><x:si/><x:si\n/><x:si a='>'></x:si></x:sst>", 3),
            ("<sst><side/><t>si</t><si", 0),
            ("", 0),
        ] {
            assert_eq!(counted(table.as_bytes()).unwrap(), expected, "{table}");
        }
        let long = format!("<{}:si/>", "x".repeat(100));
        assert_eq!(counted(long.as_bytes()).unwrap(), 1);
    }
}
