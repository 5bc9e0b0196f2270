//! One report in compact form, and its bytes for the table of the service.

use std::{collections::HashMap, sync::LazyLock};

use super::tokens;
use crate::domain::kin::{
    day::{self, Day, Span},
    person::face::{Face, LENGTH},
    place::{Code, gazetteer::GAZETTEER},
    prepare::ReportFeatures,
    report::Sex,
};

/// A report in compact form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Number of the home's division.
    pub home: u16,
    /// Number of the division of loss.
    pub lost_at: u16,
    /// Time of loss: pairs of days since 1985, then how it is rounded; see [`loss`].
    pub loss: u16,
    /// Year of birth since 1880, then how well it is known.
    pub birth: u16,
    /// Sex and condition.
    pub traits: u8,
    /// Height in centimetres; 0 is unknown.
    pub height: u8,
    /// Surname and first two given characters, from U+4E00 on; 0 is none.
    pub name: [u16; 3],
    /// The last sixteen places of the citizen number in fours of bits, 15 where unknown; 0 is none.
    pub id: u64,
    /// Hashes of words, other names, marks and relatives.
    pub tokens: Vec<u32>,
    /// Face.
    pub face: Option<Face>,
}

/// Divisions by number, from 1.
pub static DIVISIONS: LazyLock<Vec<Code>> = LazyLock::new(|| {
    let mut out: Vec<Code> = GAZETTEER.codes().collect();
    out.sort_unstable();
    out.insert(0, 0);
    out
});

static NUMBERS: LazyLock<HashMap<Code, u16>> = LazyLock::new(|| {
    DIVISIONS
        .iter()
        .enumerate()
        .filter_map(|(i, c)| Some((*c, u16::try_from(i).ok()?)))
        .collect()
});

/// Number of a division; 0 is none.
pub fn division(code: Code) -> u16 {
    NUMBERS.get(&code).copied().unwrap_or(0)
}

/// Number of a character; 0 is none.
pub fn character(c: char) -> u16 {
    (c as u32)
        .checked_sub(0x4dff)
        .and_then(|n| u16::try_from(n).ok())
        .unwrap_or(0)
}

fn epoch() -> Day {
    day::number(1985, 1, 1)
}

/// Number of a time of loss; 0 is none.
pub fn loss(span: Option<Span>) -> u16 {
    let Some(s) = span else { return 0 };
    let kind = match s.last - s.first {
        0 => 1,
        1..=31 => 2,
        _ => 3,
    };
    let pairs = ((s.first - epoch()) / 2).clamp(0, 16_383);
    u16::try_from(pairs * 4 + kind).unwrap_or(0)
}

/// The span of a number of a time of loss.
pub fn loss_span(number: u16) -> Option<Span> {
    let first = epoch() + i32::from(number / 4) * 2;
    let width = match number % 4 {
        0 => return None,
        1 => 0,
        2 => 30,
        _ => 364,
    };
    Some(Span {
        first,
        last: first + width,
    })
}

/// Number of a birth; 0 is none.
pub fn birth(span: Option<Span>) -> u16 {
    let Some(s) = span else { return 0 };
    let year = day::year_of((s.first + s.last) / 2).floor() as i32 - 1880;
    let kind = if s.last - s.first > 400 { 2 } else { 1 };
    u16::try_from(year.clamp(0, 255) * 4 + kind).unwrap_or(0)
}

/// The span of a number of a birth.
pub fn birth_span(number: u16) -> Option<Span> {
    let year = 1880 + i32::from(number / 4);
    let wide = match number % 4 {
        0 => return None,
        1 => 0,
        _ => 2,
    };
    Some(Span {
        first: day::number(year - wide, 1, 1),
        last: day::number(year + wide, 12, 31),
    })
}

impl Row {
    /// From features.
    pub fn new(r: &ReportFeatures) -> Self {
        let sex = match r.sex {
            None => 0,
            Some(Sex::M) => 1,
            Some(Sex::F) => 2,
        };
        let mut name = [0; 3];
        if let Some(n) = &r.name {
            name[0] = n
                .chars
                .first()
                .filter(|_| n.surname > 0)
                .map_or(0, |c| character(*c));
            for (to, c) in name[1..].iter_mut().zip(n.given()) {
                *to = character(*c);
            }
        }
        Self {
            home: division(r.home),
            lost_at: division(r.lost_at),
            loss: loss(r.lost),
            birth: birth(r.birth),
            traits: sex | (r.condition.map_or(0, |c| c as u8 + 1) << 2),
            height: r.height.and_then(|h| u8::try_from(h).ok()).unwrap_or(0),
            name,
            id: r.id.as_ref().map_or(0, |(p, _)| {
                p[2..].iter().fold(0, |n, b| n << 4 | u64::from(nibble(*b)))
            }),
            tokens: tokens::of_report(r),
            face: r.face.clone(),
        }
    }

    /// Bytes for the table.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(32 + 4 * self.tokens.len() + LENGTH);
        let numbers = [
            self.home,
            self.lost_at,
            self.loss,
            self.birth,
            self.name[0],
            self.name[1],
            self.name[2],
        ];
        numbers.iter().for_each(|n| out.extend(n.to_le_bytes()));
        out.extend([self.traits, self.height]);
        out.extend(self.id.to_le_bytes());
        out.push(u8::try_from(self.tokens.len()).unwrap_or(u8::MAX));
        self.tokens
            .iter()
            .take(255)
            .for_each(|t| out.extend(t.to_le_bytes()));
        if let Some(face) = &self.face {
            out.extend(face.0.iter().map(|b| b.cast_unsigned()));
        }
        out
    }

    /// From bytes of the table; none when they are cut or from another version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let short = |at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
        let count = usize::from(*bytes.get(24)?);
        let words = bytes.get(25..25 + 4 * count)?;
        let rest = bytes.get(25 + 4 * count..)?;
        let mut face = [0; LENGTH];
        face.iter_mut()
            .zip(rest)
            .for_each(|(f, b)| *f = b.cast_signed());
        Some(Self {
            home: short(0)?,
            lost_at: short(2)?,
            loss: short(4)?,
            birth: short(6)?,
            name: [short(8)?, short(10)?, short(12)?],
            traits: *bytes.get(14)?,
            height: *bytes.get(15)?,
            id: u64::from_le_bytes(bytes.get(16..24)?.try_into().ok()?),
            tokens: words
                .chunks_exact(4)
                .filter_map(|w| Some(u32::from_le_bytes(w.try_into().ok()?)))
                .collect(),
            face: (rest.len() == LENGTH).then_some(Face(face)),
        })
    }
}

/// Four bits of a digit; X is 10, anything else unknown.
pub fn nibble(b: u8) -> u8 {
    match b {
        b'0'..=b'9' => b - b'0',
        b'X' | b'x' => 10,
        _ => 15,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kin::{prepare, report::Report};

    #[test]
    fn keeps_a_row_in_bytes() {
        let json = r#"{"report_id":"R1","source":"register","name":"斯迪克·克里木","sex":"M","birth_date":"1978-12-15",
            "id_number":"65212919781215317X","native_place":"653101","address":"新疆喀什市西域大道街道吐尕依兰干村18社",
            "last_seen_date":"2018-01-01","body_marks":"左手畸形","height_cm":180}"#;
        let report: Report = serde_json::from_str(json).unwrap_or_default();
        let row = Row::new(&prepare::report(&report));
        assert!(row.home > 0 && row.tokens.len() > 4 && row.id > 0);
        assert_eq!(Row::from_bytes(&row.to_bytes()), Some(row.clone()));
        assert_eq!(Row::from_bytes(&row.to_bytes()[..30]), None);
        let loss = loss_span(row.loss).map(|s| s.last - s.first);
        assert_eq!(loss, Some(364));
    }
}
