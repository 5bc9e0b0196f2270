//! The values and relations of a comparison in words.

use super::{field::Field, reason::Pair};
use crate::domain::kin::{
    name::Name,
    person::{birth, face},
    place::{Code, Shared, gazetteer::GAZETTEER, said::How, shared},
    report::{Relative, Sex},
    text::{
        shape,
        sound::{self, Likeness},
    },
};

/// What was said and what was found.
pub fn values(field: Field, p: Pair<'_>) -> (String, String) {
    let (c, r) = (p.clues, p.report);
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let cm = |h: Option<i32>| h.map_or(String::new(), |h| format!("{h}厘米"));
    match field {
        Field::Name => (text(&c.said_name), names(r.name.as_deref(), &r.aka)),
        Field::Home | Field::Village => (
            text(&c.said_place),
            r.address.clone().unwrap_or_else(|| place(p.held.home)),
        ),
        Field::Sex => (sex(c.sex), sex(r.sex)),
        Field::Age => (
            c.age.map_or(String::new(), |a| {
                format!("{a}岁（{}）", c.age_basis.as_deref().unwrap_or("自述"))
            }),
            age(p),
        ),
        Field::Animal => (
            text(&c.zodiac),
            r.birth_date.clone().unwrap_or_else(|| age(p)),
        ),
        Field::Height => (cm(c.height_cm), cm(r.height_cm)),
        Field::Loss => (
            format!("{}被发现", text(&c.found_date)),
            format!("{}走失", text(&r.last_seen_date)),
        ),
        Field::FoundPlace => (
            place(p.told.found_at),
            place(if p.held.lost_at == 0 {
                p.held.home
            } else {
                p.held.lost_at
            }),
        ),
        Field::Marks => (text(&c.body_marks), text(&r.body_marks)),
        Field::Condition => (text(&c.condition), text(&r.condition)),
        Field::Accent => (
            text(&c.accent),
            r.dialect.clone().unwrap_or_else(|| place(p.held.home)),
        ),
        Field::Kin => (relatives(&c.relatives), relatives(&r.relatives)),
        Field::IdNumber => (
            text(&c.id_fragment),
            r.id_number
                .as_ref()
                .or(r.birth_date.as_ref())
                .cloned()
                .unwrap_or_default(),
        ),
        Field::Face => {
            let cosine = p
                .told
                .face
                .as_ref()
                .zip(p.held.face.as_ref())
                .map_or(0.0, |(a, b)| face::cosine(a, b));
            ("照片".to_owned(), format!("相似度{cosine:.2}"))
        }
    }
}

/// How they relate; empty when the agreement says it all.
pub fn relation(field: Field, p: Pair<'_>) -> &'static str {
    match field {
        Field::Name => name(p),
        Field::Home => home(p),
        Field::FoundPlace => match shared(
            p.told.found_at,
            if p.held.lost_at == 0 {
                p.held.home
            } else {
                p.held.lost_at
            },
        ) {
            Shared::County => "在同一县区",
            Shared::Prefecture => "在同一地市",
            Shared::Province => "在同一省份",
            Shared::Nothing => "不在同一省份",
        },
        Field::Loss => match (p.told.found, p.held.lost) {
            (Some(f), Some(l)) if f < l.first - 1 => "发现早于走失",
            (Some(f), Some(l)) if f - l.last <= 31 => "走失后一个月内被发现",
            (Some(f), Some(l)) if f - l.last <= 366 => "走失后一年内被发现",
            (Some(_), Some(_)) => "走失多年后被发现",
            _ => "",
        },
        _ => "",
    }
}

fn name(p: Pair<'_>) -> &'static str {
    let Some(said) = &p.told.name else { return "" };
    if p.held.aka.contains(&said.text) {
        return "与别名或小名相同";
    }
    let Some(held) = &p.held.name else { return "" };
    let (a, b) = (&said.name.chars, &held.chars);
    if a == b {
        return "完全相同";
    }
    let alike = |held: &[char]| {
        a.len() == held.len()
            && a.iter()
                .zip(held)
                .all(|(x, y)| sound::likeness(*x, *y) >= Likeness::Same)
    };
    let dialect = a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|(x, y)| sound::likeness(*x, *y) >= Likeness::Folded);
    let form = a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|(x, y)| shape::alike(*x, *y) || sound::likeness(*x, *y) >= Likeness::Folded);
    match () {
        () if alike(b) => "读音相同",
        () if dialect => "方言读音相近",
        () if form => "字形相近",
        () if a == held.given() || alike(held.given()) => "与名相合，未说姓",
        () if said.name.chars.first() == b.first() => "姓相合",
        () => "",
    }
}

fn home(p: Pair<'_>) -> &'static str {
    let Some(said) = &p.told.place else { return "" };
    let nearest = |code: Code| {
        p.held
            .other_homes
            .iter()
            .chain([&p.held.home])
            .map(|h| shared(code, *h))
            .max()
            .unwrap_or(Shared::Nothing)
    };
    let best = said.choices.iter().max_by_key(|c| nearest(c.code));
    let Some(best) = best else { return "" };
    match (nearest(best.code), best.how) {
        (Shared::County, How::Named) => "同一县区",
        (Shared::County, How::Former) => "旧地名，今同一县区",
        (Shared::County, _) => "地名读音相近",
        (Shared::Prefecture, _) => "同一地市",
        (Shared::Province, _) => "同一省份",
        (Shared::Nothing, _) => "",
    }
}

fn names(name: Option<&str>, aka: &[String]) -> String {
    let name = name.unwrap_or("（无名）");
    if aka.is_empty() {
        name.to_owned()
    } else {
        format!("{name}（又名{}）", aka.join("、"))
    }
}

fn sex(sex: Option<Sex>) -> String {
    sex.map_or("", |s| if s == Sex::M { "男" } else { "女" })
        .to_owned()
}

fn place(code: Code) -> String {
    GAZETTEER.full_title(code)
}

/// Age when found.
fn age(p: Pair<'_>) -> String {
    match (p.held.birth, p.told.found) {
        (Some(b), Some(f)) => {
            let (low, high) = birth::age_at(b, f);
            if low == high {
                format!("发现时应为{low}岁")
            } else {
                format!("发现时应为{low}至{high}岁")
            }
        }
        _ => p
            .report
            .age_at_report
            .map_or(String::new(), |a| format!("登记时{a}岁")),
    }
}

fn relatives(list: &[Relative]) -> String {
    list.iter()
        .map(|r| {
            format!(
                "{}{}",
                r.rel,
                Name::read(&r.name).chars.iter().collect::<String>()
            )
        })
        .collect::<Vec<_>>()
        .join("、")
}
