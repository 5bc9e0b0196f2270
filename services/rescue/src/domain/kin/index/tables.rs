//! Small tables for one query: what each value of a column adds to the rough score.

use super::{
    names::{self, Pattern},
    row::{DIVISIONS, birth_span, loss_span},
    tokens,
};
use crate::domain::kin::{
    place::Code,
    prepare::ReportFeatures,
    report::{Sex, Source},
    score::{Field, Frequencies, Model, age, compare::Subject, loss, place, traits},
};

/// A table over all values of 16 bits.
pub type Wide = Vec<f32>;

/// Tables of one query.
pub struct Tables {
    /// Home and accent, by division.
    pub home: Wide,
    /// Nearness of the found place, by class of time and division.
    pub near: [Wide; 3],
    /// Time of loss.
    pub loss: Wide,
    /// Row of `near`, by time of loss.
    pub near_row: Vec<u8>,
    /// Age and animal sign, by birth.
    pub birth: Wide,
    /// Sex and condition.
    pub traits: Vec<f32>,
    /// Height.
    pub height: Vec<f32>,
    /// Ways a name may be told.
    pub names: Vec<Pattern>,
    /// The least a name can add.
    pub name_floor: f32,
    /// Tokens and what they add.
    pub tokens: Vec<(u32, f32)>,
    /// Weight of the face.
    pub face: f32,
}

const ALL: usize = 1 << 16;

impl Tables {
    /// Makes the tables; `surnames` and `given` are the characters that occur.
    pub fn new(
        s: &Subject<'_>,
        model: &Model,
        shares: &Frequencies,
        surnames: &[u16],
        given: &[u16],
    ) -> Self {
        let weight = |f: Field| model.weights.get(&f).copied().unwrap_or(1.0);
        let mut blank = blank();
        let mut out = Self {
            home: vec![0.0; ALL],
            near: [vec![0.0; ALL], vec![0.0; ALL], vec![0.0; ALL]],
            loss: vec![0.0; ALL],
            near_row: vec![2; ALL],
            birth: vec![0.0; ALL],
            traits: vec![0.0; 256],
            height: vec![0.0; 256],
            names: names::patterns(s, model, shares, surnames, given),
            name_floor: names::floor(s, model) * weight(Field::Name),
            tokens: tokens::of_clues(s, model, shares),
            face: weight(Field::Face),
        };
        for (i, code) in DIVISIONS.iter().enumerate().skip(1) {
            out.home[i] = home(s, *code, model, shares, &mut blank);
            for (row, near) in out.near.iter_mut().enumerate() {
                near[i] = if s.clues.found_at == 0 {
                    0.0
                } else {
                    loss::nearness(s.clues.found_at, *code, row, shares)
                } * weight(Field::FoundPlace);
            }
        }
        out.times(s, weight(Field::Loss), &mut blank);
        out.births(s, weight(Field::Age), weight(Field::Animal), &mut blank);
        out.bodies(s, &weight, shares);
        out
    }

    fn times(&mut self, s: &Subject<'_>, weight: f32, blank: &mut ReportFeatures) {
        let Some(found) = s.clues.found else { return };
        for n in 0..=u16::MAX {
            blank.lost = loss_span(n);
            if blank.lost.is_some() {
                self.loss[usize::from(n)] = loss::time(Some(found), blank) * weight;
                self.near_row[usize::from(n)] = loss::row(Some(found), blank) as u8;
            }
        }
        blank.lost = None;
    }

    fn births(
        &mut self,
        s: &Subject<'_>,
        age_weight: f32,
        animal_weight: f32,
        blank: &mut ReportFeatures,
    ) {
        for n in 0..1024_u16 {
            blank.birth = birth_span(n);
            if blank.birth.is_none() {
                continue;
            }
            let age = s
                .clues
                .age
                .map_or(0.0, |a| age::rough(a, s.clues.found, blank));
            let animal = s.clues.animal.map_or(0.0, |a| age::animal(a, blank));
            self.birth[usize::from(n)] = age * age_weight + animal * animal_weight;
        }
        blank.birth = None;
    }

    fn bodies(&mut self, s: &Subject<'_>, weight: &impl Fn(Field) -> f32, shares: &Frequencies) {
        use crate::domain::kin::person::condition::{CLASSES, Condition};
        for n in 0..256_usize {
            let held: Option<Condition> = (n >> 2)
                .checked_sub(1)
                .and_then(|c| CLASSES.get(c))
                .copied();
            let sex = match n & 3 {
                1 => Some(Sex::M),
                2 => Some(Sex::F),
                _ => None,
            };
            let by_sex = s
                .clues
                .sex
                .zip(sex)
                .map_or(0.0, |(a, b)| traits::sex(a, b, shares));
            let by_condition = s
                .clues
                .condition
                .zip(held)
                .map_or(0.0, |(a, b)| traits::condition(a, b, shares));
            self.traits[n] = by_sex * weight(Field::Sex) + by_condition * weight(Field::Condition);
            if let Some(said) = s.clues.height.filter(|_| n > 0) {
                self.height[n] =
                    traits::height(said, n as i32, false).max(-1.5) * weight(Field::Height);
            }
        }
    }
}

fn home(
    s: &Subject<'_>,
    code: Code,
    model: &Model,
    shares: &Frequencies,
    blank: &mut ReportFeatures,
) -> f32 {
    let weight = |f: Field| model.weights.get(&f).copied().unwrap_or(1.0);
    blank.home = code;
    let told = s.clues.place.as_ref().map_or(0.0, |p| {
        place::evidence(p, &s.told, blank, &model.home, shares).0
    });
    let accent = s
        .clues
        .accent
        .as_ref()
        .map_or(0.0, |a| traits::accent(a, code, None, s.accent_share));
    told * weight(Field::Home) + accent * weight(Field::Accent)
}

/// A report of which nothing is known.
fn blank() -> ReportFeatures {
    ReportFeatures {
        source: Source::Family,
        name: None,
        aka: Vec::new(),
        sex: None,
        birth: None,
        id: None,
        home: 0,
        other_homes: Vec::new(),
        words: Vec::new(),
        height: None,
        lost: None,
        lost_at: 0,
        reported: None,
        marks: Vec::new(),
        condition: None,
        dialect: None,
        kin: Vec::new(),
        face: None,
    }
}
