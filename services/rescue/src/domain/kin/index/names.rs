//! Ways a told name may lie on surname and two given characters, as tables over characters.

use super::tables::Wide;
use crate::domain::kin::{
    name::said::Form,
    score::{Field, Frequencies, Model, compare::Subject, name::Names},
};

/// A way: a constant and a table for each of the three characters; the sum is what the name adds.
pub struct Pattern {
    /// What the way itself adds.
    pub constant: f32,
    /// Table for the surname, none when it does not matter.
    pub surname: Option<Wide>,
    /// Table for the first given character.
    pub first: Option<Wide>,
    /// Table for the second given character.
    pub second: Option<Wide>,
}

/// The least a name can add.
pub fn floor(s: &Subject<'_>, model: &Model) -> f32 {
    match s.clues.name.as_ref().map(|n| n.form) {
        None => 0.0,
        Some(Form::Nick(_)) => model.name.wrong_nick.ln(),
        Some(_) => model.name.wrong.ln(),
    }
}

struct Maker<'a> {
    names: Names<'a>,
    weight: f32,
    surnames: &'a [u16],
    given: &'a [u16],
}

impl Maker<'_> {
    /// Table of one told character; `none` is for a name that has no character there.
    fn table(&self, said: char, surname: bool, none: f32) -> Option<Wide> {
        let mut out = vec![-9.0; 1 << 16];
        out[0] = none * self.weight;
        for n in if surname { self.surnames } else { self.given } {
            if let Some(held) = char::from_u32(u32::from(*n) + 0x4dff) {
                out[usize::from(*n)] = self.names.character(said, held, surname) * self.weight;
            }
        }
        Some(out)
    }

    /// Table for a written character that was not told.
    fn untold(&self, nats: f32) -> Option<Wide> {
        let mut out = vec![nats * self.weight; 1 << 16];
        out[0] = 0.0;
        Some(out)
    }
}

/// All ways for the told name.
pub fn patterns(
    s: &Subject<'_>,
    model: &Model,
    shares: &Frequencies,
    surnames: &[u16],
    given: &[u16],
) -> Vec<Pattern> {
    let Some(name) = &s.clues.name else {
        return Vec::new();
    };
    let m = &model.name;
    let weight = model.weights.get(&Field::Name).copied().unwrap_or(1.0);
    let mk = Maker {
        names: Names { model: m, shares },
        weight,
        surnames,
        given,
    };
    let way = |nats: f32, surname, first, second| Pattern {
        constant: nats * weight,
        surname,
        first,
        second,
    };
    let (skip, add) = (m.skipped.ln(), m.added.ln());
    let mut out = Vec::new();
    match (name.form, name.name.chars.as_slice()) {
        (Form::Surname(c), _) => out.push(way(0.0, mk.table(c, true, 0.0), None, None)),
        (Form::Nick(c), _) => {
            out.push(way(
                m.nick_given.ln() - 0.7,
                None,
                mk.table(c, false, -9.0),
                None,
            ));
            out.push(way(
                m.nick_given.ln() - 0.7,
                None,
                None,
                mk.table(c, false, -9.0),
            ));
            out.push(way(
                m.nick_surname.ln(),
                mk.table(c, true, -9.0),
                None,
                None,
            ));
        }
        (Form::Plain, [a]) => {
            out.push(way(-0.8, mk.table(*a, true, -9.0), None, None));
            out.push(way(-1.0, None, mk.table(*a, false, -9.0), None));
            out.push(way(-1.0, None, None, mk.table(*a, false, -9.0)));
        }
        (Form::Plain, [a, b]) => {
            out.push(way(
                0.0,
                mk.table(*a, true, -2.0),
                mk.table(*b, false, -9.0),
                mk.untold(skip),
            ));
            out.push(way(
                skip,
                mk.table(*a, true, -2.0),
                None,
                mk.table(*b, false, -9.0),
            ));
            out.push(way(
                m.given_only.ln(),
                None,
                mk.table(*a, false, -9.0),
                mk.table(*b, false, -9.0),
            ));
        }
        (Form::Plain, [a, b, c, ..]) => {
            out.push(way(
                0.0,
                mk.table(*a, true, -2.0),
                mk.table(*b, false, -9.0),
                mk.table(*c, false, add),
            ));
            out.push(way(
                m.swapped.ln(),
                mk.table(*a, true, -2.0),
                mk.table(*c, false, -9.0),
                mk.table(*b, false, add),
            ));
        }
        (Form::Plain, []) => {}
    }
    out
}
