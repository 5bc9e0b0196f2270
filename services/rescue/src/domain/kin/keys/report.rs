//! Keys of a report, about twenty.

use super::{Kind, band, key, marked, month, number, run, sex_number, year_number};
use crate::domain::kin::{day, prepare::ReportFeatures};

/// Keys of a report, sorted.
pub fn of_report(r: &ReportFeatures) -> Vec<i64> {
    let mut out = Vec::new();
    names(r, &mut out);
    ages(r, &mut out);
    places(r, &mut out);
    marks(r, &mut out);
    out.extend(r.kin.iter().map(|k| key(Kind::Kin, &[run(k.name.given())])));
    out.sort_unstable();
    out.dedup();
    out
}

fn names(r: &ReportFeatures, out: &mut Vec<i64>) {
    let (province, prefecture, sex) = (r.home / 10_000, r.home / 100, sex_number(r.sex));
    for a in &r.aka {
        out.push(key(
            Kind::Aka,
            &[run(&a.chars().collect::<Vec<_>>()), province],
        ));
    }
    let Some(n) = &r.name else { return };
    out.push(key(Kind::FullName, &[run(&n.chars)]));
    out.push(key(Kind::GivenProvince, &[run(n.given()), province]));
    for c in n.given() {
        out.push(key(Kind::GivenPrefecture, &[number(*c), prefecture]));
    }
    if let Some(s) = n.chars.first().filter(|_| n.surname > 0) {
        out.push(key(Kind::SurnameCounty, &[number(*s), r.home]));
        let pairs = n.given().iter();
        out.extend(pairs.map(|g| key(Kind::SurnameFirst, &[number(*s), number(*g), sex])));
    }
}

fn ages(r: &ReportFeatures, out: &mut Vec<i64>) {
    let Some(b) = r.birth else { return };
    let (province, sex) = (r.home / 10_000, sex_number(r.sex));
    let born = day::year_of((b.first + b.last) / 2) as i32;
    let (year, five) = (year_number(born), band(born));
    out.push(key(Kind::CountyAge, &[r.home, sex, five]));
    out.push(key(Kind::PrefectureAge, &[r.home / 100, sex, year]));
    out.push(key(Kind::ProvinceAge, &[province, sex, year]));
    out.extend(
        r.marks
            .iter()
            .map(|m| key(Kind::MarkAge, &[marked(m), sex, five])),
    );
    if let Some(n) = &r.name {
        out.extend(
            n.given()
                .iter()
                .map(|c| key(Kind::GivenAge, &[number(*c), sex, year])),
        );
        let surname = n.chars.first();
        out.extend(surname.map(|c| key(Kind::SurnameAge, &[number(*c), province, sex, five])));
    }
}

fn places(r: &ReportFeatures, out: &mut Vec<i64>) {
    let sex = sex_number(r.sex);
    for w in &r.words {
        out.push(key(Kind::Word, &[run(&w.stem)]));
        out.push(key(Kind::WordCounty, &[run(&w.stem), r.home]));
    }
    let at = if r.lost_at == 0 { r.home } else { r.lost_at };
    if let Some(l) = r.lost {
        out.push(key(Kind::LossCounty, &[at, month(l.first) / 12, sex]));
        out.push(key(Kind::LossPrefecture, &[at / 100, month(l.first), sex]));
    }
}

fn marks(r: &ReportFeatures, out: &mut Vec<i64>) {
    let (province, sex) = (r.home / 10_000, sex_number(r.sex));
    let mut all: Vec<u32> = r.marks.iter().map(marked).collect();
    out.extend(
        all.iter()
            .map(|m| key(Kind::MarkProvince, &[*m, province, sex])),
    );
    all.sort_unstable();
    for (i, a) in all.iter().enumerate() {
        out.extend(all[i + 1..].iter().map(|b| key(Kind::MarkPair, &[*a, *b])));
    }
}
