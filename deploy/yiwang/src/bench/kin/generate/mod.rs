//! Makes other plausible reports around those of a file, to measure with many.
//!
//! Every field is drawn from another random report of the pool and recombined, townships come
//! from the table of divisions, villages are made of surnames and endings: nobody is copied.

mod random;
mod shift;
mod village;

use std::collections::HashMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use yiwang_civic::division;
use yiwang_rescue::domain::kin::{
    name::Name,
    place::gazetteer::GAZETTEER,
    report::{Relative, Report},
};

use random::Random;
use shift::moved;
use village::address;

/// What is recombined.
struct Pool {
    base: Vec<Report>,
    by_province: HashMap<String, Vec<usize>>,
    counties: Vec<String>,
    /// Townships by county.
    towns: HashMap<String, Vec<String>>,
}

/// The same seed gives the same reports.
pub(super) struct Generator {
    pool: Pool,
    random: Random,
}

impl Generator {
    /// Around these reports.
    pub(super) fn new(base: Vec<Report>, seed: u64) -> Self {
        let mut by_province: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, r) in base.iter().enumerate() {
            if let Some(p) = r.native_place.as_deref().and_then(|c| c.get(..2)) {
                by_province.entry(p.to_owned()).or_default().push(i);
            }
        }
        let codes = GAZETTEER.codes().map(|code| code.to_string());
        let mut counties: Vec<String> = codes
            .filter(|code| !code.ends_with("00") && division::find(code).is_some())
            .collect();
        counties.sort_unstable();
        let towns = counties.iter().map(|county| {
            let names = division::children(county).into_iter();
            let names = names.map(|town| town.name.to_owned());
            (county.clone(), names.collect())
        });
        Self {
            pool: Pool {
                towns: towns.collect(),
                base,
                by_province,
                counties,
            },
            random: Random::new(seed),
        }
    }

    /// The `n`th report.
    pub(super) fn report(&mut self, n: usize) -> Report {
        one(n, &self.pool, &mut self.random)
    }
}

fn one(n: usize, pool: &Pool, random: &mut Random) -> Report {
    let any = |random: &mut Random| &pool.base[random.below(pool.base.len())];
    let mut r = any(random).clone();
    r.report_id = format!("G{n:011}");
    let county = county(pool, random);
    let code = || Some(county.clone());
    r.name = r.name.as_ref().map(|_| name(pool, random, &r));
    r.aka = if r.aka.is_empty() {
        Vec::new()
    } else {
        any(random).aka.clone()
    };
    let shift = random.below(1461) as i32 - 730;
    r.last_seen_place = r.last_seen_place.as_ref().map(|_| {
        if random.chance(0.6) {
            county.clone()
        } else {
            any_place(pool, random)
        }
    });
    let coarse = r
        .native_place
        .as_deref()
        .filter(|c| c.ends_with("00"))
        .map(|c| if c.ends_with("0000") { 2 } else { 4 });
    r.native_place = r
        .native_place
        .as_ref()
        .and_then(|_| code())
        .map(|c| coarse.map_or(c.clone(), |k| format!("{:0<6}", &c[..k])));
    r.address = r
        .address
        .as_ref()
        .map(|a| address(&county, a, pool, random));
    r.birth_date = r.birth_date.as_deref().map(|d| {
        moved(
            d,
            random.below(7) as i32 * 365 - 1095 + random.below(365) as i32,
        )
    });
    r.last_seen_date = r.last_seen_date.as_deref().map(|d| moved(d, shift));
    r.report_date = r.report_date.as_deref().map(|d| moved(d, shift));
    r.id_number = r
        .id_number
        .as_ref()
        .and(r.birth_date.as_ref())
        .filter(|b| b.len() == 10)
        .map(|b| {
            format!(
                "{county}{}{:03}{}",
                b.replace('-', ""),
                random.below(1000),
                random.below(10)
            )
        });
    let near = pool
        .by_province
        .get(&county[..2])
        .and_then(|l| random.pick(l))
        .map(|i| &pool.base[*i]);
    r.dialect = r.dialect.as_ref().and(near.and_then(|x| x.dialect.clone()));
    r.body_marks = r
        .body_marks
        .as_ref()
        .map(|_| marks(pool, random))
        .filter(|m| !m.is_empty());
    r.relatives = relatives(pool, random, &r);
    r.face = r.face.as_ref().map(|_| face(random));
    r
}

fn county(pool: &Pool, random: &mut Random) -> String {
    let drawn = pool.base[random.below(pool.base.len())]
        .native_place
        .clone()
        .filter(|c| !c.ends_with("00"));
    let drawn = drawn.filter(|c| !GAZETTEER.title(c.parse().unwrap_or(0)).is_empty());
    drawn
        .filter(|_| random.chance(0.75))
        .or_else(|| random.pick(&pool.counties).cloned())
        .unwrap_or_default()
}

fn any_place(pool: &Pool, random: &mut Random) -> String {
    let drawn = pool.base[random.below(pool.base.len())]
        .last_seen_place
        .clone();
    drawn
        .or_else(|| random.pick(&pool.counties).cloned())
        .unwrap_or_default()
}

/// Surname of one, given name of another of the same sex and time; a third of the given names recombined.
fn name(pool: &Pool, random: &mut Random, like: &Report) -> String {
    let year = |r: &Report| {
        r.birth_date
            .as_deref()
            .and_then(|d| d[..4].parse::<i32>().ok())
            .unwrap_or(1960)
    };
    let mut draw = || {
        for _ in 0..40 {
            let r = &pool.base[random.below(pool.base.len())];
            let alike = r.sex == like.sex && (year(r) - year(like)).abs() < 12;
            if let Some(n) = r
                .name
                .as_deref()
                .map(Name::read)
                .filter(|n| alike && n.surname > 0)
            {
                return n;
            }
        }
        Name::read("王秀英")
    };
    let (a, b, c) = (draw(), draw(), draw());
    let surname: String = a.chars[..a.surname].iter().collect();
    let mixed = random.chance(0.35) && b.given().len() == 2 && c.given().len() == 2;
    let given: String = if mixed {
        [b.given()[0], c.given()[1]].iter().collect()
    } else {
        b.given().iter().collect()
    };
    surname + &given
}

fn marks(pool: &Pool, random: &mut Random) -> String {
    let mut out: Vec<String> = Vec::new();
    for _ in 0..2 {
        let from = pool.base[random.below(pool.base.len())]
            .body_marks
            .as_deref()
            .unwrap_or("");
        let phrases: Vec<&str> = from
            .split([',', ',', ';', ';', '。'])
            .filter(|p| !p.is_empty() && !p.contains('('))
            .collect();
        if let Some(p) = random.pick(&phrases) {
            let flipped: String = p
                .chars()
                .map(|c| match c {
                    '左' => '右',
                    '右' => '左',
                    c => c,
                })
                .collect();
            out.push(if random.chance(0.5) {
                flipped
            } else {
                (*p).to_owned()
            });
        }
    }
    out.join(",")
}

fn relatives(pool: &Pool, random: &mut Random, like: &Report) -> Vec<Relative> {
    let own = like.name.as_deref().map(Name::read).unwrap_or_default();
    let surname: String = own.chars[..own.surname].iter().collect();
    let from = pool.base[random.below(pool.base.len())].relatives.clone();
    from.into_iter()
        .map(|mut x| {
            let given: String = Name::read(
                &pool.base[random.below(pool.base.len())]
                    .relatives
                    .first()
                    .map_or(x.name.clone(), |y| y.name.clone()),
            )
            .given()
            .iter()
            .collect();
            if !["妻子", "丈夫", "母亲"].contains(&x.rel.as_str()) && !surname.is_empty() {
                x.name = format!("{surname}{given}");
            }
            x
        })
        .collect()
}

fn face(random: &mut Random) -> String {
    let raw: Vec<f64> = (0..128).map(|_| random.normal()).collect();
    let length = raw.iter().map(|x| x * x).sum::<f64>().sqrt();
    let bytes: Vec<u8> = raw
        .iter()
        .map(|x| ((x / length * 320.0).round().clamp(-127.0, 127.0) as i8).cast_unsigned())
        .collect();
    STANDARD.encode(bytes)
}
