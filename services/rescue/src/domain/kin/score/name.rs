//! Evidence of a told name against a written one.

use super::{frequency::Frequencies, model::NameModel};
use crate::domain::kin::{
    name::{Name, SaidName, said::Form},
    text::{
        chars::tidy,
        shape,
        sound::{self, Likeness},
    },
};

/// Compares names with what is common in the pool.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// Probabilities.
    pub model: &'a NameModel,
    /// Shares.
    pub shares: &'a Frequencies,
}

impl Names<'_> {
    /// Evidence in nats; 0 when the report has no name at all.
    pub fn evidence(&self, said: &SaidName, held: Option<&Name>, aka: &[String]) -> f32 {
        let m = self.model;
        let full = held.map(|h| self.full(said, h));
        let other = aka.iter().map(|a| self.aka(said, a)).reduce(f32::max);
        let floor = if matches!(said.form, Form::Nick(_)) {
            m.wrong_nick
        } else {
            m.wrong
        };
        match (full, other) {
            (None, None) => 0.0,
            (None, Some(o)) => o.max(0.0),
            (Some(f), o) => f.max(o.unwrap_or(f)).max(floor.ln()),
        }
    }

    /// Against the full name.
    fn full(&self, said: &SaidName, held: &Name) -> f32 {
        let m = self.model;
        match said.form {
            Form::Surname(c) => held
                .chars
                .first()
                .map_or(0.0, |h| self.character(c, *h, true)),
            Form::Nick(c) => self
                .nick(c, held)
                .max(self.plain(&said.name.chars, held) + (0.2_f32).ln()),
            Form::Plain if held.surname == 0 => self.without_surname(&said.name, held),
            Form::Plain => self.plain(&said.name.chars, held) + (1.0 - m.wrong).ln(),
        }
    }

    fn nick(&self, core: char, held: &Name) -> f32 {
        let given = held.given();
        let choice = self.model.nick_given.ln() - (given.len().max(1) as f32).ln();
        let by_given = given
            .iter()
            .map(|h| self.character(core, *h, false) + choice);
        let by_surname = held
            .chars
            .first()
            .map(|h| self.character(core, *h, true) + self.model.nick_surname.ln());
        by_given.chain(by_surname).fold(f32::MIN, f32::max)
    }

    /// A name or its given part, with a character lost, added or swapped.
    pub fn plain(&self, said: &[char], held: &Name) -> f32 {
        let m = self.model;
        let whole = self.align(said, &held.chars, held.surname);
        let given = held.given();
        let part = match said.len() {
            1 => {
                let surname = self.character(said[0], held.chars[0], true) + (0.45_f32).ln();
                let any = given
                    .iter()
                    .map(|h| self.character(said[0], *h, false))
                    .fold(f32::MIN, f32::max);
                return surname.max(any + (0.5_f32).ln() - (given.len().max(1) as f32).ln());
            }
            2 => self.align(said, given, 0) + m.given_only.ln(),
            _ => f32::MIN,
        };
        whole.max(part)
    }

    /// Parts and windows of a name without surname, and names told without the dot.
    fn without_surname(&self, said: &Name, held: &Name) -> f32 {
        let mut best = self.align(&said.chars, &held.chars, 0);
        for s in said.parts().into_iter().chain([said.chars.as_slice()]) {
            for h in held.parts() {
                best = best.max(self.align(s, h, 0) + (0.4_f32).ln());
            }
            for h in held.chars.windows(s.len().max(1)) {
                best = best.max(self.align(s, h, 0) + (0.25_f32).ln());
            }
        }
        best
    }

    /// Best alignment of two runs of characters; `surname` characters of `held` are a surname.
    fn align(&self, said: &[char], held: &[char], surname: usize) -> f32 {
        const MAX: usize = 12;
        if said.is_empty() || held.is_empty() || said.len() > MAX || held.len() > MAX {
            return f32::MIN;
        }
        let m = self.model;
        let (skip, add, swap) = (m.skipped.ln(), m.added.ln(), m.swapped.ln());
        let mut table = [[f32::MIN; MAX + 1]; MAX + 1];
        for i in 0..=said.len() {
            for j in 0..=held.len() {
                let mut best = if i + j == 0 { 0.0 } else { f32::MIN };
                if j > 0 {
                    best = best.max(table[i][j - 1] + skip);
                }
                if i > 0 {
                    best = best.max(table[i - 1][j] + add);
                }
                if i > 0 && j > 0 {
                    best = best.max(
                        table[i - 1][j - 1]
                            + self.character(said[i - 1], held[j - 1], j <= surname),
                    );
                }
                if i > 1
                    && j > surname + 1
                    && said[i - 1] == held[j - 2]
                    && said[i - 2] == held[j - 1]
                {
                    let both = self.character(held[j - 1], held[j - 1], false)
                        + self.character(held[j - 2], held[j - 2], false);
                    best = best.max(table[i - 2][j - 2] + both + swap);
                }
                table[i][j] = best;
            }
        }
        let score = table[said.len()][held.len()];
        score - self.excess(said, held, surname)
    }

    /// Two given characters that often go together are worth less than their product.
    fn excess(&self, said: &[char], held: &[char], surname: usize) -> f32 {
        let given = &held[surname.min(held.len())..];
        if given.len() == 2 && said.ends_with(given) {
            self.shares.pair_excess(given).ln()
        } else {
            0.0
        }
    }

    /// One character against another.
    pub fn character(&self, said: char, held: char, surname: bool) -> f32 {
        let m = self.model;
        if said == held {
            return (m.same / self.shares.character(held, surname)).ln();
        }
        let heard = match sound::likeness(said, held) {
            Likeness::Same => {
                m.sound
                    / self
                        .shares
                        .syllable(sound::syllable(held), surname)
                        .max(2e-3)
            }
            Likeness::Folded => {
                m.folded
                    / self
                        .shares
                        .syllable(sound::fold(sound::syllable(held)), surname)
                        .max(4e-3)
            }
            Likeness::Near => {
                m.near
                    / (4.0
                        * self
                            .shares
                            .syllable(sound::fold(sound::syllable(held)), surname))
                    .clamp(0.03, 0.3)
            }
            Likeness::Apart => m.apart,
        };
        let seen = if heard < 1.0 && shape::alike(said, held) {
            m.shape / m.shape_share
        } else {
            0.0
        };
        heard.max(seen).ln()
    }

    /// Against another name, which is told as it is written or as it sounds.
    fn aka(&self, said: &SaidName, aka: &str) -> f32 {
        let m = self.model;
        if said.text == aka {
            return (m.aka / self.shares.aka(aka)).ln().min(7.5);
        }
        let held = Name::read(&tidy(aka));
        if held.chars.len() == said.name.chars.len() && held.chars.len() >= 2 {
            let alike = |(a, b): (&char, &char)| sound::likeness(*a, *b) >= Likeness::Folded;
            if said.name.chars.iter().zip(&held.chars).all(alike) {
                return (m.aka * 0.25 / (self.shares.aka(aka) * 1.5)).ln().min(6.0);
            }
        }
        if held.chars.len() >= 3 && said.name.chars.len() >= 2 && said.form == Form::Plain {
            self.plain(&said.name.chars, &held) + (0.3_f32).ln()
        } else {
            f32::MIN
        }
    }
}
