//! The embedded table: one text of `code<TAB>name` lines sorted by code, and two indexes of line starts.

use std::{io::Read as _, sync::LazyLock};

use flate2::read::GzDecoder;

use super::{Division, Level};

/// Read on first use, then kept (about 1.4 MB).
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let packed: &[u8] = include_bytes!("../../data/divisions.tsv.gz");
    // The text is allocated at its final size: growing would leave the heap twice as large.
    let mut text = String::with_capacity(TEXT_BYTES);
    #[expect(
        clippy::expect_used,
        reason = "embedded at build time and read by the tests"
    )]
    GzDecoder::new(packed)
        .read_to_string(&mut text)
        .expect("the embedded division table");
    Table::new(text)
});

const TEXT_BYTES: usize = 1_034_651;

/// Characters in the longest name of a county or above, with room for a new one.
pub(super) const LONGEST_COUNTY: usize = 18;

/// Lines by code and by name.
pub(super) struct Table {
    text: String,
    by_code: Box<[u32]>,
    by_name: Box<[u32]>,
}

impl Table {
    fn new(text: String) -> Self {
        let (mut by_code, mut names) = (Vec::new(), Vec::new());
        let mut start = 0_u32;
        for line in text.split_inclusive('\n') {
            by_code.push(start);
            names.push((
                line.split_once('\t').map(|(_, name)| name.trim_end()),
                start,
            ));
            start = start.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
        }
        names.sort_unstable();
        let by_name = names.into_iter().map(|(_, line)| line).collect();
        Self {
            by_code: by_code.into(),
            by_name,
            text,
        }
    }

    /// Code and name of the line that starts there.
    fn line(&self, start: u32) -> (&str, &str) {
        let rest = self.text.get(start as usize..).unwrap_or_default();
        let line = rest.split_once('\n').map_or(rest, |(line, _)| line);
        line.split_once('\t').unwrap_or((line, ""))
    }

    pub(super) fn find(&'static self, code: &str) -> Option<Division> {
        let at = self
            .by_code
            .binary_search_by_key(&code, |line| self.line(*line).0)
            .ok()?;
        self.by_code.get(at).map(|line| self.division(*line))
    }

    /// All divisions whose code begins with `prefix`, by code.
    pub(super) fn below(&'static self, prefix: &str) -> impl Iterator<Item = Division> {
        let from = self
            .by_code
            .partition_point(|line| self.line(*line).0 < prefix);
        let lines = self.by_code.iter().skip(from);
        lines
            .take_while(move |line| self.line(**line).0.starts_with(prefix))
            .map(|line| self.division(*line))
    }

    /// All divisions whose name begins with `prefix`, by name.
    pub(super) fn named(&'static self, prefix: &str) -> impl Iterator<Item = Division> {
        let from = self
            .by_name
            .partition_point(|line| self.line(*line).1 < prefix);
        let lines = self.by_name.iter().skip(from);
        lines
            .take_while(move |line| self.line(**line).1.starts_with(prefix))
            .map(|line| self.division(*line))
    }

    /// All divisions, county at the lowest, whose whole name begins `text`.
    pub(super) fn prefixes_of(&'static self, text: &str) -> impl Iterator<Item = Division> {
        let ends = text
            .char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .take(LONGEST_COUNTY);
        ends.flat_map(move |end| {
            let name = &text[..end];
            let same = self.named(name).take_while(move |d| d.name == name);
            same.filter(|d| d.level <= Level::County)
        })
    }

    fn division(&'static self, start: u32) -> Division {
        let (code, name) = self.line(start);
        let level = level(code);
        let parent = match level {
            Level::Province => None,
            Level::Prefecture => self.own_code(&format!("{}0000", &code[..2])),
            Level::County => self.own_code(&format!("{}00", &code[..4])),
            Level::Township => code.get(..6),
            Level::Village => code.get(..9),
        };
        Division {
            code,
            name,
            level,
            parent,
        }
    }

    /// The table's own copy of a code.
    fn own_code(&'static self, code: &str) -> Option<&'static str> {
        let at = self
            .by_code
            .binary_search_by_key(&code, |line| self.line(*line).0)
            .ok()?;
        self.by_code.get(at).map(|line| self.line(*line).0)
    }
}

fn level(code: &str) -> Level {
    match code.len() {
        12.. => Level::Village,
        9.. => Level::Township,
        _ if code.ends_with("0000") => Level::Province,
        _ if code.ends_with("00") => Level::Prefecture,
        _ => Level::County,
    }
}
