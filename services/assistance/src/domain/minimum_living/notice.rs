//! Public notices: exactly what everybody may read, nothing else.
//!
//! First opinion: masked name, head count, proposed class (rules A2.0). Result:
//! masked name, head count, amount (民发〔2021〕57号第二十四条；社会救助法第四十五条).
//! Never an ID number, phone, account, address, illness, disability, a child's
//! name, free text of an officer, or what tells one of them: the single-person
//! subtype, the split of the amount.

use jiff::civil::Date;
use yiwang_casework::decision::PostNotice;
use yiwang_civic::{division, mask, money::Fen};

/// Name of the `round`-th notice of the first opinion, from 1.
#[must_use]
pub fn first_opinion_name(round: u32) -> String {
    if round <= 1 {
        "first_opinion".to_owned()
    } else {
        format!("first_opinion_{round}")
    }
}

/// Whether a notice of this name carries a first opinion.
#[must_use]
pub fn is_first_opinion(name: &str) -> bool {
    name.starts_with("first_opinion")
}

/// Name of the publication of the result.
pub const RESULT: &str = "result";

/// 初审公示.
#[must_use]
pub fn first_opinion(
    round: u32,
    applicant: &str,
    members: usize,
    division: &str,
    place: &str,
    last_day: Date,
) -> PostNotice {
    let name = mask::name(applicant.trim());
    let town = division::full_name(division).unwrap_or_default();
    PostNotice {
        name: first_opinion_name(round),
        kind: "初审公示".to_owned(),
        title: format!("{town}最低生活保障初审公示"),
        rows: vec![
            ("申请人".to_owned(), name.clone()),
            ("保障人数".to_owned(), format!("{members}人")),
            ("拟确认类别".to_owned(), "最低生活保障".to_owned()),
        ],
        text: format!(
            "{name}家庭申请最低生活保障，经调查核对，乡镇（街道）初审拟给予保障。公示期间有异议的，可以在本页面提出，也可以向乡镇（街道）反映。"
        ),
        place: place.trim().to_owned(),
        last_day,
    }
}

/// 公布 of the result.
#[must_use]
pub fn result(
    applicant: &str,
    members: usize,
    monthly: Fen,
    division: &str,
    last_day: Date,
) -> PostNotice {
    let name = mask::name(applicant.trim());
    let town = division::full_name(division).unwrap_or_default();
    PostNotice {
        name: RESULT.to_owned(),
        kind: "结果公布".to_owned(),
        title: format!("{town}最低生活保障对象公布"),
        rows: vec![
            ("户主".to_owned(), name),
            ("保障人数".to_owned(), format!("{members}人")),
            ("每月保障金额".to_owned(), format!("{monthly}元")),
        ],
        text: "经审核确认，给予最低生活保障。".to_owned(),
        place: "村（社区）公开栏".to_owned(),
        last_day,
    }
}
