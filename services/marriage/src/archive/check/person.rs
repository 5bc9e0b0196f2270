//! One of the two: name, number, birth date, age.

use yiwang_civic::citizen_id::{CitizenId, Sex};

use super::{Kind, Law, day, kind};
use crate::{
    archive::{
        columns::{Column, Entry},
        normalise::citizen,
        problem::Problem,
    },
    domain::legal_age::of_age,
};

/// The columns of one side.
pub(super) struct Side {
    sex: Sex,
    name: Column,
    id: Column,
    born: Column,
}

/// The man's.
pub(super) const MAN: Side = Side {
    sex: Sex::Male,
    name: Column::ManName,
    id: Column::ManId,
    born: Column::ManBorn,
};
/// The woman's.
pub(super) const WOMAN: Side = Side {
    sex: Sex::Female,
    name: Column::WomanName,
    id: Column::WomanId,
    born: Column::WomanBorn,
};

/// What is wrong with one of the two.
pub(super) fn person(entry: &Entry, side: &Side, law: &Law<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    found.extend(name(entry, side.name));
    found.extend(id_number(entry, side));
    let citizen = citizen(entry.get(side.id));
    let typed = day(entry, side.born);
    if !entry.get(side.born).is_empty() && typed.is_none() {
        let message = format!("{}不是一个存在的日期，请与原件核对。", side.born.heading());
        found.push(Problem::at(side.born, "DATE", message));
    }
    if let (Some(id), Some(born)) = (&citizen, typed)
        && id.birth_date() != born
    {
        let message = "出生日期与身份证号里的不一致，请与原件核对。";
        found.push(Problem::at(side.born, "BIRTH_DIFFERS", message));
    }
    let born = citizen.map(|id| id.birth_date()).or(typed);
    if let (Some(born), Some(on)) = (born, day(entry, Column::RegisteredOn)) {
        if born >= on {
            let message = "登记日期不晚于出生日期，请核对。";
            found.push(Problem::at(side.born, "BORN_AFTER", message));
        } else if kind(entry) == Some(Kind::Marriage)
            && law
                .ages(on)
                .is_some_and(|ages| !of_age(side.sex, born, on, &ages))
        {
            let message = "登记时没有到当时的法定婚龄，请留意。";
            found.push(Problem::at(side.born, "UNDER_AGE", message));
        }
    }
    found
}

fn name(entry: &Entry, column: Column) -> Option<Problem> {
    let name = entry.get(column);
    let heading = column.heading();
    if name.is_empty() {
        return Some(Problem::at(
            column,
            "REQUIRED",
            format!("请填写{heading}。"),
        ));
    }
    let odd = |c: char| c.is_ascii_digit() || "?*#@!".contains(c);
    name.contains(odd).then(|| {
        let message = format!("{heading}里有数字或者符号，请核对。");
        Problem::at(column, "NAME", message)
    })
}

fn id_number(entry: &Entry, side: &Side) -> Option<Problem> {
    let typed = entry.get(side.id);
    let at = |code, message: &str| Some(Problem::at(side.id, code, message));
    if typed.is_empty() {
        return at("ID_MISSING", "没有证件号，无法与本人的其他记录核对。");
    }
    if let Some(id) = citizen(typed) {
        return match id.sex() == side.sex {
            true => None,
            false => at("ID_SEX", "证件号的性别与这一列不符，请核对是否填反。"),
        };
    }
    if typed.contains("E+") {
        return at(
            "ID_ROUNDED",
            "表格把证件号当成数字，末几位已经丢失；请把这一列设为文本后重新录入。",
        );
    }
    let digits = typed.strip_suffix('X').unwrap_or(typed);
    let digits = typed.len() >= 10 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !typed.is_ascii() || !(digits || matches!(typed.len(), 15 | 18)) {
        return at(
            "ID_OTHER",
            "不是居民身份证号，只能按这个号码与其他记录核对。",
        );
    }
    if typed.len() == 15 {
        return at(
            "ID_FIFTEEN_DIGITS",
            "15位身份证号的地区或者出生日期不对，请逐位核对。",
        );
    }
    let error = typed.parse::<CitizenId>().err()?;
    Some(Problem::at(
        side.id,
        error.reason(),
        format!("{}。", error.message()),
    ))
}
