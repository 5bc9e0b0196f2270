//! Words that are looked up rather than scanned: townships and villages, other names, long names, marks, relatives.

use crate::domain::kin::{
    mark::{self, Mark},
    name::said::Form,
    place::{Shared, level, said::How},
    prepare::ReportFeatures,
    score::{Frequencies, Model, compare::Subject, marks},
    text::{
        chars::{hash64, is_han},
        sound,
    },
};

/// Hash of a kind of word and its syllables folded over dialects.
fn sounded(kind: u8, chars: &[char]) -> u32 {
    let mut bytes = vec![kind];
    for c in chars.iter().filter(|c| is_han(**c)) {
        bytes.extend(sound::spelling(sound::fold(sound::syllable(*c))).bytes());
        bytes.push(b' ');
    }
    short(&bytes)
}

fn numbered(kind: u8, n: u32) -> u32 {
    let [a, b, c, d] = n.to_le_bytes();
    short(&[kind, a, b, c, d])
}

fn short(bytes: &[u8]) -> u32 {
    (hash64(bytes) >> 32) as u32
}

/// Tokens of a report.
pub fn of_report(r: &ReportFeatures) -> Vec<u32> {
    let mut out = Vec::new();
    out.extend(r.words.iter().map(|w| sounded(b'w', &w.stem)));
    out.extend(
        r.aka
            .iter()
            .map(|a| sounded(b'a', &a.chars().collect::<Vec<_>>())),
    );
    if let Some(n) = r.name.as_ref().filter(|n| n.surname == 0) {
        out.extend(n.chars.windows(2).map(|w| sounded(b'l', w)));
    }
    out.extend(
        r.marks
            .iter()
            .map(|m| numbered(b'm', u32::from(mark::concept(m)))),
    );
    out.extend(r.kin.iter().map(|k| sounded(b'k', k.name.given())));
    out.extend(r.other_homes.iter().map(|h| numbered(b'h', *h)));
    out.sort_unstable();
    out.dedup();
    out
}

/// Tokens of clues, each with what it adds to the rough score.
pub fn of_clues(s: &Subject<'_>, model: &Model, shares: &Frequencies) -> Vec<(u32, f32)> {
    let c = &s.clues;
    let mut out = Vec::new();
    if let Some(place) = &c.place {
        for len in 2..=6.min(place.words.len()) {
            for w in place.words.windows(len) {
                let share = shares.word(w).max(1e-4);
                out.push((
                    sounded(b'w', w),
                    (model.home.village_sound / share).ln().clamp(1.5, 6.0),
                ));
            }
        }
        let counties = place
            .choices
            .iter()
            .filter(|x| level(x.code) == Shared::County && x.how <= How::Sound);
        out.extend(counties.map(|x| (numbered(b'h', x.code), 8.0)));
    }
    if let Some(name) = &c.name {
        let chars: Vec<char> = name.text.chars().filter(|c| is_han(*c)).collect();
        if (2..=4).contains(&chars.len()) && !matches!(name.form, Form::Surname(_)) {
            out.push((
                sounded(b'a', &chars),
                (model.name.aka / shares.aka(&name.text))
                    .ln()
                    .clamp(2.0, 6.5),
            ));
        }
        out.extend(chars.windows(2).map(|w| (sounded(b'l', w), 5.0)));
    }
    out.extend(c.marks.iter().map(|m| {
        (
            numbered(b'm', u32::from(mark::concept(m))),
            boost(m, model, shares),
        )
    }));
    for k in &c.kin {
        let chars = &k.name.chars;
        let tails = [chars.len().saturating_sub(2), chars.len().saturating_sub(1)];
        for (from, nats) in tails.into_iter().zip([5.0, 2.5]) {
            out.push((sounded(b'k', &chars[from..]), nats));
        }
    }
    out.sort_unstable_by_key(|t| t.0);
    out.dedup_by_key(|t| t.0);
    out
}

/// What a mark of the same kind and part adds, the side left out.
fn boost(m: &Mark, model: &Model, shares: &Frequencies) -> f32 {
    let nats = marks::one(
        m,
        &Mark {
            side: mark::Side::Unknown,
            ..m.clone()
        },
        &model.marks,
        shares,
    );
    (nats - model.marks.new.ln()).clamp(0.0, 5.0)
}
